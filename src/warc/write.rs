//! A capture as a file.

use std::fmt::Write as _;

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::http;
use crate::model::{Capture, Hop};

/// The capture as a WARC 1.1 file; the same capture gives the same bytes.
pub fn write(capture: &Capture) -> Vec<u8> {
    let body: usize = capture.hops().map(|hop| hop.body.len() + 4096).sum();
    let mut file = File { out: Vec::with_capacity(body + 1024), seed: seed(capture) };
    file.info(capture);
    let mut via = None;
    for (number, hop) in capture.hops().enumerate() {
        file.hop(number, hop, via);
        via = Some(hop);
    }
    file.out
}

struct File {
    out: Vec<u8>,
    /// What tells this capture's record ids from any other's.
    seed: [u8; 32],
}

fn seed(capture: &Capture) -> [u8; 32] {
    let mut hash = Sha256::new();
    for hop in capture.hops() {
        hash.update(hop.url.as_str());
        hash.update(format!("\n{} {} {}\n", hop.started, hop.ended, hop.status));
        hash.update(&hop.body);
    }
    hash.finalize().into()
}

impl File {
    fn info(&mut self, capture: &Capture) {
        let mut block = format!(
            "software: onrecord/{}\r\nformat: WARC File Format 1.1\r\n\
             conformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n",
            env!("CARGO_PKG_VERSION")
        );
        let agent = capture.answer.request.iter().find(|header| header.name == "user-agent");
        if let Some(agent) = agent.and_then(|header| std::str::from_utf8(&header.value).ok()) {
            line(&mut block, "http-header-user-agent", agent);
        }
        let id = self.id(0, "warcinfo");
        let started = capture.hops().next().map_or(capture.answer.started, |hop| hop.started);
        self.record("warcinfo", &id, started, "", "application/warc-fields", &[block.as_bytes()]);
    }

    fn hop(&mut self, number: usize, hop: &Hop, via: Option<&Hop>) {
        let (info, id) = (self.id(0, "warcinfo"), self.id(number, "response"));
        let mut about = String::new();
        line(&mut about, "WARC-Target-URI", hop.url.as_str());
        line(&mut about, "WARC-Warcinfo-ID", &info);
        let mut to = about.clone();
        line(&mut to, "WARC-Concurrent-To", &id);

        let request = http::request(hop);
        let asked = self.id(number, "request");
        self.record("request", &asked, hop.started, &to, "application/http;msgtype=request", &[&request]);

        let mut about_response = about;
        line(&mut about_response, "WARC-Payload-Digest", &digest(&[&hop.body]));
        if let Some(peer) = hop.peer.filter(|_| !hop.proxied) {
            line(&mut about_response, "WARC-IP-Address", &peer.ip().to_string());
        }
        let announced = hop.header("content-length").and_then(|length| length.parse::<usize>().ok());
        if announced.is_some_and(|length| length != hop.body.len()) {
            line(&mut about_response, "WARC-Truncated", "unspecified");
        }
        let head = http::response(hop);
        let blocks: [&[u8]; 2] = [&head, &hop.body];
        let kind = "application/http;msgtype=response";
        self.record("response", &id, hop.started, &about_response, kind, &blocks);

        let fields = metadata(number, hop, via);
        let meta = self.id(number, "metadata");
        self.record("metadata", &meta, hop.started, &to, "application/warc-fields", &[fields.as_bytes()]);
    }

    /// A record id: a UUID of version 8 (RFC 9562), made from what it names.
    fn id(&self, number: usize, kind: &str) -> String {
        let hash: [u8; 32] =
            Sha256::new().chain_update(self.seed).chain_update(format!("{number} {kind}")).finalize().into();
        let hex = data_encoding::HEXLOWER.encode(&hash);
        let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
        format!(
            "<urn:uuid:{}-{}-8{}-a{}-{}>",
            part(0, 8),
            part(8, 12),
            part(12, 15),
            part(15, 18),
            part(18, 30)
        )
    }

    fn record(&mut self, kind: &str, id: &str, date: Timestamp, about: &str, content: &str, block: &[&[u8]]) {
        let length: usize = block.iter().map(|part| part.len()).sum();
        let digest = digest(block);
        let head = format!(
            "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: {id}\r\nWARC-Date: {date}\r\n{about}\
             WARC-Block-Digest: {digest}\r\nContent-Type: {content}\r\nContent-Length: {length}\r\n\r\n"
        );
        self.out.extend(head.as_bytes());
        for part in block {
            self.out.extend(*part);
        }
        self.out.extend(b"\r\n\r\n");
    }
}

/// What the headers of the exchange do not say.
fn metadata(number: usize, hop: &Hop, via: Option<&Hop>) -> String {
    let mut out = String::new();
    if let Some(via) = via {
        line(&mut out, "via", via.url.as_str());
        line(&mut out, "hopsFromSeed", &"R".repeat(number));
    }
    let took = hop.ended.duration_since(hop.started).as_millis().max(0);
    line(&mut out, "fetchTimeMs", &took.to_string());
    line(&mut out, "started", &hop.started.to_string());
    line(&mut out, "ended", &hop.ended.to_string());
    line(&mut out, "protocol", &hop.version);
    if let Some(peer) = hop.peer {
        line(&mut out, "peer", &peer.to_string());
    }
    line(&mut out, "proxied", if hop.proxied { "yes" } else { "no" });
    line(
        &mut out,
        "headers",
        "written again; names in lower case, their order not kept, transfer coding undone",
    );
    out
}

/// One `name: value` line; a value cannot break out of it.
fn line(out: &mut String, name: &str, value: &str) {
    // Writing to a string cannot fail.
    let _ = write!(out, "{name}: ");
    out.extend(value.chars().map(|c| if c.is_control() { ' ' } else { c }));
    out.push_str("\r\n");
}

fn digest(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    format!("sha256:{}", data_encoding::HEXLOWER.encode(&hash.finalize()))
}
