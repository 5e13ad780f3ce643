//! The content coding of a body, undone under a cap.
//!
//! Not here: transfer coding, which the client undoes.

use std::{borrow::Cow, io::Read as _};

use crate::{model::Why, read::reading::Refusal};

fn refuse(why: Why, evidence: impl Into<String>) -> Refusal {
    Refusal { why, evidence: evidence.into() }
}

/// The bytes without the content codings that are claimed (RFC 9110, 8.4: gzip, deflate), and without gzip that is not;
/// at most `cap` of them.
///
/// # Errors
/// `too-large` past the cap, `truncated` for a stream that ends early, `encoding` for what cannot be undone.
/// A body that is plain text although a coding is claimed is read as it is: such servers exist, and browsers
/// show nothing, but the words are there.
pub(in crate::read) fn undo<'b>(body: &'b [u8], claimed: &str, cap: usize) -> Result<Cow<'b, [u8]>, Refusal> {
    let mut bytes = Cow::Borrowed(body);
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

/// How many bytes [`undo`] makes of a body, as far as one more than `cap`, without keeping them: of one coding, which is
/// all that servers use; what is coded twice counts as all that may be made of it.
pub(in crate::read) fn size(body: &[u8], claimed: &str, cap: usize) -> usize {
    let codings =
        claimed.split(',').map(str::trim).filter(|c| !c.is_empty() && !c.eq_ignore_ascii_case("identity"));
    let packed = |bytes: &[u8]| bytes.starts_with(&[0x1f, 0x8b]);
    let limit = u64::try_from(cap).unwrap_or(u64::MAX).saturating_add(1);
    let count = |reader: &mut dyn std::io::Read| {
        // Where it cannot be undone, what came before the fault was made all the same.
        let mut counted = Counted(0);
        let _ = std::io::copy(&mut reader.take(limit), &mut counted);
        counted.0
    };
    let made = match codings.count() {
        0 | 1 if packed(body) => count(&mut flate2::bufread::MultiGzDecoder::new(body)),
        0 => 0,
        1 => count(&mut flate2::bufread::ZlibDecoder::new(body))
            .max(count(&mut flate2::bufread::DeflateDecoder::new(body))),
        _ => cap,
    };
    made.max(body.len())
}

/// Counts what is written into it.
struct Counted(usize);

impl std::io::Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 = self.0.saturating_add(bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
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
        // What it holds is not what was packed (RFC 1952, 2.3.1): bytes of it were lost or changed on the way.
        Err(e) if e.to_string().contains("checksum") => {
            Err(refuse(Why::Truncated, format!("the {coding} stream is not whole: {e}")))
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
