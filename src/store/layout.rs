//! Where each thing lies in the folder. Pure: names in, paths out, and back.
//!
//! Paths are relative to the store, `/` between the parts, and made of checked names only, so none can climb.

use jiff::Timestamp;

use crate::model::{Digest, Event, EventId, SnapshotId, TargetId, compact, parse_compact};

/// The folder of new files that no line of the log names yet.
pub(crate) const TEMPORARY: &str = "tmp";
/// The folder of the log.
pub(crate) const LOG: &str = "log";
/// What the fold came to.
pub(crate) const STATE: &str = "state.json";
/// The number of the layout.
pub(crate) const FORMAT: &str = "format";
/// The writer's lock.
pub(crate) const LOCK: &str = "lock";

/// What a path names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Named {
    /// A capture: its target and the first digits of its digest.
    Capture(TargetId, String),
    /// A snapshot.
    Snapshot(TargetId, SnapshotId),
    /// An event: its target and the first digits of its id.
    Event(TargetId, String),
    /// A host's memory: the host's folder and the number.
    Memory(String, u32),
    /// The wording now.
    Latest(TargetId),
}

pub(crate) fn target(target: &TargetId) -> String {
    format!("targets/{target}")
}

pub(crate) fn events(target: &TargetId) -> String {
    format!("targets/{target}/events")
}

pub(crate) fn capture(target: &TargetId, started: Timestamp, sha256: &Digest) -> String {
    format!("targets/{target}/{}-{}.warc", compact(started), sha256.short())
}

pub(crate) fn snapshot(target: &TargetId, id: &SnapshotId) -> String {
    format!("targets/{target}/{id}.json")
}

pub(crate) fn event(event: &Event) -> String {
    format!("targets/{}/events/{}-{}.json", event.target, compact(event.between.1), id8(&event.id))
}

pub(crate) fn latest(target: &TargetId) -> String {
    format!("targets/{target}/latest.txt")
}

pub(crate) fn memory(host: &str, number: u32) -> String {
    format!("hosts/{}/{number}.json", host_folder(host))
}

/// The temporary name of a file: one name a path, so that a reader finds what a crash left there.
pub(crate) fn temporary(path: &str) -> String {
    format!("{TEMPORARY}/{}", Digest::of(path.as_bytes()))
}

/// The day whose file holds lines written at `at`, in UTC.
pub(crate) fn day(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d.jsonl").to_string()
}

/// Whether a name in the log's folder is that of a day.
pub(crate) fn is_day(name: &str) -> bool {
    name.strip_suffix(".jsonl").is_some_and(|day| day.len() == 10 && day.parse::<jiff::civil::Date>().is_ok())
}

/// A host as a folder's name: letters, digits, `-` and inner dots stand, any other byte is `%` and two hex digits.
pub(crate) fn host_folder(host: &str) -> String {
    let mut folder = String::with_capacity(host.len());
    for (i, byte) in host.bytes().enumerate() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'-' => folder.push(char::from(byte)),
            b'.' if i > 0 => folder.push('.'),
            _ => {
                folder.push('%');
                folder.push_str(&data_encoding::HEXLOWER.encode(&[byte]));
            }
        }
    }
    folder
}

/// The first eight digits of an event's id, for file names.
pub(crate) fn id8(id: &EventId) -> &str {
    id.as_str().get(..8).unwrap_or_default()
}

/// What a path names; `None` when nothing of the store has such a name.
pub(crate) fn parse(path: &str) -> Option<Named> {
    let parts: Vec<&str> = path.split('/').collect();
    match *parts.as_slice() {
        ["targets", target, "latest.txt"] => Some(Named::Latest(target.parse().ok()?)),
        ["targets", target, name] => {
            let target = target.parse().ok()?;
            if let Some(id) = name.strip_suffix(".json") {
                Some(Named::Snapshot(target, id.parse().ok()?))
            } else {
                Some(Named::Capture(target, stamped(name, ".warc")?))
            }
        }
        ["targets", target, "events", name] => {
            Some(Named::Event(target.parse().ok()?, stamped(name, ".json")?))
        }
        ["hosts", folder, name] => {
            let number: u32 = name.strip_suffix(".json")?.parse().ok()?;
            let plain = !folder.is_empty()
                && folder.len() <= 255
                && !folder.starts_with('.')
                && folder
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.' | b'%'));
            (plain && *name == format!("{number}.json")).then(|| Named::Memory(folder.to_owned(), number))
        }
        _ => None,
    }
}

fn stamped(name: &str, suffix: &str) -> Option<String> {
    let (stamp, id) = name.strip_suffix(suffix)?.split_once('-')?;
    parse_compact(stamp)?;
    let hex = id.len() == 8 && id.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    hex.then(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_climbs_or_carries_other_signs_names_nothing() {
        for path in [
            "targets/../x/latest.txt",
            "targets/wantsum/../latest.txt",
            "/targets/wantsum/latest.txt",
            "targets/wantsum/20240119T110004Z-0123abcd.json/..",
            "targets/wantsum/20240119T110004Z-0123ABCD.warc",
            "hosts/../1.json",
            "hosts/a.example/01.json",
            "hosts//1.json",
        ] {
            assert_eq!(parse(path), None, "{path}");
        }
    }

    #[test]
    fn a_host_becomes_a_folder_that_cannot_climb() {
        assert_eq!(host_folder("news.wantsum.example"), "news.wantsum.example");
        assert_eq!(host_folder("[::1]"), "%5b%3a%3a1%5d");
        assert_eq!(host_folder("../a"), "%2e.%2fa");
        for host in ["news.wantsum.example", "[::1]", "../a"] {
            assert!(matches!(parse(&memory(host, 3)), Some(Named::Memory(_, 3))), "{host}");
        }
    }
}
