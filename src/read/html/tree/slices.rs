//! Parts of a source as the tree builder takes them.
//!
//! Not here: which parts (`tokens`, `attributes`).

use html5ever::{LocalName, tendril::StrTendril};

/// A part of a buffer, not copied.
pub(super) fn slice(source: &StrTendril, at: usize, length: usize) -> StrTendril {
    let within = u32::try_from(at).ok().zip(u32::try_from(length).ok());
    within.and_then(|(at, length)| source.try_subtendril(at, length).ok()).unwrap_or_default()
}

/// A name, in lower case.
pub(super) fn lower(name: &str) -> LocalName {
    if name.bytes().any(|b| b.is_ascii_uppercase()) {
        LocalName::from(name.to_ascii_lowercase())
    } else {
        LocalName::from(name)
    }
}
