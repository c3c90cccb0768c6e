//! What is known from elsewhere: levels of other provinces, and past targets with their ends. Data of
//! `scenarios/evidence/`, embedded; nothing of it enters a simulation.

use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::outside::Ending;
use crate::text::Text;

const PEERS: &str = include_str!("../../../scenarios/evidence/peers.csv");
const PRECEDENTS: &str = include_str!("../../../scenarios/evidence/precedents.csv");

/// A past level of a province. Rows of one `series` are in one definition and may be divided by each other.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct PeerLevel {
    pub series: String,
    pub place: String,
    place_zh: String,
    place_en: String,
    measure_zh: String,
    measure_en: String,
    pub year: i32,
    /// 亿元.
    pub value: f64,
    note_zh: String,
    note_en: String,
}

impl PeerLevel {
    pub fn place_name(&self) -> Text {
        Text::new(&self.place_zh, &self.place_en)
    }

    pub fn measure(&self) -> Text {
        Text::new(&self.measure_zh, &self.measure_en)
    }

    pub fn note(&self) -> Text {
        Text::new(&self.note_zh, &self.note_en)
    }
}

/// What a past target was about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    /// A level in money.
    Size,
    /// Yearly growth.
    Growth,
    /// A number of things.
    Count,
    /// A ratio.
    Ratio,
}

/// How a past target ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Status {
    /// Met in time, or very probably so.
    Met,
    /// Not met in time, or out of reach by a figure of the year before.
    Missed,
    /// Not decided by the last known figure, which is earlier than the due year or of no stated period.
    Open,
    /// Not known.
    Unknown,
}

/// What the year beside an outcome is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum YearIs {
    /// That of the figure.
    Figure,
    /// That of its publication; the period of the figure is not stated.
    Published,
}

/// A past target of an industry.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Precedent {
    pub place: String,
    pub kind: Kind,
    pub due: i32,
    name_zh: String,
    name_en: String,
    target: Option<f64>,
    outcome: Option<f64>,
    outcome_year: Option<i32>,
    year_is: Option<YearIs>,
    pub status: Status,
    in_ratio: String,
    note_zh: String,
    note_en: String,
}

impl Precedent {
    /// The target with its last known figure; `None` where none is known.
    pub fn ending(&self) -> Option<Ending> {
        let (figure, year) = (self.outcome?, self.outcome_year?);
        let figure_year = (self.year_is == Some(YearIs::Figure)).then_some(year);
        Some(Ending {
            name: Text::new(&self.name_zh, &self.name_en),
            target: self.target?,
            due: self.due,
            outcome: figure,
            outcome_year: figure_year,
            known_in: year,
            decided: matches!(self.status, Status::Met | Status::Missed),
            met: self.status == Status::Met,
            early: figure_year.is_none_or(|year| year < self.due),
            in_ratio: self.ratio().is_some(),
            note: Text::new(&self.note_zh, &self.note_en),
        })
    }

    /// Year in which the last known figure could be known: its own, or that of its publication.
    pub fn known_in(&self) -> Option<i32> {
        self.outcome_year
    }

    /// What it was, with the remark on its end.
    pub fn in_words(&self) -> Text {
        Text::new(
            format!("{}（{}）", self.name_zh, self.note_zh),
            format!("{} ({})", self.name_en, self.note_en),
        )
    }

    /// Last known outcome over target, for rows where the two can be compared.
    pub fn ratio(&self) -> Option<f64> {
        (self.in_ratio == "yes").then_some(())?;
        Some(self.outcome? / self.target?)
    }
}

/// Levels of other provinces, series by series, in the order of years.
pub(super) fn peers() -> &'static [PeerLevel] {
    static ROWS: LazyLock<Vec<PeerLevel>> = LazyLock::new(|| rows(PEERS));
    &ROWS
}

/// Past targets.
pub(super) fn precedents() -> &'static [Precedent] {
    static ROWS: LazyLock<Vec<Precedent>> = LazyLock::new(|| rows(PRECEDENTS));
    &ROWS
}

fn rows<T: DeserializeOwned>(table: &str) -> Vec<T> {
    let rows = csv::Reader::from_reader(table.as_bytes()).into_deserialize();
    rows.collect::<Result<_, _>>().expect("a test reads the embedded tables")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_complete_and_in_order() {
        let levels = peers();
        assert!(levels.len() >= 10 && levels.iter().all(|row| row.value > 0.0));
        for pair in levels.windows(2).filter(|pair| pair[0].series == pair[1].series) {
            assert!(pair[0].year < pair[1].year && pair[0].measure() == pair[1].measure(), "{pair:?}");
        }
        let both = |text: &str| text.lines().skip(1).all(|line| !line.is_ascii());
        assert!(both(PEERS) && both(PRECEDENTS), "every row is in both languages");
        for row in precedents() {
            let decided = matches!(row.status, Status::Met | Status::Missed);
            assert!(row.ratio().is_none() || row.kind == Kind::Size, "{row:?}");
            assert!(!decided || row.outcome.is_some() || row.kind == Kind::Growth, "{row:?}");
            assert_eq!(row.outcome_year.is_some(), row.year_is.is_some(), "{row:?}");
        }
    }

    /// Hypothesis: no target for size counts as ended by a figure of no stated period, or by one from more than a year before.
    #[test]
    fn figures_that_are_too_early_decide_nothing() {
        let sizes = || precedents().iter().filter(|row| row.kind == Kind::Size);
        for row in sizes().filter(|row| matches!(row.status, Status::Met | Status::Missed)) {
            let year = row.outcome_year.unwrap();
            assert!(row.year_is == Some(YearIs::Figure) && year >= row.due - 1, "{row:?}");
            // within a year no industry has more than doubled
            assert!(year >= row.due || row.ratio().unwrap() < 0.5, "{row:?}");
        }
        for open in ["湖北2200亿元", "蕲艾300亿元"] {
            assert!(sizes().any(|row| row.name_zh == open && row.status == Status::Open), "{open}");
        }
    }

    #[test]
    fn the_seven_ratios_of_the_record_are_held() {
        let mut ratios: Vec<f64> = precedents().iter().filter_map(Precedent::ratio).collect();
        ratios.sort_by(f64::total_cmp);
        let rounded: Vec<f64> = ratios.iter().map(|r| (r * 100.0).round() / 100.0).collect();
        assert_eq!(rounded, [0.45, 0.5, 0.53, 0.57, 0.7, 0.73, 0.8]);
    }
}
