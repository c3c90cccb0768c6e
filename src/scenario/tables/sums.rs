//! Rows that add others up, which no table may hold: they would count twice.

use super::heads::Rows;

/// Words that such a row is called by, without blanks and in lower case.
const SUMS: [&str; 12] = [
    "合计",
    "总计",
    "小计",
    "共计",
    "总和",
    "累计",
    "total",
    "sum",
    "subtotal",
    "sub-total",
    "grandtotal",
    "totals",
];

/// Kinds of rows of which one may be named after a sum: a target for “营业收入合计”.
const NAMED_AFTER_SUMS: [&str; 2] = ["target", "record"];

/// Whether a row of `rows` called `text` adds others up: 合计, 合　计：, 合计（亿元）, 全省合计, Grand total.
pub fn is_sum(text: &str, rows: &Rows) -> bool {
    let head = text.find(['（', '(']).filter(|at| *at > 0).map_or(text, |at| &text[..at]);
    let mark = |c: char| !c.is_alphanumeric();
    let words: Vec<String> =
        head.split(mark).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let (bare, last) = (words.concat(), words.last().map_or("", String::as_str));
    if SUMS.contains(&bare.as_str()) {
        return true;
    }
    let ends = |sum: &&str| if sum.is_ascii() { last == *sum } else { bare.ends_with(*sum) };
    !NAMED_AFTER_SUMS.contains(&rows.holds) && SUMS.iter().any(ends)
}

#[cfg(test)]
mod tests {
    use super::super::heads::rows;
    use super::*;

    #[test]
    fn sums_are_known_however_they_are_typed() {
        let clusters = rows("cluster").expect("a kind of rows");
        for text in [
            "合计",
            "合 计",
            "合\u{3000}计",
            "合计：",
            "合计（亿元）",
            "【合计】",
            "全省合计",
            "湖北省总计",
            "其中：小计",
            "Total",
            "Grand Total",
            "Sub-total",
            "Province total:",
        ] {
            assert!(is_sum(text, clusters), "{text}");
        }
        for text in ["武汉", "合计街道产业园", "累积制药", "TotalEnergies", "Consum", "（合）", "", "—"]
        {
            assert!(!is_sum(text, clusters), "{text}");
        }
    }

    #[test]
    fn a_target_may_be_named_after_a_sum() {
        let targets = rows("target").expect("a kind of rows");
        assert!(is_sum("合 计", targets) && !is_sum("营业收入合计", targets));
    }
}
