//! Tells what bytes that should be UTF-8 text really are.

use encoding_rs::{Encoding, GB18030, UTF_16BE, UTF_16LE};

/// What a file's bytes are, if they are not UTF-8 text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// UTF-16, either byte order, with or without a byte-order mark (called "Unicode" by 记事本).
    Utf16,
    /// GBK or GB18030, the code page of Chinese Windows (called "ANSI" by 记事本).
    Gb18030,
    /// An Excel, Word or WPS document: its file begins as a ZIP archive or an OLE container.
    Office,
    /// Almost UTF-8; the first wrong byte is on this line, counted from 1.
    Damaged {
        /// The line of the first byte that is not UTF-8.
        line: usize,
    },
    /// No text that this program knows.
    Binary,
}

const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The bytes as a string without byte-order mark, or what they are instead.
///
/// # Errors
/// [`Foreign`], in the order of its tests: document signatures, UTF-16 (before UTF-8, because plain ASCII in
/// UTF-16 is also valid UTF-8 full of NULs), a NUL byte, then anything that is not UTF-8.
pub fn decode(mut bytes: Vec<u8>) -> Result<String, Foreign> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Err(Foreign::Office);
    }
    if is_utf16(&bytes) {
        return Err(Foreign::Utf16);
    }
    if bytes.contains(&0) {
        return Err(Foreign::Binary);
    }
    if bytes.starts_with(UTF8_MARK) {
        bytes.drain(..UTF8_MARK.len());
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        if mostly_utf8(bytes) {
            Foreign::Damaged { line: bytes[..good].iter().filter(|&&byte| byte == b'\n').count() + 1 }
        } else if decodes_to_text(GB18030, bytes) {
            Foreign::Gb18030
        } else {
            Foreign::Binary
        }
    })
}

/// A byte-order mark, or the pattern of unmarked UTF-16: a scenario's keys and numbers are ASCII, so at least a
/// tenth of the units has a zero in its upper byte. The other byte is seldom zero (一 is U+4E00).
fn is_utf16(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return true;
    }
    let units = bytes.chunks_exact(2);
    if units.len() < 2 || !units.remainder().is_empty() {
        return false;
    }
    let zeros = |place: usize| bytes.chunks_exact(2).filter(|unit| unit[place] == 0).count();
    let enough = bytes.len() / 20;
    let (first, second) = (zeros(0), zeros(1));
    if first.max(second) <= enough {
        return false;
    }
    decodes_to_text(if first < second { UTF_16LE } else { UTF_16BE }, bytes)
}

/// Whether more characters beyond ASCII are valid UTF-8 than bytes are invalid, and hardly any is a control
/// character. Decides between a damaged UTF-8 file and GBK: in GBK text few byte pairs happen to be valid UTF-8,
/// while UTF-8 text often happens to be valid GBK.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut invalid, mut controls, mut all) = (0, 0, 0, 0);
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            all += 1;
            valid += usize::from(!character.is_ascii());
            controls += usize::from(is_stray_control(character));
        }
        invalid += chunk.invalid().len();
    }
    valid > invalid && controls * 100 <= all
}

/// Whether `bytes` decode without a single error to text in which almost all characters beyond ASCII are Chinese
/// characters or punctuation, and which has no control characters.
fn decodes_to_text(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) else {
        return false;
    };
    let (mut foreign, mut chinese) = (0_usize, 0_usize);
    for character in text.chars().filter(|character| !character.is_ascii()) {
        foreign += 1;
        chinese += usize::from(is_chinese(character));
    }
    !text.chars().any(is_stray_control) && chinese * 10 >= foreign * 9
}

/// Unified ideographs and their extension A, CJK and general punctuation, full-width forms, and the signs that
/// Chinese texts use beside them.
fn is_chinese(character: char) -> bool {
    matches!(character,
        '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}'
        | '\u{2010}'..='\u{2030}' | '\u{2160}'..='\u{217F}' | '\u{2460}'..='\u{249B}'
        | '·' | '×' | '÷' | '±' | '°' | '℃' | '≤' | '≥' | '≠' | '≈' | '→' | '─')
}

/// A control character other than the white space of text files.
fn is_stray_control(character: char) -> bool {
    character.is_control() && !matches!(character, '\t' | '\n' | '\r' | '\u{C}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCENARIO: &str = "# 湖北省生物医药产业：2027年目标\nname = \"湖北\"\n[base]\nrevenue = \"1050.5亿元\" # 来源：省经信厅\n";

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn utf8_with_and_without_mark() {
        assert_eq!(decode(SCENARIO.into()), Ok(SCENARIO.into()));
        assert_eq!(decode([UTF8_MARK, SCENARIO.as_bytes()].concat()), Ok(SCENARIO.into()));
        assert_eq!(decode(Vec::new()), Ok(String::new()));
        assert_eq!(decode(b"\xEF\xBB\xBF".to_vec()), Ok(String::new()));
    }

    #[test]
    fn utf16_is_named_in_both_orders_with_and_without_mark() {
        for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            assert_eq!(decode(utf16(SCENARIO, bytes)), Err(Foreign::Utf16));
            assert_eq!(decode(utf16(&format!("\u{FEFF}{SCENARIO}"), bytes)), Err(Foreign::Utf16));
            assert_eq!(decode(utf16("a = 1\n", bytes)), Err(Foreign::Utf16));
        }
    }

    #[test]
    fn gbk_is_named() {
        let (bytes, _, unmappable) = encoding_rs::GBK.encode(SCENARIO);
        assert!(!unmappable);
        assert_eq!(decode(bytes.into_owned()), Err(Foreign::Gb18030));
        assert_eq!(decode(b"name = \"\xBA\xFE\xB1\xB1\"".to_vec()), Err(Foreign::Gb18030));
    }

    #[test]
    fn one_bad_byte_in_utf8_is_not_taken_for_gbk() {
        let mut bytes = SCENARIO.as_bytes().to_vec();
        let place = SCENARIO.find("省经信厅").unwrap();
        bytes.remove(place);
        assert_eq!(decode(bytes), Err(Foreign::Damaged { line: 4 }));
    }

    #[test]
    fn documents_and_noise_are_not_text() {
        assert_eq!(decode(b"PK\x03\x04xl/workbook.xml".to_vec()), Err(Foreign::Office));
        assert_eq!(decode(b"name = \"a\"\0\n".to_vec()), Err(Foreign::Binary));
        // A full period of a small linear congruential generator: every byte value, no structure.
        let noise: Vec<u8> = (0..65_536_u32).map(|i| (i.wrapping_mul(1_664_525) >> 13) as u8 | 1).collect();
        assert_eq!(decode(noise), Err(Foreign::Binary));
        assert_eq!(decode(b"caf\xE9".to_vec()), Err(Foreign::Binary));
    }
}
