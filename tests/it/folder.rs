//! A temporary folder that goes away with its value.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

/// An empty folder of its own for one test.
pub struct Folder(PathBuf);

impl Folder {
    /// A new folder.
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = env::temp_dir().join(format!("clustercast-it-{}-{number}", process::id()));
        fs::create_dir(&path).expect("a temporary folder can be created");
        Self(path)
    }

    /// The path of `name` in it; of the folder itself if `name` is empty.
    pub fn path(&self, name: &str) -> PathBuf {
        if name.is_empty() { self.0.clone() } else { self.0.join(name) }
    }

    /// The names in the folder `below`, sorted.
    pub fn names(&self, below: impl AsRef<Path>) -> Vec<String> {
        let entries = fs::read_dir(self.0.join(below)).into_iter().flatten().flatten();
        let mut names: Vec<String> =
            entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A folder that stays behind is a matter for the system's tidying up, not for a test.
        let _ = fs::remove_dir_all(&self.0);
    }
}
