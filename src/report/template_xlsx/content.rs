//! What stands in the workbook to fill in: columns with units, and an example that can be simulated.

type Pair = (&'static str, &'static str);

/// A setting with its unit and example.
pub struct SettingValue {
    /// Its key.
    pub key: &'static str,
    /// Unit in the label, or empty.
    pub unit: &'static str,
    /// Example in Chinese and English.
    pub example: Pair,
    /// Source of the example, or empty where none belongs.
    pub source: &'static str,
}

/// A sheet of rows.
pub struct SheetContent {
    /// What the rows are.
    pub holds: &'static str,
    /// The line above the head.
    pub title: Pair,
    /// Its columns.
    pub columns: &'static [Column],
}

/// A column of a sheet.
pub struct Column {
    /// The key; behind a colon the part of a key of free choice, in both languages.
    pub key: &'static str,
    /// Unit in the head, or empty.
    pub unit: &'static str,
    /// Examples, one a row; empty ones leave the cell empty.
    pub examples: &'static [Pair],
}

const fn setting(
    key: &'static str,
    unit: &'static str,
    zh: &'static str,
    en: &'static str,
    source: &'static str,
) -> SettingValue {
    SettingValue { key, unit, example: (zh, en), source }
}

const fn column(key: &'static str, unit: &'static str, examples: &'static [Pair]) -> Column {
    Column { key, unit, examples }
}

/// Examples of the settings, in their order.
pub const SETTING_VALUES: &[SettingValue] = &[
    setting("scenario.id", "", "example", "example", ""),
    setting(
        "scenario.title",
        "",
        "示例：某省生物医药产业推演（请换成本省数据）",
        "Example: biomedicine in a province (put your figures in)",
        "",
    ),
    setting(
        "scenario.summary",
        "",
        "本表所有数字都是示例，不是任何省份的数据。",
        "All figures of this workbook are examples and belong to no province.",
        "",
    ),
    setting("scenario.base_year", "", "2024", "2024", ""),
    setting("scenario.horizon", "", "2030", "2030", ""),
    setting("measures.revenue.name", "", "营业收入", "Operating revenue", ""),
    setting("scenario.trials", "", "100000", "100000", ""),
    setting("scenario.seed", "", "2027", "2027", ""),
    setting("province.name", "", "某省", "A province", ""),
    setting("province.base", "亿元", "1000", "100", "EXAMPLE"),
    setting("nation.trend", "%", "1~5", "1~5", "EXAMPLE"),
    setting("nation.cycle.volatility", "%", "6", "6", "EXAMPLE"),
    setting("nation.cycle.persistence", "", "0.3", "0.3", "EXAMPLE"),
];

/// Remarks at the foot of the first sheet.
pub const REMARKS: &[Pair] = &[
    (
        "怎么用：把浅黄色单元格里的示例换成本省数据，示例行可以增删；用不到的表可以整张删去。",
        "How to use: put your figures in the place of the examples; rows may be added and removed, sheets that are not needed deleted.",
    ),
    (
        "填好后运行：clustercast import 本文件.xlsx，得到情景文件（.toml）；有问题会一次列出，并指明哪张表的哪个单元格。",
        "Then run `clustercast import FILE.xlsx`, which makes a scenario file (.toml) or lists every fault with its sheet and cell.",
    ),
    (
        "拿不准的数写成范围，如 25~40（5% 与 95% 分位点）。表头批注说明每一列的含义；不需要读的列，表头以 # 开头。",
        "Write what is uncertain as a range such as 25~40 (5 % and 95 % points). Notes on the heads explain the columns; a column whose head begins with # is not read.",
    ),
    (
        "依据等级：官方（文件或统计）、推算（由官方数字算出）、文献、假设。",
        "Grades: official (documents, statistics), derived (computed from them), literature, assumption.",
    ),
];

/// Documents: id, title, date, publisher.
pub const SOURCE_ROWS: &[(&str, Pair, &str, Pair)] = &[(
    "EXAMPLE",
    (
        "示例数字，没有真实出处（换成本省的文件、年鉴、报表）",
        "Figures of the example, without a real source (put yours here)",
    ),
    "2024-06-30",
    ("（发布单位）", "(publisher)"),
)];

/// An empty cell.
const NONE: Pair = ("", "");

const SOURCE: [Pair; 2] = [("EXAMPLE", "EXAMPLE"); 2];
const GRADE: [Pair; 2] = [("假设", "assumption"); 2];

/// The sheets of rows, in their order.
pub const SHEETS: &[SheetContent] = &[
    SheetContent {
        holds: "industry",
        title: (
            "行业：每行一个；各集群的收入按“行业构成”分到这些行业",
            "Industries: one a row; the mix of each cluster is made of them",
        ),
        columns: &[
            column("id", "", &[("drugs", "drugs"), ("devices", "devices")]),
            column("name", "", &[("药品", "Drugs"), ("医疗器械", "Devices")]),
            column("premium", "个百分点", &[("0", "0"), ("3", "3")]),
            column("cycle.volatility", "%", &[("4", "4"), ("5", "5")]),
            column("source", "", &SOURCE),
            column("grade", "", &GRADE),
        ],
    },
    SheetContent {
        holds: "cluster",
        title: (
            "集群：每行一个市州或园区，互不重叠；每行写基期规模、占全省比重、取余数三者之一",
            "Clusters: one a row, without overlap; each has one of base, share and remainder",
        ),
        columns: &[
            column("id", "", &[("capital", "capital"), ("other", "other")]),
            column(
                "name",
                "",
                &[("省会（示例）", "Capital (example)"), ("其他市州（示例）", "Other places (example)")],
            ),
            column("base", "亿元", &[("", ""), ("", "")]),
            column("share", "%", &[("40", "40"), ("", "")]),
            column("remainder", "", &[("", ""), ("是", "yes")]),
            column("mix:药品|Drugs", "%", &[("60", "60"), ("80", "80")]),
            column("mix:医疗器械|Devices", "%", &[("40", "40"), ("20", "20")]),
            column("own_volatility", "%", &[("5", "5"), ("4", "4")]),
            column("source", "", &SOURCE),
            column("grade", "", &GRADE),
            column("note", "", &[("", ""), ("", "")]),
        ],
    },
    SheetContent {
        holds: "firm",
        title: (
            "企业：每行一家，收入已含在所在集群之内，供“目标”表数达到某一规模的企业有多少",
            "Firms: one a row; their revenue is part of that of their cluster, and serves the targets that count firms of a size",
        ),
        columns: &[
            column("name", "", &[("示例药业", "Example Pharma")]),
            column("revenue", "亿元", &[("50", "5")]),
            column("cluster", "", &[("省会（示例）", "Capital (example)")]),
            column("industry", "", &[("药品", "Drugs")]),
            column("premium", "个百分点", &[("0", "0")]),
            column("outside", "", &[("", "")]),
            column("own_volatility", "%", &[("12", "12")]),
            column("source", "", &[("EXAMPLE", "EXAMPLE")]),
            column("grade", "", &[("假设", "assumption")]),
            column("note", "", &[("", "")]),
        ],
    },
    SheetContent {
        holds: "product",
        title: (
            "产品：每行一个，销售额已含在所在集群之内，供“目标”表数达到某一销售额的产品有多少",
            "Products: one a row; their sales are part of the revenue of their cluster, and serve the targets that count products of a size",
        ),
        columns: &[
            column("name", "", &[("示例产品", "Example product")]),
            column("sales", "亿元", &[("5", "0.5")]),
            column("cluster", "", &[("省会（示例）", "Capital (example)")]),
            column("industry", "", &[("药品", "Drugs")]),
            column("own_volatility", "%", &[("20", "20")]),
            column("source", "", &[("EXAMPLE", "EXAMPLE")]),
            column("grade", "", &[("假设", "assumption")]),
            column("note", "", &[("", "")]),
        ],
    },
    SheetContent {
        holds: "record",
        title: (
            "历年数据：只用于核对和作图；对象写“全省”“全国”或集群名称，数额与增速写其一",
            "Records: for checks and charts only; the scope is nation, the province or a cluster; each has a value or a growth",
        ),
        columns: &[
            column("scope", "", &[("全省", "A province"), ("全省", "A province")]),
            column("year", "", &[("2022", "2022"), ("2023", "2023")]),
            column("value", "亿元", &[("920", "92"), ("960", "96")]),
            column("growth", "%", &[("", ""), ("", "")]),
            column("source", "", &SOURCE),
            column("grade", "", &GRADE),
        ],
    },
    SheetContent {
        holds: "target",
        title: (
            "目标：每行一个；考核年份（或最迟年份）必填。金额目标在目标值、年均增速不低于、达到基期几倍中写其一；数企业、产品、集群的目标写数什么、规模达到、个数不低于三列",
            "Targets: one a row, with a year (or by). One of revenue has one of at least, growth at least and multiple of base; one that counts firms, products or clusters has the last three columns",
        ),
        columns: &[
            column(
                "id",
                "",
                &[
                    ("goal-2030", "goal-2030"),
                    ("firms-2030", "firms-2030"),
                    ("products-2030", "products-2030"),
                    ("clusters-2030", "clusters-2030"),
                ],
            ),
            column(
                "name",
                "",
                &[
                    ("2030年1500亿元（示例）", "150 billion yuan by 2030 (example)"),
                    ("80亿元企业1家（示例）", "1 firm of 8 billion yuan (example)"),
                    ("10亿元产品1个（示例）", "1 product of 1 billion yuan (example)"),
                    ("600亿元集群1个（示例）", "1 cluster of 60 billion yuan (example)"),
                ],
            ),
            column("document", "", &[("EXAMPLE", "EXAMPLE"); 4]),
            column("scope", "", &[("全省", "A province"); 4]),
            column("year", "", &[("2030", "2030"); 4]),
            column("by", "", &[NONE; 4]),
            column("at_least", "亿元", &[("1500", "150"), NONE, NONE, NONE]),
            column("growth_at_least", "%", &[NONE; 4]),
            column("multiple_of_base", "", &[NONE; 4]),
            column("counted", "", &[NONE, ("企业", "firms"), ("产品", "products"), ("集群", "clusters")]),
            column("size", "亿元", &[NONE, ("80", "8"), ("10", "1"), ("600", "60")]),
            column("number_at_least", "个", &[NONE, ("1", "1"), ("1", "1"), ("1", "1")]),
        ],
    },
    SheetContent {
        holds: "instrument",
        title: (
            "政策工具：每行一项，选“工具类型”，填钱（或签约额、项目数）和年份；后面的效果各列有本省数据才填，空着的取工具目录的假设，导入时逐项写明",
            "Instruments: one a row with its kind, its money (or what is signed, and projects) and years; fill in effects where you have data: what is empty is assumed as in the catalogue, and import names what it took",
        ),
        columns: &[
            column("id", "", &[("fund", "fund"), ("research", "research"), ("projects", "projects")]),
            column(
                "name",
                "",
                &[
                    ("产业基金（示例）", "Industry fund (example)"),
                    ("研发补助（示例）", "Research subsidy (example)"),
                    ("招商项目（示例）", "Recruited projects (example)"),
                ],
            ),
            column(
                "entry",
                "",
                &[
                    ("引导基金", "Guidance fund"),
                    ("研发补助", "Research subsidy"),
                    ("招商项目", "Investment projects"),
                ],
            ),
            column("money.total", "亿元", &[("50", "5"), NONE, NONE]),
            column("money.per_year", "亿元", &[NONE, ("2", "0.2"), NONE]),
            column("projects.signed.per_year", "亿元", &[NONE, NONE, ("60", "6")]),
            column("projects.count", "个", &[NONE, NONE, ("15", "15")]),
            column("money.from", "", &[("2025", "2025"); 3]),
            column("money.to", "", &[("2027", "2027"), ("2029", "2029"), ("2027", "2027")]),
            column("capacity.leverage", "倍", &[NONE; 3]),
            column("capacity.realised", "%", &[NONE; 3]),
            column("capacity.retained", "%", &[NONE; 3]),
            column("projects.landed", "%", &[NONE; 3]),
            column("projects.started", "%", &[NONE; 3]),
            column("projects.public_share", "%", &[NONE; 3]),
            column("capacity.output_ratio", "倍", &[NONE; 3]),
            column("growth.level", "%", &[NONE; 3]),
            column("growth.years", "", &[NONE; 3]),
            column("source", "", &[("EXAMPLE", "EXAMPLE"); 3]),
            column("grade", "", &[("假设", "assumption"); 3]),
            column("note", "", &[NONE; 3]),
        ],
    },
];
