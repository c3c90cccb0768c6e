//! What is written but acts nowhere: instruments in no policy, measures that come too late, money that comes too early.

use super::reader::Reader;
use super::validate::Laws;
use super::*;
use crate::diag::{Diagnostic, codes};
use crate::text;

impl Reader<'_> {
    pub(super) fn check_unused(&self, model: &Model, laws: &Laws) {
        self.check_growth_starts(model);
        self.check_unused_instruments(model);
        self.check_base_year_money(model, laws);
    }

    /// An instrument works only under the policies that list it.
    fn check_unused_instruments(&self, model: &Model) {
        for (index, instrument) in model.instruments.iter().enumerate() {
            if model.policies.iter().any(|policy| policy.instruments.contains(&index)) {
                continue;
            }
            let id = &instrument.id;
            let message = text!(
                "没有方案采用政策工具“{id}”，它不起作用",
                "no policy lists the instrument \"{id}\": it has no effect"
            );
            let hint = text!(
                "在某个 [[policy]] 的 instruments 里列出 \"{id}\"",
                "list \"{id}\" in the instruments of some [[policy]]"
            );
            let fault = Diagnostic::warning(codes::UNUSED, instrument.allocation_span, message);
            self.report(fault.hint(hint));
        }
    }

    /// A growth measure that starts too late to act before the horizon is written but never used.
    fn check_growth_starts(&self, model: &Model) {
        for instrument in &model.instruments {
            let Some(growth) = &instrument.growth else { continue };
            let first = i64::from(growth.start) + i64::from(growth.lag) + 1;
            if first > i64::from(model.horizon) {
                let (id, horizon) = (&instrument.id, model.horizon);
                let message = text!(
                    "“{id}”最早影响 {first} 年的收入，而预测只到 {horizon} 年，不会起作用",
                    "\"{id}\" first moves the revenue of {first}, but the projection ends in {horizon}: it has no effect"
                );
                let span = model.quantities.get(growth.effect.0).span;
                self.report(Diagnostic::warning(codes::UNUSED, span, message));
            }
        }
    }

    /// What money of the base year brings on stream in that very year is part of the base figure: it adds nothing.
    fn check_base_year_money(&self, model: &Model, laws: &Laws) {
        let changes = || {
            let of_worlds = model.worlds.iter().flat_map(|world| &world.changes);
            of_worlds.chain(model.policies.iter().flat_map(|policy| &policy.changes))
        };
        let greatest = |id: QuantityId| laws[id.0].as_ref().map(|law| law.extremes().1);
        // an age that a world or a policy sets is judged by nobody here
        let is_none = |id: QuantityId, unset: bool| {
            greatest(id).map_or(unset, |most| most <= 0.0) && changes().all(|change| change.quantity != id)
        };
        for instrument in &model.instruments {
            let (Some(capacity), Some(money)) = (&instrument.capacity, &instrument.money) else { continue };
            let is_paid = |id: &QuantityId| greatest(*id).is_some_and(|most| most > 0.0);
            let early = match money {
                Money::Total { total: amount, years } | Money::PerYear { amount, years } => {
                    Some(*amount).filter(|_| years.0 == model.base_year)
                }
                Money::ByYear(amounts) => {
                    amounts.iter().find(|(year, _)| *year == model.base_year).map(|(_, amount)| *amount)
                }
            };
            let Some(amount) = early.filter(is_paid) else { continue };
            if is_none(capacity.online_after, true) && is_none(capacity.full_after, true) {
                let (id, year) = (&instrument.id, model.base_year);
                let message = text!(
                    "“{id}”在基年（{year} 年）的资金当年就全部投产，产出已含在基年数里，不会另外增加营业收入",
                    "the money of \"{id}\" in the base year ({year}) works at once in full: its output is part of the base figure and adds nothing"
                );
                let hint = text!(
                    "基年的钱如果以后才见效，写 online_after 或 full_after；否则这一年的钱只算支出",
                    "if it takes time to work, write online_after or full_after; else that money is a cost only"
                );
                let span = model.quantities.get(amount).span;
                self.report(Diagnostic::warning(codes::UNUSED, span, message).hint(hint));
            }
        }
    }
}
