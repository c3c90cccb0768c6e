//! Scenario files that are wrong: each fault has its code, its place, and words in both languages; nothing panics.

#[macro_use]
mod cases;
mod meaning;

use std::fs;
use std::path::Path;

use clustercast::cli::files::ReadError;
use clustercast::cli::load::{Examined, examine};
use clustercast::diag::{codes, render};
use clustercast::model::Choices;
use clustercast::text::Lang;
use proptest::prelude::*;

use crate::folder::Folder;
use cases::{CASES, MEAN, VALID};

fn mutated(replace: &[(&str, &str)]) -> String {
    replace.iter().fold(VALID.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from} is not in the valid file");
        text.replacen(from, to, 1)
    })
}

fn examined(folder: &Folder, bytes: &[u8]) -> Result<Examined, ReadError> {
    let path = folder.path("case.toml");
    fs::write(&path, bytes).expect("the temporary folder can be written");
    examine(&path, &Choices::new())
}

fn shown(examined: &Examined, lang: Lang) -> String {
    render(&examined.faults, &examined.sources, lang)
}

#[test]
fn the_valid_file_has_no_fault() {
    let folder = Folder::new();
    let examined = examined(&folder, VALID.as_bytes()).expect("a text file");
    assert!(examined.model.is_some() && examined.faults.is_empty(), "{}", shown(&examined, Lang::En));
}

#[test]
fn every_fault_has_its_code_place_and_words() {
    let folder = Folder::new();
    let mut wrong = Vec::new();
    for case in CASES.iter().chain(meaning::CASES) {
        let text = mutated(case.replace);
        let examined = examined(&folder, text.as_bytes()).expect("a text file");
        let (zh, en) = (shown(&examined, Lang::Zh), shown(&examined, Lang::En));
        let lines: Vec<&str> = text.lines().collect();
        let hit = examined.faults.iter().find(|fault| {
            let place = fault.span.and_then(|span| examined.sources.line_column(span));
            let line = place.map_or("", |(line, _)| lines[line - 1]);
            fault.code == case.code && line.contains(case.line)
        });
        let whole = |text: &str, words: &str| text.contains(case.code) && text.contains(words);
        let refused = case.code.starts_with('W') || examined.model.is_none();
        if hit.is_none() || !whole(&zh, case.zh) || !whole(&en, case.en) || !refused {
            wrong.push(format!("── {}: {} at {:?}\n{zh}\n{en}", case.name, case.code, case.line));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A year may carry its word everywhere, also where it is the only sign that amounts are stated by year.
#[test]
fn years_may_be_written_with_their_word() {
    let folder = Folder::new();
    let text = mutated(&[
        ("base_year = 2024", "base_year = \"2024年\""),
        ("{ total = \"50亿元\", from = 2025, to = 2026 }", "{ by_year = { \"2025年\" = 30, 2026 = 20 } }"),
        ("at_least = \"1500亿元\"", "at_least = { \"2027年\" = \"1500亿元\" }"),
    ]);
    let examined = examined(&folder, text.as_bytes()).expect("a text file");
    assert!(examined.model.is_some() && examined.faults.is_empty(), "{}", shown(&examined, Lang::En));
}

/// What works at once in the base year is part of its figure; what takes time, there or under some policy, is not.
#[test]
fn money_of_the_base_year_that_works_at_once_is_told() {
    let folder = Folder::new();
    let early = ("from = 2025, to = 2026 }", "from = 2024, to = 2026 }");
    let after = |age: &'static str| ("output_ratio = 1 }", age);
    let lever = ("capacity.leverage\" = 4", "capacity.online_after\" = 1");
    for (edits, told) in [
        (vec![early], true),
        (vec![early, after("output_ratio = 1, online_after = 0, full_after = 0 }")], true),
        (vec![early, after("output_ratio = 1, full_after = \"1年\" }")], false),
        (
            vec![
                early,
                after("output_ratio = 1, online_after = { dist = \"uniform\", low = 0, high = 1 } }"),
            ],
            false,
        ),
        (vec![early, lever], false),
        (vec![early, ("total = \"50亿元\"", "total = 0")], false),
        (vec![], false),
    ] {
        let examined = examined(&folder, mutated(&edits).as_bytes()).expect("a text file");
        let zh = shown(&examined, Lang::Zh);
        assert!(examined.model.is_some(), "{zh}");
        let words = zh.contains(codes::UNUSED) && zh.contains("产出已含在基年数里");
        assert_eq!(words, told, "{edits:?}\n{zh}");
    }
}

#[test]
fn a_matrix_that_is_not_positive_definite_names_its_pairs() {
    let folder = Folder::new();
    let pairs = "value = 0.9\n[[correlation]]\nof = [\"nation\", \"industry.devices\"]\nvalue = 0.9\n\
                 [[correlation]]\nof = [\"industry.drugs\", \"industry.devices\"]\nvalue = -0.9";
    let text = mutated(&[("value = 0.2", pairs)]);
    let examined = examined(&folder, text.as_bytes()).expect("a text file");
    let en = shown(&examined, Lang::En);
    assert!(examined.faults.iter().any(|fault| fault.code == codes::BAD_CORRELATION), "{en}");
    for name in ["nation", "industry.drugs", "industry.devices"] {
        assert!(en.contains(name), "{name}\n{en}");
    }
}

#[test]
fn several_faults_are_all_reported_at_once() {
    let folder = Folder::new();
    let text = mutated(&[
        ("own_volatility", "own_volatilty"),
        ("\"1000亿元\"", "\"1000吨\""),
        ("scope = \"province.p\"", "scope = \"cluster.wuhn\""),
        (MEAN, r#"{ dist = "normal", mean = "3%", sd = "-1%", source"#),
        ("to = 2026", "to = 2050"),
    ]);
    let examined = examined(&folder, text.as_bytes()).expect("a text file");
    let found: Vec<_> = examined.faults.iter().map(|fault| fault.code).collect();
    for code in [
        codes::UNKNOWN_KEY,
        codes::WRONG_UNIT,
        codes::UNKNOWN_REFERENCE,
        codes::OUT_OF_RANGE,
        codes::BAD_YEAR,
    ] {
        assert!(found.contains(&code), "{code} is missing from {found:?}\n{}", shown(&examined, Lang::En));
    }
}

#[test]
fn a_fault_in_a_file_that_is_extended_names_that_file() {
    let folder = Folder::new();
    fs::create_dir(folder.path("base")).expect("a new folder");
    fs::write(folder.path("base/p.toml"), mutated(&[("\"400亿元\"", "nan")])).expect("a file");
    let child = "extends = \"base/../base/p.toml\"\n[scenario]\nid = \"child\"\n";
    let examined = examined(&folder, child.as_bytes()).expect("a text file");
    let zh = shown(&examined, Lang::Zh);
    assert!(zh.contains("p.toml:") && zh.contains(codes::NOT_FINITE), "{zh}");
    let lost = examined_child(&folder, "extends = \"nowhere.toml\"\n");
    assert!(lost.faults.iter().any(|fault| fault.code == codes::PARENT_UNREADABLE));
    let circle = examined_child(&folder, "extends = \"case.toml\"\n");
    assert!(circle.faults.iter().any(|fault| fault.code == codes::EXTENDS_CYCLE));
}

/// A whole number of years is written alone or with its source; in both forms it is a figure of the model.
#[test]
fn a_delay_may_state_its_source() {
    let folder = Folder::new();
    for (written, source) in [("5", "S"), ("{ value = 5, source = \"S 三\", grade = \"derived\" }", "S 三")]
    {
        let recovery = format!("recovery = {{ share = 0.5, after = {written} }}\ncapacity = {{ leverage");
        let found = examined_child(&folder, &mutated(&[("capacity = { leverage", &recovery)]));
        let model = found.model.unwrap_or_else(|| panic!("{:?}", found.faults));
        let [delay] = &model.delays[..] else { panic!("{:?}", model.delays) };
        assert_eq!((delay.path.as_str(), delay.years), ("instrument.fund.recovery.after", 5));
        assert_eq!(delay.provenance.source.as_ref().map(|(text, _)| text.as_str()), Some(source));
        assert_eq!(model.instruments[0].recovery_after, 5);
    }
    let growth = "growth = { level = \"3%\", years = { value = 3, source = \"S 四\" }, lag = { value = 1, source = \"S 四\" } }\n\
                  capacity = { leverage";
    let found = examined_child(&folder, &mutated(&[("capacity = { leverage", growth)]));
    let model = found.model.unwrap_or_else(|| panic!("{:?}", found.faults));
    let delays: Vec<(&str, u32)> = model.delays.iter().map(|one| (one.path.as_str(), one.years)).collect();
    assert_eq!(delays, [("instrument.fund.growth.years", 3), ("instrument.fund.growth.lag", 1)]);
    let growth = model.instruments[0].growth.as_ref().expect("a growth channel");
    assert_eq!((growth.years, growth.lag), (3, 1));
    for (written, code) in [
        ("{ value = 5, sauce = \"S\" }", codes::UNKNOWN_KEY),
        ("{ value = 2.5, source = \"S\" }", codes::BAD_NUMBER),
    ] {
        let recovery = format!("recovery = {{ share = 0.5, after = {written} }}\ncapacity = {{ leverage");
        let found = examined_child(&folder, &mutated(&[("capacity = { leverage", &recovery)]));
        let told: Vec<&str> = found.faults.iter().map(|fault| fault.code).collect();
        assert_eq!(told, [code], "{written}");
    }
}

/// A delay without source or grade is told like any other figure, and what would change it by a policy is told why it cannot.
#[test]
fn a_delay_is_no_quantity_but_a_figure() {
    let folder = Folder::new();
    let recovery = "recovery = { share = 0.5, after = 3 }\ncapacity = { leverage";
    let change = ("instrument.fund.capacity.leverage\" = 4", "instrument.fund.recovery.after\" = 4");
    let found = examined_child(&folder, &mutated(&[("capacity = { leverage", recovery), change]));
    let (zh, en) = (shown(&found, Lang::Zh), shown(&found, Lang::En));
    assert!(found.model.is_none() && zh.contains(codes::BAD_PATH) && zh.contains("是整年数"), "{zh}");
    assert!(en.contains("a whole number of years, which no policy or world can change"), "{en}");
    let lab = "[[instrument]]\nid = \"lab\"\ngrowth = { level = { value = \"3%\", source = \"S\", grade = \"assumption\" }, years = 3 }\n[[policy]]\nid = \"none\"";
    let found = examined_child(&folder, &mutated(&[("[[policy]]\nid = \"none\"", lab)]));
    let zh = shown(&found, Lang::Zh);
    assert!(
        zh.contains(codes::NO_SOURCE)
            && zh.contains("有 1 个数值")
            && zh.contains("instrument.lab.growth.years"),
        "{zh}"
    );
}

/// English faults write units that English readers know and the format takes.
#[test]
fn percentage_points_out_of_range_are_told_in_each_language() {
    let found =
        examined_child(&Folder::new(), &mutated(&[("premium = \"1个百分点\"", "premium = \"2000%\"")]));
    let (zh, en) = (shown(&found, Lang::Zh), shown(&found, Lang::En));
    assert!(zh.contains("2000个百分点 超出允许范围 (-100个百分点, 1000个百分点)"), "{zh}");
    assert!(en.contains("2000pp is outside the range (-100pp, 1000pp)"), "{en}");
}

/// A condition that is no target is one fault: that no target is left is no other.
#[test]
fn one_slip_in_a_condition_is_one_fault() {
    let goal = "at_least = \"1500亿元\"";
    for (slip, code) in [
        ("target = \"goal\"\ngiven = [\"gaol\"]", codes::UNKNOWN_REFERENCE),
        ("target = \"gaol\"\ngiven = [\"goal\"]", codes::UNKNOWN_REFERENCE),
        ("target = \"goal\"\ngvien = [\"goal\"]", codes::UNKNOWN_KEY),
        ("taget = \"goal\"\ngiven = [\"goal\"]", codes::UNKNOWN_KEY),
        ("target = \"goal\"", codes::MISSING_KEY),
        ("target = \"goal\"\ngiven = [1]", codes::WRONG_TYPE),
        ("target = \"goal\"\ngiven = 1", codes::WRONG_TYPE),
        ("target = \"goal\"\ngiven = []", codes::MISSING_KEY),
    ] {
        let with = format!("{goal}\n[[conditional]]\nid = \"c\"\n{slip}");
        let found = examined_child(&Folder::new(), &mutated(&[(goal, &with)]));
        let told: Vec<&str> = found.faults.iter().map(|fault| fault.code).collect();
        assert_eq!(told, [code], "{slip}");
    }
}

fn examined_child(folder: &Folder, text: &str) -> Examined {
    examined(folder, text.as_bytes()).expect("a text file")
}

#[test]
fn files_without_meaning_are_refused_with_a_reason() {
    let folder = Folder::new();
    for nothing in ["", "\n\n", "# 只有注释\n", "\u{FEFF}"] {
        let examined = examined(&folder, nothing.as_bytes()).expect("a text file");
        assert_eq!(examined.faults.iter().map(|f| f.code).collect::<Vec<_>>(), [codes::EMPTY_FILE]);
    }
    let deep = [format!("a = {}", "[".repeat(100_000)), format!("a{} = 1", ".a".repeat(50_000))];
    for text in deep {
        let examined = examined(&folder, text.as_bytes()).expect("a text file");
        assert!(examined.faults.has_errors() && examined.model.is_none());
        assert!(shown(&examined, Lang::Zh).len() < 1_000_000);
    }
}

#[test]
fn files_that_are_no_text_are_named_for_what_they_are() {
    let folder = Folder::new();
    let (gbk, _, _) = encoding_rs::GBK.encode(VALID);
    let utf16: Vec<u8> = VALID.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let noise: Vec<u8> = (0..2_000_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    for (bytes, words) in [(&*gbk, "GBK"), (&utf16, "UTF-16"), (&noise, "不是文本文件")] {
        let error = examined(&folder, bytes).expect_err("a refusal");
        assert!(error.text().zh.contains(words), "{error}");
        assert_eq!(error.exit().code(), 2);
    }
    let big = folder.path("case.toml");
    fs::File::create(&big).and_then(|file| file.set_len(500 * 1024 * 1024)).expect("room for a sparse file");
    assert!(matches!(examine(&big, &Choices::new()), Err(ReadError::TooBig { .. })));
    assert!(matches!(examine(Path::new("nowhere/x.toml"), &Choices::new()), Err(ReadError::NoFolder { .. })));
}

fn shipped() -> Vec<u8> {
    fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/hubei-2027.toml")).expect("a shipped scenario")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Bytes, words and whole lines of a real scenario are damaged: there is an answer, never a panic.
    #[test]
    fn damaged_files_never_cause_a_panic(
        edits in prop::collection::vec((0_usize..60_000, 0_usize..40, prop::sample::select(vec![
            "", "[", "]", "\"", "{", "}", "=", "nan", "-1", "1e308", "\n", "0", ".", "[[cluster]]\n", "亿元", "id", "\u{0}",
        ])), 1..4),
    ) {
        let mut bytes = shipped();
        for (at, length, new) in edits {
            let at = at.min(bytes.len());
            let end = (at + length).min(bytes.len());
            bytes.splice(at..end, new.bytes());
        }
        let folder = Folder::new();
        if let Ok(examined) = examined(&folder, &bytes) {
            prop_assert_eq!(examined.model.is_none(), examined.faults.has_errors());
            for lang in [Lang::Zh, Lang::En] {
                prop_assert_eq!(shown(&examined, lang).is_empty(), examined.faults.is_empty());
            }
        }
    }
}
