//! Writes the money of an instrument out year by year, so that each year is a quantity of its own that can be moved.

use super::quantity::Quantities;
use super::{Model, Money, QuantityId, apply};

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
}

impl Quantities {
    /// A new certain amount of money of one year; its path holds a slash, which no path of a file does.
    fn amount(&mut self, instrument: &str, year: i32, amount: f64) -> QuantityId {
        self.derived(format!("instrument.{instrument}/money/{year}"), amount)
    }
}
