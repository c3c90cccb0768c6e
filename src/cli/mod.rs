//! The command line: the only layer with files, clock and terminal.

pub mod exit;
pub mod files;
pub mod interrupt;
pub mod lang;
pub mod nearest;
pub mod number;
pub mod progress;
pub mod terminal;
