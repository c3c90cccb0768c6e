//! Why there is nothing to split.

use super::*;
use crate::analysis::error::NoMoney;
use crate::text::Text;

/// A second province with a fund that pays for longer, and a target that only it can bear on.
fn two_provinces() -> String {
    let other = r#"
[[province]]
id = "q"
name = { zh = "乙省", en = "Beta" }
[[cluster]]
id = "c"
province = "q"
base = "50亿元"
own_volatility = "5%"
mix = { drugs = 1.0 }
[[instrument]]
id = "late"
name = { zh = "乙基金", en = "Beta fund" }
province = "q"
money = { total = "7亿元", from = 2024, to = 2026 }
capacity = { output_ratio = 1.0, online_after = "1年" }
"#;
    let target = r#"
[[target]]
id = "beta"
name = { zh = "五十", en = "Fifty" }
scope = "province.q"
year = 2026
at_least = "50亿元"
"#;
    let own = |id: &str| (format!("id = \"{id}\"\n"), format!("id = \"{id}\"\nprovince = \"p\"\n"));
    let file = FILE.replace("[[cluster]]\nid = \"a\"", &format!("{other}\n[[cluster]]\nid = \"a\""));
    ["fund", "weak", "office"].iter().fold(file + target, |file, id| {
        let (before, after) = own(id);
        file.replace(&before, &after)
    })
}

/// Money of another province is paid for longer, so that not all of the policy's is spent: what bears on the target is.
#[test]
fn money_for_others_is_not_spent() {
    let ask =
        |from| optimum_of(&two_provinces(), "112亿元", &Budget { from: Some(from), ..Budget::default() });
    let Err(AnalysisError::NoMoney(why)) = ask(2026) else { panic!("nothing to split") };
    let NoMoney { from, spent, unscaled, others, .. } = *why.clone();
    let names = |of: &[Text]| of.iter().map(|name| name.zh.clone()).collect::<Vec<_>>();
    assert_eq!(
        (from, names(&spent), names(&unscaled)),
        (2026, vec!["基金".into(), "弱基金".into()], vec!["窗口".into()])
    );
    assert_eq!(others.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["beta"]);
    // the other province's target is named with it
    assert!(others[0].1.zh.contains("乙省"), "{others:?}");
    let text = AnalysisError::NoMoney(why).text();
    assert!(text.zh.contains("基金、弱基金都在2026年以前安排"), "{}", text.zh);
    assert!(text.en.contains("that of Fund, Weak is all paid before 2026"), "{}", text.en);
    // a year later nothing of the whole policy is left
    let Err(fault) = ask(2027) else { panic!("nothing to split") };
    let AnalysisError::AllSpent { from: 2027, first } = fault else { panic!("{fault:?}") };
    // what the fault tells to write is answered
    assert!(fault.text().zh.contains(&format!("--from {first}")), "{}", fault.text().zh);
    assert!(ask(first).is_ok());
}
