//! `latest.txt`: the wording now, one sentence a line, so that `git diff` is a redline. Pure, and one way: nothing
//! is read back from it. Above the last wording of a page that is gone a line says so.

use std::fmt::Write;

use crate::model::{Block, BlockKind, Statement, TargetState};

/// A statement as lines: headings `## `, items `- `, quotations `> `, an empty line between blocks (not between the
/// items of a list), site-wide notices last, after `[banner]`.
pub(crate) fn render(statement: &Statement) -> String {
    let mut out = String::new();
    blocks(&mut out, &statement.content);
    if !statement.banner.is_empty() {
        gap(&mut out);
        out.push_str("[banner]\n");
        blocks(&mut out, &statement.banner);
    }
    out
}

/// The lines above a wording that say that its page is not there any more; nothing while it is there, or cannot be read.
pub(crate) fn gone(state: &TargetState) -> String {
    state.gone_from.map_or_else(String::new, |from| {
        format!("[gone since {from:.0}; the words below are the last that were read]\n\n")
    })
}

/// Whether a line is one that says that the page is gone: no sentence stands there like that.
pub(crate) fn says_gone(line: &[u8]) -> bool {
    line.starts_with(b"[gone since ")
}

fn gap(out: &mut String) {
    if !out.is_empty() {
        out.push('\n');
    }
}

fn blocks(out: &mut String, blocks: &[Block]) {
    let mut before = None;
    for block in blocks {
        if (before, block.kind) != (Some(BlockKind::Item), BlockKind::Item) {
            gap(out);
        }
        let (first, rest) = match block.kind {
            BlockKind::Heading => ("## ", "## "),
            BlockKind::Item => ("- ", "  "),
            BlockKind::Quote => ("> ", "> "),
            BlockKind::Paragraph | BlockKind::Row | BlockKind::Other => ("", ""),
        };
        for (i, sentence) in block.sentences.iter().enumerate() {
            out.push_str(if i == 0 { first } else { rest });
            // A sentence may begin with a mark of ours; a backslash tells it apart.
            if ["#", "- ", "> ", "[banner]", "[gone", "\\"].iter().any(|mark| sentence.text.starts_with(mark))
            {
                out.push('\\');
            }
            visible(out, &sentence.text);
            out.push('\n');
        }
        before = Some(block.kind);
    }
}

/// Words with what cannot be seen made visible: control codes, bidi overrides, marks and separators, as `\u{202e}`.
fn visible(out: &mut String, text: &str) {
    for c in text.chars() {
        let hidden = c.is_control()
            || matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}')
            || matches!(c, '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}');
        if hidden {
            // Writing to a string cannot fail.
            let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
        } else {
            out.push(c);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Sentence;

    fn block(kind: BlockKind, sentences: &[&str]) -> Block {
        let sentences =
            sentences.iter().map(|s| Sentence { text: (*s).to_owned(), ..Sentence::default() }).collect();
        Block { kind, sentences, ..Block::default() }
    }

    #[test]
    fn a_statement_reads_one_sentence_a_line() {
        let statement = Statement {
            content: vec![
                block(BlockKind::Heading, &["Cyber incident"]),
                block(BlockKind::Paragraph, &["We are investigating.", "No data was taken."]),
                block(BlockKind::Item, &["Call us.", "Lines are open."]),
                block(BlockKind::Item, &["Write to us."]),
            ],
            banner: vec![block(BlockKind::Paragraph, &["Phones are down."])],
            ..Statement::default()
        };
        assert_eq!(
            render(&statement),
            "## Cyber incident\n\nWe are investigating.\nNo data was taken.\n\n- Call us.\n  Lines are open.\n\
             - Write to us.\n\n[banner]\n\nPhones are down.\n"
        );
    }

    #[test]
    fn words_cannot_pass_for_marks_or_hide_themselves() {
        let statement = Statement {
            content: vec![block(
                BlockKind::Paragraph,
                &["[banner]", "[gone since Monday]", "safe\u{202e}tfel\u{1b}[2J", "## no heading"],
            )],
            ..Statement::default()
        };
        assert_eq!(
            render(&statement),
            "\\[banner]\n\\[gone since Monday]\nsafe\\u{202e}tfel\\u{1b}[2J\n\\## no heading\n"
        );
    }
}
