//! The head of an HTTP/1.1 message, written and read (RFC 9112).

use url::Position;

use super::record::find;
use crate::model::{Header, Hop};

/// What a `transfer-encoding` header is kept under: the coding is undone, and no reader may undo it again.
const ASIDE: &str = "x-archive-orig-";
/// The most header lines of one message.
const LINES: usize = 32 << 10;
/// The most bytes of one head.
const HEAD: usize = 4 << 20;

/// The head of a hop's request.
pub(super) fn request(hop: &Hop) -> Vec<u8> {
    let path = &hop.url[Position::BeforePath..Position::AfterQuery];
    let mut out = format!("GET {} HTTP/1.1\r\n", if path.is_empty() { "/" } else { path }).into_bytes();
    headers(&mut out, &hop.request);
    out
}

/// The head of a hop's response. What was no HTTP/1 is written as if it were; the phrase behind the status is lost.
pub(super) fn response(hop: &Hop) -> Vec<u8> {
    let version = if is_http1(&hop.version) { &hop.version } else { "HTTP/1.1" };
    let mut out = format!("{version} {:03} \r\n", hop.status).into_bytes();
    headers(&mut out, &hop.response);
    out
}

pub(super) fn is_http1(version: &str) -> bool {
    matches!(version, "HTTP/1.0" | "HTTP/1.1")
}

fn headers(out: &mut Vec<u8>, headers: &[Header]) {
    for header in headers.iter().filter(|header| is_token(header.name.as_bytes())) {
        if header.name == "transfer-encoding" || header.name.starts_with(ASIDE) {
            out.extend(ASIDE.as_bytes());
        }
        out.extend(header.name.as_bytes());
        out.extend(b": ");
        out.extend(header.value.iter().map(|&b| if matches!(b, b'\r' | b'\n' | 0) { b' ' } else { b }));
        out.extend(b"\r\n");
    }
    out.extend(b"\r\n");
}

fn is_token(name: &[u8]) -> bool {
    !name.is_empty() && name.iter().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(b))
}

/// A message taken apart: its first line, its headers, its body.
pub(super) type Message<'a> = (&'a str, Vec<Header>, &'a [u8]);

/// Takes a message apart.
pub(super) fn parse(message: &[u8]) -> Result<Message<'_>, &'static str> {
    let window = message.get(..message.len().min(HEAD)).unwrap_or_default();
    let end = find(window, b"\r\n\r\n").ok_or("the head of a message is cut, or longer than 4 MiB")?;
    let (head, body) = message.split_at_checked(end + 4).unwrap_or_default();
    let mut lines = head.strip_suffix(b"\r\n\r\n").unwrap_or_default().split(|b| *b == b'\n');
    let first = lines.next().unwrap_or_default().trim_ascii();
    let first = std::str::from_utf8(first).map_err(|_| "the first line of a message is not UTF-8")?;
    let headers = lines.map(header).collect::<Option<Vec<_>>>().ok_or("a header of a message has no name")?;
    if headers.len() > LINES {
        return Err("a message has more headers than any server sends");
    }
    Ok((first, headers, body))
}

fn header(line: &[u8]) -> Option<Header> {
    let colon = line.iter().position(|b| *b == b':')?;
    let (name, value) = line.split_at_checked(colon)?;
    let name = std::str::from_utf8(name).ok().filter(|name| is_token(name.as_bytes()))?.to_ascii_lowercase();
    let name = name.strip_prefix(ASIDE).map_or(name.clone(), str::to_owned);
    Some(Header { name, value: value.get(1..)?.trim_ascii().to_vec() })
}

/// Version and status of a response's first line.
pub(super) fn status(first: &str) -> Option<(&str, u16)> {
    let mut words = first.split(' ');
    let version = words.next().filter(|version| version.starts_with("HTTP/") && version.len() <= 10)?;
    let status = words.next().filter(|s| s.len() == 3 && s.bytes().all(|b| b.is_ascii_digit()))?;
    Some((version, status.parse().ok()?))
}
