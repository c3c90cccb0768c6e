//! Watches a simulation for the user: progress on stderr, and an end when Ctrl-C is pressed.

use std::sync::atomic::{AtomicU64, Ordering};

use super::interrupt::Interrupt;
use super::progress::Progress;
use crate::engine::Observer;
use crate::text::Lang;

/// The observer of a run that a user waits for.
#[derive(Debug)]
pub struct Watch {
    progress: Progress,
    counted: AtomicU64,
    interrupt: Interrupt,
}

impl Watch {
    /// Watches a run of `trials` trials; without progress if `quiet`.
    pub fn new(trials: u64, lang: Lang, quiet: bool) -> Self {
        let progress = Progress::new(trials, lang, quiet);
        Self { progress, counted: AtomicU64::new(0), interrupt: Interrupt::install() }
    }

    /// Whether the user has asked for the end.
    pub fn interrupted(&self) -> bool {
        self.interrupt.requested()
    }
}

impl Observer for Watch {
    fn progress(&self, trials_done: u64) {
        // Threads report in any order; only what is new counts.
        let before = self.counted.fetch_max(trials_done, Ordering::Relaxed);
        self.progress.advance(trials_done.saturating_sub(before));
    }

    fn expects(&self, trials: u64) {
        self.progress.expect(trials);
    }

    fn cancelled(&self) -> bool {
        self.interrupt.requested()
    }
}
