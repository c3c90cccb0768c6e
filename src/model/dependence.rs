//! Reads the dependence between cycles and between uncertain quantities.

use super::quantity::describe;
use super::reader::Reader;
use super::*;
use crate::diag::{Diagnostic, Span, codes};
use crate::random::{Correlation, rank_to_normal};
use crate::text;

impl Reader<'_> {
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
                        let message = match self.quantities.get(id).per_arrival {
                            true => text!(
                                "{path} 每发生一次就重新抽取（{zh}），没有一个数可以和别的相关",
                                "{path} is drawn anew for every arrival ({en}): there is no one figure to correlate"
                            ),
                            false => text!(
                                "{path} 不是不确定的数（{zh}），不能写相关性",
                                "{path} is not uncertain ({en}) and cannot be correlated"
                            ),
                        };
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
                self.report(Diagnostic::error(codes::UNKNOWN_REFERENCE, span, message).about(name));
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
