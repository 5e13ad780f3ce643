//! The lines around the stanzas of a pass: what it was about, what stayed quiet, what it came to.

use std::fmt::Write as _;

use jiff::Timestamp;
use unicode_width::UnicodeWidthStr as _;

use super::{Style, escape, when, wrap::wrap_plain};

/// What a pass came to, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Events that a person is told.
    pub alerts: u64,
    /// Events that are shown.
    pub notes: u64,
    /// Targets that were read and said what they had said before.
    pub unchanged: u64,
    /// Targets that were read and said something else, of which nobody is told.
    pub read: u64,
    /// Targets that were read for the first time.
    pub first: u64,
    /// Targets that could not be read, or are gone, and had been told of before.
    pub still_away: u64,
    /// Targets that were not asked: not due, cooling down, or paused.
    pub not_asked: u64,
}

/// An incident's title at the left, the moment at the right; below it where there is no room.
pub fn heading(title: &str, at: Timestamp, style: &Style) -> String {
    let title = escape::terminal(title);
    let at = when::dated(at, style);
    let bold = |title: &str| {
        let bold = anstyle::Style::new().bold();
        if style.color { format!("{bold}{title}{bold:#}") } else { title.to_owned() }
    };
    let room = style.width.saturating_sub(title.width());
    if room >= at.width() + 2 {
        return format!("{}{at:>room$}\n", bold(&title));
    }
    let mut lines: String = wrap_plain(&title, style.width).iter().map(|line| bold(line) + "\n").collect();
    let _ = writeln!(lines, "{at:>width$}", width = style.width);
    lines
}

/// A paragraph of plain words.
pub fn paragraph(words: &str, style: &Style) -> String {
    wrap_plain(words, style.width).into_iter().map(|line| line + "\n").collect()
}

/// Plain words as lines of so many columns.
pub fn lines(words: &str, width: usize) -> Vec<String> {
    wrap_plain(words, width)
}

/// Words behind a lead; what does not fit goes on below, and begins there where the lead leaves no room.
pub fn hanging(lead: &str, words: &str, style: &Style) -> String {
    const LEAST: usize = 30;
    let room = style.width.saturating_sub(lead.width() + 2);
    let below = style.width.saturating_sub(INDENT).max(20);
    let (mut out, rest) = if room < LEAST {
        (format!("{}\n", lead.trim_end()), words.to_owned())
    } else {
        let lines = wrap_plain(words, room);
        let first = lines.first().map_or("", String::as_str);
        (format!("{lead}  {first}\n"), lines.get(1..).unwrap_or_default().join(" "))
    };
    for line in wrap_plain(&rest, below) {
        let _ = writeln!(out, "{}{line}", " ".repeat(INDENT));
    }
    out
}

/// Where what hangs begins.
const INDENT: usize = 22;

/// The line for what has nothing to tell; empty when every target has told something.
pub fn quiet(totals: &Totals) -> String {
    let mut out = String::new();
    let mut line = |n: u64, what: &str| {
        if n > 0 {
            let _ = writeln!(out, "  quiet  {}, {what}", when::count(n, "target"));
        }
    };
    line(totals.unchanged, "unchanged since the last look");
    line(totals.read, "read; what changed is put on record, and no more");
    line(totals.first, "read for the first time; the record begins here");
    line(totals.still_away, "still not to be read, as told before");
    line(totals.not_asked, "not asked this time");
    out
}

/// The closing line: `1 alert, 1 note. Next look in 14 minutes.` Silence is never put as "no change" when a
/// target could not be read.
pub fn summary(totals: &Totals) -> String {
    let mut counts = Vec::new();
    if totals.alerts > 0 {
        counts.push(when::count(totals.alerts, "alert"));
    }
    if totals.notes > 0 {
        counts.push(when::count(totals.notes, "note"));
    }
    let told = if counts.is_empty() {
        let looked = totals.unchanged + totals.read + totals.first;
        let nothing = if totals.read > 0 { "Nothing new to tell of" } else { "Nothing new on" };
        match (looked, totals.still_away) {
            (0, 0) => "No target was looked at.".to_owned(),
            (0, away) => format!("Nothing new to tell; {} could not be read.", when::count(away, "target")),
            (looked, 0) => format!("{nothing} {}.", when::count(looked, "target")),
            (looked, away) => {
                format!("{nothing} {}; {away} could not be read.", when::count(looked, "target"))
            }
        }
    } else {
        format!("{}.", counts.join(", "))
    };
    format!("{told}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_line_counts_what_was_told() {
        let totals = Totals { alerts: 1, notes: 1, unchanged: 4, ..Totals::default() };
        assert_eq!(summary(&totals), "1 alert, 1 note.\n");
        assert_eq!(quiet(&totals), "  quiet  4 targets, unchanged since the last look\n");
    }

    #[test]
    fn silence_never_looks_like_no_change() {
        let totals = Totals { unchanged: 5, still_away: 1, ..Totals::default() };
        assert_eq!(summary(&totals), "Nothing new on 5 targets; 1 could not be read.\n");
        assert_eq!(summary(&Totals::default()), "No target was looked at.\n");
        let totals = Totals { read: 1, ..Totals::default() };
        assert_eq!(quiet(&totals), "  quiet  1 target, read; what changed is put on record, and no more\n");
        assert_eq!(summary(&totals), "Nothing new to tell of 1 target.\n");
    }

    #[test]
    fn a_heading_with_a_long_title_keeps_its_moment() {
        let at = "2024-01-19T11:15:09Z".parse().unwrap();
        let style = Style { width: 40, ..Style::default() };
        assert_eq!(heading("Kent", at, &style), format!("Kent{}19 Jan 2024, 11:15 UTC\n", " ".repeat(14)));
        assert!(heading(&"x".repeat(60), at, &style).ends_with("  19 Jan 2024, 11:15 UTC\n"));
    }
}
