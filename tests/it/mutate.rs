//! Pages, texts and stored captures damaged at random: read or refused, never a panic.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use onrecord::{
    compare::compare,
    model::{Capture, Header, Hop, Memory, Recipe},
    read::{explain, plain::plain, read},
    warc,
};

const PAGES: &[&str] = &[
    "<!doctype html><html lang=en><head><meta charset=utf-8><title>Incident | Wharf</title></head><body><div \
     class='alert' role=alert><p>Phones are down.</p></div><nav><a href=/>Home</a></nav><main><h1>Cyber incident</h1>\
     <p>Published <time datetime=2024-01-19>19 January 2024</time></p><p>No <a href='/d.pdf'>data</a> was taken.</p>\
     <ul><li>Bins: <b>as usual</b><li>Tax: down</ul><table><tr><th>Service<th>State<tr><td>Forms<td>Off</table>\
     <details><summary>More</summary><p>Call 01227 000000.</p></details></main><footer>&copy; Wharf</footer>",
    "<html><body><form id=aspnetForm><table><tr><td><font size=2>We are aware of an incident.<br><br>4&nbsp;% of \
     files were copied&#8212;we think.</font></td><td>Menu</td></tr></table></form></body></html>",
    "<html><head><meta http-equiv=refresh content='0;url=/x'><title>Just a moment...</title></head><body><noscript>\
     Enable JavaScript</noscript><script>var a='<p>x</p>'</script></body></html>",
];

fn capture(body: Vec<u8>, headers: &[(&str, &str)]) -> Capture {
    let response =
        headers.iter().map(|(n, v)| Header { name: (*n).to_owned(), value: v.as_bytes().to_vec() }).collect();
    Capture {
        redirects: Vec::new(),
        answer: Hop {
            url: "https://news.wharf.example/incident".parse().unwrap(),
            started: Timestamp::UNIX_EPOCH,
            ended: Timestamp::UNIX_EPOCH,
            request: Vec::new(),
            version: "HTTP/1.1".to_owned(),
            status: 200,
            response,
            peer: None,
            proxied: false,
            body,
        },
    }
}

/// Cuts, flips, doubles and splices, as transport and bad templates do.
fn damage(random: &mut fastrand::Rng, bytes: &mut Vec<u8>) {
    for _ in 0..random.usize(1..8) {
        if bytes.is_empty() {
            return;
        }
        let (at, other) = (random.usize(..bytes.len()), random.usize(..bytes.len()));
        match random.u8(..7) {
            0 => bytes.truncate(at),
            1 => bytes[at] = random.u8(..),
            2 => bytes.swap(at, other),
            3 => drop(bytes.drain(at.min(other)..at.max(other))),
            4 => {
                let piece = bytes[at.min(other)..at.max(other)].to_vec();
                bytes.splice(at..at, piece);
            }
            5 => {
                let bits: [&[u8]; 8] =
                    [b"<", b"</main>", b"<table>", b"<!--", b"&#x110000;", b"\0", b"\xff\xfe", b"<p hidden>"];
                bytes.splice(at..at, random.choice(bits).unwrap_or_default().iter().copied());
            }
            _ => bytes.reverse(),
        }
    }
}

#[test]
fn damaged_pages_are_read_or_refused() {
    let mut random = fastrand::Rng::with_seed(20_240_119);
    let codings: [&[(&str, &str)]; 5] = [
        &[("content-type", "text/html")],
        &[],
        &[("content-type", "text/html; charset=utf-16le")],
        &[("content-type", "text/html; charset=shift_jis"), ("content-encoding", "gzip")],
        &[("content-type", "application/xhtml+xml"), ("content-encoding", "deflate")],
    ];
    let until = Instant::now() + Duration::from_secs(8);
    let mut before = plain("", false).statement;
    for _ in 0..10_000 {
        let mut body = random.choice(PAGES).copied().unwrap_or_default().as_bytes().to_vec();
        damage(&mut random, &mut body);
        let capture = capture(body, random.choice(codings).unwrap_or_default());
        let recipe = Recipe::default();
        let reading = read(&capture, &recipe, &Memory::default());
        assert_eq!(
            reading.verdict,
            read(&capture, &recipe, &Memory::default()).verdict,
            "read twice, read alike"
        );
        explain(&capture, &recipe, &Memory::default());
        if let Ok(after) = reading.verdict {
            compare(&before.content, &after.content);
            before = after;
        }
        if Instant::now() > until {
            break;
        }
    }
}

#[test]
fn damaged_captures_are_parsed_or_refused() {
    let mut random = fastrand::Rng::with_seed(7);
    let whole = warc::write(&capture(PAGES[0].as_bytes().to_vec(), &[("content-type", "text/html")]));
    for _ in 0..3_000 {
        let mut bytes = whole.clone();
        damage(&mut random, &mut bytes);
        // Either answer is right; a panic is not.
        let _ = warc::to_capture(&bytes);
    }
}
