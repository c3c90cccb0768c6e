//! Compiles pipelines and arriving firms, and the instruments that support them.

use super::arrays::{Num, Segment};
use super::channels::PolicyPlan;
use super::counted::*;
use super::draws::WorldDraws;
use crate::model;
use crate::random::{Distribution, Sampler};

/// Positions of things in the order of their ids: model index of every position, and position of every model index.
fn by_id<'a>(ids: impl Iterator<Item = &'a String>) -> (Vec<usize>, Vec<usize>) {
    let ids: Vec<&String> = ids.collect();
    let mut forward: Vec<usize> = (0..ids.len()).collect();
    forward.sort_by_key(|&i| ids[i]);
    let mut back = vec![0; ids.len()];
    forward.iter().enumerate().for_each(|(at, &i)| back[i] = at);
    (forward, back)
}

fn sampler(draws: &WorldDraws<'_>, id: model::QuantityId) -> Sampler {
    let zero = || Distribution::point(0.0).expect("0 is finite");
    Sampler::new(&draws.law(id).cloned().unwrap_or_else(zero))
}

/// Plan index of the segment of a cluster and an industry (model indices), which the segments are made to hold.
fn segment_of(draws: &WorldDraws<'_>, segments: &[Segment], cluster: usize, industry: usize) -> usize {
    let (c, s) = (draws.order.cluster_at[cluster], draws.order.industry_at[industry]);
    let found = segments.iter().position(|x| x.cluster == c && x.industry == s);
    found.expect("every place of arrivals and pipelines is a segment")
}

/// Arriving firms in the order of their ids.
pub(super) fn compile_arrivals(draws: &mut WorldDraws<'_>, segments: &[Segment]) -> Vec<Arrival> {
    let model = draws.model;
    let (order, _) = by_id(model.arrivals.iter().map(|a| &a.id));
    let index = |year: i32| usize::try_from(year - model.base_year).unwrap_or(0);
    order
        .into_iter()
        .map(|k| {
            let spec = &model.arrivals[k];
            let online_after = draws.must(spec.online_after);
            Arrival {
                name: format!("arrival.{}", spec.id),
                segment: segment_of(draws, segments, spec.cluster, spec.industry),
                rate: draws.must(spec.rate),
                active: index(spec.years.0)..=index(spec.years.1.min(model.horizon)),
                size: sampler(draws, spec.size),
                online_after,
                full_after: draws.num(spec.full_after).unwrap_or(online_after),
                displaced: draws.must(spec.displaced),
            }
        })
        .collect()
}

/// Pipelines in the order of their ids.
pub(super) fn compile_pipelines(draws: &mut WorldDraws<'_>, segments: &[Segment]) -> Vec<Pipeline> {
    let model = draws.model;
    let (order, _) = by_id(model.pipelines.iter().map(|p| &p.id));
    order
        .into_iter()
        .map(|k| {
            let spec = &model.pipelines[k];
            let receivers = match spec.market {
                model::Market::Cluster(c) => vec![segment_of(draws, segments, c, spec.industry)],
                model::Market::Province(p) => {
                    let industry = draws.order.industry_at[spec.industry];
                    let members = model.clusters_of(&model::Scope::Province(p));
                    let members: Vec<usize> = members.iter().map(|&c| draws.order.cluster_at[c]).collect();
                    (0..segments.len())
                        .filter(|&k| segments[k].industry == industry && segments[k].mix > 0.0)
                        .filter(|&k| members.contains(&segments[k].cluster))
                        .collect()
                }
            };
            Pipeline {
                name: format!("pipeline.{}", spec.id),
                stages: spec.stages.iter().map(|s| compile_stage(draws, s)).collect(),
                entrants: (draws.must(spec.entrants), spec.enter_at),
                peak_sales: sampler(draws, spec.peak_sales),
                ramp: draws.must(spec.ramp),
                launch_after: draws.must(spec.launch_after),
                local: draws.must(spec.local),
                receivers,
                industry: draws.order.industry_at[spec.industry],
                variants: vec![Vec::new()],
            }
        })
        .collect()
}

fn compile_stage(draws: &mut WorldDraws<'_>, stage: &model::Stage) -> Stage {
    let time = match stage.shape {
        None => StageTime::Fixed,
        Some(1.0) => StageTime::Exponential,
        Some(shape) => {
            let law = Distribution::gamma(shape, 1.0).expect("the range of a shape is checked");
            StageTime::Gamma(Sampler::new(&law))
        }
    };
    Stage {
        id: stage.id.clone(),
        success: draws.must(stage.success),
        duration: draws.must(stage.duration),
        time,
        assets: stage.assets,
        elapsed: draws.must(stage.elapsed),
    }
}

/// The pipeline channel of an instrument.
pub(super) fn compile_pipeline_support(
    draws: &mut WorldDraws<'_>,
    support: &model::PipelineSupport,
) -> PipelineSupport {
    let model = draws.model;
    let (_, at) = by_id(model.pipelines.iter().map(|p| &p.id));
    let supported = |stage: &model::Stage| support.stages.is_empty() || support.stages.contains(&stage.id);
    PipelineSupport {
        pipelines: support.pipelines.iter().map(|&p| at[p]).collect(),
        stages: support
            .pipelines
            .iter()
            .map(|&p| model.pipelines[p].stages.iter().map(supported).collect())
            .collect(),
        start: usize::try_from(support.start - model.base_year - 1).unwrap_or(0),
        entrants: draws.must(support.entrants),
        entrants_added: draws.must(support.entrants_added),
        success: draws.must(support.success),
        duration: draws.must(support.duration),
        uptake: draws.must(support.uptake),
        peak: draws.must(support.peak),
        local_added: draws.must(support.local_added),
        award: draws.num(support.award),
    }
}

/// The arrivals channel of an instrument.
pub(super) fn compile_arrival_support(
    draws: &mut WorldDraws<'_>,
    support: &model::ArrivalSupport,
) -> ArrivalSupport {
    let (_, at) = by_id(draws.model.arrivals.iter().map(|a| &a.id));
    ArrivalSupport {
        of: support.of.iter().map(|&k| at[k]).collect(),
        start: usize::try_from(support.start - draws.model.base_year).unwrap_or(0),
        rate: draws.must(support.rate),
        added: draws.must(support.added),
    }
}

impl PipelineSupport {
    /// What it does to the approvals of a pipeline; `None` if it leaves them alone.
    fn of_approvals(&self, pipeline: usize) -> Option<ApprovalSupport> {
        let k = self.pipelines.iter().position(|&p| p == pipeline)?;
        let moves = [self.entrants, self.success, self.duration].iter().any(|&m| m != Num::Const(1.0))
            || self.entrants_added != Num::Const(0.0);
        moves.then(|| ApprovalSupport {
            start: self.start,
            stages: self.stages[k].clone(),
            entrants: self.entrants,
            entrants_added: self.entrants_added,
            success: self.success,
            duration: self.duration,
        })
    }
}

/// Finds for every policy and pipeline how approvals are supported, each different way once.
pub(super) fn share_variants(pipelines: &mut [Pipeline], policies: &mut [PolicyPlan]) {
    for policy in policies {
        for (index, pipeline) in pipelines.iter_mut().enumerate() {
            let supports = policy.instruments.iter().filter_map(|i| i.pipeline.as_ref());
            let variant: Vec<ApprovalSupport> = supports.filter_map(|s| s.of_approvals(index)).collect();
            let known = pipeline.variants.iter().position(|v| *v == variant);
            policy.variants.push(known.unwrap_or_else(|| {
                pipeline.variants.push(variant);
                pipeline.variants.len() - 1
            }));
        }
    }
}
