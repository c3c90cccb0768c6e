//! The look of the workbook: fonts, fills and the number formats that suit a value.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::report::briefing::Format as Kind;
use crate::report::number;
use crate::text::Lang;

/// The blue of projections, as in the charts.
pub const BLUE: Color = Color::RGB(0x0B5FA5);
/// The orange of targets.
pub const ACCENT: Color = Color::RGB(0xC2410C);
/// Recorded figures.
pub const INK: Color = Color::RGB(0x1F2933);
/// Axes.
pub const MUTED: Color = Color::RGB(0x616E7C);
/// Lines between rows, grid lines.
pub const GRID: Color = Color::RGB(0xE4E7EB);
/// Ground of heads.
const HEAD: Color = Color::RGB(0xE3EDF6);

/// The number format of money in English, whose unit is ten times as large.
const MONEY_EN: &str = "#,##0.000";

/// The formats of cells.
pub struct Styles {
    /// Title of a sheet or table.
    pub title: Format,
    /// The answer.
    pub headline: Format,
    /// A paragraph.
    pub paragraph: Format,
    /// Remarks below a table.
    pub note: Format,
    /// Head of a column of words.
    pub head: Format,
    /// Head of a column of numbers.
    pub number_head: Format,
    /// Words, which never become formulas.
    pub text: Format,
    /// What has no value.
    pub empty: Format,
    base: Format,
}

impl Styles {
    /// Formats with a font that the language's office has.
    pub fn new(lang: Lang) -> Self {
        let font = match lang {
            Lang::Zh => "宋体",
            Lang::En => "Arial",
        };
        let plain = Format::new().set_font_name(font).set_font_size(10).set_align(FormatAlign::Top);
        let base = plain.clone().set_border_bottom(FormatBorder::Thin).set_border_bottom_color(GRID);
        let head = base
            .clone()
            .set_bold()
            .set_background_color(HEAD)
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter)
            .set_border_bottom_color(MUTED);
        Self {
            title: plain.clone().set_bold().set_font_size(13),
            headline: plain.clone().set_bold().set_font_size(13).set_text_wrap(),
            paragraph: plain.clone().set_font_size(11).set_text_wrap(),
            note: plain.clone().set_font_size(9).set_font_color(MUTED).set_text_wrap(),
            number_head: head.clone().set_align(FormatAlign::Right),
            head,
            text: base.clone().set_text_wrap(),
            empty: base.clone().set_align(FormatAlign::Right).set_font_color(MUTED),
            base,
        }
    }

    /// Numbers in the number format `code`.
    pub fn number(&self, code: &str) -> Format {
        self.base.clone().set_align(FormatAlign::Right).set_num_format(code)
    }

    /// Amounts of money down to a million yuan.
    pub fn money(&self, lang: Lang) -> Format {
        self.number(figure_code("money", lang))
    }

    /// Numbers with the digits that a reader of the tables sees.
    pub fn kind(&self, kind: Kind, value: f64, lang: Lang) -> Format {
        self.number(&code(kind, value, lang))
    }

    /// The same with a mark behind them, which a note explains.
    pub fn marked(&self, kind: Kind, value: f64, mark: &str, lang: Lang) -> Format {
        self.number(&format!("{}\"{mark}\"", code(kind, value, lang)))
    }

    /// A probability that was estimated by simulation: the cell holds the share of the trials, and shows the bound
    /// where no trial, or every trial, was a hit.
    pub fn probability(&self, estimate: f64, interval: (f64, f64)) -> Format {
        let shown = number::chance(estimate, interval);
        if shown.contains(['<', '>']) {
            // the literal holds for this value only: whoever types another one sees that
            return self.number(&format!("[={estimate}]\"{shown}\";0.00%"));
        }
        self.number(&code(Kind::Probability, estimate, Lang::Zh))
    }
}

/// The number format in which the office shows what [`Kind::shown`] does.
fn code(kind: Kind, value: f64, lang: Lang) -> String {
    let shown = kind.shown(value, lang);
    let after = shown.split_once('.').map_or("", |(_, after)| after);
    let decimals = after.chars().take_while(char::is_ascii_digit).count();
    let point = if decimals > 0 { "." } else { "" };
    let zeros = "0".repeat(decimals);
    match kind {
        Kind::Year => "0".to_owned(),
        Kind::Probability | Kind::Share => format!("0{point}{zeros}%"),
        Kind::Points => format!("+0{point}{zeros};-0{point}{zeros};0"),
        Kind::PointsTo(_) => format!("+0{point}{zeros};-0{point}{zeros};0{point}{zeros}"),
        Kind::Money | Kind::Yuan(_) | Kind::Count | Kind::Decimal(_) => format!("#,##0{point}{zeros}"),
    }
}

/// The number format of a whole column of figures of a kind that a result document names.
pub fn figure_code(figure: &str, lang: Lang) -> &'static str {
    match (figure, lang) {
        ("share", _) => "0.00%",
        ("money", Lang::En) => MONEY_EN,
        _ => "#,##0.00",
    }
}

/// What a cell holds for `value` of this kind: differences of fractions stand in percentage points, money in the unit of the
/// language.
pub fn stored(kind: Kind, value: f64, lang: Lang) -> f64 {
    match kind {
        Kind::Money | Kind::Yuan(_) => number::in_unit(value, lang),
        Kind::Points | Kind::PointsTo(_) => value * 100.0,
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Lang, code, stored};

    #[test]
    fn formats_show_as_many_digits_as_the_tables() {
        for (kind, value, expected) in [
            (Kind::Money, 1830.4, "#,##0"),
            (Kind::Money, 46.2, "#,##0.0"),
            (Kind::Money, 0.35, "#,##0.00"),
            (Kind::Money, -0.35, "#,##0.00"),
            (Kind::Money, 0.0, "#,##0"),
            (Kind::Probability, 0.0031, "0.00%"),
            (Kind::Probability, 0.000031, "0.0000%"),
            (Kind::Probability, 0.432, "0.0%"),
            (Kind::Share, 0.123, "0.0%"),
            (Kind::Points, 0.012, "+0.00;-0.00;0"),
            (Kind::PointsTo(1), 0.0305, "+0.0;-0.0;0.0"),
            (Kind::Year, 2027.0, "0"),
            (Kind::Decimal(3), 1.5, "#,##0.000"),
        ] {
            assert_eq!(code(kind, value, Lang::Zh), expected, "{kind:?} {value}");
        }
        // a mark behind a number, which stays one
        let marked = super::Styles::new(Lang::Zh).marked(Kind::Share, 0.088, "*", Lang::Zh);
        assert_eq!(marked, super::Styles::new(Lang::Zh).number("0.0%\"*\""));
        // one digit more for a unit ten times as large
        assert_eq!(code(Kind::Money, 1830.4, Lang::En), "#,##0.0");
        assert_eq!(stored(Kind::Money, 1830.4, Lang::En), 1830.4 / 10.0);
        assert_eq!(stored(Kind::Money, 1830.4, Lang::Zh), 1830.4);
    }
}
