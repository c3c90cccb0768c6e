//! `report`: everything for a briefing, from a scenario that is simulated first or from results that were kept.

use std::path::{Path, PathBuf};

use super::args::{Format, RunArgs};
use super::command::Opt;
use super::document::{self, Document};
use super::ending::Ending;
use super::exit::Exit;
use super::files::{OutputSet, shown_path};
use super::outputs::{self, DOCUMENT, Made, Written};
use super::pictures;
use super::print;
use super::run;
use super::terminal::{note, width};
use super::watch::Watch;
use crate::analysis::Results;
use crate::report::briefing::command;
use crate::report::table::wrapped;
use crate::text;
use crate::text::{Lang, Text};

/// Writes the page, the workbook, the document and the charts of a scenario or of a result document, and prints the
/// summary with the list of the files.
///
/// # Errors
/// An [`Ending`] as for [`run::run`]; for a result document also if options of a simulation are given. No file has
/// changed then, except if standard output fails.
pub fn report(args: &RunArgs, lang: Lang) -> Result<Exit, Ending> {
    let (results, written) = if is_document(&args.file) { kept(args, lang)? } else { simulated(args, lang)? };
    for warning in &written.warnings {
        note(warning.get(lang));
    }
    if !results.run.briefing {
        note(without_parts(&results).get(lang));
    }
    match args.format {
        Format::Json => {
            if !args.quiet {
                note(written.list().get(lang).trim_end());
            }
            print(&outputs::json(&results)?, Exit::Done)
        }
        Format::Text => {
            let lines = written.summary.iter().flat_map(|sentence| wrapped(sentence, width()));
            let mut page: String = lines.map(|line| line + "\n").collect();
            if !args.quiet {
                if !page.is_empty() {
                    page.push('\n');
                }
                page.push_str(written.list().get(lang));
            }
            print(&page, Exit::Done)
        }
    }
}

/// Whether `file` is to be read as results: scenarios are never JSON.
fn is_document(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}

fn simulated(args: &RunArgs, lang: Lang) -> Result<(Results, Written), Ending> {
    let (results, written) = run::simulated(args, lang)?;
    match written {
        Some(written) => Ok((results, written)),
        // A briefing always has a folder.
        None => Err(Ending::told(Exit::FileTrouble)),
    }
}

/// The files of a result document, in its folder unless another one is asked for; the document itself is kept to the
/// byte.
fn kept(args: &RunArgs, lang: Lang) -> Result<(Results, Written), Ending> {
    refuse_simulation(args)?;
    let Document { results, text } = document::read(&args.file)?;
    if let Some(fault) = results.fault() {
        let file = shown_path(&args.file);
        let Text { zh, en } = fault;
        return Err(Ending::bad_input(&text!(
            "{file} 里的内容不可能是算出来的结果：{zh}；请用 report 或 run 重新计算",
            "{file} holds what no run can have found: {en}; compute it again with `report` or `run`"
        )));
    }
    if results.run.sampler.is_some() {
        let file = shown_path(&args.file);
        return Err(Ending::bad_input(&text!(
            "{file} 是用 --sampler 均匀抽样算出的；报告按独立抽样编写，请不带 --sampler 重新计算",
            "{file} was made with --sampler for evenly spread trials; reports are made for independent trials: compute it again without --sampler"
        )));
    }
    if let Some(fault) = pictures::clash(results.run.worlds.iter().map(|world| world.id.as_str())) {
        return Err(Ending::bad_input(&fault));
    }
    let set = OutputSet::new(args.out.clone().unwrap_or_else(|| folder_of(&args.file)))?;
    let watch = Watch::new(results.run.trials, lang, true);
    let written = outputs::write(set, &results, Made { document: text, samples: None }, true, lang, &watch)?;
    Ok((results, written))
}

/// The folder of a `results.json`; for a document of another name a folder beside it, so that the `results.json` of
/// another run is not replaced.
fn folder_of(file: &Path) -> PathBuf {
    let folder = match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    if file.file_name().is_some_and(|name| name == DOCUMENT) {
        return folder.to_owned();
    }
    folder.join(file.file_stem().unwrap_or(file.as_os_str()))
}

/// The fault of options that results which are already there can no longer follow.
fn refuse_simulation(args: &RunArgs) -> Result<(), Ending> {
    let given = [
        (Opt::Policy, !args.policies.is_empty()),
        (Opt::World, !args.worlds.is_empty()),
        (Opt::Switch, !args.switches.is_empty()),
        (Opt::Trials, args.trials.is_some()),
        (Opt::Precision, !args.precision.is_empty()),
        (Opt::Seed, args.seed.is_some()),
        (Opt::Threads, args.threads.is_some()),
    ];
    let names: Vec<String> =
        given.iter().filter(|(_, given)| *given).map(|(opt, _)| format!("--{}", opt.spec().long)).collect();
    if names.is_empty() {
        return Ok(());
    }
    let (file, zh, en) = (shown_path(&args.file), names.join("、"), names.join(", "));
    Err(Ending::bad_input(&text!(
        "{file} 是已经算好的结果，不再模拟，不能用 {zh}；请去掉，或改用情景文件",
        "{file} holds finished results and is not simulated again, so {en} cannot be used; leave it out or name the scenario file"
    )))
}

/// What results of a plain run cannot show, and how to get it: with the very command of the reproduction line.
fn without_parts(results: &Results) -> Text {
    let (zh, en) = (command(results, Lang::Zh), command(results, Lang::En));
    text!(
        "注意：结果由 run 算出，没有分开模拟各类政策工具，所以缺少“各类政策工具的贡献”和“投入与作用”两种图表；\
         要有这些图表，请在情景文件所在的文件夹里运行：{zh}",
        "note: these results were made by `run`, which does not simulate parts of policies, so the charts of what instruments \
         contribute and of what they cost are left out; to have them, run in the folder of the scenario file: {en}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_results_json_is_written_into_its_own_folder() {
        for (file, folder) in
            [("a/results.json", "a"), ("results.json", "."), ("a/hubei.json", "a/hubei"), ("x.json", "./x")]
        {
            assert_eq!(folder_of(Path::new(file)), Path::new(folder), "{file}");
        }
    }

    #[test]
    fn scenarios_and_documents_are_told_apart_by_their_ending() {
        for (file, document) in [("a.toml", false), ("a.json", true), ("a.JSON", true), ("json", false)] {
            assert_eq!(is_document(Path::new(file)), document, "{file}");
        }
    }
}
