//! Reads a scenario into the model: context, references and the order of reading.

use std::cell::RefCell;

use super::*;
use crate::diag::{Diagnostic, Diagnostics, Span, codes};
use crate::scenario::{Node, View, suggest::nearest};
use crate::text;

/// What the reading functions share.
pub struct Reader<'a> {
    /// The whole file.
    pub root: View<'a>,
    /// Quantities found so far.
    pub quantities: Quantities,
    /// Whole numbers of years found so far.
    pub delays: Vec<Delay>,
    /// Base year, or a stand-in after a fault.
    pub base_year: i32,
    /// Horizon, or a stand-in after a fault.
    pub horizon: i32,
    /// Whether base year and horizon are those of the file, no stand-ins.
    pub stated_period: (bool, bool),
    /// Identifiers by kind, in the order of the file.
    pub measures: Vec<String>,
    /// Source ids.
    pub sources: Vec<String>,
    /// Province ids.
    pub provinces: Vec<String>,
    /// Industry ids.
    pub industries: Vec<String>,
    /// Cluster ids.
    pub clusters: Vec<String>,
    /// Group ids.
    pub groups: Vec<String>,
    /// Indicator ids.
    pub indicators: Vec<String>,
    /// Instrument ids.
    pub instruments: Vec<String>,
    /// Target ids.
    pub targets: Vec<String>,
    /// Pipeline ids.
    pub pipelines: Vec<String>,
    /// Arrival ids.
    pub arrivals: Vec<String>,
    /// Switches.
    pub switches: Vec<Switch>,
}

/// Reads and checks a scenario with the readings that it states itself; faults go to `sink`, and there is a model if
/// none of them is an error.
pub fn read(root: &Node, sink: &RefCell<Diagnostics>) -> Option<Model> {
    read_with(root, &Choices::new(), sink)
}

/// Reads and checks a scenario as [`read`] does, with other options of its switches.
pub fn read_with(root: &Node, choices: &Choices, sink: &RefCell<Diagnostics>) -> Option<Model> {
    let root = View::root(root, sink);
    let mut reader = Reader::new(root);
    reader.switches = reader.read_switches(choices);
    let model = reader.model();
    if sink.borrow().has_errors() { None } else { Some(model) }
}

impl<'a> Reader<'a> {
    fn new(root: View<'a>) -> Self {
        let ids =
            |key: &str| root.items(key).iter().filter_map(|v| v.string("id")).map(|(id, _)| id).collect();
        let keys = |key: &str| root.entries(key).into_iter().map(|(id, ..)| id).collect::<Vec<_>>();
        let mut measures = keys("measures");
        if measures.is_empty() {
            measures.push("revenue".to_owned());
        }
        let mut provinces: Vec<String> = ids("province");
        if provinces.is_empty() {
            provinces.push("province".to_owned());
        }
        Self {
            quantities: Quantities::default(),
            delays: Vec::new(),
            base_year: 0,
            horizon: 0,
            stated_period: (true, true),
            measures,
            sources: keys("sources"),
            provinces,
            industries: ids("industry"),
            clusters: ids("cluster"),
            groups: ids("group"),
            indicators: ids("indicator"),
            instruments: ids("instrument"),
            targets: ids("target"),
            pipelines: ids("pipeline"),
            arrivals: ids("arrival"),
            switches: Vec::new(),
            root,
        }
    }

    /// Adds a fault.
    pub fn report(&self, fault: Diagnostic) {
        self.root.report(fault);
    }

    fn model(&mut self) -> Model {
        let root = self.root.clone();
        let scenario = root.child("scenario");
        let (base_year, horizon) = self.period(scenario.as_ref());
        let stated = |key: &str| scenario.as_ref().and_then(|s| s.year(key));
        self.stated_period = (stated("base_year").is_some(), stated("horizon") == Some(horizon));
        (self.base_year, self.horizon) = (base_year, horizon);
        let text = |key: &str| scenario.as_ref().and_then(|s| s.text(key));
        let whole = |key: &str, default: u64| {
            scenario
                .as_ref()
                .and_then(|s| s.integer(key))
                .and_then(|n| u64::try_from(n).ok())
                .unwrap_or(default)
        };
        let measures = self.read_measures();
        let measure = self.primary_measure(scenario.as_ref());
        let sources = self.read_sources();
        let tails = root.child("tails");
        let tail = |key: &str| tails.as_ref().and_then(|t| t.number(key));

        let nation = self.nation();
        let industries = self.read_industries(nation.trend);
        let provinces = self.read_provinces();
        let clusters = self.read_clusters(&provinces);
        let groups = self.read_groups();
        let spillover = self.spillover();
        let events = self.events();
        let pipelines = self.read_pipelines();
        let arrivals = self.read_arrivals();
        let indicators = self.read_indicators();
        let items = self.read_items(&clusters);
        let populations = self.read_populations(&clusters);
        let instruments = self.read_instruments();
        let policies = self.policies();
        let worlds = self.worlds();
        let reference = self.reference(scenario.as_ref(), &policies);
        let targets = self.read_targets(measure);
        let conditionals = self.conditionals(&targets);
        let records = self.records(measure);
        let known = self.known(measure, &targets);
        let cycles = self.existing_cycles(&nation, &industries, &provinces);
        let cycle_correlation = self.cycle_correlation(&cycles);
        let dependence = self.dependence();

        let model = Model {
            id: scenario.as_ref().and_then(|s| s.string("id")).map_or_else(String::new, |(id, _)| id),
            title: text("title").unwrap_or_default(),
            summary: text("summary"),
            base_year,
            horizon,
            trials: whole("trials", 100_000),
            seed: whole("seed", 1),
            discount_rate: scenario.as_ref().and_then(|s| s.number("discount_rate")).unwrap_or(0.0),
            measures,
            measure,
            sources,
            quantities: std::mem::take(&mut self.quantities),
            delays: std::mem::take(&mut self.delays),
            cycle_tails: tail("cycles"),
            own_tails: tail("own"),
            nation,
            provinces,
            industries,
            clusters,
            groups,
            spillover,
            cycle_correlation,
            dependence,
            events,
            pipelines,
            arrivals,
            indicators,
            items,
            populations,
            instruments,
            policies,
            reference,
            worlds,
            targets,
            switches: self.switches.clone(),
            conditionals,
            records,
            known,
        };
        self.quantities = model.quantities.clone();
        self.validate(&model);
        model
    }

    fn period(&self, scenario: Option<&View<'_>>) -> (i32, i32) {
        let base_year = scenario.and_then(|s| s.year("base_year"));
        let horizon = scenario.and_then(|s| s.year("horizon"));
        let (Some(base_year), Some(horizon)) = (base_year, horizon) else {
            // a stand-in wide enough not to cause further faults
            let base_year = base_year.unwrap_or(1900);
            return (base_year, horizon.unwrap_or(base_year + 100).max(base_year + 1));
        };
        if horizon <= base_year || horizon > base_year + 100 {
            let span = scenario.map(|s| s.child("horizon").map_or(s.span(), |v| v.span()));
            let last = base_year + 100;
            let message = text!(
                "“推演到哪一年”（horizon）为 {horizon}，必须晚于基年 {base_year}，且不晚于 {last}",
                "the horizon {horizon} must be later than the base year {base_year} and no later than {last}"
            );
            self.report(Diagnostic::error(codes::BAD_YEAR, span, message));
            // years elsewhere are judged against the period that is meant, not against one that is wrong
            return (base_year, last);
        }
        (base_year, horizon)
    }

    fn read_measures(&self) -> Vec<Measure> {
        let views = self.root.entries("measures");
        if views.is_empty() {
            return vec![Measure { id: "revenue".to_owned(), name: Text::new("营业收入", "revenue") }];
        }
        views
            .into_iter()
            .map(|(id, _, view)| Measure { name: view.text("name").unwrap_or_else(|| Text::same(&id)), id })
            .collect()
    }

    fn primary_measure(&self, scenario: Option<&View<'_>>) -> usize {
        match scenario.and_then(|s| s.string("measure")) {
            Some((id, span)) => {
                self.resolve(&self.measures, &id, span, &Text::new("口径", "measure")).unwrap_or(0)
            }
            None if self.measures.len() == 1 => 0,
            None => {
                let span = scenario.map(View::span);
                let message = text!(
                    "有多个统计口径，要用 measure 写明哪一个是主口径",
                    "there are several measures: say with `measure` which is the primary one"
                );
                self.report(Diagnostic::error(codes::MISSING_KEY, span, message));
                0
            }
        }
    }

    fn read_sources(&self) -> Vec<Source> {
        self.root
            .entries("sources")
            .into_iter()
            .map(|(id, _, view)| Source {
                title: view.text("title").unwrap_or_else(|| Text::same(&id)),
                date: view.string("date").map(|(date, _)| date),
                id,
            })
            .collect()
    }

    /// Index of `id` in `known`, or a fault that names the nearest.
    pub fn resolve(&self, known: &[String], id: &str, span: Span, kind: &Text) -> Option<usize> {
        let found = known.iter().position(|k| k == id);
        // The check of the form has seen most references already; once is enough.
        if found.is_none() && !self.root.has_reported(codes::UNKNOWN_REFERENCE, span) {
            let (zh, en) = (&kind.zh, &kind.en);
            let message = text!("没有编号为“{id}”的{zh}", "there is no {en} with the id \"{id}\"");
            let near = nearest(id, known.iter().map(String::as_str));
            let hint = match near {
                Some(near) => text!("是不是“{near}”？", "did you mean \"{near}\"?"),
                None if known.is_empty() => text!("文件里没有{zh}", "the file has no {en}"),
                None => {
                    let all = known.join("、");
                    let list = known.join(", ");
                    Text::new(format!("可用的有：{all}"), format!("known: {list}"))
                }
            };
            self.report(Diagnostic::error(codes::UNKNOWN_REFERENCE, span, message).about(id).hint(hint));
        }
        found
    }

    /// Resolves the list of ids under `key`; unknown ids are reported and left out, repeated ones reported.
    pub fn resolve_list(&self, view: &View<'_>, key: &str, known: &[String], kind: &Text) -> Vec<usize> {
        let mut found = Vec::new();
        for (id, span) in view.strings(key) {
            let Some(index) = self.resolve(known, &id, span, kind) else { continue };
            if found.contains(&index) {
                let message = text!("“{id}”重复出现", "\"{id}\" is listed twice");
                self.report(Diagnostic::error(codes::DUPLICATE_ID, span, message));
            } else {
                found.push(index);
            }
        }
        found
    }

    /// A year that must lie within `first..=last`.
    pub fn year_within(&self, view: &View<'_>, key: &str, first: i32, last: i32) -> Option<i32> {
        let year = view.year(key)?;
        let span = view.child(key).map_or(view.span(), |v| v.span());
        self.check_year(year, span, first, last)
    }

    /// `year` if it lies within `first..=last`, else a fault.
    pub fn check_year(&self, year: i32, span: Span, first: i32, last: i32) -> Option<i32> {
        if (first..=last).contains(&year) {
            return Some(year);
        }
        let message = match self.stated_period {
            // of a period that is known in part, only that part is told
            (false, true) => {
                let horizon = self.horizon;
                text!(
                    "年份 {year} 晚于推演的最后一年 {horizon}",
                    "the year {year} lies after the last year of the projection, {horizon}"
                )
            }
            (true, false) => text!("年份 {year} 早于 {first}", "the year {year} lies before {first}"),
            _ => text!("年份 {year} 不在 {first}–{last} 之内", "the year {year} is outside {first}–{last}"),
        };
        let hint = text!(
            "基年和推演到哪一年由 [scenario] 的 base_year 和 horizon 决定",
            "base_year and horizon of [scenario] set the period"
        );
        self.report(Diagnostic::error(codes::BAD_YEAR, span, message).hint(hint));
        None
    }
}
