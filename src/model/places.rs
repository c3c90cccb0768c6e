//! Reads nation, industries, provinces, clusters, groups and spill-overs.

use super::reader::Reader;
use super::*;
use crate::diag::{Diagnostic, Span, codes};
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
        // An absent key has been reported as missing.
        if industries.is_empty() && self.root.has("industry") {
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
        if clusters.is_empty() && self.root.has("cluster") {
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
        let hint = text!("改其中的份额，使合计为 100%", "change the shares so that they add up to 100%");
        self.report(Diagnostic::error(codes::BAD_SUM, span, message).hint(hint));
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
        let are_listed = !view.items("link").is_empty();
        if choice == "links" && !are_listed {
            let message = text!(
                "neighbours = \"links\" 要逐条写明谁影响谁，文件里却没有 [[spillover.link]]，溢出就不起作用",
                "neighbours = \"links\" needs the links themselves, and there is no [[spillover.link]]: nothing would spill over"
            );
            let hint = text!(
                "写出 [[spillover.link]]，或改为 same_industry、same_cluster；不要溢出就删去 [spillover]",
                "write [[spillover.link]], or choose same_industry or same_cluster; for no spill-over leave [spillover] out"
            );
            let span = view.child("neighbours").map_or(view.span(), |view| view.span());
            self.report(Diagnostic::error(codes::MISSING_KEY, span, message).hint(hint));
        } else if choice != "links" && are_listed {
            let message = text!(
                "写了 [[spillover.link]] 却没有用到：neighbours 是 {choice}",
                "[[spillover.link]] is written but never used: neighbours is {choice}"
            );
            let hint = text!("要用它就写 neighbours = \"links\"", "write neighbours = \"links\" to use it");
            let fault = Diagnostic::warning(codes::UNUSED, view.key_span("link"), message);
            self.report(fault.hint(hint));
        }
        Some(Spillover { strength, neighbours })
    }

    fn links(&mut self, view: &View<'_>) -> Vec<SpilloverLink> {
        let mut links = Vec::new();
        for link in view.items("link") {
            let to = self.segment(&link, "to");
            let from = self.segment(&link, "from");
            if to.is_some() && to == from {
                let message = text!(
                    "一个集群的行业不能是自己的邻居：to 和 from 是同一个",
                    "a segment is not its own neighbour: `to` and `from` are the same"
                );
                let span = link.child("from").map_or(link.span(), |from| from.span());
                self.report(Diagnostic::error(codes::BAD_MODEL, span, message));
            }
            if let (Some(to), Some(from), Some(weight)) = (to, from, link.number("weight")) {
                links.push(SpilloverLink { to, from, weight });
            }
        }
        let mut receivers: Vec<_> = links.iter().map(|link: &SpilloverLink| link.to).collect();
        receivers.sort_unstable();
        receivers.dedup();
        for receiver in receivers {
            let total = links.iter().filter(|link| link.to == receiver).map(|link| link.weight).sum();
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
            self.report(Diagnostic::error(codes::UNKNOWN_REFERENCE, span, message).about(&name));
            return None;
        };
        let cluster = self.resolve(&self.clusters, cluster, span, &Text::new("市州或集群", "cluster"))?;
        let industry = self.resolve(&self.industries, industry, span, &Text::new("行业", "industry"))?;
        Some((cluster, industry))
    }
}
