//! `onrecord log --undelivered`: what waits for a sink, and what a sink is not offered any more.

use std::{collections::BTreeMap, io::Write};

use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use super::format::Format;
use crate::{
    cli::{Failure, Global, config},
    model::{Event, EventId, Level, SinkSpec},
    query::{self, Fate, Undelivered},
    render::{self, escape},
    sinks,
    store::{Files, History as _, StoreError},
};

/// What `--format json` prints.
#[derive(Debug, Serialize)]
struct Document<'a> {
    schema: &'static str,
    undelivered: Vec<Shown<'a>>,
}

/// An event that a sink does not have, and what a person wants to know of it.
#[derive(Debug, Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    entry: &'a Undelivered,
    /// Until when it is held back, as the sink's rhythm and quiet hours say.
    #[serde(skip_serializing_if = "Option::is_none")]
    held_until: Option<Timestamp>,
    /// Nobody offers it: targets.json names no such sink.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    unnamed: bool,
    /// `Wharf Council: Denial hedged`; none where the event is no longer what was kept.
    headline: Option<String>,
}

/// Prints what sinks do not have.
pub(super) fn print(
    out: &mut impl Write,
    global: &Global,
    store: &Files,
    format: Format,
) -> Result<(), Failure> {
    let (specs, now) = (config::load(global)?.sinks, config::clock()?.now());
    let (found, events) = config::runtime()?.block_on(async {
        let found = query::undelivered(store).await?;
        let mut events: BTreeMap<EventId, Event> = BTreeMap::new();
        for entry in found.iter().filter(|entry| entry.level > Level::Silent) {
            match store.event(&entry.event).await {
                Ok(event) => drop(events.insert(entry.event.clone(), event)),
                Err(StoreError::Damaged { .. } | StoreError::Unknown(_)) => {}
                Err(other) => return Err(other),
            }
        }
        Ok((found, events))
    })?;
    let shown: Vec<Shown<'_>> =
        found.iter().filter_map(|entry| shown(entry, &specs, events.get(&entry.event), now)).collect();
    match format {
        Format::Json => {
            let document = Document { schema: "onrecord.undelivered/1", undelivered: shown };
            let json = serde_json::to_string_pretty(&document).map_err(Failure::store)?;
            json.lines().try_for_each(|line| writeln!(out, "{}", escape::json(line)))?;
        }
        Format::Markdown => {
            writeln!(out, "| sink | since | event | where it stands |\n| --- | --- | --- | --- |")?;
            for one in &shown {
                let cell = |words: &str| escape::markdown(words);
                let (sink, since) = (cell(&one.entry.sink), one.entry.since);
                writeln!(out, "| {sink} | {since:.0} | {} | {} |", cell(&one.what()), cell(&one.stands()))?;
            }
        }
        Format::Text => text(out, &shown, &config::style(global))?,
    }
    Ok(())
}

/// An event as it is shown; none where the sink would not be told it anyhow.
fn shown<'a>(
    entry: &'a Undelivered,
    specs: &[SinkSpec],
    event: Option<&Event>,
    now: Timestamp,
) -> Option<Shown<'a>> {
    let spec = specs.iter().find(|spec| spec.name == entry.sink);
    if entry.fate == Fate::Waiting {
        let least = spec.map_or(Level::Note, |spec| spec.level);
        let passes = spec.is_none_or(|spec| event.is_none_or(|event| spec.filter.passes(event)));
        if entry.level < least || !passes {
            return None;
        }
    }
    let moment = sinks::Moment { zone: TimeZone::system(), gathers: false };
    let held = spec.zip(event).and_then(|(spec, event)| sinks::held_until(spec, event, &moment, now));
    Some(Shown {
        entry,
        held_until: held.filter(|_| entry.fate == Fate::Waiting),
        unnamed: spec.is_none(),
        headline: event.map(|event| format!("{}: {}", event.body, event.headline)),
    })
}

impl Shown<'_> {
    fn what(&self) -> String {
        let headline = self.headline.as_deref().unwrap_or("its file is not what was kept");
        escape::terminal(headline)
    }

    fn stands(&self) -> String {
        let why = self.entry.why.as_deref().map(escape::terminal);
        let unnamed = if self.unnamed { "; targets.json names no such sink" } else { "" };
        match (self.entry.fate, self.held_until, why) {
            (Fate::Refused, _, why) => format!("not offered any more: {}{unnamed}", why.unwrap_or_default()),
            (Fate::Waiting, _, _) if self.unnamed => format!("waits, and nobody offers it{unnamed}"),
            (Fate::Waiting, _, Some(why)) => format!("waits, and is offered again: {why}"),
            (Fate::Waiting, Some(until), None) => format!("is held back until {until:.0}"),
            (Fate::Waiting, None, None) => "waits for the next run".to_owned(),
        }
    }
}

fn text(out: &mut impl Write, shown: &[Shown<'_>], style: &render::Style) -> Result<(), Failure> {
    let mut sink = "";
    for one in shown {
        if one.entry.sink != sink {
            sink = &one.entry.sink;
            writeln!(out, "{}", escape::terminal(sink))?;
        }
        let lead = format!("  {:.0}", one.entry.since);
        let id = one.entry.event.short();
        let words = match one.entry.fate {
            Fate::Waiting => format!("{}; {}; onrecord show {id}", one.what(), one.stands()),
            Fate::Refused => {
                let again = format!("onrecord resend {id} --sink {}", escape::terminal(sink));
                format!("{}; {}; {again}", one.what(), one.stands())
            }
        };
        write!(out, "{}", render::hanging(&lead, &words, style))?;
    }
    let of = |fate| shown.iter().filter(|one| one.entry.fate == fate).count() as u64;
    let (waits, refused) = (of(Fate::Waiting), of(Fate::Refused));
    if shown.is_empty() {
        writeln!(out, "Every sink has what it is told.")?;
    } else {
        let refused = render::count(refused, "event");
        writeln!(out, "{} waiting, {refused} not offered any more.", render::count(waits, "event"))?;
    }
    Ok(())
}
