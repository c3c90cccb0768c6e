//! Whose money the chosen split spreads differently over years or clusters, whatever its amount.

use super::moves::LEAST;
use crate::analysis::decision::optimise::{Part, Split};
use crate::analysis::decision::{Answer, Optimum};
use crate::report::briefing::wording::{list, quoted};
use crate::report::decision::frame::say;
use crate::text::Lang;

/// Instruments whose money lies otherwise over the years, or over the clusters, than at present; `None` if none does by an
/// amount worth a word.
pub fn told(answer: &Answer<Optimum>, lang: Lang) -> Option<String> {
    let of = |splits: &[Split], zh: &str, en: &str| {
        let names = splits.iter().filter(|split| is_rearranged(answer, split));
        let names: Vec<String> = names.map(|split| say(&quoted(&split.instrument.name), lang)).collect();
        (!names.is_empty()).then(|| match lang {
            Lang::Zh => format!("{}的钱在{zh}之间", list(&names, lang)),
            Lang::En => format!("that of {} over the {en}", list(&names, lang)),
        })
    };
    let found = &answer.findings;
    let parts = [of(&found.years, "各年", "years"), of(&found.clusters, "各集群", "clusters")];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| match lang {
        Lang::Zh => format!("{}重新安排（见表）", parts.join("、")),
        Lang::En => format!("money is spread differently: {} (see the tables)", parts.join(", ")),
    })
}

/// Whether a part of the money that can be moved goes to another year or cluster: in proportion, so that more or less money
/// in the present proportions is no such change.
fn is_rearranged(answer: &Answer<Optimum>, split: &Split) -> bool {
    let line = answer.findings.instruments.iter().find(|line| line.instrument.id == split.instrument.id);
    let Some(line) = line else { return false };
    let parts = || split.parts.iter().filter(|part| !part.spent);
    let sum = |of: fn(&Part) -> f64| parts().map(of).sum::<f64>();
    let (now, then) = (sum(|part| part.present), sum(|part| part.best));
    let moved = |part: &Part| (part.best / then - part.present / now).abs() * (line.best - line.spent);
    now > 0.0 && then > 0.0 && parts().any(|part| moved(part) >= LEAST)
}
