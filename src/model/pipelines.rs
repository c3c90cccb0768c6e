//! Reads pipelines and arriving firms, and the instruments that support them.

use super::reader::Reader;
use super::*;
use crate::diag::{Diagnostic, codes};
use crate::scenario::View;
use crate::text;

/// Where local sales of a pipeline's products are booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Market {
    /// In the clusters of a province, by base-year revenue in the industry.
    Province(usize),
    /// In one cluster.
    Cluster(usize),
}

/// One stage of a pipeline.
#[derive(Clone, Debug)]
pub struct Stage {
    /// Identifier within the pipeline.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Probability of passing.
    pub success: QuantityId,
    /// Mean duration, years.
    pub duration: QuantityId,
    /// Shape of the gamma law of the duration; `None` is a fixed length.
    pub shape: Option<f64>,
    /// Assets in this stage at the end of the base year.
    pub assets: u32,
    /// Share of the stage that they have behind them.
    pub elapsed: QuantityId,
}

/// Products on their way to approval.
#[derive(Clone, Debug)]
pub struct Pipeline {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Index of the industry.
    pub industry: usize,
    /// Where local sales are booked.
    pub market: Market,
    /// Entrants a year.
    pub entrants: QuantityId,
    /// Index of the stage that they enter.
    pub enter_at: usize,
    /// Peak yearly sales of one approved product, drawn per approval; unset if sales are not modelled.
    pub peak_sales: QuantityId,
    /// Years from launch to peak.
    pub ramp: QuantityId,
    /// Years from approval to launch.
    pub launch_after: QuantityId,
    /// Share of the sales that is booked as local revenue.
    pub local: QuantityId,
    /// Stages in order; at least one.
    pub stages: Vec<Stage>,
    /// Where it is declared.
    pub span: crate::diag::Span,
}

/// Outside firms that settle.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Cluster that they settle in.
    pub cluster: usize,
    /// Their industry.
    pub industry: usize,
    /// Arrivals a year.
    pub rate: QuantityId,
    /// First and last year in which firms may arrive.
    pub years: (i32, i32),
    /// Revenue at full output, drawn per arrival.
    pub size: QuantityId,
    /// Years from arrival to first output.
    pub online_after: QuantityId,
    /// Years from arrival to full output; unset is `online_after`.
    pub full_after: QuantityId,
    /// Share of their revenue that is taken from local firms.
    pub displaced: QuantityId,
}

/// Pipeline channel of an instrument.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "each field is the key of the same name; see docs/scenario-format.md")]
pub struct PipelineSupport {
    pub pipelines: Vec<usize>,
    /// Ids of the supported stages; empty means all.
    pub stages: Vec<String>,
    pub start: i32,
    pub entrants: QuantityId,
    pub entrants_added: QuantityId,
    pub success: QuantityId,
    pub duration: QuantityId,
    pub uptake: QuantityId,
    pub peak: QuantityId,
    pub local_added: QuantityId,
    pub award: QuantityId,
}

/// Arrivals channel of an instrument.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "each field is the key of the same name; see docs/scenario-format.md")]
pub struct ArrivalSupport {
    pub of: Vec<usize>,
    pub start: i32,
    pub rate: QuantityId,
    pub added: QuantityId,
}

impl Reader<'_> {
    pub(super) fn read_pipelines(&mut self) -> Vec<Pipeline> {
        let views = self.root.items("pipeline");
        views.into_iter().filter_map(|view| self.pipeline(&view)).collect()
    }

    fn pipeline(&mut self, view: &View<'_>) -> Option<Pipeline> {
        let id = view.string("id").map_or_else(String::new, |(id, _)| id);
        let industries = self.industries.clone();
        let industry = self.one_of(view, "industry", &industries, &Text::new("行业", "industry"));
        let market = self.market(view);
        let mut stages: Vec<Stage> = Vec::new();
        for stage in view.items("stage") {
            let read = self.stage(&stage);
            if stages.iter().any(|known| known.id == read.id) {
                let id = &read.id;
                let message = text!("阶段编号“{id}”重复", "the stage id \"{id}\" occurs twice");
                self.report(Diagnostic::error(codes::DUPLICATE_ID, stage.key_span("id"), message));
            }
            stages.push(read);
        }
        if stages.is_empty() {
            let message = text!(
                "管线“{id}”没有阶段：至少写一个 [[pipeline.stage]]",
                "the pipeline \"{id}\" has no stage: write at least one [[pipeline.stage]]"
            );
            self.report(Diagnostic::error(codes::BAD_MODEL, view.span(), message));
        }
        let ids: Vec<String> = stages.iter().map(|s| s.id.clone()).collect();
        let enter_at = self.one_of(view, "enter_at", &ids, &Text::new("阶段", "stage")).unwrap_or(0);
        let peak_sales = self.quantity(view, "peak_sales", None);
        let pipeline = Pipeline {
            name: view.text("name").unwrap_or_else(|| Text::same(&id)),
            industry: industry?,
            market: market?,
            entrants: self.quantity(view, "entrants", Some(0.0)),
            enter_at,
            peak_sales: self.per_arrival(peak_sales),
            ramp: self.quantity(view, "ramp", Some(0.0)),
            launch_after: self.quantity(view, "launch_after", Some(0.0)),
            local: self.quantity(view, "local", Some(0.0)),
            stages,
            span: view.span(),
            id,
        };
        if !view.has("peak_sales") && view.has("local") {
            let message = text!("写了 local 就要有 peak_sales", "local needs peak_sales");
            self.report(Diagnostic::error(codes::MISSING_KEY, view.key_span("local"), message));
        }
        Some(pipeline)
    }

    fn stage(&mut self, view: &View<'_>) -> Stage {
        let id = view.string("id").map_or_else(String::new, |(id, _)| id);
        Stage {
            name: view.text("name").unwrap_or_else(|| Text::same(&id)),
            id,
            success: self.quantity(view, "success", None),
            duration: self.quantity(view, "duration", None),
            shape: view.number("shape"),
            assets: view.integer("assets").and_then(|n| u32::try_from(n).ok()).unwrap_or(0),
            elapsed: self.quantity(view, "elapsed", Some(0.0)),
        }
    }

    /// The place of local sales: a cluster, a province, or the only province.
    fn market(&mut self, view: &View<'_>) -> Option<Market> {
        let (clusters, provinces) = (self.clusters.clone(), self.provinces.clone());
        if view.has("cluster") {
            let cluster = self.one_of(view, "cluster", &clusters, &Text::new("市州或集群", "cluster"))?;
            return Some(Market::Cluster(cluster));
        }
        if view.has("province") || provinces.len() == 1 {
            let found = self.one_of(view, "province", &provinces, &Text::new("省份", "province"));
            return if view.has("province") {
                found.map(Market::Province)
            } else {
                Some(Market::Province(0))
            };
        }
        let message = text!(
            "文件里有多个省：用 province 或 cluster 写明产品在哪里销售入账",
            "the file holds several provinces: say with province or cluster where local sales are booked"
        );
        self.report(Diagnostic::error(codes::MISSING_KEY, view.span(), message));
        None
    }

    /// Index of the id under `key`; `None` if it is not written or unknown.
    fn one_of(&self, view: &View<'_>, key: &str, known: &[String], kind: &Text) -> Option<usize> {
        let (id, span) = view.string(key)?;
        self.resolve(known, &id, span, kind)
    }

    pub(super) fn read_arrivals(&mut self) -> Vec<Arrival> {
        let views = self.root.items("arrival");
        views.into_iter().filter_map(|view| self.arrival(&view)).collect()
    }

    fn arrival(&mut self, view: &View<'_>) -> Option<Arrival> {
        let id = view.string("id").map_or_else(String::new, |(id, _)| id);
        let (clusters, industries) = (self.clusters.clone(), self.industries.clone());
        let cluster = self.one_of(view, "cluster", &clusters, &Text::new("市州或集群", "cluster"));
        let industry = self.one_of(view, "industry", &industries, &Text::new("行业", "industry"));
        let first = self.base_year + 1;
        let mut years = (first, self.horizon);
        if let Some((from, to)) = view.year_pair("years") {
            let span = view.child("years").map_or(view.span(), |v| v.span());
            let inside = [from, to].map(|year| self.check_year(year, span, first, self.horizon));
            if let [Some(from), Some(to)] = inside {
                years = (from, to.max(from));
            }
        }
        let size = self.quantity(view, "size", None);
        Some(Arrival {
            name: view.text("name").unwrap_or_else(|| Text::same(&id)),
            cluster: cluster?,
            industry: industry?,
            rate: self.quantity(view, "rate", Some(0.0)),
            years,
            size: self.per_arrival(size),
            online_after: self.quantity(view, "online_after", Some(0.0)),
            full_after: self.quantity(view, "full_after", None),
            displaced: self.quantity(view, "displaced", Some(0.0)),
            id,
        })
    }

    pub(super) fn pipeline_support(&mut self, view: &View<'_>, money: bool) -> PipelineSupport {
        let known = self.pipelines.clone();
        let pipelines = self.resolve_list(view, "pipelines", &known, &Text::new("管线", "pipeline"));
        let first = self.base_year + 1;
        if view.has("award") {
            for key in ["entrants", "entrants_added", "success", "duration", "stages"] {
                if view.has(key) {
                    let message = text!(
                        "写了 award（按获批给奖励）就不能写 {key}：奖励只影响获奖产品的 uptake、peak、local_added",
                        "{key} does not go with award: an award moves only uptake, peak and local_added of what it is given to"
                    );
                    let hint = text!("拆成两个工具", "make two instruments");
                    let fault = Diagnostic::error(codes::KEY_CONFLICT, view.key_span(key), message);
                    self.report(fault.hint(hint));
                }
            }
            if !money {
                let message = text!(
                    "award 要有 money：每年的奖励资金决定最多奖励几个",
                    "award needs money: the yearly budget says how many can be paid"
                );
                self.report(Diagnostic::error(codes::MISSING_KEY, view.key_span("award"), message));
            }
        }
        let stages = view.strings("stages");
        if !pipelines.is_empty() {
            self.check_stages(&pipelines, &stages);
        }
        PipelineSupport {
            pipelines,
            stages: stages.into_iter().map(|(id, _)| id).collect(),
            start: self.year_within(view, "start", first, self.horizon).unwrap_or(first),
            entrants: self.quantity(view, "entrants", Some(1.0)),
            entrants_added: self.quantity(view, "entrants_added", Some(0.0)),
            success: self.quantity(view, "success", Some(1.0)),
            duration: self.quantity(view, "duration", Some(1.0)),
            uptake: self.quantity(view, "uptake", Some(1.0)),
            peak: self.quantity(view, "peak", Some(1.0)),
            local_added: self.quantity(view, "local_added", Some(0.0)),
            award: self.quantity(view, "award", None),
        }
    }

    /// Every stage named must be one of some supported pipeline.
    fn check_stages(&self, pipelines: &[usize], stages: &[(String, crate::diag::Span)]) {
        let views = self.root.items("pipeline");
        let known: Vec<String> = pipelines
            .iter()
            .filter_map(|&p| views.get(p))
            .flat_map(|p| p.items("stage"))
            .filter_map(|s| s.string("id").map(|(id, _)| id))
            .collect();
        for (id, span) in stages {
            self.resolve(&known, id, *span, &Text::new("阶段", "stage"));
        }
    }

    pub(super) fn arrival_support(&mut self, view: &View<'_>) -> ArrivalSupport {
        let known = self.arrivals.clone();
        let first = self.base_year + 1;
        ArrivalSupport {
            of: self.resolve_list(view, "of", &known, &Text::new("企业引进", "arrival")),
            start: self.year_within(view, "start", first, self.horizon).unwrap_or(first),
            rate: self.quantity(view, "rate", Some(1.0)),
            added: self.quantity(view, "added", Some(0.0)),
        }
    }
}
