//! Probabilities in plain words, by a fixed scale.

use crate::text::Text;

/// The scale: each word holds for probabilities below its bound; the last one from there on.
///
/// Bounds follow the likelihood scale of the IPCC (Mastrandrea et al. 2010, Guidance Note on Uncertainties, table 1):
/// 1 %, 10 %, 33 %, 66 %, 90 %, 99 %.
const SCALE: [(f64, &str, &str); 7] = [
    (0.01, "几乎不可能", "almost impossible"),
    (0.10, "可能性很小", "very unlikely"),
    (0.33, "不太可能", "unlikely"),
    (0.66, "可能与不可能大致相当", "about as likely as not"),
    (0.90, "较有可能", "likely"),
    (0.99, "很有可能", "very likely"),
    (f64::INFINITY, "几乎可以肯定", "almost certain"),
];

/// The word for a probability in [0, 1]; a number belongs beside it, since words hide small probabilities.
pub fn likelihood(probability: f64) -> Text {
    let (_, zh, en) =
        SCALE.iter().find(|(bound, ..)| probability < *bound).unwrap_or(&SCALE[SCALE.len() - 1]);
    Text::new(*zh, *en)
}

/// The word of the scale for a probability with this interval; both words where the interval reaches over a bound of the scale.
pub fn word([low, high]: [f64; 2]) -> Text {
    let (least, most) = (likelihood(low), likelihood(high));
    if least == most {
        return least;
    }
    Text::new(
        format!("介于“{}”与“{}”之间", least.zh, most.zh),
        format!("between “{}” and “{}”", least.en, most.en),
    )
}

/// One word of the scale with the probabilities that it holds for.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The word.
    pub word: Text,
    /// Least probability, in [0, 1].
    pub from: f64,
    /// Bound that the probability stays below; 1 for the last word, which holds for certainty too.
    pub below: f64,
}

/// The whole scale, from the least likely on.
pub fn scale() -> Vec<Step> {
    let mut from = 0.0;
    let step = |&(bound, zh, en): &(f64, &str, &str)| {
        let below = bound.min(1.0);
        Step { word: Text::new(zh, en), from: std::mem::replace(&mut from, below), below }
    };
    SCALE.iter().map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::{likelihood, scale};

    #[test]
    fn bounds_belong_to_the_higher_word() {
        for (p, zh) in [
            (0.0, "几乎不可能"),
            (0.0099, "几乎不可能"),
            (0.01, "可能性很小"),
            (0.5, "可能与不可能大致相当"),
            (0.66, "较有可能"),
            (0.99, "几乎可以肯定"),
            (1.0, "几乎可以肯定"),
        ] {
            assert_eq!(likelihood(p).zh, zh, "{p}");
        }
    }

    #[test]
    fn the_scale_leaves_no_gap() {
        let steps = scale();
        assert_eq!((steps[0].from, steps[steps.len() - 1].below), (0.0, 1.0));
        assert!(steps.windows(2).all(|pair| pair[0].below == pair[1].from && pair[0].from < pair[0].below));
        assert!(steps.iter().all(|step| likelihood(step.from) == step.word));
    }
}
