//! What a comparison lets a reader decide: which policies differ, which need not be looked at, what is chosen.

use crate::analysis::decision::compare::{Cell, Choice, Pair};
use crate::analysis::decision::{Answer, Comparison};
use crate::analysis::results::Named;
use crate::report::decision::frame::{level, percent, say};
use crate::report::number;
use crate::text;
use crate::text::{Lang, Text};

/// Pairs named in a sentence at most; all stand in the table.
const NAMED: usize = 6;

/// How many pairs differ in their chance, how many only in the mean, and which ones of the first world by chance.
pub fn apart(answer: &Answer<Comparison>, lang: Lang) -> Vec<String> {
    let findings = &answer.findings;
    let pairs = &findings.pairs.pairs;
    let all = pairs.len();
    if all < 2 {
        return Vec::new();
    }
    let by_chance = pairs.iter().filter(|pair| pair.probability_told).count();
    let by_size_only =
        pairs.iter().filter(|pair| !pair.probability_told && pair.quantity_told == Some(true)).count();
    let neither = all - by_chance - by_size_only;
    let level = level(answer);
    let size =
        findings.quantity.as_ref().filter(|_| by_size_only > 0).map_or_else(Text::default, |quantity| {
            let (year, zh, en) = (quantity.year, &quantity.name.zh, &quantity.name.en);
            text!(
                "；可能性分不清、只有{year}年{zh}的均值分得清的{by_size_only}对",
                "; {by_size_only} only by the mean of {en} in {year}"
            )
        });
    let (size_zh, size_en) = (&size.zh, &size.en);
    // two figures at once have no common level
    let (each_zh, each_en) = match findings.quantity {
        Some(_) => ("可能性和均值各自", ", for probability and mean each"),
        None => ("", ""),
    };
    let mut out = vec![say(
        &text!(
            "方案两两相比（各情景合计{all}对，{each_zh}同时判断的把握为{level}）：可能性分得清高低的{by_chance}对{size_zh}；都分不清的{neither}对。",
            "Of {all} pairs of policies over all worlds ({level} for all at once{each_en}), {by_chance} are told apart by their \
             probability{size_en}; {neither} not at all."
        ),
        lang,
    )];
    let first = answer.worlds.first().filter(|_| by_chance > 0);
    out.extend(first.map(|world| {
        let here: Vec<&Pair> =
            pairs.iter().filter(|pair| pair.world.id == world.id && pair.probability_told).collect();
        let name = |pair: &&Pair| {
            let names = [&pair.policy, &pair.against].map(|named| named.name.get(lang));
            let [more, less] = if pair.probability.value > 0.0 { names } else { [names[1], names[0]] };
            if lang == Lang::Zh {
                format!("“{more}”高于“{less}”")
            } else {
                format!("“{more}” above “{less}”")
            }
        };
        let names: Vec<String> = here.iter().take(NAMED).map(name).collect();
        let more = here.len() > NAMED;
        let world = world.name.get(lang);
        match (lang, names.is_empty()) {
            (Lang::Zh, true) => format!("“{world}”下，没有两个方案的可能性分得清高低。"),
            (Lang::En, true) => format!("Under “{world}”, no two policies are told apart by probability."),
            (Lang::Zh, false) => {
                let more = if more { "等，全部见表" } else { "" };
                format!("“{world}”下，可能性分得清高低的是：{}{more}。", names.join("、"))
            }
            (Lang::En, false) => {
                let more = if more { " and others, see the table" } else { "" };
                format!("Under “{world}”, told apart by probability: {}{more}.", names.join(", "))
            }
        }
    }));
    out
}

/// Policies that need not be looked at further, with the figure that says so.
pub fn dominated(answer: &Answer<Comparison>, lang: Lang) -> Vec<String> {
    let findings = &answer.findings;
    // where no trial meets the target and nothing else is measured, equal chances say nothing
    let nothing_seen =
        findings.quantity.is_none() && findings.cells.iter().all(|cell| cell.probability == 0.0);
    let basis = findings.quantity.as_ref().map_or(Text::new("可能性", "probability"), |quantity| {
        let (year, zh, en) = (quantity.year, &quantity.name.zh, &quantity.name.en);
        text!("{year}年{zh}的均值", "the mean of {en} in {year}")
    });
    let (basis_zh, basis_en) = (&basis.zh, &basis.en);
    let sentence = |found: &crate::analysis::decision::compare::Dominated| {
        let [policy, by] = [&found.policy, &found.by].map(|named| named.name.get(lang));
        match (lang, found.proven) {
            (Lang::Zh, true) => format!(
                "按{basis_zh}和财政支出（不扣日后收回的）看，“{policy}”可以不再考虑：“{by}”在各情景下都不比它差，支出也不比它多。"
            ),
            (Lang::Zh, false) => format!(
                "按{basis_zh}和财政支出（不扣日后收回的）的估计值看，“{by}”在各情景下都不比“{policy}”差，支出也不比它多；但误差之内还不能下定论。"
            ),
            (Lang::En, true) => format!(
                "By {basis_en} and public spending (before anything is recovered), “{policy}” can be left aside: “{by}” is no worse in any world and costs no more."
            ),
            (Lang::En, false) => format!(
                "By the estimates of {basis_en} and public spending (before anything is recovered), “{by}” is no worse than “{policy}” in any world and costs no more; the intervals do not prove it."
            ),
        }
    };
    findings.dominated.iter().filter(|_| !nothing_seen).map(sentence).collect()
}

/// The choices over the worlds.
pub fn choices(answer: &Answer<Comparison>, lang: Lang) -> Vec<String> {
    let choices = &answer.findings.choices;
    if answer.worlds.len() < 2 {
        return Vec::new();
    }
    let mut out = Vec::new();
    let quantity = answer.findings.quantity.as_ref().map_or("", |quantity| quantity.name.get(lang));
    let by_chance = if lang == Lang::Zh { "可能性" } else { "probability" };
    let bases: [(_, _, &Told); 2] = [
        (choices.minimax_quantity.as_ref(), quantity, &|pair| pair.quantity_told == Some(true)),
        (choices.minimax_probability.as_ref(), by_chance, &|pair| pair.probability_told),
    ];
    for (choice, basis, told) in
        bases.into_iter().filter_map(|(choice, basis, told)| Some((choice?, basis, told)))
    {
        let (chosen, doubt) = (chosen(choice, lang), within_error(answer, choice, told, lang));
        out.push(match lang {
            Lang::Zh => format!("不计花费，按{basis}看，各情景下最大后悔值最小的是{chosen}{doubt}。"),
            Lang::En => {
                format!("Costs aside, by {basis} the largest regret is smallest for {chosen}{doubt}.")
            }
        });
    }
    out.push(satisficing(answer, lang));
    out
}

/// Whether a pair is told apart by the figure of a choice.
type Told = dyn Fn(&Pair) -> bool;

/// A choice with how often other trials lead to it.
fn chosen(choice: &Choice, lang: Lang) -> String {
    let policy = choice.policy.name.get(lang);
    // that nothing else was chosen is no certainty
    if choice.sure >= 1.0 {
        return match lang {
            Lang::Zh => format!("“{policy}”（对同样的模拟反复重抽，每次都仍选它）"),
            Lang::En => format!("“{policy}” (again in every resampled run)"),
        };
    }
    let sure = number::share(choice.sure);
    let rivals: Vec<&str> = choice.rivals.iter().map(|rival| rival.policy.name.get(lang)).collect();
    let rivals = match (lang, rivals.is_empty()) {
        (_, true) => String::new(),
        (Lang::Zh, _) => format!("，其余多为“{}”", rivals.join("”、“")),
        (Lang::En, _) => format!(", else mostly “{}”", rivals.join("”, “")),
    };
    match lang {
        Lang::Zh => format!("“{policy}”（对同样的模拟反复重抽，{sure}的情况下仍选它{rivals}）"),
        Lang::En => format!("“{policy}” (again in {sure} of resampled runs{rivals})"),
    }
}

/// The policies that the chosen one is not told apart from in any world: that it is chosen again and again on the same
/// trials does not make their difference larger than the error.
fn within_error(answer: &Answer<Comparison>, choice: &Choice, told: &Told, lang: Lang) -> String {
    let chosen = &choice.policy.id;
    let mut tied: Vec<&Named> = Vec::new();
    for cell in &answer.findings.cells {
        let other = &cell.policy;
        let pairs = || answer.findings.pairs.pairs.iter().filter(|pair| pair.is_of(chosen, &other.id));
        let is_known = tied.iter().any(|known| known.id == other.id);
        if !is_known && pairs().next().is_some() && !pairs().any(told) {
            tied.push(other);
        }
    }
    let names: Vec<&str> = tied.iter().map(|named| named.name.get(lang)).collect();
    match (names.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::Zh) => {
            format!("；但它与“{}”的差别在各情景下都在误差之内，不能据此断定它更好", names.join("”、“"))
        }
        (false, Lang::En) => format!(
            "; but in no world does it differ from “{}” by more than the error, so that this does not show it to be better",
            names.join("”, “")
        ),
    }
}

/// The policy that reaches the wanted chance in most worlds, and by what it was chosen among equals.
fn satisficing(answer: &Answer<Comparison>, lang: Lang) -> String {
    let satisficing = &answer.findings.choices.satisficing;
    let wanted = percent(satisficing.wanted);
    let Some(choice) = &satisficing.choice else {
        return match lang {
            Lang::Zh => format!("没有一个方案在任何情景下的可能性达到{wanted}。"),
            Lang::En => format!("No policy reaches {wanted} in any world."),
        };
    };
    let reached = satisficing.policies.iter().find(|reached| reached.policy.id == choice.policy.id);
    let count = reached.map_or(0, |reached| reached.worlds.len());
    let all = answer.worlds.len();
    let equal = satisficing
        .policies
        .iter()
        .filter(|reached| reached.policy.id != choice.policy.id && reached.worlds.len() == count);
    let equal: Vec<&str> = equal.map(|reached| reached.policy.name.get(lang)).collect();
    let why = match (equal.is_empty(), lang) {
        (true, Lang::Zh) => "，为各方案中最多".to_owned(),
        (true, Lang::En) => ", more than any other".to_owned(),
        (false, Lang::Zh) => {
            format!(
                "；“{}”达到的情景同样多，首选是按财政支出最少定的，不是因为可能性最高",
                equal.join("”、“")
            )
        }
        (false, Lang::En) => format!(
            "; {} as many: among equals the choice is the one that costs least, not the likeliest",
            match equal.len() {
                1 => format!("“{}” reaches", equal[0]),
                _ => format!("“{}” reach", equal.join("”, “")),
            }
        ),
    };
    let chosen = chosen(choice, lang);
    let is_open = |cell: &&Cell| {
        let [low, high] = cell.interval;
        cell.policy.id == choice.policy.id && low < satisficing.wanted && satisficing.wanted < high
    };
    let open = answer.findings.cells.iter().filter(is_open).count();
    let open = match (open, lang) {
        (0, _) => String::new(),
        (n, Lang::Zh) => format!("（有{n}个情景在误差之内，说不准是否达到）"),
        (n, Lang::En) => format!(" (in {n} of all worlds the error leaves open whether it does)"),
    };
    match lang {
        Lang::Zh => {
            format!("要求可能性不低于{wanted}时，首选{chosen}，在{all}个情景中的{count}个达到{open}{why}。")
        }
        Lang::En => format!(
            "With {wanted} wanted, the choice is {chosen}, which reaches it in {count} of {all} worlds{open}{why}."
        ),
    }
}
