//! `new`: a commented starter scenario, or a workbook to fill in.

use std::path::Path;

use super::ending::Ending;
use super::exit::Exit;
use super::files::{create_new, shown_path};
use super::print;
use crate::report::template_xlsx;
use crate::scenario::starter::starter;
use crate::text;
use crate::text::Lang;

/// Writes the starter to `path`, or prints it.
///
/// # Errors
/// An [`Ending`] if something of that name exists, or the file or standard output cannot be written.
pub fn new(path: Option<&Path>, lang: Lang) -> Result<Exit, Ending> {
    let Some(path) = path else { return print(starter(lang), Exit::Done) };
    create_new(path, starter(lang))?;
    let path = shown_path(path);
    let done = text!(
        "已写入 {path}\n改好数字后，先检查再运行：\n  clustercast check {path}\n  clustercast run {path}\n",
        "wrote {path}\nput your figures in, then check and run it:\n  clustercast check {path}\n  clustercast run {path}\n"
    );
    print(done.get(lang), Exit::Done)
}

/// Writes the workbook to fill in to `path`, by default `情景填报表.xlsx` or `scenario.xlsx`; a name without an ending gets one,
/// for spreadsheets open nothing without it.
///
/// # Errors
/// An [`Ending`] if the name is that of another kind of file, something of that name exists, or the file or standard output cannot be written.
pub fn workbook(path: Option<&Path>, lang: Lang) -> Result<Exit, Ending> {
    let default = match lang {
        Lang::Zh => "情景填报表.xlsx",
        Lang::En => "scenario.xlsx",
    };
    let path = path.unwrap_or(Path::new(default));
    let right = path.with_extension("xlsx");
    let path = match path.extension() {
        Some(ending) if ending.eq_ignore_ascii_case("xlsx") => path,
        None => &right,
        Some(_) => {
            let (path, right) = (shown_path(path), shown_path(&right));
            return Err(Ending::bad_input(&text!(
                "--xlsx 写出的是 Excel 工作簿，文件名要以 .xlsx 结尾，而 {path} 不是；请写 {right}，要文本的情景文件就不写 --xlsx",
                "--xlsx writes an Excel workbook, whose name ends in .xlsx, as {path} does not; write {right}, or leave --xlsx out for a scenario as text"
            )));
        }
    };
    let bytes = template_xlsx::write(lang).map_err(|reason| Ending::bad_input(&reason))?;
    create_new(path, bytes)?;
    let path = shown_path(path);
    let done = text!(
        "已写入 {path}\n表里的数字都是示例；换成本省数据后导入：\n  clustercast import {path}\n",
        "wrote {path}\nits figures are examples; put yours in, then import it:\n  clustercast import {path}\n"
    );
    print(done.get(lang), Exit::Done)
}
