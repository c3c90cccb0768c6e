//! Which probability could be asked for where the wanted one is out of reach.

use crate::analysis::decision::solve::{Solution, Turn};
use crate::analysis::decision::{Answer, Solved};
use crate::report::decision::frame::percent;
use crate::text::Lang;

/// Which probability could be asked for instead of one that is out of reach: up to the lower end of what the best value
/// gives on fresh draws and no higher than what the search saw, told only where the lever raises the present chance beyond the error.
pub(super) fn within_reach(answer: &Answer<Solved>, solution: &Solution, lang: Lang) -> String {
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
