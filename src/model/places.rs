//! Reads nation, industries, provinces, clusters, groups, spill-overs and the dependence between them.

use super::quantity::describe;
use super::reader::Reader;
use super::*;
use crate::diag::{Diagnostic, codes};
use crate::random::rank_to_normal;
use crate::scenario::View;
use crate::text;

impl Reader<'_> {
    pub(super) fn nation(&mut self) -> Nation {
        let view = self.root.child("nation");
        let span = self.root.span();
        let trend = match &view {
            Some(view) => self.quantity(view, "trend", None),
            None => self.register("nation.trend".to_owned(), "nation.trend", None, span),
        };
        let regimes = view.as_ref().and_then(|v| v.child("regimes")).map(|v| self.regimes(&v));
        let cycle = view.as_ref().and_then(|v| v.child("cycle")).map(|v| self.cycle(&v, regimes.is_some()));
        Nation { trend, cycle, regimes }
    }

    fn regimes(&mut self, view: &View<'_>) -> Regimes {
        let mut part = |key: &str, field: &str, default: Option<f64>| match view.child(key) {
            Some(regime) => self.quantity(&regime, field, default),
            None => self.register(
                format!("nation.regimes.{key}.{field}"),
                &format!("nation.regimes.{key}.{field}"),
                default.or(Some(0.0)),
                view.span(),
            ),
        };
        let mean = [part("normal", "mean", Some(0.0)), part("downturn", "mean", Some(0.0))];
        let volatility = [part("normal", "volatility", None), part("downturn", "volatility", None)];
        Regimes {
            mean,
            volatility,
            to_downturn: self.quantity(view, "to_downturn", None),
            to_normal: self.quantity(view, "to_normal", None),
            start_downturn: self.quantity(view, "start_downturn", None),
        }
    }

    fn cycle(&mut self, view: &View<'_>, regimes: bool) -> Cycle {
        if regimes && let Some(volatility) = view.child("volatility") {
            let message = text!(
                "写了 nation.regimes 时，波动由两种状态各自给出，不再写 nation.cycle.volatility",
                "with nation.regimes each regime states its own volatility: leave nation.cycle.volatility out"
            );
            self.report(Diagnostic::error(codes::KEY_CONFLICT, volatility.own_key_span(), message));
        }
        if !regimes && !view.has("volatility") {
            let message = text!("周期缺少波动 volatility", "the cycle lacks its volatility");
            let hint = text!("例如 volatility = \"6.5%\"", "for example volatility = \"6.5%\"");
            self.report(Diagnostic::error(codes::MISSING_KEY, view.own_key_span(), message).hint(hint));
        }
        Cycle {
            volatility: self.quantity(view, "volatility", None),
            persistence: self.quantity(view, "persistence", Some(0.0)),
            start: self.quantity(view, "start", None),
        }
    }

    pub(super) fn read_industries(&mut self, nation_trend: QuantityId) -> Vec<Industry> {
        let over_nation = self.quantities.get(nation_trend).stated;
        let mut industries = Vec::new();
        for view in self.root.items("industry") {
            let id = view.string("id").map_or_else(String::new, |(id, _)| id);
            let growth = match (view.has("trend"), view.has("premium")) {
                (true, false) if !over_nation => self.quantity(&view, "trend", None),
                (false, _) if over_nation => self.quantity(&view, "premium", Some(0.0)),
                (true, true) => {
                    self.industry_fault(&view, "trend");
                    self.quantity(&view, "trend", None)
                }
                (true, false) => {
                    self.industry_fault(&view, "trend");
                    self.quantity(&view, "trend", None)
                }
                (false, true) => {
                    self.industry_fault(&view, "premium");
                    self.quantity(&view, "premium", None)
                }
                (false, false) => {
                    let message =
                        text!("行业“{id}”缺少趋势增长率 trend", "the industry \"{id}\" lacks its trend");
                    let hint = text!(
                        "写 trend = \"5%\"；或者在 [nation] 里写 trend，各行业只写相对全国的 premium",
                        "write trend = \"5%\"; or state [nation] trend and give industries a premium over it"
                    );
                    self.report(Diagnostic::error(codes::MISSING_KEY, view.span(), message).hint(hint));
                    self.quantity(&view, "trend", Some(0.0))
                }
            };
            let name = view.text("name").unwrap_or_else(|| Text::same(&id));
            let cycle = view.child("cycle").map(|v| self.cycle(&v, false));
            industries.push(Industry { name, id, growth, cycle });
        }
        if industries.is_empty() {
            let message = text!("至少要有一个行业 [[industry]]", "at least one [[industry]] is needed");
            self.report(Diagnostic::error(codes::MISSING_KEY, None, message));
        }
        industries
    }

    fn industry_fault(&self, view: &View<'_>, key: &str) {
        let message = text!(
            "写了 nation.trend 时行业只写 premium（相对全国），没写时只写 trend，不能混用",
            "with nation.trend an industry states its premium, without it its trend: not both"
        );
        self.report(Diagnostic::error(codes::KEY_CONFLICT, view.key_span(key), message));
    }

    pub(super) fn read_provinces(&mut self) -> Vec<Province> {
        let views = self.root.items("province");
        if views.is_empty() {
            let span = self.root.span();
            let mut absent = |key: &str, default| {
                self.register(format!("province.province.{key}"), &format!("province[].{key}"), default, span)
            };
            return vec![Province {
                id: "province".to_owned(),
                name: Text::new("全省", "province"),
                base: absent("base", None),
                base_in: Vec::new(),
                premium: absent("premium", Some(0.0)),
                cycle: None,
            }];
        }
        let mut provinces = Vec::new();
        for view in views {
            let id = view.string("id").map_or_else(String::new, |(id, _)| id);
            provinces.push(Province {
                name: view.text("name").unwrap_or_else(|| Text::same(&id)),
                id,
                base: self.quantity(&view, "base", None),
                base_in: self.base_in(&view),
                premium: self.quantity(&view, "premium", Some(0.0)),
                cycle: view.child("cycle").map(|v| self.cycle(&v, false)),
            });
        }
        provinces
    }

    fn base_in(&mut self, view: &View<'_>) -> Vec<(usize, QuantityId)> {
        let measures = self.measures.clone();
        let mut figures = Vec::new();
        for (measure, span, figure) in view.entries("base_in") {
            let id = self.stated(&figure);
            if let Some(index) = self.resolve(&measures, &measure, span, &Text::new("口径", "measure")) {
                figures.push((index, id));
            }
        }
        figures
    }

    pub(super) fn read_clusters(&mut self, provinces: &[Province]) -> Vec<Cluster> {
        let mut clusters = Vec::new();
        for view in self.root.items("cluster") {
            let id = view.string("id").map_or_else(String::new, |(id, _)| id);
            let province = self.province_of(&view, provinces);
            let base = self.cluster_base(&view, province.and_then(|p| provinces.get(p)));
            let name = view.text("name").unwrap_or_else(|| Text::same(&id));
            let industries = self.industries.clone();
            let mut industry_premium = Vec::new();
            for (industry, span, premium) in view.entries("industry_premium") {
                let quantity = self.stated(&premium);
                if let Some(s) = self.resolve(&industries, &industry, span, &Text::new("行业", "industry"))
                {
                    industry_premium.push((s, quantity));
                }
            }
            clusters.push(Cluster {
                name,
                id,
                province: province.unwrap_or(0),
                base,
                base_in: self.base_in(&view),
                mix: self.mix(&view),
                premium: self.quantity(&view, "premium", Some(0.0)),
                industry_premium,
                own_volatility: self.quantity(&view, "own_volatility", Some(0.0)),
                exposure: self.quantity(&view, "exposure", Some(1.0)),
                span: view.span(),
            });
        }
        if clusters.is_empty() {
            let message = text!("至少要有一个市州或集群 [[cluster]]", "at least one [[cluster]] is needed");
            self.report(Diagnostic::error(codes::MISSING_KEY, None, message));
        }
        clusters
    }

    fn province_of(&self, view: &View<'_>, provinces: &[Province]) -> Option<usize> {
        match view.string("province") {
            Some((id, span)) => self.resolve(&self.provinces, &id, span, &Text::new("省份", "province")),
            None if provinces.len() == 1 => Some(0),
            None => {
                let message =
                    text!("有多个省份时，要写明 province", "with several provinces, `province` is needed");
                self.report(Diagnostic::error(codes::MISSING_KEY, view.span(), message));
                None
            }
        }
    }

    fn cluster_base(&mut self, view: &View<'_>, province: Option<&Province>) -> Base {
        let flag = view.flag("remainder").unwrap_or(false);
        let ways = usize::from(view.has("base")) + usize::from(view.has("share")) + usize::from(flag);
        if ways != 1 {
            let message = text!(
                "base、share、remainder 三者必须且只能写一个",
                "exactly one of base, share and remainder is needed"
            );
            self.report(Diagnostic::error(codes::KEY_CONFLICT, view.span(), message));
        }
        let province_has_base = province.is_some_and(|p| self.quantities.get(p.base).stated);
        if (flag || view.has("share")) && !province_has_base {
            let key = if flag { "remainder" } else { "share" };
            let message =
                text!("用 {key} 时，省份必须写 base", "with {key}, the province must state its base");
            self.report(Diagnostic::error(codes::MISSING_KEY, view.key_span(key), message));
        }
        if view.has("share") {
            Base::Share(self.quantity(view, "share", None))
        } else if flag {
            Base::Remainder
        } else {
            Base::Own(self.quantity(view, "base", None))
        }
    }

    fn mix(&mut self, view: &View<'_>) -> Vec<(usize, f64)> {
        let industries = self.industries.clone();
        let Some(table) = view.child("mix") else {
            if industries.len() > 1 {
                let message =
                    text!("有多个行业时，要写行业构成 mix", "with several industries, `mix` is needed");
                self.report(Diagnostic::error(codes::MISSING_KEY, view.span(), message));
            }
            return vec![(0, 1.0)];
        };
        let mut shares = Vec::new();
        let mut total = 0.0;
        let mut complete = true;
        for (industry, span, share) in view.entries("mix") {
            let index = self.resolve(&industries, &industry, span, &Text::new("行业", "industry"));
            let (Some(index), Some(share)) = (index, share.as_number()) else {
                complete = false;
                continue;
            };
            total += share;
            if share > 0.0 {
                shares.push((index, share));
            }
        }
        if complete {
            self.check_sum(total, table.own_key_span(), &Text::new("行业构成", "the industry mix"));
        }
        shares.iter_mut().for_each(|(_, share)| *share /= total);
        shares.sort_by_key(|(index, _)| *index);
        shares
    }

    /// Reports shares that do not add up to 1.
    pub(super) fn check_sum(&self, total: f64, span: Span, what: &Text) {
        if (total - 1.0).abs() <= 1e-6 {
            return;
        }
        let (zh, en) = (&what.zh, &what.en);
        let percent = format!("{:.4}", total * 100.0);
        let percent = percent.trim_end_matches('0').trim_end_matches('.');
        let message = text!("{zh}合计为 {percent}%，应为 100%", "{en} adds up to {percent}%, not 100%");
        self.report(Diagnostic::error(codes::BAD_SUM, span, message));
    }

    pub(super) fn read_groups(&mut self) -> Vec<Group> {
        let clusters = self.clusters.clone();
        let mut groups = Vec::new();
        for view in self.root.items("group") {
            let id = view.string("id").map_or_else(String::new, |(id, _)| id);
            groups.push(Group {
                name: view.text("name").unwrap_or_else(|| Text::same(&id)),
                id,
                clusters: self.resolve_list(
                    &view,
                    "clusters",
                    &clusters,
                    &Text::new("市州或集群", "cluster"),
                ),
                base_in: self.base_in(&view),
            });
        }
        groups
    }

    pub(super) fn spillover(&mut self) -> Option<Spillover> {
        let view = self.root.child("spillover")?;
        let strength = self.quantity(&view, "strength", None);
        let choice = view.string("neighbours").map_or_else(|| "same_industry".to_owned(), |(word, _)| word);
        let neighbours = match choice.as_str() {
            "same_cluster" => Neighbours::SameCluster,
            "links" => Neighbours::Links(self.links(&view)),
            _ => Neighbours::SameIndustry,
        };
        Some(Spillover { strength, neighbours })
    }

    fn links(&mut self, view: &View<'_>) -> Vec<((usize, usize), (usize, usize), f64)> {
        let mut links = Vec::new();
        for link in view.items("link") {
            let to = self.segment(&link, "to");
            let from = self.segment(&link, "from");
            if let (Some(to), Some(from), Some(weight)) = (to, from, link.number("weight")) {
                links.push((to, from, weight));
            }
        }
        let mut receivers: Vec<_> = links.iter().map(|(to, ..)| *to).collect();
        receivers.sort_unstable();
        receivers.dedup();
        for receiver in receivers {
            let total = links.iter().filter(|(to, ..)| *to == receiver).map(|(.., w)| w).sum();
            let name = format!("{}/{}", self.clusters[receiver.0], self.industries[receiver.1]);
            let what = text!("流向 {name} 的溢出权重", "the spill-over weights to {name}");
            self.check_sum(total, view.own_key_span(), &what);
        }
        links
    }

    fn segment(&self, view: &View<'_>, key: &str) -> Option<(usize, usize)> {
        let (name, span) = view.string(key)?;
        let Some((cluster, industry)) = name.split_once('/') else {
            let message = text!("“{name}”应写成“集群/行业”", "\"{name}\" should read \"cluster/industry\"");
            self.report(Diagnostic::error(codes::UNKNOWN_REFERENCE, span, message));
            return None;
        };
        let cluster = self.resolve(&self.clusters, cluster, span, &Text::new("市州或集群", "cluster"))?;
        let industry = self.resolve(&self.industries, industry, span, &Text::new("行业", "industry"))?;
        Some((cluster, industry))
    }

    /// Cycles that the file declares.
    pub(super) fn existing_cycles(
        &self,
        nation: &Nation,
        industries: &[Industry],
        provinces: &[Province],
    ) -> Vec<CycleId> {
        let mut cycles = Vec::new();
        if nation.cycle.is_some() || nation.regimes.is_some() {
            cycles.push(CycleId::Nation);
        }
        let industries = industries.iter().enumerate().filter(|(_, s)| s.cycle.is_some());
        cycles.extend(industries.map(|(s, _)| CycleId::Industry(s)));
        let provinces = provinces.iter().enumerate().filter(|(_, p)| p.cycle.is_some());
        cycles.extend(provinces.map(|(p, _)| CycleId::Province(p)));
        cycles
    }

    pub(super) fn cycle_correlation(&mut self, existing: &[CycleId]) -> Option<(Vec<CycleId>, Correlation)> {
        let mut pairs: Vec<(CycleId, CycleId, f64, Span)> = Vec::new();
        let mut first_span = None;
        for view in self.root.items("correlation") {
            first_span.get_or_insert(view.span());
            let members: Vec<(CycleId, Span)> = view
                .strings("of")
                .into_iter()
                .filter_map(|(name, span)| self.cycle_id(&name, span, existing).map(|c| (c, span)))
                .collect();
            let Some(value) = view.number("value") else { continue };
            self.add_pairs(&members, value, &mut pairs);
        }
        let span = first_span?;
        // by name, so that the order of the file does not enter the draws
        let mut members: Vec<CycleId> =
            existing.iter().copied().filter(|c| pairs.iter().any(|(a, b, ..)| a == c || b == c)).collect();
        members.sort_by_key(|c| self.cycle_name(*c));
        let labels = members.iter().map(|c| self.cycle_name(*c)).collect();
        let correlation = self.matrix(&members, labels, &pairs, span)?;
        Some((members, correlation))
    }

    pub(super) fn dependence(&mut self) -> Option<(Vec<QuantityId>, Correlation)> {
        let mut pairs: Vec<(QuantityId, QuantityId, f64, Span)> = Vec::new();
        let mut first_span = None;
        for view in self.root.items("dependence") {
            first_span.get_or_insert(view.span());
            let mut members = Vec::new();
            for (path, span) in view.strings("of") {
                if let Some(id) = self.quantity_path(&path, span) {
                    if !self.drawn_once(id) {
                        let law = describe(self.quantities.get(id));
                        let (zh, en) = (&law.zh, &law.en);
                        let message = text!(
                            "{path} 不是不确定的数（{zh}），不能写相关性",
                            "{path} is not uncertain ({en}) and cannot be correlated"
                        );
                        self.report(Diagnostic::error(codes::BAD_PATH, span, message));
                    } else {
                        members.push((id, span));
                    }
                }
            }
            let Some(mut value) = view.number("correlation") else { continue };
            if view.string("kind").is_none_or(|(kind, _)| kind == "rank") {
                value = rank_to_normal(value);
            }
            self.add_pairs(&members, value, &mut pairs);
        }
        let span = first_span?;
        let mut members: Vec<QuantityId> =
            self.quantities.ids().filter(|q| pairs.iter().any(|(a, b, ..)| a == q || b == q)).collect();
        members.sort_by_key(|&q| self.quantities.get(q).path.clone());
        let labels = members.iter().map(|&q| self.quantities.get(q).path.clone()).collect();
        let correlation = self.matrix(&members, labels, &pairs, span)?;
        Some((members, correlation))
    }

    fn drawn_once(&self, id: QuantityId) -> bool {
        let quantity = self.quantities.get(id);
        !quantity.per_arrival && quantity.distribution.as_ref().is_some_and(|d| !d.is_point())
    }

    fn add_pairs<T: Copy + PartialEq>(
        &self,
        members: &[(T, Span)],
        value: f64,
        pairs: &mut Vec<(T, T, f64, Span)>,
    ) {
        for (k, &(a, _)) in members.iter().enumerate() {
            for &(b, span) in &members[k + 1..] {
                let twice = pairs.iter().find(|(x, y, ..)| (*x, *y) == (a, b) || (*x, *y) == (b, a));
                if a == b {
                    let message = text!("同一项不能与自己相关", "something cannot be correlated with itself");
                    self.report(Diagnostic::error(codes::BAD_CORRELATION, span, message));
                } else if let Some((.., first)) = twice {
                    let message =
                        text!("这一对的相关系数写了两次", "this pair's correlation is stated twice");
                    let role = text!("第一次写在这里", "first stated here");
                    self.report(
                        Diagnostic::error(codes::BAD_CORRELATION, span, message).related(*first, role),
                    );
                } else {
                    pairs.push((a, b, value, span));
                }
            }
        }
    }

    fn matrix<T: Copy + PartialEq>(
        &self,
        members: &[T],
        labels: Vec<String>,
        pairs: &[(T, T, f64, Span)],
        span: Span,
    ) -> Option<Correlation> {
        let n = members.len();
        if n < 2 {
            return None;
        }
        let mut matrix = vec![vec![0.0; n]; n];
        (0..n).for_each(|k| matrix[k][k] = 1.0);
        let at = |x: &T| members.iter().position(|m| m == x);
        for (a, b, value, _) in pairs {
            if let (Some(a), Some(b)) = (at(a), at(b)) {
                matrix[a][b] = *value;
                matrix[b][a] = *value;
            }
        }
        match Correlation::new(labels, &matrix) {
            Ok(correlation) => Some(correlation),
            Err(error) => {
                self.report(Diagnostic::error(codes::BAD_CORRELATION, span, error.text()));
                None
            }
        }
    }

    fn cycle_id(&self, name: &str, span: Span, existing: &[CycleId]) -> Option<CycleId> {
        let cycle = match name.split_once('.') {
            None if name == "nation" => CycleId::Nation,
            Some(("industry", id)) => {
                CycleId::Industry(self.resolve(&self.industries, id, span, &Text::new("行业", "industry"))?)
            }
            Some(("province", id)) => {
                CycleId::Province(self.resolve(&self.provinces, id, span, &Text::new("省份", "province"))?)
            }
            _ => {
                let message = text!(
                    "“{name}”不是周期：写 nation、industry.<编号> 或 province.<编号>",
                    "\"{name}\" is no cycle: write nation, industry.<id> or province.<id>"
                );
                self.report(Diagnostic::error(codes::UNKNOWN_REFERENCE, span, message));
                return None;
            }
        };
        if !existing.contains(&cycle) {
            let message = text!("{name} 没有写周期 cycle，无法相关", "{name} declares no cycle to correlate");
            self.report(Diagnostic::error(codes::BAD_CORRELATION, span, message));
            return None;
        }
        Some(cycle)
    }

    fn cycle_name(&self, cycle: CycleId) -> String {
        match cycle {
            CycleId::Nation => "nation".to_owned(),
            CycleId::Industry(s) => format!("industry.{}", self.industries[s]),
            CycleId::Province(p) => format!("province.{}", self.provinces[p]),
        }
    }
}
