//! Phrases that all parts of a briefing share: amounts with unit, probabilities and differences in plain words.

use crate::analysis::results::*;
use crate::model::short;
use crate::report::number::{self, decimal};
pub use crate::report::readings_text::several_provinces;
use crate::report::readings_text::{self, plain_name};
pub use crate::report::words::word;
use crate::text;
use crate::text::{Lang, Text, joined};

/// What figures are counted in.
#[derive(Clone, Copy)]
pub struct Unit<'a> {
    /// `money`, `count`, `share` or `number`.
    pub figure: &'a str,
    /// Unit as readers see it.
    pub name: &'a Text,
}

impl<'a> Unit<'a> {
    /// The unit of a judged quantity.
    pub fn of(quantity: &'a QuantityResult) -> Self {
        Self { figure: &quantity.figure, name: &quantity.unit_name }
    }

    /// The unit of a series.
    pub fn of_series(series: &'a SeriesResult) -> Self {
        Self { figure: &series.figure, name: &series.unit_name }
    }

    /// Factor and words: money as in tables, in one unit whatever its size.
    fn scale(self, difference: bool, lang: Lang) -> (f64, String) {
        match (self.figure, lang) {
            ("money", _) => (1.0, number::unit_behind(lang)),
            ("share", Lang::Zh) if difference => (100.0, "个百分点".to_owned()),
            ("share", Lang::En) if difference => (100.0, " percentage points".to_owned()),
            ("share", _) => (100.0, "%".to_owned()),
            (_, Lang::Zh) => (1.0, self.name.zh.clone()),
            (_, Lang::En) => (1.0, format!(" {}", self.name.en)),
        }
    }

    /// `value` with its unit and no more digits than an error of `error` (half the width of its interval) supports; money
    /// has the digits of tables, so that one amount has one form.
    pub fn amount(self, value: f64, error: Option<f64>, lang: Lang) -> String {
        let (factor, words) = self.scale(false, lang);
        self.one(value * factor, error.map(|e| e * factor), words, lang)
    }

    /// A difference of two figures, without sign: shares differ by percentage points.
    pub fn difference(self, value: f64, error: Option<f64>, lang: Lang) -> String {
        let (factor, words) = self.scale(true, lang);
        self.one(value.abs() * factor, error.map(|e| e * factor), words, lang)
    }

    fn one(self, value: f64, error: Option<f64>, words: String, lang: Lang) -> String {
        let shown = self.digits(value, error, lang);
        if lang == Lang::En && shown == "1" && self.figure == "count" {
            return format!("1{}", number::singular(&words));
        }
        shown + &words
    }

    /// From `low` to `high` with the unit once.
    pub fn range(self, [low, high]: Ends, error: Option<f64>, difference: bool, lang: Lang) -> String {
        let (factor, words) = self.scale(difference, lang);
        let end = |value: f64| self.digits(value * factor, error.map(|e| e * factor), lang);
        let (from, to) = (end(low), end(high));
        match lang {
            Lang::Zh if low < 0.0 => format!("{from}至{to}{words}"),
            Lang::En if low < 0.0 => format!("{from} to {to}{words}"),
            _ => format!("{from}–{to}{words}"),
        }
    }

    fn digits(self, value: f64, error: Option<f64>, lang: Lang) -> String {
        match error {
            _ if self.figure == "money" => number::money(value, lang),
            // whole things have no more digits than they are counted in
            _ if self.figure == "count" && value.fract() == 0.0 => decimal(value, 0),
            Some(error) if error > 0.0 && error.is_finite() => supported(value, error),
            _ if self.figure == "share" => decimal(value, 1 + usize::from(value.abs() < 9.95)),
            _ => number::figure(value, self.figure, Lang::Zh),
        }
    }
}

/// `value` rounded to the last digit that an interval of half-width `error` bears.
fn supported(value: f64, error: f64) -> String {
    let (mut place, mut decimals) = (1.0, 0);
    while place > 2.0 * error && decimals < 4 {
        place /= 10.0;
        decimals += 1;
    }
    while decimals == 0 && place * 10.0 <= 2.0 * error && place < value.abs() {
        place *= 10.0;
    }
    if decimals > 0 { decimal(value, decimals) } else { decimal((value / place).round() * place, 0) }
}

/// The years in which a policy pays, `2025—2030年`; nothing if it pays none.
pub fn paid_years(run: &RunResult) -> Text {
    let mut years = run.cost.paid_by_year.iter().filter(|(_, paid)| **paid != 0.0).map(|(year, _)| *year);
    let Some(first) = years.next() else { return Text::default() };
    match years.next_back() {
        Some(last) => text!("{first}—{last}年", " in {first}–{last}"),
        None => text!("{first}年", " in {first}"),
    }
}

/// Public money of a policy that can bear on a target, 亿元, discounted as all sums are: over all years, and up to the end of
/// `year`. In a file of several provinces that of other provinces is left out; `None` where the results do not tell it apart.
pub fn money_here(
    results: &Results,
    run: &RunResult,
    target: &TargetResult,
    year: i32,
) -> Option<(f64, f64)> {
    if !several_provinces(results) || run.cost.gross.mean == 0.0 {
        return Some((run.cost.gross.mean, results.scenario.worth_by(&run.cost.paid_by_year, year)));
    }
    let parts = run.contributions.as_ref()?;
    let money = if run.main_target().is_some_and(|main| main.id == target.id) {
        parts.money.as_ref()?
    } else {
        let id = target.scope.id.strip_prefix("province.")?;
        &parts.money_elsewhere.iter().find(|one| one.province == id)?.money
    };
    Some((money.gross, results.scenario.worth_by(&money.paid_by_year, year)))
}

/// Whether a target is judged by the figure of one year alone, so that missing it means to miss the level in that year.
pub fn one_year(target: &TargetResult) -> bool {
    !any_year(target) && !target.condition.text.zh.contains("年每年")
}

/// Whether a target is met by any one year up to its own.
pub fn any_year(target: &TargetResult) -> bool {
    target.condition.text.zh.contains("以前任一年")
}

/// Whether the figure of the base year already meets the level of a target in at least 99 of 100 trials.
pub fn met_at_start(run: &RunResult, target: &TargetResult) -> bool {
    if target.average {
        return false;
    }
    let series =
        target.quantity.as_ref().and_then(|q| run.series.iter().find(|series| series.id == q.series));
    let at = |key: &str| series.and_then(|series| series.quantiles.get(key)?.first()).copied();
    match (target.condition.level, target.condition.kind.as_str()) {
        (Some(level), "at_least") => at("0.01").is_some_and(|least| least >= level),
        (Some(level), "at_most") => at("0.99").is_some_and(|most| most <= level),
        _ => false,
    }
}

/// A percentage point of probability.
pub const POINT: f64 = 0.01;

/// That the price of a point is no offer where a policy brings less than one.
pub fn in_proportion() -> Text {
    Text::new(
        "可能性合计提高不到1个百分点的方案，每个百分点的支出只是按比例折算：整整1个百分点已超出它所能带来的。",
        "Where a policy brings less than one point, its money per point is a proportion only: a whole point is beyond it.",
    )
}

/// Half the width of an interval.
pub fn half([low, high]: Ends) -> f64 {
    (high - low) / 2.0
}

/// The text in `lang`.
pub fn say(text: &Text, lang: Lang) -> String {
    text.get(lang).to_owned()
}

/// `、` in Chinese, a comma in English.
pub fn list(items: &[String], lang: Lang) -> String {
    items.join(match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    })
}

/// A name in the quotation marks of both languages.
pub fn quoted(name: &Text) -> Text {
    Text::new(format!("“{}”", name.zh), format!("“{}”", name.en))
}

/// A probability as people say it, by nearest tenth in the middle and by percents at the ends.
pub fn plain(p: f64, [low, high]: Ends) -> Text {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    const TENTHS: [(&str, &str); 10] = [
        ("零成", "none"),
        ("一成", "one"),
        ("两成", "two"),
        ("三成", "three"),
        ("四成", "four"),
        ("五成", "five"),
        ("六成", "six"),
        ("七成", "seven"),
        ("八成", "eight"),
        ("九成", "nine"),
    ];
    let percent = (p * 100.0).round().clamp(1.0, 99.0) as usize;
    if p < 0.01 {
        if high < 0.01 {
            Text::new("不到百分之一", "below one percent")
        } else {
            Text::new("约为百分之一或更低", "about one percent or less")
        }
    } else if p >= 0.99 {
        if low >= 0.99 {
            Text::new("在百分之九十九以上", "at least 99 percent")
        } else {
            Text::new("约为百分之九十九或更高", "about 99 percent or more")
        }
    } else if percent < 10 {
        let digit = DIGITS[percent];
        text!("约为百分之{digit}", "about {percent} percent")
    } else if percent > 90 {
        let digit = DIGITS[percent - 90];
        text!("约为百分之九十{digit}", "about {percent} percent")
    } else {
        let (zh, en) = TENTHS[((p * 10.0).round() as usize).clamp(1, 9)];
        text!("约为{zh}", "about {en} in ten")
    }
}

/// Level of the intervals, `95%`.
pub fn level(results: &Results) -> String {
    format!("{}%", decimal(results.run.interval_level * 100.0, 0))
}

/// A change of probability as a phrase: that it rises or falls, by how much, with its interval; or that none can be
/// told from the trials.
pub fn change(results: &Results, change: &Change, lang: Lang) -> Text {
    let Some((size, span)) = number::points_parts(change.probability, change.interval.into(), lang) else {
        return Text::new("没有变化", "does not change");
    };
    let level = level(results);
    if !distinguishable(change.interval) {
        return text!(
            "没有可以分辨的变化（{size}个百分点，{level}区间{span}个百分点）",
            "shows no change that can be told from chance ({size} percentage points, {level} interval {span})"
        );
    }
    let (zh, en) = if change.probability > 0.0 { ("提高", "rises") } else { ("降低", "falls") };
    let (size, span) = points_without_sign(change, lang);
    text!(
        "{zh}{size}个百分点（{level}区间{span}个百分点）",
        "{en} by {size} percentage points ({level} interval {span})"
    )
}

/// The size of a change behind a word for its direction, with its interval: what falls by 2 points falls by 1 to 3, not by −3 to −1.
pub fn points_without_sign(change: &Change, lang: Lang) -> (String, String) {
    let [low, high] = change.interval;
    let ends = if change.probability < 0.0 { (-high, -low) } else { (low, high) };
    let (size, span) = number::points_parts(change.probability.abs(), ends, lang).unwrap_or_default();
    (size.trim_start_matches('+').to_owned(), span)
}

/// Whether an interval of a difference lies on one side of zero.
pub fn distinguishable([low, high]: Ends) -> bool {
    low > 0.0 || high < 0.0
}

/// Share of variance in whole percent; what is not nothing is never written as 0.
pub fn whole_percent(share: f64) -> String {
    if share > 0.0 && share < 0.005 { "<1%".to_owned() } else { format!("{}%", decimal(share * 100.0, 0)) }
}

/// What a target demands as the subject of a sentence, e.g. `湖北省营业收入2027年达到2500亿元`.
pub fn demand(results: &Results, target: &TargetResult) -> Text {
    let Text { zh: name_zh, en: name_en } = plain_name(results, target);
    let condition = &target.condition;
    if condition.kind == "group" {
        return text!("“{name_zh}”", "“{name_en}”");
    }
    let (en, scope) = (&condition.text.en, &target.scope.name);
    let province = target.province.as_ref().map(|province| &province.name);
    let outer = province.filter(|name| !scope.zh.contains(short(&name.zh)));
    let subject = match (target.measure.is_empty(), condition.kind.as_str()) {
        (false, "at_least" | "at_most") => {
            let outer = outer.map_or("", |name| name.zh.as_str());
            joined(&[outer, &scope.zh, &measure_of(results, &target.measure, scope).zh])
        }
        _ => province.map_or_else(String::new, |name| name.zh.clone()),
    };
    let zh = joined(&[&subject, &reach(condition)]);
    text!("{zh}", "“{name_en}” ({en})")
}

/// The name of a measure behind that of a place, which it need not say again: `规上医药工业营业收入（安徽）` of 安徽省 is
/// `规上医药工业营业收入`.
pub fn measure_of(results: &Results, measure: &str, place: &Text) -> Text {
    let Text { mut zh, mut en } = results.measure_name(measure);
    if let Some(bare) = zh.strip_suffix(&format!("（{}）", short(&place.zh))) {
        zh = bare.to_owned();
    }
    if let Some(bare) = en.strip_suffix(&format!(" ({})", place.en)) {
        en = bare.to_owned();
    }
    Text::new(zh, en)
}

/// The demand in Chinese with “达到” for “at least”, as officials write it.
fn reach(condition: &ConditionInfo) -> String {
    let text = &condition.text.zh;
    let least =
        ["不低于", "不少于"].into_iter().filter_map(|word| Some((text.rfind(word)?, word.len()))).max();
    match least {
        Some((at, length)) if condition.kind == "at_least" => {
            format!("{}达到{}", &text[..at], &text[at + length..])
        }
        _ => text.clone(),
    }
}

/// That a target is met with its probability, as the end of a sentence: in Chinese after the demand, in English after
/// “the target …”.
pub fn chance(results: &Results, target: &TargetResult, lang: Lang) -> Text {
    let judged = if target.is_judged() { word(target.interval) } else { readings_text::no_judgement() };
    let Text { zh: word_zh, en: word_en } = judged;
    let n = decimal(target.trials as f64, 0);
    if target.hits == 0 || target.hits == target.trials {
        let bound = number::chance(target.probability, target.interval.into());
        let bare = bound.trim_start_matches(['<', '>']);
        return if target.hits == 0 {
            text!(
                "，在{n}次模拟中一次也没有出现，可能性低于{bare}，{word_zh}",
                "is not met once in {n} trials; its probability is below {bare}: {word_en}"
            )
        } else {
            text!(
                "，在{n}次模拟中每次都出现，可能性高于{bare}，{word_zh}",
                "is met in every one of {n} trials; its probability is above {bare}: {word_en}"
            )
        };
    }
    let (p, span) = number::probability_parts(target.probability, target.interval.into(), lang);
    let (span, level) = (span.unwrap_or_default(), level(results));
    let Text { zh, en } = plain(target.probability, target.interval);
    text!(
        "的可能性{zh}（{p}，{level}区间{span}），{word_zh}",
        "is met with a probability of {en} ({p}, {level} interval {span}): {word_en}"
    )
}

#[cfg(test)]
#[path = "wording_tests.rs"]
mod tests;
