//! Which rows of the long tables a document of four pages shows, and what it says about the others.

use super::{places, say};
use crate::report::briefing::{Briefing, Cell, DataTable, own_measures};
use crate::report::number;
use crate::text;
use crate::text::Lang;

/// Heads of the table of targets, as they begin in both languages.
const TARGETS: [[&str; 2]; 6] = [
    ["目标", "Target"],
    ["年份", "Year"],
    ["中位数", "Median"],
    ["5%–95%", "5–95%"],
    ["可能性", "Probability"],
    ["判断", "In words"],
];
/// Heads of the table of policies. The median of other targets stands in the table of targets.
const POLICIES: [[&str; 2]; 9] = [
    ["方案", "Policy"],
    ["情景", "World"],
    ["省", "Province"],
    ["目标", "Target"],
    ["可能性", "Probability"],
    ["比参照方案", "Against"],
    ["变化的", "95% interval of the change"],
    ["中位数", "Median"],
    ["财政支出", "Public money paid"],
];
/// Marks of targets that say little: their chance repeats their own pace, or they hold in another reading only.
const WEAK: [&str; 4] = ["按目标倒推", "by rule", "另一读法", "another reading"];

/// The targets worth a row: the first one, those of other provinces, the first with another term, then those of the same unit, which are the
/// targets of places, then others of different quantities; `None` without targets.
pub fn targets(briefing: &Briefing, most: usize) -> Option<DataTable> {
    let (from, lang) = (&briefing.targets, briefing.lang);
    let weak = |row: &[Cell]| {
        row.iter().any(|cell| matches!(cell, Cell::Text(text) if WEAK.iter().any(|mark| text.contains(mark))))
    };
    let unit = column(from, ["单位", "Unit"]);
    let shown = |row: &[Cell], at: Option<usize>| {
        at.and_then(|at| row.get(at)).map(|cell| cell.shown(lang)).unwrap_or_default()
    };
    let demand = column(from, ["要求", "Demand"]);
    // two demands on one quantity in one year repeat each other
    let (year, median, range) =
        (column(from, TARGETS[1]), column(from, TARGETS[2]), column(from, TARGETS[3]));
    let alike = |a: &[Cell], b: &[Cell], at: Option<usize>| at.is_some() && shown(a, at) == shown(b, at);
    let same = |a: &[Cell], b: &[Cell]| {
        [median, range, year, unit].iter().all(|&at| alike(a, b, at)) && shown(a, median) != "—"
    };
    // the demand of the headline with another term, which is what is asked next
    let later = |first: &[Cell], row: &[Cell]| {
        let (one, other) = (shown(first, demand), shown(row, demand));
        amount(&one).is_some()
            && amount(&one) == amount(&other)
            && alike(first, row, unit)
            && !alike(first, row, year)
    };
    let mut order: Vec<usize> = Vec::new();
    let mut add = |wanted: &dyn Fn(&[usize], &[Cell]) -> bool| {
        for (index, row) in from.rows.iter().enumerate() {
            if !order.contains(&index) && wanted(&order, row) {
                order.push(index);
            }
        }
    };
    let new = |order: &[usize], row: &[Cell]| !order.iter().any(|&index| same(&from.rows[index], row));
    let headline = &briefing.headline.target;
    add(&|order, row| order.is_empty() && shown(row, Some(0)) == *headline);
    add(&|order, row| order.is_empty() && !weak(row));
    // where there are several provinces, the first target of each
    let of_places: Vec<String> =
        match (column(&briefing.policies, POLICIES[2]), column(&briefing.policies, POLICIES[3])) {
            (Some(_), Some(at)) => briefing.policies.rows.iter().map(|row| shown(row, Some(at))).collect(),
            _ => Vec::new(),
        };
    let is_first = |row: &[Cell]| !weak(row) && of_places.contains(&shown(row, Some(0)));
    let firsts = from.rows.iter().filter(|row| is_first(row)).count().max(1);
    add(&|order, row| !order.is_empty() && is_first(row));
    add(&|order, row| order.len() == firsts && !weak(row) && later(&from.rows[order[0]], row));
    add(&|order, row| !weak(row) && new(order, row) && alike(&from.rows[order[0]], row, unit));
    add(&|order, row| !weak(row) && new(order, row));
    add(&|_, row| !weak(row));
    add(&|_, _| true);
    order.truncate(most);
    // behind the first one they stand as in the file, where those of one kind stand together
    if let Some(others) = order.get_mut(1..) {
        others.sort_unstable();
    }
    let mut chosen = from.clone();
    chosen.rows = order.iter().map(|&index| from.rows[index].clone()).collect();
    let marks = WEAK.map(|mark| (mark, chosen.rows.iter_mut().any(|row| marked(row, mark, lang))));
    if let (Some(unit), Some(median)) = (unit, median) {
        for row in &mut chosen.rows {
            with_unit(row, unit, median, lang);
        }
    }
    let mut out = cut(&chosen, &TARGETS)?;
    let explains = |note: &&String| marks.iter().any(|(mark, shown)| *shown && note.contains(mark));
    out.notes.extend(from.notes.iter().filter(explains).cloned());
    let measures = own_measures(lang);
    if from.notes.contains(&measures) {
        out.notes.push(measures);
    }
    let left: Vec<&Vec<Cell>> =
        (0..from.rows.len()).filter(|index| !order.contains(index)).map(|index| &from.rows[index]).collect();
    let all_weak = left.iter().all(|row| weak(row));
    left_out(&mut out, from, ["目标", "Targets"], all_weak, lang);
    Some(out)
}

/// The policies worth a row: the headline's, for the main target and those of other provinces, then the reference and the
/// likeliest for the main target, then the others; `None` without policies.
pub fn policies(briefing: &Briefing, most: usize) -> Option<DataTable> {
    let (from, lang, headline) = (&briefing.policies, briefing.lang, &briefing.headline);
    if !briefing.provinces.rows.is_empty() {
        return Some(provinces(briefing, most));
    }
    let at = |head| column(from, head);
    let (policy, world, target) = (at(POLICIES[0]), at(POLICIES[1]), at(POLICIES[3]));
    let is = |row: &[Cell], at: Option<usize>, name: &str| {
        at.and_then(|at| row.get(at)).is_none_or(|cell| cell.shown(lang) == name)
    };
    let chance = |row: &[Cell]| match at(POLICIES[4]).and_then(|at| row.get(at)) {
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
        left_out(&mut shown, &all, ["方案比较", "Policies"], false, lang);
        return Some(shown);
    }
    chosen.rows.truncate(most);
    let several = target.is_some();
    // a place says which of the main targets it is
    let is_said = |head: &[&str; 2]| match head[1] {
        "Median" => several,
        "Target" => at(POLICIES[2]).is_some(),
        _ => false,
    };
    let heads: Vec<[&str; 2]> = POLICIES.into_iter().filter(|head| !is_said(head)).collect();
    let mut out = cut(&chosen, &heads)?;
    if let Some((what, _)) = out.title.split_once(['：', ':']).filter(|_| !several) {
        let (target, colon) = (&headline.target, say(lang, "：", ": "));
        out.title = format!("{what}{colon}{target}");
    }
    out.notes.extend(from.notes.first().cloned());
    if several {
        same_above(&mut out, lang);
        // whose money it is
        out.notes.extend(from.notes.last().filter(|_| from.notes.len() > 1).cloned());
    }
    left_out(&mut out, from, ["方案比较", "Policies"], false, lang);
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
    left_out(&mut shown, from, ["方案比较", "Policies"], false, lang);
    shown
}

/// Whether the results hold more than one policy, so that there is something to compare.
pub fn several_policies(briefing: &Briefing) -> bool {
    let from = &briefing.policies;
    let names = column(from, POLICIES[0])
        .map(|at| from.rows.iter().filter_map(move |row| Some(row.get(at)?.shown(briefing.lang))));
    let mut names = names.into_iter().flatten();
    let first = names.next();
    names.any(|name| Some(name) != first)
}

/// Whether the tables are about the targets of several provinces.
pub fn several_provinces(briefing: &Briefing) -> bool {
    !briefing.provinces.rows.is_empty() || column(&briefing.policies, POLICIES[2]).is_some()
}

/// The column whose head begins with one of these words.
fn column(table: &DataTable, heads: [&str; 2]) -> Option<usize> {
    table.columns.iter().position(|column| heads.iter().any(|head| column.head.starts_with(head)))
}

/// The number that a demand ends with, such as the 2500 of “2027年不低于2500亿元”.
fn amount(demand: &str) -> Option<&str> {
    let numbers = demand.split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')));
    // a year is no amount
    let mut numbers = numbers.filter(|n| !(n.is_empty() || n.len() == 4 && n.starts_with("20")));
    numbers.next_back()
}

/// The table with these columns only, all of them where none is known; `None` if it has no rows.
fn cut(from: &DataTable, heads: &[[&str; 2]]) -> Option<DataTable> {
    if from.rows.is_empty() {
        return None;
    }
    let mut columns: Vec<usize> = heads.iter().filter_map(|head| column(from, *head)).collect();
    columns.sort_unstable();
    columns.dedup();
    if columns.is_empty() {
        columns = (0..from.columns.len().min(6)).collect();
    }
    let mut out = DataTable::new(from.id.clone(), from.title.clone(), Vec::new());
    out.columns = columns.iter().map(|&index| from.columns[index].clone()).collect();
    let pick = |row: &Vec<Cell>| columns.iter().filter_map(|&index| row.get(index).cloned()).collect();
    out.rows = from.rows.iter().map(pick).collect();
    Some(out)
}

/// Whether a row carries a mark, which its name then carries too: the table of a paper has no column of remarks.
fn marked(row: &mut [Cell], mark: &str, lang: Lang) -> bool {
    let holds = |cell: &Cell| matches!(cell, Cell::Text(text) if text.contains(mark));
    let is_marked = row.iter().any(holds);
    if let Some(name) = row.first_mut().filter(|name| is_marked && !holds(name)) {
        *name = Cell::Text(name.shown(lang) + &say(lang, &format!("（{mark}）"), &format!(" ({mark})")));
    }
    is_marked
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

/// Where units differ by row, the median carries its own.
fn with_unit(row: &mut [Cell], unit: usize, median: usize, lang: Lang) {
    let Some(Cell::Text(unit)) = row.get(unit).cloned() else { return };
    let Some(cell) = row.get_mut(median) else { return };
    let shown = cell.shown(lang);
    if !matches!(cell, Cell::Empty) && !shown.ends_with('%') {
        *cell = Cell::Text(match lang {
            Lang::Zh => format!("{shown}{unit}"),
            Lang::En if shown == "1" => format!("1 {}", number::singular(&unit)),
            Lang::En => format!("{shown} {unit}"),
        });
    }
}

/// Says how many rows are not shown, whether all of them are weak, and where they are.
fn left_out(shown: &mut DataTable, from: &DataTable, sheet: [&str; 2], all_weak: bool, lang: Lang) {
    let (here, all) = (shown.rows.len(), from.rows.len());
    let left = all.saturating_sub(here);
    if left > 0 {
        let [zh, en] = sheet;
        // what the sentences count
        let (unit_zh, unit_en) = if en == "Targets" { ("项", "targets") } else { ("行", "rows") };
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
    use super::{amount, policies, targets};
    use crate::report::briefing::{Briefing, Cell, Column, DataTable, Format, Headline};

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
            vec![Column::text("方案"), Column::text("目标"), Column::number("可能性", "")],
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

    #[test]
    fn targets_of_different_quantities_stand_before_repetitions() {
        let mut table = DataTable::new(
            "targets",
            "各项目标",
            vec![
                Column::text("目标"),
                Column::number("年份", ""),
                Column::text("要求"),
                Column::text("单位"),
                Column::number("中位数", ""),
                Column::text("说明"),
            ],
        );
        for (name, year, demand, unit, median, remark) in [
            ("规模", 2027.0, "不低于2500亿元", "亿元", 1427.0, ""),
            ("规模晚", 2030.0, "不低于2500亿元", "亿元", 1789.0, ""),
            ("倒推", 2027.0, "不低于7家", "家", 7.0, "按目标倒推"),
            ("武汉", 2027.0, "不低于1000亿元", "亿元", 885.0, ""),
            ("宜荆荆", 2027.0, "不低于1000亿元", "亿元", 935.0, ""),
            ("新药", 2027.0, "不低于5个", "个", 3.0, ""),
        ] {
            let number = |value| Cell::Number(value, Format::Decimal(0));
            table.rows.push(vec![
                Cell::text(name),
                Cell::Number(year, Format::Year),
                Cell::text(demand),
                Cell::text(unit),
                number(median),
                Cell::text(remark),
            ]);
        }
        let headline = Headline { target: "规模".into(), ..Headline::default() };
        let briefing = Briefing { targets: table, headline, ..Briefing::default() };
        assert_eq!(firsts(&targets(&briefing, 2).unwrap()), ["规模", "规模晚"]);
        assert_eq!(firsts(&targets(&briefing, 4).unwrap()), ["规模", "规模晚", "武汉", "宜荆荆"]);
        assert_eq!(firsts(&targets(&briefing, 5).unwrap()), ["规模", "规模晚", "武汉", "宜荆荆", "新药"]);
        // a mark that stands in another column of the long table stands in the name
        let all = targets(&briefing, 9).unwrap();
        assert_eq!(all.rows.len(), 6);
        assert!(firsts(&all).contains(&"倒推（按目标倒推）".to_owned()));
        let note = targets(&briefing, 5).unwrap().notes.pop().unwrap();
        assert!(note.contains("其余1项（另一读法或按目标倒推的目标）见随附工作簿"), "{note}");
    }

    #[test]
    fn the_amount_of_a_demand_is_no_year() {
        assert_eq!(amount("2027年不低于2500亿元"), Some("2500"));
        assert_eq!(amount("全部达到"), None);
    }
}
