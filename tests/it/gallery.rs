//! The committed report of the Hubei file is what the program writes today.
//!
//! Page and SVG must agree to the letter, workbook and document to the byte. Pictures are compared as seen: the
//! rasteriser may round differently on another machine, which no reader notices.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use resvg::tiny_skia::Pixmap;

use crate::docs::blessing;
use crate::folder::Folder;

/// Trials of the committed report: as many as the README's main command has, so that it shows the same figures.
const TRIALS: &str = "100000";

/// What is committed, in each language: the whole hand-out in Chinese, page and charts of the README in English.
const COMMITTED: [(&str, &str, &[&str]); 2] = [
    (
        "zh",
        "hubei-2027",
        &[
            "report.html",
            "report.xlsx",
            "briefing.docx",
            "chart-fan.svg",
            "chart-fan.png",
            "chart-probability.svg",
            "chart-probability.png",
        ],
    ),
    (
        "en",
        "hubei-2027.en",
        &["report.html", "chart-fan.svg", "chart-fan.png", "chart-probability.svg", "chart-probability.png"],
    ),
];

/// Side of the squares over which brightness is averaged before pictures are compared, in pixels.
const SQUARE: usize = 8;
/// Largest difference of a square's average, of 255: an edge drawn half a pixel off stays below, a moved label or line
/// does not.
const TOLERANCE: f64 = 12.0;

#[test]
fn the_gallery_is_what_the_program_writes() {
    let folder = Folder::new();
    let made = folder.path("hubei-2027");
    let scenario = root().join("scenarios/hubei-2027.toml");
    let simulated = ["report", text(&scenario), "--out", text(&made), "--trials", TRIALS, "--quiet"];
    clustercast(&[&simulated[..], &["--lang", "zh"]].concat());
    let results = made.join("results.json");
    let mut stale = Vec::new();
    for (lang, name, files) in COMMITTED {
        if lang != "zh" {
            clustercast(&["report", text(&results), "--quiet", "--lang", lang]);
        }
        let gallery = root().join("output/gallery").join(name);
        for file in files {
            let (old, new) = (gallery.join(file), made.join(file));
            if blessing() {
                fs::create_dir_all(&gallery).expect("the gallery can be created");
                fs::copy(&new, &old).expect("the gallery can be written");
            }
            if let Some(difference) = difference(&old, &new) {
                stale.push(format!("{name}/{file}: {difference}"));
            }
        }
    }
    assert!(
        stale.is_empty(),
        "the gallery is stale; look at what changed, and if it is meant, run once with CLUSTERCAST_BLESS=1\n{}",
        stale.join("\n")
    );
}

#[test]
fn pictures_are_told_apart_by_what_is_seen() {
    let blank = Pixmap::new(64, 64).expect("a picture");
    let mut dotted = blank.clone();
    dotted.data_mut()[4 * (64 * 20 + 20) + 3] = 255;
    assert_eq!(seen_difference(&blank, &dotted), Some(255.0 / 64.0), "one dark pixel in a square of 64");
    let mut lined = blank.clone();
    (0..64).for_each(|x| lined.data_mut()[4 * (64 * 20 + x) + 3] = 255);
    assert!(seen_difference(&blank, &lined).is_some_and(|most| most > TOLERANCE), "a line is seen");
    assert_eq!(seen_difference(&blank, &Pixmap::new(32, 64).expect("a picture")), None);
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in Unicode")
}

fn clustercast(args: &[&str]) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_clustercast")).args(args).output().expect("the program starts");
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// How the committed file `old` and the new one differ; `None` if they do not.
fn difference(old: &Path, new: &Path) -> Option<String> {
    let (Ok(before), Ok(after)) = (fs::read(old), fs::read(new)) else { return Some("missing".to_owned()) };
    if before == after {
        return None;
    }
    match old.extension().and_then(|extension| extension.to_str()) {
        Some("png") => {
            let (Ok(before), Ok(after)) = (Pixmap::decode_png(&before), Pixmap::decode_png(&after)) else {
                return Some("is no picture".to_owned());
            };
            match seen_difference(&before, &after) {
                Some(most) if most <= TOLERANCE => None,
                Some(most) => {
                    Some(format!("looks different: a square of {SQUARE} pixels by {most:.1} of 255"))
                }
                None => Some("has another size".to_owned()),
            }
        }
        Some("html" | "svg") => {
            let (before, after) = (String::from_utf8_lossy(&before), String::from_utf8_lossy(&after));
            // A clone on another system may end its lines differently.
            let (before, after) = (before.replace("\r\n", "\n"), after.into_owned());
            if before == after {
                return None;
            }
            let common = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
            Some(format!("differs from byte {common} of {} on", after.len()))
        }
        _ => Some(format!("{} bytes committed, {} made, not the same", before.len(), after.len())),
    }
}

/// The largest difference between the averages of two squares in the same place, over all channels; `None` for
/// pictures of different size.
fn seen_difference(one: &Pixmap, other: &Pixmap) -> Option<f64> {
    let (width, height) = (one.width() as usize, one.height() as usize);
    if (other.width() as usize, other.height() as usize) != (width, height) {
        return None;
    }
    let mut most: f64 = 0.0;
    for top in (0..height).step_by(SQUARE) {
        for left in (0..width).step_by(SQUARE) {
            let (bottom, right) = ((top + SQUARE).min(height), (left + SQUARE).min(width));
            let mut sums = [0i64; 4];
            for y in top..bottom {
                for at in (4 * (y * width + left)..4 * (y * width + right)).step_by(4) {
                    let channels = sums.iter_mut().enumerate();
                    channels.for_each(|(c, sum)| {
                        *sum += i64::from(one.data()[at + c]) - i64::from(other.data()[at + c]);
                    });
                }
            }
            let pixels = ((bottom - top) * (right - left)) as f64;
            most = sums.iter().fold(most, |most, sum| most.max(sum.unsigned_abs() as f64 / pixels));
        }
    }
    Some(most)
}
