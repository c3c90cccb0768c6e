//! What a planner hands on, before it takes the form of a page, a workbook or a document: sentences, tables and charts
//! made from one set of results.

mod clusters;
mod data_csv;
mod data_table;
mod figure;
pub mod figures;
mod focus;
#[cfg(test)]
mod judged_tests;
mod method;
mod naming;
mod paragraph;
mod subtitle;
mod summary;
mod tables;
#[cfg(test)]
pub mod tests;
pub(super) mod wording;

pub use data_csv::Plain;
pub use data_table::{Cell, Column, DataTable, Format, Key};
pub use figure::Figure;
pub use focus::Focus;
pub use method::command;
pub use paragraph::{Paragraph, Topic};
pub use summary::FEW;
pub use tables::targets::{AboutTarget, other_reading, own_measures};

use crate::analysis::Results;
use crate::report::chart::ChartError;
use crate::report::readings_text;
use crate::text::Lang;

/// A briefing in one language.
#[derive(Clone, Debug, Default)]
pub struct Briefing {
    /// Language of everything in it.
    pub lang: Lang,
    /// Title of the scenario.
    pub title: String,
    /// What was simulated: scope, measure, years, world, trials.
    pub subtitle: String,
    /// The answer in plain words; the first paragraph is the headline.
    pub summary: Vec<Paragraph>,
    /// How far the answer can be trusted, one paragraph each: what its spread rests on, the outside view, what to keep in
    /// mind. No paper leaves any of it out.
    pub trust: Vec<String>,
    /// The same in fewer words, for a paper with little room.
    pub trust_in_brief: Vec<String>,
    /// What the headline is about.
    pub headline: Headline,
    /// The words for probabilities that the summary uses, with their bounds.
    pub scale: DataTable,
    /// Every target under the policy in focus.
    pub targets: DataTable,
    /// What is known of the rows of that table, one each.
    pub about_targets: Vec<AboutTarget>,
    /// All policies: probability of the main target, median, cost, change against the reference.
    pub policies: DataTable,
    /// Of many provinces, the first target of each under the policy in focus; without rows where there are few.
    pub provinces: DataTable,
    /// Charts in reading order.
    pub figures: Vec<Figure>,
    /// Some of the charts once more, drawn for a column of text; their identifiers are those of `figures`.
    pub column_figures: Vec<Figure>,
    /// The same for the screen of a telephone.
    pub phone_figures: Vec<Figure>,
    /// Charts that could not be drawn.
    pub failures: Vec<ChartError>,
    /// One for each cluster.
    pub clusters: Vec<ClusterPage>,
    /// Every instrument: class, channels, money, policies, what dropping it would change.
    pub instruments: DataTable,
    /// Every stated quantity with value, source and grade.
    pub assumptions: DataTable,
    /// What the reported worlds and policies change of them; without rows where they change nothing.
    pub changes: DataTable,
    /// Number of quantities and share of the variance by grade.
    pub evidence: DataTable,
    /// The documents and other sources that the figures cite.
    pub sources: DataTable,
    /// The outside view of every target.
    pub realism: DataTable,
    /// How it was computed, one paragraph each.
    pub method: Vec<String>,
    /// What the numbers are uncertain by: sampling, parameters, yearly shocks, what is not modelled.
    pub errors: DataTable,
    /// How to compute it again.
    pub reproduction: Vec<(String, String)>,
    /// The same in the other language, as far as a paper of few pages needs it: what it leaves out is the same in both.
    pub twin: Option<Box<Self>>,
}

/// The names of what a headline is about, as the tables write them; empty where there is none.
#[derive(Clone, Debug, Default)]
pub struct Headline {
    /// The policy.
    pub policy: String,
    /// The policy that the others are compared with.
    pub reference: String,
    /// The world.
    pub world: String,
    /// The target.
    pub target: String,
}

/// The page of one cluster.
#[derive(Clone, Debug)]
pub struct ClusterPage {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// What matters about it, one paragraph each.
    pub text: Vec<String>,
    /// Its projection by year.
    pub table: DataTable,
    /// Its fan chart.
    pub figure: Option<Figure>,
}

impl Briefing {
    /// All sentences in reading order: the answer, then how far it can be trusted.
    pub fn sentences(&self) -> impl Iterator<Item = &str> {
        self.summary
            .iter()
            .map(|paragraph| paragraph.text.as_str())
            .chain(self.trust.iter().map(String::as_str))
    }

    /// The briefing of `results` in `lang`.
    pub fn of(results: &Results, lang: Lang) -> Self {
        let Some(focus) = Focus::of(results) else { return Self { lang, ..Self::default() } };
        let (mut figures, mut failures) = (Vec::new(), Vec::new());
        for attempt in figures::all(results, &focus, lang) {
            match attempt {
                Ok(figure) => figures.push(figure),
                Err(error) => failures.push(error),
            }
        }
        let (clusters, undrawn) = clusters::pages(results, &focus, lang);
        failures.extend(undrawn);
        let mut phone_figures = figures::for_phone(results, &focus, lang);
        phone_figures.extend(clusters::for_phone(results, &focus, lang));
        let other = if lang == Lang::Zh { Lang::En } else { Lang::Zh };
        Self {
            trust: summary::trust(results, &focus, lang),
            scale: tables::scale::table(lang),
            figures,
            phone_figures,
            failures,
            clusters,
            instruments: tables::instruments::table(results, &focus.run.world.id, lang),
            assumptions: tables::assumptions::quantities(results, lang),
            changes: tables::assumptions::changes(results, lang),
            evidence: tables::assumptions::evidence(results, focus.run, lang),
            sources: tables::assumptions::sources(results, lang),
            realism: tables::realism::table(results, lang),
            method: method::paragraphs(results, lang),
            errors: tables::errors::table(results, &focus, lang),
            reproduction: method::reproduction(results, lang),
            twin: Some(Box::new(Self::words(results, &focus, other))),
            ..Self::words(results, &focus, lang)
        }
    }

    /// The sentences, tables and charts that a paper of few pages chooses from.
    fn words(results: &Results, focus: &Focus<'_>, lang: Lang) -> Self {
        Self {
            lang,
            title: results.scenario.title.get(lang).to_owned(),
            subtitle: subtitle::line(results, focus, lang),
            summary: summary::answer(results, focus, lang),
            trust_in_brief: summary::trust_in_brief(results, focus, lang),
            headline: Headline {
                policy: focus.run.policy.name.get(lang).to_owned(),
                reference: results.run.reference.name.get(lang).to_owned(),
                world: focus.run.world.name.get(lang).to_owned(),
                target: focus.target.map_or_else(String::new, |target| {
                    readings_text::plain_name(results, target).get(lang).to_owned()
                }),
            },
            targets: tables::targets::table(results, focus, lang),
            about_targets: tables::targets::about(results, focus),
            policies: tables::policies::table(results, focus, lang),
            provinces: tables::provinces::table(results, focus, lang),
            column_figures: figures::for_column(results, focus, lang),
            ..Self::default()
        }
    }
}
