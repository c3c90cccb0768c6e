//! What a target or a known outcome is about: revenue, or one of the things that are counted.

use super::reader::Reader;
use super::*;
use crate::diag::{Diagnostic, codes};
use crate::scenario::View;
use crate::text;
use crate::text::Lang;
use crate::units::{UnitKind, show, show_grouped};

/// Keys of which a target or outcome writes at most one; without any it is about revenue.
const SUBJECTS: [&str; 6] = ["firms", "products", "approvals", "arrivals", "indicator", "index"];

/// What is judged.
#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    /// Revenue of the scope in a measure.
    Revenue,
    /// Firms of the scope at or above a yearly revenue.
    Firms {
        /// The revenue, 亿元.
        above: f64,
        /// Whether firms outside the primary measure count as well.
        outside: bool,
        /// Industries whose firms count; empty means all.
        industries: Vec<usize>,
        /// Ids of named firms that do not count.
        except: Vec<String>,
    },
    /// Products of the scope at or above yearly sales.
    Products {
        /// The sales, 亿元.
        above: f64,
        /// Industries whose products count; empty means all.
        industries: Vec<usize>,
    },
    /// Approvals from a year on, cumulated.
    Approvals {
        /// Pipelines in the order of the file; never empty.
        pipelines: Vec<usize>,
        /// First counted year.
        since: i32,
    },
    /// Arrivals of outside firms from a year on, cumulated.
    Arrivals {
        /// Arrivals in the order of the file; never empty.
        of: Vec<usize>,
        /// First counted year.
        since: i32,
    },
    /// An indicator.
    Indicator {
        /// Its index in the order of the file.
        index: usize,
        /// Whether it counts things (rather than being a ratio).
        count: bool,
    },
    /// Average annual growth of the nation's trend and cycle since the base year.
    NationGrowth,
}

/// How the figures of a subject are compared and shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// Revenue, 亿元.
    Money,
    /// Money that is no revenue, 亿元: an indicator's figures.
    Amount,
    /// A whole number of things.
    Count,
    /// A fraction, shown in percent.
    Share,
    /// A number in a unit of its own.
    Number,
}

impl Subject {
    /// Whether it is revenue.
    pub fn is_revenue(&self) -> bool {
        *self == Self::Revenue
    }

    /// Whether its values are whole numbers of things.
    pub fn is_count(&self) -> bool {
        match self {
            Self::Firms { .. } | Self::Products { .. } | Self::Approvals { .. } | Self::Arrivals { .. } => {
                true
            }
            Self::Indicator { count, .. } => *count,
            Self::Revenue | Self::NationGrowth => false,
        }
    }
}

impl Model {
    /// How the figures of a subject are shown.
    pub fn figure(&self, subject: &Subject) -> Figure {
        match subject {
            Subject::Revenue => Figure::Money,
            Subject::NationGrowth => Figure::Share,
            Subject::Indicator { index, count } => match (count, self.indicators[*index].unit.zh.as_str()) {
                (true, _) => Figure::Count,
                (false, "%") => Figure::Share,
                (false, "亿元") => Figure::Amount,
                (false, _) => Figure::Number,
            },
            _ => Figure::Count,
        }
    }

    /// Unit of a subject's figures: 亿元, 家, 个, % or the indicator's own.
    pub fn unit(&self, subject: &Subject) -> Text {
        match subject {
            Subject::Revenue => Text::new("亿元", "100m yuan"),
            Subject::Firms { .. } | Subject::Arrivals { .. } => Text::new("家", "firms"),
            Subject::Products { .. } => Text::new("个", "products"),
            Subject::Approvals { .. } => Text::new("个", "approvals"),
            Subject::NationGrowth => Text::same("%"),
            Subject::Indicator { index, .. } => self.indicators[*index].unit.clone(),
        }
    }

    /// What is counted or measured, for readers, without the place: `营业收入100亿元以上的企业`.
    pub fn subject_name(&self, subject: &Subject) -> Text {
        let names = |names: Vec<&Text>| {
            let all = |lang: fn(&Text) -> &String, with: &str| {
                names.iter().map(|name| lang(name).as_str()).collect::<Vec<_>>().join(with)
            };
            (all(|t| &t.zh, "、"), all(|t| &t.en, ", "))
        };
        let of = |industries: &[usize]| {
            let of: Vec<&Text> = industries.iter().map(|&s| &self.industries[s].name).collect();
            if of.is_empty() {
                return (String::new(), String::new());
            }
            let (zh, en) = names(of);
            (zh, format!(" ({en})"))
        };
        match subject {
            Subject::Revenue => self.measures[self.measure].name.clone(),
            Subject::Firms { above, outside, industries, .. } => {
                let (zh, en) = (show(*above, UnitKind::Money, Lang::Zh), show_grouped(above / 10.0));
                let (of_zh, of_en) = of(industries);
                let (wide_zh, wide_en) = if *outside {
                    ("（含口径外企业）", ", outside firms included")
                } else {
                    ("", "")
                };
                text!("{zh}以上{of_zh}企业{wide_zh}", "firms of {en} billion yuan or more{of_en}{wide_en}")
            }
            Subject::Products { above, industries } => {
                let (zh, en) = (show(*above, UnitKind::Money, Lang::Zh), show_grouped(above / 10.0));
                let (of_zh, of_en) = of(industries);
                text!("{zh}以上{of_zh}产品", "products of {en} billion yuan or more{of_en}")
            }
            Subject::Approvals { pipelines, since } => {
                let (zh, en) = names(pipelines.iter().map(|&k| &self.pipelines[k].name).collect());
                text!("{since}年以来获批产品（{zh}）", "approvals since {since} ({en})")
            }
            Subject::Arrivals { of, since } => {
                let (zh, en) = names(of.iter().map(|&k| &self.arrivals[k].name).collect());
                text!("{since}年以来落户企业（{zh}）", "firms settled since {since} ({en})")
            }
            Subject::Indicator { index, .. } => self.indicators[*index].name.clone(),
            Subject::NationGrowth => Text::new("全国年均增速", "average annual growth of the nation"),
        }
    }
}

impl Reader<'_> {
    /// What a target or outcome is about; `None` after a fault.
    pub(super) fn subject(&self, view: &View<'_>) -> Option<Subject> {
        let written: Vec<&str> = SUBJECTS.into_iter().filter(|key| view.has(key)).collect();
        let key = match written[..] {
            [] => return Some(Subject::Revenue),
            [key] => key,
            // the check of alternatives has reported it
            _ => return None,
        };
        let since = |table: &View<'_>| {
            let first = self.base_year + 1;
            if table.has("since") {
                self.year_within(table, "since", first, self.horizon)
            } else {
                Some(first)
            }
        };
        if key == "indicator" {
            let (id, span) = view.string(key)?;
            let index = self.resolve(&self.indicators, &id, span, &Text::new("指标", "indicator"))?;
            let count = self.root.items("indicator").get(index).is_some_and(|item| item.has("count"));
            return Some(Subject::Indicator { index, count });
        }
        if key == "index" {
            return Some(Subject::NationGrowth);
        }
        let table = view.child(key)?;
        match key {
            "firms" => {
                let kind = Text::new("行业", "industry");
                Some(Subject::Firms {
                    above: table.number("above")?,
                    outside: table.flag("outside").unwrap_or(false),
                    industries: self.resolve_list(&table, "industries", &self.industries, &kind),
                    except: table.strings("except").into_iter().map(|(id, _)| id).collect(),
                })
            }
            "products" => {
                let kind = Text::new("行业", "industry");
                let industries = self.resolve_list(&table, "industries", &self.industries, &kind);
                Some(Subject::Products { above: table.number("above")?, industries })
            }
            "approvals" => {
                let kind = Text::new("管线", "pipeline");
                let pipelines = self.some_of(&table, "pipelines", &self.pipelines, &kind)?;
                Some(Subject::Approvals { pipelines, since: since(&table)? })
            }
            _ => {
                let kind = Text::new("企业引进", "arrival");
                let of = self.some_of(&table, "of", &self.arrivals, &kind)?;
                Some(Subject::Arrivals { of, since: since(&table)? })
            }
        }
    }

    /// The listed things, at least one.
    fn some_of(&self, table: &View<'_>, key: &str, known: &[String], kind: &Text) -> Option<Vec<usize>> {
        // a missing key, an empty list, and what is no list of names have been reported
        let found = self.resolve_list(table, key, known, kind);
        (!found.is_empty()).then_some(found)
    }

    /// What does not depend on the place has no scope of its own.
    pub(super) fn subject_scope(&self, view: &View<'_>, subject: &Subject) -> Scope {
        let own = match subject {
            Subject::Revenue | Subject::Firms { .. } | Subject::Products { .. } => None,
            Subject::NationGrowth => Some(Scope::Nation),
            Subject::Indicator { index, .. } => {
                let province =
                    self.root.items("indicator").get(*index).and_then(|item| item.string("province"));
                let found = province.and_then(|(id, _)| self.provinces.iter().position(|known| *known == id));
                Some(found.map_or_else(|| self.default_scope(), Scope::Province))
            }
            Subject::Approvals { .. } | Subject::Arrivals { .. } => Some(self.default_scope()),
        };
        match own {
            None => self.judged_scope(view).unwrap_or_else(|| self.default_scope()),
            Some(scope) => {
                self.refuse(
                    view,
                    "scope",
                    &text!(
                        "这类目标没有考核范围，不写 scope",
                        "what is judged here has no scope: leave `scope` out"
                    ),
                );
                scope
            }
        }
    }

    /// Comparisons and keys must fit what is judged.
    pub(super) fn check_subject(&self, view: &View<'_>, subject: &Subject) {
        let group = ["all_of", "any_of", "at_least_of"].into_iter().any(|key| view.has(key));
        if group {
            for key in SUBJECTS {
                self.refuse(view, key, &text!("目标组不写 {key}", "a group of targets has no {key}"));
            }
            return;
        }
        let money = [
            "at_least",
            "at_most",
            "stretch",
            "multiple_of_base",
            "growth_at_least",
            "count_at_least",
            "measure",
        ];
        let number = ["number_at_least", "number_at_most", "number_stretch"];
        let value = ["value_at_least", "value_at_most", "value_stretch"];
        if subject.is_revenue() {
            for key in number.into_iter().chain(value) {
                self.refuse(
                    view,
                    key,
                    &text!(
                        "{key} 用于企业、产品、获批、落户或指标；收入目标写 at_least 等",
                        "{key} is for firms, products, approvals, arrivals or indicators; a revenue target states at_least or the like"
                    ),
                );
            }
            return;
        }
        let (fitting, strange) = if subject.is_count() { (number, value) } else { (value, number) };
        let (first, second) = (fitting[0], fitting[1]);
        for key in money.into_iter().chain(strange) {
            let message = if key == "measure" {
                text!(
                    "这类目标没有统计口径，不写 measure",
                    "what is judged here has no measure: leave it out"
                )
            } else {
                text!(
                    "这类目标不用 {key}：写 {first} 或 {second}",
                    "{key} does not fit here: write {first} or {second}"
                )
            };
            self.refuse(view, key, &message);
        }
    }

    fn refuse(&self, view: &View<'_>, key: &str, message: &Text) {
        if view.has(key) {
            self.report(Diagnostic::error(codes::BAD_TARGET, view.key_span(key), message.clone()));
        }
    }
}
