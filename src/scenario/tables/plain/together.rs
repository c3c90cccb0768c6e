//! Faults of a kind told together: the first with its place, and where the others are.

use std::collections::{HashMap, HashSet};

use crate::diag::{Diagnostic, Diagnostics, FileId, Layout, Sources, Span, codes};
use crate::text;

/// Places that a hint names.
const MAX_PLACES: usize = 12;

/// Faults of one code in one column that are told one by one.
const MAX_ALIKE: usize = 5;

/// The faults with those that say the same of several cells of a table, or much the same of a column, told once.
pub fn folded(faults: Diagnostics, sources: &Sources) -> Diagnostics {
    let mut kept: Vec<(Diagnostic, Others)> = Vec::new();
    let mut same: HashMap<(&'static str, FileId, String), usize> = HashMap::new();
    let mut alike: HashMap<(&'static str, FileId, String), Vec<usize>> = HashMap::new();
    for fault in faults {
        let Some((span, column, name)) = fault.span.and_then(|span| cell(sources, span)) else {
            kept.push((fault, Others::default()));
            continue;
        };
        // A document that is not listed is one fault, whatever sheets name it.
        let anywhere = fault.code == codes::UNKNOWN_SOURCE;
        let file = if anywhere { FileId(u32::MAX) } else { span.file };
        let key = (fault.code, file, fault.message.zh.clone());
        if let Some(&first) = same.get(&key) {
            let other =
                kept[first].0.span.is_some_and(|span| Some(span.file) != fault.span.map(|span| span.file));
            let sheet = sources.get(span.file).and_then(|file| file.name.rsplit(" · ").next());
            let named = match (other, sheet) {
                (true, Some(sheet)) => format!("{sheet} {name}"),
                _ => name,
            };
            kept[first].1.add(named);
            continue;
        }
        let others = alike.entry((fault.code, span.file, column)).or_default();
        if let Some(&last) = others.get(MAX_ALIKE - 1) {
            kept[last].1.add(name);
            continue;
        }
        others.push(kept.len());
        same.insert(key, kept.len());
        kept.push((fault, Others::default()));
    }
    let mut out = Diagnostics::new();
    for (fault, others) in kept {
        let count = others.known.len();
        let (zh, en) = (others.first.join("、"), others.first.join(", "));
        let (more_zh, more_en) = if count > MAX_PLACES { (" 等", ", …") } else { ("", "") };
        let hint = text!("同类问题另有 {count} 处：{zh}{more_zh}", "{count} more of the kind: {en}{more_en}");
        out.push(fault.maybe_hint((count > 0).then_some(hint)));
    }
    out
}

/// Other places of a fault, each once.
#[derive(Default)]
struct Others {
    known: HashSet<String>,
    /// The first of them.
    first: Vec<String>,
}

impl Others {
    fn add(&mut self, name: String) {
        if self.first.len() < MAX_PLACES && !self.known.contains(&name) {
            self.first.push(name.clone());
        }
        self.known.insert(name);
    }
}

/// The place, its column and its name, `C17` or the number of a line, if it is a cell.
fn cell(sources: &Sources, span: Span) -> Option<(Span, String, String)> {
    let cell = sources.cell(span)?;
    let lines = sources.get(span.file)?.layout == Layout::Lines;
    let name = if lines { cell.row.to_string() } else { format!("{}{}", cell.column, cell.row) };
    Some((span, cell.column.to_owned(), name))
}
