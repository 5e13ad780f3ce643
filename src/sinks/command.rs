//! A program that gets one event at a time, as JSON on its standard input.

use std::time::Duration;

use super::{Again, Context, Delivery, Sink, program};
use crate::{
    model::{CommandSink, Event},
    render,
};

/// A program that events are given to.
#[derive(Debug, Clone)]
pub struct Command {
    spec: CommandSink,
}

impl Command {
    /// The program that is specified.
    pub fn new(spec: CommandSink) -> Self {
        Self { spec }
    }

    async fn give(&self, event: &Event) -> Result<(), String> {
        let json = render::ndjson(event).trim_end().to_owned();
        match tokio::time::timeout(self.spec.timeout, program::ask(&self.spec.run, &json, 0)).await {
            Ok(done) => done.map(drop),
            Err(_) => Err(format!("it took longer than {:?} and was stopped", self.spec.timeout)),
        }
    }
}

impl Sink for Command {
    /// One after the other, until it does not take one: what comes after that one waits with it, so that the order holds.
    async fn deliver(&self, batch: &[Event], _: &Context) -> Delivery {
        let mut delivery = Delivery::default();
        for event in batch {
            if let Err(reason) = self.give(event).await {
                delivery.again = Some(Again::because(reason));
                break;
            }
            delivery.taken.push(event.id.clone());
        }
        delivery
    }

    fn patience(&self) -> Duration {
        self.spec.timeout
    }
}
