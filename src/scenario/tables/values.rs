//! Cells as values of a key.

use super::columns::is_money;
use super::grid::{Cell, CellKind};
use super::shares;
use crate::diag::{Diagnostic, Span, codes};
use crate::scenario::catalogue;
use crate::scenario::class;
use crate::scenario::node::{Node, Value};
use crate::scenario::parameters::{Kind, Param};
use crate::scenario::provenance::Grade;
use crate::text;
use crate::text::Text;
use crate::units::{self, UnitError, UnitKind};

/// Words for `true` and `false`.
const FLAGS: [(&str, bool); 12] = [
    ("是", true),
    ("有", true),
    ("√", true),
    ("true", true),
    ("yes", true),
    ("TRUE", true),
    ("否", false),
    ("无", false),
    ("×", false),
    ("false", false),
    ("no", false),
    ("FALSE", false),
];

/// Chinese words for choices of the format; the first of a choice is its name.
pub(super) const CHOICES: [(&str, &str); 4] =
    [("帕累托", "pareto"), ("幂律", "pareto"), ("对数正态", "lognormal"), ("对数正态分布", "lognormal")];

/// Grades as drop-down lists offer them, the best founded first.
pub const GRADE_WORDS: [(&str, Grade); 4] = [
    ("官方", Grade::Official),
    ("推算", Grade::Derived),
    ("文献", Grade::Literature),
    ("假设", Grade::Assumption),
];

/// Chinese words for grades besides their names.
const GRADES: [(&str, Grade); 4] = [
    ("官方数据", Grade::Official),
    ("推算值", Grade::Derived),
    ("假定", Grade::Assumption),
    ("估计", Grade::Assumption),
];

/// The value of a cell, in the form in which a scenario file would state it.
///
/// # Errors
/// A cell that cannot be used as the key's value whatever its text, or that lacks a unit.
pub fn value(cell: &Cell, param: Option<&Param>, unit: Option<&str>) -> Result<Value, Box<Diagnostic>> {
    unusable(cell)?;
    let Some(param) = param else { return Ok(Value::String(words(cell))) };
    match param.kind {
        Kind::Quantity(kind) | Kind::QuantityOrYears(kind) => {
            Ok(shares::bounded(quantity(cell, kind, unit)?, param, kind, cell.span))
        }
        Kind::Count | Kind::Delay | Kind::Year => Ok(match (cell.kind, cell.text.parse::<f64>()) {
            (CellKind::Number, Ok(number)) => whole(number),
            _ => Value::String(cell.text.clone()),
        }),
        Kind::YearPair => Ok(years(cell)),
        Kind::Flag => flag(cell),
        // what is no instrument of the catalogue stays, for the check to report
        Kind::String if param.path == "instrument[].entry" => {
            let called = catalogue::called(&cell.text).map(|entry| entry.id.clone());
            Ok(Value::String(called.unwrap_or_else(|| cell.text.clone())))
        }
        Kind::Choice(known) => Ok(Value::String(choice(&cell.text, known))),
        Kind::Strings | Kind::References(_) if matches!(cell.text.as_str(), "全部" | "all") => {
            Ok(Value::String("all".to_owned()))
        }
        Kind::Strings | Kind::References(_) => {
            let parts = cell.text.split(['、', '，', ',', '；', ';']).map(str::trim);
            let parts = parts.filter(|part| !part.is_empty());
            let node = |part: &str| Node { span: cell.span, value: Value::String(part.to_owned()) };
            Ok(Value::Array(parts.map(node).collect()))
        }
        _ => Ok(Value::String(cell.text.clone())),
    }
}

/// The word of a grade as scenario files write it.
pub fn grade(text: &str) -> String {
    let text = text.trim();
    let known = GRADE_WORDS.iter().chain(&GRADES).find(|(zh, _)| *zh == text).map(|(_, grade)| *grade);
    let named = Grade::ALL.into_iter().find(|grade| grade.word().eq_ignore_ascii_case(text));
    known.or(named).map_or_else(|| text.to_owned(), |grade| grade.word().to_owned())
}

/// The name of a choice of the format, as tables may write it.
pub fn choice_name(word: &str) -> Text {
    match CHOICES.iter().find(|(_, known)| *known == word) {
        Some((zh, _)) => Text::new(*zh, word),
        None => class::name(word),
    }
}

/// The word of the format for a choice written in either language; what is none stays.
fn choice(text: &str, known: &[&str]) -> String {
    let bare = |text: &str| -> String {
        text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase()
    };
    let written = bare(text);
    let means = |word: &&&str| {
        let name = choice_name(word);
        let other = CHOICES.iter().any(|(zh, other)| other == *word && *zh == written);
        other || bare(word) == written || bare(&name.zh) == written || bare(&name.en) == written
    };
    known.iter().find(means).map_or_else(|| text.to_owned(), |word| (*word).to_owned())
}

fn words(cell: &Cell) -> String {
    cell.text.clone()
}

/// Refuses cells without a value of their own.
fn unusable(cell: &Cell) -> Result<(), Box<Diagnostic>> {
    let shown = &cell.text;
    let (message, hint) = match cell.kind {
        CellKind::Error => (
            text!("单元格是错误值 {shown}", "the cell holds the error {shown}"),
            text!("改正公式，或直接填数", "mend the formula, or type the figure"),
        ),
        CellKind::Formula => (
            text!("公式 {shown} 没有保存计算结果", "the result of the formula {shown} is not in the file"),
            text!(
                "在 Excel 或 WPS 里打开并保存一次，或把公式换成数值",
                "open and save the workbook once in Excel or WPS, or put the value in place of the formula"
            ),
        ),
        CellKind::Merged => (
            text!("合并的单元格 {shown}", "the cells {shown} are merged"),
            text!("取消合并，每一行都填上内容", "unmerge them and fill in every row"),
        ),
        _ => return Ok(()),
    };
    Err(Box::new(Diagnostic::error(codes::BAD_CELL, cell.span, message).hint(hint)))
}

fn quantity(cell: &Cell, kind: UnitKind, unit: Option<&str>) -> Result<Value, Box<Diagnostic>> {
    match cell.kind {
        CellKind::Date => {
            let shown = &cell.text;
            let message =
                text!("单元格是日期 {shown}，这里要写数", "the cell is the date {shown}, not a number");
            let hint = text!(
                "把单元格格式改为“数值”再重新填写；像 1-5 这样的内容会被自动变成日期",
                "format the cell as a number and type it anew; entries such as 1-5 turn into dates"
            );
            return Err(Box::new(Diagnostic::error(codes::BAD_CELL, cell.span, message).hint(hint)));
        }
        CellKind::Flag => return Ok(Value::Bool(cell.text == "true")),
        _ => {}
    }
    let written = &cell.text;
    if !is_bare(written) {
        return readable(written.clone(), cell, kind, unit);
    }
    match unit {
        Some(unit) => {
            let blank = if unit.starts_with(|c: char| c.is_ascii_alphabetic()) { " " } else { "" };
            readable(format!("{written}{blank}{unit}"), cell, kind, Some(unit))
        }
        None if !needs_unit(kind) || written.trim_matches(['0', '.']).is_empty() => {
            Ok(Value::String(written.clone()))
        }
        None => Err(Box::new(without_unit(written, kind, cell.span))),
    }
}

/// Whether a number states no unit itself.
fn is_bare(written: &str) -> bool {
    written.ends_with(|c: char| c.is_numeric() || c == '.')
}

/// The text of a number or range, if it can be read; the fault says what to put into a cell under this head, where
/// the words for a scenario file would mislead.
fn readable(text: String, cell: &Cell, kind: UnitKind, unit: Option<&str>) -> Result<Value, Box<Diagnostic>> {
    let read = units::parse_range(&text, kind)
        .map_or_else(|| units::parse(&text, kind).map(drop), |ends| ends.map(drop));
    let (fault, unit) = match (read, unit) {
        (
            Err(fault @ (UnitError::NotANumber(_) | UnitError::UnknownUnit { nearest: None, .. })),
            Some(unit),
        ) => (fault, unit),
        // Other faults are told well by the check of the form.
        _ => return Ok(Value::String(text)),
    };
    let (message, written) = (fault.message(kind), &cell.text);
    let message = match fault {
        UnitError::NotANumber(_) => text!("“{written}”读不出数字", "`{written}` is no number"),
        _ => message,
    };
    let hint = text!(
        "表头已写明单位（{unit}），这里只填数，如 40 表示 40{unit}；不确定就填范围，如 30~50",
        "the head states the unit ({unit}): put the number alone, as 40 for 40{unit}, or a range, as 30~50"
    );
    Err(Box::new(Diagnostic::error(codes::BAD_CELL, cell.span, message).hint(hint)))
}

/// Whether a number or range under a head in percent lies below 1 %, as a fraction put there by mistake does.
pub fn below_a_percent(cell: &Cell, param: Option<&Param>, unit: Option<&str>) -> bool {
    let Some(kind) = param.and_then(Param::unit) else { return false };
    let plain = matches!(cell.kind, CellKind::Number | CellKind::Text) && is_bare(&cell.text);
    let Some(unit) = unit.filter(|unit| plain && *unit == "%") else { return false };
    let text = format!("{}{unit}", cell.text);
    let largest = match units::parse_range(&text, kind) {
        Some(ends) => ends.map(|(low, high)| low.abs().max(high.abs())),
        None => units::parse(&text, kind).map(f64::abs),
    };
    largest.is_ok_and(|largest| largest > 0.0 && largest < 0.01)
}

/// The warning about a cell of which [`below_a_percent`] holds.
pub fn less_than_a_percent(cell: &Cell) -> Diagnostic {
    let written = &cell.text;
    let message = text!(
        "表头写了（%），“{written}”就是 {written}%，不到百分之一",
        "the head says (%), so `{written}` is {written}%, less than one percent"
    );
    Diagnostic::warning(codes::IMPLAUSIBLE, cell.span, message)
}

/// Whether a number without a unit could be one of two that differ by orders of magnitude.
fn needs_unit(kind: UnitKind) -> bool {
    kind == UnitKind::Money || kind.is_fraction()
}

fn without_unit(written: &str, kind: UnitKind, span: Span) -> Diagnostic {
    let (message, hint): (Text, Text) = if kind == UnitKind::Money {
        (
            text!(
                "“{written}”没有单位：是 {written}亿元，还是 {written}万元？",
                "`{written}` has no unit: is it {written}亿元 or {written}万元?"
            ),
            text!(
                "在表头写明单位，如 …（亿元）或 …（万元）；也可以写在单元格里：{written}亿元",
                "state the unit in the head, as … (billion yuan) or … (亿元), or in the cell: {written}亿元"
            ),
        )
    } else {
        let fraction = written.parse::<f64>().map_or_else(|_| written.to_owned(), super::grid::percent);
        (
            text!(
                "“{written}”没有单位：是 {written}%，还是 {fraction}？",
                "`{written}` has no unit: is it {written}% or {fraction}?"
            ),
            text!(
                "在表头写（%），数填 {written}；或把单元格格式改为百分比",
                "write (%) in the head for {written}%, or format the cells as percentages"
            ),
        )
    };
    Diagnostic::error(codes::BAD_CELL, span, message).hint(hint)
}

/// Whether a sheet's own unit (`单位：万元` above the head) holds for numbers of this key.
pub fn takes_unit_of_sheet(param: Option<&Param>, unit: &str) -> bool {
    param.and_then(Param::unit) == Some(UnitKind::Money) && is_money(unit)
}

fn whole(number: f64) -> Value {
    let exact = number.fract() == 0.0 && number.abs() < 9e15;
    if exact { Value::Integer(number as i64) } else { Value::Float(number) }
}

fn flag(cell: &Cell) -> Result<Value, Box<Diagnostic>> {
    let text = cell.text.as_str();
    if let Some((_, flag)) = FLAGS.iter().find(|(word, _)| *word == text) {
        return Ok(Value::Bool(*flag));
    }
    let message = text!("“{text}”不是“是”或“否”", "`{text}` is neither yes nor no");
    Err(Box::new(
        Diagnostic::error(codes::BAD_CELL, cell.span, message).hint(text!("写“是”或“否”", "write yes or no")),
    ))
}

/// `2025-2027` as a list of two years; anything else is left for the check to refuse.
fn years(cell: &Cell) -> Value {
    let parts: Vec<&str> = cell.text.split(['-', '–', '—', '~', '～', '至', '到']).map(str::trim).collect();
    let ends = parts.iter().filter(|part| !part.is_empty());
    let node = |part: &&str| Node { span: cell.span, value: Value::String((*part).to_owned()) };
    let ends: Vec<Node> = ends.map(node).collect();
    Value::Array(if ends.len() == 1 { vec![ends[0].clone(), ends[0].clone()] } else { ends })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::FileId;
    use crate::scenario::parameters::param;

    fn read(kind: CellKind, text: &str, path: &str, unit: Option<&str>) -> Result<Value, &'static str> {
        let span = Span::new(FileId(0), 0, 0);
        let cell = Cell { row: 2, column: 0, kind, text: text.to_owned(), span };
        value(&cell, param(path), unit).map_err(|fault| fault.code)
    }

    #[test]
    fn numbers_take_the_unit_of_their_head_unless_they_have_one() {
        use CellKind::{Number, Percent, Text as Words};
        let string = |text: &str| Ok(Value::String(text.to_owned()));
        let (revenue, share) = ("firm[].revenue", "cluster[].share");
        assert_eq!(read(Number, "87", revenue, Some("亿元")), string("87亿元"));
        assert_eq!(read(Words, "25~40", revenue, Some("亿元")), string("25~40亿元"));
        assert_eq!(read(Words, "5000万元", revenue, Some("亿元")), string("5000万元"));
        assert_eq!(read(Words, "１，２５０", revenue, Some("万元")), string("１，２５０万元"));
        assert_eq!(read(Percent, "8%", share, Some("%")), string("8%"));
        assert_eq!(read(Number, "8", share, Some("%")), string("8%"));
        assert_eq!(read(Number, "8", share, None), Err(codes::BAD_CELL));
        assert_eq!(read(Number, "0.08", share, None), Err(codes::BAD_CELL));
        assert_eq!(read(Number, "87", revenue, None), Err(codes::BAD_CELL));
        assert_eq!(read(Number, "0", share, None), string("0"));
        assert_eq!(read(Words, "约四成", share, Some("%")), Err(codes::BAD_CELL));
        assert_eq!(read(Words, "四百", revenue, Some("亿元")), Err(codes::BAD_CELL));
        assert_eq!(read(Number, "1.2", "cluster[].exposure", None), string("1.2"));
    }

    #[test]
    fn fractions_under_a_head_in_percent_are_doubted() {
        use CellKind::{Number, Percent, Text as Words};
        let doubted = |kind, text: &str, unit| {
            let cell =
                Cell { row: 2, column: 0, kind, text: text.to_owned(), span: Span::new(FileId(0), 0, 0) };
            below_a_percent(&cell, param("cluster[].share"), unit)
        };
        for text in ["0.4", "0.01~0.06", "-0.05", "０.４", "0.999"] {
            assert!(doubted(Words, text, Some("%")), "{text}");
        }
        assert!(doubted(Number, "0.4", Some("%")));
        for text in ["40", "1", "0", "0.4%", "0.5~3", "约四成"] {
            assert!(!doubted(Words, text, Some("%")), "{text}");
        }
        assert!(!doubted(Percent, "0.4%", Some("%")) && !doubted(Number, "0.4", None));
    }

    #[test]
    fn other_values_are_what_a_scenario_file_holds() {
        use CellKind::{Date, Error, Flag, Formula, Merged, Number, Text as Words};
        assert_eq!(read(Number, "2023", "record[].year", None), Ok(Value::Integer(2023)));
        assert_eq!(read(Words, "是", "firm[].outside", None), Ok(Value::Bool(true)));
        assert_eq!(read(Flag, "false", "firm[].outside", None), Ok(Value::Bool(false)));
        assert_eq!(read(Words, "也许", "firm[].outside", None), Err(codes::BAD_CELL));
        assert_eq!(read(Words, "帕累托", "firm_sizes[].law", None), Ok(Value::String("pareto".to_owned())));
        assert!(
            matches!(read(Words, "武汉、宜昌", "group[].clusters", None), Ok(Value::Array(items)) if items.len() == 2)
        );
        assert!(
            matches!(read(Words, "2025-2027", "arrival[].years", None), Ok(Value::Array(items)) if items.len() == 2)
        );
        for (kind, text) in [(Error, "#N/A"), (Formula, "=A1"), (Merged, "A2:A4"), (Date, "2024-01-05")] {
            assert_eq!(read(kind, text, "firm[].revenue", Some("亿元")), Err(codes::BAD_CELL), "{text}");
        }
        assert_eq!(grade("推算"), "derived");
        assert_eq!(grade("官方数据"), "official");
        assert_eq!(grade("瞎猜"), "瞎猜");
    }
}
