//! Whether a result document can have come out of a run at all: one that was edited by hand must not become a report.

use super::{Compared, Ends, QUANTILES, Results, RunResult, SeriesResult, TargetResult};
use crate::text;
use crate::text::Text;

/// Years that a document may span, as in scenarios.
const MOST_YEARS: i64 = 1000;

impl Results {
    /// The first thing in the document that no run can have found; `None` for what a run has written.
    ///
    /// Whether the figures are those of the scenario is another question, which only computing them again answers.
    pub fn fault(&self) -> Option<Text> {
        let (base, horizon) = (self.scenario.base_year, self.scenario.horizon);
        let years = i64::from(horizon) - i64::from(base);
        if !(1..=MOST_YEARS).contains(&years) {
            return Some(text!("年份从 {base} 到 {horizon}", "years from {base} to {horizon}"));
        }
        if self.run.trials == 0 {
            return Some(text!("模拟次数为 0", "0 trials"));
        }
        let level = self.run.interval_level;
        if !(level > 0.0 && level < 1.0) {
            return Some(text!("区间水平 {level}", "an interval level of {level}"));
        }
        if self.runs.len() != self.run.worlds.len() * self.run.policies.len() || self.runs.is_empty() {
            return Some(text!("方案和情景与结果的个数不符", "policies and worlds do not match the results"));
        }
        let expected = self.run.worlds.iter().flat_map(|world| {
            self.run.policies.iter().map(move |policy| (world.id.as_str(), policy.id.as_str()))
        });
        let mut seen: Vec<(&str, &str)> = Vec::new();
        for (run, (world, policy)) in self.runs.iter().zip(expected) {
            if (run.world.id.as_str(), run.policy.id.as_str()) != (world, policy)
                || seen.contains(&(world, policy))
            {
                let (zh, en) = (&run.policy.id, &run.world.id);
                return Some(text!(
                    "方案 {zh}、情景 {en} 的结果位置不对或重复",
                    "policy {zh} in world {en} stands in the wrong place or twice"
                ));
            }
            seen.push((world, policy));
        }
        self.runs.iter().find_map(|run| self.fault_of(run))
    }

    fn fault_of(&self, run: &RunResult) -> Option<Text> {
        let chance = |name: &str, p: f64, [low, high]: Ends| {
            // an end that should be 0 or 1, or the estimate itself, may be off by rounding
            let below = |a: f64, b: f64| a <= b + 1e-9;
            let sound = (0.0..=1.0).contains(&p)
                && below(0.0, low)
                && below(low, p)
                && below(p, high)
                && below(high, 1.0);
            let said = || {
                text!("“{name}”的可能性 {p}（{low}至{high}）", "probability {p} ({low} to {high}) of {name}")
            };
            (!sound).then(said)
        };
        let of_target = |target: &TargetResult| {
            let id = &target.id;
            if target.trials != self.run.trials || target.hits > target.trials {
                let (hits, trials) = (target.hits, target.trials);
                return Some(text!(
                    "“{id}”在{trials}次中达到{hits}次",
                    "{id} met in {hits} of {trials} trials"
                ));
            }
            let impossible = |pair: &Compared| {
                let [low, high] = pair.interval;
                pair.both > target.hits || !(low <= pair.probability && pair.probability <= high)
            };
            if let Some(pair) = target.compared.iter().find(|pair| impossible(pair)) {
                let other = &pair.against;
                return Some(text!("“{id}”与方案 {other} 的比较", "{id} compared with policy {other}"));
            }
            let quantity = target.quantity.as_ref();
            chance(id, target.probability, target.interval).or_else(|| {
                (!quantity.is_none_or(|q| rises(q.quantiles.values().copied()))).then(|| unsorted(id))
            })
        };
        let of_series = |series: &SeriesResult| self.fault_of_series(series);
        let targets = run.targets.iter().find_map(of_target);
        targets
            .or_else(|| {
                run.joint.iter().find_map(|joint| chance(&joint.document, joint.probability, joint.interval))
            })
            .or_else(|| run.series.iter().find_map(of_series))
    }

    fn fault_of_series(&self, series: &SeriesResult) -> Option<Text> {
        let (id, n) = (&series.id, series.years.len());
        let expected = self.scenario.base_year..=self.scenario.horizon;
        let of_each_year = series.quantiles.values().all(|values| values.len() == n);
        let complete = QUANTILES.iter().all(|(_, key)| series.quantiles.contains_key(*key));
        if !series.years.iter().copied().eq(expected)
            || series.mean.len() != n
            || series.sd.len() != n
            || !of_each_year
            || !complete
        {
            return Some(text!("“{id}”缺少年份或分位数", "{id} lacks years or quantiles"));
        }
        // The keys are those of the table above in the order of their probabilities, by letter as by number.
        let sorted = (0..n).all(|year| rises(series.quantiles.values().map(|values| values[year])));
        (!sorted).then(|| unsorted(id))
    }
}

fn rises(mut values: impl Iterator<Item = f64>) -> bool {
    let Some(mut last) = values.next() else { return true };
    values.all(|value| {
        let ordered = last <= value;
        last = value;
        ordered
    })
}

fn unsorted(id: &str) -> Text {
    text!("“{id}”的分位数没有从小到大", "the quantiles of {id} do not rise")
}

#[cfg(test)]
mod tests {
    use super::rises;

    #[test]
    fn equal_values_rise_and_nothing_is_sorted() {
        assert!(rises([].into_iter()));
        assert!(rises([1.0, 1.0, 2.0].into_iter()));
        assert!(!rises([1.0, 0.5].into_iter()));
    }
}
