//! All that a gate may look at once the words are found.

use crate::{
    model::Capture,
    read::{
        html::{
            about::About,
            blocks::Raw,
            dom::{Page, Tag},
            prescan::Prescanned,
            prune::Facts,
        },
        source::decode::Decoded,
    },
};

/// All that a gate may look at.
#[derive(Debug, Clone, Copy)]
pub(in crate::read) struct Sight<'a, 'p> {
    /// The answer, with the redirects before it.
    pub(in crate::read) capture: &'a Capture,
    /// The body as text.
    pub(in crate::read) decoded: &'a Decoded,
    /// What was taken out before parsing.
    pub(in crate::read) source: &'a Prescanned,
    /// The page.
    pub(in crate::read) page: &'a Page<'p>,
    /// What was dropped of it.
    pub(in crate::read) facts: &'a Facts,
    /// What it says of itself.
    pub(in crate::read) about: &'a About,
    /// What would be the statement.
    pub(in crate::read) blocks: &'a [Raw],
    /// How many words the statement would have.
    pub(in crate::read) words: usize,
    /// What it says to all visitors.
    pub(in crate::read) banner: &'a [Raw],
}

impl Sight<'_, '_> {
    /// How many links of the page lead somewhere: a shell has few, a site's page many.
    pub(in crate::read) fn links(&self) -> usize {
        let page = self.page;
        (0..page.nodes.len())
            .filter(|i| page.get(*i).tag == Tag::A && page.attr(*i, "href").is_some())
            .count()
    }
}
