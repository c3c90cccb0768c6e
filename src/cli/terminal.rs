//! The terminal: output that survives a closed pipe, the width of tables, and messages on stderr.

use std::env;
use std::fmt;
use std::io::{self, BufWriter, IsTerminal, Stdout, Write};

use super::exit::Exit;
use super::files::reason;
use crate::text;
use crate::text::Text;

/// The width assumed when there is no terminal, in columns.
pub const DEFAULT_WIDTH: u16 = 100;

/// The widths believed; outside of them no table is legible or the value is a mistake.
const WIDTHS: std::ops::RangeInclusive<u16> = 20..=1000;

/// Buffered standard output that reports failure instead of panicking, as `println!` would.
#[derive(Debug)]
pub struct Output<W: Write> {
    writer: W,
}

/// Why standard output did not take everything.
#[derive(Debug)]
pub enum OutputError {
    /// The reader has closed the pipe (`| head`): it has all it wants, so this is a normal, silent end.
    Closed,
    /// Anything else, such as a full disk behind `> file`.
    Failed(io::Error),
}

impl Output<BufWriter<Stdout>> {
    /// The standard output of the process.
    pub fn stdout() -> Self {
        Self::new(BufWriter::new(io::stdout()))
    }
}

impl<W: Write> Output<W> {
    /// Output into `writer`.
    pub fn new(writer: W) -> Self {
        Self { writer }
    }

    /// Writes `text` as it is, without adding a line end.
    ///
    /// # Errors
    /// [`OutputError`]; because of the buffer it may concern an earlier text.
    pub fn print(&mut self, text: &str) -> Result<(), OutputError> {
        self.writer.write_all(text.as_bytes()).map_err(OutputError::from)
    }

    /// Hands on what is still in the buffer. To be called at the end, else a failure there would go unnoticed.
    ///
    /// # Errors
    /// [`OutputError`], as for [`print`](Self::print).
    pub fn finish(mut self) -> Result<(), OutputError> {
        self.writer.flush().map_err(OutputError::from)
    }
}

impl From<io::Error> for OutputError {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe { Self::Closed } else { Self::Failed(error) }
    }
}

impl OutputError {
    /// The message for the planner; none for a closed pipe.
    pub fn text(&self) -> Option<Text> {
        match self {
            Self::Closed => None,
            Self::Failed(error) => {
                let Text { zh, en } = reason(error);
                Some(text!("无法写到标准输出：{zh}", "cannot write to standard output: {en}"))
            }
        }
    }

    /// The exit code: [`Exit::Done`] for a closed pipe, else [`Exit::FileTrouble`].
    pub fn exit(&self) -> Exit {
        match self {
            Self::Closed => Exit::Done,
            Self::Failed(_) => Exit::FileTrouble,
        }
    }
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            self.text().map_or("standard output was closed by its reader".into(), |text| text.en).as_str(),
        )
    }
}

impl std::error::Error for OutputError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Closed => None,
            Self::Failed(error) => Some(error),
        }
    }
}

/// Writes one message and a line end to stderr. When even that is closed, nobody is left to be told.
pub fn note(message: &str) {
    let _ = writeln!(io::stderr().lock(), "{message}");
}

/// Whether progress may be shown on stderr, as [`Progress::new`](super::progress::Progress::new) expects it.
pub fn stderr_is_terminal() -> bool {
    io::stderr().is_terminal()
}

/// The width for tables on standard output, in columns: `COLUMNS` if it is a sensible number, else that of the
/// terminal, else [`DEFAULT_WIDTH`].
pub fn width() -> u16 {
    let stdout = console::Term::stdout();
    let terminal = stdout.size_checked().map(|(_rows, columns)| columns);
    width_from(env::var("COLUMNS").ok().as_deref(), terminal)
}

fn width_from(columns: Option<&str>, terminal: Option<u16>) -> u16 {
    let asked = columns.and_then(|columns| columns.trim().parse().ok());
    [asked, terminal].into_iter().flatten().find(|width| WIDTHS.contains(width)).unwrap_or(DEFAULT_WIDTH)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A writer that always fails in the same way.
    struct Broken(io::ErrorKind);

    impl Write for Broken {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Err(self.0.into())
        }
    }

    #[test]
    fn a_closed_pipe_is_a_silent_success() {
        let error = Output::new(Broken(io::ErrorKind::BrokenPipe)).print("x").unwrap_err();
        assert_eq!(error.exit(), Exit::Done);
        assert_eq!(error.text(), None);
    }

    #[test]
    fn a_full_disk_is_file_trouble_even_when_only_the_last_flush_sees_it() {
        let mut output = Output::new(BufWriter::new(Broken(io::ErrorKind::StorageFull)));
        output.print("x").unwrap();
        let error = output.finish().unwrap_err();
        assert_eq!(error.exit(), Exit::FileTrouble);
        assert!(error.text().unwrap().zh.contains("磁盘已满"));
    }

    #[test]
    fn text_arrives_as_it_is() {
        let mut bytes = Vec::new();
        let mut output = Output::new(&mut bytes);
        output.print("湖北\n").unwrap();
        output.print("2027").unwrap();
        output.finish().unwrap();
        assert_eq!(bytes, "湖北\n2027".as_bytes());
    }

    #[test]
    fn columns_come_before_the_terminal_and_nonsense_is_ignored() {
        assert_eq!(width_from(Some("80"), Some(120)), 80);
        for nonsense in ["", "0", "-3", "wide", "1e9", "99999999999999999999"] {
            assert_eq!(width_from(Some(nonsense), Some(120)), 120, "{nonsense}");
            assert_eq!(width_from(Some(nonsense), None), DEFAULT_WIDTH, "{nonsense}");
        }
        assert_eq!(width_from(None, Some(0)), DEFAULT_WIDTH);
    }
}
