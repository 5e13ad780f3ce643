//! Which kept wording a new one is compared with: the last good one; where another statement stood there meanwhile and
//! has gone again, the one from before it.
//!
//! Not here: what the difference means for the target (`transition`).

use crate::{
    judge::{self, Judgement, Subject},
    model::{
        ChangeKind, Level, Memory, Recipe, Revision, Side, Snapshot, SnapshotId, Statement, Target,
        TargetState,
    },
    query::reread,
    store::{Blobs, History, StoreError},
    text::Lexicons,
};

/// How many wordings before the last are looked at.
const BACK: usize = 3;
/// How many are looked at for one that has come back.
const RETURNS: usize = 16;

/// A kept wording and what the new one makes of it.
pub(super) struct Baseline {
    /// The snapshot as it is kept.
    pub(super) snapshot: Snapshot,
    /// Its words by the recipe of the new one.
    pub(super) statement: Statement,
    /// What became of them.
    pub(super) judgement: Judgement,
    /// Whether the new wording is another statement altogether.
    pub(super) replaced: bool,
    /// Another statement stood there meanwhile: how loud it is that it has gone.
    pub(super) interlude: Option<Level>,
}

/// What is on record of a target, as the recipe of a new look reads it.
pub(super) struct Known<'a, S> {
    pub(super) target: &'a Target,
    pub(super) subject: &'a crate::model::Subject,
    pub(super) state: &'a TargetState,
    pub(super) recipe: &'a Recipe,
    pub(super) memory: &'a Memory,
    /// The words it is judged by.
    pub(super) lexicons: &'a Lexicons,
    pub(super) store: &'a S,
}

impl<S: History + Blobs> Known<'_, S> {
    /// The wording that a new one is compared with; none where there is no earlier one.
    pub(super) async fn baseline(&self, statement: &Statement) -> Result<Option<Baseline>, StoreError> {
        let Some(last) = &self.state.snapshot else { return Ok(None) };
        let with_last = self.compare(&last.id, statement).await?;
        if !with_last.replaced {
            return Ok(Some(with_last));
        }
        for (id, _) in self.state.earlier.iter().rev().take(BACK) {
            let with_earlier = self.compare(&id.id, statement).await?;
            if !with_earlier.replaced {
                let interlude = Some(with_last.judgement.level);
                return Ok(Some(Baseline { interlude, ..with_earlier }));
            }
        }
        Ok(Some(with_last))
    }

    /// The earlier wording that a new snapshot has again: another date of the page makes no other wording of it. One that
    /// can be read no longer is passed over: what is new must be put on record whatever became of what is old.
    pub(super) async fn returns_to(&self, new: &Snapshot, baseline: &Baseline) -> Option<SnapshotId> {
        let earlier = || self.state.earlier.iter().rev().map(|(snapshot, _)| &snapshot.id);
        if let Some(id) = earlier().find(|id| id.content() == new.id.content()) {
            return Some(id.clone());
        }
        // What differs from the last wording in little but looks differs so from earlier ones too.
        if baseline.judgement.level == Level::Silent && baseline.interlude.is_none() {
            return None;
        }
        for id in earlier().take(RETURNS) {
            let with = self.compare(id, &new.statement).await;
            if with.is_ok_and(|with| with.judgement.level == Level::Silent) {
                return Some(id.clone());
            }
        }
        None
    }

    async fn compare(&self, id: &SnapshotId, statement: &Statement) -> Result<Baseline, StoreError> {
        let snapshot = self.store.snapshot(self.subject, id).await?;
        let kept = if snapshot.recipe == *self.recipe {
            snapshot.statement.clone()
        } else {
            reread(self.store, &snapshot, self.recipe, self.memory).await?
        };
        let (judgement, replaced) = difference(&kept, statement, self.target, self.lexicons);
        Ok(Baseline { snapshot, statement: kept, judgement, replaced, interlude: None })
    }
}

/// A snapshot as the side of an event.
pub(super) fn side(snapshot: &Snapshot) -> Side {
    Side {
        snapshot: snapshot.id.clone(),
        body_sha256: snapshot.provenance.body_sha256.clone(),
        capture: Some(snapshot.provenance.capture.clone()),
    }
}

/// Compares and judges two statements of a target; says whether the second is another one altogether.
pub(super) fn difference(
    before: &Statement,
    after: &Statement,
    target: &Target,
    lexicons: &Lexicons,
) -> (Judgement, bool) {
    // Nearly every look at nearly every page.
    if before.content == after.content && before.banner == after.banner {
        return (Judgement::default(), false);
    }
    let found = judge::difference(before, after, &Subject::of(target, lexicons));
    let replaced = is_replaced(&found.content);
    (found.judgement, replaced)
}

fn is_replaced(content: &Revision) -> bool {
    content.hunks.iter().any(|hunk| hunk.kind == ChangeKind::StatementRemoved)
}
