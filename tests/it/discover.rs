//! `discover` on a box that is known on paper, and through the real program.

use clustercast::analysis::decision::discover::{Discovery, Nothing, Outcome, discover};
use clustercast::analysis::decision::{Answer, Estimate, Question};
use clustercast::cli::load::{Examined, examine};
use clustercast::engine::Silent;
use clustercast::model::{Choices, Model};
use clustercast::text::Lang;

use crate::cli::{call, code, stderr, stdout, text};
use crate::folder::Folder;

/// Two uniform bases and a third that does not matter; the group is met in a box of mass 0.4 · 0.3.
const PLANTED: &str = "[scenario]\nid = \"case\"\ntitle = \"Case\"\nbase_year = 2000\nhorizon = 2001\n\
    [[industry]]\nid = \"s\"\ntrend = 0\n\
    [[cluster]]\nid = \"x\"\nown_volatility = 0\nbase = { dist = \"uniform\", low = 100, high = 200 }\n\
    [[cluster]]\nid = \"y\"\nown_volatility = 0\nbase = { dist = \"uniform\", low = 100, high = 200 }\n\
    [[cluster]]\nid = \"z\"\nown_volatility = 0.1\nbase = { dist = \"uniform\", low = 100, high = 200 }\n\
    [[target]]\nid = \"tx\"\nscope = \"cluster.x\"\nyear = 2001\nat_most = 140\n\
    [[target]]\nid = \"ty\"\nscope = \"cluster.y\"\nyear = 2001\nat_least = 170\n\
    [[target]]\nid = \"both\"\nall_of = [\"tx\", \"ty\"]\n\
    [[target]]\nid = \"luck\"\nscope = \"cluster.z\"\nyear = 2001\nmultiple_of_base = 1\n\
    [[target]]\nid = \"never\"\nscope = \"cluster.x\"\nyear = 2001\nat_least = 1000\n";

fn model() -> Model {
    model_of(PLANTED)
}

fn model_of(file: &str) -> Model {
    let folder = Folder::new();
    std::fs::write(folder.path("case.toml"), file).expect("a file in a temporary folder");
    let Examined { model, faults, sources } =
        examine(&folder.path("case.toml"), &Choices::new()).expect("readable");
    let shown = clustercast::diag::render(&faults, &sources, clustercast::text::Lang::En);
    model.unwrap_or_else(|| panic!("{shown}"))
}

fn answer(target: &str, outcome: Option<Outcome>, threads: usize) -> Answer<Discovery> {
    let question = Question {
        target: Some(target.to_owned()),
        trials: Some(16_384),
        seed: Some(3),
        threads: Some(threads),
        ..Question::default()
    };
    discover(&model(), &[], &question, outcome, &Silent).expect("an answer")
}

#[test]
fn a_planted_box_is_found_and_judged_on_fresh_trials() {
    let found = answer("both", Some(Outcome::Hit), 2).findings;
    assert_eq!((found.outcome, found.asked, found.nothing), (Outcome::Hit, true, None));
    let chosen = found.chosen.expect("a box");
    // the rarer condition explains more
    let [y, x] = &chosen.conditions[..] else { panic!("{:?}", chosen.conditions) };
    assert_eq!((x.path.as_str(), y.path.as_str()), ("cluster.x.base", "cluster.y.base"));
    assert!(x.at_least.is_none() && y.at_most.is_none());
    let (high, low) = (x.at_most.as_ref().unwrap(), y.at_least.as_ref().unwrap());
    // peels take a twentieth of what is left, 2 at most; limits have three digits
    assert!((high.value - 140.0).abs() < 3.0 && (low.value - 170.0).abs() < 3.0, "{high:?} {low:?}");
    assert!(high.quasi_p < 1e-6 && low.quasi_p < 1e-6);
    assert_eq!((x.reproduced, y.reproduced), (Some(1.0), Some(1.0)));
    // the box that was told, with its rounded limits, has this probability on paper
    let mass = (high.value - 100.0) / 100.0 * (200.0 - low.value) / 100.0;
    let met = (high.value.min(140.0) - 100.0) / 100.0 * (200.0 - low.value.max(170.0)) / 100.0;
    let fresh = &chosen.fresh;
    for (what, estimate, exact) in [
        ("mass", fresh.mass, mass),
        ("coverage", fresh.coverage, met / 0.12),
        ("density", fresh.density, met / mass),
        ("probability", fresh.probability, met / mass),
        ("elsewhere", fresh.elsewhere, (0.12 - met) / (1.0 - mass)),
    ] {
        let half = (estimate.interval[1] - estimate.interval[0]) / 2.0;
        assert!(
            (estimate.value - exact).abs() < 2.5 * half + 1e-12,
            "{what}: {estimate:?} instead of {exact}"
        );
    }
    // along the peeling, coverage never rises and density never falls
    assert!(
        found.trajectory.windows(2).all(|w| w[1].coverage <= w[0].coverage && w[1].density >= w[0].density)
    );
    // quantities tell everything: no pair differs, of which more than a bound would be too much to say
    let luck = found.luck.expect("a share");
    assert!(luck.value.is_none() && luck.interval[0] == 0.0 && luck.interval[1] < 0.005, "{luck:?}");
}

#[test]
fn misses_are_looked_at_unless_nearly_everything_misses() {
    let found = answer("both", None, 2).findings;
    assert_eq!((found.outcome, found.asked), (Outcome::Miss, false));
    let chosen = found.chosen.expect("a box");
    // a fifth of 12 %, and the noise of the search: four errors of 0.13 points
    assert!(chosen.fresh.probability.value < 0.024 + 0.006, "{:?}", chosen.fresh);
}

/// P = 0.1 · 0.3: nobody who does not ask for them gets conditions of the 97 % that miss; a box that holds hardly more of
/// them than of all trials is called what it is.
#[test]
fn conditions_that_separate_nothing_are_called_so() {
    let rare = PLANTED.replace("at_most = 140", "at_most = 110");
    let of = |outcome| {
        let question = Question {
            target: Some("both".into()),
            trials: Some(8_192),
            seed: Some(3),
            ..Question::default()
        };
        discover(&model_of(&rare), &[], &question, outcome, &Silent).expect("an answer")
    };
    let unasked = of(None).findings;
    assert_eq!((unasked.outcome, unasked.asked), (Outcome::Hit, false));
    assert!(!unasked.chosen.expect("a box").fresh.separates_nothing);
    let mut asked = of(Some(Outcome::Miss));
    let fresh = &asked.findings.chosen.as_ref().expect("a box").fresh;
    assert_eq!(fresh.separates_nothing, fresh.coverage.value - fresh.mass.value < 0.02, "{fresh:?}");
    let told = |asked: &Answer<Discovery>, lang| {
        clustercast::report::decision::discover(asked, lang).summary.join("\n")
    };
    assert!(!fresh.separates_nothing && !told(&asked, Lang::Zh).contains("这组条件分不出什么"), "{fresh:?}");
    asked.findings.chosen.as_mut().expect("a box").fresh.separates_nothing = true;
    for (lang, words) in [(Lang::Zh, "这组条件分不出什么"), (Lang::En, "these conditions separate nothing")]
    {
        let told = told(&asked, lang);
        assert!(told.contains(words), "{told}");
    }
}

/// `ln R = ln base + shock`, half of the variance each: of meeting the median level, `1 − 2/π · asin(1/2) = 2/3` is luck.
#[test]
fn luck_is_told_of_meeting_the_target_and_of_its_size() {
    let half = "[scenario]\nid = \"case\"\ntitle = \"Case\"\nbase_year = 2000\nhorizon = 2001\n\
        [[industry]]\nid = \"s\"\ntrend = 0\n[[cluster]]\nid = \"x\"\nown_volatility = 0.2\n\
        base = { dist = \"lognormal\", median = 100, sigma = 0.2 }\n\
        [[target]]\nid = \"k\"\nscope = \"cluster.x\"\nyear = 2001\nat_least = 100\n";
    let question = Question { trials: Some(16_384), seed: Some(3), ..Question::default() };
    let answer = discover(&model_of(half), &[], &question, None, &Silent).expect("an answer");
    let met = answer.findings.luck.expect("a share");
    let met = Estimate { value: met.value.expect("a figure"), interval: met.interval };
    let size = answer.findings.luck_of_quantity.expect("a share");
    for (what, share, exact) in [("met", met, 2.0 / 3.0), ("size", size, 0.5)] {
        let [low, high] = share.interval;
        assert!(
            (share.value - exact).abs() < 2.5 * (high - low) / 2.0 && high - low < 0.1,
            "{what}: {share:?}"
        );
    }
}

/// Base and shock with variances 1 : 4, a target that is met with 0.5 % and one that is missed with 0.5 %: of either outcome
/// a dozen trials, of which hardly two come from one pair. Of meeting them `1 − (Φ₂(z, z; 0.2) − p²)/p(1 − p)` is luck.
#[test]
fn where_hits_or_misses_are_few_luck_has_bounds_only() {
    const EXACT: f64 = 0.983_984_877;
    for level in [316.44, 31.601] {
        let file = format!(
            "[scenario]\nid = \"case\"\ntitle = \"Case\"\nbase_year = 2000\nhorizon = 2001\n\
             [[industry]]\nid = \"s\"\ntrend = 0\n[[cluster]]\nid = \"x\"\nown_volatility = 0.4\n\
             base = {{ dist = \"lognormal\", median = 100, sigma = 0.2 }}\n\
             [[target]]\nid = \"k\"\nscope = \"cluster.x\"\nyear = 2001\nat_least = {level}\n"
        );
        let model = model_of(&file);
        let mut left_out = 0;
        for seed in 1..=20 {
            let question = Question { trials: Some(4_000), seed: Some(seed), ..Question::default() };
            let answer = discover(&model, &[], &question, None, &Silent).expect("an answer");
            let luck = answer.findings.luck.expect("both outcomes");
            let [low, high] = luck.interval;
            assert!(luck.value.is_none() && low > 0.3 && low < 1.0, "{luck:?}");
            left_out += u32::from(low > EXACT || high < EXACT);
            for lang in [Lang::Zh, Lang::En] {
                let told = clustercast::report::decision::discover(&answer, lang).summary.join("\n");
                assert!(!told.contains("100.0%"), "{told}");
            }
        }
        // H0: each leaves the true share out with at most 5 %; P(more than 8 of 20) = 2e-7
        assert!(left_out <= 8, "{left_out} of 20 leave out the true share");
    }
}

#[test]
fn what_no_figure_moves_has_no_conditions() {
    assert_eq!(answer("never", None, 2).findings.nothing, Some(Nothing::Certain));
    let luck = answer("luck", None, 2).findings;
    assert!(luck.chosen.is_none() && luck.nothing.is_some(), "{luck:?}");
}

#[test]
fn threads_change_no_bit() {
    assert_eq!(answer("both", None, 1), answer("both", None, 2));
}

#[test]
fn the_program_writes_its_answer_and_refuses_what_it_does_not_know() {
    let folder = Folder::new();
    let out = folder.path("out");
    let hubei = "scenarios/hubei-2027.toml";
    let base = ["discover", hubei, "--trials", "2000", "--quiet", "--lang", "zh", "--out", text(&out)];
    for wrong in
        [["--target", "nowhere"], ["--policy", "nobody"], ["--world", "mars"], ["--outcome", "perhaps"]]
    {
        let refused = call(&[&base[..], &wrong[..]].concat());
        assert_eq!(code(&refused), 2, "{}", stderr(&refused));
        assert!(stderr(&refused).contains(wrong[1]) && !out.exists(), "{}", stderr(&refused));
    }
    let done = call(&[&base[..], &["--target", "wuhan-1000-by-2030", "--outcome", "miss"]].concat());
    assert_eq!(code(&done), 0, "{}", stderr(&done));
    assert!(stdout(&done).contains("达标可能性"), "{}", stdout(&done));
    let names = folder.names("out");
    for name in
        ["discover.json", "discover-conditions.csv", "discover-trajectory.csv", "discover-conditions.svg"]
    {
        assert!(names.iter().any(|other| other == name), "{names:?}");
    }
    let json = std::fs::read_to_string(out.join("discover.json")).expect("a document");
    let read: Answer<Discovery> = serde_json::from_str(&json).expect("what was written can be read");
    assert_eq!((read.schema.as_str(), read.findings.outcome), ("clustercast-discover/2", Outcome::Miss));
}
