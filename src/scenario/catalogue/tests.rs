//! The catalogue's own files are sound, and its entries merge as a scenario's keys say.

use super::*;
use crate::diag::{Sources, codes, render};
use crate::scenario::provenance;
use crate::scenario::{Loaded, MemoryLoader, load};
use crate::text::Lang;

const BASE: &str = r#"
[scenario]
id = "t"
title = "t"
base_year = 2024
horizon = 2030

[sources.S]
title = "own"

[[industry]]
id = "chemical"
trend = { value = "4%", source = "S", grade = "derived" }
[[industry]]
id = "devices"
trend = { value = "4%", source = "S", grade = "derived" }

[[cluster]]
id = "wuhan"
base = { value = "420亿元", source = "S", grade = "derived" }
mix = { chemical = 0.5, devices = 0.5 }
"#;

fn loaded(instrument: &str) -> Loaded {
    load(&MemoryLoader::new([("a.toml", format!("{BASE}{instrument}").as_str())]), "a.toml")
}

fn merged(instrument: &str) -> Node {
    let loaded = loaded(instrument);
    assert!(loaded.faults.is_empty(), "{}", render(&loaded.faults, &loaded.sources, Lang::En));
    let root = loaded.root.expect("a sound file");
    root.get("instrument").expect("instruments").items()[0].clone()
}

fn text_at(node: &Node, path: &str) -> Option<String> {
    at(node, path).map(value_text)
}

#[test]
fn the_files_are_sound_and_every_number_is_sourced_and_explained() {
    let mut before: Vec<String> = Vec::new();
    for (name, text) in FILES {
        let (mut faults, mut sources) = (Diagnostics::new(), Sources::new());
        let file = sources.add(*name, *text);
        let root = syntax::parse(text, file, &mut faults);
        assert!(faults.is_empty(), "{}", render(&faults, &sources, Lang::En));
        let items = root.get("entry").map(Node::items).unwrap_or_default();
        assert!(items.iter().all(|item| read(item).is_some()), "{name}: an entry lacks a key");
        for item in items {
            if let Some(model) = item.get("same_as").and_then(Node::as_str) {
                let known = before.iter().any(|id| id == model);
                assert!(known, "{name}: {model} must stand before the entry that follows it");
            }
            before.extend(item.get("id").and_then(Node::as_str).map(str::to_owned));
        }
    }
    let chinese = |text: &Text| text.zh.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
    for entry in entries() {
        let id = &entry.id;
        assert!(chinese(&entry.name) && chinese(&entry.summary), "{id}");
        assert!(entry.name.en.is_ascii() && entry.summary.en.is_ascii(), "{id}");
        assert!(!entry.channels().is_empty(), "{id} has no channel");
        for lever in levers(entry).iter().filter(|lever| lever.default.contains(char::is_numeric)) {
            let row = parameters::param(&format!("instrument[].{}", lever.key));
            if row.is_none_or(|row| row.unit().is_none()) {
                continue;
            }
            let key = &lever.key;
            let source = lever.source.split(' ').next().unwrap_or_default();
            assert!(source_title(source).is_some(), "{id}: {key} cites {source}");
            assert!(lever.grade.is_some() && lever.note.as_ref().is_some_and(chinese), "{id}: {key}");
        }
    }
}

#[test]
fn ids_are_unique_and_follow_the_projects_table() {
    let ids: Vec<&str> = entries().iter().map(|entry| entry.id.as_str()).collect();
    let counts = [("HB48", 28), ("HB701", 14), ("ZJ22", 18), ("AH11", 20), ("GEN", 4)];
    let wanted: Vec<String> =
        counts.iter().flat_map(|(doc, n)| (1..=*n).map(move |k| format!("IN-{doc}-{k:02}"))).collect();
    assert_eq!(ids, wanted);
}

#[test]
fn an_entry_is_called_by_its_id_or_name_and_no_name_means_two() {
    for entry in entries() {
        for word in [&entry.id, &entry.name.zh, &entry.name.en] {
            assert_eq!(
                called(&format!(" {} ", word.to_uppercase())).map(|e| &e.id),
                Some(&entry.id),
                "{word}"
            );
        }
    }
    assert!(called("引导 基金").is_some_and(Entry::is_general) && called("基金").is_none());
}

/// A general instrument has no figure of any document: amounts are asked for, and no document is named.
#[test]
fn general_entries_name_no_document_and_no_amount() {
    let general: Vec<&Entry> = entries().iter().filter(|entry| entry.is_general()).collect();
    assert_eq!(general.len(), 4);
    for entry in general {
        for lever in levers(entry) {
            assert!(
                !lever.key.contains("signed") && !lever.key.starts_with("money"),
                "{}: {}",
                entry.id,
                lever.key
            );
            // what cannot carry a grade is told apart by import
            let bare = lever.key == "projects.count";
            let expected = (!bare).then_some(provenance::Grade::Assumption);
            assert_eq!(lever.grade, expected, "{}: {}", entry.id, lever.key);
        }
        let item =
            merged(&format!("{}name = \"own\"\nsource = \"S\"\ngrade = \"derived\"\n", example(entry)));
        assert!(item.get("document").is_none(), "{}", entry.id);
        // the number of projects is the scenario's own, which its example states
        let count = at(&item, "projects.count").map(value_text);
        assert_eq!(count, entry.uses("projects").then(|| "15".to_owned()), "{}", entry.id);
        assert!(at(&entry.body, "projects.count").is_none(), "{}", entry.id);
    }
}

#[test]
fn every_cited_source_of_the_catalogue_is_used() {
    let used: Vec<String> = entries().iter().flat_map(levers).map(|lever| lever.source).collect();
    for source in &CATALOGUE.sources {
        let id = source.key.as_str();
        let cited = used.iter().any(|text| text.split([';', ' ']).any(|word| word == id));
        assert!(cited, "no entry cites {id}");
    }
}

#[test]
fn keys_written_in_the_scenario_replace_those_of_the_entry_one_by_one() {
    let item = merged(
        "[[instrument]]\nid = \"f\"\nentry = \"in-hb701-01\"\nsource = \"S\"\ngrade = \"official\"\n\
         [instrument.capacity]\nleverage = 3\n",
    );
    assert_eq!(text_at(&item, "capacity.leverage").as_deref(), Some("3"));
    assert_eq!(text_at(&item, "capacity.online_after").as_deref(), Some("\"2年\""));
    assert_eq!(text_at(&item, "money.total").as_deref(), Some("\"100亿元\""));
    assert_eq!(text_at(&item, "document").as_deref(), Some("\"HB701 一\""));
    // The entry's numbers keep their grade below a table of another grade.
    assert_eq!(text_at(&item, "capacity.leverage.grade"), None);
    assert_eq!(text_at(&item, "capacity.online_after.grade").as_deref(), Some("\"assumption\""));
    assert_eq!(text_at(&item, "money.total.source").as_deref(), Some("\"CAT-HB701 一\""));
    let whole = merged(
        "[[instrument]]\nid = \"f\"\nentry = \"IN-HB701-01\"\nname = \"own\"\n\
         money = { per_year = { value = 5, source = \"S\", grade = \"official\" } }\n",
    );
    assert_eq!(text_at(&whole, "money.total"), None);
    assert_eq!(text_at(&whole, "name").as_deref(), Some("\"own\""));
}

#[test]
fn an_alternative_replaces_the_one_of_the_entry() {
    let item = merged(
        "[[instrument]]\nid = \"c\"\nentry = \"IN-HB48-09\"\nsource = \"S\"\ngrade = \"assumption\"\n\
         growth = { uplift = \"0.1%\" }\n",
    );
    assert_eq!(text_at(&item, "growth.level"), None);
    assert_eq!(text_at(&item, "growth.years").as_deref(), Some("3"));
}

#[test]
fn sources_of_the_entry_are_listed_unless_the_file_has_them() {
    let text = "[[instrument]]\nid = \"c\"\nentry = \"IN-HB48-10\"\n";
    let root = loaded(text).root.expect("a file");
    let ids: Vec<&str> =
        root.get("sources").expect("sources").entries().iter().map(|e| e.key.as_str()).collect();
    assert_eq!(ids, ["S", "CAT-UTIL"]);
}

#[test]
fn what_only_the_scenario_can_say_is_asked_for_at_the_entry() {
    let shown = |instrument: &str| {
        let loaded = loaded(instrument);
        assert_eq!(loaded.faults.len(), 1, "{}", render(&loaded.faults, &loaded.sources, Lang::En));
        let code = loaded.faults.iter().next().map(|fault| fault.code);
        (code.unwrap_or_default(), render(&loaded.faults, &loaded.sources, Lang::En))
    };
    let (code, text) = shown("[[instrument]]\nid = \"c\"\nentry = \"IN-HB48-21\"\n");
    assert_eq!(code, codes::ENTRY_INCOMPLETE);
    assert!(text.contains("IN-HB48-21 (Subsidy for") && text.contains("money = { per_year"), "{text}");
    let (code, text) = shown("[[instrument]]\nid = \"c\"\nentry = \"IN-HB48-15\"\n");
    assert_eq!(code, codes::ENTRY_INCOMPLETE);
    assert!(text.contains("this scenario has: chemical, devices"), "{text}");
    let (code, text) = shown("[[instrument]]\nid = \"c\"\nentry = \"IN-HB48-2l\"\n");
    assert_eq!(code, codes::UNKNOWN_ENTRY);
    assert!(text.contains("did you mean `IN-HB48-2") && text.contains("clustercast catalogue"), "{text}");
}

#[test]
fn the_only_candidate_of_a_list_need_not_be_written() {
    let item = merged("[[instrument]]\nid = \"c\"\nentry = \"IN-HB48-16\"\n");
    assert_eq!(text_at(&item, "growth.clusters").as_deref(), Some("[\"wuhan\"]"));
}

#[test]
fn examples_name_every_need_and_only_what_is_open() {
    let text = example(entry("IN-HB48-21").expect("an entry"));
    assert_eq!(
        text,
        "[[instrument]]\nid = \"hb48-21\"\nentry = \"IN-HB48-21\"\nmoney = { per_year = \"2亿元\", from = 2025, to = 2027 }\n"
    );
    assert!(!example(entry("IN-HB701-01").expect("an entry")).contains("money"));
    let asked = entry("IN-AH11-14").expect("an entry");
    assert!(at(&asked.body, "money").is_none() && at(&asked.body, "pipeline.award").is_none());
    assert!(example(asked).contains("award"));
}

const PIPELINES: &str = "[[pipeline]]\nid = \"drugs\"\nindustry = \"chemical\"\n\
    [[pipeline.stage]]\nid = \"p1\"\nsuccess = 0.5\nduration = 2\n\
    [[pipeline.stage]]\nid = \"p2\"\nsuccess = 0.5\nduration = 2\n\
    [[pipeline.stage]]\nid = \"nda\"\nsuccess = 0.9\nduration = 1\n\
    [[pipeline]]\nid = \"sets\"\nindustry = \"devices\"\n\
    [[pipeline.stage]]\nid = \"trial\"\nsuccess = 0.5\nduration = 2\n\
    [[pipeline.stage]]\nid = \"check\"\nsuccess = 0.9\nduration = 1\n";

/// `PIPELINES` with what the own unsourced numbers above do not need to say in a test of the form.
fn with_pipelines(instrument: &str) -> Node {
    let root = loaded(&format!("{PIPELINES}{instrument}")).root.expect("a file");
    root.get("instrument").expect("instruments").items()[0].clone()
}

#[test]
fn lists_default_to_everything_and_stages_to_their_part_of_the_way() {
    let all = with_pipelines("[[instrument]]\nid = \"c\"\nentry = \"IN-HB48-07\"\n");
    assert_eq!(text_at(&all, "pipeline.pipelines").as_deref(), Some("[\"drugs\", \"sets\"]"));
    assert_eq!(text_at(&all, "pipeline.stages").as_deref(), Some("[\"p1\", \"p2\", \"trial\"]"));
    let last = with_pipelines("[[instrument]]\nid = \"c\"\nentry = \"IN-HB701-13\"\n");
    assert_eq!(text_at(&last, "pipeline.stages").as_deref(), Some("[\"nda\", \"check\"]"));
    let named = with_pipelines(
        "[[instrument]]\nid = \"c\"\nentry = \"IN-HB701-13\"\npipeline = { pipelines = [\"sets\"] }\n",
    );
    assert_eq!(text_at(&named, "pipeline.stages").as_deref(), Some("[\"check\"]"));
    let own = with_pipelines(
        "[[instrument]]\nid = \"c\"\nentry = \"IN-HB701-13\"\npipeline = { stages = [\"p2\"] }\n",
    );
    assert_eq!(text_at(&own, "pipeline.stages").as_deref(), Some("[\"p2\"]"));
}

#[test]
fn a_stage_that_is_last_here_and_not_there_has_to_be_named() {
    let both = PIPELINES.replace("\"check\"", "\"p2\"");
    let loaded = loaded(&format!("{both}[[instrument]]\nid = \"c\"\nentry = \"IN-HB701-13\"\n"));
    let found: Vec<_> = loaded.faults.iter().map(|fault| fault.code).collect();
    assert_eq!(found, [codes::ENTRY_INCOMPLETE]);
}

#[test]
fn a_channel_that_needs_to_know_its_object_is_left_out_without_it() {
    let item = with_pipelines(
        "[[instrument]]\nid = \"c\"\nentry = \"IN-ZJ22-07\"\npipeline = { pipelines = [\"sets\"] }\n",
    );
    assert!(item.get("indicators").is_none() && item.get("pipeline").is_some());
    let none = loaded("[[instrument]]\nid = \"c\"\nentry = \"IN-HB48-20\"\n");
    let shown = render(&none.faults, &none.sources, Lang::Zh);
    assert_eq!(none.faults.len(), 1, "{shown}");
    assert!(shown.contains("还没有 [[pipeline]]"), "{shown}");
}

#[test]
fn all_means_all_of_the_own_province_in_a_file_of_several() {
    let one = |id: &str| {
        format!(
            "[scenario]\nid = \"{id}\"\ntitle = \"t\"\nbase_year = 2024\nhorizon = 2030\n\
             [[industry]]\nid = \"chemical\"\ntrend = 0.04\n[[province]]\nid = \"{id}\"\n\
             [[cluster]]\nid = \"c-{id}\"\nprovince = \"{id}\"\nbase = 100\n\
             [[pipeline]]\nid = \"p-{id}\"\nindustry = \"chemical\"\nentrants = 3\npeak_sales = 2\n\
             [[pipeline.stage]]\nid = \"trial\"\nsuccess = 0.5\nduration = 2\n\
             [[instrument]]\nid = \"i-{id}\"\nentry = \"IN-HB48-20\"\n[[instrument]]\nid = \"g-{id}\"\nentry = \"IN-HB48-09\"\n"
        )
    };
    let both = "include = [\"x.toml\", \"y.toml\"]\n[scenario]\nid = \"b\"\ntitle = \"t\"\nbase_year = 2024\nhorizon = 2030\n\
                [[industry]]\nid = \"chemical\"\ntrend = 0.04\n";
    let (x, y) = (one("x"), one("y"));
    let files = MemoryLoader::new([("b.toml", both), ("x.toml", x.as_str()), ("y.toml", y.as_str())]);
    let loaded = load(&files, "b.toml");
    let shown = render(&loaded.faults, &loaded.sources, Lang::En);
    assert!(!loaded.faults.has_errors(), "{shown}");
    let root = loaded.root.expect("a file");
    for item in root.get("instrument").expect("instruments").items() {
        let id = item.get("id").and_then(Node::as_str).expect("an id");
        let place = id.rsplit('-').next().expect("a province");
        let (path, wanted) = match id.starts_with('i') {
            true => ("pipeline.pipelines", format!("[\"p-{place}\"]")),
            // a list of clusters that is left out means those of the instrument's province
            false => ("province", format!("\"{place}\"")),
        };
        assert_eq!(text_at(item, path), Some(wanted), "{id}");
    }
}
