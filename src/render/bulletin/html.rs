//! Bulletins as HTML for mail and feeds: no table, no colour that says something alone, and "removed" and "added" as
//! words, since many who listen to a page are not told of `del` and `ins`.

use std::fmt::Write as _;

use super::{Bulletin, Line};
use crate::render::{Detail, Style, escape, marks::Run, prose::Sign};

/// Bulletins as a fragment of HTML that needs no style sheet, each under a heading of the level.
pub fn bulletins_html(bulletins: &[Bulletin<'_>], heading: u8, detail: Detail) -> String {
    let style = Style { detail, ..Style::default() };
    bulletins.iter().map(|bulletin| one(bulletin, heading.clamp(1, 6), &style)).collect()
}

fn one(bulletin: &Bulletin<'_>, heading: u8, style: &Style) -> String {
    let e = escape::html;
    let mut out = format!("<h{heading}>{}: {}</h{heading}>\n", bulletin.level(), e(&bulletin.title()));
    // Writing into a string does not fail.
    for line in bulletin.lines(style) {
        let _ = match line {
            Line::Says(words) => writeln!(out, "<p>{}</p>", e(&words)),
            Line::Title(words) => writeln!(out, "<p><strong>{}</strong></p>", e(&words)),
            Line::Words(sign, runs) => writeln!(out, "<p>{}: {}</p>", sign.word(), marked(sign, &runs)),
            Line::Because(words) => writeln!(out, "<p><em>because {}</em></p>", e(&words)),
            // An address is shown, not linked: nothing says that it is safe to follow.
            Line::Address(body, url) => writeln!(out, "<p>{}: <code>{}</code></p>", e(&body), e(&url)),
            Line::Command(command) => writeln!(out, "<p><code>{}</code></p>", e(&command)),
        };
    }
    out
}

/// The words of a side; what changed within them stands in an element of its own.
fn marked(sign: Sign, runs: &[Run]) -> String {
    let tag = match sign {
        Sign::Old => "del",
        Sign::New => "ins",
        Sign::Moved | Sign::Same => "span",
    };
    let whole = runs.iter().all(|run| !run.changed);
    let run = |run: &Run| {
        let words = escape::html(&run.text);
        if run.changed || whole { format!("<{tag}>{words}</{tag}>") } else { words }
    };
    runs.iter().map(run).collect()
}
