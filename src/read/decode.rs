//! Bytes to text: content coding undone under a cap, then character coding found as browsers find it.
//!
//! Not here: transfer coding (the client undoes it) and what the text means.

use std::io::Read as _;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::Refusal;
use crate::model::Why;

/// How far into the bytes a `meta` element may name the encoding. The HTML standard says 1024; real pages
/// put comments and scripts before it.
const META_WITHIN: usize = 4096;

/// A body as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decoded {
    /// The text, without a byte order mark.
    pub(super) text: String,
    /// The encoding's name in the Encoding Standard.
    pub(super) encoding: &'static str,
    /// How many replacement characters (U+FFFD) stand for invalid bytes.
    pub(super) invalid: usize,
}

/// Undoes `content_encoding` (RFC 9110, 8.4: gzip, deflate), at most `cap` bytes, and decodes the characters.
///
/// # Errors
/// `too-large` past the cap, `truncated` for a stream that ends early, `encoding` for what cannot be undone.
/// A body that is plain text although a coding is claimed is read as it is: such servers exist, and browsers
/// show nothing, but the words are there.
pub(super) fn decode(
    body: &[u8],
    content_encoding: Option<&str>,
    content_type: Option<&str>,
    cap: usize,
) -> Result<Decoded, Refusal> {
    let bytes = undo(body, content_encoding.unwrap_or(""), cap)?;
    Ok(characters(&bytes, content_type))
}

fn refuse(why: Why, evidence: impl Into<String>) -> Refusal {
    Refusal { why, evidence: evidence.into() }
}

fn undo<'b>(body: &'b [u8], claimed: &str, cap: usize) -> Result<std::borrow::Cow<'b, [u8]>, Refusal> {
    let mut bytes = std::borrow::Cow::Borrowed(body);
    // Codings are listed in the order they were applied; more than three are an attack, not a server.
    for coding in claimed.rsplit(',').map(str::trim).filter(|c| !c.is_empty()).take(3) {
        let coding = coding.to_ascii_lowercase();
        if bytes.is_empty() || (coding == "identity") {
            continue;
        }
        let undone = match coding.as_str() {
            "gzip" | "x-gzip" if bytes.starts_with(&[0x1f, 0x8b]) => gzip(&bytes, cap),
            "deflate" => deflate(&bytes, cap),
            _ if is_text(&bytes) => continue,
            "gzip" | "x-gzip" => Err(refuse(Why::Encoding, "gzip is claimed, the bytes are not gzip")),
            _ => Err(refuse(Why::Encoding, format!("content coding {coding:?} cannot be undone"))),
        };
        match undone {
            Ok(more) => bytes = more.into(),
            Err(r) if r.why == Why::TooLarge || !is_text(&bytes) => return Err(r),
            Err(_) => {}
        }
    }
    // Stored compressed and served without saying so.
    if bytes.starts_with(&[0x1f, 0x8b, 0x08]) {
        bytes = gzip(&bytes, cap)?.into();
    }
    if bytes.len() > cap {
        return Err(refuse(Why::TooLarge, format!("more than {cap} bytes")));
    }
    Ok(bytes)
}

fn gzip(bytes: &[u8], cap: usize) -> Result<Vec<u8>, Refusal> {
    drain(flate2::bufread::MultiGzDecoder::new(bytes), cap, "gzip")
}

/// "deflate" is zlib by the standard and raw deflate by some servers.
fn deflate(bytes: &[u8], cap: usize) -> Result<Vec<u8>, Refusal> {
    match drain(flate2::bufread::ZlibDecoder::new(bytes), cap, "deflate") {
        Err(r) if r.why == Why::Encoding => {
            drain(flate2::bufread::DeflateDecoder::new(bytes), cap, "deflate").map_err(|_| r)
        }
        other => other,
    }
}

fn drain(reader: impl std::io::Read, cap: usize, coding: &str) -> Result<Vec<u8>, Refusal> {
    let mut out = Vec::new();
    let limit = u64::try_from(cap).unwrap_or(u64::MAX).saturating_add(1);
    match reader.take(limit).read_to_end(&mut out) {
        Ok(_) if out.len() > cap => Err(refuse(Why::TooLarge, format!("more than {cap} bytes once decoded"))),
        Ok(_) => Ok(out),
        Err(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => {
            Err(refuse(Why::Truncated, format!("the {coding} stream ends early")))
        }
        // Bytes after the stream's end are padding.
        Err(_) if !out.is_empty() && coding == "gzip" && bytes_end_markup(&out) => Ok(out),
        Err(e) => Err(refuse(Why::Encoding, format!("{coding}: {e}"))),
    }
}

fn bytes_end_markup(bytes: &[u8]) -> bool {
    bytes.trim_ascii_end().ends_with(b"</html>")
}

/// Whether bytes look like text that nobody has compressed: no control characters near the start.
fn is_text(bytes: &[u8]) -> bool {
    let start = bytes.get(..bytes.len().min(512)).unwrap_or(bytes);
    !start.is_empty() && !start.iter().any(|b| *b < 9 || (14..27).contains(b) || (28..32).contains(b)) && {
        let valid = std::str::from_utf8(start).map_or_else(|e| e.valid_up_to() + 3 >= start.len(), |_| true);
        valid || start.iter().filter(|b| b.is_ascii()).count() * 10 >= start.len() * 8
    }
}

fn characters(bytes: &[u8], content_type: Option<&str>) -> Decoded {
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

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn gz(text: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        out.write_all(text).unwrap();
        out.finish().unwrap()
    }

    fn text(body: &[u8], coding: &str, kind: &str) -> String {
        decode(body, Some(coding), Some(kind), 64 << 20).unwrap().text
    }

    #[test]
    fn a_bomb_is_refused_before_it_is_unpacked() {
        let bomb = gz(&vec![b' '; 1 << 20]);
        assert_eq!(decode(&bomb, Some("gzip"), None, 1 << 16).unwrap_err().why, Why::TooLarge);
    }

    #[test]
    fn codings_are_undone_and_false_claims_are_seen_through() {
        assert_eq!(text(&gz(b"<p>Lifts out of use"), "gzip", ""), "<p>Lifts out of use");
        assert_eq!(text(&gz(b"<p>Lifts out of use"), "", ""), "<p>Lifts out of use");
        for claim in ["gzip", "br", "deflate", "zstd"] {
            assert_eq!(text(b"<p>Lifts out of use", claim, ""), "<p>Lifts out of use", "{claim}");
        }
        let brotli = [0x0b, 0x02, 0x80, 0x00, 0x01, 0xff, 0xfe, 0x03];
        assert_eq!(decode(&brotli, Some("br"), None, 99).unwrap_err().why, Why::Encoding);
        let whole = gz(b"<p>The bridge is shut to all traffic until noon on Friday");
        let cut = &whole[..whole.len() - 12];
        assert_eq!(decode(cut, Some("gzip"), None, 999).unwrap_err().why, Why::Truncated);
    }

    #[test]
    fn one_wording_in_any_encoding_reads_the_same() {
        let words = "Caerffili: £214 – “dŵr”";
        assert_eq!(text(words.as_bytes(), "", "text/html; charset=iso-8859-1"), words);
        let wide: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text(&[&[0xff, 0xfe][..], &wide].concat(), "", ""), words);
        let latin = b"<meta charset=latin1><p>\xa3214 \x96 \x93fee\x94";
        assert_eq!(text(latin, "", ""), "<meta charset=latin1><p>£214 – “fee”");
        assert_eq!(text(b"<p>\xa3214 \x96 \x93fee\x94", "", "text/html; charset=utf-8"), "<p>£214 – “fee”");
    }

    #[test]
    fn a_gibibyte_in_a_megabyte_is_too_large_and_takes_no_memory_to_see() {
        use std::io::Write as _;
        let mut member = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        member.write_all(&vec![b' '; 1 << 20]).unwrap();
        let bomb = member.finish().unwrap().repeat(1024);
        let refused = decode(&bomb, Some("gzip"), Some("text/html"), 4 << 20).unwrap_err();
        assert_eq!(refused.why, Why::TooLarge);
    }
}
