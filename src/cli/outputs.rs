//! The result files of a run: document, table for spreadsheets, charts, and the manifest that lists them.

use std::path::PathBuf;

use super::ending::Ending;
use super::files::{OutputSet, shown_path};
use super::watch::Watch;
use crate::analysis::Results;
use crate::report::chart::{ChartError, grid, svg};
use crate::report::manifest::Manifest;
use crate::report::{results_chart, results_csv, results_json};
use crate::text;
use crate::text::{Lang, Text};

/// Pixels across a PNG: sharp on paper across a page.
const PNG_WIDTH: u32 = 2000;

/// The name of the result document.
const DOCUMENT: &str = "results.json";

/// What has been written.
#[derive(Debug)]
pub struct Written {
    dir: PathBuf,
    files: Vec<String>,
    /// What is not quite as it should be, such as a chart that could not be drawn.
    pub warnings: Vec<Text>,
}

impl Written {
    /// Where the files are and how to check them, in two lines.
    pub fn hint(&self) -> Text {
        let (dir, zh, en) = (shown_path(&self.dir), self.files.join("、"), self.files.join(", "));
        let document = shown_path(&self.dir.join(DOCUMENT));
        text!(
            "结果文件在 {dir}：{zh}\n要核对能否逐位重现：clustercast verify {document}\n",
            "result files in {dir}: {en}\nto check that they can be reproduced: clustercast verify {document}\n"
        )
    }
}

/// The result document as text.
///
/// # Errors
/// An [`Ending`] if a figure has no JSON form, which a finished run does not hold.
pub fn json(results: &Results) -> Result<String, Ending> {
    results_json::write(results).map_err(|fault| Ending::bad_input(&fault))
}

/// Writes all files of a run, or none.
///
/// # Errors
/// An [`Ending`] if they cannot be written, or if Ctrl-C comes before; the folder is as it was then.
pub fn write(mut set: OutputSet, results: &Results, lang: Lang, watch: &Watch) -> Result<Written, Ending> {
    let (charts, warnings) = charts(results, lang);
    let mut files = vec![
        (DOCUMENT.to_owned(), json(results)?.into_bytes()),
        ("results.csv".to_owned(), results_csv::write(results, lang).into_bytes()),
    ];
    files.extend(charts);
    let manifest = Manifest::of(files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
    files.push(("manifest.json".to_owned(), manifest.to_json().into_bytes()));
    let names = files.iter().map(|(name, _)| name.clone()).collect();
    for (name, bytes) in files {
        set.add(name, bytes)?;
    }
    if watch.interrupted() {
        return Err(Ending::interrupted());
    }
    let dir = set.dir().to_owned();
    set.commit()?;
    Ok(Written { dir, files: names, warnings })
}

/// Every chart as SVG and PNG, and what went wrong with them: figures are worth having without their picture.
fn charts(results: &Results, lang: Lang) -> (Vec<(String, Vec<u8>)>, Vec<Text>) {
    let (mut files, mut warnings) = (Vec::new(), Vec::new());
    let grids = results_chart::grids(results, lang);
    let single = grids.len() == 1;
    for (world, grid) in grids {
        let name = if single { "fan".to_owned() } else { format!("fan-{}", file_part(&world.id)) };
        match draw(&grid) {
            Ok((paths, png, missing)) => {
                files.push((format!("{name}.svg"), paths.into_bytes()));
                files.push((format!("{name}.png"), png));
                // The same names stand in every chart.
                warnings.extend(missing.filter(|warning| !warnings.contains(warning)));
            }
            Err(error) => {
                let Text { zh, en } = error.text();
                warnings
                    .push(text!("警告：没有画出 {name}：{zh}", "warning: {name} could not be drawn: {en}"));
            }
        }
    }
    (files, warnings)
}

type Drawn = (String, Vec<u8>, Option<Text>);

fn draw(grid: &grid::FanGrid) -> Result<Drawn, ChartError> {
    let drawn = grid::render(grid)?.svg;
    let missing = svg::missing_glyphs_warning(&visible(&drawn));
    let missing = missing.map(|Text { zh, en }| text!("警告：{zh}", "warning: {en}"));
    Ok((svg::to_paths(&drawn)?, svg::to_png(&drawn, PNG_WIDTH)?, missing))
}

/// The text between the tags of an SVG.
fn visible(svg: &str) -> String {
    svg.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect()
}

/// An identifier as part of a file name: what some system forbids becomes `_`.
fn file_part(id: &str) -> String {
    id.replace(['\\', '/', ':', '*', '?', '"', '<', '>', '|'], "_")
}
