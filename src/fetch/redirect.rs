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
    let Ok(mut url) = hop.url.join(ascii(&location.value).trim()) else {
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

/// A header as an address: what is not ASCII stands for itself, whatever coding the server had in mind.
fn ascii(value: &[u8]) -> String {
    let mut text = String::with_capacity(value.len());
    for &byte in value {
        if byte.is_ascii() {
            text.push(char::from(byte));
        } else {
            text.extend(['%', hex(byte >> 4), hex(byte & 0xf)]);
        }
    }
    text
}

fn hex(digit: u8) -> char {
    char::from_digit(digit.into(), 16).map_or('0', |c| c.to_ascii_uppercase())
}

/// Refuses an address that leads inward or out of the web, or that holds a secret.
pub(super) fn admit(url: &Url, allow_private: bool) -> Result<(), Fault> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Fault::new(
            Why::Unsupported,
            &format!("`{}` is not an address of the web", url.scheme()),
        ));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Fault::new(
            Why::Unsupported,
            "the address holds a name or a password, which would end up on record",
        ));
    }
    match guard::refusal(url).filter(|_| !allow_private) {
        Some(reason) => Err(Fault::new(Why::RefusedAddress, &reason)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Header;

    fn leads(location: &[u8]) -> Option<String> {
        let header = Header { name: "location".to_owned(), value: location.to_vec() };
        let at = jiff::Timestamp::UNIX_EPOCH;
        let hop = Hop {
            url: Url::parse("https://wantsum.example/news/old?a=1").unwrap(),
            started: at,
            ended: at,
            request: Vec::new(),
            version: "HTTP/1.1".to_owned(),
            status: 302,
            response: vec![header],
            peer: None,
            proxied: false,
            body: Vec::new(),
        };
        next(&hop).ok().flatten().map(Into::into)
    }

    #[test]
    fn a_redirect_leads_to_a_web_address_without_secrets() {
        for (location, expected) in [
            (&b" new#top "[..], "https://wantsum.example/news/new"),
            (b"//eastmarch.example/", "https://eastmarch.example/"),
            (b"http://me:secret@eastmarch.example/", "http://eastmarch.example/"),
            (b"/caf\xe9?q=\xc3\xa9", "https://wantsum.example/caf%E9?q=%C3%A9"),
            ("http://m\u{fc}hle.example/".as_bytes(), "http://xn--mhle-0ra.example/"),
            (b"", "https://wantsum.example/news/old?a=1"),
        ] {
            assert_eq!(leads(location).as_deref(), Some(expected));
        }
        for location in ["javascript:alert(1)", "file:///etc/passwd", "data:,x", "http://", "http://[::1"] {
            assert_eq!(leads(location.as_bytes()), None, "{location}");
        }
        assert_eq!(leads(&b"x".repeat(LONGEST + 1)), None);
    }

    #[test]
    fn an_address_with_a_secret_is_refused_without_telling_it() {
        let fault = admit(&Url::parse("https://me:secret@wantsum.example/").unwrap(), true).unwrap_err();
        assert!(fault.why == Why::Unsupported && !fault.evidence.contains("secret"));
    }
}
