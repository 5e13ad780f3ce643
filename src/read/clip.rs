//! The start of a text, cut between characters.

/// The start of a text, at most so many bytes of it, cut between characters.
pub(super) fn clip(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or("")
}
