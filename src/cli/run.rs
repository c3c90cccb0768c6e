//! `run`: simulates a scenario, writes the result files and prints the table.

use std::path::{Path, PathBuf};

use super::args::{Format, RunArgs, SamplesFormat};
use super::command::Opt;
use super::ending::Ending;
use super::exit::Exit;
use super::files::OutputSet;
use super::load::{self, Scenario};
use super::outputs::{self, Made, Written};
use super::pictures;
use super::terminal::{note, width};
use super::watch::Watch;
use super::{print, unanswered};
use crate::analysis::trials::Asked;
use crate::analysis::{Request, Results, Sampler, Unseen, inputs_of, observed_trials, simulate};
use crate::report::results_text;
use crate::text;
use crate::text::{Lang, Text};

/// Simulates what `args` ask for. Files are written before anything is printed, so that a reader who closes the
/// pipe early gets them all the same; with `--format json` only if `--out` names a folder or a briefing is asked for.
///
/// # Errors
/// An [`Ending`] if the scenario has errors, an identifier is unknown, a file cannot be read or written, the run is
/// interrupted, or standard output fails. No file has changed then, except in the last case.
pub fn run(args: &RunArgs, lang: Lang) -> Result<Exit, Ending> {
    let (results, written) = simulated(args, lang)?;
    for warning in written.iter().flat_map(|written| &written.warnings) {
        note(warning.get(lang));
    }
    let hint = written.filter(|_| !args.quiet).map(|written| written.list());
    match args.format {
        Format::Json => {
            if let Some(hint) = hint {
                note(hint.get(lang).trim_end());
            }
            print(&outputs::json(&results)?, Exit::Done)
        }
        Format::Text => {
            let hint = hint.map_or_else(String::new, |hint| format!("\n{}", hint.get(lang)));
            print(&format!("{}{hint}", results_text::terminal(&results, lang, width())), Exit::Done)
        }
    }
}

/// Simulates what `args` ask for and writes the files; `None` if none are asked for.
///
/// # Errors
/// As [`run`], but nothing is printed on standard output.
pub(super) fn simulated(args: &RunArgs, lang: Lang) -> Result<(Results, Option<Written>), Ending> {
    let Scenario { model, sources } = load::scenario(&args.file, &args.switches, lang)?;
    // Tried before the run: nobody should wait an hour for results that cannot be written.
    let set = folder(args).map(OutputSet::new).transpose()?;
    let chosen = model.worlds.iter().map(|world| &world.id).filter(|&id| args.worlds.contains(id));
    if let (Some(_), Some(fault)) = (&set, pictures::clash(chosen.map(String::as_str))) {
        return Err(Ending::bad_input(&fault));
    }
    let request = request(args);
    refuse_together(args)?;
    let asked = request.sampler.trials(request.trials.unwrap_or(model.trials));
    let heard = observed_trials(request.sampler.observed(asked), args.briefing);
    let watch = Watch::new(heard, lang, args.quiet);
    // before the run, for there may be too many of them
    let single = args.samples.map(|n| Asked::new(&model, &request, n)).transpose();
    let single = single.map_err(|error| unanswered(&error))?;
    let results =
        simulate(&model, inputs_of(&sources), &request, &watch).map_err(|error| unanswered(&error))?;
    let written = match set {
        Some(set) => {
            let document = outputs::json(&results)?;
            let single = single.map(|asked| asked.simulate(results.run.trials, &Unseen(&watch))).transpose();
            let single = single.map_err(|error| unanswered(&error))?;
            let samples = single.map(|single| outputs::samples(&single, args.samples_format)).transpose()?;
            let mut written =
                outputs::write(set, &results, Made { document, samples }, args.briefing, lang, &watch)?;
            written.warnings.extend(fewer(args.samples, results.run.trials));
            Some(written)
        }
        None => None,
    };
    Ok((results, written))
}

/// The note that the run had fewer trials than were to be written one by one.
fn fewer(asked: Option<u64>, trials: u64) -> Option<Text> {
    let asked = asked.filter(|&asked| asked > trials)?;
    Some(text!(
        "注意：要求写出{asked}次模拟，但这次运行只有{trials}次，写出的就是这{trials}次",
        "note: {asked} single trials were asked for, but the run had {trials}: these are written"
    ))
}

/// The fault of options that an evenly spread sample cannot follow.
fn refuse_together(args: &RunArgs) -> Result<(), Ending> {
    if args.samples.is_none() && args.samples_format != SamplesFormat::Csv {
        return Err(Ending::bad_input(&text!(
            "--samples-format 要和 --samples 同用，如 --samples 1000",
            "--samples-format needs --samples, as --samples 1000"
        )));
    }
    let given = [(Opt::Samples, args.samples.is_some()), (Opt::Report, args.briefing)];
    let Some((opt, _)) = given.iter().find(|(_, given)| *given && args.sampler != Sampler::Plain) else {
        return Ok(());
    };
    let (name, sampler) = (opt.spec().long, args.sampler.word());
    Err(Ending::bad_input(&text!(
        "--sampler {sampler} 不能和 --{name} 同用：逐次结果和报告都按独立抽样编写；请去掉其中一个",
        "--sampler {sampler} and --{name} do not go together: single trials and reports are made for independent trials; leave one out"
    )))
}

/// What the analysis is asked for.
pub(super) fn request(args: &RunArgs) -> Request {
    let some = |ids: &[String]| (!ids.is_empty()).then(|| ids.to_vec());
    Request {
        policies: some(&args.policies),
        worlds: some(&args.worlds),
        trials: args.trials,
        precision: args.precision.clone(),
        seed: args.seed,
        threads: args.threads,
        sampler: args.sampler,
        briefing: args.briefing,
    }
}

/// The folder for the files: the one asked for, or one below `output` with the scenario's name; none for a reader
/// of JSON who asks for no files.
fn folder(args: &RunArgs) -> Option<PathBuf> {
    let by_name = || Path::new("output").join(args.file.file_stem().unwrap_or(args.file.as_os_str()));
    match (&args.out, args.format) {
        (Some(folder), _) => Some(folder.clone()),
        (None, Format::Json) if !args.briefing && args.samples.is_none() => None,
        (None, _) => Some(by_name()),
    }
}
