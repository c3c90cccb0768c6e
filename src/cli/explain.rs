//! `explain`: what scenario keys mean.

use super::ending::Ending;
use super::exit::Exit;
use super::nearest::shown;
use super::print;
use crate::scenario::explain as rows;
use crate::scenario::parameters::PARAMS;
use crate::text;
use crate::text::Lang;

/// Explains the keys that `key` names, or lists all of them.
///
/// # Errors
/// An [`Ending`] if no key fits, or standard output fails.
pub fn explain(key: Option<&str>, lang: Lang) -> Result<Exit, Ending> {
    let Some(key) = key else { return print(&list(lang), Exit::Done) };
    let found = rows::explain(key);
    if found.is_empty() {
        let near = rows::similar(key);
        let key = shown(key);
        if !near.is_empty() {
            let title =
                text!("没有名为“{key}”的键；最接近的是：", "there is no key “{key}”; the nearest is:");
            return print(&format!("{}\n\n{}", title.get(lang), rows::show(&near, lang)), Exit::Done);
        }
        return Err(Ending::bad_input(&text!(
            "没有名为“{key}”的键；不带参数的 clustercast explain 列出全部键",
            "there is no key “{key}”; clustercast explain without a key lists them all"
        )));
    }
    print(&rows::show(&found, lang), Exit::Done)
}

/// All keys with their meaning, one a line.
fn list(lang: Lang) -> String {
    let widest = PARAMS.iter().map(|row| row.path.len()).max().unwrap_or(0);
    let meaning = |zh: &'static str, en: &'static str| if lang == Lang::Zh { zh } else { en };
    PARAMS
        .iter()
        .map(|row| format!("{:widest$}  {}\n", row.path, meaning(row.meaning_zh, row.meaning_en)))
        .collect()
}
