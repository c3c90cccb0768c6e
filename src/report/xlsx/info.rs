//! The sheet of run information: how to compute it again, what it was computed from, how, and how exact it is.

use rust_xlsxwriter::{FormatAlign, Worksheet, XlsxError};

use super::Input;
use crate::report::number;

/// Above this a double no longer holds every whole number.
const EXACT: u64 = 1 << 53;

/// The sheet.
pub fn sheet(input: &Input<'_>) -> Result<Worksheet, XlsxError> {
    let (results, briefing) = (input.results, input.briefing);
    let lang = briefing.lang;
    let mut sheet = input.sheet("运行信息", "Run information")?;
    let (run, scenario) = (&results.run, &results.scenario);
    sheet.title(&input.say("运行信息", "Run information"))?;
    let names = |list: &[crate::analysis::results::Named]| {
        let names: Vec<String> = list.iter().map(|named| named.name.get(lang).to_owned()).collect();
        names.join(&input.say("；", "; "))
    };
    let files: Vec<&str> = scenario.inputs.iter().map(|file| file.name.as_str()).collect();
    let words = [
        (input.say("程序", "Program"), format!("{} {}", results.program.name, results.program.version)),
        (input.say("情景文件", "Scenario file"), scenario.file.clone()),
        (input.say("全部输入文件", "All input files"), files.join(&input.say("；", "; "))),
        (input.say("输入的校验值（SHA-256）", "Hash of the inputs (SHA-256)"), scenario.hash.clone()),
        (input.say("主要口径", "Main measure"), scenario.measure.name.get(lang).to_owned()),
        (input.say("方案", "Policies"), names(&run.policies)),
        (input.say("情景", "Worlds"), names(&run.worlds)),
        (input.say("参照方案", "Reference policy"), run.reference.name.get(lang).to_owned()),
    ];
    let (head, _) = sheet.heads([
        (input.say("项目", "Item").as_str(), false),
        (input.say("内容", "Content").as_str(), false),
    ])?;
    for (item, content) in &words {
        let row = sheet.row;
        sheet.text(row, 0, item)?;
        sheet.text(row, 1, content)?;
        sheet.skip(1);
    }
    // beside words, numbers stand on the left as well
    let left = |code: &str| sheet.styles.number(code).set_align(FormatAlign::Left);
    let (count, year, percent) = (left("#,##0"), left("0"), left("0%"));
    let numbers = [
        (input.say("基年", "Base year"), f64::from(scenario.base_year), &year),
        (input.say("预测终年", "Last year"), f64::from(scenario.horizon), &year),
        (input.say("每个方案的模拟次数", "Trials a policy"), run.trials as f64, &count),
        (input.say("区间水平", "Level of intervals"), run.interval_level, &percent),
    ];
    for (item, value, format) in numbers {
        let row = sheet.row;
        sheet.text(row, 0, &item)?;
        sheet.number(row, 1, Some(value), format)?;
        sheet.skip(1);
    }
    let row = sheet.row;
    sheet.text(row, 0, &input.say("随机数种子", "Seed"))?;
    if run.seed <= EXACT {
        sheet.number(row, 1, Some(run.seed as f64), &year)?;
    } else {
        sheet.text(row, 1, &run.seed.to_string())?;
    }
    sheet.skip(1);
    for (item, content) in &briefing.reproduction {
        let row = sheet.row;
        sheet.text(row, 0, item)?;
        sheet.text(row, 1, content)?;
        sheet.skip(1);
    }
    sheet.worksheet.set_freeze_panes(head + 1, 0)?;
    sheet.skip(1);
    for table in [&briefing.errors, &briefing.scale] {
        if !table.rows.is_empty() {
            sheet.title(&table.title)?;
            sheet.table(table)?;
            sheet.skip(1);
        }
    }
    if !briefing.method.is_empty() {
        sheet.title(&input.say("计算方法", "Method"))?;
        for paragraph in &briefing.method {
            sheet.note(paragraph);
        }
        sheet.skip(1);
    }
    let level = number::decimal(run.interval_level * 100.0, 0);
    sheet.note(&input.say(
        &format!("本簿的数与 results.json 逐位相同；可能性以比例存放、以百分数显示，{level}%区间只含模拟误差。"),
        &format!("The numbers are those of results.json to the last bit; probabilities are fractions shown in percent; {level}% intervals hold simulation error only."),
    ));
    sheet.fix(1, 80.0);
    sheet.finish()
}
