//! Writes a set of files so that a reader finds either all of the new ones or all of the old ones.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{reason, shown_path};
use crate::cli::exit::Exit;
use crate::text;
use crate::text::Text;

/// Files that will appear together in one folder.
///
/// [`commit`](Self::commit) first writes everything into a temporary folder on the same disk and flushes it, then
/// renames. If the target folder does not exist, the temporary folder becomes it in one step. If it exists, the
/// files are renamed one after the other; when one cannot be, those before it get their old content back. Files
/// of other names in the folder are never touched.
#[derive(Debug)]
pub struct OutputSet {
    dir: PathBuf,
    files: Vec<(String, Vec<u8>)>,
}

/// Why a set of files could not be written. The old files are as they were.
#[derive(Debug)]
pub enum WriteError {
    /// A name is empty, `.`, `..`, or has a path separator or control character in it.
    BadName {
        /// The name as given.
        name: String,
    },
    /// Two files of the set have the same name.
    Duplicate {
        /// The name as given.
        name: String,
    },
    /// The target folder, or a folder above it, is a file.
    NotADirectory {
        /// What is a file.
        path: PathBuf,
    },
    /// A folder stands where a file has to be written.
    Occupied {
        /// The folder in the way.
        path: PathBuf,
    },
    /// The file is to be new, but something of its name exists.
    Exists {
        /// What exists.
        path: PathBuf,
    },
    /// The operating system refused (permission, file in use) or failed (disk full).
    Io {
        /// The file or folder concerned.
        path: PathBuf,
        /// The complaint of the operating system.
        source: io::Error,
    },
}

impl OutputSet {
    /// An empty set for the folder `dir`, which need not exist.
    ///
    /// Whether it can be written is tried at once, so that a long run fails before it starts, not at its end.
    ///
    /// # Errors
    /// [`WriteError::NotADirectory`] if `dir` or what it would lie in is a file; [`WriteError::Io`] if nothing can
    /// be created there.
    pub fn new(dir: impl Into<PathBuf>) -> Result<Self, WriteError> {
        let dir = dir.into();
        let existing = existing_ancestor(&dir)?;
        Temporary::create(existing)?;
        Ok(Self { dir, files: Vec::new() })
    }

    /// The target folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Adds a file called `name` (a plain name, no path) with content `bytes`; nothing is written yet.
    ///
    /// # Errors
    /// [`WriteError::BadName`] and [`WriteError::Duplicate`]; the set is unchanged then.
    pub fn add(&mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Result<(), WriteError> {
        let name = name.into();
        let separator = |c: char| matches!(c, '/' | '\\' | ':') || c.is_control();
        if matches!(name.as_str(), "" | "." | "..") || name.contains(separator) {
            return Err(WriteError::BadName { name });
        }
        if self.files.iter().any(|(other, _)| *other == name) {
            return Err(WriteError::Duplicate { name });
        }
        self.files.push((name, bytes.into()));
        Ok(())
    }

    /// Writes all files, or none.
    ///
    /// # Errors
    /// [`WriteError::NotADirectory`], [`WriteError::Occupied`] and [`WriteError::Io`]. No temporary file, no new
    /// file and no folder created on the way remains then, and every old file has its old content.
    pub fn commit(self) -> Result<(), WriteError> {
        let exists = existing_ancestor(&self.dir)? == self.dir;
        let (_parents, place) = if exists {
            (Created::default(), self.dir.as_path())
        } else {
            (Created::create(parent(&self.dir))?, parent(&self.dir))
        };
        let fresh = Temporary::create(place)?;
        for (name, bytes) in &self.files {
            write_flushed(&fresh.path.join(name), bytes).map_err(io_at(&self.dir.join(name)))?;
        }
        self.publish(&fresh, exists)?;
        flush_names(&self.dir);
        Ok(())
    }

    /// Brings the fresh files to their final names. `exists` is whether the target folder was there when they were
    /// written; another run may have created it since, and then its files are replaced like any others.
    fn publish(&self, fresh: &Temporary, exists: bool) -> Result<(), WriteError> {
        if !exists {
            let _renaming = temporaries();
            match fs::rename(&fresh.path, &self.dir) {
                Ok(()) => return Ok(()),
                Err(_) if self.dir.is_dir() => {}
                Err(source) => return Err(WriteError::Io { path: self.dir.clone(), source }),
            }
        }
        self.replace(fresh)
    }

    /// Renames the fresh files over the old ones in the existing target folder.
    fn replace(&self, fresh: &Temporary) -> Result<(), WriteError> {
        let old = Temporary::create(&self.dir)?;
        let _renaming = temporaries();
        for (name, _) in &self.files {
            let path = self.dir.join(name);
            if path.is_dir() {
                return Err(WriteError::Occupied { path });
            }
            keep_copy(&path, &old.path.join(name)).map_err(io_at(&path))?;
        }
        for (done, (name, _)) in self.files.iter().enumerate() {
            let path = self.dir.join(name);
            if let Err(source) = fs::rename(fresh.path.join(name), &path) {
                self.files[..done].iter().for_each(|(name, _)| self.restore(&old, name));
                return Err(WriteError::Io { path, source });
            }
        }
        Ok(())
    }

    /// Puts the old file `name` back, or removes the new one if there was none. What fails here cannot be helped:
    /// the fault that led here is the one to report.
    fn restore(&self, old: &Temporary, name: &str) {
        let (kept, path) = (old.path.join(name), self.dir.join(name));
        let _ = if kept.symlink_metadata().is_ok() { fs::rename(kept, path) } else { fs::remove_file(path) };
    }
}

/// How many folders that killed processes of the same number left behind are passed over.
const MAX_LEFTOVERS: u32 = 1000;

/// All temporary folders of the process that exist now. Renaming to final names happens only under this lock.
static TEMPORARIES: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

fn temporaries() -> MutexGuard<'static, Vec<PathBuf>> {
    TEMPORARIES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes all temporary folders of the process, for an end without destructors. A set that is just being renamed
/// is finished first, and as long as the returned guard lives no other set can begin: exit while holding it.
pub fn discard_temporaries() -> impl Sized {
    let mut all = temporaries();
    for path in all.drain(..) {
        remove_folder(&path);
    }
    all
}

/// A folder that this process has created and owns; it goes away with the value.
#[derive(Debug)]
struct Temporary {
    path: PathBuf,
}

impl Temporary {
    /// A new folder in `parent`, of a name that nothing else has.
    fn create(parent: &Path) -> Result<Self, WriteError> {
        let mut all = temporaries();
        let mut number = 0;
        loop {
            let path = parent.join(format!(".clustercast-{}-{number}.tmp", process::id()));
            match fs::create_dir(&path) {
                Ok(()) => {
                    all.push(path.clone());
                    return Ok(Self { path });
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < MAX_LEFTOVERS => {
                    number += 1
                }
                Err(source) => return Err(WriteError::Io { path: parent.into(), source }),
            }
        }
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let mut all = temporaries();
        all.retain(|path| *path != self.path);
        remove_folder(&self.path);
    }
}

/// Removes a temporary folder. Tried again a few times, because another thread may just be creating a file in it.
fn remove_folder(path: &Path) {
    for _ in 0..10 {
        match fs::remove_dir_all(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {}
            _ => return,
        }
    }
}

/// Folders created above the target; those still empty, because nothing was written, go away with the value.
#[derive(Debug, Default)]
struct Created(Vec<PathBuf>);

impl Created {
    /// Creates `dir` and what is missing above it.
    fn create(dir: &Path) -> Result<Self, WriteError> {
        let mut created = Self::default();
        let mut missing: Vec<&Path> =
            dir.ancestors().take_while(|part| !part.as_os_str().is_empty() && !part.exists()).collect();
        missing.reverse();
        for part in missing {
            match fs::create_dir(part) {
                Ok(()) => created.0.push(part.into()),
                // Another run was quicker; the folder is its own to remove.
                Err(_) if part.is_dir() => {}
                Err(source) => return Err(WriteError::Io { path: part.into(), source }),
            }
        }
        Ok(created)
    }
}

impl Drop for Created {
    fn drop(&mut self) {
        for path in self.0.iter().rev() {
            let _ = fs::remove_dir(path);
        }
    }
}

/// The folder that `dir` lies in; the current one for a plain name.
fn parent(dir: &Path) -> &Path {
    dir.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// `dir` itself if it exists, otherwise the nearest folder above it that does.
fn existing_ancestor(dir: &Path) -> Result<&Path, WriteError> {
    for part in dir.ancestors().filter(|part| !part.as_os_str().is_empty()) {
        match fs::metadata(part) {
            Ok(metadata) if metadata.is_dir() => return Ok(part),
            Ok(_) => return Err(WriteError::NotADirectory { path: part.into() }),
            // A link to nothing is in the way just as a file is.
            Err(_) if part.is_symlink() => return Err(WriteError::NotADirectory { path: part.into() }),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {}
            Err(source) => return Err(WriteError::Io { path: part.into(), source }),
        }
    }
    Ok(Path::new("."))
}

/// Writes a file that must not exist yet, down to the disk.
pub(super) fn write_flushed(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::options().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Makes the renames durable. Systems that cannot open a folder flush it by themselves, so failure means nothing.
fn flush_names(dir: &Path) {
    let _ = File::open(dir).and_then(|folder| folder.sync_all());
}

/// A second name for the file at `path` if there is one; a copy on disks without such links.
fn keep_copy(path: &Path, copy: &Path) -> io::Result<()> {
    if path.symlink_metadata().is_err() {
        return Ok(());
    }
    fs::hard_link(path, copy).or_else(|_| fs::copy(path, copy).map(drop))
}

fn io_at(path: &Path) -> impl FnOnce(io::Error) -> WriteError {
    move |source| WriteError::Io { path: path.into(), source }
}

impl WriteError {
    /// The message for the planner: what is wrong, and what to do.
    pub fn text(&self) -> Text {
        match self {
            Self::BadName { name } => {
                let name = name.escape_debug();
                text!("不能用“{name}”作文件名", "“{name}” cannot be a file name")
            }
            Self::Duplicate { name } => {
                text!("两个输出文件同名：{name}", "two output files have the same name: {name}")
            }
            Self::NotADirectory { path } => {
                let path = shown_path(path);
                text!(
                    "{path} 是文件，不是文件夹，无法在其中写结果；请用 --out 指定另一个文件夹",
                    "{path} is a file, not a folder, so no results can be written there; choose another folder with --out"
                )
            }
            Self::Occupied { path } => {
                let path = shown_path(path);
                text!(
                    "要写的文件 {path} 已是一个文件夹；请改名或移走它，或用 --out 指定另一个文件夹",
                    "the file {path} is to be written, but a folder has that name; move it away or choose another folder with --out"
                )
            }
            Self::Exists { path } => {
                let path = shown_path(path);
                text!(
                    "{path} 已经存在，不会覆盖；请换一个文件名",
                    "{path} exists and is not overwritten; choose another name"
                )
            }
            Self::Io { path, source } => {
                let (path, reason) = (shown_path(path), reason(source));
                let (zh, en) = (reason.zh, reason.en);
                text!(
                    "无法写入 {path}：{zh}；原有文件没有改动",
                    "cannot write {path}: {en}; existing files are unchanged"
                )
            }
        }
    }

    /// The exit code; always file trouble.
    pub fn exit(&self) -> Exit {
        Exit::FileTrouble
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text().en)
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
