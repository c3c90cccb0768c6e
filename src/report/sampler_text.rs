//! How trials were drawn that are not independent, and what line sampling found.

use super::number::{self, percent, points_change, probability_with_interval};
use super::readings_text;
use super::table::{Column, Table};
use crate::analysis::results::{Ends, LineResult, Results, SamplerInfo};
use crate::text;
use crate::text::{Lang, Text};

/// One sentence on evenly spread trials; `None` for independent ones.
pub fn note(results: &Results) -> Option<Text> {
    let SamplerInfo { replicates, directions, dimensions, .. } = results.run.sampler.as_ref()?;
    let each = number::decimal((results.run.trials / replicates) as f64, 0);
    Some(text!(
        "均匀抽样：{replicates}组各自独立扰动的Sobol'序列，每组{each}次，共{dimensions}维，其中{directions}维是对目标影响最大的方向；\
         区间由各组之间的差别得出。",
        "Evenly spread trials: {replicates} independently scrambled Sobol' sequences of {each} trials in {dimensions} dimensions, of \
         which {directions} are the directions that move the targets most; intervals come from the spread of the sequences."
    ))
}

/// A probability with its interval; only a bound where the interval reaches 0 or 1 and the estimate lies closer to that end than
/// the interval can tell.
fn told(probability: f64, [low, high]: Ends, lang: Lang) -> String {
    if high >= 1.0 && 1.0 - probability < 0.1 * (1.0 - low) {
        return format!(">{}", percent(low));
    }
    if low <= 0.0 && probability < 0.1 * high {
        return format!("<{}", percent(high));
    }
    probability_with_interval(probability, (low, high), lang)
}

/// What line sampling found of every target and policy; `None` if it was not asked for or no target judges revenue.
pub fn lines(results: &Results, lang: Lang) -> Option<Table> {
    let say = |text: Text| text.get(lang).to_owned();
    let worlds = &results.run.worlds;
    let mut columns = vec![Column::text(say(Text::new("目标", "Target")))];
    if worlds.len() > 1 {
        columns.push(Column::text(say(Text::new("情景", "World"))));
    }
    let reference = &results.run.reference;
    let Text { zh, en } = &reference.name;
    // the reference alone has nothing to differ from
    let has_changes = results.run.policies.iter().any(|policy| policy.id != reference.id);
    columns.extend([
        Column::text(say(Text::new("方案", "Policy"))),
        Column::number(say(Text::new("可能性（95%区间）", "Probability (95% interval)"))),
    ]);
    if has_changes {
        columns.push(Column::number(say(text!("与“{zh}”之差", "Change against “{en}”"))));
    }
    let mut rows = Vec::new();
    for target in &results.runs.first()?.targets {
        for world in worlds {
            for policy in &results.run.policies {
                let run = results.run_of(&policy.id, &world.id);
                let Some(line) = run.and_then(|run| run.target(&target.id)?.line.as_ref()) else { continue };
                let LineResult { probability, interval, change, change_interval, .. } = line;
                let mut row = vec![readings_text::name(results, target).get(lang).to_owned()];
                if worlds.len() > 1 {
                    row.push(world.name.get(lang).to_owned());
                }
                let difference = change.zip(*change_interval);
                row.push(policy.name.get(lang).to_owned());
                row.push(told(*probability, *interval, lang));
                if has_changes {
                    row.push(
                        difference.map_or_else(String::new, |(change, ends)| {
                            points_change(change, ends.into(), lang)
                        }),
                    );
                }
                rows.push(row);
            }
        }
    }
    (!rows.is_empty()).then(|| Table {
        title: Some(say(Text::new("沿主方向积分后的可能性（更精确）", "Probability integrated along the leading direction (more precise)"))),
        columns,
        rows,
        notes: vec![say(Text::new(
            "与上表估计的是同一个可能性，只是更精确：每次模拟都沿影响最大的方向求出达标的分界点，再按正态分布算出越过分界点的机会，并用该次模拟的实际结局校正。",
            "The same probabilities as above, estimated more precisely: every trial finds where along the leading direction the target \
             begins to be met, takes the normal probability of lying beyond, and corrects it by the trial's own outcome.",
        ))],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn estimates_closer_to_an_end_than_their_interval_are_bounds() {
        assert_eq!(told(1.0 - 1e-12, [0.999, 1.0], Lang::Zh), ">99.9%");
        assert_eq!(told(1e-12, [0.0, 0.001], Lang::Zh), "<0.10%");
        assert!(told(0.25, [0.24, 0.26], Lang::Zh).contains("25"));
    }
}
