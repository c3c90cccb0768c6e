//! `import`: a filled-in workbook becomes a scenario file that needs the workbook no more.

use std::path::{Path, PathBuf};

use super::check;
use super::ending::Ending;
use super::exit::Exit;
use super::files::{MAX_BYTES, create_new, sheets, shown_path};
use super::load::{Examined, examine, examine_book};
use super::print;
use crate::diag;
use crate::model::Choices;
use crate::scenario::node::Node;
use crate::scenario::tables::instruments::{self, Assumed};
use crate::scenario::tables::write::toml;
use crate::text;
use crate::text::{Lang, Text, by_number};

/// Turns the workbook `book` into the scenario file `out`, by default the same name with `.toml`, and checks that.
///
/// # Errors
/// An [`Ending`] if the workbook cannot be read, the file exists or cannot be written, or standard output fails. Faults
/// of the workbook are printed like those of `check`, and then no file is written.
pub fn import(book: &Path, out: Option<&Path>, lang: Lang) -> Result<Exit, Ending> {
    let shown = shown_path(book);
    let names = sheets(book).map_err(|reason| {
        let (zh, en) = (reason.zh, reason.en);
        Ending::bad_input(&text!("读不了 {shown}：{zh}", "cannot read {shown}: {en}"))
    })?;
    let (root, examined) = examine_book(book, &names);
    let Examined { model, sources, faults } = examined;
    let (Some(root), Some(_)) = (root, model) else {
        return print(&diag::render(&faults, &sources, lang), Exit::BadInput);
    };
    let out: PathBuf = out.map_or_else(|| book.with_extension("toml"), Path::to_path_buf);
    let file = book.file_name().map_or_else(|| shown.clone(), |name| name.to_string_lossy().into_owned());
    let file: String = file.chars().filter(|c| !c.is_control()).collect();
    let opening = opening(&file);
    let written = toml(&root, &sources, &opening, lang);
    let assumed = assumptions(&root);
    // a book of many rows takes much memory, and the written file is read next
    drop(root);
    // What could not be read again is not written.
    if u64::try_from(written.len()).unwrap_or(u64::MAX) > MAX_BYTES {
        let limit = MAX_BYTES / (1024 * 1024);
        return Err(Ending::bad_input(&text!(
            "{shown} 的行太多，导入后的情景文件会超过 {limit} MB；只留需要逐个列出的企业、产品，其余写进规模分布",
            "{shown} has too many rows: the scenario file would exceed {limit} MB; list only the firms and products that matter, and state the others by their size distribution"
        )));
    }
    create_new(&out, written)?;
    let written = shown_path(&out);
    let done = text!("已写入 {written}\n", "wrote {written}\n");
    let _done = print(&[done, assumed].map(|text| text.get(lang).to_owned()).concat(), Exit::Done)?;
    let again = examine(&out, &Choices::default())?;
    // The warnings are those of the written file, but its cells are where the planner finds them.
    let told = if again.model.is_some() { Examined { model: again.model, sources, faults } } else { again };
    let exit = if told.model.is_some() { Exit::Done } else { Exit::BadInput };
    print(&check::report(&written, &told, lang)?, exit)
}

/// What was left empty and taken from the catalogue, a line or two an instrument.
fn assumptions(root: &Node) -> Text {
    let (mut zh, mut en) = (String::new(), String::new());
    for Assumed { name, entry, count, bare } in instruments::assumed(root) {
        let (id, kind) = (&entry.id, &entry.name);
        let (were, left) = (by_number(count, "parameter", "parameters"), by_number(count, "was", "were"));
        let come = by_number(count, "comes", "come");
        zh.push_str(&format!(
            "“{}”没有填的 {count} 项效果参数取自工具目录 {id}（{}），不是本省数据；各项连同出处、依据等级和理由都写在情景文件里，可以改\n",
            name.zh, kind.zh
        ));
        en.push_str(&format!(
            "{count} {were} of `{}` that {left} left empty {come} from the catalogue ({id}, {}), not from your province; each stands in the scenario file with source, grade and reason, and can be changed\n",
            name.en, kind.en
        ));
        if bare.is_empty() {
            continue;
        }
        let list = |words: Vec<String>, comma: &str| words.join(comma);
        let each_zh = list(bare.iter().map(|(what, value)| format!("{} {value}", what.zh)).collect(), "，");
        let each_en = list(bare.iter().map(|(what, value)| format!("{}: {value}", what.en)).collect(), "; ");
        zh.push_str(&format!(
            "  同样取自工具目录，但格式里不带出处和等级，情景文件只在行尾注明：{each_zh}\n"
        ));
        en.push_str(&format!(
            "  from there too, which the format keeps without source and grade and the scenario file marks by a remark: {each_en}\n"
        ));
    }
    Text::new(zh, en)
}

/// What a reader of the file has to know who has never seen one.
fn opening(file: &str) -> Text {
    text!(
        "由 {file} 导入；每一节前注明它来自哪张表的哪个单元格。\n\
         今后可以直接改本文件，不再需要那个工作簿；也可以改工作簿，删去本文件后重新导入。\n\
         \n\
         怎么读：井号 # 后面是说明，不参与计算。\n\
         [scenario] 基本情况；[sources.编号] 一份资料；[measures.编号] 统计口径；[nation] 全国走势；\n\
         [[province]] 省；[[industry]] 行业；[[cluster]] 集群；[[firm]] 企业；[[product]] 产品；\n\
         [[instrument]] 政策工具；[[policy]] 政策方案；[[target]] 目标；[[record]] 历年数据，各是表里的一行。\n\
         id 编号，name 名称，source 出处（资料编号），grade 依据等级：\n\
         official 官方，derived 推算，literature 文献，assumption 假设。\n\
         \"1~5%\" 这样的范围是 5% 与 95% 分位点。\n\
         某一项是什么意思：clustercast explain 项名，如 clustercast explain nation.trend。",
        "Imported from {file}; before each section stands the cell that it came from.\n\
         This file can be edited as it is; the workbook is needed no more. Or edit the workbook, remove this file and import it anew.\n\
         \n\
         How to read it: what stands behind # is a remark.\n\
         [scenario] the settings; [sources.<id>] a document; [measures.<id>] a measure; [nation] the national trend;\n\
         [[province]], [[industry]], [[cluster]], [[firm]], [[product]], [[instrument]], [[policy]] (a set of instruments),\n\
         [[target]] and [[record]] (past figures): each is a row of a sheet.\n\
         source is the id of a document; grade is official, derived, literature or assumption.\n\
         A range such as \"1~5%\" gives the 5 % and 95 % points.\n\
         For the meaning of a key: clustercast explain KEY, as in clustercast explain nation.trend."
    )
}
