//! Tests of the words and tables of a briefing.

use super::Briefing;
use crate::text::Lang;

/// Prints the briefing of the file named by `CLUSTERCAST_LOOK`, for looking at it while developing.
#[test]
fn look() {
    let Ok(path) = std::env::var("CLUSTERCAST_LOOK") else { return };
    let text = std::fs::read_to_string(path).unwrap();
    let results = crate::report::results_json::read(&text).unwrap();
    for lang in [Lang::Zh, Lang::En] {
        let b = Briefing::of(&results, lang);
        println!("# {}\n{}\n", b.title, b.subtitle);
        for p in &b.summary {
            println!("- {p}");
        }
        for table in [&b.scale, &b.targets, &b.policies] {
            println!("{}", table.to_text(lang).to_terminal(220));
        }
    }
}
