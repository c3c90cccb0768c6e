//! Styles and typefaces of the document, written out because the library knows neither default styles nor fallbacks.

use super::layout::{self, BODY, BODY_EN, CAPTION, FOOT, LEADING, LEADING_EN, NOTE, TITLE};
use crate::text::Lang;

/// The main namespace.
const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// A typeface with the names that serve where it is not installed.
///
/// 小标宋 and the faces called `_GB2312` come with official software only; 宋体, 仿宋, 楷体 and 黑体 are part of
/// Chinese Windows. The office looks for the other names in the font table, and then for a face of the same family.
struct Face {
    name: &'static str,
    others: &'static str,
    family: &'static str,
    charset: &'static str,
}

const FACES: [Face; 6] = [
    Face {
        name: "方正小标宋简体", others: "方正小标宋_GBK,小标宋,宋体", family: "roman", charset: "86"
    },
    Face { name: "仿宋", others: "仿宋_GB2312,FangSong", family: "modern", charset: "86" },
    Face { name: "楷体", others: "楷体_GB2312,KaiTi", family: "modern", charset: "86" },
    Face { name: "黑体", others: "SimHei", family: "modern", charset: "86" },
    Face { name: "宋体", others: "SimSun", family: "auto", charset: "86" },
    Face { name: "Times New Roman", others: "Liberation Serif", family: "roman", charset: "00" },
];

/// The font table.
pub fn fonts() -> String {
    let face = |face: &Face| {
        format!(
            "<w:font w:name=\"{}\"><w:altName w:val=\"{}\"/><w:charset w:val=\"{}\"/><w:family w:val=\"{}\"/>\
             <w:pitch w:val=\"variable\"/></w:font>",
            face.name, face.others, face.charset, face.family
        )
    };
    let faces: String = FACES.iter().map(face).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:fonts xmlns:w=\"{MAIN}\">{faces}</w:fonts>"
    )
}

/// One paragraph style.
struct Style {
    id: &'static str,
    /// Name that the office knows, so that headings appear in its navigation.
    name: &'static str,
    based_on: &'static str,
    paragraph: String,
    run: String,
}

/// Distances of a paragraph in points: before, after, lines; `None` lets lines be as high as what stands in them.
fn spacing(before: f64, after: f64, line: Option<f64>) -> String {
    let line = match line {
        Some(line) => format!(" w:line=\"{}\" w:lineRule=\"exact\"", twips(line)),
        None => " w:line=\"240\" w:lineRule=\"auto\"".to_owned(),
    };
    format!("<w:spacing w:before=\"{}\" w:after=\"{}\"{line}/>", twips(before), twips(after))
}

fn twips(points: f64) -> u32 {
    (points * 20.0).round() as u32
}

/// Typeface and size; the Latin face serves digits, and Chinese text in an English document too.
fn run(chinese: &str, size: f64, bold: bool) -> String {
    let latin = "Times New Roman";
    let bold = if bold { "<w:b/>" } else { "" };
    let half = (size * 2.0).round() as u32;
    format!(
        "<w:rFonts w:ascii=\"{latin}\" w:hAnsi=\"{latin}\" w:eastAsia=\"{chinese}\" w:cs=\"{latin}\"/>{bold}\
         <w:sz w:val=\"{half}\"/><w:szCs w:val=\"{half}\"/>"
    )
}

/// The styles of cells and heads of a table of so many rows.
fn of_tables(rows: usize, lang: Lang) -> [Style; 2] {
    let kind = layout::table(rows, lang);
    let spacing = spacing(1.0, 1.0, Some(kind.leading));
    let [text, head, text_name, head_name] = if kind.is_small {
        ["TableTextSmall", "TableHeadSmall", "Table Text Small", "Table Head Small"]
    } else {
        ["TableText", "TableHead", "Table Text", "Table Head"]
    };
    [
        Style {
            id: text,
            name: text_name,
            based_on: "Normal",
            paragraph: spacing.clone(),
            run: run("宋体", kind.size, false),
        },
        Style {
            id: head,
            name: head_name,
            based_on: text,
            paragraph: format!("<w:keepNext/>{spacing}"),
            run: run("黑体", kind.size, lang == Lang::En),
        },
    ]
}

/// All styles, defaults first.
pub fn styles(lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let first = if zh { "<w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/>" } else { "" };
    let text_after = if zh { 0.0 } else { 6.0 };
    let leading = Some(if zh { LEADING } else { LEADING_EN });
    let body_size = if zh { BODY } else { BODY_EN };
    let level = |level: u32| format!("<w:outlineLvl w:val=\"{level}\"/>");
    let heading = |indent: &str, outline: u32| {
        format!(
            "<w:keepNext/>{}{indent}{}",
            spacing(if zh { 0.0 } else { 8.0 }, text_after, leading),
            level(outline)
        )
    };
    let list = [
        Style {
            id: "Title",
            name: "Title",
            based_on: "Normal",
            paragraph: format!("<w:keepNext/>{}<w:jc w:val=\"center\"/>", spacing(0.0, 10.0, Some(36.0))),
            run: run("方正小标宋简体", if zh { TITLE } else { 20.0 }, !zh),
        },
        Style {
            id: "Subtitle",
            name: "Subtitle",
            based_on: "Normal",
            paragraph: format!("{}<w:jc w:val=\"center\"/>", spacing(0.0, 10.0, Some(20.0))),
            run: run("楷体", CAPTION, false),
        },
        Style {
            id: "BodyText",
            name: "Body Text",
            based_on: "Normal",
            // evenly set, a line before a long number would be stretched: numbers with their brackets are not broken
            paragraph: format!("{}{first}<w:jc w:val=\"left\"/>", spacing(0.0, text_after, leading)),
            run: run("仿宋", body_size, false),
        },
        Style {
            id: "Heading1",
            name: "heading 1",
            based_on: "Normal",
            paragraph: heading(first, 0),
            run: run("黑体", if zh { BODY } else { 14.0 }, !zh),
        },
        Style {
            id: "Heading2",
            name: "heading 2",
            based_on: "Normal",
            paragraph: heading(first, 1),
            run: run("楷体", body_size, !zh),
        },
        Style {
            id: "Caption",
            name: "caption",
            based_on: "Normal",
            paragraph: format!("{}<w:jc w:val=\"center\"/>", spacing(6.0, 4.0, None)),
            run: run("黑体", CAPTION, !zh),
        },
        Style {
            id: "Picture",
            name: "Picture",
            based_on: "Normal",
            // lines of a fixed height would cut the picture
            paragraph: format!("<w:keepNext/>{}<w:jc w:val=\"center\"/>", spacing(6.0, 0.0, None)),
            run: run("仿宋", CAPTION, false),
        },
        Style {
            id: "Note",
            name: "Note",
            based_on: "Normal",
            paragraph: spacing(2.0, 2.0, Some(13.0)),
            run: run("宋体", NOTE, false),
        },
        Style {
            id: "Footer",
            name: "footer",
            based_on: "Normal",
            paragraph: spacing(0.0, 0.0, None),
            run: run("宋体", FOOT, false),
        },
    ];
    let tables = [1, layout::ROWS + 1].map(|rows| of_tables(rows, lang));
    let default = format!(
        "<w:docDefaults><w:rPrDefault><w:rPr>{}<w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault>\
         <w:pPrDefault/></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\">\
         <w:name w:val=\"Normal\"/><w:qFormat/></w:style><w:style w:type=\"table\" w:default=\"1\" \
         w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:uiPriority w:val=\"99\"/><w:semiHidden/>\
         <w:unhideWhenUsed/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:left w:w=\"70\" \
         w:type=\"dxa\"/><w:right w:w=\"70\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>",
        run("仿宋", body_size, false)
    );
    let one = |style: &Style| {
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{}\"><w:name w:val=\"{}\"/><w:basedOn w:val=\"{}\"/>\
             <w:qFormat/><w:pPr>{}</w:pPr><w:rPr>{}</w:rPr></w:style>",
            style.id, style.name, style.based_on, style.paragraph, style.run
        )
    };
    let list: String = list.iter().chain(tables.iter().flatten()).map(one).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:styles xmlns:w=\"{MAIN}\">{default}{list}</w:styles>"
    )
}
