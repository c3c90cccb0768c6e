//! How trials were drawn that are not independent, and what line sampling found.

use super::number::{self, percent, probability_with_interval};
use crate::analysis::results::{Ends, LineResult, Results, SamplerInfo, TargetResult};
use crate::text;
use crate::text::{Lang, Text};

/// One sentence on evenly spread trials; `None` for independent ones.
pub fn note(results: &Results) -> Option<Text> {
    let SamplerInfo { replicates, directions, dimensions, .. } = results.run.sampler.as_ref()?;
    let each = number::decimal((results.run.trials / replicates) as f64, 0);
    Some(text!(
        "均匀抽样：{replicates}组各自独立扰动的Sobol'序列，每组{each}次，共{dimensions}维，其中{directions}维是对目标影响最大的方向；\
         区间由各组之间的差别得出。",
        "Evenly spread trials: {replicates} independently scrambled Sobol' sequences of {each} trials in {dimensions} dimensions, of \
         which {directions} are the directions that move the targets most; intervals come from the spread of the sequences."
    ))
}

/// The probability of a target with its interval, the most precise estimate that there is. Of lines only a bound where the
/// interval reaches 0 or 1 and the estimate lies closer to that end than the interval can tell.
pub fn chance(target: &TargetResult, lang: Lang) -> String {
    let (probability, ends) = target.told();
    match bound(target) {
        Some(bound) => bound,
        None => probability_with_interval(probability, ends.into(), lang),
    }
}

/// As [`chance`], without the interval.
pub fn short_chance(target: &TargetResult, lang: Lang) -> String {
    let (probability, ends) = target.told();
    bound(target).unwrap_or_else(|| number::probability(probability, ends.into(), lang))
}

fn bound(target: &TargetResult) -> Option<String> {
    let LineResult { probability, interval: [low, high], .. } = target.line.as_ref()?;
    bound_of(*probability, [*low, *high])
}

fn bound_of(probability: f64, [low, high]: Ends) -> Option<String> {
    if high >= 1.0 && 1.0 - probability < 0.1 * (1.0 - low) {
        return Some(format!(">{}", percent(low)));
    }
    (low <= 0.0 && probability < 0.1 * high).then(|| format!("<{}", percent(high)))
}

/// What line sampling did; `None` if it was not asked for or no target judges revenue.
pub fn lines(results: &Results) -> Option<Text> {
    let has_line = |target: &TargetResult| target.line.is_some();
    results.runs.iter().any(|run| run.targets.iter().any(has_line)).then(|| {
        Text::new(
            "营业收入类目标的可能性沿主方向积分得出：每次模拟都沿影响最大的方向求出达标的分界点，再按正态分布算出越过分界点的机会，\
             并用该次模拟的实际结局校正；其他目标按达标次数计算。",
            "Probabilities of revenue targets are integrated along the leading direction: every trial finds where along it the target \
             begins to be met, takes the normal probability of lying beyond, and corrects it by the trial's own outcome; those of other \
             targets are shares of trials.",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn estimates_closer_to_an_end_than_their_interval_are_bounds() {
        assert_eq!(bound_of(1.0 - 1e-12, [0.999, 1.0]).as_deref(), Some(">99.9%"));
        assert_eq!(bound_of(1e-12, [0.0, 0.001]).as_deref(), Some("<0.10%"));
        assert_eq!(bound_of(0.25, [0.24, 0.26]), None);
    }
}
