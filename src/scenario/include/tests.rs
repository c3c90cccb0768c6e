//! Tests of files that include others: what is shared, what is told apart, and every fault.

use crate::diag::{codes, render};
use crate::scenario::{Loaded, MemoryLoader, Node, load};
use crate::text::Lang;

const NATION: &str = r#"
include = ["hubei.toml", "anhui.toml"]
[scenario]
id = "n"
title = "N"
base_year = 2024
horizon = 2026
measure = "revenue"
[measures.revenue]
name = "revenue"
[nation]
trend = "2%"
[[industry]]
id = "chem"
premium = "1%"
"#;

/// A province with things of every kind; `more` stands at the end.
fn province(id: &str, city: &str, more: &str) -> String {
    format!(
        r#"
[scenario]
id = "{id}"
title = "T"
base_year = 2024
horizon = 2026
measure = "revenue"
[measures.revenue]
name = "revenue of {id}"
[measures.chain]
name = "chain of {id}"
[measures.same]
name = "same"
[sources.DOC]
title = "document of {id}"
[sources.COMMON]
title = "common"
[nation]
trend = "3%"
[[province]]
id = "{id}"
[[industry]]
id = "chem"
premium = "5%"
[[industry]]
id = "tcm"
premium = "2%"
name = "any name"
source = "DOC"
[[cluster]]
id = "{city}"
base = 100
base_in = {{ chain = {{ value = 300, source = "DOC 1; COMMON 2" }} }}
mix = {{ chem = 1 }}
[[cluster]]
id = "other"
base = 50
mix = {{ tcm = 1 }}
[[group]]
id = "all-{id}"
clusters = ["{city}", "other"]
[[event]]
id = "price"
industries = ["chem"]
probability = 0.5
severity = 0.2
[[event]]
id = "flood"
name = "flood in {id}"
probability = 0.1
severity = 0.3
clusters = ["other"]
[[event]]
id = "only-{id}"
probability = 0.1
severity = 0.3
[[instrument]]
id = "fund"
[instrument.money]
total = 10
[instrument.capacity]
output_ratio = 1
[[instrument]]
id = "zone-{id}"
[instrument.growth]
uplift = 0.01
[[policy]]
id = "none"
instruments = []
[[policy]]
id = "plan"
instruments = "all"
scale = {{ "instrument.*.money.total" = 2 }}
[[world]]
id = "bad"
set = {{ "nation.trend" = "0%" }}
scale = {{ "event.price.severity" = 1.5 }}
[world.shift.cluster]
other.premium = "-1%"
[[target]]
id = "goal"
document = "DOC"
year = 2025
at_least = 200
[[target]]
id = "goal-{id}"
year = 2025
at_least = 200
measure = "chain"
scope = "cluster.{city}"
[[target]]
id = "both-{id}"
all_of = ["goal", "goal-{id}"]
[[record]]
scope = "nation"
year = 2020
growth = "4%"
source = "COMMON"
[[record]]
scope = "province.{id}"
year = 2020
value = 80
{more}
"#
    )
}

fn read(nation: &str, hubei: &str, anhui: &str) -> Loaded {
    load(&MemoryLoader::new([("n.toml", nation), ("hubei.toml", hubei), ("anhui.toml", anhui)]), "n.toml")
}

fn sound(nation: &str, hubei: &str, anhui: &str) -> Node {
    let loaded = read(nation, hubei, anhui);
    assert!(loaded.faults.is_empty(), "{}", render(&loaded.faults, &loaded.sources, Lang::En));
    loaded.root.unwrap()
}

fn shipped() -> Node {
    sound(NATION, &province("hubei", "wuhan", ""), &province("anhui", "hefei", ""))
}

fn ids<'n>(root: &'n Node, kind: &str) -> Vec<&'n str> {
    super::declared(root, kind).into_iter().map(|(id, _)| id).collect()
}

fn item<'n>(root: &'n Node, kind: &str, id: &str) -> &'n Node {
    let found = super::declared(root, kind).into_iter().find(|(known, _)| *known == id);
    found.unwrap_or_else(|| panic!("no {kind} {id} among {:?}", ids(root, kind))).1
}

fn strings(node: Option<&Node>) -> Vec<&str> {
    let node = node.unwrap();
    node.as_str().map_or_else(|| node.items().iter().filter_map(Node::as_str).collect(), |one| vec![one])
}

fn keys(node: Option<&Node>) -> Vec<&str> {
    node.unwrap().entries().iter().map(|entry| entry.key.as_str()).collect()
}

#[test]
fn ids_of_one_province_stay_and_others_get_its_name() {
    let root = shipped();
    assert_eq!(ids(&root, "province"), ["hubei", "anhui"]);
    assert_eq!(ids(&root, "cluster"), ["wuhan", "hubei-other", "hefei", "anhui-other"]);
    assert_eq!(
        ids(&root, "target"),
        ["hubei-goal", "goal-hubei", "both-hubei", "anhui-goal", "goal-anhui", "both-anhui"]
    );
    assert_eq!(ids(&root, "instrument"), ["hubei-fund", "zone-hubei", "anhui-fund", "zone-anhui"]);
    assert_eq!(ids(&root, "measures"), ["hubei-chain", "same", "anhui-chain", "revenue"]);
    assert_eq!(ids(&root, "sources"), ["hubei-DOC", "COMMON", "anhui-DOC"]);
    assert!(root.get("include").is_none());
}

#[test]
fn references_follow_the_new_names() {
    let root = shipped();
    assert_eq!(strings(item(&root, "group", "all-anhui").get("clusters")), ["hefei", "anhui-other"]);
    assert_eq!(strings(item(&root, "target", "both-anhui").get("all_of")), ["anhui-goal", "goal-anhui"]);
    let goal = item(&root, "target", "goal-anhui");
    assert_eq!(strings(goal.get("measure")), ["anhui-chain"]);
    assert_eq!(strings(item(&root, "target", "anhui-goal").get("document")), ["anhui-DOC"]);
    let chain = item(&root, "cluster", "hefei").get("base_in").and_then(|table| table.get("anhui-chain"));
    assert_eq!(strings(chain.unwrap().get("source")), ["anhui-DOC 1; COMMON 2"]);
}

#[test]
fn what_rested_on_the_only_province_is_written_out() {
    let root = shipped();
    assert_eq!(strings(item(&root, "cluster", "hefei").get("province")), ["anhui"]);
    assert_eq!(strings(item(&root, "instrument", "anhui-fund").get("province")), ["anhui"]);
    assert_eq!(strings(item(&root, "target", "anhui-goal").get("scope")), ["province.anhui"]);
    assert!(item(&root, "target", "both-anhui").get("scope").is_none());
    assert_eq!(strings(item(&root, "event", "only-anhui").get("clusters")), ["hefei", "anhui-other"]);
}

#[test]
fn the_nation_of_the_including_file_holds() {
    let root = shipped();
    assert_eq!(strings(root.get("nation").unwrap().get("trend")), ["2%"]);
    assert_eq!(ids(&root, "industry"), ["tcm", "chem"]);
    assert_eq!(strings(item(&root, "industry", "chem").get("premium")), ["1%"]);
    assert_eq!(strings(item(&root, "measures", "revenue").get("name")), ["revenue"]);
    assert_eq!(strings(root.get("scenario").unwrap().get("id")), ["n"]);
}

#[test]
fn events_stated_alike_are_one_event() {
    let root = shipped();
    let events = ["price", "hubei-flood", "only-hubei", "anhui-flood", "only-anhui"];
    assert_eq!(ids(&root, "event"), events);
    assert!(item(&root, "event", "price").get("clusters").is_none(), "it hits all");
    assert_eq!(strings(item(&root, "event", "anhui-flood").get("clusters")), ["anhui-other"]);
    // stated by the including file, one version holds; stated by a part of the provinces, it stays with them
    let own = format!("{NATION}\n[[event]]\nid = \"price\"\nprobability = 1\nseverity = 0.1\n");
    let other = province("anhui", "hefei", "").replace("severity = 0.2", "severity = 0.25");
    let root = sound(&own, &province("hubei", "wuhan", ""), &other);
    assert!(ids(&root, "event").contains(&"price") && !ids(&root, "event").contains(&"hubei-price"));
    let root = sound(
        &NATION.replace("\"anhui.toml\"", "\"anhui.toml\", \"x.toml\"").replace(", \"x.toml\"", ""),
        &province("hubei", "wuhan", ""),
        &other,
    );
    assert_eq!(ids(&root, "event")[0], "hubei-price");
    assert_eq!(strings(item(&root, "event", "hubei-price").get("clusters")), ["wuhan", "hubei-other"]);
}

#[test]
fn policies_and_worlds_are_united() {
    let root = shipped();
    assert_eq!(ids(&root, "policy"), ["none", "plan"]);
    let plan = item(&root, "policy", "plan");
    let all = ["hubei-fund", "zone-hubei", "anhui-fund", "zone-anhui"];
    assert_eq!(strings(plan.get("instruments")), all);
    let money = ["instrument.hubei-fund.money.total", "instrument.anhui-fund.money.total"];
    assert_eq!(keys(plan.get("scale")), money);
    let bad = item(&root, "world", "bad");
    assert_eq!(keys(bad.get("set")), ["nation.trend"]);
    assert_eq!(keys(bad.get("scale")), ["event.price.severity"]);
    assert_eq!(keys(bad.get("shift")), ["cluster.hubei-other.premium", "cluster.anhui-other.premium"]);
}

#[test]
fn a_world_of_the_including_file_speaks_for_what_is_shared() {
    let own = format!("{NATION}\n[[world]]\nid = \"bad\"\nset = {{ \"nation.trend\" = \"1%\" }}\n");
    let other =
        province("anhui", "hefei", "").replace("\"nation.trend\" = \"0%\"", "\"nation.trend\" = \"9%\"");
    let root = sound(&own, &province("hubei", "wuhan", ""), &other);
    let bad = item(&root, "world", "bad");
    assert_eq!(strings(bad.get("set").unwrap().get("nation.trend")), ["1%"]);
    assert!(bad.get("scale").is_none(), "the event is shared, and the including file leaves it alone");
    assert_eq!(keys(bad.get("shift")).len(), 2);
    let own = format!(
        "{NATION}\n[[policy]]\nid = \"plan\"\ninstruments = \"all\"\nscale = {{ \"instrument.*.money.total\" = 3 }}\n"
    );
    let root = sound(&own, &province("hubei", "wuhan", ""), &other.replace("9%", "0%"));
    let plan = item(&root, "policy", "plan");
    assert_eq!(strings(plan.get("instruments")), ["all"]);
    assert_eq!(keys(plan.get("scale")), ["instrument.*.money.total"], "not twice");
}

#[test]
fn lists_are_joined_and_say_nothing_twice() {
    let pair = "[[correlation]]\nof = [\"nation\", \"province.X\"]\nvalue = 0.1\n[[correlation]]\nof = [\"nation\", \
                \"industry.tcm\"]\nvalue = 0.2\n";
    let of = |id: &str| pair.replace('X', id);
    let (hubei, anhui) = (province("hubei", "wuhan", &of("hubei")), province("anhui", "hefei", &of("anhui")));
    let root = sound(NATION, &hubei, &anhui);
    assert_eq!(root.get("record").unwrap().items().len(), 3);
    assert_eq!(root.get("correlation").unwrap().items().len(), 3);
    let own = format!("{NATION}\n[[correlation]]\nof = [\"industry.chem\", \"industry.tcm\"]\nvalue = 0.5\n");
    let root = sound(&own, &hubei, &anhui);
    let of: Vec<_> =
        root.get("correlation").unwrap().items().iter().map(|c| strings(c.get("of"))[1]).collect();
    assert_eq!(
        of,
        ["industry.tcm", "province.hubei", "province.anhui"],
        "the nation's are the including file's"
    );
}

#[test]
fn the_including_file_changes_what_it_includes() {
    let own = format!(
        "{NATION}\n[[target]]\nid = \"both-anhui\"\nremove = true\n[[cluster]]\nid = \"wuhan\"\nbase = 120\n\
         [[world]]\nid = \"bad\"\nremove = true\n"
    );
    let root = sound(&own, &province("hubei", "wuhan", ""), &province("anhui", "hefei", ""));
    assert!(!ids(&root, "target").contains(&"both-anhui") && ids(&root, "world").is_empty());
    assert_eq!(
        item(&root, "cluster", "wuhan").get("base").map(Node::type_name),
        Some(("整数", "an integer"))
    );
    assert!(item(&root, "cluster", "wuhan").get("mix").is_some());
}

#[test]
fn an_included_file_may_extend_another() {
    let base = province("anhui", "hefei", "").replace("base = 100", "base = 90");
    let files = MemoryLoader::new([
        ("n.toml", NATION),
        ("hubei.toml", &province("hubei", "wuhan", "")),
        ("anhui.toml", "extends = \"old.toml\"\n[[cluster]]\nid = \"hefei\"\nbase = 110\n"),
        ("old.toml", &base),
    ]);
    let loaded = load(&files, "n.toml");
    assert!(loaded.faults.is_empty(), "{}", render(&loaded.faults, &loaded.sources, Lang::En));
    let names: Vec<&str> = loaded.sources.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["n.toml", "hubei.toml", "anhui.toml", "old.toml"]);
    assert_eq!(ids(loaded.root.as_ref().unwrap(), "cluster")[2], "hefei");
}

#[test]
fn what_does_not_fit_together_is_one_fault_each() {
    let (hubei, anhui) = (province("hubei", "wuhan", ""), province("anhui", "hefei", ""));
    let with = |text: &str| province("anhui", "hefei", text);
    let cases = [
        (NATION.to_owned(), anhui.replace("base_year = 2024", "base_year = 2023"), "base year of anhui.toml"),
        (NATION.to_owned(), anhui.replace("measure = \"revenue\"", "measure = \"chain\""), "primary measure"),
        (NATION.to_owned(), anhui.replace("[[province]]\nid = \"anhui\"\n", ""), "exactly one"),
        (NATION.to_owned(), with("[[province]]\nid = \"second\"\n"), "exactly one"),
        (NATION.to_owned(), hubei.clone(), "keep one"),
        (NATION.to_owned(), with("[spillover]\nstrength = 0.1\n"), "spill-over"),
        (
            NATION.to_owned(),
            with("[[target]]\nid = \"i\"\nscope = \"industry.tcm\"\nyear = 2025\nat_least = 5\n"),
            "about an industry",
        ),
        (
            NATION.to_owned(),
            with("[[target]]\nid = \"i\"\nscope = \"nation\"\nyear = 2025\nat_least = 5\n"),
            "about all provinces together",
        ),
        (NATION.replace("[nation]\ntrend = \"2%\"\n", ""), anhui.replace("3%", "4%"), "[nation] differs"),
        (NATION.to_owned(), anhui.replace("premium = \"2%\"", "premium = \"7%\""), "industry `tcm`"),
        (
            NATION.to_owned(),
            anhui.replace("\"nation.trend\" = \"0%\"", "\"nation.trend\" = \"9%\""),
            "nation.trend differently",
        ),
        (
            NATION.replace("[measures.revenue]\nname = \"revenue\"\n", ""),
            anhui.clone(),
            "must state its primary measure",
        ),
    ];
    for (nation, anhui, part) in cases {
        let loaded = read(&nation, &hubei, &anhui);
        let shown = render(&loaded.faults, &loaded.sources, Lang::En);
        assert!(shown.contains(part), "{part}\n{shown}");
        assert!(loaded.faults.iter().all(|fault| fault.code == codes::BAD_INCLUDE), "{part}\n{shown}");
        assert_eq!(loaded.faults.len(), 1, "{part}\n{shown}");
    }
}

#[test]
fn files_that_cannot_be_read_and_circles_are_faults() {
    let (hubei, anhui) = (province("hubei", "wuhan", ""), province("anhui", "hefei", ""));
    let codes = |nation: &str, anhui: &str| {
        let loaded = read(nation, &hubei, anhui);
        loaded.faults.iter().map(|fault| fault.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(&NATION.replace("hubei.toml", "hubai.toml"), &anhui), [codes::PARENT_UNREADABLE]);
    let circle = format!("include = [\"n.toml\"]\n{anhui}");
    assert_eq!(codes(NATION, &circle)[0], codes::EXTENDS_CYCLE);
    let text = NATION.replace("[\"hubei.toml\", \"anhui.toml\"]", "\"hubei.toml\"");
    assert!(codes(&text, &anhui).contains(&codes::WRONG_TYPE));
    let twice = anhui.replace("[[group]]", "[[cluster]]\nid = \"hefei\"\nbase = 1\n[[group]]");
    assert!(codes(NATION, &twice).contains(&codes::DUPLICATE_ID));
}
