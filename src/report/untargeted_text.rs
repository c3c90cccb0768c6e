//! What is shown of a run whose scenario sets no target: where its series end up, and what to write to get a chance.

use super::number::{decimal, figure, figure_range, money, trials, unit_of};
use super::table::{Column, Table};
use crate::analysis::results::*;
use crate::text;
use crate::text::{Lang, Text};

/// Whether the scenario sets no target that tables show.
pub fn is_untargeted(results: &Results) -> bool {
    results.runs.iter().all(|run| run.targets.iter().all(|target| target.role != "target"))
}

/// What to write so that there is a target, as a sentence.
pub fn how_to_set(results: &Results) -> Text {
    let province = results.runs.first().and_then(|run| run.series.iter().find(|s| s.kind == "province"));
    let scope = province.map_or("nation", |series| series.id.split('@').next().unwrap_or(&series.id));
    let year = results.scenario.horizon;
    text!(
        "要得到可能性，在情景文件末尾加一项目标，例如：[[target]]，换行写 id = \"goal\"、name = \"{year}年达到100亿元\"、scope = \"{scope}\"、year = {year}、at_least = \"100亿元\"（各占一行）；填报的工作簿则填“目标”表。",
        "To get a probability, add a target at the end of the scenario, for example [[target]] and, each on a line of its own, id = \
         \"goal\", name = \"10 billion yuan in {year}\", scope = \"{scope}\", year = {year}, at_least = \"10bn\"; in a workbook to fill \
         in, use the sheet of targets."
    )
}

/// That there is no target, and what to write.
pub fn sentence(results: &Results, lang: Lang) -> String {
    let how = how_to_set(results);
    let (how_zh, how_en) = (how.zh, how.en);
    text!(
        "情景文件没有设目标，所以没有实现的可能性可说，下表只列各方案的结果。{how_zh}",
        "The scenario sets no target, so there is no probability of meeting one; the table has the results of every policy only. {how_en}"
    )
    .get(lang)
    .to_owned()
}

/// The first series in the last year, and public money, under every policy.
pub fn table(results: &Results, lang: Lang) -> Table {
    let say = |text: Text| text.get(lang).to_owned();
    let series = results.runs.first().and_then(|run| run.series.first());
    let year = series.and_then(|series| series.years.last()).copied().unwrap_or(results.scenario.horizon);
    let unit = series.map(|series| unit_of(&series.figure, &series.unit_name)).unwrap_or_default();
    let (unit_zh, unit_en) = (unit.zh, unit.en);
    let name = series.map(|series| series.name.clone()).unwrap_or_default();
    let (name_zh, name_en) = (name.zh, name.en);
    let worlds = results.run.worlds.len() > 1;
    let mut columns = vec![Column::text(say(Text::new("方案", "Policy")))];
    if worlds {
        columns.push(Column::text(say(Text::new("情景", "World"))));
    }
    columns.push(Column::number(say(text!(
        "{year}年中位数（5%–95%）{unit_zh}",
        "Median of {year} (5–95%), {unit_en}"
    ))));
    columns.push(Column::number(say(Text::new("财政支出 亿元", "Public money, billion yuan"))));
    let row = |run: &RunResult| {
        let mut row = vec![run.policy.name.get(lang).to_owned()];
        if worlds {
            row.push(run.world.name.get(lang).to_owned());
        }
        let told = run.series.first().and_then(|series| {
            let at = |key: &str| series.quantiles.get(key)?.last().copied();
            let (median, low, high) = (at("0.5")?, at("0.05")?, at("0.95")?);
            let (median, range) =
                (figure(median, &series.figure, lang), figure_range(low, high, &series.figure, lang));
            Some(say(text!("{median}（{range}）", "{median} ({range})")))
        });
        row.push(told.unwrap_or_default());
        row.push(money(run.cost.gross.mean, lang));
        row
    };
    let trials_en = trials(results.run.trials);
    let (trials, seed, version) =
        (decimal(results.run.trials as f64, 0), results.run.seed, &results.program.version);
    let note = text!(
        "每个方案模拟{trials}次，种子{seed}，clustercast {version}；逐年结果见 results.csv 或报告（report）。",
        "{trials_en} a policy, seed {seed}, clustercast {version}; yearly figures are in results.csv and in a report (`report`)."
    );
    Table {
        title: Some(say(text!("各方案的结果：{name_zh}", "Results by policy: {name_en}"))),
        columns,
        rows: results.runs.iter().map(row).collect(),
        notes: vec![say(note)],
    }
}

#[cfg(test)]
mod tests {
    use crate::report::briefing::Briefing;
    use crate::report::briefing::tests::run;
    use crate::report::results_text::terminal;
    use crate::text::Lang;

    #[test]
    fn without_targets_every_output_says_what_to_write() {
        let mut results = run(include_str!("../../tests/fixtures/reports/extremes.toml"));
        let with = terminal(&results, Lang::Zh, 100);
        assert!(!with.contains("没有设目标"), "{with}");
        for run in &mut results.runs {
            run.targets.clear();
        }
        for (lang, missing, write) in
            [(Lang::Zh, "没有设目标", "[[target]]"), (Lang::En, "sets no target", "[[target]]")]
        {
            let shown = terminal(&results, lang, 100).replace('\n', " ");
            assert!(shown.contains(missing) && shown.contains(write), "{shown}");
            for run in &results.runs {
                assert!(shown.contains(run.policy.name.get(lang)), "{shown}");
            }
            // no table of heads without rows
            let tables = crate::report::results_text::tables(&results, lang);
            assert!(tables.iter().all(|table| !table.rows.is_empty()), "{shown}");
            let briefing = Briefing::of(&results, lang);
            let said = briefing.sentences().collect::<Vec<_>>().join(" ");
            assert!(said.contains(missing) && said.contains(write), "{said}");
        }
    }
}
