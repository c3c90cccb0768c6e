//! How a policy moves stages: the pace of the clock and the chance of passing, as steps in calendar time.

use crate::kernel::number::NumLanes;
use crate::math::{LANES, Lanes, Task, Vector};
use crate::plan::{ApprovalSupport, Num, Pipeline};

/// What changes in one stage at one time.
struct Break {
    /// Years after the base year.
    start: f64,
    /// Multiplier of the duration from then on.
    slow: Lanes,
    /// Multiplier of the success of stages that end after it.
    gain: Lanes,
}

/// Chances, durations and entrants of one pipeline under one kind of support.
#[derive(Default)]
pub struct Law {
    /// Changes of every stage, in the order of time.
    breaks: Vec<Vec<Break>>,
    /// Chance of passing every stage without support.
    success: Vec<Lanes>,
    /// Largest chance of passing every stage, whenever it ends.
    ceiling: Vec<Lanes>,
    /// Entrants of every year; entry 0 is the first simulated year.
    pub entrants: Vec<Lanes>,
}

impl Law {
    /// Sets the law for the values drawn in a block.
    pub fn set(&mut self, pipeline: &Pipeline, supports: &[ApprovalSupport], values: &[Lanes], steps: usize) {
        let stages = pipeline.stages.len();
        self.breaks.resize_with(stages, Vec::new);
        self.success.resize(stages, [0.0; LANES]);
        self.ceiling.resize(stages, [0.0; LANES]);
        self.entrants.resize(steps, [0.0; LANES]);
        let one = Num::Const(1.0);
        for stage in 0..stages {
            let breaks = &mut self.breaks[stage];
            breaks.clear();
            let moving = supports.iter().filter(|s| s.success != one || s.duration != one);
            let mut moving: Vec<&ApprovalSupport> = moving.filter(|s| s.stages[stage]).collect();
            moving.sort_by_key(|s| s.start);
            let mut best: Lanes = [1.0; LANES];
            for support in moving {
                let start = support.start as f64;
                let (mut slow, mut gain) =
                    breaks.last().map_or(([1.0; LANES], [1.0; LANES]), |b| (b.slow, b.gain));
                NumLanes::of(support.duration, values).multiply(&mut slow);
                NumLanes::of(support.success, values).multiply(&mut gain);
                if breaks.last().is_some_and(|b| b.start == start) {
                    breaks.pop();
                }
                (0..LANES).for_each(|i| best[i] = best[i].max(gain[i]));
                breaks.push(Break { start, slow, gain });
            }
            let success = &mut self.success[stage];
            NumLanes::of(pipeline.stages[stage].success, values).write(success);
            (0..LANES).for_each(|i| self.ceiling[stage][i] = (success[i] * best[i]).min(1.0));
        }
        for (year, rate) in self.entrants.iter_mut().enumerate() {
            NumLanes::of(pipeline.entrants.0, values).write(rate);
            let working = || supports.iter().filter(|s| s.start <= year);
            working().for_each(|s| NumLanes::of(s.entrants, values).multiply(rate));
            working().for_each(|s| NumLanes::of(s.entrants_added, values).add_scaled(1.0, rate));
        }
    }

    /// Raises `bound` to the largest chance of passing from stage `from` to the end.
    pub fn raise(&self, from: usize, bound: &mut Lanes) {
        for i in 0..LANES {
            let chance = self.ceiling[from..].iter().map(|c| c[i]).product::<f64>();
            bound[i] = bound[i].max(chance);
        }
    }

    /// Passes one stage: `time` moves from its start to its end by `work` years of unsupported work, and `chance` is
    /// multiplied by the chance of passing.
    pub fn pass(&self, v: Vector, stage: usize, work: &Lanes, time: &mut Lanes, chance: &mut Lanes) {
        let success = &self.success[stage];
        match &self.breaks[stage][..] {
            [] => v.run(Plain { work, success, time, chance }),
            [only] => v.run(Once { only, work, success, time, chance }),
            breaks => {
                for i in 0..LANES {
                    let (end, gain) = end_of_stage(breaks, i, time[i], work[i]);
                    time[i] = end;
                    chance[i] *= (success[i] * gain).min(1.0);
                }
            }
        }
    }
}

/// End of a stage and the multiplier of its success, for any number of changes.
fn end_of_stage(breaks: &[Break], lane: usize, mut time: f64, mut work: f64) -> (f64, f64) {
    let mut slow = 1.0;
    for change in breaks {
        let span = (change.start - time).max(0.0);
        let done = work.min(span / slow);
        time += done * slow;
        work -= done;
        slow = change.slow[lane];
    }
    time += work * slow;
    let ended = breaks.iter().rev().find(|b| time > b.start);
    (time, ended.map_or(1.0, |b| b.gain[lane]))
}

/// A stage that no policy moves.
struct Plain<'a> {
    work: &'a Lanes,
    success: &'a Lanes,
    time: &'a mut Lanes,
    chance: &'a mut Lanes,
}

impl Task for Plain<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        for i in 0..LANES {
            self.time[i] += self.work[i];
            self.chance[i] *= self.success[i];
        }
    }
}

/// A stage with one change.
struct Once<'a> {
    only: &'a Break,
    work: &'a Lanes,
    success: &'a Lanes,
    time: &'a mut Lanes,
    chance: &'a mut Lanes,
}

impl Task for Once<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        for i in 0..LANES {
            let (time, work) = (self.time[i], self.work[i]);
            let span = self.only.start - time;
            let span = if span > 0.0 { span } else { 0.0 };
            let done = if work < span { work } else { span };
            let end = time + done + (work - done) * self.only.slow[i];
            let raised = self.success[i] * self.only.gain[i];
            let raised = if raised < 1.0 { raised } else { 1.0 };
            self.time[i] = end;
            self.chance[i] *= if end > self.only.start { raised } else { self.success[i] };
        }
    }
}
