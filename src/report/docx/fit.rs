//! What goes into the document: the answer, two tables and three charts, cut to four pages.

use super::blocks::Block;
use super::choice;
use super::layout::{HEIGHT, PAGES};
use super::{ordinal, say, second};
use crate::report::briefing::{Briefing, DataTable, Figure};
use crate::report::table::columns_of;
use crate::text;
use crate::text::Lang;

/// What stays free at the end of the last page, in points: the estimate may be wrong by so much; English words break less
/// evenly than Chinese ones.
fn spare(lang: Lang) -> f64 {
    match lang {
        Lang::Zh => 170.0,
        Lang::En => 340.0,
    }
}

/// Half-width characters of a title in a line.
const TITLE_COLUMNS: usize = 38;

/// How much is shown.
#[derive(Clone, Copy)]
struct Amount {
    /// Paragraphs of the answer and of how far it can be trusted, together.
    paragraphs: usize,
    /// Rows of either table.
    rows: usize,
    /// Height of a picture in points.
    height: f64,
}

/// From the most to the least; pictures keep the width of the column, for their labels have to stay legible, unless they are very high.
const AMOUNTS: [Amount; 19] = [
    Amount { paragraphs: 16, rows: 8, height: 320.0 },
    Amount { paragraphs: 16, rows: 8, height: 320.0 },
    Amount { paragraphs: 16, rows: 7, height: 320.0 },
    Amount { paragraphs: 16, rows: 6, height: 300.0 },
    Amount { paragraphs: 16, rows: 6, height: 300.0 },
    Amount { paragraphs: 16, rows: 5, height: 300.0 },
    Amount { paragraphs: 16, rows: 4, height: 300.0 },
    Amount { paragraphs: 14, rows: 5, height: 300.0 },
    Amount { paragraphs: 12, rows: 5, height: 300.0 },
    Amount { paragraphs: 11, rows: 5, height: 300.0 },
    Amount { paragraphs: 10, rows: 5, height: 300.0 },
    Amount { paragraphs: 9, rows: 4, height: 260.0 },
    Amount { paragraphs: 8, rows: 4, height: 240.0 },
    Amount { paragraphs: 7, rows: 4, height: 220.0 },
    Amount { paragraphs: 7, rows: 3, height: 220.0 },
    Amount { paragraphs: 7, rows: 3, height: 200.0 },
    Amount { paragraphs: 7, rows: 3, height: 180.0 },
    Amount { paragraphs: 6, rows: 3, height: 170.0 },
    Amount { paragraphs: 5, rows: 2, height: 170.0 },
];

/// The third chart: the first of these that there is.
const THIRD: [&str; 6] = ["contributions", "first-year", "density", "instruments", "targets", "clusters-1"];

/// The blocks of the document in reading order.
pub fn blocks(briefing: &Briefing) -> Vec<Block<'_>> {
    let mut last = Vec::new();
    for amount in AMOUNTS {
        let out = with(briefing, amount);
        let fits = out.used() <= HEIGHT * PAGES - spare(briefing.lang);
        last = out.blocks;
        if fits {
            break;
        }
    }
    last
}

fn with(briefing: &Briefing, amount: Amount) -> Out<'_> {
    let lang = briefing.lang;
    let mut out = Out { lang, blocks: Vec::new(), page: 0, height: 0.0, headings: 0, tables: 0, figures: 0 };
    out.words("Title", balanced(&briefing.title));
    if !briefing.subtitle.is_empty() {
        out.words("Subtitle", briefing.subtitle.clone());
    }
    let [mut fan, probability, third] = charts(briefing);
    let trust = &briefing.trust;
    let (answer, left) = answer(briefing, amount.paragraphs);

    out.heading(say(lang, "主要结论", "Main findings"));
    for (index, paragraph) in answer.into_iter().enumerate() {
        // the chart stands behind the sentences about the level, or where the next page has room for it
        if index >= 2 && fan.is_some_and(|figure| out.fits(figure, amount.height)) {
            out.picture(fan.take(), amount.height);
        }
        out.words("BodyText", paragraph);
    }
    if left > 0 {
        let note = text!(
            "另有{left}段结论见随附工作簿（report.xlsx）“概要”表。",
            "{left} more paragraphs of findings are in the workbook (report.xlsx), sheet “Summary”."
        );
        out.words("BodyText", note.get(lang).to_owned());
    }
    out.picture(fan, amount.height);

    if let Some(targets) = choice::targets(briefing, amount.rows) {
        out.heading(say(lang, "各项目标实现的可能性", "How likely the targets are"));
        out.table(targets);
    }
    let mut late = Vec::new();
    let policies = choice::policies(briefing, amount.rows);
    if policies.is_some() || probability.is_some() || third.is_some() {
        out.heading(say(lang, "政策方案比较", "Policies compared"));
        let mut figures = [probability, third];
        // where the table would leave a gap, pictures fill it
        if policies.as_ref().is_some_and(|table| !out.fits_table(table)) {
            for figure in &mut figures {
                if figure.is_some_and(|figure| out.fits(figure, amount.height)) {
                    out.picture(figure.take(), amount.height);
                }
            }
        }
        if let Some(table) = policies {
            out.table(table);
        }
        for figure in figures {
            // a last picture without room stands among the words of the next part, which fill the page
            match figure {
                Some(figure) if !out.fits(figure, amount.height) && !trust.is_empty() => late.push(figure),
                _ => out.picture(figure, amount.height),
            }
        }
    }
    if !trust.is_empty() {
        out.heading(say(lang, "结论的可靠程度", "How far to trust this"));
        for (index, paragraph) in trust.iter().enumerate() {
            out.words("Trust", format!("{}{paragraph}", second(lang, index)));
            if late.first().is_some_and(|figure| out.fits(figure, amount.height)) {
                out.picture(Some(late.remove(0)), amount.height);
            }
        }
    }
    late.into_iter().for_each(|figure| out.picture(Some(figure), amount.height));

    out.heading(say(lang, "说明", "Remarks"));
    for line in remarks(briefing) {
        out.words("Note", line);
    }
    out
}

/// The answer, with the number of paragraphs left out: from the last one on, but none that every paper must say.
fn answer(briefing: &Briefing, most: usize) -> (Vec<String>, usize) {
    let all = &briefing.summary;
    let wanted = (all.len() + briefing.trust.len()).saturating_sub(most);
    let droppable = (0..all.len()).rev().filter(|&at| !all[at].essential);
    let dropped: Vec<usize> = droppable.take(wanted).collect();
    let kept = (0..all.len()).filter(|at| !dropped.contains(at)).map(|at| all[at].text.clone());
    (kept.collect(), dropped.len())
}

/// A title that takes two lines is broken near its middle, not inside a number or word.
fn balanced(title: &str) -> String {
    let width = columns_of(title);
    if width <= TITLE_COLUMNS
        || width > 2 * TITLE_COLUMNS
        || title.contains(' ') && !title.contains(|c: char| c > '\u{2E80}')
    {
        return title.to_owned();
    }
    let chars: Vec<(usize, char)> = title.char_indices().collect();
    let wordy = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '%';
    let closing = |c: char| "，。：；、）》”’〕年省市区县亿元".contains(c);
    let places = chars.windows(2).filter(|pair| {
        let (before, after) = (pair[0].1, pair[1].1);
        let torn = wordy(before) && wordy(after);
        let stranded = closing(after) || "（《“‘〔".contains(before);
        !torn && !stranded
    });
    let distance = |at: usize| columns_of(&title[..at]).abs_diff(width / 2);
    match places.map(|pair| pair[1].0).min_by_key(|&at| distance(at)) {
        Some(at) => format!("{}\n{}", title[..at].trim_end(), title[at..].trim_start()),
        None => title.to_owned(),
    }
}

/// Fan, probabilities by policy, and one more.
fn charts(briefing: &Briefing) -> [Option<&Figure>; 3] {
    // drawn for the column where there is such a drawing: its letters are larger
    let all = || briefing.column_figures.iter().chain(&briefing.figures);
    let find = |id: &str| all().find(|figure| figure.id == id);
    let (fan, probability) = (find("fan"), find("probability"));
    let third = THIRD.iter().find_map(|id| find(id));
    // without one of them another chart takes its place
    let shown = [fan, probability, third];
    let free =
        || briefing.figures.iter().find(|figure| !shown.iter().flatten().any(|other| other.id == figure.id));
    if third.is_some() { shown } else { [fan, probability, free()] }
}

/// How it was computed and how to compute it again, numbered.
fn remarks(briefing: &Briefing) -> Vec<String> {
    let lang = briefing.lang;
    let mut lines: Vec<String> = briefing.method.iter().skip(1).take(1).cloned().collect();
    lines.push(say(
        lang,
        "可能性的文字说法按固定标准选用；图中阴影为50%和90%区间，含参数与逐年波动的不确定性；表中可能性的区间只含模拟误差。",
        "The words for probabilities follow a fixed scale. Bands in charts hold 50% and 90% of the results, parameters and yearly shocks included; intervals of probabilities hold simulation error only.",
    ));
    if !briefing.reproduction.is_empty() {
        lines.push(say(
            lang,
            "复算的命令和输入文件的指纹见随附工作簿（report.xlsx）“运行信息”表。",
            "How to compute it again: workbook (report.xlsx), sheet “Run information”.",
        ));
    }
    (1..).zip(lines).map(|(index, line)| format!("{index}. {line}")).collect()
}

/// Collects blocks, counts them, and follows by the estimate how full the pages are.
struct Out<'a> {
    lang: Lang,
    blocks: Vec<Block<'a>>,
    /// Full pages.
    page: u32,
    /// What is taken of the next one, in points.
    height: f64,
    headings: usize,
    tables: usize,
    figures: usize,
}

impl<'a> Out<'a> {
    /// Points from the beginning of the first page on.
    fn used(&self) -> f64 {
        f64::from(self.page) * HEIGHT + self.height
    }

    fn push(&mut self, block: Block<'a>) {
        for piece in block.pieces(self.lang) {
            if self.height + piece > HEIGHT {
                self.page += 1;
                self.height = 0.0;
            }
            self.height += piece;
        }
        self.blocks.push(block);
    }

    fn room_for(&self, block: &Block<'_>) -> bool {
        self.height + block.pieces(self.lang).iter().sum::<f64>() <= HEIGHT
    }

    /// Whether this picture still fits on the page.
    fn fits(&self, figure: &Figure, height: f64) -> bool {
        self.room_for(&Block::Picture { caption: figure.title.clone(), figure, height })
    }

    fn fits_table(&self, table: &DataTable) -> bool {
        self.room_for(&Block::Table { caption: table.title.clone(), table: table.clone() })
    }

    fn words(&mut self, style: &'static str, text: String) {
        self.push(Block::Words { style, text });
    }

    fn heading(&mut self, text: String) {
        self.words("Heading1", format!("{}{text}", ordinal(self.lang, self.headings)));
        self.headings += 1;
    }

    fn table(&mut self, table: DataTable) {
        self.tables += 1;
        let number = self.tables;
        let title = &table.title;
        let caption = text!("表{number}  {title}", "Table {number}. {title}").get(self.lang).to_owned();
        self.push(Block::Table { caption, table });
    }

    fn picture(&mut self, figure: Option<&'a Figure>, height: f64) {
        let Some(figure) = figure else { return };
        self.figures += 1;
        let (number, title) = (self.figures, &figure.title);
        let caption = text!("图{number}  {title}", "Figure {number}. {title}").get(self.lang).to_owned();
        self.push(Block::Picture { caption, figure, height });
    }
}
