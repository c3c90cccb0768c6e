//! The hindcast: a scenario as seen at its start, held against what is known to have happened.
//!
//! Known outcomes enter nothing but this comparison. One plan's end is an anecdote: it can show that a prediction was far
//! off, never that the model is right.

use serde::Serialize;

use super::error::AnalysisError;
use super::results::{Ends, Input, Named, Program};
use super::simulate::{Request, execute, hash};
use super::summarise::{condition, figure_word, known_policies, summarise};
use crate::engine::Observer;
use crate::model::{KnownOutcome, Model, Subject};
use crate::stats::{Level, QuantileSketch, wilson};
use crate::text::{Text, joined};

/// Name and version of the document.
pub const SCHEMA: &str = "clustercast-hindcast/1";

/// The policy that a hindcast runs unless another is named.
const IN_FORCE: &str = "plan";

/// Share of the predictions on either side of the band.
const TAIL: f64 = 0.05;

/// The comparison, as it is written with `--format json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hindcast {
    /// [`SCHEMA`].
    pub schema: String,
    /// What computed it.
    pub program: Program,
    /// Scenario: identifier and title.
    pub scenario: Named,
    /// Name of the scenario file without folders.
    pub file: String,
    /// SHA-256 over names and texts of all inputs, in hexadecimal.
    pub hash: String,
    /// Last year known to the prediction.
    pub base_year: i32,
    /// Seed.
    pub seed: u64,
    /// Trials.
    pub trials: u64,
    /// Policy that was simulated.
    pub policy: Named,
    /// World that was simulated.
    pub world: Named,
    /// The outcomes by year, those of one year in the order of the file.
    pub outcomes: Vec<Placed>,
}

/// One outcome in its predicted distribution.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Placed {
    /// What the outcome is.
    pub name: Text,
    /// Identifier of the predicted series: scope, with `@measure` if it is not the primary one.
    pub series: String,
    /// Identifier of the measure.
    pub measure: String,
    /// What kind of figures these are: `money`, `count`, `share` or `number`.
    pub figure: String,
    /// Unit of all figures, as planners call it.
    pub unit: Text,
    /// Year.
    pub year: i32,
    /// What happened.
    pub value: f64,
    /// Source as written.
    pub source: Option<String>,
    /// Grade of evidence.
    pub grade: Option<String>,
    /// Remark as written.
    pub note: Option<Text>,
    /// Predicted median.
    pub median: f64,
    /// Predicted 5 % and 95 % points.
    pub band: Ends,
    /// Where the outcome lies.
    pub place: Place,
    /// Whether it lies within the band, ends included.
    pub inside: bool,
    /// Whether more trials might turn `inside`.
    pub at_edge: bool,
    /// The target that it settles.
    pub target: Option<Settled>,
}

/// Where an outcome x lies among the predictions X.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Place {
    /// `P(X ≤ x)`.
    pub at_most: f64,
    /// `P(X ≥ x)`.
    pub at_least: f64,
    /// `P(X < x) + P(X = x) / 2`: uniform on average for a true prediction of whole numbers, and `P(X ≤ x)` where no
    /// single value has a chance of its own.
    pub mid: f64,
    /// Whether the predictions are whole numbers.
    pub discrete: bool,
    /// Wilson interval of `at_most`.
    pub interval: Ends,
}

/// A target beside its end.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Settled {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: Text,
    /// What it demands.
    pub condition: Text,
    /// Whether it was met.
    pub met: bool,
    /// Whether that is the author's judgement, because the figure alone does not decide it.
    pub judged: bool,
    /// Its simulated chance.
    pub probability: f64,
    /// Wilson interval of that chance.
    pub interval: Ends,
}

/// Simulates the policy in force (the one that `request` names, else `plan`) and places every known outcome.
///
/// # Errors
/// [`AnalysisError::NoOutcomes`] or [`AnalysisError::WhichPolicy`] before anything runs; every error of a simulation.
pub fn hindcast(
    model: &Model,
    inputs: Vec<Input>,
    request: &Request,
    observer: &dyn Observer,
) -> Result<Hindcast, AnalysisError> {
    if model.known.is_empty() {
        return Err(AnalysisError::NoOutcomes);
    }
    let mut request = request.clone();
    if request.policies.is_none() {
        if !model.policies.iter().any(|policy| policy.id == IN_FORCE) {
            return Err(AnalysisError::WhichPolicy { known: known_policies(model) });
        }
        request.policies = Some(vec![IN_FORCE.to_owned()]);
    }
    let finished = execute(model, &request, observer)?;
    let hash = hash(&inputs);
    let results = summarise(&finished.of(model), inputs);
    // one policy in one world; the plan holds the reference as well, in front
    let run = results.runs.first().ok_or(AnalysisError::NothingSelected)?;
    let plan = &finished.plan;
    let at = plan.policies.iter().position(|id| *id == run.policy.id).unwrap_or(0);
    let counts = &finished.outcome.counts.0[at];
    let placed = |(outcome, &(series, year)): (&KnownOutcome, &(usize, usize))| {
        let sketch = &counts.series[plan.at(series, year)];
        let target = outcome.target.and_then(|settled| {
            let spec = &model.targets[settled.target];
            let found = run.target(&spec.id)?;
            Some(Settled {
                id: spec.id.clone(),
                name: spec.name.clone(),
                condition: condition(model, spec).text,
                met: settled.met,
                judged: settled.judged,
                probability: found.probability,
                interval: found.interval,
            })
        });
        let discrete = outcome.subject.is_count();
        let place = Place::of(sketch, outcome.value, discrete);
        // a whole number lies at the lower edge of its bin
        let quantile = |q: f64| sketch.quantile(q).map_or(0.0, |x| if discrete { x.floor() } else { x });
        let provenance = &outcome.provenance;
        Placed {
            name: outcome.name.clone().unwrap_or_else(|| {
                let scope = model.judged_scope_name(&outcome.subject, &outcome.scope);
                let measure = match outcome.subject {
                    Subject::Revenue => model.measures[outcome.measure].name.clone(),
                    _ => model.subject_name(&outcome.subject),
                };
                Text::new(joined(&[&scope.zh, &measure.zh]), format!("{}, {}", scope.en, measure.en))
            }),
            series: plan.series[series].id.clone(),
            measure: plan.series[series].measure.clone(),
            figure: figure_word(plan.series[series].unit).to_owned(),
            unit: model.unit(&outcome.subject),
            year: outcome.year,
            value: outcome.value,
            source: provenance.source.as_ref().map(|(text, _)| text.clone()),
            grade: provenance.grade.map(|grade| grade.word().to_owned()),
            note: provenance.note.clone(),
            median: quantile(0.5),
            band: [TAIL, 1.0 - TAIL].map(quantile),
            inside: place.inside(),
            at_edge: place.at_edge(),
            place,
            target,
        }
    };
    Ok(Hindcast {
        schema: SCHEMA.to_owned(),
        program: results.program.clone(),
        scenario: Named { id: results.scenario.id.clone(), name: results.scenario.title.clone() },
        file: results.scenario.file.clone(),
        hash,
        base_year: model.base_year,
        seed: results.run.seed,
        trials: results.run.trials,
        policy: run.policy.clone(),
        world: run.world.clone(),
        outcomes: model.known.iter().zip(&plan.known).map(placed).collect(),
    })
}

impl Place {
    /// Where `x` lies among the values of `sketch`; whole numbers have a chance of their own if `discrete`.
    pub fn of(sketch: &QuantileSketch, x: f64, discrete: bool) -> Self {
        let below = |x: f64| sketch.share_below(x).unwrap_or(0.0);
        // whole numbers up to x are those below the next one
        let (under, at_most) =
            if discrete { (below(x.ceil()), below(x.floor() + 1.0)) } else { (below(x), below(x)) };
        let n = sketch.n();
        let hits = ((at_most * n as f64).round() as u64).min(n);
        Self {
            at_most,
            at_least: 1.0 - under,
            mid: f64::midpoint(under, at_most),
            discrete,
            interval: wilson(hits, n, Level::P95).map_or([0.0, 1.0], |ends| [ends.low(), ends.high()]),
        }
    }

    /// Whether the simulation's own noise leaves open on which side of an end of the band the value lies.
    pub fn at_edge(&self) -> bool {
        let [low, high] = self.interval;
        [TAIL, 1.0 - TAIL].iter().any(|end| (low..=high).contains(end))
    }

    /// Whether no more than 5 % of the predictions lie beyond the value on either side.
    pub fn inside(&self) -> bool {
        self.at_most >= TAIL && self.at_least >= TAIL
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_have_two_sides_and_a_middle() {
        // 10 zeros, 20 ones, 30 twos, 40 threes
        let x: Vec<f64> =
            [10, 20, 30, 40].iter().zip(0..).flat_map(|(&n, k)| vec![f64::from(k); n]).collect();
        let mut sketch = QuantileSketch::new();
        sketch.record_lanes(&x, x.len());
        let place = Place::of(&sketch, 2.0, true);
        let close =
            |found: f64, expected: f64| assert!((found - expected).abs() < 1e-12, "{found} {expected}");
        close(place.at_most, 0.6);
        close(place.at_least, 0.7);
        close(place.mid, 0.45);
        assert!(place.inside());
        let beyond = Place::of(&sketch, 4.0, true);
        close(beyond.at_most, 1.0);
        close(beyond.at_least, 0.0);
        assert!(!beyond.inside());
        // between two whole numbers nothing lies
        let between = Place::of(&sketch, 1.5, true);
        close(between.at_most, 0.3);
        close(between.at_least, 0.7);
    }
}
