//! How an optimisation was computed, in words.

use crate::analysis::decision::optimise::RuleName;
use crate::analysis::decision::{Answer, Optimum};
use crate::report::decision::frame::{points, say};
use crate::report::number;
use crate::text;
use crate::text::{Lang, Text};

/// How the answer was found.
pub fn method(answer: &Answer<Optimum>, lang: Lang) -> Vec<String> {
    let optimism = answer.findings.optimism.iter().copied().max_by(|a, b| a.value.total_cmp(&b.value));
    let optimism = optimism.map_or_else(String::new, |optimism| points(optimism, lang));
    let rule = match (answer.findings.rule, answer.worlds.len()) {
        (_, 1) => Text::default(),
        (RuleName::Mean, _) => Text::new("几个情景取平均。", " Worlds are averaged."),
        (RuleName::Maximin, _) => {
            Text::new("几个情景取最差的一个来优化。", " The worst world is what is maximised.")
        }
        (RuleName::Regret, _) => Text::new(
            "几个情景按“与该情景下最好分法的最大差距”最小来优化。",
            " The largest distance from the best split of each world is what is minimised.",
        ),
    };
    // the wanted probability is one of the worst world
    let by_chance = match answer.findings.rule == RuleName::Regret && answer.worlds.len() > 1 {
        true if answer.findings.least.is_some() => Text::new(
            "最少资金另按最差情景的可能性来搜。",
            " The least money is searched by the probability in the worst world instead.",
        ),
        _ => Text::default(),
    };
    let rule = Text { zh: rule.zh + &by_chance.zh, en: rule.en + &by_chance.en };
    let (rule_zh, rule_en) = (rule.zh, rule.en);
    let from = answer.findings.from;
    let seen = number::decimal(answer.findings.search_trials as f64, 0);
    let how = text!(
        "算法：在同一批随机数上，从最少的资金起，在一列固定的金额（现有资金的若干倍）上逐级把钱加在最有效处（只保留现有的一部分工具更好的，从那里起），再在工具、集群、年份之间调剂；所问预算处单独再搜一遍。离目标太远或太近的预算按“使数量靠近目标”来比较。{from}年以前的资金不动。这是启发式搜索，不保证是全局最优。{rule_zh}",
        "How: on common random numbers, at a row of fixed sums (multiples of the present money) from the least on, money is added where it helps most (from a part of the present instruments alone, where that does better) and exchanged between instruments, clusters and years; the budget is searched once more by itself. Budgets far from the target are compared by what brings the quantity nearer. Money before {from} stays. A heuristic search, not a proof of the global optimum.{rule_en}"
    );
    let use_of = text!(
        "钱有没有用处，用另一批随机数判断：拿掉（或按现有比例放回）一笔钱，若可能性的下降没有超出模拟误差，而且数量均值的损失看不出来、或者不到同样多的钱用在最有效处所得的二十分之一，这笔钱就算没有用处，拿掉（或放回）。目标没有数量可比的，只有每一次模拟的结果都不变才拿掉。",
        "Whether money is of use is told on other draws: where taking it out (or putting it back in the present proportions) lowers the probability by no more than the error, and the mean quantity not visibly or by less than a twentieth of what as much money brings in its best use, it is of no use and taken out (or put back). For a target without a quantity it goes only where no trial changes."
    );
    let rows = text!(
        "前沿表的每一行都是一种具体的分法，可能性、区间和均值都是它自己的，同一种分法在各表中数字相同；花钱更多而可能性或均值更低的、多花的钱没有用处的，都不列，所以预算较大时，答案可以是花钱较少的一行。所问预算处的分法也是其中一行，它可能使邻近的行不列出。最少资金的区间，是可能性区间的两端达到所要可能性处的金额：达到它的分法略增、略减资金，各自模拟，与各行一起定出。",
        "Every row of the frontier is one spending, with its own probability, interval and mean; one spending has the same figures in every table. Rows that cost more and have a lower probability or mean, or whose extra money is of no use, are left out, so that the answer to a larger budget may be a cheaper row. The split for the budget is one of the rows and may shut out neighbours. The interval of the least money is where the ends of the probability's interval reach the wanted one, among the rows and that split with a little more and a little less money, each simulated."
    );
    let curse = text!(
        "表中结果另用一批随机数重新估计；搜索时每种分法只模拟{seen}次，所见与这里相差{optimism}，其中既有挑选造成的乐观，也有抽样误差；所报数字不受其影响。支出是模拟中实际付出的均值（与 run、compare、solve 的算法相同），不是公布规模；金额超过现有三倍的没有依据，默认不考虑（--bound 可改）。",
        "All results are estimated anew on other draws; what the search saw, on {seen} trials of each split, differs by {optimism}: the optimism of choosing and sampling error, neither of which touches what is reported. Costs are what is paid in the simulation, on average, as in run, compare and solve, not announced sizes; more than three times the present money is nobody's evidence and not considered unless bounds say so."
    );
    let all = if answer.findings.certain { vec![curse] } else { vec![how, use_of, rows, curse] };
    all.iter().map(|text| say(text, lang)).collect()
}
