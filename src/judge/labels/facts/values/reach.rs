//! How somebody is reached: mail, web and post addresses, numbers to ring.
//!
//! Not here: whether a changed one is the reader's (`contacts`).

use std::sync::LazyLock;

use regex::Regex;

use super::{Kind, Value};

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
pub(super) fn links(text: &str) -> impl Iterator<Item = Value> {
    all(Kind::Mail, &MAIL, text).chain(all(Kind::Address, &WEB, text))
}

/// Numbers to ring, and addresses of the post.
pub(super) fn phones_and_places(text: &str) -> impl Iterator<Item = Value> {
    let places = all(Kind::Address, &POST, text).filter(|place| !is_count(&place.text));
    all(Kind::Phone, &PHONE, text).chain(all(Kind::Phone, &SHORT, text)).chain(places)
}

/// Whether what looks like a house and its street counts something there: "40 homes on Ford Street".
fn is_count(place: &str) -> bool {
    const WHERE: [&str; 9] = ["in", "on", "of", "at", "around", "near", "along", "from", "and"];
    place.split(' ').skip(1).any(|word| WHERE.contains(&word))
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
