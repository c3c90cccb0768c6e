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

#[cfg(test)]
mod tests {
    use super::likelihood;

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
}
