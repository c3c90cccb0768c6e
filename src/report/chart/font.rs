//! The embedded fonts: their bytes, the exact width of a text, and which characters they lack.

use std::sync::{Arc, LazyLock};

use resvg::usvg::fontdb::{Database, Source};
use ttf_parser::Face;

use crate::report::wrap;

/// Family name of the embedded fonts.
pub const FAMILY: &str = "Clustercast Sans SC";

static REGULAR: &[u8] = include_bytes!("../../../assets/fonts/ClustercastSansSC-Regular.ttf");
static BOLD: &[u8] = include_bytes!("../../../assets/fonts/ClustercastSansSC-Bold.ttf");

static FACES: LazyLock<[Face<'static>; 2]> = LazyLock::new(|| {
    [REGULAR, BOLD].map(|bytes| Face::parse(bytes, 0).expect("the embedded fonts are whole"))
});

static DATABASE: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut database = Database::new();
    for bytes in [REGULAR, BOLD] {
        database.load_font_source(Source::Binary(Arc::new(bytes)));
    }
    Arc::new(database)
});

/// Weight of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Plain.
    Regular,
    /// Bold.
    Bold,
}

/// The embedded font of this weight, a TrueType file.
pub fn bytes(weight: Weight) -> &'static [u8] {
    match weight {
        Weight::Regular => REGULAR,
        Weight::Bold => BOLD,
    }
}

/// A font database that holds the two embedded fonts and nothing else.
pub fn database() -> Arc<Database> {
    Arc::clone(&DATABASE)
}

/// The advance of `c` at `size`, in the unit of `size`; a character without a glyph takes the width of the
/// empty box.
pub fn char_width(c: char, size: f64, weight: Weight) -> f64 {
    let face = &FACES[weight as usize];
    let glyph = face.glyph_index(c).unwrap_or_default();
    f64::from(face.glyph_hor_advance(glyph).unwrap_or_default()) * size / f64::from(face.units_per_em())
}

/// The width of `text` on one line; exact, because the fonts have no kerning.
pub fn width(text: &str, size: f64, weight: Weight) -> f64 {
    text.chars().map(|c| char_width(c, size, weight)).sum()
}

/// `text` in lines no wider than `max_width`.
pub fn lines(text: &str, max_width: f64, size: f64, weight: Weight) -> Vec<String> {
    wrap::lines(text, max_width, |c| char_width(c, size, weight))
}

/// Whether the embedded fonts can draw `c`.
pub fn has_glyph(c: char) -> bool {
    FACES.iter().all(|face| face.glyph_index(c).is_some_and(|glyph| glyph.0 != 0))
}
