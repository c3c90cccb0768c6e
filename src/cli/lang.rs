//! The language of a session: `--lang` first, then the locale of the environment, then Chinese.

use std::ffi::OsString;

use crate::text::Lang;

/// The locale variables in the order in which POSIX lets them override each other.
const VARIABLES: [&str; 3] = ["LC_ALL", "LC_MESSAGES", "LANG"];

/// The language that the environment asks for.
///
/// The first variable that is set and not empty decides, as POSIX prescribes: a value that starts with `en`
/// (in any case) means English. Everything else (Chinese, `C`, `POSIX`, another language, nothing set) means
/// Chinese, because planners in China often work on machines whose locale nobody has set up.
///
/// `variable` looks up an environment variable; it is a parameter so that tests need not change the process.
pub fn from_environment(variable: impl Fn(&str) -> Option<OsString>) -> Lang {
    let locale = VARIABLES.iter().filter_map(|name| variable(name)).find(|value| !value.is_empty());
    match locale {
        Some(value) if value.to_string_lossy().to_ascii_lowercase().starts_with("en") => Lang::En,
        _ => Lang::Zh,
    }
}

/// The language named on the command line: `zh` or `en` in any case, or a locale such as `zh-CN` or `en_US.UTF-8`.
/// `None` if the word names neither.
pub fn from_word(word: &str) -> Option<Lang> {
    let word = word.to_ascii_lowercase();
    match word.split(['-', '_', '.']).next() {
        Some("zh") => Some(Lang::Zh),
        Some("en") => Some(Lang::En),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(set: &[(&str, &str)]) -> Lang {
        from_environment(|name| {
            set.iter().find(|(key, _)| *key == name).map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn chinese_unless_the_locale_is_english() {
        for locale in ["", "C", "C.UTF-8", "POSIX", "zh_CN.UTF-8", "de_DE"] {
            assert_eq!(with(&[("LANG", locale)]), Lang::Zh, "{locale}");
        }
        assert_eq!(with(&[]), Lang::Zh);
        for locale in ["en", "en_US.UTF-8", "EN_gb"] {
            assert_eq!(with(&[("LANG", locale)]), Lang::En, "{locale}");
        }
    }

    #[test]
    fn the_first_variable_that_is_not_empty_decides() {
        assert_eq!(with(&[("LANG", "en_US"), ("LC_ALL", "zh_CN")]), Lang::Zh);
        assert_eq!(with(&[("LANG", "zh_CN"), ("LC_MESSAGES", "en_US")]), Lang::En);
        assert_eq!(with(&[("LANG", "en_US"), ("LC_MESSAGES", "C")]), Lang::Zh);
        assert_eq!(with(&[("LANG", "en_US"), ("LC_ALL", "")]), Lang::En);
    }

    #[test]
    fn the_command_line_may_name_a_whole_locale() {
        assert_eq!(from_word("ZH"), Some(Lang::Zh));
        assert_eq!(from_word("en-US"), Some(Lang::En));
        for word in ["", "e", "english", "fr", "中文"] {
            assert_eq!(from_word(word), None, "{word}");
        }
    }
}
