//! How much room text takes on paper, in the widest faces that an office may put in the place of the right ones: what
//! fits by this measure fits everywhere.

use crate::report::wrap;
use crate::text::Lang;

/// Widths of the characters from the space to `~` in thousandths of the size, in DejaVu Serif, which stands for Times New
/// Roman where that is missing and is the widest of the common ones.
#[rustfmt::skip]
const PLAIN: [u16; 95] = [
    318, 402, 460, 838, 636, 950, 890, 275, 390, 390, 500, 838, 318, 338, 318, 337, 636, 636, 636, 636, 636, 636, 636,
    636, 636, 636, 337, 337, 838, 838, 838, 536, 1000, 722, 735, 765, 802, 730, 694, 799, 872, 395, 401, 747, 664, 1024,
    875, 820, 673, 820, 753, 685, 667, 843, 722, 1028, 712, 660, 695, 390, 337, 390, 838, 500, 500, 596, 640, 560, 640,
    592, 370, 640, 644, 320, 310, 606, 320, 948, 644, 602, 640, 640, 478, 513, 402, 644, 565, 856, 564, 565, 527, 636,
    337, 636, 838,
];
/// What bold letters take more, at most, on the mean of a line.
const BOLD: f64 = 1.13;
/// What offices set between Chinese and Latin characters.
const BETWEEN: char = '\u{2006}';

/// A face at a size.
#[derive(Clone, Copy)]
pub struct Face {
    /// Size in points.
    pub size: f64,
    /// Whether it is bold, which Chinese headings are not: they have faces of their own.
    pub bold: bool,
    /// The language, which decides how wide quotation marks are.
    pub lang: Lang,
}

impl Face {
    /// The upright face.
    pub fn plain(size: f64, lang: Lang) -> Self {
        Self { size, bold: false, lang }
    }

    /// The face of heads and captions: bold in English.
    pub fn head(size: f64, lang: Lang) -> Self {
        Self { size, bold: lang == Lang::En, lang }
    }

    /// Width of one character in points.
    fn of(self, c: char) -> f64 {
        let plain = (c as usize).checked_sub(32).and_then(|index| PLAIN.get(index));
        let ems = match (plain, c) {
            (Some(&thousandths), _) => f64::from(thousandths) / 1000.0,
            (None, BETWEEN) => 0.25,
            (None, '–') => 0.5,
            (None, '“' | '”') if self.lang == Lang::En => 0.511,
            (None, '‘' | '’' | '·') if self.lang == Lang::En => 0.32,
            _ => 1.0,
        };
        ems * self.size * if self.bold { BOLD } else { 1.0 }
    }

    /// Width of a text in one line, in points.
    pub fn width(self, text: &str) -> f64 {
        spaced(text).chars().map(|c| self.of(c)).sum()
    }

    /// Number of lines in a column of this width, the first of them indented by `indent`, all in points.
    pub fn lines(self, text: &str, width: f64, indent: f64) -> usize {
        let indent = " ".repeat((indent / self.of(' ')).round() as usize);
        text.lines()
            .map(|line| wrap::lines(&(indent.clone() + &spaced(line)), width, |c| self.of(c)).len())
            .sum()
    }
}

/// The text with the distance between Chinese and Latin characters written out.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before: Option<char> = None;
    for c in text.chars() {
        let meet = |a: char, b: char| a.is_ascii_alphanumeric() && ('\u{2E80}'..='\u{9FFF}').contains(&b);
        if before.is_some_and(|before| meet(before, c) || meet(c, before)) {
            out.push(BETWEEN);
        }
        out.push(c);
        before = Some(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::Face;
    use crate::text::Lang;

    #[test]
    fn chinese_stands_in_squares_with_a_quarter_beside_figures() {
        let face = Face::plain(16.0, Lang::Zh);
        assert_eq!(face.width("实现的可能性"), 96.0);
        assert_eq!(face.width("到2027年"), 16.0 * (2.0 + 0.5 + 4.0 * 0.636));
        // 28 characters fill the line of an official paper, less two where it is indented
        let line = "性".repeat(26);
        assert_eq!(face.lines(&line, 448.0, 32.0), 1);
        assert_eq!(face.lines(&format!("{line}性"), 448.0, 32.0), 2);
    }

    #[test]
    fn english_breaks_between_words_and_bold_takes_more() {
        let (plain, bold) = (Face::plain(10.0, Lang::En), Face::head(10.0, Lang::En));
        assert!(bold.width("Probability") > plain.width("Probability"));
        let width = plain.width("the median of");
        assert_eq!(plain.lines("the median of the year", width, 0.0), 2);
    }
}
