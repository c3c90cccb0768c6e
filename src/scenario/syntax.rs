//! From TOML text to the tree: every syntax error at once, in both languages, and a bounded depth.

use toml::Spanned;
use toml::de::{DeArray, DeInteger, DeTable, DeValue};

use super::node::{Entry, Node, Value};
use crate::diag::{Diagnostic, Diagnostics, FileId, Span, codes};
use crate::text;
use crate::text::{Text, by_number};

/// Deepest nesting of tables and lists that is read; the format itself needs six levels.
const MAX_DEPTH: usize = 32;

/// Syntax errors listed for one file: the rest of a broken file follows from the first ones.
const MAX_ERRORS: usize = 20;

/// Dots allowed on one line: each may open a nested table in the parser, whose depth must stay bounded.
const MAX_DOTS: usize = 1_000;

/// Reads a file; what could be recovered is returned even if there are faults.
pub fn parse(text: &str, file: FileId, faults: &mut Diagnostics) -> Node {
    let whole = Span::new(file, 0, text.len());
    let line_ends = text.split('\n').scan(0, |offset, line| {
        let start = *offset;
        *offset += line.len() + 1;
        Some((start, line))
    });
    if let Some((start, line)) = line_ends.into_iter().find(|(_, line)| line.matches('.').count() > MAX_DOTS)
    {
        let span = Span::new(file, start, start + line.len());
        let message = text!("这一行有 {MAX_DOTS} 个以上的点", "this line holds more than {MAX_DOTS} dots");
        faults.push(
            Diagnostic::error(codes::TOO_DEEP, span, message)
                .hint(text!("把长列表分成几行写", "break a long list into several lines")),
        );
        return Node { span: whole, value: Value::Table(Vec::new()) };
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors.iter().take(MAX_ERRORS) {
        faults.push(syntax_error(error, text, file));
    }
    if errors.len() > MAX_ERRORS {
        let more = errors.len() - MAX_ERRORS;
        let errors = by_number(more, "error is", "errors are");
        let message = text!("另有 {more} 处语法错误没有列出", "{more} more syntax {errors} not listed");
        faults.push(Diagnostic::error(codes::TOO_MANY_FAULTS, Span::new(file, 0, 0), message));
    }
    let mut builder = Builder { file, faults };
    let value = builder.table(table.into_inner(), 0);
    Node { span: whole, value }
}

/// Parser messages by their beginning, with a Chinese version.
const MESSAGES: &[(&str, &str)] = &[
    ("duplicate key", "同一个键写了两次"),
    ("string values must be quoted", "文字要用英文双引号括起来"),
    ("missing assignment", "键和值之间缺少等号"),
    ("missing value", "等号后面没有值"),
    ("key with no value", "键后面没有等号和值"),
    ("missing opening quote", "缺少开头的引号"),
    ("missing comma", "两项之间缺少英文逗号"),
    ("extra comma", "多了一个逗号"),
    ("extra assignment", "多了一个等号"),
    ("extra `=`", "多了一个等号"),
    ("unexpected `=`", "列表里不能有等号"),
    ("unclosed array table", "[[…]] 没有写完"),
    ("unclosed array", "列表缺少右方括号 ]"),
    ("unclosed table", "[…] 没有写完"),
    ("unclosed inline table", "表缺少右花括号 }"),
    ("invalid unquoted key", "这样的键要用英文双引号括起来"),
    ("unquoted keys cannot be empty", "键不能是空的"),
    ("unexpected leading zero", "数字不能以 0 开头"),
    ("`_` may only", "下划线只能写在数字之间"),
    ("invalid basic string", "字符串没有用英文双引号收尾"),
    ("invalid literal string", "字符串没有用英文单引号收尾"),
    ("invalid multi-line", "多行字符串没有收尾"),
    ("invalid value", "读不出这个值"),
    ("cannot extend", "这个键已经有别的值，不能再往下写"),
    ("cannot recurse", "嵌套层数过多"),
    ("recursion limit", "嵌套层数过多"),
    ("unexpected", "这里多出了内容"),
    ("invalid", "这里的写法不合 TOML 语法"),
];

fn syntax_error(error: &toml::de::Error, text: &str, file: FileId) -> Diagnostic {
    let english = error.message().lines().collect::<Vec<_>>().join("; ");
    let known = MESSAGES.iter().find(|(start, _)| english.starts_with(start));
    let chinese = known.map_or("TOML 语法错误", |(_, zh)| zh);
    let range = error.span().unwrap_or(0..0);
    let span = Span::new(file, range.start, range.end);
    let message = Text::new(format!("{chinese}（{english}）"), format!("TOML syntax: {english}"));
    Diagnostic::error(codes::SYNTAX, span, message).maybe_hint(full_width(text, range.start))
}

/// A hint if the line holds punctuation that a Chinese keyboard produces in place of the syntax of TOML.
fn full_width(text: &str, at: usize) -> Option<Text> {
    let bytes = text.as_bytes();
    let at = at.min(bytes.len());
    let start = bytes[..at].iter().rposition(|b| *b == b'\n').map_or(0, |i| i + 1);
    let end = bytes[at..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |i| at + i);
    let line = text.get(start..end)?;
    let found = line.chars().find(|c| "“”‘’＝，［］｛｝＃".contains(*c))?;
    Some(text!(
        "这一行有全角符号“{found}”；引号、等号、逗号和括号都要用英文半角",
        "the line holds the full-width character `{found}`; quotes, =, commas and brackets must be ASCII"
    ))
}

struct Builder<'f> {
    file: FileId,
    faults: &'f mut Diagnostics,
}

impl Builder<'_> {
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.file, range.start, range.end)
    }

    fn table(&mut self, table: DeTable<'_>, depth: usize) -> Value {
        let mut entries: Vec<Entry> = Vec::new();
        for (key, value) in table {
            let key_span = self.span(key.span());
            let value = self.node(value, depth + 1);
            entries.push(Entry { key: key.into_inner().into_owned(), key_span, value });
        }
        entries.sort_by_key(|entry| entry.key_span);
        Value::Table(entries)
    }

    fn node(&mut self, node: Spanned<DeValue<'_>>, depth: usize) -> Node {
        let span = self.span(node.span());
        let value = node.into_inner();
        if depth > MAX_DEPTH && matches!(value, DeValue::Array(_) | DeValue::Table(_)) {
            let message = text!("嵌套超过 {MAX_DEPTH} 层", "nested more than {MAX_DEPTH} levels deep");
            self.faults.push(Diagnostic::error(codes::TOO_DEEP, span, message));
            dismantle(value);
            return Node { span, value: Value::Table(Vec::new()) };
        }
        let value = match value {
            DeValue::String(text) => Value::String(text.into_owned()),
            DeValue::Integer(integer) => self.integer(&integer, span),
            DeValue::Float(float) => Value::Float(float.as_str().parse().unwrap_or(f64::NAN)),
            DeValue::Boolean(flag) => Value::Bool(flag),
            DeValue::Datetime(date) => Value::Date(date.to_string()),
            DeValue::Array(array) => {
                Value::Array(array.into_iter().map(|item| self.node(item, depth + 1)).collect())
            }
            DeValue::Table(table) => self.table(table, depth),
        };
        Node { span, value }
    }

    /// Whole numbers beyond 64 bits become floats: they are outside every range of the format anyway.
    fn integer(&mut self, integer: &DeInteger<'_>, span: Span) -> Value {
        if let Ok(value) = i64::from_str_radix(integer.as_str(), integer.radix()) {
            return Value::Integer(value);
        }
        if integer.radix() != 10 {
            let message = text!("整数太大", "the integer is too large");
            self.faults.push(Diagnostic::error(codes::BAD_NUMBER, span, message));
        }
        Value::Float(integer.as_str().parse().unwrap_or(f64::MAX))
    }
}

/// Drops a deeply nested value without recursion, which would overflow the stack.
fn dismantle(value: DeValue<'_>) {
    let mut rest = vec![value];
    while let Some(value) = rest.pop() {
        match value {
            DeValue::Array(array) => rest.extend(DeArray::into_iter(array).map(Spanned::into_inner)),
            DeValue::Table(table) => rest.extend(table.into_iter().map(|(_, value)| value.into_inner())),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Sources, render};
    use crate::text::Lang;
    use proptest::prelude::*;

    fn read(text: &str) -> (Node, Diagnostics) {
        let mut faults = Diagnostics::new();
        let node = parse(text, FileId(0), &mut faults);
        (node, faults)
    }

    #[test]
    fn entries_keep_their_order_and_places() {
        let text = "z = 1\na = \"武汉\"\n[t]\nx = [1.5, true, 2024-01-01]\n";
        let (node, faults) = read(text);
        assert!(faults.is_empty());
        let keys: Vec<_> = node.entries().iter().map(|e| e.key.as_str()).collect();
        assert_eq!(keys, ["z", "a", "t"]);
        let mut sources = Sources::new();
        sources.add("a", text);
        assert_eq!(node.get("a").map(|n| sources.text(n.span)), Some("\"武汉\""));
        let items = node.get("t").and_then(|t| t.get("x")).map(Node::items).unwrap_or_default();
        assert!(matches!(items[2].value, Value::Date(_)));
    }

    #[test]
    fn all_syntax_errors_come_at_once_and_in_chinese() {
        let text = "a = 武汉\nb = \nname = “黄冈”\nc = 1\nc = 2\n";
        let (_, mut faults) = read(text);
        faults.sort();
        let mut sources = Sources::new();
        sources.add("a.toml", text);
        let out = render(&faults, &sources, Lang::Zh);
        for part in ["文字要用英文双引号", "a.toml:2:", "全角符号", "同一个键写了两次"] {
            assert!(out.contains(part), "{part}\n{out}");
        }
    }

    #[test]
    fn depth_is_bounded_however_it_is_written() {
        let arrays = format!("a = {}{}", "[".repeat(60), "]".repeat(60));
        let dotted = format!("{} = 1", ["a"; 900].join("."));
        let header = format!("[{}]\nb = 1", ["a"; 100_000].join("."));
        let brackets = "[".repeat(200_000);
        for text in [arrays, dotted, header, brackets] {
            let (_, faults) = read(&text);
            assert!(faults.has_errors());
        }
    }

    #[test]
    fn nested_inline_tables_with_long_dotted_keys_do_not_overflow() {
        let key = ["a"; 900].join(".");
        let text = format!("{}1{}\n x", format!("{key} = {{\n").repeat(70), "}".repeat(70));
        assert!(read(&text).1.has_errors());
        assert!(read(&format!("{key} = {{\n").repeat(79)).1.has_errors());
    }

    #[test]
    fn numbers_beyond_64_bits_do_not_wrap() {
        let (node, _) = read("a = 99999999999999999999\nb = 0xffffffffffffffffff\nc = 1e400");
        assert_eq!(node.get("a").map(|n| n.value.clone()), Some(Value::Float(1e20)));
        assert_eq!(node.get("c").map(|n| n.value.clone()), Some(Value::Float(f64::INFINITY)));
    }

    proptest! {
        #[test]
        fn noise_is_refused_without_panic(text in "\\PC{0,200}", toml in "[\\[\\]{}a-c.=,\"'# \n0-9武]{0,200}") {
            read(&text);
            read(&toml);
        }
    }
}
