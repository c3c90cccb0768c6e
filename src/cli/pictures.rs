//! Charts as files, SVG and PNG, and what went wrong with them: figures are worth having without their picture.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::analysis::Results;
use crate::report::briefing::{Briefing, Figure};
use crate::report::chart::{ChartError, grid, svg};
use crate::report::decision::Paper;
use crate::report::results_chart;
use crate::text;
use crate::text::{Lang, Text};

/// Pixels across a PNG: sharp on paper across a page.
const PNG_WIDTH: u32 = 2000;

/// Charts that are to become files, with warnings.
#[derive(Debug, Default)]
pub struct Pictures {
    /// Name without ending, and the drawing.
    charts: Vec<(String, String)>,
    warnings: Vec<Text>,
}

/// A chart as it is written: SVG with paths, and PNG.
type Files = (String, Vec<u8>);

impl Pictures {
    /// Adds the fan charts of a run, one for each world.
    pub fn fans(&mut self, results: &Results, lang: Lang) {
        let grids = results_chart::grids(results, lang);
        let single = grids.len() == 1;
        for (world, fans) in grids {
            let name = if single { "fan".to_owned() } else { format!("fan-{}", file_part(&world.id)) };
            match grid::render(&fans) {
                Ok(drawing) => self.charts.push((name, drawing.svg)),
                Err(error) => self.warnings.push(not_drawn(&name, &error)),
            }
        }
    }

    /// Adds every chart of a briefing.
    pub fn figures(&mut self, briefing: &Briefing) {
        for Figure { id, drawing, .. } in &briefing.figures {
            self.charts.push((format!("chart-{id}"), drawing.svg.clone()));
        }
        self.fail(&briefing.failures);
    }

    /// Adds every chart of a decision analysis.
    pub fn answer(&mut self, word: &str, paper: &Paper) {
        for Figure { id, drawing, .. } in &paper.figures {
            self.charts.push((format!("{word}-{id}"), drawing.svg.clone()));
        }
        self.fail(&paper.failures);
    }

    fn fail(&mut self, failures: &[ChartError]) {
        for error in failures {
            let Text { zh, en } = error.text();
            self.warnings
                .push(text!("警告：有一张图没有画出：{zh}", "warning: a chart could not be drawn: {en}"));
        }
    }

    /// Draws everything: files in the order of adding, and all warnings.
    pub fn finish(self) -> (Vec<(String, Vec<u8>)>, Vec<Text>) {
        let Self { charts, mut warnings } = self;
        let (mut files, mut missing) = (Vec::new(), Vec::<(Text, Vec<String>)>::new());
        for ((name, drawn), result) in charts.iter().zip(converted(&charts)) {
            match result {
                Ok((paths, png)) => {
                    files.push((format!("{name}.svg"), paths.into_bytes()));
                    files.push((format!("{name}.png"), png));
                }
                Err(error) => warnings.push(not_drawn(name, &error)),
            }
            // the same names stand in many charts: one warning for all of them
            if let Some(lacking) = svg::missing_glyphs_warning(&visible(drawn)) {
                match missing.iter_mut().find(|(known, _)| *known == lacking) {
                    Some((_, charts)) => charts.push(name.clone()),
                    None => missing.push((lacking, vec![name.clone()])),
                }
            }
        }
        warnings.extend(missing.into_iter().map(|(Text { zh, en }, charts)| {
            let (zh_charts, en_charts) = (charts.join("、"), charts.join(", "));
            text!("警告：{zh}（{zh_charts}）", "warning: {en} ({en_charts})")
        }));
        (files, warnings)
    }
}

/// Every chart in both forms, in the same order, drawn on all cores.
fn converted(charts: &[(String, String)]) -> Vec<Result<Files, ChartError>> {
    let done: Vec<Mutex<Option<Result<Files, ChartError>>>> =
        charts.iter().map(|_| Mutex::new(None)).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let (Some((_, drawn)), Some(place)) = (charts.get(index), done.get(index)) else { return };
            let files = svg::to_both(drawn, PNG_WIDTH);
            if let Ok(mut place) = place.lock() {
                *place = Some(files);
            }
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from).min(charts.len());
    thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(work);
        }
        work();
    });
    let lost = || ChartError::Svg { reason: "drawing was cut short".to_owned() };
    let result = |place: Mutex<Option<_>>| place.into_inner().ok().flatten().unwrap_or_else(|| Err(lost()));
    done.into_iter().map(result).collect()
}

fn not_drawn(name: &str, error: &ChartError) -> Text {
    let Text { zh, en } = error.text();
    text!("警告：没有画出 {name}：{zh}", "warning: {name} could not be drawn: {en}")
}

/// The text between the tags of an SVG.
fn visible(svg: &str) -> String {
    svg.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect()
}

/// Worlds (identifiers, each once) whose charts would become one file: which two, and what to do; `None` if each gives
/// a file of its own. On many machines capitals do not tell files apart.
pub fn clash<'i>(ids: impl IntoIterator<Item = &'i str>) -> Option<Text> {
    let mut names: Vec<(String, &str)> = Vec::new();
    for id in ids {
        let name = file_part(id).to_lowercase();
        let Some((_, other)) = names.iter().find(|(known, _)| *known == name) else {
            names.push((name, id));
            continue;
        };
        return Some(text!(
            "情景“{other}”与“{id}”的图会写进同一个文件（fan-{name}.svg）：\
             文件名里不能用的符号都换成下划线，也不分大小写；请在情景文件里把其中一个的 id 改掉，或用 --world 分开计算",
            "the charts of the worlds \"{other}\" and \"{id}\" would be one file (fan-{name}.svg): \
             characters that file names cannot hold become underscores, and capitals do not count; \
             give one of them another id in the scenario, or run them apart with --world"
        ));
    }
    None
}

/// An identifier as part of a file name: what some system forbids becomes `_`.
fn file_part(id: &str) -> String {
    id.replace(['\\', '/', ':', '*', '?', '"', '<', '>', '|'], "_")
}

#[cfg(test)]
mod tests {
    use super::clash;

    #[test]
    fn worlds_whose_charts_would_share_a_file_are_told() {
        assert_eq!(clash(["base", "slow-down", "slow_down", "放缓"]), None);
        assert_eq!(clash([]), None);
        for pair in [["慢|1", "慢?1"], ["Base", "base"], ["a?", "a_"]] {
            let fault = clash(["other", pair[0], pair[1]]).unwrap_or_else(|| panic!("{pair:?}"));
            for id in pair {
                assert!(fault.zh.contains(&format!("“{id}”")) && fault.en.contains(id), "{fault:?}");
            }
        }
    }
}
