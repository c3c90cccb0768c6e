//! Every instrument: what it is, what it costs, which policies use it, and what dropping it would change.

use super::{Heads, points};
use crate::analysis::results::*;
use crate::report::briefing::wording::{level, list, say};
use crate::report::briefing::{Cell, DataTable, Format};
use crate::report::number::{money_unit, unit_of};
use crate::report::readings_text;
use crate::scenario::class;
use crate::text;
use crate::text::{Lang, Text};

/// The table, in the order of the file.
pub fn table(results: &Results, world: &str, lang: Lang) -> DataTable {
    let heads = Heads(lang);
    let level = level(results);
    let effects = results.effects.iter().find(|effects| effects.world.id == world);
    let quantity = effects.and_then(|effects| {
        let run = results.run_of(&effects.policy.id, &effects.world.id)?;
        run.target(&effects.target)?.quantity.as_ref()
    });
    let mut columns = vec![
        heads.text("政策工具", "Instrument"),
        heads.text("类别", "Class"),
        heads.text("作用渠道", "Channels"),
        heads.number("预算", "Stated budget", &money_unit()),
        heads.text("年份", "Years"),
        heads.text("采用的方案", "Policies"),
    ];
    if effects.is_some() {
        let unit =
            quantity.map_or_else(money_unit, |quantity| unit_of(&quantity.figure, &quantity.unit_name));
        columns.extend([
            heads.number("对可能性的贡献", "Adds to the probability", &points()),
            heads.number(&format!("贡献的{level}区间"), &format!("{level} interval"), &points()),
            heads.number("对水平的贡献", "Adds to the mean", &unit),
            heads.number(&format!("水平贡献的{level}区间"), &format!("{level} interval of the mean"), &unit),
            heads.number("实际支出", "Money paid", &money_unit()),
        ]);
    }
    let mut table = DataTable::new("instruments", heads.say("政策工具", "Instruments"), columns);
    let figure = quantity.map_or("money", |quantity| quantity.figure.as_str());
    for instrument in &results.instruments {
        let mut row = plain(results, instrument, lang);
        if let Some(effects) = effects {
            let found = effects.instruments.iter().find(|effect| effect.instrument == instrument.id);
            row.extend(found.map_or_else(|| vec![Cell::Empty; 5], |effect| effect_cells(effect, figure)));
        }
        table.rows.push(row);
    }
    notes(results, effects, &mut table, lang);
    table
}

fn plain(results: &Results, instrument: &InstrumentInfo, lang: Lang) -> Vec<Cell> {
    let channels: Vec<String> = instrument.channels.iter().map(|one| say(&channel(one), lang)).collect();
    let name = |id: &String| {
        let known = results.run.policies.iter().find(|policy| policy.id == *id);
        known.map_or_else(|| id.clone(), |policy| say(&policy.name, lang))
    };
    let policies: Vec<String> = instrument.policies.iter().map(name).collect();
    let years = instrument.years.map_or_else(String::new, |(from, to)| {
        if from == to { from.to_string() } else { format!("{from}–{to}") }
    });
    vec![
        Cell::text(instrument.name.get(lang)),
        Cell::Text(say(&class::name(&instrument.class), lang)),
        Cell::Text(list(&channels, lang)),
        instrument.money.map_or(Cell::Empty, |money| Cell::Number(money, Format::Money)),
        if years.is_empty() { Cell::Empty } else { Cell::Text(years) },
        if policies.is_empty() { Cell::Empty } else { Cell::Text(list(&policies, lang)) },
    ]
}

/// Whether dropping the instrument changes the outcome in no trial: an exact nothing, not one within sampling error.
pub(in crate::report::briefing) fn is_idle(effect: &InstrumentEffect) -> bool {
    let nothing =
        [effect.probability, effect.quantity, effect.quantity_interval[0], effect.quantity_interval[1]];
    nothing.iter().all(|value| *value == 0.0)
}

fn effect_cells(effect: &InstrumentEffect, figure: &str) -> Vec<Cell> {
    let format = match figure {
        "share" => Format::Points,
        "money" => Format::Money,
        _ => Format::Decimal(2),
    };
    let [low, high] = effect.interval;
    let [least, most] = effect.quantity_interval;
    let interval = |low: f64, high: f64, format: Format| {
        if is_idle(effect) { Cell::Empty } else { Cell::Interval(low, high, format) }
    };
    let [change, change_interval] = Cell::change(effect.probability, [low, high]);
    vec![
        change,
        if is_idle(effect) { Cell::Empty } else { change_interval },
        Cell::Number(effect.quantity, format),
        interval(least, most, format),
        Cell::Number(effect.cost, Format::Money),
    ]
}

fn notes(results: &Results, effects: Option<&EffectsResult>, table: &mut DataTable, lang: Lang) {
    let heads = Heads(lang);
    if results.instruments.is_empty() {
        table
            .notes
            .push(heads.say("结果文件没有列出政策工具。", "The result document lists no instruments."));
        return;
    }
    table.notes.push(heads.say(
        "预算是情景文件写明的财政资金：按各参数的中间值计、各年合计，未计方案的加减倍数；没有写明的留空。",
        "The stated budget is public money at central values, all years together, before any scaling by a policy; what states none is left empty.",
    ));
    if let Some(effects) = effects {
        let (policy, run) = (&effects.policy, results.run_of(&effects.policy.id, &effects.world.id));
        let target = run.and_then(|run| run.target(&effects.target));
        let name = target
            .map_or_else(|| Text::same(&effects.target), |target| readings_text::plain_name(results, target));
        let (policy_zh, policy_en, zh, en) = (&policy.name.zh, &policy.name.en, name.zh, name.en);
        table.notes.push(say(
            &text!(
                "贡献：从“{policy_zh}”中单独去掉这一项、其余不变时，“{zh}”的可能性和水平减少多少（用同一批随机数逐次相比）。各项贡献之和一般不等于方案的总贡献。",
                "What an instrument adds: by how much the probability and the mean of “{en}” fall if it alone is dropped from “{policy_en}” \
                 (paired on the same draws). These do not in general sum to what the policy adds."
            ),
            lang,
        ));
        let horizon = results.scenario.horizon;
        table.notes.push(say(
            &text!(
                "实际支出是模拟中到{horizon}年为止平均付出的财政资金，受到位率等影响，可与预算不同。",
                "Money paid is public money paid up to {horizon}, mean of the trials; shares realised and the like make it differ from the budget."
            ),
            lang,
        ));
        table.notes.extend(induced(results, effects, lang));
        if effects.instruments.iter().any(is_idle) {
            table.notes.push(heads.say(
                "有贡献而没有区间的：每次模拟中去掉这一项结果都完全相同，即到目标年尚未投产见效，或只影响别的指标。",
                "Where a contribution has no interval, dropping the instrument changes the outcome in no trial: it is not on stream by the target year, or bears on other figures.",
            ));
        }
    } else {
        table.notes.push(heads.say(
            "各项工具的单独贡献没有计算；用 clustercast report 重新生成即可得到。",
            "What single instruments add was not computed; `clustercast report` does so.",
        ));
    }
}

/// Money below this, 亿元, is rounding.
const NOTHING: f64 = 1e-6;

/// Whose money is not their own but what they change in the awards of others; `None` without such instruments.
fn induced(results: &Results, effects: &EffectsResult, lang: Lang) -> Option<String> {
    let is_own = |known: &InstrumentInfo| known.money.is_some_and(|money| money > 0.0);
    let names =
        effects.instruments.iter().filter(|effect| effect.cost.abs() >= NOTHING).filter_map(|effect| {
            let known = results.instruments.iter().find(|known| known.id == effect.instrument)?;
            (!is_own(known)).then(|| known.name.get(lang).to_owned())
        });
    let names: Vec<String> = names.collect();
    let of = list(&names, lang);
    (!names.is_empty()).then(|| match lang {
        Lang::Zh => format!(
            "{of}自身没有资金：所列支出是单独去掉它时，获批奖补等少付的钱，奖补等各项的支出里也有这笔钱，不能再加一遍。"
        ),
        Lang::En => format!(
            "No money of their own: {of}. What stands there is by how much the awards of others fall if it alone is dropped; their money \
             holds it, too, so that it must not be added again."
        ),
    })
}

fn channel(id: &str) -> Text {
    match id {
        "capacity" => Text::new("形成产能", "new capacity"),
        "projects" => Text::new("项目落地", "landed projects"),
        "knowledge" => Text::new("研发积累", "knowledge"),
        "growth" => Text::new("提高增速", "faster growth"),
        "pipeline" => Text::new("产品上市", "product pipeline"),
        "arrivals" => Text::new("引进企业", "arriving firms"),
        "indicators" => Text::new("带动指标", "indicators"),
        other => Text::same(other),
    }
}
