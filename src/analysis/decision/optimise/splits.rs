//! How the money of instruments is split over clusters and over years, in every plan that tables set beside each other.

use super::findings::{Part, Plans, Split};
use super::space::{Space, Spending};
use crate::analysis::decision::answer::named_instrument;
use crate::analysis::results::Named;
use crate::model::Model;
use crate::text::Text;

/// How the money of every funded instrument that has some is split over clusters.
pub(super) fn cluster_splits(space: &Space, model: &Model, plans: &Plans<'_>) -> Vec<Split> {
    let split = |k: usize| {
        let funded = &space.funded[k];
        // no money has no split
        let share = |spending: &Spending, at: usize| match spending.factor[k] > 0.0 {
            true => spending.clusters[k][at],
            false => 0.0,
        };
        let part = |(at, &(cluster, ..)): (usize, &(usize, _, _))| {
            let cluster = &model.clusters[cluster];
            Part {
                part: Named { id: cluster.id.clone(), name: cluster.name.clone() },
                present: share(plans.present, at),
                best: share(plans.best, at),
                least: plans.least.map(|least| share(least, at)),
                spent: false,
            }
        };
        (k, funded.clusters.iter().enumerate().map(part).collect())
    };
    worth_showing(space, model, plans, (0..space.funded.len()).map(split))
}

/// The same over years, those before the first one that can be moved included.
pub(super) fn year_splits(space: &Space, model: &Model, plans: &Plans<'_>) -> Vec<Split> {
    let split = |k: usize| {
        let funded = &space.funded[k];
        let named = |year: i32| Named { id: year.to_string(), name: Text::same(year.to_string()) };
        let announced: f64 = funded.spent_years.iter().map(|year| year.1).sum();
        let shares = |spending: &Spending| {
            let movable = funded.payments.money(spending.factor[k]);
            let total = funded.spent + movable;
            let share = |money: f64| if total > 0.0 { money / total } else { 0.0 };
            let before = funded.spent_years.iter().map(|year| share(funded.spent * year.1 / announced));
            before.chain(spending.years[k].iter().map(|part| share(movable * part))).collect::<Vec<f64>>()
        };
        let (present, best) = (shares(plans.present), shares(plans.best));
        let least = plans.least.map(shares);
        let years = funded.spent_years.iter().map(|year| (year.0, true));
        let years = years.chain(funded.years.iter().map(|year| (year.0, false)));
        let part = |(at, (year, spent)): (usize, (i32, bool))| Part {
            part: named(year),
            present: present[at],
            best: best[at],
            least: least.as_ref().map(|least| least[at]),
            spent,
        };
        (k, years.enumerate().map(part).collect())
    };
    worth_showing(space, model, plans, (0..space.funded.len()).map(split))
}

/// The splits over several parts of instruments that get money that can be moved: what gets none has no split worth
/// showing.
fn worth_showing(
    space: &Space,
    model: &Model,
    plans: &Plans<'_>,
    splits: impl Iterator<Item = (usize, Vec<Part>)>,
) -> Vec<Split> {
    let gets =
        |k: usize| plans.best.factor[k] > 0.0 || plans.least.is_some_and(|least| least.factor[k] > 0.0);
    let split = |(k, parts): (usize, Vec<Part>)| {
        let instrument = named_instrument(&model.instruments[space.funded[k].instrument]);
        (parts.len() > 1 && gets(k)).then_some(Split { instrument, parts })
    };
    splits.filter_map(split).collect()
}
