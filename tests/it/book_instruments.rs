//! The sheet of instruments of a workbook to fill in: every kind acts by its money, what is left empty is assumed aloud, and
//! faults are told in the words of the sheet.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::book_words::{faults, import, sound};
use crate::cli::{call, code, stderr, stdout, text};
use crate::folder::Folder;

/// The heads of the sheet that is written, in its order, and rows of every kind.
const HEADS: [&str; 13] = [
    "政策工具",
    "工具类型",
    "财政资金总额（亿元）",
    "每年财政资金（亿元）",
    "每年签约额（亿元）",
    "每年签约项目数（个）",
    "开始年份",
    "结束年份",
    "撬动倍数（倍）",
    "落地率（%）",
    "对收入水平的总影响（%）",
    "出处",
    "依据等级",
];
const FUND: [&str; 13] = ["基金", "引导基金", "50", "", "", "", "2025", "2027", "", "", "", "YB", "官方"];
const RESEARCH: [&str; 13] = ["研发", "研发补助", "", "2", "", "", "2025", "2027", "", "", "", "YB", "官方"];
const CONTRACT: [&str; 13] =
    ["代工", "受托生产补助", "", "2", "", "", "2025", "2027", "", "", "", "YB", "官方"];
const PROJECTS: [&str; 13] =
    ["招商", "招商项目", "", "", "60", "15", "2025", "2027", "", "", "", "YB", "官方"];

/// A sound book whose instruments are these rows, with these cells of row 2 and after changed.
fn book(rows: &[[&'static str; 13]], changes: &[(usize, usize, &'static str)]) -> crate::book_words::Book {
    let mut book = sound();
    let mut sheet = vec![HEADS.to_vec()];
    sheet.extend(rows.iter().map(|row| row.to_vec()));
    for (row, column, value) in changes {
        sheet[*row][*column] = value;
    }
    book.retain(|(name, _)| *name != "政策工具");
    book.push(("政策工具", sheet));
    book
}

/// The workbook as it is written, imported.
fn imported(folder: &Folder, lang: &str) -> (PathBuf, String) {
    let path = folder.path(&format!("{lang}.xlsx"));
    assert_eq!(code(&call(&["new", "--xlsx", text(&path), "--lang", lang])), 0);
    let output = call(&["import", text(&path), "--lang", lang]);
    assert_eq!(code(&output), 0, "{}{}", stdout(&output), stderr(&output));
    (folder.path(&format!("{lang}.toml")), stdout(&output))
}

/// The answers that money is for need money that acts: each is given for the workbook as it is written.
#[test]
fn the_book_as_written_can_be_solved_compared_and_optimised() {
    let folder = Folder::new();
    for lang in ["zh", "en"] {
        let (file, said) = imported(&folder, lang);
        let aloud =
            if lang == "zh" { "取自工具目录 IN-GEN-01" } else { "come from the catalogue (IN-GEN-01" };
        assert!(said.contains(aloud), "{said}");
        let written = fs::read_to_string(&file).expect("a scenario");
        let [total, signed] =
            if lang == "zh" { ["50亿元", "60亿元"] } else { ["5 billion yuan", "6 billion yuan"] };
        for line in [
            format!("money = {{ total = \"{total}\", from = 2025, to = 2027 }}"),
            "entry = \"IN-GEN-04\"".to_owned(),
            format!("projects.signed = {{ per_year = \"{signed}\", from = 2025, to = 2027 }}"),
        ] {
            assert!(written.lines().any(|own| own == line), "{line} is not in\n{written}");
        }
        let leverage = written.lines().find(|line| line.starts_with("capacity.leverage = "));
        let leverage = leverage.expect("what was left empty is written");
        assert!(
            leverage.contains("\"4 to 5.5\"") && leverage.contains("grade = \"assumption\""),
            "{leverage}"
        );
        for command in [
            vec!["run"],
            vec!["compare"],
            vec!["solve", "--lever", "money", "--probability", "30%"],
            vec!["optimise"],
        ] {
            let out = folder.path(&format!("{lang}-{}", command[0]));
            let rest = ["--trials", "512", "--quiet", "--lang", lang, "--out", text(&out)];
            let arguments: Vec<&str> = [command[0], text(&file)]
                .into_iter()
                .chain(command[1..].iter().copied())
                .chain(rest)
                .collect();
            let output = call(&arguments);
            assert_eq!(code(&output), 0, "{command:?}\n{}{}", stdout(&output), stderr(&output));
        }
    }
}

/// What nobody filled in never seems to have the source and the grade of the row, and is counted as it stands.
#[test]
fn what_comes_from_the_catalogue_says_so_line_by_line() {
    let folder = Folder::new();
    for (lang, remark, counted) in [
        ("zh", "# 取自工具目录 IN-GEN-0", " 项效果参数取自"),
        ("en", "# from the catalogue (IN-GEN-0", " parameters of `"),
    ] {
        let (exit, out) = import(&folder, &book(&[FUND, RESEARCH, CONTRACT, PROJECTS], &[]), lang);
        assert_eq!(exit, 0, "{out}");
        let written = fs::read_to_string(folder.path("填报.toml")).expect("a scenario");
        let effects = [
            "capacity.",
            "knowledge.",
            "recovery.",
            "projects.landed",
            "projects.started",
            "projects.public_share",
        ];
        let taken: Vec<&str> =
            written.lines().filter(|line| effects.iter().any(|key| line.starts_with(key))).collect();
        let bare: Vec<&&str> = taken.iter().filter(|line| line.contains(remark)).collect();
        for line in &taken {
            let sourced =
                ["source = ", "grade = \"assumption\"", "note = "].iter().all(|part| line.contains(part));
            assert!(sourced || line.contains(remark), "{line}");
        }
        let keys: Vec<&str> = bare.iter().filter_map(|line| line.split(" = ").next()).collect();
        assert!(keys.is_empty(), "{written}");
        let number = |line: &str| -> Option<usize> {
            let before = line.split(counted).next().filter(|_| line.contains(counted))?;
            before
                .rsplit([' ', '的'])
                .next()?
                .parse()
                .ok()
                .or_else(|| before.trim().rsplit(' ').next()?.parse().ok())
        };
        let told: usize = out.lines().filter_map(number).sum();
        assert_eq!(told, taken.len() - bare.len(), "{out}\n{written}");
        for what in ["recovery.after = { value = 5", "knowledge.lag = { value = 2"] {
            assert!(written.contains(what), "{what} is not in\n{written}");
        }
        fs::remove_file(folder.path("填报.toml")).expect("the scenario");
    }
}

/// A table beside a scenario is read as the sheet of a workbook is: no row takes perfect defaults without a word.
#[test]
fn rows_beside_a_scenario_need_kind_and_years_too() {
    let folder = Folder::new();
    let base = "[scenario]\nid = \"t\"\ntitle = \"t\"\nbase_year = 2024\nhorizon = 2030\n[sources.S]\ntitle = \"S\"\n\
        [[industry]]\nid = \"d\"\ntrend = \"3%\"\nsource = \"S\"\ngrade = \"assumption\"\n\
        [[province]]\nid = \"p\"\n[[cluster]]\nid = \"c\"\nbase = \"100亿元\"\nsource = \"S\"\ngrade = \"official\"\n\
        [[target]]\nid = \"g\"\nyear = 2030\nat_least = \"150亿元\"\n\
        [[instrument]]\nid = \"known\"\nsource = \"S\"\ngrade = \"assumption\"\n\
        money = { total = \"5亿元\" }\ncapacity = { leverage = 2, output_ratio = 1 }\n\
        [[policy]]\nid = \"none\"\ninstruments = []\n[[policy]]\nid = \"all\"\ninstruments = \"all\"\n";
    fs::write(folder.path("base.toml"), base).expect("a scenario");
    let table = "extends = \"base.toml\"\n[[table]]\nfile = \"t.csv\"\nholds = \"instrument\"\n";
    fs::write(folder.path("情景.toml"), table).expect("a scenario");
    let head = "工具编号,政策工具,工具类型,财政资金总额（亿元）,开始年份,结束年份,撬动倍数,对收入水平的总影响（%）,来源,依据等级\n";
    for (row, exit, words) in [
        ("a,甲,引导基金,50,2025,2027,5,,S,假设", 0, "没有问题"),
        ("a,甲,,50,2025,2027,5,,S,假设", 2, "填了“撬动倍数”，就要选“工具类型”"),
        ("a,甲,,50,2025,2027,,,S,假设", 2, "没有写出效果"),
        ("a,甲,,50,2025,2027,,2,S,假设", 0, "没有问题"),
        ("a,甲,引导基金,50,,2027,5,,S,假设", 2, "填了金额，没有填“开始年份”"),
        // an instrument of the file that is extended has its effect already
        ("known,,,60,2025,2027,5,,S,假设", 0, "没有问题"),
        ("", 0, "表里只有表头，没有一行数据"),
    ] {
        fs::write(folder.path("t.csv"), format!("{head}{row}\n")).expect("a table");
        let output = call(&["check", text(&folder.path("情景.toml")), "--lang", "zh"]);
        let out = stdout(&output) + &stderr(&output);
        assert_eq!((code(&output), out.contains(words)), (exit, true), "{row}\n{out}");
    }
}

/// A fault of one row says nothing about policies that import makes.
#[test]
fn a_row_with_a_fault_leaves_no_other_unused() {
    let folder = Folder::new();
    let changes = [(1, 0, ""), (1, 2, ""), (1, 6, ""), (1, 7, "")];
    let (exit, out) = import(&folder, &book(&[FUND, PROJECTS], &changes), "zh");
    assert!(exit == 2 && out.contains("没有填“政策工具”") && !out.contains("W0402"), "{out}");
}

/// What import fills in is what a scenario file with the entry has, to the last bit.
#[test]
fn what_is_left_empty_is_what_the_entry_of_the_catalogue_has() {
    let runs = |path: &str| -> Value {
        let output = call(&["run", path, "--trials", "512", "--format", "json", "--quiet"]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        let results: Value = serde_json::from_str(&stdout(&output)).expect("a result document");
        results["runs"].clone()
    };
    let folder = Folder::new();
    let rows = [FUND, RESEARCH, CONTRACT, PROJECTS];
    let (exit, out) = import(&folder, &book(&rows, &[(1, 8, "3")]), "zh");
    assert_eq!(exit, 0, "{out}");
    let filled = fs::read_to_string(folder.path("填报.toml")).expect("a scenario");
    let by_import = runs(text(&folder.path("填报.toml")));
    // the same without what was filled in: the catalogue fills it in when the file is read
    let written = [
        "capacity.",
        "knowledge.",
        "recovery.",
        "projects.landed",
        "projects.started",
        "projects.public_share",
    ];
    let own =
        |line: &&str| line.contains("leverage = \"3") || !written.iter().any(|key| line.starts_with(key));
    let short: Vec<&str> = filled.lines().filter(own).collect();
    assert!(filled.lines().count() - short.len() >= 25, "{filled}");
    let path = folder.path("short.toml");
    fs::write(&path, short.join("\n")).expect("a scenario");
    assert!(runs(text(&path)) == by_import);
    // and a stated figure counts
    let (exit, out) = import(&folder, &book(&rows, &[]), "zh");
    assert_eq!(exit, 0, "{out}");
    assert!(runs(text(&folder.path("填报.toml"))) != by_import);
}

#[test]
fn faults_of_instruments_name_cell_and_column() {
    let folder = Folder::new();
    let rows = [FUND, RESEARCH, PROJECTS];
    for (changes, cells, said) in [
        (vec![(1, 2, "五十亿")], vec!["C2"], vec!["“五十亿”读不出数字"]),
        (vec![(1, 2, "")], vec!["G2"], vec!["“财政资金总额”、“每年财政资金”一个都没有填"]),
        (
            vec![(1, 2, ""), (1, 6, ""), (1, 7, "")],
            vec!["B2"],
            vec!["“财政资金总额”、“每年财政资金”一个都没有填"],
        ),
        (vec![(1, 3, "5")], vec!["D2"], vec!["“财政资金总额”和“每年财政资金”只能填一个"]),
        (vec![(2, 3, "-2")], vec!["D3"], vec!["“每年财政资金”不能是 -2亿元：应不小于 0亿元"]),
        (vec![(3, 4, "")], vec!["G4"], vec!["“签约总额”、“每年签约额”一个都没有填"]),
        (vec![(3, 4, ""), (3, 6, ""), (3, 7, "")], vec!["B4"], vec!["“签约总额”、“每年签约额”一个都没有填"]),
        (vec![(1, 6, ""), (1, 7, "")], vec!["C2"], vec!["填了金额，没有填“开始年份”、“结束年份”"]),
        (vec![(2, 7, "")], vec!["D3"], vec!["填了金额，没有填“结束年份”"]),
        (vec![(3, 6, "")], vec!["E4"], vec!["填了金额，没有填“开始年份”"]),
        (
            vec![(0, 8, "签约开始年份"), (3, 8, "2026")],
            vec!["G4"],
            vec!["“开始年份”和“签约开始年份”填的年份不同", "只填一列"],
        ),
        (vec![(1, 2, "1e300")], vec!["C2"], vec!["“财政资金总额”不能是 1e300亿元：应不大于 1000000000亿元"]),
        (vec![(1, 1, "IN-HB48-14")], vec!["B2", "C2"], vec!["“IN-HB48-14”不能写进工作簿：它作用于研发管线"]),
        (
            vec![(1, 1, "IN-HB48-17")],
            vec!["B2", "C2"],
            vec!["“IN-HB48-17”作用于落户企业，工作簿里没有“招商引进”表"],
        ),
        (vec![(1, 1, "IN-HB48-16")], vec!["B2", "C2"], vec!["没有填“作用集群”", "表里加上“作用集群”一列"]),
        (vec![(3, 5, "")], vec!["B4"], vec!["没有填“每年签约项目数”"]),
        (vec![(3, 5, "十五")], vec!["F4"], vec!["“十五”不是整数"]),
        (vec![(0, 5, "每年签约项目数（亿元）")], vec!["F1"], vec!["没有“亿元”这样的单位"]),
        (vec![(0, 2, "财政资金总额（百万美元）")], vec!["C1"], vec!["不认识的单位“百万美元”"]),
        (
            vec![(1, 1, "基金类")],
            vec!["B2"],
            vec!["“工具类型”不能写“基金类”", "引导基金、研发补助、受托生产补助、招商项目"],
        ),
        // what the row lacks besides is not known before its kind is
        (vec![(1, 1, "引导基经"), (1, 8, "3")], vec!["B2"], vec!["“工具类型”不能写“引导基经”"]),
        (vec![(1, 9, "50")], vec!["J2"], vec!["“引导基金”用不到“落地率”这一列"]),
        (vec![(3, 2, "30")], vec!["C4"], vec!["“招商项目”用不到“财政资金总额”这一列"]),
        (vec![(1, 10, "3")], vec!["K2"], vec!["“引导基金”用不到“对收入水平的总影响”这一列"]),
        (vec![(1, 1, "")], vec!["A2"], vec!["“基金”没有写出效果", "选“工具类型”"]),
        (vec![(1, 1, ""), (1, 8, "4")], vec!["I2"], vec!["填了“撬动倍数”，就要选“工具类型”"]),
        (vec![(3, 6, "2019")], vec!["G4"], vec!["2024–2030"]),
        (vec![(0, 8, "资金分配·宜昌（%）"), (1, 8, "100")], vec!["I1"], vec!["“集群”里没有“宜昌”"]),
        (
            vec![(1, 2, "五十亿"), (2, 3, "-2"), (3, 9, "150"), (1, 10, "3")],
            vec!["C2", "K2", "D3", "J4"],
            vec!["“落地率”不能是 150%"],
        ),
    ] {
        let (exit, out) = import(&folder, &book(&rows, &changes), "zh");
        let mut found = faults(&out);
        let mut wanted: Vec<String> = cells.iter().map(|cell| format!("政策工具 {cell}")).collect();
        found.sort();
        wanted.sort();
        assert_eq!((exit, &found), (2, &wanted), "{changes:?}\n{out}");
        for words in said {
            assert!(out.contains(words), "{words} is not in\n{out}");
        }
        assert!(!folder.path("填报.toml").exists(), "nothing is written");
        let (exit, english) = import(&folder, &book(&rows, &changes), "en");
        let mut found = faults(&english);
        found.sort();
        assert_eq!((exit, found), (2, wanted), "{english}");
        for word in ["money.", "capacity", "per_year", "[[", "pipeline."] {
            assert!(
                !english.contains(word) && !out.contains(word),
                "{word} is the format's own word\n{english}{out}"
            );
        }
    }
}

/// Any entry of the catalogue can be a kind, by name or id; the columns of years serve signed projects too.
#[test]
fn a_kind_may_be_any_entry_of_the_catalogue() {
    let folder = Folder::new();
    let changes = [(1, 1, "政府引导基金投早投小投硬科技"), (2, 1, "in-hb48-21"), (3, 6, "2026")];
    let (exit, out) = import(&folder, &book(&[FUND, RESEARCH, PROJECTS], &changes), "zh");
    assert_eq!(exit, 0, "{out}");
    let written = fs::read_to_string(folder.path("填报.toml")).expect("a scenario");
    for line in [
        "entry = \"IN-HB48-24\"",
        "entry = \"IN-HB48-21\"",
        "projects.signed = { per_year = \"60亿元\", from = 2026, to = 2027 }",
    ] {
        assert!(written.lines().any(|own| own == line), "{line} is not in\n{written}");
    }
    assert!(!written.contains("HB701-0"), "a general kind takes over no figure of a document\n{written}");
}
