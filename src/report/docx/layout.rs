//! Sizes of the page and of the type, as GB/T 9704-2012 sets them.

use crate::text::Lang;

/// Twentieths of a point in a millimetre: what the format calls a twip.
const MM: f64 = 1440.0 / 25.4;

/// A4, in twips.
pub const PAGE: (u32, u32) = (11_906, 16_838);
/// 天头 37 mm.
pub const MARGIN_TOP: i32 = (37.0 * MM) as i32;
/// The type area is 156 mm × 225 mm, which leaves 35 mm below.
pub const MARGIN_BOTTOM: i32 = (35.0 * MM) as i32;
/// 订口 28 mm.
pub const MARGIN_LEFT: i32 = (28.0 * MM) as i32;
/// The rest of the width.
pub const MARGIN_RIGHT: i32 = (26.0 * MM) as i32;
/// Nothing stands there.
pub const HEADER: i32 = (15.0 * MM) as i32;
/// Page numbers stand 7 mm below the type area.
pub const FOOTER: i32 = (23.0 * MM) as i32;

/// Points in a millimetre.
const POINTS: f64 = 72.0 / 25.4;
/// Height of the type area in points.
pub const HEIGHT: f64 = 225.0 * POINTS;
/// Width of the type area in points: 28 characters of 三号, less a little.
pub const TEXT: f64 = 156.0 * POINTS;
/// What the margins of a table's cell take of its width, in points.
pub const CELL: f64 = 7.0;
/// Distance of the lines of the text in points.
pub const LEADING: f64 = 28.0;
/// The same in English, whose text is smaller and for which no standard of official papers holds.
pub const LEADING_EN: f64 = 15.5;

/// 二号.
pub const TITLE: f64 = 22.0;
/// 三号.
pub const BODY: f64 = 16.0;
/// Size of the English text.
pub const BODY_EN: f64 = 11.5;
/// 小四.
pub const CAPTION: f64 = 12.0;
/// 四号, of page numbers.
pub const FOOT: f64 = 14.0;
/// 小五, below tables.
pub const NOTE: f64 = 9.0;

/// Most pages of the document.
pub const PAGES: f64 = 4.0;

/// Tables with more rows than this are set smaller: the rows of a shorter one would gain no legibility and cost a page.
pub const ROWS: usize = 1;
/// Tables with more rows than this may go on overleaf.
pub const WHOLE: usize = 3;

/// The type of a table.
#[derive(Clone, Copy)]
pub struct TableType {
    /// Size in points.
    pub size: f64,
    /// Distance of the lines in points.
    pub leading: f64,
    /// Whether it is that of long tables.
    pub is_small: bool,
}

/// The type of a table of so many rows: 五号, of long ones 小五; smaller in English, whose names are longer.
pub fn table(rows: usize, lang: Lang) -> TableType {
    let is_small = rows > ROWS;
    let (size, leading) = match (lang, is_small) {
        (Lang::Zh, false) => (10.5, 15.0),
        (Lang::Zh, true) => (9.0, 12.5),
        (Lang::En, false) => (9.5, 13.0),
        (Lang::En, true) => (8.5, 11.5),
    };
    TableType { size, leading, is_small }
}
