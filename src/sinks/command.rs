//! A program that gets one event at a time, as JSON on its standard input. No shell comes between.

use std::{process::Stdio, time::Duration};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::Sink;
use crate::{
    model::Event,
    render::{self, escape},
};

/// The most of a program's complaint that is kept, in bytes.
const COMPLAINT: u64 = 2048;

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

    async fn give(&self, json: String) -> Result<(), String> {
        let mut parts = self.run.iter();
        let program = parts.next().ok_or("no program is named")?;
        let mut child = tokio::process::Command::new(program)
            .args(parts)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| format!("it could not be started: {error}"))?;
        let (mut stdin, stderr) = (child.stdin.take(), child.stderr.take());
        let told = async {
            if let Some(stdin) = &mut stdin {
                // A program that needs no more than its being called may close its input: its exit says how it went.
                let _ = stdin.write_all(json.as_bytes()).await;
                let _ = stdin.write_all(b"\n").await;
            }
            drop(stdin);
        };
        let complained = async {
            let mut said = Vec::new();
            if let Some(mut stderr) = stderr {
                let _ = (&mut stderr).take(COMPLAINT).read_to_end(&mut said).await;
                // The rest is read too, so that a program that says much is not stopped by that.
                let _ = tokio::io::copy(&mut stderr, &mut tokio::io::sink()).await;
            }
            String::from_utf8_lossy(&said).into_owned()
        };
        let ((), said, status) = tokio::join!(told, complained, child.wait());
        let status = status.map_err(|error| format!("how it ended is not known: {error}"))?;
        if status.success() {
            return Ok(());
        }
        let first = said.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let said =
            if first.is_empty() { String::new() } else { format!(", saying: {}", escape::terminal(first)) };
        Err(match status.code() {
            Some(code) => format!("it ended with {code}{said}"),
            None => format!("it was killed{said}"),
        })
    }
}

impl Sink for Command {
    async fn take(&mut self, event: &Event) -> Result<(), String> {
        let json = render::ndjson(event).trim_end().to_owned();
        match tokio::time::timeout(self.timeout, self.give(json)).await {
            Ok(done) => done,
            Err(_) => Err(format!("it took longer than {:?} and was stopped", self.timeout)),
        }
    }
}
