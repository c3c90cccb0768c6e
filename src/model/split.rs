//! Writes the money of an instrument out year by year, or sets that of its later years apart, so that it can be moved.

use super::quantity::Quantities;
use super::{Instrument, Later, Model, Money, QuantityId, apply};

impl Model {
    /// Replaces the money of `instrument`, as `policy` sets it, by one certain amount a year, 亿元. `None`, and nothing has
    /// changed, if the instrument has no money or if an amount is uncertain: then its years share one draw.
    pub fn write_out_years(&mut self, instrument: usize, policy: usize) -> Option<Vec<(i32, QuantityId)>> {
        let mut laws = self.quantities.distributions();
        apply(&mut laws, &self.policies[policy].changes);
        let certain = |id: QuantityId| self.quantities.law(&laws, id).and_then(|law| law.point_value());
        let amounts: Vec<(i32, f64)> = match self.instruments[instrument].money.as_ref()? {
            Money::Total { total, years } => {
                let each = certain(*total)? / f64::from(years.1 - years.0 + 1);
                (years.0..=years.1).map(|year| (year, each)).collect()
            }
            Money::PerYear { amount, years } => {
                let amount = certain(*amount)?;
                (years.0..=years.1).map(|year| (year, amount)).collect()
            }
            Money::ByYear(amounts) => {
                let known = amounts.iter().map(|&(year, id)| Some((year, certain(id)?)));
                known.collect::<Option<_>>()?
            }
        };
        let id = self.instruments[instrument].id.clone();
        let written: Vec<(i32, QuantityId)> = amounts
            .into_iter()
            .map(|(year, amount)| (year, self.quantities.amount(&id, year, amount)))
            .collect();
        self.instruments[instrument].money = Some(Money::ByYear(written.clone()));
        Some(written)
    }

    /// Sets the money that `instrument` pays from the year `from` on apart from what it paid before: by a factor of its
    /// own, which is 1, and, where it paid anything before and states an allocation, by an allocation of its own with
    /// these shares. Returns the factor and the quantities behind the shares of the later years.
    pub fn set_apart(
        &mut self,
        instrument: usize,
        from: i32,
        shares: &[f64],
    ) -> (QuantityId, Vec<QuantityId>) {
        let spec = &self.instruments[instrument];
        let id = spec.id.clone();
        let paid_before = spec.payment_years().is_some_and(|(first, _)| first < from);
        let clusters: Vec<(usize, QuantityId)> = spec.allocation.clone();
        let factor = self.quantities.derived(format!("instrument.{id}/later"), 1.0);
        let mut allocation = Vec::new();
        if paid_before {
            let later = clusters.iter().zip(shares).map(|(&(cluster, _), &share)| {
                let path = format!("instrument.{id}/later/{}", self.clusters[cluster].id);
                (cluster, self.quantities.derived(path, share))
            });
            allocation = later.collect();
        }
        let moved = if allocation.is_empty() { &clusters } else { &allocation };
        let moved = moved.iter().map(|(_, quantity)| *quantity).collect();
        self.instruments[instrument].later = Some(Later { from, factor, allocation });
        (factor, moved)
    }
}

impl Instrument {
    /// First and last year in which it pays public money, its own or that of its projects; `None` if it pays none.
    pub fn payment_years(&self) -> Option<(i32, i32)> {
        let money = self.money.iter().chain(self.projects.as_ref().map(|projects| &projects.signed));
        let years = money.filter_map(|money| match money {
            Money::Total { years, .. } | Money::PerYear { years, .. } => Some(*years),
            Money::ByYear(amounts) => {
                let years = || amounts.iter().map(|(year, _)| *year);
                years().min().zip(years().max())
            }
        });
        years.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
    }
}

impl Quantities {
    /// A new certain amount of money of one year; its path holds a slash, which no path of a file does.
    fn amount(&mut self, instrument: &str, year: i32, amount: f64) -> QuantityId {
        self.derived(format!("instrument.{instrument}/money/{year}"), amount)
    }
}
