//! How many trials a wanted probability takes.

use super::TRIALS;
use crate::analysis::AnalysisError;
use crate::analysis::decision::experiment::FEWEST_TRIALS;
use crate::text;

/// Of the rarer of hits and misses so many must be expected at the wanted probability for an answer to rest on them.
const RESOLVED: f64 = 10.0;
/// Trials that no run of a lever is advised to have: each is kept.
const TOO_MANY: u64 = 100_000_000;
/// A hair, as 1 − 0.99 is not 0.01.
const HAIR: f64 = 1e-6;

/// Refuses a probability that so many trials cannot tell from certainty: of the rarer of hits and misses at least
/// [`RESOLVED`] are to be expected. What is advised instead is not refused again.
pub(super) fn resolves(trials: u64, wanted: f64) -> Result<(), AnalysisError> {
    let rarer = wanted.min(1.0 - wanted);
    let needed = needed(rarer);
    if trials < FEWEST_TRIALS && needed <= TRIALS {
        return Err(AnalysisError::TooFewTrials { trials, least: needed, usual: TRIALS });
    }
    if trials as f64 * rarer >= RESOLVED * (1.0 - HAIR) {
        return Ok(());
    }
    let wanted_text = percent(wanted);
    let most = trials.max(TRIALS);
    let [low, high] = [RESOLVED / most as f64, 1.0 - RESOLVED / most as f64].map(percent);
    if needed > TOO_MANY {
        return Err(AnalysisError::Refused(text!(
            "{wanted_text}的可能性太接近0%或100%，模拟分辨不出来；请用 --probability 写{low}到{high}之间的数（--trials 为{most}时）",
            "a probability of {wanted_text} is too close to 0% or 100% for any number of trials; write a --probability between {low} and \
             {high} (with --trials {most})"
        )));
    }
    // what so few trials do tell; with hardly any, nothing
    let told = RESOLVED / trials as f64;
    let end = percent(if wanted < 0.5 { told } else { 1.0 - told });
    let (zh, en) = match told < 0.5 {
        true => (format!("（最多分辨到{end}）"), format!(" (they do up to {end})")),
        false => (String::new(), String::new()),
    };
    Err(AnalysisError::Refused(text!(
        "{trials}次模拟分辨不出{wanted_text}的可能性{zh}；请用 --trials 至少模拟{needed}次",
        "{trials} trials cannot resolve a probability of {wanted_text}{en}; ask for --trials {needed} at least"
    )))
}

/// Trials that resolve the rarer of hits and misses, rounded up to three digits.
fn needed(rarer: f64) -> u64 {
    let exact = (RESOLVED / rarer * (1.0 - HAIR)).ceil().min(1e18) as u64;
    let mut unit = 1;
    while exact / unit >= 1000 {
        unit *= 10;
    }
    (exact.div_ceil(unit) * unit).max(FEWEST_TRIALS)
}

/// Percent with as many digits as it takes to be neither 0 nor 100.
fn percent(probability: f64) -> String {
    format!("{}%", (probability * 1e14).round() / 1e12)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(trials: u64, wanted: f64) -> String {
        match resolves(trials, wanted) {
            Err(AnalysisError::Refused(reason)) => reason.en,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_advised_is_not_refused_again() {
        for (trials, wanted, least) in
            [(1, 0.8, 100), (3, 0.5, 100), (99, 0.8, 100), (10, 0.99, 1000), (50, 1e-3, 10_000)]
        {
            let refused = resolves(trials, wanted);
            assert_eq!(refused, Err(AnalysisError::TooFewTrials { trials, least, usual: TRIALS }));
            assert_eq!(resolves(least, wanted), Ok(()));
        }
        let few = said(500, 0.99);
        assert!(few.ends_with("of 99% (they do up to 98%); ask for --trials 1000 at least"), "{few}");
        assert!(said(50_000, 1e-6).ends_with("ask for --trials 10000000 at least"));
        let never = said(50_000, 0.999_999_999);
        assert!(never.contains("99.9999999% is too close") && never.contains("0.02% and 99.98%"), "{never}");
        assert_eq!((resolves(50_000, 0.000_2), resolves(50_000, 0.999_8)), (Ok(()), Ok(())));
        assert_eq!((resolves(1000, 0.99), resolves(100, 0.9)), (Ok(()), Ok(())));
    }
}
