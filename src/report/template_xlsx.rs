//! The workbook that `new --xlsx` writes: one sheet for each kind of rows, heads with units and explanations, example rows.

use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Note, Workbook,
    Worksheet, XlsxError,
};

mod content;
mod notes;

use crate::scenario::parameters;
use crate::scenario::tables::book::{SETTINGS, SETTINGS_SHEET, SOURCE_COLUMNS, SOURCES_SHEET};
use crate::scenario::tables::{counted, heads, instruments};
use crate::text;
use crate::text::{Lang, Text};
use content::{Column, SETTING_VALUES, SHEETS, SOURCE_ROWS, SheetContent};

/// Sheets of more columns have narrow ones, and are printed on two pages side by side.
const BROAD: usize = 12;

/// Rows for which lists of choices are offered.
const LISTED: u32 = 500;

/// The workbook; the same bytes for the same language, always. `import` reads it as it is.
///
/// # Errors
/// The reason in both languages, if the workbook cannot be made.
pub fn write(lang: Lang) -> Result<Vec<u8>, Text> {
    workbook(lang).map_err(|error| text!("工作簿无法生成：{error}", "the workbook cannot be made: {error}"))
}

struct Styles {
    title: Format,
    head: Format,
    cell: Format,
    wide: Format,
    remark: Format,
}

impl Styles {
    fn new(lang: Lang) -> Self {
        let font = if lang == Lang::Zh { "微软雅黑" } else { "Arial" };
        let base = Format::new().set_font_name(font).set_font_size(11);
        let framed = base.clone().set_border(FormatBorder::Thin).set_border_color(Color::RGB(0xC5_CB_D3));
        Self {
            title: base.clone().set_bold().set_font_color(Color::RGB(0x1F_29_33)),
            head: framed
                .clone()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(Color::RGB(0xDC_E8_F4)),
            cell: framed.clone().set_background_color(Color::RGB(0xFF_FB_E6)),
            wide: framed
                .set_text_wrap()
                .set_align(FormatAlign::Left)
                .set_align(FormatAlign::Top)
                .set_background_color(Color::RGB(0xFF_FB_E6)),
            remark: base.set_font_color(Color::RGB(0x61_6E_7C)).set_text_wrap().set_align(FormatAlign::Top),
        }
    }
}

fn workbook(lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let styles = Styles::new(lang);
    let title = text!("情景填报表", "Workbook for a scenario");
    let mut book = Workbook::new();
    // The time of writing would make every file another one.
    let fixed = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(
        &DocProperties::new()
            .set_title(title.get(lang))
            .set_author("clustercast")
            .set_creation_datetime(&fixed),
    );
    settings(book.add_worksheet(), &styles, lang)?;
    sources(book.add_worksheet(), &styles, lang)?;
    for content in SHEETS {
        rows(book.add_worksheet(), content, &styles, lang)?;
    }
    let columns = [0, 0].into_iter().chain(SHEETS.iter().map(|content| content.columns.len()));
    for (sheet, columns) in book.worksheets_mut().iter_mut().zip(columns) {
        // on one page the letters of so many columns could not be read; identifier and name stand on each
        let across = if columns > BROAD { 2 } else { 1 };
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(across, 0);
        if across > 1 {
            sheet.set_repeat_columns(0, 1)?.set_repeat_rows(1, 1)?;
        }
    }
    book.save_to_buffer()
}

fn pick((zh, en): (&'static str, &'static str), lang: Lang) -> &'static str {
    if lang == Lang::Zh { zh } else { en }
}

/// Writes a text, or a number where the text is one.
fn put(sheet: &mut Worksheet, row: u32, column: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
    match text.parse::<f64>() {
        Ok(number) => sheet.write_number_with_format(row, column, number, format)?,
        Err(_) => sheet.write_string_with_format(row, column, text, format)?,
    };
    Ok(())
}

fn settings(sheet: &mut Worksheet, styles: &Styles, lang: Lang) -> Result<(), XlsxError> {
    sheet.set_name(pick(SETTINGS_SHEET, lang))?;
    let heads = text!("项目|内容|出处|依据等级|说明", "Item|Value|Source|Grade|Meaning");
    for (column, head) in (0..).zip(heads.get(lang).split('|')) {
        sheet.write_string_with_format(0, column, head, &styles.head)?;
    }
    for (row, (key, zh, en)) in (1..).zip(SETTINGS) {
        let Some(value) = SETTING_VALUES.iter().find(|value| value.key == *key) else { continue };
        let label = format!("{}{}", pick((zh, en), lang), brackets(value.unit, lang));
        sheet.write_string_with_format(row, 0, &label, &styles.head)?;
        put(sheet, row, 1, pick(value.example, lang), &styles.wide)?;
        put(sheet, row, 2, value.source, &styles.cell)?;
        let grade = if value.source.is_empty() { "" } else { pick(("假设", "assumption"), lang) };
        put(sheet, row, 3, grade, &styles.cell)?;
        let pattern = match key.split_once('.') {
            Some(("province", rest)) => format!("province[].{rest}"),
            Some(("measures", _)) => "measures.*.name".to_owned(),
            _ => (*key).to_owned(),
        };
        sheet.write_string_with_format(row, 4, meaning(&pattern, lang), &styles.remark)?;
    }
    let last = u32::try_from(SETTINGS.len()).unwrap_or_default();
    grades(sheet, 1, last, 3, lang)?;
    let after = last + 2;
    for (row, remark) in (after..).zip(content::REMARKS) {
        sheet.write_string_with_format(row, 4, pick(*remark, lang), &styles.remark)?;
    }
    for (column, width) in [(0, 24), (1, 40), (2, 18), (3, 12), (4, 72)] {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(1, 1)?;
    Ok(())
}

fn sources(sheet: &mut Worksheet, styles: &Styles, lang: Lang) -> Result<(), XlsxError> {
    sheet.set_name(pick(SOURCES_SHEET, lang))?;
    let title = text!(
        "资料来源：每行一份资料；其他表的“出处”写这里的编号，空一格再写章节",
        "Sources: one document a row; the column `source` of other sheets begins with an id of these"
    );
    sheet.write_string_with_format(0, 0, title.get(lang), &styles.title)?;
    for (column, (_, zh, en)) in (0..).zip(SOURCE_COLUMNS) {
        sheet.write_string_with_format(1, column, pick((zh, en), lang), &styles.head)?;
        sheet.set_column_width(column, if column == 1 { 50 } else { 18 })?;
    }
    for (row, source) in (2..).zip(SOURCE_ROWS) {
        for (column, text) in (0..).zip([source.0, pick(source.1, lang), source.2, pick(source.3, lang)]) {
            sheet.write_string_with_format(row, column, text, &styles.cell)?;
        }
    }
    sheet.set_freeze_panes(2, 0)?;
    Ok(())
}

fn rows(sheet: &mut Worksheet, content: &SheetContent, styles: &Styles, lang: Lang) -> Result<(), XlsxError> {
    let Some(kind) = heads::rows(content.holds) else { return Ok(()) };
    sheet.set_name(pick((kind.zh, kind.en), lang))?;
    sheet.write_string_with_format(0, 0, pick(content.title, lang), &styles.title)?;
    sheet.set_row_height(1, 34)?;
    for (place, column) in (0..).zip(content.columns) {
        let head = head(kind, column, lang);
        sheet.write_string_with_format(1, place, &head, &styles.head)?;
        let pattern = format!("{}.{}", kind.pattern(), column.key.split(':').next().unwrap_or(column.key));
        let remark = meaning(&pattern, lang);
        if !remark.is_empty() {
            let note = Note::new(remark).add_author_prefix(false).set_author("clustercast");
            sheet.insert_note(1, place, &note.set_width(320).set_height(90))?;
        }
        let wide = |text: &str| text.chars().map(|c| if c.is_ascii() { 1.0 } else { 2.0 }).sum::<f64>();
        let examples = column.examples.iter().map(|example| wide(pick(*example, lang)) + 1.0);
        let widest = examples.fold(0.0, f64::max);
        // a sheet of many columns has heads of two lines, so that it can be seen as a whole
        let (least, most) = if content.columns.len() > BROAD { (9.0, 14.0) } else { (12.0, 24.0) };
        sheet.set_column_width(place, wide(&head).clamp(least, most).max(widest.min(24.0)))?;
        if column.key == "grade" {
            grades(sheet, 2, LISTED, place, lang)?;
        }
        if column.key == "entry" {
            let names: Vec<&str> = instruments::kinds().map(|kind| kind.name.get(lang)).collect();
            list(sheet, 2, LISTED, place, &names)?;
        }
        if column.key == heads::COUNTED {
            let kinds: Vec<&str> = counted::KINDS.iter().map(|(zh, en, _)| pick((zh, en), lang)).collect();
            list(sheet, 2, LISTED, place, &kinds)?;
        }
        if matches!(column.key, "outside" | "remainder") {
            list(sheet, 2, LISTED, place, &[pick(("是", "yes"), lang), pick(("否", "no"), lang)])?;
        }
        for (row, example) in (2..).zip(column.examples) {
            put(sheet, row, place, pick(*example, lang), &styles.cell)?;
        }
    }
    sheet.set_freeze_panes(2, 1)?;
    Ok(())
}

/// The head of a column: its word, the part behind it, the unit.
fn head(kind: &heads::Rows, column: &Column, lang: Lang) -> String {
    let (key, part) = column.key.split_once(':').map_or((column.key, None), |(key, part)| (key, Some(part)));
    let found = kind.all().find(|head| head.key == key);
    let word = found.map_or(key, |head| match lang {
        Lang::Zh => head.zh.first().copied().unwrap_or(key),
        Lang::En => head.en,
    });
    let part = part.and_then(|part| part.split_once('|')).map(|parts| pick(parts, lang));
    let part = part.map(|part| format!("·{part}")).unwrap_or_default();
    format!("{word}{part}{}", brackets(column.unit, lang))
}

/// A unit behind a head. English counts money in billion yuan (docs/decisions/0039): its examples are in that unit.
fn brackets(unit: &str, lang: Lang) -> String {
    match (unit, lang) {
        ("", _) | ("倍" | "个", Lang::En) => String::new(),
        ("亿元", Lang::En) => " (billion yuan)".to_owned(),
        ("个百分点", Lang::En) => " (pp)".to_owned(),
        (unit, Lang::Zh) => format!("（{unit}）"),
        (unit, Lang::En) => format!(" ({unit})"),
    }
}

/// What a key means, as `explain` tells it.
fn meaning(pattern: &str, lang: Lang) -> String {
    if let Some(note) = notes::note(pattern) {
        return note.get(lang).to_owned();
    }
    let found = parameters::param(pattern);
    found.map_or_else(String::new, |row| match lang {
        Lang::Zh => row.meaning_zh.to_owned(),
        Lang::En => row.meaning_en.to_owned(),
    })
}

fn grades(sheet: &mut Worksheet, first: u32, last: u32, column: u16, lang: Lang) -> Result<(), XlsxError> {
    let words = match lang {
        Lang::Zh => ["官方", "推算", "文献", "假设"],
        Lang::En => ["official", "derived", "literature", "assumption"],
    };
    list(sheet, first, last, column, &words)
}

fn list(sheet: &mut Worksheet, first: u32, last: u32, column: u16, words: &[&str]) -> Result<(), XlsxError> {
    let validation = DataValidation::new().allow_list_strings(words)?;
    sheet.add_data_validation(first, column, last, column, &validation)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_bytes_come_twice_and_every_key_exists() {
        for lang in [Lang::Zh, Lang::En] {
            assert_eq!(write(lang).expect("a workbook"), write(lang).expect("a workbook"));
        }
        for content in SHEETS {
            let kind = heads::rows(content.holds).expect("a kind of rows");
            for column in content.columns {
                let key = column.key.split(':').next().unwrap_or_default();
                assert!(kind.all().any(|head| head.key == key), "{}: {key}", content.holds);
                assert_eq!(
                    column.examples.len(),
                    content.columns[0].examples.len(),
                    "{}: {key}",
                    content.holds
                );
            }
        }
        assert_eq!(SETTINGS.len(), SETTING_VALUES.len());
    }
}
