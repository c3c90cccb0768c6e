//! What can be written for a lever, by name: a planner knows instruments, not keys.

use super::lever::At;
use crate::model::QuantityId;
use crate::scenario::suggest::nearest;
use crate::text;
use crate::text::Text;

/// Numbers that are listed at most.
const LISTED: usize = 8;

impl At<'_> {
    /// The number that was probably meant, or those of the instrument that was, or the money of all instruments.
    pub(super) fn hint(&self, written: &str) -> Text {
        let all = self.in_force("instrument.*");
        let all: Vec<QuantityId> =
            all.into_iter().filter(|&id| !self.path(id).contains(".allocation.")).collect();
        let paths: Vec<&str> = all.iter().map(|&id| self.path(id)).collect();
        let near = nearest(written, paths.iter().copied());
        let near = all.iter().find(|&&id| Some(self.path(id)) == near);
        let also = Text::new(
            "也可以写 money（全部资金按同一倍数）、政策工具的名称（它的资金）、growth（趋势增速）、year（年份）",
            "`money` (all money by one factor), the name of an instrument (its money), `growth` (trend growth) and `year` can be \
             written too",
        );
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
        let listed: Vec<QuantityId> = match written.starts_with("instrument.") {
            true if all.iter().any(|id| own(&id)) => all.iter().filter(own).copied().collect(),
            _ => all.iter().filter(is_money).copied().collect(),
        };
        let names: Vec<Text> = listed.iter().take(LISTED).map(|&id| self.told(id)).collect();
        let zh: Vec<&str> = names.iter().map(|name| name.zh.as_str()).collect();
        let en: Vec<&str> = names.iter().map(|name| name.en.as_str()).collect();
        let (zh, en) = (zh.join("、"), en.join(", "));
        let (more_zh, more_en) = if listed.len() > LISTED { ("等", ", …") } else { ("", "") };
        match listed.is_empty() {
            true => also,
            false => text!("可以写：{zh}{more_zh}；{also_zh}", "choose from: {en}{more_en}; {also_en}"),
        }
    }

    /// A number by its name, with what is to be written for it.
    fn told(&self, id: QuantityId) -> Text {
        let (path, Text { zh, en }) = (self.path(id), self.name(id));
        text!("“{zh}”（{path}）", "\"{en}\" ({path})")
    }
}
