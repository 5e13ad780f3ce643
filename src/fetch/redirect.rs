//! Where a response leads. Pure.

use url::Url;

use crate::model::{Hop, Why};

use super::{fault::Fault, guard};

/// The longest `Location` that is followed, in bytes.
const LONGEST: usize = 8192;

/// The address that a redirect leads to; nothing for any other response.
pub(super) fn next(hop: &Hop) -> Result<Option<Url>, Fault> {
    if !matches!(hop.status, 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let Some(location) = hop.response.iter().find(|h| h.name == "location") else { return Ok(None) };
    let wrong = |what: &str| {
        let text = String::from_utf8_lossy(&location.value);
        Err(Fault::new(Why::HttpError, &format!("{what}: {text}")).with_status(hop.status))
    };
    if location.value.len() > LONGEST {
        return wrong("a redirect to an endless address");
    }
    let Ok(mut url) = hop.url.join(String::from_utf8_lossy(&location.value).trim()) else {
        return wrong("a redirect to what is no address");
    };
    if !matches!(url.scheme(), "http" | "https") {
        return wrong("a redirect out of the web");
    }
    // A redirect names no user: what it writes there would be sent as credentials. Neither fails on http.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_fragment(None);
    Ok(Some(url))
}

/// Refuses an address that leads inward, or out of the web.
pub(super) fn admit(url: &Url, allow_private: bool) -> Result<(), Fault> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Fault::new(
            Why::Unsupported,
            &format!("`{}` is not an address of the web", url.scheme()),
        ));
    }
    match guard::refusal(url).filter(|_| !allow_private) {
        Some(reason) => Err(Fault::new(Why::RefusedAddress, &reason)),
        None => Ok(()),
    }
}
