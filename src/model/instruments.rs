//! Reads instruments: money, allocation, landing funnel and channels.

use super::reader::Reader;
use super::*;
use crate::diag::{Diagnostic, codes};
use crate::scenario::{View, class};
use crate::text;

impl Reader<'_> {
    pub(super) fn read_instruments(&mut self) -> Vec<Instrument> {
        let views = self.root.items("instrument");
        views.into_iter().map(|view| self.instrument(&view)).collect()
    }

    fn instrument(&mut self, view: &View<'_>) -> Instrument {
        let id = view.string("id").map_or_else(String::new, |(id, _)| id);
        let money = view.child("money").and_then(|v| self.money(&v));
        let projects = view.child("projects").map(|v| self.projects(&v));
        let capacity = view.child("capacity").map(|v| self.capacity(&v));
        let knowledge = view.child("knowledge").map(|v| self.knowledge(&v));
        let growth = view.child("growth").map(|v| self.growth(&v, money.as_ref()));
        let pipeline = view.child("pipeline").map(|v| self.pipeline_support(&v, money.is_some()));
        let arrivals = view.child("arrivals").map(|v| self.arrival_support(&v));
        let indicators = view.child("indicators").map(|v| self.indicator_support(&v));
        // money with a fault of its own is money all the same
        self.check_channels(view, &id, view.has("money"), projects.is_some(), capacity.is_some());

        let span = view.span();
        let absent = format!("instrument.{id}.recovery.share");
        let (recovery_share, recovery_after) = match view.child("recovery") {
            Some(recovery) => {
                let share = self.quantity(&recovery, "share", Some(0.0));
                (share, self.delay(&recovery, "after").unwrap_or(0))
            }
            None => (self.register(absent, "instrument[].recovery.share", Some(0.0), span), 0),
        };
        let clusters = self.clusters.clone();
        let mut allocation = Vec::new();
        for (cluster, span, share) in view.entries("allocation") {
            let quantity = self.stated(&share);
            if let Some(c) = self.resolve(&clusters, &cluster, span, &Text::new("市州或集群", "cluster"))
            {
                allocation.push((c, quantity));
            }
        }
        let province = view
            .string("province")
            .and_then(|(id, span)| self.resolve(&self.provinces, &id, span, &Text::new("省份", "province")));
        Instrument {
            name: view.text("name").unwrap_or_else(|| Text::same(&id)),
            id,
            class: view.string("class").and_then(|(word, _)| {
                // a word that is none has been reported with the form of the file
                class::WORDS.iter().copied().find(|known| *known == word)
            }),
            province,
            money,
            recovery_share,
            recovery_after,
            allocation,
            later: None,
            allocation_span: view.key_span("allocation"),
            projects,
            capacity,
            knowledge,
            growth,
            pipeline,
            arrivals,
            indicators,
        }
    }

    fn check_channels(&self, view: &View<'_>, id: &str, money: bool, projects: bool, capacity: bool) {
        // What a catalogue entry lacks has been said; its channels cannot be judged without it.
        let entry = view.child("entry").map_or(view.span(), |entry| entry.span());
        if [codes::UNKNOWN_ENTRY, codes::ENTRY_INCOMPLETE]
            .iter()
            .any(|code| self.root.has_reported(code, entry))
        {
            return;
        }
        let fault = |key: &str, message: Text| {
            self.report(Diagnostic::error(codes::BAD_MODEL, view.key_span(key), message));
        };
        let knowledge = view.has("knowledge");
        let other = ["growth", "pipeline", "arrivals", "indicators"].into_iter().any(|key| view.has(key));
        if !capacity && !knowledge && !other {
            fault(
                "id",
                text!(
                    "政策工具“{id}”没有作用渠道：写 capacity、knowledge、growth、pipeline、arrivals 或 indicators",
                    "the instrument \"{id}\" has no channel: write capacity, knowledge, growth, pipeline, arrivals or indicators"
                ),
            );
        }
        if capacity && !money && !projects {
            fault(
                "capacity",
                text!("产能渠道要有 money 或 projects", "a capacity channel needs money or projects"),
            );
        }
        if capacity && money && projects {
            fault(
                "projects",
                text!(
                    "money 与 projects 不能同时作为产能渠道的来源；请拆成两个工具",
                    "money and projects cannot both feed one capacity channel: make two instruments"
                ),
            );
        }
        if projects && !capacity {
            fault("projects", text!("projects 要配 capacity 渠道", "projects need a capacity channel"));
        }
        let award = view.child("pipeline").is_some_and(|v| v.has("award"));
        let spends = capacity || knowledge || view.child("growth").is_some_and(|v| v.has("scale"));
        if award && spends {
            fault(
                "pipeline",
                text!(
                    "奖励（award）按获批支付，资金不能同时用于别的渠道；请拆成两个工具",
                    "money for awards cannot feed another channel as well: make two instruments"
                ),
            );
        }
        if knowledge && !money {
            fault("knowledge", text!("知识渠道要有 money", "a knowledge channel needs money"));
        }
    }

    fn money(&mut self, view: &View<'_>) -> Option<Money> {
        let ways = ["total", "per_year", "by_year"].iter().filter(|key| view.has(key)).count();
        if ways != 1 {
            let message = text!(
                "total、per_year、by_year 必须且只能写一个",
                "exactly one of total, per_year and by_year is needed"
            );
            self.report(Diagnostic::error(codes::KEY_CONFLICT, view.span(), message));
            return None;
        }
        if view.has("by_year") {
            for key in ["from", "to"] {
                if view.has(key) {
                    let message = text!("写了 by_year 就不用写 {key}", "{key} is not needed with by_year");
                    self.report(Diagnostic::error(codes::KEY_CONFLICT, view.key_span(key), message));
                }
            }
            let mut amounts = Vec::new();
            for (year, amount) in view.years("by_year") {
                let span = amount.own_key_span();
                let quantity = self.stated(&amount);
                if let Some(year) = self.check_year(year, span, self.base_year, self.horizon) {
                    amounts.push((year, quantity));
                }
            }
            return Some(Money::ByYear(amounts));
        }
        let from = self.year_within(view, "from", self.base_year, self.horizon);
        let to = self.year_within(view, "to", self.base_year, self.horizon);
        let key = if view.has("total") { "total" } else { "per_year" };
        let amount = self.quantity(view, key, None);
        let years = (from.unwrap_or(self.base_year + 1), to.unwrap_or(self.horizon));
        self.check_order(view, years.0, years.1);
        let years = (years.0, years.1.max(years.0));
        Some(match key {
            "total" => Money::Total { total: amount, years },
            _ => Money::PerYear { amount, years },
        })
    }

    fn projects(&mut self, view: &View<'_>) -> Projects {
        let signed = view.child("signed").and_then(|v| self.money(&v)).unwrap_or(Money::ByYear(Vec::new()));
        Projects {
            signed,
            count: view.integer("count").and_then(|n| u32::try_from(n).ok()).unwrap_or(1),
            landed: self.quantity(view, "landed", Some(1.0)),
            started: self.quantity(view, "started", Some(1.0)),
            start_delay: self.delay(view, "start_delay").unwrap_or(0),
            public_share: self.quantity(view, "public_share", Some(0.0)),
        }
    }

    fn capacity(&mut self, view: &View<'_>) -> Capacity {
        let industries = self.industries.clone();
        let online_after = self.quantity(view, "online_after", Some(0.0));
        Capacity {
            realised: self.quantity(view, "realised", Some(1.0)),
            leverage: self.quantity(view, "leverage", Some(1.0)),
            retained: self.quantity(view, "retained", Some(1.0)),
            deadweight: self.quantity(view, "deadweight", Some(0.0)),
            displaced: self.quantity(view, "displaced", Some(0.0)),
            survival: self.quantity(view, "survival", Some(1.0)),
            vintage_failure: view.string("failure").is_some_and(|(word, _)| word == "vintage"),
            output_ratio: self.quantity(view, "output_ratio", None),
            online_after,
            full_after: self.quantity(view, "full_after", None),
            lasts: self.quantity(view, "lasts", None),
            absorption: self.quantity(view, "absorption", None),
            industries: self.resolve_list(view, "industries", &industries, &Text::new("行业", "industry")),
        }
    }

    fn knowledge(&mut self, view: &View<'_>) -> Knowledge {
        Knowledge {
            additionality: self.quantity(view, "additionality", None),
            elasticity: self.quantity(view, "elasticity", None),
            depreciation: self.quantity(view, "depreciation", Some(0.15)),
            lag: self.delay(view, "lag").unwrap_or(0),
            rd_intensity: self.quantity(view, "rd_intensity", None),
            span: view.span(),
        }
    }

    fn growth(&mut self, view: &View<'_>, money: Option<&Money>) -> Growth {
        self.exactly_one(view, "uplift", "level");
        let level = view.has("level");
        let effect = self.quantity(view, if level { "level" } else { "uplift" }, Some(0.0));
        let first_paid = money.and_then(|money| match money {
            Money::Total { years, .. } | Money::PerYear { years, .. } => Some(years.0),
            Money::ByYear(amounts) => amounts.iter().map(|(year, _)| *year).min(),
        });
        let stated = self.year_within(view, "start", self.base_year, self.horizon);
        if view.has("scale") && money.is_none() {
            let message = text!("写了 scale 就要有 money", "scale needs money to saturate in");
            self.report(Diagnostic::error(codes::MISSING_KEY, view.key_span("scale"), message));
        }
        let (industries, clusters) = (self.industries.clone(), self.clusters.clone());
        Growth {
            effect: (effect, level),
            years: self.delay(view, "years").unwrap_or(1).max(1),
            lag: self.delay(view, "lag").unwrap_or(0),
            start: stated.or(first_paid).unwrap_or(self.base_year + 1),
            scale: self.quantity(view, "scale", None),
            clusters: self.resolve_list(view, "clusters", &clusters, &Text::new("市州或集群", "cluster")),
            industries: self.resolve_list(view, "industries", &industries, &Text::new("行业", "industry")),
        }
    }
}
