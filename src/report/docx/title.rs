//! Breaks a title of more than one line where its phrases end: GB/T 9704 wants words whole and lines of like length.

use crate::report::table::columns_of;

/// Half-width characters of a title in a line.
const COLUMNS: usize = 38;

/// Of what a line would take if all were alike, the shortest line takes at least this part, unless words would be torn.
const SHORTEST: f64 = 0.5;

/// Where one word is sure to end; what may stand behind it as a part of the same word.
const WORDS: [&str; 16] = [
    "自治区",
    "产业",
    "行业",
    "集群",
    "目标",
    "行动",
    "方案",
    "计划",
    "规划",
    "措施",
    "政策",
    "发展",
    "分析",
    "省",
    "市",
    "的",
];
const SAME_WORD: &str = "级链化园区集性型";

/// How good a place for a break is: the first kind that fits is taken.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// Behind a mark, before a parenthesis or before a year: a phrase ends.
    Phrase,
    /// Before another number.
    Number,
    /// Behind a word that is known to end here.
    Word,
    /// Not inside of a number or Latin word.
    Any,
}

/// The title with line breaks, where it takes more than one line; an English one is left to the office, which breaks it between words.
pub fn balanced(title: &str) -> String {
    let width = columns_of(title);
    if width <= COLUMNS || title.contains(' ') && !title.contains(|c: char| c > '\u{2E80}') {
        return title.to_owned();
    }
    let lines = width.div_ceil(COLUMNS);
    let fits = |at: usize| {
        let (left, right) = (columns_of(title[..at].trim_end()), columns_of(title[at..].trim_start()));
        left <= COLUMNS && right <= COLUMNS * (lines - 1)
    };
    let even = width as f64 / lines as f64;
    let off = |at: usize| (columns_of(title[..at].trim_end()) as f64 - even).abs();
    let is_even = |at: usize| off(at) <= (1.0 - SHORTEST) * even;
    let places = places(title);
    let best = |kind: Kind| {
        let found = places.iter().filter(|(_, of)| *of == kind).map(|(at, _)| *at);
        let found = found.filter(|&at| kind == Kind::Any || fits(at) && is_even(at));
        found.min_by(|&a, &b| off(a).total_cmp(&off(b)))
    };
    let kinds = [Kind::Phrase, Kind::Number, Kind::Word, Kind::Any];
    match kinds.into_iter().find_map(best) {
        Some(at) => format!("{}\n{}", title[..at].trim_end(), balanced(title[at..].trim_start())),
        None => title.to_owned(),
    }
}

/// The places where a line may end, with their kinds.
fn places(title: &str) -> Vec<(usize, Kind)> {
    let mut out = Vec::new();
    let mut depth = 0_usize;
    let mut before: Option<char> = None;
    for (at, after) in title.char_indices() {
        if let Some(before) = before.filter(|_| after != ' ') {
            out.extend(kind(title, at, before, after, depth).map(|kind| (at, kind)));
        }
        match after {
            '（' | '“' | '《' => depth += 1,
            '）' | '”' | '》' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if after != ' ' {
            before = Some(after);
        }
    }
    out
}

/// The kind of the place before `after` at the byte `at`; `None` where no line may end.
fn kind(title: &str, at: usize, before: char, after: char, depth: usize) -> Option<Kind> {
    let wordy = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '%';
    let torn = wordy(before) && wordy(after);
    // a number stays with its unit
    let unit = before.is_ascii_digit() && !wordy(after);
    let closing = |c: char| "，。：；、）》”’〕年省市区县亿元".contains(c);
    if torn || unit || closing(after) || "（《“‘〔".contains(before) {
        return None;
    }
    let is_number = after.is_ascii_digit();
    let rest = title[at..].trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
    let word = WORDS.iter().any(|word| title[..at].trim_end().ends_with(word)) && !SAME_WORD.contains(after);
    Some(match depth {
        0 if "，。：；、—".contains(before) || after == '（' || is_number && rest.starts_with('年') => {
            Kind::Phrase
        }
        0 if is_number => Kind::Number,
        0 if word || "）》”".contains(before) => Kind::Word,
        _ => Kind::Any,
    })
}

#[cfg(test)]
mod tests {
    use super::{COLUMNS, balanced};
    use crate::report::table::columns_of;

    /// Hypothesis: every line ends where a phrase or word does, and fits.
    #[test]
    fn titles_break_between_words() {
        for (title, lines) in [
            ("湖北省生物医药产业 2027 年 2500 亿元目标", vec!["湖北省生物医药产业", "2027 年 2500 亿元目标"]),
            (
                "浙江省生物医药产业 2024 年总产值 4500 亿元目标（从计划起点看）",
                vec!["浙江省生物医药产业 2024 年总产值", "4500 亿元目标（从计划起点看）"],
            ),
            (
                "浙江省生物医药产业2024年总产值4500亿元目标",
                vec!["浙江省生物医药产业", "2024年总产值4500亿元目标"],
            ),
            (
                "浙江省生物医药产业：2024 年基期，4500 亿元何时补上",
                vec!["浙江省生物医药产业：", "2024 年基期，4500 亿元何时补上"],
            ),
            (
                "湖北省生物医药产业 2500 亿元目标（基年按 2023 年理解）",
                vec!["湖北省生物医药产业 2500 亿元目标", "（基年按 2023 年理解）"],
            ),
            // no mark and no number
            (
                "内蒙古自治区生物医药与大健康产业高质量发展推演报告",
                vec!["内蒙古自治区生物医药与大健康产业", "高质量发展推演报告"],
            ),
            ("湖北省2027年目标", vec!["湖北省2027年目标"]),
        ] {
            let found = balanced(title);
            assert_eq!(found.lines().collect::<Vec<_>>(), lines);
            assert!(found.lines().all(|line| columns_of(line) <= COLUMNS), "{found}");
        }
    }

    #[test]
    fn titles_of_three_lines_fit_and_english_ones_are_left_alone() {
        let title = "湖北省、安徽省和浙江省生物医药产业到2027年、2030年的目标与政策措施：不同情景和方案下的可能性、花费和差距分析";
        let found = balanced(title);
        assert_eq!(found.lines().count(), 3, "{found}");
        assert!(found.lines().all(|line| columns_of(line) <= COLUMNS), "{found}");
        assert_eq!(found.replace('\n', ""), title);
        let english = "Zhejiang biomedical industry: output of 450 billion yuan by 2024";
        assert_eq!(balanced(english), english);
    }
}
