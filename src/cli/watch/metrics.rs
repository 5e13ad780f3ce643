//! How the watch goes, in the text format of Prometheus, at one address that was asked for: `GET /metrics`.
//!
//! One path and one answer: bounded in size, time and number of callers.

use std::{fmt::Write as _, net::SocketAddr, sync::Arc, time::Duration};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
};

use crate::engine::Pulse;

/// How many callers are served at once.
const CALLERS: usize = 8;
/// The most bytes of a request that are read.
const REQUEST: usize = 4096;
/// The time for one caller.
const PATIENCE: Duration = Duration::from_secs(5);

/// Listens at an address and serves the newest text.
///
/// # Errors
/// When the address cannot be listened at.
pub(super) async fn serve(address: SocketAddr, text: watch::Receiver<String>) -> std::io::Result<SocketAddr> {
    let listener = TcpListener::bind(address).await?;
    let bound = listener.local_addr()?;
    tokio::spawn(async move {
        let places = Arc::new(Semaphore::new(CALLERS));
        loop {
            let (Ok(place), Ok((stream, _))) =
                (Arc::clone(&places).acquire_owned().await, listener.accept().await)
            else {
                // Too many open files, or the like: it passes.
                tokio::time::sleep(Duration::from_millis(200)).await;
                continue;
            };
            let text = text.borrow().clone();
            tokio::spawn(async move {
                // A caller that goes away, or never asks, is no matter of ours.
                let _ = tokio::time::timeout(PATIENCE, answer(stream, &text)).await;
                drop(place);
            });
        }
    });
    Ok(bound)
}

async fn answer(mut stream: TcpStream, text: &str) -> std::io::Result<()> {
    let mut request = Vec::with_capacity(512);
    while !request.windows(4).any(|end| end == b"\r\n\r\n") && request.len() < REQUEST {
        if stream.read_buf(&mut request).await? == 0 {
            break;
        }
    }
    let asked = request.starts_with(b"GET /metrics ") || request.starts_with(b"GET /metrics?");
    let (status, body) = if asked { ("200 OK", text) } else { ("404 Not Found", "GET /metrics\n") };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body.as_bytes()).await?;
    stream.shutdown().await
}

/// The pulse as metrics.
pub(super) fn text(pulse: &Pulse) -> String {
    let mut out = String::new();
    let looks = &pulse.looks;
    let mut family = |name: &str, kind: &str, help: &str, rows: &[(String, f64)]| {
        // Writing into a string does not fail.
        let _ = writeln!(out, "# HELP onrecord_{name} {help}\n# TYPE onrecord_{name} {kind}");
        for (labels, value) in rows {
            let _ = writeln!(out, "onrecord_{name}{labels} {value}");
        }
    };
    let row = |label: &str, value: &str, n: u64| (format!("{{{label}=\"{value}\"}}"), n as f64);
    family(
        "looks_total",
        "counter",
        "Looks since the start, by what came of them.",
        &[
            row("result", "unchanged", looks.unchanged as u64),
            row("result", "read", looks.read as u64),
            row("result", "without", looks.without as u64),
            row("result", "cooling", looks.cooling as u64),
        ],
    );
    family(
        "events_total",
        "counter",
        "Events since the start, by level.",
        &[row("level", "alert", pulse.alerts), row("level", "note", pulse.notes)],
    );
    let phases: Vec<_> = pulse.phases.iter().map(|(phase, n)| row("phase", phase, *n)).collect();
    family("targets", "gauge", "Targets by where they stand.", &phases);
    let next: Vec<_> = pulse.next.iter().map(|next| (String::new(), next.as_second() as f64)).collect();
    family("next_look_timestamp_seconds", "gauge", "When the next target is due.", &next);
    let troubles: Vec<_> = pulse.troubles.keys().map(|sink| row("sink", sink, 1)).collect();
    family("sink_in_trouble", "gauge", "Sinks that did not take the last event offered.", &troubles);
    out
}
