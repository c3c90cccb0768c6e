//! Cuts the glyphs that a page uses out of the embedded fonts and packs them as web fonts (WOFF 1.0) into the page.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use miniz_oxide::deflate::compress_to_vec_zlib;
use subsetter::{GlyphRemapper, subset};
use ttf_parser::{Face, RawFace, Tag};

use super::characters::Characters;
use crate::report::chart::font::{self, Weight};

/// Level of compression; higher ones gain under one per cent.
const EFFORT: u8 = 9;

/// `@font-face` rules with the fonts in them.
pub(super) fn faces(characters: &Characters) -> Result<String, String> {
    let face = |weight, number, characters| {
        let woff = STANDARD.encode(web_font(font::bytes(weight), characters)?);
        Ok::<_, String>(format!(
            "@font-face{{font-family:\"{}\";font-weight:{number};\
             src:url(data:font/woff;base64,{woff}) format(\"woff\")}}\n",
            font::FAMILY
        ))
    };
    Ok(face(Weight::Regular, 400, &characters.plain)? + &face(Weight::Bold, 700, &characters.bold)?)
}

/// The glyphs of `characters` out of the font `bytes`; characters that it cannot draw are left out.
fn web_font(bytes: &[u8], characters: &BTreeSet<char>) -> Result<Vec<u8>, String> {
    let face = Face::parse(bytes, 0).map_err(|error| error.to_string())?;
    let mut glyphs = GlyphRemapper::new();
    let map: BTreeMap<char, u16> =
        characters.iter().filter_map(|&c| Some((c, glyphs.remap(face.glyph_index(c)?.0)))).collect();
    let cut = subset(bytes, 0, &glyphs).map_err(|error| error.to_string())?;
    let cut = RawFace::parse(&cut, 0).map_err(|error| error.to_string())?;
    // The cutter is made for PDF, which needs no character map and no line metrics; a browser needs both.
    let mut tables: BTreeMap<[u8; 4], Vec<u8>> = BTreeMap::new();
    for record in cut.table_records {
        if let Some(data) = cut.table(record.tag) {
            tables.insert(record.tag.to_bytes(), data.to_vec());
        }
    }
    for name in [b"OS/2", b"name", b"post"] {
        let data = face.raw_face().table(Tag::from_bytes(name));
        tables.insert(*name, data.ok_or("OS/2, name, post")?.to_vec());
    }
    tables.insert(*b"cmap", character_map(&map));
    Ok(woff(&tables))
}

/// A `cmap` table with one subtable of format 12: whole of Unicode, runs of adjoining characters.
fn character_map(map: &BTreeMap<char, u16>) -> Vec<u8> {
    let mut runs: Vec<(u32, u32, u32)> = Vec::new();
    for (&c, &glyph) in map {
        let (c, glyph) = (u32::from(c), u32::from(glyph));
        match runs.last_mut() {
            Some((first, last, start)) if *last + 1 == c && *start + (c - *first) == glyph => *last = c,
            _ => runs.push((c, c, glyph)),
        }
    }
    let mut table = Vec::new();
    for half in [0_u16, 1, 3, 10, 0, 12, 12, 0] {
        // version, subtables; platform and encoding, offset (two halves); format, reserved
        table.extend(half.to_be_bytes());
    }
    let count = runs.len() as u32;
    for word in [16 + 12 * count, 0, count] {
        table.extend(word.to_be_bytes());
    }
    for (first, last, glyph) in runs {
        for word in [first, last, glyph] {
            table.extend(word.to_be_bytes());
        }
    }
    table
}

/// The tables as a WOFF 1.0 file (W3C Recommendation of 13 December 2012, section 4).
fn woff(tables: &BTreeMap<[u8; 4], Vec<u8>>) -> Vec<u8> {
    const HEADER: usize = 44;
    const ENTRY: usize = 20;
    let padded = |length: usize| length.next_multiple_of(4);
    let count = tables.len();
    let (mut directory, mut body) = (Vec::new(), Vec::new());
    for (name, data) in tables {
        let packed = compress_to_vec_zlib(data, EFFORT);
        let stored = if packed.len() < data.len() { &packed } else { data };
        directory.extend(name);
        let offset = HEADER + ENTRY * count + body.len();
        for word in [offset as u32, stored.len() as u32, data.len() as u32, checksum(data)] {
            directory.extend(word.to_be_bytes());
        }
        body.extend(stored);
        body.resize(padded(body.len()), 0);
    }
    let whole = 12 + 16 * count + tables.values().map(|data| padded(data.len())).sum::<usize>();
    let mut file = b"wOFF\0\x01\0\0".to_vec();
    file.extend(((HEADER + directory.len() + body.len()) as u32).to_be_bytes());
    file.extend((count as u16).to_be_bytes());
    file.extend([0; 2]);
    file.extend((whole as u32).to_be_bytes());
    // version 1.0 of the file, and neither metadata nor private data
    file.extend([0, 1, 0, 0]);
    file.resize(HEADER, 0);
    file.extend(directory);
    file.extend(body);
    file
}

/// Sum of a table's big-endian words.
fn checksum(data: &[u8]) -> u32 {
    data.chunks(4).fold(0, |sum: u32, chunk| {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        sum.wrapping_add(u32::from_be_bytes(word))
    })
}

#[cfg(test)]
mod tests {
    use miniz_oxide::inflate::decompress_to_vec_zlib;

    use super::*;

    /// The tables of a WOFF file, unpacked.
    fn unpacked(file: &[u8]) -> BTreeMap<[u8; 4], Vec<u8>> {
        let word = |at: usize| u32::from_be_bytes(file[at..at + 4].try_into().unwrap()) as usize;
        assert_eq!((&file[..4], word(8)), (&b"wOFF"[..], file.len()));
        let count = usize::from(u16::from_be_bytes([file[12], file[13]]));
        let table = |index: usize| {
            let entry = 44 + 20 * index;
            let (offset, stored, length) = (word(entry + 4), word(entry + 8), word(entry + 12));
            let data = &file[offset..offset + stored];
            let data = if stored < length { decompress_to_vec_zlib(data).unwrap() } else { data.to_vec() };
            assert_eq!(data.len(), length);
            assert_eq!(checksum(&data) as usize, word(entry + 16));
            (file[entry..entry + 4].try_into().unwrap(), data)
        };
        (0..count).map(table).collect()
    }

    #[test]
    fn the_cut_font_draws_its_characters_as_the_whole_one() {
        let characters: BTreeSet<char> = "abc湖北省郴州é–（）。\u{1F600}".chars().collect();
        let file = web_font(font::bytes(Weight::Regular), &characters).unwrap();
        assert_eq!(file, web_font(font::bytes(Weight::Regular), &characters).unwrap());
        let tables = unpacked(&file);
        assert!(tables.contains_key(b"OS/2") && tables.contains_key(b"glyf"));
        let table = |name: &[u8; 4]| tables.get(name).map(Vec::as_slice);
        let cut = Face::from_raw_tables(ttf_parser::RawFaceTables {
            head: table(b"head").unwrap(),
            hhea: table(b"hhea").unwrap(),
            maxp: table(b"maxp").unwrap(),
            hmtx: table(b"hmtx"),
            cmap: table(b"cmap"),
            loca: table(b"loca"),
            glyf: table(b"glyf"),
            ..ttf_parser::RawFaceTables::default()
        })
        .unwrap();
        let whole = Face::parse(font::bytes(Weight::Regular), 0).unwrap();
        for &c in &characters {
            let Some(glyph) = whole.glyph_index(c) else {
                assert_eq!((c, cut.glyph_index(c)), ('\u{1F600}', None));
                continue;
            };
            let other = cut.glyph_index(c).unwrap();
            assert_eq!(whole.glyph_hor_advance(glyph), cut.glyph_hor_advance(other), "{c}");
            assert_eq!(whole.glyph_bounding_box(glyph), cut.glyph_bounding_box(other), "{c}");
        }
        assert!(cut.glyph_index('d').is_none());
        assert!(file.len() < 20_000, "{}", file.len());
    }
}
