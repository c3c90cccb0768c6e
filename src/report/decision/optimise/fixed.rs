//! Which instruments keep their money as it is, and why.

use crate::analysis::decision::optimise::FixedMoney;
use crate::analysis::decision::{Answer, Estimate, Optimum};
use crate::report::briefing::wording::list;
use crate::report::decision::frame::{level, money, yuan};
use crate::text::Lang;

/// Money below this, 亿元, is rounding.
const NOTHING: f64 = 1e-6;

/// One note for every reason; amounts are told wherever there are any.
pub fn notes(answer: &Answer<Optimum>, lang: Lang) -> Vec<String> {
    let (from, fixed) = (answer.findings.from, &answer.findings.fixed);
    let named = |is_one: &dyn Fn(&FixedMoney) -> bool| -> Vec<String> {
        let one = |fixed: &FixedMoney| {
            let name = fixed.instrument.name.get(lang);
            match (fixed.money.abs() < NOTHING, lang) {
                (true, _) => format!("“{name}”"),
                (false, Lang::Zh) => format!("“{name}”（{}）", yuan(fixed.money, lang)),
                (false, Lang::En) => format!("“{name}” ({})", yuan(fixed.money, lang)),
            }
        };
        fixed.iter().filter(|fixed| is_one(fixed)).map(one).collect()
    };
    let is_free = |fixed: &FixedMoney| fixed.reason == "free";
    let costs_others = |fixed: &FixedMoney| fixed.money.abs() >= NOTHING;
    let free = named(&|fixed| is_free(fixed) && !costs_others(fixed));
    let indirect = fixed.iter().filter(|fixed| is_free(fixed) && costs_others(fixed)).map(|fixed| {
        let saved = money(Estimate { value: fixed.money, interval: fixed.interval }, lang);
        let name = fixed.instrument.name.get(lang);
        if lang == Lang::Zh { format!("{name}{saved}") } else { format!("“{name}” {saved}") }
    });
    let (indirect, level) = (indirect.collect::<Vec<_>>(), level(answer));
    let spent = named(&|fixed| fixed.reason == "spent");
    let unscaled = named(&|fixed| fixed.reason == "unscaled");
    let note = |names: Vec<String>, zh: &str, en: &str| {
        (!names.is_empty()).then(|| match lang {
            Lang::Zh => format!("{zh}：{}。", list(&names, lang)),
            Lang::En => format!("{en}: {}.", list(&names, lang)),
        })
    };
    let notes = [
        note(free, "没有财政支出，照旧实施", "Without public money, and kept as they are"),
        note(
            indirect,
            &format!(
                "自身没有资金，但使获批奖补等的支出有变，照旧实施（所列为单独去掉它时少付的钱，括号内为{level}区间；已计入支出）"
            ),
            &format!(
                "Without money of their own, but changing what awards of others come to, and kept as they are (what dropping each alone saves, with its {level} interval; counted as spending)"
            ),
        ),
        note(
            spent,
            &format!("支出（括号内金额）都在{from}年以前，不再调整"),
            &format!("All paid before {from} (the amounts in brackets), and no longer moved"),
        ),
        note(
            unscaled,
            "部分效果与金额无关，不参与调整，支出（括号内金额）照旧",
            "With an effect that does not, or not wholly, depend on the money, which therefore stays as it is (the amounts in brackets)",
        ),
    ];
    notes.into_iter().flatten().collect()
}
