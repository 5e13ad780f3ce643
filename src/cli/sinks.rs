//! `onrecord sinks`: where events go, and whether what is sent arrives.

use std::io::Write as _;

use clap::{Args, Subcommand};
use jiff::Timestamp;

use super::{Exit, Failure, Global, config};
use crate::{
    model::{
        BadId, Between, Change, ChangeKind, Event, EventId, EventKind, Label, Level, Part, Reason, Rule,
        Sentences, SinkKind, SinkSpec, Span, SpanPair, Subject,
    },
    render::escape,
    sinks::{AnySink, Context, Sink as _},
};

/// Show where events go, or send a sample there
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  onrecord sinks\n  onrecord sinks test\n  onrecord sinks test newsdesk")]
pub(super) struct Sinks {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Send a sample to each sink, or to those named, and say what came back
    ///
    /// The sample says that it is one; nothing is put on record. Filters and quiet hours do not hold for it.
    #[command(after_help = "Example:\n  onrecord sinks test newsdesk")]
    Test {
        /// Which sinks; all without it
        #[arg(value_name = "NAME")]
        names: Vec<String>,
    },
}

impl Sinks {
    pub(super) fn run(&self, global: &Global) -> Result<Exit, Failure> {
        let config = config::load(global)?;
        let sinks = config::plan(&config, global).sinks;
        let mut out = anstream::stdout().lock();
        let Some(What::Test { names }) = &self.what else {
            for (spec, _) in &sinks {
                writeln!(out, "{}  {}", spec.name, kind(spec))?;
            }
            if sinks.is_empty() {
                writeln!(out, "{} names no sinks.", global.targets.display())?;
            }
            return Ok(Exit::Done);
        };
        if let Some(unknown) = names.iter().find(|name| !sinks.iter().any(|(spec, _)| spec.name == **name)) {
            let known: Vec<&str> = sinks.iter().map(|(spec, _)| spec.name.as_str()).collect();
            let unknown = escape::terminal(unknown);
            return Err(Failure::usage(format!(
                "no sink is called `{unknown}`; there are: {}",
                known.join(", ")
            )));
        }
        let now = config::clock()?.now();
        let sample = sample(now).map_err(Failure::store)?;
        let runtime = config::runtime()?;
        let mut failed = 0;
        for (spec, sink) in sinks.iter().filter(|(spec, _)| names.is_empty() || names.contains(&spec.name)) {
            let said = if matches!(spec.kind, SinkKind::Feed(_)) {
                // A sample would stand in it until the next event.
                "not tried: a feed is made of what is on record, at the next event".to_owned()
            } else {
                match runtime.block_on(send(sink, &sample, now)) {
                    Ok(()) => "took the sample".to_owned(),
                    Err(why) => {
                        failed += 1;
                        format!("did not take it: {}", escape::terminal(&why))
                    }
                }
            };
            writeln!(out, "{}  {said}", spec.name)?;
        }
        if failed > 0 {
            return Err(Failure::usage(format!("{failed} of the sinks did not take the sample")));
        }
        Ok(Exit::Done)
    }
}

async fn send(sink: &AnySink, sample: &Event, now: Timestamp) -> Result<(), String> {
    let context = Context { now, recent: &[] };
    let delivery = sink.deliver(std::slice::from_ref(sample), &context).await;
    if let Some(refused) = delivery.refused.into_iter().next() {
        return Err(refused.why);
    }
    delivery.retry.map_or(Ok(()), |again| Err(again.reason))
}

fn kind(spec: &SinkSpec) -> &'static str {
    match spec.kind {
        SinkKind::File(_) => "a file",
        SinkKind::Command(_) => "a program",
        SinkKind::Webhook(_) => "a webhook",
        SinkKind::Mail(_) => "mail",
        SinkKind::Feed(_) => "feeds",
    }
}

/// An event that never happened, and says so.
fn sample(now: Timestamp) -> Result<Event, BadId> {
    let (before, after) = ("This line is a sample.", "This line is no longer a sample, it is a test.");
    let subject = Subject::page("sample".parse()?);
    Ok(Event {
        id: EventId::of(&["sample", &now.to_string()]),
        body: "onrecord".to_owned(),
        url: "https://www.example.org/".to_owned(),
        headline: "A sample, nothing has happened".to_owned(),
        changes: vec![Change {
            part: Part::Content,
            kind: ChangeKind::Edited,
            labels: vec![Label::Other],
            relevant: true,
            relevance: 1.0,
            level: Level::Alert,
            before: vec![before.to_owned()],
            after: vec![after.to_owned()],
            spans: vec![SpanPair { before: Some(Span(10, 21)), after: Some(Span(10, 45)) }],
            at: Sentences::default(),
            reasons: vec![Reason::own(Rule::Fact, "“onrecord sinks test”")],
        }],
        ..Event::new(subject, EventKind::Revised, Level::Alert, Between(Some(now), now))
    })
}
