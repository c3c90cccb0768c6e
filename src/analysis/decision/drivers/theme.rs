//! Themes: kinds of uncertain quantities and families of shocks, told by the name of the thing drawn.

use crate::analysis::results::Named;
use crate::text::Text;

/// What an uncertain thing is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Theme {
    /// Figures of the base year and shares of them.
    Base,
    /// The national trend.
    NationTrend,
    /// Trends of industries.
    IndustryTrends,
    /// Premiums of provinces and clusters over the industries' trends.
    LocalPremiums,
    /// Size and persistence of cycles and own shocks, exposure to them, spill-overs.
    ShockSizes,
    /// How often events happen and how much they take.
    EventLaws,
    /// How instruments respond.
    Instruments,
    /// Firms, products, pipelines, arriving firms, indicators.
    Counted,
    /// The national cycle and its regimes.
    NationCycle,
    /// Cycles of industries.
    IndustryCycles,
    /// Cycles of provinces.
    ProvinceCycles,
    /// Own shocks of clusters' segments.
    OwnShocks,
    /// Arrivals and severities of events.
    Events,
    /// Fates of projects, investments, products and firms.
    Fates,
    /// Indicators, from year to year.
    Indicators,
}

/// Name of the common factor of Student-t innovations of correlated cycles.
pub const CYCLE_TAILS: &str = "cycles/tails";

impl Theme {
    /// Every theme: quantities first, then shocks.
    pub const ALL: [Self; 15] = [
        Self::Base,
        Self::NationTrend,
        Self::IndustryTrends,
        Self::LocalPremiums,
        Self::ShockSizes,
        Self::EventLaws,
        Self::Instruments,
        Self::Counted,
        Self::NationCycle,
        Self::IndustryCycles,
        Self::ProvinceCycles,
        Self::OwnShocks,
        Self::Events,
        Self::Fates,
        Self::Indicators,
    ];

    /// The theme of the thing drawn under `name` (see [`Draws::redrawing`](crate::kernel::Draws::redrawing)): names of
    /// shocks hold a `/`, paths of quantities do not. [`CYCLE_TAILS`] belongs to whatever cycles are correlated.
    pub fn of(name: &str) -> Self {
        match name.split_once('/') {
            Some((owner, what)) => Self::of_shock(owner, what),
            None => Self::of_quantity(name),
        }
    }

    fn of_shock(owner: &str, what: &str) -> Self {
        match owner.split_once('.').map_or(owner, |(kind, _)| kind) {
            "nation" | "cycles" => Self::NationCycle,
            "industry" if what == "cycle" => Self::IndustryCycles,
            "province" if what == "cycle" => Self::ProvinceCycles,
            "cluster" => Self::OwnShocks,
            "event" => Self::Events,
            "indicator" => Self::Indicators,
            _ => Self::Fates,
        }
    }

    fn of_quantity(path: &str) -> Self {
        let parts: Vec<&str> = path.split('.').collect();
        match parts[..] {
            ["nation", "trend"] => Self::NationTrend,
            ["industry", _, "premium" | "trend"] => Self::IndustryTrends,
            ["province" | "cluster", _, "premium"] | ["cluster", _, "industry_premium", ..] => {
                Self::LocalPremiums
            }
            ["nation" | "spillover", ..] | ["industry" | "province", _, "cycle", ..] => Self::ShockSizes,
            ["cluster", _, "exposure" | "own_volatility"] => Self::ShockSizes,
            ["province" | "cluster" | "group", ..] => Self::Base,
            ["event", ..] => Self::EventLaws,
            ["instrument", ..] => Self::Instruments,
            _ => Self::Counted,
        }
    }

    /// Whether it is luck of the years to come rather than a figure that could be learnt.
    pub fn is_shock(self) -> bool {
        matches!(
            self,
            Self::NationCycle
                | Self::IndustryCycles
                | Self::ProvinceCycles
                | Self::OwnShocks
                | Self::Events
                | Self::Fates
                | Self::Indicators
        )
    }

    /// Identifier and name.
    pub fn named(self) -> Named {
        let (id, zh, en) = match self {
            Self::Base => ("base", "基期数与份额", "Base figures and shares"),
            Self::NationTrend => ("nation-trend", "全国趋势", "National trend"),
            Self::IndustryTrends => ("industry-trends", "各产业趋势", "Industry trends"),
            Self::LocalPremiums => {
                ("local-premiums", "本省与各集群的额外增速", "Premiums of province and clusters")
            }
            Self::ShockSizes => ("shock-sizes", "波动的幅度与持续性", "Size and persistence of cycles"),
            Self::EventLaws => ("event-laws", "突发事件的频率与力度", "Frequency and size of events"),
            Self::Instruments => ("instruments", "政策工具的效果参数", "Response to instruments"),
            Self::Counted => ("counted", "企业、产品与指标的参数", "Firms, products and indicators"),
            Self::NationCycle => ("nation-cycle", "全国景气波动", "National cycle"),
            Self::IndustryCycles => ("industry-cycles", "产业景气波动", "Industry cycles"),
            Self::ProvinceCycles => ("province-cycles", "省内景气波动", "Provincial cycle"),
            Self::OwnShocks => ("own-shocks", "各地各产业自身波动", "Own shocks of clusters"),
            Self::Events => ("events", "突发事件是否发生及轻重", "Arrival and severity of events"),
            Self::Fates => ("fates", "项目、产品与企业的成败", "Fates of projects, products and firms"),
            Self::Indicators => ("indicators", "指标自身的逐年波动", "Yearly noise of indicators"),
        };
        Named { id: id.to_owned(), name: Text::new(zh, en) }
    }
}

#[cfg(test)]
mod tests {
    use super::Theme;

    #[test]
    fn names_tell_their_theme() {
        for (name, theme) in [
            ("nation.trend", Theme::NationTrend),
            ("nation.cycle.start", Theme::ShockSizes),
            ("industry.tcm.premium", Theme::IndustryTrends),
            ("industry.tcm.trend", Theme::IndustryTrends),
            ("industry.tcm.cycle.volatility", Theme::ShockSizes),
            ("province.hubei.base", Theme::Base),
            ("province.hubei.premium", Theme::LocalPremiums),
            ("cluster.wuhan.base_in.chain", Theme::Base),
            ("cluster.wuhan.industry_premium.cxo", Theme::LocalPremiums),
            ("cluster.wuhan.own_volatility", Theme::ShockSizes),
            ("group.core.base_in.chain", Theme::Base),
            ("event.vbp.exposure", Theme::EventLaws),
            ("instrument.fund.capacity.realised", Theme::Instruments),
            ("pipeline.p.entrants", Theme::Counted),
            ("nation/cycle", Theme::NationCycle),
            ("nation/regime", Theme::NationCycle),
            ("industry.tcm/cycle", Theme::IndustryCycles),
            ("province.hubei/cycle", Theme::ProvinceCycles),
            ("cluster.wuhan/tcm/own", Theme::OwnShocks),
            ("event.vbp/severity", Theme::Events),
            ("instrument.fund/survival", Theme::Fates),
            ("pipeline.p/fates", Theme::Fates),
            ("indicator.days/noise", Theme::Indicators),
            ("indicator.platforms/count", Theme::Indicators),
        ] {
            assert_eq!(Theme::of(name), theme, "{name}");
            assert_eq!(theme.is_shock(), name.contains('/'), "{name}");
        }
    }

    #[test]
    fn every_theme_has_a_name_of_its_own() {
        let mut ids: Vec<String> = Theme::ALL.iter().map(|theme| theme.named().id).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), Theme::ALL.len());
    }
}
