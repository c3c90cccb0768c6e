//! Newton's method inside a bracket, for inverting monotone functions.

/// The root of an increasing function near `start`, where `f` returns value and derivative; NaN if `start` is NaN.
///
/// The bracket is widened from `start` in doubling steps, then every Newton step that leaves it or meets a useless
/// derivative is replaced by its midpoint. Infinite values count with their sign. The result is within rounding of
/// the root if `f` changes sign.
pub(crate) fn increasing_root(start: f64, f: impl Fn(f64) -> (f64, f64)) -> f64 {
    const MAX_STEPS: u32 = 300;
    let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
    let (mut t, mut reach) = (start, 1.0);
    for _ in 0..MAX_STEPS {
        let (value, slope) = f(t);
        if value == 0.0 || t.is_nan() {
            return t;
        }
        if value < 0.0 {
            low = t;
        } else {
            high = t;
        }
        let newton = t - value / slope;
        let usable = slope > 0.0 && newton > low && newton < high && (newton - t).abs() <= reach;
        let next = if usable {
            newton
        } else if low.is_infinite() || high.is_infinite() {
            t + if value < 0.0 { reach } else { -reach }
        } else {
            0.5 * (low + high)
        };
        if low.is_infinite() || high.is_infinite() {
            reach *= 2.0;
        } else {
            reach = high - low;
        }
        if (next - t).abs() <= 2e-16 * next.abs().max(1e-300) {
            return next;
        }
        t = next;
    }
    t
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_roots_from_far_and_past_flat_places() {
        let cube = increasing_root(1e3, |t| (t * t * t - 2.0, 3.0 * t * t));
        assert!((cube - libm::cbrt(2.0)).abs() < 1e-15, "{cube}");
        let step = increasing_root(-50.0, |t| (if t < 3.0 { -1.0 } else { 1.0 }, 0.0));
        assert!((step - 3.0).abs() < 1e-12, "{step}");
    }
}
