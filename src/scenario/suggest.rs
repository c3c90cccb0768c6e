//! Suggestions: the word that was probably meant.

use crate::text;
use crate::text::Text;

/// The candidate most similar to `word`, if one is similar enough to be meant.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let score = |candidate: &str| {
        let other = candidate.to_lowercase();
        let contained = lower.chars().count() >= 3 && (other.contains(&lower) || lower.contains(&other));
        strsim::normalized_damerau_levenshtein(&lower, &other) + if contained { 0.3 } else { 0.0 }
    };
    let best = candidates.into_iter().map(|candidate| (score(candidate), candidate));
    // Ties go to the first candidate, so that a suggestion never changes between runs.
    let best = best.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.filter(|(score, _)| *score >= 0.5).map(|(_, candidate)| candidate)
}

/// A hint with the nearest candidate, or with all of them if none is near.
pub fn one_of(word: &str, candidates: &[&str]) -> Text {
    let all_zh = candidates.join("、");
    let all_en = candidates.join(", ");
    match nearest(word, candidates.iter().copied()) {
        Some(near) => text!("是不是“{near}”？", "did you mean `{near}`?"),
        None if candidates.is_empty() => text!("这里没有可选的", "there is none to choose from"),
        None if candidates.len() > 30 => {
            let first = candidates[..10].join(", ");
            text!("可以写：{first} 等", "choose from: {first}, …")
        }
        None => text!("可以写：{all_zh}", "choose from: {all_en}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_suggested_and_far_ones_listed() {
        assert_eq!(nearest("volatilty", ["persistence", "volatility"]), Some("volatility"));
        assert_eq!(nearest("leverge", ["leverage", "retained"]), Some("leverage"));
        assert_eq!(nearest("武汗", ["武汉", "宜昌"]), Some("武汉"));
        assert_eq!(nearest("xyzzy", ["leverage", "retained"]), None);
        assert!(one_of("xyzzy", &["a", "b"]).zh.contains("a、b"));
    }
}
