//! What a head says about its column: the key, a part behind it, the unit, the year.

use super::counted;
use super::grid::Cell;
use super::heads::{COUNTED, Rows, SIZE};
use crate::diag::{Diagnostic, Span, codes};
use crate::scenario::parameters::{self, Param};
use crate::scenario::{provenance, suggest};
use crate::text;
use crate::text::Text;
use crate::units::{self, UnitKind};

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// What its cells are.
    pub meaning: Meaning,
    /// The unit that its head states.
    pub unit: Option<String>,
    /// The year that its head states.
    pub year: Option<i32>,
    /// The place of its head.
    pub span: Span,
}

/// What the cells of a column are.
#[derive(Clone, Debug, PartialEq)]
pub enum Meaning {
    /// Values of this key, given by its parts; the row of the parameter table unless it states provenance.
    Key(Vec<String>, Option<&'static Param>),
    /// Records of one year.
    RecordOf(i32),
    /// The pipeline to which a stage belongs.
    Pipeline,
    /// Not read: numbers of rows, and heads that begin with `#`.
    Nothing,
}

/// A head without blanks, its year and its brackets.
struct Parts {
    word: String,
    brackets: Vec<String>,
    year: Option<i32>,
}

/// Reads the head `cell` of a table of `rows`.
///
/// # Errors
/// A head that stands for no key, or a unit that does not fit the key.
pub fn column(cell: &Cell, rows: &Rows) -> Result<Column, Box<Diagnostic>> {
    let parts = parts(&cell.text);
    let span = cell.span;
    let nothing = Column { meaning: Meaning::Nothing, unit: None, year: None, span };
    let word = parts.word.as_str();
    if is_nothing(word) {
        return Ok(nothing);
    }
    if rows.holds == "record"
        && word.is_empty()
        && let Some(year) = parts.year
    {
        let param = parameters::param("record[].value");
        let unit = unit_of(&parts, param, cell)?;
        return Ok(Column { meaning: Meaning::RecordOf(year), unit, year: None, span });
    }
    let Some(meaning) = meaning(word, rows) else { return Err(Box::new(unknown(cell, rows))) };
    if let (Meaning::Key(key, Some(param)), Some(year)) = (&meaning, parts.year) {
        if rows.holds == "record" && key[0] == "value" {
            let unit = unit_of(&parts, Some(param), cell)?;
            return Ok(Column { meaning: Meaning::RecordOf(year), unit, year: None, span });
        }
        if matches!(rows.holds, "record" | "target" | "instrument" | "arrival") && param.unit().is_some() {
            let message = text!("这里的表头不能写年份 {year}", "the head cannot state the year {year} here");
            let hint = text!("年份写在单独的一列里", "put years into a column of their own");
            return Err(Box::new(Diagnostic::error(codes::BAD_TABLE, cell.span, message).hint(hint)));
        }
    }
    let unit = match &meaning {
        Meaning::Key(_, param) => unit_of(&parts, *param, cell)?,
        _ => None,
    };
    Ok(Column { meaning, unit, year: parts.year, span })
}

fn is_nothing(word: &str) -> bool {
    word.starts_with('#') || matches!(word, "序号" | "no" | "no.")
}

/// Whether a cell is the head of a column that is not read.
pub fn is_remark(cell: &Cell) -> bool {
    is_nothing(&word(&cell.text))
}

/// Whether a cell is a head of a table of `rows`, whatever its unit.
pub fn is_head(cell: &Cell, rows: &Rows) -> bool {
    let parts = parts(&cell.text);
    let year = rows.holds == "record" && parts.word.is_empty() && parts.year.is_some();
    year || meaning(&parts.word, rows).is_some()
}

/// The unit that the label `cell` of a value of this key states.
///
/// # Errors
/// A unit that does not fit the key.
pub fn unit(cell: &Cell, param: Option<&Param>) -> Result<Option<String>, Box<Diagnostic>> {
    unit_of(&parts(&cell.text), param, cell)
}

/// A head or label without blanks, year and brackets, in lower case.
pub fn word(text: &str) -> String {
    parts(text).word
}

/// The unit that a line above the head states for money, as `单位：亿元`.
pub fn unit_of_sheet(text: &str) -> Option<&str> {
    let text = text.trim().trim_matches(['（', '）', '(', ')']);
    let rest = text.strip_prefix("单位").or_else(|| text.strip_prefix("金额单位"))?;
    Some(rest.trim_start_matches(['：', ':', ' ']).trim())
}

/// Whether `unit` is one of money.
pub fn is_money(unit: &str) -> bool {
    UnitKind::Money.units().iter().any(|(known, _)| *known == unit)
}

fn meaning(word: &str, rows: &Rows) -> Option<Meaning> {
    let key = |key: &str, more: &[String]| {
        if rows.holds == "pipeline.stage" && key == "pipeline" {
            return Some(Meaning::Pipeline);
        }
        if rows.holds == "target" && matches!(key, COUNTED | SIZE) {
            return Some(Meaning::Key(vec![key.to_owned()], counted::param(key)));
        }
        let mut parts: Vec<String> = key.split('.').map(str::to_owned).collect();
        parts.extend(more.iter().cloned());
        let pattern = format!("{}.{key}", rows.pattern());
        let pattern = if more.is_empty() { pattern } else { format!("{pattern}.*") };
        let param = parameters::param(&pattern);
        let known = param.is_some() || provenance::KEYS.contains(&key) || key == "name.en";
        known.then_some(Meaning::Key(parts, param))
    };
    let of_head = |word: &str, more: &[String]| {
        let found = rows.all().find(|head| {
            head.key.eq_ignore_ascii_case(word)
                || head.zh.contains(&word)
                || bare(head.en).eq_ignore_ascii_case(word)
        });
        found.and_then(|head| key(head.key, more))
    };
    if let Some(found) = of_head(word, &[]) {
        // A table of free keys needs the key.
        let table = matches!(&found, Meaning::Key(_, Some(param)) if param.kind == parameters::Kind::Table);
        return (!table).then_some(found);
    }
    if word.contains('.')
        && let Some(Meaning::Key(parts, Some(param))) = key(word, &[])
        && !matches!(param.kind, parameters::Kind::Table | parameters::Kind::Tables)
    {
        return Some(Meaning::Key(parts, Some(param)));
    }
    let (head, free) = word.split_once(['·', '：', ':', '.', '-', '—'])?;
    let free = free.trim();
    let found = if free.is_empty() { None } else { of_head(head, &[free.to_owned()]) };
    found.filter(|found| matches!(found, Meaning::Key(_, Some(_))))
}

/// A head without blanks and in ASCII where it can be, so that ways of typing it make no difference.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn parts(text: &str) -> Parts {
    let narrow = |c: char| match c {
        '（' | '［' | '【' | '[' => '(',
        '）' | '］' | '】' | ']' => ')',
        '\u{ff10}'..='\u{ff19}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' | '％' | '．' | '＃' => {
            char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c)
        }
        other => other,
    };
    let text: String = text.chars().map(narrow).filter(|c| !c.is_whitespace() && *c != '*').collect();
    let (mut word, mut brackets, mut rest) = (String::new(), Vec::new(), text.as_str());
    while let Some((before, behind)) = rest.split_once('(') {
        word.push_str(before);
        let (inside, behind) = behind.split_once(')').unwrap_or((behind, ""));
        brackets.extend(inside.split(['，', ',', '、', '；', ';', '：', ':']).map(str::to_owned));
        rest = behind;
    }
    word.push_str(rest);
    let digits = word.chars().take_while(char::is_ascii_digit).count();
    let mut year = None;
    if digits == 4 {
        year = word[..4].parse().ok().filter(|year| (1900..=2200).contains(year));
        if year.is_some() {
            word = word[4..].trim_start_matches(['年', '度']).to_owned();
        }
    }
    Parts { word: word.to_lowercase(), brackets, year }
}

/// The unit within the brackets of a head; remarks in brackets are passed over.
fn unit_of(parts: &Parts, param: Option<&Param>, cell: &Cell) -> Result<Option<String>, Box<Diagnostic>> {
    let Some(kind) = param.and_then(Param::unit) else { return no_amount(parts, param, cell) };
    let known = |kind: UnitKind, word: &str| {
        // heads are read without their blanks
        let is = |unit: &str| unit.replace(' ', "").eq_ignore_ascii_case(word);
        kind.units().iter().map(|(unit, _)| *unit).find(|unit| is(unit))
    };
    if let Some(unit) = parts.brackets.iter().find_map(|word| known(kind, word)) {
        return Ok(Some(unit.to_owned()));
    }
    // Something that begins or ends like a unit, but is none of this key, must not pass for a remark.
    let like_a_unit = |word: &&String| {
        UnitKind::ALL.iter().any(|other| known(*other, word).is_some())
            || word.ends_with('元')
            || word.ends_with("美金")
            || word.contains(['%', '$', '€', '￥', '¥'])
    };
    match parts.brackets.iter().find(like_a_unit) {
        None => Ok(None),
        Some(word) => {
            let fault = match units::parse(&format!("1{word}"), kind) {
                Err(fault) => fault,
                Ok(_) => return Ok(None),
            };
            let message = fault.message(kind);
            let hint = without_default(fault.hint(kind));
            Err(Box::new(Diagnostic::error(codes::BAD_TABLE, cell.span, message).hint(hint)))
        }
    }
}

/// A hint about units without the one that holds where none is written: tables need theirs.
pub fn without_default(mut hint: Text) -> Text {
    for (text, tail) in [(&mut hint.zh, "；不写单位时"), (&mut hint.en, "; without a unit")] {
        if let Some(at) = text.find(tail) {
            text.truncate(at);
        }
    }
    hint
}

/// A column of counts or years whose head states money or a share is not the one that was meant.
fn no_amount(parts: &Parts, param: Option<&Param>, cell: &Cell) -> Result<Option<String>, Box<Diagnostic>> {
    let counts = param.is_some_and(|param| {
        matches!(param.kind, parameters::Kind::Count | parameters::Kind::Delay | parameters::Kind::Year)
    });
    let amount = |word: &&String| is_money(word) || word.contains('%');
    match parts.brackets.iter().find(amount).filter(|_| counts) {
        None => Ok(None),
        Some(unit) => {
            let word = &parts.word;
            let message = text!("“{word}”没有“{unit}”这样的单位", "`{word}` has no unit such as `{unit}`");
            let hint = text!("这一列填整数；核对表头", "the column holds whole numbers: check its head");
            Err(Box::new(Diagnostic::error(codes::BAD_TABLE, cell.span, message).hint(hint)))
        }
    }
}

fn unknown(cell: &Cell, rows: &Rows) -> Diagnostic {
    let (head, zh, en) = (&cell.text, rows.zh, rows.en);
    let message = text!("{zh}表里没有名为“{head}”的列", "a table of {en} has no column `{head}`");
    let words: Vec<&str> = rows.all().flat_map(|head| head.zh.iter().copied().chain([head.key])).collect();
    let word = parts(head).word;
    let usual_zh: Vec<&str> = rows.all().filter_map(|head| head.zh.first().copied()).collect();
    let usual_en: Vec<&str> = rows.all().map(|head| head.en).collect();
    let (usual_zh, usual_en) = (usual_zh.join("、"), usual_en.join(", "));
    let near = suggest::nearest(&word, words);
    let near = near.map(|near| text!("是不是“{near}”？", "did you mean `{near}`?"));
    Diagnostic::error(codes::BAD_TABLE, cell.span, message)
        .maybe_hint(near)
        .hint(text!("可用的表头：{usual_zh}", "known heads: {usual_en}"))
        .hint(text!(
            "不需要读的列，表头以 # 开头",
            "begin the head of a column that is not to be read with #"
        ))
}

#[cfg(test)]
mod tests {
    use super::super::heads::rows;
    use super::*;
    use crate::diag::FileId;
    use crate::scenario::tables::grid::CellKind;

    fn read(text: &str, holds: &str) -> Result<Column, Box<Diagnostic>> {
        let span = Span::new(FileId(0), 0, 0);
        let cell = Cell { row: 1, column: 0, kind: CellKind::Text, text: text.to_owned(), span };
        column(&cell, rows(holds).expect("a kind of rows"))
    }

    fn key(text: &str, holds: &str) -> (String, Option<String>, Option<i32>) {
        let column = read(text, holds).unwrap_or_else(|fault| panic!("{text}: {fault:?}"));
        let name = match column.meaning {
            Meaning::Key(parts, _) => parts.join("."),
            other => format!("{other:?}"),
        };
        (name, column.unit, column.year)
    }

    #[test]
    fn heads_are_read_however_they_are_typed() {
        let unit = |unit: &str| Some(unit.to_owned());
        for (head, holds, found) in [
            ("2024年营业收入（亿元）", "firm", ("revenue", unit("亿元"), Some(2024))),
            (" 营业收入 ( 规上，万元 ) ", "firm", ("revenue", unit("万元"), None)),
            ("营业收入\n（亿元）", "firm", ("revenue", unit("亿元"), None)),
            ("Revenue (billion yuan)", "firm", ("revenue", unit("billion yuan"), None)),
            ("企业名称（全称）", "firm", ("name", None, None)),
            ("Revenue", "firm", ("revenue", None, None)),
            ("own_volatility (%)", "firm", ("own_volatility", unit("%"), None)),
            ("own volatility", "firm", ("own_volatility", None, None)),
            ("行业构成·药品（％）", "cluster", ("mix.药品", unit("%"), None)),
            ("mix.drugs", "cluster", ("mix.drugs", None, None)),
            ("景气波动（%）", "industry", ("cycle.volatility", unit("%"), None)),
            ("capacity.leverage", "instrument", ("capacity.leverage", None, None)),
            ("每年签约项目数（个）", "instrument", ("projects.count", None, None)),
            ("2019年（亿元）", "record", ("RecordOf(2019)", unit("亿元"), None)),
            ("2019年营业收入（亿元）", "record", ("RecordOf(2019)", unit("亿元"), None)),
            ("序号", "firm", ("Nothing", None, None)),
            ("#联系人", "firm", ("Nothing", None, None)),
        ] {
            assert_eq!(key(head, holds), (found.0.to_owned(), found.1, found.2), "{head}");
        }
    }

    #[test]
    fn wrong_heads_and_units_are_refused() {
        for (head, holds, code) in [
            ("营业额", "firm", codes::BAD_TABLE),
            ("营业收入（百万美元）", "firm", codes::BAD_TABLE),
            ("营业收入（%）", "firm", codes::BAD_TABLE),
            ("份额（亿元）", "cluster", codes::BAD_TABLE),
            ("行业构成", "cluster", codes::BAD_TABLE),
            ("2030年目标值（亿元）", "target", codes::BAD_TABLE),
            ("每年签约项目数（亿元）", "instrument", codes::BAD_TABLE),
            ("见效年数（%）", "instrument", codes::BAD_TABLE),
        ] {
            assert_eq!(read(head, holds).err().map(|fault| fault.code), Some(code), "{head}");
        }
    }

    #[test]
    fn the_unit_of_a_sheet_stands_above_its_head() {
        assert_eq!(unit_of_sheet("单位：万元"), Some("万元"));
        assert_eq!(unit_of_sheet("（单位: 亿元）"), Some("亿元"));
        assert_eq!(unit_of_sheet("企业名单"), None);
    }
}
