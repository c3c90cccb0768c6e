//! The list of the files of a run with their fingerprints.

use serde::Serialize;

use crate::analysis::digest::sha256;

/// The manifest: what was written, by which program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Manifest {
    /// `clustercast-manifest/1`.
    pub schema: &'static str,
    /// Name and version of the program.
    pub program: String,
    /// The files in the order of their names.
    pub files: Vec<FileEntry>,
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileEntry {
    /// Name within the output folder.
    pub name: String,
    /// Size in bytes.
    pub bytes: usize,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
}

impl Manifest {
    /// The manifest of these files (name, content).
    pub fn of<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Self {
        let entry = |(name, content): (&str, &'a [u8])| FileEntry {
            name: name.to_owned(),
            bytes: content.len(),
            sha256: sha256([content]),
        };
        let mut files: Vec<FileEntry> = files.into_iter().map(entry).collect();
        files.sort_by(|a, b| a.name.cmp(&b.name));
        let program = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")).to_owned();
        Self { schema: "clustercast-manifest/1", program, files }
    }

    /// The manifest as indented JSON with a final line break.
    pub fn to_json(&self) -> String {
        // texts and integers always have a JSON form
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}

#[cfg(test)]
mod tests {
    use super::Manifest;

    #[test]
    fn files_are_listed_by_name_with_published_digests() {
        // SHA-256 of "abc" and of nothing: FIPS 180-4 examples.
        let manifest = Manifest::of([("b.txt", &b"abc"[..]), ("a.txt", &b""[..])]);
        assert_eq!(manifest.files[0].name, "a.txt");
        assert!(manifest.files[0].sha256.starts_with("e3b0c44298fc1c14"));
        assert!(manifest.files[1].sha256.starts_with("ba7816bf8f01cfea"));
        assert_eq!(manifest.files[1].bytes, 3);
        assert!(manifest.to_json().ends_with("}\n"));
    }
}
