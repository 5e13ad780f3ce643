//! Sinks on this machine: files, programs, feeds.

use std::time::Duration;

use schemars::JsonSchema;

use super::options::Options;
use crate::{
    model::{CommandSink, FeedSink, FileSink, Input, SinkKind},
    targets::{
        fields::Fields,
        notes::Notes,
        period::Period,
        value::{At, Count, Line, OneOrMany},
        words::Word,
    },
};

/// Lines of JSON at the end of a file.
#[derive(Debug, JsonSchema)]
pub(super) struct File {
    /// Where events are added as lines of JSON, from the folder of this file on. Its folder is made where it is missing.
    #[schemars(required)]
    path: Option<At<Line>>,
}

/// A program, run once for each message, with what is told on its standard input.
#[derive(Debug, JsonSchema)]
pub(super) struct Command {
    /// The program and its arguments, without a shell.
    #[schemars(required)]
    run: Option<At<OneOrMany<Line>>>,
    /// What it is given: "json", a line an event (the default), "text" or "markdown".
    format: Option<At<Input>>,
    /// The time that it may take for one message, at most 1h; "10s" when left out.
    timeout: Option<At<Period<100, 3_600_000>>>,
}

/// Atom files, made again after each event: `all.atom`, one an incident and one a body.
#[derive(Debug, JsonSchema)]
pub(super) struct Feed {
    /// The folder of the feeds, from the folder of this file on. It is made where it is missing.
    #[schemars(required)]
    path: Option<At<Line>>,
    /// How many events a feed holds, at most 1000; 100 when left out.
    entries: Option<At<Count<1000>>>,
}

impl Options for File {
    fn read(fields: &mut Fields<'_, '_>, notes: &mut Notes<'_>) -> Self {
        Self { path: fields.need("path", "\"path\": \"events.ndjson\"", notes) }
    }

    fn resolve(self) -> Option<SinkKind> {
        Some(SinkKind::File(FileSink { path: self.path?.value.0.into() }))
    }
}

impl Options for Command {
    fn read(fields: &mut Fields<'_, '_>, notes: &mut Notes<'_>) -> Self {
        const HELP: &str = "\"run\": [\"notify\", \"--stdin\"]";
        let run: Option<At<OneOrMany<Line>>> = fields.need("run", HELP, notes);
        if let Some(run) = run.as_ref().filter(|run| run.value.0.is_empty()) {
            notes.fault(run.at.clone(), "`run` needs a program").help(HELP);
        }
        Self { run, format: fields.get("format", notes), timeout: fields.get("timeout", notes) }
    }

    fn resolve(self) -> Option<SinkKind> {
        let run: Vec<String> = self.run?.value.0.into_iter().map(|word| word.value.0).collect();
        let timeout = self.timeout.map_or(Duration::from_secs(10), |timeout| timeout.value.0);
        let input = self.format.map_or(Input::Json, |format| format.value);
        (!run.is_empty()).then_some(SinkKind::Command(CommandSink { run, input, timeout }))
    }
}

impl Options for Feed {
    fn read(fields: &mut Fields<'_, '_>, notes: &mut Notes<'_>) -> Self {
        Self {
            path: fields.need("path", "\"path\": \"feeds\"", notes),
            entries: fields.get("entries", notes),
        }
    }

    fn resolve(self) -> Option<SinkKind> {
        let entries = self.entries.map_or(100, |entries| entries.value.0 as usize);
        Some(SinkKind::Feed(FeedSink { path: self.path?.value.0.into(), entries }))
    }
}

impl Word for Input {
    const ALL: &'static [(&'static str, Self)] =
        &[("json", Self::Json), ("text", Self::Text), ("markdown", Self::Markdown)];
}
