//! What only the whole model shows: ranges under every policy and world, remainders, allocations, measures, sources.

use super::quantity::describe;
use super::reader::Reader;
use super::*;
use crate::diag::{Diagnostic, codes};
use crate::random::Distribution;
use crate::scenario::alike;
use crate::text;
use crate::text::by_number;
use crate::units::amounts;

pub(super) type Laws = [Option<Distribution>];

impl Reader<'_> {
    pub(super) fn validate(&mut self, model: &Model) {
        let laws = model.quantities.distributions();
        for id in model.quantities.ids() {
            if let Some(law) = &laws[id.0] {
                let span = model.quantities.get(id).span;
                self.check_range(id, law, span);
            }
        }
        self.check_sources(model);
        self.check_measures(model);
        self.check_figure_units(model);
        self.check_relative_targets(model);
        self.check_unused(model, &laws);
        if self.root.has_errors() {
            self.check_known_places(model, &laws);
            return;
        }
        self.check_allocations(model, &laws, None);
        self.check_pipelines(model, &laws);
        self.check_firms(model, &laws);
        self.check_records(model, &laws);
        if model.provinces.len() == 1 {
            alike::found(self.root.node()).iter().for_each(|twice| self.report(twice.warning()));
        }
        for (index, world) in model.worlds.iter().enumerate() {
            let mut changed = laws.clone();
            apply(&mut changed, &world.changes);
            self.check_changes(&world.changes, &changed);
            // a world that leaves the bases alone would only repeat the first one's faults
            let moves_bases =
                ["province.", "cluster."].iter().any(|kind| changes_path(model, &world.changes, kind));
            if index == 0 || moves_bases {
                self.check_bases(model, &changed, world);
            }
            self.check_growth(model, &changed, world);
            self.check_events(model, &changed);
            self.check_order_of_ramp(model, &changed, &world.changes);
            for policy in &model.policies {
                let mut levers = changed.clone();
                apply(&mut levers, &policy.changes);
                self.check_changes(&policy.changes, &levers);
                let moves_shares = changes_path(model, &policy.changes, ".allocation.") && index == 0;
                if moves_shares || changes_path(model, &world.changes, ".allocation.") {
                    self.check_allocations(model, &levers, Some(policy));
                }
                self.check_knowledge(model, &levers, policy);
                self.check_order_of_ramp(model, &levers, &policy.changes);
            }
        }
    }

    fn check_changes(&mut self, changes: &[Change], laws: &Laws) {
        for change in changes {
            match &laws[change.quantity.0] {
                Some(law) => self.check_range(change.quantity, law, change.span),
                None => {
                    let path = &self.quantities.get(change.quantity).path;
                    let message = text!(
                        "{path} 经此改动后超出可计算的范围",
                        "this change takes {path} beyond the numbers that can be computed"
                    );
                    self.report(Diagnostic::error(codes::OUT_OF_RANGE, change.span, message));
                }
            }
        }
    }

    /// Sources must be listed; unsourced numbers are counted once.
    fn check_sources(&self, model: &Model) {
        let mut unsourced = Vec::new();
        for id in model.quantities.ids() {
            let quantity = model.quantities.get(id);
            if !quantity.stated {
                continue;
            }
            self.check_source_ids(&quantity.provenance);
            if quantity.provenance.source.is_none() || quantity.provenance.grade.is_none() {
                unsourced.push(quantity.path.as_str());
            }
        }
        for delay in &model.delays {
            self.check_source_ids(&delay.provenance);
            if delay.provenance.source.is_none() || delay.provenance.grade.is_none() {
                unsourced.push(delay.path.as_str());
            }
        }
        for target in &model.targets {
            self.check_source_ids(&target.provenance);
        }
        for record in &model.records {
            self.check_source_ids(&record.provenance);
        }
        for outcome in &model.known {
            self.check_source_ids(&outcome.provenance);
        }
        if !unsourced.is_empty() {
            let n = unsourced.len();
            let first = &unsourced[..n.min(3)];
            let (some, such) = (first.join("、"), first.join(", "));
            let lack = by_number(n, "quantity lacks", "quantities lack");
            let message = text!(
                "有 {n} 个数值没有写出处（source）或依据等级（grade），如 {some}",
                "{n} {lack} a source or a grade, such as {such}"
            );
            let hint = text!(
                "写在数值的表里，或写在它所在的表里由下面的数值继承；假设写 grade = \"assumption\"",
                "write them in the quantity's table, or in a table above it; for an assumption grade = \"assumption\""
            );
            self.report(Diagnostic::warning(codes::NO_SOURCE, None, message).hint(hint));
        }
    }

    fn check_source_ids(&self, provenance: &crate::scenario::Provenance) {
        let Some((_, span)) = &provenance.source else { return };
        for id in provenance.source_ids() {
            if !self.sources.iter().any(|s| s == id) {
                let message = text!("[sources] 里没有登记资料“{id}”", "[sources] does not list \"{id}\"");
                let hint = crate::scenario::suggest::nearest(id, self.sources.iter().map(String::as_str))
                    .map_or_else(
                        || {
                            text!(
                                "加一节 [sources.{id}]，写 title 和 date",
                                "add [sources.{id}] with title and date"
                            )
                        },
                        |near| text!("是不是“{near}”？", "did you mean \"{near}\"?"),
                    );
                self.report(Diagnostic::error(codes::UNKNOWN_SOURCE, *span, message).about(id).hint(hint));
            }
        }
    }

    /// A multiple of nothing is nothing: relative targets need a base-year figure above 0.
    fn check_relative_targets(&self, model: &Model) {
        let certain_zero = |cluster: usize| match model.clusters[cluster].base {
            Base::Own(q) | Base::Share(q) => {
                model.quantities.get(q).distribution.as_ref().is_some_and(|d| d.extremes().0 <= 0.0)
            }
            Base::Remainder => false,
        };
        for target in &model.targets {
            let relative = matches!(
                &target.demand,
                Demand::Threshold { level: Level::MultipleOfBase(_) | Level::Growth(_), .. }
            );
            let clusters = model.clusters_of(&target.scope);
            if relative && !clusters.is_empty() && clusters.into_iter().all(certain_zero) {
                let name = model.scope_name(&target.scope);
                let (zh, en) = (&name.zh, &name.en);
                let message = text!(
                    "“{zh}”的基年数可以是 0，不能用倍数或增速定目标",
                    "the base-year figure of \"{en}\" can be 0: a multiple or a growth rate of it is no target"
                );
                let hint = text!("改用 at_least 写明金额", "state an amount with at_least");
                self.report(Diagnostic::error(codes::BAD_TARGET, target.span, message).hint(hint));
            }
        }
    }

    /// The clusters of a province must not exceed its base in any trial, and must add up to it.
    fn check_bases(&self, model: &Model, laws: &Laws, world: &World) {
        let extremes = |id: QuantityId| laws[id.0].as_ref().map_or((0.0, 0.0), Distribution::extremes);
        for (index, province) in model.provinces.iter().enumerate() {
            let Some(base) = &laws[province.base.0] else { continue };
            let members = || model.clusters.iter().filter(move |c| c.province == index);
            let (low, high) = base.extremes();
            let (mut own, mut own_low, mut share_low, mut share_high) = (0.0, 0.0, 0.0, 0.0);
            for cluster in members() {
                match cluster.base {
                    Base::Own(q) => {
                        own += extremes(q).1;
                        own_low += extremes(q).0;
                    }
                    Base::Share(q) => {
                        share_low += extremes(q).0;
                        share_high += extremes(q).1;
                    }
                    Base::Remainder => {}
                }
            }
            let remainders = members().filter(|c| c.base == Base::Remainder).count();
            let span = members().next().map(|c| c.span);
            let name = &province.name;
            let (zh, en) = (&name.zh, &name.en);
            let several = model.worlds.len() > 1;
            let (w_zh, w_en) = match &world.name {
                Text { zh, en } if several => (format!("；情景“{zh}”"), format!("; world `{en}`")),
                _ => (String::new(), String::new()),
            };
            let most = own + share_high * high;
            // shares scale with the province: the sum exceeds it where own + share·base > base, tightest at the low end
            let exceeds = own + share_high * low > low * (1.0 + 1e-9) || share_high > 1.0 + 1e-9;
            let [Text { zh: total_zh, en: total_en }] = amounts([most]);
            let figure = describe(model.quantities.get(province.base));
            let (f_zh, f_en) = (&figure.zh, &figure.en);
            if remainders > 1 {
                let message = text!("{zh}只能有一个 remainder", "{en} can have one remainder only");
                self.report(Diagnostic::error(codes::KEY_CONFLICT, span, message));
            } else if exceeds {
                let message = text!(
                    "{zh}各市州合计最多可达{total_zh}，超过全省数（{f_zh}{w_zh}），余数会是负的",
                    "the clusters of {en} can add up to {total_en}, more than the province ({f_en}{w_en}): the remainder would be negative"
                );
                let hint = text!(
                    "核对各市州与全省是否同一口径；不同口径的数写进 base_in",
                    "check that clusters and province are in the same measure; figures in another go into base_in"
                );
                self.report(Diagnostic::error(codes::OVER_PROVINCE, span, message).hint(hint));
            } else if remainders == 0 {
                let tight = (own_low + share_low * low - low).abs() <= 1e-6 * low
                    && (own + share_high * high - high).abs() <= 1e-6 * high;
                if !tight {
                    let message = text!(
                        "{zh}各市州合计与全省数（{f_zh}）对不上，又没有 remainder",
                        "the clusters of {en} do not add up to the province ({f_en}), and there is no remainder"
                    );
                    let hint = text!(
                        "给其余部分加一个 remainder = true 的集群",
                        "add a cluster with remainder = true for the rest"
                    );
                    self.report(Diagnostic::error(codes::BAD_SUM, span, message).hint(hint));
                }
            }
        }
    }

    /// Growth may not reach −100 % in any trial.
    fn check_growth(&self, model: &Model, laws: &Laws, world: &World) {
        let low = |id: QuantityId| laws[id.0].as_ref().map_or(0.0, |d| d.extremes().0);
        for cluster in &model.clusters {
            for &(industry, _) in &cluster.mix {
                let further = cluster.industry_premium.iter().filter(|(s, _)| *s == industry);
                let least = low(model.nation.trend)
                    + low(model.industries[industry].growth)
                    + low(model.provinces[cluster.province].premium)
                    + low(cluster.premium)
                    + further.map(|(_, q)| low(*q)).sum::<f64>();
                if least <= -1.0 {
                    let percent = format!("{:.0}", least * 100.0);
                    let names = [&cluster.name, &model.industries[industry].name, &world.name];
                    let ([c, s, w], [c_en, s_en, w_en]) =
                        (names.map(|name| &name.zh), names.map(|name| &name.en));
                    let message = text!(
                        "“{c}”行业“{s}”的增长率可能低到 {percent}%（情景“{w}”），收入会变成零或负数",
                        "growth of `{c_en}`, industry `{s_en}`, can be as low as {percent} % (world `{w_en}`): revenue would reach zero or less"
                    );
                    let hint = text!("缩小标准差，或改用有界的分布", "reduce the s.d. or use bounded laws");
                    self.report(Diagnostic::error(codes::OUT_OF_RANGE, cluster.span, message).hint(hint));
                }
            }
        }
    }

    /// `1 − severity · exposure` must stay positive.
    fn check_events(&self, model: &Model, laws: &Laws) {
        for event in &model.events {
            let Size::Severity { severity, exposure } = event.size else { continue };
            let high = |id: QuantityId| laws[id.0].as_ref().map_or(0.0, |d| d.extremes().1);
            if high(severity) * high(exposure) >= 1.0 {
                let id = &event.id;
                let message = text!(
                    "事件“{id}”的 severity × exposure 可能达到 100%，收入会变成零",
                    "severity × exposure of the event \"{id}\" can reach 100 %: revenue would be zero"
                );
                let span = model.quantities.get(severity).span;
                self.report(Diagnostic::error(codes::OUT_OF_RANGE, span, message));
            }
        }
    }

    /// The shares of every instrument that states an allocation, as written or as a policy changes them.
    fn check_allocations(&self, model: &Model, laws: &Laws, policy: Option<&Policy>) {
        for (index, instrument) in model.instruments.iter().enumerate() {
            let in_force = policy.is_none_or(|p| p.instruments.contains(&index));
            if instrument.allocation.is_empty() || !in_force {
                continue;
            }
            let shares = instrument.allocation.iter().filter_map(|(_, q)| laws[q.0].as_ref());
            let total: f64 = shares.map(Distribution::median).sum();
            let i = &instrument.id;
            let what = match policy.map(|p| &p.id) {
                Some(p) => text!("方案 {p} 中 {i} 的资金分配", "the allocation of {i} under {p}"),
                None => text!("{i} 的资金分配", "the allocation of {i}"),
            };
            self.check_sum(total, instrument.allocation_span, &what);
        }
    }

    /// The stock of knowledge without policy must exist: median growth + depreciation > 0.
    fn check_knowledge(&self, model: &Model, laws: &Laws, policy: &Policy) {
        let median = |id: QuantityId| laws[id.0].as_ref().map_or(0.0, Distribution::median);
        for &index in &policy.instruments {
            let Some(knowledge) = &model.instruments[index].knowledge else { continue };
            let depreciation = laws[knowledge.depreciation.0].as_ref().map_or(0.0, |d| d.extremes().0);
            let slowest = model
                .clusters
                .iter()
                .flat_map(|c| c.mix.iter().map(move |(s, _)| (c, *s)))
                .map(|(cluster, industry)| {
                    let further = cluster.industry_premium.iter().filter(|(s, _)| *s == industry);
                    median(model.nation.trend)
                        + median(model.industries[industry].growth)
                        + median(model.provinces[cluster.province].premium)
                        + median(cluster.premium)
                        + further.map(|(_, q)| median(*q)).sum::<f64>()
                })
                .fold(f64::INFINITY, f64::min);
            if slowest + depreciation <= 0.0 {
                let message = text!(
                    "知识渠道要求趋势增长率加折旧率大于 0，否则没有稳定的知识存量",
                    "the knowledge channel needs trend growth plus depreciation above 0, or there is no stock to start from"
                );
                self.report(Diagnostic::error(codes::BAD_MODEL, knowledge.span, message));
            }
        }
    }
}

/// Whether any of `changes` concerns a path with `part` in it.
fn changes_path(model: &Model, changes: &[Change], part: &str) -> bool {
    changes.iter().any(|change| model.quantities.get(change.quantity).path.contains(part))
}
