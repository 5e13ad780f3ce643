//! Redirects that end at the site's start, or at a list above the address that was asked.
//!
//! Not here: redirects followed on the way (`fetch`), or to a page of consent (`wall`).

use super::{super::Refusal, Sight};
use crate::model::Why;

/// Refuses a redirect that ended at the site's start, or at a list above the address that was asked.
///
/// # Errors
/// `redirected`, `listing`.
pub(super) fn away(sight: &Sight<'_, '_>) -> Result<(), Refusal> {
    let capture = sight.capture;
    if capture.redirects.is_empty() {
        return Ok(());
    }
    let asked = steps(capture.asked());
    let landed = steps(capture.landed());
    let evidence = || format!("{} leads to {}", capture.asked(), capture.landed());
    if asked.len() >= 2 && landed.is_empty() && capture.landed().query().is_none() {
        return Err(Refusal::new(Why::Redirected, evidence()));
    }
    if !landed.is_empty() && landed.len() < asked.len() && asked.starts_with(&landed) {
        return Err(Refusal::new(Why::Listing, evidence()));
    }
    Ok(())
}

/// The steps of an address' path, without the names that servers give to a folder's own page.
fn steps(url: &url::Url) -> Vec<String> {
    let mut steps: Vec<String> = url
        .path_segments()
        .into_iter()
        .flatten()
        .filter(|s| !s.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let own =
        |s: &String| s.starts_with("index.") || s.starts_with("default.") || s == "index" || s == "home";
    if steps.last().is_some_and(own) {
        steps.pop();
    }
    steps
}
