//! `solve` as a planner sees it.

mod reach;
mod sentences;

use super::Paper;
use super::frame::{chance, format_of_median, head, level, percent, public_money, say, source, unit_of};
use crate::analysis::decision::solve::{LeverInfo, Point as Tried, Solution, Turn, Unit, Verdict};
use crate::analysis::decision::{Answer, Solved};
use crate::report::briefing::{Cell, Column, DataTable, Figure, Format, Plain};
use crate::report::chart::ChartError;
use crate::report::chart::curve::{self, CurveChart, Point, Spot};
use crate::report::chart::scale::Kind;
use crate::report::number;
use crate::text;
use crate::text::{Lang, Text};
use reach::spent;
use sentences::{amount, caution, effect, figured, is_unmoved, probability, shape, span, verdict};

/// A wanted probability above this many times the highest one is named, not drawn: it would press the curve flat.
const FAR: f64 = 8.0;
/// Part of the rise of a curve that may be left out at its flat end.
const FLAT: f64 = 0.02;

/// The answer in words, tables and charts.
pub fn solve(answer: &Answer<Solved>, lang: Lang) -> Paper {
    let mut paper = Paper { lang, ..Paper::default() };
    for solution in &answer.findings.solutions {
        paper.summary.push(verdict(answer, solution, lang));
        paper.summary.extend(effect(answer, solution, lang));
        paper.summary.extend(caution(answer, solution, lang));
        paper.summary.extend(shape(answer, solution, lang));
    }
    paper.summary.extend(spent(answer, lang));
    paper.tables.push(solutions(answer, lang));
    for (index, solution) in answer.findings.solutions.iter().enumerate() {
        let id = if index == 0 { String::new() } else { format!("-{}", solution.world.id) };
        paper.tables.push(tried(answer, solution, &format!("curve{id}"), lang));
        paper.draw(Some(figure(answer, solution, &format!("curve{id}"), lang)));
    }
    paper.method = method(answer, lang);
    paper
}

fn solutions(answer: &Answer<Solved>, lang: Lang) -> DataTable {
    let found = &answer.findings;
    let level = level(answer);
    let wanted = percent(found.wanted);
    let columns = vec![
        Column::text(head("情景", "World", lang)),
        Column::number(head("现在的可能性", "Probability now", lang), ""),
        Column::number(say(&text!("达到{wanted}所需", "Needed for {wanted}"), lang), ""),
        Column::number(say(&text!("{level}区间", "{level} interval"), lang), ""),
        Column::number(head("复核的可能性", "Probability on fresh draws", lang), ""),
        Column::number(head("范围内最高", "Highest in the range", lang), ""),
    ];
    let mut table = DataTable::new("solution", say(&found.lever.name, lang), columns);
    for solution in &found.solutions {
        let none = match solution.verdict {
            _ if is_unmoved(answer, solution) => head("不受它影响", "not moved by it", lang),
            Verdict::Impossible if !solution.bounded => {
                head("所查取值未达到", "not at the values tried", lang)
            }
            Verdict::Impossible => head("达不到", "out of reach", lang),
            Verdict::Unclear => head("不能断定", "cannot be told", lang),
            Verdict::Throughout => head("任何值都可", "any value", lang),
            Verdict::Found => "—".to_owned(),
        };
        let value = solution.value.filter(|_| solution.verdict == Verdict::Found);
        let of = |point: &Tried| chance(point.probability.value, point.probability.interval);
        let interval = value.map_or(Cell::Empty, |_| {
            let ends = solution.interval.map(|end| end.map(|end| figured(end, &found.lever)));
            let plain = Plain::between(ends.each_ref().map(Option::as_ref), lang);
            Cell::told(span(solution.interval, &found.lever, lang), plain)
        });
        table.rows.push(vec![
            Cell::text(solution.world.name.get(lang)),
            of(&solution.now),
            value.map_or_else(|| Cell::text(none), |value| told(value, &found.lever, None, lang)),
            interval,
            solution.check.as_ref().map_or(Cell::Empty, of),
            of(&solution.best),
        ]);
    }
    if found.solutions.iter().any(|solution| solution.check.is_some()) && found.lever.turn != Turn::Year {
        table.notes.push(head(
            "复核用另一批随机数，其区间已含所求值自身的误差；“现在”“最高”也在这批随机数上估计。",
            "The check uses fresh draws and its interval covers the error of the value itself too; “now” and “highest” are estimated on the same draws.",
            lang,
        ));
    }
    if found.lever.turn == Turn::Scale {
        let names: Vec<String> = found.lever.names.iter().map(|name| say(name, lang)).collect();
        let list = names.join(match lang {
            Lang::Zh => "、",
            Lang::En => ", ",
        });
        table.notes.push(say(&text!("同一倍数作用于：{list}", "One factor for: {list}"), lang));
    }
    table
}

fn tried(answer: &Answer<Solved>, solution: &Solution, id: &str, lang: Lang) -> DataTable {
    let lever = &answer.findings.lever;
    let level = level(answer);
    let quantity = answer.findings.quantity.as_ref();
    let middle = quantity.map_or_else(Text::default, |quantity| {
        let (year, zh, en) = (quantity.year, &quantity.name.zh, &quantity.name.en);
        match lever.turn {
            Turn::Year => text!("当年{zh}的中位数", "Median of {en} in that year"),
            _ => text!("{year}年{zh}的中位数", "Median of {en} in {year}"),
        }
    });
    let mut columns = vec![
        Column::number(axis(lever, lang), ""),
        Column::number(head("可能性", "Probability", lang), ""),
        Column::number(say(&text!("{level}区间", "{level} interval"), lang), ""),
    ];
    if let Some(quantity) = quantity {
        columns.push(Column::number(say(&middle, lang), unit_of(quantity, lang)));
    }
    columns.push(Column::number(
        format!("{}{}", public_money(answer, lang), head("（全部年份，平均）", ", all years, mean", lang)),
        say(&number::money_unit(), lang),
    ));
    let (zh, en) = (&solution.world.name.zh, &solution.world.name.en);
    let title = say(&text!("各种取值的结果：{zh}", "Values tried: {en}"), lang);
    let mut table = DataTable::new(id, title, columns);
    let now = &solution.now;
    let mut points: Vec<&Tried> = solution.curve.iter().filter(|point| !point.refined).collect();
    if let Some(value) = now.value.filter(|_| lever.turn != Turn::Year) {
        // the value at present, with the uncertainty that the scenario states, if it states any
        points.retain(|point| lever.was_uncertain || point.value != Some(value));
        let at = points.partition_point(|point| point.value.is_some_and(|other| other <= value));
        points.insert(at, now);
    }
    for point in points {
        let Some(value) = point.value else { continue };
        let [low, high] = point.probability.interval;
        let remark =
            (lever.turn != Turn::Year && std::ptr::eq(point, now)).then(|| match lever.was_uncertain {
                true => head("现有，不确定", "at present, uncertain", lang),
                false => head("现有", "at present", lang),
            });
        let mut row = vec![
            match told(value, lever, remark, lang) {
                // the head names it
                Cell::Told(text, plain) if lever.unit != Unit::Share => {
                    Cell::told(text, Plain { unit: String::new(), ..*plain })
                }
                cell => cell,
            },
            chance(point.probability.value, point.probability.interval),
            Cell::Interval(low, high, Format::Probability),
        ];
        if let Some(quantity) = quantity {
            row.push(
                point.median.map_or(Cell::Empty, |median| Cell::Number(median, format_of_median(quantity))),
            );
        }
        row.push(Cell::Number(point.cost, Format::Money));
        table.rows.push(row);
    }
    table
}

/// A value of the lever, and what there is to say of it.
fn told(value: f64, lever: &LeverInfo, remark: Option<String>, lang: Lang) -> Cell {
    let told = figured(value, lever);
    let (text, plain) = (told.get(lang), Plain::of_told(&told, lang));
    match (remark, lang) {
        (None, _) => Cell::told(text, plain),
        (Some(remark), Lang::Zh) => Cell::told(format!("{text}（{remark}）"), Plain { remark, ..plain }),
        (Some(remark), Lang::En) => Cell::told(format!("{text} ({remark})"), Plain { remark, ..plain }),
    }
}

/// Name of the lever with its unit, for an axis or a head.
fn axis(lever: &LeverInfo, lang: Lang) -> String {
    let (zh, en) = (&lever.name.zh, &lever.name.en);
    let text = match lever.unit {
        Unit::Money => text!("{zh}（亿元）", "{en} (billion yuan)"),
        Unit::Share => text!("{zh}", "{en}"),
        Unit::Points => text!("{zh}（个百分点）", "{en} (percentage points)"),
        Unit::Growth => {
            text!("{zh}比情景所写高出（个百分点）", "{en} above the scenario (percentage points)")
        }
        Unit::Factor => text!("{zh}为现有的几倍", "{en}, multiple of the present"),
        Unit::Years => text!("{zh}（年）", "{en} (years)"),
        Unit::Year | Unit::Number => text!("{zh}", "{en}"),
    };
    say(&text, lang)
}

/// A value of the lever in the unit of [`axis`]; ticks of shares are percent by themselves.
fn on_axis(value: f64, unit: Unit, lang: Lang) -> f64 {
    match unit {
        Unit::Growth | Unit::Points => value * 100.0,
        Unit::Money => number::in_unit(value, lang),
        Unit::Share | Unit::Factor | Unit::Years | Unit::Year | Unit::Number => value,
    }
}

fn figure(answer: &Answer<Solved>, solution: &Solution, id: &str, lang: Lang) -> Result<Figure, ChartError> {
    let found = &answer.findings;
    let lever = &found.lever;
    let scaled = |value: f64| on_axis(value, lever.unit, lang);
    let point = |tried: &Tried| {
        let value = tried.value?;
        let told = format!("{}: {}", amount(value, lever, lang), probability(tried, lang));
        Some(Point {
            x: scaled(value),
            y: tried.probability.value,
            interval: Some(tried.probability.interval.into()),
            told,
        })
    };
    let mut line: Vec<Point> = solution.curve.iter().filter_map(point).collect();
    let mut spots = Vec::new();
    let marked = solution.value.filter(|_| solution.verdict == Verdict::Found && lever.turn != Turn::Year);
    if let Some(value) = marked {
        let [from, to] = solution.interval;
        let across = Some((scaled(from.unwrap_or(lever.low)), scaled(to.unwrap_or(lever.high))));
        let label = amount(value, lever, lang);
        let told = format!("{label} ({})", span(solution.interval, lever, lang));
        // the curve is that of the check, so the value stands where the check puts it
        let check =
            solution.check.as_ref().and_then(|check| point(&Tried { value: Some(value), ..check.clone() }));
        let y = check.as_ref().map_or(found.wanted, |check| check.y);
        if let Some(check) = check {
            let at = line.partition_point(|other| other.x < check.x);
            line.insert(at, check);
        }
        let place = Point { x: scaled(value), y, interval: None, told };
        let label = say(&text!("所需：{label}", "needed: {label}"), lang);
        spots.push(Spot { point: place, label, emphasis: true, across });
    }
    if let Some(mut place) = point(&solution.now) {
        // on the curve, a straight line between its values
        place.y = height(&line, place.x).unwrap_or(place.y);
        let label = say(&Text::new("现在", "now"), lang);
        spots.push(Spot { point: place, label, emphasis: false, across: None });
    }
    shorten(&mut line, &spots, lever.turn);
    let highest =
        line.iter().map(|point| point.interval.map_or(point.y, |(_, high)| high)).fold(0.0, f64::max);
    let wanted = percent(found.wanted);
    let fits = found.wanted <= FAR * highest || highest >= 0.1;
    let label = say(&text!("想要的可能性{wanted}", "wanted: {wanted}"), lang);
    let world = solution.world.name.get(lang);
    let (Text { zh, en }, Text { zh: along_zh, en: along_en }) = (&answer.target.name, &lever.name);
    let title =
        say(&text!("“{zh}”的可能性随{along_zh}的变化", "Probability of “{en}” along {along_en}"), lang);
    let level = level(answer);
    let policy = found.policy.name.get(lang);
    let beyond = if fits {
        Text::default()
    } else {
        text!("；想要的{wanted}超出图的范围", "; the wanted {wanted} lies beyond the picture")
    };
    let beyond = beyond.get(lang);
    let subtitle = match lang {
        Lang::Zh => format!("{policy}，{world}；色带为{level}区间（只反映模拟次数有限）{beyond}"),
        Lang::En => format!("{policy}, {world}; band: {level} interval (sampling error only){beyond}"),
    };
    let mut chart = CurveChart {
        title: title.clone(),
        subtitle,
        source: source(answer, lang),
        x_name: axis(lever, lang),
        y_name: head("可能性", "Probability", lang),
        x_kind: match lever.unit {
            Unit::Share => Kind::Percent,
            Unit::Year => Kind::Year,
            _ => Kind::Plain,
        },
        y_kind: Kind::Percent,
        line,
        spots,
        wanted: fits.then_some((found.wanted, label)),
    };
    if let Some(bottom) = chart.bottom() {
        chart.subtitle.push_str(bottom.get(lang));
    }
    Ok(Figure {
        id: id.to_owned(),
        drawing: curve::render(&chart)?,
        caption: head(
            "红点为所需的值，横线为它的区间；曲线由另一批随机数复核得到，红点与虚线的上下出入属于模拟误差。",
            "The red dot is the value that is needed, the bar its interval; the curve is that of the check on fresh draws, so that the dot lies off the dashed line by the error of the simulation.",
            lang,
        ),
        table: tried(answer, solution, id, lang),
        title,
    })
}

/// Height of the curve at `x`; `None` beyond its ends.
fn height(line: &[Point], x: f64) -> Option<f64> {
    let pair = line.windows(2).find(|pair| pair[0].x <= x && x <= pair[1].x)?;
    let width = pair[1].x - pair[0].x;
    let share = if width > 0.0 { (x - pair[0].x) / width } else { 0.0 };
    Some(pair[0].y + share * (pair[1].y - pair[0].y))
}

/// Leaves out the flat end of a long curve, but nothing up to what is marked.
fn shorten(line: &mut Vec<Point>, spots: &[Spot], turn: Turn) {
    if turn == Turn::Year || turn == Turn::Shift {
        return;
    }
    let ends = || line.iter().map(|point| point.y);
    let (low, high) = (ends().fold(1.0, f64::min), ends().fold(0.0, f64::max));
    let last = line.last().map_or(0.0, |point| point.y);
    let marked = spots.iter().map(|spot| spot.across.map_or(spot.point.x, |(_, to)| to.max(spot.point.x)));
    let marked = marked.fold(f64::NEG_INFINITY, f64::max);
    let is_flat = |point: &Point| (point.y - last).abs() <= FLAT * (high - low);
    // from the first place on from which everything is flat
    let tail = line.iter().rposition(|point| !is_flat(point)).map_or(0, |at| at + 1);
    let needed = line.iter().position(|point| point.x >= marked).unwrap_or(line.len());
    line.truncate((tail.max(needed) + 2).max(6));
}

fn method(answer: &Answer<Solved>, lang: Lang) -> Vec<String> {
    let found = &answer.findings;
    let (level, seed) = (level(answer), found.check_seed);
    let trials = number::decimal(answer.trials as f64, 0);
    let years = text!(
        "方法：目标逐年评判，各年用同一批{trials}次模拟；最早（或最晚）的年份由这一批随机数定，表和文中的可能性都用种子{seed}的另一批随机数估计，不因挑选而偏高。",
        "Method: the target is judged year by year on the same {trials} trials, which choose the year; all probabilities told are estimated on fresh draws (seed {seed}), so that the choice does not flatter them."
    );
    let values = text!(
        "方法：所有取值都在同一批{trials}次模拟上评判（共同随机数），先均匀取值，再在曲线穿过所要可能性的地方两次加密，最后内插；两个取值之间可能先升后降的地方另行加密。区间由反演检验得到：凡是其可能性的{level}威尔逊区间包含所要可能性的取值，都不能排除。复核用种子{seed}的另一批随机数。",
        "Method: all values are judged on the same {trials} trials (common random numbers): an even grid, refined twice where the curve passes the wanted probability, then interpolation; gaps in which the curve may rise and fall again are looked into. The interval inverts a test: no value whose {level} Wilson interval holds the wanted probability can be excluded. The check uses fresh draws (seed {seed})."
    );
    let mut all = vec![say(if found.lever.turn == Turn::Year { &years } else { &values }, lang)];
    all.push(say(
        &text!(
            "区间只反映模拟次数有限，不反映模型与参数本身的误差；所查范围以外的值没有推算。",
            "Intervals cover the sampling error only, not errors of the model or its figures; nothing is said of values beyond the range searched."
        ),
        lang,
    ));
    if found.lever.was_uncertain {
        all.push(say(
            &text!(
                "情景把这个数当作不确定的；这里按它确定取某个值计算，不再带不确定性。",
                "The scenario draws this number; here it is set to each value without its uncertainty."
            ),
            lang,
        ));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What an axis names in percentage points stands there in points, not as a fraction.
    #[test]
    fn values_stand_on_the_axis_in_the_unit_that_it_names() {
        let name = Text::new("提升", "Uplift");
        for (unit, named, size) in [
            (Unit::Points, "个百分点", 2.0),
            (Unit::Growth, "个百分点", 2.0),
            (Unit::Money, "亿元", 0.02),
            (Unit::Years, "年", 0.02),
        ] {
            let lever = LeverInfo {
                id: "push".to_owned(),
                name: name.clone(),
                unit,
                turn: Turn::Set,
                quantities: Vec::new(),
                names: Vec::new(),
                low: 0.0,
                high: 1.0,
                was_uncertain: false,
                spent_until: None,
            };
            assert!(axis(&lever, Lang::Zh).contains(named), "{unit:?}");
            assert_eq!(on_axis(0.02, unit, Lang::Zh), size, "{unit:?}");
        }
        assert_eq!(on_axis(20.0, Unit::Money, Lang::En), 2.0);
    }
}
