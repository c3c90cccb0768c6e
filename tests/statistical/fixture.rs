//! Reads the independent answers of `tests/fixtures/cases.json`.

use serde_json::Value;

/// One case: its parameters and its answers.
pub struct Reference(Value);

impl Reference {
    /// The case with this id.
    pub fn new(id: &str) -> Self {
        let all: Value = serde_json::from_str(include_str!("../fixtures/cases.json")).unwrap();
        Self(all[id].clone())
    }

    /// A parameter or answer of any shape.
    pub fn value(&self, part: &str, key: &str) -> &Value {
        &self.0[part][key]
    }

    /// A parameter.
    pub fn param(&self, key: &str) -> f64 {
        self.0["params"][key].as_f64().unwrap_or_else(|| panic!("no parameter {key}"))
    }

    /// A list of parameters.
    pub fn params(&self, key: &str) -> Vec<f64> {
        numbers(&self.0["params"][key])
    }

    /// An answer.
    pub fn expected(&self, key: &str) -> f64 {
        self.0["expected"][key].as_f64().unwrap_or_else(|| panic!("no answer {key}"))
    }

    /// A table `{number: answer}`; empty if the case has none.
    pub fn table(&self, key: &str) -> Vec<(f64, f64)> {
        let Some(table) = self.0["expected"][key].as_object() else { return Vec::new() };
        table.iter().map(|(k, v)| (k.parse().unwrap(), v.as_f64().unwrap())).collect()
    }
}

/// A list of numbers.
pub fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
}
