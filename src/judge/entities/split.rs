//! A text cut into words as names stand in it: with their capitals, and where no name goes on.
//!
//! Not here: which of them are names (`runs`, `party`).

use crate::text::fold;

/// A word with its place in the sentence.
pub(in crate::judge) struct Word<'t> {
    pub text: &'t str,
    /// It ends a sentence or a clause: no name goes on after it.
    pub ends: bool,
    /// It begins a sentence.
    pub begins: bool,
}

pub(in crate::judge) fn cut(text: &str) -> Vec<Word<'_>> {
    let mut out = Vec::new();
    let mut begins = true;
    for raw in text.split_whitespace() {
        let word = raw.trim_matches(|c: char| !c.is_alphanumeric() && c != '&');
        let opened = raw.starts_with(['(', '"', '“', '‘', '[']);
        if opened && let Some(last) = out.last_mut() {
            let last: &mut Word<'_> = last;
            last.ends = true;
        }
        let ends = raw.ends_with([',', '.', ';', ':', ')', '!', '?', '"', '”']) && !abbreviated(raw);
        if !word.is_empty() {
            out.push(Word { text: word, ends, begins });
        }
        begins =
            raw.ends_with(['.', '!', '?', ':', '"', '“']) && !abbreviated(raw) || opened && word.is_empty();
    }
    out
}

fn abbreviated(raw: &str) -> bool {
    matches!(raw, "Cllr." | "Mr." | "Mrs." | "Dr." | "Ltd." | "St." | "No." | "Inc." | "Co.")
}

/// Lower case, without a possessive.
pub(in crate::judge) fn owner(word: &str) -> String {
    let word = fold(word);
    let ends = ["'s", "'r", "'"];
    ends.iter().find_map(|end| word.strip_suffix(end)).unwrap_or(&word).to_owned()
}
