//! The heads of tables: the key each stands for, in Chinese and English.

use crate::text::Text;

/// A head: the key below its table and how it may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The key, with dots for tables within (`cycle.volatility`); a key of free choice is left out (`mix`).
    pub key: &'static str,
    /// Chinese heads, the usual one first; without units.
    pub zh: &'static [&'static str],
    /// English head besides the key itself.
    pub en: &'static str,
}

const fn head(key: &'static str, zh: &'static [&'static str], en: &'static str) -> Head {
    Head { key, zh, en }
}

/// A kind of rows that a table may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rows {
    /// The word under `holds`: the array of tables that the rows go to.
    pub holds: &'static str,
    /// Chinese word for the kind, also the name of its sheet in a workbook to fill in.
    pub zh: &'static str,
    /// English word for the kind, also the name of its sheet.
    pub en: &'static str,
    /// Its heads; those of [`COMMON`] come besides.
    pub heads: &'static [Head],
}

/// Heads of every table.
pub const COMMON: &[Head] = &[
    head("source", &["出处", "来源", "资料来源", "数据来源"], "source"),
    head("grade", &["依据等级", "等级", "依据"], "grade"),
    head("note", &["备注", "说明"], "note"),
    head("cites", &["文件陈述编号"], "cited statements"),
];

const ID: Head = head("id", &["编号"], "id");
const NAME: Head = head("name", &["名称"], "name");
const NAME_EN: Head = head("name.en", &["英文名称"], "English name");
const CLUSTER: Head = head("cluster", &["所在集群", "集群", "市州", "所在地"], "cluster");
const INDUSTRY: Head = head("industry", &["所属行业", "行业"], "industry");
const PROVINCE: Head = head("province", &["所在省份", "省份"], "province");
const PREMIUM: Head = head("premium", &["额外增速"], "premium");
const EXPOSURE: Head = head("exposure", &["随板块增长程度"], "exposure");
const OWN: Head = head("own_volatility", &["自身波动"], "own volatility");
const REFERENCE: Head = head("volatility_reference", &["波动参照规模"], "volatility reference");
const EXPONENT: Head = head("volatility_exponent", &["波动下降指数"], "volatility exponent");
const COUNT: Head = head("count", &["个数", "企业个数", "产品个数"], "count");
const LAW: Head = head("law", &["规模分布"], "law");
const MINIMUM: Head = head("minimum", &["最小规模"], "minimum");
const TAIL: Head = head("exponent", &["尾部指数"], "tail exponent");
const BELOW: Head = head("below", &["规模上限"], "below");
const MEDIAN: Head = head("median", &["中位规模"], "median");
const SIGMA: Head = head("sigma", &["对数标准差"], "sigma");
const TOTAL: Head = head("total", &["合计规模"], "total");
const MEASURE: Head = head("measure", &["统计口径", "口径"], "measure");
const DOCUMENT: Head = head("document", &["出自文件", "文件"], "document");

/// The column of targets that says what is counted, which is no key of the format.
pub const COUNTED: &str = "counted";
/// The column of targets that says from what size on things count, which is no key of the format.
pub const SIZE: &str = "size";

/// Every kind of rows.
pub const ROWS: &[Rows] = &[
    Rows {
        holds: "industry",
        zh: "行业",
        en: "Industries",
        heads: &[
            head("id", &["行业编号", "编号"], "industry id"),
            head("name", &["行业名称", "行业", "名称"], "industry"),
            NAME_EN,
            head("trend", &["年均增速"], "trend"),
            head("premium", &["高于全国总体的增速"], "premium"),
            head("cycle.volatility", &["景气波动"], "cycle volatility"),
            head("cycle.persistence", &["景气持续性"], "cycle persistence"),
        ],
    },
    Rows {
        holds: "cluster",
        zh: "集群",
        en: "Clusters",
        heads: &[
            head("id", &["集群编号", "编号"], "cluster id"),
            head("name", &["集群名称", "集群", "市州", "园区", "名称"], "cluster"),
            NAME_EN,
            PROVINCE,
            head("base", &["基期规模", "基期数", "营业收入"], "base"),
            head("share", &["占全省比重", "占全省份额", "份额"], "share"),
            head("remainder", &["取余数"], "remainder"),
            head("mix", &["行业构成"], "mix"),
            head("base_in", &["其他口径基期数"], "base in"),
            PREMIUM,
            head("industry_premium", &["行业额外增速"], "industry premium"),
            OWN,
            head("exposure", &["景气敏感度"], "exposure"),
        ],
    },
    Rows {
        holds: "firm",
        zh: "企业",
        en: "Firms",
        heads: &[
            head("id", &["企业编号", "编号", "统一社会信用代码"], "firm id"),
            head("name", &["企业名称", "企业", "单位名称", "名称"], "firm"),
            NAME_EN,
            head("revenue", &["营业收入", "年收入", "主营业务收入", "基期年收入"], "revenue"),
            CLUSTER,
            INDUSTRY,
            PROVINCE,
            PREMIUM,
            EXPOSURE,
            OWN,
            REFERENCE,
            EXPONENT,
            head("outside", &["主口径之外", "口径外"], "outside"),
            head("growth", &["口径外企业增速", "自身增速"], "growth"),
        ],
    },
    Rows {
        holds: "firm_sizes",
        zh: "企业规模分布",
        en: "Firm sizes",
        heads: &[
            ID, NAME, NAME_EN, COUNT, LAW, MINIMUM, TAIL, BELOW, MEDIAN, SIGMA, TOTAL, CLUSTER, INDUSTRY,
            PROVINCE, PREMIUM, EXPOSURE, OWN,
        ],
    },
    Rows {
        holds: "product",
        zh: "产品",
        en: "Products",
        heads: &[
            head("id", &["产品编号", "编号"], "product id"),
            head("name", &["产品名称", "产品", "品种", "名称"], "product"),
            NAME_EN,
            head("sales", &["销售额", "年销售额", "销售收入"], "sales"),
            CLUSTER,
            INDUSTRY,
            PROVINCE,
            PREMIUM,
            EXPOSURE,
            OWN,
            REFERENCE,
            EXPONENT,
        ],
    },
    Rows {
        holds: "product_sizes",
        zh: "产品规模分布",
        en: "Product sizes",
        heads: &[
            ID, NAME, NAME_EN, COUNT, LAW, MINIMUM, TAIL, BELOW, MEDIAN, SIGMA, TOTAL, CLUSTER, INDUSTRY,
            PROVINCE, PREMIUM, EXPOSURE, OWN,
        ],
    },
    Rows {
        holds: "pipeline.stage",
        zh: "研发管线",
        en: "Pipelines",
        heads: &[
            head("pipeline", &["管线", "研发管线"], "pipeline"),
            head("id", &["阶段编号", "编号"], "stage id"),
            head("name", &["阶段", "阶段名称", "名称"], "stage"),
            NAME_EN,
            head("success", &["通过率"], "success"),
            head("duration", &["平均时长"], "duration"),
            head("shape", &["时长形状参数"], "shape"),
            head("assets", &["品种数", "在研品种数"], "assets"),
            head("elapsed", &["已走过比例"], "elapsed"),
        ],
    },
    Rows {
        holds: "arrival",
        zh: "招商引进",
        en: "Arrivals",
        heads: &[
            ID,
            NAME,
            NAME_EN,
            CLUSTER,
            INDUSTRY,
            head("rate", &["每年落户企业数"], "rate"),
            head("years", &["落户年份"], "years"),
            head("size", &["达产年收入"], "size"),
            head("online_after", &["投产年数"], "online after"),
            head("full_after", &["达产年数"], "full after"),
            head("displaced", &["挤占比例"], "displaced"),
        ],
    },
    Rows {
        holds: "instrument",
        zh: "政策工具",
        en: "Instruments",
        heads: &[
            head("id", &["工具编号", "编号"], "instrument id"),
            head("name", &["政策工具", "工具名称", "名称"], "instrument"),
            NAME_EN,
            head("entry", &["工具类型", "目录条目"], "kind"),
            head("class", &["工具类别", "类别"], "class"),
            DOCUMENT,
            head("money.total", &["财政资金总额", "资金总额"], "money"),
            head("money.per_year", &["每年财政资金", "年度资金"], "money a year"),
            head("money.from", &["开始年份", "资金开始年份"], "from"),
            head("money.to", &["结束年份", "资金结束年份"], "to"),
            head("recovery.share", &["资金收回比例"], "returned share"),
            head("projects.signed.total", &["签约总额"], "signed in all"),
            head("projects.signed.per_year", &["每年签约额"], "signed a year"),
            head("projects.signed.from", &["签约开始年份"], "signed from"),
            head("projects.signed.to", &["签约结束年份"], "signed to"),
            head("projects.count", &["每年签约项目数"], "projects a year"),
            head("projects.landed", &["落地率"], "landed"),
            head("projects.started", &["开工率"], "started"),
            head("projects.public_share", &["财政投入比例"], "public share"),
            head("allocation", &["资金分配"], "allocation"),
            head("capacity.realised", &["资金到位率"], "paid in"),
            head("capacity.leverage", &["撬动倍数"], "leverage"),
            head("capacity.retained", &["返投比例"], "invested locally"),
            head("capacity.deadweight", &["本来就会发生的比例"], "deadweight"),
            head("capacity.displaced", &["挤占本地比例"], "displaced"),
            head("capacity.survival", &["项目存活率"], "survival"),
            head("capacity.output_ratio", &["每元投资年收入"], "output ratio"),
            head("capacity.online_after", &["投产年数"], "online after"),
            head("capacity.full_after", &["达产年数"], "full after"),
            head("knowledge.additionality", &["带动研发倍数"], "additionality"),
            head("knowledge.elasticity", &["知识产出弹性"], "knowledge elasticity"),
            head("knowledge.rd_intensity", &["研发投入强度"], "R&D intensity"),
            head("growth.level", &["对收入水平的总影响"], "effect on the level"),
            head("growth.years", &["见效年数"], "effect years"),
            head("growth.lag", &["滞后年数"], "effect lag"),
            head("growth.clusters", &["作用集群"], "effect clusters"),
            head("growth.industries", &["作用行业"], "effect industries"),
        ],
    },
    Rows {
        holds: "target",
        zh: "目标",
        en: "Targets",
        heads: &[
            head("id", &["目标编号", "编号"], "target id"),
            head("name", &["目标", "目标名称", "名称"], "target"),
            NAME_EN,
            DOCUMENT,
            head("scope", &["考核对象", "对象"], "scope"),
            MEASURE,
            head("year", &["考核年份", "年份"], "year"),
            head("by", &["最迟年份"], "by"),
            head("at_least", &["目标值", "不低于"], "at least"),
            head("at_most", &["不高于"], "at most"),
            head("multiple_of_base", &["达到基期几倍"], "multiple of base"),
            head("growth_at_least", &["年均增速不低于"], "growth at least"),
            head("stretch", &["争取目标"], "stretch"),
            head(COUNTED, &["数什么"], "what is counted"),
            head(SIZE, &["规模达到"], "of at least"),
            head("number_at_least", &["个数不低于"], "number at least"),
        ],
    },
    Rows {
        holds: "record",
        zh: "历年数据",
        en: "Records",
        heads: &[
            head("scope", &["对象", "地区", "范围"], "scope"),
            head("year", &["年份"], "year"),
            head("value", &["数额", "数值", "营业收入"], "value"),
            head("growth", &["同比增速", "增速"], "growth"),
            MEASURE,
            head("months", &["涵盖月数"], "months"),
        ],
    },
];

impl Head {
    /// Its usual words.
    pub fn words(&self) -> Text {
        Text::new(self.zh.first().copied().unwrap_or(self.key), self.en)
    }
}

/// The kind of rows called `word` under `holds`.
pub fn rows(word: &str) -> Option<&'static Rows> {
    ROWS.iter().find(|rows| rows.holds == word)
}

impl Rows {
    /// Pattern of the items in the parameter table: `firm[]`, `pipeline[].stage[]`.
    pub fn pattern(&self) -> String {
        format!("{}[]", self.holds.replace('.', "[]."))
    }

    /// All heads of the kind.
    pub fn all(&self) -> impl Iterator<Item = &'static Head> {
        self.heads.iter().chain(COMMON)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{parameters, provenance};

    #[test]
    fn the_kinds_are_those_that_a_table_may_state() {
        let holds: Vec<&str> = ROWS.iter().map(|rows| rows.holds).collect();
        assert_eq!(holds, parameters::outlook::HOLDS);
    }

    #[test]
    fn every_head_is_a_key_and_no_word_means_two() {
        for rows in ROWS {
            let mut words: Vec<&str> = Vec::new();
            for head in rows.all() {
                let pattern = format!("{}.{}", rows.pattern(), head.key);
                let known = parameters::param(&pattern).is_some()
                    || provenance::KEYS.contains(&head.key)
                    || matches!(head.key, "name.en" | "pipeline" | COUNTED | SIZE);
                assert!(known, "{pattern}");
                words.extend(head.zh);
                words.push(head.en);
            }
            let count = words.len();
            words.sort_unstable();
            words.dedup();
            assert_eq!(words.len(), count, "{}: a word stands for two keys", rows.holds);
        }
    }
}
