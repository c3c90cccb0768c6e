//! The result document as JSON text, and back.

use serde_json::error::Category;

use crate::analysis::Results;
use crate::text;
use crate::text::Text;

/// The document, indented, with a final line break. The same results give the same bytes.
///
/// # Errors
/// The reason in both languages, if the text would not read back as the same results: JSON has no word for a figure
/// that is not finite, and the library would write `null` in silence.
pub fn write(results: &Results) -> Result<String, Text> {
    let json = plain(results)?;
    match read(&json) {
        Ok(back) if back == *results => Ok(json),
        _ => Err(text!(
            "结果中有无法写进 JSON 的数（不是有限的数），未写出",
            "the results hold a figure that JSON cannot carry (one that is not finite); nothing was written"
        )),
    }
}

/// Any other document, indented, with a final line break.
///
/// # Errors
/// The reason in both languages, if the library cannot write it.
pub fn plain(document: &impl serde::Serialize) -> Result<String, Text> {
    serde_json::to_string_pretty(document).map(|json| json + "\n").map_err(|error| {
        let reason = error.to_string();
        text!("结果无法写成 JSON：{reason}", "the results cannot be written as JSON: {reason}")
    })
}

/// Reads a document.
///
/// # Errors
/// The reason in both languages, with line and column, if the text is no result document.
pub fn read(text: &str) -> Result<Results, Text> {
    serde_json::from_str(text.trim_start_matches('\u{FEFF}')).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let (zh, en) = match error.classify() {
            Category::Eof => ("文件不完整，后面的内容缺失", "the file is cut off"),
            Category::Data => ("内容与结果文件的格式不符", "the content does not follow the schema of results"),
            Category::Syntax | Category::Io => ("这里不是 JSON", "this is no JSON"),
        };
        text!(
            "不是完整的结果文件（第 {line} 行第 {column} 列）：{zh}；请改用 run 写出的 results.json",
            "not a complete result document (line {line}, column {column}): {en}; name a results.json that run has written"
        )
    })
}
