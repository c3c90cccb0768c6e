//! Diagnostics: what is wrong with a scenario, where, why, and what to write instead.

pub mod codes;
mod render;
mod source;

pub use render::render;
pub use source::{CellPlace, FileId, Layout, SourceFile, Sources, Span};

use crate::text::Text;

/// How grave a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The input cannot be used.
    Error,
    /// The input can be used but probably does not say what its author meant.
    Warning,
}

/// One fault, in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Whether the input is refused.
    pub severity: Severity,
    /// Stable code, listed in [`codes::ALL`].
    pub code: &'static str,
    /// The offending place; `None` when the fault has no place (a missing file).
    pub span: Option<Span>,
    /// What is wrong, one sentence.
    pub message: Text,
    /// The key that it is about, or the name that refers to nothing: tables call both in their own words.
    pub subject: Option<String>,
    /// Short note printed beside the caret.
    pub label: Option<Text>,
    /// What to write instead, one suggestion each.
    pub hints: Vec<Text>,
    /// Other places that matter, with their role.
    pub related: Vec<(Span, Text)>,
}

impl Diagnostic {
    /// An error with the given code, place and message.
    pub fn error(code: &'static str, span: impl Into<Option<Span>>, message: Text) -> Self {
        Self::new(Severity::Error, code, span.into(), message)
    }

    /// A warning with the given code, place and message.
    pub fn warning(code: &'static str, span: impl Into<Option<Span>>, message: Text) -> Self {
        Self::new(Severity::Warning, code, span.into(), message)
    }

    fn new(severity: Severity, code: &'static str, span: Option<Span>, message: Text) -> Self {
        Self {
            severity,
            code,
            span,
            message,
            subject: None,
            label: None,
            hints: Vec::new(),
            related: Vec::new(),
        }
    }

    /// Names the key that it is about, or the name that refers to nothing.
    #[must_use]
    pub fn about(mut self, subject: &str) -> Self {
        self.subject = Some(subject.to_owned());
        self
    }

    /// Adds the note beside the caret.
    #[must_use]
    pub fn label(mut self, label: Text) -> Self {
        self.label = Some(label);
        self
    }

    /// Adds a suggestion.
    #[must_use]
    pub fn hint(mut self, hint: Text) -> Self {
        self.hints.push(hint);
        self
    }

    /// Adds a suggestion if there is one.
    #[must_use]
    pub fn maybe_hint(mut self, hint: Option<Text>) -> Self {
        self.hints.extend(hint);
        self
    }

    /// Adds another place that matters.
    #[must_use]
    pub fn related(mut self, span: Span, role: Text) -> Self {
        self.related.push((span, role));
        self
    }
}

/// The faults found so far, in the order in which they were found until [`Diagnostics::sort`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// No faults yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one fault.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Whether any fault is an error.
    pub fn has_errors(&self) -> bool {
        self.error_count() > 0
    }

    /// Number of errors.
    pub fn error_count(&self) -> usize {
        self.list.iter().filter(|d| d.severity == Severity::Error).count()
    }

    /// Number of warnings.
    pub fn warning_count(&self) -> usize {
        self.list.len() - self.error_count()
    }

    /// Number of faults.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is no fault at all.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The faults in their present order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// Orders by file and position (faults without a place first) and drops repetitions.
    pub fn sort(&mut self) {
        self.list.sort_by(|a, b| (a.span, a.severity, a.code).cmp(&(b.span, b.severity, b.code)));
        // Equal faults may be separated by others with the same place and code.
        let mut kept: Vec<Diagnostic> = Vec::with_capacity(self.list.len());
        for diagnostic in self.list.drain(..) {
            let same_place = kept.iter().rev().take_while(|k| k.span == diagnostic.span);
            if !same_place.into_iter().any(|k| *k == diagnostic) {
                kept.push(diagnostic);
            }
        }
        self.list = kept;
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, iter: I) {
        self.list.extend(iter);
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    #[test]
    fn sorting_orders_by_place_and_drops_repetitions() {
        let mut sources = Sources::new();
        let file = sources.add("a.toml", "x = 1\n");
        let at = |start, end| Span::new(file, start, end);
        let fault = |span: Option<Span>| Diagnostic::error(codes::UNKNOWN_KEY, span, text!("错", "wrong"));
        let mut faults = Diagnostics::new();
        faults.push(fault(Some(at(4, 5))));
        faults.push(fault(None));
        faults.push(Diagnostic::warning(codes::UNKNOWN_KEY, at(4, 5), text!("疑", "doubtful")));
        faults.push(fault(Some(at(0, 1))));
        faults.push(fault(Some(at(4, 5))));
        assert_eq!((faults.error_count(), faults.warning_count()), (4, 1));
        faults.sort();
        let starts: Vec<_> = faults.iter().map(|d| d.span.map(|s| s.start)).collect();
        assert_eq!(starts, [None, Some(0), Some(4), Some(4)]);
        assert!(faults.has_errors());
    }
}
