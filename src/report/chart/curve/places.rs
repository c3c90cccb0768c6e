//! Where the words of a figure over another one stand: names of spots, and the label of the wanted level.

use super::super::canvas::{Anchor, Rect, Type};
use super::super::labels::spread;
use super::super::sheet::LABEL_SHIFT;
use super::super::theme;

/// Whether two rectangles share a place.
fn touch(one: &Rect, other: &Rect) -> bool {
    one.left <= other.right && other.left <= one.right && one.top <= other.bottom && other.top <= one.bottom
}

/// The place that `text` takes with its left end here on the baseline, and the distance that sets other words apart.
pub(super) fn taken(text: &str, (left, y): (f64, f64), look: Type) -> Rect {
    let right = left + look.width(text) + theme::GAP;
    Rect { left, right, top: y - look.size, bottom: y + look.size * 0.25 }
}

/// Where the name of a spot stands.
pub(super) enum Label {
    /// Beside the plot, at this height, with a line that leads there.
    Beside(f64),
    /// Above its interval, with the middle of its foot here: the line would run across the interval of another spot.
    Above((f64, f64)),
}

/// Where the names of spots at `places` stand, which are so wide and have such intervals, clear of the axis's `title`.
pub(super) fn of_spots(
    places: &[(f64, f64)],
    widths: &[f64],
    whiskers: &[Rect],
    rect: Rect,
    title: Rect,
) -> Vec<Label> {
    let tall = theme::LABEL * theme::LEADING;
    let beside = |which: &[usize]| {
        let wanted: Vec<f64> = which.iter().map(|&k| places[k].1).collect();
        spread(&wanted, tall, (rect.top, rect.bottom))
    };
    let end = rect.right + LABEL_SHIFT - 5.0;
    let crosses = |k: usize, label: f64| {
        let (x, y) = places[k];
        whiskers.iter().any(|other| {
            let part = (other.left - x) / (end - x);
            let there = y + (label - y) * part;
            other.left > x + 7.0 && there > other.top - 3.0 && there < other.bottom + 3.0
        })
    };
    let all: Vec<usize> = (0..places.len()).collect();
    let crossing: Vec<bool> = all.iter().zip(beside(&all)).map(|(&k, label)| crosses(k, label)).collect();
    let (above, rest): (Vec<usize>, Vec<usize>) = all.iter().partition(|&&k| crossing[k]);
    let mut labels: Vec<Label> = places.iter().map(|place| Label::Beside(place.1)).collect();
    for (&k, label) in rest.iter().zip(beside(&rest)) {
        labels[k] = Label::Beside(label);
    }
    let mut taken: Vec<Rect> = whiskers.to_vec();
    for k in above {
        let half = widths[k] / 2.0;
        let mut x = places[k].0.clamp(rect.left + half, (rect.right - half).max(rect.left + half));
        let mut foot = whiskers[k].top - 8.0;
        let room =
            |x: f64, foot: f64| Rect { left: x - half, right: x + half, top: foot - tall, bottom: foot };
        while taken.iter().any(|other| touch(other, &room(x, foot))) && foot - tall > rect.top {
            foot -= tall / 2.0;
        }
        if touch(&title, &room(x, foot)) {
            x = title.right + theme::GAP + half;
        }
        taken.push(room(x, foot));
        labels[k] = Label::Above((x, foot));
    }
    labels
}

/// Where the label of a wanted level at the height `y` stands, which is so wide: above or below its line, at its left or
/// right end, the first place that no `obstacle` takes. The last obstacle is the title of the axis: where no place is
/// free, the label at least keeps clear of it, as words over a band can be read and words over words cannot.
pub(super) fn of_level(
    y: f64,
    width: f64,
    look: Type,
    rect: Rect,
    obstacles: &[Rect],
) -> ((f64, f64), Anchor) {
    let (above, below) = (y - 6.0, y + look.size + 2.0);
    let (left, right) = (rect.left + theme::GAP, rect.right - theme::GAP);
    let choices = [
        ((left, above), Anchor::Left),
        ((left, below), Anchor::Left),
        ((right, above), Anchor::Right),
        ((right, below), Anchor::Right),
    ];
    let room = |&((x, foot), anchor): &((f64, f64), Anchor)| {
        let left = if anchor == Anchor::Right { x - width } else { x };
        Rect { left, right: left + width, top: foot - look.size, bottom: foot + look.size * 0.25 }
    };
    // below the plot stand the labels of the other axis
    let inside = |choice: &&((f64, f64), Anchor)| room(choice).bottom <= rect.bottom;
    let clear = |choice: &((f64, f64), Anchor), of: &[Rect]| !of.iter().any(|o| touch(o, &room(choice)));
    let title = &obstacles[obstacles.len().saturating_sub(1)..];
    let mut inner = choices.iter().filter(inside);
    let free = inner.clone().find(|choice| clear(choice, obstacles));
    *free.or_else(|| inner.find(|choice| clear(choice, title))).unwrap_or(&choices[0])
}

/// The places that a band takes between `left` and `right`, of which `points` tell horizontal place, top and bottom.
pub(super) fn of_band(points: &[(f64, f64, f64)], (left, right): (f64, f64)) -> Vec<Rect> {
    let mut rects = Vec::new();
    for pair in points.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let (start, end) = (from.0.max(left), to.0.min(right));
        if start > end {
            continue;
        }
        let at = |x: f64, a: f64, b: f64| {
            if to.0 > from.0 { a + (b - a) * (x - from.0) / (to.0 - from.0) } else { a }
        };
        let (tops, bottoms) = (
            [at(start, from.1, to.1), at(end, from.1, to.1)],
            [at(start, from.2, to.2), at(end, from.2, to.2)],
        );
        let (top, bottom) = (tops[0].min(tops[1]), bottoms[0].max(bottoms[1]));
        rects.push(Rect { left: start, right: end, top, bottom });
    }
    rects
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECT: Rect = Rect { left: 50.0, right: 650.0, top: 100.0, bottom: 400.0 };
    const TITLE: Rect = Rect { left: 28.0, right: 100.0, top: 75.0, bottom: 91.0 };

    #[test]
    fn a_level_at_the_top_of_the_plot_keeps_clear_of_the_axis_title() {
        let look = Type::bold(theme::SMALL, theme::ACCENT);
        let place = |y: f64, obstacles: &[Rect]| of_level(y, 80.0, look, RECT, obstacles);
        assert_eq!(place(250.0, &[TITLE]), ((58.0, 244.0), Anchor::Left));
        assert_eq!(place(100.0, &[TITLE]), ((58.0, 115.0), Anchor::Left));
        // a band below the line: the other end of the line is free
        let band = of_band(&[(50.0, 101.0, 120.0), (300.0, 101.0, 120.0)], (RECT.left, RECT.right));
        let all: Vec<Rect> = band.into_iter().chain([TITLE]).collect();
        assert_eq!(place(100.0, &all), ((642.0, 94.0), Anchor::Right));
        // nothing is free: on the band, never on the title nor on the labels below the plot
        let full = Rect { top: 0.0, bottom: 500.0, ..RECT };
        assert_eq!(place(100.0, &[full, TITLE]), ((58.0, 115.0), Anchor::Left));
        assert_eq!(place(400.0, &[full, TITLE]), ((58.0, 394.0), Anchor::Left));
    }

    #[test]
    fn a_name_above_its_interval_keeps_clear_of_the_axis_title() {
        let whisker = |x: f64| Rect { left: x, right: x, top: 100.0, bottom: 300.0 };
        let places = [(70.0, 200.0), (500.0, 200.0)];
        let labels = of_spots(&places, &[60.0, 60.0], &[whisker(70.0), whisker(500.0)], RECT, TITLE);
        let Label::Above((x, _)) = labels[0] else { panic!("one above") };
        assert!(x - 30.0 > TITLE.right);
    }

    #[test]
    fn a_band_is_cut_to_the_asked_places() {
        let band = [(0.0, 10.0, 20.0), (100.0, 110.0, 120.0), (200.0, 110.0, 120.0)];
        assert_eq!(
            of_band(&band, (50.0, 90.0)),
            [Rect { left: 50.0, right: 90.0, top: 60.0, bottom: 110.0 }]
        );
    }
}
