//! What the decision analyses say in words: verdicts, warnings and yardsticks, in both languages.

use clustercast::analysis::decision::compare::{Asked, compare};
use clustercast::analysis::decision::decompose::{self, decompose};
use clustercast::analysis::decision::discover::discover;
use clustercast::analysis::decision::drivers::drivers;
use clustercast::analysis::decision::stress::stress;
use clustercast::analysis::decision::{Answer, Comparison, Question};
use clustercast::engine::Silent;
use clustercast::report::briefing::{Cell, DataTable};
use clustercast::report::decision::{self, Paper};
use clustercast::text::Lang;

use crate::compare::SMALL;
use crate::docs::package;
use crate::drivers::model;

const BOTH: [Lang; 2] = [Lang::Zh, Lang::En];

fn question(trials: u64) -> Question {
    Question { trials: Some(trials), seed: Some(5), threads: Some(2), ..Question::default() }
}

/// The small province with other words in its file.
fn small(changes: &[(&str, &str)]) -> String {
    let mut file = std::fs::read_to_string(package(SMALL)).expect("the small province");
    for (from, to) in changes {
        assert!(file.contains(from), "the small province has no {from}");
        file = file.replace(from, to);
    }
    file
}

fn compared(file: &str, trials: u64) -> Answer<Comparison> {
    compare(&model(file), &[], &question(trials), Asked::default(), &Silent).expect("an answer")
}

fn table<'a>(paper: &'a Paper, id: &str) -> &'a DataTable {
    paper.tables.iter().find(|table| table.id == id).unwrap_or_else(|| panic!("no table {id}"))
}

/// The cells of a column as written.
fn column(table: &DataTable, head: &str) -> Vec<String> {
    let at = table.columns.iter().position(|column| column.head == head);
    let at = at.unwrap_or_else(|| panic!("no column {head} in {:?}", table.columns));
    let written = |row: &Vec<Cell>| match &row[at] {
        Cell::Text(text) => text.clone(),
        other => format!("{other:?}"),
    };
    table.rows.iter().map(written).collect()
}

fn number(cell: &Cell) -> f64 {
    match cell {
        Cell::Number(value, _) => *value,
        other => panic!("{other:?} is no number"),
    }
}

fn says(paper: &Paper, words: &str) -> bool {
    paper.summary.iter().any(|sentence| sentence.contains(words))
}

/// A level that no trial meets: chances tell no pair apart, means tell all six of them, and no sentence mixes the two.
#[test]
fn chances_and_means_have_verdicts_of_their_own() {
    let answer = compared(&small(&[("at_least = \"260亿元\"", "at_least = \"900亿元\"")]), 600);
    let words = [
        ["没有一次模拟达标", "可能性分得清高低的0对", "均值分得清的6对", "没有两个方案"],
        [
            "no policy meets it in any trial",
            "0 are told apart by their probability",
            "6 only by the mean",
            "no two policies",
        ],
    ];
    let heads = [
        ("可能性能否分清", "不能", "均值能否分清", "能"),
        ("Probabilities told apart", "no", "Means told apart", "yes"),
    ];
    for ((lang, words), (chance, no, mean, yes)) in BOTH.into_iter().zip(words).zip(heads) {
        let paper = decision::compare(&answer, lang);
        for word in &words[..3] {
            assert!(says(&paper, word), "{word}: {:?}", paper.summary);
        }
        assert!(!says(&paper, words[3]), "no pair differs anywhere, so that no world is singled out");
        let pairs = table(&paper, "pairs");
        assert_eq!(column(pairs, chance), [no; 3]);
        assert_eq!(column(pairs, mean), [yes; 3]);
    }
    // at a level within reach the plan differs by its chance too, and is named
    let answer = compared(&small(&[]), 4_000);
    let told = answer.findings.pairs.pairs.iter().filter(|pair| pair.probability_told).count();
    assert!(told > 0);
    for (lang, word) in [(Lang::Zh, "“全套”高于“不实施”"), (Lang::En, "“Plan” above “Nothing”")]
    {
        assert!(says(&decision::compare(&answer, lang), word));
    }
}

/// Measures of a hundred-thousandth, up and down, are told apart from nothing and yet not worth a name.
#[test]
fn contributions_too_small_to_name_are_neither_help_nor_harm() {
    let slight = |id: &str, zh: &str, level: &str| {
        format!(
            "[[instrument]]\nid = \"{id}\"\nname = {{ zh = \"{zh}\", en = \"{id}\" }}\n\
             growth = {{ level = \"{level}\", years = 1, start = 2025 }}\n\n"
        )
    };
    let more =
        slight("up", "微升", "0.001%") + &slight("down", "微降", "-0.001%") + "[[policy]]\nid = \"none\"";
    let answer = compared(&small(&[("[[policy]]\nid = \"none\"", &more)]), 600);
    let parts = &answer.findings.contributions.as_ref().expect("instruments").instruments;
    let clear = |id: &str| {
        let part = parts.iter().find(|part| part.instrument.id == id).expect("the instrument");
        let [low, high] = part.shapley.quantity.expect("a quantity").interval;
        low > 0.0 || high < 0.0
    };
    assert!(clear("up") && clear("down"), "the case tests what stands out of the noise");
    for (lang, names, hardly, harm) in [
        (Lang::Zh, ["微升", "微降"], "几乎没有影响", "起反作用"),
        (Lang::En, ["up", "down"], "hardly any effect", "against the target work"),
    ] {
        let paper = decision::compare(&answer, lang);
        let sentence = paper.summary.iter().find(|sentence| sentence.contains(hardly)).expect("the sentence");
        let (before, _) = sentence.split_once(hardly).expect("the words");
        let main =
            before.rsplit_once(if lang == Lang::Zh { "。" } else { "." }).map_or(before, |(_, tail)| tail);
        assert!(names.iter().all(|name| main.contains(name)), "{sentence}");
        assert!(!says(&paper, harm), "{sentence}");
    }
}

/// A choice is the one of every resampled run, or of so many of them: never of 100 % of what was not tried.
#[test]
fn choices_are_never_told_with_certainty() {
    let answer = compared(&small(&[]), 4_000);
    for (lang, word) in [(Lang::Zh, "每次都仍选它"), (Lang::En, "again in every resampled run")] {
        let paper = decision::compare(&answer, lang);
        assert!(says(&paper, word), "{:?}", paper.summary);
        assert!(!says(&paper, "100.0%"), "{:?}", paper.summary);
    }
}

/// Revenue of one year less money of all years stands last, with its caveat, and in no sentence.
#[test]
fn the_yardstick_stands_last_with_its_caveat() {
    let file = small(&[]);
    let of = |file: &str| drivers(&model(file), &[], &question(800), &Silent).expect("an answer");
    let (with, without) = (
        of(&file),
        of(&small(&[
            (
                "money = { total = \"12亿元\", from = 2025, to = 2026 }\ncapacity = { realised = { dist = \"uniform\", low = \"40%\", high = \"80%\" }, leverage = 3, retained = \"100%\", deadweight = \"50%\", output_ratio = 1.0, online_after = 1, full_after = 1 }",
                "growth = { level = \"1%\", years = 1, start = 2025 }",
            ),
            ("money = { per_year = \"1亿元\", from = 2025, to = 2026 }\n", ""),
            ("money = { per_year = \"0.2亿元\", from = 2025, to = 2027 }\n", ""),
        ])),
    );
    for (lang, word, end, choice) in [
        (Lang::Zh, "粗略的尺子", "不能据此定方案", "查清任何一个数字都不会改变选择"),
        (
            Lang::En,
            "is a yardstick only",
            "decides nothing",
            "finding out any figure would not change the choice",
        ),
    ] {
        let paper = decision::drivers(&with, lang);
        // it decides nothing, so that no sentence and no chart is about it
        assert!(!says(&paper, word), "{:?}", paper.summary);
        assert!(says(&paper, choice), "{:?}", paper.summary);
        let last = paper.tables.last().expect("tables");
        assert_eq!(last.id, "yardstick");
        assert!(last.notes.iter().any(|note| note.contains(word) && note.contains(end)));
        assert!(!table(&paper, "information").notes.iter().any(|note| note.contains(word)));
        let paper = decision::drivers(&without, lang);
        assert!(paper.tables.iter().all(|table| table.id != "yardstick"));
    }
    // fair shares add up to the whole in every table that has them
    let paper = decision::drivers(&with, Lang::En);
    for id in ["groups", "grades"] {
        let shares = &table(&paper, id).rows;
        let sum: f64 =
            shares.iter().filter(|row| !matches!(row[2], Cell::Empty)).map(|row| number(&row[2])).sum();
        assert!((sum - 1.0).abs() < 1e-9, "{id}: {sum}");
    }
}

/// One cluster whose own figures are assumed, one whose are official, and a tiny one.
fn graded() -> String {
    let cluster = |id: &str, base: f64, grade: &str| {
        format!(
            "[[cluster]]\nid = \"{id}\"\nname = {{ zh = \"{id}市\", en = \"{id}\" }}\nbase = {base:?}\ngrade = \"{grade}\"\n\
             own_volatility = {{ value = 0.1, grade = \"{grade}\" }}\n\
             premium = {{ dist = \"normal\", mean = 0, sd = 0.02, grade = \"official\" }}\n"
        )
    };
    "[scenario]\nid = \"case\"\ntitle = \"Case\"\nbase_year = 2000\nhorizon = 2002\n\
     [[industry]]\nid = \"s\"\ntrend = 0.05\n"
        .to_owned()
        + &cluster("a", 100.0, "assumption")
        + &cluster("b", 60.3, "official")
        + &cluster("c", 0.37, "official")
        + "[[target]]\nid = \"t\"\nyear = 2002\nat_least = 180\n"
}

#[test]
fn a_split_says_what_rests_on_assumptions_and_adds_up() {
    let answer = decompose(&model(&graded()), &[], &question(2_000), decompose::Asked::default(), &Silent)
        .expect("a split");
    let found = &answer.findings;
    // own shocks 2 · 0.1² are assumed, premiums 2² · 0.02² are not
    let assumed: Vec<f64> =
        found.shares.iter().map(|share| share.assumed.expect("something varies")).collect();
    assert!((assumed[0] - 0.02 / 0.0216).abs() < 1e-12 && assumed[1..] == [0.0, 0.0], "{assumed:?}");
    // small shares take steps of a thousandth, so that no chance moves by two points, and the largest what that leaves
    let units: Vec<f64> = found.shares.iter().map(|share| share.unit).collect();
    assert_eq!((found.unit, found.carrier, &units[..]), (0.1, Some(0), &[0.001, 0.1, 0.001][..]));
    for (lang, remark, word, note) in [
        (
            Lang::Zh,
            "主要凭假设",
            "a市自身的逐年波动、额外增速和基数份额主要是假设",
            "舍去部分最大的几家进一位",
        ),
        (Lang::En, "mostly assumed", "base figures of a are mostly assumptions", "the largest remainders up"),
    ] {
        let paper = decision::decompose(&answer, lang);
        assert!(says(&paper, word), "{:?}", paper.summary);
        let tasks = table(&paper, "tasks");
        assert!(tasks.notes.iter().any(|line| line.contains(note)), "{:?}", tasks.notes);
        // a mark has a column of its own, so that names can be looked up
        let remarks = column(tasks, &tasks.columns[5].head);
        assert_eq!(remarks, [remark, "", "", "", ""]);
        let growth = column(tasks, &tasks.columns[4].head);
        let told = number(&tasks.rows[0][4]) / 100.0;
        assert!((told - found.shares[0].growth.expect("it has a base")).abs() < 0.000_51, "{growth:?}");
        // tasks as written add up to the total as written; base figures, each rounded by itself, to within its step
        for (at, off) in [(1, 100.0), (2, 0.0), (3, 0.0)] {
            let rows: Vec<f64> =
                tasks.rows[..4].iter().map(|row| (number(&row[at]) / 0.001).round()).collect();
            assert!((rows[..3].iter().sum::<f64>() - rows[3]).abs() <= off, "column {at}: {rows:?}");
        }
        assert_eq!(column(tasks, &tasks.columns[0].head).len(), 5);
    }
    // nothing assumed, no mark
    let official = graded().replace("\"assumption\"", "\"official\"");
    let answer = decompose(&model(&official), &[], &question(2_000), decompose::Asked::default(), &Silent)
        .expect("a split");
    let paper = decision::decompose(&answer, Lang::Zh);
    assert!(
        !says(&paper, "假设") && !table(&paper, "tasks").columns.iter().any(|column| column.head == "说明")
    );
}

/// Where nothing is uncertain all is luck; where every trial ends alike nothing is looked for.
#[test]
fn luck_is_all_where_no_figure_is_uncertain() {
    let certain = "[scenario]\nid = \"case\"\ntitle = \"Case\"\nbase_year = 2000\nhorizon = 2002\n\
        [[industry]]\nid = \"s\"\ntrend = 0.05\n[[cluster]]\nid = \"x\"\nbase = 100\nown_volatility = 0.1\n\
        [[target]]\nid = \"t\"\nscope = \"cluster.x\"\nyear = 2002\nat_least = 110\n";
    let answer = discover(&model(certain), &[], &question(400), None, &Silent).expect("an answer");
    let luck = answer.findings.luck.expect("it varies");
    assert_eq!((luck.value, luck.interval), (Some(1.0), [1.0, 1.0]));
    assert!(says(&decision::discover(&answer, Lang::Zh), "全部（100%）取决于"));
    let never = certain.replace("at_least = 110", "at_least = 1000");
    let answer = discover(&model(&never), &[], &question(400), None, &Silent).expect("an answer");
    for (lang, word, looked) in [
        (Lang::Zh, "每一次模拟都未达标", "要找的是"),
        (Lang::En, "Every trial misses the target", "looked for"),
    ] {
        let paper = decision::discover(&answer, lang);
        assert!(says(&paper, word) && !says(&paper, looked), "{:?}", paper.summary);
    }
}

/// Harm is told with verb, year and unit; things of which nothing can be told share one sentence.
#[test]
fn a_stress_test_speaks_in_sentences() {
    let of = |file: &str| {
        stress(&model(file), &[], &question(600), &["event.cut.arrivals".to_owned()], &Silent)
            .expect("an answer")
    };
    let answer = of(&small(&[]));
    for (lang, words) in [
        (Lang::Zh, ["2027年", "平均变化−", "可能性变化−"]),
        (Lang::En, ["in 2027 changes by −", "on average, the chance by", "billion yuan"]),
    ] {
        let paper = decision::stress(&answer, lang);
        for word in words {
            assert!(says(&paper, word), "{word}: {:?}", paper.summary);
        }
        // none to four cuts: the 99 % point of Poisson(0.9)
        assert_eq!(table(&paper, "numbers").rows.len(), 5);
    }
    let never = of(&small(&[("at_least = \"260亿元\"", "at_least = \"900亿元\"")]));
    for (lang, word) in [(Lang::Zh, "达标的模拟太少，看不出来"), (Lang::En, "Too few trials meet the target")]
    {
        assert!(says(&decision::stress(&never, lang), word));
    }
}
