//! The report as one page that needs nothing else: no network, no other file, no Chinese font on the machine.

mod characters;
mod font;
mod labels;
mod picture;
mod view;

#[cfg(test)]
mod tests;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior, context};
use sha2::{Digest, Sha256};

use crate::report::briefing::Briefing;
use crate::report::wrap::latin_mark;
use crate::text;
use crate::text::{Lang, Text};

const PAGE: &str = include_str!("page.html");
const PARTS: &str = include_str!("parts.html");
const STYLE: &str = include_str!("page.css");
const PRINT: &str = include_str!("print.css");
const SCRIPT: &str = include_str!("page.js");

/// Stands in the page until the characters are known that its fonts have to draw.
const FONT_PLACE: &str = "/*fonts*/";

/// The page; the same bytes for the same briefing, always.
///
/// # Errors
/// The reason in both languages, if the page cannot be made.
pub fn write(briefing: &Briefing) -> Result<String, Text> {
    let labels = labels::of(briefing.lang);
    let language = match briefing.lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    };
    let page = (|| -> Result<String, minijinja::Error> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
        environment.add_template("parts.html", PARTS)?;
        environment.add_template("page.html", PAGE)?;
        environment.get_template("page.html")?.render(context! {
            language,
            labels => Serde(&labels),
            b => Serde(view::of(briefing, &labels)),
            style => format!("{FONT_PLACE}{STYLE}{}", print_style(&labels)),
            script => SCRIPT,
            script_hash => STANDARD.encode(Sha256::digest(SCRIPT)),
        })
    })();
    let page =
        page.map_err(|error| text!("无法生成网页报告：{error}", "the report page cannot be made: {error}"))?;
    let page = if briefing.lang == Lang::En { with_latin_marks(&page) } else { page };
    // What the style writes into the margins of printed pages is drawn as well.
    let margins = labels.values().map(String::as_str).collect::<String>();
    let fonts = font::faces(&characters::of(&page, &margins)).map_err(|reason| {
        text!("无法截取报告字体：{reason}", "the fonts of the report cannot be made: {reason}")
    })?;
    Ok(page.replacen(FONT_PLACE, &fonts, 1))
}

/// An English page with quotation marks and dots that the fonts do not draw as wide as a Chinese character; neither
/// style nor script holds any.
fn with_latin_marks(page: &str) -> String {
    let mut narrow = String::with_capacity(page.len());
    for c in page.chars() {
        match latin_mark(c) {
            Some('"') => narrow.push_str("&quot;"),
            Some(mark) => narrow.push(mark),
            None => narrow.push(c),
        }
    }
    narrow
}

/// The print style with the words for page numbers.
fn print_style(labels: &labels::Labels) -> String {
    PRINT
        .replace("\"page-before\"", &quoted(&labels["page_before"]))
        .replace("\"page-between\"", &quoted(&labels["page_between"]))
        .replace("\"page-after\"", &quoted(&labels["page_after"]))
}

/// A CSS string; the labels are ours and hold neither quotes nor backslashes.
fn quoted(label: &str) -> String {
    format!("\"{label}\"")
}
