//! What several bodies say, line by line: for a terminal, in Markdown, in HTML.
//!
//! What is said stands once, in [`told`]; how it looks once a format. Not here: who says a thing that somebody asks after
//! (`saying`), and finding any of it (`query`).

use std::fmt::Write as _;

use super::{Style, escape, html, when, wrap::wrap_plain};
use crate::model::{Across, Between, LineWording, Origin, SaidBy, SharedLine, Together};

/// The parts in their order, each with its head.
const PARTS: [(Together, &str); 3] = [
    (Together::Apart, "No longer said alike"),
    (Together::Alike, "Said alike"),
    (Together::Alone, "Said by one body alone"),
];

/// Since when, or until when, in words.
pub(super) fn between(between: Between, style: &Style) -> String {
    match when::ends(between, style) {
        (Some(from), to) => format!("between {from} and {to}"),
        (None, to) => to,
    }
}

/// Since when somebody says something.
pub(super) fn since(from: Between, source: Origin, style: &Style) -> String {
    match from.0 {
        _ if source == Origin::Statement => format!("given on {}", when::moment(from.1, style)),
        None => format!("from the first look on, {}", when::moment(from.1, style)),
        Some(_) => format!("since {}", between(from, style)),
    }
}

/// That a page cannot be heard now, where it cannot.
pub(super) fn away(across: &Across, voice: usize, style: &Style) -> String {
    let away = across.voices.get(voice).and_then(|voice| voice.away);
    away.map_or_else(String::new, |away| {
        let what = if away.why.is_absence() { "was not there" } else { "could not be read" };
        format!(
            "; the page {what} at the last look ({}, since {})",
            away.why,
            when::moment(away.since.1, style)
        )
    })
}

fn source(across: &Across, said: &SaidBy) -> Origin {
    across.voices.get(said.voice).map_or(Origin::Own, |voice| voice.source)
}

/// A wording: the words, and a sentence for each body that says it or said it.
struct Told {
    text: String,
    says: Vec<String>,
    said: Vec<String>,
}

/// A line in words.
fn told(across: &Across, line: &SharedLine, style: &Style) -> Vec<Told> {
    let wording = |(number, wording): (usize, &LineWording)| {
        let (mut says, mut said) = (Vec::new(), Vec::new());
        // Bodies of which the same is to be told stand together.
        let put = |all: &mut Vec<(Vec<String>, String)>, body: &str, words: String| match all
            .iter_mut()
            .find(|(_, known)| *known == words)
        {
            Some((bodies, _)) => bodies.push(body.to_owned()),
            None => all.push((vec![body.to_owned()], words)),
        };
        let mut shown: Vec<&str> = Vec::new();
        for one in wording.said.iter().filter(|one| one.to.is_none()) {
            // A body that says it on two pages says it once.
            if shown.contains(&one.body.as_str()) {
                continue;
            }
            shown.push(&one.body);
            let (from, away) = (since(one.from, source(across, one), style), away(across, one.voice, style));
            put(&mut says, &one.body, format!("{from}{away}"));
        }
        for one in &wording.said {
            let Some(to) = one.to.filter(|_| !shown.contains(&one.body.as_str())) else { continue };
            let first = line.first.as_ref();
            let is_first = first.is_some_and(|first| {
                first.gave_up == number && first.body == one.body && first.between == to
            });
            let first = if is_first { "; the first to change" } else { "" };
            put(&mut said, &one.body, format!("until {}{first}", between(to, style)));
        }
        let joined = |all: Vec<(Vec<String>, String)>| {
            all.into_iter().map(|(bodies, words)| format!("{}: {words}", bodies.join(", "))).collect()
        };
        Told { text: wording.text.clone(), says: joined(says), said: joined(said) }
    };
    line.wordings.iter().enumerate().map(wording).collect()
}

/// How many lines there are of each kind, in a sentence.
fn summary(across: &Across) -> String {
    let mut bodies: Vec<&str> = across.voices.iter().map(|voice| voice.body.as_str()).collect();
    bodies.sort_unstable();
    bodies.dedup();
    let of = |state| across.lines.iter().filter(|line| line.state == state).count();
    let mut said = format!(
        "{} said by {}: {} said alike, {} no longer, {} by one body alone.",
        when::count(across.lines.len() as u64, "line"),
        match bodies.len() {
            1 => "1 body".to_owned(),
            n => format!("{n} bodies"),
        },
        of(Together::Alike),
        of(Together::Apart),
        of(Together::Alone)
    );
    let mut unread: Vec<&str> = bodies.clone();
    unread.retain(|body| across.voices.iter().all(|voice| voice.body != *body || voice.wordings == 0));
    if !unread.is_empty() {
        let _ = write!(said, " Never read: {}.", unread.join(", "));
    }
    if across.degraded {
        said.push_str(
            " There are too many statements to hold each against each: lines may stand apart that are one.",
        );
    }
    if across.lost > 0 {
        let wordings = when::count(across.lost as u64, "wording");
        let _ =
            write!(said, " {wordings} cannot be read and are left out; onrecord verify names the damage.");
    }
    said
}

pub(super) fn push(out: &mut String, indent: usize, words: &str, style: &Style) {
    for line in wrap_plain(words, style.width.saturating_sub(indent).max(24)) {
        let _ = writeln!(out, "{}{line}", " ".repeat(indent));
    }
}

/// For a terminal.
pub fn across_text(across: &Across, style: &Style) -> String {
    let mut out = String::new();
    push(&mut out, 0, &summary(across), style);
    for (state, head) in PARTS {
        let mut lines = across.lines.iter().filter(|line| line.state == state).peekable();
        if lines.peek().is_some() {
            let _ = writeln!(out, "\n{}", head.to_uppercase());
        }
        for line in lines {
            out.push('\n');
            for wording in told(across, line, style) {
                push(&mut out, 2, &format!("“{}”", wording.text), style);
                for words in wording.says.iter().chain(&wording.said) {
                    push(&mut out, 6, words, style);
                }
            }
        }
    }
    out
}

/// In Markdown: a table a part. Its times are UTC: it is read by many.
pub fn across_markdown(across: &Across) -> String {
    let (e, style) = (escape::markdown, &Style::default());
    let mut out = format!("{}\n", e(&summary(across)));
    for (state, head) in PARTS {
        let mut lines = across.lines.iter().filter(|line| line.state == state).peekable();
        if lines.peek().is_some() {
            let _ = writeln!(
                out,
                "\n### {head}\n\n| what is said | who says it | who said it |\n| --- | --- | --- |"
            );
        }
        for line in lines {
            for wording in told(across, line, style) {
                let cell =
                    |words: &[String]| words.iter().map(|words| e(words)).collect::<Vec<_>>().join("<br>");
                let _ = writeln!(
                    out,
                    "| {} | {} | {} |",
                    e(&wording.text),
                    cell(&wording.says),
                    cell(&wording.said)
                );
            }
        }
    }
    out
}

/// As a whole document. Its times are UTC: it is read by many.
pub fn across_html(title: &str, across: &Across) -> String {
    let (e, style) = (escape::html, &Style::default());
    let mut out = format!("<p>{}</p>\n", e(&summary(across)));
    for (state, head) in PARTS {
        let mut rows = String::new();
        for line in across.lines.iter().filter(|line| line.state == state) {
            for (n, wording) in told(across, line, style).iter().enumerate() {
                let cell =
                    |words: &[String]| words.iter().map(|words| e(words)).collect::<Vec<_>>().join("<br>");
                let class = if n == 0 { "" } else { " class=\"more\"" };
                let _ = writeln!(
                    rows,
                    "<tr{class}><td>{}</td><td>{}</td><td>{}</td></tr>",
                    e(&wording.text),
                    cell(&wording.says),
                    cell(&wording.said)
                );
            }
        }
        if !rows.is_empty() {
            let heads = "<tr><th>What is said</th><th>Who says it</th><th>Who said it</th></tr>";
            let _ = write!(out, "<h2>{head}</h2>\n<table>\n{heads}\n{rows}</table>\n");
        }
    }
    html::document(title, &out)
}
