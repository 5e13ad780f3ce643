//! The attributes of a tag that somebody reads: the others, a fifth of a page's markup, are not worth a tree builder's time.
//!
//! Not here: what they mean (`hints`, `prune`, `links`, `about`, `dates`).

/// Every attribute that reading asks for by name, and those that the tree builder itself goes by.
const READ: [&str; 37] = [
    "alt",
    "aria-controls",
    "aria-current",
    "aria-expanded",
    "aria-hidden",
    "aria-label",
    "class",
    "color",
    "content",
    "data-alert-id",
    "data-bs-target",
    "data-cfemail",
    "data-dismiss-alert-token",
    "data-href",
    "data-notifications",
    "data-target",
    "datetime",
    "encoding",
    "face",
    "hidden",
    "href",
    "http-equiv",
    "id",
    "itemprop",
    "lang",
    "name",
    "property",
    "rel",
    "role",
    "shadowroot",
    "shadowrootmode",
    "size",
    "style",
    "type",
    "title",
    "value",
    "xml:lang",
];

/// Copies a start tag with those of its attributes that somebody reads. `name`: the length of its name.
pub(super) fn read_by_somebody(tag: &str, name: usize, out: &mut String) {
    let bytes = tag.as_bytes();
    let mut at = 1 + name;
    out.push_str(tag.get(..at).unwrap_or_default());
    let mut slash = false;
    // The states of the tokenizer (HTML standard, 13.2.5.32 to 13.2.5.40), as far as where each attribute ends.
    while let Some(&b) = bytes.get(at) {
        match b {
            b'>' => break,
            b'/' => {
                slash = true;
                at += 1;
                continue;
            }
            b if b.is_ascii_whitespace() => {
                at += 1;
                continue;
            }
            _ => slash = false,
        }
        let start = at;
        // An equals sign that begins a name is part of it.
        at += 1;
        while bytes.get(at).is_some_and(|b| !b.is_ascii_whitespace() && !matches!(b, b'/' | b'>' | b'=')) {
            at += 1;
        }
        let known = is_read(tag.get(start..at).unwrap_or_default());
        let mut end = at;
        let value = after_space(bytes, at);
        if bytes.get(value) == Some(&b'=') {
            end = value_end(bytes, after_space(bytes, value + 1));
            at = end;
        }
        if known {
            out.push(' ');
            out.push_str(tag.get(start..end).unwrap_or_default());
        }
    }
    out.push_str(if slash { "/>" } else { ">" });
}

fn after_space(bytes: &[u8], from: usize) -> usize {
    let space = bytes.iter().skip(from).take_while(|b| b.is_ascii_whitespace()).count();
    from + space
}

fn value_end(bytes: &[u8], from: usize) -> usize {
    if let Some(quote @ (b'"' | b'\'')) = bytes.get(from) {
        let rest = bytes.get(from + 1..).unwrap_or_default();
        return rest.iter().position(|b| b == quote).map_or(bytes.len(), |n| from + 1 + n + 1);
    }
    let rest = bytes.get(from..).unwrap_or_default();
    let ends = |b: &u8| b.is_ascii_whitespace() || *b == b'>';
    rest.iter().position(ends).map_or(bytes.len(), |n| from + n)
}

fn is_read(name: &str) -> bool {
    let first = name.as_bytes().first().map(u8::to_ascii_lowercase);
    READ.iter().any(|known| {
        known.len() == name.len()
            && known.as_bytes().first().copied() == first
            && known.eq_ignore_ascii_case(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(tag: &str, name: usize) -> String {
        let mut out = String::new();
        read_by_somebody(tag, name, &mut out);
        out
    }

    #[test]
    fn what_nobody_reads_is_left_out() {
        for (tag, name, left) in [
            (r#"<a href="/x" data-x='>' CLASS = y target=_blank>"#, 1, r#"<a href="/x" CLASS = y>"#),
            ("<p>", 1, "<p>"),
            ("<p  >", 1, "<p>"),
            ("<img src=x.jpg/>", 3, "<img>"),
            ("<img src=x.jpg />", 3, "<img/>"),
            ("<a href=x/>", 1, "<a href=x/>"),
            ("<div hidden width=3 id>", 3, "<div hidden id>"),
            ("<div =x id=a/b'c\">", 3, "<div id=a/b'c\">"),
            ("<div data-x= id=y>", 3, "<div>"),
            ("<div id=\"a", 3, "<div id=\"a>"),
        ] {
            assert_eq!(kept(tag, name), left, "{tag}");
        }
    }
}
