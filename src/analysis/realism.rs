//! Whether a target is realistic before anything is simulated: the growth it needs against the record.

mod evidence;
mod outside;
mod record;

use serde::{Deserialize, Serialize};

use super::error::AnalysisError;
use super::median::{MedianRun, median_run};
use super::summarise::{condition, growth_needed, judged_year};
use crate::model::{Demand, Level, Model, Scope, Target};
use crate::random::Distribution;
use crate::text::Text;

pub use outside::{Ending, PeerGrowth, Precedents, RECENT, Spread, TargetRealism, outside_view};
pub use record::Past;

/// Growth above which a target counts as far beyond the record: this multiple of its best sustained growth.
pub const FAR: f64 = 2.0;

/// What a threshold target needs, and what has been seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Realism {
    /// Identifier of the target.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// What it demands.
    pub condition: Text,
    /// Name of its scope.
    pub scope: Text,
    /// Name of its measure.
    pub measure: Text,
    /// Base year.
    pub base_year: i32,
    /// Year in which it is judged.
    pub year: i32,
    /// Median base-year figure in the target's measure, 亿元.
    pub base: f64,
    /// Level in the judged year at the median base, 亿元; `None` for levels by year without that year.
    pub level: Option<f64>,
    /// Compound annual growth needed, as a share.
    pub needed: f64,
    /// Record of the same scope; of its province where a cluster or group has none.
    pub record: Option<Past>,
    /// Record of the whole country.
    pub nation: Option<Past>,
    /// Median national trend, weighted by the industries of the scope, as a share a year.
    pub trend: f64,
    /// What follows.
    pub verdict: Verdict,
}

/// The verdict by fixed rule. `best` is the best sustained growth of the scope's record, else of its
/// province's, else of the nation's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The base-year figure meets the level already: needed ≤ 0.
    Met,
    /// needed ≤ best.
    WithinRecord,
    /// best < needed ≤ [`FAR`] · best.
    AboveRecord,
    /// needed > [`FAR`] · best, or growth is needed where none was ever sustained.
    FarAboveRecord,
    /// There is no record to compare with.
    NoRecord,
    /// The target is an upper limit, for which high growth is no obstacle.
    UpperLimit,
}

impl Verdict {
    /// The rule.
    pub fn of(needed: f64, best: Option<f64>, at_least: bool) -> Self {
        match best {
            _ if !at_least => Self::UpperLimit,
            _ if needed <= 0.0 => Self::Met,
            None => Self::NoRecord,
            Some(best) if needed <= best => Self::WithinRecord,
            Some(best) if needed <= FAR * best => Self::AboveRecord,
            Some(_) => Self::FarAboveRecord,
        }
    }

    /// The verdict in words.
    pub fn words(self) -> Text {
        match self {
            Self::Met => Text::new("基年已达到", "met in the base year"),
            Self::WithinRecord => Text::new("增速历史上有过", "growth within the record"),
            Self::AboveRecord => Text::new("超过历史最好", "above the record"),
            Self::FarAboveRecord => Text::new("远超历史", "far above the record"),
            Self::NoRecord => Text::new("没有三年以上的历史可比", "no record of three years to compare with"),
            Self::UpperLimit => Text::new("上限目标，不比增速", "an upper limit: no growth needed"),
        }
    }
}

/// Every threshold target against the record, in the order of the file.
///
/// # Errors
/// [`AnalysisError::NonFinite`] if a median path leaves the finite numbers.
pub fn realism(model: &Model) -> Result<Vec<Realism>, AnalysisError> {
    let world = model.worlds.iter().position(|w| w.id == "base").unwrap_or(0);
    let run = median_run(model, Vec::new(), world)?;
    let targets = model.targets.iter().filter(|target| !target.is_condition);
    Ok(targets.filter_map(|target| row(model, &run, target)).collect())
}

fn row(model: &Model, run: &MedianRun, target: &Target) -> Option<Realism> {
    let Demand::Threshold { at_least, level, .. } = &target.demand else { return None };
    if !target.subject.is_revenue() {
        return None;
    }
    let measure = &model.measures[target.measure];
    let scope = model.scope_id(&target.scope);
    let series = if target.measure == model.measure { scope } else { format!("{scope}@{}", measure.id) };
    let base = run.base(&series)?;
    let needed = growth_needed(&target.demand, model.base_year, base)?;
    let year = judged_year(&target.demand)?;
    let steps = u32::try_from(year - model.base_year).ok()?;
    // past figures of the nation are of the whole country, a target of all provinces of those in the file
    let own = (target.scope != Scope::Nation).then_some(&target.scope);
    let record = own.and_then(|own| {
        Past::of(model, own, target.measure)
            .or_else(|| Past::of(model, &province_of(model, own)?, target.measure))
    });
    let nation = Past::of(model, &Scope::Nation, target.measure);
    let best = record.as_ref().or(nation.as_ref()).map(|past| past.best);
    Some(Realism {
        id: target.id.clone(),
        name: model.target_name(target),
        condition: condition(model, target).text,
        scope: model.scope_name(&target.scope),
        measure: measure.name.clone(),
        base_year: model.base_year,
        year,
        base,
        level: match level {
            Level::Fixed(amount) => Some(*amount),
            Level::ByYear(amounts) => amounts.iter().find(|(y, _)| *y == year).map(|(_, amount)| *amount),
            Level::MultipleOfBase(multiple) => Some(multiple * base),
            Level::Growth(rate) => Some(base * crate::math::powi(1.0 + rate, steps)),
        },
        needed,
        trend: trend(model, run, &target.scope),
        verdict: Verdict::of(needed, best, *at_least),
        record,
        nation,
    })
}

/// The one province that holds all clusters of a cluster, group or list.
fn province_of(model: &Model, scope: &Scope) -> Option<Scope> {
    if !matches!(scope, Scope::Cluster(_) | Scope::Group(_) | Scope::Clusters(_)) {
        return None;
    }
    let provinces: Vec<usize> =
        model.clusters_of(scope).into_iter().map(|c| model.clusters[c].province).collect();
    let first = *provinces.first()?;
    provinces.iter().all(|&p| p == first).then_some(Scope::Province(first))
}

/// Median national trend plus the industries' median growth, weighted by their base-year revenue in the scope.
fn trend(model: &Model, run: &MedianRun, scope: &Scope) -> f64 {
    let median = |id: crate::model::QuantityId| {
        model.quantities.get(id).distribution.as_ref().map_or(0.0, Distribution::median)
    };
    let (mut weights, mut sum) = (0.0, 0.0);
    for c in model.clusters_of(scope) {
        let base = run.base(&model.scope_id(&Scope::Cluster(c))).unwrap_or(0.0);
        for &(industry, share) in &model.clusters[c].mix {
            if matches!(scope, Scope::Industry(only) if *only != industry) {
                continue;
            }
            weights += base * share;
            sum += base * share * median(model.industries[industry].growth);
        }
    }
    median(model.nation.trend) + if weights > 0.0 { sum / weights } else { 0.0 }
}
