//! `catalogue`: the policy instruments that a scenario can take by name.

use super::ending::Ending;
use super::exit::Exit;
use super::nearest::{nearest, shown};
use super::print;
use super::terminal::width;
use crate::report::catalogue_text::{list, page};
use crate::scenario::catalogue::{Entry, entries, entry};
use crate::text;
use crate::text::Lang;

/// Lists the catalogue, the entries that hold `word`, or explains the one entry that it names.
///
/// # Errors
/// An [`Ending`] if no entry fits, or standard output fails.
pub fn catalogue(word: Option<&str>, lang: Lang) -> Result<Exit, Ending> {
    let found: Vec<&Entry> = match word {
        None => entries().iter().collect(),
        Some(word) => match entry(word) {
            Some(entry) => vec![entry],
            None => entries().iter().filter(|entry| holds(entry, word)).collect(),
        },
    };
    match (&found[..], word) {
        ([], word) => {
            let word = word.unwrap_or_default();
            let near = nearest(word, entries().iter().map(|entry| entry.id.as_str()));
            let shown = shown(word);
            Err(Ending::bad_input(&match near {
                Some(near) => {
                    text!(
                        "工具目录里没有“{shown}”；是不是 {near}？",
                        "the catalogue has no “{shown}”; did you mean {near}?"
                    )
                }
                None => text!(
                    "工具目录里没有“{shown}”；不带参数的 clustercast catalogue 列出全部条目",
                    "the catalogue has no “{shown}”; clustercast catalogue without a word lists all entries"
                ),
            }))
        }
        ([one], Some(_)) => print(&page(one, lang, width()), Exit::Done),
        (many, _) => print(&list(many, lang).to_terminal(width()), Exit::Done),
    }
}

/// Whether an entry's id, names, summary, document or channels contain `word`, letter case aside.
fn holds(entry: &Entry, word: &str) -> bool {
    let word = word.trim().to_lowercase();
    let channels = entry.channels();
    let origin = entry.origin();
    let texts = [&entry.name, &entry.summary, &origin].into_iter().chain(&channels);
    let mut parts: Vec<&str> = vec![&entry.id];
    parts.extend(texts.flat_map(|text| [text.zh.as_str(), text.en.as_str()]));
    !word.is_empty() && parts.iter().any(|part| part.to_lowercase().contains(&word))
}
