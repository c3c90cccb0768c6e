//! How wide the columns of a table are: no number and no word is torn, and what is left goes to the longest texts.

use super::layout::{self, CELL, TEXT};
use super::measure::Face;
use crate::report::briefing::DataTable;
use crate::text::Lang;

/// Share of the line that a column of words takes at most without need.
const MOST: f64 = 0.34;
/// Chinese characters that may stand in a line of a cell at least.
const LEAST: usize = 5;
/// Lines that a head may break into.
const HEAD_LINES: f64 = 2.5;

/// Width of every column in twips; together they are as wide as the text.
pub fn widths(table: &DataTable, lang: Lang) -> Vec<usize> {
    let needs: Vec<(f64, f64)> = (0..table.columns.len()).map(|index| needs(table, index, lang)).collect();
    let least: f64 = needs.iter().map(|(least, _)| least).sum();
    let wanted: f64 = needs.iter().map(|(_, wanted)| wanted).sum();
    let width = |(least_one, wanted_one): &(f64, f64)| {
        if least >= TEXT {
            // only a table of very many columns comes to this
            least_one * TEXT / least
        } else if wanted > TEXT {
            least_one + (wanted_one - least_one) * (TEXT - least) / (wanted - least)
        } else {
            wanted_one + wanted_one * (TEXT - wanted) / wanted
        }
    };
    needs.iter().map(|one| (width(one) * 20.0).floor() as usize).collect()
}

/// The width that a column cannot do without and the one that it would fill, in points.
fn needs(table: &DataTable, index: usize, lang: Lang) -> (f64, f64) {
    let column = &table.columns[index];
    let size = layout::table(table.rows.len(), lang).size;
    let (face, bold) = (Face::plain(size, lang), Face::head(size, lang));
    let cells = || table.rows.iter().filter_map(|row| row.get(index)).map(|cell| cell.shown(lang));
    let head = column.full_head(lang);
    let least =
        cells().map(|cell| if column.numeric { unbroken(face, &cell) } else { longest_word(face, &cell) });
    let least = least.fold(longest_word(bold, &head), f64::max);
    let line = |cell: String| cell.lines().map(|line| face.width(line)).fold(0.0, f64::max);
    let widest = cells().map(line).fold(0.0, f64::max);
    let wanted = widest.min(MOST * TEXT).max(bold.width(&head) / HEAD_LINES).max(least);
    // a little more than the letters: offices round differently
    (least + CELL + 5.0, wanted + CELL + 5.0)
}

/// Width of a number with what belongs to it, between spaces.
fn unbroken(face: Face, cell: &str) -> f64 {
    cell.split([' ', '\n']).map(|part| face.width(part)).fold(0.0, f64::max)
}

/// Width of the longest stretch that cannot break: a Latin word, or a few Chinese characters.
fn longest_word(face: Face, text: &str) -> f64 {
    let latin = text.split(|c: char| c == ' ' || c == '-' || c > '\u{2E7F}');
    let latin = latin.map(|word| face.width(word)).fold(0.0, f64::max);
    let chinese = text.chars().filter(|&c| c > '\u{2E7F}').count().min(LEAST);
    latin.max(chinese as f64 * face.size)
}

#[cfg(test)]
mod tests {
    use super::{CELL, Face, TEXT, layout, longest_word, widths};
    use crate::report::briefing::{Cell, Column, DataTable, Format};
    use crate::text::Lang;

    fn size(lang: Lang) -> f64 {
        layout::table(1, lang).size
    }

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
        let (face, bold) = (Face::plain(size(Lang::En), Lang::En), Face::head(size(Lang::En), Lang::En));
        let room = |index: usize| widths[index] as f64 / 20.0 - CELL;
        assert!(room(1) >= face.width("999–2,031"), "{widths:?}");
        assert!(room(2) >= bold.width("Probability"), "{widths:?}");
        assert!(room(3) >= face.width("impossible"), "{widths:?}");
        assert!(widths.iter().sum::<usize>() as f64 <= TEXT * 20.0);
    }

    #[test]
    fn chinese_breaks_anywhere_and_english_between_words() {
        let size = size(Lang::Zh);
        let face = Face::plain(size, Lang::Zh);
        assert_eq!(longest_word(face, "almost impossible"), face.width("impossible"));
        assert_eq!(longest_word(face, "可能性"), 3.0 * size);
        assert_eq!(longest_word(face, "湖北省生物医药产业"), 5.0 * size);
    }
}
