//! What ended a run that was to be so precise.

use super::number::decimal;
use super::readings_text;
use crate::analysis::precision::Precision;
use crate::analysis::results::{Named, PrecisionInfo, Results};
use crate::math::powi;
use crate::text;
use crate::text::{Lang, Text};

/// One sentence on what ended the run; `None` where a number of trials was asked for.
pub fn sentence(results: &Results, lang: Lang) -> Option<String> {
    let PrecisionInfo { wanted, reached, widest, .. } = results.run.precision.as_ref()?;
    let trials = decimal(results.run.trials as f64, 0);
    let named = |id: &str, items: &[Named]| {
        items.iter().find(|item| item.id == id).map_or_else(|| Text::same(id), |item| item.name.clone())
    };
    let target = results.runs.iter().find_map(|run| run.target(&widest.target));
    let target = target
        .map_or_else(|| Text::same(&widest.target), |target| readings_text::plain_name(results, target));
    let policy = named(&widest.policy, &results.run.policies);
    let world = named(&widest.world, &results.run.worlds);
    let (half, level) = (points(widest.half_width), decimal(100.0 * results.run.interval_level, 0));
    let wishes: Vec<Text> = wanted.iter().map(wish).collect();
    let (zh, en) = (join(&wishes, Lang::Zh), join(&wishes, Lang::En));
    let [place_zh, place_en] = [Lang::Zh, Lang::En].map(|lang| {
        let (target, policy, world) = (target.get(lang), policy.get(lang), world.get(lang));
        let place = text!(
            "“{target}”（{policy}，{world}），半宽{half}个百分点",
            "“{target}” ({policy}, {world}) with {half} percentage points"
        );
        place.get(lang).to_owned()
    });
    let text = if *reached {
        text!(
            "模拟到精度够了为止（{level}%区间的半宽：{zh}），共{trials}次；最宽的是{place_zh}。",
            "Simulated until precise enough (half-width of {level}% intervals: {en}): {trials} trials; the widest is \
             {place_en}."
        )
    } else {
        text!(
            "模拟到上限{trials}次，精度仍未达到要求（{level}%区间的半宽：{zh}）：最宽的是{place_zh}；要更精确，请用 --trials \
             给出更多次数。",
            "Stopped at the limit of {trials} trials before it was precise enough (half-width of {level}% intervals: \
             {en}): the widest is {place_en}; allow more with --trials."
        )
    };
    Some(text.get(lang).to_owned())
}

/// What is wanted of one target, or of all.
fn wish(precision: &Precision) -> Text {
    let points = plain(precision.half_width);
    match &precision.target {
        Some(id) => text!("{id} 不超过{points}个百分点", "{id} at most {points} points"),
        None => text!("各项目标不超过{points}个百分点", "every target at most {points} points"),
    }
}

fn join(wishes: &[Text], lang: Lang) -> String {
    let separator = if lang == Lang::Zh { "，" } else { ", " };
    wishes.iter().map(|wish| wish.get(lang)).collect::<Vec<_>>().join(separator)
}

/// Percentage points with two significant digits.
fn points(share: f64) -> String {
    let points = 100.0 * share;
    let enough = (0..6).find(|&digits| points * powi(10.0, digits) >= 9.95).unwrap_or(6);
    decimal(points, enough as usize)
}

/// Percentage points as they were asked for.
fn plain(share: f64) -> String {
    let text = format!("{:.9}", 100.0 * share);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The values of `--precision` that ask for it again; none where a number of trials was asked for.
pub fn options(results: &Results) -> Vec<String> {
    let wanted = results.run.precision.iter().flat_map(|precision| &precision.wanted);
    let option = |wish: &Precision| {
        let points = plain(wish.half_width);
        wish.target.as_ref().map_or_else(|| format!("{points}pp"), |id| format!("{id}={points}pp"))
    };
    wanted.map(option).collect()
}
