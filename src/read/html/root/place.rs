//! The place of a statement on a page.

/// The statement's place.
#[derive(Debug)]
pub(in crate::read) struct Root {
    /// Its elements, in the order to be read; no one within another.
    pub(in crate::read) nodes: Vec<usize>,
    /// The element that all of them stand in: where dates of the page are looked for.
    pub(in crate::read) around: Option<usize>,
    /// The rule that found it.
    pub(in crate::read) rule: &'static str,
    /// Chosen by a person: only what is never words is left out.
    pub(in crate::read) to_the_letter: bool,
}
