//! The fixed words of the page in both languages.

use std::collections::BTreeMap;

use crate::text::{Lang, Text};

/// Words of one language by the key that the template uses.
pub(super) type Labels = BTreeMap<&'static str, String>;

/// The words of `lang`.
pub(super) fn of(lang: Lang) -> Labels {
    let label = |&(key, zh, en): &(&'static str, &str, &str)| (key, Text::new(zh, en).get(lang).to_owned());
    WORDS.iter().map(label).collect()
}

/// Key, Chinese, English.
const WORDS: &[(&str, &str, &str)] = &[
    ("skip", "跳到正文", "Skip to the report"),
    ("contents", "目录", "Contents"),
    ("summary", "结论摘要", "Summary"),
    ("trust", "结论的可靠程度", "How far to trust this"),
    ("scale", "可能性用语", "Words for probabilities"),
    ("targets", "各项目标", "Targets"),
    ("policies", "政策方案比较", "Policies compared"),
    ("charts", "图表", "Charts"),
    ("figure", "图", "Figure "),
    ("behind", "查看图中数据", "Figures behind this chart"),
    ("points", "图中数值：用方向键逐个查看", "Values in the chart: step through them with the arrow keys"),
    (
        "sideways",
        "图比屏幕宽，可左右滑动查看。",
        "The chart is wider than the screen: swipe sideways to see all of it.",
    ),
    ("failed", "以下各图未能绘出", "These charts could not be drawn"),
    ("clusters", "各集群", "Clusters"),
    ("cluster_table", "逐年数据", "Figures by year"),
    ("instruments", "政策工具", "Instruments"),
    ("assumptions", "假设与依据", "Assumptions and evidence"),
    ("all_assumptions", "全部参数、来源与依据等级", "All quantities with source and grade"),
    ("entries_before", "（共", " ("),
    ("entries_after", "项）", " entries)"),
    ("realism", "现实性检验", "Realism check"),
    ("method", "方法与误差", "Method and errors"),
    ("reproduction", "复算方法", "How to compute it again"),
    (
        "not_printed",
        "各图的数据表不随本页打印，请在网页上点开“查看图中数据”，或查阅工作簿。",
        "The figures behind the charts are not printed: unfold them on screen, or see the workbook.",
    ),
    (
        "not_printed_entries",
        "全部参数逐项的数值、来源与依据等级不随本页打印，请在网页上展开，或查阅工作簿。",
        "The list of all quantities with source and grade is not printed: unfold it on screen, or see the workbook.",
    ),
    ("page_before", "第", "Page "),
    ("page_between", "页，共", " of "),
    ("page_after", "页", ""),
    ("colon", "：", ": "),
    ("stop", "。", ". "),
    ("gap", "　", ". "),
];
