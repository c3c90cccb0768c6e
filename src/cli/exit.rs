//! The exit codes of the program and what each of them promises to a calling script.

use std::process::ExitCode;

/// How the program ended. The numbers are part of the interface: scripts depend on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "the exit code has to reach the operating system"]
#[repr(u8)]
pub enum Exit {
    /// Everything asked for was done; also when the reader of the output closed its pipe early.
    Done = 0,
    /// The check asked for ran to its end and failed: `verify` found other results than the recorded ones, or
    /// `coverage` found something forgotten.
    Differs = 1,
    /// The command line or the content of a file is wrong; the user has to change what was written.
    BadInput = 2,
    /// A file or folder cannot be read or written; what was written in them is not at fault.
    FileTrouble = 3,
    /// Ended by Ctrl-C: 128 + SIGINT, as shells count.
    Interrupted = 130,
}

impl Exit {
    /// The number handed to the operating system.
    pub const fn code(self) -> u8 {
        self as u8
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

#[cfg(test)]
mod tests {
    use super::Exit;

    #[test]
    fn codes_are_those_scripts_rely_on() {
        let codes = [Exit::Done, Exit::Differs, Exit::BadInput, Exit::FileTrouble, Exit::Interrupted];
        assert_eq!(codes.map(Exit::code), [0, 1, 2, 3, 130]);
    }
}
