//! What goes into the document: the answer, two tables and three charts, cut to four pages.

use super::blocks::Block;
use super::layout::{HEIGHT, PAGES};
use super::{ordinal, say};
use crate::report::briefing::{Briefing, Cell, DataTable, Figure};
use crate::report::table::columns_of;
use crate::text;
use crate::text::Lang;

/// Share of the pages that may be filled by the estimate; the rest is for what does not fit at the end of a page.
const FILL: f64 = 0.86;
/// Half-width characters of a title in a line.
const TITLE_COLUMNS: usize = 38;

/// How much is shown.
#[derive(Clone, Copy)]
struct Amount {
    /// Paragraphs of the summary.
    paragraphs: usize,
    /// Rows of either table.
    rows: usize,
    /// Height of a picture in points.
    height: f64,
}

/// From the most to the least; pictures shrink little, for their labels have to stay legible.
const AMOUNTS: [Amount; 8] = [
    Amount { paragraphs: 12, rows: 8, height: 250.0 },
    Amount { paragraphs: 9, rows: 7, height: 250.0 },
    Amount { paragraphs: 8, rows: 7, height: 235.0 },
    Amount { paragraphs: 7, rows: 6, height: 235.0 },
    Amount { paragraphs: 6, rows: 6, height: 220.0 },
    Amount { paragraphs: 5, rows: 5, height: 210.0 },
    Amount { paragraphs: 4, rows: 5, height: 200.0 },
    Amount { paragraphs: 3, rows: 4, height: 180.0 },
];

/// The third chart: the first of these that there is.
const THIRD: [&str; 6] = ["contributions", "first-year", "density", "instruments", "targets", "clusters-1"];

/// Columns of the table of targets, as its heads begin in both languages.
const TARGETS: [&str; 12] = [
    "目标",
    "Target",
    "年份",
    "Year",
    "中位数",
    "Median",
    "5%–95%",
    "5–95%",
    "可能性",
    "Probability",
    "判断",
    "In words",
];
/// Columns of the table of policies.
const POLICIES: [&str; 14] = [
    "方案",
    "Policy",
    "情景",
    "World",
    "目标",
    "Target",
    "可能性",
    "Probability",
    "比参照方案",
    "Against",
    "中位数",
    "Median",
    "财政支出",
    "Public money paid",
];

/// The blocks of the document in reading order.
pub fn blocks(briefing: &Briefing) -> Vec<Block<'_>> {
    let mut last = Vec::new();
    for amount in AMOUNTS {
        last = with(briefing, amount);
        let height: f64 = last.iter().map(Block::height).sum();
        if height <= HEIGHT * PAGES * FILL {
            break;
        }
    }
    last
}

fn with(briefing: &Briefing, amount: Amount) -> Vec<Block<'_>> {
    let lang = briefing.lang;
    let mut out = Out { lang, blocks: Vec::new(), headings: 0, tables: 0, figures: 0 };
    out.words("Title", balanced(&briefing.title));
    if !briefing.subtitle.is_empty() {
        out.words("Subtitle", briefing.subtitle.clone());
    }
    let [fan, probability, third] = charts(briefing);

    out.heading(say(lang, "主要结论", "Main findings"));
    let mut fan = fan;
    for paragraph in briefing.summary.iter().take(amount.paragraphs) {
        let next = Block::Words { style: "BodyText", text: paragraph.clone() }.height();
        // the chart stands as late as it still fits on the first page; behind it the text fills the gap
        if fan.is_some()
            && out.blocks.len() > 3
            && !out.fits(next, fan, amount.height)
            && out.fits(0.0, fan, amount.height)
        {
            out.picture(fan.take(), amount.height);
        }
        out.words("BodyText", paragraph.clone());
    }
    if briefing.summary.len() > amount.paragraphs {
        out.words(
            "BodyText",
            say(lang, "其余结论见工作簿“概要”表。", "Further findings are in the workbook, sheet “Summary”."),
        );
    }
    out.picture(fan, amount.height);

    let (targets, policies) =
        (chosen(briefing, amount.rows), table(&briefing.policies, &POLICIES, amount.rows, lang));
    if let Some(targets) = targets {
        out.heading(say(lang, "各项目标实现的可能性", "How likely the targets are"));
        out.table(targets);
    }
    if policies.is_some() || probability.is_some() {
        out.heading(say(lang, "政策方案比较", "Policies compared"));
    }
    if let Some(policies) = policies {
        out.table(policies);
    }
    out.picture(probability, amount.height);
    out.picture(third, amount.height);

    out.heading(say(lang, "说明", "Remarks"));
    for line in remarks(briefing) {
        out.words("Note", line);
    }
    out.blocks
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
    let find = |id: &str| briefing.figures.iter().find(|figure| figure.id == id);
    let (fan, probability) = (find("fan"), find("probability"));
    let third = THIRD.iter().find_map(|id| find(id));
    // without one of them another chart takes its place
    let shown = [fan, probability, third];
    let free =
        || briefing.figures.iter().find(|figure| !shown.iter().flatten().any(|other| other.id == figure.id));
    if third.is_some() { shown } else { [fan, probability, free()] }
}

/// The main targets: those that are no mere repetition of their own pace, in the order of the file.
fn chosen(briefing: &Briefing, most: usize) -> Option<DataTable> {
    let all = &briefing.targets;
    let remark = all.columns.iter().position(|column| ["说明", "Remark"].contains(&column.head.as_str()));
    let weak = |row: &Vec<Cell>| {
        let text = remark.and_then(|at| row.get(at));
        matches!(text, Some(Cell::Text(text)) if ["按目标倒推", "by rule", "另一口径", "another reading"].iter().any(|word| text.contains(word)))
    };
    let mut sorted = all.clone();
    sorted.rows = all
        .rows
        .iter()
        .filter(|row| !weak(row))
        .chain(all.rows.iter().filter(|row| weak(row)))
        .cloned()
        .collect();
    let unit = all.columns.iter().position(|column| ["单位", "Unit"].contains(&column.head.as_str()));
    let median = all.columns.iter().position(|column| ["中位数", "Median"].contains(&column.head.as_str()));
    if let (Some(unit), Some(median)) = (unit, median) {
        for row in &mut sorted.rows {
            with_unit(row, unit, median, briefing.lang);
        }
    }
    sorted.notes.clear();
    let mut found = table(&sorted, &TARGETS, most, briefing.lang)?;
    let shown = found.rows.len();
    let by_rule = sorted.rows.iter().take(shown).any(weak);
    if by_rule {
        found.notes.extend(all.notes.first().cloned());
    }
    Some(found)
}

/// Where units differ by row, the median carries its own.
fn with_unit(row: &mut [Cell], unit: usize, median: usize, lang: Lang) {
    let Some(Cell::Text(unit)) = row.get(unit).cloned() else { return };
    let Some(cell) = row.get_mut(median) else { return };
    let shown = cell.shown(lang);
    if !matches!(cell, Cell::Empty) && !shown.ends_with('%') {
        *cell = Cell::Text(match lang {
            Lang::Zh => format!("{shown}{unit}"),
            Lang::En => format!("{shown} {unit}"),
        });
    }
}

/// The first rows of a table with the columns whose heads begin with one of `heads`; `None` if it is empty.
fn table(from: &DataTable, heads: &[&str], most: usize, lang: Lang) -> Option<DataTable> {
    if from.rows.is_empty() {
        return None;
    }
    let fits = |head: &str| heads.iter().any(|start| head.starts_with(start));
    let mut columns: Vec<usize> =
        (0..from.columns.len()).filter(|&index| fits(&from.columns[index].head)).collect();
    if columns.is_empty() {
        columns = (0..from.columns.len().min(6)).collect();
    }
    let mut out = DataTable::new(from.id.clone(), from.title.clone(), Vec::new());
    out.columns = columns.iter().map(|&index| from.columns[index].clone()).collect();
    let pick = |row: &Vec<Cell>| columns.iter().filter_map(|&index| row.get(index).cloned()).collect();
    out.rows = from.rows.iter().take(most).map(pick).collect();
    out.notes = from.notes.iter().take(1).cloned().collect();
    let left = from.rows.len().saturating_sub(most);
    if left > 0 {
        let note = text!(
            "表中列出{most}行，其余{left}行见随附工作簿。",
            "{most} rows are shown; the other {left} are in the workbook."
        );
        out.notes.push(note.get(lang).to_owned());
    }
    Some(out)
}

/// How it was computed and how to compute it again, numbered.
fn remarks(briefing: &Briefing) -> Vec<String> {
    let lang = briefing.lang;
    let mut lines: Vec<String> = briefing.method.iter().take(2).cloned().collect();
    lines.push(say(
        lang,
        "可能性的文字说法按固定标准选用；图中阴影为50%和90%区间，含参数与逐年波动的不确定性；表中可能性的区间只含模拟误差。",
        "The words for probabilities follow a fixed scale. Bands in charts hold 50% and 90% of the results, parameters and yearly shocks included; intervals of probabilities hold simulation error only.",
    ));
    let joint = say(lang, "：", ": ");
    let rows: Vec<String> =
        briefing.reproduction.iter().map(|(item, content)| format!("{item}{joint}{content}")).collect();
    if !rows.is_empty() {
        lines.push(rows.join(&say(lang, "；", "; ")));
    }
    (1..).zip(lines).map(|(index, line)| format!("{index}. {line}")).collect()
}

/// Collects blocks and counts them.
struct Out<'a> {
    lang: Lang,
    blocks: Vec<Block<'a>>,
    headings: usize,
    tables: usize,
    figures: usize,
}

impl<'a> Out<'a> {
    fn words(&mut self, style: &'static str, text: String) {
        self.blocks.push(Block::Words { style, text });
    }

    /// Whether `more` points of text and then this picture still fit on the first page.
    fn fits(&self, more: f64, figure: Option<&Figure>, height: f64) -> bool {
        let used: f64 = self.blocks.iter().map(Block::height).sum();
        let picture = figure
            .map_or(0.0, |figure| Block::Picture { caption: figure.title.clone(), figure, height }.height());
        used + more + picture <= HEIGHT
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
        self.blocks.push(Block::Table { caption, table });
    }

    fn picture(&mut self, figure: Option<&'a Figure>, height: f64) {
        let Some(figure) = figure else { return };
        self.figures += 1;
        let (number, title) = (self.figures, &figure.title);
        let caption = text!("图{number}  {title}", "Figure {number}. {title}").get(self.lang).to_owned();
        self.blocks.push(Block::Picture { caption, figure, height });
    }
}
