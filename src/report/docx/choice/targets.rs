//! Which rows of the table of targets a document of four pages shows.

use super::{Sheet, cut, left_out};
use crate::report::briefing::{
    AboutTarget, Briefing, Cell, DataTable, FEW, Key, other_reading, own_measures,
};
use crate::report::{number, readings_text};
use crate::text;
use crate::text::Lang;

/// Columns of the table of targets.
const TARGETS: [Key; 6] = [Key::Target, Key::Year, Key::Median, Key::Range, Key::Probability, Key::InWords];

/// Whether a target says little: its chance repeats its own pace, or it holds in another reading only.
fn is_weak(about: &AboutTarget) -> bool {
    about.by_rule || about.other_reading
}

/// The targets worth a row: the first one, those of other provinces, the first with another term, then those of the same unit, which are the
/// targets of places, then others of different quantities; `None` without targets.
pub fn targets(briefing: &Briefing, most: usize) -> Option<DataTable> {
    let (from, lang) = (&briefing.targets, briefing.lang);
    let about = |index: usize| briefing.about_targets.get(index).copied().unwrap_or_default();
    let weak = |index: usize| is_weak(&about(index));
    let [year, unit, median, range] = [Key::Year, Key::Unit, Key::Median, Key::Range].map(|key| from.at(key));
    let cell =
        |index: usize, at: Option<usize>| from.rows[index].get(at?).filter(|cell| **cell != Cell::Empty);
    let alike = |a: usize, b: usize, at: Option<usize>| at.is_some() && cell(a, at) == cell(b, at);
    // two demands on one quantity in one year repeat each other
    let same = |a: usize, b: usize| {
        cell(a, median).is_some() && [median, range, year, unit].iter().all(|&at| alike(a, b, at))
    };
    // the demand of the headline with another term, which is what is asked next
    let later = |first: usize, row: usize| {
        let (one, other) = (about(first).level, about(row).level);
        one.is_some() && one == other && alike(first, row, unit) && !alike(first, row, year)
    };
    let mut order: Vec<usize> = Vec::new();
    let mut add = |wanted: &dyn Fn(&[usize], usize) -> bool| {
        for index in 0..from.rows.len() {
            if !order.contains(&index) && wanted(&order, index) {
                order.push(index);
            }
        }
    };
    let new = |order: &[usize], row: usize| !order.iter().any(|&index| same(index, row));
    add(&|order, row| order.is_empty() && about(row).headline);
    add(&|order, row| order.is_empty() && !weak(row));
    // where there are several provinces, the first target of each
    let is_first = |row: usize| !weak(row) && about(row).first;
    let firsts = (0..from.rows.len()).filter(|&row| is_first(row)).count().max(1);
    add(&|order, row| !order.is_empty() && is_first(row));
    add(&|order, row| order.len() == firsts && !weak(row) && later(order[0], row));
    add(&|order, row| !weak(row) && new(order, row) && alike(order[0], row, unit));
    add(&|order, row| !weak(row) && new(order, row));
    add(&|_, row| !weak(row));
    add(&|_, _| true);
    // of a few provinces none is left out
    order.truncate(if firsts <= FEW { most.max(firsts.min(order.len())) } else { most });
    // behind the first one they stand as in the file, where those of one kind stand together
    if let Some(others) = order.get_mut(1..) {
        others.sort_unstable();
    }
    let mut chosen = from.clone();
    chosen.rows = order.iter().map(|&index| from.rows[index].clone()).collect();
    for (row, &index) in chosen.rows.iter_mut().zip(&order) {
        if let (true, Some(name)) = (about(index).other_reading, from.at(Key::Target)) {
            mark(&mut row[name], lang);
        }
        if let (Some(unit), Some(median)) = (unit, median) {
            with_unit(row, unit, median, lang);
        }
    }
    let mut out = cut(&chosen, &TARGETS)?;
    let shown = |is: fn(&AboutTarget) -> bool| order.iter().any(|&index| is(&about(index)));
    out.notes.extend(shown(|one| one.by_rule).then(|| readings_text::by_rule().get(lang).to_owned()));
    out.notes.extend(shown(|one| one.other_reading).then(|| other_reading(lang)));
    // the note belongs to the rows that are shown
    let others = order.iter().map(|&index| about(index)).filter(|one| one.own_measure);
    let of_places = others.clone().any(|one| !one.province);
    let compared = of_places || order.len() > 1;
    out.notes.extend((compared && others.count() > 0).then(|| own_measures(of_places, lang)));
    let all_weak = (0..from.rows.len()).filter(|index| !order.contains(index)).all(weak);
    left_out(&mut out, from, Sheet::Targets, all_weak, lang);
    Some(out)
}

/// The name carries the mark of a target of another reading: the table of a paper has no column of remarks.
fn mark(name: &mut Cell, lang: Lang) {
    let shown = name.shown(lang);
    let marked = text!("{shown}（另一读法）", "{shown} (another reading)");
    *name = Cell::text(marked.get(lang));
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

#[cfg(test)]
mod tests {
    use super::targets;
    use crate::report::briefing::{AboutTarget, Briefing, Cell, Column, DataTable, Format, Key};

    fn firsts(table: &DataTable) -> Vec<String> {
        table.rows.iter().map(|row| row[0].shown(crate::text::Lang::Zh)).collect()
    }

    /// Three targets, the first of a province each, with these marks of their own.
    fn provinces(own_measure: [bool; 3], province: bool) -> Briefing {
        let columns =
            vec![Column::text("名称").of(Key::Target), Column::number("可能性", "").of(Key::Probability)];
        let mut table = DataTable::new("targets", "各项目标", columns);
        for name in ["鄂", "浙", "皖"] {
            table.rows.push(vec![Cell::text(name), Cell::Number(0.5, Format::Share)]);
        }
        let about = own_measure.map(|own_measure| AboutTarget {
            headline: false,
            first: true,
            own_measure,
            province,
            ..AboutTarget::default()
        });
        Briefing { targets: table, about_targets: about.to_vec(), ..Briefing::default() }
    }

    #[test]
    fn of_a_few_provinces_none_is_left_out() {
        assert_eq!(firsts(&targets(&provinces([false; 3], true), 1).unwrap()), ["鄂", "浙", "皖"]);
    }

    #[test]
    fn the_note_on_measures_stands_below_rows_that_have_their_own() {
        let notes = |own: [bool; 3], province| targets(&provinces(own, province), 9).unwrap().notes;
        assert!(notes([false; 3], true).is_empty());
        let of_provinces = notes([false, true, false], true);
        assert!(of_provinces[0].starts_with("各目标按") && !of_provinces[0].contains("集群"));
        assert!(notes([false, true, false], false)[0].starts_with("集群等目标按"));
    }

    #[test]
    fn targets_of_different_quantities_stand_before_repetitions() {
        let mut table = DataTable::new(
            "targets",
            "各项目标",
            vec![
                // what a column is called says nothing about what it holds
                Column::text("名称").of(Key::Target),
                Column::number("到", "").of(Key::Year),
                Column::text("单位").of(Key::Unit),
                Column::number("中位数", "").of(Key::Median),
                Column::text("中位数的说明"),
            ],
        );
        let mut about_targets = Vec::new();
        for (name, year, level, unit, median, other_reading) in [
            ("规模", 2027.0, 2500.0, "亿元", 1427.0, false),
            ("规模晚", 2030.0, 2500.0, "亿元", 1789.0, false),
            ("别读", 2027.0, 7.0, "家", 7.0, true),
            ("武汉", 2027.0, 1000.0, "亿元", 885.0, false),
            ("宜荆荆", 2027.0, 1000.0, "亿元", 935.0, false),
            ("新药", 2027.0, 5.0, "个", 3.0, false),
        ] {
            about_targets.push(AboutTarget {
                headline: name == "规模",
                other_reading,
                level: Some(level),
                ..AboutTarget::default()
            });
            let number = |value| Cell::Number(value, Format::Decimal(0));
            table.rows.push(vec![
                Cell::text(name),
                Cell::Number(year, Format::Year),
                Cell::text(unit),
                number(median),
                Cell::text("另一读法"),
            ]);
        }
        let briefing = Briefing { targets: table, about_targets, ..Briefing::default() };
        assert_eq!(firsts(&targets(&briefing, 2).unwrap()), ["规模", "规模晚"]);
        assert_eq!(firsts(&targets(&briefing, 4).unwrap()), ["规模", "规模晚", "武汉", "宜荆荆"]);
        assert_eq!(firsts(&targets(&briefing, 5).unwrap()), ["规模", "规模晚", "武汉", "宜荆荆", "新药"]);
        // a mark that stands in another column of the long table stands in the name, and only where it is meant
        let all = targets(&briefing, 9).unwrap();
        assert_eq!(firsts(&all), ["规模", "规模晚", "别读（另一读法）", "武汉", "宜荆荆", "新药"]);
        assert_eq!(all.columns.len(), 3);
        assert!(all.notes.iter().any(|note| note.starts_with("标“另一读法”的")), "{:?}", all.notes);
        let note = targets(&briefing, 5).unwrap().notes.pop().unwrap();
        assert!(note.contains("其余1项（另一读法或按目标倒推的目标）见随附工作簿"), "{note}");
    }
}
