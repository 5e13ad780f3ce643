//! What a page said: a statement by itself as Markdown and HTML, and the line that says when it stood.
//!
//! Not here: how two of them differ (`compared`), `latest.txt` (`store`).

use std::fmt::Write as _;

use jiff::Timestamp;

use super::{Style, escape, html, paragraph, when};
use crate::model::{Between, Block, BlockKind, SnapshotId, Statement, Subject, Why};

/// When a wording stood.
#[derive(Debug, Clone)]
pub struct Stood<'a> {
    /// The target.
    pub subject: &'a Subject,
    /// The snapshot that holds the words.
    pub snapshot: &'a SnapshotId,
    /// When it was first read.
    pub since: Timestamp,
    /// When it was last read, up to the moment that was asked about.
    pub read: Timestamp,
    /// Between which two moments other words came.
    pub gave_way: Option<Between>,
    /// At that moment the page could not be read: since when, and why.
    pub away: Option<(Timestamp, Why)>,
}

/// The line that says which snapshot it is and when it stood, for a terminal.
pub fn stood(stood: &Stood<'_>, style: &Style) -> String {
    paragraph(&line(stood, style), style)
}

fn line(stood: &Stood<'_>, style: &Style) -> String {
    let at = |moment| when::dated(moment, style);
    let mut line = format!("{}@{}: read from {}", stood.subject, stood.snapshot, at(stood.since));
    if stood.read > stood.since {
        let _ = write!(line, " to {}", at(stood.read));
    }
    if let Some((since, why)) = stood.away {
        let what = if why.is_absence() { "was not there" } else { "could not be read" };
        let _ = write!(line, "; then the page {what}, from {} on ({why})", at(since));
    }
    if let Some(Between(from, to)) = stood.gave_way {
        let _ = match from {
            Some(from) => write!(line, "; other words came between {} and {}", at(from), at(to)),
            None => write!(line, "; other words came by {}", at(to)),
        };
    }
    line + "."
}

/// A statement in Markdown. Its times are UTC: it is read by many.
pub fn statement_markdown(statement: &Statement, stood: &Stood<'_>) -> String {
    let e = escape::markdown;
    let mut out = format!("### {}\n\n{}\n", e(&title(statement, stood)), e(&line(stood, &Style::default())));
    for (blocks, is_banner) in [(&statement.content, false), (&statement.banner, true)] {
        if is_banner && !blocks.is_empty() {
            let _ = writeln!(out, "\nBeside it, to all visitors:");
        }
        let mut before = None;
        for block in blocks {
            if (before, block.kind) != (Some(BlockKind::Item), BlockKind::Item) {
                out.push('\n');
            }
            let mark = match block.kind {
                BlockKind::Heading => "#### ",
                BlockKind::Item => "- ",
                BlockKind::Quote => "> ",
                BlockKind::Paragraph | BlockKind::Row | BlockKind::Other => "",
            };
            let _ = writeln!(out, "{mark}{}", e(&block.text()));
            before = Some(block.kind);
        }
    }
    out
}

/// A statement as a whole document. Its times are UTC: it is read by many.
pub fn statement_html(statement: &Statement, stood: &Stood<'_>) -> String {
    let mut out = format!("<p>{}</p>\n", escape::html(&line(stood, &Style::default())));
    blocks(&mut out, &statement.content);
    if !statement.banner.is_empty() {
        out.push_str("<h2>Beside it, to all visitors</h2>\n");
        blocks(&mut out, &statement.banner);
    }
    html::document(&title(statement, stood), &out)
}

fn blocks(out: &mut String, blocks: &[Block]) {
    for run in blocks.chunk_by(|a, b| (a.kind, b.kind) == (BlockKind::Item, BlockKind::Item)) {
        let is_list = run.first().is_some_and(|block| block.kind == BlockKind::Item);
        out.push_str(if is_list { "<ul>\n" } else { "" });
        for block in run {
            let name = match block.kind {
                BlockKind::Heading => "h2",
                BlockKind::Item => "li",
                BlockKind::Quote => "blockquote",
                BlockKind::Paragraph | BlockKind::Row | BlockKind::Other => "p",
            };
            let _ = writeln!(out, "<{name}>{}</{name}>", escape::html(&block.text()));
        }
        out.push_str(if is_list { "</ul>\n" } else { "" });
    }
}

fn title(statement: &Statement, stood: &Stood<'_>) -> String {
    statement.title.clone().unwrap_or_else(|| stood.subject.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Sentence;

    fn statement() -> Statement {
        let block = |kind, text: &str| Block {
            kind,
            sentences: vec![Sentence { text: text.to_owned(), ..Sentence::default() }],
            ..Block::default()
        };
        Statement {
            title: Some("Incident <update>".to_owned()),
            content: vec![
                block(BlockKind::Heading, "What we know"),
                block(BlockKind::Paragraph, "No data was *copied*. <script>"),
                block(BlockKind::Item, "Call us"),
                block(BlockKind::Item, "Write to us"),
            ],
            banner: vec![block(BlockKind::Paragraph, "Phones are down.")],
            ..Statement::default()
        }
    }

    fn when<'a>(subject: &'a Subject, snapshot: &'a SnapshotId) -> Stood<'a> {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        Stood {
            subject,
            snapshot,
            since: at("2024-01-18T09:00:00Z"),
            read: at("2024-01-18T17:00:00Z"),
            gave_way: Some(Between(Some(at("2024-01-18T17:00:00Z")), at("2024-01-19T08:00:00Z"))),
            away: Some((at("2024-01-18T18:00:00Z"), Why::Connect)),
        }
    }

    #[test]
    fn it_says_when_the_words_were_read_and_when_not() {
        let (page, id) = ("wantsum".parse().unwrap(), "20240118T090000Z-0123abcd".parse().unwrap());
        let style = Style { width: 1000, ..Style::default() };
        assert_eq!(
            stood(&when(&page, &id), &style).trim_end(),
            "wantsum@20240118T090000Z-0123abcd: read from 18 Jan 2024, 09:00 UTC to 18 Jan 2024, 17:00 UTC; then the \
             page could not be read, from 18 Jan 2024, 18:00 UTC on (connect); other words came between 18 Jan 2024, 17:00 \
             UTC and 19 Jan 2024, 08:00 UTC."
        );
        let still = Stood { gave_way: None, away: None, ..when(&page, &id) };
        let still = Stood { read: still.since, ..still };
        assert_eq!(
            stood(&still, &style).trim_end(),
            "wantsum@20240118T090000Z-0123abcd: read from 18 Jan 2024, 09:00 UTC."
        );
    }

    #[test]
    fn words_of_the_page_stay_words() {
        let (page, id) = ("wantsum".parse().unwrap(), "20240118T090000Z-0123abcd".parse().unwrap());
        let html = statement_html(&statement(), &when(&page, &id));
        assert!(html.contains("<h1>Incident &lt;update&gt;</h1>") && !html.contains("<script>"), "{html}");
        assert!(html.contains("<ul>\n<li>Call us</li>\n<li>Write to us</li>\n</ul>"), "{html}");
        assert!(html.contains("<h2>Beside it, to all visitors</h2>\n<p>Phones are down.</p>"), "{html}");
        let markdown = statement_markdown(&statement(), &when(&page, &id));
        assert!(
            markdown.contains("#### What we know\n\nNo data was \\*copied\\*\\. &lt;script&gt;\n"),
            "{markdown}"
        );
        assert!(markdown.contains("\n- Call us\n- Write to us\n"), "{markdown}");
    }
}
