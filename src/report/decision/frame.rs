//! Phrases that all decision analyses share.

use crate::analysis::decision::{Answer, Estimate};
use crate::analysis::results::Ends;
use crate::report::briefing::Cell;
use crate::report::number;
use crate::text;
use crate::text::{Lang, Text};

/// What stands at the foot of every chart.
pub fn source<T>(answer: &Answer<T>, lang: Lang) -> String {
    let Answer { file, title, seed, trials, program, .. } = answer;
    let trials = number::decimal(*trials as f64, 0);
    let (title_zh, title_en, version) = (&title.zh, &title.en, &program.version);
    let text = text!(
        "来源：情景《{title_zh}》（{file}），clustercast {version} 模拟{trials}次，种子{seed}",
        "Source: scenario \"{title_en}\" ({file}), clustercast {version}, {trials} trials, seed {seed}"
    );
    text.get(lang).to_owned()
}

/// The level of all intervals, e.g. `95%`.
pub fn level<T>(answer: &Answer<T>) -> String {
    number::percent(answer.interval_level).replace(".0%", "%")
}

/// A probability in a table.
pub fn chance(probability: f64, [low, high]: Ends) -> Cell {
    Cell::Chance { estimate: probability, low, high }
}

/// An estimated difference of probabilities with its interval, in words: `+1.2个百分点（0.9–1.5）`.
pub fn points(estimate: Estimate, lang: Lang) -> String {
    number::points_change(estimate.value, estimate.interval.into(), lang)
}

/// One text in one language.
pub fn say(text: &Text, lang: Lang) -> String {
    text.get(lang).to_owned()
}

/// One of two fixed words.
pub fn head(zh: &str, en: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => zh.to_owned(),
        Lang::En => en.to_owned(),
    }
}
