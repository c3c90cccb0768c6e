//! Faults of an instrument's kind in the planner's words: what it leaves to the row, and kinds that no workbook can hold.

use super::words;
use crate::diag::Diagnostic;
use crate::scenario::parameters::{self, Kind};
use crate::scenario::tables::heads::{self, Head};
use crate::text;
use crate::text::Text;

/// What an instrument's kind leaves to the row, in the words of its columns.
pub fn missing(fault: &Diagnostic, kind: &str) -> Option<(Text, Option<Text>)> {
    let path = fault.subject.as_deref()?;
    let inside = |key: &str| {
        key.strip_prefix(path).is_some_and(|rest| matches!(rest.chars().next(), None | Some('.')))
    };
    let param = |head: &Head| parameters::param(&format!("instrument[].{}", head.key));
    let states = |head: &&Head| inside(head.key) && param(head).is_some_and(|param| param.kind != Kind::Year);
    let found: Vec<&Head> = heads::rows("instrument")?.all().filter(states).collect();
    let columns: Vec<Text> = found.iter().map(|head| head.words()).collect();
    let Text { zh, en } = words::list(&columns);
    let [one] = found[..] else {
        let message =
            text!("“{kind}”这一行的{zh}一个都没有填", "the row of the kind `{kind}` has none of {en}");
        let hint = text!(
            "填一列，只填一列：金额没有可以取用的假设，要自己填",
            "fill in one, and one only: nothing can be assumed for an amount"
        );
        return (!columns.is_empty()).then_some((message, Some(hint)));
    };
    let message = text!("“{kind}”这一行没有填{zh}", "the row of the kind `{kind}` has no {en}");
    let hint = match param(one).map(|param| param.kind) {
        Some(Kind::References(_)) => text!(
            "表里加上{zh}一列，写它作用于哪些，用顿号隔开",
            "add a column {en} that names what it acts on, with commas between names"
        ),
        _ => text!("这个数没有可以取用的假设，要自己填", "nothing can be assumed for it: fill it in"),
    };
    Some((message, Some(hint)))
}

/// A kind that acts on what the workbook does not hold; beside a scenario file that file can state it.
pub fn without_sheet(fault: &Diagnostic, kind: &str, book: bool) -> Option<(Text, Option<Text>)> {
    // the kind of things itself, or a key of the channel that acts on them
    let key = fault.subject.as_deref().unwrap_or_default();
    let acts_on =
        |word: &str| key == word || key.strip_prefix(word).is_some_and(|rest| rest.starts_with("s."));
    let (zh, en) = match () {
        () if !book => return None,
        () if acts_on("arrival") => {
            let Text { zh, en } = words::sheet_of_table("arrival")?;
            return Some((
                text!(
                    "“{kind}”作用于落户企业，工作簿里没有“{zh}”表",
                    "`{kind}` acts on arriving firms, but there is no sheet {en}"
                ),
                Some(text!(
                    "加一张“{zh}”表（每年落户企业数、达产年收入等列），或换一种“工具类型”",
                    "add a sheet {en} (columns `rate`, `size` and so on), or choose another `kind`"
                )),
            ));
        }
        () if acts_on("indicator") => ("指标", "indicators"),
        () => ("研发管线", "pipelines of products"),
    };
    Some((
        text!(
            "“{kind}”不能写进工作簿：它作用于{zh}，工作簿里写不了{zh}",
            "`{kind}` cannot stand in a workbook: it acts on {en}, which no sheet can hold"
        ),
        Some(text!(
            "换一种“工具类型”，或删去这一行，导入以后在情景文件里加（clustercast catalogue 给出写法）",
            "choose another `kind`, or remove the row and add the instrument to the scenario file after the import (`clustercast catalogue` shows how)"
        )),
    ))
}
