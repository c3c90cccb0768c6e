//! `verify`: repeats the run behind a result document and compares every figure.

use std::fmt::Write;
use std::path::Path;

use super::document;
use super::ending::Ending;
use super::exit::Exit;
use super::files::shown_path;
use super::terminal::note;
use super::watch::Watch;
use super::{print, unanswered};
use crate::analysis::{Verdict, observed_trials, verify as repeat};
use crate::text;
use crate::text::{Lang, Text};

/// Repeats the run of the document `file` and reports the first differences.
///
/// # Errors
/// An [`Ending`] if the file cannot be read or is no result document that this version understands, the run is
/// interrupted, or standard output fails.
pub fn verify(file: &Path, lang: Lang) -> Result<Exit, Ending> {
    let stated = document::read(file)?.results;
    let (theirs, ours) = (&stated.program.version, env!("CARGO_PKG_VERSION"));
    if theirs != ours {
        let message = text!(
            "注意：结果由 clustercast {theirs} 算出，现在的版本是 {ours}，数字可能因此不同",
            "note: clustercast {theirs} made these results and this is version {ours}, so figures may differ"
        );
        note(message.get(lang));
    }
    let trials = observed_trials(stated.run.trials, stated.run.briefing);
    let watch = Watch::new(trials, lang, false);
    let verdict = repeat(&stated, None, &watch).map_err(|error| unanswered(&error))?;
    drop(watch);
    let trials = stated.run.trials;
    let file = shown_path(file);
    if verdict.is_same() {
        let same = text!(
            "一致：{file} 已按其中的记录重算 {trials} 次，每个数字都逐位相同\n",
            "the same: {file} was computed again with {trials} trials, and every figure agrees to the last bit\n"
        );
        return print(same.get(lang), Exit::Done);
    }
    print(differences(&file, &verdict).get(lang), Exit::Differs)
}

fn differences(file: &str, verdict: &Verdict) -> Text {
    let total = verdict.total;
    let (mut zh, mut en) = (
        format!("不一致：{file} 有 {total} 处与重算结果不同\n"),
        format!("different: {file} differs from the repeated run in {total} places\n"),
    );
    for difference in &verdict.differences {
        let path = &difference.path;
        let (stated, found) = (difference.stated.as_deref(), difference.found.as_deref());
        // Writing to a string cannot fail.
        let _ = writeln!(zh, "  {path}：文件中 {}，重算 {}", stated.unwrap_or("无"), found.unwrap_or("无"));
        let _ = writeln!(
            en,
            "  {path}: {} in the file, {} computed",
            stated.unwrap_or("nothing"),
            found.unwrap_or("nothing")
        );
    }
    let hidden = verdict.total - verdict.differences.len();
    if hidden > 0 {
        let _ = writeln!(zh, "  其余 {hidden} 处没有列出");
        let _ = writeln!(en, "  {hidden} more are not listed");
    }
    Text::new(zh, en)
}
