//! Which instruments can move what a target looks at, told from the model alone: the others need not be simulated.

use std::collections::BTreeSet;

use crate::model::{Demand, Instrument, Market, Model, QuantityId, Subject, Target};

/// Where a measured series lies.
pub(super) struct Place {
    clusters: Vec<usize>,
    /// Whether other places can move it.
    open: bool,
    subject: Subject,
}

impl Place {
    /// The place of what `target` looks at.
    pub fn of(model: &Model, target: &Target) -> Self {
        let open = model.spillover.is_some() || model.provinces.len() == 1 || !target.subject.is_revenue();
        Self { clusters: model.clusters_of(&target.scope), open, subject: target.subject.clone() }
    }

    /// Whether an instrument can move the series at all: not if it is confined to other provinces.
    pub fn is_reached_by(&self, model: &Model, instrument: &Instrument) -> bool {
        let Some(province) = instrument.province.filter(|_| !self.open) else { return true };
        let provinces = self.provinces(model);
        let allocated = instrument.allocation.iter().any(|(cluster, _)| self.clusters.contains(cluster));
        let grown = instrument
            .growth
            .as_ref()
            .is_some_and(|growth| growth.clusters.iter().any(|cluster| self.clusters.contains(cluster)));
        let sold = instrument
            .pipeline
            .as_ref()
            .is_some_and(|support| coupled(model, &support.pipelines).any(|p| self.holds_market(model, p)));
        let settled = instrument.arrivals.as_ref().is_some_and(|support| {
            support.of.iter().any(|&a| self.clusters.contains(&model.arrivals[a].cluster))
        });
        provinces.contains(&province) || allocated || grown || sold || settled
    }

    /// Whether one of the instrument's channels can move the target's outcome, whatever other instruments are in force.
    /// Its money alone moves nothing. `true` where the model alone does not tell.
    pub fn is_moved_by(&self, model: &Model, instrument: &Instrument) -> bool {
        let names = |of: &[usize], wanted: &[usize]| of.iter().any(|k| wanted.contains(k));
        match &self.subject {
            Subject::NationGrowth => false,
            Subject::Indicator { index, .. } => {
                instrument.indicators.as_ref().is_some_and(|support| support.of.contains(index))
            }
            Subject::Approvals { pipelines, .. } => {
                instrument.pipeline.as_ref().is_some_and(|support| names(&support.pipelines, pipelines))
            }
            Subject::Arrivals { of, .. } => {
                instrument.arrivals.as_ref().is_some_and(|support| names(&support.of, of))
            }
            Subject::Firms { .. } => self.moves_revenue(model, instrument),
            Subject::Products { .. } => {
                instrument.pipeline.is_some() || self.moves_revenue(model, instrument)
            }
            Subject::Revenue => self.moves_revenue(model, instrument),
        }
    }

    /// Whether a channel adds to the revenue of segments in this place. Firms and products follow segments that need not
    /// lie in it, and spill-overs carry growth anywhere.
    fn moves_revenue(&self, model: &Model, instrument: &Instrument) -> bool {
        let anywhere = model.spillover.is_some() || !self.subject.is_revenue();
        let here = |cluster: usize| anywhere || self.clusters.contains(&cluster);
        let at_home = || {
            anywhere || instrument.province.is_none_or(|province| self.provinces(model).contains(&province))
        };
        let paid_here = || match &instrument.allocation[..] {
            [] => at_home(),
            allocation => allocation.iter().any(|&(cluster, _)| here(cluster)),
        };
        let builds = (instrument.capacity.is_some() || instrument.knowledge.is_some()) && paid_here();
        let grows = instrument.growth.as_ref().is_some_and(|growth| match &growth.clusters[..] {
            [] => at_home(),
            clusters => clusters.iter().any(|&cluster| here(cluster)),
        });
        let sells = instrument.pipeline.as_ref().is_some_and(|support| {
            let sold_here = |p: usize| (anywhere || self.holds_market(model, p)) && sells_locally(model, p);
            coupled(model, &support.pipelines).any(sold_here)
        });
        let settles = instrument.arrivals.as_ref().is_some_and(|support| {
            let brings =
                |&a: &usize| here(model.arrivals[a].cluster) && is_set(model, model.arrivals[a].size);
            support.of.iter().any(brings)
        });
        builds || grows || sells || settles
    }

    fn provinces(&self, model: &Model) -> Vec<usize> {
        self.clusters.iter().map(|&c| model.clusters[c].province).collect()
    }

    fn holds_market(&self, model: &Model, pipeline: usize) -> bool {
        match model.pipelines[pipeline].market {
            Market::Cluster(cluster) => self.clusters.contains(&cluster),
            Market::Province(province) => self.provinces(model).contains(&province),
        }
    }
}

/// Whether faster trend growth can move what any of these targets looks at: approvals, firms that settle and indicators do not
/// follow revenue.
pub(super) fn growth_moves(model: &Model, targets: &[usize]) -> bool {
    let has_trend = model.quantities.get(model.nation.trend).distribution.is_some();
    let single = targets.iter().map(|&target| &model.targets[target]);
    let mut single = single.filter(|target| !matches!(target.demand, Demand::AtLeast { .. }));
    single.any(|target| match target.subject {
        Subject::Revenue | Subject::Firms { .. } | Subject::Products { .. } => true,
        Subject::NationGrowth => has_trend,
        Subject::Approvals { .. } | Subject::Arrivals { .. } | Subject::Indicator { .. } => false,
    })
}

/// For every instrument of the model whether it can move what any of these targets looks at (indices into the model).
/// `true` where the model alone does not tell; `false` only where leaving the instrument out changes no outcome of any
/// trial, so that its money buys nothing of what is judged.
pub(super) fn movers(model: &Model, targets: &[usize]) -> Vec<bool> {
    // a group looks at nothing but its members
    let single = targets.iter().map(|&target| &model.targets[target]);
    let single = single.filter(|target| !matches!(target.demand, Demand::AtLeast { .. }));
    let places: Vec<Place> = single.map(|target| Place::of(model, target)).collect();
    let moves = |instrument: &Instrument| {
        places
            .iter()
            .any(|place| place.is_reached_by(model, instrument) && place.is_moved_by(model, instrument))
    };
    model.instruments.iter().map(moves).collect()
}

/// These pipelines and those that compete with them for awards: an award pays the first approvals while its money lasts, so
/// that one more approval of a pipeline takes the award, and what it moves, away from another one.
fn coupled(model: &Model, pipelines: &[usize]) -> impl Iterator<Item = usize> {
    let supports = || model.instruments.iter().filter_map(|instrument| instrument.pipeline.as_ref());
    let awarded: Vec<&[usize]> = supports()
        .filter(|support| is_set(model, support.award))
        .map(|support| &support.pipelines[..])
        .collect();
    let mut found: BTreeSet<usize> = pipelines.iter().copied().collect();
    loop {
        let before = found.len();
        for shared in &awarded {
            if shared.iter().any(|pipeline| found.contains(pipeline)) {
                found.extend(shared.iter().copied());
            }
        }
        if found.len() == before {
            return found.into_iter();
        }
    }
}

/// Whether some of a pipeline's sales can ever be local revenue, by its own share or by what an instrument adds to it.
fn sells_locally(model: &Model, pipeline: usize) -> bool {
    let added = |instrument: &Instrument| {
        instrument.pipeline.as_ref().is_some_and(|support| {
            support.pipelines.contains(&pipeline) && is_set(model, support.local_added)
        })
    };
    is_set(model, model.pipelines[pipeline].local) || model.instruments.iter().any(added)
}

/// Whether a quantity can be anything but 0: by its law, or because a policy or world changes it.
fn is_set(model: &Model, id: QuantityId) -> bool {
    let law = model.quantities.get(id).distribution.as_ref();
    let changes = model.policies.iter().flat_map(|policy| &policy.changes);
    let mut changes = changes.chain(model.worlds.iter().flat_map(|world| &world.changes));
    law.is_some_and(|law| law.point_value() != Some(0.0)) || changes.any(|change| change.quantity == id)
}

#[cfg(test)]
mod tests;
