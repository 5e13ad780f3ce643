//! A change as two sides of runs, changed and unchanged: what every format marks in its own way.
//!
//! Spans come from outside (an event file may be edited by hand), so they are clamped, never trusted.

use crate::model::{Change, Span};

/// Words that are all changed or all unchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    /// The words, not escaped.
    pub(super) text: String,
    /// Whether they differ from the other side.
    pub(super) changed: bool,
}

/// Unchanged words between two changed ones are shown as changed when they are no longer than this: a reader
/// takes in one mark more easily than two.
const NEAR: usize = 4;
/// An unchanged run longer than this is shortened in a brief rendering.
const LONG: usize = 240;
/// What is kept of it at each end.
const KEPT: usize = 90;

/// The two sides of a change. A side that differs as a whole is one unchanged run: its sign says it all.
pub(super) fn sides(change: &Change) -> (Vec<Run>, Vec<Run>) {
    let before = runs(&change.before.join(" "), change.spans.iter().filter_map(|s| s.before));
    let after = runs(&change.after.join(" "), change.spans.iter().filter_map(|s| s.after));
    (before, after)
}

fn runs(text: &str, spans: impl Iterator<Item = Span>) -> Vec<Run> {
    let chars: Vec<char> = text.chars().collect();
    let mut changed: Vec<bool> = vec![false; chars.len()];
    for span in spans {
        let end = span.1.min(chars.len());
        for flag in changed.get_mut(span.0.min(end)..end).into_iter().flatten() {
            *flag = true;
        }
    }
    let mut runs: Vec<Run> = Vec::new();
    for (c, changed) in chars.into_iter().zip(changed) {
        match runs.last_mut() {
            Some(run) if run.changed == changed => run.text.push(c),
            _ => runs.push(Run { text: c.to_string(), changed }),
        }
    }
    whole(trim(join(runs)))
}

/// Joins changed runs across a short stretch between them.
fn join(runs: Vec<Run>) -> Vec<Run> {
    let last = runs.len().saturating_sub(1);
    let mut out: Vec<Run> = Vec::new();
    for (i, mut run) in runs.into_iter().enumerate() {
        let near = run.text.chars().count() <= NEAR || !run.text.chars().any(char::is_alphanumeric);
        if !run.changed && i != 0 && i != last && near {
            run.changed = true;
        }
        push(&mut out, run);
    }
    out
}

/// Moves white space at the edge of a changed run out of it.
fn trim(runs: Vec<Run>) -> Vec<Run> {
    let mut out = Vec::new();
    for run in runs {
        let inner = run.text.trim();
        if !run.changed || inner.is_empty() {
            push(&mut out, Run { changed: false, ..run });
            continue;
        }
        let head = run.text.len() - run.text.trim_start().len();
        let tail = head + inner.len();
        for (text, changed) in [(&run.text[..head], false), (inner, true), (&run.text[tail..], false)] {
            if !text.is_empty() {
                push(&mut out, Run { text: text.to_owned(), changed });
            }
        }
    }
    out
}

fn whole(mut runs: Vec<Run>) -> Vec<Run> {
    if let [only] = runs.as_mut_slice() {
        only.changed = false;
    }
    runs
}

fn push(out: &mut Vec<Run>, run: Run) {
    match out.last_mut() {
        Some(last) if last.changed == run.changed => last.text.push_str(&run.text),
        _ => out.push(run),
    }
}

/// The characters of a span, as far as they are there.
pub(super) fn cut(chars: &[char], span: Option<Span>) -> String {
    let Some(Span(start, end)) = span else { return String::new() };
    let end = end.min(chars.len());
    chars.get(start.min(end)..end).unwrap_or_default().iter().collect()
}

/// Leaves out the middle of long unchanged stretches, at spaces.
pub(super) fn shorten(runs: Vec<Run>) -> Vec<Run> {
    let (only, last) = (runs.len() == 1, runs.len().saturating_sub(1));
    let cut = |(i, run): (usize, Run)| {
        if run.changed || only || run.text.chars().count() <= LONG {
            return run;
        }
        let head = if i == 0 { "" } else { head(&run.text, KEPT) };
        let tail = if i == last { "" } else { tail(&run.text, KEPT) };
        Run { text: format!("{head} […] {tail}"), changed: false }
    };
    runs.into_iter().enumerate().map(cut).collect()
}

/// As many words as `most` and `room` allow, which then has so many less; a sign stands where they go on.
pub(super) fn within(runs: Vec<Run>, most: usize, room: &mut usize) -> Vec<Run> {
    let mut left = most.min(*room);
    let mut out = Vec::new();
    for run in runs {
        let count = run.text.chars().count();
        if count <= left {
            left -= count;
            *room -= count;
            out.push(run);
            continue;
        }
        let text = format!("{} […]", head(&run.text, left));
        *room -= left;
        out.push(Run { text, ..run });
        break;
    }
    out
}

/// How a text begins, in about `most` characters, with a sign where it goes on.
pub(super) fn beginning(runs: &[Run], most: usize) -> Vec<Run> {
    let text: String = runs.iter().map(|r| r.text.as_str()).collect();
    let shown = head(&text, most);
    let text = if shown.len() < text.len() { format!("{shown} […]") } else { text };
    if text.is_empty() { Vec::new() } else { vec![Run { text, changed: false }] }
}

/// The first words of a text, about `most` characters.
pub(super) fn head(text: &str, most: usize) -> &str {
    let end = text.char_indices().nth(most).map_or(text.len(), |(i, _)| i);
    let cut = &text[..end];
    if end == text.len() { cut } else { cut.rfind(' ').map_or(cut, |i| &cut[..i]) }
}

fn tail(text: &str, most: usize) -> &str {
    let count = text.chars().count();
    let start = text.char_indices().nth(count.saturating_sub(most)).map_or(0, |(i, _)| i);
    let cut = &text[start..];
    cut.find(' ').map_or(cut, |i| &cut[i + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, spans: &[(usize, usize)]) -> String {
        let mark = |r: Run| if r.changed { format!("<{}>", r.text) } else { r.text };
        runs(text, spans.iter().map(|&(a, b)| Span(a, b))).into_iter().map(mark).collect()
    }

    #[test]
    fn spans_are_counted_in_scalar_values() {
        assert_eq!(shown("Mae’r ŵyl yn cau heddiw", &[(6, 9)]), "Mae’r <ŵyl> yn cau heddiw");
    }

    #[test]
    fn near_marks_join_and_spaces_stay_outside() {
        assert_eq!(
            shown("none of it has been taken at all", &[(0, 4), (7, 11)]),
            "<none of it> has been taken at all"
        );
        assert_eq!(shown("data was read at this stage", &[(13, 27)]), "data was read <at this stage>");
    }

    #[test]
    fn spans_that_lie_do_no_harm() {
        assert_eq!(shown("abc", &[(2, 1), (9, 12), (usize::MAX, usize::MAX)]), "abc");
        assert_eq!(shown("", &[(0, 5)]), "");
        assert_eq!(shown("all new", &[(0, 7)]), "all new");
    }

    #[test]
    fn what_stands_far_from_an_edit_is_left_out() {
        let text = format!("{}not{}", "aaaa ".repeat(100), " bbbb".repeat(100));
        let runs = shorten(runs(&text, [Span(500, 503)].into_iter()));
        let line: String = runs.iter().map(|r| r.text.as_str()).collect();
        assert!(
            line.starts_with(" […] aaaa") && line.ends_with("bbbb […] ") && line.chars().count() < 220,
            "{line}"
        );
    }
}
