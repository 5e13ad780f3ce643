//! What stands within a text beside its words: marks of notes ("1,200*", "[2]"), what is said of a link ("(PDF, 2 MB)").
//!
//! Not here: the same in elements of their own (`notes`).

use std::ops::Range;

use super::raw::Raw;
use crate::read::html::notes::{is_said_of_links, is_unit};

/// How such begin.
const MARKS: [char; 15] = ['(', '[', '*', '†', '‡', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '⁰'];

/// A longer remark in brackets says more.
const LONGEST: usize = 48;

/// Takes it out of a block, whose links keep their words.
pub(in crate::read) fn strip(block: &mut Raw) {
    let parted = || !block.links.is_empty() && block.text.contains([',', '-', '–', '|']);
    if !block.text.contains(MARKS) && !parted() {
        return;
    }
    let mut gone = ranges(&block.text);
    // Those of two links never overlap, as links do not.
    let is_free = |tail: &Range<usize>| {
        let after = gone.partition_point(|range| range.end <= tail.start);
        gone.get(after).is_none_or(|range| tail.end <= range.start)
    };
    let tails = block.links.iter().filter_map(|(at, _)| tail(&block.text, at)).filter(is_free);
    let tails: Vec<_> = tails.collect();
    gone.extend(tails);
    gone.sort_unstable_by_key(|range| range.start);
    let left = block.text.len() - gone.iter().map(Range::len).sum::<usize>();
    if gone.is_empty() || left == 0 {
        return;
    }
    let mut text = String::with_capacity(left);
    let mut done = 0;
    for range in &gone {
        text.push_str(block.text.get(done..range.start).unwrap_or_default());
        done = range.end;
    }
    text.push_str(block.text.get(done..).unwrap_or_default());
    if !text.chars().any(char::is_alphanumeric) {
        return;
    }
    // How much is gone up to the end of each range.
    let sums: Vec<usize> = gone
        .iter()
        .scan(0, |sum, range| {
            *sum += range.len();
            Some(*sum)
        })
        .collect();
    let moved = |at: usize| {
        let begun = gone.partition_point(|range| range.start < at);
        let Some(last) = begun.checked_sub(1) else { return at };
        let whole = last.checked_sub(1).and_then(|n| sums.get(n)).copied().unwrap_or(0);
        let within = gone.get(last).map_or(0, |range| range.end.min(at) - range.start);
        at - whole - within
    };
    block.links.iter_mut().for_each(|link| link.0 = moved(link.0.start)..moved(link.0.end));
    block.links.retain(|link| !link.0.is_empty());
    block.text = text;
}

/// The places of such in a text, in order, each with the space before it.
fn ranges(text: &str) -> Vec<Range<usize>> {
    let mut gone: Vec<Range<usize>> = Vec::new();
    let mut until = 0;
    for (at, c) in text.char_indices().filter(|(_, c)| MARKS.contains(c)) {
        if at < until {
            continue;
        }
        let rest = text.get(at..).unwrap_or_default();
        let before = text.get(..at).unwrap_or_default();
        let length = match c {
            '(' | '[' => bracketed(rest, before),
            '*' | '†' | '‡' => starred(rest, before, c),
            _ => raised(rest, before),
        };
        if let Some(length) = length {
            let start = if matches!(c, '(' | '[') { before.trim_end().len() } else { at };
            until = at + length;
            gone.push(start.max(gone.last().map_or(0, |range| range.end))..until);
        }
    }
    gone
}

/// What a link ends in behind a dash or a comma, where that says what file it is: "Our letter - PDF".
fn tail(text: &str, link: &Range<usize>) -> Option<Range<usize>> {
    let words = text.get(link.clone())?;
    let at = [" - ", " – ", " | ", ", "].iter().filter_map(|parts| Some((words.find(parts)?, parts.len())));
    let (at, length) = at.min()?;
    let said = words.get(at + length..)?;
    (at > 0 && is_said_of_links(said)).then_some(link.start + at..link.end)
}

/// How long a remark in brackets is that says how a link opens, or is the number of a note.
fn bracketed(rest: &str, before: &str) -> Option<usize> {
    let near = rest.char_indices().take_while(|(at, _)| *at <= LONGEST);
    let end = near.filter(|(_, c)| matches!(c, ')' | ']')).map(|(at, _)| at).next()?;
    let inner = rest.get(1..end)?;
    let note =
        rest.starts_with('[') && (1..=3).contains(&inner.len()) && inner.bytes().all(|b| b.is_ascii_digit());
    let said = note || is_said_of_links(inner);
    (said && before.chars().any(char::is_alphanumeric)).then_some(end + 1)
}

/// How long a run of stars is that ends a word: one or two, and no more of the word behind them.
fn starred(rest: &str, before: &str, star: char) -> Option<usize> {
    let stars = rest.chars().take_while(|c| *c == star).take(3).count();
    let few = stars <= 2;
    let length = stars * star.len_utf8();
    let follows = before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '%' | ')' | '.' | '”' | '"'));
    let ended = !rest.get(length..)?.starts_with(|c: char| c.is_alphanumeric() || c == star);
    (few && follows && ended).then_some(length)
}

/// How long a run of raised figures is that ends a word and makes no unit or power of it: "1,200²", and not "40 m²".
fn raised(rest: &str, before: &str) -> Option<usize> {
    let is_raised = |c: char| MARKS.get(5..).is_some_and(|raised| raised.contains(&c));
    let length = rest.chars().take_while(|c| is_raised(*c)).take(LONGEST).map(char::len_utf8).sum();
    let ended = !rest.get(length..)?.starts_with(char::is_alphanumeric);
    let follows = before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '%' | ')' | '.' | '”' | '"'));
    (follows && ended && !is_unit(before)).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_words_stay() {
        for (text, left) in [
            ("Data of 1,200* customers was taken.[2]", "Data of 1,200 customers was taken."),
            ("Read the statement (PDF, 212 KB).", "Read the statement."),
            ("Data of 1,200² people, on 40 m².", "Data of 1,200 people, on 40 m²."),
            ("It is open (opens in new tab) now", "It is open now"),
            (
                "* Figures at noon. [Update] f*** 2*3 (212 people)",
                "* Figures at noon. [Update] f*** 2*3 (212 people)",
            ),
        ] {
            let mut block = Raw { text: text.to_owned(), ..Raw::default() };
            strip(&mut block);
            assert_eq!(block.text, left);
        }
    }

    #[test]
    fn a_megabyte_of_marks_is_looked_at_once() {
        for mark in ["(", "*", "[1", "(a) ", "[] "] {
            let text = mark.repeat(1_000_000 / mark.len());
            let mut block = Raw { text: text.clone(), ..Raw::default() };
            strip(&mut block);
            assert_eq!(block.text, text, "{mark}");
        }
        let mut block = Raw { text: "See note[1] ".repeat(80_000), ..Raw::default() };
        block.links = (0..80_000).map(|n| (n * 12..n * 12 + 8, "a".to_owned())).collect();
        strip(&mut block);
        assert_eq!(block.text, "See note ".repeat(80_000));
        assert_eq!(block.links.last().map(|(at, _)| &block.text[at.clone()]), Some("See note"));
    }

    #[test]
    fn links_keep_their_words() {
        let text = "See the list (PDF, 2 MB) and the map - PDF.";
        let at = |words: &str| text.find(words).map(|at| at..at + words.len()).unwrap();
        let links = vec![(at("the list (PDF, 2 MB)"), "a".to_owned()), (at("the map - PDF"), "b".to_owned())];
        let mut block = Raw { text: text.to_owned(), links, ..Raw::default() };
        strip(&mut block);
        let words: Vec<&str> = block.links.iter().map(|(at, _)| &block.text[at.clone()]).collect();
        assert_eq!(words, ["the list", "the map"]);
    }
}
