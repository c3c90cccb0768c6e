//! What goes into the document: the answer, two tables and three charts, each under its heading, cut to four pages.

use super::arrange::{Content, Floating};
use super::blocks::Block;
use super::choice;
use super::layout::{CAPTION, HEIGHT, PAGES, TEXT};
use super::measure::Face;
use super::pointers::{self, About, Target};
use super::title::balanced;
use super::{ordinal, say, second};
use crate::report::briefing::{Briefing, DataTable, Figure, Paragraph, Topic};
use crate::text;
use crate::text::Lang;

/// What stays free at the end of the last page, in points: the estimate may be wrong by so much.
const SPARE: f64 = 36.0;

/// What stands between the parts of a subtitle.
const PART: &str = " · ";

/// How much is shown.
#[derive(Clone, Copy, PartialEq)]
struct Amount {
    /// Paragraphs of the answer beside those that every paper must say, by their rank.
    paragraphs: usize,
    /// Rows of the table of targets.
    targets: usize,
    /// Rows of the table of policies.
    policies: usize,
    /// Largest height of a picture in points.
    height: f64,
}

/// What a paper has at least, from the most to the least: the first of these that fits grows by [`WISHES`]. Pictures keep
/// the width of the column, for their labels have to stay legible, unless they are very high.
const LEAST: [(usize, usize, usize, f64); 15] = [
    (1, 10, 6, 460.0),
    (0, 10, 6, 460.0),
    (0, 10, 6, 330.0),
    (0, 10, 6, 280.0),
    (0, 8, 6, 280.0),
    (0, 6, 6, 280.0),
    (0, 6, 6, 250.0),
    (0, 4, 6, 250.0),
    (0, 4, 6, 220.0),
    (0, 4, 4, 220.0),
    (0, 3, 4, 220.0),
    (0, 3, 3, 200.0),
    (0, 2, 2, 270.0),
    (0, 2, 2, 200.0),
    (0, 1, 1, 170.0),
];

/// What is wanted beyond that, in the order of its weight: all policies of a usual plan, then the targets of places, the
/// sentence that counts targets, more policies, more sentences, then the other targets.
const WISHES: [(usize, usize, usize); 6] =
    [(0, 0, 6), (0, 10, 0), (1, 0, 0), (0, 0, 8), (12, 0, 0), (0, 30, 0)];

/// Heights that pictures may have where there is room.
const HEIGHTS: [f64; 6] = [460.0, 330.0, 280.0, 250.0, 220.0, 200.0];

/// What a last page holds at least, in points, if pictures can be lower: about a quarter.
const FEW_LINES: f64 = 0.25 * HEIGHT;

/// The third chart: the first of these that there is.
const THIRD: [&str; 6] = ["contributions", "first-year", "density", "instruments", "targets", "clusters-1"];

/// The blocks of the document in reading order. The same rows and sentences are shown in both languages, those for which there
/// is room in the longer one; pictures are as high as there is room in this one.
pub fn blocks(briefing: &Briefing) -> Vec<Block<'_>> {
    let room = HEIGHT * PAGES - SPARE;
    let figures = charts(briefing, briefing);
    let fits_in = |paper: &Briefing, amount: Amount| {
        with(paper, &charts(paper, briefing), amount).arranged(paper.lang).1 <= room
    };
    let fits = |amount: Amount| {
        fits_in(briefing, amount) && briefing.twin.as_ref().is_none_or(|twin| fits_in(twin, amount))
    };
    let all =
        LEAST.map(|(paragraphs, targets, policies, height)| Amount { paragraphs, targets, policies, height });
    let mut amount = all.into_iter().find(|&least| fits(least)).unwrap_or(all[all.len() - 1]);
    for (paragraphs, targets, policies) in WISHES {
        // one more at a time, until the pages are full
        loop {
            let one_more = |have: usize, wanted: usize| have + usize::from(have < wanted);
            let more = Amount {
                paragraphs: one_more(amount.paragraphs, paragraphs),
                targets: one_more(amount.targets, targets),
                policies: one_more(amount.policies, policies),
                ..amount
            };
            if more == amount || !fits(more) {
                break;
            }
            amount = more;
        }
    }
    let drawn = |height: f64| with(briefing, &figures, Amount { height, ..amount }).arranged(briefing.lang);
    let higher = HEIGHTS.into_iter().filter(|&height| height > amount.height);
    let height = higher.into_iter().find(|&height| drawn(height).1 <= room).unwrap_or(amount.height);
    let (blocks, used) = drawn(height);
    // a last page of a few lines is better saved by lower pictures
    let pages = |used: f64| (used / HEIGHT).ceil();
    if used % HEIGHT < FEW_LINES {
        let lower = HEIGHTS.into_iter().filter(|&lower| lower < height).map(drawn);
        if let Some((saved, _)) = lower.into_iter().find(|(_, less)| pages(*less) < pages(used)) {
            return saved;
        }
    }
    blocks
}

fn with<'a>(briefing: &Briefing, figures: &[Option<&'a Figure>; 3], amount: Amount) -> Content<'a> {
    let lang = briefing.lang;
    let mut out = Out { lang, blocks: Vec::new(), headings: 0, tables: 0 };
    out.words("Title", balanced(&briefing.title));
    if !briefing.subtitle.is_empty() {
        out.words("Subtitle", in_parts(&briefing.subtitle, lang));
    }
    let (said, left) = answer(briefing, amount.paragraphs);
    let about = |topic: Topic| said.iter().filter(move |paragraph| paragraph.topic == topic);
    let several = choice::several_policies(briefing);
    let of = choice::several_provinces(briefing).then_some(briefing.headline.target.as_str());
    let pictured = About { several, of };
    let figure = |at: usize| {
        let number = figures.iter().take(at + 1).flatten().count();
        figures.get(at).copied().flatten().map(|figure| Target::Figure(number, figure, pictured))
    };
    out.heading(say(lang, "主要结论", "Main findings"));
    let first = out.blocks.len();
    out.paragraphs(about(Topic::Answer));
    // the first chart stands behind the sentences about the level, which refer to it, or nearby
    out.refer(first, out.blocks.len().min(first + 2), &Vec::from_iter(figure(0)));
    let answered = out.blocks.len();
    let level = answered.min(first + 2);
    let fan = (level, (level..=answered).collect());

    let targets = choice::targets(briefing, amount.targets);
    if targets.is_some() || about(Topic::Targets).next().is_some() {
        out.heading(say(lang, "各项目标实现的可能性", "How likely the targets are"));
        let from = out.blocks.len();
        out.paragraphs(about(Topic::Targets));
        if let Some(shown) = &targets {
            let (number, all) = (out.tables + 1, briefing.targets.rows.len());
            out.refer(from, out.blocks.len(), &[Target::Targets(number, shown.rows.len(), all)]);
        }
        out.table(targets);
    }
    let policies = choice::policies(briefing, amount.policies);
    let (from, has_words) = (out.blocks.len(), about(Topic::Policies).next().is_some());
    let number = out.tables + 1;
    let table = policies.as_ref().map(|_| match briefing.provinces.rows.is_empty() {
        true => Target::Policies(number, several),
        false => Target::Provinces(number),
    });
    let others = [table, figure(1), figure(2)];
    let others: Vec<Target<'_>> = others.into_iter().flatten().collect();
    if has_words || !others.is_empty() {
        out.heading(match several {
            true => say(lang, "政策方案比较", "Policies compared"),
            false => say(lang, "政策方案", "The policy"),
        });
        out.paragraphs(about(Topic::Policies));
        out.refer(from + 1, out.blocks.len(), &others);
        out.table(policies);
    }
    // the others stand behind their sentence or table, or where they leave no gap: up to the end of their section, before
    // the last remarks or behind them, but not among the numbered sentences about something else
    let wanted = out.blocks.len();
    let behind = (from + 2).min(wanted);
    if !briefing.trust_in_brief.is_empty() {
        out.heading(say(lang, "结论的可靠程度", "How far to trust this"));
        for (index, paragraph) in briefing.trust_in_brief.iter().enumerate() {
            out.words("BodyText", format!("{}{paragraph}", second(lang, index)));
        }
    }
    let end = out.blocks.len();
    out.heading(say(lang, "说明", "Remarks"));
    out.words("BodyText", remarks(briefing, &left));
    let last = [end, out.blocks.len()].into_iter().filter(|&place| place > wanted);
    let others = |best: usize| (best, (behind..=wanted).chain(last.clone()).collect::<Vec<_>>());
    let places = [fan, others(behind), others(wanted)];
    let found = figures.iter().zip(places);
    let found = found.filter_map(|(figure, place)| Some(((*figure)?, place)));
    let pictures = (1..).zip(found).map(|(number, (figure, (wanted, places)))| {
        let title = &figure.title;
        let caption = text!("图{number}  {title}", "Figure {number}. {title}").get(lang).to_owned();
        Floating { block: Block::Picture { caption, figure, height: amount.height }, places, wanted }
    });
    Content { pictures: pictures.collect(), blocks: out.blocks }
}

/// The answer, and the paragraphs left out: beside those that every paper must say, the `most` next ones by their rank.
fn answer(briefing: &Briefing, most: usize) -> (Vec<&Paragraph>, Vec<&Paragraph>) {
    let mut others: Vec<usize> = (0..briefing.summary.len()).collect();
    others.retain(|&index| briefing.summary[index].rank > 0);
    others.sort_by_key(|&index| briefing.summary[index].rank);
    let left = others.split_off(most.min(others.len()));
    let all = || briefing.summary.iter().enumerate();
    let kept = all().filter(|(index, _)| !left.contains(index)).map(|(_, paragraph)| paragraph);
    (kept.collect(), left.iter().map(|&index| &briefing.summary[index]).collect())
}

/// A subtitle of more than one line is broken between its parts, near its middle.
fn in_parts(subtitle: &str, lang: Lang) -> String {
    let face = Face::plain(CAPTION, lang);
    let width = face.width(subtitle);
    if width <= TEXT {
        return subtitle.to_owned();
    }
    let ends = subtitle.match_indices(PART).map(|(at, _)| at);
    let nearest = |at: &usize| (face.width(&subtitle[..*at]) - width / 2.0).abs();
    match ends.min_by(|a, b| nearest(a).total_cmp(&nearest(b))) {
        Some(at) => format!("{}\n{}", &subtitle[..at], &subtitle[at + PART.len()..]),
        None => subtitle.to_owned(),
    }
}

/// Fan, probabilities by policy, and one more; those that `briefing` has not drawn for a column are those of `whole`.
fn charts<'a>(briefing: &'a Briefing, whole: &'a Briefing) -> [Option<&'a Figure>; 3] {
    // drawn for the column where there is such a drawing: its letters are larger
    let all = || briefing.column_figures.iter().chain(&whole.figures);
    let find = |id: &str| all().find(|figure| figure.id == id);
    let (fan, probability) = (find("fan"), find("probability"));
    let third = THIRD.iter().find_map(|id| find(id));
    // without one of them another chart takes its place
    let shown = [fan, probability, third];
    let free =
        || whole.figures.iter().find(|figure| !shown.iter().flatten().any(|other| other.id == figure.id));
    if third.is_some() { shown } else { [fan, probability, free()] }
}

/// How to read it, and where the rest stands: what the paragraphs that are left out are about, and how to compute it again.
fn remarks(briefing: &Briefing, left: &[&Paragraph]) -> String {
    let lang = briefing.lang;
    let mut labels: Vec<&str> = left.iter().map(|paragraph| paragraph.label.as_str()).collect();
    labels.retain(|label| !label.is_empty());
    labels.dedup();
    let labels = match lang {
        Lang::Zh => labels.iter().map(|label| format!("{label}、")).collect::<String>(),
        Lang::En => labels.iter().map(|label| format!("{label}, ")).collect(),
    };
    let said = text!(
        "可能性的文字说法按固定标准选用，图中阴影为50%和90%区间。{labels}各项假设的出处和复算的命令，见随附工作簿（report.xlsx）和网页（report.html）。",
        "The words for probabilities follow a fixed scale; bands in charts hold 50% and 90% of the results. The workbook (report.xlsx) and \
         the page (report.html) hold {labels}the sources of all assumptions, and the command that computes it again."
    );
    said.get(lang).to_owned()
}

/// Collects blocks and counts them.
struct Out<'a> {
    lang: Lang,
    blocks: Vec<Block<'a>>,
    headings: usize,
    tables: usize,
}

impl Out<'_> {
    fn words(&mut self, style: &'static str, text: String) {
        self.blocks.push(Block::Words { style, text });
    }

    fn heading(&mut self, text: String) {
        self.words("Heading1", format!("{}{text}", ordinal(self.lang, self.headings)));
        self.headings += 1;
    }

    fn paragraphs<'a>(&mut self, all: impl Iterator<Item = &'a &'a Paragraph>) {
        for paragraph in all {
            self.words("BodyText", paragraph.in_brief().to_owned());
        }
    }

    /// Ends the last of the paragraphs in this range of blocks with a reference to tables and pictures; a paragraph of its
    /// own where there is none.
    fn refer(&mut self, from: usize, to: usize, targets: &[Target<'_>]) {
        let Some(sentence) = pointers::sentence(targets, self.lang) else { return };
        match self.blocks.get_mut(from..to).and_then(<[_]>::last_mut) {
            Some(Block::Words { text, .. }) => *text += &(say(self.lang, "", " ") + &sentence),
            _ => self.words("BodyText", sentence),
        }
    }

    fn table(&mut self, table: Option<DataTable>) {
        let Some(table) = table else { return };
        self.tables += 1;
        let number = self.tables;
        let title = &table.title;
        let caption = text!("表{number}  {title}", "Table {number}. {title}").get(self.lang).to_owned();
        self.blocks.push(Block::Table { caption, table });
    }
}

#[cfg(test)]
mod tests {
    use super::{Amount, charts, with};
    use crate::report::briefing::Briefing;
    use crate::text::Lang;

    #[test]
    fn remarks_fill_a_page_on_which_the_last_picture_has_no_room() {
        let file = include_str!("../../../tests/fixtures/reports/extremes.toml");
        let results = crate::report::briefing::tests::run(file);
        for lang in [Lang::Zh, Lang::En] {
            let briefing = Briefing::of(&results, lang);
            let amount = Amount { paragraphs: 1, targets: 2, policies: 2, height: 200.0 };
            let content = with(&briefing, &charts(&briefing, &briefing), amount);
            let (all, last) = (content.blocks.len(), content.pictures.last().unwrap());
            // heading and sentence of the remarks are the last two; none stands between them
            assert_eq!(last.places[last.places.len() - 2..], [all - 2, all]);
            assert!(!last.places.contains(&(all - 1)), "{:?}", last.places);
        }
    }
}
