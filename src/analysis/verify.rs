//! Re-runs a result document from the inputs it holds and compares every figure bit for bit.

use std::cell::{Cell, RefCell};

use serde_json::Value;

use super::error::AnalysisError;
use super::results::{Input, Results, SCHEMA};
use super::simulate::{Request, Sampler, simulate};
use crate::engine::Observer;
use crate::model;
use crate::scenario::{Loader, load};
use crate::text;
use crate::text::Text;

/// Differences that are listed; the rest are counted.
const LISTED: usize = 20;

/// What came of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The first differences, in the order of the paths.
    pub differences: Vec<Difference>,
    /// Number of all differences.
    pub total: usize,
}

/// One place where the document and the repeated run differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// JSON path, e.g. `runs[0].targets[1].probability`.
    pub path: String,
    /// Value in the document, as JSON; `None` if it is missing there.
    pub stated: Option<String>,
    /// Value of the repeated run; `None` if it is missing there.
    pub found: Option<String>,
}

impl Verdict {
    /// Whether everything is the same.
    pub fn is_same(&self) -> bool {
        self.total == 0
    }
}

/// Repeats the run of `stated` and compares.
///
/// # Errors
/// Another schema, inputs that are no valid scenario, and every error of [`simulate`].
pub fn verify(
    stated: &Results,
    threads: Option<usize>,
    observer: &dyn Observer,
) -> Result<Verdict, AnalysisError> {
    if stated.schema != SCHEMA {
        return Err(AnalysisError::Schema { found: stated.schema.clone() });
    }
    let inputs = &stated.scenario.inputs;
    let loaded = load(&Recorded { inputs, next: Cell::new(0) }, "");
    let faults = RefCell::new(loaded.faults);
    let chosen = stated.switches.iter().map(|switch| (switch.id.clone(), switch.chosen.clone())).collect();
    let model = loaded.root.as_ref().and_then(|root| model::read_with(root, &chosen, &faults));
    let Some(model) = model.filter(|_| !faults.borrow().has_errors()) else {
        let reason = faults.borrow().iter().next().map(|fault| fault.message.clone());
        return Err(AnalysisError::Scenario(reason.unwrap_or_default()));
    };
    let ids = |items: &[super::results::Named]| Some(items.iter().map(|item| item.id.clone()).collect());
    let request = Request {
        policies: ids(&stated.run.policies),
        worlds: ids(&stated.run.worlds),
        trials: Some(stated.run.precision.as_ref().map_or(stated.run.trials, |p| p.most_trials)),
        precision: stated.run.precision.as_ref().map_or_else(Vec::new, |p| p.wanted.clone()),
        seed: Some(stated.run.seed),
        threads,
        sampler: stated.run.sampler.as_ref().and_then(|s| Sampler::of(&s.name)).unwrap_or_default(),
        briefing: stated.run.briefing,
    };
    let found = simulate(&model, inputs.clone(), &request, observer)?;
    let mut verdict = Verdict { differences: Vec::new(), total: 0 };
    let json = |results: &Results| serde_json::to_value(results).unwrap_or(Value::Null);
    compare("", Some(&json(stated)), Some(&json(&found)), &mut verdict);
    Ok(verdict)
}

/// The inputs in the order in which the run read them, which is that in which this one asks for them; names are made
/// unique by their position.
struct Recorded<'a> {
    inputs: &'a [Input],
    next: Cell<usize>,
}

impl Loader for Recorded<'_> {
    fn load(&self, name: &str, _from: Option<&str>) -> Result<(String, String), Text> {
        let index = self.next.replace(self.next.get() + 1);
        match self.inputs.get(index) {
            Some(input) => Ok((format!("{index} {}", input.name), input.text.clone())),
            None => Err(text!("结果文件里没有收录 {name}", "the result does not hold {name}")),
        }
    }

    /// Tables are kept as their cells, in the order of reading like all files.
    fn table(&self, name: &str, _sheet: Option<&str>, from: &str) -> Result<(String, String), Text> {
        self.load(name, Some(from))
    }
}

fn compare(path: &str, stated: Option<&Value>, found: Option<&Value>, verdict: &mut Verdict) {
    match (stated, found) {
        (Some(Value::Object(a)), Some(Value::Object(b))) => {
            let keys = a.keys().chain(b.keys().filter(|key| !a.contains_key(*key)));
            for key in keys {
                let inner = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                compare(&inner, a.get(key), b.get(key), verdict);
            }
        }
        (Some(Value::Array(a)), Some(Value::Array(b))) => {
            for index in 0..a.len().max(b.len()) {
                compare(&format!("{path}[{index}]"), a.get(index), b.get(index), verdict);
            }
        }
        (a, b) if a == b => {}
        (a, b) => {
            verdict.total += 1;
            if verdict.differences.len() < LISTED {
                let text = |value: Option<&Value>| value.map(Value::to_string);
                let difference = Difference { path: path.to_owned(), stated: text(a), found: text(b) };
                verdict.differences.push(difference);
            }
        }
    }
}
