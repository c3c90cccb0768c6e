//! Figures of years that are over: what they say beside the forecast of them, and why tasks begin when they do.

use super::format;
use crate::analysis::decision::Decomposition;
use crate::analysis::decision::decompose::Figure;
use crate::report::decision::frame::{latest_figure, say};
use crate::report::number;
use crate::text;
use crate::text::Lang;

/// The known figures of the year before the tasks beside their forecast, and what they mean for the tasks; nothing where
/// there are none.
pub fn sentence(found: &Decomposition, lang: Lang) -> Option<String> {
    let passed = found.passed.last().filter(|passed| !passed.figures.is_empty())?;
    let amount = |value: f64| format(found).shown(value, lang);
    let one = |figure: &Figure| {
        let (value, mean) = (amount(figure.value), amount(figure.mean));
        let [low, high] = figure.likely.map(amount);
        let whose = figure.cluster.as_ref().map(|cluster| cluster.name.get(lang));
        let outside = figure.is_outside();
        match lang {
            Lang::Zh => format!(
                "{}{value}亿元（模拟的均值为{mean}亿元，九成的模拟在{low}至{high}亿元之间{}）",
                whose.unwrap_or("合计"),
                if outside { "，这个数在此之外" } else { "" }
            ),
            Lang::En => format!(
                "{} {value} billion yuan (mean of the trials {mean}, nine in ten between {low} and {high}{})",
                whose.unwrap_or("all together"),
                if outside { ", which does not hold it" } else { "" }
            ),
        }
    };
    let told: Vec<String> = passed.figures.iter().map(one).collect();
    let (before, from) = (passed.year, found.from);
    let (zh, en) = (told.join("；"), told.join("; "));
    let growth = found.years.first().and_then(|year| year.growth).map(number::growth);
    let growth = growth.filter(|_| passed.figures.iter().any(|figure| figure.cluster.is_none()));
    let (first_zh, first_en) = growth.map_or_else(Default::default, |growth| {
        (
            format!("{from}年的任务合计对它的增速为{growth}；"),
            format!("the tasks of {from} are {growth} on that; "),
        )
    });
    let (warn_zh, warn_en) = if passed.figures.iter().any(Figure::is_outside) {
        (
            "有的数在模拟范围之外，说明模拟与实际不符，下达任务前应先用新数更新文件的基年和基数。",
            " Some lie outside of what was simulated: bring the base year and the base figures of the file up to date before tasks are handed down.",
        )
    } else {
        ("", "")
    };
    Some(say(
        &text!(
            "{before}年已有数字：{zh}。{first_zh}{from}年的增速凡有已知数的都从已知数算起。已知数不进入模拟，任务和可能性没有按它修正。{warn_zh}",
            "Known of {before}: {en}. Growth of {from} is counted from what is known, where it is: {first_en}known figures enter no trial, so that tasks and chances do not follow them.{warn_en}"
        ),
        lang,
    ))
}

/// Why tasks begin when they do, or what speaks against the year that was asked for.
pub fn begin(found: &Decomposition, lang: Lang) -> Option<String> {
    let (from, last, year) = (found.from, found.last_known, found.year);
    let latest = found.latest.as_ref();
    let text = if last >= year {
        text!(
            "文件里已有{last}年的数字，目标年{year}年已经过去：这里的任务是事后的分解，只供对照。",
            "The file has figures of {last}, so {year} is over: this is a split in hindsight, for comparison only."
        )
    } else if from <= last {
        let (zh, en) = latest.map_or_else(Default::default, |latest| {
            (latest_figure(latest, last, Lang::Zh), latest_figure(latest, last, Lang::En))
        });
        text!(
            "文件里已有{zh}的数字，而任务按 --from 从{from}年起：已有数字的年份是事后的分解，只供对照。",
            "The file already has a figure of {en}, but --from begins tasks in {from}: of years with figures they are a split in hindsight, for comparison only."
        )
    } else if from == last + 1 && !found.passed.is_empty() {
        match latest.filter(|latest| !latest.of_target) {
            None => text!(
                "文件里的数字到{last}年为止，任务从{from}年起下达（起始年份用 --from 改）；预计数为模拟的均值。",
                "The file has figures up to {last}, so tasks begin in {from} (--from sets another year); what to expect is the mean of the trials."
            ),
            Some(latest) => {
                let (zh, en) = (latest_figure(latest, last, Lang::Zh), latest_figure(latest, last, Lang::En));
                text!(
                    "文件里最近的数字是{zh}的，按此{last}年已经开始，任务从{from}年起下达（起始年份用 --from 改）；{last}年全年还没有这个目标的数字，预计数为模拟的均值。",
                    "The latest figure of the file is that of {en}, so {last} has begun and tasks begin in {from} (--from sets another year); no figure of the target for all of {last} is there, what to expect is the mean of the trials."
                )
            }
        }
    } else {
        return None;
    };
    Some(say(&text, lang))
}
