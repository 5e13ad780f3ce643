//! A program that gets a message at a time on its standard input: an event as JSON, or as text or Markdown.

use std::time::Duration;

use super::{Again, Context, Delivery, Sink, program, rhythm::messages};
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

    async fn give(&self, message: &[Bulletin<'_>]) -> Result<(), String> {
        let events = || message.iter().flat_map(Bulletin::events);
        let input = match self.spec.input {
            Input::Json => events().map(render::ndjson).collect::<String>().trim_end().to_owned(),
            Input::Text => message.iter().map(|bulletin| bulletin.text(WIDTH)).collect::<Vec<_>>().join("\n"),
            Input::Markdown => events().map(|event| render::markdown(event, render::Detail::Brief)).collect(),
        };
        match tokio::time::timeout(self.spec.timeout, program::ask(&self.spec.run, &input, 0)).await {
            Ok(done) => done.map(drop),
            Err(_) => Err(format!("it took longer than {:?} and was stopped", self.spec.timeout)),
        }
    }
}

impl Sink for Command {
    /// One after the other, until it does not take one: what comes after that one waits with it, so that the order holds.
    async fn deliver(&self, batch: &[Event], _: &Context<'_>) -> Delivery {
        let mut delivery = Delivery::default();
        for message in messages(batch, self.rhythm, self.spec.input != Input::Json) {
            if let Err(reason) = self.give(&message).await {
                delivery.again = Some(Again::because(reason));
                break;
            }
            delivery.taken.extend(message.iter().flat_map(Bulletin::events).map(|event| event.id.clone()));
        }
        delivery
    }

    fn patience(&self) -> Duration {
        self.spec.timeout
    }
}
