//! Free places for the labels of target and record among the lines and bands of a fan chart.

use super::super::ChartError;
use super::super::canvas::{Canvas, Point, Rect, Type};
use super::super::fan::FanChart;
use super::super::theme;
use super::{Frame, RING, block_height};

/// Distance that a label keeps from lines and bands.
const CLEARANCE: f64 = 5.0;
/// Places along a label at which it is tested for touching the data.
const PROBES: usize = 24;

/// `parts` that are not empty, on one line if it has room, else each from a line of its own: what belongs together is
/// read together.
pub(super) fn lines_of(parts: &[&str], width: f64, look: Type) -> Vec<String> {
    let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    let all = look.lines(&parts.join(" · "), width);
    if all.len() <= 1 { all } else { parts.iter().flat_map(|part| look.lines(part, width)).collect() }
}

fn record_look() -> Type {
    Type::plain(theme::LABEL, theme::INK)
}

fn overlap(one: &Rect, other: &Rect) -> bool {
    one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top
}

impl Frame {
    /// The first place beside the height of the target where `lines` touch neither data nor edge nor the ring at
    /// `ring`: left above, left below, right above, right below; far from any ring also one line further down.
    ///
    /// # Errors
    /// Left above when none is free.
    pub(super) fn free_place(
        &self,
        chart: &FanChart,
        ring: Point,
        lines: &[String],
        look: Type,
    ) -> Result<Rect, Rect> {
        let y = ring.1;
        let width = lines.iter().map(|line| look.width(line)).fold(0.0, f64::max);
        let height = block_height(lines.len(), look);
        let place = |left: f64, top: f64| Rect { left, top, right: left + width, bottom: top + height };
        let (left, right) = (self.rect.left + theme::GAP, self.rect.right - width - theme::GAP);
        let (above, below) = (y - height - 3.0, y + CLEARANCE);
        let mut candidates =
            vec![place(left, above), place(left, below), place(right, above), place(right, below)];
        if ring.0.is_infinite() {
            candidates.push(place(right, below + look.leading()));
        }
        let record = self.beside_record(chart);
        let is_free = |rect: &Rect| {
            // Above the plot there is room for one line; below it stand the years.
            rect.top >= self.rect.top - look.leading()
                && rect.bottom <= self.rect.bottom
                && (rect.right < ring.0 - RING || rect.left > ring.0 + RING)
                && !record.is_some_and(|label| overlap(&label, rect))
                && !self.touches(chart, *rect)
        };
        let first = candidates[0];
        candidates.into_iter().find(is_free).ok_or(first)
    }

    /// Where the label of a record of one dot stands best: beside it, unless the data are there.
    fn beside_record(&self, chart: &FanChart) -> Option<Rect> {
        let &[(year, value)] = chart.record.as_slice() else { return None };
        let look = record_look();
        let (x, y) = self.at(year, value);
        let left = x + theme::DOT + 1.0 + theme::GAP;
        let (width, tall) = (look.width(&chart.record_label), look.leading());
        // a dot at the edge keeps its label inside the plot
        let top = (y - tall / 2.0).clamp(self.rect.top, self.rect.bottom - tall);
        let place = Rect { left, top, right: left + width, bottom: top + tall };
        (place.right <= self.rect.right && !self.touches(chart, place)).then_some(place)
    }

    fn touches(&self, chart: &FanChart, rect: Rect) -> bool {
        let hits = |(top, bottom): Point| bottom > rect.top - CLEARANCE && top < rect.bottom + CLEARANCE;
        let on_line = (0..=PROBES).any(|probe| {
            let x = rect.left + (rect.right - rect.left) * probe as f64 / PROBES as f64;
            self.drawn_at(chart, x).into_iter().any(hits)
        });
        // a dot is narrower than the distance of two probes
        on_line
            || chart.record.iter().any(|&(year, value)| {
                let (x, y) = self.at(year, value);
                let reach = theme::DOT + CLEARANCE;
                x > rect.left - reach && x < rect.right + reach && hits((y - theme::DOT, y + theme::DOT))
            })
    }

    /// The heights (top, bottom) that record, median and bands cover at the place `x`.
    fn drawn_at(&self, chart: &FanChart, x: f64) -> Vec<Point> {
        let places = |years: &mut dyn Iterator<Item = i32>| -> Vec<f64> {
            years.map(|year| self.year.place(f64::from(year))).collect()
        };
        let projected = places(&mut chart.years.iter().copied());
        let recorded = places(&mut chart.record.iter().map(|&(year, _)| year));
        let record: Vec<f64> = chart.record.iter().map(|&(_, value)| value).collect();
        let mut covered = Vec::with_capacity(chart.bands.len() + 2);
        for (low, high) in
            chart.bands.iter().map(|band| (&band.low, &band.high)).chain([(&chart.median, &chart.median)])
        {
            if let (Some(low), Some(high)) =
                (interpolate(&projected, low, x), interpolate(&projected, high, x))
            {
                covered.push((self.value.place(high), self.value.place(low)));
            }
        }
        if let Some(value) = interpolate(&recorded, &record, x) {
            covered.push((self.value.place(value), self.value.place(value)));
        }
        covered
    }

    /// The label of the record above its first years, beside the first, or below them when the target's line or label is
    /// there.
    pub fn draw_record_label(
        &self,
        canvas: &Canvas,
        chart: &FanChart,
        taken: Option<Rect>,
    ) -> Result<(), ChartError> {
        let Some(&(first, value)) = chart.record.first() else { return Ok(()) };
        let look = record_look();
        let (left, middle) = self.at(first, value);
        let lines = look.lines(&chart.record_label, self.rect.right - left);
        let width = lines.iter().map(|line| look.width(line)).fold(0.0, f64::max);
        let tall = look.leading() * lines.len() as f64;
        let heights = (0..=PROBES)
            .flat_map(|probe| self.drawn_at(chart, left + width * probe as f64 / PROBES as f64))
            .chain([(middle, middle)]);
        let (top, bottom) = heights.fold((f64::INFINITY, f64::NEG_INFINITY), |(top, bottom), (high, low)| {
            (top.min(high), bottom.max(low))
        });
        let place = |left: f64, top: f64| Rect { left, top, right: left + width, bottom: top + tall };
        let above = place(left, top - theme::DOT - CLEARANCE - tall);
        let below = place(left, bottom + theme::DOT + CLEARANCE);
        let is_drawn = |value: f64| value >= self.ticks.span().0 && value <= self.ticks.span().1;
        let target = chart.target.as_ref().map(|target| target.value).filter(|&value| is_drawn(value));
        let target = target.map(|value| self.value.place(value));
        let is_free = |place: &Rect| {
            let hits = |(top, bottom): Point| bottom > place.top && top < place.bottom;
            place.top >= self.rect.top
                && place.bottom <= self.rect.bottom
                && !target.is_some_and(|y| hits((y, y)))
                && !taken.is_some_and(|label| overlap(&label, place))
        };
        let beside = self.beside_record(chart).filter(|_| lines.len() == 1);
        // The last resort stands above the label of the target, far from the line but legible.
        let aloft = taken.map_or(above, |label| place(left, label.top - tall));
        let candidates = [Some(above), beside, Some(below), Some(aloft)];
        let place = candidates.into_iter().flatten().find(is_free).unwrap_or(above);
        canvas.rectangle(place, theme::GROUND, theme::VEIL)?;
        canvas.paragraph(&lines, (place.left, place.top + look.size), look)
    }
}

/// The value at `x` of the line through (`xs`, `values`), or nothing outside it.
fn interpolate(xs: &[f64], values: &[f64], x: f64) -> Option<f64> {
    let next = xs.iter().position(|&place| place >= x)?;
    if next == 0 {
        return (xs[0] == x).then_some(values[0]);
    }
    let part = (x - xs[next - 1]) / (xs[next] - xs[next - 1]);
    Some(values[next - 1] + part * (values[next] - values[next - 1]))
}
