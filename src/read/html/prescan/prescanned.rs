//! What a prescan leaves of a source, and what it saw on the way.

/// The source without what nobody reads.
#[derive(Debug, Default)]
pub(in crate::read) struct Prescanned {
    /// Markup for the tree builder.
    pub(in crate::read) html: String,
    /// The JSON-LD blocks.
    pub(in crate::read) json_ld: Vec<String>,
    /// The words for browsers without script, as markup.
    pub(in crate::read) noscript: String,
    /// How many bytes of them there were, or were put in as part of the page.
    pub(in crate::read) noscript_bytes: usize,
    /// The words for browsers without script are part of `html`.
    pub(in crate::read) unwrapped: bool,
    /// Its markup holds text that only looks like tags: a title with `<` in it, `plaintext`, an element of text left open.
    pub(in crate::read) raw: bool,
    /// How many scripts there were.
    pub(in crate::read) scripts: usize,
    /// What stood open when the source ended: a tag, a comment or a script.
    pub(in crate::read) cut: Option<&'static str>,
    /// Whether the document's end was marked: `</html>` or `</body>`.
    pub(in crate::read) ended: bool,
    /// An element that structures a page, of which the source does not say where it ends.
    pub(in crate::read) left_open: Option<&'static str>,
    /// The main element, or an article, that was open when the source ended within a word.
    pub(in crate::read) broken_off: Option<&'static str>,
}
