//! Which probability could be asked for where the wanted one is out of reach.

use crate::analysis::decision::solve::{Solution, Turn};
use crate::analysis::decision::{Answer, Solved};
use crate::report::decision::frame::percent;
use crate::text;
use crate::text::Lang;

/// Which probability could be asked for instead of one that is out of reach: up to the lower end of what the best value
/// gives on fresh draws and no higher than what the search saw, told only where the lever raises the present chance beyond the error.
pub(super) fn within_reach(answer: &Answer<Solved>, solution: &Solution, lang: Lang) -> String {
    if solution.highest == 0.0 && solution.best.probability.value == 0.0 {
        return never(lang);
    }
    // an answer is sought on the draws of the search, and its best value judged on fresh ones: both must hold
    let low = solution.best.probability.interval[0].min(solution.highest);
    let now = solution.now.probability.interval[1];
    if low <= 0.0 || low <= now || answer.findings.lever.turn == Turn::Year {
        return String::new();
    }
    // cut to two digits, so that it stays within reach
    let percents = low * 100.0;
    let step = if percents >= 10.0 {
        1.0
    } else if percents >= 1.0 {
        0.1
    } else {
        0.01
    };
    let most = (percents / step).floor() * step / 100.0;
    if most <= now || most * (answer.trials as f64) < 10.0 {
        return String::new();
    }
    let most = percent(most);
    match lang {
        Lang::Zh => format!("；所要的可能性（--probability）不高于{most}，才求得出所需的值"),
        Lang::En => format!("; up to {most} (--probability) the value that it takes can be found"),
    }
}

/// That no trial meets the target at any value, so that nothing is seen of what the lever does for its chance.
fn never(lang: Lang) -> String {
    let never = text!(
        "（各种取值下都没有一次模拟达标，看不出它对可能性有没有作用）",
        " (no trial meets the target at any of the values, so that nothing is seen of what the lever does for the chance)"
    );
    never.get(lang).to_owned()
}

/// That the lever turns money that is spent, too, where it does: as if it had been so from the start.
pub(super) fn spent(answer: &Answer<Solved>, lang: Lang) -> Option<String> {
    let lever = &answer.findings.lever;
    let year = lever.spent_until?;
    let name = lever.name.get(lang);
    Some(match lang {
        Lang::Zh => format!(
            "注意：这里调整的{name}包括{year}年及以前已经安排的部分，即假如从头就是这样；只调整以后的钱，要达到同样的可能性需要更多，用 optimise 求。"
        ),
        Lang::En => format!(
            "Note: what is turned includes the part of {name} up to {year}, which is set already, as if it had been so from the start; with the money to come alone the same chance takes more of it, which optimise tells."
        ),
    })
}
