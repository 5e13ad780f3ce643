//! A program that is given text on its standard input and may answer on its standard output. No shell comes between.
//!
//! Not here: how long it may take; whoever waits for it gives up, and then it is killed.

use std::process::Stdio;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};

use crate::render::escape;

/// The most of a program's complaint that is kept, in bytes.
const COMPLAINT: usize = 2048;

/// Runs a program and its arguments with `input`; what it answered, at most `most` bytes and one more. With 0 nobody
/// listens: what it leaves running may hold its output open.
///
/// # Errors
/// When it could not be started, was killed, or ended with another code than 0: with the first line that it complained.
pub async fn ask(run: &[String], input: &str, most: usize) -> Result<Vec<u8>, String> {
    let (program, arguments) = run.split_first().ok_or("no program is named")?;
    let mut command = tokio::process::Command::new(program);
    // A group of its own, so that what it started can be stopped with it.
    #[cfg(unix)]
    command.process_group(0);
    let mut child = command
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(if most == 0 { Stdio::null() } else { Stdio::piped() })
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| format!("it could not be started: {error}"))?;
    let group = Group(child.id());
    let (mut stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let told = async {
        if let Some(stdin) = &mut stdin {
            // A program that needs no more than its being called may close its input: its exit says how it went.
            let _ = stdin.write_all(input.as_bytes()).await;
            let _ = stdin.write_all(b"\n").await;
        }
        drop(stdin);
    };
    let ((), answer, complaint, status) =
        tokio::join!(told, first(stdout, most.saturating_add(1)), first(stderr, COMPLAINT), child.wait());
    group.has_ended();
    let status = status.map_err(|error| format!("how it ended is not known: {error}"))?;
    if status.success() {
        return Ok(answer);
    }
    let complaint = String::from_utf8_lossy(&complaint);
    let line = complaint.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let said = if line.is_empty() { String::new() } else { format!(", saying: {}", escape::terminal(line)) };
    Err(match status.code() {
        Some(code) => format!("it ended with {code}{said}"),
        None => format!("it was killed{said}"),
    })
}

/// The programs that one started, itself among them: stopped when nobody waits for it any more.
struct Group(Option<u32>);

impl Group {
    /// It ended by itself; what it left running is meant to run.
    fn has_ended(mut self) {
        self.0 = None;
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        #[cfg(unix)]
        if let Some(leader) = self.0.and_then(|id| rustix::process::Pid::from_raw(i32::try_from(id).ok()?)) {
            // It may have ended just now.
            let _ = rustix::process::kill_process_group(leader, rustix::process::Signal::KILL);
        }
    }
}

/// The first bytes of what a program says. The rest is read too, so that one that says much is not stopped by that.
async fn first(from: Option<impl AsyncRead + Unpin>, most: usize) -> Vec<u8> {
    let mut said = Vec::new();
    if let Some(mut from) = from {
        let _ = (&mut from).take(most as u64).read_to_end(&mut said).await;
        let _ = tokio::io::copy(&mut from, &mut tokio::io::sink()).await;
    }
    said
}
