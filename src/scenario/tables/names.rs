//! References by name: planners write 武汉 where a scenario file has the id `wuhan`.

use std::collections::{BTreeMap, BTreeSet};

use crate::scenario::node::{Node, Value};
use crate::scenario::parameters::{self, Kind, Reference};

/// A name without blanks, its brackets and digits in ASCII, so that ways of typing it make no difference.
pub(super) fn bare(name: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    };
    name.chars().filter(|c| !c.is_whitespace()).map(narrow).collect()
}

/// What past figures of the nation are about.
pub(in crate::scenario) const WHOLE_COUNTRY: &str = "全国";
/// What a target of the nation is about: the provinces of the file.
const ALL_PROVINCES: &str = "各省合计";

/// Kinds whose things can be called by name.
const KINDS: [(&str, Reference); 9] = [
    ("province", Reference::Province),
    ("industry", Reference::Industry),
    ("cluster", Reference::Cluster),
    ("instrument", Reference::Instrument),
    ("pipeline", Reference::Pipeline),
    ("arrival", Reference::Arrival),
    ("indicator", Reference::Indicator),
    ("measures", Reference::Measure),
    ("sources", Reference::Source),
];

/// Ids by name, for every kind; a name that two things have stands for none.
pub struct Names {
    ids: BTreeMap<&'static str, BTreeMap<String, Option<String>>>,
    known: BTreeMap<&'static str, BTreeSet<String>>,
}

impl Names {
    /// The names in these trees, such as a file and the one that it extends.
    pub fn of(trees: &[&Node]) -> Self {
        let mut names = Self { ids: BTreeMap::new(), known: BTreeMap::new() };
        for (kind, _) in KINDS.into_iter().chain([("group", Reference::Scope)]) {
            for node in trees.iter().filter_map(|tree| tree.get(kind)) {
                let items = node.items().iter().filter_map(|item| Some((item.get("id")?.as_str()?, item)));
                let entries = node.entries().iter().map(|entry| (entry.key.as_str(), &entry.value));
                for (id, item) in items.chain(entries) {
                    names.add(kind, id, item);
                }
            }
        }
        names
    }

    fn add(&mut self, kind: &'static str, id: &str, item: &Node) {
        self.known.entry(kind).or_default().insert(id.to_owned());
        let title = item.get("name").or_else(|| item.get("title"));
        let Some(name) = title.and_then(Node::as_text) else { return };
        let ids = self.ids.entry(kind).or_default();
        for name in [name.zh, name.en] {
            let name = bare(&name);
            let entry = ids.entry(name).or_insert_with(|| Some(id.to_owned()));
            if entry.as_deref() != Some(id) {
                *entry = None;
            }
        }
    }

    /// The id that `word` stands for in a kind: itself, or that of the one thing with this name.
    fn id(&self, kind: &str, word: &str) -> Option<String> {
        if self.known.get(kind).is_some_and(|ids| ids.contains(word)) {
            return Some(word.to_owned());
        }
        self.ids.get(kind)?.get(&bare(word))?.clone()
    }

    fn of_reference(&self, reference: Reference, word: &str, pattern: &str) -> Option<String> {
        if reference == Reference::Scope {
            // what is judged is a part of the file, never the whole country; past figures may be of that
            let judged = !pattern.starts_with("record");
            return self.scope(word).filter(|_| !(judged && bare(word) == WHOLE_COUNTRY));
        }
        let (kind, _) = KINDS.into_iter().find(|(_, known)| *known == reference)?;
        self.id(kind, word)
    }

    fn scope(&self, word: &str) -> Option<String> {
        let word = bare(word);
        let word = word.as_str();
        if matches!(word, WHOLE_COUNTRY | ALL_PROVINCES | "nation") {
            return Some("nation".to_owned());
        }
        if word == "全省" {
            let mut provinces = self.known.get("province").into_iter().flatten();
            return match (provinces.next(), provinces.next()) {
                (None, _) => Some("province.province".to_owned()),
                (Some(only), None) => Some(format!("province.{only}")),
                _ => None,
            };
        }
        if word.contains('.') {
            return None;
        }
        let kinds = ["province", "cluster", "group", "industry"];
        kinds.into_iter().find_map(|kind| Some(format!("{kind}.{}", self.id(kind, word)?)))
    }

    /// Puts ids in the place of names in what stands at `pattern`; what is unknown stays, for the check to report.
    pub fn resolve(&self, node: &mut Node, pattern: &str) {
        let row = parameters::param(pattern);
        match &mut node.value {
            Value::String(word) => {
                if let Some(Kind::Reference(reference) | Kind::References(reference)) =
                    row.map(|row| row.kind)
                    && let Some(id) = self.of_reference(reference, word, pattern)
                {
                    *word = id;
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.resolve(item, pattern)),
            Value::Table(entries) => {
                let sources = entries.iter_mut().filter(|entry| entry.key == "source");
                sources.for_each(|entry| self.resolve_source(&mut entry.value));
                if let Some(reference) = row.and_then(|row| row.keys) {
                    for entry in entries.iter_mut() {
                        if let Some(id) = self.of_reference(reference, &entry.key, pattern) {
                            entry.key = id;
                        }
                    }
                }
                for entry in entries {
                    if let Some(row) = parameters::pattern_of(pattern, &entry.key) {
                        self.resolve(&mut entry.value, row.path);
                    }
                }
            }
            _ => {}
        }
    }

    /// The ids of documents that are called by their titles, in a `source` whose parts semicolons separate.
    fn resolve_source(&self, node: &mut Node) {
        let Value::String(text) = &mut node.value else { return };
        let known = |part: &str| self.known.get("sources").is_some_and(|ids| ids.contains(part));
        let parts = text.split([';', '；']).map(str::trim);
        let ids: Vec<String> = parts
            .map(|part| match part.split_whitespace().next().is_some_and(known) {
                true => part.to_owned(),
                false => self.id("sources", part).unwrap_or_else(|| part.to_owned()),
            })
            .collect();
        let resolved = ids.join("; ");
        if ids.iter().any(|id| known(id))
            && !text.split([';', '；']).map(str::trim).eq(ids.iter().map(String::as_str))
        {
            *text = resolved;
        }
    }

    /// The id of the pipeline called `word`.
    pub fn pipeline(&self, word: &str) -> String {
        self.id("pipeline", word).unwrap_or_else(|| word.to_owned())
    }
}
