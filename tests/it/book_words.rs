//! A planner's workbook with faults: every one names sheet and cell, in the words of the sheets, and each cause is told once.

use std::fs;

use rust_xlsxwriter::{Format, Workbook};

use crate::cli::{call, code, stderr, stdout, text};
use crate::folder::Folder;

/// Sheets with their rows.
pub type Book = Vec<(&'static str, Vec<Vec<&'static str>>)>;

/// A workbook without faults.
pub fn sound() -> Book {
    vec![
        (
            "基本情况",
            vec![
                vec!["方案编号", "t"],
                vec!["方案标题", "试"],
                vec!["基期年份", "2024"],
                vec!["推演到哪一年", "2030"],
                vec!["省份", "某省"],
                vec!["全省基期规模（亿元）", "1000", "YB", "官方"],
            ],
        ),
        ("资料来源", vec![vec!["资料编号", "标题"], vec!["YB", "统计年鉴"]]),
        (
            "行业",
            vec![
                vec!["行业编号", "行业名称", "年均增速（%）", "出处", "依据等级"],
                vec!["drugs", "药品", "3", "YB", "推算"],
                vec!["devices", "器械", "4", "YB", "推算"],
            ],
        ),
        (
            "集群",
            vec![
                vec![
                    "集群编号",
                    "集群名称",
                    "占全省比重（%）",
                    "取余数",
                    "行业构成·药品（%）",
                    "行业构成·器械（%）",
                    "出处",
                    "依据等级",
                ],
                vec!["wuhan", "武汉（含光谷）", "40", "", "60", "40", "YB", "官方"],
                vec!["rest", "其他市州", "", "是", "80", "20", "YB", "官方"],
            ],
        ),
        (
            "企业",
            vec![
                vec!["企业名称", "营业收入（亿元）", "所在集群", "所属行业", "出处", "依据等级"],
                vec!["甲药业", "50", "武汉（含光谷）", "药品", "YB", "官方"],
                vec!["乙药业", "30", "武汉(含光谷)", "药 品", "统计年鉴", "官方数据"],
            ],
        ),
        (
            "目标",
            vec![
                vec![
                    "目标",
                    "考核对象",
                    "考核年份",
                    "最迟年份",
                    "目标值（亿元）",
                    "年均增速不低于（%）",
                    "数什么",
                    "规模达到（亿元）",
                    "个数不低于（家）",
                ],
                vec!["翻番", "全 省", "2030", "", "1300", "", "", "", ""],
                vec!["大企业", "全省", "2030", "", "", "", "企业", "60", "1"],
            ],
        ),
        (
            "政策工具",
            vec![
                vec![
                    "政策工具",
                    "工具类别",
                    "财政资金总额（亿元）",
                    "资金开始年份",
                    "资金结束年份",
                    "对收入水平的总影响（%）",
                    "见效年数",
                    "出处",
                    "依据等级",
                ],
                vec!["产业基金", "基金与融资", "50", "2025", "2027", "3", "5", "YB", "官方"],
            ],
        ),
    ]
}

/// A sound book with these cells changed; an address is that of the sheet as it is opened.
pub fn with(changes: &[(&str, &str, &'static str)]) -> Book {
    let mut book = sound();
    for (sheet, address, value) in changes {
        let rows = &mut book.iter_mut().find(|(name, _)| name == sheet).expect("a sheet").1;
        let (column, row) = address.split_at(1);
        let column = usize::from(column.as_bytes()[0] - b'A');
        let row: usize = row.parse().expect("a row");
        while rows.len() < row {
            rows.push(Vec::new());
        }
        let cells = &mut rows[row - 1];
        while cells.len() <= column {
            cells.push("");
        }
        cells[column] = value;
    }
    book
}

/// What `import` says about the book.
pub fn import(folder: &Folder, book: &Book, lang: &str) -> (i32, String) {
    let mut file = Workbook::new();
    for (name, rows) in book {
        let sheet = file.add_worksheet().set_name(*name).expect("a name");
        for (row, cells) in (0..).zip(rows) {
            for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
                match cell.parse::<f64>() {
                    Ok(number) => sheet.write(row, column, number).expect("a cell"),
                    Err(_) => sheet.write(row, column, *cell).expect("a cell"),
                };
            }
        }
    }
    let path = folder.path("填报.xlsx");
    file.save(&path).expect("a workbook");
    let _ = fs::remove_file(folder.path("填报.toml"));
    let output = call(&["import", text(&path), "--lang", lang]);
    (code(&output), stdout(&output) + &stderr(&output))
}

/// The cells that faults name first, as `sheet cell`, and whether nothing in the text is the file format's own word.
pub fn faults(out: &str) -> Vec<String> {
    let places = out.lines().filter_map(|line| line.trim_start().strip_prefix("--> "));
    let place = |line: &str| {
        line.rsplit(" · ").take(2).collect::<Vec<_>>().into_iter().rev().collect::<Vec<_>>().join(" ")
    };
    places.map(place).collect()
}

/// Words of the file format, which a planner has never seen.
const FORMAT: [&str; 22] = [
    "at_least",
    "base_year",
    "sustained",
    "[sources",
    "[scenario",
    "official",
    "share",
    "remainder",
    "premium",
    "province.",
    "nation",
    "cluster",
    "capital",
    "industry",
    "wuhan",
    "drugs",
    "revenue",
    "true",
    "dist =",
    "by_year",
    "uplift",
    "outside",
];

#[test]
fn a_sound_book_is_imported_with_names_however_they_are_typed() {
    let folder = Folder::new();
    let (exit, out) = import(&folder, &sound(), "zh");
    assert!(exit == 0 && out.contains("没有问题"), "{out}");
    let written = fs::read_to_string(folder.path("填报.toml")).expect("a scenario");
    assert!(written.contains("class = \"funds\""), "{written}");
    assert!(!written.contains("统计年鉴\"\ngrade"), "a title stands for its id\n{written}");
}

#[test]
fn each_fault_names_its_cell_in_the_words_of_the_sheets() {
    let folder = Folder::new();
    for (changes, cells, said) in [
        (
            vec![("企业", "C2", "宜昌")],
            vec!["企业 C2"],
            vec!["“集群”里没有“宜昌”", "武汉（含光谷）、其他市州"],
        ),
        (vec![("企业", "D2", "化药")], vec!["企业 D2"], vec!["“行业”里没有“化药”"]),
        (
            vec![("企业", "E2", "年报"), ("企业", "E3", "年报"), ("集群", "G2", "年报")],
            vec!["集群 G2"],
            vec!["“资料来源”里没有“年报”", "企业 E2、企业 E3", "登记一行"],
        ),
        (vec![("企业", "F2", "瞎猜")], vec!["企业 F2"], vec!["官方、推算、文献、假设"]),
        (
            vec![("政策工具", "B2", "资金类")],
            vec!["政策工具 B2"],
            vec!["“工具类别”不能写“资金类”", "补助与奖励"],
        ),
        (
            vec![("目标", "C2", ""), ("目标", "E2", "")],
            vec!["目标 A2", "目标 A2"],
            vec!["“考核年份”、“最迟年份”一个都没有填", "“目标值”"],
        ),
        (
            vec![("政策工具", "F2", ""), ("政策工具", "G2", "")],
            vec!["政策工具 A2"],
            vec!["没有写出效果", "“对收入水平的总影响”"],
        ),
        (vec![("目标", "D2", "2029")], vec!["目标 D2"], vec!["“考核年份”和“最迟年份”只能填一个"]),
        (vec![("目标", "F2", "5")], vec!["目标 F2"], vec!["“目标值”和“年均增速不低于”只能填一个"]),
        (vec![("目标", "B2", "湖南")], vec!["目标 B2"], vec!["没有“湖南”这个对象", "全省、某省"]),
        (vec![("目标", "B2", "全 国")], vec!["目标 B2"], vec!["不能是“全 国”", "不是全国", "写“全省”"]),
        (vec![("目标", "C2", "二〇三〇")], vec!["目标 C2"], vec!["“二〇三〇”不是年份"]),
        (
            vec![("目标", "C2", "2050")],
            vec!["目标 C2"],
            vec!["2025–2030", "“推演到哪一年”在“基本情况”表里填"],
        ),
        (vec![("集群", "C2", "")], vec!["集群 A2"], vec!["“基期规模”、“占全省比重”、“取余数”一个都没有填"]),
        (vec![("集群", "E1", "行业构成·化药（%）")], vec!["集群 E1"], vec!["“行业”里没有“化药”"]),
        (vec![("集群", "B3", "武汉（含光谷）")], vec!["集群 B3"], vec!["有两个集群都叫“武汉（含光谷）”"]),
        (
            vec![("集群", "A3", "wuhan2"), ("企业", "A3", "甲药业")],
            vec!["企业 A3"],
            vec!["“企业”里“甲药业”出现了不止一次"],
        ),
        (vec![("企业", "A2", "")], vec!["企业 B2"], vec!["没有填“企业名称”"]),
        (vec![("企业", "B2", "900")], vec!["企业 A2"], vec!["“主口径之外”列填“是”"]),
        (
            vec![("企业", "B3", "900")],
            vec!["企业 A3"],
            vec!["“武汉（含光谷）”行业“药品”的企业合计", "其中最大的在这里，900亿元"],
        ),
        (
            vec![("行业", "C2", "-150")],
            vec!["行业 C2"],
            vec!["“年均增速”不能是 -150%：应大于 -100%、小于 1000%"],
        ),
        (
            vec![("集群", "C2", "0~95")],
            vec!["集群 C2"],
            vec!["“占全省比重”写 0~95 太宽", "应不小于 0%、不大于 100%", "把范围写窄一些"],
        ),
        (vec![("基本情况", "B3", "")], vec!["基本情况 A3"], vec!["没有填“基期年份”", "“内容”一格"]),
        (
            vec![("基本情况", "B6", ""), ("基本情况", "C6", ""), ("基本情况", "D6", "")],
            vec!["集群 C2"],
            vec!["在“基本情况”表填“全省基期规模”"],
        ),
        (
            vec![("资料来源", "A3", "YB"), ("资料来源", "B3", "另一本")],
            vec!["资料来源 A3"],
            vec!["出现了不止一次"],
        ),
        (vec![("资料来源", "B3", "没有编号的")], vec!["资料来源 B3"], vec!["没有填“资料编号”"]),
    ] {
        let (exit, out) = import(&folder, &with(&changes), "zh");
        assert_eq!(exit, 2, "{changes:?}\n{out}");
        assert_eq!(faults(&out), cells, "{changes:?}\n{out}");
        for words in said {
            assert!(out.contains(words), "{words} is not in\n{out}");
        }
        let told = out.lines().filter(|line| line.contains("错误[") || line.contains("提示: "));
        for (line, word) in told.flat_map(|line| FORMAT.map(|word| (line, word))) {
            assert!(!line.contains(word), "{word} is the format's own word:\n{line}");
        }
        let (exit, english) = import(&folder, &with(&changes), "en");
        assert_eq!(
            (exit, faults(&english)),
            (2, cells.iter().map(|cell| (*cell).to_owned()).collect()),
            "{english}"
        );
    }
}

/// Hypothesis: a target of the whole country is not judged on the province of the workbook, in whichever word it is asked for;
/// past figures of it are taken.
#[test]
fn the_whole_country_is_recorded_and_never_judged() {
    let folder = Folder::new();
    let (exit, out) = import(&folder, &with(&[("目标", "B2", "nation")]), "en");
    assert_eq!((exit, faults(&out)), (2, vec!["目标 B2".to_owned()]), "{out}");
    assert!(out.contains("cannot be judged") && out.contains("past figures of the nation"), "{out}");
    let mut book = sound();
    let head = vec!["对象", "年份", "同比增速（%）", "出处", "依据等级"];
    book.push(("历年数据", vec![head, vec!["全国", "2023", "5", "YB", "官方"]]));
    let (exit, out) = import(&folder, &book, "zh");
    assert_eq!(exit, 0, "{out}");
}

#[test]
fn one_cause_is_one_fault_and_hides_no_other() {
    let folder = Folder::new();
    // A head that is not known, units that are missing, parts that do not add up: all at once.
    let changes =
        [("企业", "G1", "联系人"), ("企业", "G2", "张三"), ("企业", "B1", "营业收入"), ("集群", "E2", "80")];
    let (exit, out) = import(&folder, &with(&changes), "zh");
    assert_eq!(exit, 2, "{out}");
    assert_eq!(faults(&out), ["集群 E2", "企业 G1", "企业 B2"], "{out}");
    assert!(out.contains("120%"), "{out}");
    // A sheet without its head: nothing that refers to it is called unknown.
    let (_, out) = import(&folder, &with(&[("集群", "B1", "名字"), ("集群", "A1", "代号")]), "zh");
    assert_eq!(faults(&out), ["集群 A1", "集群 B1"], "{out}");
    // Sheets that are not there.
    for sheet in ["基本情况", "集群", "行业"] {
        let book: Book = sound().into_iter().filter(|(name, _)| *name != sheet).collect();
        let (exit, out) = import(&folder, &book, "zh");
        assert_eq!(exit, 2, "{out}");
        assert!(out.contains(&format!("“{sheet}”表")) && out.contains("共 1 处错误"), "{sheet}\n{out}");
    }
    // Names of sheets however they are typed; one that is not known; two of a kind.
    let rename = |from: &str, to: &'static str| {
        let mut book = sound();
        book.iter_mut().find(|(name, _)| *name == from).expect("a sheet").0 = to;
        book
    };
    assert_eq!(import(&folder, &rename("企业", "2.企业名单（2024）"), "zh").0, 0);
    let (exit, out) = import(&folder, &rename("集群", "群集"), "zh");
    assert!(exit == 2 && out.contains("共 1 处错误") && out.contains("“群集”"), "{out}");
    let mut book = sound();
    book.push(("企业表", book[4].1.clone()));
    let (exit, out) = import(&folder, &book, "zh");
    assert!(exit == 2 && out.contains("共 1 处错误") && out.contains("同一类表"), "{out}");
}

#[test]
fn many_faults_of_a_kind_are_told_together() {
    let folder = Folder::new();
    let mut book = sound();
    let rows = &mut book[4].1;
    for name in ["丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"] {
        rows.push(vec![name, "1", "宜昌", "药品", "YB", "官方"]);
    }
    for (row, industry) in (3..).zip(["甲类", "乙类", "丙类", "丁类", "戊类", "己类", "庚类", "辛类"])
    {
        rows[row][3] = industry;
    }
    let (exit, out) = import(&folder, &book, "zh");
    assert_eq!(exit, 2, "{out}");
    assert!(out.contains("同类问题另有 7 处：C5、C6、C7、C8、C9、C10、C11"), "{out}");
    assert_eq!(faults(&out), ["企业 C4", "企业 D4", "企业 D5", "企业 D6", "企业 D7", "企业 D8"], "{out}");
    assert!(out.contains("同类问题另有 3 处：D9、D10、D11"), "{out}");
}

#[test]
fn a_merged_range_is_one_fault_and_a_date_no_year() {
    let folder = Folder::new();
    let mut file = Workbook::new();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    for (name, rows) in sound() {
        let sheet = file.add_worksheet().set_name(name).expect("a name");
        for (row, cells) in (0..).zip(&rows) {
            for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
                sheet.write(row, column, *cell).expect("a cell");
            }
        }
        if name == "企业" {
            for row in 3..9 {
                sheet.write(row, 0, format!("企业{row}")).expect("a cell");
                sheet.write(row, 1, "１２").expect("a cell");
            }
            for column in 2..6 {
                sheet.merge_range(2, column, 8, column, "武汉（含光谷）", &Format::new()).expect("merged");
            }
        }
        if name == "目标" {
            sheet.write_number_with_format(1, 2, 47_484.0, &date).expect("a date");
        }
    }
    let path = folder.path("合并.xlsx");
    file.save(&path).expect("a workbook");
    let output = call(&["import", text(&path), "--lang", "zh"]);
    let out = stdout(&output) + &stderr(&output);
    assert_eq!(out.matches("合并的单元格").count(), 4, "{out}");
    assert!(out.contains("单元格是日期 2030-01-01") && out.contains("目标 · C2"), "{out}");
}
