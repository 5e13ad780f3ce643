//! Notices as data: `tests/notices/<case>/` holds a page before, a page after, and what must be read and said.
//!
//! `expected.txt`: first line `same`, `revised LEVEL LABEL...`, or why the page after is no statement; then, after an
//! empty line, the statement of the page after as `latest.txt` would show it, block by block.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use onrecord::{
    compare::compare,
    judge::{self, Subject},
    model::{BlockKind, Capture, Digest, Hop, Incident, Memory, NORMALISER, Recipe, Relevance, Statement},
    read::{self, Refusal},
    text::Lexicons,
};

pub(crate) fn capture(body: Vec<u8>) -> Capture {
    let answer = Hop {
        url: "https://www.wantsum.example/cyber-incident".parse().unwrap(),
        started: Timestamp::UNIX_EPOCH,
        ended: Timestamp::UNIX_EPOCH,
        request: Vec::new(),
        version: "HTTP/1.1".to_owned(),
        status: 200,
        response: Vec::new(),
        peer: None,
        proxied: false,
        body,
    };
    Capture { redirects: Vec::new(), answer }
}

fn statement(file: &Path) -> Result<Statement, Refusal> {
    read::read(&capture(fs::read(file).unwrap()), &Recipe::default(), &Memory::default()).whole()
}

fn shown(statement: &Statement) -> String {
    let banner = if statement.banner.is_empty() { None } else { Some("[banner]".to_owned()) };
    let blocks = statement.banner.iter().chain(&statement.content).map(|block| {
        let mark = match block.kind {
            BlockKind::Heading => "## ",
            BlockKind::Item | BlockKind::Row => "- ",
            _ => "",
        };
        format!("{mark}{}", block.text())
    });
    banner.into_iter().chain(blocks).collect::<Vec<_>>().join("\n")
}

fn name(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
}

/// What a case came to, in the words of its `expected.txt`.
fn said(folder: &Path) -> (String, String) {
    let before = statement(&folder.join("before.html")).unwrap();
    let after = match statement(&folder.join("after.html")) {
        Ok(after) => after,
        Err(refusal) => return (refusal.why.to_string(), String::new()),
    };
    let terms = ["cyber", "customer data", "personal data"].map(str::to_owned).into();
    let incident = Incident { id: "wantsum".parse().unwrap(), title: "An incident".to_owned(), terms };
    let subject = Subject {
        body: "Wantsum City Council",
        incidents: &[incident],
        relevance: Relevance::Terms,
        watches_banner: false,
        lexicons: &Lexicons::default(),
    };
    let content = compare(&before.content, &after.content);
    let banner = compare(&before.banner, &after.banner);
    let judgement = judge::judge(&before, &after, &content, &banner, &subject);
    let labels: BTreeSet<_> = judgement.changes.iter().flat_map(|c| &c.labels).collect();
    let mut line = if judgement.changes.is_empty() {
        "same".to_owned()
    } else {
        format!("revised {}", name(&judgement.level))
    };
    for label in labels {
        line.push(' ');
        line.push_str(&name(label));
    }
    (line, shown(&after))
}

/// The cases, in order.
fn folders(root: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<_> =
        fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

#[test]
fn each_notice_is_read_and_said_to_be_what_it_is() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/notices");
    let folders = folders(&root);
    assert!(folders.len() >= 25, "{} cases", folders.len());
    let mut wrong = Vec::new();
    for folder in folders {
        let expected = fs::read_to_string(folder.join("expected.txt")).unwrap();
        let (line, text) = expected.split_once("\n\n").unwrap_or((expected.trim_end(), ""));
        let (said, shown) = said(&folder);
        let read = text.is_empty() || shown == text.trim_end();
        if said != line || !read {
            wrong.push(format!("{}\n  must: {line}\n  said: {said}\n{shown}\n", folder.display()));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

/// The pages that the cases of `reading` are made of: every literal with markup in it, in its place on a page.
fn fragments() -> Vec<Vec<u8>> {
    let literal = regex::Regex::new(r#"(?s)"((?:[^"\\]|\\.)*)""#).unwrap();
    let wrapped = regex::Regex::new(r"\\\n\s*").unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    let files = ["reading.rs", "reading/furniture.rs", "reading/places.rs"].map(|file| root.join(file));
    let page = |text: &str| -> Vec<u8> {
        let text = wrapped.replace_all(text, "").replace("\\\"", "\"").replace("\\n", "\n");
        if text.contains("<html") || text.contains("<body") {
            return text.into_bytes();
        }
        format!(
            "<!doctype html><html lang=en><title>Cyber incident</title><body><main><h1>Cyber incident</h1>\
             <p>We took our systems off line on Thursday.</p>{text}</main><footer><p>© Wharf Council</p></footer></html>"
        )
        .into_bytes()
    };
    let mut pages = Vec::new();
    for file in files {
        let source = fs::read_to_string(file).unwrap();
        let found = literal.captures_iter(&source).map(|found| found[1].to_owned());
        pages.extend(found.filter(|text| text.contains('<')).map(|text| page(&text)));
    }
    pages
}

/// The readings of all cases, before and after, as they are now, named by one digest beside the version of the rules.
#[test]
fn readings_change_only_with_the_version_of_their_rules() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/notices");
    let readings: Vec<_> = folders(&root)
        .iter()
        .flat_map(|case| ["before.html", "after.html"].map(|page| case.join(page)))
        .map(|page| fs::read(page).unwrap())
        .chain(fragments())
        .map(|page| {
            let read = read::read(&capture(page), &Recipe::default(), &Memory::default());
            read.whole().map_err(|refusal| refusal.why)
        })
        .collect();
    let digest = Digest::of(&serde_json::to_vec(&readings).unwrap());
    let now = format!("{NORMALISER} {} {digest}\n", readings.len());
    let file = root.join("readings.txt");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&file, &now).unwrap();
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(
        kept, now,
        "these pages read otherwise than before: if a rule was changed, raise NORMALISER; if a case came, not; UPDATE=1 writes the new line"
    );
}
