//! The sentences that refer to tables and pictures by their numbers: every one of them is named in the text before it comes.

use crate::report::briefing::{Figure, Key};
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
    /// A picture.
    Figure(usize, &'a Figure, About<'a>),
}

/// What the pictures are about.
#[derive(Clone, Copy)]
pub struct About<'a> {
    /// Whether there are several policies.
    pub several: bool,
    /// The target of the headline, where sentences and tables before the pictures are about several provinces.
    pub of: Option<&'a str>,
}

impl Target<'_> {
    /// A clause that says what it shows and where it is.
    fn clause(self) -> Text {
        let (number, figure, About { several, of }) = match self {
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
            Self::Figure(number, figure, about) => (number, figure, about),
        };
        // what is told of the target in focus alone says so behind a table of all provinces
        if let ("probability", Some(of)) = (figure.id.as_str(), of) {
            return if several {
                text!(
                    "各方案实现“{of}”的可能性见图{number}",
                    "Figure {number} shows the probability of “{of}” by policy"
                )
            } else {
                text!("实现“{of}”的可能性见图{number}", "Figure {number} shows the probability of “{of}”")
            };
        }
        let (zh, en) = match figure.id.as_str() {
            "fan" if figure.table.at(Key::Record).is_none() => ("逐年预测", "the projection"),
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

#[cfg(test)]
mod tests {
    use super::{About, Target, sentence};
    use crate::report::briefing::{Column, Figure, Key};
    use crate::text::Lang;

    #[test]
    fn a_fan_without_past_is_called_a_projection() {
        let mut figure = Figure { id: "fan".into(), ..Figure::default() };
        let said = |figure: &Figure, lang| {
            sentence(&[Target::Figure(1, figure, About { several: true, of: None })], lang).unwrap()
        };
        assert_eq!(said(&figure, Lang::Zh), "逐年预测见图1。");
        assert_eq!(said(&figure, Lang::En), "Figure 1 shows the projection.");
        figure.table.columns.push(Column::number("历年实际", "").of(Key::Record));
        assert_eq!(said(&figure, Lang::Zh), "历年与预测见图1。");
    }

    #[test]
    fn a_picture_of_one_province_behind_a_table_of_all_says_whose_it_is() {
        let figure = Figure { id: "probability".into(), ..Figure::default() };
        let said = |of, several, lang| {
            let about = About { several, of };
            sentence(&[Target::Provinces(2), Target::Figure(2, &figure, about)], lang).unwrap()
        };
        let of = Some("广东：营业收入");
        for several in [true, false] {
            assert!(said(of, several, Lang::Zh).contains("实现“广东：营业收入”的可能性见图2"));
            assert!(
                said(of, several, Lang::En).contains("Figure 2 shows the probability of “广东：营业收入”")
            );
        }
        // of one province there is nothing to tell apart
        assert!(
            said(None, true, Lang::En).ends_with("and Figure 2 shows their probabilities with intervals.")
        );
    }
}
