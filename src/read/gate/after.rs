//! The gates that ask once the words are found: guards, consent, redirects, error pages, drafts, and pages without words.
//!
//! Not here: what refuses before anything is parsed (`before`).

mod absence;
mod challenge;
mod draft;
mod redirect;
mod sight;
mod wall;

use crate::read::{
    html::{blocks::Raw, prescan::Prescanned},
    reading::Refusal,
};
pub(in crate::read) use sight::Sight;

/// Whether a page shows next to nothing, and says what it has to say to browsers without script.
pub(in crate::read) fn is_for_the_scriptless(source: &Prescanned, blocks: &[Raw]) -> bool {
    wall::is_for_the_scriptless(source, blocks)
}

/// Refuses a page that is something else than content.
///
/// # Errors
/// `blocked`, `consent-wall`, `soft-404`, `http-error`, `maintenance`, `redirected`, `listing`, `draft`.
pub(in crate::read) fn content(sight: &Sight<'_, '_>) -> Result<(), Refusal> {
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
pub(in crate::read) fn words(sight: &Sight<'_, '_>) -> Result<(), Refusal> {
    wall::words(sight)
}
