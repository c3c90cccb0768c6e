//! Checks of what is new: pipelines, arriving firms and the ramps of their output.

use super::reader::Reader;
use super::validate::Laws;
use super::*;
use crate::diag::{Diagnostic, codes};
use crate::random::Distribution;
use crate::text;

/// Largest expected number of approvals of one pipeline within the horizon: each is simulated on its own.
const MOST_APPROVALS: f64 = 2000.0;

impl Reader<'_> {
    pub(super) fn check_pipelines(&self, model: &Model, laws: &Laws) {
        for (index, pipeline) in model.pipelines.iter().enumerate() {
            let supports = || {
                let supports = model.instruments.iter().filter_map(|i| i.pipeline.as_ref());
                supports.filter(move |s| s.pipelines.contains(&index))
            };
            self.check_market(
                model,
                pipeline,
                supports().any(|s| model.quantities.get(s.local_added).stated),
            );
            self.check_volume(model, laws, pipeline, supports().map(|s| s.entrants_added).collect());
        }
        for instrument in &model.instruments {
            let Some(support) = &instrument.pipeline else { continue };
            let PipelineSupport { entrants, entrants_added, success, duration, .. } = support;
            let PipelineSupport { uptake, peak, local_added, .. } = support;
            let levers = [entrants, entrants_added, success, duration, uptake, peak, local_added];
            let stated = |id: &&QuantityId| model.quantities.get(**id).stated;
            if !levers.iter().any(stated) {
                let id = &instrument.id;
                let message = text!(
                    "“{id}”的 pipeline 没有写任何作用（success、duration、entrants、uptake、peak、local_added 等）",
                    "the pipeline channel of \"{id}\" states no effect (success, duration, entrants, uptake, peak, local_added …)"
                );
                let span = model.quantities.get(support.success).span;
                self.report(Diagnostic::warning(codes::UNUSED, span, message));
            }
        }
    }

    /// Local sales of a province need clusters with revenue in the industry.
    fn check_market(&self, model: &Model, pipeline: &Pipeline, added: bool) {
        let Market::Province(province) = pipeline.market else { return };
        let sells = added || model.quantities.get(pipeline.local).stated;
        let holds = |c: &Cluster| c.mix.iter().any(|(s, _)| *s == pipeline.industry);
        let members = model.clusters.iter().filter(|c| c.province == province);
        if sells && !members.into_iter().any(holds) {
            let (id, industry) = (&pipeline.id, &model.industries[pipeline.industry].name);
            let (p, s) = (&model.provinces[province].name, industry);
            let (p_zh, p_en, s_zh, s_en) = (&p.zh, &p.en, &s.zh, &s.en);
            let message = text!(
                "管线“{id}”的本地销售没有落处：{p_zh}没有集群在“{s_zh}”有基期收入",
                "local sales of the pipeline \"{id}\" have no place: no cluster of {p_en} has revenue in \"{s_en}\""
            );
            let hint =
                text!("用 cluster 写明落在哪个集群", "name the cluster that receives them with `cluster`");
            self.report(Diagnostic::error(codes::BAD_MODEL, pipeline.span, message).hint(hint));
        }
    }

    /// Every approval is simulated on its own; a pipeline that can approve nothing is written for nothing.
    fn check_volume(&self, model: &Model, laws: &Laws, pipeline: &Pipeline, added: Vec<QuantityId>) {
        let median = |id: QuantityId| laws[id.0].as_ref().map_or(0.0, Distribution::median);
        let years = model.steps() as f64;
        let entrants = median(pipeline.entrants) * years;
        let passing =
            |from: usize| pipeline.stages[from..].iter().map(|s| median(s.success)).product::<f64>();
        let started = pipeline.stages.iter().enumerate();
        let expected = entrants * passing(pipeline.enter_at)
            + started.map(|(k, s)| f64::from(s.assets) * passing(k)).sum::<f64>();
        let id = &pipeline.id;
        if expected > MOST_APPROVALS {
            let (n, most) = (format!("{expected:.0}"), MOST_APPROVALS);
            let message = text!(
                "管线“{id}”预计获批 {n} 个，超过 {most} 个；逐个模拟太多",
                "the pipeline \"{id}\" is expected to approve {n} products, above {most}: too many to simulate each"
            );
            let hint =
                text!("数量这么大时用 [[indicator]] 的 count", "for so many use a count under [[indicator]]");
            self.report(Diagnostic::error(codes::OUT_OF_RANGE, pipeline.span, message).hint(hint));
        }
        let enters = model.quantities.get(pipeline.entrants).stated
            || added.iter().any(|&id| model.quantities.get(id).stated);
        if !enters && pipeline.stages.iter().all(|s| s.assets == 0) {
            let message = text!(
                "管线“{id}”既没有在研品种（assets）也没有新进入（entrants），不会有获批",
                "the pipeline \"{id}\" has neither assets nor entrants: nothing is ever approved"
            );
            self.report(Diagnostic::warning(codes::UNUSED, pipeline.span, message));
        }
    }

    /// Full output cannot come before first output in any trial, under no policy and in no world.
    pub(super) fn check_order_of_ramp(&self, model: &Model, laws: &Laws, changes: &[Change]) {
        let capacities = model.instruments.iter().filter_map(|i| {
            let capacity = i.capacity.as_ref()?;
            Some((&i.id, capacity.online_after, capacity.full_after))
        });
        let arrivals = model.arrivals.iter().map(|a| (&a.id, a.online_after, a.full_after));
        for (id, online_after, full_after) in capacities.chain(arrivals) {
            let law = |id: QuantityId| laws[id.0].as_ref();
            let (Some(online), Some(full)) = (law(online_after), law(full_after)) else { continue };
            if full.extremes().0 < online.extremes().1 {
                let message = text!(
                    "“{id}”的达产年限 full_after 可能短于投产年限 online_after",
                    "full_after of \"{id}\" can be shorter than online_after"
                );
                let ramp = [online_after, full_after];
                let change = changes.iter().rev().find(|change| ramp.contains(&change.quantity));
                let span = change.map_or(model.quantities.get(full_after).span, |c| c.span);
                self.report(Diagnostic::error(codes::REVERSED, span, message));
            }
        }
    }
}
