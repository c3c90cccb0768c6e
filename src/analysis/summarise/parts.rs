//! Lists what a scenario consists of: clusters, instruments and stated quantities.

use super::*;
use crate::model::{Instrument, Money as Payments, QuantityId};

/// Clusters, in the order of the file.
pub(super) fn clusters(model: &Model) -> Vec<ClusterInfo> {
    let several = model.provinces.len() > 1;
    let cluster = |cluster: &crate::model::Cluster| {
        let share = |&(s, share): &(usize, f64)| {
            let industry = &model.industries[s];
            IndustryShare { industry: named(&industry.id, &industry.name), share }
        };
        let mut industries: Vec<IndustryShare> = cluster.mix.iter().map(share).collect();
        // equal shares keep the order of the file
        industries.sort_by(|a, b| b.share.total_cmp(&a.share));
        ClusterInfo {
            id: cluster.id.clone(),
            name: cluster.name.clone(),
            province: several.then(|| model.provinces[cluster.province].id.clone()),
            industries,
        }
    };
    model.clusters.iter().map(cluster).collect()
}

/// Instruments, in the order of the file.
pub(super) fn instruments(model: &Model) -> Vec<InstrumentInfo> {
    let info = |(index, spec): (usize, &Instrument)| {
        let users = model.policies.iter().filter(|policy| policy.instruments.contains(&index));
        let money = public_money(model, spec);
        InstrumentInfo {
            id: spec.id.clone(),
            name: spec.name.clone(),
            class: class(spec).to_owned(),
            channels: channels(spec),
            policies: users.map(|policy| policy.id.clone()).collect(),
            money: money.map(|(total, _)| total),
            years: money.map(|(_, years)| years),
        }
    };
    model.instruments.iter().enumerate().map(info).collect()
}

/// The class of an instrument: the stated one, else by the first of these that it has: a landing funnel (`projects`), the capacity channel
/// (`funds`), the pipeline or arrivals channel (`products`), the knowledge channel or money (`subsidies`); what remains
/// works by its stated effect alone (`measures`).
pub(in crate::analysis) fn class(spec: &Instrument) -> &'static str {
    if let Some(stated) = spec.class {
        stated
    } else if spec.projects.is_some() {
        "projects"
    } else if spec.capacity.is_some() {
        "funds"
    } else if spec.pipeline.is_some() || spec.arrivals.is_some() {
        "products"
    } else if spec.knowledge.is_some() || spec.money.is_some() {
        "subsidies"
    } else {
        "measures"
    }
}

fn channels(spec: &Instrument) -> Vec<String> {
    let all = [
        ("capacity", spec.capacity.is_some()),
        ("projects", spec.projects.is_some()),
        ("knowledge", spec.knowledge.is_some()),
        ("growth", spec.growth.is_some()),
        ("pipeline", spec.pipeline.is_some()),
        ("arrivals", spec.arrivals.is_some()),
        ("indicators", spec.indicators.is_some()),
    ];
    all.iter().filter(|(_, has)| *has).map(|(word, _)| (*word).to_owned()).collect()
}

/// Stated money at the medians, with its first and last year; of projects the public share of what is expected to
/// start. `None` if there is neither.
fn public_money(model: &Model, spec: &Instrument) -> Option<(f64, (i32, i32))> {
    let median =
        |id: QuantityId| model.quantities.get(id).distribution.as_ref().map_or(0.0, |law| law.median());
    let own = spec.money.as_ref().and_then(|money| total(money, median));
    let projects = spec.projects.as_ref().and_then(|projects| {
        let share = median(projects.public_share) * median(projects.landed) * median(projects.started);
        let (signed, (from, to)) = total(&projects.signed, median)?;
        let delay = i32::try_from(projects.start_delay).unwrap_or(i32::MAX);
        (share > 0.0).then(|| (share * signed, (from.saturating_add(delay), to.saturating_add(delay))))
    });
    match (own, projects) {
        (Some((a, (from, to))), Some((b, (first, last)))) => Some((a + b, (from.min(first), to.max(last)))),
        (money, None) | (None, money) => money,
    }
}

/// Sum of all years, and the first and the last of them; `None` without a year.
fn total(money: &Payments, median: impl Fn(QuantityId) -> f64) -> Option<(f64, (i32, i32))> {
    Some(match money {
        Payments::Total { total, years } => (median(*total), *years),
        Payments::PerYear { amount, years } => (median(*amount) * f64::from(years.1 - years.0 + 1), *years),
        Payments::ByYear(amounts) => {
            let years = || amounts.iter().map(|(year, _)| *year);
            let total = amounts.iter().map(|(_, amount)| median(*amount)).sum();
            (total, (years().min()?, years().max()?))
        }
    })
}
