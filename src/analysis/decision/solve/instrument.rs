//! An instrument as a lever: its money, or why it is none.

use super::lever::{At, Lever, refused};
use crate::analysis::AnalysisError;
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
