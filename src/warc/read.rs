//! A capture from the bytes of its file. Hostile input: every length is checked, every count bounded.

use std::net::{IpAddr, SocketAddr};

use jiff::Timestamp;
use url::Url;

use super::{Record, Records, WarcError, http};
use crate::model::{Capture, Digest, Hop};

/// The most records of one capture.
const RECORDS: usize = 256;

/// The look that a file holds: its responses in order, each with the request and the metadata that belong to it.
///
/// # Errors
/// When the file is not whole, a SHA-256 in it is not that of its bytes, or there is no response in it.
pub fn to_capture(bytes: &[u8]) -> Result<Capture, WarcError> {
    let mut records = Vec::new();
    for record in Records::new(bytes) {
        let record = record?;
        let fail = |seen| WarcError { at: record.at, seen };
        if records.len() == RECORDS {
            return Err(fail("there are more records than a look has"));
        }
        if !holds(record.field("WARC-Block-Digest"), record.block) {
            return Err(fail("a record's block is not what its digest says"));
        }
        records.push(record);
    }
    let mut hops = Vec::new();
    for record in records.iter().filter(|record| record.kind() == "response") {
        hops.push(hop(record, &records).map_err(|seen| WarcError { at: record.at, seen })?);
    }
    let answer = hops.pop().ok_or(WarcError { at: 0, seen: "there is no response in it" })?;
    Ok(Capture { redirects: hops, answer })
}

fn hop(record: &Record<'_>, all: &[Record<'_>]) -> Result<Hop, &'static str> {
    let with = |kind: &str| {
        let id = record.field("WARC-Record-ID");
        all.iter().find(|r| id.is_some() && r.kind() == kind && r.field("WARC-Concurrent-To") == id)
    };
    let url = record.field("WARC-Target-URI").ok_or("a response has no address")?;
    let url = Url::parse(url.trim_matches(['<', '>'])).map_err(|_| "a response's address cannot be read")?;
    let date: Option<Timestamp> = record.field("WARC-Date").and_then(|date| date.parse().ok());
    let date = date.ok_or("a response has no date")?;
    let (first, response, body) = http::parse(record.block)?;
    let (version, status) = http::status(first).ok_or("a response has no status")?;
    if !holds(record.field("WARC-Payload-Digest"), body) {
        return Err("a body is not what its digest says");
    }
    let request = match with("request") {
        Some(request) => http::parse(request.block)?.1,
        None => Vec::new(),
    };
    let fields = with("metadata").and_then(|r| std::str::from_utf8(r.block).ok()).unwrap_or_default();
    let said = |name: &str| {
        fields.lines().find_map(|line| {
            line.split_once(':').filter(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
        })
    };
    let moment = |name: &str| said(name).and_then(|when| when.parse().ok()).unwrap_or(date);
    let ip: Option<IpAddr> = record.field("WARC-IP-Address").and_then(|ip| ip.parse().ok());
    let port = url.port_or_known_default().unwrap_or_default();
    let peer: Option<SocketAddr> = said("peer").and_then(|peer| peer.parse().ok());
    Ok(Hop {
        started: moment("started"),
        ended: moment("ended"),
        request,
        version: said("protocol").unwrap_or(version).to_owned(),
        status,
        response,
        peer: peer.or_else(|| ip.map(|ip| SocketAddr::new(ip, port))),
        proxied: said("proxied") == Some("yes"),
        body: body.to_vec(),
        url,
    })
}

/// Whether bytes are those of a digest field; a digest of another kind than ours is not checked.
fn holds(field: Option<&str>, bytes: &[u8]) -> bool {
    field
        .and_then(|field| field.strip_prefix("sha256:"))
        .filter(|hex| hex.len() == 64)
        .is_none_or(|hex| hex.eq_ignore_ascii_case(Digest::of(bytes).as_str()))
}
