//! Classes of instruments: the words that files and results write for them, and their names for readers.

use crate::text::Text;

/// The words, in the order in which the contributions of classes are added up.
pub const WORDS: &[&str] = &["funds", "projects", "subsidies", "products", "measures"];

/// The name of a class; any other word is its own name.
pub fn name(word: &str) -> Text {
    match word {
        "funds" => Text::new("基金与融资", "Funds and finance"),
        "projects" => Text::new("招商项目", "Investment projects"),
        "subsidies" => Text::new("补助与奖励", "Subsidies and awards"),
        "products" => Text::new("新产品与外来企业", "New products and arriving firms"),
        "measures" => Text::new("其他措施", "Other measures"),
        other => Text::same(other),
    }
}
