//! The table of policies with a column for every province, where there are few: one row tells what a policy does everywhere.

use crate::report::briefing::{Cell, Column, DataTable, Key};
use crate::report::number;
use crate::text;
use crate::text::Lang;

/// The most provinces whose columns stand side by side on the page.
const MOST: usize = 3;

/// `from` with one row for a policy in a world: probability and change of every province's first target, each with the money
/// that can bear on it where that is known. `None` where there is one province, or too many.
pub fn side_by_side(from: &DataTable, lang: Lang) -> Option<DataTable> {
    let at = |key: Key| from.at(key);
    let (policy, place, world) = (at(Key::Policy)?, at(Key::Province)?, at(Key::World));
    let (chance, change, interval) = (at(Key::Probability)?, at(Key::Change)?, at(Key::ChangeInterval)?);
    let money = at(Key::Paid)?;
    let shown = |row: &[Cell], at: usize| row.get(at).map(|cell| cell.shown(lang)).unwrap_or_default();
    let mut places: Vec<String> = Vec::new();
    for row in &from.rows {
        let place = shown(row, place);
        if !places.contains(&place) {
            places.push(place);
        }
    }
    if places.len() > MOST {
        return None;
    }
    let column = |at: usize| from.columns[at].clone();
    let mut columns = vec![column(policy)];
    columns.extend(world.map(column));
    columns.extend(places.iter().map(|place| Column { key: None, head: place.clone(), ..column(chance) }));
    // the money of each province stands in its cell; that of all together has a column
    let money_of =
        |row: &[Cell]| row.get(money).filter(|cell| **cell != Cell::Empty).map(|cell| cell.shown(lang));
    let own = from.rows.iter().all(|row| money_of(row).is_some());
    if !own {
        columns.push(column(money));
    }
    let unit = number::unit_behind(lang);
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
        for name in &places {
            let found = from.rows.iter().find(|row| of(row) == key && shown(row, place) == *name);
            match found {
                Some(found) => {
                    let (p, size) = (shown(found, chance), shown(found, change));
                    let told = match (&found[interval], lang) {
                        (Cell::Interval(low, high, _), Lang::Zh) if *low <= 0.0 && *high >= 0.0 => {
                            format!("{p}（分不出）")
                        }
                        (Cell::Interval(low, high, _), Lang::En) if *low <= 0.0 && *high >= 0.0 => {
                            format!("{p} (unclear)")
                        }
                        (Cell::Interval(..), Lang::Zh) => format!("{p}（{size}）"),
                        (Cell::Interval(..), Lang::En) => format!("{p} ({size})"),
                        _ => p,
                    };
                    let paid = money_of(found).filter(|_| own);
                    row.push(Cell::Text(
                        paid.map_or_else(|| told.clone(), |paid| format!("{told}\n{paid}{unit}")),
                    ));
                }
                None => row.push(Cell::Empty),
            }
        }
        if !own {
            row.push(first[money].clone());
        }
        table.rows.push(row);
        begun.push(key);
    }
    // which target it is, the sentences say
    let note = text!(
        "各格为首要目标的可能性，括号内为比参照方案的变化（百分点，逐次相比），区间跨过0的写“分不出”。",
        "Each cell has the probability of the first target and, in parentheses, the change against the reference, trial by trial \
         (percentage points; “unclear” where its interval spans 0)."
    );
    let whose = if own {
        text!(
            "第二行为能作用于该省这一目标的财政支出；同一工具作用于几个省的，各省都计。",
            " Below it stands the public money that can bear on that target; what bears on several provinces counts in each."
        )
    } else {
        text!(
            "财政支出是整个方案的，各省合计。",
            " Public money is that of the whole policy in all provinces together."
        )
    };
    table.notes.push(format!("{}{}", note.get(lang), whose.get(lang)));
    Some(table)
}

#[cfg(test)]
mod tests {
    use super::side_by_side;
    use crate::report::briefing::{Cell, Column, DataTable, Format, Key};
    use crate::text::Lang;

    fn table(places: &[&str]) -> DataTable {
        let texts = [("方案", Key::Policy), ("省", Key::Province), ("目标", Key::Target)];
        let texts = texts.map(|(head, key)| Column::text(head).of(key));
        // what a column is called says nothing about what it holds
        let numbers = [
            ("可能性", Key::Probability),
            ("可能性的变化", Key::Change),
            ("99%区间", Key::ChangeInterval),
            ("财政支出", Key::Paid),
        ];
        let numbers = numbers.map(|(head, key)| Column::number(head, "").of(key));
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
        assert!(found.notes[0].ends_with("财政支出是整个方案的，各省合计。"), "{:?}", found.notes);
        // where the money of each is known, it stands beside its own chance
        let mut own = table(&["湖北省", "安徽省"]);
        for (row, money) in own.rows.iter_mut().zip([10.0, 5.0, 20.0, 7.0]) {
            row[6] = Cell::Number(money, Format::Money);
        }
        let found = side_by_side(&own, Lang::Zh).unwrap();
        let second: Vec<String> = found.rows[1].iter().map(|cell| cell.shown(Lang::Zh)).collect();
        assert_eq!(second, ["乙", "20.0%（+2.00）\n20.0亿元", "40.0%（+4.00）\n7.00亿元"]);
        assert!(found.notes[0].contains("第二行为能作用于该省这一目标的财政支出"), "{:?}", found.notes);
    }

    #[test]
    fn many_provinces_keep_their_rows() {
        assert_eq!(side_by_side(&table(&["甲", "乙", "丙", "丁"]), Lang::Zh), None);
    }
}
