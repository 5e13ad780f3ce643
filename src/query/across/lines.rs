//! Who says each line, in which words, since when and until when; who changed first.
//!
//! Pure. Not here: which sentences are one line (`cluster`).

use std::collections::{BTreeMap, BTreeSet};

use super::{
    cluster::{Clusters, Read},
    voices::Heard,
};
use crate::model::{Between, FirstChange, LineWording, Origin, SaidBy, SharedLine, Together};

/// The lines of all that was read; without `all`, those that are about the incident.
pub(super) fn lines(voices: &[Heard], read: &Read, clusters: &Clusters, all: bool) -> Vec<SharedLine> {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (node, line) in clusters.of.iter().enumerate() {
        members.entry(*line).or_default().push(node);
    }
    let is_about = |nodes: &[usize]| nodes.iter().any(|n| read.nodes.get(*n).is_some_and(|node| node.about));
    let lines = members.into_values().filter(|nodes| all || is_about(nodes));
    let mut placed: Vec<_> = lines.filter_map(|nodes| line(voices, read, &nodes)).collect();
    placed.sort_by_key(|(place, _)| *place);
    placed.into_iter().map(|(_, line)| line).collect()
}

/// A line, and the voice and place at which it is first met.
fn line(voices: &[Heard], read: &Read, nodes: &[usize]) -> Option<((usize, usize), SharedLine)> {
    let mut worded: Vec<(usize, LineWording)> = Vec::new();
    for number in nodes {
        let node = read.nodes.get(*number)?;
        let said = said(voices, read, nodes, *number);
        if !said.is_empty() {
            worded.push((*number, LineWording { text: node.text.clone(), said }));
        }
    }
    worded.sort_by_key(|(number, wording)| (wording.said.iter().map(|said| said.from.1).min(), *number));
    let place =
        |number: &usize| read.nodes.get(*number).map(|node| (voice_of(read, node.place.0), node.place.1));
    let place = nodes.iter().filter_map(place).min()?;
    let wordings: Vec<LineWording> = worded.into_iter().map(|(_, wording)| wording).collect();
    if wordings.is_empty() {
        return None;
    }
    let state = together(&wordings);
    let first = if state == Together::Alone { None } else { first(&wordings) };
    Some((place, SharedLine { state, wordings, first }))
}

fn voice_of(read: &Read, version: usize) -> usize {
    read.readings.get(version).map_or(usize::MAX, |reading| reading.version.voice)
}

/// Who says a sentence of a line, and when.
fn said(voices: &[Heard], read: &Read, line: &[usize], node: usize) -> Vec<SaidBy> {
    let mut found: Vec<(usize, SaidBy)> = Vec::new();
    let versions = read.nodes.get(node).map(|node| node.versions.as_slice()).unwrap_or_default();
    for number in versions {
        let Some(version) = read.readings.get(*number).map(|reading| &reading.version) else { continue };
        let Some(voice) = voices.get(version.voice) else { continue };
        let is_given = voice.told.source == Origin::Statement;
        // What was given stands until the same body gives something else in its place.
        let to = if is_given { replaced(read, line, node, *number) } else { version.to };
        match found.last_mut() {
            Some((last, said))
                if said.voice == version.voice && (*last + 1 == *number || is_given && said.to.is_none()) =>
            {
                (*last, said.to) = (*number, to);
            }
            _ => found.push((
                *number,
                SaidBy {
                    voice: version.voice,
                    body: voice.told.body.clone(),
                    from: version.from,
                    to,
                    snapshot: version.snapshot.id.clone(),
                },
            )),
        }
    }
    found.into_iter().map(|(_, said)| said).collect()
}

/// When a statement that was given gave way, in this line, to a later one of the same voice.
fn replaced(read: &Read, line: &[usize], node: usize, version: usize) -> Option<Between> {
    let voice = voice_of(read, version);
    let others = line.iter().filter(|other| **other != node).filter_map(|other| read.nodes.get(*other));
    let later =
        others.flat_map(|other| &other.versions).filter(|n| **n > version && voice_of(read, **n) == voice);
    let next = later.min()?;
    let again = read
        .nodes
        .get(node)?
        .versions
        .iter()
        .any(|n| *n > version && n < next && voice_of(read, *n) == voice);
    read.readings.get(*next).filter(|_| !again).map(|reading| reading.version.from)
}

/// How bodies stand to a line.
fn together(wordings: &[LineWording]) -> Together {
    let bodies = |standing: bool| -> BTreeSet<&str> {
        let said = wordings.iter().flat_map(|wording| &wording.said);
        said.filter(|said| !standing || said.to.is_none()).map(|said| said.body.as_str()).collect()
    };
    let (ever, now) = (bodies(false), bodies(true));
    let standing =
        wordings.iter().filter(|wording| wording.said.iter().any(|said| said.to.is_none())).count();
    match ever.len() {
        0 | 1 => Together::Alone,
        _ if standing == 1 && ever == now => Together::Alike,
        _ => Together::Apart,
    }
}

/// Who gave up first what another body said too at that time. Of two that did so between the same looks nobody knows.
fn first(wordings: &[LineWording]) -> Option<FirstChange> {
    let mut ends: Vec<(Between, usize, &SaidBy)> = Vec::new();
    for (n, wording) in wordings.iter().enumerate() {
        for said in &wording.said {
            let Some(to) = said.to else { continue };
            // The spans in which the two are known to say it meet.
            let shared = wording.said.iter().any(|other| {
                other.body != said.body
                    && other.from.1 <= to.1
                    && other.to.is_none_or(|other| other.1 >= said.from.1)
            });
            if shared {
                ends.push((to, n, said));
            }
        }
    }
    ends.sort_by_key(|(to, ..)| to.1);
    let (between, gave_up, said) = ends.first().copied()?;
    let rival = ends.iter().skip(1).find(|(_, _, other)| other.body != said.body);
    if rival.is_some_and(|(to, ..)| to.0.is_none_or(|from| from < between.1)) {
        return None;
    }
    let took = wordings.iter().position(|wording| {
        wording.said.iter().any(|other| other.voice == said.voice && other.from == between)
    });
    Some(FirstChange { body: said.body.clone(), between, gave_up, took })
}
