//! What a workbook unpacks to: a small file may hold gigabytes, which must not be unpacked to find that out.

use std::io::{self, Cursor, Read};

use zip::ZipArchive;

/// The most that the parts of a workbook may hold together: 128 MiB, several times what a hundred thousand
/// rows take.
pub const MAX_UNPACKED: u64 = 128 * 1024 * 1024;

/// Whether the parts of the workbook unpack to at most [`MAX_UNPACKED`] bytes together; also if it is no workbook.
///
/// The sizes that it states may lie, so it is unpacked to nowhere, and no further than the limit.
pub fn fits(bytes: &[u8]) -> bool {
    fits_within(bytes, MAX_UNPACKED)
}

fn fits_within(bytes: &[u8], limit: u64) -> bool {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return true };
    let mut rest = limit;
    for index in 0..archive.len() {
        // What cannot be unpacked is left for the reader of workbooks to refuse.
        let Ok(part) = archive.by_index(index) else { continue };
        let mut part = part.take(rest + 1);
        let _ = io::copy(&mut part, &mut io::sink());
        let taken = rest + 1 - part.limit();
        if taken > rest {
            return false;
        }
        rest -= taken;
    }
    true
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    /// Less than the limit of the program, so that the test takes no gigabyte.
    const LIMIT: u64 = 64 * 1024 * 1024;

    /// A package whose parts hold so many blanks.
    fn package(sizes: &[u64]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (index, size) in sizes.iter().enumerate() {
            writer.start_file(format!("part{index}.xml"), SimpleFileOptions::default()).expect("a part");
            let blanks = vec![b' '; usize::try_from(*size).expect("a size")];
            writer.write_all(&blanks).expect("blanks");
        }
        writer.finish().expect("a package").into_inner()
    }

    #[test]
    fn the_limit_holds_for_all_parts_together() {
        assert!(fits_within(&package(&[LIMIT / 2, LIMIT / 2]), LIMIT));
        let bomb = package(&[LIMIT / 2, LIMIT / 2, 1]);
        assert!(bomb.len() < 1_000_000);
        assert!(!fits_within(&bomb, LIMIT));
        assert!(fits(b"PK\x03\x04broken"), "left for the reader");
    }

    /// Whether a size that is stated too low is believed or not, no more than the limit can come out.
    #[test]
    fn a_size_that_lies_lets_nothing_through() {
        let mut bomb = package(&[LIMIT + 1]);
        // The directory at the end states the unpacked size 24 bytes after its mark.
        let mark = bomb.windows(4).rposition(|four| four == b"PK\x01\x02").expect("a directory");
        bomb[mark + 24..mark + 28].copy_from_slice(&10_u32.to_le_bytes());
        let mut archive = ZipArchive::new(Cursor::new(&bomb)).expect("a package");
        let mut unpacked = Vec::new();
        let _ = archive.by_index(0).expect("a part").read_to_end(&mut unpacked);
        assert!(!fits_within(&bomb, LIMIT) || unpacked.len() as u64 <= LIMIT, "{}", unpacked.len());
    }
}
