//! What a document is made of: headings, paragraphs, tables and pictures, as true elements that the office can edit.

use docx_rs::{
    AlignmentType, BorderType, BreakType, Docx, Footer, PageNum, Paragraph, Pic, Run, SpecialIndentType,
    Table, TableAlignmentType, TableBorder, TableBorderPosition, TableBorders, TableCell, TableLayoutType,
    TableRow, VAlignType, WidthType,
};

use super::layout::{self, BODY, BODY_EN, CAPTION, CELL, LEADING, LEADING_EN, NOTE, TEXT, TITLE};
use super::measure::Face;
use super::{columns, say};
use crate::report::briefing::{Cell, DataTable, Figure};
use crate::report::chart::svg;
use crate::report::wrap::printable;
use crate::text;
use crate::text::{Lang, Text};

/// Pixels across a picture: about 260 an inch on paper.
const PIXELS: u32 = 1600;
/// English Metric Units in a point.
const EMU: f64 = 12_700.0;

/// A part of the document.
pub enum Block<'a> {
    /// A paragraph in a style.
    Words {
        /// Identifier of the style.
        style: &'static str,
        /// What it says.
        text: String,
    },
    /// A table under its caption.
    Table {
        /// Number and title.
        caption: String,
        /// Heads, rows and notes.
        table: DataTable,
    },
    /// A picture above its caption.
    Picture {
        /// Number and title.
        caption: String,
        /// The chart.
        figure: &'a Figure,
        /// Largest height in points.
        height: f64,
    },
}

impl Block<'_> {
    /// Heights on paper in points, estimated on the safe side, of the pieces that a page may end between: a paragraph never
    /// leaves a single line behind, and only long tables may go on overleaf.
    pub fn pieces(&self, lang: Lang) -> Vec<f64> {
        let note = |text: &str| 13.0 * Face::plain(NOTE, lang).lines(text, TEXT, 0.0) as f64 + 4.0;
        match self {
            Self::Words { style: "Title", text } => {
                let lines =
                    Face::head(if lang == Lang::Zh { TITLE } else { 20.0 }, lang).lines(text, TEXT, 0.0);
                vec![36.0 * lines as f64 + 10.0]
            }
            Self::Words { style: "Subtitle", text } => {
                vec![20.0 * Face::plain(CAPTION, lang).lines(text, TEXT, 0.0) as f64 + 10.0]
            }
            Self::Words { style: "Note", text } => vec![note(text)],
            Self::Words { style, text } => {
                let heading = *style == "Heading1";
                let (leading, face, after) = match lang {
                    Lang::Zh => (LEADING, Face::plain(BODY, lang), 0.0),
                    Lang::En if heading => (LEADING_EN, Face::head(14.0, lang), 14.0),
                    Lang::En => (LEADING_EN, Face::plain(BODY_EN, lang), 6.0),
                };
                let indent = if lang == Lang::Zh { 2.0 * face.size } else { 0.0 };
                let lines = face.lines(text, TEXT, indent);
                let mut all = if lines > 3 {
                    let mut all = vec![leading; lines - 2];
                    all[0] += leading;
                    if let Some(last) = all.last_mut() {
                        *last += leading;
                    }
                    all
                } else {
                    vec![leading * lines as f64]
                };
                if let Some(last) = all.last_mut() {
                    *last += after;
                }
                all
            }
            Self::Table { caption, table } => {
                let widths = columns::widths(table, lang);
                let plain = Face::plain(layout::table(table.rows.len(), lang).size, lang);
                let head = head_height(table, &widths, lang);
                let rows = table.rows.iter().map(|cells| {
                    let cells: Vec<String> = cells.iter().map(|cell| cell.shown(lang)).collect();
                    row_height(table, &widths, plain, &cells)
                });
                let mut all: Vec<f64> = rows.collect();
                let notes: f64 = table.notes.iter().map(|text| note(text)).sum();
                if let Some(first) = all.first_mut() {
                    *first += caption_height(caption, lang) + head;
                }
                if let Some(last) = all.last_mut() {
                    *last += notes;
                }
                if table.rows.len() <= layout::WHOLE {
                    return vec![all.iter().sum()];
                }
                // neither the first row nor the last stands alone on a page
                let second = all.remove(1);
                all[0] += second;
                let last = all.pop().unwrap_or_default();
                if let Some(before) = all.last_mut() {
                    *before += last;
                }
                all
            }
            Self::Picture { caption, figure, height } => {
                vec![size(figure, *height).1 + 6.0 + caption_height(caption, lang)]
            }
        }
    }

    /// Height of what stands again on every further page that it takes: the heads of a table.
    pub fn repeated(&self, lang: Lang) -> f64 {
        match self {
            Self::Table { table, .. } => head_height(table, &columns::widths(table, lang), lang),
            _ => 0.0,
        }
    }

    /// The document with this part at its end; captions and descriptions of pictures are added to `pictures`.
    pub fn add_to(
        self,
        document: Docx,
        lang: Lang,
        pictures: &mut Vec<(String, String)>,
    ) -> Result<Docx, Text> {
        Ok(match self {
            Self::Words { style, text } => document.add_paragraph(words(style, &text)),
            Self::Table { caption, table } => {
                let document = document.add_paragraph(words("Caption", &caption).keep_next(true));
                let document = document.add_table(element(&table, lang));
                table
                    .notes
                    .iter()
                    .fold(document, |document, note| document.add_paragraph(words("Note", note)))
            }
            Self::Picture { caption, figure, height } => {
                let png = svg::to_png(&figure.drawing.svg, PIXELS).map_err(|error| {
                    let (title, Text { zh, en }) = (&figure.title, error.text());
                    text!(
                        "图“{title}”放不进文档：{zh}",
                        "chart \"{title}\" does not go into the document: {en}"
                    )
                })?;
                let (width, height) = size(figure, height);
                let emu = |points: f64| (points * EMU).round() as u32;
                let picture = Pic::new_with_dimensions(png, PIXELS, PIXELS)
                    .id(format!("rIdImage{}", pictures.len() + 1))
                    .size(emu(width), emu(height));
                pictures.push((
                    caption.clone(),
                    format!("{}{}{}", figure.title, say(lang, "。", ". "), figure.caption),
                ));
                let paragraph = Paragraph::new().style("Picture").add_run(Run::new().add_image(picture));
                document.add_paragraph(paragraph).add_paragraph(words("Caption", &caption))
            }
        })
    }
}

/// Height of the heads of a table in points.
fn head_height(table: &DataTable, widths: &[usize], lang: Lang) -> f64 {
    let heads: Vec<String> = table.columns.iter().map(|column| column.full_head(lang)).collect();
    let face = Face::head(layout::table(table.rows.len(), lang).size, lang);
    row_height(table, widths, face, &heads)
}

/// Height of a row of a table in points.
fn row_height(table: &DataTable, widths: &[usize], face: Face, cells: &[String]) -> f64 {
    let kind = layout::table(table.rows.len(), face.lang);
    // where a line may end differs between offices by a character
    let doubt = if face.lang == Lang::Zh { 0.5 * kind.size } else { 0.0 };
    let fits = |(text, width): (&String, &usize)| {
        let width = *width as f64 / 20.0 - CELL;
        let narrow = if face.width(text) > width { width - doubt } else { width };
        face.lines(text, narrow.max(1.0), 0.0)
    };
    let most = cells.iter().zip(widths).map(fits).max().unwrap_or(1);
    most as f64 * kind.leading + 3.0
}

/// Width and height of a picture in points: as wide as the text, but not higher than allowed.
fn size(figure: &Figure, height: f64) -> (f64, f64) {
    let (width, full) = figure.drawing.size;
    let scale = (TEXT / width).min(height / full);
    (width * scale, full * scale)
}

fn caption_height(caption: &str, lang: Lang) -> f64 {
    10.0 + 18.0 * Face::head(CAPTION, lang).lines(caption, TEXT, 0.0) as f64
}

fn words(style: &str, text: &str) -> Paragraph {
    let mut run = Run::new();
    for (index, line) in text.lines().enumerate() {
        if index > 0 {
            run = run.add_break(BreakType::TextWrapping);
        }
        run = run.add_text(printable(line));
    }
    Paragraph::new().style(style).add_run(run)
}

/// The table: lines between rows only, heads repeated, rows kept whole.
fn element(table: &DataTable, lang: Lang) -> Table {
    let widths = columns::widths(table, lang);
    let kind = layout::table(table.rows.len(), lang);
    let cell = |text: &str, index: usize, style: &str, keep: bool| {
        let small = if kind.is_small { format!("{style}Small") } else { style.to_owned() };
        let numeric = table.columns.get(index).is_some_and(|column| column.numeric);
        let align = if numeric { AlignmentType::Right } else { AlignmentType::Left };
        let width = widths.get(index).copied().unwrap_or_default();
        TableCell::new()
            .width(width, WidthType::Dxa)
            .vertical_align(VAlignType::Center)
            .add_paragraph(words(&small, text).align(align).keep_next(keep))
    };
    let heads = table
        .columns
        .iter()
        .enumerate()
        .map(|(index, column)| cell(&column.full_head(lang), index, "TableHead", true));
    let mut rows = vec![TableRow::new(heads.collect()).cant_split()];
    for (number, row) in table.rows.iter().enumerate() {
        // each row holds on to the next, and the last one to the notes: only a long table spreads over two pages
        let is_last = number + 1 == table.rows.len();
        let at_an_end = number == 0 || number + 2 == table.rows.len();
        let keep =
            if is_last { !table.notes.is_empty() } else { at_an_end || table.rows.len() <= layout::WHOLE };
        let cells = row
            .iter()
            .enumerate()
            .map(|(index, found): (usize, &Cell)| cell(&found.shown(lang), index, "TableText", keep));
        rows.push(TableRow::new(cells.collect()).cant_split());
    }
    let line = |position, size| {
        TableBorder::new(position).size(size).color("1F2933").border_type(BorderType::Single)
    };
    let borders = TableBorders::with_empty()
        .set(line(TableBorderPosition::Top, 12))
        .set(line(TableBorderPosition::Bottom, 12))
        .set(line(TableBorderPosition::InsideH, 4).color("9AA5B1"));
    Table::new(rows)
        .set_grid(widths.clone())
        .layout(TableLayoutType::Fixed)
        .width(widths.iter().sum(), WidthType::Dxa)
        .align(TableAlignmentType::Center)
        .set_borders(borders)
}

/// The page number between dashes: on odd pages at the right, on even ones at the left, one character from the edge.
pub fn footer(lang: Lang, odd: bool) -> Footer {
    let dash = say(lang, "—", "–");
    let paragraph = Paragraph::new().style("Footer");
    let paragraph = if odd {
        paragraph.align(AlignmentType::Right).indent(None, None, Some(280), None)
    } else {
        paragraph.align(AlignmentType::Left).indent(Some(280), None::<SpecialIndentType>, None, None)
    };
    let paragraph = paragraph
        .add_run(Run::new().add_text(format!("{dash} ")))
        .add_page_num(PageNum::new())
        .add_run(Run::new().add_text(format!(" {dash}")));
    Footer::new().add_paragraph(paragraph)
}
