//! A word of caution where an answer of `solve` lies far beyond experience.

use super::sentences::is_unmoved;
use crate::analysis::decision::solve::{Solution, Turn, Unit, Verdict};
use crate::analysis::decision::{Answer, Solved};
use crate::text;
use crate::text::Lang;

/// Times the present size, and additional growth, beyond which an answer is marked as far from experience.
const FAR_TIMES: f64 = 3.0;
const FAR_GROWTH: f64 = 0.03;

/// A word of caution where the answer, or the best there is, lies far beyond what is in place.
pub(super) fn caution(answer: &Answer<Solved>, solution: &Solution, lang: Lang) -> Option<String> {
    let lever = &answer.findings.lever;
    if is_unmoved(solution) {
        return None;
    }
    let value = match solution.verdict {
        Verdict::Found => solution.value?,
        Verdict::Impossible | Verdict::Unclear => solution.best.value?,
        Verdict::Throughout => return None,
    };
    let is_far = match (lever.turn, solution.now.value) {
        (Turn::Scale, _) => value >= FAR_TIMES,
        (Turn::Set, Some(now)) => lever.unit == Unit::Money && value >= FAR_TIMES * now,
        _ => false,
    };
    let text = match lever.turn {
        _ if is_far => text!(
            "这远超现有规模：效果只是按情景的假设推算，没有经验可以对照。",
            "That is far beyond what is in place: its effect follows from the scenario's assumptions, and no experience bears it out."
        ),
        Turn::Shift if lever.unit == Unit::Growth && value >= FAR_GROWTH => text!(
            "多出这么多增速，请先与 clustercast check 列出的历史增速和外省增速对照，再谈是否做得到。",
            "Before so much more growth is called possible, hold it against past growth and other provinces', which `clustercast check` lists."
        ),
        _ => return None,
    };
    Some(text.get(lang).to_owned())
}
