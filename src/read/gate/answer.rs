//! What the answer's head says before its body is read: status (RFC 9110, 15), kind, marks of a challenge.
//!
//! Not here: pages that say something else than their status does (`absence`, `wall`).

use super::{super::Refusal, super::decode::Decoded, absence, challenge};
use crate::model::{Capture, Hop, Why};

/// What a body holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum Kind {
    /// Markup.
    Html,
    /// Plain text.
    Text,
}

/// Refuses what the headers alone give away.
///
/// # Errors
/// `blocked` for a challenge, `empty` for an answer without a body, `truncated` for a part of one.
pub(in crate::read) fn headers(capture: &Capture) -> Result<(), Refusal> {
    let answer = &capture.answer;
    challenge::headers(answer)?;
    match answer.status {
        204 | 205 => return Err(Refusal::new(Why::Empty, format!("status {}", answer.status))),
        206 => return Err(Refusal::new(Why::Truncated, "status 206: a part of the page")),
        _ => {}
    }
    let announced = answer.header("content-length").and_then(|l| l.parse::<usize>().ok());
    let have = answer.body.len();
    if let Some(announced) = announced.filter(|a| *a > have && answer.header("transfer-encoding").is_none()) {
        return Err(Refusal::new(Why::Truncated, format!("{have} of {announced} bytes")));
    }
    Ok(())
}

/// Refuses an error status. The body may say more of it: a challenge, or that the site is being worked on.
///
/// # Errors
/// `not-found`, `gone`, `blocked`, `maintenance`, `http-error`.
pub(in crate::read) fn status(capture: &Capture, body: &str) -> Result<(), Refusal> {
    let status = capture.answer.status;
    if (200..300).contains(&status) {
        return Ok(());
    }
    let said = format!("status {status}");
    if let Some(mark) = challenge::marked(body) {
        return Err(Refusal::new(Why::Blocked, format!("{said}, {mark}")));
    }
    let why = match status {
        404 => Why::NotFound,
        410 => Why::Gone,
        401 | 403 | 407 => Why::Blocked,
        500..=599 => {
            if let Some(words) = absence::says_maintenance(body) {
                return Err(Refusal::new(Why::Maintenance, format!("{said}, {words:?}")));
            }
            Why::HttpError
        }
        _ => Why::HttpError,
    };
    Err(Refusal::new(why, said))
}

/// How files that are no page begin.
const MAGIC: [(&str, &str); 5] = [
    ("%PDF-", "a PDF"),
    ("PK\u{3}\u{4}", "a ZIP or office file"),
    ("{\\rtf", "an RTF file"),
    ("GIF8", "an image"),
    ("\u{fffd}PNG", "an image"),
];

/// Tells markup and text from everything else, by the bytes first and the declared type second.
///
/// # Errors
/// `unsupported` for other kinds, `encoding` for bytes that are no text, `empty` for none.
pub(in crate::read) fn kind(answer: &Hop, decoded: &Decoded) -> Result<Kind, Refusal> {
    let text = decoded.text.trim_start_matches(['\u{feff}', '\0', ' ', '\t', '\r', '\n']);
    if text.is_empty() {
        return Err(Refusal::new(Why::Empty, "the body has no bytes that are not white space"));
    }
    if let Some((_, name)) = MAGIC.iter().find(|(magic, _)| text.starts_with(magic)) {
        return Err(Refusal::new(Why::Unsupported, format!("the body is {name}")));
    }
    let declared = answer
        .header("content-type")
        .unwrap_or("")
        .split(';')
        .next()
        .unwrap_or("")
        .trim()
        .to_ascii_lowercase();
    let start = super::super::clip(text, 1024).to_ascii_lowercase();
    let markup =
        ["<!doctype html", "<html", "<head", "<body", "<main", "<div", "<p", "<h1", "<title", "<meta"]
            .iter()
            .any(|t| start.contains(t));
    let broken =
        decoded.invalid * 10 > decoded.text.chars().take(decoded.invalid.saturating_mul(10) + 1).count();
    if broken && decoded.invalid > 8 {
        return Err(Refusal::new(
            Why::Encoding,
            format!("{} places are not valid {}", decoded.invalid, decoded.encoding),
        ));
    }
    if let Some(evidence) = machine_made(text, markup) {
        return Err(evidence);
    }
    if ["<rss", "<feed"].iter().any(|feed| start.starts_with(feed))
        || start.starts_with("<?xml") && (start.contains("<rss") || start.contains("<feed"))
    {
        return Err(Refusal::new(Why::Unsupported, "the body is a feed"));
    }
    if markup && !declared.contains("json") {
        return Ok(Kind::Html);
    }
    match declared.as_str() {
        "" | "text/html" | "application/xhtml+xml" => Ok(Kind::Html),
        "text/plain" | "text/markdown" => Ok(Kind::Text),
        other => Err(Refusal::new(Why::Unsupported, format!("the body is {other}"))),
    }
}

/// Refuses what is no text that anybody wrote: a program's bytes, data under the name of a page.
fn machine_made(text: &str, markup: bool) -> Option<Refusal> {
    /// So many bytes tell.
    const START: usize = 4096;
    let start = super::super::clip(text, START);
    let control = |c: &char| c.is_control() && !c.is_whitespace();
    let controls = start.chars().filter(control).count();
    if controls > 8 && controls * 10 > start.chars().count() {
        return Some(Refusal::new(
            Why::Encoding,
            format!("{controls} control characters in its first bytes"),
        ));
    }
    let data = !markup && text.starts_with(['{', '[']);
    (data && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok())
        .then(|| Refusal::new(Why::Unsupported, "the body is JSON"))
}
