//! Single trials as CSV, for statistics programs.

use std::fmt::Write as _;

use crate::analysis::trials::Trials;

/// One row a trial, policy and world. The heads are the same in either language; numbers have every digit that tells them
/// apart.
pub fn write(trials: &Trials) -> String {
    let mut text = String::from("world,policy,trial");
    for column in &trials.columns {
        text.push(',');
        text.push_str(&quoted(column));
    }
    text.push_str("\r\n");
    for (world, policy, figures) in &trials.runs {
        let start = format!("{},{}", quoted(world), quoted(policy));
        for (trial, row) in figures.chunks_exact(trials.columns.len()).enumerate() {
            // writing into a string cannot fail
            let _ = write!(text, "{start},{trial}");
            for figure in row {
                let _ = write!(text, ",{figure}");
            }
            text.push_str("\r\n");
        }
    }
    text
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
