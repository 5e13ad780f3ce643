//! A section about the incident that is gone while the page is really there: one change, not one a sentence.
//!
//! A section is a heading with all that stands under it. It counts only where no term is left on the page: of several
//! sections about the incident, one that goes is so many removed sentences. Not here: a page whose whole text gave way
//! to another (`compare` finds that).

use std::collections::BTreeSet;

use crate::{
    judge::{context::Page, relevance::Scores},
    model::{BlockKind, ChangeKind, Hunk, Sentences, Span, SpanPair},
};

/// The hunks, with those of a section that is gone made one.
pub(super) fn joined(hunks: &[Hunk], before: &Page<'_>, after: &Page<'_>, scores: &Scores<'_>) -> Vec<Hunk> {
    let gone: BTreeSet<usize> = hunks
        .iter()
        .filter(|h| h.kind == ChangeKind::Removed)
        .flat_map(|h| h.at.before.iter().copied())
        .collect();
    let left = after.sentences.iter().any(|s| scores.speaks(&s.text));
    let section = if left { None } else { section(&gone, before, scores) };
    let Some(section) = section else { return hunks.to_vec() };
    let mut whole = Some(hunk(section.clone(), before));
    let mut out = Vec::with_capacity(hunks.len());
    for hunk in hunks {
        if hunk.kind == ChangeKind::Removed && hunk.at.before.iter().any(|n| section.contains(n)) {
            out.extend(whole.take());
        } else {
            out.push(hunk.clone());
        }
    }
    out
}

/// The first run of sentences that are gone which is a whole section and holds a term.
fn section(gone: &BTreeSet<usize>, page: &Page<'_>, scores: &Scores<'_>) -> Option<Vec<usize>> {
    gone.iter().find_map(|&first| {
        let (at, heading) = page.block(first).filter(|(_, block)| block.kind == BlockKind::Heading)?;
        let ends = |n: usize| {
            page.blocks.get(n).is_none_or(|b| b.kind == BlockKind::Heading && b.level <= heading.level)
        };
        let end = (at + 1..=page.blocks.len()).find(|&n| ends(n))?;
        let sentences: Vec<usize> = (first..page.sentences.len())
            .take_while(|&n| page.block(n).is_some_and(|(block, _)| block < end))
            .collect();
        let all_gone = sentences.len() > 1 && sentences.iter().all(|n| gone.contains(n));
        let speaks = sentences.iter().filter_map(|&n| page.sentences.get(n)).any(|s| scores.speaks(&s.text));
        (all_gone && speaks).then_some(sentences)
    })
}

fn hunk(before: Vec<usize>, page: &Page<'_>) -> Hunk {
    let texts = before.iter().filter_map(|&n| page.sentences.get(n)).map(|s| s.text.chars().count() + 1);
    let length = texts.sum::<usize>().saturating_sub(1);
    Hunk {
        kind: ChangeKind::StatementRemoved,
        at: Sentences { before, after: Vec::new() },
        spans: vec![SpanPair { before: Some(Span(0, length)), after: None }],
    }
}
