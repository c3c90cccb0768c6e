//! An instrument as a lever: its money, or why it is none.

use super::hint::listed;
use super::lever::{At, Lever, refused};
use crate::analysis::AnalysisError;
use crate::analysis::decision::coming::last_known;
use crate::model::{Instrument, QuantityId};
use crate::text;
use crate::text::{Lang, Text};

impl At<'_> {
    /// The money of one instrument: its one amount, or all its amounts by one factor.
    pub(super) fn money_of(&self, written: &str, instrument: usize) -> Result<Lever, AnalysisError> {
        let Instrument { id, name, .. } = &self.model.instruments[instrument];
        if self.policy.instruments.contains(&instrument) && !self.movers[instrument] {
            return Err(self.unmoved(instrument));
        }
        let amounts = ["money.*", "projects.signed.*"];
        let found: Vec<QuantityId> =
            amounts.iter().flat_map(|key| self.in_force(&format!("instrument.{id}.{key}"))).collect();
        match found[..] {
            [] if self.policy.instruments.contains(&instrument) => {
                let Text { zh, en } = name;
                let what = text!("政策工具“{zh}”没有写明资金", "the instrument \"{en}\" states no money");
                Err(refused(&what, &self.hint(&format!("instrument.{id}."))))
            }
            [one] => self.set(self.path(one)),
            // what the policy lacks is refused by its first number
            [] => match self.model.quantities.matching(&format!("instrument.{id}.*")).first() {
                Some(&any) => self.set(self.path(any)),
                None => self.set(written),
            },
            _ => {
                let Text { zh, en } = name;
                self.scaled(written, found, text!("“{zh}”的资金", "the money of \"{en}\""))
            }
        }
    }

    /// The last year that has begun, if some of this money is of that year or earlier: turning it asks what would be if it had
    /// been so from the start.
    pub(super) fn spent_until(&self, quantities: &[QuantityId]) -> Option<i32> {
        let known = last_known(self.model);
        let first = |&id: &QuantityId| {
            let path = self.path(id);
            let amounts = path.contains(".money.") || path.contains(".signed.");
            let instrument = self.instrument_of(path).filter(|_| amounts)?;
            let year = path.rsplit('.').next().and_then(|key| key.parse().ok());
            year.or_else(|| self.model.instruments[instrument].payment_years().map(|(first, _)| first))
        };
        quantities.iter().filter_map(first).min().filter(|&first| first <= known).map(|_| known)
    }

    /// That no money of the policy can move the goal.
    pub(super) fn no_money(&self) -> AnalysisError {
        let Text { zh: policy_zh, en: policy_en } = &self.policy.name;
        let Text { zh, en } = self.goal.info(self.model).name;
        let what = text!(
            "“{policy_zh}”的财政资金与签约额影响不了“{zh}”，靠调整资金求不出所需的值",
            "no public money and no signed investment of \"{policy_en}\" can move \"{en}\", so that no amount of it is an answer"
        );
        let numbers = self.in_force("instrument.*");
        let number = numbers.first().map(|&first| {
            let (path, Text { zh, en }) = (self.path(first), self.name(first));
            text!("{path}（{zh}）等", "{path} ({en}) and the like")
        });
        let others: Vec<Text> = self.without_money().into_iter().chain(number).collect();
        let Text { zh, en } = listed(&others);
        let hint = match others.is_empty() {
            true => text!(
                "没有别的可以调整的能影响它，请用 --target 另选目标",
                "there is no other lever that could: choose another target with --target"
            ),
            false => text!(
                "请用 --target 另选目标，或用 --lever 另选要调整的：{zh}",
                "choose another target with --target, or another lever with --lever: {en}"
            ),
        };
        refused(&what, &hint)
    }

    /// Why an instrument without a channel to the goal cannot be the lever, and which ones can.
    pub(super) fn unmoved(&self, instrument: usize) -> AnalysisError {
        let movers = || self.policy.instruments.iter().filter(|&&index| self.movers[index]);
        let names = |lang: Lang| -> Vec<&str> {
            movers().map(|&index| self.model.instruments[index].name.get(lang)).collect()
        };
        let Text { zh: name_zh, en: name_en } = &self.model.instruments[instrument].name;
        let Text { zh: target_zh, en: target_en } = self.goal.info(self.model).name;
        let what = text!(
            "政策工具“{name_zh}”的作用到不了目标“{target_zh}”，无论怎样调整，结果都不变",
            "the instrument \"{name_en}\" has no channel to the target \"{target_en}\": turning it changes nothing"
        );
        let (zh, en) = (names(Lang::Zh).join("、"), names(Lang::En).join(", "));
        let hint = match zh.is_empty() {
            true => text!("这个方案没有能影响它的政策工具", "no instrument of this policy has one"),
            false => text!("能影响它的政策工具：{zh}", "instruments that have one: {en}"),
        };
        refused(&what, &hint)
    }
}
