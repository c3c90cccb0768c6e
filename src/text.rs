//! Text in the two languages of the program: everything a planner sees exists in Chinese and English.

use serde::{Deserialize, Serialize};

/// The language of messages, tables and charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Lang {
    /// Simplified Chinese, the default.
    #[default]
    Zh,
    /// English.
    En,
}

/// One message in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Text {
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Text {
    /// A text from its two versions, with quotation marks inside of others [`nested`].
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: nested(zh.into()), en: nested(en.into()) }
    }

    /// A text that reads the same in both languages (a name, an identifier).
    pub fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { zh: text.clone(), en: text }
    }

    /// The version in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// A value in words, with the figure in them and its unit as data.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Told {
    /// The words, unit included.
    #[serde(flatten)]
    pub words: Text,
    /// The figure as it stands in the words; `null` where they hold none.
    pub figure: Option<Text>,
    /// What the figure counts; empty for a bare number.
    pub unit: Text,
}

impl Told {
    /// A figure with its unit right behind it, in English with a blank between them but for `%`.
    pub fn figure(figure: Text, unit: Text) -> Self {
        let gap = if unit.en.is_empty() || unit.en == "%" { "" } else { " " };
        let words = Text::new(format!("{}{}", figure.zh, unit.zh), format!("{}{gap}{}", figure.en, unit.en));
        Self { words, figure: Some(figure), unit }
    }

    /// Words without a figure.
    pub fn words(words: Text) -> Self {
        Self { words, ..Self::default() }
    }

    /// The words in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        self.words.get(lang)
    }
}

/// The English form for exactly one thing, or that for several and for none: `is` or `are`.
pub fn by_number(count: usize, one: &'static str, several: &'static str) -> &'static str {
    if count == 1 { one } else { several }
}

/// Chinese texts behind each other, with a blank where one Latin word or figure would run into the next: `Revenue 2030年`.
pub fn joined(parts: &[&str]) -> String {
    let mut out = String::new();
    for part in parts {
        let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && c < '\u{2E80}');
        if is_latin(out.chars().next_back()) && is_latin(part.chars().next()) {
            out.push(' ');
        }
        out.push_str(part);
    }
    out
}

/// The text with single quotation marks inside of double ones: a quoted name may hold a quoted word. Where the marks are no
/// pairs, nobody knows what is inside, and nothing changes.
pub fn nested(text: String) -> String {
    if text.matches('“').nth(1).is_none() {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut depth = 0_usize;
    for c in text.chars() {
        out.push(match c {
            '“' => {
                depth += 1;
                if depth.is_multiple_of(2) { '‘' } else { c }
            }
            '”' => {
                let Some(outer) = depth.checked_sub(1) else { return text };
                let mark = if depth.is_multiple_of(2) { '’' } else { c };
                depth = outer;
                mark
            }
            _ => c,
        });
    }
    if depth == 0 { out } else { text }
}

/// Builds a [`Text`] from two format strings that share their captured variables.
///
/// Both versions are required by the compiler, so no message can exist in one language only.
#[macro_export]
macro_rules! text {
    ($zh:literal, $en:literal $(,)?) => {
        $crate::text::Text::new(format!($zh), format!($en))
    };
}

#[cfg(test)]
mod tests {
    use super::{Text, by_number, joined, nested};

    #[test]
    fn one_thing_is_and_several_are() {
        assert_eq!([0, 1, 2].map(|count| by_number(count, "is", "are")), ["are", "is", "are"]);
    }

    #[test]
    fn quotation_marks_inside_of_others_are_single() {
        let of = |text: &str| nested(text.to_owned());
        assert_eq!(of("““十五五”期间建成”与“别的”"), "“‘十五五’期间建成”与“别的”");
        assert_eq!(of("“一”、“二”"), "“一”、“二”");
        assert_eq!(of("“甲“乙“丙”””"), "“甲‘乙“丙”’”");
        // what is nested once stays so
        assert_eq!(of("“‘十五五’期间建成”"), "“‘十五五’期间建成”");
        // marks that are no pairs
        for odd in ["““十五五”期间", "十五五””“", "”“”“"] {
            assert_eq!(of(odd), odd);
        }
        let name = "“十五五”期间";
        let told = text!("“{name}”的可能性", "the probability of “{name}”");
        assert_eq!(
            told,
            Text {
                zh: "“‘十五五’期间”的可能性".into(), en: "the probability of “‘十五五’期间”".into()
            }
        );
    }

    #[test]
    fn latin_names_do_not_run_together() {
        assert_eq!(
            joined(&["A province", "Operating revenue", "2030年"]),
            "A province Operating revenue 2030年"
        );
        assert_eq!(joined(&["湖北省", "营业收入", "2030年"]), "湖北省营业收入2030年");
        assert_eq!(joined(&["", "GDP", "增速", "", "2030年"]), "GDP增速2030年");
    }
}
