//! What only the whole model shows of firms and products: places with revenue, sums within it, laws with a mean.

use super::reader::Reader;
use super::*;
use crate::diag::{Diagnostic, Span, codes};
use crate::math::{exp, ln, powi};
use crate::random::{Distribution, lognormal_survival, pareto_mean, pareto_minimum, pareto_survival};
use crate::text;
use crate::units::{UnitKind, amounts, shown};

type Laws = [Option<Distribution>];

/// Things above a threshold that can be expected at most: every one of them has a rank of its own in every trial.
const MOST_COUNTED: f64 = 5000.0;

/// Largest yearly rate that the Poisson draws of an indicator accept.
const MOST_ARRIVALS: f64 = 700.0;

/// A size law at the medians of its parameters.
struct MedianLaw {
    count: f64,
    /// Expected sum of all sizes.
    total: f64,
    /// P(base-year size > x).
    survival: Box<dyn Fn(f64) -> f64>,
}

impl Reader<'_> {
    pub(super) fn check_firms(&self, model: &Model, laws: &Laws) {
        self.check_size_laws(model, laws);
        self.check_places(model, laws);
        self.check_subjects(model, laws);
        self.check_indicator_rates(model, laws);
    }

    /// A Pareto law that is given by its total needs a mean, and a cut-off lies above the minimum.
    fn check_size_laws(&self, model: &Model, laws: &Laws) {
        let extremes = |id: QuantityId| laws[id.0].as_ref().map(Distribution::extremes);
        for population in &model.populations {
            let SizeLaw::Pareto { minimum, exponent, below } = population.law else { continue };
            let id = &population.id;
            let fault = |span: Span, message: Text, hint: Text| {
                self.report(Diagnostic::error(codes::BAD_MODEL, span, message).hint(hint));
            };
            let span = model.quantities.get(exponent).span;
            match (extremes(exponent), extremes(below)) {
                (Some((least, _)), None) if extremes(population.total).is_some() && least <= 1.0 => fault(
                    span,
                    text!(
                        "“{id}”由合计推出最小规模，而尾部指数可能不大于 1，均值不存在",
                        "\"{id}\" takes its minimum from the total, but its exponent can be 1 or less: there is no mean"
                    ),
                    text!(
                        "给 below 写上限，或让 exponent 始终大于 1（用 uniform、triangular 等有界分布）",
                        "cut it off with below, or keep exponent above 1 by a bounded law (uniform, triangular …)"
                    ),
                ),
                _ => {}
            }
            if let (Some((_, most)), Some((least, _))) = (extremes(minimum), extremes(below))
                && least <= most
            {
                fault(
                    model.quantities.get(below).span,
                    text!(
                        "“{id}”的上限 below 可能不大于最小规模 minimum",
                        "below of \"{id}\" can be no larger than its minimum"
                    ),
                    text!("缩小 minimum 或放大 below", "lower minimum or raise below"),
                );
            }
            let median = |id: QuantityId| laws[id.0].as_ref().map(Distribution::median);
            if let (Some(total), Some(below), Some(count)) =
                (median(population.total), median(below), median(population.count))
                && total >= below * count
            {
                fault(
                    model.quantities.get(population.total).span,
                    text!(
                        "“{id}”平均每个的规模不小于上限 below",
                        "the mean size of \"{id}\" is no smaller than its cut-off below"
                    ),
                    text!("核对 total、count、below", "check total, count and below"),
                );
            }
        }
    }

    /// Every place has revenue to follow, and what is listed in it does not exceed that revenue at the medians.
    fn check_places(&self, model: &Model, laws: &Laws) {
        let items = model.items.iter().map(|i| (i.counting, i.follows, i.span));
        let things = items.chain(model.populations.iter().map(|p| (p.counting, p.follows, p.span)));
        let mut checked: Vec<(Counting, Place)> = Vec::new();
        for (counting, follows, span) in things.filter(|(_, follows, _)| !follows.outside) {
            if checked.contains(&(counting, follows.place)) {
                continue;
            }
            checked.push((counting, follows.place));
            let base = median_revenue(model, laws, &follows.place);
            if base <= 0.0 {
                let message = text!(
                    "所在地方基年没有收入，没有可跟随的增长",
                    "its place has no revenue in the base year: there is no growth to follow"
                );
                self.report(Diagnostic::error(codes::BAD_MODEL, span, message));
                continue;
            }
            self.check_sum_of_sizes(model, laws, (counting, &follows.place), base);
        }
    }

    /// The fault stands at the largest of what is listed: a figure in a wrong unit or measure is most often that one.
    pub(super) fn check_sum_of_sizes(
        &self,
        model: &Model,
        laws: &Laws,
        (counting, place): (Counting, &Place),
        base: f64,
    ) {
        let belongs =
            |k: Counting, f: &Following| k == counting && !f.outside && contains(model, place, &f.place);
        let items = model.items.iter().filter(|i| belongs(i.counting, &i.follows));
        let items = items.filter_map(|i| Some((laws[i.size.0].as_ref()?.median(), i.span)));
        let rest = model.populations.iter().filter(|p| belongs(p.counting, &p.follows));
        let rest: Vec<&Population> = rest.collect();
        let others = rest.iter().map(|p| (median_law(p, laws).total, p.span));
        let (items, others): (Vec<_>, Vec<_>) = (items.collect(), others.collect());
        // an empty sum is −0
        let sum = |sizes: &[(f64, Span)]| sizes.iter().map(|(size, _)| size).sum::<f64>() + 0.0;
        let (named, unnamed) = (sum(&items), sum(&others));
        if named + unnamed <= base * (1.0 + 1e-9) {
            return;
        }
        let less = if named > 0.0 { taken_out(&rest, laws, named + unnamed - base) } else { Vec::new() };
        let rest = unnamed;
        let largest = items.iter().chain(&others).max_by(|a, b| a.0.total_cmp(&b.0));
        let Some(&(most, span)) = largest else { return };
        let told = amounts([named, rest, base, most]);
        let [named, rest, base, most] = told.each_ref().map(|told| &told.zh);
        let [named_en, rest_en, base_en, most_en] = told.each_ref().map(|told| &told.en);
        let hint = text!(
            "核对口径；口径外的企业写 outside = true；尾部太厚就写 below，或减少 count",
            "check the measure; a firm outside it gets outside = true; a tail too heavy gets below, or a smaller count"
        );
        let called = named_place(model, place);
        let (zh, en) = (&called.zh, &called.en);
        let message = match counting {
            Counting::Firms => text!(
                "{zh}的企业合计（有名{named} + 其余期望{rest}）超过该处的基年收入{base}；其中最大的在这里，{most}",
                "the firms of {en} add up to {named_en} (named) + {rest_en} (expected rest), more than its base-year revenue of {base_en}; the largest stands here, with {most_en}"
            ),
            Counting::Products => text!(
                "{zh}的产品合计（有名{named} + 其余期望{rest}）超过该处的基年收入{base}；其中最大的在这里，{most}",
                "the products of {en} add up to {named_en} (named) + {rest_en} (expected rest), more than its base-year revenue of {base_en}; the largest stands here, with {most_en}"
            ),
        };
        let fault = Diagnostic::error(codes::BAD_SUM, span, message);
        self.report(less.into_iter().fold(fault, Diagnostic::hint).hint(hint));
    }

    /// A target counts something, and not more than can be drawn.
    fn check_subjects(&self, model: &Model, laws: &Laws) {
        let targets = model.targets.iter().map(|t| (&t.subject, &t.scope, t.span));
        let known = model.known.iter().map(|o| (&o.subject, &o.scope, o.span));
        for (subject, scope, span) in targets.chain(known) {
            let fault = |message: Text| self.report(Diagnostic::error(codes::BAD_TARGET, span, message));
            match subject {
                Subject::Firms { above, .. } | Subject::Products { above, .. } => {
                    let (items, populations) = model.counted_in(subject, scope);
                    let others =
                        model.arrivals_in(subject, scope).len() + model.pipelines_in(subject, scope).len();
                    if items.is_empty() && populations.is_empty() && others == 0 {
                        fault(text!(
                            "考核范围内没有可数的企业或产品：先写 [[firm]]、[[firm_sizes]]、[[product]] 等",
                            "there is nothing to count in this scope: write [[firm]], [[firm_sizes]], [[product]] or the like"
                        ));
                    }
                    for k in populations {
                        self.check_expected_count(model, laws, &model.populations[k], *above, span);
                    }
                }
                Subject::NationGrowth => {
                    let nation = &model.nation;
                    let trend = model.quantities.get(nation.trend).distribution.is_some();
                    if !trend && nation.cycle.is_none() && nation.regimes.is_none() {
                        fault(text!(
                            "全国没有趋势也没有周期，index 没有含义：在 [nation] 写 trend 或 cycle",
                            "the nation has neither trend nor cycle: state one under [nation], or leave index out"
                        ));
                    }
                }
                _ => {}
            }
        }
    }

    fn check_expected_count(
        &self,
        model: &Model,
        laws: &Laws,
        population: &Population,
        above: f64,
        span: Span,
    ) {
        let growth = median_growth(model, laws, &population.follows.place);
        let premium = laws[population.follows.premium.0].as_ref().map_or(0.0, Distribution::median);
        let steps = model.steps() as u32;
        let multiple = (powi(1.0 + growth, steps) * powi(1.0 + premium, steps)).max(1.0);
        let law = median_law(population, laws);
        let expected = law.count * (law.survival)(above / multiple);
        if expected > MOST_COUNTED {
            let (id, n) = (&population.id, format!("{expected:.0}"));
            let message = text!(
                "“{id}”预计约有 {n} 个达到这个规模，太多，无法逐个抽取",
                "about {n} of \"{id}\" are expected at this size, too many to draw one by one"
            );
            let hint = text!("提高 above，或把分布拆小", "raise `above`, or split the distribution");
            self.report(Diagnostic::error(codes::BAD_TARGET, span, message).hint(hint));
        }
    }

    /// Arrivals of a count with all instruments together stay within what can be drawn.
    fn check_indicator_rates(&self, model: &Model, laws: &Laws) {
        let high = |id: QuantityId| laws[id.0].as_ref().map_or(0.0, |d| d.extremes().1);
        for (index, indicator) in model.indicators.iter().enumerate() {
            let IndicatorLaw::Count { rate, .. } = indicator.law else { continue };
            let supports = model.instruments.iter().filter_map(|i| i.indicators.as_ref());
            let supports: Vec<_> = supports.filter(|s| s.of.contains(&index)).collect();
            let times: f64 = supports.iter().map(|s| high(s.rate).max(1.0)).product();
            let most = high(rate) * times + supports.iter().map(|s| high(s.added)).sum::<f64>();
            if most > MOST_ARRIVALS {
                let (id, most) = (&indicator.id, format!("{most:.0}"));
                let message = text!(
                    "指标“{id}”每年新增可能多到 {most} 个，超出能抽取的范围（700）",
                    "the indicator \"{id}\" can grow by up to {most} a year, more than can be drawn (700)"
                );
                let span = model.quantities.get(rate).span;
                self.report(Diagnostic::error(codes::OUT_OF_RANGE, span, message));
            }
        }
    }
}

/// What to write if something named now was one of the unnamed before: by how much any of these distributions shrinks to
/// make room for `excess`. Nothing if none of them is large enough.
fn taken_out(rest: &[&Population], laws: &Laws, excess: f64) -> Vec<Text> {
    const MOST_TOLD: usize = 4;
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    for population in rest {
        let MedianLaw { count, total, .. } = median_law(population, laws);
        let id = &population.id;
        if total <= excess {
            continue;
        }
        if laws[population.total.0].is_some() {
            // rounded down, so that what is told is enough
            let then = total - excess;
            let parts = parts_of(then);
            let [now, then] = [(total * parts).round(), (then * parts).floor()]
                .map(|whole| shown(whole / parts, UnitKind::Money));
            zh.push(format!("“{id}”的 total 由 {} 改为 {}", now.zh, then.zh));
            en.push(format!("total of `{id}` from {} to {}", now.en, then.en));
        } else {
            let fewer = (excess / (total / count)).ceil();
            let (now, then) = (format!("{count:.0}"), format!("{:.0}", count - fewer));
            zh.push(format!("“{id}”的 count 减少 {fewer:.0} 个（中位数由 {now} 改为 {then}）"));
            en.push(format!("count of `{id}` lower by {fewer:.0} (its median from {now} to {then})"));
        }
    }
    if zh.is_empty() {
        return Vec::new();
    }
    zh.truncate(MOST_TOLD);
    en.truncate(MOST_TOLD);
    let (zh, en) = (zh.join("；或 "), en.join("; or "));
    let less = text!(
        "新点名的企业或产品原来算在未点名的分布里，点名后要从那里扣出，否则数两遍；它原属哪个分布，就改哪个：{zh}",
        "what is named now was among the unnamed before, and has to leave them, or it counts twice; change the distribution that it was part of: {en}"
    );
    let entry = text!(
        "那个分布写在别的文件里的，在本文件末尾再写一条 [[firm_sizes]]（产品是 [[product_sizes]]），只写同一个 id 和改后的 count 或 total",
        "if that distribution stands in another file, write a [[firm_sizes]] (for products [[product_sizes]]) at the end of this one, with the same id and the new count or total alone"
    );
    vec![less, entry]
}

/// Into how many parts 亿元 is divided so that an amount has four digits: a hundred at least.
fn parts_of(amount: f64) -> f64 {
    let enough = |parts: &f64| amount * parts >= 1000.0;
    (2..8).map(|power| powi(10.0, power)).find(enough).unwrap_or(1e8)
}

/// What a place is called: its cluster or province, and its industry if it has one.
fn named_place(model: &Model, place: &Place) -> Text {
    let area = match place.cluster {
        Some(cluster) => &model.clusters[cluster].name,
        None => &model.provinces[place.province].name,
    };
    let (zh, en) = (&area.zh, &area.en);
    match place.industry.map(|industry| &model.industries[industry].name) {
        None => text!("“{zh}”", "`{en}`"),
        Some(Text { zh: of_zh, en: of_en }) => text!("“{zh}”行业“{of_zh}”", "`{en}`, industry `{of_en}`,"),
    }
}

/// Whether `inner` lies wholly within `outer`, in clusters and industry.
pub(super) fn contains(model: &Model, outer: &Place, inner: &Place) -> bool {
    let clusters = model.clusters_of_place(outer);
    let inside = model.clusters_of_place(inner).iter().all(|c| clusters.contains(c));
    inside && outer.industry.is_none_or(|s| inner.industry == Some(s))
}

/// Base-year revenue of a place by cluster and industry share, with all quantities at their medians.
fn shares(model: &Model, laws: &Laws, place: &Place) -> Vec<(usize, usize, f64)> {
    let mut found = Vec::new();
    for c in model.clusters_of_place(place) {
        let base = median_base(model, laws, c);
        let mix = model.clusters[c].mix.iter().filter(|(s, _)| place.industry.is_none_or(|only| only == *s));
        found.extend(mix.map(|&(s, share)| (c, s, base * share)));
    }
    found
}

pub(super) fn median_revenue(model: &Model, laws: &Laws, place: &Place) -> f64 {
    shares(model, laws, place).iter().map(|(.., revenue)| revenue).sum()
}

/// Median annual growth of a place, weighted by base-year revenue.
fn median_growth(model: &Model, laws: &Laws, place: &Place) -> f64 {
    let median = |id: QuantityId| laws[id.0].as_ref().map_or(0.0, Distribution::median);
    let shares = shares(model, laws, place);
    let total: f64 = shares.iter().map(|(.., revenue)| revenue).sum();
    let growth = |&(c, s, revenue): &(usize, usize, f64)| {
        let cluster = &model.clusters[c];
        let rate = median(model.nation.trend)
            + median(model.industries[s].growth)
            + median(model.provinces[cluster.province].premium)
            + median(cluster.premium);
        rate * revenue
    };
    if total > 0.0 { shares.iter().map(growth).sum::<f64>() / total } else { 0.0 }
}

fn median_base(model: &Model, laws: &Laws, cluster: usize) -> f64 {
    let median = |id: QuantityId| laws[id.0].as_ref().map_or(0.0, Distribution::median);
    let spec = &model.clusters[cluster];
    let province = median(model.provinces[spec.province].base);
    match spec.base {
        Base::Own(q) => median(q),
        Base::Share(q) => median(q) * province,
        Base::Remainder => {
            let others = model.clusters_of(&Scope::Province(spec.province)).into_iter();
            province - others.filter(|&c| c != cluster).map(|c| median_base(model, laws, c)).sum::<f64>()
        }
    }
}

fn median_law(population: &Population, laws: &Laws) -> MedianLaw {
    let median = |id: QuantityId| laws[id.0].as_ref().map(Distribution::median);
    let count = median(population.count).unwrap_or(0.0).round();
    let total = median(population.total);
    if count <= 0.0 {
        return MedianLaw { count: 0.0, total: 0.0, survival: Box::new(|_| 0.0) };
    }
    match population.law {
        SizeLaw::Lognormal { median: scale, sigma } => {
            let sigma = median(sigma).unwrap_or(0.0);
            let mean = exp(0.5 * sigma * sigma);
            let scale = total.map_or_else(|| median(scale).unwrap_or(1.0), |total| total / (count * mean));
            MedianLaw {
                count,
                total: total.unwrap_or(count * scale * mean),
                survival: Box::new(move |x| lognormal_survival(ln(x / scale), sigma)),
            }
        }
        SizeLaw::Pareto { minimum, exponent, below } => {
            let alpha = median(exponent).unwrap_or(1.0);
            let below = median(below).unwrap_or(f64::INFINITY);
            let scale = match total {
                None => median(minimum).unwrap_or(1.0),
                Some(total) if below < f64::INFINITY => pareto_minimum(alpha, below, total / count),
                Some(total) => total / count / pareto_mean(alpha, f64::INFINITY),
            };
            let reach = ln(below / scale);
            MedianLaw {
                count,
                total: total.unwrap_or_else(|| count * scale * pareto_mean(alpha, reach)),
                survival: Box::new(move |x| pareto_survival(ln(x / scale), alpha, 0.0, reach)),
            }
        }
    }
}
