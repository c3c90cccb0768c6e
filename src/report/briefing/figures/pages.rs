//! Shares the rows of a long chart out over pages that fit an upright A4 sheet at a legible size.

/// Height of the rows of one page, in points of a picture 1,000 wide.
pub(super) const ROOM: f64 = 1080.0;
/// Full-width characters of a name on one line.
const LINE: f64 = 23.0;
/// Height of a line of text.
const LINE_HEIGHT: f64 = 20.0;

/// About the height of a row that is named `name`, with `more` points beside the name.
pub(super) fn row_height(name: &str, more: f64) -> f64 {
    let width: f64 = name.chars().map(|c| if c.is_ascii() { 0.56 } else { 1.0 }).sum();
    (width / LINE).ceil().max(1.0) * LINE_HEIGHT + more
}

/// How many of the rows stand on each page: as few pages as hold them, of about the same height, none empty.
pub(super) fn lengths(heights: &[f64]) -> Vec<usize> {
    let total: f64 = heights.iter().sum();
    let pages = (total / ROOM).ceil().max(1.0);
    let share = total / pages;
    let mut lengths = vec![0; pages as usize];
    let mut above = 0.0;
    for height in heights {
        let page = ((above + height / 2.0) / share) as usize;
        let page = page.min(lengths.len() - 1);
        lengths[page] += 1;
        above += height;
    }
    lengths.retain(|length| *length > 0);
    lengths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_few_even_and_hold_all() {
        assert_eq!(lengths(&[30.0; 19]), [19]);
        assert_eq!(lengths(&[30.0; 40]), [20, 20]);
        assert_eq!(lengths(&[5000.0]), [1]);
        assert_eq!(lengths(&[]), [0; 0]);
        let uneven = [20.0, 900.0, 300.0, 20.0, 700.0, 60.0];
        assert_eq!(lengths(&uneven).iter().sum::<usize>(), uneven.len());
    }
}
