//! How somebody is reached: mail, web and post addresses, numbers to ring.
//!
//! Not here: whether a changed one is the reader's (`contacts`).

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    judge::values::{Kind, Value},
    text::List,
};

type Pattern = LazyLock<Option<Regex>>;

static MAIL: Pattern = LazyLock::new(|| Regex::new(r"[a-z0-9_.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+").ok());
static WEB: Pattern = LazyLock::new(|| {
    Regex::new(r"(?:https?://|www\.)[^ ,;)]*[^ ,;).]|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:gov\.uk|org\.uk|co\.uk|nhs\.uk|police\.uk|gov\.wales|com|org|net|example|fr|cymru|wales|test)(?:/[^ ,;)]*[^ ,;).])?").ok()
});
static PHONE: Pattern = LazyLock::new(|| {
    Regex::new(r"(?:\+[0-9]{1,3}[ -]?(?:\(0\)[ -]?)?|\(?\b0)[0-9]{1,5}\)?(?:[ -]?[0-9]{2,6}){1,4}\b").ok()
});
static SHORT: Pattern = LazyLock::new(|| {
    Regex::new(r"\b(?:call|ring|phone|dial|text|ffoniwch|appelez le|composez le) (?:on |us on |[a-z]+ to )?[0-9]{3,6}\b")
        .ok()
});
static POST: Pattern = LazyLock::new(|| {
    Regex::new(r"\b[a-z]{1,2}[0-9][a-z0-9]? [0-9][a-z]{2}\b|\b[0-9]{1,4}[a-z]? (?:[a-z'-]+ ){1,3}(?:street|road|lane|avenue|square|place|way|drive|row|terrace|quay|parade|hill|gardens|close)\b|\bpo box [0-9]{1,6}\b|, [a-z]{2} [0-9]{5}(?:-[0-9]{4})?\b").ok()
});

/// Mail and web addresses.
pub(in crate::judge) fn links(text: &str) -> impl Iterator<Item = Value> {
    all(Kind::Mail, &MAIL, text).chain(all(Kind::Address, &WEB, text))
}

/// Numbers to ring, and addresses of the post.
pub(in crate::judge) fn phones_and_places(text: &str) -> impl Iterator<Item = Value> {
    let places = all(Kind::Address, &POST, text).filter(|place| !is_count(&place.text));
    all(Kind::Phone, &PHONE, text).chain(all(Kind::Phone, &SHORT, text)).chain(places)
}

/// Whether what looks like a house and its street counts something there: "40 homes on Ford Street".
fn is_count(place: &str) -> bool {
    place.split(' ').skip(1).any(|word| List::NumberWhere.has(word))
}

fn all<'t>(kind: Kind, pattern: &'static Pattern, text: &'t str) -> impl Iterator<Item = Value> + 't {
    pattern.iter().flat_map(|p| p.find_iter(text)).map(move |m| {
        let canonical = match kind {
            Kind::Phone => m.as_str().chars().filter(char::is_ascii_digit).collect(),
            _ => m.as_str().to_owned(),
        };
        Value { kind, text: m.as_str().to_owned(), canonical, amount: 0.0, at: m.range() }
    })
}

/// An address without what may change while it leads to the same: the scheme, "www.", a slash at its end, an anchor, what
/// counts a visit.
pub(in crate::judge) fn bare_address(address: &str) -> String {
    const COUNTS: [&str; 7] = ["utm_", "sessionid", "jsessionid", "phpsessid", "sid=", "fbclid", "gclid"];
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    let address = address.split('#').next().unwrap_or_default();
    let address = address.strip_prefix("www.").unwrap_or(address);
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let path = path.split(";jsessionid").next().unwrap_or_default().trim_end_matches('/');
    let kept: Vec<&str> = query
        .split('&')
        .filter(|part| {
            !part.is_empty() && !COUNTS.iter().any(|counts| part.to_lowercase().starts_with(counts))
        })
        .collect();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}
