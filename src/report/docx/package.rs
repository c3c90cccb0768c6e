//! What the library leaves out of a document: styles, fonts with fallbacks, title, alternative texts, repeated heads.

use docx_rs::XMLDocx;

use super::styles;
use crate::report::briefing::Briefing;
use crate::report::wrap::printable;
use crate::text;
use crate::text::{Lang, Text};

/// The date in the file: the time of writing would make every file another one.
const DATE: &str = "2000-01-01T00:00:00Z";
/// How the library describes every picture.
const PICTURE: &str = "<wp:docPr id=\"1\" name=\"Figure\" />";
/// How the library writes a row that stays on one page.
const ROW: &str = "<w:trPr><w:cantSplit /></w:trPr>";
/// Such a row that is repeated on every page.
const HEAD: &str = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>";

/// Settings in the order that the format demands: even pages have a foot of their own, Chinese text is set as Word does.
const SETTINGS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:settings \
     xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:zoom w:percent=\"100\"/>\
     <w:defaultTabStop w:val=\"840\"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val=\"compressPunctuation\"/>\
     <w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>\
     <w:doNotExpandShiftReturn/><w:useFELayout/><w:compatSetting w:name=\"compatibilityMode\" \
     w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>";

/// The package with these parts; `pictures` holds caption and description of every picture in order.
pub fn finish(
    mut package: XMLDocx,
    briefing: &Briefing,
    pictures: &[(String, String)],
) -> Result<XMLDocx, Text> {
    let document = String::from_utf8(package.document)
        .map_err(|error| text!("文档无法生成：{error}", "the document cannot be made: {error}"))?;
    // the style of a paragraph has to stand first among its properties
    let document = in_order(&without_paragraph_ids(&document).replace("<w:pPr><w:rPr />", "<w:pPr>"));
    let document = feet_first(&repeated_heads(&described(&document, pictures)));
    package.document = document.into_bytes();
    let numberings = String::from_utf8_lossy(&package.numberings).replace("<w:pPr><w:rPr />", "<w:pPr>");
    package.numberings = numberings.into_bytes();
    for footer in &mut package.footers {
        let text = without_paragraph_ids(&String::from_utf8_lossy(footer));
        *footer = in_order(&text.replace("<w:pPr><w:rPr />", "<w:pPr>")).into_bytes();
    }
    package.styles = styles::styles(briefing.lang).into_bytes();
    package.settings = SETTINGS.as_bytes().to_vec();
    package.font_table = styles::fonts().into_bytes();
    package.doc_props.core = properties(briefing).into_bytes();
    Ok(package)
}

/// The library numbers paragraphs by what it wrote before, in this file or another; nothing refers to the numbers.
fn without_paragraph_ids(document: &str) -> String {
    const ID: &str = " w14:paraId=\"";
    let mut parts = document.split(ID);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(part.split_once('"').map_or(part, |(_, rest)| rest));
    }
    out
}

/// The alignment of a paragraph stands behind its other properties, as the format demands and Word expects.
fn in_order(document: &str) -> String {
    const ALIGNMENT: &str = "<w:jc ";
    let mut parts = document.split(ALIGNMENT);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let moved = part.split_once("/>").and_then(|(alignment, rest)| {
            let (others, behind) = rest.split_at(rest.find("</")?);
            // that of a table has a place of its own
            behind.starts_with("</w:pPr>").then(|| format!("{others}{ALIGNMENT}{alignment}/>{behind}"))
        });
        match moved {
            Some(moved) => out.push_str(&moved),
            None => out.extend([ALIGNMENT, part]),
        }
    }
    out
}

/// The feet of pages stand before all else that is said of a section.
fn feet_first(document: &str) -> String {
    const SECTION: &str = "<w:sectPr>";
    let found = document.rsplit_once(SECTION).and_then(|(before, section)| {
        let (others, feet) = section.split_at(section.find("<w:footerReference ")?);
        let (feet, behind) = feet.split_at(feet.find("</w:sectPr>")?);
        Some(format!("{before}{SECTION}{feet}{others}{behind}"))
    });
    found.unwrap_or_else(|| document.to_owned())
}

/// Gives every picture its own number, name and description.
fn described(document: &str, pictures: &[(String, String)]) -> String {
    let mut parts = document.split(PICTURE);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for (index, part) in parts.enumerate() {
        let (name, description) = pictures.get(index).cloned().unwrap_or_default();
        let (name, description) = (escaped(&name), escaped(&description));
        out.push_str(&format!("<wp:docPr id=\"{}\" name=\"{name}\" descr=\"{description}\"/>", index + 1));
        out.push_str(part);
    }
    out
}

/// Repeats the first row of every table on every page.
fn repeated_heads(document: &str) -> String {
    let mut parts = document.split("<w:tbl>");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str("<w:tbl>");
        out.push_str(&part.replacen(ROW, HEAD, 1));
    }
    out
}

fn properties(briefing: &Briefing) -> String {
    let title = escaped(&briefing.title);
    let lang = match briefing.lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{title}</dc:title>\
         <dc:creator>clustercast</dc:creator><dc:language>{lang}</dc:language>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{DATE}</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{DATE}</dcterms:modified></cp:coreProperties>"
    )
}

fn escaped(text: &str) -> String {
    printable(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::{described, feet_first, in_order, repeated_heads, without_paragraph_ids};

    #[test]
    fn every_picture_gets_its_own_description() {
        let document = "a<wp:docPr id=\"1\" name=\"Figure\" />b<wp:docPr id=\"1\" name=\"Figure\" />c";
        let pictures = [("图1".to_owned(), "\"甲\"<乙>".to_owned()), ("图2".to_owned(), String::new())];
        assert_eq!(
            described(document, &pictures),
            "a<wp:docPr id=\"1\" name=\"图1\" descr=\"&quot;甲&quot;&lt;乙&gt;\"/>b\
             <wp:docPr id=\"2\" name=\"图2\" descr=\"\"/>c"
        );
    }

    #[test]
    fn only_the_first_row_of_a_table_is_repeated() {
        let row = "<w:tr><w:trPr><w:cantSplit /></w:trPr></w:tr>";
        let found = repeated_heads(&format!("<w:tbl>{row}{row}</w:tbl><w:tbl>{row}</w:tbl>"));
        assert_eq!(found.matches("<w:tblHeader/>").count(), 2);
        assert!(found.contains("<w:cantSplit />"));
    }

    #[test]
    fn the_alignment_of_a_paragraph_comes_last_and_that_of_a_table_stays() {
        let paragraph = "<w:pPr><w:pStyle /><w:jc w:val=\"right\" /><w:keepNext /></w:pPr>";
        let table = "<w:tblPr><w:jc w:val=\"center\" /><w:tblBorders><w:top /></w:tblBorders></w:tblPr>";
        let ordered = "<w:pPr><w:pStyle /><w:keepNext /><w:jc w:val=\"right\" /></w:pPr>";
        assert_eq!(in_order(&format!("{table}{paragraph}{paragraph}")), format!("{table}{ordered}{ordered}"));
    }

    #[test]
    fn feet_of_pages_stand_first_in_a_section() {
        let (size, foot) = ("<w:pgSz /><w:cols />", "<w:footerReference r:id=\"a\" />");
        let ordered = format!("<w:body><w:sectPr>{foot}{size}</w:sectPr></w:body>");
        assert_eq!(feet_first(&format!("<w:body><w:sectPr>{size}{foot}</w:sectPr></w:body>")), ordered);
        assert_eq!(feet_first("<w:body></w:body>"), "<w:body></w:body>");
    }

    #[test]
    fn numbers_of_paragraphs_are_left_out() {
        assert_eq!(without_paragraph_ids("<w:p w14:paraId=\"0000000a\"><w:p>"), "<w:p><w:p>");
    }
}
