//! `onrecord resend`: an event again for a sink that refused it, or that took it.

use std::io::Write as _;

use clap::Args;

use super::{Exit, Failure, Global, config, event};
use crate::{
    engine,
    model::{EventId, SinkSpec},
    query::{self, Fate},
    render::escape,
    sinks::AnySink,
    store::{Files, History as _, Outbox as _},
};

/// Offer an event again to a sink that refused it, or that took it
///
/// That it waits again is put on record, and what waits for the sink is offered to it at once. Without `--sink`, every sink
/// that refused the event is meant; one that took it must be named, so that nobody is told twice by mistake. While
/// `onrecord watch` runs the store is its own: stop it first.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  onrecord log --undelivered\n  onrecord resend 7f3a1c\n  onrecord resend 7f3a1c --sink newsdesk"
)]
pub(super) struct Resend {
    /// The event's id, or how it begins; several
    #[arg(value_name = "EVENT", required = true)]
    events: Vec<String>,
    /// The sink
    #[arg(long, value_name = "NAME")]
    sink: Option<String>,
}

impl Resend {
    pub(super) fn run(&self, global: &Global) -> Result<Exit, Failure> {
        let config = config::load(global)?;
        let sinks = config::plan(&config, global).sinks;
        let clock = config::clock()?;
        if let Some(name) = &self.sink
            && !sinks.iter().any(|(spec, _)| spec.name == *name)
        {
            return Err(unknown(name, &sinks));
        }
        if !global.store.exists() {
            return Err(Failure::usage(format!("there is no store at {}", global.store.display())));
        }
        let store = Files::open(&global.store)?;
        let runtime = config::runtime()?;
        let mut out = anstream::stdout().lock();
        let offered = runtime.block_on(async {
            let mut wanted: Vec<(EventId, &SinkSpec)> = Vec::new();
            for text in &self.events {
                let id = event::named(&store, text).await?;
                for spec in self.sinks(&id, &sinks, &store).await? {
                    wanted.push((id.clone(), spec));
                }
            }
            for (id, spec) in &wanted {
                store.begin(clock.now(), &spec.name).await?;
                let new = store.resend(clock.now(), &spec.name, id).await?;
                let again = if new { "waits again" } else { "waits already" };
                writeln!(out, "{} {again} for `{}`.", id.short(), spec.name)?;
            }
            let meant = |spec: &SinkSpec| wanted.iter().any(|(_, wanted)| wanted.name == spec.name);
            let meant = sinks.iter().filter(|(spec, _)| meant(spec)).cloned().collect();
            let offered = engine::offer(meant, &store, clock).await.map_err(Failure::store)?;
            let left = query::undelivered(&store).await?;
            for (id, spec) in &wanted {
                let still = left.iter().find(|left| left.sink == spec.name && left.event == *id);
                let became = match still {
                    None => "took it",
                    Some(left) if left.fate == Fate::Refused => "refused it",
                    Some(_) if offered.troubles.contains_key(&spec.name) => {
                        "did not take it; it is offered again at the next run"
                    }
                    Some(_) => "gets it when its digest is due and its quiet hours are over",
                };
                writeln!(out, "`{}` {became}.", spec.name)?;
            }
            Ok::<_, Failure>(offered)
        })?;
        config::tell_sinks(&offered.troubles);
        config::tell_refused(&offered.refused);
        Ok(Exit::Done)
    }

    /// The sinks that are meant for an event.
    async fn sinks<'a>(
        &self,
        id: &EventId,
        sinks: &'a [(SinkSpec, AnySink)],
        store: &Files,
    ) -> Result<Vec<&'a SinkSpec>, Failure> {
        let happened = store.event(id).await?;
        let short = id.short();
        let specs = sinks.iter().map(|(spec, _)| spec);
        let Some(name) = &self.sink else {
            let refused = query::undelivered(store).await?;
            let refused_by = |spec: &&SinkSpec| {
                let is = |one: &&query::Undelivered| one.sink == spec.name && one.event == *id;
                refused.iter().find(is).is_some_and(|one| one.fate == Fate::Refused)
            };
            let found: Vec<&SinkSpec> = specs.filter(refused_by).collect();
            return if found.is_empty() {
                Err(Failure::usage(format!(
                    "no sink refused {short}; with `--sink NAME` one that took it is told again"
                )))
            } else {
                Ok(found)
            };
        };
        let spec = specs.into_iter().find(|spec| spec.name == *name).ok_or_else(|| unknown(name, sinks))?;
        if happened.level < spec.level || !spec.filter.passes(&happened) {
            return Err(Failure::usage(format!(
                "`{name}` is not told of {short}: its `level` or its filters in targets.json keep it out"
            )));
        }
        Ok(vec![spec])
    }
}

fn unknown(name: &str, sinks: &[(SinkSpec, AnySink)]) -> Failure {
    let known: Vec<&str> = sinks.iter().map(|(spec, _)| spec.name.as_str()).collect();
    let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    Failure::usage(format!("no sink is called `{}`; there are: {known}", escape::terminal(name)))
}
