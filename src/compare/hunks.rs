//! An alignment to hunks, in reading order.
//!
//! Not here: which sentence became which (`link`).

use super::align::Alignment;
use super::spans::{self, Words};
use super::text::{Side, Texts};
use crate::model::{ChangeKind, Hunk, Pair, Revision, Sentence, Sentences, SpanPair};
use crate::text::key;

/// What an alignment comes to.
pub(super) fn revision(texts: &Texts<'_>, alignment: &Alignment) -> Revision {
    let links = &alignment.links;
    let mut writer = Writer { texts, hunks: Vec::new(), alignment: Vec::new(), words: Words::new() };
    let mut stays = vec![false; texts.after.len()];
    for &(_, j) in &alignment.backbone {
        if let Some(stays) = stays.get_mut(j) {
            *stays = true;
        }
    }
    for (j, stays) in stays.into_iter().enumerate() {
        match links.of_after(j) {
            None => writer.whole(ChangeKind::Added, Vec::new(), vec![j], (j, 1)),
            Some(i) if links.of_before(i) == Some(j) => {
                let mut olds: Vec<_> = links.olds_of(j).collect();
                let mut news: Vec<_> = links.news_of(i).collect();
                olds.sort_unstable();
                news.sort_unstable();
                writer.linked(olds, news, stays);
            }
            Some(_) => {}
        }
    }
    let removed: Vec<usize> = links.free_before().collect();
    if alignment.lost(texts.before.all_words()) && !removed.is_empty() {
        writer.whole(ChangeKind::StatementRemoved, removed, Vec::new(), (0, 0));
    } else {
        let mut steps = alignment.backbone.iter().peekable();
        let mut place = 0;
        for i in removed {
            while let Some(step) = steps.next_if(|s| s.0 < i) {
                place = step.1 + 1;
            }
            writer.whole(ChangeKind::Removed, vec![i], Vec::new(), (place, 0));
        }
    }
    writer.finish(alignment.degraded)
}

struct Writer<'t, 'a> {
    texts: &'t Texts<'a>,
    /// With the place that puts them in order.
    hunks: Vec<((usize, u8, usize), Hunk)>,
    alignment: Vec<Pair>,
    words: Words,
}

impl Writer<'_, '_> {
    /// Sentences of one side only: all of their words differ.
    fn whole(&mut self, kind: ChangeKind, before: Vec<usize>, after: Vec<usize>, place: (usize, u8)) {
        let span = |side: &Side<'_>, at: &[usize]| spans::whole(&side.joined(at));
        let pair =
            SpanPair { before: span(self.texts.before, &before), after: span(self.texts.after, &after) };
        let first = before.first().copied().unwrap_or(0);
        let hunk = Hunk { kind, at: Sentences { before, after }, spans: vec![pair] };
        self.hunks.push(((place.0, place.1, first), hunk));
    }

    fn linked(&mut self, before: Vec<usize>, after: Vec<usize>, stays: bool) {
        for &i in &before {
            self.alignment.extend(after.iter().map(|&j| Pair { before: i, after: j }));
        }
        let kind = match (before.len(), after.len()) {
            (1, 1) if stays => ChangeKind::Edited,
            (1, 1) => ChangeKind::Moved,
            (1, _) => ChangeKind::Split,
            _ => ChangeKind::Merged,
        };
        let same = kind == ChangeKind::Edited || kind == ChangeKind::Moved;
        let equal = same && self.is_equal(&before, &after);
        if equal && (kind == ChangeKind::Edited && self.leads_alike(&before, &after)) {
            return;
        }
        let spans = if equal {
            Vec::new()
        } else {
            self.words.between(&self.texts.before.joined(&before), &self.texts.after.joined(&after))
        };
        let place = (after.first().copied().unwrap_or(0), 1, 0);
        self.hunks.push((place, Hunk { kind, at: Sentences { before, after }, spans }));
    }

    fn pair<'s>(&'s self, before: &[usize], after: &[usize]) -> Option<(&'s Sentence, &'s Sentence)> {
        let old = self.texts.before.sentences.get(*before.first()?)?;
        Some((old, self.texts.after.sentences.get(*after.first()?)?))
    }

    /// Equal text, or equal but for words that move by themselves.
    fn is_equal(&self, before: &[usize], after: &[usize]) -> bool {
        self.pair(before, after).is_some_and(|(old, new)| {
            let volatile = old.volatile.is_some() || new.volatile.is_some();
            old.text == new.text || volatile && key(old) == key(new)
        })
    }

    /// Whether the words lead to the same addresses, in order; of volatile sentences nothing more is asked.
    fn leads_alike(&self, before: &[usize], after: &[usize]) -> bool {
        self.pair(before, after).is_some_and(|(old, new)| {
            let volatile = old.volatile.is_some() || new.volatile.is_some();
            let addresses = |s: &'_ Sentence| s.links.iter().map(|l| l.bare().to_owned()).collect::<Vec<_>>();
            volatile || addresses(old) == addresses(new)
        })
    }

    fn finish(mut self, degraded: bool) -> Revision {
        self.hunks.sort_by_key(|(place, _)| *place);
        self.alignment.sort_unstable_by_key(|p| (p.after, p.before));
        let hunks = self.hunks.into_iter().map(|(_, hunk)| hunk).collect();
        Revision { alignment: self.alignment, hunks, degraded: degraded || self.words.degraded }
    }
}
