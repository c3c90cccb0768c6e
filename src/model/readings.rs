//! Reads switches, which reading of the documents is in force, and conditional probabilities.

use std::collections::BTreeMap;

use super::reader::Reader;
use super::*;
use crate::diag::{Diagnostic, codes};
use crate::scenario::{Provenance, View, suggest};
use crate::text;

/// A place where the documents can be read in several ways and the reading changes the answer.
#[derive(Clone, Debug)]
pub struct Switch {
    /// Identifier.
    pub id: String,
    /// The question.
    pub name: Text,
    /// The readings, by identifier, in the order of the file.
    pub options: Vec<(String, Text)>,
    /// Index of the reading that the file takes.
    pub default: usize,
    /// Index of the reading in force.
    pub chosen: usize,
    /// Source, grade, note.
    pub provenance: Provenance,
}

/// One option of one switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Index of the switch.
    pub switch: usize,
    /// Index of its option.
    pub option: usize,
}

/// A conditional probability.
#[derive(Clone, Debug)]
pub struct Conditional {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Index of the target whose probability is asked for.
    pub target: usize,
    /// Indices of the targets that are all met.
    pub given: Vec<usize>,
}

/// Options chosen for switches in place of the file's, by identifier.
pub type Choices = BTreeMap<String, String>;

impl Model {
    /// Whether a target holds under the readings in force.
    pub fn in_force(&self, target: &Target) -> bool {
        target.reading.is_none_or(|reading| self.switches[reading.switch].chosen == reading.option)
    }

    /// Whether a target counts among those of its document: in force, a target, and no group of others.
    pub fn is_counted(&self, target: &Target) -> bool {
        self.in_force(target) && !target.is_condition && !matches!(target.demand, Demand::AtLeast { .. })
    }

    /// Identifier of a reading, `switch.option`.
    pub fn reading_id(&self, reading: Reading) -> String {
        let switch = &self.switches[reading.switch];
        format!("{}.{}", switch.id, switch.options[reading.option].0)
    }
}

impl Reader<'_> {
    pub(super) fn read_switches(&self, choices: &Choices) -> Vec<Switch> {
        let switches: Vec<Switch> =
            self.root.items("switch").iter().filter_map(|view| self.switch(view, choices)).collect();
        // by what is written: a switch with a fault of its own is there all the same
        let written: Vec<String> =
            self.root.items("switch").iter().filter_map(|view| Some(view.string("id")?.0)).collect();
        for id in choices.keys().filter(|id| !written.contains(id)) {
            let known: Vec<&str> = written.iter().map(String::as_str).collect();
            let message = text!("没有读法开关“{id}”", "there is no switch `{id}`");
            let hint = match known[..] {
                [] => text!("这个情景没有读法开关", "the scenario has no switches"),
                _ => suggest::one_of(id, &known),
            };
            self.report(Diagnostic::error(codes::BAD_CHOICE, None, message).hint(hint));
        }
        switches
    }

    fn switch(&self, view: &View<'_>, choices: &Choices) -> Option<Switch> {
        let (id, _) = view.string("id")?;
        let options: Vec<(String, Text)> = view
            .entries("options")
            .into_iter()
            .map(|(key, _, option)| {
                let text = option.node().as_text().unwrap_or_else(|| Text::same(&key));
                (key, text)
            })
            .collect();
        if options.len() < 2 && view.has("options") {
            let message = text!("开关至少要有两种读法", "a switch has at least two options");
            self.report(Diagnostic::error(codes::MISSING_KEY, view.key_span("options"), message));
        }
        let find = |option: &str, span| {
            let found = options.iter().position(|(known, _)| known == option);
            if found.is_none() && !options.is_empty() {
                let known: Vec<&str> = options.iter().map(|(known, _)| known.as_str()).collect();
                let message =
                    text!("开关“{id}”没有选项“{option}”", "the switch `{id}` has no option `{option}`");
                let fault = Diagnostic::error(codes::BAD_CHOICE, span, message);
                self.report(fault.hint(suggest::one_of(option, &known)));
            }
            found
        };
        let default = view.string("default").and_then(|(option, span)| find(&option, Some(span)))?;
        let chosen = choices.get(&id).map_or(Some(default), |option| find(option, None))?;
        Some(Switch {
            name: view.text("name").unwrap_or_else(|| Text::same(&id)),
            id,
            options,
            default,
            chosen,
            provenance: view.provenance().clone(),
        })
    }

    /// The reading that a target names; unknown ones have been reported by the check of the form.
    pub(super) fn reading(&self, view: &View<'_>) -> Option<Reading> {
        let (name, _) = view.string("reading")?;
        let (id, option) = name.split_once('.')?;
        let switch = self.switches.iter().position(|switch| switch.id == id)?;
        let option = self.switches[switch].options.iter().position(|(known, _)| known == option)?;
        Some(Reading { switch, option })
    }

    pub(super) fn conditionals(&self, targets: &[Target]) -> Vec<Conditional> {
        let views = self.root.items("conditional");
        let found: Vec<Conditional> =
            views.iter().filter_map(|view| self.conditional(view, targets)).collect();
        for (index, target) in targets.iter().enumerate().filter(|(_, target)| target.is_condition) {
            let used = |c: &Conditional| c.target == index || c.given.contains(&index);
            if !found.iter().any(used) && !self.root.has_errors() {
                let id = &target.id;
                let message = text!(
                    "“{id}”只作条件（role = \"condition\"），但没有 [[conditional]] 用到它",
                    "\"{id}\" is a condition only, and no [[conditional]] uses it"
                );
                self.report(Diagnostic::warning(codes::UNUSED, target.span, message));
            }
        }
        found
    }

    fn conditional(&self, view: &View<'_>, targets: &[Target]) -> Option<Conditional> {
        let (id, _) = view.string("id")?;
        let noun = Text::new("目标", "target");
        let (name, span) = view.string("target")?;
        let target = self.resolve(&self.targets, &name, span, &noun);
        let given = self.resolve_list(view, "given", &self.targets, &noun);
        // a name that is no target, a value that is no name, an empty list and a missing key have been reported
        let target = target.filter(|_| !given.is_empty())?;
        if given.contains(&target) {
            let message = text!("目标不能以自己为条件", "a target is not conditional on itself");
            self.report(Diagnostic::error(codes::BAD_TARGET, view.key_span("given"), message));
        }
        for (key, index) in given.iter().map(|&g| ("given", g)).chain([("target", target)]) {
            if let Some(spec) = targets.iter().find(|spec| spec.id == self.targets[index]) {
                self.check_in_force(view, key, spec);
            }
        }
        Some(Conditional { name: view.text("name").unwrap_or_else(|| Text::same(&id)), id, target, given })
    }

    /// Reports a target under `key` that another reading sets.
    pub(super) fn check_in_force(&self, view: &View<'_>, key: &str, target: &Target) {
        let Some(reading) = target.reading else { return };
        let switch = &self.switches[reading.switch];
        if switch.chosen == reading.option {
            return;
        }
        let (id, name) = (&target.id, &switch.id);
        let (theirs, ours) = (&switch.options[reading.option].0, &switch.options[switch.chosen].0);
        let message = text!(
            "目标“{id}”只在口径 {name} = {theirs} 时有效，现在是 {ours}，不能写在这里",
            "the target \"{id}\" is in force only with {name} = {theirs}; it is {ours} now, so it cannot stand here"
        );
        let hint = text!(
            "去掉这个目标，或改用 --switch {name}={theirs}",
            "leave the target out, or run with --switch {name}={theirs}"
        );
        self.report(Diagnostic::error(codes::BAD_TARGET, view.key_span(key), message).hint(hint));
    }

    /// Groups count what is in force, and no conditions.
    pub(super) fn check_members(&self, targets: &[Target]) {
        for view in self.root.items("target") {
            let Some(group) = targets.iter().find(|t| view.string("id").is_some_and(|(id, _)| id == t.id))
            else {
                continue;
            };
            let Demand::AtLeast { of, .. } = &group.demand else { continue };
            let key = ["all_of", "any_of", "at_least_of"].into_iter().find(|key| view.has(key));
            let key = key.unwrap_or("id");
            for &member in of {
                let Some(member) = targets.iter().find(|t| t.id == self.targets[member]) else { continue };
                self.check_in_force(&view, key, member);
                if member.is_condition {
                    let id = &member.id;
                    let message = text!(
                        "“{id}”只作条件（role = \"condition\"），不能写进目标组",
                        "\"{id}\" is a condition only and cannot be part of a group"
                    );
                    self.report(Diagnostic::error(codes::BAD_TARGET, view.key_span(key), message));
                }
            }
        }
    }
}
