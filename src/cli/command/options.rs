//! The one table of options, in both languages.

use super::table::label;
use super::{Opt, OptionSpec};

/// All options, in the order of help.
pub static OPTIONS: &[OptionSpec] = &[
    OptionSpec {
        opt: Opt::Policy,
        long: "policy",
        short: None,
        value: Some(label("政策", "ID")),
        example: "plan",
        help: label("只看这项政策（默认：全部政策）", "only this policy (default: all)"),
    },
    OptionSpec {
        opt: Opt::World,
        long: "world",
        short: None,
        value: Some(label("环境", "ID")),
        example: "slowdown",
        help: label("在这种外部环境下计算（默认：base）", "in this world (default: base)"),
    },
    OptionSpec {
        opt: Opt::Target,
        long: "target",
        short: None,
        value: Some(label("目标", "ID")),
        example: "revenue-2500",
        help: label(
            "看这个目标；写文件编号则看该文件的全部目标（默认：主要目标）",
            "this target, or all targets of the document with this id (default: the main target)",
        ),
    },
    OptionSpec {
        opt: Opt::Switch,
        long: "switch",
        short: None,
        value: Some(label("开关=选项", "ID=OPTION")),
        example: "distributors=included",
        help: label(
            "口径开关取这个选项（默认：情景文件中的值）",
            "read the documents this way (default: as in the scenario)",
        ),
    },
    OptionSpec {
        opt: Opt::Trials,
        long: "trials",
        short: None,
        value: Some(label("次数", "N")),
        example: "100000",
        help: label(
            "模拟次数，可写 100000、1e6、10万（默认：100000）",
            "number of trials, as 100000, 100_000 or 1e6 (default: 100000)",
        ),
    },
    OptionSpec {
        opt: Opt::Seed,
        long: "seed",
        short: None,
        value: Some(label("种子", "S")),
        example: "2027",
        help: label("随机数种子（默认：情景文件中的值）", "random seed (default: as in the scenario)"),
    },
    OptionSpec {
        opt: Opt::Threads,
        long: "threads",
        short: None,
        value: Some(label("线程数", "K")),
        example: "4",
        help: label(
            "并行线程数，不影响结果（默认：全部核心）",
            "threads; results do not depend on it (default: all cores)",
        ),
    },
    OptionSpec {
        opt: Opt::Out,
        long: "out",
        short: None,
        value: Some(label("文件夹", "DIR")),
        example: "output/hubei",
        help: label(
            "结果写入的文件夹（默认：output/<文件名>）",
            "folder for the result files (default: output/ and the file's name)",
        ),
    },
    OptionSpec {
        opt: Opt::Format,
        long: "format",
        short: None,
        value: Some(label("text|json", "text|json")),
        example: "json",
        help: label(
            "屏幕输出为表格，或只输出结果的 JSON（默认：text）",
            "print tables, or the result document as JSON and nothing else (default: text)",
        ),
    },
    OptionSpec {
        opt: Opt::Quiet,
        long: "quiet",
        short: Some('q'),
        value: None,
        example: "",
        help: label("不显示进度和提示", "show no progress and no hints"),
    },
    OptionSpec {
        opt: Opt::Report,
        long: "report",
        short: None,
        value: None,
        example: "",
        help: label(
            "另写汇报材料：网页、工作簿、文档和图表，同 report 命令",
            "also write the page, workbook, document and charts, as the command report does",
        ),
    },
    OptionSpec {
        opt: Opt::Xlsx,
        long: "xlsx",
        short: None,
        value: None,
        example: "",
        help: label("写出供填报的 Excel 工作簿", "write a workbook to fill in"),
    },
    OptionSpec {
        opt: Opt::All,
        long: "all",
        short: None,
        value: None,
        example: "",
        help: label("连已用的也列出，并注明引用处", "also list what is used, and where"),
    },
    OptionSpec {
        opt: Opt::Lang,
        long: "lang",
        short: None,
        value: Some(label("zh|en", "zh|en")),
        example: "zh",
        help: label(
            "界面语言（默认：随系统，非英文系统为中文）",
            "language (default: English in an English locale, else Chinese)",
        ),
    },
    OptionSpec {
        opt: Opt::Help,
        long: "help",
        short: Some('h'),
        value: None,
        example: "",
        help: label("显示帮助", "show help"),
    },
    OptionSpec {
        opt: Opt::Version,
        long: "version",
        short: Some('V'),
        value: None,
        example: "",
        help: label("显示版本号", "show the version"),
    },
];
