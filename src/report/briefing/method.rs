//! How the results were computed, for readers who ask; and how to compute them again.

use super::wording::{level, list, say};
use crate::analysis::Results;
use crate::report::number::decimal;
use crate::report::precision_text;
use crate::text;
use crate::text::{Lang, Text};

/// The method, one paragraph each.
pub fn paragraphs(results: &Results, lang: Lang) -> Vec<String> {
    let (from, to) = (results.scenario.base_year, results.scenario.horizon);
    let measure = &results.scenario.measure.name;
    let (measure_zh, measure_en) = (&measure.zh, &measure.en);
    let (trials, seed, level) = (decimal(results.run.trials as f64, 0), results.run.seed, level(results));
    let reference = &results.run.reference.name;
    let (reference_zh, reference_en) = (&reference.zh, &reference.en);
    let all: Vec<Text> = vec![
        text!(
            "模拟对象：各集群各行业的{measure_zh}，从{from}年逐年推演到{to}年，再加总为行业、全省等。每年的增速由全国与行业趋势、地区差异、\
             经济周期、自身波动、事件（如集中带量采购降价）和政策效果合成；新增产能的收入在投产后逐步计入。",
            "What is simulated: {measure_en} of every industry in every cluster, year by year from {from} to {to}, then added up. Growth in \
             a year is made of national and industry trends, regional differences, business cycles, own shocks, events (such as price \
             cuts by volume-based procurement) and effects of policy; revenue of new capacity joins as it comes on stream."
        ),
        text!(
            "蒙特卡洛方法：每个方案模拟{trials}次，每次是一种完整的未来。不确定的参数每次各抽一值，周期、波动和事件每年另抽。\
             可能性就是实现目标的次数占总次数的比例。种子为{seed}，文件、种子和次数相同，结果就逐位相同。",
            "Monte Carlo: {trials} trials a policy, each one complete future. Uncertain quantities are drawn once a trial; cycles, shocks \
             and events every year. A probability is the share of the trials that meet the target. The seed is {seed}; the same file, \
             seed and number of trials give the same bits."
        ),
        text!(
            "同一批随机数：所有方案遇到同样的周期、波动和事件，方案之差因此逐次相比，不受运气影响。变化以“{reference_zh}”为参照。",
            "Common random numbers: all policies meet the same cycles, shocks and events, so that policies are compared trial by trial and \
             luck cancels out. Changes are against “{reference_en}”."
        ),
        text!(
            "区间（{level}）：可能性用Wilson区间（Wilson 1927），可能性之差用Tango配对区间（Tango 1998），中位数用顺序统计量区间（Conover 1999），\
             平均数之差用配对的正态区间。这些区间只反映模拟次数有限造成的误差。5%–95%分位数则表示结果本身的离散程度，十次中约有九次落在其中。",
            "Intervals ({level}): Wilson's for probabilities (Wilson 1927), Tango's paired interval for their differences (Tango 1998), order \
             statistics for medians (Conover 1999), paired normal intervals for differences of means. They cover only the error of a finite \
             number of trials. The 5–95% quantiles are another thing: the spread of the results themselves, which holds about nine in ten."
        ),
        text!(
            "公式来源：增长为乘法过程（Gibrat 1931），周期为一阶自回归（Box、Jenkins与Reinsel），事件为复合泊松过程（Merton 1976），\
             研发积累用知识资本（Griliches 1979；Hall与Mairesse等2010），参数间的相关用高斯连接函数，方差按一阶指数分解（Saltelli等2008）。完整说明见程序附带的 docs/model.md。",
            "Sources of the formulas: multiplicative growth (Gibrat 1931), first-order autoregressive cycles (Box, Jenkins and Reinsel), compound \
             Poisson events (Merton 1976), knowledge capital (Griliches 1979; Hall, Mairesse and Mohnen 2010), a Gaussian copula between \
             quantities, first-order shares of variance (Saltelli et al. 2008). docs/model.md, which comes with the program, has them in full."
        ),
        readings(results),
    ];
    let said = all.iter().map(|text| say(text, lang)).filter(|text| !text.is_empty());
    said.chain(precision_text::sentence(results, lang)).collect()
}

/// How ambiguous passages of the documents were read.
fn readings(results: &Results) -> Text {
    if results.switches.is_empty() {
        return Text::default();
    }
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    for switch in &results.switches {
        let option = switch.option(&switch.chosen);
        zh.push(format!("{}——{}", switch.name.zh, option.zh));
        en.push(format!("{}: {}", switch.name.en, option.en));
    }
    let (zh, en) = (zh.join("；"), en.join("; "));
    text!("文件的读法：{zh}。", "How the documents are read: {en}.")
}

/// How to compute it again, as pairs of a name and a value.
pub fn reproduction(results: &Results, lang: Lang) -> Vec<(String, String)> {
    let names = |items: &[crate::analysis::results::Named]| {
        let all: Vec<String> =
            items.iter().map(|item| format!("{}（{}）", item.name.get(lang), item.id)).collect();
        let all = list(&all, lang);
        if lang == Lang::En { all.replace('（', " (").replace('）', ")") } else { all }
    };
    let inputs: Vec<String> = results.scenario.inputs.iter().map(|input| input.name.clone()).collect();
    let row = |zh, en, value: String| (Text::new(zh, en).get(lang).to_owned(), value);
    let program = &results.program;
    vec![
        row(
            "命令（在情景文件所在的文件夹里运行）",
            "Command (run it in the folder of the scenario file)",
            command(results, lang),
        ),
        row("程序", "Program", format!("{} {}", program.name, program.version)),
        row("种子", "Seed", results.run.seed.to_string()),
        row("模拟次数", "Trials", decimal(results.run.trials as f64, 0)),
        row("方案", "Policies", names(&results.run.policies)),
        row("情景", "Worlds", names(&results.run.worlds)),
        row("输入文件", "Input files", list(&inputs, lang)),
        row("输入指纹（SHA-256）", "Fingerprint of the inputs (SHA-256)", results.scenario.hash.clone()),
        row("核对", "To verify", "clustercast verify results.json".to_owned()),
    ]
}

/// The command with every option that bears on the results. It names the file alone, for results hold no folders: it is
/// to be run in the folder of the scenario.
pub fn command(results: &Results, lang: Lang) -> String {
    let mut parts = vec!["clustercast report".to_owned(), quoted(&results.scenario.file)];
    let trials = results.run.precision.as_ref().map_or(results.run.trials, |precision| precision.most_trials);
    parts.push(format!("--trials {trials} --seed {}", results.run.seed));
    parts.extend(precision_text::options(results).iter().map(|wish| format!("--precision {}", quoted(wish))));
    parts.extend(results.run.policies.iter().map(|policy| format!("--policy {}", quoted(&policy.id))));
    // the base world is what runs without being asked for
    if !matches!(results.run.worlds.as_slice(), [one] if one.id == "base") {
        parts.extend(results.run.worlds.iter().map(|world| format!("--world {}", quoted(&world.id))));
    }
    let switched = results.switches.iter().filter(|switch| switch.chosen != switch.default);
    parts.extend(switched.map(|s| format!("--switch {}", quoted(&format!("{}={}", s.id, s.chosen)))));
    if lang == Lang::En {
        parts.push("--lang en".to_owned());
    }
    parts.join(" ")
}

/// A word of a command line; in quotes if a shell would split or change it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '=' | '/');
    if !word.is_empty() && word.chars().all(plain) {
        // what begins with a hyphen would be taken for an option
        if word.starts_with('-') { format!("./{word}") } else { word.to_owned() }
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}
