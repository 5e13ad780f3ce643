//! The character coding of bytes, found as browsers find it.
//!
//! Not here: what the text means.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A body as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::read) struct Decoded {
    /// The text, without a byte order mark.
    pub(in crate::read) text: String,
    /// The encoding's name in the Encoding Standard.
    pub(in crate::read) encoding: &'static str,
    /// How many replacement characters (U+FFFD) stand for invalid bytes.
    pub(in crate::read) invalid: usize,
}

/// How far into the bytes a `meta` element may name the encoding. The HTML standard says 1024; real pages
/// put comments and scripts before it.
const META_WITHIN: usize = 4096;

/// The text of some bytes, whatever they are called.
pub(in crate::read) fn text(bytes: &[u8], content_type: Option<&str>) -> Decoded {
    if let Some((encoding, skip)) = Encoding::for_bom(bytes) {
        return with(encoding, bytes.get(skip..).unwrap_or_default());
    }
    if let Some(wide) = wide(bytes) {
        return with(wide, bytes);
    }
    // Text that happens to be valid multibyte UTF-8 is UTF-8, whatever an old template or server claims.
    if let Ok(text) = std::str::from_utf8(bytes)
        && (!text.is_ascii() || !bytes.contains(&0x1b))
    {
        return Decoded { text: text.to_owned(), encoding: UTF_8.name(), invalid: 0 };
    }
    let head = bytes.get(..bytes.len().min(META_WITHIN)).unwrap_or(bytes);
    let declared = content_type.and_then(|t| charset(t.as_bytes())).or_else(|| meta(head));
    // UTF-16 was ruled out above: a declaration that could be read as ASCII is wrong (Encoding Standard).
    let declared = declared.map(|e| if e == UTF_16BE || e == UTF_16LE { UTF_8 } else { e });
    // What is called UTF-8 and has not one character of it beyond ASCII is something else, whoever says so.
    let declared = declared.filter(|e| *e != UTF_8 || has_utf_8(bytes));
    with(declared.unwrap_or_else(|| guess(bytes)), bytes)
}

/// Whether any character of several bytes is well formed UTF-8.
fn has_utf_8(bytes: &[u8]) -> bool {
    bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii())
}

fn with(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let invalid = if had_errors { text.matches('\u{fffd}').count() } else { 0 };
    Decoded { text: text.into_owned(), encoding: encoding.name(), invalid }
}

/// UTF-16 without a byte order mark: every other byte of the start is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..64.min(bytes.len() & !1)).filter(|s| s.len() >= 8)?;
    let zeros =
        |at: usize| start.iter().skip(at).step_by(2).filter(|b| **b == 0).count() * 10 >= start.len() * 4;
    match (zeros(0), zeros(1)) {
        (true, false) => Some(UTF_16BE),
        (false, true) => Some(UTF_16LE),
        _ => None,
    }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let found = detector.guess(None, Utf8Detection::Allow);
    // A few stray bytes in what is otherwise English say nothing, nor do quotes, dashes and pounds: the web's default stands.
    let mut beyond = bytes.iter().filter(|b| !b.is_ascii());
    let few = beyond.clone().count() < 3;
    if found.is_single_byte() && (few || beyond.all(|b| *b < 0xc0)) { WINDOWS_1252 } else { found }
}

fn meta(head: &[u8]) -> Option<&'static Encoding> {
    let mut rest = head;
    while let Some(at) = rest.windows(5).position(|w| w.eq_ignore_ascii_case(b"<meta")) {
        rest = rest.get(at + 5..)?;
        let tag = rest.split(|b| *b == b'>').next().unwrap_or(rest);
        if let Some(found) = charset(tag) {
            return Some(found);
        }
    }
    let xml = head.strip_prefix(b"<?xml")?.split(|b| *b == b'>').next()?;
    label_after(xml, b"encoding")
}

fn charset(from: &[u8]) -> Option<&'static Encoding> {
    label_after(from, b"charset")
}

fn label_after(from: &[u8], name: &[u8]) -> Option<&'static Encoding> {
    let at = from.windows(name.len()).position(|w| w.eq_ignore_ascii_case(name))?;
    let rest = from.get(at + name.len()..)?.trim_ascii_start().strip_prefix(b"=")?;
    let label = rest
        .split(|b| matches!(b, b'"' | b'\'' | b';' | b' ' | b'>' | b'/' | b'\t' | b'\n' | b'\r'))
        .find(|piece| !piece.is_empty())?;
    Encoding::for_label(label)
}
