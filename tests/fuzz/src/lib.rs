//! What is done with bytes from outside, one function for each way in: it must end, soon, without a panic, and what it
//! promises must hold. The suite runs these on some hundreds of damaged samples; `cargo fuzz`-like runs by hand look for
//! more (README.md beside this).

use jiff::Timestamp;
use onrecord::{
    compare::compare,
    judge::{Subject, judge},
    model::{
        Capture, Event, Header, Hop, Incident, Memory, Observation, Recipe, Relevance, Revision, Snapshot,
        Statement,
    },
    read::{self, plain::plain},
    render, targets,
    text::Lexicons,
    warc,
};

/// What a server may say of a body.
const HEADERS: [&[(&str, &str)]; 8] = [
    &[("content-type", "text/html")],
    &[],
    &[("content-type", "text/plain")],
    &[("content-type", "text/html; charset=utf-16le")],
    &[("content-type", "text/html; charset=shift_jis"), ("content-encoding", "gzip")],
    &[("content-type", "application/xhtml+xml"), ("content-encoding", "deflate")],
    &[("content-type", "text/html"), ("content-encoding", "gzip, gzip, deflate")],
    &[("content-length", "99999999999"), ("cf-mitigated", "maybe")],
];

/// A capture of a body, as if it had come from a server.
pub fn capture(body: &[u8], headers: &[(&str, &str)]) -> Capture {
    let header =
        |(name, value): &(&str, &str)| Header { name: (*name).to_owned(), value: value.as_bytes().to_vec() };
    Capture {
        redirects: Vec::new(),
        answer: Hop {
            url: url::Url::parse("https://news.wharf.example/incident").expect("an address"),
            started: Timestamp::UNIX_EPOCH,
            ended: Timestamp::UNIX_EPOCH,
            request: Vec::new(),
            version: "HTTP/1.1".to_owned(),
            status: 200,
            response: headers.iter().map(header).collect(),
            peer: None,
            proxied: false,
            body: body.to_vec(),
        },
    }
}

/// Bytes to a snapshot, the first byte saying what the server said of them: read twice, read alike.
pub fn page(bytes: &[u8]) {
    let Some((&first, body)) = bytes.split_first() else { return };
    let capture = capture(body, HEADERS[usize::from(first) % HEADERS.len()]);
    let (recipe, memory) = (Recipe::default(), Memory::default());
    let verdict = read::read(&capture, &recipe, &memory).whole();
    assert_eq!(verdict, read::explain(&capture, &recipe, &memory).whole(), "explaining changes nothing");
    if let Ok(statement) = verdict {
        let same = compare(&statement.content, &statement.content);
        assert!(same.hunks.is_empty(), "nothing differs from itself");
    }
}

/// A content coding undone: within its cap, or refused.
pub fn decode(bytes: &[u8]) {
    for coding in ["gzip", "deflate", "gzip, deflate", "br"] {
        let capture = capture(bytes, &[("content-type", "text/plain"), ("content-encoding", coding)]);
        let recipe = Recipe { max_decoded: Some(1 << 20), ..Recipe::default() };
        if let Ok(statement) = read::read(&capture, &recipe, &Memory::default()).whole() {
            let words: usize = statement.content.iter().map(|block| block.text().len()).sum();
            assert!(words <= 3 << 20, "{words} bytes of words in {coding}");
        }
    }
}

/// Two texts, parted by the first NUL or form feed: compared, judged and told.
pub fn texts(bytes: &[u8]) {
    let cut = bytes.iter().position(|b| matches!(b, 0 | 12)).unwrap_or(bytes.len() / 2);
    let side = |bytes: &[u8]| plain(&String::from_utf8_lossy(bytes), false).statement;
    let (before, after) = (side(&bytes[..cut]), side(&bytes[cut..]));
    let revision = compare(&before.content, &after.content);
    let sentences = |side: &Statement| side.content.iter().map(|block| block.sentences.len()).sum::<usize>();
    for hunk in &revision.hunks {
        assert!(hunk.at.before.iter().all(|n| *n < sentences(&before)), "a place that is not there");
        assert!(hunk.at.after.iter().all(|n| *n < sentences(&after)), "a place that is not there");
    }
    let incident = Incident {
        id: "kent".parse().expect("an id"),
        title: "Kent".to_owned(),
        terms: vec!["cyber".to_owned(), "personal data".to_owned(), "NHS".to_owned()],
    };
    let incidents = [incident];
    let subject = Subject {
        body: "Wharf District Council",
        incidents: &incidents,
        relevance: Relevance::Terms,
        watches_banner: false,
        lexicons: &Lexicons::default(),
    };
    let judged = judge(&before, &after, &revision, &Revision::default(), &subject);
    let told = render::changes_text(&judged.changes, &render::Style::default());
    assert!(!told.contains('\u{1b}') && !told.contains('\u{202e}'), "a page speaks to the terminal");
}

/// A file of targets: loaded, or told what is wrong with it.
pub fn targets_json(bytes: &[u8]) {
    match targets::load("targets.json", &String::from_utf8_lossy(bytes)) {
        Ok(loaded) => {
            for target in &loaded.config.targets {
                assert!(matches!(target.url.scheme(), "http" | "https"));
            }
        }
        Err(faults) => assert!(!faults.render(false, 80).is_empty(), "a fault without words"),
    }
}

/// What lies in a store: a capture, a snapshot, an event, a line of the log.
pub fn stored(bytes: &[u8]) {
    if let Ok(capture) = warc::to_capture(bytes) {
        let again = warc::to_capture(&warc::write(&capture)).expect("what was written reads");
        assert_eq!(again.answer.body, capture.answer.body);
    }
    let _ = serde_json::from_slice::<Snapshot>(bytes);
    let _ = serde_json::from_slice::<Observation>(bytes);
    if let Ok(event) = serde_json::from_slice::<Event>(bytes) {
        let told = render::terminal(&event, &render::Style::default());
        assert!(!told.contains('\u{1b}'), "an event speaks to the terminal");
        render::html(&event, render::Detail::Whole);
        render::markdown(&event, render::Detail::Whole);
    }
}
