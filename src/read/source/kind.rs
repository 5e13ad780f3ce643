//! Which kind of source some bytes are: by the bytes first, and the declared type second, before any of them becomes
//! text.
//!
//! Not here: how each kind is read, and whether what is called text is any (`gate::before`).

use crate::{model::Why, read::reading::Refusal};

/// What a body holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::read) enum Kind {
    /// Markup.
    Html,
    /// Plain text.
    Plain,
    /// RSS, Atom or JSON Feed.
    Feed,
    /// A map of a site for search engines.
    Map,
    /// JSON under any name.
    Json,
    /// A file by how it begins, in words: "a PDF".
    File(&'static str),
    /// What is declared as something else.
    Other(String),
    /// Nothing but white space.
    Nothing,
}

/// How files that are no page begin.
const MAGIC: [(&[u8], &str); 5] = [
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP or office file"),
    (b"{\\rtf", "an RTF file"),
    (b"GIF8", "an image"),
    (b"\x89PNG", "an image"),
];

/// What markup has near its beginning.
const MARKUP: [&[u8]; 10] =
    [b"<!doctype html", b"<html", b"<head", b"<body", b"<main", b"<div", b"<p", b"<h1", b"<title", b"<meta"];

/// So many bytes are looked at.
const START: usize = 1024;

impl Kind {
    /// The kind of a body whose content coding is undone.
    pub(in crate::read) fn sniff(body: &[u8], content_type: Option<&str>) -> Self {
        // Bytes of zero are half of UTF-16; byte order marks and white space say nothing.
        let blank =
            |b: &&u8| matches!(**b, 0 | b' ' | b'\t' | b'\r' | b'\n' | 0xef | 0xbb | 0xbf | 0xfe | 0xff);
        let skipped = body.iter().take_while(blank).count();
        let own = body.get(skipped..).unwrap_or_default();
        if own.is_empty() {
            return Self::Nothing;
        }
        if let Some((_, name)) = MAGIC.iter().find(|(magic, _)| own.starts_with(magic)) {
            return Self::File(name);
        }
        let start: Vec<u8> =
            own.iter().take(START).filter(|b| **b != 0).map(u8::to_ascii_lowercase).collect();
        let tags =
            || start.iter().enumerate().filter(|(_, b)| **b == b'<').filter_map(|(at, _)| start.get(at..));
        let has = |mark: &[u8]| tags().any(|tag| tag.starts_with(mark));
        let markup = MARKUP.iter().any(|mark| has(mark));
        if !markup && start.starts_with(b"{") | start.starts_with(b"[") && is_json(own) {
            let names = |mark: &[u8]| start.windows(mark.len()).any(|at| at == mark);
            return if names(b"jsonfeed.org/version/") || names(b"jsonfeed.org\\/version\\/") {
                Self::Feed
            } else {
                Self::Json
            };
        }
        let feed = |mark: &[u8]| start.starts_with(mark) || start.starts_with(b"<?xml") && has(mark);
        if [&b"<rss"[..], b"<feed", b"<rdf:rdf", b"<atom:feed"].into_iter().any(feed) {
            return Self::Feed;
        }
        if feed(b"<urlset") {
            return Self::Map;
        }
        let declared = content_type.unwrap_or("").split(';').next().unwrap_or("").trim().to_ascii_lowercase();
        match declared.as_str() {
            declared if markup && !declared.contains("json") => Self::Html,
            "" | "text/html" | "application/xhtml+xml" => Self::Html,
            "text/plain" | "text/markdown" => Self::Plain,
            _ => Self::Other(declared),
        }
    }

    /// Whether its bytes are text that something here reads.
    pub(in crate::read) fn is_text(&self) -> bool {
        matches!(self, Self::Html | Self::Plain | Self::Feed | Self::Map | Self::Json)
    }

    /// Why a kind is not read, where nothing reads it yet.
    pub(in crate::read) fn unread(&self) -> Refusal {
        let said = match self {
            Self::Nothing => {
                return Refusal::new(Why::Empty, "the body has no bytes that are not white space");
            }
            Self::Html => "markup",
            Self::Plain => "text",
            Self::Feed => "a feed",
            Self::Map => "a map of a site",
            Self::Json => "JSON",
            Self::File(name) => name,
            Self::Other(declared) => declared,
        };
        Refusal::new(Why::Unsupported, format!("the body is {said}"))
    }
}

fn is_json(body: &[u8]) -> bool {
    serde_json::from_slice::<serde::de::IgnoredAny>(body).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_before_what_is_declared() {
        for (body, declared, kind) in [
            (&b"<p>The lifts are out of use."[..], "", Kind::Html),
            (b"\xff\xfe<\0m\0a\0i\0n\0>\0", "text/plain", Kind::Html),
            (b"The lifts are out of use.", "text/plain; charset=utf-8", Kind::Plain),
            (b"%PDF-1.7", "text/html", Kind::File("a PDF")),
            (b"{\"lifts\": \"out of use\"}", "text/html", Kind::Json),
            (b"<?xml version=\"1.0\"?><rss></rss>", "text/html", Kind::Feed),
            (b"<?xml version=\"1.0\"?>\n<rdf:RDF xmlns=\"a\"></rdf:RDF>", "text/xml", Kind::Feed),
            (b"{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": []}", "text/html", Kind::Feed),
            (b"lifts;out of use", "text/csv", Kind::Other("text/csv".to_owned())),
            (b"\xef\xbb\xbf \n", "text/html", Kind::Nothing),
        ] {
            assert_eq!(Kind::sniff(body, Some(declared)), kind, "{}", String::from_utf8_lossy(body));
        }
    }
}
