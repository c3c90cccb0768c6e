//! What planners call the keys, sheets and choices of a scenario: the words of heads and drop-down lists.

use crate::scenario::parameters;
use crate::scenario::provenance::Grade;
use crate::scenario::tables::book::{SETTINGS, SETTINGS_SHEET, SOURCE_COLUMNS, SOURCES_SHEET};
use crate::scenario::tables::counted;
use crate::scenario::tables::heads::{self, Head, Rows};
use crate::scenario::tables::values::GRADE_WORDS;
use crate::text::Text;

/// The kind of rows that a pattern such as `firm[].revenue` belongs to.
pub fn rows_of(pattern: &str) -> Option<&'static Rows> {
    let inside = |rows: &&Rows| {
        let own = rows.pattern();
        pattern == own || pattern.strip_prefix(&own).is_some_and(|rest| rest.starts_with('.'))
    };
    heads::ROWS.iter().filter(inside).max_by_key(|rows| rows.holds.len())
}

/// The name of the sheet of a pattern, if a workbook has one for it.
pub fn sheet(pattern: &str) -> Option<Text> {
    if let Some(rows) = rows_of(pattern) {
        return Some(Text::new(rows.zh, rows.en));
    }
    let pair = match pattern.split(['.', '[']).next().unwrap_or_default() {
        "sources" => SOURCES_SHEET,
        "scenario" | "measures" | "province" | "nation" => SETTINGS_SHEET,
        _ => return None,
    };
    Some(Text::new(pair.0, pair.1))
}

/// The sheet that holds things of this table (`cluster`, `sources`).
pub fn sheet_of_table(table: &str) -> Option<Text> {
    heads::rows(table).map(|rows| Text::new(rows.zh, rows.en)).or_else(|| sheet(table))
}

/// The label of the setting with this pattern.
fn setting(pattern: &str) -> Option<Text> {
    let found = SETTINGS.iter().find(|(key, ..)| {
        let known = match key.split_once('.') {
            Some(("province", rest)) => format!("province[].{rest}"),
            Some(("measures", rest)) => format!("measures.*.{}", rest.rsplit('.').next().unwrap_or(rest)),
            _ => (*key).to_owned(),
        };
        known == pattern
    });
    found.map(|(_, zh, en)| Text::new(*zh, *en))
}

/// The head of the column for a pattern such as `cluster[].mix.*`, or the label of a setting; else its last key.
pub fn column(pattern: &str) -> Text {
    let bare = pattern.trim_end_matches(".*");
    if let Some(label) = setting(pattern) {
        return label;
    }
    if let Some(rows) = rows_of(bare) {
        let rest = bare.get(rows.pattern().len() + 1..).unwrap_or_default();
        let made = || if rows.holds == "target" { counted::head_of(rest) } else { None };
        if let Some(head) = rows.all().find(|head| head.key == rest).or_else(made) {
            return head.words();
        }
    }
    let last = bare.rsplit('.').next().unwrap_or(bare);
    if let Some((_, zh, en)) =
        SOURCE_COLUMNS.iter().find(|(key, ..)| *key == last && bare.starts_with("sources"))
    {
        return Text::new(*zh, *en);
    }
    if let Some(head) = heads::COMMON.iter().find(|head| head.key == last) {
        return head.words();
    }
    Text::same(last)
}

/// Whether a table of this kind has a column of its own for a key.
pub fn has_column(pattern: &str, key: &str) -> bool {
    let full = format!("{pattern}.{key}");
    setting(&full).is_some()
        || rows_of(pattern).is_some_and(|rows| {
            let rest = full.get(rows.pattern().len() + 1..).unwrap_or_default();
            rows.all().any(|head| head.key == rest)
        })
}

/// The words that the drop-down lists offer for grades.
pub fn grades() -> Text {
    let zh: Vec<&str> = GRADE_WORDS.iter().map(|(zh, _)| *zh).collect();
    let en = Grade::ALL.map(Grade::word);
    Text::new(zh.join("、"), en.join(", "))
}

/// Heads in quotation marks, one after the other.
pub fn list(words: &[Text]) -> Text {
    let zh: Vec<String> = words.iter().map(|word| format!("“{}”", word.zh)).collect();
    let en: Vec<String> = words.iter().map(|word| format!("`{}`", word.en)).collect();
    Text::new(zh.join("、"), en.join(", "))
}

/// `text` with the keys of the tables of `pattern` replaced by the heads that stand for them; what stands in quotation
/// marks is the planner's own and stays.
pub fn without_keys(text: &Text, pattern: &str) -> Text {
    let Some(rows) = rows_of(pattern) else { return text.clone() };
    let word = |token: &str| {
        let known = parameters::param(&format!("{}.{token}", rows.pattern())).is_some();
        rows.all().find(|head| known && head.key == token && token != "name").map(Head::words)
    };
    let zh = replaced(&text.zh, &|token| word(token).map(|words| format!("“{}”", words.zh)));
    let en = replaced(&text.en, &|token| {
        word(token).map(|words| format!("`{}`", words.en)).filter(|_| token.contains('_'))
    });
    Text::new(zh.replace(" = true", "列填“是”"), en)
}

/// `text` with every word of ASCII letters outside of quotation marks that `word` knows replaced.
fn replaced(text: &str, word: &dyn Fn(&str) -> Option<String>) -> String {
    let (mut out, mut token, mut quoted) = (String::new(), String::new(), false);
    for c in text.chars().chain(['\n']) {
        if c.is_ascii_alphanumeric() || c == '_' || (c == '.' && !token.is_empty()) {
            token.push(c);
            continue;
        }
        let known = if quoted { None } else { word(&token) };
        out.push_str(known.as_deref().unwrap_or(&token));
        token.clear();
        quoted = match c {
            '“' => true,
            '”' => false,
            _ => quoted,
        };
        out.push(c);
    }
    out.pop();
    out
}
