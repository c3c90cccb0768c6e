//! Why an analysis has no answer, in both languages.

use super::results::Named;
use crate::engine::RunError;
use crate::kernel::NonFinite;
use crate::scenario::suggest;
use crate::text;
use crate::text::{Lang, Text};
use crate::units::{MoneyUnit, amounts, show_grouped};

/// Things that a message lists by name; of more it lists the first.
const MOST_NAMED: usize = 30;

/// Why the money of a policy cannot be split for a target.
#[derive(Clone, Debug, PartialEq)]
pub struct NoMoney {
    /// Name of the policy.
    pub policy: Text,
    /// Name of the target.
    pub target: Text,
    /// Expected public money of the policy, 亿元.
    pub money: f64,
    /// First year that could be moved.
    pub from: i32,
    /// Instruments whose money bears on the target, but is all paid before that year.
    pub spent: Vec<Text>,
    /// Instruments whose money bears on the target, but whose effect, or a part of it, does not depend on it.
    pub unscaled: Vec<Text>,
    /// Some targets, with identifier and name, for which its money could be split.
    pub others: Vec<(String, Text)>,
}

/// Why an analysis has no answer.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{}", self.text().en)]
pub enum AnalysisError {
    /// A policy was asked for that the scenario does not declare.
    UnknownPolicy {
        /// Identifier asked for.
        id: String,
        /// What the scenario has.
        known: Vec<Named>,
    },
    /// A world was asked for that the scenario does not declare.
    UnknownWorld {
        /// Identifier asked for.
        id: String,
        /// What the scenario has.
        known: Vec<Named>,
    },
    /// A target was asked for that the scenario does not declare or its switches put out of force.
    UnknownTarget {
        /// Identifier asked for.
        id: String,
        /// What the scenario has.
        known: Vec<Named>,
    },
    /// The growth of an industry was asked for that the scenario does not declare.
    UnknownIndustry {
        /// Identifier asked for.
        id: String,
        /// What the scenario has.
        known: Vec<Named>,
    },
    /// A thing was named for a stress test that the scenario does not draw, or that has no scale from good to bad.
    UnknownShock {
        /// Path asked for.
        path: String,
        /// Paths that can be asked for, with the names of what they are.
        known: Vec<Named>,
    },
    /// The scenario has no target in force, so there is nothing to decide about.
    NoTargets,
    /// The policy has no public money that could be moved for this target.
    NoMoney(Box<NoMoney>),
    /// All public money of the policy that could be moved is paid before this year.
    AllSpent {
        /// First year that can be moved.
        from: i32,
        /// The year in which what bears on the target begins to be paid.
        first: i32,
    },
    /// A bound leaves an instrument less than it has paid before the first year that can be moved, 亿元.
    BoundSpent {
        /// Identifier of the instrument.
        id: String,
        /// The most asked for.
        most: f64,
        /// What it has paid.
        spent: f64,
    },
    /// A bound names no instrument whose money can be moved.
    UnknownInstrument {
        /// Identifier or name asked for.
        id: String,
        /// Instruments that can be given.
        known: Vec<Named>,
    },
    /// A name that several instruments have.
    AmbiguousInstrument {
        /// The name.
        name: String,
        /// Identifiers of those that have it.
        ids: Vec<String>,
    },
    /// Two bounds for one instrument.
    BoundTwice {
        /// The instrument.
        name: Text,
    },
    /// No spending within the bounds costs this much, 亿元.
    BudgetOutside {
        /// The budget asked for.
        budget: f64,
        /// The least that can be spent.
        least: f64,
        /// The most that can be spent.
        most: f64,
    },
    /// Zero trials were asked for.
    NoTrials,
    /// Fewer trials were asked for than an answer needs.
    TooFewTrials {
        /// Trials asked for.
        trials: u64,
        /// The fewest that are taken.
        least: u64,
        /// What is taken unless asked otherwise.
        usual: u64,
    },
    /// More trials were asked for than can be kept in memory.
    TooManyTrials {
        /// Trials asked for.
        trials: u64,
        /// The most that fit.
        most: u64,
        /// Bytes that they need.
        needed: u64,
        /// Bytes that there are.
        memory: u64,
    },
    /// No policy or no world was asked for.
    NothingSelected,
    /// The scenario states no known outcome, so there is nothing to hold a prediction against.
    NoOutcomes,
    /// No policy is named, and the scenario has none called `plan`; with its policies.
    WhichPolicy {
        /// What the scenario has.
        known: Vec<Named>,
    },
    /// The question cannot be asked of this scenario; with the reason and what can be asked instead.
    Refused(Text),
    /// The observer ended the run.
    Cancelled,
    /// A path left the finite numbers.
    NonFinite {
        /// Seed of the run.
        seed: u64,
        /// Trial, policy, world, series and year.
        place: NonFinite,
    },
    /// A result document of another schema; with the schema it states.
    Schema {
        /// Schema of the document.
        found: String,
    },
    /// The inputs kept in a result document are no valid scenario; with the first fault.
    Scenario(Text),
    /// The worker threads could not be started; with the system's reason.
    Threads(String),
}

impl AnalysisError {
    /// The engine's error, with the seed that reproduces it.
    pub(super) fn of_run(error: RunError, seed: u64) -> Self {
        match error {
            RunError::NonFinite(place) => Self::NonFinite { seed, place },
            RunError::Cancelled => Self::Cancelled,
            RunError::Threads(reason) => Self::Threads(reason),
        }
    }

    /// The message in both languages.
    pub fn text(&self) -> Text {
        match self {
            Self::UnknownPolicy { id, known } => {
                unknown(&text!("没有政策方案“{id}”", "there is no policy `{id}`"), id, known)
            }
            Self::UnknownWorld { id, known } => {
                unknown(&text!("没有外部情景“{id}”", "there is no world `{id}`"), id, known)
            }
            Self::UnknownTarget { id, known } => {
                unknown(&text!("没有在用的目标“{id}”", "there is no target `{id}` in force"), id, known)
            }
            Self::UnknownIndustry { id, known } => {
                unknown(&text!("没有行业“{id}”", "there is no industry `{id}`"), id, known)
            }
            Self::UnknownShock { path, known } => unknown(
                &text!(
                    "没有可以逐步变差的数值“{path}”（政策不能决定、又不确定的数值才能这样检验）",
                    "there is no `{path}` that can get worse by degrees (only what is uncertain and not a policy's to set)"
                ),
                path,
                known,
            ),
            Self::NoTargets => text!(
                "文件里没有在用的目标（[[target]]），无从比较；写法见 clustercast explain target",
                "the file has no target in force ([[target]]), so there is nothing to judge; see clustercast explain target"
            ),
            Self::NoMoney(why) => no_money(why),
            Self::AllSpent { from, first } => text!(
                "这个方案的财政资金都在{from}年以前安排，已花的钱不再调整；如果那几年的钱还能调整，或者要事后看当时怎样分更好，用 --from 写出最早可以调整的年份：全部年份都调整就写 --from {first}",
                "all public money of this policy is paid before {from}, and what is spent is not moved; if money of those years can still be moved, or to see in hindsight how it were better split, state the first such year with --from: --from {first} for all of it"
            ),
            Self::BoundSpent { id, most, spent } => {
                let Text { zh: no_more_zh, en: no_more_en } = MoneyUnit::of(&[*spent]).option(*spent);
                let [most, spent] = amounts([*most, *spent]);
                let (most_zh, most_en, spent_zh, spent_en) = (&most.zh, &most.en, &spent.zh, &spent.en);
                text!(
                    "--bound 给“{id}”的上限{most_zh}低于已经花掉的{spent_zh}；今后不再花就写 --bound {id}=0..{no_more_zh}，也可用 --from 改可以调整的年份",
                    "--bound leaves `{id}` at most {most_en}, less than the {spent_en} that are spent already; for nothing more write --bound {id}=0..{no_more_en}, or change the first year that can be moved with --from"
                )
            }
            Self::UnknownInstrument { id, known } => {
                let what =
                    text!("没有资金可调的政策工具“{id}”", "no instrument `{id}` has money that can be moved");
                unknown(&what, id, known)
            }
            Self::AmbiguousInstrument { name, ids } => {
                let (zh, en) = (ids.join("、"), ids.join(", "));
                text!(
                    "有几项政策工具都叫“{name}”，请改写编号：{zh}",
                    "several instruments are called \"{name}\"; write one of the identifiers {en}"
                )
            }
            Self::BoundTwice { name: Text { zh, en } } => text!(
                "--bound 给“{zh}”写了两次，只能写一次",
                "--bound is given twice for \"{en}\", of which one is needed"
            ),
            Self::BudgetOutside { budget, least, most } => {
                let [budget, least, most] = amounts([*budget, *least, *most]);
                let [(budget_zh, budget_en), (least_zh, least_en), (most_zh, most_en)] =
                    [&budget, &least, &most].map(|money| (&money.zh, &money.en));
                text!(
                    "预算{budget_zh}不在可安排的范围内（{least_zh}至{most_zh}）；请改 --budget 或放宽 --bound",
                    "a budget of {budget_en} is outside what can be spent ({least_en} to {most_en}); change --budget or widen --bound"
                )
            }
            Self::NoTrials => text!("模拟次数至少为 1", "at least one trial is needed"),
            Self::TooFewTrials { trials, least, usual } => text!(
                "{trials} 次模拟得不出可靠的结论：--trials 至少写 {least}，不写则为 {usual} 次",
                "{trials} trials are too few for any conclusion: write --trials {least} at least, or leave it out for {usual}"
            ),
            Self::TooManyTrials { trials, most, needed, memory } => {
                let trials = show_grouped(*trials as f64);
                // to two digits, and never more than fit
                let scale = 10_u64.pow(most.max(&1).ilog10().saturating_sub(1));
                let most = show_grouped((most / scale * scale) as f64);
                let [needed, memory] =
                    [needed, memory].map(|bytes| show_grouped((*bytes as f64 / 1e8).round() / 10.0));
                text!(
                    "{trials} 次模拟太多：这项分析要记住每次模拟的结果，约需 {needed} GB 内存，可用的只有 {memory} GB；--trials 最多写 {most}",
                    "{trials} trials are too many: this analysis remembers every one, which takes about {needed} GB of memory, and there are {memory} GB; write --trials {most} at most"
                )
            }
            Self::NothingSelected => {
                text!(
                    "至少要选一个政策方案和一个外部情景",
                    "at least one policy and one world must be selected"
                )
            }
            Self::NoOutcomes => text!(
                "文件里没有事后结果（[[outcome]]），无从回溯检验；每个结果写 year、value 和 source，写法见 clustercast explain outcome",
                "the file states no outcome ([[outcome]]), so there is nothing to hold the prediction against; write each \
                 with year, value and source, see clustercast explain outcome"
            ),
            Self::WhichPolicy { known } => {
                let list =
                    |of: &dyn Fn(&Named) -> String, with| known.iter().map(of).collect::<Vec<_>>().join(with);
                let zh = list(&|known| format!("{}（{}）", known.id, known.name.zh), "、");
                let en = list(&|known| format!("{} ({})", known.id, known.name.en), ", ");
                text!(
                    "文件里没有名为 plan 的政策方案；请用 --policy 写明当时实施的是哪一个：{zh}",
                    "no policy is called `plan`; say with --policy which one was in force: {en}"
                )
            }
            Self::Refused(reason) => reason.clone(),
            Self::Cancelled => text!("模拟已中止，没有结果", "the run was cancelled; there is no result"),
            Self::NonFinite { seed, place } => {
                let NonFinite { trial, world, policy, series, year } = place;
                text!(
                    "第 {trial} 次模拟（种子 {seed}，方案 {policy}，情景 {world}）在 {year} 年的 {series} 超出可计算范围；请检查增速与分布是否过大",
                    "trial {trial} (seed {seed}, policy {policy}, world {world}) leaves the finite numbers at {series} in {year}; check for excessive growth rates or distributions"
                )
            }
            Self::Schema { found } => {
                let known = super::results::SCHEMA;
                text!(
                    "结果文件的格式是“{found}”，本程序只认“{known}”",
                    "the result has the schema `{found}`; this program reads `{known}`"
                )
            }
            Self::Scenario(Text { zh, en }) => text!(
                "结果文件里收录的情景不能用：{zh}",
                "the scenario kept in the result cannot be used: {en}"
            ),
            Self::Threads(reason) => {
                text!("无法启动计算线程：{reason}", "cannot start the worker threads: {reason}")
            }
        }
    }
}

/// Why the money of a policy cannot be split for a target, and what to ask instead.
fn no_money(why: &NoMoney) -> Text {
    let NoMoney { policy, target, money, from, spent, unscaled, others } = why;
    let money = *money;
    let Text { zh: policy_zh, en: policy_en } = policy;
    if money < 1e-9 {
        return text!(
            "“{policy_zh}”没有财政支出，没有钱可分；请用 --policy 另选方案",
            "\"{policy_en}\" has no public money to split; choose another policy with --policy"
        );
    }
    let [Text { zh: money_zh, en: money_en }] = amounts([money]);
    let Text { zh: target_zh, en: target_en } = target;
    let names = |of: &[Text]| {
        let (zh, en): (Vec<&str>, Vec<&str>) =
            of.iter().map(|name| (name.zh.as_str(), name.en.as_str())).unzip();
        (zh.join("、"), en.join(", "))
    };
    let ((spent_zh, spent_en), (zh, en)) = (names(spent), names(unscaled));
    let why = match (spent.is_empty(), unscaled.is_empty()) {
        (true, true) => text!(
            "“{policy_zh}”的财政资金（预计{money_zh}）影响不了“{target_zh}”，怎样分都一样",
            "the public money of \"{policy_en}\" (an expected {money_en}) has no effect on \"{target_en}\", however it is split"
        ),
        (true, false) => text!(
            "“{policy_zh}”的财政资金（预计{money_zh}）中，能影响“{target_zh}”的只有{zh}，其效果（或部分效果）与金额无关，没有可比的分法",
            "of the public money of \"{policy_en}\" (an expected {money_en}) only that of {en} bears on \"{target_en}\", and its effect, or a part of it, does not depend on the amount: no split is better than another"
        ),
        (false, true) => text!(
            "“{policy_zh}”的财政资金（预计{money_zh}）中，能影响“{target_zh}”的只有{spent_zh}，都在{from}年以前安排，已花的钱不再调整；如果那几年的钱还能调整，用 --from 写出最早可以调整的年份",
            "of the public money of \"{policy_en}\" (an expected {money_en}) only that of {spent_en} bears on \"{target_en}\", and all of that is paid before {from}: what is spent is not moved; if money of those years can still be moved, state the first such year with --from"
        ),
        (false, false) => text!(
            "“{policy_zh}”的财政资金（预计{money_zh}）中，能影响“{target_zh}”的，{spent_zh}都在{from}年以前安排，已花的钱不再调整（还能调整的，用 --from 写出最早的年份），{zh}的效果（或部分效果）与金额无关，没有可比的分法",
            "of the public money of \"{policy_en}\" (an expected {money_en}) that bears on \"{target_en}\", that of {spent_en} is all paid before {from}, and what is spent is not moved (if it still can be, state the first such year with --from); that of {en} has an effect that does not, or not wholly, depend on the amount"
        ),
    };
    let Text { zh: why_zh, en: why_en } = why;
    if others.is_empty() {
        return text!("{why_zh}；请用 --policy 另选方案", "{why_en}; choose another policy with --policy");
    }
    let zh: Vec<String> = others.iter().map(|(id, name)| format!("{id}（{}）", name.zh)).collect();
    let en: Vec<String> = others.iter().map(|(id, name)| format!("{id} ({})", name.en)).collect();
    let (zh, en) = (zh.join("、"), en.join(", "));
    text!(
        "{why_zh}；请用 --target 另选目标，这笔钱能影响的如 {zh}",
        "{why_en}; choose another target with --target, such as one that this money bears on: {en}"
    )
}

/// What is unknown, and what can be written, with its name: the nearest one, else all of them.
fn unknown(what: &Text, id: &str, known: &[Named]) -> Text {
    let named = |lang: Lang| {
        let one = |known: &Named| match lang {
            _ if known.id == *known.name.get(lang) => known.id.clone(),
            Lang::Zh => format!("{}（{}）", known.id, known.name.zh),
            Lang::En => format!("{} ({})", known.id, known.name.en),
        };
        // an id may be near, and so may a name
        let words = known.iter().flat_map(|known| [known.id.as_str(), known.name.get(lang)]);
        let near = suggest::nearest(id, words);
        let near = near.and_then(|near| known.iter().find(|k| k.id == near || k.name.get(lang) == near));
        let list = |known: &[Named]| {
            known.iter().map(one).collect::<Vec<_>>().join(if lang == Lang::Zh { "、" } else { ", " })
        };
        match (near, lang) {
            (Some(near), Lang::Zh) => format!("是不是{}？", one(near)),
            (Some(near), Lang::En) => format!("did you mean {}?", one(near)),
            (None, _) if known.is_empty() => suggest::one_of(id, &[]).get(lang).to_owned(),
            (None, Lang::Zh) => match known.len() > MOST_NAMED {
                true => format!("可以写：{}等{}个", list(&known[..MOST_NAMED]), known.len()),
                false => format!("可以写：{}", list(known)),
            },
            (None, Lang::En) => match known.len() > MOST_NAMED {
                true => format!("choose from the {}, such as {}", known.len(), list(&known[..MOST_NAMED])),
                false => format!("choose from: {}", list(known)),
            },
        }
    };
    Text::new(format!("{}；{}", what.zh, named(Lang::Zh)), format!("{}; {}", what.en, named(Lang::En)))
}
