//! Redirects that end at the site's start, or at a list above the address that was asked.
//!
//! Not here: redirects followed on the way (`fetch`), or to a page of consent (`wall`).

use crate::{
    model::Why,
    read::{clip::clip, cues, gate::after::sight::Sight, reading::Refusal},
};

/// Refuses a redirect that ended at the site's start, or at a list above the address that was asked.
///
/// # Errors
/// `redirected`, `listing`.
pub(super) fn away(sight: &Sight<'_, '_>) -> Result<(), Refusal> {
    let capture = sight.capture;
    if let Some(to) = sent_on(sight) {
        return Err(Refusal::new(Why::Redirected, format!("nothing but a refresh to {to:?}")));
    }
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

/// Where a page sends its visitor at once, saying next to nothing (`http-equiv=refresh`, HTML standard 4.2.5.3).
fn sent_on(sight: &Sight<'_, '_>) -> Option<String> {
    const FEW: usize = 12;
    let page = sight.page;
    let is_refresh =
        |i: &&usize| page.attr(**i, "http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("refresh"));
    let content = page.metas.iter().find(is_refresh).and_then(|i| page.attr(*i, "content"))?;
    let (wait, to) = content.split_once([';', ','])?;
    let soon = wait.trim().parse::<f32>().is_ok_and(|seconds| seconds < 10.0);
    // A status page may load itself anew, and a notice lead on.
    let itself = to.split_once('=').and_then(|(_, to)| {
        let landed = sight.capture.landed();
        landed.join(to.trim().trim_matches(['"', '\''])).ok().map(|to| to == *landed)
    });
    let told = sight.blocks.iter().any(|block| cues::has_cue(&block.text));
    (soon && sight.words <= FEW && itself != Some(true) && !told).then(|| clip(to.trim(), 200).to_owned())
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
