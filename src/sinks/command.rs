//! A program that gets one event at a time, as JSON on its standard input.

use std::time::Duration;

use super::{Sink, program};
use crate::{model::Event, render};

/// A program that events are given to.
#[derive(Debug, Clone)]
pub struct Command {
    run: Vec<String>,
    timeout: Duration,
}

impl Command {
    /// The program and its arguments, and the time that it may take for one event.
    pub fn new(run: Vec<String>, timeout: Duration) -> Self {
        Self { run, timeout }
    }
}

impl Sink for Command {
    async fn take(&mut self, event: &Event) -> Result<(), String> {
        let json = render::ndjson(event).trim_end().to_owned();
        match tokio::time::timeout(self.timeout, program::ask(&self.run, &json, 0)).await {
            Ok(done) => done.map(drop),
            Err(_) => Err(format!("it took longer than {:?} and was stopped", self.timeout)),
        }
    }
}
