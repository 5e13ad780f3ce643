//! The attributes of a start tag (HTML standard, 13.2.5.32 to 13.2.5.40).
//!
//! Not here: which of them are left of a page (`prescan`).

use html5ever::{Attribute, QualName, ns, tendril::StrTendril};

use crate::read::html::tree::{
    references::decoded,
    slices::{lower, slice},
};

/// The attributes of a tag that begins at `at` in the source, from byte `from` of it on; whether it closes itself; where
/// it ends.
pub(super) fn attributes(
    source: &StrTendril,
    at: usize,
    tag: &str,
    from: usize,
) -> (Vec<Attribute>, bool, usize) {
    let bytes = tag.as_bytes();
    let (mut attrs, mut slash, mut here) = (Vec::new(), false, from);
    while let Some(&b) = bytes.get(here) {
        match b {
            b'>' => return (attrs, slash, here + 1),
            b'/' => {
                slash = true;
                here += 1;
                continue;
            }
            b if b.is_ascii_whitespace() => {
                slash = false;
                here += 1;
                continue;
            }
            _ => slash = false,
        }
        let start = here;
        // An equals sign that begins a name is part of it.
        here += 1;
        here += run(bytes, here, |b| !b.is_ascii_whitespace() && !matches!(b, b'/' | b'>' | b'='));
        let name = tag.get(start..here).unwrap_or_default();
        let equals = here + run(bytes, here, |b| b.is_ascii_whitespace());
        let mut value = here..here;
        if bytes.get(equals) == Some(&b'=') {
            let begins = equals + 1 + run(bytes, equals + 1, |b| b.is_ascii_whitespace());
            if let Some(&quote @ (b'"' | b'\'')) = bytes.get(begins) {
                value = begins + 1..begins + 1 + run(bytes, begins + 1, |b| b != quote);
                here = value.end + 1;
            } else {
                value = begins..begins + run(bytes, begins, |b| !b.is_ascii_whitespace() && b != b'>');
                here = value.end;
            }
        }
        let name = QualName::new(None, ns!(), lower(name));
        if attrs.iter().all(|known: &Attribute| known.name != name) {
            let text = tag.get(value.clone()).unwrap_or_default();
            let value = if text.contains('&') {
                StrTendril::from(decoded(text, true))
            } else {
                slice(source, at + value.start, text.len())
            };
            attrs.push(Attribute { name, value });
        }
    }
    (attrs, slash, bytes.len())
}

fn run(bytes: &[u8], from: usize, while_: impl Fn(u8) -> bool) -> usize {
    bytes.get(from..).unwrap_or_default().iter().take_while(|b| while_(**b)).count()
}
