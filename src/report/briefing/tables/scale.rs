//! The words for probabilities with their bounds.

use super::Heads;
use crate::report::briefing::{Cell, DataTable, Format};
use crate::report::words;
use crate::text::{Lang, Text};

/// The scale, from the least likely word on.
pub fn table(lang: Lang) -> DataTable {
    let heads = Heads(lang);
    let columns = vec![
        heads.text("用语", "Word"),
        heads.number("可能性不低于", "Probability from", &Text::same("%")),
        heads.number("低于", "below", &Text::same("%")),
    ];
    let mut table = DataTable::new("scale", heads.say("可能性用语", "Words for probabilities"), columns);
    let steps = words::scale();
    let last = steps.len().saturating_sub(1);
    for (at, step) in steps.into_iter().enumerate() {
        let bound = |p: f64| Cell::Number(p * 100.0, Format::Decimal(0));
        table.rows.push(vec![
            Cell::text(step.word.get(lang)),
            if at == 0 { Cell::Empty } else { bound(step.from) },
            if at == last { Cell::Empty } else { bound(step.below) },
        ]);
    }
    table.notes.push(heads.say(
        "用语与界限固定，参照政府间气候变化专门委员会（IPCC）的可能性用语。用语会掩盖很小的差别，所以旁边总写明数值；区间跨过界限时，两个用语都写。",
        "Words and bounds are fixed and follow the likelihood scale of the IPCC. Words hide small differences, so a number always \
         stands beside them; where an interval reaches over a bound, both words are given.",
    ));
    table
}
