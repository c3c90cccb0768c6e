//! The name of a target with the province that it lies in, in a file of several provinces.

use super::{Demand, Level, Market, Model, Scope, Subject, Target};
use crate::text::Text;

impl Model {
    /// The province that a target lies in: that of its place, else the only one whose pipelines or arriving firms it counts.
    /// `None` where it is about several provinces or the nation.
    pub fn province_of(&self, target: &Target) -> Option<usize> {
        let of_clusters = |clusters: &[usize]| only(clusters.iter().map(|&c| self.clusters[c].province));
        match (&target.subject, &target.scope) {
            (_, Scope::Province(province)) => Some(*province),
            (_, Scope::Cluster(cluster)) => Some(self.clusters[*cluster].province),
            (_, Scope::Group(group)) => of_clusters(&self.groups[*group].clusters),
            (_, Scope::Clusters(clusters)) => of_clusters(clusters),
            (Subject::Approvals { pipelines, .. }, Scope::Nation) => {
                only(pipelines.iter().map(|&p| match self.pipelines[p].market {
                    Market::Province(province) => province,
                    Market::Cluster(cluster) => self.clusters[cluster].province,
                }))
            }
            (Subject::Arrivals { of, .. }, Scope::Nation) => {
                only(of.iter().map(|&a| self.clusters[self.arrivals[a].cluster].province))
            }
            (_, Scope::Nation | Scope::Industry(_)) => None,
        }
    }

    /// The name of what is judged: the growth of the nation is that of the whole country, all else that of the file's provinces.
    pub fn judged_scope_name(&self, subject: &Subject, scope: &Scope) -> Text {
        match subject {
            Subject::NationGrowth => self.record_scope_name(scope),
            _ => self.scope_name(scope),
        }
    }

    /// Whether a target is about an average over the years since the base year. A good first year that reaches it is not the
    /// target reached: there is no year in which it is met for the first time.
    pub fn is_average(&self, target: &Target) -> bool {
        let growth = matches!(target.demand, Demand::Threshold { level: Level::Growth(_), .. });
        let of_subject = match &target.subject {
            Subject::NationGrowth => true,
            Subject::Indicator { index, .. } => {
                self.indicators.get(*index).is_some_and(|found| found.average)
            }
            _ => false,
        };
        growth || of_subject
    }

    /// The name of a target as readers of a file with several provinces need it: with its province, unless the name says it
    /// already.
    pub fn target_name(&self, target: &Target) -> Text {
        match self.province_of(target).filter(|_| self.provinces.len() > 1) {
            Some(province) => with_province(&target.name, &self.provinces[province].name),
            None => target.name.clone(),
        }
    }
}

/// A name behind that of its province, unless it holds that already.
pub fn with_province(name: &Text, province: &Text) -> Text {
    let zh = if name.zh.contains(short(&province.zh)) {
        name.zh.clone()
    } else {
        format!("{}：{}", province.zh, name.zh)
    };
    let en = if name.en.contains(&province.en) {
        name.en.clone()
    } else {
        format!("{}: {}", province.en, name.en)
    };
    Text::new(zh, en)
}

/// A province's Chinese name without the word for its rank: `湖北`, `广西`.
pub fn short(province: &str) -> &str {
    let ranks = ["维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市"];
    let found = ranks.iter().find_map(|rank| province.strip_suffix(rank));
    found.filter(|name| name.chars().count() > 1).unwrap_or(province)
}

/// The one value of all; `None` where there are several or none.
fn only(mut all: impl Iterator<Item = usize>) -> Option<usize> {
    let first = all.next()?;
    all.all(|other| other == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::{short, with_province};
    use crate::text::Text;

    #[test]
    fn a_name_says_its_province_once() {
        let hubei = Text::new("湖北省", "Hubei");
        let said = |zh: &str, en: &str| with_province(&Text::new(zh, en), &hubei);
        assert_eq!(
            said("2027年营业收入2500亿元", "Revenue of 2027"),
            Text::new("湖北省：2027年营业收入2500亿元", "Hubei: Revenue of 2027")
        );
        let own = Text::new("湖北2027年2500亿元", "Hubei: 2500 in 2027");
        assert_eq!(with_province(&own, &hubei), own);
        assert_eq!(with_province(&said("甲", "a"), &hubei), said("甲", "a"));
    }

    #[test]
    fn ranks_are_no_part_of_a_short_name() {
        let names =
            ["湖北省", "北京市", "广西壮族自治区", "新疆维吾尔自治区", "内蒙古自治区", "甲省", "香港"];
        assert_eq!(names.map(short), ["湖北", "北京", "广西", "新疆", "内蒙古", "甲省", "香港"]);
    }
}
