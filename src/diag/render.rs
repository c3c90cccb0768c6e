//! Rendering of diagnostics as plain text with the source line and a caret under the place.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::source::floor;
use super::{Diagnostic, Diagnostics, Layout, Severity, Sources, Span};
use crate::text;
use crate::text::Lang;

/// Longest part of a source line that is handed to the renderer, in bytes on either side of the place:
/// a line of noise must cost little time.
const CONTEXT: usize = 2_000;

/// Faults that are printed; the closing line counts all of them. A file with more is not a scenario.
const MAX_SHOWN: usize = 200;

/// Display columns beyond which the renderer shortens a line around the place.
const WIDTH: usize = 140;

/// All faults as text for a terminal without colours, followed by a line that counts them; empty if there are none.
pub fn render(faults: &Diagnostics, sources: &Sources, lang: Lang) -> String {
    if faults.is_empty() {
        return String::new();
    }
    let renderer = Renderer::plain().decor_style(DecorStyle::Ascii).term_width(WIDTH);
    let mut out = String::new();
    for fault in faults.iter().take(MAX_SHOWN) {
        let shown = renderer.render(&[group(fault, sources, lang)]);
        // The renderer announces an excerpt whose place has been stated before by an empty line.
        let lines: Vec<&str> = shown.lines().filter(|line| line.trim() != ":::").collect();
        out.push_str(&lines.join("\n"));
        out.push_str("\n\n");
    }
    if faults.len() > MAX_SHOWN {
        let hidden = faults.len() - MAX_SHOWN;
        let more = text!("其余 {hidden} 处没有列出", "{hidden} more are not listed");
        out.push_str(more.get(lang));
        out.push_str("\n\n");
    }
    out.push_str(&summary(faults, lang));
    out.push('\n');
    out
}

/// The closing line.
fn summary(faults: &Diagnostics, lang: Lang) -> String {
    let (errors, warnings) = (faults.error_count(), faults.warning_count());
    let plural = |n: usize| if n == 1 { "" } else { "s" };
    match (lang, errors, warnings) {
        (Lang::Zh, _, 0) => format!("共 {errors} 处错误"),
        (Lang::Zh, 0, _) => format!("共 {warnings} 处警告"),
        (Lang::Zh, _, _) => format!("共 {errors} 处错误、{warnings} 处警告"),
        (Lang::En, _, 0) => format!("{errors} error{}", plural(errors)),
        (Lang::En, 0, _) => format!("{warnings} warning{}", plural(warnings)),
        (Lang::En, _, _) => {
            format!("{errors} error{}, {warnings} warning{}", plural(errors), plural(warnings))
        }
    }
}

/// One fault with its places and suggestions.
fn group<'a>(fault: &'a Diagnostic, sources: &'a Sources, lang: Lang) -> Group<'a> {
    let (level, name) = match (fault.severity, lang) {
        (Severity::Error, Lang::Zh) => (Level::ERROR, "错误"),
        (Severity::Error, Lang::En) => (Level::ERROR, "error"),
        (Severity::Warning, Lang::Zh) => (Level::WARNING, "警告"),
        (Severity::Warning, Lang::En) => (Level::WARNING, "warning"),
    };
    let title = level.with_name(name).primary_title(fault.message.get(lang)).id(fault.code);
    let mut group = Group::with_title(title);
    let label = fault.label.as_ref().map(|text| text.get(lang));
    if let Some(excerpt) = fault.span.and_then(|span| Excerpt::new(sources, span, lang)) {
        group = excerpt.add(group, AnnotationKind::Primary, label);
    }
    for (span, role) in &fault.related {
        if let Some(excerpt) = Excerpt::new(sources, *span, lang) {
            group = excerpt.add(group, AnnotationKind::Context, Some(role.get(lang)));
        }
    }
    let hint_name = match lang {
        Lang::Zh => "提示",
        Lang::En => "help",
    };
    for hint in &fault.hints {
        group = group.element(Level::HELP.with_name(hint_name).message(hint.get(lang)));
    }
    group
}

/// The part of one source line around a place.
struct Excerpt<'a> {
    name: &'a str,
    line: usize,
    column: usize,
    text: &'a str,
    range: std::ops::Range<usize>,
    whole_start: bool,
    /// The cell, in a table: it has a name of its own instead of line and column.
    cell: Option<String>,
}

impl<'a> Excerpt<'a> {
    /// The excerpt for `span`, cut to the span's first line.
    fn new(sources: &'a Sources, span: Span, lang: Lang) -> Option<Self> {
        let file = sources.get(span.file)?;
        if file.layout != Layout::Text {
            return Self::of_cell(sources, span, lang);
        }
        let (line, column) = sources.line_column(span)?;
        let text = file.text.as_str();
        let start = floor(text, span.start as usize);
        let line_start = text[..start].rfind('\n').map_or(0, |i| i + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |i| start + i);
        let line_end = if text[..line_end].ends_with('\r') { line_end - 1 } else { line_end }.max(start);
        let end = floor(text, span.end as usize).clamp(start, line_end);
        let from = floor(text, start.saturating_sub(CONTEXT)).max(line_start);
        let to = floor(text, end.min(start + CONTEXT) + CONTEXT).min(line_end);
        let range = start - from..end.min(to) - from;
        Some(Self {
            name: &file.name,
            line,
            column,
            text: &text[from..to],
            range,
            whole_start: from == line_start,
            cell: None,
        })
    }

    /// The content of the cell, or nothing but the table's name for a place outside of its cells.
    fn of_cell(sources: &'a Sources, span: Span, lang: Lang) -> Option<Self> {
        let place = sources.place(span, lang)?;
        let (name, cell) = (sources.get(span.file)?.name.as_str(), sources.cell(span));
        let (line, text) = cell.map_or((1, ""), |cell| (cell.row, cell.value));
        let text = &text[..floor(text, CONTEXT)];
        let start = cell.map_or(0, |cell| (span.start as usize).saturating_sub(cell.start));
        let end = cell.map_or(0, |cell| (span.end as usize).saturating_sub(cell.start));
        let start = floor(text, start);
        let range = start..floor(text, end).max(start);
        Some(Self { name, line, column: 1, text, range, whole_start: true, cell: Some(place) })
    }

    fn add(self, group: Group<'a>, kind: AnnotationKind, label: Option<&'a str>) -> Group<'a> {
        let snippet = Snippet::source(self.text).line_start(self.line);
        let snippet = snippet.annotation(kind.span(self.range).label(label));
        if let Some(cell) = self.cell {
            // The renderer would add line and column, which a cell has not.
            group.element(Origin::path(cell)).element(snippet)
        } else if self.whole_start {
            group.element(snippet.path(self.name))
        } else {
            // The renderer would count columns from the cut, so the place is stated separately.
            group.element(Origin::path(self.name).line(self.line).char_column(self.column)).element(snippet)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::codes;

    fn one(text: &str, start: usize, end: usize) -> (Diagnostics, Sources) {
        let mut sources = Sources::new();
        let file = sources.add("scenarios/hubei.toml", text);
        let mut faults = Diagnostics::new();
        faults.push(
            Diagnostic::error(
                codes::UNKNOWN_KEY,
                Span::new(file, start, end),
                text!("不认识的键 `nam`", "unknown key `nam`"),
            )
            .label(text!("没有这个键", "no such key"))
            .hint(text!("是不是 `name`？", "did you mean `name`?")),
        );
        (faults, sources)
    }

    #[test]
    fn the_caret_stands_under_chinese_text() {
        let text = "[a]\n\"武汉\" = 1 # x\n";
        let start = text.find("= 1").unwrap_or(0) + 2;
        let (faults, sources) = one(text, start, start + 1);
        let zh = render(&faults, &sources, Lang::Zh);
        let expected = "\
错误[E0201]: 不认识的键 `nam`
 --> scenarios/hubei.toml:2:8
  |
2 | \"武汉\" = 1 # x
  |          ^ 没有这个键
  |
  = 提示: 是不是 `name`？

共 1 处错误
";
        assert_eq!(zh, expected);
        assert!(render(&faults, &sources, Lang::En).ends_with("1 error\n"));
    }

    #[test]
    fn a_cell_is_named_with_its_sheet_and_shown_with_its_row() {
        let mut sources = Sources::new();
        let text = "cells 1 sheet\nC17\tt\t12.5亿圆\n";
        let file = sources.add_table("企业.xlsx · 表1", text, Layout::Sheet);
        let start = text.find("12.5").unwrap_or(0);
        let span = Span::new(file, start, text.len() - 1);
        let mut faults = Diagnostics::new();
        faults.push(Diagnostic::error(codes::WRONG_UNIT, span, text!("不认识的单位", "unknown unit")));
        let expected = "\
错误[E0302]: 不认识的单位
  --> 企业.xlsx · 表1 · C17
   |
17 | 12.5亿圆
   | ^^^^^^^^

共 1 处错误
";
        assert_eq!(render(&faults, &sources, Lang::Zh), expected);
    }

    #[test]
    fn spans_over_several_lines_and_long_lines_are_clipped() {
        let (faults, sources) = one("a = [\n1,\n2]\n", 4, 11);
        let out = render(&faults, &sources, Lang::En);
        assert!(out.contains("1 | a = [\n"), "{out}");
        assert!(!out.contains("2]"), "{out}");
        let noise = format!("{}\u{0}{}", "武".repeat(100_000), "x".repeat(100_000));
        let (faults, sources) = one(&noise, 300_000, 400_000);
        assert!(render(&faults, &sources, Lang::En).len() < 4_000);
    }

    #[test]
    fn a_place_at_the_very_end_is_shown() {
        for (text, at) in [("", 0), ("a = ", 4), ("a\r\n", 1), ("a\r\n", 3)] {
            let (faults, sources) = one(text, at, at);
            assert!(render(&faults, &sources, Lang::En).contains("did you mean"), "{text:?}");
        }
    }

    #[test]
    fn other_places_are_named_with_their_role() {
        let (mut faults, sources) = one("id = \"a\"\nid2 = \"a\"\n", 15, 18);
        let first = faults.iter().next().cloned();
        if let Some(fault) = first {
            let file = fault.span.map(|s| s.file).unwrap_or(crate::diag::FileId(0));
            faults.push(fault.related(Span::new(file, 5, 8), text!("先出现在这里", "first here")));
        }
        assert!(render(&faults, &sources, Lang::Zh).contains("先出现在这里"));
    }
}
