//! What is written in digits and counts nothing: versions, identifiers, marks of notes, addresses of machines.
//!
//! Not here: numbers (`numbers`).

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    judge::values::{Kind, Value},
    text::List,
};

type Pattern = LazyLock<Option<Regex>>;

/// "CVE-2017-0902", "RUSTSEC-2025-0150", "USN-3183-2", "10.0.0.1", "[1]", "#4711", a digest, and the
/// number of an item: "5. We".
static MARK: Pattern = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        \b[a-z]{2,12}-(?:19|20)[0-9]{2}-[0-9]{2,7}\b
        | \b[a-z]{2,6}-[0-9]{3,}(?:-[0-9]+)?\b
        | \b[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\b
        | ^[0-9]{1,3}[.)]\  | \[[0-9]{1,3}\] | \#[0-9]+\b
        | \b[0-9a-f]*(?:[0-9][a-f]|[a-f][0-9])[0-9a-f]{6,}\b",
    )
    .ok()
});

/// "2.4.5", "v2.10", "2.0-beta9", "3.1.2-rc1".
static VERSION: Pattern = LazyLock::new(|| {
    Regex::new(
        r"\bv?[0-9]{1,4}(?:\.[0-9]{1,4}){2,4}(?:-?(?:alpha|beta|rc|pre|p)\.?[0-9]*)?\b|\bv[0-9]{1,3}(?:\.[0-9]{1,4})?\b|\b[0-9]{1,3}(?:\.[0-9]{1,4})*-?(?:alpha|beta|rc|pre)\.?[0-9]*\b",
    )
    .ok()
});

/// A figure with one stop in it, which is a version where something before it says so.
static SHORT: Pattern = LazyLock::new(|| Regex::new(r"\b[0-9]{1,3}\.[0-9]{1,4}\b").ok());

/// The marks and versions of folded text.
pub(in crate::judge) fn all(text: &str) -> Vec<Value> {
    let value = |kind, found: regex::Match<'_>| Value {
        kind,
        text: found.as_str().to_owned(),
        canonical: found.as_str().trim_start_matches('v').to_owned(),
        amount: 0.0,
        at: found.range(),
    };
    let find = |pattern: &'static Pattern| pattern.iter().flat_map(|pattern| pattern.find_iter(text));
    let mut found: Vec<Value> = find(&MARK).map(|m| value(Kind::Mark, m)).collect();
    found.extend(find(&VERSION).filter(|m| !is_date(m.as_str())).map(|m| value(Kind::Version, m)));
    found.extend(find(&SHORT).filter(|m| is_named(text, m.start())).map(|m| value(Kind::Version, m)));
    found
}

/// "12.05.2024" is a day.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    matches!(&*parts, [day, month, year] if day.len() <= 2 && month.len() == 2 && (year.len() == 4 || year.len() == 2 && day.len() == 2))
        && !text.starts_with('v')
}

/// Whether what stands before a figure calls it a version.
fn is_named(text: &str, at: usize) -> bool {
    const FAR: usize = 6;
    let head = text.get(..at).unwrap_or_default();
    let mut words = head.rsplit([' ', ',', '(', '/']).filter(|word| !word.is_empty()).take(FAR);
    let joins = |word: &str| {
        List::VersionGap.has(word)
            || word.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'x' | b'=' | b'<' | b'>'))
    };
    words.find(|word| !joins(word)).is_some_and(|word| List::VersionBefore.has(word))
}
