//! A measurement of speed as tables.

use super::number::{decimal, percent, share};
use super::table::{Column, Table};
use crate::analysis::speed::{Speed, ThreadSpeed};
use crate::text;
use crate::text::{Lang, Text};

/// The tables: speed by threads, time by stage, time to a precise probability.
pub fn tables(speed: &Speed, lang: Lang) -> Vec<Table> {
    let needed = (!speed.needed.is_empty()).then(|| needed(speed, lang));
    [threads(speed, lang), stages(speed, lang)].into_iter().chain(needed).collect()
}

fn say(zh: &str, en: &str, lang: Lang) -> String {
    Text::new(zh, en).get(lang).to_owned()
}

fn threads(speed: &Speed, lang: Lang) -> Table {
    let one = speed.threads.first().map_or(f64::NAN, ThreadSpeed::median);
    let row = |found: &ThreadSpeed| {
        let median = found.median();
        let (slowest, fastest) =
            found.rounds.iter().fold((f64::INFINITY, 0.0_f64), |(low, high), &x| (low.min(x), high.max(x)));
        let (low, high) = (decimal(slowest, 0), decimal(fastest, 0));
        let range = text!("{low}至{high}", "{low} to {high}");
        vec![
            found.threads.to_string(),
            decimal(median, 0),
            range.get(lang).to_owned(),
            decimal(1e6 / median, 1),
            decimal(median / one, 2),
        ]
    };
    let (title, policies, worlds) = (&speed.scenario, speed.policies, speed.worlds);
    let (title_zh, title_en) = (&title.zh, &title.en);
    let title = text!(
        "速度：{title_zh}（{policies}个方案、{worlds}种外部情景）",
        "Speed: {title_en} (policies: {policies}, worlds: {worlds})"
    );
    let (cores, segments, series) = (speed.cores, speed.segments, speed.series);
    let (load, compile) = (decimal(speed.load_seconds, 2), decimal(speed.compile_seconds, 2));
    let (rounds, trials) = speed
        .threads
        .first()
        .map_or((0, String::new()), |found| (found.rounds.len(), decimal(found.trials as f64, 0)));
    let notes = [
        text!(
            "一次模拟包括全部方案和外部情景。每种线程数各测{rounds}轮，轮流进行，取中间一轮；单线程每轮{trials}次模拟。",
            "A trial covers every policy in every world. Each number of threads has {rounds} rounds, taken in turn; the middle one \
             counts. A round of one thread has {trials} trials."
        ),
        text!(
            "本机可用{cores}个处理器核。模型逐年推算{segments}个“集群×行业”，记录{series}个序列。读入并检查{load}秒，编译{compile}秒。",
            "This machine offers {cores} processor cores. The model follows {segments} industries of clusters and records {series} \
             series. Reading and checking took {load} s, compiling {compile} s."
        ),
    ];
    Table {
        title: Some(title.get(lang).to_owned()),
        columns: [
            say("线程数", "Threads", lang),
            say("每秒模拟次数", "Trials a second", lang),
            say("各轮", "Rounds", lang),
            say("一次模拟（微秒）", "A trial (µs)", lang),
            say("相当于单线程的倍数", "Times one thread", lang),
        ]
        .map(Column::number)
        .into(),
        rows: speed.threads.iter().map(row).collect(),
        notes: notes.iter().map(|note| note.get(lang).to_owned()).collect(),
    }
}

fn stages(speed: &Speed, lang: Lang) -> Table {
    let name = |word: &str| match word {
        "draws" => say("抽取随机数", "random numbers", lang),
        "growth" => say("不含政策的增长", "growth without policy", lang),
        "policy" => say("政策效果与逐年推算", "effects of policy and the yearly recursion", lang),
        "counted" => say("企业、产品、管线等计数", "firms, products, pipelines and the like", lang),
        _ => say("判断目标并记录结果", "judging targets and recording", lang),
    };
    Table {
        title: Some(say("单线程时间花在哪里", "What one thread spends its time on", lang)),
        columns: vec![
            Column::text(say("环节", "Stage", lang)),
            Column::number(say("时间占比", "Share of time", lang)),
        ],
        rows: speed.stages.iter().map(|found| vec![name(&found.stage), share(found.share)]).collect(),
        notes: Vec::new(),
    }
}

fn needed(speed: &Speed, lang: Lang) -> Table {
    let fastest = speed.threads.iter().map(ThreadSpeed::median).fold(0.0, f64::max);
    let width = decimal(100.0 * speed.half_width, 1);
    let title = text!(
        "可能性精确到±{width}个百分点要多久（95%区间的半宽）",
        "How long a probability takes to within ±{width} percentage points (half-width of 95% intervals)"
    );
    let row = |found: &crate::analysis::speed::Needed| {
        vec![
            found.target.name.get(lang).to_owned(),
            found.policy.clone(),
            percent(found.probability),
            decimal(found.trials as f64, 0),
            decimal(found.trials as f64 / fastest, 1),
        ]
    };
    let note = text!(
        "先列主要目标，再列最费时的目标；方案是区间最宽的一个。次数按少量试算的可能性估计，时间按上面最快的线程数。要照此模拟，用 run --precision {width}pp。",
        "The main target first, then the one that takes longest; the policy is that with the widest interval. Trials follow from a \
         short run, times from the fastest number of threads above. `run --precision {width}pp` simulates for so long."
    );
    Table {
        title: Some(title.get(lang).to_owned()),
        columns: vec![
            Column::text(say("目标", "Target", lang)),
            Column::text(say("方案", "Policy", lang)),
            Column::number(say("可能性（约）", "Probability (about)", lang)),
            Column::number(say("模拟次数（约）", "Trials (about)", lang)),
            Column::number(say("时间（秒，约）", "Time (s, about)", lang)),
        ],
        rows: speed.needed.iter().map(row).collect(),
        notes: vec![note.get(lang).to_owned()],
    }
}
