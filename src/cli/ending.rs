//! How a command ends early: its exit code and its last words.

use super::exit::Exit;
use super::files::{ReadError, WriteError};
use super::terminal::OutputError;
use crate::text;
use crate::text::Text;

/// An end before everything asked for was done.
#[derive(Debug)]
pub struct Ending {
    /// What the calling script is told.
    pub exit: Exit,
    /// What the user is told on stderr; nothing if everything has been said, or if nobody listens any more.
    pub message: Option<Text>,
}

impl Ending {
    /// An end whose reasons have been printed already.
    pub fn told(exit: Exit) -> Self {
        Self { exit, message: None }
    }

    /// An end because what the user wrote is wrong.
    pub fn bad_input(fault: &Text) -> Self {
        Self::error(Exit::BadInput, fault)
    }

    /// An end because of Ctrl-C.
    pub fn interrupted() -> Self {
        let message = text!("已中断，没有写任何结果", "interrupted; no results were written");
        Self { exit: Exit::Interrupted, message: Some(message) }
    }

    /// An end with `exit` because of `fault`.
    pub fn error(exit: Exit, fault: &Text) -> Self {
        let (zh, en) = (&fault.zh, &fault.en);
        Self { exit, message: Some(text!("错误：{zh}", "error: {en}")) }
    }
}

impl From<OutputError> for Ending {
    fn from(error: OutputError) -> Self {
        match error.text() {
            Some(fault) => Self::error(error.exit(), &fault),
            None => Self::told(error.exit()),
        }
    }
}

impl From<ReadError> for Ending {
    fn from(error: ReadError) -> Self {
        Self::error(error.exit(), &error.text())
    }
}

impl From<WriteError> for Ending {
    fn from(error: WriteError) -> Self {
        Self::error(error.exit(), &error.text())
    }
}
