//! The two texts of a comparison: files, or snapshots of a store.

use std::path::Path;

use crate::{
    cli::{Failure, Global, config, moment::Named, saved},
    compare::departures::{self, Departure, Entry},
    model::{Span, Statement, Target},
    query,
    read::{
        self, Item,
        plain::{self, Plain},
    },
    store::Files,
    text::Lexicons,
};

/// Two texts, and the target that both are of.
pub(super) struct Pair {
    pub(super) before: Side,
    pub(super) after: Side,
    pub(super) target: Option<Target>,
    /// The words of targets.json, where both are of a store.
    pub(super) lexicons: Lexicons,
}

/// A text, with the place of each sentence in it.
pub(super) struct Side {
    pub(super) statement: Statement,
    offsets: Vec<(usize, usize)>,
    file: Option<Plain>,
}

impl Side {
    fn of_text(bytes: &[u8], lines: bool) -> Self {
        let plain = plain::plain(&String::from_utf8_lossy(bytes), lines);
        Self { statement: plain.statement.clone(), offsets: plain.offsets.clone(), file: Some(plain) }
    }

    /// A snapshot's text is its sentences in order, one character between two.
    fn of_statement(statement: Statement) -> Self {
        let mut at = 0;
        let sentences = statement.content.iter().flat_map(|block| &block.sentences);
        let offsets = sentences
            .map(|sentence| {
                let start = at;
                let end = start + sentence.text.chars().count();
                at = end + 1;
                (start, end)
            })
            .collect();
        Self { statement, offsets, file: None }
    }

    /// Whether a cap was met in reading it.
    pub(super) fn is_degraded(&self) -> bool {
        self.file.as_ref().is_some_and(|file| file.degraded)
    }

    /// Where a sentence of the content stands, in Unicode scalar values.
    pub(super) fn sentence(&self, number: usize) -> Option<Span> {
        self.offsets.get(number).map(|&(start, end)| Span(start, end))
    }

    /// Where a span stands that counts through the sentences `at`, joined by one space.
    pub(super) fn place(&self, at: &[usize], span: Span) -> Option<Span> {
        if let Some(file) = &self.file {
            return file.place(at, span);
        }
        let mut base = 0;
        let mut placed: Option<Span> = None;
        for &(start, end) in at.iter().filter_map(|&number| self.offsets.get(number)) {
            let length = end - start;
            let (from, to) =
                (span.0.saturating_sub(base).min(length), span.1.saturating_sub(base).min(length));
            if from < to {
                let first = placed.map_or(start + from, |placed| placed.0);
                placed = Some(Span(first, start + to));
            }
            base += length + 1;
        }
        placed
    }
}

/// The two texts that are named.
pub(super) fn pair(before: &str, after: &str, lines: bool, global: &Global) -> Result<Pair, Failure> {
    match (Named::of(before), Named::of(after)) {
        (Some(old), Some(new)) => {
            let store = Files::read_only(&global.store)?;
            let now = config::clock()?.now();
            let (old, new, (before, after)) = config::runtime()?.block_on(async {
                let (old, new) = (old.wording(&store, now).await?, new.wording(&store, now).await?);
                let words = query::by_one_recipe(&store, &old.snapshot, &new.snapshot).await?;
                Ok::<_, Failure>((old.subject.target, new.subject.target, words))
            })?;
            let config = config::load(global).unwrap_or_default();
            let is_both = |target: &Target| target.id == new && target.id == old;
            let target = config.targets.into_iter().find(is_both);
            let (before, after) = (Side::of_statement(before), Side::of_statement(after));
            Ok(Pair { before, after, target, lexicons: config.lexicons })
        }
        (None, None) => {
            let (before, after) = files(Path::new(before), Path::new(after), lines)?;
            Ok(Pair { before, after, target: None, lexicons: Lexicons::default() })
        }
        _ => Err(Failure::usage("compare two files, or two snapshots (TARGET@WHEN)")),
    }
}

/// Two files: texts, pages or feeds, each as what it is.
fn files(before: &Path, after: &Path, lines: bool) -> Result<(Side, Side), Failure> {
    enum Read {
        Items(Vec<Item>),
        Text(Vec<u8>),
    }
    let read = |path: &Path| {
        let bytes = saved::bytes(path)?;
        let is_source = !lines && is_source(&bytes);
        Ok::<_, Failure>(if is_source { Read::Items(saved::items(path, bytes)?) } else { Read::Text(bytes) })
    };
    let (mut before, mut after) = (read(before)?, read(after)?);
    if let (Read::Items(before), Read::Items(after)) = (&mut before, &mut after) {
        align(before, after);
    }
    let side = |read| match read {
        Read::Items(items) => Side::of_statement(read::join(items)),
        Read::Text(bytes) => Side::of_text(&bytes, lines),
    };
    Ok((side(before), side(after)))
}

/// Puts the entries of two lists side by side: in one order, without those that only aged out.
fn align(before: &mut Vec<Item>, after: &mut [Item]) {
    let entries = |items: &[Item]| -> Vec<Entry> {
        let entries = items.iter().filter(|item| !item.key.is_whole());
        entries.map(|item| Entry::new(item.key.as_str(), &item.statement)).collect()
    };
    let left = departures::departures(&entries(before), &entries(after), None);
    let aged =
        |item: &Item| left.iter().any(|(key, how)| key == item.key.as_str() && *how == Departure::Aged);
    before.retain(|item| !(item.ages && aged(item)));
    let place = |item: &Item| before.iter().position(|other| other.key == item.key).unwrap_or(usize::MAX);
    after.sort_by_key(place);
}

/// A text file; what is no UTF-8 in it is replaced.
pub(super) fn text(path: &Path) -> Result<String, Failure> {
    Ok(String::from_utf8_lossy(&saved::bytes(path)?).into_owned())
}

/// Whether a file is a page or a feed that was saved: no text begins so.
fn is_source(bytes: &[u8]) -> bool {
    const STARTS: [&[u8]; 6] = [b"<!doctype html", b"<html", b"<?xml", b"<rss", b"<feed", b"<rdf:rdf"];
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let begins = |with: &[u8]| start.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with));
    STARTS.iter().any(|with| begins(with)) || begins(b"{") && read::is_list(bytes)
}
