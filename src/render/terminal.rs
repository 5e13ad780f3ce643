//! An event as a stanza on a terminal, or as plain text.
//!
//! Colour is never the only sign: old words stand behind `-`, new ones behind `+`, and what differs within them
//! is underlined, or, without colour, stands in `[-old-]` and `{+new+}`.

use anstyle::{AnsiColor, Color, Style as Paint};
use unicode_width::UnicodeWidthStr as _;

use super::{
    Style, escape,
    marks::Run,
    prose::{self, Sign, WHOLE},
    wrap::{Mark, wrap, wrap_plain},
};
use crate::model::{Change, ChangeKind, Event, Level};

/// Where everything but the level begins.
const INDENT: usize = 9;

/// The stanza of an event, each line ended by a line feed.
pub fn terminal(event: &Event, style: &Style) -> String {
    let mut page = Page::new(style);
    page.head(event);
    page.text(&prose::interval(event, style));
    for sentence in prose::details(event, style) {
        page.text(&sentence);
    }
    let show = prose::show_command(event);
    page.changes(&event.changes, &show);
    if let Some(advice) = prose::advice(event) {
        page.labelled("to do", advice);
    }
    page.text(&event.url);
    page.text(&show);
    page.out
}

/// Changes without an event, as `diff` shows them; empty when there is none.
pub fn changes_text(changes: &[Change], style: &Style) -> String {
    let mut page = Page::new(style);
    let (shown, left) = prose::places(changes, style);
    for (i, change) in shown.into_iter().enumerate() {
        if i > 0 {
            page.out.push('\n');
        }
        let title = prose::title(change);
        page.level(change.level, if title.is_empty() { verb(change.kind) } else { &title });
        page.change(change);
    }
    page.left(left, WHOLE);
    page.out
}

fn verb(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Added => "added",
        ChangeKind::Removed => "removed",
        _ => "edited",
    }
}

/// A text under way.
struct Page<'a> {
    style: &'a Style,
    out: String,
}

impl<'a> Page<'a> {
    fn new(style: &'a Style) -> Self {
        Self { style, out: String::new() }
    }

    fn width(&self) -> usize {
        self.style.width.saturating_sub(INDENT).max(20)
    }

    fn paint(&self, paint: Paint, words: &str) -> String {
        if self.style.color { format!("{paint}{words}{paint:#}") } else { words.to_owned() }
    }

    fn line(&mut self, lead: &str, words: &str) {
        self.out.push_str(lead);
        self.out.push_str(words);
        self.out.push('\n');
    }

    /// Plain sentences, indented and wrapped.
    fn text(&mut self, words: &str) {
        for line in wrap_plain(words, self.width()) {
            self.line(&" ".repeat(INDENT), &line);
        }
    }

    /// `because  ...`, with the words hanging behind the label.
    fn labelled(&mut self, label: &str, words: &str) {
        let hang = label.len() + 2;
        let lines = wrap_plain(words, self.width().saturating_sub(hang).max(20));
        for (i, line) in lines.iter().enumerate() {
            let lead = if i == 0 { format!("{label}  ") } else { " ".repeat(hang) };
            let lead = self.paint(Paint::new().dimmed(), &lead);
            self.line(&" ".repeat(INDENT), &format!("{lead}{line}"));
        }
    }

    /// Level and headline; body and target at the right where there is room, else below.
    fn head(&mut self, event: &Event) {
        let title = &event.headline;
        let who = escape::terminal(&format!("{}, {}", event.body, event.target));
        let one_line = escape::terminal(title);
        let taken = INDENT + one_line.width() + who.width();
        if taken + 2 <= self.style.width {
            let gap = " ".repeat(self.style.width - taken);
            let bold = self.paint(Paint::new().bold(), &one_line);
            let lead = self.lead(event.level);
            self.line(&lead, &format!("{bold}{gap}{who}"));
        } else {
            self.level(event.level, title);
            self.text(&format!("{}, {}", event.body, event.target));
        }
    }

    fn lead(&self, level: Level) -> String {
        let (word, paint) = match level {
            Level::Alert => ("ALERT", colour(AnsiColor::Red).bold()),
            Level::Note => ("note ", colour(AnsiColor::Cyan)),
            Level::Silent => ("quiet", Paint::new().dimmed()),
        };
        format!("  {}  ", self.paint(paint, word))
    }

    fn level(&mut self, level: Level, title: &str) {
        let lead = self.lead(level);
        for (i, line) in wrap_plain(title, self.width()).iter().enumerate() {
            let bold = self.paint(Paint::new().bold(), line);
            self.line(if i == 0 { &lead } else { "         " }, &bold);
        }
    }

    fn changes(&mut self, changes: &[Change], how: &str) {
        let (shown, left) = prose::places(changes, self.style);
        let several = shown.len() > 1;
        for change in shown {
            if several || prose::needs_title(change) {
                let title = prose::title(change);
                let title = self.paint(Paint::new().underline(), &escape::terminal(&title));
                if !title.is_empty() {
                    self.line(&" ".repeat(INDENT), &format!("{title}:"));
                }
            }
            self.change(change);
        }
        self.left(left, how);
    }

    fn left(&mut self, left: usize, how: &str) {
        if let Some(left) = prose::left(left, how) {
            self.text(&left);
        }
    }

    fn change(&mut self, change: &Change) {
        for (sign, runs) in prose::lines(change, self.style) {
            self.side(sign, &runs);
        }
        let because = prose::because(change);
        if !because.is_empty() {
            self.labelled("because", &because);
        }
    }

    fn side(&mut self, sign: Sign, runs: &[Run]) {
        let ansi = match sign {
            Sign::Old => Some(AnsiColor::Red),
            Sign::New => Some(AnsiColor::Green),
            Sign::Moved | Sign::Same => None,
        };
        let mark = match ansi {
            Some(ansi) if self.style.color => {
                let paint = colour(ansi).bold().underline();
                Mark { open: paint.to_string(), close: format!("{paint:#}"), columns: 0 }
            }
            _ => {
                let (open, close) = sign.marks();
                Mark { open: open.to_owned(), close: close.to_owned(), columns: open.len() + close.len() }
            }
        };
        let lines = wrap(runs, self.width().saturating_sub(2).max(20), &mark);
        let sign = self.paint(ansi.map_or_else(Paint::new, |c| colour(c).bold()), &sign.char().to_string());
        for (i, line) in lines.iter().enumerate() {
            let lead = if i == 0 { sign.as_str() } else { " " };
            self.line(&" ".repeat(INDENT), &format!("{lead} {line}"));
        }
    }
}

fn colour(ansi: AnsiColor) -> Paint {
    Paint::new().fg_color(Some(Color::Ansi(ansi)))
}
