//! Firms and products that exist in the base year: named ones, and size distributions of the rest.

use super::reader::Reader;
use super::*;
use crate::diag::{Diagnostic, Span, codes};
use crate::scenario::View;
use crate::text;

/// Where a counted thing is, and so what revenue it follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Index of the province.
    pub province: usize,
    /// Cluster; none means the whole province.
    pub cluster: Option<usize>,
    /// Industry; none means all of them.
    pub industry: Option<usize>,
}

/// Whether firms or products are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Counting {
    /// Firms by revenue.
    Firms,
    /// Products by sales.
    Products,
}

/// How a thing grows.
#[derive(Clone, Copy, Debug)]
pub struct Following {
    /// Where it is.
    pub place: Place,
    /// Whether it is outside the primary measure and follows nothing.
    pub outside: bool,
    /// Median growth beside that of its place; growth altogether if it is outside.
    pub premium: QuantityId,
    /// Exposure to the growth of its place.
    pub exposure: QuantityId,
    /// S.d. of a year's own log growth.
    pub own_volatility: QuantityId,
}

/// A named firm or product.
#[derive(Clone, Debug)]
pub struct Item {
    /// Firm or product.
    pub counting: Counting,
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Base-year revenue or sales.
    pub size: QuantityId,
    /// How it grows.
    pub follows: Following,
    /// Size at which the own volatility holds, and the exponent with which it falls with size.
    pub size_rule: Option<(QuantityId, QuantityId)>,
    /// Where it is declared.
    pub span: Span,
}

/// Law of the sizes of unnamed things.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "each field is the key of the same name; see docs/scenario-format.md")]
pub enum SizeLaw {
    /// Pareto.
    Pareto { minimum: QuantityId, exponent: QuantityId, below: QuantityId },
    /// Lognormal.
    Lognormal { median: QuantityId, sigma: QuantityId },
}

/// The unnamed firms or products of a place.
#[derive(Clone, Debug)]
pub struct Population {
    /// Firms or products.
    pub counting: Counting,
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: Text,
    /// How many.
    pub count: QuantityId,
    /// Law of their sizes.
    pub law: SizeLaw,
    /// Sum of all sizes, in place of the law's scale; unset if the scale is stated.
    pub total: QuantityId,
    /// How they grow.
    pub follows: Following,
    /// Where it is declared.
    pub span: Span,
}

/// Keys of the parameter table for each way of counting: (table of named things, of size laws, key of a size).
pub(super) const TABLES: [(Counting, &str, &str, &str); 2] = [
    (Counting::Firms, "firm", "firm_sizes", "revenue"),
    (Counting::Products, "product", "product_sizes", "sales"),
];

impl Item {
    /// Path of its table: `firm.<id>` or `product.<id>`, which also names its draws.
    pub fn path(&self) -> String {
        let table = if self.counting == Counting::Firms { "firm" } else { "product" };
        format!("{table}.{}", self.id)
    }
}

impl Population {
    /// Path of its table: `firm_sizes.<id>` or `product_sizes.<id>`, which also names its draws.
    pub fn path(&self) -> String {
        let table = if self.counting == Counting::Firms { "firm_sizes" } else { "product_sizes" };
        format!("{table}.{}", self.id)
    }
}

impl Model {
    /// Clusters of a place: its own, or those of its province that have its industry.
    pub fn clusters_of_place(&self, place: &Place) -> Vec<usize> {
        let has = |c: usize| {
            place
                .industry
                .is_none_or(|s| self.clusters[c].mix.iter().any(|&(known, share)| known == s && share > 0.0))
        };
        match place.cluster {
            Some(c) => vec![c],
            None => (0..self.clusters.len())
                .filter(|&c| self.clusters[c].province == place.province && has(c))
                .collect(),
        }
    }

    /// Whether a place lies wholly within a scope.
    pub fn is_within(&self, place: &Place, scope: &Scope) -> bool {
        if let Scope::Industry(industry) = scope
            && place.industry != Some(*industry)
        {
            return false;
        }
        let scope = self.clusters_of(scope);
        self.clusters_of_place(place).iter().all(|c| scope.contains(c))
    }

    /// Named things and size laws that a subject counts in a scope, as indices into [`Model::items`] and
    /// [`Model::populations`].
    pub fn counted_in(&self, subject: &Subject, scope: &Scope) -> (Vec<usize>, Vec<usize>) {
        let fits = |counting: Counting, follows: &Following| {
            let fitting = match subject {
                Subject::Firms { outside, industries, .. } => {
                    let listed = industries.is_empty()
                        || follows.place.industry.is_some_and(|industry| industries.contains(&industry));
                    counting == Counting::Firms && listed && (*outside || !follows.outside)
                }
                Subject::Products { industries, .. } => {
                    let listed = |s: usize| industries.is_empty() || industries.contains(&s);
                    counting == Counting::Products && follows.place.industry.is_some_and(listed)
                }
                _ => false,
            };
            fitting && self.is_within(&follows.place, scope)
        };
        let excepted = |id: &String| matches!(subject, Subject::Firms { except, .. } if except.contains(id));
        let counts = |item: &Item| !excepted(&item.id) && fits(item.counting, &item.follows);
        let items = (0..self.items.len()).filter(|&k| counts(&self.items[k]));
        let all = &self.populations;
        let populations = (0..all.len()).filter(|&k| fits(all[k].counting, &all[k].follows));
        (items.collect(), populations.collect())
    }

    /// Arriving firms that a subject counts in a scope.
    pub fn arrivals_in(&self, subject: &Subject, scope: &Scope) -> Vec<usize> {
        let Subject::Firms { industries, .. } = subject else { return Vec::new() };
        let fits = |k: &usize| {
            let arrival = &self.arrivals[*k];
            let province = self.clusters[arrival.cluster].province;
            let place = Place { province, cluster: Some(arrival.cluster), industry: Some(arrival.industry) };
            let listed = industries.is_empty() || industries.contains(&arrival.industry);
            listed && self.is_within(&place, scope)
        };
        (0..self.arrivals.len()).filter(fits).collect()
    }

    /// Pipelines whose launched products a subject counts in a scope.
    pub fn pipelines_in(&self, subject: &Subject, scope: &Scope) -> Vec<usize> {
        let Subject::Products { industries, .. } = subject else { return Vec::new() };
        let fits = |k: &usize| {
            let pipeline = &self.pipelines[*k];
            let (province, cluster) = match pipeline.market {
                Market::Province(province) => (province, None),
                Market::Cluster(cluster) => (self.clusters[cluster].province, Some(cluster)),
            };
            let place = Place { province, cluster, industry: Some(pipeline.industry) };
            let listed = industries.is_empty() || industries.contains(&pipeline.industry);
            listed && self.is_within(&place, scope)
        };
        (0..self.pipelines.len()).filter(fits).collect()
    }
}

impl Reader<'_> {
    pub(super) fn read_items(&mut self, clusters: &[Cluster]) -> Vec<Item> {
        let mut items = Vec::new();
        for (counting, table, _, size) in TABLES {
            for view in self.root.items(table) {
                items.extend(self.item(&view, counting, size, clusters));
            }
        }
        items
    }

    fn item(
        &mut self,
        view: &View<'_>,
        counting: Counting,
        size: &str,
        clusters: &[Cluster],
    ) -> Option<Item> {
        let id = view.string("id").map_or_else(String::new, |(id, _)| id);
        let follows = self.following(view, clusters);
        let size = self.quantity(view, size, None);
        let reference = self.quantity(view, "volatility_reference", None);
        let exponent = self.quantity(view, "volatility_exponent", Some(0.18));
        if view.has("volatility_exponent") && !view.has("volatility_reference") {
            let message = text!(
                "写了 volatility_exponent 就要写 volatility_reference：own_volatility 对应多大规模",
                "volatility_exponent needs volatility_reference: the size at which own_volatility holds"
            );
            self.report(Diagnostic::error(codes::MISSING_KEY, view.key_span("volatility_exponent"), message));
        }
        Some(Item {
            counting,
            name: view.text("name").unwrap_or_else(|| Text::same(&id)),
            id,
            size,
            follows: follows?,
            size_rule: view.has("volatility_reference").then_some((reference, exponent)),
            span: view.span(),
        })
    }

    pub(super) fn read_populations(&mut self, clusters: &[Cluster]) -> Vec<Population> {
        let mut populations = Vec::new();
        for (counting, _, table, _) in TABLES {
            for view in self.root.items(table) {
                populations.extend(self.population(&view, counting, clusters));
            }
        }
        populations
    }

    fn population(
        &mut self,
        view: &View<'_>,
        counting: Counting,
        clusters: &[Cluster],
    ) -> Option<Population> {
        let id = view.string("id").map_or_else(String::new, |(id, _)| id);
        let follows = self.following(view, clusters);
        let count = self.quantity(view, "count", None);
        let total = self.quantity(view, "total", None);
        let pareto = view.string("law").map(|(word, _)| word == "pareto");
        let (scale, shape, strangers) = match pareto? {
            true => ("minimum", "exponent", ["median", "sigma"].as_slice()),
            false => ("median", "sigma", ["minimum", "exponent", "below"].as_slice()),
        };
        for key in strangers.iter().filter(|key| view.has(key)) {
            let message = text!(
                "这种规模分布不用 {key}：写 {scale}（或 total）和 {shape}",
                "{key} does not belong to this law: write {scale} (or total) and {shape}"
            );
            self.report(Diagnostic::error(codes::KEY_CONFLICT, view.key_span(key), message));
        }
        if !view.has(shape) {
            let message = text!("缺少 {shape}", "`{shape}` is missing");
            self.report(Diagnostic::error(codes::MISSING_KEY, view.span(), message));
        }
        let scale = self.quantity(view, scale, None);
        let shape = self.quantity(view, shape, None);
        let law = match pareto? {
            true => {
                SizeLaw::Pareto { minimum: scale, exponent: shape, below: self.quantity(view, "below", None) }
            }
            false => SizeLaw::Lognormal { median: scale, sigma: shape },
        };
        Some(Population {
            counting,
            name: view.text("name").unwrap_or_else(|| Text::same(&id)),
            id,
            count,
            law,
            total,
            follows: follows?,
            span: view.span(),
        })
    }

    fn following(&mut self, view: &View<'_>, clusters: &[Cluster]) -> Option<Following> {
        let place = self.place(view, clusters);
        let outside = view.flag("outside").unwrap_or(false);
        if outside != view.has("growth") {
            let message = text!(
                "口径外的企业（outside = true）写 growth，口径内的不写：它跟随所在地方和行业",
                "a firm with outside = true states its growth; any other follows its place and has none"
            );
            let key = if outside { "outside" } else { "growth" };
            self.report(Diagnostic::error(codes::KEY_CONFLICT, view.key_span(key), message));
        }
        for key in ["premium", "exposure"].into_iter().filter(|key| outside && view.has(key)) {
            let message = text!(
                "口径外的企业不跟随任何板块，不写 {key}",
                "a firm outside follows no segment: leave {key} out"
            );
            self.report(Diagnostic::error(codes::KEY_CONFLICT, view.key_span(key), message));
        }
        let growth = if outside { "growth" } else { "premium" };
        Some(Following {
            outside,
            premium: self.quantity(view, growth, Some(0.0)),
            exposure: self.quantity(view, "exposure", Some(1.0)),
            own_volatility: self.quantity(view, "own_volatility", Some(0.0)),
            place: place?,
        })
    }

    /// The place under `cluster`, `industry` and `province`.
    fn place(&self, view: &View<'_>, clusters: &[Cluster]) -> Option<Place> {
        let of = |key: &str, known: &[String], zh: &str, en: &str| match view.string(key) {
            Some((id, span)) => self.resolve(known, &id, span, &Text::new(zh, en)).map(Some),
            None => Some(None),
        };
        let cluster = of("cluster", &self.clusters, "市州或集群", "cluster")?;
        let industry = of("industry", &self.industries, "行业", "industry")?;
        let province = of("province", &self.provinces, "省份", "province")?;
        let home = match cluster {
            Some(c) => Some(clusters.get(c)?),
            None => None,
        };
        if let (Some(province), Some(home)) = (province, home)
            && home.province != province
        {
            let (cluster, other) = (&home.id, &self.provinces[province]);
            let message = text!("{cluster} 不在 {other}", "{cluster} is not in {other}");
            self.report(Diagnostic::error(codes::BAD_MODEL, view.key_span("province"), message));
        }
        if let (Some(home), Some(s)) = (home, industry)
            && !home.mix.iter().any(|&(known, share)| known == s && share > 0.0)
        {
            let (c, s) = (&home.id, &self.industries[s]);
            let message = text!(
                "{c} 的行业构成里没有 {s}，没有可跟随的收入",
                "{c} has no {s} in its mix: there is no revenue to follow"
            );
            self.report(Diagnostic::error(codes::BAD_MODEL, view.key_span("industry"), message));
            return None;
        }
        let province = match (home.map(|h| h.province).or(province), self.provinces.len()) {
            (Some(province), _) => province,
            (None, 1) => 0,
            (None, _) => {
                let message = text!(
                    "文件里有多个省：用 cluster 或 province 写明在哪里",
                    "the file holds several provinces: say where with cluster or province"
                );
                self.report(Diagnostic::error(codes::MISSING_KEY, view.span(), message));
                return None;
            }
        };
        Some(Place { province, cluster, industry })
    }
}
