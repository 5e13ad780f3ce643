use super::*;
use crate::model::{Capture, Header, Hop};

fn header(name: &str, value: &[u8]) -> Header {
    Header { name: name.to_owned(), value: value.to_vec() }
}

fn hop(url: &str, status: u16, response: Vec<Header>, body: &[u8]) -> Hop {
    Hop {
        url: url.parse().unwrap(),
        started: "2024-01-19T11:00:04.25Z".parse().unwrap(),
        ended: "2024-01-19T11:00:05Z".parse().unwrap(),
        request: vec![header("host", b"news.wantsum.example"), header("user-agent", b"onrecord/1 (+desk)")],
        version: "HTTP/1.1".to_owned(),
        status,
        response,
        peer: Some("192.0.2.7:443".parse().unwrap()),
        proxied: false,
        body: body.to_vec(),
    }
}

/// A redirect to a page whose body holds all that could be taken for the end of a record.
fn capture() -> Capture {
    let there = header("location", b"/statement");
    let headers = vec![
        header("content-type", b"text/html; charset=iso-8859-1"),
        header("transfer-encoding", b"chunked"),
        header("x-archive-orig-transfer-encoding", b"of their own"),
        header("x-name", b"caf\xe9"),
    ];
    let mut answer =
        hop("https://news.wantsum.example/statement?id=1", 200, headers, b"a\r\n\r\nWARC/1.1\r\n\0\xff");
    answer.version = "HTTP/2".to_owned();
    (answer.proxied, answer.peer) = (true, Some("[2001:db8::1]:3128".parse().unwrap()));
    let redirects = vec![hop("https://news.wantsum.example/", 301, vec![there], b"")];
    Capture { redirects, answer }
}

#[test]
fn a_capture_comes_back_as_it_went_in() {
    let capture = capture();
    let bytes = write(&capture);
    assert_eq!(to_capture(&bytes).unwrap(), capture);
    assert_eq!(write(&capture), bytes, "the same capture gives the same bytes");
}

#[test]
fn a_file_reads_like_iso_28500() {
    let bytes = write(&capture());
    let records: Vec<_> = Records::new(&bytes).map(Result::unwrap).collect();
    let kinds: Vec<_> = records.iter().map(Record::kind).collect();
    let hop = ["request", "response", "metadata"];
    assert_eq!(kinds, [&["warcinfo"][..], &hop, &hop].concat());
    for record in &records {
        for field in ["WARC-Record-ID", "WARC-Date", "Content-Length", "Content-Type", "WARC-Block-Digest"] {
            assert!(record.field(field).is_some(), "{} has no {field}", record.kind());
        }
    }
    let mut ids: Vec<_> = records.iter().filter_map(|record| record.field("WARC-Record-ID")).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), records.len(), "every record has an id of its own");
    let answer = String::from_utf8_lossy(records[5].block);
    assert!(answer.starts_with("HTTP/1.1 200 \r\n"), "{answer}");
    assert!(!answer.contains("\r\ntransfer-encoding:"), "no reader may undo the coding again: {answer}");
    assert_eq!(records[5].field("WARC-IP-Address"), None, "a proxy's address is not the server's");
}

#[test]
fn a_header_cannot_break_out_of_its_line() {
    let evil = vec![header("x-a", b"1\r\nx-b: 2\r\n\r\nbody"), header("x y", b"no name")];
    let answer = hop("https://news.wantsum.example/", 200, evil, b"the body");
    let read = to_capture(&write(&Capture { redirects: Vec::new(), answer })).unwrap();
    assert_eq!(read.answer.response, [header("x-a", b"1  x-b: 2    body")]);
    assert_eq!(read.answer.body, b"the body");
}

#[test]
fn a_file_cut_anywhere_is_an_error() {
    let bytes = write(&capture());
    let whole: Vec<usize> = Records::new(&bytes).map(|record| record.unwrap().at).collect();
    for upto in 0..bytes.len() {
        let read = to_capture(&bytes[..upto]);
        // Cut between two records a file is shorter, and that is for the store's own digest to tell.
        assert!(read.is_err() || whole.contains(&upto), "cut at {upto}");
    }
}

#[test]
fn a_flipped_byte_of_a_block_is_an_error_and_never_a_panic() {
    let bytes = write(&capture());
    for at in 0..bytes.len() {
        let mut flipped = bytes.clone();
        flipped[at] ^= 0x20;
        let in_block = Records::new(&bytes).map(Result::unwrap).any(|record| {
            let start = record.block.as_ptr() as usize - bytes.as_ptr() as usize;
            (start..start + record.block.len()).contains(&at)
        });
        assert!(to_capture(&flipped).is_err() || !in_block, "flipped at {at}");
    }
}

#[test]
fn lengths_that_lie_are_errors() {
    for (length, body) in [("18446744073709551615", ""), ("-1", ""), ("5", "abc"), ("+3", "abc"), ("", "")] {
        let file =
            format!("WARC/1.1\r\nWARC-Type: response\r\nContent-Length: {length}\r\n\r\n{body}\r\n\r\n");
        assert!(to_capture(file.as_bytes()).is_err(), "{length}");
    }
    let long = format!("WARC/1.1\r\n{}\r\n\r\n", "a: b\r\n".repeat(100_000));
    assert!(to_capture(long.as_bytes()).is_err());
    assert!(to_capture(b"").is_err());
}
