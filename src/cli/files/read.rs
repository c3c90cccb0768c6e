//! Reads a text file, and says precisely why if that is impossible.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::encoding::{Foreign, decode};
use super::{reason, shown_path};
use crate::cli::exit::Exit;
use crate::cli::nearest::nearest;
use crate::text;
use crate::text::Text;

/// The largest scenario file, table or workbook that is read: 64 MiB, which holds a hundred thousand firms. The largest
/// scenario known has some 100 KB, so a bigger file is a mistake, and is refused before it fills the memory.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// The largest result document that is read: 256 MiB. Its size grows with policies, worlds, clusters and years.
pub const MAX_RESULT_BYTES: u64 = 256 * 1024 * 1024;

/// How many names of a folder are compared to find the one that was meant.
const MAX_NAMES: usize = 10_000;

/// Why a file could not be read as text.
#[derive(Debug)]
pub enum ReadError {
    /// Nothing exists at `path`.
    NotFound {
        /// The path as given.
        path: PathBuf,
        /// The nearest name that exists in the same folder.
        suggestion: Option<PathBuf>,
    },
    /// Neither the file nor its folder exists.
    NoFolder {
        /// The path as given.
        path: PathBuf,
        /// The outermost folder of the path that does not exist.
        folder: PathBuf,
    },
    /// `path` is a folder.
    IsDirectory {
        /// The path as given.
        path: PathBuf,
    },
    /// The operating system refused (permission) or failed.
    Io {
        /// The path as given.
        path: PathBuf,
        /// The complaint of the operating system.
        source: io::Error,
    },
    /// The file has more bytes than one of its kind may have.
    TooBig {
        /// The path as given.
        path: PathBuf,
        /// How many bytes it may have.
        limit: u64,
    },
    /// The content is not UTF-8 text.
    NotText {
        /// The path as given.
        path: PathBuf,
        /// What it is instead.
        found: Foreign,
    },
}

/// Reads the whole of the scenario or other small file `path` as UTF-8 text, without a byte-order mark.
///
/// # Errors
/// [`ReadError`], whose variants state their conditions; the file may have [`MAX_BYTES`].
pub fn read_text(path: &Path) -> Result<String, ReadError> {
    read_up_to(path, MAX_BYTES)
}

/// As [`read_text`], for a result document of up to [`MAX_RESULT_BYTES`].
///
/// # Errors
/// [`ReadError`], whose variants state their conditions.
pub fn read_result(path: &Path) -> Result<String, ReadError> {
    read_up_to(path, MAX_RESULT_BYTES)
}

/// At most `limit` + 1 bytes are ever read, also of things without a size, such as pipes and devices.
fn read_up_to(path: &Path, limit: u64) -> Result<String, ReadError> {
    let bytes = read_bytes(path, limit)?;
    decode(bytes).map_err(|found| ReadError::NotText { path: path.into(), found })
}

/// The bytes of the file `path`, of which there may be `limit`.
///
/// # Errors
/// [`ReadError`], whose variants state their conditions; never [`ReadError::NotText`].
pub fn read_bytes(path: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
    let io_error = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound => not_found(path),
        io::ErrorKind::IsADirectory => ReadError::IsDirectory { path: path.into() },
        _ => ReadError::Io { path: path.into(), source },
    };
    // Asked before opening: some systems report a folder as "permission denied".
    let metadata = fs::metadata(path).map_err(io_error)?;
    if metadata.is_dir() {
        return Err(ReadError::IsDirectory { path: path.into() });
    }
    let mut bytes = Vec::new();
    if metadata.len() <= limit {
        let file = File::open(path).map_err(io_error)?;
        file.take(limit + 1).read_to_end(&mut bytes).map_err(io_error)?;
    }
    if metadata.len() > limit || bytes.len() as u64 > limit {
        return Err(ReadError::TooBig { path: path.into(), limit });
    }
    Ok(bytes)
}

/// The fault for a path where nothing is, with the help its surroundings offer.
fn not_found(path: &Path) -> ReadError {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if folder.is_some_and(|folder| !folder.exists()) {
        let missing =
            path.ancestors().skip(1).take_while(|part| !part.as_os_str().is_empty() && !part.exists());
        let folder = missing.last().unwrap_or(path).into();
        return ReadError::NoFolder { path: path.into(), folder };
    }
    let suggestion = neighbour(folder.unwrap_or(Path::new(".")), path).map(|name| path.with_file_name(name));
    ReadError::NotFound { path: path.into(), suggestion }
}

/// The name in `folder` that `path` probably meant: the same with an extension, or else the nearest.
fn neighbour(folder: &Path, path: &Path) -> Option<String> {
    let wanted = path.file_name()?.to_str()?;
    let entries = fs::read_dir(folder).ok()?.flatten().take(MAX_NAMES);
    let files = entries.filter(|entry| entry.path().is_file());
    let mut names: Vec<String> = files.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    let extended = names.iter().find(|name| Path::new(name).file_stem().is_some_and(|stem| stem == wanted));
    // an extension that many files share makes no two names alike
    let stem = |name: &str| Path::new(name).file_stem().and_then(|stem| stem.to_str()).map(str::to_owned);
    let near = || {
        let wanted = stem(wanted)?;
        let stems: Vec<(String, &String)> =
            names.iter().filter_map(|name| Some((stem(name)?, name))).collect();
        let found = nearest(&wanted, stems.iter().map(|(stem, _)| stem.as_str()))?;
        let kind = |name: &str| Path::new(name).extension() == path.extension();
        let mut same = stems.iter().filter(|(stem, _)| stem == found).map(|(_, name)| *name);
        let first = same.clone().next();
        same.find(|name| kind(name)).or(first).cloned()
    };
    extended.cloned().or_else(near)
}

impl ReadError {
    /// The message for the planner: what is wrong, and what to do.
    pub fn text(&self) -> Text {
        match self {
            Self::NotFound { path, suggestion } => {
                let path = shown_path(path);
                match suggestion.as_deref().map(shown_path) {
                    Some(near) => text!(
                        "找不到文件 {path}；是不是 {near}？",
                        "there is no file {path}; did you mean {near}?"
                    ),
                    None => text!(
                        "找不到文件 {path}；请检查文件名和所在文件夹",
                        "there is no file {path}; check its name and folder"
                    ),
                }
            }
            Self::NoFolder { path, folder } => {
                let (path, folder) = (shown_path(path), shown_path(folder));
                text!(
                    "找不到文件 {path}：文件夹 {folder} 不存在",
                    "there is no file {path}: the folder {folder} does not exist"
                )
            }
            Self::IsDirectory { path } => {
                let path = shown_path(path);
                text!("{path} 是文件夹；请写出其中的文件名", "{path} is a folder; name a file in it")
            }
            Self::Io { path, source } => {
                let (path, reason) = (shown_path(path), reason(source));
                let (zh, en) = (reason.zh, reason.en);
                text!("无法读取 {path}：{zh}", "cannot read {path}: {en}")
            }
            Self::TooBig { path, limit } => {
                let path = shown_path(path);
                let limit = limit / (1024 * 1024);
                text!(
                    "{path} 超过 {limit} MB，不像是情景文件或结果文件；请检查文件是否选对",
                    "{path} exceeds {limit} MB, too big for a scenario or result file; check that it is the right one"
                )
            }
            Self::NotText { path, found } => not_text(&shown_path(path), *found),
        }
    }

    /// The exit code: wrong content is the writer's matter, everything else is trouble with the file.
    pub fn exit(&self) -> Exit {
        match self {
            Self::TooBig { .. } | Self::NotText { .. } => Exit::BadInput,
            _ => Exit::FileTrouble,
        }
    }
}

/// What the content of a file is instead of UTF-8 text, and how to turn it into that.
fn not_text(path: &str, found: Foreign) -> Text {
    let convert = text!(
        "请改存为 UTF-8：用记事本打开，“文件 → 另存为”，“编码”选 UTF-8；用 WPS 则另存为“纯文本（*.txt）”，编码选 Unicode (UTF-8)，再把扩展名改回原样",
        "save it as UTF-8: in Notepad choose File → Save as → Encoding: UTF-8; in WPS save as plain text (*.txt) with \
         encoding Unicode (UTF-8), then restore the file's extension"
    );
    let (zh, en) = (convert.zh, convert.en);
    match found {
        Foreign::Utf16 => text!(
            "{path} 的编码是 UTF-16（记事本里叫“Unicode”），不是 UTF-8；{zh}",
            "{path} is encoded in UTF-16 (“Unicode” in Notepad), not UTF-8; {en}"
        ),
        Foreign::Gb18030 => text!(
            "{path} 的编码是 GBK/GB18030（记事本里叫“ANSI”），不是 UTF-8；{zh}",
            "{path} is encoded in GBK/GB18030 (“ANSI” in Notepad), not UTF-8; {en}"
        ),
        Foreign::Office => text!(
            "{path} 是 Excel、Word 或 WPS 文档，不是纯文本文件；{zh}",
            "{path} is an Excel, Word or WPS document, not a plain text file; {en}"
        ),
        Foreign::Damaged { line } => text!(
            "{path} 第 {line} 行含有不是 UTF-8 的字节，可能是从其他编码的文件粘贴而来；请重新输入这一行，并按 UTF-8 保存",
            "{path} has bytes on line {line} that are not UTF-8, perhaps pasted from a file in another encoding; type that \
             line anew and save as UTF-8"
        ),
        Foreign::Binary => text!(
            "{path} 不是文本文件；请检查文件是否选对",
            "{path} is not a text file; check that it is the right one"
        ),
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text().en)
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::scratch::Scratch;
    use super::*;

    #[test]
    fn text_comes_back_without_its_mark() {
        let scratch = Scratch::new();
        let file = scratch.path().join("a.toml");
        fs::write(&file, "\u{FEFF}name = \"湖北\"").unwrap();
        assert_eq!(read_text(&file).unwrap(), "name = \"湖北\"");
    }

    #[test]
    fn a_missing_file_names_its_nearest_neighbour() {
        let scratch = Scratch::new();
        for name in ["hubei-2027.toml", "anhui-2030.toml", "notes.md"] {
            fs::write(scratch.path().join(name), "").unwrap();
        }
        for (typed, meant) in [
            ("hubei-2072.toml", Some("hubei-2027.toml")),
            ("anhui-2030", Some("anhui-2030.toml")),
            ("sichuan.csv", None),
            ("没有.toml", None),
            ("hubei-2027.tml", Some("hubei-2027.toml")),
        ] {
            let error = read_text(&scratch.path().join(typed)).unwrap_err();
            assert_eq!(error.exit(), Exit::FileTrouble);
            let ReadError::NotFound { suggestion, .. } = error else { panic!("{error:?}") };
            assert_eq!(suggestion, meant.map(|name| scratch.path().join(name)), "{typed}");
        }
    }

    #[test]
    fn a_missing_folder_is_named() {
        let scratch = Scratch::new();
        let error = read_text(&scratch.path().join("a/b/c.toml")).unwrap_err();
        let ReadError::NoFolder { folder, .. } = error else { panic!("{error:?}") };
        assert_eq!(folder, scratch.path().join("a"));
        assert!(matches!(read_text(Path::new("")).unwrap_err(), ReadError::NotFound { .. }));
    }

    #[test]
    fn a_folder_is_not_a_file() {
        let scratch = Scratch::new();
        let error = read_text(scratch.path()).unwrap_err();
        assert!(matches!(error, ReadError::IsDirectory { .. }), "{error:?}");
        assert_eq!(error.exit(), Exit::FileTrouble);
    }

    #[test]
    fn a_file_below_a_file_is_file_trouble() {
        let scratch = Scratch::new();
        let file = scratch.path().join("a.toml");
        fs::write(&file, "").unwrap();
        let error = read_text(&file.join("b.toml")).unwrap_err();
        assert_eq!(error.exit(), Exit::FileTrouble);
        assert!(matches!(error, ReadError::Io { .. }), "{error:?}");
    }

    #[test]
    fn the_size_limit_is_exact_and_nothing_is_read_beyond_it() {
        let scratch = Scratch::new();
        let file = scratch.path().join("big.toml");
        fs::write(&file, vec![b' '; MAX_BYTES as usize]).unwrap();
        assert!(read_text(&file).is_ok());
        // Sparse: a file of 1 TiB would not fit into the memory if it were read.
        File::options().write(true).open(&file).unwrap().set_len(1 << 40).unwrap();
        let error = read_text(&file).unwrap_err();
        assert!(matches!(error, ReadError::TooBig { .. }), "{error:?}");
        assert_eq!(error.exit(), Exit::BadInput);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn an_endless_device_is_too_big() {
        assert!(matches!(read_text(Path::new("/dev/zero")).unwrap_err(), ReadError::TooBig { .. }));
    }

    #[test]
    fn a_gbk_file_is_bad_input_and_says_how_to_convert() {
        let scratch = Scratch::new();
        let file = scratch.path().join("gbk.toml");
        fs::write(&file, encoding_rs::GBK.encode("name = \"湖北省\"").0).unwrap();
        let error = read_text(&file).unwrap_err();
        assert_eq!(error.exit(), Exit::BadInput);
        let text = error.text();
        for (message, words) in [(text.zh, ["GBK", "记事本", "WPS"]), (text.en, ["GBK", "Notepad", "WPS"])]
        {
            assert!(words.iter().all(|word| message.contains(word)), "{message}");
        }
    }
}
