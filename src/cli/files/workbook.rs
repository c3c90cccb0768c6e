//! The cells of a sheet: from the bytes of an .xlsx workbook or a .csv file.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use calamine::{DataRef, Dimensions, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use encoding_rs::GB18030;

use super::encoding::{Foreign, decode};
use super::packed;
use super::read::{MAX_BYTES, ReadError, read_bytes};
use crate::diag::Layout;
use crate::scenario::tables::book::SheetName;
use crate::scenario::tables::grid::{CellKind, Grid, percent};
use crate::scenario::tables::lines::{self, MAX_CELLS};
use crate::text;
use crate::text::Text;

/// A table as it was read.
pub struct Table {
    /// The sheet, of a workbook.
    pub sheet: Option<String>,
    /// Its cells.
    pub grid: Grid,
}

type Book = Xlsx<Cursor<Vec<u8>>>;

/// The workbook that was read last: its sheets follow each other, and opening it anew for each would unpack and read all
/// texts of the book every time.
#[derive(Default)]
pub struct LastBook(Option<(PathBuf, Book)>);

/// Reads the CSV file `path`, or the sheet of the workbook `path`: the one named, else the first.
///
/// # Errors
/// What the planner has to know: no such file or sheet, not a table, too big, protected by a password.
pub fn read_table(path: &Path, sheet: Option<&str>, last: &mut LastBook) -> Result<Table, Text> {
    if let Some((_, book)) = last.0.as_mut().filter(|(known, _)| known == path) {
        return table_of(book, sheet);
    }
    let bytes = read_bytes(path, MAX_BYTES).map_err(|error| error.text())?;
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    match extension.to_lowercase().as_str() {
        "csv" if sheet.is_some() => {
            Err(text!("CSV 文件没有工作表，请删去 sheet", "a CSV file has no sheets: leave out `sheet`"))
        }
        "csv" => Ok(Table { sheet: None, grid: lines::read(&csv_text(path, bytes)?)? }),
        "xlsx" | "xlsm" => {
            let (_, book) = last.0.insert((path.to_owned(), open(bytes)?));
            table_of(book, sheet)
        }
        "xls" | "et" => Err(text!(
            "是旧式工作簿，请在 Excel 或 WPS 里另存为 .xlsx",
            "it is a workbook of an old format: save it as .xlsx"
        )),
        _ => Err(text!("表格只能是 .csv 或 .xlsx 文件", "a table is a .csv or .xlsx file")),
    }
}

fn table_of(book: &mut Book, sheet: Option<&str>) -> Result<Table, Text> {
    let sheet = choose(book, sheet)?;
    let grid = cells(book, &sheet)?;
    Ok(Table { sheet: Some(sheet), grid })
}

/// The sheets of the workbook `path`, in their order; charts and macros are none.
///
/// # Errors
/// As for [`read_table`].
pub fn sheets(path: &Path) -> Result<Vec<SheetName>, Text> {
    let bytes = read_bytes(path, MAX_BYTES).map_err(|error| error.text())?;
    let book = open(bytes)?;
    let sheets = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let hidden = |sheet: &calamine::Sheet| sheet.visible != SheetVisible::Visible;
    Ok(sheets.map(|sheet| SheetName { name: sheet.name.clone(), hidden: hidden(sheet) }).collect())
}

/// The text of a CSV file: UTF-8, or GBK as Excel saves “CSV（逗号分隔）” on Chinese Windows.
fn csv_text(path: &Path, bytes: Vec<u8>) -> Result<String, Text> {
    match decode(bytes.clone()) {
        Ok(text) => Ok(text),
        Err(Foreign::Gb18030) => Ok(GB18030.decode_without_bom_handling(&bytes).0.into_owned()),
        Err(found) => Err(ReadError::NotText { path: path.into(), found }.text()),
    }
}

fn open(bytes: Vec<u8>) -> Result<Book, Text> {
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(text!(
            "是旧式 .xls 工作簿，或者加了密码；请另存为不加密的 .xlsx",
            "it is a workbook of the old .xls format or protected by a password: save it as .xlsx without one"
        ));
    }
    if !packed::fits(&bytes) {
        let limit = packed::MAX_UNPACKED / (1024 * 1024);
        return Err(text!(
            "解压后超过 {limit} MB，不像是情景的表格；请检查文件是否选对",
            "it unpacks to more than {limit} MB, too much for a table of a scenario: check that it is the right one"
        ));
    }
    Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(&error))
}

fn damaged(error: &XlsxError) -> Text {
    match error {
        XlsxError::Password => text!(
            "工作簿加了密码，请另存为不加密的文件",
            "it is protected by a password: save it without one"
        ),
        _ => text!(
            "不是完好的 .xlsx 工作簿；请在 Excel 或 WPS 里打开并另存为 .xlsx",
            "it is no sound .xlsx workbook: open it and save it as .xlsx"
        ),
    }
}

/// The sheet called `wanted`, or the first worksheet, even if it is empty: charts and macros are none.
fn choose(book: &Book, wanted: Option<&str>) -> Result<String, Text> {
    let kinds = book.sheets_metadata().iter();
    let sheets: Vec<&str> =
        kinds.filter(|sheet| sheet.typ == SheetType::WorkSheet).map(|sheet| sheet.name.as_str()).collect();
    let found = match wanted {
        None => sheets.first(),
        Some(wanted) => sheets.iter().find(|name| name.trim() == wanted),
    };
    found.map(|name| (*name).to_owned()).ok_or_else(|| {
        let (zh, en) = (sheets.join("、"), sheets.join(", "));
        let wanted = wanted.unwrap_or_default();
        text!("没有名为“{wanted}”的工作表；有 {zh}", "it has no sheet `{wanted}`, but: {en}")
    })
}

fn cells(book: &mut Book, sheet: &str) -> Result<Grid, Text> {
    let mut grid = Grid::new(Layout::Sheet);
    let fault = |error: XlsxError| damaged(&error);
    let mut reader = book.worksheet_cells_reader(sheet).map_err(fault)?;
    let styles: Vec<bool> = reader.styles().iter().map(shows_percent).collect();
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(fault)? {
        let (row, column) = cell.get_position();
        let percentage = styles.get(style).copied().unwrap_or_default();
        if let Some((kind, text)) = content(cell.get_value(), percentage) {
            if grid.cells.len() >= MAX_CELLS {
                return Err(too_many());
            }
            grid.put(row + 1, column, kind, text);
        }
    }
    drop(reader);
    let mut reader = book.worksheet_cells_reader(sheet).map_err(fault)?;
    while let Some(cell) = reader.next_cell_with_formula().map_err(fault)? {
        if let (DataRef::Empty, Some(formula)) = (&cell.value, &cell.formula) {
            if grid.cells.len() >= MAX_CELLS {
                return Err(too_many());
            }
            let (row, column) = cell.pos;
            grid.put(row + 1, column, CellKind::Formula, format!("={formula}"));
        }
    }
    drop(reader);
    let merged = book.merge_cells_by_sheet_name(sheet).map_err(fault)?;
    let last = grid.cells.keys().map(|(row, _)| *row).max().unwrap_or_default();
    let widest = grid.cells.keys().map(|(_, column)| *column).max().unwrap_or_default();
    for range in &merged {
        mark(&mut grid, range, last, widest)?;
    }
    Ok(grid)
}

fn too_many() -> Text {
    text!(
        "单元格超过 {MAX_CELLS} 个，不像是情景的表格",
        "it has more than {MAX_CELLS} cells, too many for a table of a scenario"
    )
}

/// Marks the cells that are merged into the first one of `range`, as far as the sheet is filled.
fn mark(grid: &mut Grid, range: &Dimensions, last: u32, widest: u32) -> Result<(), Text> {
    use crate::scenario::tables::grid::letters;
    let ((top, left), (bottom, right)) = (range.start, range.end);
    let name = format!("{}{}:{}{}", letters(left), top + 1, letters(right), bottom + 1);
    for row in top + 1..=(bottom + 1).min(last) {
        for column in left..=right.min(widest) {
            if (row, column) == (top + 1, left) {
                continue;
            }
            // Two cells far apart make a small file of billions of merged ones.
            if grid.cells.len() >= MAX_CELLS {
                return Err(too_many());
            }
            grid.put(row, column, CellKind::Merged, name.clone());
        }
    }
    Ok(())
}

/// Whether cells of this style are shown in percent.
fn shows_percent(style: &calamine::Style) -> bool {
    let Some(format) = &style.number_format else { return false };
    let mut quoted = false;
    let mut percent = false;
    for c in format.format_code.chars() {
        match c {
            '"' => quoted = !quoted,
            '%' if !quoted => percent = true,
            _ => {}
        }
    }
    percent || matches!(format.format_id, Some(9 | 10))
}

/// What a cell holds; `None` if it is empty.
fn content(value: &DataRef<'_>, percentage: bool) -> Option<(CellKind, String)> {
    let words = |text: &str| {
        let text = text.trim();
        (!text.is_empty()).then(|| (CellKind::Text, text.to_owned()))
    };
    let number = |value: f64| match percentage {
        true => (CellKind::Percent, percent(value)),
        false => (CellKind::Number, format!("{value}")),
    };
    match value {
        DataRef::Empty => None,
        DataRef::String(text) => words(text),
        DataRef::SharedString(text) => words(text),
        DataRef::Int(value) => Some(number(*value as f64)),
        DataRef::Float(value) => Some(number(*value)),
        DataRef::Bool(flag) => Some((CellKind::Flag, flag.to_string())),
        DataRef::Error(error) => Some((CellKind::Error, error.to_string())),
        DataRef::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            Some((CellKind::Date, format!("{year:04}-{month:02}-{day:02}")))
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Some((CellKind::Date, text.clone())),
    }
}
