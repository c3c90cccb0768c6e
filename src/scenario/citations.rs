//! Which entries of a scenario cite which statements, clusters and instruments of the documents.

use super::node::{Node, Value};
use super::provenance;
use crate::diag::Span;

/// One id cited by one entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The id as written, without blanks around it.
    pub id: String,
    /// Path of the entry with ids in the place of `[]` (`target.revenue-2500`); an item without an id by its number
    /// counted from 1.
    pub entry: String,
    /// Where the id is written.
    pub span: Span,
}

/// All citations of a merged tree in the order of the tree: `cites` of any table, and the catalogue entry that an
/// instrument is made from.
pub fn citations(root: &Node) -> Vec<Citation> {
    let mut found = Vec::new();
    collect(root, "", &mut found);
    for item in root.get("instrument").map(Node::items).unwrap_or_default() {
        if let (Some(id), Some(entry)) = (item.get("id").and_then(Node::as_str), item.get("entry"))
            && let Some(named) = entry.as_str()
        {
            let entry_path = format!("instrument.{id}");
            found.push(Citation { id: named.trim().to_owned(), entry: entry_path, span: entry.span });
        }
    }
    found
}

fn collect(node: &Node, name: &str, found: &mut Vec<Citation>) {
    for (id, span) in provenance::cited(node) {
        found.push(Citation { id: id.to_owned(), entry: name.to_owned(), span });
    }
    let dot = if name.is_empty() { "" } else { "." };
    for entry in node.entries().iter().filter(|entry| entry.key != provenance::CITES) {
        let below = format!("{name}{dot}{}", entry.key);
        match &entry.value.value {
            Value::Table(_) => collect(&entry.value, &below, found),
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate().filter(|(_, item)| item.is_table()) {
                    let id = item.get("id").and_then(Node::as_str).map(str::to_owned);
                    let id = id.unwrap_or_else(|| (index + 1).to_string());
                    collect(item, &format!("{below}.{id}"), found);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Diagnostics, FileId};
    use crate::scenario::syntax;

    #[test]
    fn cites_are_found_in_every_table_with_the_path_of_their_entry() {
        let text = r#"
[nation]
trend = { value = 0.02, cites = "HB48-003" }
[[target]]
id = "a"
cites = ["HB48-002", " HBNEWS-003 "]
[[record]]
value = 3
cites = ["HB48-001"]
[[instrument]]
id = "tool"
entry = "IN-HB48-21"
money = { total = { value = 1, cites = "HB701-005" } }
[[policy]]
id = "p"
set = { "nation.trend" = { value = 0.1, cites = ["HB701-006"] } }
"#;
        let mut faults = Diagnostics::new();
        let root = syntax::parse(text, FileId(0), &mut faults);
        assert!(faults.is_empty());
        let all = citations(&root);
        let found: Vec<(&str, &str)> = all.iter().map(|c| (c.id.as_str(), c.entry.as_str())).collect();
        assert_eq!(
            found,
            [
                ("HB48-003", "nation.trend"),
                ("HB48-002", "target.a"),
                ("HBNEWS-003", "target.a"),
                ("HB48-001", "record.1"),
                ("HB701-005", "instrument.tool.money.total"),
                ("HB701-006", "policy.p.set.nation.trend"),
                ("IN-HB48-21", "instrument.tool"),
            ]
        );
        let second = all[2].span;
        assert_eq!(&text[second.start as usize..second.end as usize], "\" HBNEWS-003 \"");
    }
}
