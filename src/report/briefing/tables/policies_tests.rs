//! Tests of the price of a percentage point: the same whatever else is reported, and that of a comparison.

use std::cell::RefCell;

use super::table;
use crate::analysis::decision::Question;
use crate::analysis::decision::compare::{Asked, Price, compare};
use crate::analysis::{Request, Silent, simulate};
use crate::model::{self, Model};
use crate::report::briefing::{Cell, Focus, Key};
use crate::report::number;
use crate::scenario::{MemoryLoader, load};
use crate::text::Lang;

/// The fixture of decisions with a reference that costs, a discount rate, and only instruments that move the target.
fn model() -> Model {
    let file = include_str!("../../../../tests/fixtures/decisions.toml")
        .replace("reference = \"none\"", "reference = \"fund-only\"\ndiscount_rate = \"10%\"")
        .replace("instruments = \"all\"", "instruments = [\"fund\", \"push\"]");
    let loaded = load(&MemoryLoader::new([("a.toml", file.as_str())]), "a.toml");
    let faults = RefCell::new(loaded.faults);
    loaded.root.as_ref().and_then(|root| model::read(root, &faults)).unwrap()
}

/// The last cell of a policy's row, and its money by the year of the target.
fn priced(model: &Model, policies: Option<Vec<String>>) -> (Cell, Cell) {
    let request = Request { trials: Some(4_000), threads: Some(1), policies, ..Request::default() };
    let results = simulate(model, Vec::new(), &request, &Silent).unwrap();
    let focus = Focus::of(&results).unwrap();
    let table = table(&results, &focus, Lang::Zh);
    let column = table.at(Key::PaidInTime).unwrap();
    let row = table.rows.iter().find(|row| row[0] == Cell::text("全套")).unwrap();
    (row.last().unwrap().clone(), row[column].clone())
}

#[test]
fn a_price_does_not_depend_on_what_else_is_reported() {
    let model = model();
    let (all, money) = priced(&model, None);
    let alone = priced(&model, Some(vec!["plan".to_owned()]));
    assert_eq!((&all, &money), (&alone.0, &alone.1));
    // nor on the analysis: trials are the same
    let question = Question { trials: Some(4_000), ..Question::default() };
    let found = compare(&model, &[], &question, Asked::default(), &Silent).unwrap().findings;
    let plan = found.cells.iter().find(|cell| cell.policy.id == "plan" && cell.world.id == "base").unwrap();
    let Price::Defined { value, .. } = plan.change.as_ref().unwrap().cost_per_point else {
        panic!("{plan:?}")
    };
    let Cell::Number(told, _) = all else { panic!("{all:?}") };
    assert_eq!(told, number::price(value));
    let Cell::Number(paid, _) = money else { panic!("{money:?}") };
    assert!((paid - plan.cost_in_time.unwrap().value).abs() < 1e-9, "{paid}");
}

#[test]
fn without_a_target_the_money_is_that_of_all_and_the_note_says_so() {
    let file = include_str!("../../../../tests/fixtures/reports/thirty-one-provinces.toml");
    let mut results = crate::report::briefing::tests::run_with(file, true);
    for run in &mut results.runs {
        run.targets.clear();
    }
    let focus = Focus::of(&results).unwrap();
    for lang in [Lang::Zh, Lang::En] {
        let table = table(&results, &focus, lang);
        assert_eq!(table.rows.len(), results.runs.len());
        // neither a province's money nor a change or price of a chance that is not there
        let said = table.notes.concat();
        let [whole, place, price] = match lang {
            Lang::Zh => ["各省合计", "该省", "百分点"],
            Lang::En => ["all provinces together", "province's target", "percentage point"],
        };
        assert!(said.contains(whole) && !said.contains(place) && !said.contains(price), "{said}");
    }
}
