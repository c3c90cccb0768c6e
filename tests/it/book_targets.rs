//! Targets of a workbook that count firms, products and clusters, and faults that used to hide behind others.

use std::fs;

use serde_json::Value;

use crate::book_words::{Book, faults, import, sound, with};
use crate::cli::{call, code, stderr, stdout, text};
use crate::folder::Folder;

/// The probability of each target of the imported book, by its id.
fn chances(folder: &Folder) -> Vec<(String, f64)> {
    let path = folder.path("填报.toml");
    let output = call(&["run", text(&path), "--trials", "512", "--format", "json", "--quiet"]);
    let document: Value =
        serde_json::from_str(&stdout(&output)).unwrap_or_else(|_| panic!("{}", stderr(&output)));
    let targets = document["runs"][0]["targets"].as_array().expect("targets");
    let one = |target: &Value| {
        let chance = target["probability"]["value"].as_f64().or(target["probability"].as_f64());
        (target["id"].as_str().expect("an id").to_owned(), chance.expect("a chance"))
    };
    targets.iter().map(one).collect()
}

#[test]
fn firms_products_and_clusters_are_counted_as_the_format_does() {
    let folder = Folder::new();
    let mut book = sound();
    let products = vec![
        vec!["产品名称", "销售额（亿元）", "所在集群", "所属行业", "出处", "依据等级"],
        vec!["甲片", "8", "武汉（含光谷）", "药品", "YB", "官方"],
    ];
    book.push(("产品", products));
    let targets = &mut book.iter_mut().find(|(name, _)| *name == "目标").expect("a sheet").1;
    targets.push(vec!["一家都不要", "全省", "2030", "", "", "", "firms", "0.1", "2"]);
    targets.push(vec!["太大", "全省", "2030", "", "", "", "产品", "500", "1"]);
    targets.push(vec!["两个集群", "全省", "2030", "", "", "", "集群", "200", "2"]);
    let (exit, out) = import(&folder, &book, "zh");
    assert!(exit == 0 && out.contains("没有问题"), "{out}");
    let written = fs::read_to_string(folder.path("填报.toml")).expect("a scenario");
    for line in [
        "number_at_least = 1\nfirms = { above = \"60亿元\" }",
        "number_at_least = 2\nfirms = { above = \"0.1亿元\" }",
        "number_at_least = 1\nproducts = { above = \"500亿元\" }",
        "count_at_least = [{ count = 2, value = \"200亿元\" }]",
    ] {
        assert!(written.contains(line), "{line}\n{written}");
    }
    // two firms above next to nothing there are in every trial, a product of half a province's revenue in none
    let chances = chances(&folder);
    let of = |id: &str| chances.iter().find(|(known, _)| known == id).unwrap_or_else(|| panic!("{id}")).1;
    assert_eq!((of("一家都不要"), of("太大"), of("两个集群")), (1.0, 0.0, 1.0), "{chances:?}");
}

#[test]
fn what_a_counting_row_lacks_or_has_too_much_is_named() {
    let folder = Folder::new();
    for (cell, value, place, zh) in [
        ("G3", "", "目标 H3", "没有填“数什么”"),
        ("G3", "厂房", "目标 G3", "“数什么”不能写“厂房”"),
        ("H3", "", "目标 G3", "数企业，没有填“规模达到”"),
        ("I3", "", "目标 G3", "数企业，没有填“个数不低于”"),
        ("E3", "300", "目标 E3", "数企业的目标不填“目标值”"),
        ("I3", "1.5", "目标 I3", "要写整数"),
        ("H3", "-5", "目标 H3", "“规模达到”不能是"),
        ("G2", "企业", "目标 E2", "数企业的目标不填“目标值”"),
    ] {
        let (exit, out) = import(&folder, &with(&[("目标", cell, value)]), "zh");
        assert!(exit == 2 && out.contains(zh), "{cell} {value}\n{out}");
        assert!(
            faults(&out).iter().all(|at| at.starts_with("目标 ")) && faults(&out)[0] == place,
            "{cell} {value}\n{out}"
        );
        assert!(!out.contains("number_at_least") && !out.contains("above"), "{out}");
        let (_, out) = import(&folder, &with(&[("目标", cell, value)]), "en");
        assert!(faults(&out)[0].ends_with(place.rsplit(' ').next().expect("a cell")), "{out}");
    }
}

#[test]
fn firms_and_products_that_nothing_counts_are_told() {
    let folder = Folder::new();
    let book = with(&[("目标", "G3", "集群")]);
    let (exit, out) = import(&folder, &book, "zh");
    assert!(
        exit == 0 && out.contains("填了 2 行企业，却没有目标数它们") && out.contains("“数什么”写“企业”"),
        "{out}"
    );
    assert_eq!(faults(&out), ["企业 A2"], "{out}");
    let (_, out) = import(&folder, &book, "en");
    assert!(out.contains("2 rows of firms are filled in, but no target counts them"), "{out}");
}

#[test]
fn the_book_as_written_counts_all_three_kinds() {
    let folder = Folder::new();
    for lang in ["zh", "en"] {
        let (book, file) = (folder.path(&format!("{lang}.xlsx")), folder.path(&format!("{lang}.toml")));
        assert_eq!(code(&call(&["new", "--xlsx", text(&book), "--lang", lang])), 0);
        let output = call(&["import", text(&book), "--lang", lang]);
        let out = stdout(&output) + &stderr(&output);
        assert!(code(&output) == 0 && !out.contains("W0"), "{out}");
        let written = fs::read_to_string(file).expect("a scenario");
        for key in ["firms = { above =", "products = { above =", "count_at_least = [{ count = 1, value ="] {
            assert!(written.contains(key), "{lang} {key}\n{written}");
        }
    }
}

#[test]
fn faults_that_need_no_more_than_what_can_be_read_come_with_the_others() {
    let folder = Folder::new();
    // the sum of a mix beside a cell of its row that is none of the mix; the year against the horizon alone; a firm beyond
    // its cluster
    let book = with(&[
        ("基本情况", "B3", "去年"),
        ("集群", "D2", "对"),
        ("集群", "F3", "30"),
        ("目标", "C2", "2040"),
        ("企业", "B2", "4000"),
        ("企业", "D3", "西药"),
    ]);
    let book = without_first_flag(book);
    let (exit, out) = import(&folder, &book, "zh");
    let found = faults(&out);
    for place in ["基本情况 B3", "集群 D3", "目标 C2", "企业 A2", "企业 D3"] {
        assert!(exit == 2 && found.iter().any(|at| at == place), "{place}\n{out}");
    }
    assert!(out.contains("合计为 110%") && out.contains("年份 2040 晚于推演的最后一年 2030"), "{out}");
    assert!(out.contains("超过该处的基年收入240亿元"), "{out}");
    // a cell of the mix that cannot be read leaves nothing to add up
    let (_, out) = import(&folder, &with(&[("集群", "E2", "年鉴"), ("集群", "F3", "30")]), "zh");
    assert!(faults(&out) == ["集群 E2", "集群 E3"] && out.contains("合计为 110%"), "{out}");
}

/// The book with an unreadable note beside the mix of the second cluster instead of a flag of the first.
fn without_first_flag(mut book: Book) -> Book {
    let clusters = &mut book.iter_mut().find(|(name, _)| *name == "集群").expect("a sheet").1;
    clusters[1][3] = "";
    clusters[2][3] = "对";
    book
}

#[test]
fn two_things_of_one_name_are_a_fault_with_both_places() {
    let folder = Folder::new();
    for (changes, second, first) in [
        (vec![("企业", "A3", "甲 药业")], "企业 A3", "企业 · A2"),
        (vec![("目标", "A3", "翻番")], "目标 A3", "目标 · A2"),
        (vec![("集群", "B3", "武汉（含光谷）")], "集群 B3", "集群 · B2"),
        (vec![("行业", "B3", "药品")], "行业 B3", "行业 · B2"),
    ] {
        let (exit, out) = import(&folder, &with(&changes), "zh");
        assert!(exit == 2 && faults(&out)[0] == second && out.contains(first), "{changes:?}\n{out}");
        assert_eq!(out.matches("E0204").count(), 1, "{out}");
    }
    // a scenario file has ids: a warning is enough
    let written = import(&folder, &sound(), "zh");
    assert_eq!(written.0, 0);
    let path = folder.path("填报.toml");
    let text_of = fs::read_to_string(&path).expect("a scenario");
    let twice = text_of.replacen("name = \"器械\"", "name = \"药品\"", 1);
    assert_ne!(twice, text_of);
    fs::write(&path, twice).expect("a scenario");
    for (lang, words) in [
        ("zh", "有两个行业都叫“药品”（编号 drugs、devices）"),
        ("en", "two of the kind industry are called `药品` (ids drugs, devices)"),
    ] {
        let output = call(&["check", text(&path), "--lang", lang]);
        let out = stdout(&output) + &stderr(&output);
        assert!(code(&output) == 0 && out.contains("W0501") && out.contains(words), "{out}");
    }
}

#[test]
fn hints_speak_of_what_the_planner_has() {
    let folder = Folder::new();
    let (_, out) = import(&folder, &with(&[("企业", "B1", "营业收入（美元）")]), "zh");
    assert!(out.contains("可用的单位") && !out.contains("不写单位时"), "{out}");
    // clusters beyond the province, in the words of the sheets
    let mut book = with(&[("集群", "C2", "140")]);
    let (_, out) = import(&folder, &book, "zh");
    assert!(!out.contains("base_in") && !out.contains("其他口径基期数") && !out.contains("情景"), "{out}");
    let clusters = &mut book.iter_mut().find(|(name, _)| *name == "集群").expect("a sheet").1;
    clusters[0][2] = "基期规模（亿元）";
    clusters[1][2] = "1400";
    let (exit, out) = import(&folder, &book, "zh");
    assert!(exit == 2 && out.contains("E0502") && out.contains("“全省基期规模”"), "{out}");
    assert!(!out.contains("其他口径基期数") && !out.contains("情景"), "{out}");
    let (_, out) = import(&folder, &book, "en");
    assert!(out.contains("E0502") && out.contains("140 billion yuan"), "{out}");
    // what rows are, by the names of sheets, and a file that no other resembles
    for (table, zh) in [
        ("file = \"j1.csv\"\nholds = \"产品\"", "写 holds = \"product\"？可以写：industry（行业）"),
        ("file = \"没有.csv\"\nholds = \"firm\"", "找不到文件"),
    ] {
        fs::write(folder.path("j1.csv"), "产品名称,销售额（亿元）\n甲,1\n").expect("a table");
        fs::write(folder.path("情景.toml"), format!("format = 1\n[[table]]\n{table}\n")).expect("a scenario");
        let output = call(&["check", text(&folder.path("情景.toml")), "--lang", "zh"]);
        let out = stdout(&output) + &stderr(&output);
        assert!(out.contains(zh) && !out.contains("是不是 j1.csv"), "{out}");
    }
}
