//! Result documents from disk.

use std::path::Path;

use serde::Deserialize;

use super::ending::Ending;
use super::files::{read_result, shown_path};
use crate::analysis::Results;
use crate::analysis::results::SCHEMA;
use crate::report::results_json;
use crate::text;
use crate::text::Text;

/// A result document as it stands on disk.
#[derive(Debug)]
pub struct Document {
    /// What it says.
    pub results: Results,
    /// Its text, without a byte-order mark.
    pub text: String,
}

/// What every result document of every version begins with.
#[derive(Deserialize)]
struct Head {
    schema: String,
}

/// The document in `file`.
///
/// # Errors
/// An [`Ending`] if the file cannot be read or is no result document that this version understands.
pub fn read(file: &Path) -> Result<Document, Ending> {
    let text = read_result(file)?;
    let file = shown_path(file);
    let foreign = |reason: &Text| {
        let (zh, en) = (&reason.zh, &reason.en);
        Ending::bad_input(&text!("{file}：{zh}", "{file}: {en}"))
    };
    match serde_json::from_str::<Head>(text.trim_start_matches('\u{FEFF}')) {
        Ok(head) if head.schema != SCHEMA => {
            let found = head.schema;
            Err(foreign(&text!(
                "格式是“{found}”，本程序只认识“{SCHEMA}”",
                "its schema is “{found}”, and this program knows “{SCHEMA}” only"
            )))
        }
        Err(error) if error.is_data() => Err(foreign(&text!(
            "不是 clustercast 的结果文件；请选择 run 写出的 results.json",
            "this is no result document; choose a results.json that run has written"
        ))),
        // Text that is no JSON at all is described by the reader.
        _ => match results_json::read(&text) {
            Ok(results) => Ok(Document { results, text }),
            Err(reason) => Err(foreign(&reason)),
        },
    }
}
