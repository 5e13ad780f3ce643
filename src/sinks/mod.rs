//! Where events go: the trait, and the outbox in front of it.
//!
//! The outbox is the store's: an event is durable there before any sink hears of it, and waits until the sink has taken
//! it. Delivery is at least once; ids are stable, so that a receiver can drop what it has.
//! Not here: what an event looks like (`render`).

mod command;
mod file;
mod outbox;
pub mod program;

use crate::model::{Event, SinkSpec, Way};

pub use command::Command;
pub use file::Lines;
pub use outbox::{Parcel, Sent, begin, record, send, waiting};

/// A place that takes events.
pub trait Sink {
    /// Takes one event; with an error it has not been taken and will be offered again.
    ///
    /// # Errors
    /// What went wrong, in words for the person who runs this.
    fn take(&mut self, event: &Event) -> impl Future<Output = Result<(), String>> + Send;
}

/// A sink of targets.json.
#[derive(Debug, Clone)]
pub enum Any {
    /// Lines in a file.
    Lines(Lines),
    /// A program.
    Command(Command),
}

impl Any {
    /// The sink that is specified; `folder` is what the path of a file is relative to.
    pub fn of(spec: &SinkSpec, folder: &std::path::Path) -> Self {
        match &spec.way {
            Way::File { path } => Self::Lines(Lines::new(folder.join(path))),
            Way::Command { run, timeout } => Self::Command(Command::new(run.clone(), *timeout)),
        }
    }
}

impl Sink for Any {
    async fn take(&mut self, event: &Event) -> Result<(), String> {
        match self {
            Self::Lines(lines) => lines.take(event).await,
            Self::Command(command) => command.take(event).await,
        }
    }
}
