//! `solve` as a planner sees it.

use super::Paper;
use super::frame::{chance, head, level, say, source, yuan};
use crate::analysis::decision::solve::{LeverInfo, Point as Tried, Solution, Turn, Unit, Verdict};
use crate::analysis::decision::{Answer, Solved};
use crate::report::briefing::{Cell, Column, DataTable, Figure, Format};
use crate::report::chart::ChartError;
use crate::report::chart::curve::{self, CurveChart, Point, Spot};
use crate::report::chart::scale::Kind;
use crate::report::number;
use crate::text;
use crate::text::{Lang, Text};

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
        paper.summary.extend(shape(answer, solution, lang));
    }
    paper.tables.push(solutions(answer, lang));
    for (index, solution) in answer.findings.solutions.iter().enumerate() {
        let id = if index == 0 { String::new() } else { format!("-{}", solution.world.id) };
        paper.tables.push(tried(answer, solution, &format!("curve{id}"), lang));
        paper.draw(Some(figure(answer, solution, &format!("curve{id}"), lang)));
    }
    paper.method = method(answer, lang);
    paper
}

/// A value of the lever with its unit.
fn amount(value: f64, lever: &LeverInfo, lang: Lang) -> String {
    let plain = |value: f64| match value.abs() {
        size if size >= 99.95 => number::decimal(value, 0),
        size if size >= 9.995 => number::decimal(value, 1),
        _ => number::decimal(value, 2),
    };
    match (lever.unit, lang) {
        (Unit::Money, _) => yuan(value, lang),
        (Unit::Share, _) => number::share(value),
        (Unit::Growth, Lang::Zh) => format!("{}个百分点", number::decimal(value * 100.0, 2)),
        (Unit::Growth, Lang::En) => format!("{} percentage points", number::decimal(value * 100.0, 2)),
        (Unit::Factor, Lang::Zh) => format!("{}倍", plain(value)),
        (Unit::Factor, Lang::En) => format!("{} times", plain(value)),
        (Unit::Years, Lang::Zh) => format!("{}年", plain(value)),
        (Unit::Years, Lang::En) => format!("{} years", plain(value)),
        (Unit::Year, Lang::Zh) => format!("{value:.0}年"),
        (Unit::Year, Lang::En) => format!("{value:.0}"),
        (Unit::Number, _) => plain(value),
    }
}

/// The interval of the answer: open where it leaves what was searched.
fn span([low, high]: [Option<f64>; 2], lever: &LeverInfo, lang: Lang) -> String {
    let [from, to] = [low, high].map(|end| end.map(|end| amount(end, lever, lang)));
    match (from, to, lang) {
        (Some(from), Some(to), Lang::Zh) => format!("{from}至{to}"),
        (Some(from), Some(to), Lang::En) => format!("{from} to {to}"),
        (None, Some(to), Lang::Zh) => format!("不超过{to}"),
        (None, Some(to), Lang::En) => format!("at most {to}"),
        (Some(from), None, Lang::Zh) => format!("{from}以上，上端超出所查范围"),
        (Some(from), None, Lang::En) => format!("from {from} on, beyond what was searched"),
        (None, None, _) => "—".to_owned(),
    }
}

fn probability(point: &Tried, lang: Lang) -> String {
    number::probability_with_interval(point.probability.value, point.probability.interval.into(), lang)
}

/// The answer in one sentence.
fn verdict(answer: &Answer<Solved>, solution: &Solution, lang: Lang) -> String {
    let found = &answer.findings;
    let lever = &found.lever;
    let (world, target, name) =
        (solution.world.name.get(lang), answer.target.name.get(lang), lever.name.get(lang));
    let wanted = number::percent(found.wanted);
    let level = level(answer);
    let now = present(answer, solution, lang);
    let range = [lever.low, lever.high].map(|end| amount(end, lever, lang));
    let [from, to] = &range;
    let best = probability(&solution.best, lang);
    let best_at = solution.best.value.map_or_else(String::new, |value| amount(value, lever, lang));
    match (solution.verdict, solution.value, lang) {
        (Verdict::Found, Some(value), _) => {
            let value = amount(value, lever, lang);
            let interval = span(solution.interval, lever, lang);
            let check = solution.check.as_ref().map_or_else(String::new, |point| probability(point, lang));
            let demand = demand(lever, &value, solution.rises);
            let demand = demand.get(lang);
            match lang {
                Lang::Zh => format!(
                    "{world}下，要使“{target}”的可能性达到{wanted}，{name}{demand}（{level}区间：{interval}）。{now}用另一批随机数复核，取这个值时可能性为{check}。"
                ),
                Lang::En => format!(
                    "World “{world}”: for “{target}” to have a probability of {wanted}, {name} has to be {demand} ({level} interval: {interval}). {now} On fresh draws that value gives {check}."
                ),
            }
        }
        (Verdict::Throughout, _, Lang::Zh) => format!(
            "{world}下，“{target}”的可能性本来就不低于{wanted}：{name}在{from}至{to}之间取任何值都能达到。{now}"
        ),
        (Verdict::Throughout, _, Lang::En) => format!(
            "World “{world}”: “{target}” has a probability of {wanted} or more whatever {name} is between {from} and {to}. {now}"
        ),
        (Verdict::Impossible | Verdict::Found, _, Lang::Zh) => format!(
            "{world}下，只靠调整{name}，“{target}”的可能性达不到{wanted}：在{from}至{to}的范围内，最高只有{best}（取{best_at}时，另用一批随机数估计）。{now}"
        ),
        (Verdict::Impossible | Verdict::Found, _, Lang::En) => format!(
            "World “{world}”: {name} alone cannot give “{target}” a probability of {wanted}: between {from} and {to} the highest is {best} (at {best_at}, on fresh draws). {now}"
        ),
        (Verdict::Unclear, _, Lang::Zh) => format!(
            "{world}下，调整{name}能否使“{target}”的可能性达到{wanted}，以现有模拟次数还不能断定：在{from}至{to}的范围内，最高为{best}（取{best_at}时），与{wanted}的差别在误差之内；请用 --trials 增加次数。{now}"
        ),
        (Verdict::Unclear, _, Lang::En) => format!(
            "World “{world}”: the trials cannot tell whether {name} can give “{target}” a probability of {wanted}: between {from} and {to} the highest is {best} (at {best_at}), within the error of it; ask for more --trials. {now}"
        ),
    }
}

/// How much the lever has to be, behind its name.
fn demand(lever: &LeverInfo, value: &str, rises: bool) -> Text {
    match (lever.turn, rises) {
        (Turn::Set, true) => text!("至少要{value}", "at least {value}"),
        (Turn::Set, false) => text!("最多只能是{value}", "at most {value}"),
        (Turn::Scale, true) => text!("至少要为现有的{value}", "at least {value} what it is now"),
        (Turn::Scale, false) => text!("最多只能为现有的{value}", "at most {value} what it is now"),
        (Turn::Shift, true) => {
            text!("至少要比情景所写的高出{value}", "at least {value} above what the scenario states")
        }
        (Turn::Shift, false) => {
            text!("最多只能比情景所写的高出{value}", "at most {value} above what the scenario states")
        }
        (Turn::Year, _) => text!("最早为{value}", "{value} at the earliest"),
    }
}

/// What holds now, and whether it is enough already.
fn present(answer: &Answer<Solved>, solution: &Solution, lang: Lang) -> String {
    let found = &answer.findings;
    let [low, high] = solution.now.probability.interval;
    let now = probability(&solution.now, lang);
    let wanted = number::percent(found.wanted);
    let value = solution.now.value.filter(|_| matches!(found.lever.turn, Turn::Set | Turn::Year));
    let value = value.map(|value| amount(value, &found.lever, lang));
    let policy = found.policy.name.get(lang);
    let enough = if low >= found.wanted {
        text!("，已经达到{wanted}", ", which is enough already")
    } else if high < found.wanted {
        text!("，低于{wanted}", ", less than {wanted}")
    } else {
        text!("，是否达到{wanted}在误差之内，不能断定", ", within the error of {wanted}")
    };
    let enough = enough.get(lang);
    match (value, lang) {
        (Some(value), Lang::Zh) => format!("现在（{policy}）为{value}，可能性{now}{enough}。"),
        (Some(value), Lang::En) => format!("Now ({policy}) it is {value} with {now}{enough}."),
        (None, Lang::Zh) => format!("现在（{policy}）的可能性为{now}{enough}。"),
        (None, Lang::En) => format!("Now ({policy}) the probability is {now}{enough}."),
    }
}

/// What the answer, or the best there is, does to the quantity and costs.
fn effect(answer: &Answer<Solved>, solution: &Solution, lang: Lang) -> Option<String> {
    let then = solution.check.as_ref().unwrap_or(&solution.best);
    let now = &solution.now;
    if answer.findings.lever.turn == Turn::Year {
        return None;
    }
    let value = amount(then.value?, &answer.findings.lever, lang);
    let (cost, before) = (yuan(then.cost, lang), yuan(now.cost, lang));
    let (median, was) = (number::money(then.median?), number::money(now.median?));
    Some(match lang {
        Lang::Zh => format!(
            "取{value}时，目标所看数量的中位数由{was}变为{median}（单位同目标），全部年份的财政支出平均由{before}变为{cost}。"
        ),
        Lang::En => format!(
            "At {value} the median of the target's quantity goes from {was} to {median} (in the unit of the target), and the mean public cost of all years from {before} to {cost}."
        ),
    })
}

/// What a response that is not monotone means for the answer.
fn shape(answer: &Answer<Solved>, solution: &Solution, lang: Lang) -> Option<String> {
    if solution.monotone {
        return None;
    }
    let name = answer.findings.lever.name.get(lang);
    let stretches = solution.regions.iter().map(|&[from, to]| {
        let [from, to] = [from, to].map(|end| amount(end, &answer.findings.lever, lang));
        format!("{from}–{to}")
    });
    let stretches: Vec<String> = stretches.collect();
    let wanted = number::percent(answer.findings.wanted);
    Some(match (stretches.is_empty(), lang) {
        (true, Lang::Zh) => format!("注意：可能性并不随{name}一路升高或降低，先升后降或先降后升。"),
        (true, Lang::En) => format!("Note: the probability does not move one way along {name}."),
        (false, Lang::Zh) => format!(
            "注意：可能性并不随{name}一路升高或降低，估计值达到{wanted}的只有：{}。",
            stretches.join("、")
        ),
        (false, Lang::En) => format!(
            "Note: the probability does not move one way along {name}; the estimate reaches {wanted} only within {}.",
            stretches.join(", ")
        ),
    })
}

fn solutions(answer: &Answer<Solved>, lang: Lang) -> DataTable {
    let found = &answer.findings;
    let level = level(answer);
    let wanted = number::percent(found.wanted);
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
            Verdict::Impossible => head("达不到", "out of reach", lang),
            Verdict::Unclear => head("不能断定", "cannot be told", lang),
            Verdict::Throughout => head("任何值都可", "any value", lang),
            Verdict::Found => "—".to_owned(),
        };
        let value = solution.value.filter(|_| solution.verdict == Verdict::Found);
        let of = |point: &Tried| chance(point.probability.value, point.probability.interval);
        let interval = value.map_or(Cell::Empty, |_| Cell::text(span(solution.interval, &found.lever, lang)));
        table.rows.push(vec![
            Cell::text(solution.world.name.get(lang)),
            of(&solution.now),
            Cell::text(value.map_or(none, |value| amount(value, &found.lever, lang))),
            interval,
            solution.check.as_ref().map_or(Cell::Empty, of),
            of(&solution.best),
        ]);
    }
    if found.lever.turn == Turn::Scale {
        let list = found.lever.quantities.join(match lang {
            Lang::Zh => "、",
            Lang::En => ", ",
        });
        table.notes.push(say(&text!("同一倍数作用于：{list}", "one factor for: {list}"), lang));
    }
    table
}

fn tried(answer: &Answer<Solved>, solution: &Solution, id: &str, lang: Lang) -> DataTable {
    let lever = &answer.findings.lever;
    let level = level(answer);
    let columns = vec![
        Column::number(axis(lever, lang), ""),
        Column::number(head("可能性", "Probability", lang), ""),
        Column::number(say(&text!("{level}区间", "{level} interval"), lang), ""),
        Column::number(head("目标所看数量的中位数", "Median of the quantity", lang), ""),
        Column::number(head("财政支出（平均）", "Mean public cost", lang), say(&number::money_unit(), lang)),
    ];
    let (zh, en) = (&solution.world.name.zh, &solution.world.name.en);
    let title = say(&text!("各种取值的结果：{zh}", "Values tried: {en}"), lang);
    let mut table = DataTable::new(id, title, columns);
    for point in solution.curve.iter().filter(|point| !point.refined) {
        let Some(value) = point.value else { continue };
        let [low, high] = point.probability.interval;
        table.rows.push(vec![
            Cell::text(amount(value, lever, lang)),
            chance(point.probability.value, point.probability.interval),
            Cell::Interval(low, high, Format::Probability),
            point.median.map_or(Cell::Empty, |median| Cell::Number(median, Format::Money)),
            Cell::Number(point.cost, Format::Money),
        ]);
    }
    table
}

/// Name of the lever with its unit, for an axis or a head.
fn axis(lever: &LeverInfo, lang: Lang) -> String {
    let (zh, en) = (&lever.name.zh, &lever.name.en);
    let text = match lever.unit {
        Unit::Money => text!("{zh}（亿元）", "{en} (100 million yuan)"),
        Unit::Share => text!("{zh}", "{en}"),
        Unit::Growth => text!("{zh}比情景所写高出（个百分点）", "{en} above the scenario (percentage points)"),
        Unit::Factor => text!("{zh}为现有的几倍", "{en}, multiple of the present"),
        Unit::Years => text!("{zh}（年）", "{en} (years)"),
        Unit::Year | Unit::Number => text!("{zh}", "{en}"),
    };
    say(&text, lang)
}

fn figure(answer: &Answer<Solved>, solution: &Solution, id: &str, lang: Lang) -> Result<Figure, ChartError> {
    let found = &answer.findings;
    let lever = &found.lever;
    let scaled = |value: f64| if lever.unit == Unit::Growth { value * 100.0 } else { value };
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
        let place = Point { x: scaled(value), y: found.wanted, interval: None, told };
        let label = say(&text!("所需：{label}", "needed: {label}"), lang);
        spots.push(Spot { point: place, label, emphasis: true, across });
    }
    if let Some(place) = point(&solution.now) {
        let label = say(&Text::new("现在", "now"), lang);
        spots.push(Spot { point: place, label, emphasis: false, across: None });
    }
    shorten(&mut line, &spots, lever.turn);
    let highest = line.iter().map(|point| point.interval.map_or(point.y, |(_, high)| high)).fold(0.0, f64::max);
    let wanted = number::percent(found.wanted);
    let fits = found.wanted <= FAR * highest || highest >= 0.1;
    let label = say(&text!("想要的可能性{wanted}", "wanted: {wanted}"), lang);
    let (target, world) = (answer.target.name.get(lang), solution.world.name.get(lang));
    let title = match lang {
        Lang::Zh => format!("“{target}”的可能性随{}的变化", lever.name.zh),
        Lang::En => format!("Probability of “{target}” along {}", lever.name.en),
    };
    let level = level(answer);
    let policy = found.policy.name.get(lang);
    let beyond = if fits { Text::default() } else { text!("；想要的{wanted}超出图的范围", "; the wanted {wanted} lies beyond the picture") };
    let beyond = beyond.get(lang);
    let subtitle = match lang {
        Lang::Zh => format!("{policy}，{world}；色带为{level}区间（只反映模拟次数有限）{beyond}"),
        Lang::En => format!("{policy}, {world}; band: {level} interval (sampling error only){beyond}"),
    };
    let chart = CurveChart {
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
    Ok(Figure {
        id: id.to_owned(),
        drawing: curve::render(&chart)?,
        caption: head(
            "曲线与虚线相交处即所需的值，横线为它的区间。",
            "The curve meets the dashed line at the value that is needed; the bar is its interval.",
            lang,
        ),
        table: tried(answer, solution, id, lang),
        title,
    })
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
    let mut all = vec![say(
        &text!(
            "方法：所有取值都在同一批{trials}次模拟上评判（共同随机数），先均匀取值，再在曲线穿过所要可能性的地方两次加密，最后内插。区间由反演检验得到：凡是其可能性的{level}威尔逊区间包含所要可能性的取值，都不能排除。复核用种子{seed}的另一批随机数。",
            "Method: all values are judged on the same {trials} trials (common random numbers): an even grid, refined twice where the curve passes the wanted probability, then interpolation. The interval inverts a test: no value whose {level} Wilson interval holds the wanted probability can be excluded. The check uses fresh draws (seed {seed})."
        ),
        lang,
    )];
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
