//! The outside view: how fast other provinces have grown, and how past targets ended. It stands beside the simulated
//! chance and is never mixed into it.

use serde::{Deserialize, Serialize};

use super::evidence::{Kind, PeerLevel, Precedent, peers, precedents};
use super::{Realism, Verdict, judged_year, province_of, realism};
use crate::analysis::error::AnalysisError;
use crate::analysis::results::Ends;
use crate::math::powf;
use crate::model::{Demand, Model, Scope, Target};
use crate::stats::{Level, wilson};
use crate::text::Text;

/// First year of growth that counts as recent: national growth has been in single digits since then but for 2021.
pub const RECENT: i32 = 2015;

/// The least number of years between two levels that are compared.
const LEAST_SPAN: i32 = 2;

/// A target before anything is simulated: growth needed, growth seen here and elsewhere, and how such targets ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TargetRealism {
    /// Identifier of the target.
    pub target: String,
    /// Its name.
    pub name: Text,
    /// Identifier of the document that sets it.
    pub document: Option<String>,
    /// `size` for revenue, `count` for a number of things, `ratio` for other indicators, `group` for a group of targets.
    pub kind: String,
    /// Growth needed against the record; `null` for counts and groups, or where no single growth is needed.
    pub growth: Option<Realism>,
    /// Best growth of another province over at least as many years as the target has; if none is as long, over the
    /// longest span there is. `null` for counts and groups, for upper limits, and where the base year meets the level.
    pub peers: Option<PeerGrowth>,
    /// The same from 2015 on.
    pub recent_peers: Option<PeerGrowth>,
    /// How past targets of this kind ended; `null` where none is known.
    pub precedents: Option<Precedents>,
    /// For counts and ratios, the past ends that are known, in words: too few and too unlike for a ratio.
    pub remarks: Vec<Text>,
    /// Whether the comparison holds what became known only after the base year.
    pub hindsight: bool,
}

/// Growth of another province between two levels of one definition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PeerGrowth {
    /// Name of the province.
    pub place: Text,
    /// Definition of the two levels. Growth is compared across definitions, levels never are.
    pub measure: Text,
    /// First and last year.
    pub years: [i32; 2],
    /// Levels in these years, 亿元.
    pub levels: [f64; 2],
    /// Compound annual growth, as a share.
    pub growth: f64,
    /// Whether the span is at least as long as the target's.
    pub as_long: bool,
    /// Remark on the circumstances; may be empty.
    pub note: Text,
}

/// Ends of past targets of the same kind, in other places or for other years.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Precedents {
    /// Past targets whose end is known.
    pub known: u64,
    /// Those among them that are told by a figure from before their due year.
    #[serde(default)]
    pub known_early: u64,
    /// Those met in time.
    pub met: u64,
    /// Wilson interval of the share met, as if they were a random sample, which they are not.
    pub interval: Ends,
    /// Outcome over target where both are known, the outcome sometimes of an earlier year than the due one: median, least, greatest.
    pub ratio: Option<Spread>,
    /// Number of such ratios.
    pub ratios: u64,
    /// Those among them whose figure is from before the due year, or of no stated period.
    #[serde(default)]
    pub ratios_early: u64,
    /// The past targets behind these counts, in the order of the evidence.
    #[serde(default)]
    pub cases: Vec<Ending>,
    /// The target's level times these ratios, in the target's own measure, 亿元.
    pub level: Option<Spread>,
}

/// How a past target ended, as far as is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ending {
    /// What the target was.
    pub name: Text,
    /// Its level, 亿元.
    pub target: f64,
    /// The year in which it was due.
    pub due: i32,
    /// The last known figure, 亿元.
    pub outcome: f64,
    /// Year of that figure; `null` where its period is not stated.
    pub outcome_year: Option<i32>,
    /// Year in which it could be known: that of the figure, or of its publication.
    pub known_in: i32,
    /// Whether the figure decides if the target was met in time.
    pub decided: bool,
    /// Whether it was; `false` where it is not decided.
    pub met: bool,
    /// Whether the figure is from before the due year, or of no stated period.
    pub early: bool,
    /// Whether the figure can be divided by the target.
    pub in_ratio: bool,
    /// Remark; may be empty.
    pub note: Text,
}

/// Median and range.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// Median.
    pub median: f64,
    /// Least.
    pub low: f64,
    /// Greatest.
    pub high: f64,
}

/// Every target of the file in its order, conditions left out.
///
/// # Errors
/// As [`realism`].
pub fn outside_view(model: &Model) -> Result<Vec<TargetRealism>, AnalysisError> {
    let rows = realism(model)?;
    let shown = model.targets.iter().filter(|target| !target.is_condition);
    Ok(shown.map(|target| view(model, target, &rows)).collect())
}

fn view(model: &Model, target: &Target, rows: &[Realism]) -> TargetRealism {
    let growth = rows.iter().find(|row| row.id == target.id).cloned();
    let provinces = provinces_of(model, &target.scope);
    let upwards = matches!(target.demand, Demand::Threshold { at_least: true, .. });
    let compared = growth.as_ref().filter(|row| upwards && row.verdict != Verdict::Met);
    let years = compared.map(|row| row.year - row.base_year);
    let others = || peers().iter().filter(|level| !provinces.contains(&level.place));
    // a target is never held against itself
    let due = judged_year(&target.demand);
    let foreign = |p: &&Precedent| !(provinces.contains(&p.place) && Some(p.due) == due);
    let of_kind = |kind: Kind| precedents().iter().filter(move |p| p.kind == kind).filter(foreign);
    let ends = compared.and_then(|row| Precedents::of(of_kind(Kind::Size), row.level));
    let kind = match target.demand {
        Demand::AtLeast { .. } => "group",
        Demand::Count { .. } => "count",
        Demand::Threshold { .. } if target.subject.is_revenue() => "size",
        Demand::Threshold { .. } if target.subject.is_count() => "count",
        Demand::Threshold { .. } => "ratio",
    };
    let like = match kind {
        "count" => Some(Kind::Count),
        "ratio" => Some(Kind::Ratio),
        _ => None,
    };
    let remarks = like.map(|kind| in_words(kind, &provinces)).unwrap_or_default();
    let peers = years.and_then(|years| best(others(), years));
    let recent_peers = years.and_then(|years| best(others().filter(|level| level.year >= RECENT), years));
    let later = [&peers, &recent_peers].into_iter().flatten().any(|peer| peer.years[1] > model.base_year);
    let ended = of_kind(Kind::Size).any(|p| p.known_in().is_some_and(|year| year > model.base_year));
    TargetRealism {
        target: target.id.clone(),
        name: model.target_name(target),
        document: target.document.clone(),
        kind: kind.to_owned(),
        peers,
        recent_peers,
        hindsight: later || (ends.is_some() && ended),
        precedents: ends,
        remarks,
        growth,
    }
}

/// Past ends of one kind in other provinces: in its own, they are what a target is to be held against.
fn in_words(kind: Kind, provinces: &[String]) -> Vec<Text> {
    let of_kind = precedents().iter().filter(|p| p.kind == kind && !provinces.contains(&p.place));
    of_kind.map(Precedent::in_words).collect()
}

/// Identifiers of the provinces that hold the scope.
fn provinces_of(model: &Model, scope: &Scope) -> Vec<String> {
    let own = match scope {
        Scope::Province(p) => vec![*p],
        Scope::Nation | Scope::Industry(_) => (0..model.provinces.len()).collect(),
        _ => match province_of(model, scope) {
            Some(Scope::Province(p)) => vec![p],
            _ => Vec::new(),
        },
    };
    own.into_iter().map(|p| model.provinces[p].id.clone()).collect()
}

/// The best growth over at least `years`; failing that, over the longest span there is.
fn best<'a>(levels: impl Iterator<Item = &'a PeerLevel>, years: i32) -> Option<PeerGrowth> {
    let levels: Vec<&PeerLevel> = levels.collect();
    let pairs =
        levels.iter().enumerate().flat_map(|(i, &from)| levels[i + 1..].iter().map(move |&to| (from, to)));
    let spans = pairs.filter(|(from, to)| from.series == to.series && to.year - from.year >= LEAST_SPAN);
    let grown = spans.map(|(from, to)| PeerGrowth {
        place: from.place_name(),
        measure: from.measure(),
        years: [from.year, to.year],
        levels: [from.value, to.value],
        growth: powf(to.value / from.value, 1.0 / f64::from(to.year - from.year)) - 1.0,
        as_long: to.year - from.year >= years,
        note: from.note(),
    });
    // spans of the wanted length are all alike; among shorter ones the longest comes first
    let rank = |one: &PeerGrowth| if one.as_long { i32::MAX } else { one.years[1] - one.years[0] };
    grown.reduce(|a, b| match rank(&b).cmp(&rank(&a)).then(b.growth.total_cmp(&a.growth)) {
        std::cmp::Ordering::Greater => b,
        _ => a,
    })
}

impl Precedents {
    fn of<'a>(all: impl Iterator<Item = &'a Precedent>, level: Option<f64>) -> Option<Self> {
        let all: Vec<&Precedent> = all.collect();
        let cases: Vec<Ending> = all.iter().filter_map(|p| p.ending()).collect();
        let cases: Vec<Ending> = cases.into_iter().filter(|case| case.decided || case.in_ratio).collect();
        let count = |counts: fn(&Ending) -> bool| cases.iter().filter(|case| counts(case)).count() as u64;
        let (known, met) = (count(|case| case.decided), count(|case| case.met));
        let known_early = count(|case| case.decided && case.early);
        let ratios_early = count(|case| case.in_ratio && case.early);
        let interval = wilson(met, known, Level::P95).ok()?;
        let mut ratios: Vec<f64> = all.iter().filter_map(|p| p.ratio()).collect();
        ratios.sort_by(f64::total_cmp);
        let ratio = Spread::of(&ratios);
        let times = |level: f64| {
            ratio.map(|r| Spread { median: r.median * level, low: r.low * level, high: r.high * level })
        };
        Some(Self {
            known,
            known_early,
            met,
            interval: [interval.low(), interval.high()],
            ratio,
            ratios: ratios.len() as u64,
            ratios_early,
            cases,
            level: level.and_then(times),
        })
    }
}

impl Spread {
    /// Of values in rising order.
    fn of(sorted: &[f64]) -> Option<Self> {
        let (low, high) = (*sorted.first()?, *sorted.last()?);
        let (n, middle) = (sorted.len(), sorted.len() / 2);
        let median =
            if n % 2 == 1 { sorted[middle] } else { f64::midpoint(sorted[middle - 1], sorted[middle]) };
        Some(Self { median, low, high })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peers_are_compared_over_spans_as_long_as_the_targets() {
        let of = |years, from| {
            best(peers().iter().filter(|l| l.place != "hubei" && l.year >= from), years).unwrap()
        };
        let three = of(3, 0);
        assert_eq!((three.place.en.as_str(), three.years, three.as_long), ("Jiangsu", [2005, 2010], true));
        assert!((three.growth - (powf(1658.8 / 512.0, 0.2) - 1.0)).abs() < 1e-12);
        assert_eq!(of(6, 0).years, [2005, 2015]);
        // since 2015 no series spans six years: the longest stands in, and says so
        let recent = of(6, RECENT);
        assert_eq!(
            (recent.place.en.as_str(), recent.years, recent.as_long),
            ("Shanghai", [2019, 2024], false)
        );
        assert_eq!(of(4, RECENT).years, [2019, 2023]);
    }

    #[test]
    fn ends_are_counted_and_ratios_keep_their_middle() {
        let sizes = || precedents().iter().filter(|p| p.kind == Kind::Size);
        let all = Precedents::of(sizes(), Some(2500.0)).unwrap();
        assert_eq!((all.known, all.known_early, all.met), (3, 1, 0));
        assert_eq!((all.ratios, all.ratios_early, all.cases.len()), (7, 5, 7));
        assert!((all.ratio.unwrap().median - 1252.3 / 2200.0).abs() < 1e-12);
        assert!((all.level.unwrap().high - 2000.0).abs() < 1e-9);
        assert!(all.interval[0] == 0.0 && (0.5..0.6).contains(&all.interval[1]), "{:?}", all.interval);
        let without = Precedents::of(sizes().filter(|p| p.place != "zhejiang"), None).unwrap();
        assert_eq!((without.known, without.ratios, without.level), (2, 6, None));
        assert!((without.ratio.unwrap().median - (160.0 / 300.0 + 1252.3 / 2200.0) / 2.0).abs() < 1e-12);
        assert!(Precedents::of(std::iter::empty(), None).is_none());
    }
}
