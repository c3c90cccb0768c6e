//! Faults of single cells in the planner's words.

use super::places::Place;
use super::{kinds, words};
use crate::diag::{Diagnostic, Sources, Span, codes};
use crate::scenario::parameters::{Kind, Param};
use crate::scenario::tables::{columns, instruments, values};
use crate::text;
use crate::text::Text;
use crate::units::{self, UnitKind};

/// What is known besides the cell.
pub struct Context<'s> {
    /// The tables.
    pub sources: &'s Sources,
    /// Whether the whole scenario is one workbook.
    pub book: bool,
}

/// The fault of a cell that became what `place` says.
pub fn told(fault: Diagnostic, place: &Place, span: Span, context: &Context<'_>) -> Diagnostic {
    let written = context.sources.text(span);
    let replaced = match fault.code {
        codes::BAD_GRADE => Some((
            text!("依据等级不能写“{written}”", "`{written}` is no grade"),
            Some(among(&words::grades())),
        )),
        codes::BAD_CHOICE => choices(place.param).map(|all| {
            let Text { zh: column_zh, en: column_en } = words::column(&place.pattern);
            (
                text!("“{column_zh}”不能写“{written}”", "`{written}` cannot stand under `{column_en}`"),
                Some(among(&all)),
            )
        }),
        codes::WRONG_TYPE if place.param.is_some_and(|param| param.kind == Kind::Count) => Some((
            text!("“{written}”不是整数", "`{written}` is no whole number"),
            Some(text!("只填阿拉伯数字，如 5", "put digits alone, such as 5")),
        )),
        codes::OUT_OF_RANGE => beyond(&fault, place, written),
        codes::BAD_YEAR => year(context, &fault, place, written),
        codes::MISSING_KEY if matches!(place.pattern.as_str(), "cluster[].share" | "cluster[].remainder") => {
            Some((
                text!(
                    "填了“占全省比重”或“取余数”，就要有全省的数",
                    "`share` and `remainder` need the figure of the province"
                ),
                context.book.then(|| {
                    text!("在“基本情况”表填“全省基期规模”", "fill in `province base` in the sheet Basics")
                }),
            ))
        }
        codes::KEY_CONFLICT if place.pattern.starts_with("industry[].") => Some((
            text!(
                "有“全国年均增速”时，各行业只填“高于全国总体的增速”；没有时，只填“年均增速”",
                "with a national trend industries have a `premium` only, without one a `trend` only"
            ),
            None,
        )),
        codes::BAD_MODEL if place.pattern.ends_with("[].industry") => Some((
            text!("所在集群的“行业构成”里没有“{written}”", "the mix of its cluster holds no `{written}`"),
            Some(text!(
                "在“集群”表给这个集群填上该行业的比重，或改这里的行业",
                "give the cluster a share of the industry, or change the industry here"
            )),
        )),
        codes::BAD_MODEL
            if place.pattern.starts_with("instrument[].") && fault.message.zh.contains("作用渠道") =>
        {
            Some((
                text!("“{written}”没有写出效果", "`{written}` has no effect"),
                Some(text!(
                    "选“工具类型”；哪一类都不是的，填“对收入水平的总影响”和“见效年数”两列",
                    "choose a `kind`, or, if it is of none, fill in the columns `effect on the level` and `effect years`"
                )),
            ))
        }
        codes::OVER_PROVINCE if context.book => Some((
            fault.message.clone(),
            Some(text!(
                "核对各集群的“基期规模”“占全省比重”与“基本情况”表的“全省基期规模”：单位、口径是否相同，集群有没有重叠",
                "check `base` and `share` of the clusters against `province base` in the sheet Basics: whether unit and measure are the same, and no cluster overlaps another"
            )),
        )),
        codes::UNKNOWN_ENTRY => {
            let Text { zh, en } = instruments::kind_names();
            Some((
                text!("“工具类型”不能写“{written}”", "`{written}` cannot stand under `kind`"),
                Some(text!(
                    "可以写：{zh}；或 clustercast catalogue 列出的名称、编号；都不是就空着",
                    "choose from: {en}; or a name or id that `clustercast catalogue` lists; or leave it empty"
                )),
            ))
        }
        codes::ENTRY_INCOMPLETE => {
            kinds::missing(&fault, written).or_else(|| kinds::without_sheet(&fault, written, context.book))
        }
        codes::DUPLICATE_ID if !place.pattern.ends_with("].name") => {
            let Text { zh: sheet_zh, en: sheet_en } = words::sheet(&place.pattern).unwrap_or_default();
            Some((
                text!(
                    "“{sheet_zh}”里“{written}”出现了不止一次",
                    "{sheet_en} has more than one row `{written}`"
                ),
                Some(text!(
                    "删去重复的行；确是两个的，换一个编号或名称",
                    "remove the row that repeats, or give it another id or name"
                )),
            ))
        }
        _ => None,
    };
    match replaced {
        Some((message, hint)) => {
            let Diagnostic { severity, code, span, subject, related, .. } = fault;
            Diagnostic {
                severity,
                code,
                span,
                message,
                subject,
                label: None,
                hints: hint.into_iter().collect(),
                related,
            }
        }
        None => plain(with_column(fault, place), &place.pattern),
    }
}

/// What is wrong with a number, or a range, that its column cannot hold.
fn beyond(fault: &Diagnostic, place: &Place, written: &str) -> Option<(Text, Option<Text>)> {
    if fault.message.zh.contains("增长率") {
        let hint = text!(
            "把增速的范围写窄一些，或核对各增速列和波动列",
            "narrow the ranges of growth, or check the columns of growth and volatility"
        );
        return Some((fault.message.clone(), Some(hint)));
    }
    let param = place.param?;
    let (range, unit) = (param.range?, param.unit().unwrap_or(UnitKind::Number));
    let Text { zh: column_zh, en: column_en } = words::column(&place.pattern);
    let Text { zh: least, en: least_en } = bound(range.low, unit, (range.low_closed, "不小于", "大于"));
    let Text { zh: most, en: most_en } = bound(range.high, unit, (range.high_closed, "不大于", "小于"));
    // a bound beyond all practice is told only if it is the one that is broken
    let over = ["超出允许范围 ≤", "超出允许范围 <"].iter().any(|words| fault.message.zh.contains(words));
    let within = match (range.low.abs() < 1e6 && !over, range.high.abs() < 1e6 || over) {
        (true, true) => text!("应{least}、{most}", "it has to be {least_en} and {most_en}"),
        (true, false) => text!("应{least}", "it has to be {least_en}"),
        (false, true) => text!("应{most}", "it has to be {most_en}"),
        (false, false) => return None,
    };
    let Text { zh: within, en: within_en } = within;
    // a range gives 5 % and 95 % points only: what is drawn reaches further
    let wide = !fault.hints.is_empty() && fault.message.zh.contains("可能抽到");
    if wide {
        return Some((
            text!(
                "“{column_zh}”写 {written} 太宽：两端各有 5% 的机会更低、更高，会抽到不可能的数；{within}",
                "`{column_en}` of {written} is too wide: 5 % lie below and 5 % above, where no number can lie; {within_en}"
            ),
            Some(text!("把范围写窄一些，或只写一个数", "narrow the range, or put one number")),
        ));
    }
    let shown = fault.message.zh.split(" 超出").next().unwrap_or(written);
    let shown_en = fault.message.en.split(" is outside").next().unwrap_or(written);
    Some((
        text!("“{column_zh}”不能是 {shown}：{within}", "`{column_en}` cannot be {shown_en}: {within_en}"),
        None,
    ))
}

/// A bound of a range with its unit; whether it belongs to the range, and what is said if it does and if not.
fn bound(value: f64, unit: UnitKind, (closed, with, without): (bool, &str, &str)) -> Text {
    let (Text { zh, en }, word) = (units::shown(value, unit), if closed { with } else { without });
    let english = match word {
        "不小于" => "at least",
        "大于" => "above",
        "不大于" => "at most",
        _ => "below",
    };
    text!("{word} {zh}", "{english} {en}")
}

/// What is wrong with a year.
fn year(
    context: &Context<'_>,
    fault: &Diagnostic,
    place: &Place,
    written: &str,
) -> Option<(Text, Option<Text>)> {
    let digits: Vec<&str> = written.split('-').collect();
    if let [year, month, day] = digits[..]
        && [year, month, day].iter().all(|part| part.chars().all(|c| c.is_ascii_digit()))
    {
        return Some((
            text!(
                "单元格是日期 {written}，这里只填年份",
                "the cell is the date {written}, where a year belongs"
            ),
            Some(text!(
                "把单元格格式改为“常规”，再填四位年份，如 {year}",
                "format the cell as General, then put the year, such as {year}"
            )),
        ));
    }
    let outside = !fault.hints.is_empty();
    if outside && context.book && fault.hints.iter().any(|hint| hint.zh.contains("base_year")) {
        let hint = text!(
            "“基期年份”和“推演到哪一年”在“基本情况”表里填",
            "base year and horizon are set in the sheet Basics"
        );
        return Some((fault.message.clone(), Some(hint)));
    }
    if outside || place.pattern.ends_with(".horizon") && fault.message.zh.contains("必须") {
        return None;
    }
    Some((
        text!("“{written}”不是年份", "`{written}` is no year"),
        Some(text!("填四位数字的年份，如 2027", "put a year of four digits, such as 2027")),
    ))
}

/// The words of a choice as the sheets offer them.
fn choices(param: Option<&'static Param>) -> Option<Text> {
    let Kind::Choice(known) = param?.kind else { return None };
    let names: Vec<Text> = known.iter().map(|word| values::choice_name(word)).collect();
    let zh: Vec<&str> = names.iter().map(|name| name.zh.as_str()).collect();
    let en: Vec<&str> = names.iter().map(|name| name.en.as_str()).collect();
    Some(Text::new(zh.join("、"), en.join(", ")))
}

fn among(all: &Text) -> Text {
    let Text { zh, en } = all;
    text!("可以写：{zh}", "choose from: {en}")
}

/// The path of a value in a message becomes the head of its column.
fn with_column(mut fault: Diagnostic, place: &Place) -> Diagnostic {
    let column = words::column(&place.pattern);
    if fault.message.zh.contains(&place.path) && place.path.contains('.') {
        fault.message.zh = fault.message.zh.replace(&place.path, &format!("“{}”", column.zh));
        fault.message.en = fault.message.en.replace(&place.path, &format!("`{}`", column.en));
    }
    fault
}

/// A fault with heads in the place of keys.
pub fn plain(mut fault: Diagnostic, pattern: &str) -> Diagnostic {
    fault.message = words::without_keys(&fault.message, pattern);
    if fault.code == codes::BAD_SUM && matches!(pattern.split('[').next(), Some("firm" | "product")) {
        fault.hints = vec![text!(
            "核对单位和口径；不计入全省数的，在“主口径之外”列填“是”",
            "check unit and measure; what lies outside the figure of the province gets `yes` under `outside`"
        )];
    }
    if fault.code == codes::BAD_SUM {
        // a row of a sheet is changed where it stands
        fault.hints.retain(|hint| !hint.zh.contains("[["));
    }
    fault.hints = fault.hints.iter().map(|hint| words::without_keys(hint, pattern)).collect();
    // Cells have the unit of their head: what holds without any unit is of no use here.
    fault.hints = fault.hints.into_iter().map(columns::without_default).collect();
    fault
}
