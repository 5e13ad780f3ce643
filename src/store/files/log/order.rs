//! Which segments there are, and in which order they are read.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, BinaryHeap},
    path::Path,
};

use jiff::Timestamp;

use super::{
    line::{self, Body, Head, Segment},
    segment,
};
use crate::store::{
    StoreError,
    files::disk,
    layout::{self, LOG},
};

/// The names below `log/` of a store's days of format 1 and of its segments, sorted.
pub(crate) fn names(root: &Path) -> Result<Vec<String>, StoreError> {
    let mut found = Vec::new();
    for name in disk::names(root, LOG)? {
        if layout::is_day_file(&name) {
            found.push(name);
        } else if layout::is_day(&name) {
            let files = disk::names(root, &format!("{LOG}/{name}"))?;
            let segments = files.into_iter().map(|file| format!("{name}/{file}"));
            found.extend(segments.filter(|segment| layout::is_segment(segment)));
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// The first line of a segment: when it was begun, and what it follows. `None` where nothing whole stands there yet.
fn opening(root: &Path, name: &str) -> Result<Option<(Timestamp, Segment)>, StoreError> {
    let Some(bytes) = segment::first_line(root, name)? else { return Ok(None) };
    Ok(match line::read(&bytes) {
        Ok(line::Line { at, body: Body::Segment(segment), .. }) => Some((at, segment)),
        // What is wrong with it is told when its lines are read.
        _ => {
            Some((Timestamp::MIN, Segment { run: line::Run::new(), by: String::new(), follows: Vec::new() }))
        }
    })
}

/// The order of all there is, and the heads that segments say they follow.
pub(super) struct Order {
    pub(super) names: Vec<String>,
    pub(super) followed: BTreeSet<Head>,
}

/// Puts segments in order: each after those that it follows, ties by start, then by run. Days of format 1 come first.
pub(super) fn order(root: &Path, names: Vec<String>) -> Result<Order, StoreError> {
    let (days, segments): (Vec<String>, Vec<String>) =
        names.into_iter().partition(|name| layout::is_day_file(name));
    let mut followed = BTreeSet::new();
    let mut after: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut waits: BTreeMap<String, usize> = BTreeMap::new();
    let mut starts: BTreeMap<String, (Timestamp, String)> = BTreeMap::new();
    let known: BTreeSet<&String> = segments.iter().collect();
    for name in &segments {
        // One without a whole line was begun by a crash: it says nothing.
        let Some((at, segment)) = opening(root, name)? else { continue };
        let mut on = BTreeSet::new();
        for head in segment.follows {
            if known.contains(&head.segment) && head.segment != *name {
                on.insert(head.segment.clone());
            }
            followed.insert(head);
        }
        waits.insert(name.clone(), on.len());
        for before in on {
            after.entry(before).or_default().push(name.clone());
        }
        starts.insert(name.clone(), (at, segment.run.as_str().to_owned()));
    }
    let key = |name: &String| Reverse((starts.get(name).cloned().unwrap_or_default(), name.clone()));
    let mut free: BinaryHeap<_> = waits.iter().filter(|(_, n)| **n == 0).map(|(name, _)| key(name)).collect();
    let mut names = days;
    while let Some(Reverse((_, name))) = free.pop() {
        waits.remove(&name);
        for next in after.remove(&name).unwrap_or_default() {
            if let Some(n) = waits.get_mut(&next) {
                *n -= 1;
                if *n == 0 {
                    free.push(key(&next));
                }
            }
        }
        names.push(name);
    }
    // A circle cannot be made without breaking SHA-256; were there one, its lines are read and their faults told.
    names.extend(waits.into_keys());
    Ok(Order { names, followed })
}
