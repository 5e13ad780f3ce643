//! The addresses that words lead to, absolute, without what changes at each look; and whether a part of a page leads
//! anywhere.
//!
//! Not here: which words are links (`blocks`).

use url::Url;

use crate::read::html::dom::{Page, Tag};

/// Query parameters that say who came from where, or which visit this is.
const PASSING: &[&str] = &[
    "fbclid",
    "gclid",
    "dclid",
    "msclkid",
    "yclid",
    "igshid",
    "mc_cid",
    "mc_eid",
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "mkt_tok",
    "phpsessid",
    "returnurl",
    "return_url",
    "returnto",
    "return_to",
    "jsessionid",
    "sessionid",
    "session_id",
    "sid",
    "cfid",
    "cftoken",
    "csrf",
    "csrftoken",
    "_token",
    "authenticity_token",
    "__requestverificationtoken",
    "nonce",
    "sig",
    "x-amz-signature",
    "x-amz-date",
    "x-amz-credential",
    "x-amz-security-token",
    "x-goog-signature",
    "x-goog-date",
    "x-goog-credential",
];

/// Parameters that only keep caches apart, when their value is a number or a hash.
const FRESHNESS: &[&str] =
    &["t", "v", "m", "ts", "ver", "cb", "rnd", "_", "token", "timestamp", "nocache", "la", "hash"];

/// A longer base is none that a person wrote; 2,000 characters is what every browser and server takes.
pub(in crate::read) const LONGEST_BASE: usize = 2_000;

/// An address as it is kept, or nothing when it leads nowhere else: within the page, or to a script.
pub(in crate::read) fn address(base: &Url, href: &str) -> Option<String> {
    let href = href.trim();
    if href.is_empty() || href.starts_with('#') || href.len() > 4096 {
        return None;
    }
    let mut url = base.join(href).ok()?;
    match url.scheme() {
        "http" | "https" => {}
        "mailto" | "tel" | "ftp" => return Some(url.into()),
        _ => return None,
    }
    // Cloudflare writes a mail address anew at each look.
    if url.path().starts_with("/cdn-cgi/") {
        return None;
    }
    // A place within another page is that page.
    if url.fragment().is_some_and(|place| !place.starts_with(['!', '/'])) {
        url.set_fragment(None);
    }
    if let Some(path) = without_session(url.path()) {
        url.set_path(&path);
    }
    if let Some((path, _)) = url.path().split_once(";jsessionid=").map(|(p, r)| (p.to_owned(), r.len())) {
        url.set_path(&path);
    }
    if url.query().is_some() {
        let kept: Vec<&str> = url.query().unwrap_or("").split('&').filter(|pair| !passing(pair)).collect();
        let kept = kept.join("&");
        url.set_query(Some(kept.as_str()).filter(|q| !q.is_empty()));
    }
    Some(url.into())
}

/// A path without the session that ASP.NET writes into it: `/(S(lit3py55t21z5v55vlm25s55))/page.aspx`.
fn without_session(path: &str) -> Option<String> {
    let (before, rest) = ["/(S(", "/(A(", "/(F(", "/(X("].iter().find_map(|opens| path.split_once(opens))?;
    let (_, after) = rest.split_once("))")?;
    Some(format!("{before}{after}"))
}

/// Whether an address says more than the words that lead to it: a mail address or a number written out does not.
pub(in crate::read) fn says_more(words: &str, address: &str) -> bool {
    let bare = |text: &str| -> String {
        text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '(' | ')' | '-' | '.')).collect()
    };
    let same = |to: &str| bare(to).eq_ignore_ascii_case(&bare(words));
    let mail = address.strip_prefix("mailto:").map(|to| to.split('?').next().unwrap_or(to));
    !mail.or_else(|| address.strip_prefix("tel:")).is_some_and(same)
}

/// Whether an address names a file to be read or used: what it says belongs to the page that offers it.
pub(in crate::read) fn is_document(href: &str) -> bool {
    const KINDS: [&str; 22] = [
        "pdf", "doc", "docx", "odt", "rtf", "xls", "xlsx", "xlsm", "xlsb", "ods", "csv", "tsv", "ppt",
        "pptx", "zip", "xml", "json", "geojson", "kml", "kmz", "gml", "shp",
    ];
    let path = href.bytes().position(|b| matches!(b, b'?' | b'#')).unwrap_or(href.len());
    let path = href.get(..path).unwrap_or_default();
    // A longer ending is none of them.
    let dot = path.bytes().rev().take(8).position(|b| matches!(b, b'.' | b'/'));
    let Some(kind) = dot.and_then(|dot| path.get(path.len() - dot..)) else { return false };
    let dotted = path.len().checked_sub(kind.len() + 1).and_then(|at| path.as_bytes().get(at)) == Some(&b'.');
    dotted && KINDS.iter().any(|known| kind.eq_ignore_ascii_case(known))
}

/// Whether an address is a number to ring, or somebody to write to.
pub(in crate::read) fn reaches_somebody(href: &str) -> bool {
    let href = href.trim();
    ["tel:", "mailto:", "sms:"]
        .iter()
        .any(|way| href.get(..way.len()).is_some_and(|w| w.eq_ignore_ascii_case(way)))
}

/// Whether a link, a button, a field or a menu stands in an element; links to which `stays` says yes do not count.
pub(in crate::read) fn leads(page: &Page<'_>, i: usize, stays: impl Fn(&str) -> bool) -> bool {
    page.within(i).any(|k| match page.get(k).tag {
        Tag::A => !page.attr(k, "href").is_some_and(&stays),
        Tag::Button | Tag::Input | Tag::Nav => true,
        _ => false,
    })
}

/// Whether a number to ring stands in an element, as a link or not.
pub(in crate::read) fn has_number(page: &Page<'_>, i: usize) -> bool {
    const DIGITS: usize = 9;
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    page.words(i, 300).split(char::is_alphabetic).any(|part| digits(part) >= DIGITS)
}

/// Whether an address only goes back to where the visitor was.
pub(in crate::read) fn goes_back(href: &str) -> bool {
    let script = href.trim().get(..11).is_some_and(|s| s.eq_ignore_ascii_case("javascript:"));
    script && ["history.back", "history.go", "window.print"].iter().any(|act| href.contains(act))
}

fn passing(pair: &str) -> bool {
    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
    let name = name.to_ascii_lowercase();
    let hash = value.len() >= 8 && value.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    // From when until when a signed address of a store of files holds.
    let holds = matches!(name.as_str(), "st" | "se") && value.starts_with("20");
    name.is_empty()
        || holds
        || name.starts_with("utm_")
        || name.starts_with("aspsessionid")
        || PASSING.contains(&name.as_str())
        || (hash && FRESHNESS.contains(&name.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_at_each_look_is_cut_and_what_names_a_document_stays() {
        let base = Url::parse("https://www.wantsum.example/news/a").unwrap();
        let to = |href: &str| address(&base, href);
        assert_eq!(
            to("/d.pdf?utm_source=x&id=7&t=1578412800").unwrap(),
            "https://www.wantsum.example/d.pdf?id=7"
        );
        assert_eq!(to("b;jsessionid=A1B2?v=2").unwrap(), "https://www.wantsum.example/news/b?v=2");
        let signed = |until, sig| to(&format!("/f.pdf?sv=2022&se=20{until}&sig={sig}")).unwrap();
        assert_eq!(signed("24-05-04", "abc%3D"), signed("24-05-05", "def%3D"));
        assert_eq!(to("javascript:void(0)"), None);
        assert_eq!(to("#top"), None);
        assert_eq!(to("/doc?v=12").unwrap(), "https://www.wantsum.example/doc?v=12");
    }
}
