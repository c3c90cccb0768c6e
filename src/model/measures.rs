//! Measures are never mixed: whatever is in another than the primary one needs a base figure in it.

use super::reader::Reader;
use super::*;
use crate::diag::{Diagnostic, Span, codes};
use crate::text;

impl Reader<'_> {
    /// A target or outcome in another measure needs a base figure in that measure.
    pub(super) fn check_measures(&self, model: &Model) {
        for target in &model.targets {
            if target.measure == model.measure || matches!(target.demand, Demand::AtLeast { .. }) {
                continue;
            }
            let scopes = match &target.demand {
                Demand::Count { .. } => {
                    model.clusters_of(&target.scope).into_iter().map(Scope::Cluster).collect()
                }
                _ => vec![target.scope.clone()],
            };
            for scope in scopes {
                let what = Text::new("目标", "the target");
                self.check_base_in(model, &scope, target.measure, target.span, &what);
            }
        }
        for outcome in &model.known {
            if outcome.measure != model.measure {
                let what = Text::new("事后结果", "the outcome");
                self.check_base_in(model, &outcome.scope, outcome.measure, outcome.span, &what);
            }
        }
    }

    /// Reports that `scope` has no base figure in `measure`, which `what` needs.
    fn check_base_in(&self, model: &Model, scope: &Scope, measure: usize, span: Span, what: &Text) {
        if base_in(model, scope, measure).is_some() {
            return;
        }
        let (measure, name) = (&model.measures[measure], model.scope_name(scope));
        let (m_zh, m_en, n_zh, n_en) = (&measure.name.zh, &measure.name.en, &name.zh, &name.en);
        let primary = &model.measures[model.measure].name;
        let (p_zh, p_en, what_zh, what_en) = (&primary.zh, &primary.en, &what.zh, &what.en);
        let message = text!(
            "{what_zh}用的是“{m_zh}”口径，但“{n_zh}”没有这个口径的基年数；不同口径不能混比",
            "{what_en} is in \"{m_en}\", but \"{n_en}\" has no base figure in it; unlike measures cannot be compared"
        );
        let id = &measure.id;
        let hint = text!(
            "给“{n_zh}”写 base_in = {{ {id} = \"…亿元\" }}，或把{what_zh}改成主口径“{p_zh}”",
            "give \"{n_en}\" base_in = {{ {id} = \"…亿元\" }}, or state {what_en} in \"{p_en}\""
        );
        self.report(Diagnostic::error(codes::MEASURE_MIX, span, message).hint(hint));
    }
}

/// The base figure of a scope in another measure.
pub(crate) fn base_in(model: &Model, scope: &Scope, measure: usize) -> Option<QuantityId> {
    let figures = match scope {
        Scope::Province(p) => &model.provinces[*p].base_in,
        Scope::Cluster(c) => &model.clusters[*c].base_in,
        Scope::Group(g) => &model.groups[*g].base_in,
        Scope::Nation if model.provinces.len() == 1 => &model.provinces[0].base_in,
        _ => return None,
    };
    figures.iter().find(|(m, _)| *m == measure).map(|(_, q)| *q)
}
