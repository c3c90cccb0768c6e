//! The command line: the only layer with files, clock and terminal.

pub mod args;
pub mod command;
pub mod exit;
pub mod files;
pub mod help;
pub mod interrupt;
pub mod lang;
pub mod nearest;
pub mod number;
pub mod progress;
pub mod scan;
pub mod terminal;
pub mod values;
