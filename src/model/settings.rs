//! Reads policies and worlds: which instruments are in force, and what they change.

use super::quantity::describe;
use super::reader::Reader;
use super::*;
use crate::diag::{Diagnostic, Span, codes};
use crate::scenario::{View, suggest::nearest};
use crate::text;

impl Reader<'_> {
    pub(super) fn policies(&mut self) -> Vec<Policy> {
        let mut policies = Vec::new();
        for view in self.root.items("policy") {
            let id = view.string("id").map_or_else(String::new, |(id, _)| id);
            let known = self.instruments.clone();
            let all = view.strings("instruments").first().is_some_and(|(word, _)| word == "all");
            let instruments = if all {
                (0..known.len()).collect()
            } else {
                self.resolve_list(&view, "instruments", &known, &Text::new("政策工具", "instrument"))
            };
            let changes = self.changes(&view, true);
            let name = view.text("name").unwrap_or_else(|| Text::same(&id));
            policies.push(Policy { name, id, instruments, changes });
        }
        if policies.is_empty() {
            policies.push(Policy {
                id: "none".to_owned(),
                name: Text::new("不采取措施", "No measures"),
                instruments: Vec::new(),
                changes: Vec::new(),
            });
            if !self.instruments.is_empty() {
                policies.push(Policy {
                    id: "plan".to_owned(),
                    name: Text::new("全部工具", "All instruments"),
                    instruments: (0..self.instruments.len()).collect(),
                    changes: Vec::new(),
                });
            }
        }
        policies
    }

    pub(super) fn worlds(&mut self) -> Vec<World> {
        let mut worlds = Vec::new();
        for view in self.root.items("world") {
            let id = view.string("id").map_or_else(String::new, |(id, _)| id);
            let changes = self.changes(&view, false);
            let name = view.text("name").unwrap_or_else(|| Text::same(&id));
            worlds.push(World { name, id, changes, held: Vec::new() });
        }
        if !worlds.iter().any(|w| w.id == "base") {
            let name = Text::new("基准情景", "Baseline");
            worlds.insert(0, World { id: "base".to_owned(), name, changes: Vec::new(), held: Vec::new() });
        }
        worlds
    }

    pub(super) fn reference(&self, scenario: Option<&View<'_>>, policies: &[Policy]) -> usize {
        let ids: Vec<String> = policies.iter().map(|p| p.id.clone()).collect();
        match scenario.and_then(|s| s.string("reference")) {
            Some((id, span)) => self.resolve(&ids, &id, span, &Text::new("政策方案", "policy")).unwrap_or(0),
            None => ids.iter().position(|id| id == "none").unwrap_or(0),
        }
    }

    fn changes(&mut self, view: &View<'_>, policy: bool) -> Vec<Change> {
        let mut changes = Vec::new();
        for verb in ["set", "scale", "shift"] {
            for (path, span, value) in view.overrides(verb) {
                let Some(raw) = value.as_quantity() else { continue };
                let operation = match verb {
                    "set" => self.distribution(&raw).map(Operation::Set),
                    "scale" => raw.point().map(Operation::Scale),
                    _ => raw.point().map(Operation::Shift),
                };
                if let Some(Operation::Scale(factor)) = &operation
                    && *factor < 0.0
                {
                    let message = text!("倍数不能是负数", "a factor cannot be negative");
                    self.report(Diagnostic::error(codes::OUT_OF_RANGE, raw.span, message));
                    continue;
                }
                let Some(operation) = operation else { continue };
                let provenance = Some(raw.provenance.clone());
                for quantity in self.changed_quantities(&path, span, verb, policy) {
                    let (operation, provenance) = (operation.clone(), provenance.clone());
                    changes.push(Change { quantity, operation, provenance, span: raw.span });
                }
            }
        }
        changes
    }

    fn changed_quantities(&self, path: &str, span: Span, verb: &str, policy: bool) -> Vec<QuantityId> {
        if policy && !path.starts_with("instrument.") {
            let message = text!(
                "政策方案只能改政策工具（instrument.…）；{path} 不由政策决定，请写进 [[world]]",
                "a policy changes instruments only (instrument.…); {path} belongs into a [[world]]"
            );
            self.report(Diagnostic::error(codes::BAD_PATH, span, message));
            return Vec::new();
        }
        if path.contains('*') {
            let found: Vec<_> = self
                .quantities
                .matching(path)
                .into_iter()
                .filter(|&q| self.quantities.get(q).distribution.is_some() && self.quantities.get(q).stated)
                .collect();
            if found.is_empty() {
                let message = text!("{path} 没有匹配到任何数值", "{path} matches no quantity");
                self.report(Diagnostic::error(codes::BAD_PATH, span, message));
            }
            return found;
        }
        let Some(id) = self.quantity_path(path, span) else { return Vec::new() };
        let quantity = self.quantities.get(id);
        if verb != "set" && quantity.distribution.is_none() {
            let law = describe(quantity);
            let (zh, en) = (&law.zh, &law.en);
            let message = text!(
                "{path} {zh}，不能按比例或加减调整；请用 set",
                "{path} is {en} and cannot be scaled or shifted: use set"
            );
            self.report(Diagnostic::error(codes::BAD_PATH, span, message));
            return Vec::new();
        }
        vec![id]
    }

    /// The quantity with this path, or a fault that names the nearest.
    pub(super) fn quantity_path(&self, path: &str, span: Span) -> Option<QuantityId> {
        let found = self.quantities.find(path);
        if found.is_none() {
            let message = text!("文件里没有数值 {path}", "the file has no quantity {path}");
            let mut fault = Diagnostic::error(codes::BAD_PATH, span, message);
            let ids: Vec<_> = self.quantities.ids().collect();
            let paths = ids.iter().map(|&id| self.quantities.get(id).path.as_str());
            if let Some(near) = nearest(path, paths) {
                fault = fault.hint(text!("是不是“{near}”？", "did you mean \"{near}\"?"));
            }
            self.report(fault);
        }
        found
    }
}
