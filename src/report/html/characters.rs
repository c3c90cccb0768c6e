//! Which characters a finished page draws, plain and bold: the fonts inside it hold these and no others.

use std::collections::BTreeSet;

/// Elements that the style of the page sets in bold; `th` counts only as the head of a column.
const BOLD: [&str; 8] = ["h1", "h2", "h3", "h4", "strong", "summary", "caption", "dt"];
/// Elements whose content is never drawn.
const SILENT: [&str; 2] = ["style", "script"];

/// The characters of a page.
pub(super) struct Characters {
    /// Drawn in the plain weight.
    pub(super) plain: BTreeSet<char>,
    /// Drawn in bold.
    pub(super) bold: BTreeSet<char>,
}

/// The characters that `page` draws, with `extra` in the plain weight; printable ASCII always belongs to both.
pub(super) fn of(page: &str, extra: &str) -> Characters {
    let ascii: BTreeSet<char> = (' '..='~').collect();
    let mut found = Characters { plain: ascii.clone(), bold: ascii };
    found.plain.extend(extra.chars());
    // Names of the open elements from the outermost bold one on.
    let mut open: Vec<&str> = Vec::new();
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        collect(&mut found, &rest[..start], !open.is_empty());
        let tag = &rest[start + 1..];
        let end = tag.find('>').unwrap_or(tag.len());
        let (inside, after) = (&tag[..end], tag.get(end + 1..).unwrap_or_default());
        rest = after;
        if let Some(name) = inside.strip_prefix('/') {
            if open.last() == Some(&name.trim()) {
                open.pop();
            }
            continue;
        }
        let name = inside.split([' ', '\n', '/']).next().unwrap_or_default();
        if SILENT.contains(&name) {
            let close = format!("</{name}>");
            rest = rest.find(&close).map_or("", |at| &rest[at + close.len()..]);
        } else if is_bold(name, inside) && !inside.ends_with('/') {
            open.push(name);
        }
    }
    collect(&mut found, rest, false);
    found
}

fn is_bold(name: &str, tag: &str) -> bool {
    BOLD.contains(&name)
        || (name == "th" && tag.contains("scope=\"col\""))
        || (name == "text" && tag.contains("font-weight=\"bold\""))
}

fn collect(found: &mut Characters, text: &str, bold: bool) {
    let set = if bold { &mut found.bold } else { &mut found.plain };
    set.extend(text.chars().filter(|c| !c.is_control()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beyond_ascii(set: &BTreeSet<char>) -> String {
        set.iter().filter(|c| !c.is_ascii()).collect()
    }

    #[test]
    fn weights_follow_the_elements() {
        let page = "<html><style>样</style><h2 id=\"x\">标<em>题</em></h2><p>正文</p><th scope=\"row\">行</th>\
                    <th scope=\"col\">列</th><text font-weight=\"bold\" x=\"1\">粗</text><text>细</text>\
                    <script>脚</script><p>尾";
        let found = of(page, "页");
        assert_eq!(beyond_ascii(&found.bold), "列标粗题");
        assert_eq!(beyond_ascii(&found.plain), "尾文正细行页");
        assert!(found.bold.contains(&'~') && found.plain.contains(&'<'));
    }
}
