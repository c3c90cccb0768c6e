//! JSON Schema (2020-12) of scenario files for editors, generated from the parameter table.

use serde_json::{Map, Value, json};

use super::coverage;
use super::explain;
use super::family::{FAMILIES, FieldKind, PERCENTILES, field_kind};
use super::parameters::{self, Kind, Param, Reference, has_id};
use super::provenance::{CITES, Grade};
use crate::text::Lang;
use crate::units::UnitKind;

/// The schema with descriptions in `lang`.
///
/// It accepts every file that the program accepts, files that extend another included; so keys are required only
/// where both kinds of file need them. Units, ranges of uncertain numbers and references are left to the program.
pub fn json_schema(lang: Lang) -> Value {
    let mut schema = table("", lang);
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!("clustercast scenario");
    schema["$defs"] = definitions();
    schema
}

fn definitions() -> Value {
    let mut defs = Map::new();
    defs.insert(
        "text".to_owned(),
        json!({ "anyOf": [
        { "type": "string" },
        { "type": "object", "properties": { "zh": { "type": "string" }, "en": { "type": "string" } },
          "additionalProperties": false, "minProperties": 1 },
    ] }),
    );
    defs.insert(
        "certain".to_owned(),
        json!({ "anyOf": [
        { "type": ["number", "string"] },
        with_provenance(&json!({ "value": { "type": ["number", "string"] } }), &["value"]),
    ] }),
    );
    let mut forms = vec![json!({ "$ref": "#/$defs/certain" })];
    for spec in FAMILIES {
        let mut properties = Map::new();
        properties.insert("dist".to_owned(), json!({ "const": spec.word }));
        for field in spec.fields() {
            properties.insert(field.to_owned(), field_schema(field));
        }
        let object = with_provenance(&Value::Object(properties), &["dist"]);
        let complete: Vec<Value> = spec.forms.iter().map(|form| json!({ "required": form })).collect();
        forms.push(json!({ "allOf": [object, { "anyOf": complete }] }));
    }
    let words: Vec<&str> = FAMILIES.iter().map(|spec| spec.word).collect();
    let mut properties = Map::new();
    properties.insert("dist".to_owned(), json!({ "enum": words }));
    for (key, _) in PERCENTILES {
        properties.insert((*key).to_owned(), json!({ "type": ["number", "string"] }));
    }
    let any: Vec<Value> = PERCENTILES.iter().map(|(key, _)| json!({ "required": [key] })).collect();
    forms.push(json!({ "allOf": [with_provenance(&Value::Object(properties), &[]), { "anyOf": any }] }));
    defs.insert("quantity".to_owned(), json!({ "anyOf": forms }));
    let ids: Vec<&str> = coverage::ITEMS.iter().map(|item| item.id.as_str()).collect();
    defs.insert(
        "cites".to_owned(),
        json!({ "anyOf": [{ "enum": ids }, { "type": "array", "items": { "enum": ids } }] }),
    );
    Value::Object(defs)
}

fn field_schema(field: &str) -> Value {
    match field_kind(field) {
        FieldKind::Places | FieldKind::Weights => {
            json!({ "type": "array", "minItems": 1, "items": { "type": ["number", "string"] } })
        }
        _ => json!({ "type": ["number", "string"] }),
    }
}

fn with_provenance(properties: &Value, required: &[&str]) -> Value {
    let mut all = provenance();
    all.extend(properties.as_object().cloned().unwrap_or_default());
    json!({ "type": "object", "properties": all, "additionalProperties": false, "required": required })
}

fn provenance() -> Map<String, Value> {
    let grades = Grade::ALL.map(Grade::word);
    let mut all = Map::new();
    all.insert("source".to_owned(), json!({ "type": "string" }));
    all.insert("grade".to_owned(), json!({ "enum": grades }));
    all.insert("note".to_owned(), json!({ "$ref": "#/$defs/text" }));
    all.insert(CITES.to_owned(), json!({ "$ref": "#/$defs/cites" }));
    all
}

/// The schema of a table with the rows below `pattern`.
fn table(pattern: &str, lang: Lang) -> Value {
    let mut properties = provenance();
    let mut others = json!(false);
    for row in parameters::children(pattern) {
        if row.key() == "*" {
            others = value(row, lang);
        } else {
            properties.insert(row.key().to_owned(), value(row, lang));
        }
    }
    let mut required: Vec<&str> = Vec::new();
    if has_id(pattern) && pattern.ends_with("[]") {
        properties.insert("remove".to_owned(), json!({ "type": "boolean" }));
        required.push("id");
    }
    json!({ "type": "object", "properties": properties, "additionalProperties": others, "required": required })
}

fn value(row: &'static Param, lang: Lang) -> Value {
    let mut schema = match row.kind {
        Kind::Quantity(_) => number(row),
        Kind::QuantityOrYears(_) => {
            let years = parameters::param(&format!("{}.*", row.path)).map_or(json!({}), number);
            json!({ "anyOf": [number(row), { "type": "object", "additionalProperties": years }] })
        }
        Kind::Count => bounded(row),
        Kind::Delay => {
            let stated = with_provenance(&json!({ "value": bounded(row) }), &["value"]);
            json!({ "anyOf": [bounded(row), stated] })
        }
        Kind::Year => json!({ "type": ["integer", "string"] }),
        Kind::YearPair => json!({ "type": "array", "minItems": 2, "maxItems": 2,
                                  "items": { "type": ["integer", "string"] } }),
        Kind::Text => json!({ "$ref": "#/$defs/text" }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Choice(words) => json!({ "enum": words }),
        Kind::Id => json!({ "type": "string", "pattern": "^[^\\s.*/:]+$" }),
        Kind::Reference(Reference::Scope) => {
            json!({ "type": ["string", "array"], "items": { "type": "string" } })
        }
        Kind::References(Reference::Instrument) => {
            json!({ "anyOf": [{ "const": "all" }, { "type": "array", "items": { "type": "string" } }] })
        }
        Kind::String | Kind::Reference(_) => json!({ "type": "string" }),
        Kind::Strings | Kind::References(_) => json!({ "type": "array", "items": { "type": "string" } }),
        Kind::Cycles | Kind::Paths => {
            json!({ "type": "array", "minItems": 2, "items": { "type": "string" } })
        }
        Kind::Table => table(row.path, lang),
        Kind::Tables => json!({ "type": "array", "items": table(row.path, lang) }),
        Kind::Overrides => json!({ "type": "object" }),
    };
    schema["description"] = json!(description(row, lang));
    schema
}

fn number(row: &Param) -> Value {
    json!({ "$ref": if row.uncertain { "#/$defs/quantity" } else { "#/$defs/certain" } })
}

/// A whole number with its bounds; strings (`"33个"`) are left to the program.
fn bounded(row: &Param) -> Value {
    let mut schema = json!({ "type": ["integer", "string"] });
    if let Some(range) = row.range {
        schema["minimum"] = json!(range.low);
        schema["maximum"] = json!(range.high);
    }
    schema
}

fn description(row: &Param, lang: Lang) -> String {
    let meaning = if lang == Lang::Zh { row.meaning_zh } else { row.meaning_en };
    let unit = row.unit().filter(|unit| *unit != UnitKind::Number);
    let base = unit.map(|unit| if lang == Lang::Zh { unit.base().0 } else { unit.base().1 });
    let range = explain::range(row, lang);
    let parts = [Some(meaning), base, Some(range.as_str())];
    let parts: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    parts.join(if lang == Lang::Zh { "；" } else { "; " })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Diagnostics, FileId};
    use crate::scenario::{Node, Value as Toml, reference::EXAMPLES, starter::starter, syntax};

    fn to_json(node: &Node) -> Value {
        match &node.value {
            Toml::String(text) | Toml::Date(text) => json!(text),
            Toml::Integer(value) => json!(value),
            Toml::Float(value) => json!(value),
            Toml::Bool(value) => json!(value),
            Toml::Array(items) => items.iter().map(to_json).collect(),
            Toml::Table(entries) => entries.iter().map(|e| (e.key.clone(), to_json(&e.value))).collect(),
        }
    }

    fn has_type(name: &str, value: &Value) -> bool {
        match name {
            "integer" => value.is_i64() || value.is_u64(),
            "number" => value.is_number(),
            "string" => value.is_string(),
            "boolean" => value.is_boolean(),
            "array" => value.is_array(),
            _ => value.is_object(),
        }
    }

    /// Judges the keywords that the schema uses, enough to see that it accepts what the program accepts.
    fn valid(schema: &Value, value: &Value, root: &Value) -> bool {
        if let Some(flag) = schema.as_bool() {
            return flag;
        }
        let all = |key: &str| schema[key].as_array().cloned().unwrap_or_default();
        if let Some(name) = schema["$ref"].as_str() {
            let target = &root["$defs"][name.trim_start_matches("#/$defs/")];
            assert!(target.is_object(), "{name}");
            if !valid(target, value, root) {
                return false;
            }
        }
        let types = match &schema["type"] {
            Value::String(name) => vec![name.clone()],
            other => {
                other.as_array().into_iter().flatten().filter_map(|t| t.as_str().map(str::to_owned)).collect()
            }
        };
        let choices = all("enum");
        let branches = all("anyOf");
        let items = value.as_array().cloned().unwrap_or_default();
        let object = value.as_object().cloned().unwrap_or_default();
        let property = |key: &String, value: &Value| match &schema["properties"][key] {
            Value::Null if schema["additionalProperties"].is_null() => true,
            Value::Null => valid(&schema["additionalProperties"], value, root),
            known => valid(known, value, root),
        };
        (types.is_empty() || types.iter().any(|name| has_type(name, value)))
            && (choices.is_empty() || choices.contains(value))
            && (schema["const"].is_null() || schema["const"] == *value)
            && (branches.is_empty() || branches.iter().any(|branch| valid(branch, value, root)))
            && all("allOf").iter().all(|branch| valid(branch, value, root))
            && all("required").iter().all(|key| key.as_str().is_some_and(|key| object.contains_key(key)))
            && items.iter().all(|item| schema["items"].is_null() || valid(&schema["items"], item, root))
            && object.iter().all(|(key, value)| property(key, value))
    }

    fn accepts(text: &str) -> bool {
        let mut faults = Diagnostics::new();
        let node = syntax::parse(text, FileId(0), &mut faults);
        assert!(faults.is_empty());
        let schema = json_schema(Lang::Zh);
        valid(&schema, &to_json(&node), &schema)
    }

    #[test]
    fn the_schema_accepts_every_sound_file() {
        for example in EXAMPLES {
            assert!(accepts(example.toml), "{}", example.title);
        }
        assert!(accepts(starter(Lang::Zh)));
        assert!(accepts(
            "[[cluster]]\nid = \"x\"\nshare = { value = 1, cites = \"HB48-015\" }\ncites = [\"CL-HB48-01\"]\n"
        ));
        assert!(accepts("extends = \"a.toml\"\n[[cluster]]\nid = \"x\"\nremove = true\n"));
    }

    #[test]
    fn the_schema_refuses_unknown_keys_and_incomplete_quantities() {
        for text in [
            "[natoin]\ntrend = 1",
            "[nation]\ntrend = true",
            "[nation]\ntrend = { dist = \"normal\", mean = 1 }",
            "[nation]\ntrend = { dist = \"norml\", mean = 1, sd = 1 }",
            "[nation]\ntrend = { value = 1, grade = \"guess\" }",
            "[nation]\ntrend = { value = 1, cites = [\"HB48-999\"] }",
            "[tails]\ncycles = { p05 = 3, p95 = 4 }",
            "[[cluster]]\nid = \"a.b\"\nmix = 3",
            "[[policy]]\nid = \"p\"\ninstruments = \"some\"",
        ] {
            assert!(!accepts(text), "{text}");
        }
    }
}
