//! Tests of the workbook: what is written reads back, and looks like a workbook to a reader of the format.

use std::env;
use std::fs;

#[test]
fn dump() {
    let Ok(from) = env::var("DUMP_FROM") else { return };
    let results = crate::report::results_json::read(&fs::read_to_string(&from).unwrap()).unwrap();
    let to = env::var("DUMP_TO").unwrap();
    for (lang, name) in [(crate::text::Lang::Zh, "zh"), (crate::text::Lang::En, "en")] {
        let briefing = crate::report::briefing::Briefing::of(&results, lang);
        let start = std::time::Instant::now();
        let bytes = super::write(&briefing, &results).unwrap();
        println!("{:?} {}", start.elapsed(), bytes.len());
        fs::write(format!("{to}.{name}.xlsx"), bytes).unwrap();
        let bytes = crate::report::docx::write(&briefing).unwrap();
        fs::write(format!("{to}.{name}.docx"), bytes).unwrap();
    }
}
