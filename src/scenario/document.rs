//! A scenario file with all files that it extends or includes, merged into one tree.

use std::collections::{HashMap, HashSet};

use super::catalogue;
use super::check;
use super::include::{self, Included};
use super::loader::Loader;
use super::node::{Entry, Node, Value};
use super::parameters::{self, ALTERNATIVES, Kind};
use super::references::Ids;
use super::syntax;
use super::tables::Tables;
use crate::diag::{Diagnostic, Diagnostics, FileId, Severity, Sources, Span, codes};
use crate::text;
use crate::text::Text;

/// Files that may follow each other by `extends` and `include`.
const MAX_CHAIN: usize = 16;

/// Files that are read for one scenario: files that include each other twice would double with every level.
const MAX_FILES: usize = 200;

/// What came of loading a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// The merged tree; `None` if the file itself could not be read or holds nothing.
    pub root: Option<Node>,
    /// The files that were read, the named one first.
    pub sources: Sources,
    /// All faults of form: syntax, unknown or missing keys, types, units, ranges, references.
    pub faults: Diagnostics,
}

/// Loads a scenario and everything that it extends or includes, merges it and checks its form.
pub fn load(loader: &dyn Loader, name: &str) -> Loaded {
    let mut chain = Chain {
        loader,
        sources: Sources::new(),
        faults: Diagnostics::new(),
        open: Vec::new(),
        repeated: Diagnostics::new(),
        cells: Diagnostics::new(),
    };
    let root = chain.read(name, None, None);
    let Chain { sources, faults, repeated, cells, .. } = chain;
    let (root, faults) = finish(root, faults, cells, repeated);
    Loaded { root, sources, faults }
}

/// Takes catalogue entries and checks the form; `cells` are faults of tables, which say more than the check does of the
/// same cells.
pub(super) fn finish(
    root: Option<Node>,
    mut faults: Diagnostics,
    cells: Diagnostics,
    repeated: Diagnostics,
) -> (Option<Node>, Diagnostics) {
    // What a broken or missing file would have held cannot be called missing.
    let complete = !faults.has_errors();
    let root = root.map(|root| catalogue::expand(root, complete, &mut faults));
    if let Some(root) = &root {
        check::check(root, complete, &mut faults);
    }
    faults.extend(repeated);
    let wrong = cells.iter().filter(|cell| cell.severity == Severity::Error);
    let told: HashSet<Span> = wrong.filter_map(|cell| cell.span).collect();
    let told = |fault: &Diagnostic| fault.span.is_some_and(|span| told.contains(&span));
    let mut all = Diagnostics::new();
    all.extend(faults.into_iter().filter(|fault| !told(fault)));
    all.extend(cells.clone());
    all.sort();
    (root, all)
}

struct Chain<'l> {
    loader: &'l dyn Loader,
    sources: Sources,
    faults: Diagnostics,
    /// Files that are being read: the named one and those that lead to the one at hand.
    open: Vec<String>,
    /// Ids that one file writes twice; merging would hide them.
    repeated: Diagnostics,
    /// Faults of cells of tables.
    cells: Diagnostics,
}

impl Chain<'_> {
    fn read(&mut self, name: &str, from: Option<&str>, span: Option<Span>) -> Option<Node> {
        let (resolved, text) = match self.loader.load(name, from) {
            Ok(loaded) => loaded,
            Err(reason) => {
                let message = Text::new(
                    format!("读不了文件 {name}：{}", reason.zh),
                    format!("cannot read {name}: {}", reason.en),
                );
                self.faults.push(Diagnostic::error(codes::PARENT_UNREADABLE, span, message));
                return None;
            }
        };
        if self.open.contains(&resolved) || self.open.len() >= MAX_CHAIN {
            let chain = [self.open.as_slice(), std::slice::from_ref(&resolved)].concat().join(" → ");
            let message = text!(
                "extends 或 include 绕成了圈或链条太长：{chain}",
                "files extend or include each other in a circle or too long a chain: {chain}"
            );
            self.faults.push(Diagnostic::error(codes::EXTENDS_CYCLE, span, message));
            return None;
        }
        if self.sources.iter().count() >= MAX_FILES {
            let message = text!(
                "extends 和 include 牵出的文件超过 {MAX_FILES} 个",
                "extends and include lead to more than {MAX_FILES} files"
            );
            if self.faults.iter().all(|fault| fault.message != message) {
                self.faults.push(Diagnostic::error(codes::EXTENDS_CYCLE, span, message));
            }
            return None;
        }
        let file = self.sources.add(resolved.clone(), text.clone());
        self.open.push(resolved.clone());
        let node = self.opened(&resolved, &text, file);
        self.open.pop();
        node
    }

    /// The tree of the file `resolved` with everything that it builds on.
    fn opened(&mut self, resolved: &str, text: &str, file: FileId) -> Option<Node> {
        let node = syntax::parse(text, file, &mut self.faults);
        if node.entries().is_empty() {
            if !self.faults.has_errors() {
                let message = text!("{resolved} 里没有内容", "{resolved} holds nothing");
                let hint = text!(
                    "用 clustercast new 生成一个带说明的模板",
                    "`clustercast new` writes a commented starter file"
                );
                self.faults
                    .push(Diagnostic::error(codes::EMPTY_FILE, Span::new(file, 0, 0), message).hint(hint));
            }
            return None;
        }
        let node = match node.get("extends") {
            Some(Node { value: Value::String(parent), span }) => {
                let (parent, span) = (parent.clone(), *span);
                let parent = self.read(&parent, Some(resolved), Some(span));
                let node = self.with_tables(node, parent.as_ref(), resolved);
                Ids::collect(&node, &mut self.repeated);
                match parent {
                    Some(parent) => merge_table(parent, node, ""),
                    None => node,
                }
            }
            _ => self.with_tables(node, None, resolved),
        };
        let names = include::names(&node);
        if names.is_empty() {
            return Some(node);
        }
        // Several included files may name the same place, which then is one file twice: its things would collide.
        let mut files = Vec::new();
        for (name, span) in names {
            if let Some(root) = self.read(&name, Some(resolved), Some(span)) {
                // "All" in an entry of the catalogue means all of the province, so it is filled in before they unite.
                let root = catalogue::expand(root, !self.faults.has_errors(), &mut self.faults);
                files.push(Included { root, name, span });
            }
        }
        Some(include::unite(node, files, &mut self.faults))
    }

    /// The file with the rows of its tables; a table may name things of the file that is extended.
    fn with_tables(&mut self, node: Node, parent: Option<&Node>, from: &str) -> Node {
        let Self { loader, sources, faults, cells, .. } = self;
        Tables { loader: *loader, from, sources, faults, cells }.expand(node, parent)
    }
}

/// The table `child` laid over `parent`, key by key.
pub(super) fn merge_table(parent: Node, child: Node, pattern: &str) -> Node {
    let (Value::Table(mut merged), Value::Table(changes)) = (parent.value, child.value) else {
        return Node { span: child.span, value: Value::Table(Vec::new()) };
    };
    for group in ALTERNATIVES.iter().filter(|group| group.table == pattern) {
        // A file that writes one of several alternatives means it instead of the others.
        if changes.iter().any(|entry| group.keys.contains(&entry.key.as_str())) {
            merged.retain(|entry| !group.keys.contains(&entry.key.as_str()) || has(&changes, &entry.key));
        }
    }
    for change in changes {
        if pattern.is_empty() && change.key == "extends" {
            continue;
        }
        match merged.iter_mut().find(|entry| entry.key == change.key) {
            None => merged.push(change),
            Some(entry) => merge_entry(entry, change, pattern),
        }
    }
    if pattern.is_empty() {
        merged.retain(|entry| entry.key != "extends");
    }
    Node { span: child.span, value: Value::Table(merged) }
}

fn has(entries: &[Entry], key: &str) -> bool {
    entries.iter().any(|entry| entry.key == key)
}

fn merge_entry(entry: &mut Entry, change: Entry, pattern: &str) {
    let row = parameters::pattern_of(pattern, &change.key);
    let both_tables = entry.value.is_table() && change.value.is_table();
    let both_lists = matches!((&entry.value.value, &change.value.value), (Value::Array(_), Value::Array(_)));
    match row {
        // Tables of both files have given their rows; all are kept for the check of their form.
        Some(row) if row.path == "table[]" && both_lists => {
            if let (Value::Array(tables), Value::Array(more)) = (&mut entry.value.value, change.value.value) {
                tables.extend(more);
            }
        }
        Some(row) if !row.is_whole() && row.kind == Kind::Table && both_tables => {
            let parent = std::mem::replace(
                &mut entry.value,
                Node { span: change.value.span, value: Value::Bool(false) },
            );
            entry.value = merge_table(parent, change.value, row.path);
        }
        Some(row) if row.kind == Kind::Tables && both_lists && parameters::has_id(row.path) => {
            merge_items(&mut entry.value, change.value, row.path);
        }
        _ => *entry = change,
    }
}

/// Items with the same id are merged, new ones appended, and those with `remove = true` deleted. Places are looked up by id:
/// a table may have a hundred thousand rows.
fn merge_items(parent: &mut Node, child: Node, pattern: &str) {
    let (Value::Array(items), Value::Array(changes)) = (&mut parent.value, child.value) else { return };
    let id = |item: &Node| item.get("id").and_then(Node::as_str).map(str::to_owned);
    let mut merged: Vec<Option<Node>> = std::mem::take(items).into_iter().map(Some).collect();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (place, item) in merged.iter().enumerate() {
        if let Some(id) = item.as_ref().and_then(id) {
            places.entry(id).or_insert(place);
        }
    }
    for change in changes {
        let id = id(&change);
        let place = id.as_ref().and_then(|id| places.get(id)).copied();
        match place.and_then(|place| merged[place].take().map(|old| (place, old))) {
            Some((place, old)) if !is_removal(&change) => {
                merged[place] = Some(merge_table(old, change, pattern))
            }
            Some(_) => {
                id.and_then(|id| places.remove(&id));
            }
            None => {
                if let Some(id) = id {
                    places.insert(id, merged.len());
                }
                merged.push(Some(change));
            }
        }
    }
    *items = merged.into_iter().flatten().collect();
}

/// Whether an item asks for the removal of the item with its id in the file that is extended.
pub(super) fn is_removal(item: &Node) -> bool {
    item.get("remove").is_some_and(|node| node.value == Value::Bool(true))
}
