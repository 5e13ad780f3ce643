//! What holds of any two texts that are compared.

use onrecord::compare::compare;
use onrecord::model::{
    Block, Change, ChangeKind, Hunk, Pair, Part, Revision, Sentence, Sentences, Span, SpanPair,
};
use onrecord::read::plain::plain;
use proptest::prelude::*;

const WORDS: &str = "the council its data system not no now attack was were accessed copied on Friday residents \
    may of and Tamsel suppliers three 3 service phone lines closed police told we will update bins “safe” don’t";

/// What may happen to a text between two looks.
#[derive(Debug, Clone)]
enum Edit {
    Word(usize, usize, String),
    Add(usize, String),
    Remove(usize),
    Swap(usize, usize),
    Cut(usize, usize),
    Join(usize),
}

fn word() -> impl Strategy<Value = String> {
    prop::sample::select(WORDS.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
}

fn sentence() -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 1..14).prop_map(|words| format!("{}.", words.join(" ")))
}

fn text() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(sentence(), 0..12)
}

fn edit() -> impl Strategy<Value = Edit> {
    let n = || 0..64_usize;
    prop_oneof![
        4 => (n(), n(), word()).prop_map(|(at, n, word)| Edit::Word(at, n, word)),
        1 => (n(), sentence()).prop_map(|(at, text)| Edit::Add(at, text)),
        1 => n().prop_map(Edit::Remove),
        1 => (n(), n()).prop_map(|(a, b)| Edit::Swap(a, b)),
        1 => (n(), n()).prop_map(|(at, n)| Edit::Cut(at, n)),
        1 => n().prop_map(Edit::Join),
    ]
}

/// A text and what became of it.
fn revised() -> impl Strategy<Value = (Vec<String>, Vec<String>)> {
    (text(), prop::collection::vec(edit(), 0..6)).prop_map(|(before, edits)| {
        let after = edits.into_iter().fold(before.clone(), apply);
        (before, after)
    })
}

fn apply(mut text: Vec<String>, edit: Edit) -> Vec<String> {
    let len = text.len();
    match edit {
        Edit::Add(at, sentence) => text.insert(at % (len + 1), sentence),
        _ if len == 0 => {}
        Edit::Word(at, n, word) => {
            let mut words: Vec<&str> = text[at % len].split(' ').collect();
            let n = n % words.len();
            words[n] = &word;
            text[at % len] = words.join(" ");
        }
        Edit::Remove(at) => drop(text.remove(at % len)),
        Edit::Swap(a, b) => text.swap(a % len, b % len),
        Edit::Cut(at, n) => {
            let words: Vec<String> = text[at % len].split(' ').map(str::to_owned).collect();
            let (head, tail) = words.split_at(n % words.len());
            if !head.is_empty() {
                text.splice(at % len..=at % len, [format!("{}.", head.join(" ")), tail.join(" ")]);
            }
        }
        Edit::Join(at) => {
            if at % len + 1 < len {
                let tail = text.remove(at % len + 1);
                text[at % len] = format!("{}, {tail}", text[at % len].trim_end_matches('.'));
            }
        }
    }
    text
}

/// One block a sentence.
fn blocks(text: &[String]) -> Vec<Block> {
    let block = |text: &String| Block {
        sentences: vec![Sentence { text: text.clone(), ..Sentence::default() }],
        ..Block::default()
    };
    text.iter().map(block).collect()
}

fn compared(before: &[String], after: &[String]) -> Revision {
    compare(&blocks(before), &blocks(after))
}

/// One side of a change: the numbers and the words of its sentences.
type Place<'c> = (&'c [usize], &'c [String]);

/// A text made from the other one, the unchanged pairs, and its side of each change.
fn rebuilt(other: &[String], pairs: &[(usize, usize)], changes: &[Place<'_>]) -> Vec<Option<String>> {
    let numbers = || changes.iter().flat_map(|(at, _)| at.iter().copied());
    let len = pairs.iter().map(|p| p.1).chain(numbers()).max().map_or(0, |n| n + 1);
    let mut text = vec![None; len];
    for (at, words) in changes {
        for (n, words) in at.iter().zip(*words) {
            assert!(text[*n].replace(words.clone()).is_none(), "sentence {n} is in two changes");
        }
    }
    for (from, to) in pairs {
        if text[*to].is_none() {
            text[*to] = Some(other[*from].clone());
        }
    }
    text
}

/// What stands outside the spans of one side, without white space and capitals: that a word opens a sentence on one side
/// is no span.
fn outside(text: &str, spans: impl Iterator<Item = Option<Span>>) -> String {
    let mut left: Vec<Option<char>> = text.chars().map(Some).collect();
    for span in spans.flatten() {
        assert!(span.0 < span.1 && span.1 <= left.len(), "{span:?} is not in {text:?}");
        left[span.range()].fill(None);
    }
    left.into_iter().flatten().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// Both texts can be made again from the other one and what is told.
fn holds_together(before: &[String], after: &[String], revision: &Revision) {
    fn strs(text: &[String]) -> Vec<&str> {
        text.iter().map(String::as_str).collect()
    }
    let changes: Vec<Change> = revision
        .hunks
        .iter()
        .map(|h| Change::unjudged(Part::Content, h, &strs(before), &strs(after)))
        .collect();
    let forth: Vec<(usize, usize)> = revision.alignment.iter().map(|p| (p.before, p.after)).collect();
    let back: Vec<(usize, usize)> = forth.iter().map(|(i, j)| (*j, *i)).collect();
    let news: Vec<Place<'_>> = changes.iter().map(|c| (c.at.after.as_slice(), c.after.as_slice())).collect();
    let olds: Vec<Place<'_>> =
        changes.iter().map(|c| (c.at.before.as_slice(), c.before.as_slice())).collect();
    let some = |text: &[String]| text.iter().cloned().map(Some).collect::<Vec<_>>();
    assert_eq!(rebuilt(before, &forth, &news), some(after));
    assert_eq!(rebuilt(after, &back, &olds), some(before));
    for change in &changes {
        let (old, new) = (change.before.join(" "), change.after.join(" "));
        let stays = outside(&old, change.spans.iter().map(|s| s.before));
        assert_eq!(stays, outside(&new, change.spans.iter().map(|s| s.after)), "{change:?}");
    }
}

/// Hunks without their order, and without what has a direction: kinds, and that a whole text goes at once.
fn directionless(hunks: &[Hunk]) -> Vec<(Vec<usize>, Vec<usize>, Vec<SpanPair>)> {
    let mut all = Vec::new();
    for Hunk { at, spans, .. } in hunks {
        if at.before.is_empty() || at.after.is_empty() {
            all.extend(at.before.iter().map(|i| (vec![*i], vec![], vec![])));
            all.extend(at.after.iter().map(|j| (vec![], vec![*j], vec![])));
        } else {
            all.push((at.before.clone(), at.after.clone(), spans.clone()));
        }
    }
    all.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    all
}

fn mirrored(revision: Revision) -> Revision {
    let turn = |s: SpanPair| SpanPair { before: s.after, after: s.before };
    let mut alignment: Vec<Pair> =
        revision.alignment.iter().map(|p| Pair { before: p.after, after: p.before }).collect();
    alignment.sort_by_key(|p| (p.after, p.before));
    let hunks = revision.hunks.into_iter().map(|h| Hunk {
        kind: h.kind,
        at: Sentences { before: h.at.after, after: h.at.before },
        spans: h.spans.into_iter().map(turn).collect(),
    });
    Revision { alignment, hunks: hunks.collect(), degraded: revision.degraded }
}

proptest! {
    #[test]
    fn both_texts_are_rebuilt_from_what_is_told((before, after) in revised()) {
        holds_together(&before, &after, &compared(&before, &after));
    }

    #[test]
    fn any_characters_at_all_are_compared(
        before in prop::collection::vec("[ -~“”’–\u{a0}\u{301}é£👍🏽ﬁ\u{200b}²İ]{0,40}", 0..6),
        after in prop::collection::vec("\\PC{0,30}|[ -~“”’–\u{a0}\u{301}é£👍🏽ﬁ\u{200b}²İ]{0,40}", 0..6),
    ) {
        holds_together(&before, &after, &compared(&before, &after));
    }

    #[test]
    fn a_text_does_not_differ_from_itself(text in text()) {
        let revision = compared(&text, &text);
        prop_assert!(revision.hunks.is_empty() && !revision.degraded);
        prop_assert!(revision.alignment.iter().all(|p| p.before == p.after));
    }

    #[test]
    fn the_other_way_round_is_the_mirror((before, after) in revised()) {
        let (forth, back) = (compared(&before, &after), compared(&after, &before));
        let kinds = |revision: &Revision, one: ChangeKind, other: ChangeKind| {
            let count = |kind| revision.hunks.iter().filter(|h| h.kind == kind).count();
            (count(one), count(other), count(ChangeKind::Moved), count(ChangeKind::Edited))
        };
        prop_assert_eq!(
            kinds(&forth, ChangeKind::Split, ChangeKind::Merged),
            kinds(&back, ChangeKind::Merged, ChangeKind::Split)
        );
        prop_assert_eq!(directionless(&mirrored(forth.clone()).hunks), directionless(&back.hunks));
        prop_assert_eq!(mirrored(forth).alignment, back.alignment);
    }

    #[test]
    fn what_only_a_typesetter_sees_moves_nothing(text in text(), which in prop::collection::vec(0..4_usize, 12)) {
        let set = |(sentence, which): (&String, &usize)| match which {
            0 => sentence.replace(['“', '”'], "\"").replace('’', "'"),
            1 => sentence.replace(' ', "\u{a0}"),
            2 => sentence.replace("not", "n\u{ad}ot\u{200b}"),
            _ => sentence.clone(),
        };
        let after: Vec<String> = text.iter().zip(&which).map(set).collect();
        let revision = compared(&text, &after);
        let same: Vec<usize> = (0..text.len()).collect();
        prop_assert_eq!(revision.alignment.iter().map(|p| p.before).collect::<Vec<_>>(), same);
        for hunk in &revision.hunks {
            prop_assert_eq!(hunk.kind, ChangeKind::Edited);
            prop_assert_eq!(&hunk.at.before, &hunk.at.after);
        }
        holds_together(&text, &after, &revision);
    }

    #[test]
    fn wrapping_is_no_change(text in text(), breaks in prop::collection::vec(any::<bool>(), 1..9)) {
        let paragraph = text.join(" ");
        let mut breaks = breaks.iter().cycle();
        let mut wrapped = String::new();
        for c in paragraph.chars() {
            wrapped.push_str(match c {
                ' ' if breaks.next() == Some(&true) => "\n  ",
                ' ' => " ",
                _ => { wrapped.push(c); continue }
            });
        }
        let read = |text: &str| plain(text, false).statement.content;
        prop_assert_eq!(compare(&read(&paragraph), &read(&wrapped)).hunks, vec![]);
    }

    #[test]
    fn unrelated_blocks_that_move_leave_an_edit_as_it_was(
        stays in prop::collection::vec(sentence(), 1..5),
        to in 0..64_usize, from in 0..64_usize, edited in 0..4_usize,
    ) {
        let others = [
            "Our summer fair opens its gates at Holm Meadow.",
            "Tickets cost five pounds for grown visitors.",
            "Bring sturdy boots, because paths get muddy.",
            "Dogs must stay outside both marquees.",
        ];
        let notice = [
            "No customer data has been accessed, as far as our engineers know.",
            "The booking system was switched off after an attack by criminals.",
            "Inspectors from Wantsum have asked for a full report by Thursday.",
            "Phone lines at Marlow Road are closed until further notice today.",
        ];
        let mut before: Vec<String> = notice.iter().map(|s| (*s).to_owned()).collect();
        before.extend(stays);
        let at = before.len();
        before.extend(others.iter().map(|s| (*s).to_owned()));
        let mut after = before.clone();
        after[edited] = after[edited].replacen(" a", " quite a", 1);
        let told = |after: &[String]| {
            let revision = compared(&before, after);
            let edits = revision.hunks.iter().filter(|h| !h.spans.is_empty());
            edits.map(|h| (h.at.before.clone(), h.spans.clone())).collect::<Vec<_>>()
        };
        let want = told(&after);
        prop_assert_eq!(&want.iter().map(|w| w.0.clone()).collect::<Vec<_>>(), &[[edited]]);
        let block = after.remove(at + from % others.len());
        after.insert(to % (after.len() + 1), block);
        prop_assert_eq!(told(&after), want);
    }
}
