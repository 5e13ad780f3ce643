//! The terminal, or wherever standard output goes: a sink without an outbox, which is told what happens in this run.
//!
//! Not here: how an event is put (`render`), the thread that writes (`printer`).

use std::{
    collections::BTreeMap,
    io::{self, Write},
    sync::{PoisonError, RwLock},
    time::Duration,
};

use jiff::Timestamp;

use super::{Closed, printer::Printer};
use crate::{
    model::{Event, Incident, IncidentId, Level},
    render::{self, Format, Style},
};

/// How many bytes may wait for the reader before events are left out. A pass over ten thousand pages, told while nobody
/// scrolls, stays below it.
const ROOM: usize = 16 << 20;

/// A sink that prints.
#[derive(Debug)]
pub struct Terminal {
    format: Format,
    style: Style,
    incidents: RwLock<Vec<Incident>>,
    printer: Printer,
}

impl Terminal {
    /// Prints to standard output. Of text for people, events stand under the titles of these incidents.
    pub fn new(format: Format, style: Style, incidents: Vec<Incident>) -> Self {
        Self::over(anstream::stdout(), format, style, incidents)
    }

    /// As [`Terminal::new`], printing to `out`.
    pub fn over(
        out: impl Write + Send + 'static,
        format: Format,
        style: Style,
        incidents: Vec<Incident>,
    ) -> Self {
        Self::with_room(ROOM, out, format, style, incidents)
    }

    pub(super) fn with_room(
        room: usize,
        out: impl Write + Send + 'static,
        format: Format,
        style: Style,
        incidents: Vec<Incident>,
    ) -> Self {
        let words = style.clone();
        let printer = Printer::new(out, room, move |events| missed(events, format, &words));
        Self { format, style, incidents: RwLock::new(incidents), printer }
    }

    /// Prints these events in time. Never waits for a reader: while too much is unread, events are left out, and a line
    /// says so where they would have stood.
    ///
    /// # Errors
    /// When nothing can be printed any more: [`Terminal::finish`] knows why.
    pub fn tell(&self, events: &[Event], now: Timestamp) -> Result<(), Closed> {
        let told: Vec<&Event> = events.iter().filter(|event| is_told(event, self.format)).collect();
        self.printer.take(told.len() as u64, || self.text(&told, now))
    }

    /// The incidents of a file that was read again.
    pub fn set_incidents(&self, incidents: Vec<Incident>) {
        *self.incidents.write().unwrap_or_else(PoisonError::into_inner) = incidents;
    }

    /// Waits until what was told is printed. A reader that went away has read enough.
    ///
    /// # Errors
    /// When it could not be printed.
    pub fn finish(self) -> io::Result<()> {
        self.printer.finish(None)
    }

    /// As [`Terminal::finish`], for at most so long: a reader that stands still keeps nobody from stopping.
    ///
    /// # Errors
    /// When it could not be printed.
    pub fn finish_within(self, limit: Duration) -> io::Result<()> {
        self.printer.finish(Some(limit))
    }

    fn text(&self, events: &[&Event], now: Timestamp) -> String {
        match self.format {
            Format::Text => return self.stanzas(events, now),
            Format::Github => {
                let incidents = self.incidents.read().unwrap_or_else(PoisonError::into_inner);
                return render::annotations(events, &incidents);
            }
            Format::Json | Format::Markdown | Format::Html => {}
        }
        let one =
            |event: &&Event| self.format.event(event, &self.style).trim_end_matches('\n').to_owned() + "\n";
        events.iter().map(one).collect()
    }

    /// The events under the titles of their incidents, the loudest first.
    fn stanzas(&self, events: &[&Event], now: Timestamp) -> String {
        let mut by_incident: BTreeMap<Option<&IncidentId>, Vec<&Event>> = BTreeMap::new();
        for event in events {
            by_incident.entry(event.incident.as_ref()).or_default().push(event);
        }
        let style = Style { now: Some(now), ..self.style.clone() };
        let incidents = self.incidents.read().unwrap_or_else(PoisonError::into_inner);
        let mut out = String::new();
        for (incident, mut events) in by_incident {
            let known = incidents.iter().find(|known| Some(&known.id) == incident);
            let unknown = incident.map_or("About no incident of targets.json", |id| id.as_str());
            let title = known.map_or(unknown, |incident| incident.title.as_str());
            out.push_str(&render::heading(title, now, &style));
            out.push('\n');
            events.sort_by_key(|event| std::cmp::Reverse(event.level));
            for event in events {
                out.push_str(&render::terminal(event, &style));
                out.push('\n');
            }
        }
        out
    }
}

/// Whether an event is told in this format: programs are told the silent ones too.
fn is_told(event: &Event, format: Format) -> bool {
    format == Format::Json || event.level > Level::Silent
}

/// What is printed where events were left out. Lines of JSON hold events and nothing else: there it goes to standard error.
fn missed(events: u64, format: Format, style: &Style) -> String {
    let count = render::count(events, "event");
    let words =
        format!("Not shown here, because nobody read on: {count}. `onrecord log` has all that happened.");
    match format {
        Format::Json => {
            // Whoever cannot be told that either has the log.
            let _ = writeln!(anstream::stderr(), "onrecord: {words}");
            String::new()
        }
        Format::Github => format!("::warning::{words}\n"),
        Format::Text | Format::Markdown | Format::Html => format!("{}\n", render::paragraph(&words, style)),
    }
}
