//! Who says a thing that somebody asks after, and since when: one screen.
//!
//! Not here: finding it (`query`).

use std::fmt::Write as _;

use super::{
    Style,
    across::{away, between, push, since},
    escape, html,
};
use crate::model::{Across, Answer, Holds, Origin, Saying};

/// The groups in their order, each with its head.
const GROUPS: [(Holds, &str); 6] = [
    (Holds::So, "Say so"),
    (Holds::Less, "Say it less surely, or of less"),
    (Holds::Otherwise, "Say otherwise"),
    (Holds::NoLonger, "Say so no longer"),
    (Holds::Never, "Say nothing of it"),
    (Holds::Unread, "Were never read"),
];

/// Bodies that say one thing: the sentence, a line a body, and what is said in its place.
struct Group {
    text: String,
    bodies: Vec<String>,
    after: Option<String>,
}

fn groups(across: &Across, saying: &Saying, holds: Holds, style: &Style) -> Vec<Group> {
    let mut found: Vec<Group> = Vec::new();
    for answer in saying.bodies.iter().filter(|answer| answer.holds == holds) {
        let after = after(answer);
        let text = answer.text.clone().unwrap_or_default();
        let words = words(across, answer, style);
        match found.iter_mut().find(|group| group.text == text && group.after == after) {
            Some(group) => group.bodies.push(words),
            None => found.push(Group { text, bodies: vec![words], after }),
        }
    }
    found
}

/// What stood before, or stands in its place now.
fn after(answer: &Answer) -> Option<String> {
    match (answer.holds, &answer.before, &answer.now) {
        (Holds::NoLonger, _, Some(now)) => Some(format!("now: “{now}”")),
        (Holds::NoLonger, _, None) => Some("now: nothing in its place".to_owned()),
        (_, Some(before), _) => Some(format!("before: “{before}”")),
        _ => None,
    }
}

fn words(across: &Across, answer: &Answer, style: &Style) -> String {
    let voice = answer.voice.and_then(|n| across.voices.get(n));
    let mut words = answer.body.clone();
    if let Some(until) = answer.until {
        let _ = write!(words, ", until {}", between(until, style));
    } else if let Some(from) = answer.since {
        let source = voice.map_or(Origin::Own, |voice| voice.source);
        let _ = write!(words, ", {}", since(from, source, style));
    }
    words.push_str(&answer.voice.map_or_else(String::new, |voice| away(across, voice, style)));
    words
}

fn head(saying: &Saying, holds: Holds, head: &str) -> Option<String> {
    let count = saying.bodies.iter().filter(|answer| answer.holds == holds).count();
    (count > 0).then(|| format!("{head}: {count} of {}", saying.bodies.len()))
}

/// What was asked, as a title.
pub fn saying_title(saying: &Saying) -> String {
    format!("Who says “{}”, and since when", saying.asked)
}

/// For a terminal.
pub fn saying_text(across: &Across, saying: &Saying, style: &Style) -> String {
    let mut out = String::new();
    for (holds, name) in GROUPS {
        let Some(head) = head(saying, holds, name) else { continue };
        let gap = if out.is_empty() { "" } else { "\n" };
        let _ = writeln!(out, "{gap}{}", head.to_uppercase());
        for group in groups(across, saying, holds, style) {
            if group.text.is_empty() {
                push(&mut out, 2, &group.bodies.join("; "), style);
                continue;
            }
            push(&mut out, 2, &format!("“{}”", group.text), style);
            for words in group.bodies.iter().chain(&group.after) {
                push(&mut out, 6, words, style);
            }
        }
    }
    out
}

/// In Markdown. Its times are UTC: it is read by many.
pub fn saying_markdown(across: &Across, saying: &Saying) -> String {
    let (e, style) = (escape::markdown, &Style::default());
    let mut out = format!("## {}\n", e(&saying_title(saying)));
    for (holds, name) in GROUPS {
        let Some(head) = head(saying, holds, name) else { continue };
        let _ = write!(out, "\n### {head}\n\n");
        for group in groups(across, saying, holds, style) {
            if !group.text.is_empty() {
                let _ = writeln!(out, "> {}\n", e(&group.text));
            }
            for words in group.bodies.iter().chain(&group.after) {
                let _ = writeln!(out, "- {}", e(words));
            }
            out.push('\n');
        }
    }
    out
}

/// As a whole document. Its times are UTC: it is read by many.
pub fn saying_html(across: &Across, saying: &Saying) -> String {
    let (e, style) = (escape::html, &Style::default());
    let mut out = String::new();
    for (holds, name) in GROUPS {
        let Some(head) = head(saying, holds, name) else { continue };
        let _ = writeln!(out, "<h2>{}</h2>", e(&head));
        for group in groups(across, saying, holds, style) {
            if !group.text.is_empty() {
                let _ = writeln!(out, "<blockquote>{}</blockquote>", e(&group.text));
            }
            out.push_str("<ul>");
            for words in group.bodies.iter().chain(&group.after) {
                let _ = write!(out, "<li>{}</li>", e(words));
            }
            out.push_str("</ul>\n");
        }
    }
    html::document(&saying_title(saying), &out)
}
