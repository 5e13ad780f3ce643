//! What came over the wire for one look: every hop, with its request, its response and its body as received.

use std::net::SocketAddr;

use jiff::Timestamp;

use super::Digest;

/// One header line. Order and case are lost on the way in (HTTP libraries fold them), the value is kept as bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The name, in lower case.
    pub name: String,
    /// The value as received; it need not be UTF-8.
    pub value: Vec<u8>,
}

/// One request and the response to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hop {
    /// The address that was asked.
    pub url: url::Url,
    /// When the request was begun.
    pub started: Timestamp,
    /// When the response's last byte (or, for a redirect, its head) had come.
    pub ended: Timestamp,
    /// The request's headers, as sent.
    pub request: Vec<Header>,
    /// The protocol version of the response, e.g. `HTTP/1.1`.
    pub version: String,
    /// The status code of the response.
    pub status: u16,
    /// The response's headers.
    pub response: Vec<Header>,
    /// The peer's address: the server's, or the proxy's when `proxied`.
    pub peer: Option<SocketAddr>,
    /// Whether the request went through a proxy, so that names alone were guarded.
    pub proxied: bool,
    /// The entity's bytes as received: content coding kept, transfer coding undone.
    pub body: Vec<u8>,
}

impl Hop {
    /// The first value of a response header, as text. `name` in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.response
            .iter()
            .find(|h| h.name == name)
            .and_then(|h| std::str::from_utf8(&h.value).ok())
            .map(str::trim)
    }
}

/// A look that was answered in full: at least one hop, the last of them the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capture {
    /// The redirects, in order.
    pub redirects: Vec<Hop>,
    /// The final response.
    pub answer: Hop,
}

impl Capture {
    /// Where the look began: the address of the first request.
    pub fn asked(&self) -> &url::Url {
        self.redirects.first().map_or(&self.answer.url, |hop| &hop.url)
    }

    /// Where the look ended: the address of the final response.
    pub fn landed(&self) -> &url::Url {
        &self.answer.url
    }

    /// Every hop in order.
    pub fn hops(&self) -> impl Iterator<Item = &Hop> {
        self.redirects.iter().chain(std::iter::once(&self.answer))
    }

    /// The digest of the body as received.
    pub fn body_digest(&self) -> Digest {
        Digest::of(&self.answer.body)
    }
}
