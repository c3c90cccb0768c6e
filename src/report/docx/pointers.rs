//! The sentences that refer to tables and pictures by their numbers: every one of them is named in the text before it comes.

use crate::report::briefing::Figure;
use crate::text;
use crate::text::{Lang, Text};

/// A table or picture with its number.
#[derive(Clone, Copy)]
pub enum Target<'a> {
    /// The table of targets, with the rows that it shows and those that there are.
    Targets(usize, usize, usize),
    /// The table of policies, and whether there are several.
    Policies(usize, bool),
    /// The table of provinces.
    Provinces(usize),
    /// A picture, and whether there are several policies.
    Figure(usize, &'a Figure, bool),
}

impl Target<'_> {
    /// A clause that says what it shows and where it is.
    fn clause(self) -> Text {
        let (number, figure, several) = match self {
            Self::Targets(n, shown, all) if shown < all => {
                return text!("部分目标见表{n}", "Table {n} shows some of the targets");
            }
            Self::Targets(n, ..) => {
                return text!("各项目标见表{n}", "Table {n} shows the targets one by one");
            }
            Self::Policies(n, true) => return text!("方案比较见表{n}", "Table {n} compares the policies"),
            Self::Policies(n, false) => {
                return text!("这一方案的数字见表{n}", "Table {n} has the figures of this policy");
            }
            Self::Provinces(n) => {
                return text!(
                    "各省的差距、可能性和财政支出见表{n}",
                    "Table {n} shows gap, probability and public money of every province"
                );
            }
            Self::Figure(number, figure, several) => (number, figure, several),
        };
        let (zh, en) = match figure.id.as_str() {
            "fan" => ("历年与预测", "the past and the projection"),
            "probability" if !several => ("可能性的区间", "its probability with the interval"),
            "probability" => ("可能性的区间", "their probabilities with intervals"),
            "contributions" => ("数值的构成", "what the level is made of"),
            "first-year" => ("各年以前达到的可能性", "by which year the level is reached"),
            "density" => ("结果的分布", "how the results are spread"),
            "instruments" => ("各项政策工具的贡献与花费", "what each instrument adds and costs"),
            "targets" => ("各项目标的可能性", "the probabilities of the targets"),
            _ => return text!("另见图{number}", "see also Figure {number}"),
        };
        text!("{zh}见图{number}", "Figure {number} shows {en}")
    }
}

/// One sentence that refers to all of these in their order; nothing without any.
pub fn sentence(targets: &[Target<'_>], lang: Lang) -> Option<String> {
    let clauses: Vec<String> = targets.iter().map(|target| target.clause().get(lang).to_owned()).collect();
    let (last, before) = clauses.split_last()?;
    Some(match lang {
        Lang::Zh => clauses.join("，") + "。",
        Lang::En if before.is_empty() => format!("{last}."),
        Lang::En => format!("{}, and {last}.", before.join(", ")),
    })
}
