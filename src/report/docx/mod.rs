//! The briefing as a document of a few pages in the layout of official papers, to be edited in the office.
//!
//! Page, sizes and typefaces follow GB/T 9704-2012 (Layout key for official document of Party and government organs).

mod arrange;
mod blocks;
mod choice;
mod columns;
mod fit;
mod layout;
mod measure;
mod package;
mod places;
mod pointers;
mod styles;
#[cfg(test)]
mod tests;
mod title;

use std::io::Cursor;

use docx_rs::{Docx, PageMargin, XMLDocx};

use crate::report::briefing::Briefing;
use crate::report::number;
use crate::text;
use crate::text::{Lang, Text};

/// The document; the same bytes for the same briefing, always.
///
/// # Errors
/// The reason in both languages, if the document cannot be made.
pub fn write(briefing: &Briefing) -> Result<Vec<u8>, Text> {
    let mut bytes = Cursor::new(Vec::new());
    parts(briefing)?
        .pack(&mut bytes)
        .map_err(|error| text!("文档无法生成：{error}", "the document cannot be made: {error}"))?;
    Ok(bytes.into_inner())
}

/// The parts of the document's file.
fn parts(briefing: &Briefing) -> Result<XMLDocx, Text> {
    let blocks = fit::blocks(briefing);
    let mut document = Docx::new()
        .page_size(layout::PAGE.0, layout::PAGE.1)
        .page_margin(PageMargin {
            top: layout::MARGIN_TOP,
            bottom: layout::MARGIN_BOTTOM,
            left: layout::MARGIN_LEFT,
            right: layout::MARGIN_RIGHT,
            header: layout::HEADER,
            footer: layout::FOOTER,
            gutter: 0,
        })
        .footer(blocks::footer(briefing.lang, true))
        .even_footer(blocks::footer(briefing.lang, false));
    let mut pictures = Vec::new();
    for block in blocks {
        document = block.add_to(document, briefing.lang, &mut pictures)?;
    }
    package::finish(document.build(), briefing, &pictures)
}

/// A text in the language of the briefing.
fn say(lang: Lang, zh: &str, en: &str) -> String {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
    .to_owned()
}

const DIGITS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/// The number of a paragraph of the second level: （一）（二）（三）…
fn second(lang: Lang, index: usize) -> String {
    match (lang, DIGITS.get(index)) {
        (Lang::Zh, Some(digit)) => format!("（{digit}）"),
        _ => format!("({}) ", number::decimal(index as f64 + 1.0, 0)),
    }
}

/// The number of a heading of the first level: 一、二、三、…
fn ordinal(lang: Lang, index: usize) -> String {
    match (lang, DIGITS.get(index)) {
        (Lang::Zh, Some(digit)) => format!("{digit}、"),
        _ => format!("{}. ", number::decimal(index as f64 + 1.0, 0)),
    }
}
