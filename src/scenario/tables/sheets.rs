//! What a sheet of a workbook holds, told by its name however it is typed: 集群, 集群表, 2.集群, 企业（2024）.

use super::book::{SETTINGS_SHEET, SOURCES_SHEET};
use super::heads::{self, Rows};

/// What a sheet holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// The settings.
    Settings,
    /// The documents.
    Sources,
    /// Rows of this kind.
    Rows(&'static Rows),
    /// Remarks: its name begins with `#`.
    Nothing,
}

/// What the sheet called `name` holds; `None` if that cannot be told.
pub fn holds(name: &str) -> Option<Holds> {
    if name.trim().starts_with(['#', '＃']) {
        return Some(Holds::Nothing);
    }
    let bare = bare(name);
    let without = |suffix: &str| bare.strip_suffix(suffix).filter(|rest| !rest.is_empty());
    let shorter = ["一览表", "明细表", "表", "名单", "清单", "名录"].into_iter().find_map(without);
    [Some(bare.as_str()), shorter].into_iter().flatten().find_map(exactly)
}

fn exactly(word: &str) -> Option<Holds> {
    let is = |zh: &str, en: &str| word == zh || word == self::bare(en);
    if is(SETTINGS_SHEET.0, SETTINGS_SHEET.1) {
        return Some(Holds::Settings);
    }
    if is(SOURCES_SHEET.0, SOURCES_SHEET.1) {
        return Some(Holds::Sources);
    }
    heads::ROWS.iter().find(|rows| is(rows.zh, rows.en)).map(Holds::Rows)
}

/// A name without remarks in brackets, numbers, blanks and marks, in lower case.
fn bare(name: &str) -> String {
    let (mut out, mut depth) = (String::new(), 0_u32);
    for c in name.chars() {
        match c {
            '(' | '（' | '[' | '【' => depth += 1,
            ')' | '）' | ']' | '】' => depth = depth.saturating_sub(1),
            c if depth == 0 && c.is_alphabetic() => out.extend(c.to_lowercase()),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_however_they_are_typed() {
        let kind = |name: &str| match holds(name) {
            Some(Holds::Rows(rows)) => rows.holds,
            Some(Holds::Settings) => "settings",
            Some(Holds::Sources) => "sources",
            Some(Holds::Nothing) => "#",
            None => "",
        };
        for (name, expected) in [
            ("集群", "cluster"),
            (" 集群 ", "cluster"),
            ("集群表", "cluster"),
            ("2.集群", "cluster"),
            ("企业（2024）", "firm"),
            ("企业名单", "firm"),
            ("企业规模分布", "firm_sizes"),
            ("研发管线", "pipeline.stage"),
            ("firm sizes", "firm_sizes"),
            ("Basics", "settings"),
            ("资料来源", "sources"),
            ("#草稿", "#"),
            ("＃草稿", "#"),
            ("企来", ""),
            ("表", ""),
            ("集群企业", ""),
            ("", ""),
        ] {
            assert_eq!(kind(name), expected, "{name}");
        }
    }
}
