//! Axes: round tick values, and the mapping from values to places in the picture.

use crate::math;
use crate::report::number;

/// An axis from a value range to a range of places (which may run downwards).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Linear {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
    is_log: bool,
}

impl Linear {
    /// Maps `low` to `from` and `high` to `to` in proportion; `low` must be below `high`.
    pub fn new((low, high): (f64, f64), (from, to): (f64, f64)) -> Self {
        debug_assert!(low < high);
        Self { low, high, from, to, is_log: false }
    }

    /// Maps `low` to `from` and `high` to `to` so that equal ratios are equally far apart; 0 < `low` < `high`.
    pub fn log((low, high): (f64, f64), (from, to): (f64, f64)) -> Self {
        debug_assert!(0.0 < low && low < high);
        Self { low: math::ln(low), high: math::ln(high), from, to, is_log: true }
    }

    /// The place of `value`; on a logarithmic axis, what is not above zero stands at its lower end.
    pub fn place(&self, value: f64) -> f64 {
        let value = match self.is_log {
            true if value > 0.0 => math::ln(value),
            true => self.low,
            false => value,
        };
        self.from + (value - self.low) / (self.high - self.low) * (self.to - self.from)
    }

    /// The place from which heights are seen: zero, or the lower end of a logarithmic axis.
    pub fn ground(&self) -> f64 {
        if self.is_log { self.from } else { self.place(0.0) }
    }
}

/// How the values of an axis are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Kind {
    /// As they are.
    #[default]
    Plain,
    /// Whole things: no tick lies between two of them.
    Whole,
    /// Fractions, in percent.
    Percent,
    /// Calendar years: whole, and written without separators.
    Year,
}

impl Kind {
    /// Whether no tick lies between two whole numbers.
    fn is_whole(self) -> bool {
        matches!(self, Self::Whole | Self::Year)
    }

    /// The kind that fits a figure of a result document: `money`, `count`, `share` or `number`.
    pub fn of(figure: &str) -> Self {
        match figure {
            "count" => Self::Whole,
            "share" => Self::Percent,
            _ => Self::Plain,
        }
    }
}

/// Round values on an axis, with the number of decimal digits they need.
#[derive(Clone, Debug, PartialEq)]
pub struct Ticks {
    /// Values from the lowest to the highest; the first and the last enclose the data.
    pub values: Vec<f64>,
    /// Digits after the decimal point that write every value exactly; of a logarithmic axis, the least value.
    pub decimals: usize,
    /// How they are written.
    pub kind: Kind,
    /// Whether they are a constant ratio apart instead of a constant step.
    pub is_log: bool,
}

impl Ticks {
    /// Ticks that enclose 0 and `low..=high` (finite) with at most `max_steps` (≥ 2) steps of 1, 2, 2.5 or 5
    /// × a power of ten.
    ///
    /// Zero always belongs to the axis: the height above it can then be compared by eye. Data that are all
    /// zero get 0…1.
    #[cfg(test)]
    pub fn enclosing(low: f64, high: f64, max_steps: usize) -> Self {
        Self::of_kind(low, high, max_steps, Kind::Plain)
    }

    /// The same for values of `kind`: whole things have no steps below 1.
    pub fn of_kind(low: f64, high: f64, max_steps: usize, kind: Kind) -> Self {
        let (low, mut high) = (low.min(0.0), high.max(0.0));
        if low == high {
            high = 1.0;
        }
        // Steps rise from far below any sensible one; the first that needs few enough steps is the finest
        // allowed.
        let mut exponent = if kind.is_whole() { 0 } else { -12 };
        loop {
            for (mantissa, digits) in [(1.0, 0), (2.0, 0), (2.5, 1), (5.0, 0)] {
                let step = shifted(mantissa, exponent);
                if kind.is_whole() && step.fract() != 0.0 {
                    continue;
                }
                let first = (low / step).floor();
                let last = (high / step).ceil();
                if last - first <= max_steps.max(2) as f64 {
                    let count = (last - first) as usize;
                    // Multiples are taken before the shift: i × 1 / 10 is the nearest double to a tenth, i ×
                    // 0.1 is not.
                    let values =
                        (0..=count).map(|i| shifted((first + i as f64) * mantissa, exponent)).collect();
                    let decimals = usize::try_from(digits - exponent).unwrap_or(0);
                    return Self { values, decimals, kind, is_log: false };
                }
            }
            exponent += 1;
        }
    }

    /// Ticks that enclose `low..=high` (`low` < `high`) without enclosing zero.
    pub fn around(low: f64, high: f64, max_steps: usize, kind: Kind) -> Self {
        // The step is that of the width; the ticks are its multiples.
        let mut steps = max_steps.max(2);
        loop {
            let width = Self::of_kind(0.0, high - low, steps, kind);
            let (step, decimals) = (width.values[1], width.decimals);
            let (first, last) = ((low / step).floor(), (high / step).ceil());
            let count = last - first;
            if count <= max_steps.max(2) as f64 || steps == 2 {
                // Dividing by the whole number of steps in one gives the nearest double where there is one.
                let inverse = (1.0 / step).round();
                let is_part = step < 1.0 && (inverse * step - 1.0).abs() < 1e-9;
                let at = |index: f64| if is_part { index / inverse } else { index * step };
                let values = (0..=count as usize).map(|index| at(first + index as f64)).collect();
                return Self { values, decimals, kind, is_log: false };
            }
            steps -= 1;
        }
    }

    /// Ticks of a logarithmic axis that enclose `low..=high` (both above zero): powers of ten, with their double
    /// and fivefold where that makes no more than `max_steps` steps.
    pub fn log(low: f64, high: f64, max_steps: usize, kind: Kind) -> Self {
        let fitting = [&[1.0, 2.0, 5.0][..], &[1.0, 5.0], &[1.0]].into_iter().map(|mantissas| {
            let all: Vec<f64> = (-300..=300)
                .flat_map(|exponent| mantissas.iter().map(move |&mantissa| shifted(mantissa, exponent)))
                .collect();
            let first = all.iter().rposition(|&value| value <= low).unwrap_or(0);
            let last = all.iter().position(|&value| value >= high).unwrap_or(all.len() - 1);
            all[first..=last.max(first + 1)].to_vec()
        });
        let choices: Vec<Vec<f64>> = fitting.collect();
        let choice = choices.iter().find(|values| values.len() <= max_steps + 1).unwrap_or(&choices[2]);
        // Very many powers of ten are thinned from below, so that the highest stays.
        let every = choice.len().div_ceil(max_steps + 1).max(1);
        let mut values: Vec<f64> = choice.iter().rev().step_by(every).rev().copied().collect();
        if values[0] > low {
            values.insert(0, choice[0]);
        }
        let least = values[0];
        let decimals = (0..12).find(|&digits| shifted(least, digits) >= 0.999).unwrap_or(12);
        Self { values, decimals: usize::try_from(decimals).unwrap_or(0), kind, is_log: true }
    }

    /// A tick as it is written, without unit but for `%`.
    pub fn label(&self, value: f64) -> String {
        let decimals = if self.is_log {
            (0..self.decimals).find(|&digits| shifted(value, digits as i32) >= 0.999).unwrap_or(self.decimals)
        } else {
            self.decimals
        };
        match self.kind {
            Kind::Year => format!("{value:.0}"),
            Kind::Plain | Kind::Whole => number::decimal(value, decimals),
            Kind::Percent => format!("{}%", number::decimal(value * 100.0, decimals.saturating_sub(2))),
        }
    }

    /// The axis over these ticks, from the place `from` of the lowest to the place `to` of the highest.
    pub fn axis(&self, (from, to): (f64, f64)) -> Linear {
        if self.is_log { Linear::log(self.span(), (from, to)) } else { Linear::new(self.span(), (from, to)) }
    }

    /// The lowest and the highest tick.
    pub fn span(&self) -> (f64, f64) {
        (self.values[0], self.values[self.values.len() - 1])
    }
}

/// `value` × 10^`exponent`, rounded once.
fn shifted(value: f64, exponent: i32) -> f64 {
    let power = (0..exponent.unsigned_abs()).fold(1.0, |power, _| power * 10.0);
    if exponent < 0 { value / power } else { value * power }
}

/// The years to label on an axis of `room` points when a label takes `label_width`: a constant number of
/// years apart, with `anchor` (the year the reader looks for) among them.
pub fn year_ticks(first: i32, last: i32, anchor: i32, room: f64, label_width: f64) -> Vec<i32> {
    let years = f64::from(last - first).max(1.0);
    let fits = |step: &i32| room / years * f64::from(*step) >= label_width;
    let finest = [1, 2, 3, 4, 5, 10, 20, 50, 100].into_iter().find(fits).unwrap_or(200);
    // A slightly wider step that also meets the last year is better: the figures at the line ends belong to
    // it.
    let step = (finest..=2 * finest).find(|step| (last - anchor) % step == 0).unwrap_or(finest);
    (first..=last).filter(|year| (year - anchor).rem_euclid(step) == 0).collect()
}

#[cfg(test)]
mod tests {
    use super::{Kind, Linear, Ticks, year_ticks};

    #[test]
    fn whole_things_and_fractions_have_ticks_of_their_own() {
        let whole = Ticks::of_kind(0.0, 3.0, 6, Kind::Whole);
        assert_eq!(whole.values, [0.0, 1.0, 2.0, 3.0]);
        assert_eq!(Ticks::of_kind(0.0, 13.0, 6, Kind::Whole).values, [0.0, 5.0, 10.0, 15.0]);
        assert_eq!(
            Ticks::of_kind(0.0, 120.0, 6, Kind::Whole).values,
            [0.0, 20.0, 40.0, 60.0, 80.0, 100.0, 120.0]
        );
        let percent = Ticks::of_kind(0.0, 0.012, 5, Kind::Percent);
        let labels: Vec<String> = percent.values.iter().map(|&v| percent.label(v)).collect();
        assert_eq!(labels, ["0.00%", "0.25%", "0.50%", "0.75%", "1.00%", "1.25%"]);
    }

    #[test]
    fn ticks_around_need_not_hold_zero() {
        assert_eq!(Ticks::around(0.96, 0.995, 6, Kind::Percent).values, [0.96, 0.97, 0.98, 0.99, 1.0]);
        assert_eq!(
            Ticks::around(612.0, 3480.0, 8, Kind::Plain).values,
            [500.0, 1000.0, 1500.0, 2000.0, 2500.0, 3000.0, 3500.0]
        );
        assert_eq!(Ticks::around(-3.0, 2.5, 6, Kind::Whole).values, [-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0]);
        for (low, high) in [(1e6, 1e6 + 1e-3), (-1e15, 1e15), (0.0, 1e-300)] {
            let ticks = Ticks::around(low, high, 6, Kind::Plain);
            assert!(ticks.span().0 <= low && ticks.values.len() >= 2, "{ticks:?}");
        }
    }

    #[test]
    fn logarithmic_ticks_enclose_and_are_few() {
        let ticks = Ticks::log(3.0, 4200.0, 6, Kind::Plain);
        assert_eq!(ticks.values, [1.0, 10.0, 100.0, 1000.0, 10000.0]);
        let ticks = Ticks::log(0.03, 0.9, 6, Kind::Plain);
        let labels: Vec<String> = ticks.values.iter().map(|&v| ticks.label(v)).collect();
        assert_eq!(labels, ["0.02", "0.05", "0.1", "0.2", "0.5", "1"]);
        for (low, high) in [(1e-9, 1e15), (5.0, 5.1), (1e-200, 1.0)] {
            let ticks = Ticks::log(low, high, 6, Kind::Plain);
            assert!(ticks.span().0 <= low && ticks.span().1 >= high, "{ticks:?}");
            assert!((2..=9).contains(&ticks.values.len()), "{ticks:?}");
        }
        let axis = Ticks::log(1.0, 100.0, 6, Kind::Plain).axis((300.0, 100.0));
        assert!((axis.place(10.0) - 200.0).abs() < 1e-9);
        assert_eq!((axis.place(0.0), axis.ground()), (300.0, 300.0));
    }

    #[test]
    fn ticks_are_round_and_enclose() {
        assert_eq!(
            Ticks::enclosing(900.0, 2930.0, 6).values,
            [0.0, 500.0, 1000.0, 1500.0, 2000.0, 2500.0, 3000.0]
        );
        assert_eq!(Ticks::enclosing(0.0, 0.31, 6).values, [0.0, 0.1, 0.2, 0.3, 0.4]);
        assert_eq!(Ticks::enclosing(0.0, 0.31, 6).decimals, 1);
        assert_eq!(Ticks::enclosing(0.0, 13.0, 6).values, [0.0, 2.5, 5.0, 7.5, 10.0, 12.5, 15.0]);
        assert_eq!(Ticks::enclosing(0.0, 13.0, 6).decimals, 1);
        assert_eq!(Ticks::enclosing(-30.0, 45.0, 6).values, [-40.0, -20.0, 0.0, 20.0, 40.0, 60.0]);
        assert_eq!(Ticks::enclosing(0.0, 0.0, 6).span(), (0.0, 1.0));
        for exponent in -9..15 {
            for lead in [1.0, 1.1, 2.4, 3.0, 4.9, 7.7, 9.99] {
                let high = lead * crate::math::powf(10.0, f64::from(exponent));
                let ticks = Ticks::enclosing(0.0, high, 6);
                assert!(
                    ticks.span().1 >= high * (1.0 - 1e-12) && ticks.span().1 <= high * 1.6,
                    "{high}: {:?}",
                    ticks.values
                );
                assert!((4..=7).contains(&ticks.values.len()), "{high}: {:?}", ticks.values);
            }
        }
    }

    #[test]
    fn years_keep_the_anchor_and_meet_the_last_year_if_they_can() {
        assert_eq!(year_ticks(2019, 2030, 2027, 600.0, 45.0), (2019..=2030).collect::<Vec<_>>());
        assert_eq!(year_ticks(2019, 2030, 2027, 250.0, 45.0), [2021, 2024, 2027, 2030]);
        assert_eq!(
            year_ticks(1950, 2050, 2027, 600.0, 45.0),
            [1957, 1967, 1977, 1987, 1997, 2007, 2017, 2027, 2037, 2047]
        );
    }

    #[test]
    fn places_are_linear() {
        let axis = Linear::new((0.0, 10.0), (100.0, 0.0));
        assert_eq!((axis.place(0.0), axis.place(2.5), axis.place(10.0)), (100.0, 75.0, 0.0));
    }
}
