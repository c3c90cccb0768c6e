//! The known word nearest to a misspelt one, and the safe display of what a user typed.

use strsim::damerau_levenshtein;

/// The candidate that `word` was probably meant to be; `None` if nothing is near enough to be worth suggesting.
///
/// A candidate counts as near if it differs in at most a third of the letters (one letter for short words, a
/// swap of neighbours counting as one), or if one of the two is the beginning of the other (`--out-dir` for
/// `--out`). Letter case is ignored. Ties go to the earlier candidate, so the answer never varies.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let length = word.chars().count();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let lower = candidate.to_lowercase();
        let longer = length.max(lower.chars().count());
        let mut distance = damerau_levenshtein(&word, &lower);
        let begins =
            length.min(lower.chars().count()) >= 3 && (lower.starts_with(&word) || word.starts_with(&lower));
        if begins {
            distance = distance.min(longer / 3);
        }
        let near = distance <= ((longer + 1) / 3).max(1) && distance < longer;
        if near && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// `text` as it may safely be shown in a message: control characters are escaped, so that neither a line break
/// nor a terminal command hidden in an argument or a file name takes effect.
pub fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_control() {
            out.extend(character.escape_default());
        } else {
            out.push(character);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: [&str; 5] = ["run", "check", "plan", "policy", "trials"];

    #[test]
    fn small_slips_are_recognised() {
        for (typed, meant) in [
            ("trial", "trials"),
            ("trails", "trials"),
            ("CHECK", "check"),
            ("rum", "run"),
            ("policies", "policy"),
        ] {
            assert_eq!(nearest(typed, WORDS), Some(meant), "{typed}");
        }
    }

    #[test]
    fn unrelated_words_get_no_suggestion() {
        for typed in ["", "x", "simulate", "省", "xyzzy"] {
            assert_eq!(nearest(typed, WORDS), None, "{typed}");
        }
    }

    #[test]
    fn chinese_is_compared_by_characters() {
        assert_eq!(nearest("湖北2027目标", ["安徽2030.toml", "湖北2027年目标"]), Some("湖北2027年目标"));
    }

    #[test]
    fn control_characters_are_made_visible() {
        assert_eq!(shown("a\u{1b}[2Jb\n湖北"), "a\\u{1b}[2Jb\\n湖北");
    }
}
