//! How wide the columns of a table are: no number and no word is torn, and what is left goes to the longest texts.

use super::layout::{TABLE, WIDTH};
use crate::report::briefing::DataTable;
use crate::report::table::columns_of;
use crate::text::Lang;

/// Half-width characters that a column takes at most without need.
const MOST: usize = 36;
/// Half-width characters of a Chinese text that may stand in a line at least.
const LEAST: usize = 8;

/// Width of a digit or letter against half a Chinese character, in the widest face that an office may put in the place
/// of the right one.
const FACE: f64 = 1.3;

/// Width of every column in twips; together they are as wide as the text.
pub fn widths(table: &DataTable, lang: Lang) -> Vec<usize> {
    let needs: Vec<(f64, f64)> = (0..table.columns.len()).map(|index| needs(table, index, lang)).collect();
    let full = WIDTH as f64;
    let least: f64 = needs.iter().map(|(least, _)| least).sum();
    let wanted: f64 = needs.iter().map(|(_, wanted)| wanted).sum();
    let width = |(least_one, wanted_one): &(f64, f64)| {
        if least >= full {
            // only a table of very many columns comes to this
            least_one * full / least
        } else if wanted > full {
            least_one + (wanted_one - least_one) * (full - least) / (wanted - least)
        } else {
            wanted_one + wanted_one * (full - wanted) / wanted
        }
    };
    needs.iter().map(|one| width(one).floor() as usize).collect()
}

/// The width that a column cannot do without and the one that it would fill, in twips.
fn needs(table: &DataTable, index: usize, lang: Lang) -> (f64, f64) {
    let column = &table.columns[index];
    let cells = || table.rows.iter().filter_map(|row| row.get(index)).map(|cell| cell.shown(lang));
    let head = column.full_head(lang);
    let least = cells().map(|cell| if column.numeric { unbroken(&cell) } else { longest_word(&cell) });
    let least = least.max().unwrap_or_default() as f64 * FACE;
    let least = least.max(longest_word(&head) as f64 * head_face(lang));
    let widest = cells().map(|cell| columns_of(&cell)).max().unwrap_or_default();
    // heads may break into two or three lines
    let wanted =
        (widest.min(MOST) as f64).max(columns_of(&head).div_ceil(2) as f64 * head_face(lang)).max(least);
    let twips = |columns: f64| columns * TABLE * 10.0 + 280.0;
    (twips(least), twips(wanted))
}

/// Columns of a head; English ones are bold.
fn head_face(lang: Lang) -> f64 {
    match lang {
        Lang::Zh => 1.03,
        Lang::En => 1.45,
    }
}

/// Columns of a number with what belongs to it, between spaces.
fn unbroken(cell: &str) -> usize {
    cell.split(' ').map(columns_of).max().unwrap_or_default()
}

/// Columns of the longest stretch that cannot break: a Latin word, or a few Chinese characters.
fn longest_word(text: &str) -> usize {
    let latin = text.split(|c: char| c == ' ' || c == '-' || c > '\u{2E7F}');
    let latin = latin.map(columns_of).max().unwrap_or_default();
    let chinese = if text.contains(|c: char| c > '\u{2E7F}') { columns_of(text).min(LEAST) } else { 0 };
    latin.max(chinese)
}

#[cfg(test)]
mod tests {
    use super::{longest_word, widths};
    use crate::report::briefing::{Cell, Column, DataTable, Format};
    use crate::text::Lang;

    #[test]
    fn neither_numbers_nor_words_are_torn() {
        let columns = vec![
            Column::text("Target"),
            Column::number("5–95% of results", ""),
            Column::number("Probability", ""),
            Column::text("In words"),
        ];
        let mut table = DataTable::new("t", "t", columns);
        table.rows.push(vec![
            Cell::text("Provincial revenue of 2500 in 2027, a very long name of a target that has to break into lines"),
            Cell::Interval(999.0, 2031.0, Format::Money),
            Cell::Chance { estimate: 0.0, low: 0.0, high: 0.0002 },
            Cell::text("between “about as likely as not” and “unlikely”, almost impossible"),
        ]);
        let widths = widths(&table, Lang::En);
        // a half-width character takes 105 twips, and the margins of a cell 140
        let room = |index: usize| (widths[index] - 140) / 105;
        assert!(room(1) >= "999–2,031".chars().count(), "{widths:?}");
        assert!(room(2) >= "Probability".len(), "{widths:?}");
        assert!(room(3) >= "impossible".len(), "{widths:?}");
        assert!(widths.iter().sum::<usize>() <= super::WIDTH);
    }

    #[test]
    fn chinese_breaks_anywhere_and_english_between_words() {
        assert_eq!(longest_word("almost impossible"), 10);
        assert_eq!(longest_word("可能性"), 6);
        assert_eq!(longest_word("湖北省生物医药产业"), 8);
    }
}
