//! The result files of a run: document, table for spreadsheets, charts, a briefing, and the manifest that lists them.

use std::fs;
use std::path::{Path, PathBuf};

use super::args::SamplesFormat;
use super::ending::Ending;
use super::files::{OutputSet, shown_path};
use super::pictures::Pictures;
use super::watch::Watch;
use crate::analysis::Results;
use crate::analysis::trials::Trials;
use crate::report::briefing::Briefing;
use crate::report::manifest::Manifest;
#[cfg(feature = "parquet")]
use crate::report::trials_parquet;
use crate::report::{docx, html, results_csv, results_json, trials_csv, xlsx};
use crate::text;
use crate::text::{Lang, Text};

/// The name of the result document.
pub const DOCUMENT: &str = "results.json";

const PAGE: &str = "report.html";
const WORKBOOK: &str = "report.xlsx";
const PAPER: &str = "briefing.docx";
const SAMPLES: [&str; 2] = ["samples.csv", "samples.parquet"];

/// What has been written.
#[derive(Debug)]
pub struct Written {
    dir: PathBuf,
    files: Vec<String>,
    /// The sentences that the briefing begins with; none without a briefing.
    pub summary: Vec<String>,
    /// What is not quite as it should be, such as a chart that could not be drawn.
    pub warnings: Vec<Text>,
}

impl Written {
    /// Where the files are and how to check them, in a few lines.
    pub fn list(&self) -> Text {
        let dir = shown_path(&self.dir);
        let (mut zh, mut en) = (format!("结果文件在 {dir}："), format!("result files in {dir}: "));
        let (briefing, rest): (Vec<&String>, Vec<_>) =
            self.files.iter().partition(|name| briefing_part(name).is_some());
        for (name, what) in briefing.iter().filter_map(|name| Some((name, briefing_part(name)?))) {
            if let Some(what) = what {
                zh.push_str(&format!("\n  {name}（{}）", what.zh));
                en.push_str(&format!("\n  {name} ({})", what.en));
            }
        }
        let charts: Vec<&str> = self.files.iter().filter_map(|name| chart_id(name)).collect();
        if !charts.is_empty() {
            let n = charts.len();
            zh.push_str(&format!("\n  chart-*.svg、chart-*.png（{n}张图：{}）", charts.join("、")));
            en.push_str(&format!("\n  chart-*.svg, chart-*.png ({n} charts: {})", charts.join(", ")));
        }
        if !briefing.is_empty() {
            zh.push_str("\n  ");
            en.push_str("\n  ");
        }
        let names = |with: &str| rest.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(with);
        let (zh_names, en_names) = (names("、"), names(", "));
        let document = shown_path(&self.dir.join(DOCUMENT));
        text!(
            "{zh}{zh_names}\n要核对能否逐位重现：clustercast verify {document}\n",
            "{en}{en_names}\nto check that they can be reproduced: clustercast verify {document}\n"
        )
    }
}

/// Whether a file belongs to a briefing, and what it is if that is worth a line of its own.
fn briefing_part(name: &str) -> Option<Option<Text>> {
    match name {
        PAGE => Some(Some(text!("网页，用浏览器打开，不需联网", "page for the browser, needs no network"))),
        WORKBOOK => Some(Some(text!("Excel 工作簿", "workbook"))),
        PAPER => Some(Some(text!("Word 简报", "document"))),
        name if name.starts_with("chart-") => Some(None),
        _ => None,
    }
}

fn chart_id(name: &str) -> Option<&str> {
    name.strip_prefix("chart-")?.strip_suffix(".svg")
}

/// The result document as text.
///
/// # Errors
/// An [`Ending`] if a figure has no JSON form, which a finished run does not hold.
pub fn json(results: &Results) -> Result<String, Ending> {
    results_json::write(results).map_err(|fault| Ending::bad_input(&fault))
}

/// The file of single trials.
///
/// # Errors
/// An [`Ending`] if they have no Parquet form, which finished trials do not lack, or in a program without it.
pub fn samples(trials: &Trials, format: SamplesFormat) -> Result<(&'static str, Vec<u8>), Ending> {
    match format {
        SamplesFormat::Csv => Ok((SAMPLES[0], trials_csv::write(trials).into_bytes())),
        #[cfg(feature = "parquet")]
        SamplesFormat::Parquet => {
            let failed = |fault| {
                Ending::bad_input(&text!(
                    "逐次结果写不成 Parquet：{fault}",
                    "single trials cannot be written as Parquet: {fault}"
                ))
            };
            trials_parquet::write(trials).map(|bytes| (SAMPLES[1], bytes)).map_err(failed)
        }
        #[cfg(not(feature = "parquet"))]
        SamplesFormat::Parquet => Err(Ending::bad_input(&SamplesFormat::missing())),
    }
}

/// Texts of files that are made before the others.
pub struct Made {
    /// The result document.
    pub document: String,
    /// Single trials, with the name of their file.
    pub samples: Option<(&'static str, Vec<u8>)>,
}

/// Writes all files of `results`, or none; with `briefing` come the page, the
/// workbook, the document for the office and every chart.
///
/// # Errors
/// An [`Ending`] if they cannot be made or written, or if Ctrl-C comes before; the folder is as it was then.
pub fn write(
    mut set: OutputSet,
    results: &Results,
    made: Made,
    briefing: bool,
    lang: Lang,
    watch: &Watch,
) -> Result<Written, Ending> {
    let mut files = vec![
        (DOCUMENT.to_owned(), made.document.into_bytes()),
        ("results.csv".to_owned(), results_csv::write(results, lang).into_bytes()),
    ];
    files.extend(made.samples.map(|(name, samples)| (name.to_owned(), samples)));
    let mut pictures = Pictures::default();
    pictures.fans(results, lang);
    let mut summary = Vec::new();
    if briefing {
        let briefing = Briefing::of(results, lang);
        pictures.figures(&briefing);
        if watch.interrupted() {
            return Err(Ending::interrupted());
        }
        files.extend(papers(&briefing, results)?);
        summary = briefing.sentences().map(str::to_owned).collect();
    }
    let (charts, mut warnings) = pictures.finish();
    files.extend(charts);
    let manifest = Manifest::of(files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
    files.push(("manifest.json".to_owned(), manifest.to_json().into_bytes()));
    let names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
    warnings.extend(left_over(set.dir(), &names));
    for (name, bytes) in files {
        set.add(name, bytes)?;
    }
    if watch.interrupted() {
        return Err(Ending::interrupted());
    }
    let dir = set.dir().to_owned();
    set.commit()?;
    Ok(Written { dir, files: names, summary, warnings })
}

/// The warning that the folder holds parts of an earlier report, which do not belong to these results. They stay: the
/// office may have gone on writing in them.
fn left_over(dir: &Path, names: &[String]) -> Option<Text> {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    let found = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let is_ours = |name: &String| {
        briefing_part(name).is_some()
            || SAMPLES.contains(&name.as_str())
            || (name.starts_with("fan") && name.ends_with(".svg"))
    };
    let mut old: Vec<String> = found.filter(|name| is_ours(name) && !names.contains(name)).collect();
    old.sort();
    if old.is_empty() {
        return None;
    }
    let (dir, zh, en) = (shown_path(dir), old.join("、"), old.join(", "));
    Some(text!(
        "注意：{dir} 里还有以前的材料，与这次的结果不是一套，没有改动：{zh}；不再需要的请删去，或用 report（逐次结果用 --samples）重新生成",
        "note: {dir} still holds files of an earlier run that do not belong to these results and were left as they are: \
         {en}; delete what is no longer needed, or make them anew with `report` (single trials with --samples)"
    ))
}

/// The page, the workbook and the document.
fn papers(briefing: &Briefing, results: &Results) -> Result<[(String, Vec<u8>); 3], Ending> {
    let failed = |name: &'static str| {
        move |Text { zh, en }: Text| {
            Ending::bad_input(&text!("{name} 没有做成：{zh}", "{name} could not be made: {en}"))
        }
    };
    let page = html::write(briefing).map_err(failed(PAGE))?.into_bytes();
    let workbook = xlsx::write(briefing, results).map_err(failed(WORKBOOK))?;
    let paper = docx::write(briefing).map_err(failed(PAPER))?;
    Ok([(PAGE, page), (WORKBOOK, workbook), (PAPER, paper)].map(|(name, bytes)| (name.to_owned(), bytes)))
}
