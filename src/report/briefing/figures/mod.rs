//! The charts of a briefing, one file a kind: each picks its figures from the results and has them drawn.

mod clusters;
mod contributions;
mod convergence;
mod cost;
mod density;
mod fan;
mod first_year;
mod foot;
mod instruments;
mod joint;
mod pages;
pub mod paths;
pub mod policies;
mod probability;
mod provinces;
mod targets;
mod variance;

use super::{Figure, Focus};
use crate::analysis::Results;
use crate::report::chart::ChartError;
use crate::report::chart::form::Form;
use crate::text::Lang;

pub use fan::cluster;

/// A chart, or why it could not be drawn; `None` if the results hold nothing for it.
pub type Attempt = Option<Result<Figure, ChartError>>;

/// All charts of `results` in reading order.
pub fn all(results: &Results, focus: &Focus<'_>, lang: Lang) -> Vec<Result<Figure, ChartError>> {
    let attempts: Vec<Vec<Attempt>> = vec![
        vec![fan::figure(results, focus, Form::Screen, lang)],
        vec![probability::figure(results, focus, Form::Screen, lang)],
        policies::figures(results, lang),
        provinces::figures(results, focus, lang),
        vec![first_year::figure(results, focus, lang)],
        vec![density::figure(results, focus, lang)],
        clusters::figures(results, focus, lang),
        targets::figures(results, focus, lang),
        vec![joint::figure(results, focus, lang)],
        vec![contributions::figure(results, focus, Form::Screen, lang)],
        contributions::by_policy(results, focus, lang),
        instruments::figures(results, focus, lang),
        vec![cost::figure(results, focus, lang)],
        vec![variance::figure(results, focus, lang)],
        vec![convergence::figure(results, focus, lang)],
    ];
    attempts.into_iter().flatten().flatten().collect()
}

/// The charts that documents show, drawn for a column of text; one that cannot be drawn is among the failures of [`all`].
pub fn for_column(results: &Results, focus: &Focus<'_>, lang: Lang) -> Vec<Figure> {
    main_ones(results, focus, [Form::Strip, Form::Column], lang)
}

/// The main charts, drawn for the screen of a telephone; one that cannot be drawn is among the failures of [`all`].
pub fn for_phone(results: &Results, focus: &Focus<'_>, lang: Lang) -> Vec<Figure> {
    main_ones(results, focus, [Form::Phone, Form::Phone], lang)
}

/// The main charts in these forms: that of the fan and that of the others.
fn main_ones(results: &Results, focus: &Focus<'_>, [fan, other]: [Form; 2], lang: Lang) -> Vec<Figure> {
    let attempts = [
        fan::figure(results, focus, fan, lang),
        probability::figure(results, focus, other, lang),
        contributions::figure(results, focus, other, lang),
    ];
    attempts.into_iter().flatten().filter_map(Result::ok).collect()
}

/// `id` as part of a figure's identifier: lower-case letters, digits and hyphens stand for themselves, everything else for
/// its code between two hyphens, so that different identifiers stay different.
pub fn slug(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    for c in id.chars() {
        match c {
            'a'..='z' | '0'..='9' => out.push(c),
            '-' => out.push_str("--"),
            _ => out.push_str(&format!("-{:x}-", u32::from(c))),
        }
    }
    out
}
