//! Holds the import table: each layer uses only layers before it, and outside libraries stay where they belong.

use std::fs;
use std::path::{Path, PathBuf};

/// The layers in order; each may use those before it, unless [`FORBIDDEN`] says otherwise.
const LAYERS: &[&str] = &[
    "text", "math", "units", "diag", "stats", "random", "scenario", "model", "plan", "kernel", "tally",
    "engine", "analysis", "report", "cli",
];

/// Layers that must not know an earlier one: (layer, what it may not use, why).
const FORBIDDEN: &[(&str, &[&str], &str)] = &[
    ("math", &["text"], "pure arithmetic says nothing"),
    ("diag", &["math", "units"], "a fault is words and places"),
    ("stats", &["units", "diag"], "estimators know nothing of scenarios"),
    ("random", &["units", "diag", "stats"], "draws know nothing of scenarios"),
    ("kernel", &["scenario", "model", "units", "diag"], "one block of trials sees the plan only"),
    ("tally", &["scenario", "model", "units", "diag"], "what is measured is defined by the plan"),
    ("engine", &["scenario", "model", "units", "diag"], "it runs any plan"),
    ("report", &["plan", "kernel", "tally", "engine", "random"], "it shows finished results"),
];

/// What only certain layers may use: (text, layers).
const RESERVED: &[(&str, &[&str])] = &[
    ("rayon", &["engine"]),
    ("plotters", &["report"]),
    ("resvg", &["report"]),
    ("comfy_table", &["report"]),
    ("calamine", &["cli"]),
    ("zip::", &["cli"]),
    ("rust_xlsxwriter", &["report"]),
    ("docx_rs", &["report"]),
    ("parquet::", &["report"]),
    ("minijinja", &["report"]),
    ("ctrlc", &["cli"]),
    ("indicatif", &["cli"]),
    ("console", &["cli"]),
    ("std::fs", &["cli"]),
    ("std::io", &["cli"]),
    ("std::env", &["cli"]),
    ("std::time", &["cli"]),
    ("std::process", &["cli", "main"]),
    ("println!", &[]),
    ("eprintln!", &[]),
];

/// A file has one purpose; longer than this, it has several.
const MAX_LINES: usize = 400;

/// All Rust files below `src`, with their path from the package's root.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut open: Vec<PathBuf> = vec![root.join("src")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("src can be listed").flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name =
                    path.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
                found.push((name, fs::read_to_string(&path).expect("a source file")));
            }
        }
    }
    found.sort();
    assert!(found.len() > 50, "the sources were not found");
    found
}

/// The layer of a file: the name behind `src/`.
fn layer(file: &str) -> &str {
    let rest = file.strip_prefix("src/").unwrap_or(file);
    rest.split(['/', '.']).next().unwrap_or(rest)
}

/// The code without comments, each line with its number.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().map(|(index, line)| (index + 1, line));
    lines.map(|(number, line)| (number, line.split("//").next().unwrap_or(line)))
}

/// How many modules a file lies below the crate: `src/kernel/paths.rs` two, `src/kernel/mod.rs` one.
fn depth(file: &str) -> usize {
    let path = file.strip_prefix("src/").unwrap_or(file).trim_end_matches(".rs").trim_end_matches("/mod");
    if matches!(path, "lib" | "main") { 0 } else { path.split('/').count() }
}

/// The names of this crate's modules that a file uses, each with the line of the path: behind `crate::` or behind as many
/// `super::` as lead out of the layer, alone or in groups, on however many lines.
fn used(file: &str, text: &str) -> Vec<(usize, String)> {
    let code: Vec<&str> = code(text).map(|(_, line)| line).collect();
    let (code, depth) = (code.join("\n"), depth(file));
    let mut found = Vec::new();
    for (start, levels) in ["crate::", "super::"].into_iter().flat_map(|word| {
        let levels = if word == "crate::" { None } else { Some(1) };
        code.match_indices(word).map(move |(at, _)| (at, levels))
    }) {
        let before = code[..start].trim_end();
        let part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        // the middle of a path is read from its beginning
        if before.ends_with("::") || code[..start].chars().next_back().is_some_and(part) {
            continue;
        }
        let line = code[..start].matches('\n').count() + 1;
        let above = levels.map_or(0, |levels| depth.saturating_sub(levels));
        let mut names = Vec::new();
        roots(&code[start + "crate::".len()..], above, &mut names);
        found.extend(names.into_iter().map(|name| (line, name)));
    }
    found
}

/// The names directly below the crate in a path that begins in a module so many levels below it.
fn roots(path: &str, above: usize, found: &mut Vec<String>) {
    let path = path.trim_start();
    if let Some(rest) = path.strip_prefix("super::") {
        return roots(rest, above.saturating_sub(1), found);
    }
    if let Some(group) = path.strip_prefix('{') {
        return top_level(group).into_iter().for_each(|part| roots(part, above, found));
    }
    let name: String = path.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    if above == 0 && !name.is_empty() {
        found.push(name);
    }
}

/// The parts of a braced group that are separated by commas outside of further braces.
fn top_level(group: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    for (index, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                parts.push(&group[start..index]);
                return parts;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&group[start..index]);
                start = index + 1;
            }
            _ => {}
        }
    }
    parts.push(&group[start..]);
    parts
}

/// What is wrong with one file.
fn faults(file: &str, text: &str) -> Vec<String> {
    let own = layer(file);
    let rank = |name: &str| LAYERS.iter().position(|layer| *layer == name);
    let forbidden = FORBIDDEN.iter().find(|(layer, ..)| *layer == own);
    let mut found = Vec::new();
    for (number, name) in used(file, text) {
        // `crate::text!` and everything in lib.rs and main.rs stand outside of the order.
        let (Some(own_rank), Some(rank)) = (rank(own), rank(&name)) else { continue };
        if name == own {
            continue;
        }
        if rank > own_rank {
            found.push(format!("{file}:{number}: {own} uses {name}, which comes later"));
        }
        if let Some((_, names, why)) = forbidden
            && names.contains(&name.as_str())
        {
            found.push(format!("{file}:{number}: {own} must not use {name}: {why}"));
        }
    }
    for (number, line) in code(text) {
        for (word, layers) in RESERVED {
            // a buffer in memory touches nothing outside of the program
            let line = &line.replace("std::io::Cursor", "Cursor");
            let whole = line.match_indices(word).any(|(at, _)| {
                let part = |c: char| c.is_ascii_alphanumeric() || c == '_';
                let before = line[..at].chars().next_back().is_some_and(part);
                let after = line[at + word.len()..].chars().next().is_some_and(part);
                !before && !after
            });
            if whole && !layers.contains(&own) {
                found.push(format!("{file}:{number}: {word} belongs to {layers:?}"));
            }
        }
    }
    found
}

#[test]
fn every_layer_uses_only_what_it_may() {
    let sources = sources();
    for (file, _) in &sources {
        let own = layer(file);
        assert!(LAYERS.contains(&own) || ["lib", "main"].contains(&own), "{file} belongs to no layer");
    }
    let found: Vec<String> = sources.iter().flat_map(|(file, text)| faults(file, text)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_rules_see_a_break() {
    for (file, line) in [
        ("src/kernel/x.rs", "use crate::model::Model;"),
        ("src/kernel/x.rs", "use crate::engine::run;"),
        ("src/report/x.rs", "    let _ = crate::engine::Silent;"),
        ("src/model/x.rs", "use crate::{text, plan::{Plan, Selection}};"),
        ("src/model/x.rs", "use crate::{\n    text,\n    plan::{\n        Plan, Selection,\n    },\n};"),
        ("src/model/x.rs", "use super::super::plan::Plan;"),
        ("src/model/x/y.rs", "use super::super::super::plan;"),
        ("src/model/mod.rs", "use super::plan::Plan;"),
        ("src/model/x.rs", "use super::{reader::Reader, super::plan::Plan};"),
        ("src/model/x.rs", "use super::super::{\n    plan,\n};"),
        ("src/stats/mod.rs", "use rayon::prelude::*;"),
        ("src/scenario/x.rs", "use std::fs;"),
        ("src/analysis/x.rs", "    println!(\"x\");"),
    ] {
        assert_eq!(faults(file, line).len(), 1, "{file}: {line}");
    }
    for (file, line) in [
        ("src/model/x.rs", "use crate::{text, scenario::{Node, View}};"),
        ("src/model/x.rs", "use super::plan::Own;"),
        ("src/model/x/y.rs", "use super::super::{plan, super::scenario::Node};"),
        ("src/model/mod.rs", "use self::plan::Own;"),
        ("src/engine/mod.rs", "use rayon::prelude::*;"),
        ("src/stats/x.rs", "// use crate::model::Model"),
        ("src/scenario/x.rs", "crate::text!(\"a\", \"b\")"),
    ] {
        assert!(faults(file, line).is_empty(), "{file}: {line}");
    }
}

#[test]
fn every_file_says_what_it_owns_and_is_short() {
    for (file, text) in sources() {
        assert!(text.starts_with("//! "), "{file} does not begin with what it owns");
        let lines = text.lines().count();
        assert!(lines <= MAX_LINES, "{file} has {lines} lines: split it");
    }
}
