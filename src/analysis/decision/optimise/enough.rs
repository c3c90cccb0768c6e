//! From where on more money raises no chance.

use super::findings::{Beyond, Enough};
use super::frontier::Figure;
use super::verdict::{PRESENT, SCALED, Standing, Verdict};
use crate::analysis::decision::Estimate;
use crate::analysis::decision::experiment::Sampled;
use crate::analysis::decision::figures::mean_change;
use crate::analysis::summarise::LEVEL;

impl Verdict<'_> {
    /// From where on more money raises no chance that the trials can see, among all that was judged.
    pub(super) fn enough(&self, judged: &Sampled, standing: &Standing) -> Option<Enough> {
        let Standing { all, paid, kept, .. } = standing;
        let figure = |at: usize| self.figure(judged, paid, at).map(|figure| (at, figure));
        // the present split with other money may lie outside the bounds
        let figures: Vec<(usize, Figure<'_>)> =
            (0..all.len()).filter(|&at| at != SCALED).filter_map(figure).collect();
        let of = |at: usize| figures.iter().find(|(known, _)| *known == at).map(|(_, figure)| figure);
        let dearest = figures.iter().map(|(_, figure)| figure.cost).fold(0.0, f64::max);
        let is_enough = |at: &usize| {
            of(*at).is_some_and(|here| {
                let dearer = figures.iter().filter(|(_, there)| there.is_dearer_than(here));
                dearer.clone().count() > 0
                    && dearer
                        .map(|(_, there)| there.chance_over(here))
                        .all(|change| change.is_none_or(|change| change.interval[0] <= 0.0))
            })
        };
        let at = kept.iter().copied().find(is_enough)?;
        let (here, now) = (of(at)?, of(PRESENT)?);
        let present = now.is_dearer_than(here).then(|| now.chance_over(here)).flatten();
        let point = self.points(judged, standing, &[at]).pop()?;
        // the present plan may do worse by its split, which says nothing about money
        let (plan, others): (Vec<_>, Vec<_>) = figures
            .iter()
            .filter(|(_, there)| there.is_dearer_than(here))
            .partition(|(at, _)| *at == PRESENT);
        let dearer = if others.is_empty() { plan } else { others };
        let is_lower = |(_, there): &&(usize, Figure<'_>)| {
            there.chance_over(here).is_some_and(|change| change.interval[1] < 0.0)
        };
        // in any world: the worst one may be another there
        let moves = |(there, _): &(usize, Figure<'_>)| {
            (0..self.worlds.len()).any(|world| {
                let (there, here) = (judged.quantity(world, *there, 0), judged.quantity(world, at, 0));
                let change = mean_change(there, here, LEVEL).filter(|_| self.quantity.is_some());
                change.is_some_and(|Estimate { interval: [low, high], .. }| low > 0.0 || high < 0.0)
            })
        };
        let beyond = match dearer.iter().copied().filter(|there| is_lower(there)).count() {
            0 if dearer.iter().any(|there| moves(there)) => Beyond::MovesMean,
            0 => Beyond::Nothing,
            lower if lower == dearer.len() => Beyond::AllLower,
            _ => Beyond::SomeLower,
        };
        Some(Enough { point, dearest, beyond, present })
    }
}
