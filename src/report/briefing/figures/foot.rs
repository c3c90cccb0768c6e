//! What the charts of a briefing say alike: where their figures come from, and probabilities that no trial or every
//! trial met.

use super::super::Cell;
use crate::analysis::Results;
use crate::analysis::results::{Ends, RunResult};
use crate::report::number;
use crate::text;
use crate::text::{Lang, Text};

/// The line at the foot of a chart: file, hash, program, trials and seed.
pub(super) fn source(results: &Results, lang: Lang) -> String {
    let (seed, version, file) = (results.run.seed, &results.program.version, &results.scenario.file);
    let hash = results.scenario.hash.get(..12).unwrap_or(&results.scenario.hash);
    let (trials, trials_en) =
        (number::decimal(results.run.trials as f64, 0), number::trials(results.run.trials));
    let text = text!(
        "来源：{file}（{hash}），clustercast {version}，每个方案模拟{trials}次，种子{seed}。",
        "Source: {file} ({hash}), clustercast {version}, {trials_en} a policy, seed {seed}."
    );
    text.get(lang).to_owned()
}

/// Policy and, where a file has several worlds, the world: `全套政策（情景：增长放缓）`.
pub(super) fn policy_name(results: &Results, run: &RunResult) -> Text {
    let (policy, world) = (&run.policy.name, &run.world.name);
    if results.run.worlds.len() < 2 {
        return policy.clone();
    }
    Text::new(format!("{}（情景：{}）", policy.zh, world.zh), format!("{} (world: {})", policy.en, world.en))
}

/// A probability of a table: a number for workbooks, with its bound where a bare 0 or 1 would claim too much.
pub(super) fn probability_cell(estimate: f64, [low, high]: Ends) -> Cell {
    Cell::Chance { estimate, low, high }
}

/// What the money of a policy is called: where a file holds several provinces, it is that of all of them.
pub(super) fn money_name(results: &Results) -> Text {
    let first = results.runs.first().and_then(|run| run.series.first());
    if first.is_some_and(|series| series.kind == "nation") {
        Text::new("各省财政资金合计", "public money of all provinces")
    } else {
        Text::new("财政资金", "public money")
    }
}

/// What the policy of `run` costs, in words.
pub(super) fn money(results: &Results, run: &RunResult, lang: Lang) -> String {
    if run.cost.gross.mean == 0.0 {
        return say(lang, "不花财政资金", "no public money");
    }
    let (paid, Text { zh, en }) = (amount(run.cost.gross.mean), money_name(results));
    let Text { zh: paid_zh, en: paid_en } = paid;
    text!("{zh}{paid_zh}", "{en} {paid_en}").get(lang).to_owned()
}

/// Money with its unit; what would round to nothing is said to be less than the least amount.
pub(super) fn amount(money: f64) -> Text {
    let said = |lang| number::money_or_bound(money, lang) + &number::unit_behind(lang);
    Text::new(said(Lang::Zh), said(Lang::En))
}

/// The text in `lang`.
pub(super) fn say(lang: Lang, zh: &str, en: &str) -> String {
    match lang {
        Lang::Zh => zh.to_owned(),
        Lang::En => en.to_owned(),
    }
}
