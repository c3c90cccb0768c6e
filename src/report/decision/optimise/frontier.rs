//! Money against probability: the frontier of a budget, as table and chart.

use super::super::frame::{chance, head, level, percent, points, say, source, yuan};
use super::{quantity_of, worlds};
use crate::analysis::decision::optimise::{Beyond, ByRule, Point as Front, RuleName};
use crate::analysis::decision::{Answer, Optimum, QuantityInfo};
use crate::report::briefing::{Cell, Column, DataTable, Figure, Format};
use crate::report::chart::ChartError;
use crate::report::chart::curve::{self, CurveChart, Point, Spot};
use crate::report::chart::scale::Kind;
use crate::report::number;
use crate::text;
use crate::text::Lang;

/// The frontier as a table.
pub(super) fn table(answer: &Answer<Optimum>, lang: Lang) -> DataTable {
    let level = level(answer);
    let (format, unit) = quantity_of(answer, lang);
    let money = say(&number::money_unit(), lang);
    let several = answer.worlds.len() > 1;
    let mut columns = vec![
        Column::number(head("预计支出", "Expected cost", lang), money.clone()),
        Column::number(head("可能性", "Probability", lang), ""),
        Column::number(say(&text!("{level}区间", "{level} interval"), lang), ""),
        Column::number(head("数量均值", "Mean quantity", lang), unit),
    ];
    columns.extend(several.then(|| Column::text(head("所属情景", "World", lang))));
    let by_regret = by_regret(answer);
    if by_regret {
        let points = head("个百分点", "pp", lang);
        columns.push(Column::number(head("最大差距", "Largest distance", lang), points.clone()));
        columns.push(Column::number(say(&text!("{level}区间", "{level} interval"), lang), points));
    }
    columns.push(Column::text(head("分法", "Split", lang)));
    let names = answer.findings.instruments.iter().map(|line| line.instrument.name.get(lang));
    columns.extend(names.map(|name| Column::number(name, money.clone())));
    let worlds = worlds(answer, lang);
    let title = match lang {
        Lang::Zh => format!("花多少钱、可能性有多高：搜到的分法，每行一种{worlds}"),
        Lang::En => format!("Money and probability: the splits found, one a row{worlds}"),
    };
    let mut frontier = DataTable::new("frontier", title, columns);
    let row = |point: &Front| {
        let [low, high] = point.interval;
        let mut row = vec![
            Cell::Number(point.cost, Format::Money),
            chance(point.probability, point.interval),
            Cell::Interval(low, high, Format::Probability),
            point.quantity.map_or(Cell::Empty, |mean| Cell::Number(mean, format)),
        ];
        row.extend(several.then(|| Cell::text(world_of(point, lang))));
        if by_regret {
            row.extend(match &point.regret {
                Some(ByRule { value, interval: [low, high], .. }) => [
                    Cell::Number(value * 100.0, Format::Decimal(1)),
                    Cell::Interval(low * 100.0, high * 100.0, Format::Decimal(1)),
                ],
                None => [Cell::Empty, Cell::Empty],
            });
        }
        // the column is narrow
        let is_present = point.plan.as_deref() == Some("present");
        let plan = if is_present { head("现有", "present", lang) } else { plan_of(answer, point, lang) };
        row.push(Cell::text(plan));
        row.extend(point.money.iter().map(|&money| Cell::Number(money, Format::Money)));
        row
    };
    let found = &answer.findings;
    let mut points: Vec<&Front> = found.frontier.iter().collect();
    if let Some(present) = apart(answer) {
        // beside what costs as much
        let at = points.partition_point(|point| point.cost <= present.cost);
        points.insert(at, present);
        frontier.notes.push(beaten(answer, present, lang));
    }
    frontier.rows = points.into_iter().map(row).collect();
    if found.instruments.len() > 1 && frontier.rows.len() > 1 {
        frontier.notes.push(head(
            "每一行是各自搜索出来的：一项工具在相邻两行之间忽多忽少，差别不大的出于搜索的误差，不表示应当先加后减。",
            "Every row was searched by itself: where an instrument gets a little more in one row and less in the next, that is noise of the search and no advice.",
            lang,
        ));
    }
    frontier
}

/// Whether the answer minimises a distance, which the rows then tell beside the probability.
fn by_regret(answer: &Answer<Optimum>) -> bool {
    answer.findings.rule == RuleName::Regret && answer.worlds.len() > 1
}

/// The present plan, where it is not one of the frontier's points.
fn apart(answer: &Answer<Optimum>) -> Option<&Front> {
    let is_present = |point: &&Front| point.plan.as_deref() == Some("present");
    let found = &answer.findings;
    if found.frontier.iter().any(|point| is_present(&point)) {
        return None;
    }
    found.plans.iter().find(is_present)
}

/// Why the present plan is no row of its own: the cheapest row that does as well.
fn beaten(answer: &Answer<Optimum>, present: &Front, lang: Lang) -> String {
    let sign = answer.findings.quantity.as_ref().map_or(1.0, QuantityInfo::sign);
    let does_as_well = |point: &&Front| {
        let mean = point.quantity.zip(present.quantity);
        point.cost <= present.cost * (1.0 + 1e-9)
            && point.probability >= present.probability
            && mean.is_none_or(|(here, there)| sign * here >= sign * there)
    };
    let better = answer.findings.frontier.iter().find(does_as_well);
    match (better, lang) {
        _ if by_regret(answer) => distances(lang),
        (Some(point), Lang::Zh) => format!(
            "现有方案不在前沿上，列出供对照：预计支出{}的一行，可能性和均值都不比它低。",
            yuan(point.cost, lang)
        ),
        (Some(point), Lang::En) => format!(
            "The present plan is no point of the frontier and stands there for comparison: the row of {} has no lower probability or mean.",
            yuan(point.cost, lang)
        ),
        (None, Lang::Zh) => "现有方案不在前沿上，列出供对照。".to_owned(),
        (None, Lang::En) => {
            "The present plan is no point of the frontier and stands there for comparison.".to_owned()
        }
    }
}

/// What the column of distances says, and why it decides.
fn distances(lang: Lang) -> String {
    head(
        "最大差距：比“这笔预算在各情景下单独最好的分法”最多差多少，越小越好，推荐的分法按它定（钱少的行自然差得多，超过这笔预算的行不比）；可能性是最差的情景的，列出供对照，两者先后可以不同。现有方案一并列出供对照。",
        "Largest distance: by how much a split falls short, at most, of the best split of the budget for each world alone; the less the better, and by it the split is chosen (rows with less money lack more; rows above the budget have none). The probability is that of the worst world, for comparison: the two need not agree. The present plan stands there for comparison.",
        lang,
    )
}

/// Hits from which on a frontier is called flat.
const FEWEST_HITS: f64 = 50.0;

/// From where on more money raises no chance that the trials can see; `None` where it does, or where hits are too few to
/// tell.
pub(super) fn flat(answer: &Answer<Optimum>, lang: Lang) -> Option<String> {
    let found = &answer.findings;
    let enough = found.enough.as_ref()?;
    let point = &enough.point;
    // a handful of hits tells nothing of what money adds
    if point.probability * (answer.trials as f64) < FEWEST_HITS {
        return None;
    }
    let worlds = worlds(answer, lang);
    let p = number::probability_with_interval(point.probability, point.interval.into(), lang);
    let (cost, dearest) = (yuan(point.cost, lang), yuan(enough.dearest, lang));
    let is_none = point.cost <= found.spent + found.fixed_cost + 1e-9 * (1.0 + point.cost);
    let present = enough.present.map(|change| points(change, lang)).map(|change| match lang {
        Lang::Zh => format!("，包括现有方案（{}，相差{change}）", yuan(found.present[0].cost, lang)),
        Lang::En => format!(", the present plan ({}; {change}) included", yuan(found.present[0].cost, lang)),
    });
    let present = present.unwrap_or_default();
    let has_mean = found.quantity.is_some();
    Some(match lang {
        Lang::Zh => {
            let none = if is_none {
                format!("（{}年及以后的钱一分不花）", found.from)
            } else {
                String::new()
            };
            let money =
                if is_none { format!("{}年及以后的钱", found.from) } else { "再多的钱".to_owned() };
            let so = match (enough.beyond, has_mean) {
                (Beyond::MovesMean, _) => format!("{money}对这个目标的可能性看不出作用，只动均值"),
                (Beyond::Nothing, true) => format!("{money}对这个目标的可能性和均值都看不出作用"),
                (Beyond::Nothing, false) => format!("{money}对这个目标看不出作用"),
                (Beyond::SomeLower, _) => {
                    format!("{money}看不出用处：花得更多的分法，查过的有一些可能性反而更低")
                }
                (Beyond::AllLower, _) => format!("{money}没有好处：花得更多的分法，查过的可能性都更低"),
            };
            let so = format!("{so}{worlds}");
            format!(
                "多花钱看不出能提高可能性{worlds}：预计支出{cost}{none}时，可能性为{p}；花得更多的分法一直查到{dearest}，没有一种的可能性比它高出模拟误差{present}。所以{so}。"
            )
        }
        Lang::En => {
            let none = if is_none {
                format!(", with none of the money of {} and later,", found.from)
            } else {
                String::new()
            };
            let so = match (enough.beyond, has_mean) {
                (Beyond::MovesMean, _) => "money moves the mean only",
                (Beyond::Nothing, true) => "money can be seen to change neither the chance nor the mean",
                (Beyond::Nothing, false) => "money cannot be seen to help",
                (Beyond::SomeLower, _) => "some of the dearer splits looked at lower the chance",
                (Beyond::AllLower, _) => "every dearer split looked at lowers the chance",
            };
            format!(
                "Beyond {cost} more money cannot be seen to raise the chance{worlds}: {cost}{none} has {p}, and of the dearer splits, looked at up to {dearest}, none has a chance above it beyond the error{present}. From there on {so}{worlds}."
            )
        }
    })
}

/// The world that the figures of a point are of.
fn world_of(point: &Front, lang: Lang) -> String {
    point
        .world
        .as_ref()
        .map_or_else(|| head("各情景平均", "mean", lang), |world| world.name.get(lang).to_owned())
}

/// Which of the splits told of elsewhere a point is.
fn plan_of(answer: &Answer<Optimum>, point: &Front, lang: Lang) -> String {
    match point.plan.as_deref() {
        Some("present") => head("现有方案", "present plan", lang),
        Some("best") => super::moves::name(answer).get(lang).to_owned(),
        Some("least") => super::least::name(answer, lang).unwrap_or_default(),
        _ => String::new(),
    }
}

/// Which worlds the points of the frontier are of, from the cheapest on; nothing for one world or their mean.
fn whose(answer: &Answer<Optimum>, lang: Lang) -> String {
    let points = &answer.findings.frontier;
    if answer.worlds.len() < 2 || points.iter().any(|point| point.world.is_none()) {
        return String::new();
    }
    let mut runs: Vec<(String, f64, f64)> = Vec::new();
    for point in points {
        let name = world_of(point, lang);
        match runs.last_mut().filter(|run| run.0 == name) {
            Some(run) => run.2 = point.cost,
            None => runs.push((name, point.cost, point.cost)),
        }
    }
    if let [(name, ..)] = &runs[..] {
        return match lang {
            Lang::Zh => format!("，各点都是“{name}”下的结果"),
            Lang::En => format!("; all points are of the world “{name}”"),
        };
    }
    let run = |(name, from, to): &(String, f64, f64)| match lang {
        Lang::Zh => format!("“{name}”（{}至{}）", yuan(*from, lang), yuan(*to, lang)),
        Lang::En => format!("“{name}” ({} to {})", yuan(*from, lang), yuan(*to, lang)),
    };
    let runs: Vec<String> = runs.iter().map(run).collect();
    match lang {
        Lang::Zh => format!("，依次是{}的结果", runs.join("、")),
        Lang::En => format!("; points are of the worlds {}", runs.join(", ")),
    }
}

/// The frontier with the present plan and the recommendation.
///
/// # Errors
/// A [`ChartError`] for figures that cannot be drawn.
pub(super) fn figure(answer: &Answer<Optimum>, lang: Lang) -> Result<Figure, ChartError> {
    let found = &answer.findings;
    let target = answer.target.name.get(lang);
    let title = match lang {
        Lang::Zh => format!("花多少钱，可能性有多高：{target}"),
        Lang::En => format!("What money buys: {target}"),
    };
    let told = |cost: f64, probability: f64, interval: (f64, f64)| {
        let p = number::probability_with_interval(probability, interval, lang);
        format!("{}: {p}", yuan(cost, lang))
    };
    let point = |front: &Front| Point {
        x: number::in_unit(front.cost, lang),
        y: front.probability,
        interval: Some(front.interval.into()),
        told: told(front.cost, front.probability, front.interval.into()),
    };
    // read as the points of the frontier are, so that both stand in one picture
    let spot = |front: &Front| {
        let label = plan_of(answer, front, lang);
        Spot { point: point(front), label, emphasis: front.plan.as_deref() == Some("present"), across: None }
    };
    let spots = found.plans.iter().map(spot).collect();
    let level = level(answer);
    let several = answer.worlds.len() > 1;
    let subtitle = text!(
        "横轴为预计财政支出（亿元），纵轴为可能性（%）；色带与竖线为{level}区间（只反映模拟次数有限）",
        "Expected public money (billion yuan) and probability (%); band and whiskers are {level} intervals (sampling error only)"
    );
    let mut subtitle = say(&subtitle, lang);
    if several {
        let averaged = answer.findings.rule == RuleName::Mean;
        subtitle += &match averaged {
            true => head("；按各情景平均计", "; mean of the worlds", lang),
            false => head("；按最差的情景计", "; worst world", lang),
        };
        subtitle += &whose(answer, lang);
    }
    let mut chart = CurveChart {
        title: title.clone(),
        subtitle,
        source: source(answer, lang),
        x_name: head("预计财政支出（亿元）", "Expected public money (billion yuan)", lang),
        y_name: head("可能性", "Probability", lang),
        x_kind: Kind::Plain,
        y_kind: Kind::Percent,
        line: found.frontier.iter().map(point).collect(),
        spots,
        wanted: found.least.as_ref().map(|least| {
            let wanted = percent(least.wanted);
            (least.wanted, say(&text!("想要的可能性{wanted}", "wanted: {wanted}"), lang))
        }),
    };
    if let Some(bottom) = chart.bottom() {
        chart.subtitle.push_str(bottom.get(lang));
    }
    Ok(Figure {
        id: "frontier".to_owned(),
        caption: head(
            "每个圆点是一种搜到的分法，连线只为便于看。曲线越往右越平，说明多花的钱作用越小；现有方案在曲线下方，说明同样的钱可以分得更好。",
            "Every dot is one split that was found; the line only joins them. Where the curve flattens, more money helps less; a plan below the curve could spend the same money better.",
            lang,
        ),
        drawing: curve::render(&chart)?,
        table: table(answer, lang),
        title,
    })
}
