//! Is this the content at all? Each gate refuses on evidence that it names; none refuses on wording alone, for a
//! true statement may say "page not found" in passing. Other words, however many, are a revision and no refusal.
//!
//! Before parsing: `answer` (headers, status, kind), `whole` (cut bodies). After it: `challenge`, `absence`, `wall`,
//! `draft`, `redirect`. Not here: what the target said before.

pub(super) mod absence;
pub(super) mod answer;
pub(super) mod challenge;
mod draft;
mod redirect;
mod wall;
pub(super) mod whole;

use super::{Refusal, about::About, blocks::Raw, decode::Decoded, dom::Page, prune::Facts, thin::Thin};
use crate::model::Capture;

/// All that a gate may look at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sight<'a, 'p> {
    /// The answer, with the redirects before it.
    pub(super) capture: &'a Capture,
    /// The body as text.
    pub(super) decoded: &'a Decoded,
    /// What was taken out before parsing.
    pub(super) source: &'a Thin,
    /// The page.
    pub(super) page: &'a Page<'p>,
    /// What was dropped of it.
    pub(super) facts: &'a Facts,
    /// What it says of itself.
    pub(super) about: &'a About,
    /// What would be the statement.
    pub(super) blocks: &'a [Raw],
    /// What it says to all visitors.
    pub(super) banner: &'a [Raw],
}

impl Sight<'_, '_> {
    /// How many words the statement would have.
    fn words(&self) -> usize {
        self.blocks.iter().map(|b| b.text.split(' ').count()).sum()
    }

    /// How many links of the page lead somewhere: a shell has few, a site's page many.
    fn links(&self) -> usize {
        let page = self.page;
        (0..page.nodes.len())
            .filter(|i| page.get(*i).tag == super::dom::Tag::A && page.attr(*i, "href").is_some())
            .count()
    }
}

/// Whether a page shows next to nothing, and says what it has to say to browsers without script.
pub(super) fn is_for_the_scriptless(source: &Thin, blocks: &[Raw]) -> bool {
    wall::is_for_the_scriptless(source, blocks)
}

/// Refuses a page that is something else than content.
///
/// # Errors
/// `blocked`, `consent-wall`, `soft-404`, `http-error`, `maintenance`, `redirected`, `listing`, `draft`.
pub(super) fn content(sight: &Sight<'_, '_>) -> Result<(), Refusal> {
    challenge::page(sight)?;
    wall::consent(sight)?;
    redirect::away(sight)?;
    absence::page(sight)?;
    draft::blanks(sight)
}

/// Refuses a page without words.
///
/// # Errors
/// `needs-script` or `empty`.
pub(super) fn words(sight: &Sight<'_, '_>) -> Result<(), Refusal> {
    wall::words(sight)
}
