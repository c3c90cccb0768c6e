//! `new`: a commented starter scenario.

use std::path::Path;

use super::ending::Ending;
use super::exit::Exit;
use super::files::{create_new, shown_path};
use super::print;
use crate::scenario::starter::starter;
use crate::text;
use crate::text::Lang;

/// Writes the starter to `path`, or prints it.
///
/// # Errors
/// An [`Ending`] if something of that name exists, or the file or standard output cannot be written.
pub fn new(path: Option<&Path>, lang: Lang) -> Result<Exit, Ending> {
    let Some(path) = path else { return print(starter(lang)) };
    create_new(path, starter(lang))?;
    let path = shown_path(path);
    let done = text!(
        "已写入 {path}\n改好数字后，先检查再运行：\n  clustercast check {path}\n  clustercast run {path}\n",
        "wrote {path}\nput your figures in, then check and run it:\n  clustercast check {path}\n  clustercast run {path}\n"
    );
    print(done.get(lang))
}
