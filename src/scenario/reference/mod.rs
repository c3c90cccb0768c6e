//! The reference of the scenario format (`docs/scenario-format.md`), generated from the parameter table.

use std::fmt::Write;

use super::explain;
use super::family::{FAMILIES, FieldKind, PERCENTILES, field_kind};
use super::parameters::{ALTERNATIVES, Kind, PARAMS, Param};
use super::provenance::Grade;
use super::tables::heads;
use crate::text::Lang;
use crate::units::UnitKind;

mod examples;

pub use examples::{EXAMPLES, Example};

const OPENING: &str = include_str!("opening.md");
const MERGING: &str = include_str!("merging.md");
const TABLES: &str = include_str!("tables.md");

/// The whole reference as Markdown.
pub fn markdown() -> String {
    let mut out = String::from(OPENING);
    units(&mut out);
    families(&mut out);
    out.push('\n');
    out.push_str(MERGING);
    tables(&mut out);
    examples(&mut out);
    alternatives(&mut out);
    keys(&mut out);
    out
}

// Writing to a string cannot fail, so the results of the `write!` calls below carry nothing.

fn units(out: &mut String) {
    out.push_str(
        "\n## Units\n\n| kind | base unit: a number without a unit | accepted units |\n|---|---|---|\n",
    );
    for kind in UnitKind::ALL {
        let units: Vec<String> = kind.units().iter().map(|unit| format!("`{}`", unit.0)).collect();
        let _ = writeln!(out, "| {} | {} | {} |", kind.name().1, kind.base().1, units.join(" "));
    }
}

fn tables(out: &mut String) {
    let _ = write!(out, "\n{TABLES}");
    out.push_str("\n| `holds` | key | heads |\n|---|---|---|\n");
    let row = |holds: &str, head: &heads::Head| {
        let mut words: Vec<&str> = head.zh.to_vec();
        words.extend((head.en != head.key).then_some(head.en));
        format!("| {holds} | `{}` | {} |\n", head.key, words.join("、"))
    };
    heads::COMMON.iter().for_each(|head| out.push_str(&row("all", head)));
    for rows in heads::ROWS {
        rows.heads.iter().for_each(|head| out.push_str(&row(&format!("`{}`", rows.holds), head)));
    }
}

fn families(out: &mut String) {
    out.push_str("\n## Families of distributions\n\n| `dist` | fields | law |\n|---|---|---|\n");
    for spec in FAMILIES {
        let forms: Vec<String> = spec.forms.iter().map(|form| format!("`{}`", form.join(", "))).collect();
        let optional: Vec<String> =
            spec.optional.iter().map(|(name, value)| format!("`{name}` = {value}")).collect();
        let more =
            if optional.is_empty() { String::new() } else { format!("; optional {}", optional.join(", ")) };
        let _ = writeln!(out, "| `{}` | {}{more} | {} |", spec.word, forms.join(" or "), spec.law);
    }
    let plain: Vec<String> = ["sigma", "shape", "alpha", "beta", "df", "weights"]
        .iter()
        .filter(|name| !matches!(field_kind(name), FieldKind::Place | FieldKind::Spread | FieldKind::Places))
        .map(|name| format!("`{name}`"))
        .collect();
    let percentiles: Vec<String> = PERCENTILES.iter().map(|(key, _)| format!("`{key}`")).collect();
    let fitted = FAMILIES.iter().filter(|spec| spec.family.fits_percentiles());
    let fitted: Vec<String> = fitted.map(|spec| format!("`{}`", spec.word)).collect();
    let grades: Vec<String> = Grade::ALL.iter().map(|grade| format!("`{}`", grade.word())).collect();
    let _ = writeln!(
        out,
        "\n{} are dimensionless; every other field carries the unit of the key.\n\nPercentiles: {}; at least two of them, three \
         for `triangular` and `pert`; `dist` may be {}. Without `dist` the family is lognormal if all values are above 0, else normal.\n\n\
         Grades of evidence, the best founded first: {}.",
        plain.join(", "),
        percentiles.join(" "),
        fitted.join(", "),
        grades.join(", ")
    );
}

fn examples(out: &mut String) {
    out.push_str("\n## Worked examples\n");
    for example in EXAMPLES {
        let _ = write!(out, "\n### {}\n\n{}\n\n```toml\n{}```\n", example.title, example.text, example.toml);
    }
}

fn alternatives(out: &mut String) {
    out.push_str("\n## Keys that exclude each other\n\n| table | keys | rule |\n|---|---|---|\n");
    for group in ALTERNATIVES {
        let keys: Vec<String> = group.keys.iter().map(|key| format!("`{key}`")).collect();
        let rule = match (group.required, group.unless) {
            (false, _) => "at most one".to_owned(),
            (true, []) => "exactly one".to_owned(),
            (true, unless) => format!("exactly one, none needed with {}", unless.join(", ")),
        };
        let _ = writeln!(out, "| `{}` | {} | {rule} |", group.table, keys.join(" "));
    }
}

fn keys(out: &mut String) {
    out.push_str(
        "\n## All keys\n\n`[]` marks an array of tables (`[[cluster]]`), `*` a key of your choice or an id. Ranges are in the \
         unit shown; `(` and `)` exclude the bound.\n",
    );
    let mut section = "";
    for row in PARAMS.iter() {
        let root = row.path.split('.').next().unwrap_or_default();
        if root != section {
            section = root;
            let heading = if matches!(row.kind, Kind::Table | Kind::Tables) { root } else { "top level" };
            let _ = write!(
                out,
                "\n### `{heading}`\n\n| key | kind | required, default | range | meaning | formula | example |\n\
                 |---|---|---|---|---|---|---|\n"
            );
        }
        key_row(out, row);
    }
}

fn key_row(out: &mut String, row: &Param) {
    let presence = match (row.required, row.default) {
        (true, _) => "required".to_owned(),
        (false, Some(default)) => format!("default: {default}"),
        (false, None) => "optional".to_owned(),
    };
    let code = |text: &str| if text.is_empty() { String::new() } else { format!("`{text}`") };
    let cells = [
        code(row.path),
        explain::kind(row).en,
        presence,
        explain::range(row, Lang::En),
        row.meaning_en.to_owned(),
        code(row.formula),
        code(row.example),
    ];
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    let _ = writeln!(out, "| {} |", cells.join(" | "));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::render;
    use crate::scenario::{MemoryLoader, load};
    use crate::text::Lang;

    #[test]
    fn every_example_is_a_sound_scenario() {
        for example in EXAMPLES {
            let loaded = load(&MemoryLoader::new([("a.toml", example.toml)]), "a.toml");
            assert!(
                loaded.faults.is_empty(),
                "{}\n{}",
                example.title,
                render(&loaded.faults, &loaded.sources, Lang::En)
            );
        }
    }

    #[test]
    fn examples_state_the_constants_that_their_text_derives() {
        let holds = |part: &str, value: f64| {
            let found =
                EXAMPLES.iter().flat_map(|e| e.toml.lines()).filter_map(|line| line.strip_prefix(part));
            found.filter_map(|text| text.parse::<f64>().ok()).any(|written| (written - value).abs() < 1e-15)
        };
        assert!(holds("trend = ", libm::expm1(0.08)));
        assert!(holds("trend = ", libm::expm1(0.07)));
        assert!(holds("trend = ", libm::expm1(0.10)));
        assert!(holds("volatility = ", 0.06 / (1.0_f64 - 0.45 * 0.45).sqrt()));
    }
}
