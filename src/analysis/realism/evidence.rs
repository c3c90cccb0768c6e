//! What is known from elsewhere: levels of other provinces, and past targets with their ends. Data of
//! `scenarios/evidence/`, embedded; nothing of it enters a simulation.

use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::DeserializeOwned;

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
    /// Not met in time, or out of reach by the last known figure.
    Missed,
    /// Not decided by the last known figure, which is earlier than the due year.
    Open,
    /// Not known.
    Unknown,
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
    pub status: Status,
    in_ratio: String,
    note_zh: String,
    note_en: String,
}

impl Precedent {
    /// Year of the last known figure.
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
