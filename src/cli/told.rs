//! Printing what happened, and putting on record that it was printed. Shared by the verbs that look.
//!
//! Not here: how an event is put (`render`), or sinks of targets.json (`sinks`).

use std::{collections::BTreeMap, io::Write};

use super::{Failure, Global, config, format::Offer};
use crate::{
    engine::WallClock,
    model::{Event, Incident, IncidentId, Level},
    render::{self, Format},
    store::{Files, Store as _},
};

/// How it may be told.
pub(super) const FORMATS: &[Offer] = &[
    ("text", Format::Text, "For people"),
    ("ndjson", Format::Json, "Events, one JSON object a line, the silent ones too"),
    ("markdown", Format::Markdown, "Alerts and notes as Markdown, for an issue or a page"),
    (
        "github",
        Format::Github,
        "Workflow commands, so that alerts and notes stand beside a run of GitHub Actions",
    ),
];

/// The name under which what was printed is put on record as delivered.
pub(super) const SINK: &str = "terminal";

/// How what happened is told.
pub(super) struct Telling<'a> {
    pub(super) format: Format,
    pub(super) incidents: &'a [Incident],
    pub(super) clock: WallClock,
    pub(super) global: &'a Global,
}

impl Telling<'_> {
    /// Prints every event that was not printed yet and puts that on record.
    pub(super) fn untold(&self, store: &mut Files) -> Result<Vec<Event>, Failure> {
        let events = store.undelivered(SINK)?;
        let mut out = anstream::stdout().lock();
        match self.format {
            Format::Text => self.stanzas(&mut out, &events)?,
            Format::Json => each(&mut out, &events, self.format)?,
            format => each(&mut out, events.iter().filter_map(loud), format)?,
        }
        out.flush()?;
        if !events.is_empty() {
            let ids: Vec<_> = events.iter().map(|event| event.id.clone()).collect();
            store.delivered(self.clock.now(), SINK, &ids)?;
        }
        Ok(events)
    }

    /// The events a person is told, under the title of their incident.
    fn stanzas(&self, out: &mut impl Write, events: &[Event]) -> Result<(), Failure> {
        let mut by_incident: BTreeMap<Option<&IncidentId>, Vec<&Event>> = BTreeMap::new();
        for event in events.iter().filter_map(loud) {
            by_incident.entry(event.incident.as_ref()).or_default().push(event);
        }
        let now = self.clock.now();
        let style = render::Style { now: Some(now), ..config::style(self.global) };
        for (incident, mut events) in by_incident {
            let known = self.incidents.iter().find(|known| Some(&known.id) == incident);
            let unknown = incident.map_or("About no incident of targets.json", |id| id.as_str());
            let title = known.map_or(unknown, |incident| incident.title.as_str());
            writeln!(out, "{}", render::heading(title, now, &style))?;
            events.sort_by_key(|event| std::cmp::Reverse(event.level));
            for event in events {
                writeln!(out, "{}", render::terminal(event, &style))?;
            }
        }
        Ok(())
    }
}

fn each<'a>(
    out: &mut impl Write,
    events: impl IntoIterator<Item = &'a Event>,
    format: Format,
) -> std::io::Result<()> {
    let style = render::Style::default();
    let mut texts = events.into_iter().map(|event| format.event(event, &style));
    texts.try_for_each(|text| writeln!(out, "{}", text.trim_end_matches('\n')))
}

/// The event, where a person is told of it.
fn loud(event: &Event) -> Option<&Event> {
    (event.level > Level::Silent).then_some(event)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sink_of_a_file_may_take_the_name_of_what_is_printed() {
        let file = format!(
            r#"{{ "version": 1, "targets": [{{ "url": "https://wharf.example/" }}],
                  "sinks": [{{ "kind": "file", "path": "told.jsonl", "id": "{SINK}" }}] }}"#
        );
        let faults = crate::targets::load("targets.json", &file).unwrap_err();
        assert!(faults.render(false, 100).contains("is what onrecord prints itself"));
    }
}
