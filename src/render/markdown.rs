//! Events as Markdown, for issues, step summaries and mails: `CommonMark`, with GitHub's tables left aside.
//!
//! Words of the pages stand in fenced `diff` blocks, where nothing can become markup, a link or a mention; the
//! few that stand outside are escaped.

use std::fmt::Write as _;

use super::{
    Detail, Style, escape,
    marks::Run,
    prose::{self, Sign, WHOLE},
};
use crate::model::{Change, Event, Level};

/// An event, as a section. Its times are UTC: it is read by many.
pub fn markdown(event: &Event, detail: Detail) -> String {
    let (e, style) = (escape::markdown, &Style { detail, ..Style::default() });
    let mut out = format!("### {}: {}\n\n", level(event.level), e(&event.headline));
    let _ = writeln!(out, "**{}**, `{}`  ", e(&event.body), event.target);
    let _ = writeln!(out, "{}", e(&prose::interval(event, style)));
    for sentence in prose::details(event, style) {
        let _ = writeln!(out, "\n{}", e(&sentence));
    }
    out.push('\n');
    let show = prose::show_command(event);
    places(&mut out, &event.changes, style, &show);
    if let Some(advice) = prose::advice(event) {
        let _ = writeln!(out, "To do: {}\n", e(advice));
    }
    let _ = writeln!(out, "{}  \n`{show}`", code(&event.url));
    out
}

/// Changes without an event.
pub fn changes_markdown(changes: &[Change], style: &Style) -> String {
    let mut out = String::new();
    places(&mut out, changes, style, WHOLE);
    out
}

fn places(out: &mut String, changes: &[Change], style: &Style, how: &str) {
    let (shown, left) = prose::places(changes, style);
    for change in shown {
        let title = prose::title(change);
        if !title.is_empty() {
            let _ = writeln!(out, "{}:\n", escape::markdown(&title));
        }
        let lines: Vec<String> =
            prose::lines(change, style).into_iter().map(|(sign, runs)| line(sign, &runs)).collect();
        let text = lines.concat();
        let fence = fence(&text, 3);
        let _ = writeln!(out, "{fence}diff\n{text}{fence}\n");
        let because = prose::because(change);
        if !because.is_empty() {
            let _ = writeln!(out, "because {}\n", escape::markdown(&because));
        }
    }
    if let Some(left) = prose::left(left, how) {
        let _ = writeln!(out, "{}\n", escape::markdown(&left));
    }
}

fn line(sign: Sign, runs: &[Run]) -> String {
    let (open, close) = sign.marks();
    let mut out = format!("{} ", sign.char());
    for run in runs {
        let words = escape::terminal(&run.text);
        if run.changed {
            let _ = write!(out, "{open}{words}{close}");
        } else {
            out.push_str(&words);
        }
    }
    out.push('\n');
    out
}

/// More backticks than any run of them in the text (`CommonMark` 0.31, 4.5 and 6.1).
fn fence(text: &str, least: usize) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    "`".repeat(least.max(longest + 1))
}

fn code(text: &str) -> String {
    let text = escape::terminal(text);
    let fence = fence(&text, 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Alert => "ALERT",
        Level::Note => "Note",
        Level::Silent => "Silent",
    }
}
