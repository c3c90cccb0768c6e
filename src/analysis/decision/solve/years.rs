//! The earliest year in which a target has a wanted probability: the target judged in every year, on the same trials.

use super::*;
use crate::model::{Demand, Level, Target, When};
use crate::text;
use crate::text::Text;

/// As [`solve`](super::solve) for the lever `year`.
pub(super) fn solve(
    model: &Model,
    inputs: &[Input],
    question: &Question,
    wanted: f64,
    goal: &Goal,
    observer: &dyn Observer,
) -> Result<Answer<Solved>, AnalysisError> {
    let policy = &model.policies[question.policy(model)?];
    let worlds = question.worlds(model, false)?;
    let Goal::Target(index) = goal else { return Err(refused(&goal.info(model).name)) };
    let target = &model.targets[*index];
    let present = judged(target).ok_or_else(|| refused(&target.name))?;
    let years: Vec<i32> = (model.base_year + 1..=model.horizon).filter(|&y| has_level(target, y)).collect();
    let mut derived = model.clone();
    let mut goals = vec![goal.clone()];
    for &year in &years {
        goals.push(Goal::Target(derived.targets.len()));
        derived.targets.push(moved(target, year));
    }
    let experiment = Experiment::new(&derived, question, TRIALS, observer)?;
    let run = |seed: u64| {
        experiment.run_with(
            Design {
                policies: vec![policy.clone()],
                worlds: worlds.iter().map(|&world| model.worlds[world].clone()).collect(),
                goals: goals.clone(),
                keep: Default::default(),
                renewed: None,
            },
            seed,
            experiment.settings.trials,
        )
    };
    let (sampled, again) = (run(experiment.settings.seed)?, run(fresh(&experiment))?);
    let mut solutions = Vec::new();
    for (at, &world) in worlds.iter().enumerate() {
        let point = |sampled: &Sampled, goal: usize, year: i32| {
            curve_point(&tried(sampled, (at, 0, goal), 0.0), Some(f64::from(year)))
        };
        let on = |sampled: &Sampled| -> Result<Vec<Point>, AnalysisError> {
            years.iter().enumerate().map(|(index, &year)| point(sampled, index + 1, year)).collect()
        };
        let now = point(&again, 0, present)?;
        let now_in_run = point(&sampled, 0, present)?.probability;
        solutions.push(solution(
            named_world(&model.worlds[world]),
            (now, now_in_run),
            (on(&sampled)?, &on(&again)?),
            wanted,
        )?);
    }
    let end = |year: Option<&i32>| year.map_or(0.0, |&year| f64::from(year));
    let lever = LeverInfo {
        id: "year".to_owned(),
        name: text!("目标年份", "year of the target"),
        unit: Unit::Year,
        turn: Turn::Year,
        quantities: Vec::new(),
        names: Vec::new(),
        low: end(years.first()),
        high: end(years.last()),
        was_uncertain: false,
        spent_until: None,
    };
    let check_seed = fresh(&experiment);
    let policy = named_policy(policy);
    let quantity = QuantityInfo::of(model, goal);
    let findings = Solved { policy, lever, quantity, wanted, check_seed, solutions };
    Ok(Answer::new("solve", &experiment, inputs, goal.info(model), &worlds, findings))
}

/// The answer in one world from the curve, and from the curve on fresh draws.
fn solution(
    world: Named,
    (now, now_in_run): (Point, Estimate),
    (curve, again): (Vec<Point>, &[Point]),
    wanted: f64,
) -> Result<Solution, AnalysisError> {
    let (Some(first), Some(last)) = (curve.first(), curve.last()) else {
        return Err(AnalysisError::NothingSelected);
    };
    // a target that gets harder with the years is asked for its latest one
    let rises = last.probability.value >= first.probability.value;
    let reaching = |figure: fn(&Estimate) -> f64| {
        let reaches = |p: &Point| figure(&p.probability) >= wanted;
        if rises { curve.iter().position(reaches) } else { curve.iter().rposition(reaches) }
    };
    let found = reaching(|p| p.value);
    let (could, sure) = (reaching(|p| p.interval[1]), reaching(|p| p.interval[0]));
    let value = |index: usize| curve[index].value;
    let highest = |a: &usize, b: &usize| {
        // of equals the first from the end asked for
        let of_equals = if rises { b.cmp(a) } else { a.cmp(b) };
        curve[*a].probability.value.total_cmp(&curve[*b].probability.value).then(of_equals)
    };
    let best = (0..curve.len()).max_by(highest).ok_or(AnalysisError::NothingSelected)?;
    let goes_back = |pair: &[Point]| {
        let [before, after] = if rises { [0, 1] } else { [1, 0] };
        pair[after].probability.interval[1] < pair[before].probability.interval[0]
    };
    let is_met = |p: &Point| p.probability.value >= wanted;
    let is_sure = |p: &Point| p.probability.interval[0] >= wanted;
    let verdict = match found {
        None if again[best].probability.interval[1] < wanted => Verdict::Impossible,
        None => Verdict::Unclear,
        _ if curve.iter().chain(again).all(is_sure) => Verdict::Throughout,
        _ => Verdict::Found,
    };
    let regions = curve.chunk_by(|a, b| is_met(a) == is_met(b)).filter(|run| is_met(&run[0]));
    let regions = regions.filter_map(|run| Some([run.first()?.value?, run.last()?.value?]));
    Ok(Solution {
        world,
        now,
        now_in_run,
        verdict,
        value: found.and_then(value),
        interval: if rises { [could, sure] } else { [sure, could] }.map(|end| end.and_then(value)),
        rises,
        monotone: !curve.windows(2).any(goes_back),
        // every year is looked at
        bounded: true,
        regions: regions.collect(),
        best: again[best].clone(),
        highest: curve[best].probability.value,
        check: found.map(|index| again[index].clone()),
        // all that is told is of one batch
        curve: again.to_vec(),
    })
}

/// The one year in which the target is judged.
pub(super) fn judged(target: &Target) -> Option<i32> {
    let (Demand::Threshold { when, .. } | Demand::Count { when, .. }) = &target.demand else { return None };
    match when {
        When::Year(year) | When::By(year) => Some(*year),
        When::Sustained(..) => None,
    }
}

/// Whether the target states what it demands in that year.
fn has_level(target: &Target, year: i32) -> bool {
    match &target.demand {
        Demand::Threshold { level: Level::ByYear(amounts), .. } => amounts.iter().any(|(y, _)| *y == year),
        _ => true,
    }
}

/// The target judged in another year.
fn moved(target: &Target, year: i32) -> Target {
    let mut moved = target.clone();
    moved.id = format!("{}@{year}", target.id);
    if let Demand::Threshold { when, .. } | Demand::Count { when, .. } = &mut moved.demand {
        *when = match when {
            When::By(_) => When::By(year),
            _ => When::Year(year),
        };
    }
    moved
}

/// The error of a target that has no single year to move.
fn refused(name: &Text) -> AnalysisError {
    let (zh, en) = (&name.zh, &name.en);
    AnalysisError::Refused(text!(
        "“{zh}”不是只看一个年份的目标，无法问最早年份；请用 --target 选一个写 year 或 by 的目标",
        "\"{en}\" is not judged in one year, so it has no earliest year; choose a target with `year` or `by` by --target"
    ))
}
