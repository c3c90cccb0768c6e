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
        for table in [&b.scale, &b.targets, &b.policies, &b.instruments, &b.evidence, &b.realism, &b.errors] {
            println!("{}", table.to_text(lang).to_terminal(220));
        }
        for page in b.clusters.iter().take(3) {
            println!(
                "## {}\n{}\n{}",
                page.name,
                page.text.join("\n"),
                page.table.to_text(lang).to_terminal(160)
            );
        }
        println!("{}\n{:#?}", b.method.join("\n"), b.reproduction);
        let rows = b.assumptions.rows.len().min(12);
        let short = super::DataTable { rows: b.assumptions.rows[..rows].to_vec(), ..b.assumptions.clone() };
        println!("{}", short.to_text(lang).to_terminal(200));
    }
}
