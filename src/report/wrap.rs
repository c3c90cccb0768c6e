//! Breaks text into lines by the Chinese rules for line ends, and strips what cannot be printed.

/// Marks that may not begin a line.
const NOT_AT_START: &str =
    "\u{FF0C}\u{3002}\u{3001}\u{FF1B}\u{FF1A}\u{FF1F}\u{FF01}\u{FF09}\u{FF05}》〕】」』”’…‰·,.;:?!)]}%℃";
/// Marks that may not end a line.
const NOT_AT_END: &str = "\u{FF08}\u{FFE5}《〔【「『“‘([{¥";

/// Parentheses of at most so many characters are not broken.
const LONGEST_GROUP: usize = 8;

/// `text` with every control character (line breaks, tabs, terminal escapes) replaced by a space.
///
/// Names come from scenario files: a control character would break a table row, make an SVG file invalid, or
/// command the terminal.
pub fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || is_noncharacter(c) { ' ' } else { c }).collect()
}

/// `text` with marks of Latin width, if it holds Latin letters and nothing Chinese: straight quotation marks, and a bar
/// for the middle dot.
///
/// The embedded fonts draw `“”‘’·` as wide as a Chinese character, which tears English words apart.
pub fn latin(text: &str) -> String {
    if !text.contains(|c: char| c.is_ascii_alphabetic()) || text.contains(is_wide) {
        return text.to_owned();
    }
    text.chars().map(|c| latin_mark(c).unwrap_or(c)).collect()
}

/// The narrow form of a mark that the embedded fonts draw wide.
pub fn latin_mark(c: char) -> Option<char> {
    match c {
        '“' | '”' => Some('"'),
        '‘' | '’' => Some('\''),
        '·' => Some('|'),
        _ => None,
    }
}

/// The two code points of the basic plane that XML forbids although they are no control characters.
fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{FFFE}' | '\u{FFFF}')
}

/// Breaks `text` into lines no wider than `max_width`, measured by `width_of` in the same unit.
///
/// A line may break after a space and beside any wide (Chinese) character, but closing marks do not begin a
/// line and opening marks do not end one. A piece that is wider than a whole line is broken between
/// characters. Always returns at least one line; a line holds at least one character, however small
/// `max_width` is.
pub fn lines(text: &str, max_width: f64, width_of: impl Fn(char) -> f64) -> Vec<String> {
    let text = printable(text);
    let measure = |piece: &str| piece.chars().map(&width_of).sum::<f64>();
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0.0;
    for piece in pieces(&text) {
        if !line.is_empty() && used + measure(piece.trim_end()) > max_width {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
            used = 0.0;
        }
        for c in piece.chars() {
            let width = width_of(c);
            if !line.is_empty() && c != ' ' && used + width > max_width {
                lines.push(std::mem::take(&mut line).trim_end().to_owned());
                used = 0.0;
            }
            line.push(c);
            used += width;
        }
    }
    if !line.trim_end().is_empty() || lines.is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// The width of the widest part of `text` that [`lines`] keeps in one piece.
pub fn widest_piece(text: &str, width_of: impl Fn(char) -> f64) -> f64 {
    let text = printable(text);
    pieces(&text).into_iter().map(|piece| piece.trim_end().chars().map(&width_of).sum()).fold(0.0, f64::max)
}

/// The smallest parts of `text` between which a line may break.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut previous: Option<char> = None;
    let mut group_end = 0;
    for (index, c) in text.char_indices() {
        let in_group = index < group_end;
        if matches!(c, '(' | '\u{FF08}') && !in_group {
            group_end = index + short_group(&text[index..]);
        }
        if !in_group && previous.is_some_and(|before| may_break(before, c)) {
            pieces.push(&text[start..index]);
            start = index;
        }
        previous = Some(c);
    }
    pieces.push(&text[start..]);
    pieces
}

/// The length in bytes of the parenthesis that opens `text` if it is short, such as a unit: "(亿元)"; else 0.
fn short_group(text: &str) -> usize {
    let close = text.char_indices().take(LONGEST_GROUP).find(|&(_, c)| matches!(c, ')' | '\u{FF09}'));
    close.map_or(0, |(index, _)| index)
}

fn may_break(before: char, after: char) -> bool {
    if after == ' ' || NOT_AT_START.contains(after) || NOT_AT_END.contains(before) {
        return false;
    }
    // A number stays with its unit: "2,500" and "亿元" are read as one. A parenthesis with its own figure may stand below.
    let with_unit = before.is_ascii_digit() && is_wide(after) && after != '\u{FF08}';
    let quantity = with_unit || (matches!(before, '亿' | '万') && after == '元');
    let unit = matches!((before, after), ('个', '百') | ('百', '分') | ('分', '点'));
    // Figures break only between a value and its interval, or within the interval.
    let interval = before == '–' || (before == '%' && after == '(');
    before == ' ' || interval || (!quantity && !unit && (is_wide(before) || is_wide(after)))
}

fn is_wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::{latin, lines, printable};

    fn columns(c: char) -> f64 {
        if c.is_ascii() { 1.0 } else { 2.0 }
    }

    #[test]
    fn words_and_chinese_break_where_readers_expect() {
        assert_eq!(lines("one two three", 8.0, columns), ["one two", "three"]);
        assert_eq!(lines("生物医药,产业", 8.0, columns), ["生物医", "药,产业"]);
        assert_eq!(lines("达到(全省)目标", 6.0, columns), ["达到", "(全省)", "目标"]);
        assert_eq!(lines("中位数(亿元)", 8.0, columns), ["中位数", "(亿元)"]);
        assert_eq!(lines("1,240–1,870", 7.0, columns), ["1,240–", "1,870"]);
        assert_eq!(lines("每年−4.6个百分点", 13.0, columns), ["每年", "−4.6个百分点"]);
        assert_eq!(lines("目标为2500亿元", 10.0, columns), ["目标为", "2500亿元"]);
        assert_eq!(lines("0（<0.004%）", 11.0, columns), ["0", "（<0.004%）"]);
    }

    #[test]
    fn nothing_is_lost_and_nothing_is_too_wide() {
        let text = "abcdefghijkl 中文,。很长 x";
        let broken = lines(text, 5.0, columns);
        assert_eq!(broken.concat().replace(' ', ""), text.replace(' ', ""));
        assert!(broken.iter().all(|line| line.chars().map(columns).sum::<f64>() <= 5.0), "{broken:?}");
        assert_eq!(lines("", 5.0, columns), [""]);
        assert_eq!(lines("中文", 0.0, columns), ["中", "文"]);
    }

    #[test]
    fn english_has_marks_of_its_own_width_and_chinese_keeps_them() {
        assert_eq!(latin("“Full plan” · base’s"), "\"Full plan\" | base's");
        for kept in ["“全套政策” · base", "“2027”", "2024 · 2027"] {
            assert_eq!(latin(kept), kept);
        }
    }

    #[test]
    fn control_characters_become_spaces() {
        assert_eq!(printable("a\u{1b}[31m\nb"), "a [31m b");
    }
}
