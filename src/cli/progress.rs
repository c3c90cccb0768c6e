//! Progress of a long run on stderr.

use std::sync::Once;
use std::time::Duration;

use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::terminal::stderr_is_terminal;
use crate::text;
use crate::text::Lang;

/// Runs shorter than this show no progress: a bar that flashes up tells nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// A progress bar that appears when a run has lasted a second, and leaves nothing behind on the terminal.
///
/// It may be advanced from several threads at once. Nothing is shown if stderr is not a terminal or the user asked
/// for quiet, so that log files stay clean.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    allowed: bool,
    shown: Once,
}

impl Progress {
    /// Progress of `total` trials, with words in `lang`; never shown if `quiet`.
    pub fn new(total: u64, lang: Lang, quiet: bool) -> Self {
        let bar =
            ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden()).with_style(style(lang));
        Self { bar, allowed: stderr_is_terminal() && !quiet, shown: Once::new() }
    }

    /// Counts `trials` more as done. Meant to be called once a block; drawing is limited to a few times a second.
    pub fn advance(&self, trials: u64) {
        if self.allowed && self.bar.elapsed() >= PATIENCE {
            self.shown.call_once(|| self.bar.set_draw_target(ProgressDrawTarget::stderr()));
        }
        self.bar.inc(trials);
    }

    /// There will be so many trials in all.
    pub fn expect(&self, trials: u64) {
        self.bar.set_length(trials);
    }

    /// Removes the bar from the terminal; also done on drop, so that an error message starts on a clean line.
    pub fn finish(self) {}
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// One line: what runs, a bar, the share done, trials done of all, time left.
fn style(lang: Lang) -> ProgressStyle {
    let template = text!(
        "模拟中 {{bar:30}} {{percent:>3}}%  {{done}} 次  {{left}}",
        "simulating {{bar:30}} {{percent:>3}}%  {{done}} trials  {{left}}"
    );
    ProgressStyle::default_bar()
        .template(template.get(lang))
        .expect("the templates are constants, and a test reads both")
        .with_key("done", |state: &ProgressState, out: &mut dyn std::fmt::Write| {
            // A line that cannot be formatted is drawn incomplete; the run itself must not care.
            let _ = write!(out, "{} / {}", HumanCount(state.pos()), HumanCount(state.len().unwrap_or(0)));
        })
        .with_key("left", move |state: &ProgressState, out: &mut dyn std::fmt::Write| {
            let _ = out.write_str(&time_left(state.eta(), lang));
        })
}

/// The remaining time in words, rounded up to a second, or to a minute from two minutes on.
fn time_left(eta: Duration, lang: Lang) -> String {
    let seconds = eta.as_secs() + u64::from(eta.subsec_nanos() > 0);
    let text = if seconds < 120 {
        text!("还需约 {seconds} 秒", "about {seconds} s left")
    } else {
        let minutes = seconds.div_ceil(60);
        text!("还需约 {minutes} 分钟", "about {minutes} min left")
    };
    text.get(lang).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_is_rounded_up_and_bilingual() {
        assert_eq!(time_left(Duration::from_millis(1500), Lang::Zh), "还需约 2 秒");
        assert_eq!(time_left(Duration::from_secs(119), Lang::En), "about 119 s left");
        assert_eq!(time_left(Duration::from_secs(121), Lang::Zh), "还需约 3 分钟");
    }

    #[test]
    fn quiet_is_never_shown_and_trials_are_counted() {
        for lang in [Lang::Zh, Lang::En] {
            let progress = Progress::new(1000, lang, true);
            assert!(!progress.allowed);
            progress.advance(256);
            progress.advance(44);
            assert_eq!(progress.bar.position(), 300);
            assert!(progress.bar.is_hidden());
            progress.finish();
        }
    }
}
