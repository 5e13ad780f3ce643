//! Where each thing lies in the folder. Pure: names in, paths out, and back.
//!
//! Paths are relative to the store, `/` between the parts, and made of checked names only, so none can climb.

use jiff::Timestamp;

use crate::model::{
    Digest, EventId, EventRef, MemoryRef, Observation, SnapshotId, Subject, TargetId, compact, parse_compact,
};

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
/// What is derived, and not for git.
pub(crate) const CACHE: &str = "cache";

/// What a path names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Named {
    /// A blob: where it lies, and the first digits of its digest.
    Blob(Place, String),
    /// A snapshot.
    Snapshot(Place, SnapshotId),
    /// An event: where it lies, and the first digits of its id.
    Event(Place, String),
    /// A host's memory: the host's folder and the number, and the first digits of its digest (since format 2).
    Memory(String, u32, Option<String>),
    /// The wording now.
    Latest(Place),
}

/// The folder of a subject: its target, and for an item the name of its folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// The target.
    pub(crate) target: TargetId,
    /// The item's folder.
    pub(crate) item: Option<String>,
}

impl Place {
    /// Where a subject's files lie.
    pub(crate) fn of(subject: &Subject) -> Self {
        let item = (!subject.item.is_whole()).then(|| subject.item.folder());
        Self { target: subject.target.clone(), item }
    }
}

/// The folder of a subject.
pub(crate) fn folder(subject: &Subject) -> String {
    match Place::of(subject) {
        Place { target, item: None } => format!("targets/{target}"),
        Place { target, item: Some(item) } => format!("targets/{target}/items/{item}"),
    }
}

/// The folder of a subject's events.
pub(crate) fn events(subject: &Subject) -> String {
    format!("{}/events", folder(subject))
}

/// A blob that a look at `started` brought.
pub(crate) fn blob(subject: &Subject, started: Timestamp, sha256: &Digest) -> String {
    format!("{}/{}-{}.warc", folder(subject), compact(started), sha256.short())
}

/// A snapshot.
pub(crate) fn snapshot(subject: &Subject, id: &SnapshotId) -> String {
    format!("{}/{id}.json", folder(subject))
}

/// An event that was over at `until`.
pub(crate) fn event(subject: &Subject, until: Timestamp, id: &EventId) -> String {
    format!("{}/{}-{}.json", events(subject), compact(until), id8(id))
}

/// The wording now.
pub(crate) fn latest(subject: &Subject) -> String {
    format!("{}/latest.txt", folder(subject))
}

/// A memory of a host.
pub(crate) fn memory(memory: &MemoryRef) -> String {
    format!("hosts/{}/{}-{}.json", host_folder(&memory.host), memory.number, memory.sha256.short())
}

/// The same in a store of format 1.
pub(crate) fn memory_of_format_1(host: &str, number: u32) -> String {
    format!("hosts/{}/{number}.json", host_folder(host))
}

/// Every file that a look brought, with the digest of its bytes.
pub(crate) fn files(look: &Observation) -> Vec<(String, Digest)> {
    let subject = look.subject();
    let event = |e: &EventRef| (event(&subject, e.until, &e.id), e.sha256.clone());
    let blobs = look.blobs.iter().map(|sha256| (blob(&subject, look.started, sha256), sha256.clone()));
    let snapshots = look.snapshots.iter().map(|s| (snapshot(&subject, &s.id), s.sha256.clone()));
    let memory = look.memory.iter().map(|m| (memory(m), m.sha256.clone()));
    blobs.chain(snapshots).chain(look.events.iter().map(event)).chain(memory).collect()
}

/// The temporary name of a file: one name a path, so that a reader finds what a crash left there.
pub(crate) fn temporary(path: &str) -> String {
    format!("{TEMPORARY}/{}", Digest::of(path.as_bytes()))
}

/// The segment of a run for lines written at `at`, below [`LOG`]: its day and hour in UTC, and the run.
pub(crate) fn segment(hour: &str, run: &str) -> String {
    format!("{hour}-{run}.jsonl")
}

/// The hour of a moment as it stands in the names of segments: `2024-01-19/11`.
pub(crate) fn hour(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d/%H").to_string()
}

/// The hour in the name of a segment; of a day's file of format 1, the day.
pub(crate) fn hour_of(segment: &str) -> &str {
    segment.get(..13).filter(|hour| hour.contains('/')).unwrap_or(segment.get(..10).unwrap_or_default())
}

/// Whether a name in the log's folder is that of a day's file of format 1.
pub(crate) fn is_day_file(name: &str) -> bool {
    name.strip_suffix(".jsonl").is_some_and(is_day)
}

/// Whether a name in the log's folder is that of a day's folder.
pub(crate) fn is_day(name: &str) -> bool {
    name.len() == 10 && name.parse::<jiff::civil::Date>().is_ok()
}

/// Whether a name below [`LOG`] is that of a segment.
pub(crate) fn is_segment(name: &str) -> bool {
    let Some((day, file)) = name.split_once('/') else { return false };
    let Some((hour, run)) = file.strip_suffix(".jsonl").and_then(|file| file.split_once('-')) else {
        return false;
    };
    is_day(day) && hour.len() == 2 && hour.parse::<u8>().is_ok_and(|hour| hour < 24) && is_hex8(run)
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
        ["targets", target, "items", item, ref rest @ ..] if is_hex8(item) => {
            inside(Place { target: target.parse().ok()?, item: Some(item.to_owned()) }, rest)
        }
        ["targets", target, ref rest @ ..] => {
            inside(Place { target: target.parse().ok()?, item: None }, rest)
        }
        ["hosts", folder, name] => {
            let plain = !folder.is_empty()
                && folder.len() <= 255
                && !folder.starts_with('.')
                && folder
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.' | b'%'));
            let name = name.strip_suffix(".json").filter(|_| plain)?;
            let (number, sha8) = name.split_once('-').map_or((name, None), |(n, sha8)| (n, Some(sha8)));
            let parsed: u32 = number.parse().ok()?;
            let well = parsed.to_string() == number && sha8.is_none_or(is_hex8);
            well.then(|| Named::Memory(folder.to_owned(), parsed, sha8.map(str::to_owned)))
        }
        _ => None,
    }
}

fn inside(place: Place, rest: &[&str]) -> Option<Named> {
    match *rest {
        ["latest.txt"] => Some(Named::Latest(place)),
        ["events", name] => Some(Named::Event(place, stamped(name, ".json")?)),
        [name] => match name.strip_suffix(".json") {
            Some(id) => Some(Named::Snapshot(place, id.parse().ok()?)),
            None => Some(Named::Blob(place, stamped(name, ".warc")?)),
        },
        _ => None,
    }
}

fn stamped(name: &str, suffix: &str) -> Option<String> {
    let (stamp, id) = name.strip_suffix(suffix)?.split_once('-')?;
    parse_compact(stamp)?;
    is_hex8(id).then(|| id.to_owned())
}

fn is_hex8(text: &str) -> bool {
    text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
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
            "targets/wantsum/items/../latest.txt",
            "targets/wantsum/items/0123abcd/../latest.txt",
            "hosts/../1.json",
            "hosts/a.example/01.json",
            "hosts/a.example/1-../x.json",
            "hosts//1.json",
        ] {
            assert_eq!(parse(path), None, "{path}");
        }
        for name in ["2024-01-19/24-0123abcd.jsonl", "../19/11-0123abcd.jsonl", "2024-01-19/11-x.jsonl"] {
            assert!(!is_segment(name), "{name}");
        }
        assert!(is_segment(&segment(&hour("2024-01-19T11:00:04Z".parse().unwrap()), "0123abcd")));
    }

    #[test]
    fn an_item_has_a_folder_of_its_own() {
        let item: Subject = "canterbury-feed#https://news.example/?id=../1".parse().unwrap();
        let path = latest(&item);
        assert_eq!(parse(&path), Some(Named::Latest(Place::of(&item))), "{path}");
    }

    #[test]
    fn a_host_becomes_a_folder_that_cannot_climb() {
        assert_eq!(host_folder("news.wantsum.example"), "news.wantsum.example");
        assert_eq!(host_folder("[::1]"), "%5b%3a%3a1%5d");
        assert_eq!(host_folder("../a"), "%2e.%2fa");
        for host in ["news.wantsum.example", "[::1]", "../a"] {
            let name = MemoryRef { host: host.to_owned(), number: 3, sha256: Digest::of(b"") };
            assert!(matches!(parse(&memory(&name)), Some(Named::Memory(_, 3, Some(_)))), "{host}");
        }
    }
}
