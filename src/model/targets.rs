//! Reads targets.

use super::reader::Reader;
use super::*;
use crate::diag::{Diagnostic, codes};
use crate::scenario::family::is_quantity_table;
use crate::scenario::{Value, View};
use crate::text;

const COMPARISONS: [&str; 12] = [
    "at_least",
    "at_most",
    "multiple_of_base",
    "growth_at_least",
    "count_at_least",
    "number_at_least",
    "number_at_most",
    "value_at_least",
    "value_at_most",
    "all_of",
    "any_of",
    "at_least_of",
];

impl Reader<'_> {
    pub(super) fn read_targets(&mut self, measure: usize) -> Vec<Target> {
        let views = self.root.items("target");
        let targets: Vec<Target> = views.iter().filter_map(|view| self.target(view, measure)).collect();
        self.check_circles(&targets);
        self.check_members(&targets);
        targets
    }

    fn target(&self, view: &View<'_>, primary: usize) -> Option<Target> {
        let id = view.string("id").map_or_else(String::new, |(id, _)| id);
        let subject = self.subject(view)?;
        self.check_subject(view, &subject);
        let scope = self.subject_scope(view, &subject);
        let measure = match view.string("measure") {
            Some((name, span)) => {
                self.resolve(&self.measures, &name, span, &Text::new("口径", "measure")).unwrap_or(primary)
            }
            None => primary,
        };
        let document = view.string("document").map(|(name, span)| {
            let id = name.split_whitespace().next().unwrap_or_default().to_owned();
            self.resolve(&self.sources, &id, span, &Text::new("资料", "source"));
            id
        });
        let demand = self.demand(view, &id)?;
        let group = matches!(demand, Demand::AtLeast { .. });
        for key in ["year", "by", "sustained", "stretch", "measure", "scope"] {
            if group && view.has(key) {
                let message = text!("目标组不写 {key}", "a group of targets has no {key}");
                self.report(Diagnostic::error(codes::BAD_TARGET, view.key_span(key), message));
            }
        }
        self.check_count(view, &demand, &scope);
        let stretch = self.stretch(view, &demand);
        Some(Target {
            name: view.text("name").unwrap_or_else(|| Text::same(&id)),
            id,
            document,
            reading: self.reading(view),
            by_rule: view.flag("by_rule").unwrap_or(false),
            is_condition: view.string("role").is_some_and(|(role, _)| role == "condition"),
            subject,
            scope,
            measure,
            demand,
            stretch,
            provenance: view.provenance().clone(),
            span: view.span(),
        })
    }

    /// The stretch target, which must not be easier than the target itself.
    fn stretch(&self, view: &View<'_>, demand: &Demand) -> Option<f64> {
        let keys = ["stretch", "number_stretch", "value_stretch"];
        let key = keys.into_iter().find(|key| view.has(key))?;
        let stretch = if key == "number_stretch" { whole(view, key) } else { view.number(key) }?;
        let Demand::Threshold { at_least, level: Level::Fixed(level), .. } = demand else {
            return Some(stretch);
        };
        let message = match at_least {
            true if stretch < *level => {
                text!("争取目标 {key} 低于 at_least", "the stretch target {key} lies below at_least")
            }
            false if stretch > *level && key != "stretch" => {
                text!("争取目标 {key} 高于上限", "the stretch target {key} lies above the upper limit")
            }
            _ => return Some(stretch),
        };
        self.report(Diagnostic::error(codes::REVERSED, view.key_span(key), message));
        Some(stretch)
    }

    /// A count is of whole clusters, each tier with a value of its own.
    fn check_count(&self, view: &View<'_>, demand: &Demand, scope: &Scope) {
        if !matches!(demand, Demand::Count { .. }) {
            return;
        }
        if view.has("stretch") {
            let message = text!(
                "count_at_least 不写 stretch；更高的要求另写一个目标",
                "count_at_least has no stretch: state the higher demand as a target of its own"
            );
            self.report(Diagnostic::error(codes::BAD_TARGET, view.key_span("stretch"), message));
        }
        if matches!(scope, Scope::Industry(_)) {
            let message = text!(
                "count_at_least 数的是集群的全部收入，范围不能是行业",
                "count_at_least counts clusters by their whole revenue: its scope cannot be an industry"
            );
            self.report(Diagnostic::error(codes::BAD_TARGET, view.key_span("scope"), message));
        }
    }

    pub(super) fn default_scope(&self) -> Scope {
        if self.provinces.len() == 1 { Scope::Province(0) } else { Scope::Nation }
    }

    /// The scope of what is judged. All provinces together are no scope of a file of one: who writes `nation` there means the
    /// whole country, which is not simulated.
    pub(super) fn judged_scope(&self, view: &View<'_>) -> Option<Scope> {
        let scope = self.scope(view)?;
        if let ([only], Scope::Nation) = (&self.provinces[..], &scope)
            && let Some(child) = view.child("scope")
        {
            let message = text!(
                "考核对象不能是“nation”：文件里只有一个省，推演的不是全国",
                "`nation` cannot be judged: the file holds one province, and the whole country is not simulated"
            );
            let hint = text!("写成 \"province.{only}\"", "write \"province.{only}\"");
            let fault = Diagnostic::error(codes::UNKNOWN_REFERENCE, child.span(), message);
            self.report(fault.about("nation").hint(hint));
        }
        Some(scope)
    }

    /// The scope under `scope`, a reference or a list of clusters.
    pub(super) fn scope(&self, view: &View<'_>) -> Option<Scope> {
        let child = view.child("scope")?;
        if matches!(child.node().value, Value::Array(_)) {
            let clusters = self.clusters.clone();
            let found = self.resolve_list(view, "scope", &clusters, &Text::new("市州或集群", "cluster"));
            if view.has_empty_list("scope") {
                let message =
                    text!("范围是空的：至少列一个集群", "the scope is empty: list at least one cluster");
                self.report(Diagnostic::error(codes::BAD_TARGET, child.span(), message));
            }
            if view.strings("scope").is_empty() {
                return None;
            }
            return Some(Scope::Clusters(found));
        }
        let (name, span) = child.as_string()?;
        let (kind, id) = name.split_once('.').unwrap_or((&name, ""));
        let find = |known: &[String], zh: &str, en: &str| self.resolve(known, id, span, &Text::new(zh, en));
        match kind {
            "nation" => Some(Scope::Nation),
            "province" => find(&self.provinces, "省份", "province").map(Scope::Province),
            "cluster" => find(&self.clusters, "市州或集群", "cluster").map(Scope::Cluster),
            "industry" => find(&self.industries, "行业", "industry").map(Scope::Industry),
            "group" => find(&self.groups, "集群组", "group").map(Scope::Group),
            // the check of the form has seen it already; once is enough
            _ if self.root.has_reported(codes::UNKNOWN_REFERENCE, span) => None,
            _ => {
                let message = text!(
                    "“{name}”不是范围：写 nation、province.<编号>、cluster.<编号>、industry.<编号>、group.<编号> 或集群编号的列表",
                    "\"{name}\" is no scope: write nation, province.<id>, cluster.<id>, industry.<id>, group.<id> or a list of cluster ids"
                );
                self.report(Diagnostic::error(codes::UNKNOWN_REFERENCE, span, message).about(&name));
                None
            }
        }
    }

    fn demand(&self, view: &View<'_>, id: &str) -> Option<Demand> {
        let written: Vec<&str> = COMPARISONS.into_iter().filter(|key| view.has(key)).collect();
        let [key] = written[..] else {
            let list = COMPARISONS.join("、");
            let choices = COMPARISONS.join(", ");
            let message = text!(
                "目标“{id}”必须且只能写一个条件：{list}",
                "the target \"{id}\" needs exactly one condition: {choices}"
            );
            self.report(Diagnostic::error(codes::BAD_TARGET, view.span(), message));
            return None;
        };
        match key {
            "all_of" | "any_of" => {
                let of = self.members(view, key);
                let k = if key == "all_of" { of.len() } else { 1 };
                (!of.is_empty()).then_some(Demand::AtLeast { k, of })
            }
            "at_least_of" => {
                let group = view.child(key)?;
                let of = self.members(&group, "of");
                let k = group.integer("k").and_then(|k| usize::try_from(k).ok()).unwrap_or(0);
                if k == 0 || k > of.len() {
                    let n = of.len();
                    let message = text!("k 必须在 1 和 {n} 之间", "k must lie between 1 and {n}");
                    self.report(Diagnostic::error(codes::BAD_TARGET, group.key_span("k"), message));
                    return None;
                }
                Some(Demand::AtLeast { k, of })
            }
            "count_at_least" => {
                let tiers = view
                    .items(key)
                    .iter()
                    .filter_map(|tier| {
                        let count = tier.integer("count").and_then(|n| usize::try_from(n).ok())?;
                        Some((count, tier.number("value")?))
                    })
                    .collect();
                Some(Demand::Count { tiers, when: self.when(view, None)? })
            }
            _ => {
                let level = self.level(view, key)?;
                let when = self.when(view, Some(&level))?;
                let at_least = !key.ends_with("at_most");
                Some(Demand::Threshold { at_least, level, when })
            }
        }
    }

    fn members(&self, view: &View<'_>, key: &str) -> Vec<usize> {
        let targets = self.targets.clone();
        self.resolve_list(view, key, &targets, &Text::new("目标", "target"))
    }

    fn level(&self, view: &View<'_>, key: &str) -> Option<Level> {
        match key {
            "multiple_of_base" => view.number(key).map(Level::MultipleOfBase),
            "growth_at_least" => view.number(key).map(Level::Growth),
            "number_at_least" | "number_at_most" => whole(view, key).map(Level::Fixed),
            "value_at_least" | "value_at_most" => view.number(key).map(Level::Fixed),
            _ => {
                let child = view.child(key)?;
                if !child.node().is_table() || is_quantity_table(child.node()) {
                    return view.number(key).map(Level::Fixed);
                }
                let mut amounts = Vec::new();
                for (year, amount) in view.years(key) {
                    let span = amount.own_key_span();
                    let year = self.check_year(year, span, self.base_year + 1, self.horizon);
                    if let (Some(year), Some(amount)) = (year, amount.as_number()) {
                        amounts.push((year, amount));
                    }
                }
                Some(Level::ByYear(amounts))
            }
        }
    }

    fn when(&self, view: &View<'_>, level: Option<&Level>) -> Option<When> {
        let first = self.base_year + 1;
        let written: Vec<&str> = ["year", "by", "sustained"].into_iter().filter(|k| view.has(k)).collect();
        let [key] = written[..] else {
            let message = text!(
                "year、by、sustained 必须且只能写一个",
                "exactly one of year, by and sustained is needed"
            );
            self.report(Diagnostic::error(codes::BAD_TARGET, view.span(), message));
            return None;
        };
        let when = match key {
            "year" => When::Year(self.year_within(view, key, first, self.horizon)?),
            "by" => When::By(self.year_within(view, key, first, self.horizon)?),
            _ => {
                let (from, to) = view.year_pair(key)?;
                let span = view.child(key).map_or(view.span(), |v| v.span());
                self.check_year(from, span, first, self.horizon)?;
                self.check_year(to, span, first, self.horizon)?;
                if to < from {
                    let message = text!("起年晚于止年", "the first year lies after the last");
                    self.report(Diagnostic::error(codes::REVERSED, span, message));
                    return None;
                }
                When::Sustained(from, to)
            }
        };
        if let Some(Level::ByYear(amounts)) = level {
            let missing = |year: i32| !amounts.iter().any(|(y, _)| *y == year);
            let lacking = match when {
                // the shortfall is measured in the last year of `by`
                When::Year(year) | When::By(year) => missing(year).then_some(year),
                When::Sustained(from, to) => (from..=to).find(|&y| missing(y)),
            };
            if let Some(year) = lacking {
                let message = text!("{year} 年没有写门槛", "there is no level for {year}");
                self.report(Diagnostic::error(codes::BAD_TARGET, view.span(), message));
            }
        }
        Some(when)
    }

    fn check_circles(&self, targets: &[Target]) {
        for (index, target) in targets.iter().enumerate() {
            let mut open = vec![index];
            let mut seen = Vec::new();
            while let Some(next) = open.pop() {
                let Some(Demand::AtLeast { of, .. }) = targets.get(next).map(|t| &t.demand) else { continue };
                if of.contains(&index) {
                    let id = &target.id;
                    let message =
                        text!("目标组“{id}”直接或间接包含自己", "the group \"{id}\" contains itself");
                    self.report(Diagnostic::error(codes::BAD_TARGET, target.span, message));
                    break;
                }
                for &member in of {
                    if !seen.contains(&member) {
                        seen.push(member);
                        open.push(member);
                    }
                }
            }
        }
    }
}

/// The whole number under `key`, which the check of the form has held to its range.
fn whole(view: &View<'_>, key: &str) -> Option<f64> {
    view.integer(key).map(|n| n as f64)
}
