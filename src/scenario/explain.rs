//! Explanations of scenario keys: by pattern, by the path in a file, or by words of their meaning.

use std::fmt::Write;

use super::parameters::{self, Kind, PARAMS, Param, Reference};
use super::suggest;
use crate::text;
use crate::text::{Lang, Text};

/// Rows that a search by words returns at most.
const MAX_FOUND: usize = 20;

/// The rows that `key` names: a pattern (`cluster[].base`, also without `[]`), the path of a value
/// (`cluster.wuhan.base`), a key (`leverage`), or words that their paths or meanings contain. Empty if nothing fits.
pub fn explain(key: &str) -> Vec<&'static Param> {
    let key = key.trim();
    if key.is_empty() {
        return Vec::new();
    }
    let plain = |text: &str| text.replace("[]", "").replace(".*", "");
    let wanted = plain(key);
    let exact: Vec<_> =
        PARAMS.iter().filter(|row| plain(row.path) == wanted && !row.path.ends_with(".*")).collect();
    if !exact.is_empty() {
        return exact;
    }
    if let Some(row) = concrete(key) {
        return vec![row];
    }
    let same_key: Vec<_> =
        PARAMS.iter().filter(|row| row.key() == key || row.renamed_from.contains(&key)).collect();
    if !same_key.is_empty() {
        return same_key;
    }
    let words: Vec<String> = key.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let holds = |row: &&Param| {
        let all = format!("{} {} {}", row.path, row.meaning_zh, row.meaning_en).to_lowercase();
        words.iter().all(|word| all.contains(word))
    };
    PARAMS.iter().filter(holds).take(MAX_FOUND).collect()
}

/// The rows of the key most similar to `key`, for one that nothing fits; empty if none is similar.
pub fn similar(key: &str) -> Vec<&'static Param> {
    let near = suggest::nearest(key.trim(), PARAMS.iter().map(Param::key));
    PARAMS.iter().filter(|row| near == Some(row.key())).collect()
}

/// The row of a path with ids in the place of `[]`.
fn concrete(path: &str) -> Option<&'static Param> {
    let mut found: Option<&'static Param> = None;
    let mut parts = path.split('.');
    while let Some(part) = parts.next() {
        let row = parameters::pattern_of(found.map_or("", |row| row.path), part)?;
        if row.kind == Kind::Tables {
            parts.next();
        }
        found = Some(row);
    }
    found
}

/// The rows as text for a terminal, one paragraph each.
pub fn show(rows: &[&Param], lang: Lang) -> String {
    let mut out = String::new();
    for (index, row) in rows.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        paragraph(&mut out, row, lang);
    }
    out
}

fn paragraph(out: &mut String, row: &Param, lang: Lang) {
    out.push_str(row.path);
    out.push('\n');
    let mut line = |name: Text, value: &str| {
        if !value.is_empty() {
            let colon = if lang == Lang::Zh { "：" } else { ": " };
            // Writing to a string cannot fail.
            let _ = writeln!(out, "  {}{colon}{value}", name.get(lang));
        }
    };
    let meaning = if lang == Lang::Zh { row.meaning_zh } else { row.meaning_en };
    let required = if row.required { text!("必填", "required") } else { text!("可省略", "optional") };
    line(text!("含义", "meaning"), meaning);
    line(text!("类型", "kind"), kind(row).get(lang));
    line(text!("是否必填", "presence"), required.get(lang));
    if let Some(unit) = row.unit() {
        let (zh, en) = unit.base();
        line(text!("不写单位时", "without a unit"), if lang == Lang::Zh { zh } else { en });
        let units: Vec<&str> = unit.units().iter().map(|unit| unit.0).collect();
        line(text!("可用单位", "units"), &units.join(if lang == Lang::Zh { "、" } else { ", " }));
    }
    line(text!("范围", "range"), &range(row, lang));
    if let Some(default) = row.default {
        let zh = phrase_zh(default).unwrap_or(default);
        line(text!("省略时", "default"), if lang == Lang::Zh { zh } else { default });
    }
    line(text!("公式", "formula"), row.formula);
    if !row.example.is_empty() {
        let key = if row.key() == "*" { "…" } else { row.key() };
        line(text!("写法", "example"), &format!("{key} = {}", row.example));
    }
    let below: Vec<&str> = parameters::children(row.path).map(Param::key).collect();
    line(text!("下面的键", "keys below"), &below.join(if lang == Lang::Zh { "、" } else { ", " }));
}

/// The allowed range as text, empty if the row has none.
pub(super) fn range(row: &Param, lang: Lang) -> String {
    let unit = row.unit().unwrap_or(crate::units::UnitKind::Count);
    row.range.map(|range| range.show(unit, lang)).unwrap_or_default()
}

/// What stands under the key, in words.
pub(super) fn kind(row: &Param) -> Text {
    match row.kind {
        Kind::Quantity(unit) | Kind::QuantityOrYears(unit) => {
            let (zh, en) = unit.name();
            let (more_zh, more_en) = if row.uncertain {
                ("，可以写成范围或分布", ", may be uncertain")
            } else if matches!(row.kind, Kind::QuantityOrYears(_)) {
                ("，可以按年份分写", ", certain, or a table by year")
            } else {
                ("，只能写确定的数", ", certain")
            };
            Text::new(format!("{zh}{more_zh}"), format!("{en}{more_en}"))
        }
        Kind::Count => text!("整数", "whole number"),
        Kind::Delay => text!(
            "整数（年），可以带出处：{{ value = …, source = …, grade = … }}",
            "whole number of years; may carry its source: {{ value = …, source = …, grade = … }}"
        ),
        Kind::Year => text!("年份", "calendar year"),
        Kind::YearPair => text!("两个年份 [首年, 末年]", "[first year, last year]"),
        Kind::Text => text!("文字，或 {{ zh = …, en = … }}", "text: a string or {{ zh = …, en = … }}"),
        Kind::String => text!("字符串", "string"),
        Kind::Strings => text!("字符串的列表", "list of strings"),
        Kind::Id => text!("编号", "id"),
        Kind::Flag => text!("true 或 false", "true or false"),
        Kind::Choice(words) => {
            let words = words.join(" / ");
            text!("选一个：{words}", "one of {words}")
        }
        Kind::Reference(Reference::Scope) => text!("考核对象", "scope"),
        Kind::Reference(Reference::Reading) => text!("开关编号.选项", "switch.option"),
        Kind::Reference(Reference::Segment) => text!("集群编号/行业编号", "cluster/industry"),
        Kind::Reference(reference) => {
            let name = reference_name(reference);
            text!("编号（{name}）", "id of {name}")
        }
        Kind::References(reference) => {
            let name = reference_name(reference);
            text!("编号的列表（{name}）", "list of ids of {name}")
        }
        Kind::Cycles => text!("景气波动名称的列表", "list of cycles"),
        Kind::Paths => text!("数值路径的列表", "list of quantity paths"),
        Kind::Table => text!("表", "table"),
        Kind::Tables => text!("表的列表", "array of tables"),
        Kind::Overrides => text!("表，键是数值路径", "table of quantity paths"),
    }
}

fn reference_name(reference: Reference) -> &'static str {
    match reference {
        Reference::Measure => "[measures]",
        Reference::Source => "[sources]",
        Reference::Province => "[[province]]",
        Reference::Industry => "[[industry]]",
        Reference::Cluster | Reference::Scope | Reference::Segment => "[[cluster]]",
        Reference::Instrument => "[[instrument]]",
        Reference::Policy => "[[policy]]",
        Reference::Target => "[[target]]",
        Reference::Pipeline => "[[pipeline]]",
        Reference::Stage => "[[pipeline.stage]]",
        Reference::Arrival => "[[arrival]]",
        Reference::Firm => "[[firm]]",
        Reference::Reading => "[[switch]]",
        Reference::Indicator => "[[indicator]]",
    }
}

/// Defaults that are phrases rather than values, with their Chinese version.
const PHRASES: &[(&str, &str)] = &[
    (
        "the only measure; without [measures] an implicit measure `revenue`",
        "唯一的口径；没有 [measures] 时为 revenue",
    ),
    ("`none` if there is such a policy, else the first", "有 none 就取 none，否则取第一个政策"),
    ("the stationary probability", "长期概率"),
    ("the id", "用编号"),
    ("the id, or the name of the catalogue entry", "用编号；取自工具目录的用条目名称"),
    ("no cycle", "没有波动"),
    ("0 when nation.trend is given", "写了 nation.trend 时为 0"),
    ("all", "全部"),
    ("the change is for good", "长期存在"),
    ("the first simulated year", "首个推演年份"),
    ("the horizon", "推演末年"),
    ("the sum of the clusters", "各集群之和"),
    ("the only province", "唯一的省"),
    ("100% if there is one industry", "只有一个行业时为 100%"),
    ("by base-year revenue", "按基期收入分摊"),
    ("by its channels", "按作用渠道"),
    (
        "the first year with money, else the first simulated year",
        "首个有资金的年份，没有资金则为首个推演年份",
    ),
    ("online_after", "同 online_after"),
    ("no limit", "不限"),
    ("for good", "长期存在"),
    ("the first stage", "第一个阶段"),
    ("all simulated years", "全部推演年份"),
    ("all, by base mix", "全部，按基期构成"),
    ("one policy `none` without instruments", "一个不用任何工具的政策 none"),
    ("the world `base`", "情景 base"),
    ("the only province, else nation", "唯一的省，否则为 nation"),
    ("the primary measure", "主口径"),
    ("start", "同 start"),
    (
        "judged by value, if scope, measure and year are the target's",
        "对象、口径、年份与目标相同时，按数额判断",
    ),
    ("the same for all sizes", "各种规模相同"),
    ("the whole province", "全省"),
    ("the first sheet", "第一张表"),
    ("% for a ratio", "ratio 为 %"),
];

/// The Chinese version of a default that is a phrase.
pub(super) fn phrase_zh(default: &str) -> Option<&'static str> {
    PHRASES.iter().find(|(en, _)| *en == default).map(|(_, zh)| *zh)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(key: &str) -> Vec<&'static str> {
        explain(key).iter().map(|row| row.path).collect()
    }

    #[test]
    fn keys_are_found_by_pattern_path_name_and_words() {
        assert_eq!(paths("cluster[].base"), ["cluster[].base"]);
        assert_eq!(paths("cluster.base"), ["cluster[].base"]);
        assert_eq!(paths("cluster.wuhan.base"), ["cluster[].base"]);
        assert_eq!(paths("cluster.武汉.mix.chemical"), ["cluster[].mix.*"]);
        assert_eq!(paths("leverage"), ["instrument[].capacity.leverage"]);
        assert_eq!(paths("end_year"), ["scenario.horizon"]);
        assert_eq!(paths("返投"), ["instrument[].capacity.retained"]);
        assert!(paths("leverge").is_empty(), "a guess is no answer");
        assert_eq!(
            similar("leverge").iter().map(|row| row.path).collect::<Vec<_>>(),
            ["instrument[].capacity.leverage"]
        );
        assert!(paths("").is_empty() && paths("qqqqqqq").is_empty());
    }

    #[test]
    fn explanations_are_complete_in_both_languages() {
        let zh = show(&explain("leverage"), Lang::Zh);
        for part in [
            "instrument[].capacity.leverage\n",
            "含义：撬动",
            "可用单位：倍",
            "范围：",
            "省略时：1",
            "公式：I_c,t",
            "写法：leverage = ",
        ] {
            assert!(zh.contains(part), "{part}\n{zh}");
        }
        let all: Vec<&Param> = PARAMS.iter().collect();
        let en = show(&all, Lang::En);
        assert_eq!(en.matches("\n\n").count(), all.len() - 1);
    }
}
