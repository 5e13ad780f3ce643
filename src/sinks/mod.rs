//! Where events go: the trait, the kinds, the outbox in front of them, and the terminal.
//!
//! The outbox is the store's: an event is durable there before any sink hears of it, and waits until the sink has taken
//! or refused it. Delivery is at least once; ids are stable, so that a receiver can drop what it has. The terminal has no
//! outbox: it is told what happens in this run.
//! Not here: what an event looks like (`render`), when a sink is offered its events again (`engine`).

mod command;
mod feed;
mod file;
mod mail;
mod one_by_one;
mod outbox;
mod printer;
pub mod program;
mod rhythm;
mod secret;
mod terminal;
mod webhook;

use std::{path::Path, time::Duration};

use jiff::Timestamp;

use crate::model::{Event, EventId, Refused, SinkKind, SinkSpec};

pub use command::Command;
pub use feed::Feed;
pub use file::File;
pub use mail::Mail;
pub use outbox::{Moment, Report, deliver, held_until};
pub use printer::Closed;
pub use terminal::Terminal;
pub use webhook::Webhook;

/// What a sink may want to know beside the events.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The moment of the delivery.
    pub now: Timestamp,
    /// The newest events on record, the newest first, for a sink that asks for them.
    pub recent: &'a [Event],
}

/// What a sink made of a batch.
#[derive(Debug, Default)]
pub struct Delivery {
    /// What it took.
    pub taken: Vec<EventId>,
    /// What it will never take, and why.
    pub refused: Vec<Refused>,
    /// Why the rest is to be offered again; none where there is no rest.
    pub retry: Option<Retry>,
}

/// Events that are to be offered again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retry {
    /// Why they were not taken, in words for the person who runs this.
    pub reason: String,
    /// Not before this moment, where the sink says so.
    pub after: Option<Timestamp>,
}

impl Retry {
    /// Offered again whenever it suits.
    pub fn because(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), after: None }
    }
}

impl Delivery {
    /// It took the whole batch.
    fn of_all(batch: &[Event]) -> Self {
        Self { taken: batch.iter().map(|event| event.id.clone()).collect(), ..Self::default() }
    }

    /// It took nothing, and is to be offered all of it again.
    fn of_none(reason: String) -> Self {
        Self { retry: Some(Retry::because(reason)), ..Self::default() }
    }
}

/// A place that takes events.
pub trait Sink {
    /// Takes a batch, in the order in which things happened. Each event is in one part of the answer, or is part of the
    /// rest that is to be offered again.
    fn deliver(&self, batch: &[Event], context: &Context<'_>) -> impl Future<Output = Delivery> + Send;

    /// The longest that it may need for one event: nobody else is given the batch meanwhile.
    fn patience(&self) -> Duration;

    /// How many of the newest events it wants to be given beside the batch.
    fn recent(&self) -> usize {
        0
    }
}

/// A sink of targets.json.
#[derive(Debug, Clone)]
pub enum AnySink {
    /// Lines in a file.
    File(File),
    /// A program.
    Command(Command),
    /// An address that is posted to.
    Webhook(Webhook),
    /// Mail.
    Mail(Mail),
    /// Atom files.
    Feed(Feed),
}

impl AnySink {
    /// The sink that is specified; `folder` is what paths are relative to.
    pub fn new(spec: &SinkSpec, folder: &Path) -> Self {
        match &spec.kind {
            SinkKind::File(kind) => Self::File(File::new(kind, folder)),
            SinkKind::Command(kind) => Self::Command(Command::new(kind.clone(), spec.rhythm)),
            SinkKind::Webhook(kind) => Self::Webhook(Webhook::new(kind.clone(), spec.rhythm, folder)),
            SinkKind::Mail(kind) => Self::Mail(Mail::new(kind.clone(), spec.rhythm, folder)),
            SinkKind::Feed(kind) => Self::Feed(Feed::new(kind, folder)),
        }
    }
}

impl Sink for AnySink {
    async fn deliver(&self, batch: &[Event], context: &Context<'_>) -> Delivery {
        match self {
            Self::File(sink) => sink.deliver(batch, context).await,
            Self::Command(sink) => sink.deliver(batch, context).await,
            Self::Webhook(sink) => sink.deliver(batch, context).await,
            Self::Mail(sink) => sink.deliver(batch, context).await,
            Self::Feed(sink) => sink.deliver(batch, context).await,
        }
    }

    fn patience(&self) -> Duration {
        match self {
            Self::File(sink) => sink.patience(),
            Self::Command(sink) => sink.patience(),
            Self::Webhook(sink) => sink.patience(),
            Self::Mail(sink) => sink.patience(),
            Self::Feed(sink) => sink.patience(),
        }
    }

    fn recent(&self) -> usize {
        match self {
            Self::Feed(sink) => sink.recent(),
            Self::File(_) | Self::Command(_) | Self::Webhook(_) | Self::Mail(_) => 0,
        }
    }
}

#[cfg(test)]
mod tests;
