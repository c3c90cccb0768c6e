//! Keys that do not exist: what was meant by them, or where they belong.

use crate::diag::{Diagnostic, codes};
use crate::scenario::node::Entry;
use crate::scenario::parameters::{self, Param, pattern_of};
use crate::scenario::suggest;
use crate::scenario::view::is_provenance;
use crate::text;

/// The rows of the keys that can stand in a table.
fn siblings(pattern: &str) -> impl Iterator<Item = &'static Param> {
    parameters::children(pattern).filter(|row| row.key() != "*")
}

/// The key that was probably meant by one that does not exist.
pub(super) fn meant(key: &str, pattern: &str) -> Option<&'static str> {
    if pattern_of(pattern, key).is_some() || is_provenance(pattern, key) {
        return None;
    }
    let renamed = siblings(pattern).find(|row| row.renamed_from.contains(&key));
    renamed.map(Param::key).or_else(|| suggest::nearest(key, siblings(pattern).map(Param::key)))
}

/// The fault of a key that does not exist, with what was probably meant or where it belongs.
pub(super) fn unknown_key(entry: &Entry, pattern: &str) -> Diagnostic {
    let key = entry.key.as_str();
    let siblings: Vec<&Param> = siblings(pattern).collect();
    if let Some(row) = siblings.iter().find(|row| row.renamed_from.contains(&key)) {
        let now = row.key();
        let message = text!("{key} 已改名为 {now}", "`{key}` is now called `{now}`");
        return Diagnostic::error(codes::RENAMED_KEY, entry.key_span, message);
    }
    let place = if pattern.is_empty() { "" } else { pattern };
    let (zh, en) = if place.is_empty() { ("文件最外层", "the top level") } else { (place, place) };
    let message = text!("{zh} 里没有 {key} 这个键", "there is no key `{key}` in {en}");
    let fault = Diagnostic::error(codes::UNKNOWN_KEY, entry.key_span, message);
    let keys: Vec<&str> = siblings.iter().map(|row| row.key()).collect();
    if let Some(near) = meant(key, pattern) {
        return fault.hint(text!("是不是 {near}？", "did you mean `{near}`?"));
    }
    let elsewhere: Vec<&str> =
        parameters::PARAMS.iter().filter(|row| row.key() == key).map(|row| row.path).take(5).collect();
    if !elsewhere.is_empty() {
        let places = elsewhere.join(", ");
        return fault.hint(text!("这个键要写在：{places}", "the key belongs to: {places}"));
    }
    fault.hint(suggest::one_of(key, &keys))
}
