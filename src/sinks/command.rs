//! A program that gets a message at a time on its standard input: an event as JSON, or as text or Markdown.

use std::time::Duration;

use super::{
    Context, Delivery, Sink,
    one_by_one::{Fault, Give, one_by_one},
    program,
    rhythm::messages,
};
use crate::{
    model::{CommandSink, Event, Input, Rhythm},
    render::{self, Bulletin},
};

/// The columns of plain text.
const WIDTH: usize = 80;

/// A program that messages are given to.
#[derive(Debug, Clone)]
pub struct Command {
    spec: CommandSink,
    rhythm: Rhythm,
}

impl Command {
    /// The program that is specified.
    pub fn new(spec: CommandSink, rhythm: Rhythm) -> Self {
        Self { spec, rhythm }
    }
}

impl Give for Command {
    async fn give(&self, message: &[Bulletin<'_>]) -> Result<(), Fault> {
        let events = || message.iter().flat_map(Bulletin::events);
        let input = match self.spec.input {
            Input::Json => events().map(render::ndjson).collect::<String>().trim_end().to_owned(),
            Input::Text => message.iter().map(|bulletin| bulletin.text(WIDTH)).collect::<Vec<_>>().join("\n"),
            Input::Markdown => events().map(|event| render::markdown(event, render::Detail::Brief)).collect(),
        };
        match tokio::time::timeout(self.spec.timeout, program::ask(&self.spec.run, &input, 0)).await {
            Ok(done) => done.map(drop).map_err(Fault::retry),
            Err(_) => {
                Err(Fault::retry(format!("it took longer than {:?} and was stopped", self.spec.timeout)))
            }
        }
    }
}

impl Sink for Command {
    async fn deliver(&self, batch: &[Event], _: &Context<'_>) -> Delivery {
        one_by_one(self, messages(batch, self.rhythm, self.spec.input != Input::Json)).await
    }

    fn patience(&self) -> Duration {
        self.spec.timeout
    }
}
