//! Names of elements, and what the tokenizer and the tree builder do at each.

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Raw {
    Script,
    Style,
    Noscript,
    Kept,
}

pub(super) fn raw_kind(name: &str) -> Option<Raw> {
    // Length first: most tags are out at once.
    match name.len() {
        3 if is(name, "xmp") => Some(Raw::Style),
        5 if is(name, "style") => Some(Raw::Style),
        5 if is(name, "title") => Some(Raw::Kept),
        6 if is(name, "script") => Some(Raw::Script),
        6 if is(name, "iframe") => Some(Raw::Style),
        7 if is(name, "noembed") => Some(Raw::Style),
        8 if is(name, "noscript") => Some(Raw::Noscript),
        8 if is(name, "noframes") => Some(Raw::Style),
        8 if is(name, "textarea") => Some(Raw::Kept),
        _ => None,
    }
}

pub(super) fn is(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

pub(super) fn contains_ci(hay: &str, needle: &str) -> bool {
    hay.as_bytes().windows(needle.len()).any(|w| w.eq_ignore_ascii_case(needle.as_bytes()))
}

pub(super) fn is_void(name: &str) -> bool {
    const VOID: [&str; 17] = [
        "br", "img", "input", "meta", "link", "hr", "area", "base", "col", "embed", "source", "track", "wbr",
        "param", "keygen", "frame", "basefont",
    ];
    VOID.iter().any(|v| is(v, name))
}

/// Elements that stay open across blocks until they are closed by name. `a` is not among them: a second one
/// closes the first.
pub(super) fn is_format(name: &str) -> bool {
    const FORMAT: [&str; 12] =
        ["b", "i", "em", "font", "strong", "u", "s", "small", "big", "code", "strike", "tt"];
    name.len() <= 6 && FORMAT.iter().any(|v| is(v, name))
}

pub(super) fn is_inline(name: &str) -> bool {
    const INLINE: [&str; 12] =
        ["a", "span", "label", "abbr", "sup", "sub", "time", "button", "mark", "q", "cite", "path"];
    is_format(name) || INLINE.iter().any(|v| is(v, name))
}

pub(super) fn is_foreign(name: &str) -> bool {
    is(name, "svg") || is(name, "math")
}

/// Whether a start tag ends the element that stands open without an end tag of its own.
pub(super) fn closes(start: &str, top: &str) -> bool {
    const CELL: [&str; 2] = ["td", "th"];
    let any = |set: &[&str], name: &str| set.iter().any(|s| is(s, name));
    match top.len() {
        1 => is(top, "p") && !is_inline(start),
        2 if is(top, "li") => is(start, "li"),
        2 if any(&["dt", "dd"], top) => any(&["dt", "dd"], start),
        2 if any(&CELL, top) => any(&["td", "th", "tr", "tbody", "tfoot"], start),
        2 if is(top, "tr") => any(&["tr", "tbody", "tfoot"], start),
        6 if is(top, "option") => any(&["option", "optgroup"], start),
        _ => false,
    }
}
