//! Files: reading text of any encoding with a useful fault, and writing a set of files all or nothing.

mod create;
mod encoding;
mod output;
mod packed;
mod read;
mod workbook;

use std::io;
use std::path::Path;

pub use create::create_new;
pub use encoding::Foreign;
pub use output::{OutputSet, WriteError, discard_temporaries};
pub use read::{MAX_BYTES, MAX_RESULT_BYTES, ReadError, read_result, read_text};
pub use workbook::{LastBook, Table, read_table, sheets};

use super::nearest::shown;
use crate::text;
use crate::text::Text;

/// A path as it may safely be shown in a message.
pub(super) fn shown_path(path: &Path) -> String {
    shown(&path.to_string_lossy())
}

/// What the operating system complains about, in the planner's words; the number of an unknown complaint.
pub(super) fn reason(error: &io::Error) -> Text {
    match error.kind() {
        io::ErrorKind::NotFound => text!("文件或文件夹不存在", "the file or folder does not exist"),
        io::ErrorKind::PermissionDenied => text!(
            "没有权限，或文件正被其他程序（如 Excel、WPS）占用",
            "permission denied, or another program (Excel, WPS) has it open"
        ),
        io::ErrorKind::StorageFull => text!("磁盘已满", "the disk is full"),
        io::ErrorKind::QuotaExceeded => text!("磁盘配额已用完", "the disk quota is used up"),
        io::ErrorKind::ReadOnlyFilesystem => text!("磁盘是只读的", "the disk is read-only"),
        io::ErrorKind::NotADirectory => {
            text!("路径中有一段是文件，不是文件夹", "a part of the path is a file, not a folder")
        }
        io::ErrorKind::IsADirectory => text!("这是文件夹，不是文件", "this is a folder, not a file"),
        io::ErrorKind::InvalidFilename | io::ErrorKind::InvalidInput => {
            text!("路径太长或含有不允许的字符", "the path is too long or has characters that are not allowed")
        }
        io::ErrorKind::FileTooLarge => {
            text!("文件超过系统允许的大小", "the file exceeds the system's size limit")
        }
        io::ErrorKind::ResourceBusy => text!("文件正被占用", "the file is in use"),
        _ => match error.raw_os_error() {
            Some(code) => text!("操作系统错误 {code}", "operating system error {code}"),
            None => text!("读写中断", "reading or writing was cut short"),
        },
    }
}

#[cfg(test)]
pub(super) mod scratch {
    //! A folder for one test, removed at its end.

    use std::path::{Path, PathBuf};
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::{env, fs, process};

    /// A new empty folder; it goes away with the value.
    pub struct Scratch(PathBuf);

    impl Scratch {
        /// A folder that no other test of this or another process uses.
        pub fn new() -> Self {
            static NEXT: AtomicU32 = AtomicU32::new(0);
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let path = env::temp_dir().join(format!("clustercast-test-{}-{number}", process::id()));
            fs::create_dir(&path).unwrap();
            Self(path)
        }

        /// The folder.
        pub fn path(&self) -> &Path {
            &self.0
        }

        /// The names in the folder, sorted.
        pub fn names(&self) -> Vec<String> {
            let entries = fs::read_dir(&self.0).unwrap();
            let mut names: Vec<_> =
                entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
            names.sort();
            names
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }
}
