//! Names: what one may be, and one for a target that was given none, made from the address, the same for the same
//! address at each run.

use std::str::FromStr;

use url::Url;

use super::{
    excerpt::shown,
    notes::Notes,
    value::{At, Line},
};
use crate::model::{Digest, TargetId};

/// The longest name that is made; a hash may follow.
const LONGEST: usize = 55;

/// The form of a name.
pub(super) const ID: &str = "^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$";

/// What lies in the store's folder.
const OURS: [&str; 10] =
    ["events", "format", "hosts", "latest", "lock", "log", "proofs", "state", "targets", "tmp"];
/// Devices, whatever folder they are asked for in, to Windows.
const DEVICES: [&str; 4] = ["aux", "con", "nul", "prn"];

/// Whether a name means something else to a system or in the store, and so is nobody's.
pub(super) fn is_reserved(name: &str) -> bool {
    let port = name.strip_prefix("com").or_else(|| name.strip_prefix("lpt"));
    OURS.contains(&name)
        || DEVICES.contains(&name)
        || port.is_some_and(|n| n.len() == 1 && n.bytes().all(|b| b.is_ascii_digit()))
}

/// The name made from an address: its host without `www.`, its port and its path. An address with a query, or
/// too long or reserved, has eight digits of its hash behind, so that the name hangs on nothing but the address.
pub(super) fn made(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    let port = url.port().map(|port| port.to_string()).unwrap_or_default();
    let slug = slug(&[host, &port, url.path()].join("-"));
    let whole = slug.len() <= LONGEST && url.query().is_none() && !is_reserved(&slug);
    if whole { slug } else { hashed(&slug, url) }
}

/// A name made from an address that no one else has. None when the address has all its names taken.
pub fn unique_id(url: &Url, taken: impl Fn(&str) -> bool) -> Option<TargetId> {
    let plain = made(url);
    let name = if taken(&plain) { hashed(&plain, url) } else { plain };
    if taken(&name) { None } else { name.parse().ok() }
}

/// A name of the right form that is not reserved, or a fault that offers one.
pub(super) fn checked_id<T: FromStr>(id: &At<Line>, notes: &mut Notes<'_>) -> Option<T> {
    let given = &id.value.0;
    if is_reserved(given) {
        notes
            .fault(id.at.clone(), format!("`{given}` is reserved: a folder or a system has a use for it"))
            .help(format!("such as `{given}-news`"));
        return None;
    }
    let parsed = given.parse().ok();
    if parsed.is_none() {
        let note =
            notes.fault(id.at.clone(), "an id is made of lower-case letters, digits and `-`, at most 64");
        note.label(format!("`{}` is not", shown(given)));
        let slug = slug(given);
        let meant = slug.get(..64).unwrap_or(&slug).trim_end_matches('-');
        if !meant.is_empty() && !is_reserved(meant) {
            note.help(format!("such as `{meant}`"));
        }
    }
    parsed
}

/// The given text as a name: what is no letter or digit becomes one `-`.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars().map(|c| c.to_ascii_lowercase()) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

fn hashed(slug: &str, url: &Url) -> String {
    let stem = slug.get(..LONGEST).unwrap_or(slug).trim_end_matches('-');
    let hash = Digest::of(url.as_str().as_bytes());
    if stem.is_empty() { hash.short().to_owned() } else { format!("{stem}-{}", hash.short()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(url: &str) -> String {
        made(&url.parse().unwrap())
    }

    #[test]
    fn an_address_reads_as_a_name() {
        assert_eq!(name("https://www.wantsum.example/News/Home.aspx"), "wantsum-example-news-home-aspx");
        assert_eq!(name("http://127.0.0.1:8080/"), "127-0-0-1-8080");
        assert_eq!(name("https://wantsum.example"), "wantsum-example");
    }

    #[test]
    fn any_address_has_a_name_that_is_one() {
        let long = format!("https://wantsum.example/{}", "news/".repeat(100));
        for url in [
            long.as_str(),
            "https://[::1]/%20",
            "https://wantsum.example/?id=1",
            "https://日本.example/é",
            "http://con/",
        ] {
            let name = name(url);
            assert!(name.parse::<TargetId>().is_ok() && !is_reserved(&name), "{url}: {name}");
        }
        assert_ne!(name("https://wantsum.example/?id=1"), name("https://wantsum.example/?id=2"));
    }

    #[test]
    fn a_name_that_is_taken_is_told_apart_by_a_hash() {
        let url: Url = "https://wantsum.example/a/b".parse().unwrap();
        let id = unique_id(&url, |name| name == "wantsum-example-a-b").unwrap();
        assert!(id.as_str().starts_with("wantsum-example-a-b-"), "{id}");
        assert_eq!(unique_id(&url, |_| true), None);
    }
}
