//! Faults of what could be read in two ways, or in none: years cut short, empty lists, links to nobody, figures without units.

use super::cases::Case;
use clustercast::diag::codes;

const MONEY: &str = "{ total = \"50亿元\", from = 2025, to = 2026 }";
const GOAL: &str = "at_least = \"1500亿元\"";

/// An event, and what follows it.
macro_rules! event_and {
    ($rest:literal) => {
        concat!(
            "[[event]]\nid = \"cut\"\nrate = 0.3\nseverity = { dist = \"uniform\", low = \"5%\", high = \"15%\" }\n",
            "source = \"S\"\ngrade = \"assumption\"\n",
            $rest
        )
    };
}

/// Built from the same valid file as the other cases.
pub const CASES: &[Case] = &[
    case!(
        "a base year with a fraction",
        [("base_year = 2024", "base_year = \"2024.9\"")],
        BAD_YEAR,
        "2024.9",
        "年份不带小数",
        "a year has no fraction"
    ),
    case!(
        "money of a part of a year",
        [("from = 2025", "from = \"2025.7年\"")],
        BAD_YEAR,
        "2025.7",
        "“2025.7年”不是年份",
        "`2025.7年` is no calendar year"
    ),
    case!(
        "a target of a part of a year",
        [("year = 2027\nat_least", "year = \"2026.99年\"\nat_least")],
        BAD_YEAR,
        "2026.99",
        "年份不带小数",
        "no fraction"
    ),
    case!(
        "amounts of parts of a year",
        [(MONEY, "{ by_year = { \"2025.6\" = \"3亿元\", \"2026\" = \"4亿元\" } }")],
        BAD_YEAR,
        "2025.6",
        "年份不带小数",
        "no fraction"
    ),
    case!(
        "a year written in two ways",
        [(MONEY, "{ by_year = { 2025 = \"3亿元\", \"2025年\" = \"4亿元\" } }")],
        KEY_CONFLICT,
        "2025年",
        "2025 年写了两次",
        "the year 2025 is written twice"
    ),
    case!(
        "a level of one year written in two ways",
        [(GOAL, "at_least = { 2027 = \"1500亿元\", \"２０２７\" = \"1600亿元\" }")],
        KEY_CONFLICT,
        "２０２７",
        "2027 年写了两次",
        "the year 2027 is written twice"
    ),
    case!(
        "money of no year",
        [(MONEY, "{ by_year = {} }")],
        MISSING_KEY,
        "by_year",
        "一年也没有写",
        "no year is written"
    ),
    case!(
        "a place without a name",
        [("id = \"wuhan\"", "id = \"wuhan\"\nname = \" \"")],
        MISSING_KEY,
        "name",
        "name 是空的",
        "`name` is empty"
    ),
    case!(
        "a group of nobody",
        [("[[instrument]]", "[[group]]\nid = \"g\"\nclusters = []\n[[instrument]]")],
        MISSING_KEY,
        "clusters = []",
        "clusters 的列表是空的",
        "the list `clusters` is empty"
    ),
    case!(
        "growth of no cluster",
        [(
            "allocation = {",
            "growth = { level = \"1%\", years = 2, start = 2025, clusters = [] }\nallocation = {"
        )],
        MISSING_KEY,
        "clusters = []",
        "不限定就不写 clusters",
        "leave `clusters` out if all are meant"
    ),
    case!(
        "an event that hits no industry",
        [("[[instrument]]", event_and!("industries = []\n[[instrument]]"))],
        MISSING_KEY,
        "industries = []",
        "industries 的列表是空的",
        "the list `industries` is empty"
    ),
    case!(
        "support of no indicator",
        [(
            "[[instrument]]",
            "[[indicator]]\nid = \"filings\"\ncount = { base = 3, rate = 2 }\nsource = \"S\"\ngrade = \"assumption\"\n\
             [[instrument]]\nid = \"desk\"\nindicators = { of = [], added = 1 }\nsource = \"S\"\ngrade = \"assumption\"\n\
             [[instrument]]"
        )],
        MISSING_KEY,
        "of = []",
        "of 的列表是空的",
        "name at least one"
    ),
    case!(
        "a target of no targets",
        [(GOAL, "at_least = \"1500亿元\"\n[[target]]\nid = \"all\"\nall_of = []")],
        MISSING_KEY,
        "all_of = []",
        "all_of 的列表是空的",
        "the list `all_of` is empty"
    ),
    case!(
        "a segment that is its own neighbour",
        [(
            "[[instrument]]",
            "[spillover]\nstrength = 0.1\nneighbours = \"links\"\nsource = \"S\"\ngrade = \"assumption\"\n\
             [[spillover.link]]\nto = \"wuhan/drugs\"\nfrom = \"wuhan/drugs\"\nweight = 1\n[[instrument]]"
        )],
        BAD_MODEL,
        "from = \"wuhan/drugs\"",
        "不能是自己的邻居",
        "not its own neighbour"
    ),
    case!(
        "links without any",
        [(
            "[[instrument]]",
            "[spillover]\nstrength = 0.1\nneighbours = \"links\"\nsource = \"S\"\ngrade = \"assumption\"\n[[instrument]]"
        )],
        MISSING_KEY,
        "neighbours",
        "没有 [[spillover.link]]",
        "there is no [[spillover.link]]"
    ),
    case!(
        "links that are not asked for",
        [(
            "[[instrument]]",
            "[spillover]\nstrength = 0.1\nsource = \"S\"\ngrade = \"assumption\"\n\
             [[spillover.link]]\nto = \"wuhan/drugs\"\nfrom = \"rest/drugs\"\nweight = 1\n[[instrument]]"
        )],
        UNUSED,
        "spillover.link",
        "却没有用到",
        "never used"
    ),
    case!(
        "clusters above the province, in billions where English is spoken",
        [("base = \"400亿元\"", "base = \"1400亿元\"")],
        OVER_PROVINCE,
        "",
        "最多可达1,400亿元，超过",
        "can add up to 140 billion yuan, more than the province (100 billion yuan"
    ),
    case!(
        "a law in the units of its quantity",
        [(
            "[[instrument]]",
            event_and!(
                "[[dependence]]\nof = [\"event.cut.severity\", \"nation.trend\"]\ncorrelation = 0.5\n[[instrument]]"
            )
        )],
        BAD_PATH,
        "event.cut.severity",
        "每发生一次就重新抽取（均匀分布（下限 5%，上限 15%））",
        "is drawn anew for every arrival (uniform (low 5%, high 15%))"
    ),
];
