//! Axes: round tick values, and the mapping from values to places in the picture.

/// A linear axis from a value range to a range of places (which may run downwards).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Linear {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl Linear {
    /// Maps `low` to `from` and `high` to `to`; `low` must be below `high`.
    pub fn new((low, high): (f64, f64), (from, to): (f64, f64)) -> Self {
        debug_assert!(low < high);
        Self { low, high, from, to }
    }

    /// The place of `value`.
    pub fn place(&self, value: f64) -> f64 {
        self.from + (value - self.low) / (self.high - self.low) * (self.to - self.from)
    }
}

/// Round values on an axis, with the number of decimal digits they need.
#[derive(Clone, Debug, PartialEq)]
pub struct Ticks {
    /// Values from the lowest to the highest, a constant step apart; the first and the last enclose the data.
    pub values: Vec<f64>,
    /// Digits after the decimal point that write every value exactly.
    pub decimals: usize,
}

impl Ticks {
    /// Ticks that enclose 0 and `low..=high` (finite) with at most `max_steps` (≥ 2) steps of 1, 2, 2.5 or 5
    /// × a power of ten.
    ///
    /// Zero always belongs to the axis: the height above it can then be compared by eye. Data that are all
    /// zero get 0…1.
    pub fn enclosing(low: f64, high: f64, max_steps: usize) -> Self {
        let (low, mut high) = (low.min(0.0), high.max(0.0));
        if low == high {
            high = 1.0;
        }
        // Steps rise from far below any sensible one; the first that needs few enough steps is the finest
        // allowed.
        let mut exponent = -12;
        loop {
            for (mantissa, digits) in [(1.0, 0), (2.0, 0), (2.5, 1), (5.0, 0)] {
                let step = shifted(mantissa, exponent);
                let first = (low / step).floor();
                let last = (high / step).ceil();
                if last - first <= max_steps.max(2) as f64 {
                    let count = (last - first) as usize;
                    // Multiples are taken before the shift: i × 1 / 10 is the nearest double to a tenth, i ×
                    // 0.1 is not.
                    let values =
                        (0..=count).map(|i| shifted((first + i as f64) * mantissa, exponent)).collect();
                    return Self { values, decimals: usize::try_from(digits - exponent).unwrap_or(0) };
                }
            }
            exponent += 1;
        }
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
    use super::{Linear, Ticks, year_ticks};

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
