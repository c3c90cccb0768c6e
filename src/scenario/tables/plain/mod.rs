//! Faults of cells in the planner's words: heads, sheets and names instead of keys and ids, each cause told once.

mod cells;
mod kinds;
mod places;
mod references;
mod rows;
mod together;
mod unsourced;
mod words;

use std::collections::HashSet;

use crate::diag::{Diagnostic, Diagnostics, FileId, Severity, Sources, Span, codes};
use crate::scenario::node::{Node, Value};
use crate::scenario::tables::columns;
use crate::scenario::tables::grid::Grid;
use crate::text::Text;
use places::{Place, Places};
use references::{Called, Verdict};

/// Faults of a sum or of the model as a whole, which an unreadable cell among its parts makes meaningless.
const OF_MANY: [&str; 5] =
    [codes::BAD_SUM, codes::OVER_PROVINCE, codes::BAD_DISTRIBUTION, codes::BAD_TARGET, codes::BAD_MODEL];

/// The faults of a scenario, those that lie in tables told in the words of these tables; `book` if the whole scenario is
/// one workbook.
pub fn told(root: Option<&Node>, sources: &Sources, faults: Diagnostics, book: bool) -> Diagnostics {
    let Some(root) = root.filter(|_| !faults.is_empty()) else { return faults };
    let spans = faults
        .iter()
        .flat_map(|fault| fault.span.into_iter().chain(fault.related.iter().map(|(span, _)| *span)));
    let places = Places::of(root, sources, spans);
    let in_mix = |fault: &Diagnostic| {
        let place = fault.span.and_then(|span| places.cell(span));
        fault.code == codes::UNKNOWN_REFERENCE
            && place.is_some_and(|place| place.pattern == "cluster[].mix.*")
    };
    let bad_mix = faults.iter().any(in_mix);
    let called = Called::new(root);
    let of_cells = |code: &'static str| {
        faults.iter().filter(move |fault| fault.code == code && fault.severity == Severity::Error)
    };
    let bad_cells: HashSet<Span> = of_cells(codes::BAD_CELL).filter_map(|fault| fault.span).collect();
    let no_provenance = of_cells(codes::BAD_GRADE).chain(of_cells(codes::BAD_TABLE)).next().is_some();
    let bad_tables: HashSet<Span> = of_cells(codes::BAD_TABLE).filter_map(|fault| fault.span).collect();
    let is_kind = |span: Span| places.cell(span).is_some_and(|place| place.pattern == "instrument[].entry");
    let row = |span: Span| sources.cell(span).map(|cell| (span.file, cell.row));
    let bad_kinds =
        of_cells(codes::UNKNOWN_ENTRY).filter_map(|fault| fault.span).filter(|span| is_kind(*span));
    let bad_kinds: HashSet<(FileId, usize)> = bad_kinds.filter_map(row).collect();
    let bad_heads: HashSet<FileId> = bad_tables.iter().map(|span| span.file).collect();
    let faulty = faults.iter().any(|fault| fault.severity == Severity::Error);
    let mut teller = Teller {
        root,
        sources,
        places,
        called,
        book,
        bad_cells,
        no_provenance,
        bad_mix,
        bad_tables,
        bad_heads,
        bad_kinds,
        faulty,
        lost: HashSet::new(),
        judged: HashSet::new(),
    };
    teller.find_lost(&faults);
    let mut out = Diagnostics::new();
    for fault in faults {
        out.extend(teller.tell(fault));
    }
    out.sort();
    together::folded(out, sources)
}

struct Teller<'t> {
    root: &'t Node,
    sources: &'t Sources,
    places: Places<'t>,
    called: Called<'t>,
    book: bool,
    /// Cells that could not be read.
    bad_cells: HashSet<Span>,
    /// Whether sources or grades could not be read somewhere.
    no_provenance: bool,
    /// Whether a head of the clusters' mix names no industry.
    bad_mix: bool,
    /// Tables and heads that could not be read.
    bad_tables: HashSet<Span>,
    /// Tables with a head that could not be read.
    bad_heads: HashSet<FileId>,
    /// Rows of instruments whose kind is unknown: what they need besides is unknown too.
    bad_kinds: HashSet<(FileId, usize)>,
    /// Whether there is any error.
    faulty: bool,
    /// Tables of the tree (`cluster`) of which rows or their names could not be read.
    lost: HashSet<String>,
    /// Rows that have been judged as a whole, by pattern and place.
    judged: HashSet<(String, FileId, u32)>,
}

impl Teller<'_> {
    /// Finds the kinds of which things may exist that nothing can be found by.
    fn find_lost(&mut self, faults: &Diagnostics) {
        for entry in self.root.entries() {
            let items =
                entry.value.items().iter().chain(entry.value.entries().iter().map(|entry| &entry.value));
            let mut spans = items.map(|item| item.span);
            if spans.any(|span| self.bad_heads.contains(&span.file)) {
                self.lost.insert(entry.key.clone());
            }
        }
        // A row without a name, and a sheet of an unknown kind or without rows.
        for fault in faults.iter() {
            let Some(span) = fault.span else { continue };
            if fault.code == codes::MISSING_KEY && fault.severity == Severity::Error {
                let nameless = self.places.parts(span).iter().filter(|part| part.node.get("id").is_none());
                self.lost
                    .extend(nameless.filter_map(|part| part.pattern.strip_suffix("[]")).map(str::to_owned));
            }
        }
        if !self.bad_heads.is_empty() {
            for table in ["cluster", "industry", "sources", "instrument", "pipeline", "province"] {
                if self.called.none_of(table) {
                    self.lost.insert(table.to_owned());
                }
            }
        }
        // What the book lacks altogether is told by one fault.
        for table in ["cluster", "industry"] {
            if self.book && self.called.none_of(table) {
                self.lost.insert(table.to_owned());
            }
        }
    }

    fn tell(&mut self, fault: Diagnostic) -> Vec<Diagnostic> {
        if self.book && fault.code == codes::NO_SOURCE {
            return self.unsourced(fault);
        }
        let Some(span) = fault.span.filter(|span| self.places.in_table(*span)) else { return vec![fault] };
        if matches!(fault.code, codes::BAD_CELL | codes::BAD_TABLE) {
            return vec![fault];
        }
        if self.book && fault.code == codes::MISSING_KEY && span == self.root.span {
            // The sheet may be there under a name that is not known.
            let unknown = |span: &Span| span.end == 0 && self.bad_tables.contains(span);
            let first = self.judged.insert((String::new(), span.file, 0));
            let known = !self.bad_tables.iter().any(unknown);
            return if first && known { rows::sheets_missing(self.root) } else { Vec::new() };
        }
        // What a policy of the book lists is known only once all its instruments can be read.
        if self.book && self.faulty && fault.code == codes::UNUSED {
            return Vec::new();
        }
        if self.bad_cells.contains(&span) || self.follows(&fault, span) {
            return Vec::new();
        }
        if matches!(fault.code, codes::MISSING_KEY | codes::KEY_CONFLICT | codes::BAD_TARGET)
            && let Some(faults) = self.of_row(&fault, span)
        {
            return faults;
        }
        let Some(place) = self.places.cell(span).cloned() else { return self.of_sheet(fault, span) };
        match self.of_cell(fault, &place, span) {
            Verdict::Fault(fault) => vec![*fault],
            Verdict::Silent => Vec::new(),
        }
    }

    /// The warning about figures without source or grade; where some cannot be read, that is told instead.
    fn unsourced(&self, fault: Diagnostic) -> Vec<Diagnostic> {
        if self.no_provenance {
            return Vec::new();
        }
        let warnings = unsourced::warnings(self.root, self.sources);
        if warnings.is_empty() { vec![fault] } else { warnings }
    }

    /// Whether a fault only follows from what could not be read.
    fn follows(&self, fault: &Diagnostic, span: Span) -> bool {
        let bad_head = self.bad_heads.contains(&span.file);
        let lacks = matches!(fault.code, codes::MISSING_KEY | codes::KEY_CONFLICT | codes::ENTRY_INCOMPLETE);
        if bad_head && (lacks || OF_MANY.contains(&fault.code)) {
            return true;
        }
        let row = self.sources.cell(span).map(|cell| (span.file, cell.row));
        if lacks && row.is_some_and(|row| self.bad_kinds.contains(&row)) {
            return true;
        }
        if self.book && self.follows_settings(fault, span) {
            return true;
        }
        let in_mix =
            |span: Span| self.places.cell(span).is_some_and(|place| place.pattern == "cluster[].mix.*");
        let bad_mix = || self.bad_mix || self.bad_cells.iter().any(|cell| in_mix(*cell));
        let of_industry = |place: &Place| place.pattern.ends_with("[].industry");
        if fault.code == codes::BAD_MODEL && self.places.cell(span).is_some_and(of_industry) && bad_mix() {
            return true;
        }
        // the sum of a mix hangs on the cells of the mix in its row, a target or a law on those of its row
        let of_row = matches!(fault.code, codes::BAD_TARGET | codes::BAD_DISTRIBUTION);
        let matters = |cell: &&Span| match (in_mix(span), of_row) {
            (true, _) => self.same_row(**cell, span) && in_mix(**cell),
            (_, true) => self.same_row(**cell, span),
            _ => true,
        };
        let mut bad = self.bad_cells.iter().filter(|cell| cell.file == span.file);
        OF_MANY.contains(&fault.code) && bad.any(|cell| matters(&cell))
    }

    fn same_row(&self, one: Span, other: Span) -> bool {
        let row = |span: Span| self.sources.cell(span).map(|cell| (span.file, cell.row));
        row(one).is_some() && row(one) == row(other)
    }

    /// Whether a fault of a row only follows from a setting that is missing.
    fn follows_settings(&self, fault: &Diagnostic, span: Span) -> bool {
        let scenario = self.root.get("scenario");
        let year = |key: &str| scenario.and_then(|node| node.get(key)).map(|node| &node.value);
        // years are held against what is known of the period
        let has_period =
            ["base_year", "horizon"].iter().any(|key| matches!(year(key), Some(Value::Integer(_))));
        let of_row = self.places.cell(span).is_some_and(|place| words::rows_of(&place.pattern).is_some());
        match fault.code {
            codes::BAD_YEAR => !has_period && of_row && !fault.hints.is_empty(),
            codes::MISSING_KEY | codes::KEY_CONFLICT => {
                scenario.is_none() && of_row && fault.related.is_empty() && self.places.parts(span).is_empty()
            }
            _ => false,
        }
    }

    /// The faults of the row that begins at `span`, once; `None` if the fault is none of a whole row.
    fn of_row(&mut self, fault: &Diagnostic, span: Span) -> Option<Vec<Diagnostic>> {
        if let [(other, _)] = fault.related[..]
            && fault.code == codes::KEY_CONFLICT
            && let (Some(first), Some(second)) = (self.key_at(other), self.key_at(span))
        {
            return Some(vec![rows::both(&first, &second, span, other)]);
        }
        let parts: Vec<_> = self.places.parts(span).to_vec();
        let at = |pattern: &str| (pattern.to_owned(), span.file, span.start);
        let mut found = Vec::new();
        for part in &parts {
            let lacks = rows::lacks(part, span, &|label| self.label(span, label));
            if !lacks.is_empty() {
                let first = self.judged.insert(at(&part.pattern));
                found.push(if first { lacks } else { Vec::new() });
            }
        }
        // Two cells of one row exclude each other: that has been told at the cells.
        let conflict = fault.code != codes::MISSING_KEY && parts.iter().any(|part| conflicts(part));
        match (found.is_empty(), conflict) {
            (_, true) => Some(Vec::new()),
            (false, _) => Some(found.into_iter().flatten().collect()),
            (true, false) if self.reads_badly(span) => Some(Vec::new()),
            (true, false) => None,
        }
    }

    /// Where a setting is called so, in the table in which `span` lies.
    fn label(&self, span: Span, label: &Text) -> Option<Span> {
        let grid = Grid::parse(&self.sources.get(span.file)?.text, span.file)?;
        let is = |text: &str| {
            columns::word(text) == columns::word(&label.zh) || columns::word(text) == columns::word(&label.en)
        };
        grid.cells.into_values().find(|cell| cell.column == 0 && is(&cell.text)).map(|cell| cell.span)
    }

    /// Whether a cell of the row of `span` could not be read.
    fn reads_badly(&self, span: Span) -> bool {
        let row = |span: Span| self.sources.cell(span).map(|cell| (span.file, cell.row));
        let bad = self.bad_cells.iter().filter(|cell| cell.file == span.file);
        row(span).is_some_and(|own| bad.into_iter().any(|cell| row(*cell) == Some(own)))
    }

    fn key_at(&self, span: Span) -> Option<String> {
        self.places.cell(span).map(|place| place.pattern.clone())
    }

    /// A fault of a whole sheet, or of a place where nothing stands.
    fn of_sheet(&self, mut fault: Diagnostic, span: Span) -> Vec<Diagnostic> {
        if let Some(part) = self.places.parts(span).first() {
            fault = cells::plain(fault, &part.pattern);
        }
        vec![fault]
    }

    fn of_cell(&self, fault: Diagnostic, place: &Place, span: Span) -> Verdict {
        if matches!(fault.code, codes::UNKNOWN_REFERENCE | codes::UNKNOWN_SOURCE)
            && let Some(word) = &fault.subject
            && let Some(verdict) = self.called.unknown(place, word, span, &|table| self.lost.contains(table))
        {
            // two things of one name are a fault of a book, whether anything refers to them or not
            let twice = |fault: &Diagnostic| self.book && fault.code == codes::DUPLICATE_ID;
            return match verdict {
                Verdict::Fault(fault) if twice(&fault) => Verdict::Silent,
                verdict => verdict,
            };
        }
        let context = cells::Context { sources: self.sources, book: self.book };
        Verdict::Fault(Box::new(cells::told(fault, place, span, &context)))
    }
}

/// Whether two cells of a row exclude each other.
fn conflicts(part: &places::Part<'_>) -> bool {
    let groups = crate::scenario::parameters::ALTERNATIVES.iter().filter(|group| group.table == part.pattern);
    groups.into_iter().any(|group| group.keys.iter().filter(|key| part.node.get(key).is_some()).count() > 1)
}
