//! The few lines around a fault, made safe to show: escape codes and characters that turn the direction of
//! writing are spelt out, secrets are starred, long lines are cut.
//!
//! Not here: colours and frames, which are miette's.

use std::{fmt::Write as _, ops::Range, sync::Arc};

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use crate::render::escape::is_unseen;

/// The most characters of a line that are shown.
const WIDTH: usize = 96;
/// How many characters before the place are kept when a line is cut.
const BEFORE: usize = 32;

/// A text and what is known of it.
pub(super) struct Page<'t> {
    pub(super) text: &'t str,
    /// Where each line starts.
    pub(super) lines: &'t [usize],
    /// What must not be shown, sorted.
    pub(super) hidden: &'t [Range<usize>],
}

/// Up to three lines of a text, and a place in the one that is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Excerpt {
    name: Arc<str>,
    text: String,
    first_line: usize,
    /// The line of the place, from 0.
    pub(super) line: usize,
    /// Its column in characters, from 0.
    pub(super) column: usize,
    /// The place, in bytes of the excerpt.
    pub(super) span: Range<usize>,
}

impl Page<'_> {
    /// The lines around a place. A place of several lines is shown by its first.
    pub(super) fn excerpt(&self, name: &Arc<str>, at: Range<usize>) -> Excerpt {
        let line = self.lines.partition_point(|start| *start <= at.start).saturating_sub(1);
        let bounds = self.bounds(line);
        let start = at.start.clamp(bounds.start, bounds.end);
        let end = at.end.clamp(start, bounds.end);
        let column = self.text.get(bounds.start..start).map_or(0, |s| s.chars().count());
        let mut shown = String::new();
        let first_line = line.saturating_sub(1);
        if first_line < line {
            self.show(&mut shown, self.bounds(first_line), 0..0);
            shown.push('\n');
        }
        let span = self.show(&mut shown, bounds, start..end);
        if line + 1 < self.lines.len() {
            let next = self.bounds(line + 1);
            if !next.is_empty() {
                shown.push('\n');
                self.show(&mut shown, next, 0..0);
            }
        }
        Excerpt { name: Arc::clone(name), text: shown, first_line, line, column, span }
    }

    /// A line without its end.
    fn bounds(&self, line: usize) -> Range<usize> {
        let start = self.lines.get(line).copied().unwrap_or(self.text.len());
        let end = self.lines.get(line + 1).map_or(self.text.len(), |next| next - 1);
        let cut = self.text.get(start..end).is_some_and(|s| s.ends_with('\r'));
        start..end - usize::from(cut)
    }

    /// Writes a line, cut to its width, and says where in `out` the place came to stand.
    fn show(&self, out: &mut String, line: Range<usize>, place: Range<usize>) -> Range<usize> {
        let text = self.text.get(line.clone()).unwrap_or_default();
        let mut from = line.start;
        let lead = self.text.get(line.start..place.start).unwrap_or_default();
        // Few lines are long: the count stops at the width.
        if lead.chars().nth(WIDTH - BEFORE).is_some() {
            from = lead.char_indices().rev().nth(BEFORE).map_or(from, |(i, _)| line.start + i);
            out.push('…');
        }
        let mut span = out.len()..out.len();
        let mut room = WIDTH;
        let mut starred = None;
        for (i, c) in text.get(from - line.start..).unwrap_or_default().char_indices() {
            let i = from + i;
            if i <= place.start {
                span = out.len()..out.len();
            }
            if room == 0 {
                out.push('…');
                break;
            }
            room -= 1;
            match self.hidden_at(i) {
                Some(n) if starred == Some(n) => {}
                Some(n) => {
                    starred = Some(n);
                    out.push_str("***");
                }
                None => push_shown(out, c),
            }
            if i < place.end {
                span.end = out.len();
            }
        }
        if from + text.len() <= place.start {
            span = out.len()..out.len();
        }
        span
    }

    fn hidden_at(&self, at: usize) -> Option<usize> {
        let n = self.hidden.partition_point(|range| range.start <= at).checked_sub(1)?;
        self.hidden.get(n).is_some_and(|range| range.contains(&at)).then_some(n)
    }
}

fn push_shown(out: &mut String, c: char) {
    if c == '\t' {
        out.push_str("    ");
    } else if is_unseen(c) {
        // Writing to a String cannot fail.
        let _ = write!(out, "{}", c.escape_unicode());
    } else {
        out.push(c);
    }
}

/// A sentence of ours in which words of the file may stand, safe to show.
pub(super) fn safe(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|c| push_shown(&mut out, c));
    out
}

/// A piece of the file within a sentence of ours: at most sixty characters, safe to show.
pub(super) fn shown(text: &str) -> String {
    let mut out = String::new();
    for (n, c) in text.chars().enumerate() {
        if n == 60 {
            out.push('…');
            break;
        }
        push_shown(&mut out, c);
    }
    out
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        // Asked without lines around it, the question is where the place stands in the file.
        let (line, column) = if before == 0 { (self.line, self.column) } else { (self.first_line, 0) };
        let whole = SourceSpan::from(0..self.text.len());
        let (data, at) = if before == 0 { ("", *span) } else { (self.text.as_str(), whole) };
        let lines = self.text.lines().count();
        let name = self.name.to_string();
        Ok(Box::new(MietteSpanContents::new_named(name, data.as_bytes(), at, line, column, lines)))
    }
}
