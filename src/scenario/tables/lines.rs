//! The cells of a CSV file.

use super::grid::{CellKind, Grid};
use crate::diag::Layout;
use crate::text;
use crate::text::Text;

/// Cells beyond which a file is no table of a scenario: those of a hundred thousand rows.
pub const MAX_CELLS: usize = 1_500_000;

/// Texts by which spreadsheets write an error into a CSV file.
const ERRORS: [&str; 8] = ["#N/A", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!"];

/// The cells of the CSV file `text`, separated by commas.
///
/// # Errors
/// A file that is separated by something else, or has more than [`MAX_CELLS`] cells.
pub fn read(text: &str) -> Result<Grid, Text> {
    let head = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if !head.contains(',')
        && let Some(separator) = ['\t', ';', '，', '；'].into_iter().find(|c| head.contains(*c))
    {
        let (zh, en) = match separator {
            '\t' => ("制表符", "tabs".to_owned()),
            ';' => ("分号", "semicolons".to_owned()),
            _ => ("全角标点", format!("`{separator}`")),
        };
        return Err(text!(
            "各列之间用的是{zh}，应当用英文逗号；在 Excel 或 WPS 里另存为“CSV UTF-8（逗号分隔）”",
            "its columns are separated by {en} and not by commas; save it as CSV UTF-8 (comma delimited)"
        ));
    }
    // as old Macintoshes end their lines
    let is_one_line = !text.contains('\n') && text.contains('\r');
    let text = &if is_one_line { text.replace('\r', "\n") } else { text.to_owned() };
    let mut grid = Grid::new(Layout::Lines);
    let mut reader = Reader { rest: text, line: 1 };
    while let Some((line, cells)) = reader.record()? {
        for (column, value) in cells.iter().enumerate() {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            if grid.cells.len() >= MAX_CELLS {
                return Err(text!(
                    "单元格超过 {MAX_CELLS} 个，不像是情景的表格",
                    "it has more than {MAX_CELLS} cells, too many for a table of a scenario"
                ));
            }
            let kind = match value {
                error if ERRORS.contains(&error) => CellKind::Error,
                date if is_date(date) => CellKind::Date,
                _ => CellKind::Text,
            };
            grid.put(line, u32::try_from(column).unwrap_or(u32::MAX), kind, value);
        }
    }
    Ok(grid)
}

/// Whether a spreadsheet has written a date, such as `2024-05-01`, `2024/5/1` or `5月1日`: three whole numbers of which the
/// first is a year, or a month and a day.
fn is_date(text: &str) -> bool {
    let day = |month: &str, day: &str| {
        let within = |text: &str, most: u32| {
            text.len() <= 2 && text.parse().is_ok_and(|n: u32| (1..=most).contains(&n))
        };
        within(month, 12) && within(day, 31)
    };
    let year = |text: &str| text.len() == 4 && text.chars().all(|c| c.is_ascii_digit());
    let chinese = text.strip_suffix('日').map(|text| text.split(['年', '月']).collect::<Vec<_>>());
    let parts = chinese.unwrap_or_else(|| {
        let separator = if text.contains('/') { '/' } else { '-' };
        let parts: Vec<&str> = text.split(separator).collect();
        if parts.len() == 3 { parts } else { Vec::new() }
    });
    match parts[..] {
        [month, of_month] => day(month, of_month),
        [of_year, month, of_month] => year(of_year) && day(month, of_month),
        _ => false,
    }
}

/// Records one after the other, each with the line on which it begins: the csv crate counts no lines within `\r\n`
/// and blank lines, and faults must name the line.
struct Reader<'t> {
    rest: &'t str,
    line: u32,
}

impl Reader<'_> {
    /// The next record and its line; `None` at the end.
    fn record(&mut self) -> Result<Option<(u32, Vec<String>)>, Text> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let start = self.line;
        let mut cells = Vec::new();
        loop {
            cells.push(self.cell()?);
            let mut chars = self.rest.chars();
            let next = chars.next();
            self.rest = chars.as_str();
            if next != Some(',') {
                self.line += 1;
                return Ok(Some((start, cells)));
            }
        }
    }

    /// The text up to the next comma or line end, which stays.
    fn cell(&mut self) -> Result<String, Text> {
        let end = |c: char| c == ',' || c == '\n';
        let trimmed = self.rest.trim_start_matches([' ', '\t']);
        let Some(quoted) = trimmed.strip_prefix('"') else {
            let (cell, rest) = self.rest.split_at(self.rest.find(end).unwrap_or(self.rest.len()));
            self.rest = rest;
            return Ok(cell.to_owned());
        };
        let (mut cell, mut rest, first) = (String::new(), quoted, self.line);
        loop {
            let Some((inside, behind)) = rest.split_once('"') else {
                return Err(text!(
                    "第 {first} 行有一个没有收尾的英文双引号",
                    "a double quote on line {first} is never closed"
                ));
            };
            cell.push_str(inside);
            self.line += u32::try_from(inside.matches('\n').count()).unwrap_or_default();
            match behind.strip_prefix('"') {
                Some(more) => {
                    cell.push('"');
                    rest = more;
                }
                None => {
                    let (left, rest) = behind.split_at(behind.find(end).unwrap_or(behind.len()));
                    cell.push_str(left.trim_end());
                    self.rest = rest;
                    return Ok(cell);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_lines_also_behind_cells_with_line_ends() {
        let grid =
            read("名称,营业收入（亿元）\r\n\"甲\n公司\",\"1,250\"\r\n\r\n乙,#N/A\r\n").expect("a table");
        let cells: Vec<_> = grid.cells.values().map(|c| (c.row, c.column, c.text.as_str())).collect();
        let expected = [
            (1, 0, "名称"),
            (1, 1, "营业收入（亿元）"),
            (2, 0, "甲\n公司"),
            (2, 1, "1,250"),
            (5, 0, "乙"),
            (5, 1, "#N/A"),
        ];
        assert_eq!(cells, expected);
        assert_eq!(grid.cells[&(5, 1)].kind, CellKind::Error);
    }

    #[test]
    fn dates_are_told_from_numbers_and_ranges() {
        for date in ["2024-05-01", "2024/5/1", "5月1日", "2024年5月1日"] {
            let grid = read(&format!("a,{date}")).expect("a table");
            assert_eq!(grid.cells[&(1, 1)].kind, CellKind::Date, "{date}");
        }
        for other in ["2025-2027", "1-5", "2024-13-01", "30~50", "-5", "1/2", "2024年", "13月1日", "a-b-c"]
        {
            let grid = read(&format!("a,{other}")).expect("a table");
            assert_eq!(grid.cells[&(1, 1)].kind, CellKind::Text, "{other}");
        }
    }

    #[test]
    fn lines_may_end_as_on_old_macintoshes() {
        let grid = read("名称,营业收入（亿元）\r甲厂,87\r乙厂,12\r").expect("a table");
        let texts: Vec<_> = grid.cells.values().map(|cell| (cell.row, cell.text.as_str())).collect();
        assert_eq!(
            texts,
            [(1, "名称"), (1, "营业收入（亿元）"), (2, "甲厂"), (2, "87"), (3, "乙厂"), (3, "12")]
        );
    }

    #[test]
    fn quotes_are_closed_or_the_line_is_named() {
        let grid = read("a,\"x \"\"y\"\"\" ,z\n1,\"2").map_err(|fault| fault.zh);
        assert_eq!(grid, Err("第 2 行有一个没有收尾的英文双引号".to_owned()));
        let grid = read("a, \"x \"\"y\"\"\" ,z").expect("a table");
        assert_eq!(grid.cells[&(1, 1)].text, "x \"y\"");
        assert_eq!(grid.cells[&(1, 2)].text, "z");
    }

    #[test]
    fn other_separators_are_named() {
        assert!(read("名称\t收入\n").is_err_and(|fault| fault.zh.contains("制表符")));
        assert!(read("名称；收入\n").is_err_and(|fault| fault.zh.contains("全角")));
    }
}
