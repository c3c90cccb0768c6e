//! What can be written for a lever, by name: a planner knows instruments, not keys.

use super::lever::At;
use super::years::judged;
use crate::analysis::decision::Goal;
use crate::analysis::reach::growth_moves;
use crate::model::QuantityId;
use crate::scenario::suggest::nearest;
use crate::text;
use crate::text::Text;

/// Numbers that are listed at most.
const LISTED: usize = 8;

/// Texts behind each other.
pub(super) fn listed(parts: &[Text]) -> Text {
    let (zh, en): (Vec<&str>, Vec<&str>) =
        parts.iter().map(|part| (part.zh.as_str(), part.en.as_str())).unzip();
    Text::new(zh.join("、"), en.join(", "))
}

impl At<'_> {
    /// The number that was probably meant, or those of the instrument that was, or the money of all instruments.
    pub(super) fn hint(&self, written: &str) -> Text {
        let all = self.in_force("instrument.*");
        let all: Vec<QuantityId> =
            all.into_iter().filter(|&id| !self.path(id).contains(".allocation.")).collect();
        let paths: Vec<&str> = all.iter().map(|&id| self.path(id)).collect();
        let near = nearest(written, paths.iter().copied());
        let near = all.iter().find(|&&id| Some(self.path(id)) == near);
        let mut also = vec![
            text!("money（全部资金按同一倍数）", "`money` (all money by one factor)"),
            text!("政策工具的名称（它的资金）", "the name of an instrument (its money)"),
        ];
        also.extend(self.without_money());
        let Text { zh, en } = listed(&also);
        let also = text!("也可以写 {zh}", "{en} can be written too");
        let (also_zh, also_en) = (&also.zh, &also.en);
        if let Some(&near) = near {
            let Text { zh, en } = self.told(near);
            return text!("是不是{zh}？{also_zh}", "did you mean {en}? {also_en}");
        }
        let own = |id: &&QuantityId| self.path(**id).starts_with(written);
        let is_money = |id: &&QuantityId| {
            let path = self.path(**id);
            path.contains(".money.") || path.contains(".signed.")
        };
        let shown: Vec<QuantityId> = match written.starts_with("instrument.") {
            true if all.iter().any(|id| own(&id)) => all.iter().filter(own).copied().collect(),
            _ => all.iter().filter(is_money).copied().collect(),
        };
        let names: Vec<Text> = shown.iter().take(LISTED).map(|&id| self.told(id)).collect();
        let Text { zh, en } = listed(&names);
        let (more_zh, more_en) = if shown.len() > LISTED { ("等", ", …") } else { ("", "") };
        match shown.is_empty() {
            true => also,
            false => text!("可以写：{zh}{more_zh}；{also_zh}", "choose from: {en}{more_en}; {also_en}"),
        }
    }

    /// What can be turned besides what a policy decides, as far as it can move the goal.
    pub(super) fn without_money(&self) -> Vec<Text> {
        let grows = growth_moves(self.model, &self.goal.targets(self.model));
        let growth = grows.then(|| text!("growth（趋势增速）", "`growth` (trend growth)"));
        let is_judged = match self.goal {
            Goal::Target(index) => judged(&self.model.targets[*index]).is_some(),
            _ => false,
        };
        growth.into_iter().chain(is_judged.then(|| text!("year（年份）", "`year`"))).collect()
    }

    /// A number by its name, with what is to be written for it.
    fn told(&self, id: QuantityId) -> Text {
        let (path, Text { zh, en }) = (self.path(id), self.name(id));
        text!("“{zh}”（{path}）", "\"{en}\" ({path})")
    }
}
