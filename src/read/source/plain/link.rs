//! `[words](address)` in a text file.
//!
//! Not here: the page's own links (`links`).

/// No address is longer, in bytes.
const LONGEST: usize = 2_000;

/// Where addresses end; asked in order, so that a text of broken links is searched once.
pub(super) struct Ends<'a> {
    text: &'a str,
    known: usize,
}

impl<'a> Ends<'a> {
    /// Those of a text that is read from its beginning on.
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, known: 0 }
    }

    /// How far the next closing bracket or white space is, in bytes, `left` being what is left of the text.
    fn next(&mut self, left: &str) -> usize {
        let here = self.text.len() - left.len();
        if self.known < here {
            self.known =
                left.find(|c: char| c == ')' || c.is_whitespace()).map_or(usize::MAX, |at| here + at);
        }
        self.known - here
    }
}

/// The words and the address of `[words](address)` at the head of `text`, within sane lengths.
pub(super) fn link<'a>(text: &'a str, ends: &mut Ends<'_>) -> Option<(&'a str, &'a str)> {
    let inner = text.strip_prefix('[')?;
    let close = inner.char_indices().take(400).find(|(_, c)| matches!(c, '[' | ']'))?.0;
    let (words, tail) = inner.split_at(close);
    let target = tail.strip_prefix("](")?;
    let end = Some(ends.next(target)).filter(|end| *end <= LONGEST)?;
    let address = target.get(..end)?;
    (target.get(end..)?.starts_with(')') && !address.is_empty() && !words.trim().is_empty())
        .then_some((words, address))
}
