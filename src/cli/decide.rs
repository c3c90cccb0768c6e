//! The decision analyses: each reads a scenario, asks one question, writes its files and prints its tables.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::args::{DecisionArgs, Format};
use super::command::Name;
use super::ending::Ending;
use super::exit::Exit;
use super::files::{OutputSet, shown_path};
use super::load::{self, Scenario};
use super::memory;
use super::pictures::Pictures;
use super::terminal::{note, width};
use super::watch::Watch;
use super::{print, unanswered};
use crate::analysis::decision::solve::{self, Wish};
use crate::analysis::decision::{Answer, Question, compare, decompose, discover, drivers, optimise, stress};
use crate::analysis::inputs_of;
use crate::report::decision::{self, Paper};
use crate::report::results_json;
use crate::text;
use crate::text::{Lang, Text};

/// Answers what `args` ask for. Files are written before anything is printed; with `--format json` only if `--out` names
/// a folder.
///
/// # Errors
/// An [`Ending`] if the scenario has errors, an identifier is unknown, a file cannot be written, the run is interrupted,
/// or standard output fails. No file has changed then, except in the last case.
pub fn decide(args: &DecisionArgs, lang: Lang) -> Result<Exit, Ending> {
    let Scenario { model, sources } = load::scenario(&args.file, &args.switches, lang)?;
    let set = folder(args).map(OutputSet::new).transpose()?;
    let inputs = inputs_of(&sources);
    let some = |ids: &[String]| (!ids.is_empty()).then(|| ids.to_vec());
    let question = Question {
        target: args.target.clone(),
        policies: some(&args.policies),
        worlds: some(&args.worlds),
        trials: args.trials,
        seed: args.seed,
        threads: args.threads,
        memory: memory::available(),
    };
    let watch = |trials: u64| Watch::new(trials, lang, args.quiet);
    match args.analysis {
        Name::Compare => {
            let watch = watch(compare::observed(&model, &question));
            let asked = compare::Asked { probability: args.probability };
            let answer = compare::compare(&model, &inputs, &question, asked, &watch);
            finish(args, set, &answer.map_err(|error| unanswered(&error))?, decision::compare, lang, watch)
        }
        Name::Solve => {
            let watch = watch(solve::observed(&question));
            let wish = Wish { lever: args.lever.clone(), probability: args.probability };
            let answer = solve::solve(&model, &inputs, &question, &wish, &watch);
            finish(args, set, &answer.map_err(|error| unanswered(&error))?, decision::solve, lang, watch)
        }
        Name::Optimise => {
            let watch = watch(optimise::observed(&question));
            let answer = optimise::optimise(&model, &inputs, &question, &args.budget, &watch);
            finish(args, set, &answer.map_err(|error| unanswered(&error))?, decision::optimise, lang, watch)
        }
        Name::Decompose => {
            let watch = watch(decompose::observed(&question));
            let asked = decompose::Asked { probability: args.probability, from: args.budget.from };
            let answer = decompose::decompose(&model, &inputs, &question, asked, &watch);
            finish(args, set, &answer.map_err(|error| unanswered(&error))?, decision::decompose, lang, watch)
        }
        Name::Drivers => {
            let watch = watch(drivers::observed(&model, &question));
            let answer = drivers::drivers(&model, &inputs, &question, &watch);
            finish(args, set, &answer.map_err(|error| unanswered(&error))?, decision::drivers, lang, watch)
        }
        Name::Discover => {
            let watch = watch(discover::observed(&question));
            let answer = discover::discover(&model, &inputs, &question, args.outcome, &watch);
            finish(args, set, &answer.map_err(|error| unanswered(&error))?, decision::discover, lang, watch)
        }
        Name::Stress => {
            let watch = watch(stress::observed(&model, &question, &args.shocks));
            let answer = stress::stress(&model, &inputs, &question, &args.shocks, &watch);
            finish(args, set, &answer.map_err(|error| unanswered(&error))?, decision::stress, lang, watch)
        }
        _ => unreachable!("the parser makes this command of decision analyses only"),
    }
}

/// Writes and prints an answer.
fn finish<T: Serialize>(
    args: &DecisionArgs,
    set: Option<OutputSet>,
    answer: &Answer<T>,
    paper: fn(&Answer<T>, Lang) -> Paper,
    lang: Lang,
    watch: Watch,
) -> Result<Exit, Ending> {
    let mut paper = paper(answer, lang);
    paper.name_uncounted(answer);
    paper.name_draws(answer);
    paper.nest_quotes();
    let json = results_json::plain(answer).map_err(|fault| Ending::bad_input(&fault))?;
    let list = set.map(|set| write(args, set, &paper, json.clone(), &watch)).transpose()?;
    drop(watch);
    let list = list.filter(|_| !args.quiet);
    match args.format {
        Format::Json => {
            if let Some(list) = list {
                note(list.get(lang));
            }
            print(&json, Exit::Done)
        }
        Format::Text => {
            let list = list.map_or_else(String::new, |list| format!("\n{}\n", list.get(lang)));
            print(&format!("{}{list}", paper.terminal(width())), Exit::Done)
        }
    }
}

/// Writes the document, the tables and the charts, or none of them; returns where they are.
fn write(
    args: &DecisionArgs,
    mut set: OutputSet,
    paper: &Paper,
    json: String,
    watch: &Watch,
) -> Result<Text, Ending> {
    let word = args.analysis.spec().word;
    let mut files = vec![(format!("{word}.json"), json.into_bytes())];
    for table in &paper.tables {
        files.push((format!("{word}-{}.csv", table.id), table.to_csv(paper.lang).into_bytes()));
    }
    let mut pictures = Pictures::default();
    pictures.answer(word, paper);
    let (charts, warnings) = pictures.finish();
    files.extend(charts);
    for warning in &warnings {
        note(warning.get(paper.lang));
    }
    let names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
    for (name, bytes) in files {
        set.add(name, bytes)?;
    }
    if watch.interrupted() {
        return Err(Ending::interrupted());
    }
    let dir = shown_path(set.dir());
    set.commit()?;
    let (zh, en) = (names.join("、"), names.join(", "));
    Ok(text!("结果文件在 {dir}：{zh}", "result files in {dir}: {en}"))
}

/// The folder for the files: the one asked for, or one below `output` with the scenario's name; none for a reader of
/// JSON who asks for no files.
fn folder(args: &DecisionArgs) -> Option<PathBuf> {
    let by_name = || Path::new("output").join(args.file.file_stem().unwrap_or(args.file.as_os_str()));
    match (&args.out, args.format) {
        (Some(folder), _) => Some(folder.clone()),
        (None, Format::Json) => None,
        (None, Format::Text) => Some(by_name()),
    }
}
