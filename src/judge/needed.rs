//! That each entry of the lexicons is needed: with it a case of `tests/words` is judged as it must be, and without it is not.
//!
//! A case is a pair with a place `{}` where each entry of its class is put, in its plainest form; `[class: entry]` is for
//! that entry alone. Of a closed class no single word decides anything. What must be said is a label, or one that must not be, or `relevant`.

use std::{
    num::NonZero,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use crate::{
    compare::compare,
    judge::{Judgement, Subject, judge},
    model::{Incident, Relevance, Revision, Statement},
    read::plain::plain,
    text::{
        Class, Language, Lexicons,
        lexicon::{CLOSED, builtin, plainest},
    },
};

static CASES: [&str; 3] = [
    include_str!("../../tests/words/en.txt"),
    include_str!("../../tests/words/cy.txt"),
    include_str!("../../tests/words/fr.txt"),
];

struct Case<'a> {
    class: Class,
    entry: Option<&'a str>,
    says: &'a str,
    before: String,
    after: String,
}

fn cases(text: &str) -> Vec<Case<'_>> {
    let stanzas = text.split("\n\n").filter(|stanza| !stanza.trim().is_empty() && !stanza.starts_with('#'));
    stanzas
        .map(|stanza| {
            let (head, lines) = stanza.trim().split_once('\n').expect("a head and lines");
            let (of, says) = head.strip_prefix('[').and_then(|h| h.split_once("] ")).expect("[class] label");
            let (class, entry) =
                of.split_once(": ").map_or((of, None), |(class, entry)| (class, Some(entry)));
            let side = |mark: char| {
                let lines = lines.lines().filter_map(|line| line.strip_prefix(mark));
                lines.map(str::trim_start).collect::<Vec<_>>().join("\n\n")
            };
            let class = Class::named(class).unwrap_or_else(|| panic!("no class {class}"));
            Case { class, entry, says, before: side('<'), after: side('>') }
        })
        .collect()
}

fn is_said(judged: &Judgement, says: &str) -> bool {
    let has = |name: &str| judged.changes.iter().flat_map(|change| &change.labels).any(|l| l.name() == name);
    match (says, says.strip_prefix('!')) {
        ("relevant", _) => judged.relevant,
        (_, Some(name)) => !has(name),
        _ => has(says),
    }
}

/// A case with a word in its place.
struct Filled<'a> {
    says: &'a str,
    before: Statement,
    after: Statement,
    difference: Revision,
    incidents: [Incident; 1],
}

impl<'a> Filled<'a> {
    fn new(case: &Case<'a>, word: &str) -> Self {
        let text = |side: &str| {
            let mut text = side.replace("{}", word);
            if side.starts_with("{}") {
                text =
                    text.chars().take(1).flat_map(char::to_uppercase).chain(text.chars().skip(1)).collect();
            }
            plain(&text, false).statement
        };
        let (before, after) = (text(&case.before), text(&case.after));
        let incident = Incident {
            id: "wharf".parse().expect("an id"),
            title: String::new(),
            terms: vec!["harbour".to_owned(), "harbwr".to_owned(), "port".to_owned()],
        };
        let difference = compare(&before.content, &after.content);
        Self { says: case.says, before, after, difference, incidents: [incident] }
    }

    fn is_judged_so(&self, lexicons: &Lexicons) -> bool {
        let relevance = if self.says == "relevant" { Relevance::Terms } else { Relevance::Page };
        let subject =
            Subject { body: "Wharf", incidents: &self.incidents, relevance, watches_banner: false, lexicons };
        let judged = judge(&self.before, &self.after, &self.difference, &Revision::default(), &subject);
        is_said(&judged, self.says)
    }
}

/// The entries of a class that make no difference to any of its cases.
fn idle(language: Language, class: Class, mut cases: Vec<&Case<'_>>) -> Vec<String> {
    let whole = Lexicons::default();
    let mut idle = Vec::new();
    for (number, entry) in builtin(language).entries(class).enumerate() {
        let without = Lexicons::without(language, class, number);
        let word = plainest(entry);
        let needed = cases.iter().position(|case| {
            case.entry.is_none_or(|own| own == entry) && {
                let case = Filled::new(case, &word);
                !case.is_judged_so(&without) && case.is_judged_so(&whole)
            }
        });
        match needed {
            // What needs one entry often needs the next.
            Some(at) => cases[..=at].rotate_right(1),
            None => idle.push(entry.to_owned()),
        }
    }
    idle
}

#[test]
fn each_entry_is_needed_by_a_case() {
    let cases = CASES.map(cases);
    let open = || Class::ALL.iter().copied().filter(|class| !CLOSED.contains(class));
    let classes: Vec<_> = Language::ALL
        .into_iter()
        .zip(&cases)
        .flat_map(|(l, cases)| open().map(move |c| (l, c, cases)))
        .collect();
    // A class is a piece of work, and whoever is free takes the next.
    let next = AtomicUsize::new(0);
    let work = || {
        let mut found = Vec::new();
        while let Some((language, class, cases)) = classes.get(next.fetch_add(1, Ordering::Relaxed)) {
            let own = cases.iter().filter(|case| case.class == *class).collect();
            found.extend(
                idle(*language, *class, own)
                    .iter()
                    .map(|entry| format!("{} {}: {entry}", language.tag(), class.name())),
            );
        }
        found
    };
    let workers = thread::available_parallelism().map_or(1, NonZero::get);
    let idle: Vec<String> = thread::scope(|scope| {
        let started: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        started.into_iter().flat_map(|worker| worker.join().expect("a worker's entries")).collect()
    });
    assert!(idle.is_empty(), "{} entries make no difference to any case:\n{}", idle.len(), idle.join("\n"));
}
