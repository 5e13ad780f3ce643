//! What is sent to people who are elsewhere: an event, or several that say the same, as lines that mail, chat and feed
//! each put in their own way.
//!
//! Not here: when something is sent, and to whom (`sinks`).

pub mod chat;
mod html;

use std::collections::BTreeSet;

pub use html::bulletins_html;

use super::{
    Style,
    marks::{self, Run},
    prose::{self, Sign},
    when,
    wrap::{Mark, wrap, wrap_plain},
};
use crate::model::{Event, EventKind, Level};

/// The most bodies that a title names; the others are counted.
const NAMED: usize = 3;
/// The most characters of one side of a change: the rest is on record.
const SIDE: usize = 8_000;
/// The most characters of all sides: the places after them are counted.
const ROOM: usize = 64_000;

/// An event, and those of other bodies about the same incident that say the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Bulletin<'a> {
    /// The one that is told.
    pub lead: &'a Event,
    /// The others; of each its body and its address are told.
    pub others: Vec<&'a Event>,
}

/// A line of a bulletin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    /// A sentence of ours.
    Says(String),
    /// What kind of change the lines after it show.
    Title(String),
    /// Words of the page.
    Words(Sign, Vec<Run>),
    /// Why it was judged so.
    Because(String),
    /// An address that is watched, with who speaks there.
    Address(String, String),
    /// A command to type.
    Command(String),
}

/// Events put together where they say the same of one incident, in the order of the first of each.
pub fn bulletins(events: &[Event]) -> Vec<Bulletin<'_>> {
    let mut bulletins: Vec<Bulletin<'_>> = Vec::new();
    for event in events {
        match bulletins.iter_mut().find(|bulletin| says_the_same(bulletin.lead, event)) {
            Some(bulletin) => bulletin.others.push(event),
            None => bulletins.push(Bulletin { lead: event, others: Vec::new() }),
        }
    }
    bulletins
}

/// Whether two events of one incident tell the same edits; what has no edits is told by each body for itself.
fn says_the_same(one: &Event, other: &Event) -> bool {
    fn edits(event: &Event) -> BTreeSet<(&[String], &[String])> {
        let words = event.changes.iter().filter(|change| change.level == event.level);
        words.map(|change| (change.before.as_slice(), change.after.as_slice())).collect()
    }
    one.incident.is_some()
        && one.incident == other.incident
        && one.level == other.level
        && one.target != other.target
        && matches!(one.kind, EventKind::Revised | EventKind::Reverted)
        && one.kind == other.kind
        && !one.changes.is_empty()
        && edits(one) == edits(other)
}

impl<'a> Bulletin<'a> {
    /// All its events.
    pub fn events(&self) -> impl Iterator<Item = &'a Event> {
        std::iter::once(self.lead).chain(self.others.iter().copied())
    }

    /// Who speaks: `Wantsum City Council and Ashmere Borough Council`.
    pub fn bodies(&self) -> String {
        let mut bodies: Vec<&str> = Vec::new();
        for event in self.events() {
            if !bodies.contains(&event.body.as_str()) {
                bodies.push(&event.body);
            }
        }
        let more = bodies.len().saturating_sub(NAMED);
        match bodies.get(..NAMED).filter(|_| more > 0) {
            Some(named) => format!("{} and {}", named.join(", "), when::count(more as u64, "other")),
            None => match bodies.split_last() {
                Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
                _ => bodies.concat(),
            },
        }
    }

    /// `Wantsum City Council: Denial hedged: “No customer data has been accessed”`.
    pub fn title(&self) -> String {
        format!("{}: {}", self.bodies(), self.lead.headline)
    }

    /// How loud it is, as a word.
    pub(super) fn level(&self) -> &'static str {
        match self.lead.level {
            Level::Alert => "ALERT",
            Level::Note => "note",
            Level::Silent => "silent",
        }
    }

    /// What is told below the title.
    pub(super) fn lines(&self, style: &Style) -> Vec<Line> {
        let event = self.lead;
        let mut lines = vec![Line::Says(prose::interval(event, style))];
        lines.extend(prose::details(event, style).into_iter().map(Line::Says));
        let (shown, mut left) = prose::places(&event.changes, style);
        let mut room = ROOM;
        for change in shown {
            if room == 0 {
                left += 1;
                continue;
            }
            let title = prose::title(change);
            if !title.is_empty() {
                lines.push(Line::Title(title));
            }
            for (sign, runs) in prose::lines(change, style) {
                lines.push(Line::Words(sign, marks::within(runs, SIDE, &mut room)));
            }
            let because = prose::because(change);
            if !because.is_empty() {
                lines.push(Line::Because(because));
            }
        }
        let show = prose::show_command(event);
        lines.extend(prose::left(left, &show).map(Line::Says));
        lines.extend(prose::advice(event).map(|advice| Line::Says(format!("to do: {advice}"))));
        lines.extend(self.events().map(|event| Line::Address(event.body.clone(), event.url.clone())));
        lines.push(Line::Command(show));
        lines
    }

    /// As plain text, each line ended by a line feed: what is old is called removed, what is new is called added.
    pub fn text(&self, width: usize) -> String {
        let mut out = String::new();
        let lead = format!("{}  ", self.level());
        hang(&mut out, &lead, &wrap_plain(&self.title(), width.saturating_sub(lead.len())));
        out.push('\n');
        let style = Style { width, ..Style::default() };
        for line in self.lines(&style) {
            match line {
                Line::Says(words) => hang(&mut out, "", &wrap_plain(&words, width)),
                Line::Title(words) => {
                    out.push('\n');
                    hang(&mut out, "", &wrap_plain(&(words + ":"), width));
                }
                Line::Words(sign, runs) => {
                    let lead = format!("  {}: ", sign.word());
                    let (open, close) = sign.marks();
                    let columns = open.len() + close.len();
                    let mark = Mark { open: open.to_owned(), close: close.to_owned(), columns };
                    hang(&mut out, &lead, &wrap(&runs, width.saturating_sub(lead.len()), &mark));
                }
                Line::Because(words) => {
                    hang(&mut out, "  because ", &wrap_plain(&words, width.saturating_sub(10)));
                }
                Line::Address(body, url) => {
                    out.push('\n');
                    let who = if self.others.is_empty() { String::new() } else { format!("{body}: ") };
                    hang(&mut out, "", &wrap_plain(&format!("{who}{url}"), width));
                }
                Line::Command(command) => hang(&mut out, "", &[command]),
            }
        }
        out
    }
}

impl Sign {
    /// The word for it, for whoever does not see signs and colours.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Old => "removed",
            Self::New => "added",
            Self::Moved => "moved",
            Self::Same => "the same words",
        }
    }
}

/// Lines behind a lead, the further ones below the first.
fn hang(out: &mut String, lead: &str, lines: &[String]) {
    let below = " ".repeat(lead.chars().count());
    for (n, line) in lines.iter().enumerate() {
        out.push_str(if n == 0 { lead } else { &below });
        out.push_str(line);
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::tests::stories::hedged;

    #[test]
    fn what_three_councils_say_alike_is_one_bulletin_that_names_them() {
        let event = |target: &str, body: &str| Event {
            target: target.parse().unwrap(),
            body: body.to_owned(),
            incident: Some("kent-2024".parse().unwrap()),
            ..hedged()
        };
        let mut events = vec![
            event("a", "Wantsum"),
            event("b", "Ashmere"),
            event("c", "Saltholm"),
            event("d", "Cliffgate"),
        ];
        events[2].changes[0].after = vec!["Other words.".to_owned()];
        let told = bulletins(&events);
        let titles: Vec<String> = told.iter().map(Bulletin::bodies).collect();
        assert_eq!(titles, ["Wantsum, Ashmere and Cliffgate", "Saltholm"]);
        assert!(told[0].text(72).contains("Ashmere: https://"), "{}", told[0].text(72));
    }

    #[test]
    fn a_bulletin_can_be_read_aloud_and_in_72_columns() {
        let event = hedged();
        let text = bulletins(std::slice::from_ref(&event))[0].text(72);
        assert!(text.contains("removed: ") && text.contains("added: "), "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= 72), "{text}");
    }

    #[test]
    fn a_statement_of_a_megabyte_is_told_in_bounds_and_the_rest_is_counted() {
        let mut event = hedged();
        event.changes[0].after = vec!["No data was taken. ".repeat(50_000)];
        event.changes = vec![event.changes[0].clone(); 40];
        let bulletin = &bulletins(std::slice::from_ref(&event))[0];
        let html = bulletins_html(std::slice::from_ref(bulletin), 2, crate::render::Detail::Whole);
        assert!(html.len() < 2 * ROOM && html.contains("further place"), "{}", html.len());
        assert!(bulletin.text(72).len() < 2 * ROOM);
    }
}
