//! The table of policies with a column for every province, where there are few: one row tells what a policy does everywhere.

use super::say;
use crate::report::briefing::{Cell, Column, DataTable};
use crate::text;
use crate::text::Lang;

/// The most provinces whose columns stand side by side on the page.
const MOST: usize = 3;
/// The columns that every row of the table has, by the beginnings of their heads in both languages.
const HEADS: [[&str; 2]; 6] = [
    ["方案", "Policy"],
    ["省", "Province"],
    ["目标", "Target"],
    ["可能性", "Probability"],
    ["比参照方案", "Against"],
    ["变化的", "95% interval of the change"],
];

/// `from` with one row for a policy in a world: probability and change of every province's first target, then the money of
/// the first one. `None` where there is one province, or too many.
pub fn side_by_side(from: &DataTable, lang: Lang) -> Option<DataTable> {
    let at = |heads: [&str; 2]| {
        from.columns.iter().position(|column| heads.iter().any(|head| column.head.starts_with(head)))
    };
    let [policy, place, target, chance, change, interval] = HEADS.map(at);
    let (policy, place, target) = (policy?, place?, target?);
    let (chance, change, interval) = (chance?, change?, interval?);
    let (world, money) = (at(["情景", "World"]), at(["财政支出", "Public money paid"])?);
    let shown = |row: &[Cell], at: usize| row.get(at).map(|cell| cell.shown(lang)).unwrap_or_default();
    let mut places: Vec<(String, String)> = Vec::new();
    for row in &from.rows {
        let (place, target) = (shown(row, place), shown(row, target));
        if !places.iter().any(|(known, _)| *known == place) {
            places.push((place, target));
        }
    }
    if places.len() > MOST {
        return None;
    }
    let column = |at: usize| from.columns[at].clone();
    let mut columns = vec![column(policy)];
    columns.extend(world.map(column));
    columns.extend(places.iter().map(|(place, _)| Column { head: place.clone(), ..column(chance) }));
    columns.push(column(money));
    let mut table = DataTable::new(from.id.clone(), from.title.clone(), columns);
    let of = |row: &[Cell]| (shown(row, policy), world.map(|at| shown(row, at)));
    let mut begun: Vec<(String, Option<String>)> = Vec::new();
    for first in &from.rows {
        let key = of(first);
        if begun.contains(&key) {
            continue;
        }
        let mut row = vec![first[policy].clone()];
        row.extend(world.map(|at| first[at].clone()));
        for (name, _) in &places {
            let found = from.rows.iter().find(|row| of(row) == key && shown(row, place) == *name);
            match found {
                Some(found) => {
                    let (p, size) = (shown(found, chance), shown(found, change));
                    row.push(match (&found[interval], lang) {
                        (Cell::Interval(low, high, _), Lang::Zh) if *low <= 0.0 && *high >= 0.0 => {
                            Cell::Text(format!("{p}（分不出）"))
                        }
                        (Cell::Interval(low, high, _), Lang::En) if *low <= 0.0 && *high >= 0.0 => {
                            Cell::Text(format!("{p} (unclear)"))
                        }
                        (Cell::Interval(..), Lang::Zh) => Cell::Text(format!("{p}（{size}）")),
                        (Cell::Interval(..), Lang::En) => Cell::Text(format!("{p} ({size})")),
                        _ => Cell::Text(p),
                    });
                }
                None => row.push(Cell::Empty),
            }
        }
        row.push(first[money].clone());
        table.rows.push(row);
        begun.push(key);
    }
    let targets: Vec<&str> = places.iter().map(|(_, target)| target.as_str()).collect();
    let list = targets.join(&say(lang, "；", "; "));
    let note = text!(
        "目标：{list}。括号内为比参照方案的变化（百分点，逐次相比）；区间跨过0的写“分不出”，区间见随附工作簿。",
        "Targets: {list}. In parentheses the change against the reference, trial by trial (percentage points), “unclear” where its \
         interval spans 0; the intervals are in the workbook."
    );
    table.notes.push(note.get(lang).to_owned());
    // whose money it is
    table.notes.extend(from.notes.last().filter(|_| from.notes.len() > 1).cloned());
    Some(table)
}

#[cfg(test)]
mod tests {
    use super::side_by_side;
    use crate::report::briefing::{Cell, Column, DataTable, Format};
    use crate::text::Lang;

    fn table(places: &[&str]) -> DataTable {
        let texts = ["方案", "省", "目标"].map(Column::text);
        let numbers = ["可能性", "比参照方案", "变化的95%区间", "财政支出"];
        let numbers = numbers.map(|head| Column::number(head, ""));
        let mut table = DataTable::new("policies", "各方案比较", texts.into_iter().chain(numbers).collect());
        for (policy, base) in [("甲", 0.1), ("乙", 0.2)] {
            for (index, place) in (1..).zip(places) {
                let p = base * f64::from(index);
                table.rows.push(vec![
                    Cell::text(policy),
                    Cell::text(*place),
                    Cell::text(format!("{place}的目标")),
                    Cell::Chance { estimate: p, low: p / 2.0, high: p * 1.5 },
                    Cell::Number(p / 10.0, Format::Points),
                    Cell::Interval(p / 20.0, p / 5.0, Format::Points),
                    if index == 1 { Cell::Number(base * 100.0, Format::Money) } else { Cell::Empty },
                ]);
            }
        }
        table
    }

    #[test]
    fn every_policy_tells_every_province_in_one_row() {
        let found = side_by_side(&table(&["湖北省", "安徽省"]), Lang::Zh).unwrap();
        let heads: Vec<&str> = found.columns.iter().map(|column| column.head.as_str()).collect();
        assert_eq!(heads, ["方案", "湖北省", "安徽省", "财政支出"]);
        let rows: Vec<Vec<String>> =
            found.rows.iter().map(|row| row.iter().map(|cell| cell.shown(Lang::Zh)).collect()).collect();
        assert_eq!(rows[0], ["甲", "10.0%（+1.00）", "20.0%（+2.00）", "10.0"]);
        assert_eq!(rows[1], ["乙", "20.0%（+2.00）", "40.0%（+4.00）", "20.0"]);
        assert_eq!(rows.len(), 2);
        assert!(found.notes[0].starts_with("目标：湖北省的目标；安徽省的目标。括号"), "{:?}", found.notes);
    }

    #[test]
    fn many_provinces_keep_their_rows() {
        assert_eq!(side_by_side(&table(&["甲", "乙", "丙", "丁"]), Lang::Zh), None);
    }
}
