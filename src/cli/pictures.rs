//! Charts as files, SVG and PNG, and what went wrong with them: figures are worth having without their picture.

use std::mem;

use crate::analysis::Results;
use crate::report::briefing::{Briefing, Figure};
use crate::report::chart::{ChartError, grid, svg};
use crate::report::results_chart;
use crate::text;
use crate::text::{Lang, Text};

/// Pixels across a PNG: sharp on paper across a page.
const PNG_WIDTH: u32 = 2000;

/// The files of the charts drawn so far, with warnings.
#[derive(Debug, Default)]
pub struct Pictures {
    files: Vec<(String, Vec<u8>)>,
    warnings: Vec<Text>,
    /// Warnings of characters without a glyph, each with the charts that need them.
    missing: Vec<(Text, Vec<String>)>,
}

impl Pictures {
    /// Adds the fan charts of a run, one for each world.
    pub fn fans(&mut self, results: &Results, lang: Lang) {
        let grids = results_chart::grids(results, lang);
        let single = grids.len() == 1;
        for (world, fans) in grids {
            let name = if single { "fan".to_owned() } else { format!("fan-{}", file_part(&world.id)) };
            let drawn = grid::render(&fans).map(|drawing| drawing.svg);
            self.add(name, drawn);
        }
    }

    /// Adds every chart of a briefing.
    pub fn figures(&mut self, briefing: &Briefing) {
        for Figure { id, drawing, .. } in &briefing.figures {
            self.add(format!("chart-{id}"), Ok(drawing.svg.clone()));
        }
        for error in &briefing.failures {
            let Text { zh, en } = error.text();
            self.warnings
                .push(text!("警告：有一张图没有画出：{zh}", "warning: a chart could not be drawn: {en}"));
        }
    }

    /// Files and warnings.
    pub fn finish(mut self) -> (Vec<(String, Vec<u8>)>, Vec<Text>) {
        for (Text { zh, en }, charts) in mem::take(&mut self.missing) {
            let (zh_charts, en_charts) = (charts.join("、"), charts.join(", "));
            self.warnings.push(text!("警告：{zh}（{zh_charts}）", "warning: {en} ({en_charts})"));
        }
        (self.files, self.warnings)
    }

    fn add(&mut self, name: String, drawn: Result<String, ChartError>) {
        let files = drawn.and_then(|drawn| {
            let files = (svg::to_paths(&drawn)?, svg::to_png(&drawn, PNG_WIDTH)?);
            Ok((svg::missing_glyphs_warning(&visible(&drawn)), files))
        });
        match files {
            Ok((missing, (paths, png))) => {
                if let Some(missing) = missing {
                    // The same names stand in many charts: one warning for all of them.
                    match self.missing.iter_mut().find(|(known, _)| *known == missing) {
                        Some((_, charts)) => charts.push(name.clone()),
                        None => self.missing.push((missing, vec![name.clone()])),
                    }
                }
                self.files.push((format!("{name}.svg"), paths.into_bytes()));
                self.files.push((format!("{name}.png"), png));
            }
            Err(error) => {
                let Text { zh, en } = error.text();
                self.warnings
                    .push(text!("警告：没有画出 {name}：{zh}", "warning: {name} could not be drawn: {en}"));
            }
        }
    }
}

/// The text between the tags of an SVG.
fn visible(svg: &str) -> String {
    svg.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect()
}

/// An identifier as part of a file name: what some system forbids becomes `_`.
fn file_part(id: &str) -> String {
    id.replace(['\\', '/', ':', '*', '?', '"', '<', '>', '|'], "_")
}
