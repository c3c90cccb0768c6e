//! One pass over the tree for every fault of form: unknown and missing keys, types, ids, units, ranges, references.

mod faults;
mod keys;

use super::document::is_removal;
use super::node::{Entry, Node, Value};
use super::overrides;
use super::parameters::{self, ALTERNATIVES, Kind, Param, pattern_of};
use super::provenance::{self, Provenance};
use super::quantity::parse_quantity;
use super::references::Ids;
use super::tables::heads;
use super::view::is_provenance;
use super::{number::Rule, scalar, suggest};
use crate::diag::{Diagnostic, Diagnostics, Span, codes};
use crate::text;
use crate::text::Text;
use faults::{bad_id, empty_list};
use keys::{meant, unknown_key};

/// Faults after which the pass ends: a file with more is not a scenario, and each costs a search for suggestions.
const MAX_FAULTS: usize = 2_000;

/// Checks the form of a merged tree; `complete` tells whether the whole text could be read, so that what is not
/// there is really missing.
pub fn check(root: &Node, complete: bool, faults: &mut Diagnostics) {
    let ids = Ids::collect(root, faults);
    let mut checker = Checker { ids: &ids, complete, faults };
    checker.table(root, "", None);
}

struct Checker<'c> {
    ids: &'c Ids,
    complete: bool,
    faults: &'c mut Diagnostics,
}

impl Checker<'_> {
    /// A table whose rows are those below `pattern`.
    fn table(&mut self, table: &Node, pattern: &'static str, key_span: Option<Span>) {
        let own_note = parameters::param(&format!("{pattern}.note")).is_some();
        let faults = if own_note { provenance::cites_faults(table) } else { provenance::faults(table) };
        self.faults.extend(faults);
        self.sources(table);
        let free_keys = parameters::param(pattern).and_then(|row| row.keys);
        for entry in table.entries() {
            if self.faults.len() >= MAX_FAULTS {
                return;
            }
            if is_provenance(pattern, &entry.key) {
                continue;
            }
            if let Some(reference) = free_keys {
                self.ids.check(reference, &entry.key, entry.key_span, self.complete, self.faults);
            }
            match pattern_of(pattern, &entry.key) {
                Some(row) => self.entry(entry, row),
                None => self.faults.push(unknown_key(entry, pattern)),
            }
        }
        let place = key_span.unwrap_or(Span { end: table.span.start.min(table.span.end), ..table.span });
        if self.complete {
            self.missing(table, pattern, place);
        }
        self.alternatives(table, pattern, place);
    }

    fn entry(&mut self, entry: &Entry, row: &'static Param) {
        let node = &entry.value;
        match row.kind {
            Kind::Table => match node.is_table() {
                true if is_by_year(row) => self.years(node, row),
                true => self.table(node, row.path, Some(entry.key_span)),
                false => self.wrong_type(node, text!("表", "a table")),
            },
            Kind::Tables => self.tables(entry, row),
            Kind::Quantity(_) => self.quantity(node, row),
            Kind::QuantityOrYears(_) if node.is_table() && !super::family::is_quantity_table(node) => {
                self.years(node, row);
            }
            Kind::QuantityOrYears(_) => self.quantity(node, row),
            Kind::Count => self.take(scalar::integer(node, row)),
            Kind::Delay => self.delay(node, row),
            Kind::Year => self.take(scalar::year(node)),
            Kind::YearPair => self.take(scalar::year_pair(node)),
            Kind::Text => self.text(node, row),
            Kind::String => self.string(node).map_or((), |_| ()),
            Kind::Strings => match &node.value {
                Value::Array(items) => items.iter().for_each(|item| {
                    self.string(item);
                }),
                _ => self.wrong_type(node, text!("字符串的列表", "a list of strings")),
            },
            Kind::Id => {
                if let Some((id, span)) = self.string(node) {
                    self.faults.extend(bad_id(id, span));
                }
            }
            Kind::Flag if !matches!(node.value, Value::Bool(_)) => {
                self.wrong_type(node, text!("true 或 false", "true or false"));
            }
            Kind::Flag => {}
            Kind::Choice(_) if row.path == "table[].holds" => self.holds(node),
            Kind::Choice(words) => self.choice(node, words),
            Kind::Reference(parameters::Reference::Scope) if matches!(node.value, Value::Array(_)) => {
                self.references(node, parameters::Reference::Cluster);
            }
            Kind::Reference(reference) => {
                if let Some((id, span)) = self.string(node) {
                    self.ids.check(reference, id, span, self.complete, self.faults);
                }
            }
            Kind::References(reference) => {
                self.references(node, reference);
                self.faults.extend(empty_list(node, row, reference));
            }
            Kind::Cycles | Kind::Paths => self.names(node, row.kind),
            Kind::Overrides => self.overrides(node, entry),
        }
    }

    fn tables(&mut self, entry: &Entry, row: &'static Param) {
        let Value::Array(items) = &entry.value.value else {
            let key = &entry.key;
            let written =
                if entry.value.is_table() { format!("[[{key}]]") } else { format!("[[{key}]] …") };
            self.wrong_type(&entry.value, text!("{written} 表的列表", "a list of tables, written {written}"));
            return;
        };
        for item in items {
            if self.faults.len() >= MAX_FAULTS {
                return;
            }
            if !item.is_table() {
                self.wrong_type(item, text!("表", "a table"));
            } else if is_removal(item) && parameters::has_id(row.path) {
                let message = text!("没有可删的同编号条目", "there is nothing with this id to remove");
                self.faults.push(Diagnostic::error(codes::BAD_REMOVE, item.span, message));
            } else {
                self.table(item, row.path, None);
            }
        }
    }

    fn years(&mut self, table: &Node, row: &'static Param) {
        let Some(value_row) = parameters::param(&format!("{}.*", row.path)) else { return };
        self.faults.extend(provenance::faults(table));
        let mut seen: Vec<(i32, Span)> = Vec::new();
        for entry in table.entries() {
            if provenance::KEYS.contains(&entry.key.as_str()) {
                continue;
            }
            match scalar::year_key(&entry.key, entry.key_span) {
                Err(fault) => self.faults.push(*fault),
                Ok(year) => match seen.iter().find(|(known, _)| *known == year) {
                    // two spellings of one year would be added up
                    Some((_, first)) => {
                        let message = text!("{year} 年写了两次", "the year {year} is written twice");
                        self.faults.push(
                            Diagnostic::error(codes::KEY_CONFLICT, entry.key_span, message)
                                .related(*first, text!("已经写了这个", "already written here")),
                        );
                    }
                    None => seen.push((year, entry.key_span)),
                },
            }
            self.quantity(&entry.value, value_row);
        }
        if table.entries().iter().all(|entry| provenance::KEYS.contains(&entry.key.as_str())) {
            let message = text!("一年也没有写", "no year is written");
            let hint = text!(
                "写出年份和数，如 {{ 2025 = 10 }}",
                "write years with their figures, such as {{ 2025 = 10 }}"
            );
            self.faults.push(Diagnostic::error(codes::MISSING_KEY, table.span, message).hint(hint));
        }
    }

    fn quantity(&mut self, node: &Node, row: &'static Param) {
        if let Some(rule) = Rule::of(row) {
            self.ruled(node, &rule);
        }
    }

    /// A whole number of years, alone or under `value` with its source.
    fn delay(&mut self, node: &Node, row: &'static Param) {
        self.take(scalar::integer(node, row));
        if node.is_table() {
            self.faults.extend(provenance::faults(node));
            self.sources(node);
            let known = |key: &str| key == "value" || provenance::KEYS.contains(&key);
            let strangers = node.entries().iter().filter(|entry| !known(&entry.key));
            self.faults.extend(strangers.map(|entry| unknown_key(entry, row.path)));
        }
    }

    fn ruled(&mut self, node: &Node, rule: &Rule) {
        self.sources(node);
        match parse_quantity(node, "", rule, &Provenance::default()) {
            Ok((_, warnings)) => self.faults.extend(warnings),
            Err(faults) => self.faults.extend(faults),
        }
    }

    fn overrides(&mut self, node: &Node, entry: &Entry) {
        if !node.is_table() {
            self.wrong_type(node, text!("数值路径的表", "a table of quantity paths"));
            return;
        }
        self.faults.extend(provenance::faults(node));
        self.sources(node);
        for change in overrides::overrides(node) {
            match change.rule(&entry.key) {
                Some(rule) => {
                    self.ids.check_path(&change.path, change.key_span, self.complete, self.faults);
                    self.ruled(change.node, &rule);
                }
                None => self.faults.push(Ids::bad_path(&change.path, change.key_span)),
            }
        }
    }

    fn text(&mut self, node: &Node, row: &Param) {
        let strangers = node.entries().iter().filter(|entry| entry.key != "zh" && entry.key != "en");
        for entry in strangers {
            let key = &entry.key;
            let message =
                text!("这里只能写 zh 和 en，没有 {key}", "only `zh` and `en` can stand here, not `{key}`");
            self.faults.push(Diagnostic::error(codes::UNKNOWN_KEY, entry.key_span, message));
        }
        if node.as_text().is_none() {
            self.wrong_type(
                node,
                text!("文字，或 {{ zh = \"…\", en = \"…\" }}", "a string or {{ zh = \"…\", en = \"…\" }}"),
            );
        }
        let is_blank = |text: Text| text.zh.trim().is_empty() || text.en.trim().is_empty();
        if matches!(row.key(), "name" | "title") && node.as_text().is_some_and(is_blank) {
            let key = row.key();
            let message = text!("{key} 是空的", "`{key}` is empty");
            let hint = text!("写上名称", "write what it is called");
            self.faults.push(Diagnostic::error(codes::MISSING_KEY, node.span, message).hint(hint));
        }
    }

    fn string<'n>(&mut self, node: &'n Node) -> Option<(&'n str, Span)> {
        match node.as_str() {
            Some(text) => Some((text.trim(), node.span)),
            None => {
                self.wrong_type(node, text!("带引号的字符串", "a quoted string"));
                None
            }
        }
    }

    fn choice(&mut self, node: &Node, words: &[&str]) {
        let Some((word, span)) = self.string(node) else { return };
        if !words.contains(&word) {
            let message = text!("这里不能写“{word}”", "`{word}` is not one of the choices");
            let all = words.join(", ");
            let hint = suggest::nearest(word, words.iter().copied()).map_or_else(
                || text!("可以写：{all}", "choose from: {all}"),
                |near| text!("是不是“{near}”？可以写：{all}", "did you mean `{near}`? choose from: {all}"),
            );
            self.faults.push(Diagnostic::error(codes::BAD_CHOICE, span, message).hint(hint));
        }
    }

    /// What the rows of a table are: a planner knows the names of sheets rather than the words of the format.
    fn holds(&mut self, node: &Node) {
        let Some((word, span)) = self.string(node) else { return };
        if heads::rows(word).is_some() {
            return;
        }
        let called = |rows: &&heads::Rows| rows.zh == word || rows.en.eq_ignore_ascii_case(word);
        let near = heads::ROWS.iter().find(called).map(|rows| rows.holds);
        let words = || heads::ROWS.iter().map(|rows| rows.holds);
        let near = near.or_else(|| suggest::nearest(word, words()));
        let zh: Vec<String> =
            heads::ROWS.iter().map(|rows| format!("{}（{}）", rows.holds, rows.zh)).collect();
        let en: Vec<&str> = words().collect();
        let (zh, en) = (zh.join("、"), en.join(", "));
        let (near_zh, near_en) = near.map_or_else(Default::default, |near| {
            (format!("写 holds = \"{near}\"？"), format!("did you mean `{near}`? "))
        });
        let message = text!("这里不能写“{word}”", "`{word}` is not one of the choices");
        let hint = text!("{near_zh}可以写：{zh}", "{near_en}choose from: {en}");
        self.faults.push(Diagnostic::error(codes::BAD_CHOICE, span, message).hint(hint));
    }

    fn references(&mut self, node: &Node, reference: parameters::Reference) {
        if reference == parameters::Reference::Instrument && node.as_str() == Some("all") {
            return;
        }
        let Value::Array(items) = &node.value else {
            self.wrong_type(
                node,
                text!("编号的列表，如 [\"a\", \"b\"]", "a list of ids such as [\"a\", \"b\"]"),
            );
            return;
        };
        for item in items {
            if let Some((id, span)) = self.string(item) {
                self.ids.check(reference, id, span, self.complete, self.faults);
            }
        }
    }

    fn names(&mut self, node: &Node, kind: Kind) {
        let Value::Array(items) = &node.value else {
            self.wrong_type(node, text!("至少两项的列表", "a list of at least two names"));
            return;
        };
        if items.len() < 2 {
            let message = text!("至少要写两项", "at least two names are needed");
            self.faults.push(Diagnostic::error(codes::MISSING_KEY, node.span, message));
        }
        for item in items {
            let Some((name, span)) = self.string(item) else { continue };
            if kind == Kind::Paths {
                self.ids.check_path(name, span, self.complete, self.faults);
            } else {
                self.ids.check_cycle(name, span, self.complete, self.faults);
            }
        }
    }

    fn sources(&mut self, table: &Node) {
        if let Some(node) = table.get("source")
            && let Value::String(text) = &node.value
        {
            let own = Provenance { source: Some((text.clone(), node.span)), ..Provenance::default() };
            for id in own.source_ids() {
                self.ids.check(parameters::Reference::Source, id, node.span, self.complete, self.faults);
            }
        }
    }

    fn missing(&mut self, table: &Node, pattern: &str, place: Span) {
        for row in parameters::children(pattern).filter(|row| row.required) {
            let key = row.key();
            // a key with a slip in it is told where it stands, with what was meant
            let has_slip = || table.entries().iter().any(|entry| meant(&entry.key, pattern) == Some(key));
            if table.get(key).is_none() && !has_slip() {
                let (zh, en, example) = (row.meaning_zh, row.meaning_en, row.example);
                let message = text!("缺少 {key}：{zh}", "`{key}` is missing: {en}");
                let fault = Diagnostic::error(codes::MISSING_KEY, place, message);
                let hint = (!example.is_empty())
                    .then(|| text!("例如 {key} = {example}", "for example {key} = {example}"));
                self.faults.push(fault.maybe_hint(hint));
            }
        }
    }

    fn alternatives(&mut self, table: &Node, pattern: &str, place: Span) {
        for group in ALTERNATIVES.iter().filter(|group| group.table == pattern) {
            let written: Vec<&Entry> = group.keys.iter().filter_map(|key| table.entry(key)).collect();
            let all = group.keys.join(" / ");
            if let [first, second, ..] = written[..] {
                let message = text!("{all} 只能写一个", "only one of {all} can be written");
                self.faults.push(
                    Diagnostic::error(codes::KEY_CONFLICT, second.key_span, message)
                        .related(first.key_span, text!("已经写了这个", "already written here")),
                );
            } else if written.is_empty() && group.required && self.complete && !group.excused(table) {
                let message = text!("{all} 要写一个", "one of {all} is required");
                self.faults.push(Diagnostic::error(codes::KEY_CONFLICT, place, message));
            }
        }
    }

    fn wrong_type(&mut self, node: &Node, wanted: Text) {
        let (zh, en) = node.type_name();
        let message = Text::new(
            format!("这里要写{}，现在是{zh}", wanted.zh),
            format!("{} is expected here, not {en}", wanted.en),
        );
        self.faults.push(Diagnostic::error(codes::WRONG_TYPE, node.span, message));
    }

    fn take<T>(&mut self, read: Result<T, Box<Diagnostic>>) {
        self.faults.extend(read.err().map(|fault| *fault));
    }
}

/// Whether the free keys of this table are years.
fn is_by_year(row: &Param) -> bool {
    row.key() == "by_year"
}
