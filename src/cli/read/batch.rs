//! `onrecord read --batch`: a page for each line of JSON, an answer for each line, whatever the others are.

use std::{
    io::{BufRead as _, Write as _},
    path::PathBuf,
    time::Instant,
};

use serde::{Deserialize, Serialize};
use url::Url;

use crate::{
    cli::{
        Exit, Failure,
        saved::{self, Unopened},
    },
    model::{Block, Memory, Recipe, Why},
    read,
};

/// One line of `--batch`.
#[derive(Debug, Deserialize)]
struct Asked {
    id: serde_json::Value,
    path: PathBuf,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    select: Option<String>,
}

#[derive(Debug, Default, Serialize)]
struct Answer {
    id: serde_json::Value,
    text: String,
    banner: String,
    cpu_ms: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'static str>,
}

/// Answers each line of standard input, in order.
pub(super) fn run() -> Result<Exit, Failure> {
    let mut out = std::io::stdout().lock();
    let nowhere = Url::parse(saved::NOWHERE).map_err(Failure::usage)?;
    for (number, line) in std::io::stdin().lock().lines().enumerate() {
        let line = line.map_err(Failure::usage)?;
        if line.trim().is_empty() {
            continue;
        }
        // A line that cannot be answered is answered as such: the others go on.
        let (id, answer) = match serde_json::from_str::<Asked>(&line) {
            Ok(asked) => {
                let answer = one(&asked, &nowhere).map_err(|file| (file.why(), Failure::from(file)));
                (asked.id, answer)
            }
            Err(error) => {
                let whole = serde_json::from_str::<serde_json::Value>(&line).unwrap_or_default();
                (whole.get("id").cloned().unwrap_or_default(), Err((None, Failure::usage(error))))
            }
        };
        let mut answer = answer.unwrap_or_else(|(why, failure)| {
            // When even standard error is gone, `why` still says that there was no reading.
            let _ = writeln!(anstream::stderr(), "onrecord: line {}: {}", number + 1, failure.told);
            Answer { why: Some(why.unwrap_or(Why::Unsupported).name()), ..Answer::default() }
        });
        answer.id = id;
        writeln!(out, "{}", serde_json::to_string(&answer).map_err(Failure::usage)?)?;
        out.flush()?;
    }
    Ok(Exit::Done)
}

/// Reads the page of one line.
fn one(asked: &Asked, nowhere: &Url) -> Result<Answer, Unopened> {
    let recipe = Recipe { select: asked.select.clone().into_iter().collect(), ..Recipe::default() };
    let url = asked.url.as_deref().and_then(|url| Url::parse(url).ok());
    let capture = saved::as_if_served(url.as_ref().unwrap_or(nowhere), saved::bytes(&asked.path)?);
    // Reading neither waits nor starts threads: its wall time is its CPU time on a quiet machine.
    let began = Instant::now();
    let reading = read::read(&capture, &recipe, &Memory::default());
    let cpu_ms = began.elapsed().as_secs_f64() * 1e3;
    Ok(match reading.joined() {
        Ok(statement) => Answer {
            text: words(&statement.content),
            banner: words(&statement.banner),
            cpu_ms,
            ..Answer::default()
        },
        Err(refusal) => Answer { cpu_ms, why: Some(refusal.why.name()), ..Answer::default() },
    })
}

fn words(blocks: &[Block]) -> String {
    blocks.iter().map(Block::text).collect::<Vec<_>>().join("\n")
}
