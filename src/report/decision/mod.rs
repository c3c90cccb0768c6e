//! What a planner gets to see of a decision analysis: sentences, tables and charts, in one language.

mod compare;
mod decompose;
mod discover;
mod drivers;
mod frame;
mod optimise;
mod solve;
mod stress;

pub use compare::compare;
pub use decompose::decompose;
pub use discover::discover;
pub use drivers::drivers;
pub use optimise::optimise;
pub use solve::solve;
pub use stress::stress;

use super::briefing::{DataTable, Figure};
use super::chart::ChartError;
use super::number;
use super::table::wrapped;
use crate::analysis::decision::Answer;
use crate::text;
use crate::text::{Lang, nested};

/// One answer, ready for the terminal and for files.
#[derive(Clone, Debug, Default)]
pub struct Paper {
    /// Language of everything in it.
    pub lang: Lang,
    /// The answer in plain words, one paragraph each.
    pub summary: Vec<String>,
    /// Tables in reading order.
    pub tables: Vec<DataTable>,
    /// Charts in reading order.
    pub figures: Vec<Figure>,
    /// Charts that could not be drawn.
    pub failures: Vec<ChartError>,
    /// How it was computed and what it does not say, one paragraph each.
    pub method: Vec<String>,
}

impl Paper {
    /// Adds a chart, or the reason why there is none; a chart without anything to show is left out.
    pub(super) fn draw(&mut self, figure: Option<Result<Figure, ChartError>>) {
        match figure {
            Some(Ok(figure)) => self.figures.push(figure),
            Some(Err(error)) => self.failures.push(error),
            None => {}
        }
    }

    /// Says which instruments were left out because they cannot move the target, whose money is therefore in no sum (in a
    /// comparison: in no price).
    pub fn name_uncounted<T>(&mut self, answer: &Answer<T>) {
        if answer.uncounted.is_empty() {
            return;
        }
        let names: Vec<&str> = answer.uncounted.iter().map(|left| left.name.get(self.lang)).collect();
        let (zh, en) = (names.join("”、“"), names.join("”, “"));
        let note = match answer.analysis() {
            "compare" => text!(
                "以下政策工具的作用到不了这个目标：“{zh}”。各方案的财政支出、谁比谁差和按支出定的首选都计入它们的资金，每百分点等代价则不计入。",
                "These instruments have no channel to the target: “{en}”. Their money is part of what policies cost, of dominance and of choices by \
                 cost, but of no price."
            ),
            _ => text!(
                "以下政策工具的作用到不了这个目标，保持原样，资金不计入以上各数：“{zh}”。",
                "These instruments have no channel to the target; they stay as they are, and their money is in none of the figures: “{en}”."
            ),
        };
        self.method.push(note.get(self.lang).to_owned());
    }

    /// Says on which draws it rests: results of others differ within the error.
    pub fn name_draws<T>(&mut self, answer: &Answer<T>) {
        let (trials, seed) = (number::decimal(answer.trials as f64, 0), answer.seed);
        let note = text!(
            "以上每种设定模拟{trials}次，种子{seed}；次数或种子不同的结果（例如报告里的可能性）与这里的出入属于误差之内。",
            "Every setting has {trials} trials with seed {seed}; results of other numbers or seeds (a report's, for example) differ within the error."
        );
        self.method.push(note.get(self.lang).to_owned());
    }

    /// Makes quotation marks inside of others single ones, wherever sentences hold names.
    pub fn nest_quotes(&mut self) {
        let of_tables = self.tables.iter_mut().flat_map(|table| {
            let heads = table.columns.iter_mut().map(|column| &mut column.head);
            [&mut table.title].into_iter().chain(heads).chain(&mut table.notes)
        });
        let texts = self.summary.iter_mut().chain(&mut self.method).chain(of_tables);
        texts.for_each(|text| *text = nested(std::mem::take(text)));
    }

    /// Everything but the charts, laid out for `width` columns; ends with a line break.
    pub fn terminal(&self, width: u16) -> String {
        let lines = |paragraphs: &[String]| -> String {
            paragraphs.iter().flat_map(|text| wrapped(text, width)).map(|line| line + "\n").collect()
        };
        let mut parts = vec![lines(&self.summary)];
        parts.extend(self.tables.iter().map(|table| table.to_text(self.lang).to_terminal(width)));
        parts.push(lines(&self.method));
        parts.retain(|part| !part.is_empty());
        parts.join("\n")
    }
}
