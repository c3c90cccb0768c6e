//! The one table of commands, in both languages.

use super::decisions::{COMPARE, DECOMPOSE, OPTIMISE, SOLVE};
use super::discovery::{DISCOVER, DRIVERS};
use super::stress::STRESS;
use super::{CommandSpec, Label, Name, Operands, Opt};

pub(super) const fn label(zh: &'static str, en: &'static str) -> Label {
    Label { zh, en }
}

/// The options that every command takes.
pub const GLOBAL: [Opt; 3] = [Opt::Lang, Opt::Help, Opt::Version];

pub(super) const ONCE: bool = false;
pub(super) const REPEATED: bool = true;
pub(super) const FILE: Label = label("文件", "FILE");

/// All commands, in the order of help.
pub static COMMANDS: &[CommandSpec] = &[
    CommandSpec {
        name: Name::Run,
        word: "run",
        operands: Operands::One(FILE),
        options: &[
            (Opt::Policy, REPEATED),
            (Opt::World, REPEATED),
            (Opt::Switch, REPEATED),
            (Opt::Trials, ONCE),
            (Opt::Precision, REPEATED),
            (Opt::Sampler, ONCE),
            (Opt::Samples, ONCE),
            (Opt::SamplesFormat, ONCE),
            (Opt::Seed, ONCE),
            (Opt::Threads, ONCE),
            (Opt::Out, ONCE),
            (Opt::Format, ONCE),
            (Opt::Report, ONCE),
            (Opt::Quiet, ONCE),
        ],
        summary: label(
            "模拟情景文件，给出各项目标实现的概率",
            "simulate a scenario and show how likely its targets are",
        ),
        detail: label(
            "结果以表格显示，并写入输出文件夹：results.json、results.csv、manifest.json 和扇形图（SVG、PNG）。\n\
             用 --format json 时，屏幕只输出结果的 JSON；只有给出 --out 或 --samples 才写文件。\n\
             文件、种子和次数相同，结果就逐位相同，与线程数无关。",
            "Prints tables and writes result files: results.json, results.csv, manifest.json and the fan chart\n\
             (SVG, PNG). With --format json, standard output holds the result document and nothing else, and files\n\
             are written only if --out or --samples is given. The same file, seed and number of trials give the same bits,\n\
             whatever the number of threads.",
        ),
        examples: &[
            "run scenarios/hubei-2027.toml",
            "run scenarios/hubei-2027.toml --policy none --policy plan --world slowdown --trials 1e6",
        ],
    },
    CommandSpec {
        name: Name::Report,
        word: "report",
        operands: Operands::One(label("情景或结果文件", "FILE")),
        options: &[
            (Opt::Policy, REPEATED),
            (Opt::World, REPEATED),
            (Opt::Switch, REPEATED),
            (Opt::Trials, ONCE),
            (Opt::Precision, REPEATED),
            (Opt::Seed, ONCE),
            (Opt::Threads, ONCE),
            (Opt::Out, ONCE),
            (Opt::Format, ONCE),
            (Opt::Quiet, ONCE),
        ],
        summary: label(
            "生成汇报材料：网页、Excel 工作簿、Word 文档和全部图表",
            "make a briefing: page, workbook, document and all charts",
        ),
        detail: label(
            "给情景文件时先模拟，再写出 report.html、report.xlsx、briefing.docx、各张图（chart-*.svg、chart-*.png），\n\
             以及 run 所写的文件。比 run 多模拟几种缺少部分政策工具的方案，用来说明各类工具的作用。\n\
             给 results.json 时不再模拟，直接用其中的结果，写在该文件所在的文件夹；\n\
             不叫 results.json 时，写在旁边的同名文件夹。这时不能再用模拟的选项（--policy、--trials 等）。",
            "A scenario is simulated first; then report.html, report.xlsx, briefing.docx, every chart (chart-*.svg,\n\
             chart-*.png) and the files of `run` are written. More is simulated than by `run`: policies without some of\n\
             their instruments, to tell what each adds. A results.json is not simulated again: everything is made from it\n\
             and written into its folder (beside it, into a folder of its name, if it is called otherwise); options of a\n\
             simulation (--policy, --trials and so on) are refused then.",
        ),
        examples: &[
            "report scenarios/hubei-2027.toml",
            "report output/hubei-2027/results.json --out briefing --lang en",
        ],
    },
    COMPARE,
    SOLVE,
    OPTIMISE,
    DECOMPOSE,
    DRIVERS,
    DISCOVER,
    STRESS,
    CommandSpec {
        name: Name::Check,
        word: "check",
        operands: Operands::Many(FILE),
        options: &[(Opt::Switch, REPEATED)],
        summary: label(
            "检查情景文件，一次列出全部问题",
            "validate scenario files and list every fault at once",
        ),
        detail: label(
            "问题输出在屏幕上（标准输出）。没有错误的文件另附现实性对照表：\n\
             达到每项目标所需的年均增速，与历史增速和全国走势相比。",
            "Faults go to standard output. For files without errors a realism table follows: the growth each target\n\
             needs against recorded growth and the national trend.",
        ),
        examples: &["check scenarios/hubei-2027.toml scenarios/anhui-2030.toml"],
    },
    CommandSpec {
        name: Name::Coverage,
        word: "coverage",
        operands: Operands::Any(FILE),
        options: &[(Opt::All, ONCE), (Opt::Format, ONCE)],
        summary: label(
            "核对文件里的每条数字、集群和政策工具是否用到",
            "tell which statements, clusters and instruments of the documents are used",
        ),
        detail: label(
            "不给文件名时，查 scenarios 文件夹里的全部情景。先列汇总，再列从未引用的，最后列不用的及其理由。\n\
             有从未引用的，或一条既引用又写明不用的，退出码为 1。清单在 scenarios/coverage/ 里，条目用 cites 引用。",
            "Without a file, looks at all scenarios in the folder scenarios. Counts come first, then what was never\n\
             cited, then what is not used and why. The exit code is 1 if anything was never cited, or is both cited\n\
             and excused. The tables lie in scenarios/coverage/; entries cite them with `cites`.",
        ),
        examples: &["coverage", "coverage scenarios/hubei-2027.toml --all"],
    },
    CommandSpec {
        name: Name::Plan,
        word: "plan",
        operands: Operands::One(FILE),
        options: &[(Opt::Policy, REPEATED), (Opt::World, ONCE)],
        summary: label(
            "显示情景展开后的计划表（不做模拟）",
            "show the compiled plan as tables, without simulating",
        ),
        detail: label(
            "列出各集群的份额、各项政策工具逐年的资金，以及逐年预期新增的营业收入。",
            "Lists clusters and their shares, money per instrument and year, and expected new revenue per year.",
        ),
        examples: &["plan scenarios/hubei-2027.toml --policy plan"],
    },
    CommandSpec {
        name: Name::Explain,
        word: "explain",
        operands: Operands::Optional(label("键名", "KEY")),
        options: &[],
        summary: label(
            "解释情景文件中的键：含义、单位、范围、默认值、公式",
            "explain a scenario key: meaning, unit, range, default, formula",
        ),
        detail: label("不给键名时，列出全部键。", "Without a key, lists all keys."),
        examples: &["explain", "explain capacity.online_after"],
    },
    CommandSpec {
        name: Name::Catalogue,
        word: "catalogue",
        operands: Operands::Optional(label("编号或词", "ID|WORD")),
        options: &[],
        summary: label(
            "列出政策工具目录，或解释其中一条",
            "list the catalogue of policy instruments, or explain one",
        ),
        detail: label(
            "目录收录四份文件的 80 项政策工具和 4 项通用工具，各有作用渠道和默认参数（注明出处与依据等级）。\n\
             给出编号时，列出该条的参数和可以粘贴到情景文件里的写法；给出词时，列出含这个词的条目。",
            "The catalogue holds the 80 instruments of the four documents and four general ones, each with its channels\n\
             and default parameters (with source and grade). With an id, shows the parameters and how a scenario\n\
             takes the entry; with a word, lists the entries that contain it.",
        ),
        examples: &["catalogue", "catalogue CDMO", "catalogue IN-HB48-21"],
    },
    CommandSpec {
        name: Name::Schema,
        word: "schema",
        operands: Operands::None,
        options: &[],
        summary: label(
            "输出情景文件的 JSON Schema，供编辑器使用",
            "print the JSON Schema of scenario files, for editors",
        ),
        detail: label(
            "可存为文件，再在编辑器中引用。",
            "Redirect it to a file and point your editor to that.",
        ),
        examples: &["schema > clustercast.schema.json"],
    },
    CommandSpec {
        name: Name::New,
        word: "new",
        operands: Operands::Optional(FILE),
        options: &[(Opt::Xlsx, ONCE)],
        summary: label(
            "写出带注释的情景文件样板，或供填报的 Excel 工作簿",
            "write a commented starter scenario, or a workbook to fill in",
        ),
        detail: label(
            "不给文件名时，样板输出到屏幕，工作簿写入“情景填报表.xlsx”。不会覆盖已有文件。\n\
             工作簿填好后用 clustercast import 导入。",
            "Without a file name, the starter is printed and the workbook is written to scenario.xlsx. An existing file\n\
             is never overwritten. Once filled in, the workbook is turned into a scenario by clustercast import.",
        ),
        examples: &["new my-province.toml", "new --xlsx my-province.xlsx"],
    },
    CommandSpec {
        name: Name::Import,
        word: "import",
        operands: Operands::OneOrTwo(label("工作簿", "BOOK"), label("情景文件", "FILE")),
        options: &[],
        summary: label("把填好的 Excel 工作簿变成情景文件", "turn a filled-in workbook into a scenario file"),
        detail: label(
            "问题一次列出，每个都指明工作表和单元格；没有错误才写文件。不给文件名时与工作簿同名。\n\
             不会覆盖已有文件。",
            "Lists every fault at once with sheet and cell; the file is written only if there is no error. Without a\n\
             file name, it is named like the workbook. An existing file is never overwritten.",
        ),
        examples: &["import my-province.xlsx"],
    },
    CommandSpec {
        name: Name::Hindcast,
        word: "hindcast",
        operands: Operands::One(FILE),
        options: &[
            (Opt::Policy, ONCE),
            (Opt::World, ONCE),
            (Opt::Trials, ONCE),
            (Opt::Seed, ONCE),
            (Opt::Threads, ONCE),
            (Opt::Format, ONCE),
            (Opt::Quiet, ONCE),
        ],
        summary: label(
            "回溯检验：从方案起点推演，与事后结果对照",
            "predict from a plan's start and compare with what happened",
        ),
        detail: label(
            "结果写在情景文件的 [[outcome]] 里，只用于这张表。不给 --policy 时，按名为 plan 的方案推演。",
            "What happened stands in the scenario as [[outcome]] and is used for nothing else. Without --policy, the\n\
             policy called plan is simulated.",
        ),
        examples: &["hindcast scenarios/zhejiang-2024.toml"],
    },
    CommandSpec {
        name: Name::Bench,
        word: "bench",
        operands: Operands::Optional(FILE),
        options: &[
            (Opt::Policy, REPEATED),
            (Opt::World, REPEATED),
            (Opt::Switch, REPEATED),
            (Opt::Threads, ONCE),
            (Opt::Format, ONCE),
        ],
        summary: label("测速：本机每秒能模拟多少次", "measure how fast this machine simulates"),
        detail: label(
            "给出每秒模拟次数、各线程数的快慢、时间花在哪里，以及可能性精确到±0.1个百分点要多久。约需十秒。\n\
             不给文件时，测程序自带的参考情景。测速时请不要运行别的程序。",
            "Prints trials a second, how they grow with threads, what the time goes into, and how long a probability takes\n\
             to within 0.1 percentage points. Takes about ten seconds. Without a file, a reference scenario of the\n\
             program's own is measured. Let nothing else run meanwhile.",
        ),
        examples: &["bench", "bench scenarios/hubei-2027.toml"],
    },
    CommandSpec {
        name: Name::Verify,
        word: "verify",
        operands: Operands::One(label("结果.json", "RESULT.json")),
        options: &[],
        summary: label(
            "按结果文件的记录重新计算，逐位比对",
            "re-run a recorded result and compare it bit for bit",
        ),
        detail: label(
            "所需的输入都记在结果文件里。一致时退出码为 0，不一致时列出最先几处不同，退出码为 1。",
            "The result file holds all inputs. The exit code is 0 if everything agrees; else the first differences\n\
             are listed and it is 1.",
        ),
        examples: &["verify output/hubei-2027/results.json"],
    },
    CommandSpec {
        name: Name::Help,
        word: "help",
        operands: Operands::Optional(label("命令", "COMMAND")),
        options: &[],
        summary: label("显示总的帮助，或某个命令的帮助", "show this help, or the help of one command"),
        detail: label("与“命令 --help”相同。", "The same as COMMAND --help."),
        examples: &["help run"],
    },
];
