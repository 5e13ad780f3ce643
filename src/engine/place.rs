//! Where a target is: its own address, one that a redirect leads to, one that it moved to for good.
//!
//! Not here: redirects themselves (`fetch`).

use url::Url;

use crate::model::{Capture, Follows, Observation, Phase, Target, TargetState};

/// Whether the target has the address that it had at its last look: what a server gave belongs to that.
pub(super) fn is_known(target: &Target, state: &TargetState) -> bool {
    state.address.as_deref() == Some(target.url.as_str())
}

/// The address to ask: the one that the page moved to for good, while it reads well there; else the target's own.
pub(super) fn asked(target: &Target, state: &TargetState) -> Url {
    let followed = state.follows.as_ref().filter(|_| state.phase == Phase::Present);
    let followed = followed.filter(|follows| follows.asked == target.url.as_str());
    followed.and_then(|follows| follows.to.parse().ok()).unwrap_or_else(|| target.url.clone())
}

/// Notes the address to ask from now on: after a move for good (301, 308) of a page that was known, the new one.
pub(super) fn follow(observation: &mut Observation, target: &Target, state: &TargetState, capture: &Capture) {
    let asked = target.url.as_str().to_owned();
    let for_good = !capture.redirects.is_empty()
        && capture.redirects.iter().all(|hop| matches!(hop.status, 301 | 308))
        && state.snapshot.is_some();
    observation.follows = if for_good {
        Some(Follows { asked, to: capture.landed().to_string() })
    } else {
        // A look at the address that is followed, without a redirect of its own.
        let same =
            |follows: &&Follows| capture.redirects.is_empty() && follows.to == capture.landed().as_str();
        state.follows.as_ref().filter(same).cloned()
    };
}

/// Whether a look ended at another place than the last good one.
pub(super) fn has_moved(target: &Target, state: &TargetState, observation: &Observation) -> bool {
    let own = target.url.as_str();
    let now = observation.landed.as_deref().unwrap_or(own);
    let before = state.landed.as_deref().unwrap_or(own);
    state.snapshot.is_some()
        // With another address in targets.json it is somewhere else because somebody said so.
        && is_known(target, state)
        && !is_one_place(now, before)
        // Told once: a site that sends its readers now here, now there, is in each of these places.
        && !state.places.iter().any(|place| is_one_place(now, if place.is_empty() { own } else { place }))
}

/// Whether a redirect led to a place where the statement was not seen before.
pub(super) fn led_away(target: &Target, state: &TargetState, observation: &Observation) -> bool {
    observation.landed.is_some() && has_moved(target, state, observation)
}

/// Whether two addresses are one place to a reader: scheme, `www.`, a closing slash, query and fragment aside.
fn is_one_place(a: &str, b: &str) -> bool {
    match (Url::parse(a), Url::parse(b)) {
        (Ok(a), Ok(b)) => key(&a) == key(&b),
        _ => a == b,
    }
}

fn key(url: &Url) -> (String, String) {
    let host = url.host_str().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host).to_owned();
    let path = url.path().trim_end_matches('/');
    // A session's number is no place.
    let path = path.split(';').next().unwrap_or_default();
    (host, path.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_reader_calls_one_place_is_one() {
        for (a, b, one) in [
            ("http://www.hythe.example/news", "https://hythe.example/News/", true),
            ("https://hythe.example/news", "https://hythe.example/news?ref=1", true),
            ("https://hythe.example/news;jsessionid=1A", "https://hythe.example/news", true),
            ("https://hythe.example/news", "https://hythe.example/about/news", false),
            ("https://hythe.example/news", "https://other.example/news", false),
        ] {
            assert_eq!(is_one_place(a, b), one, "{a} {b}");
        }
    }
}
