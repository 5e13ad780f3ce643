//! Where sentences end.

use std::ops::Range;

/// The sentences of one block's text (white space already folded), as byte ranges without surrounding space.
pub fn split(text: &str) -> Vec<Range<usize>> {
    if text.is_empty() { Vec::new() } else { vec![0..text.len()] }
}
