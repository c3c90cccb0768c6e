//! Creates a single file that must not exist yet.

use std::fs;
use std::io;
use std::path::Path;

use super::output::{WriteError, write_flushed};

/// Writes `content` to the new file `path`.
///
/// # Errors
/// [`WriteError::Exists`] if anything has that name already, which is left alone; [`WriteError::Io`] if the file
/// cannot be written, and then it does not exist.
pub fn create_new(path: &Path, content: impl AsRef<[u8]>) -> Result<(), WriteError> {
    write_flushed(path, content.as_ref()).map_err(|source| {
        if source.kind() == io::ErrorKind::AlreadyExists {
            return WriteError::Exists { path: path.into() };
        }
        // Nothing can be done about a file that can be neither completed nor removed.
        let _ = fs::remove_file(path);
        WriteError::Io { path: path.into(), source }
    })
}
