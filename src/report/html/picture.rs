//! A chart inside the page: its SVG without what the page says itself, and its marks in percent of the picture.

use serde::Serialize;

use crate::report::chart::{Drawing, Mark};

/// Width by height from which on half a printed page is high enough.
const FLAT: f64 = 1.6;

/// What the template needs of a picture.
#[derive(Serialize)]
pub(super) struct Picture {
    /// The content of the SVG's root, real text in it.
    body: String,
    /// Its coordinate system.
    view_box: String,
    /// Width in points: a chart scrolls on narrow screens rather than shrink until its text cannot be read.
    width: f64,
    /// Whether it is so much wider than tall that two of these share a printed page and keep their breadth; what is
    /// taller would shrink with its letters.
    is_flat: bool,
    /// Places with values.
    marks: Vec<Place>,
}

/// A mark, in percent of width and height.
#[derive(Serialize)]
struct Place {
    left: String,
    top: String,
    width: String,
    height: String,
    text: String,
}

/// `drawing` for the page; the reason if it is no SVG document.
pub(super) fn of(drawing: &Drawing) -> Result<Picture, String> {
    let svg = drawing.svg.as_str();
    let fault = || "SVG".to_owned();
    let start = svg.find("<svg").ok_or_else(fault)?;
    let open = start + svg[start..].find('>').ok_or_else(fault)?;
    let close = svg.rfind("</svg>").filter(|&close| close > open).ok_or_else(fault)?;
    let root = &svg[start..open];
    let view_box =
        root.split("viewBox=\"").nth(1).and_then(|rest| rest.split('"').next()).ok_or_else(fault)?;
    // A title would pop up over the whole picture and cover the values; the page names the picture itself.
    let body = without(&svg[open + 1..close], "title");
    // One line a shape says the same in less room.
    let body = body.replace(" opacity=\"1\"", "").replace(" stroke=\"none\"", "").replace(" \"/>", "\"/>");
    let marks = drawing.marks.iter().map(|mark| place(mark, drawing.size)).collect();
    let (width, height) = drawing.size;
    Ok(Picture { body, view_box: view_box.to_owned(), width, is_flat: width > FLAT * height, marks })
}

fn place(mark: &Mark, (width, height): (f64, f64)) -> Place {
    let percent = |part: f64, whole: f64| format!("{:.2}", 100.0 * part / whole);
    let rect = &mark.place;
    Place {
        left: percent(rect.left, width),
        top: percent(rect.top, height),
        width: percent(rect.right - rect.left, width),
        height: percent(rect.bottom - rect.top, height),
        text: mark.text.clone(),
    }
}

/// `svg` without its first element `name`.
fn without(svg: &str, name: &str) -> String {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    match (svg.find(&open), svg.find(&close)) {
        (Some(start), Some(end)) if start < end => format!("{}{}", &svg[..start], &svg[end + close.len()..]),
        _ => svg.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::chart::Rect;

    #[test]
    fn a_picture_keeps_its_shapes_and_loses_its_title() {
        let drawing = Drawing {
            svg: "<svg xmlns=\"x\" width=\"96\" height=\"54\" viewBox=\"0 0 960 540\"><title>题</title><desc>说</desc>\
                  <rect opacity=\"1\" stroke=\"none\" fill=\"#FFF\"/></svg>\n"
                .to_owned(),
            size: (96.0, 54.0),
            marks: vec![Mark {
                place: Rect { left: 24.0, top: 27.0, right: 48.0, bottom: 54.0 },
                text: "值".to_owned(),
            }],
        };
        let picture = of(&drawing).unwrap();
        assert_eq!(picture.body, "<desc>说</desc><rect fill=\"#FFF\"/>");
        assert_eq!(picture.view_box, "0 0 960 540");
        let mark = &picture.marks[0];
        assert_eq!([&mark.left, &mark.top, &mark.width, &mark.height], ["25.00", "50.00", "25.00", "50.00"]);
        for broken in ["", "<svg>", "<svg viewBox=\"0 0 1 1\">", "</svg><svg viewBox=\"0\">"] {
            assert!(of(&Drawing { svg: broken.to_owned(), ..drawing.clone() }).is_err(), "{broken}");
        }
    }
}
