//! Which rows of the long tables a document of four pages shows, and what it says about the others.

mod targets;

pub use targets::targets;

use super::{places, say};
use crate::report::briefing::{Briefing, Cell, DataTable, Key};
use crate::text;
use crate::text::Lang;

/// Columns of the table of policies. The median of other targets stands in the table of targets.
const POLICIES: [Key; 9] = [
    Key::Policy,
    Key::World,
    Key::Province,
    Key::Target,
    Key::Probability,
    Key::Change,
    Key::ChangeInterval,
    Key::Median,
    Key::Paid,
];

/// The policies worth a row: the headline's, for the main target and those of other provinces, then the reference and the
/// likeliest for the main target, then the others; `None` without policies.
pub fn policies(briefing: &Briefing, most: usize) -> Option<DataTable> {
    let (from, lang, headline) = (&briefing.policies, briefing.lang, &briefing.headline);
    if !briefing.provinces.rows.is_empty() {
        return Some(provinces(briefing, most));
    }
    let at = |key: Key| from.at(key);
    let (policy, world, target) = (at(Key::Policy), at(Key::World), at(Key::Target));
    let is = |row: &[Cell], at: Option<usize>, name: &str| {
        at.and_then(|at| row.get(at)).is_none_or(|cell| cell.shown(lang) == name)
    };
    let chance = |row: &[Cell]| match at(Key::Probability).and_then(|at| row.get(at)) {
        Some(Cell::Chance { estimate, .. } | Cell::Number(estimate, _)) => *estimate,
        _ => -1.0,
    };
    let likelier = |&a: &usize, &b: &usize| chance(&from.rows[b]).total_cmp(&chance(&from.rows[a]));
    let at_home = |row: &[Cell]| is(row, world, &headline.world) && is(row, target, &headline.target);
    let mut order: Vec<usize> = (0..from.rows.len()).collect();
    order.sort_by(likelier);
    let first = order.iter().copied().find(|&index| at_home(&from.rows[index]));
    let rank = |index: usize| {
        let row = &from.rows[index];
        let is_policy = |name: &str| policy.is_some() && is(row, policy, name);
        match (at_home(row), is_policy(&headline.policy), is_policy(&headline.reference)) {
            (true, true, _) => 0,
            (false, true, _) => 1,
            (true, _, true) => 2,
            (true, ..) if first == Some(index) => 3,
            (true, ..) => 4,
            (false, _, true) => 5,
            (false, ..) => 6,
        }
    };
    // provinces stand as in the file; policies for one target by their chance
    order.sort_by_key(|&index| (rank(index), if matches!(rank(index), 1 | 5 | 6) { index } else { 0 }));
    let mut chosen = from.clone();
    chosen.rows = order.iter().map(|&index| from.rows[index].clone()).collect();
    if let Some(all) = places::side_by_side(&chosen, lang) {
        let mut shown = all.clone();
        shown.rows.truncate(most);
        left_out(&mut shown, &all, Sheet::Policies, false, lang);
        return Some(shown);
    }
    chosen.rows.truncate(most);
    let several = target.is_some();
    // a place says which of the main targets it is
    let is_said = |key: &Key| match key {
        Key::Median => several,
        Key::Target => at(Key::Province).is_some(),
        _ => false,
    };
    let keys: Vec<Key> = POLICIES.into_iter().filter(|key| !is_said(key)).collect();
    let mut out = cut(&chosen, &keys)?;
    if let Some((what, _)) = out.title.split_once(['：', ':']).filter(|_| !several) {
        let (target, colon) = (&headline.target, say(lang, "：", ": "));
        out.title = format!("{what}{colon}{target}");
    }
    // how changes are told says nothing where there is nothing to compare with
    let has = |key: Key| {
        let cells = chosen.rows.iter().filter_map(|row| row.get(at(key)?));
        cells.into_iter().any(|cell| *cell != Cell::Empty)
    };
    out.notes.extend(from.notes.first().filter(|_| has(Key::Change) || !has(Key::Probability)).cloned());
    if several {
        same_above(&mut out, lang);
        // whose money it is
        out.notes.extend(from.notes.last().filter(|_| from.notes.len() > 1).cloned());
    }
    left_out(&mut out, from, Sheet::Policies, false, lang);
    Some(out.without_empty_columns())
}

/// Rows that a table of provinces is never cut to, unless there is hardly room for anything.
const PROVINCES: usize = 6;

/// Every province's first target; only a paper with hardly any room leaves some out.
fn provinces(briefing: &Briefing, most: usize) -> DataTable {
    let (from, lang) = (&briefing.provinces, briefing.lang);
    let mut shown = from.clone();
    if most < PROVINCES {
        shown.rows.truncate(most);
    }
    if several_policies(briefing) {
        let note = text!(
            "其他方案见随附工作簿（report.xlsx）“方案比较”表。",
            "The other policies are in the workbook (report.xlsx), sheet “Policies”."
        );
        shown.notes.push(note.get(lang).to_owned());
    }
    left_out(&mut shown, from, Sheet::Policies, false, lang);
    shown
}

/// Whether the results hold more than one policy, so that there is something to compare.
pub fn several_policies(briefing: &Briefing) -> bool {
    let from = &briefing.policies;
    let names = from
        .at(Key::Policy)
        .map(|at| from.rows.iter().filter_map(move |row| Some(row.get(at)?.shown(briefing.lang))));
    let mut names = names.into_iter().flatten();
    let first = names.next();
    names.any(|name| Some(name) != first)
}

/// Whether the tables are about the targets of several provinces.
pub fn several_provinces(briefing: &Briefing) -> bool {
    !briefing.provinces.rows.is_empty() || briefing.policies.at(Key::Province).is_some()
}

/// The table with these columns only, in its own order; `None` if it has no rows.
fn cut(from: &DataTable, keys: &[Key]) -> Option<DataTable> {
    if from.rows.is_empty() {
        return None;
    }
    let is_wanted = |&index: &usize| from.columns[index].key.is_some_and(|key| keys.contains(&key));
    let columns: Vec<usize> = (0..from.columns.len()).filter(is_wanted).collect();
    let mut out = DataTable::new(from.id.clone(), from.title.clone(), Vec::new());
    out.columns = columns.iter().map(|&index| from.columns[index].clone()).collect();
    let pick = |row: &Vec<Cell>| columns.iter().filter_map(|&index| row.get(index).cloned()).collect();
    out.rows = from.rows.iter().map(pick).collect();
    Some(out)
}

/// The name of a policy is not repeated in the rows below it.
fn same_above(table: &mut DataTable, lang: Lang) {
    let mut last = String::new();
    for cell in table.rows.iter_mut().filter_map(|row| row.first_mut()) {
        let name = cell.shown(lang);
        if name == last {
            *cell = Cell::text(text!("同上", "as above").get(lang));
        }
        last = name;
    }
}

/// The sheet of the workbook that has all rows of a table.
#[derive(Clone, Copy)]
enum Sheet {
    Targets,
    Policies,
}

/// Says how many rows are not shown, whether all of them are weak, and where they are.
fn left_out(shown: &mut DataTable, from: &DataTable, sheet: Sheet, all_weak: bool, lang: Lang) {
    let (here, all) = (shown.rows.len(), from.rows.len());
    let left = all.saturating_sub(here);
    if left > 0 {
        // with what the sentences count
        let (zh, en, unit_zh, unit_en) = match sheet {
            Sheet::Targets => ("目标", "Targets", "项", "targets"),
            Sheet::Policies => ("方案比较", "Policies", "行", "rows"),
        };
        let (kind_zh, kind_en) = if all_weak {
            ("（另一读法或按目标倒推的目标）", " (other readings, or set by rule)")
        } else {
            ("", "")
        };
        let note = text!(
            "共{all}{unit_zh}，表中列出{here}{unit_zh}，其余{left}{unit_zh}{kind_zh}见随附工作簿（report.xlsx）“{zh}”表。",
            "{here} of {all} {unit_en} are shown; the other {left}{kind_en} are in the workbook (report.xlsx), sheet “{en}”."
        );
        shown.notes.push(note.get(lang).to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::policies;
    use crate::report::briefing::{Briefing, Cell, Column, DataTable, Headline, Key};

    fn chance(p: f64) -> Cell {
        Cell::Chance { estimate: p, low: p / 2.0, high: p + 0.01 }
    }

    fn firsts(table: &DataTable) -> Vec<String> {
        table.rows.iter().map(|row| row[0].shown(crate::text::Lang::Zh)).collect()
    }

    #[test]
    fn the_headlines_policy_the_reference_and_the_best_come_first() {
        let mut table = DataTable::new(
            "policies",
            "各方案比较",
            vec![
                Column::text("方案").of(Key::Policy),
                Column::text("目标").of(Key::Target),
                Column::number("可能性", "").of(Key::Probability),
            ],
        );
        for (policy, home, other) in
            [("无", 0.1, 0.2), ("甲", 0.2, 0.3), ("全套", 0.4, 0.4), ("加倍", 0.5, 0.9), ("乙", 0.3, 0.9)]
        {
            table.rows.push(vec![Cell::text(policy), Cell::text("湖北"), chance(home)]);
            table.rows.push(vec![Cell::text(policy), Cell::text("浙江"), chance(other)]);
        }
        let headline = Headline {
            policy: "全套".into(),
            reference: "无".into(),
            target: "湖北".into(),
            ..Headline::default()
        };
        let briefing = Briefing { policies: table, headline, ..Briefing::default() };
        let found = policies(&briefing, 4).unwrap();
        // the headline's policy with the targets of all provinces, and what it is compared with
        assert_eq!(firsts(&found), ["全套", "同上", "无", "加倍"]);
        let places: Vec<String> = found.rows.iter().map(|row| row[1].shown(crate::text::Lang::Zh)).collect();
        assert_eq!(places, ["湖北", "浙江", "湖北", "湖北"]);
        assert!(
            found.notes.iter().any(|note| note.contains("其余6行见随附工作簿（report.xlsx）“方案比较”表"))
        );
        let six = policies(&briefing, 6).unwrap();
        assert_eq!(firsts(&six), ["全套", "同上", "无", "加倍", "乙", "甲"]);
    }
}
