//! Charts of `decompose`.

use super::{digits, shares, shown, tasks};
use crate::analysis::decision::decompose::Share;
use crate::analysis::decision::{Answer, Decomposition, Estimate};
use crate::report::briefing::Figure;
use crate::report::chart::ChartError;
use crate::report::chart::axis::Axis;
use crate::report::chart::dots::{self, Dot, DotChart, Group, Row};
use crate::report::chart::marker::Shape;
use crate::report::chart::page::Words;
use crate::report::chart::yearly::{self, Yearly};
use crate::report::decision::frame::{head, level, say, source};
use crate::report::number;
use crate::text;
use crate::text::{Lang, Text};

/// Chances of the tasks beside those of the split by size.
pub fn chances(answer: &Answer<Decomposition>, lang: Lang) -> Result<Figure, ChartError> {
    let found = &answer.findings;
    let name = &answer.target.name;
    let (zh, en) = (&name.zh, &name.en);
    let level = level(answer);
    let title = say(&text!("各集群完成任务的可能性：{zh}", "Chance of each cluster's task: {en}"), lang);
    let highest = found.shares.iter().flat_map(|share| [share.chance, share.chance_by_size]);
    let highest = highest.map(|chance| chance.interval[1]).fold(0.0, f64::max);
    let dot = |label: String, estimate: Estimate, shape: Shape| Dot {
        label,
        value: estimate.value,
        interval: Some(estimate.interval.into()),
        figures: shown(estimate, lang),
        shape,
    };
    let row = |share: &Share| Row {
        name: share.cluster.name.get(lang).to_owned(),
        dots: vec![
            dot(head("等可能性", "equal chances", lang), share.chance, Shape::of(0)),
            dot(head("按规模", "by size", lang), share.chance_by_size, Shape::of(1)),
        ],
        ..Row::default()
    };
    let axis = Axis::probability(highest);
    let Text { zh, en } = axis.end();
    let chart = DotChart {
        words: Words {
            title: title.clone(),
            subtitle: say(
                &text!(
                    "{zh}；单位：%；另用一批随机数估计；横线为{level}区间（只反映模拟次数有限）",
                    "{en}; unit: %; on fresh draws; whiskers are {level} intervals (sampling error only)"
                ),
                lang,
            ),
            notes: Vec::new(),
            source: source(answer, lang),
        },
        axis,
        figures_head: say(&text!("可能性（{level}区间）", "Chance ({level} interval)"), lang),
        groups: vec![Group { heading: String::new(), rows: found.shares.iter().map(row).collect() }],
        stems: false,
    };
    Ok(Figure {
        id: "chances".to_owned(),
        drawing: dots::render(&chart)?,
        caption: head(
            "等可能性分解下各点在同一位置；按规模分摊则难易悬殊。",
            "With equal chances the dots stand in line; by size the tasks are unequal.",
            lang,
        ),
        table: shares(answer, lang),
        title,
    })
}

/// Tasks by year beside what is there in the base year.
pub fn paths(answer: &Answer<Decomposition>, lang: Lang) -> Result<Figure, ChartError> {
    let found = &answer.findings;
    let title = head("各集群逐年任务", "Tasks by cluster and year", lang);
    let before = tasks::before(found);
    let rows = found.shares.iter().enumerate().map(|(index, share)| {
        let before = before.iter().map(|(_, figures)| figures[index]);
        let tasks = found.years.iter().map(|year| year.tasks[index]);
        yearly::Row {
            name: share.cluster.name.get(lang).to_owned(),
            emphasis: false,
            digits: Some(digits(share.unit)),
            values: before.chain(tasks).collect(),
            total: share.growth.map_or_else(|| "—".to_owned(), number::growth),
        }
    });
    let unit = say(&number::money_unit(), lang);
    let (base_year, last) = (found.base_year, found.from - 1);
    let light = if base_year == last {
        text!("{base_year}年现有规模", "what is there in {base_year}")
    } else {
        text!(
            "{base_year}年现有规模和到{last}年的预计数",
            "what is there in {base_year} and expected to {last}"
        )
    };
    let (light_zh, light_en) = (&light.zh, &light.en);
    let chart = Yearly {
        words: Words {
            title: title.clone(),
            subtitle: say(
                &text!(
                    "单位：{unit}；浅色柱是{light_zh}（模拟的均值），深色柱是任务；各行用各自的尺度，行与行之间请比数字",
                    "unit: {unit}; light: {light_en} (mean of the trials), dark: tasks; every row has its own scale"
                ),
                lang,
            ),
            notes: Vec::new(),
            source: source(answer, lang),
        },
        years: (found.base_year..found.from).chain(found.years.iter().map(|year| year.year)).collect(),
        total_head: head("年均增速", "growth a year", lang),
        present: before.len(),
        lang,
        own_scales: true,
        rows: rows.collect(),
    };
    Ok(Figure {
        id: "tasks".to_owned(),
        drawing: yearly::render(&chart)?,
        caption: head(
            "浅色为现有规模和预计数，深色为任务；各行尺度不同。",
            "Light: what is there or to be expected; dark: tasks. Scales differ from row to row.",
            lang,
        ),
        table: tasks::table(found, lang),
        title,
    })
}
