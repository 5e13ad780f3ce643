//! Where a tag, its name, and the text of an element end, as the tokenizer finds it.
//!
//! Not here: what is done with what lies between.

use crate::read::html::prescan::names::{contains_ci, is};

/// The name that a tag begins with.
pub(in crate::read::html) fn name_of(from: &str) -> &str {
    let end =
        from.bytes().position(|b| b.is_ascii_whitespace() || b == b'/' || b == b'>').unwrap_or(from.len());
    from.get(..end).unwrap_or("")
}

/// Where a tag ends, quotes observed where the tokenizer observes them: at the start of an attribute's value.
pub(in crate::read::html) fn tag_end(tag: &str, from: usize) -> Option<usize> {
    let bytes = tag.as_bytes();
    let mut i = from;
    let mut value = false;
    while let Some(&b) = bytes.get(i) {
        match b {
            b'>' => return Some(i + 1),
            b'"' | b'\'' if value => {
                i += 1 + bytes.get(i + 1..)?.iter().position(|c| *c == b)?;
                value = false;
            }
            b'=' => value = true,
            b if b.is_ascii_whitespace() => {}
            _ => value = false,
        }
        i += 1;
    }
    None
}

/// Where `</name` stands in raw text.
pub(in crate::read::html) fn end_of(body: &str, name: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = body.get(at..)?.find("</") {
        let here = at + found;
        let rest = body.get(here + 2..)?;
        if rest.get(..name.len()).is_some_and(|n| is(n, name))
            && rest
                .as_bytes()
                .get(name.len())
                .is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'))
        {
            return Some(here);
        }
        at = here + 2;
    }
    None
}

/// Where a script ends: a `<script` within `<!--` is a script within the script (the "double escaped" states).
pub(super) fn script_end(body: &str) -> Option<usize> {
    let first = end_of(body, "script")?;
    let head = body.get(..first)?;
    let Some(escaped) = head.find("<!--") else { return Some(first) };
    let inside = head.get(escaped..)?;
    if inside.contains("-->") || !contains_ci(inside, "<script") {
        return Some(first);
    }
    let after = first + 2;
    body.get(after..).and_then(|rest| end_of(rest, "script")).map(|more| after + more).or(Some(first))
}
