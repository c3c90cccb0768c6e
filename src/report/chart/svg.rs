//! Makes what leaves the program from a chart: SVG with text as paths, PNG, and warnings of missing glyphs.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Indent, Options, Tree, WriteOptions};

use super::error::ChartError;
use super::font;
use crate::report::wrap::printable;
use crate::text;
use crate::text::Text;

/// The largest width or height of a PNG, in pixels: 16,384² is a gigabyte of memory.
const MAX_SIDE: f32 = 16_384.0;

/// `svg` with all text turned into paths, so that it looks the same in every viewer; `<title>` and `<desc>`
/// are kept.
///
/// # Errors
/// [`ChartError::Svg`] when `svg` is no SVG document.
pub fn to_paths(svg: &str) -> Result<String, ChartError> {
    Ok(paths(svg, &parse(svg)?))
}

/// Both [`to_paths`] and [`to_png`], for the price of one reading.
///
/// # Errors
/// As theirs.
pub fn to_both(svg: &str, width: u32) -> Result<(String, Vec<u8>), ChartError> {
    let tree = parse(svg)?;
    Ok((paths(svg, &tree), png(&tree, width)?))
}

fn paths(svg: &str, tree: &Tree) -> String {
    // Charts are drawn ten times as large as shown: one digit is a hundredth of a point.
    let options = WriteOptions {
        coordinates_precision: 1,
        transforms_precision: 5,
        indent: Indent::None,
        ..WriteOptions::default()
    };
    let paths = tree.to_string(&options);
    let root_end = paths.find('>').map_or(0, |end| end + 1);
    let described: String = ["title", "desc"].iter().filter_map(|name| element(svg, name)).collect();
    format!("{}{described}{}", &paths[..root_end], &paths[root_end..])
}

/// `svg` as a PNG of `width` pixels, its height following from the shape of the picture.
///
/// # Errors
/// [`ChartError::Svg`] when `svg` is no SVG document; [`ChartError::PngSize`] when a side would be 0 or above
/// 16,384 pixels.
pub fn to_png(svg: &str, width: u32) -> Result<Vec<u8>, ChartError> {
    png(&parse(svg)?, width)
}

fn png(tree: &Tree, width: u32) -> Result<Vec<u8>, ChartError> {
    let scale = width as f32 / tree.size().width();
    let height = (tree.size().height() * scale).round();
    if width as f32 > MAX_SIDE || height > MAX_SIDE {
        return Err(ChartError::PngSize { width });
    }
    let mut picture = Pixmap::new(width, height as u32).ok_or(ChartError::PngSize { width })?;
    resvg::render(tree, Transform::from_scale(scale, height / tree.size().height()), &mut picture.as_mut());
    let bytes = picture.encode_png().map_err(|error| ChartError::Svg { reason: error.to_string() })?;
    Ok(with_resolution(bytes))
}

/// Length of a PNG's signature and its first chunk, the only one that must stand before the resolution.
const HEAD: usize = 33;
/// The chunk that says 11,811 pixels a metre, which is 300 an inch: 2,000 pixels are printed 169 mm wide, as wide as the
/// text of a page. Length, kind, both resolutions, unit, checksum.
const RESOLUTION: [u8; 21] = *b"\0\0\0\x09pHYs\0\0\x2E\x23\0\0\x2E\x23\x01\x78\xA5\x3F\x76";

/// The PNG with its size on paper.
fn with_resolution(mut png: Vec<u8>) -> Vec<u8> {
    if png.len() > HEAD {
        png.splice(HEAD..HEAD, RESOLUTION);
    }
    png
}

/// Every character of `text` that the embedded fonts cannot draw, each once, in the order of appearance.
///
/// Control characters are drawn as spaces and need no glyph.
pub fn missing_glyphs(text: &str) -> Vec<char> {
    let mut missing = Vec::new();
    for c in printable(text).chars() {
        if !font::has_glyph(c) && !missing.contains(&c) {
            missing.push(c);
        }
    }
    missing
}

/// The warning that names the characters of `text` without a glyph, or nothing when all can be drawn.
pub fn missing_glyphs_warning(text: &str) -> Option<Text> {
    let missing = missing_glyphs(text);
    if missing.is_empty() {
        return None;
    }
    let named: Vec<String> = missing.iter().map(|&c| format!("{c} (U+{:04X})", u32::from(c))).collect();
    let (zh, en) = (named.join("、"), named.join(", "));
    Some(text!(
        "内置字体缺少以下字符,图中将显示为空框:{zh}",
        "the embedded font lacks these characters, charts show a box: {en}"
    ))
}

/// `<title>` and `<desc>` for readers who cannot see the picture; an empty text makes no element.
pub(super) fn description(title: &str, description: &str) -> String {
    [("title", title), ("desc", description)]
        .iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| format!("<{name}>{}</{name}>", escaped(text)))
        .collect()
}

fn escaped(text: &str) -> String {
    printable(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The first element `name` of `svg`, with its tags; charts write it without attributes.
fn element<'a>(svg: &'a str, name: &str) -> Option<&'a str> {
    let close = format!("</{name}>");
    let start = svg.find(&format!("<{name}>"))?;
    let end = start + svg[start..].find(&close)? + close.len();
    Some(&svg[start..end])
}

fn parse(svg: &str) -> Result<Tree, ChartError> {
    let options =
        Options { font_family: font::FAMILY.to_owned(), fontdb: font::database(), ..Options::default() };
    Tree::from_str(svg, &options).map_err(|error| ChartError::Svg { reason: error.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100\" height=\"50\">\
                       <title>图 &amp; 表</title><desc>说明</desc>\
                       <text x=\"5\" y=\"30\" font-size=\"20\" font-family=\"Clustercast Sans SC\">湖北</text></svg>";

    #[test]
    fn text_becomes_paths_and_descriptions_stay() {
        let paths = to_paths(SVG).unwrap();
        assert!(!paths.contains("<text"), "{paths}");
        assert!(paths.contains("<path"), "{paths}");
        assert!(paths.contains("<title>图 &amp; 表</title><desc>说明</desc>"), "{paths}");
        assert_eq!(paths, to_paths(SVG).unwrap());
        assert!(Tree::from_str(&paths, &Options::default()).is_ok());
    }

    #[test]
    fn png_has_the_size_asked_for() {
        let png = to_png(SVG, 321).unwrap();
        assert_eq!(&png[12..16], b"IHDR");
        assert_eq!(&png[37..50], b"pHYs\0\0\x2E\x23\0\0\x2E\x23\x01", "300 pixels an inch");
        assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
        let side = |at: usize| u32::from_be_bytes([png[at], png[at + 1], png[at + 2], png[at + 3]]);
        assert_eq!((side(16), side(20)), (321, 161));
        assert!(
            Pixmap::decode_png(&png).unwrap().pixels().iter().any(|pixel| pixel.alpha() > 0),
            "text is drawn"
        );
    }

    #[test]
    fn impossible_sizes_and_documents_are_refused() {
        assert_eq!(to_png(SVG, 0), Err(ChartError::PngSize { width: 0 }));
        assert_eq!(to_png(SVG, 20_000), Err(ChartError::PngSize { width: 20_000 }));
        assert!(matches!(to_paths("no picture"), Err(ChartError::Svg { .. })));
    }

    #[test]
    fn missing_glyphs_are_named_once() {
        assert_eq!(missing_glyphs("湖北\u{1F600}x\u{1F600}⁵\n"), ['\u{1F600}', '⁵']);
        assert!(missing_glyphs_warning("a⁵").unwrap().zh.contains("⁵ (U+2075)"));
        assert_eq!(
            missing_glyphs_warning("武汉硚口、亳州、泸州、濮阳、衢州、郴州、埇桥 ①≥≤±×−–—“”‘’《》〔〕→%"),
            None
        );
    }
}
