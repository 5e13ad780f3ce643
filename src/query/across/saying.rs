//! Who says something that somebody asks after, who says it less surely, who says it no longer, and since when.
//!
//! Pure. Not here: whether one sentence says it (`judge`).

use std::collections::BTreeMap;

use crate::{
    judge::Asked,
    model::{Across, Answer, Between, Holds, SaidBy, Saying, Says},
    text::Lexicons,
};

/// A span in which a body said something of it.
#[derive(Clone, Copy)]
struct Span<'a> {
    says: Says,
    text: &'a str,
    said: &'a SaidBy,
    /// The line that the sentence is of.
    line: usize,
}

/// How each body stands to what is asked after. Asked of all lines, whatever they are about.
pub fn saying(across: &Across, asked: &str, lexicons: &Lexicons) -> Saying {
    let question = Asked::new(asked, lexicons);
    let mut spans: BTreeMap<&str, Vec<Span<'_>>> = BTreeMap::new();
    for (line, shared) in across.lines.iter().enumerate() {
        for wording in &shared.wordings {
            let Some(says) = question.of(&wording.text) else { continue };
            for said in &wording.said {
                let span = Span { says, text: &wording.text, said, line };
                spans.entry(&said.body).or_default().push(span);
            }
        }
    }
    let mut bodies: Vec<Answer> = Vec::new();
    for voice in &across.voices {
        if bodies.iter().any(|known| known.body == voice.body) {
            continue;
        }
        let spans = spans.get(voice.body.as_str()).map(Vec::as_slice).unwrap_or_default();
        bodies.push(answer(across, &voice.body, spans));
    }
    // Stable: within a group the order of targets.json.
    bodies.sort_by_key(|answer| answer.holds);
    Saying { asked: asked.to_owned(), bodies }
}

fn answer(across: &Across, body: &str, spans: &[Span<'_>]) -> Answer {
    let standing = || spans.iter().filter(|span| span.said.to.is_none());
    // Whoever tells of a harm in one place denies it in none.
    let now = standing()
        .find(|span| span.says == Says::Otherwise)
        .or_else(|| standing().max_by_key(|span| span.says));
    let none = Answer {
        body: body.to_owned(),
        holds: Holds::Never,
        text: None,
        since: None,
        until: None,
        now: None,
        before: None,
        voice: None,
    };
    if let Some(span) = now {
        let (since, before) = since(spans, *span);
        let holds = match span.says {
            Says::So => Holds::So,
            Says::Less => Holds::Less,
            Says::Otherwise => Holds::Otherwise,
        };
        let (text, voice) = (Some(span.text.to_owned()), Some(span.said.voice));
        return Answer { holds, text, since: Some(since), before: before.map(str::to_owned), voice, ..none };
    }
    let gone = spans
        .iter()
        .filter(|span| span.says != Says::Otherwise)
        .max_by_key(|span| span.said.to.map(|to| to.1));
    if let Some(span) = gone {
        let in_place =
            across.lines.get(span.line).into_iter().flat_map(|line| &line.wordings).find(|wording| {
                wording.said.iter().any(|said| said.voice == span.said.voice && said.to.is_none())
            });
        return Answer {
            holds: Holds::NoLonger,
            text: Some(span.text.to_owned()),
            since: Some(since(spans, *span).0),
            until: span.said.to,
            now: in_place.map(|wording| wording.text.clone()),
            voice: Some(span.said.voice),
            ..none
        };
    }
    let was_read = across.voices.iter().any(|voice| voice.body == body && voice.wordings > 0);
    Answer { holds: if was_read { Holds::Never } else { Holds::Unread }, ..none }
}

/// Since when a body stands so to it, in whatever words; and what it said of it just before, where it stood otherwise to it.
fn since<'a>(spans: &[Span<'a>], span: Span<'a>) -> (Between, Option<&'a str>) {
    let mut from = span.said.from;
    let mut seen = 0;
    loop {
        let last = spans.iter().find(|other| {
            other.said.voice == span.said.voice && other.said.to.is_some_and(|to| to.1 == from.1)
        });
        match last {
            Some(last) if last.says == span.says && seen < spans.len() => {
                (from, seen) = (last.said.from, seen + 1);
            }
            last => return (from, last.map(|last| last.text)),
        }
    }
}
