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
            let kind = if ERRORS.contains(&value) { CellKind::Error } else { CellKind::Text };
            grid.put(line, u32::try_from(column).unwrap_or(u32::MAX), kind, value);
        }
    }
    Ok(grid)
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
