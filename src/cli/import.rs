//! `import`: a filled-in workbook becomes a scenario file that needs the workbook no more.

use std::path::{Path, PathBuf};

use super::check;
use super::ending::Ending;
use super::exit::Exit;
use super::files::{create_new, sheets, shown_path};
use super::load::{Examined, examine, examine_book};
use super::print;
use crate::diag;
use crate::model::Choices;
use crate::scenario::tables::write::toml;
use crate::text;
use crate::text::Lang;

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
    let opening = text!(
        "由 {file} 导入；每一节前注明它来自哪张表的哪个单元格。\n今后可以直接改本文件，不再需要那个工作簿。",
        "Imported from {file}; before each section stands the cell that it came from.\nThis file can be edited as it is; the workbook is needed no more."
    );
    create_new(&out, toml(&root, &sources, &opening, lang))?;
    let written = shown_path(&out);
    let done = text!("已写入 {written}\n", "wrote {written}\n");
    let _done = print(done.get(lang), Exit::Done)?;
    let again = examine(&out, &Choices::default())?;
    // The warnings are those of the written file, but its cells are where the planner finds them.
    let told = if again.model.is_some() { Examined { model: again.model, sources, faults } } else { again };
    let exit = if told.model.is_some() { Exit::Done } else { Exit::BadInput };
    print(&check::report(&written, &told, lang)?, exit)
}
