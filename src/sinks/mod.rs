//! Where events go: the trait, the kinds, the outbox in front of them, and the terminal.
//!
//! The outbox is the store's: an event is durable there before any sink hears of it, and waits until the sink has taken
//! or refused it. Delivery is at least once; ids are stable, so that a receiver can drop what it has. The terminal has no
//! outbox: it is told what happens in this run.
//! Not here: what an event looks like (`render`), when a sink is offered its events again (`engine`).

mod command;
mod file;
mod outbox;
mod printer;
pub mod program;
mod terminal;

use std::{path::Path, time::Duration};

use jiff::Timestamp;

use crate::model::{Event, EventId, Refused, SinkKind, SinkSpec};

pub use command::Command;
pub use file::File;
pub use outbox::{Report, deliver};
pub use printer::Closed;
pub use terminal::Terminal;

/// What a sink may want to know beside the events.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    /// The moment of the delivery.
    pub now: Timestamp,
}

/// What a sink made of a batch.
#[derive(Debug, Default)]
pub struct Delivery {
    /// What it took.
    pub taken: Vec<EventId>,
    /// What it will never take, and why.
    pub refused: Vec<Refused>,
    /// Why the rest is to be offered again; none where there is no rest.
    pub again: Option<Again>,
}

/// Events that are to be offered again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Again {
    /// Why they were not taken, in words for the person who runs this.
    pub reason: String,
    /// Not before this moment, where the sink says so.
    pub after: Option<Timestamp>,
}

impl Again {
    /// Offered again whenever it suits.
    pub fn because(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), after: None }
    }
}

/// A place that takes events.
pub trait Sink {
    /// Takes a batch, in the order in which things happened. Each event is in one part of the answer, or is part of the
    /// rest that is to be offered again.
    fn deliver(&self, batch: &[Event], context: &Context) -> impl Future<Output = Delivery> + Send;

    /// The longest that it may need for one event: nobody else is given the batch meanwhile.
    fn patience(&self) -> Duration;
}

/// A sink of targets.json.
#[derive(Debug, Clone)]
pub enum AnySink {
    /// Lines in a file.
    File(File),
    /// A program.
    Command(Command),
}

impl AnySink {
    /// The sink that is specified; `folder` is what paths are relative to.
    pub fn new(spec: &SinkSpec, folder: &Path) -> Self {
        match &spec.kind {
            SinkKind::File(spec) => Self::File(File::new(spec, folder)),
            SinkKind::Command(spec) => Self::Command(Command::new(spec.clone())),
        }
    }
}

impl Sink for AnySink {
    async fn deliver(&self, batch: &[Event], context: &Context) -> Delivery {
        match self {
            Self::File(sink) => sink.deliver(batch, context).await,
            Self::Command(sink) => sink.deliver(batch, context).await,
        }
    }

    fn patience(&self) -> Duration {
        match self {
            Self::File(sink) => sink.patience(),
            Self::Command(sink) => sink.patience(),
        }
    }
}

#[cfg(test)]
mod tests;
