//! Bins of a distribution, parted where more is known than their shares: at the target, and at quantiles.

use crate::analysis::results::{DensityBin, QuantityResult};

/// A bin with a larger share says too little of the shape within it.
const COARSE: f64 = 0.25;
/// A bin with no larger share stays whole when others are parted at quantiles.
const FINE: f64 = 0.05;
/// On a logarithmic axis a bin reaches at least to this multiple of its lower edge.
const RATIO: f64 = 1.3;

/// Whether a bin holds so much of the distribution that the picture needs equal ratios instead of equal steps.
pub fn is_wide(quantity: &QuantityResult) -> bool {
    is_coarse(quantity) && quantity.quantiles.values().all(|value| *value > 0.0)
}

fn is_coarse(quantity: &QuantityResult) -> bool {
    let bins = &quantity.density;
    quantity.figure != "count" && bins.len() > 2 && bins.iter().any(|bin| bin.share > COARSE)
}

/// The bins of `quantity`, parted at the level with this share of the trials below it; of a wide spread, also at the
/// known quantiles. Shares of the parts add up to that of the bin.
pub fn refine(quantity: &QuantityResult, level: Option<(f64, f64)>, is_log: bool) -> Vec<DensityBin> {
    let is_coarse = is_coarse(quantity);
    let mut known: Vec<(f64, f64)> = Vec::new();
    if is_coarse {
        let parsed = quantity.quantiles.iter().filter_map(|(key, value)| Some((*value, key.parse().ok()?)));
        known.extend(parsed);
    }
    let mut out = Vec::with_capacity(quantity.density.len() + known.len() + 1);
    let mut start = 0.0;
    for bin in &quantity.density {
        let end = start + bin.share;
        let inside = |value: f64| bin.low < value && value < bin.high;
        let at_level = level.filter(|(value, _)| inside(*value));
        let mut knots: Vec<(f64, f64)> = known
            .iter()
            .copied()
            .filter(|(value, _)| {
                bin.share > FINE && inside(*value) && at_level.is_none_or(|at| at.0 != *value)
            })
            .collect();
        // Where a quantile and the exact share at the level disagree by the quantile's own error, the share holds.
        if let Some((value, share)) = at_level {
            knots.retain(|knot| (knot.0 < value) == (knot.1 < share));
            knots.push((value, share));
        }
        knots.sort_by(|a, b| a.0.total_cmp(&b.0));
        knots.push((bin.high, end));
        let (mut low, mut below) = (bin.low, start);
        for (high, share) in knots {
            let share = share.clamp(below, end.max(below));
            if high > low {
                out.push(DensityBin { low, high, share: share - below });
                (low, below) = (high, share);
            }
        }
        start = end;
    }
    if is_log { joined(out, level.map(|(value, _)| value)) } else { out }
}

/// The bins with neighbours joined, but not across the level, until each spans [`RATIO`]: on a logarithmic axis,
/// narrower ones would show nothing but chance.
fn joined(bins: Vec<DensityBin>, level: Option<f64>) -> Vec<DensityBin> {
    let mut out: Vec<DensityBin> = Vec::with_capacity(bins.len());
    for bin in bins {
        match out.last_mut() {
            Some(last) if last.high < last.low * RATIO && Some(last.high) != level => {
                (last.high, last.share) = (bin.high, last.share + bin.share);
            }
            _ => out.push(bin),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{is_wide, refine};
    use crate::analysis::results::{DensityBin, QuantityResult};
    use crate::text::Text;

    fn quantity(bins: &[(f64, f64, f64)], quantiles: &[(&str, f64)]) -> QuantityResult {
        let bin = |&(low, high, share): &(f64, f64, f64)| DensityBin { low, high, share };
        QuantityResult {
            series: "province.a".to_owned(),
            figure: "money".to_owned(),
            unit: "亿元".to_owned(),
            unit_name: Text::default(),
            mean: 1.0,
            sd: 1.0,
            quantiles: quantiles.iter().map(|(key, value)| ((*key).to_owned(), *value)).collect(),
            median_interval: None,
            density: bins.iter().map(bin).collect(),
        }
    }

    #[test]
    fn the_bin_of_the_target_is_parted_by_the_known_share() {
        let even = quantity(&[(0.0, 10.0, 0.2), (10.0, 20.0, 0.2), (20.0, 30.0, 0.2)], &[]);
        let parts = refine(&even, Some((13.0, 0.35)), false);
        let found: Vec<_> = parts.iter().map(|bin| (bin.low, bin.high, (bin.share * 1e6).round())).collect();
        let wanted = [(0.0, 10.0, 2e5), (10.0, 13.0, 1.5e5), (13.0, 20.0, 5e4), (20.0, 30.0, 2e5)];
        assert_eq!(found, wanted);
        // at an edge nothing is to be parted
        assert_eq!(refine(&even, Some((10.0, 0.2)), false).len(), 3);
        assert!(!is_wide(&even));
    }

    #[test]
    fn a_wide_spread_is_parted_at_its_quantiles_too() {
        let bins = [(0.0, 10.0, 0.62), (10.0, 20.0, 0.2), (20.0, 90.0, 0.18)];
        let wide = quantity(&bins, &[("0.05", 0.2), ("0.5", 5.5), ("0.75", 16.0)]);
        assert!(is_wide(&wide));
        let parts = refine(&wide, Some((6.0, 0.516)), true);
        let sum: f64 = parts.iter().take_while(|bin| bin.high <= 6.0).map(|bin| bin.share).sum();
        assert!((sum - 0.516).abs() < 1e-12, "{sum}");
        assert!(parts.windows(2).all(|pair| pair[0].high == pair[1].low && pair[0].share >= 0.0));
        assert!((parts.iter().map(|bin| bin.share).sum::<f64>() - 1.0).abs() < 1e-12);
    }
}
