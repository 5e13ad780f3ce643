//! Which kept wording a new one is held against: the last good one; where another statement stood there meanwhile and
//! has gone again, the one from before it.
//!
//! Not here: what the difference means for the target (`happened`).

use super::again::reread;
use crate::{
    compare,
    judge::{self, Judgement, Subject},
    model::{
        ChangeKind, Level, Memory, Recipe, Revision, Snapshot, SnapshotId, Statement, Target, TargetState,
        Watch,
    },
    store::{Store, StoreError},
    text::Lexicons,
};

/// How many wordings before the last are looked at.
const BACK: usize = 3;
/// How many are looked at for one that has come back.
const RETURNS: usize = 16;

/// A kept wording and what the new one makes of it.
pub(super) struct Against {
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
pub(super) struct Record<'a, S> {
    pub(super) target: &'a Target,
    pub(super) state: &'a TargetState,
    pub(super) recipe: &'a Recipe,
    pub(super) memory: &'a Memory,
    /// The words it is judged by.
    pub(super) lexicons: &'a Lexicons,
    pub(super) store: &'a S,
}

impl<S: Store> Record<'_, S> {
    /// The wording that a new one is compared with; none where there is no earlier one.
    pub(super) fn against(&self, statement: &Statement) -> Result<Option<Against>, StoreError> {
        let Some(last) = &self.state.snapshot else { return Ok(None) };
        let with_last = self.hold(last, statement)?;
        if !with_last.replaced {
            return Ok(Some(with_last));
        }
        for (id, _) in self.state.earlier.iter().rev().take(BACK) {
            let with_earlier = self.hold(id, statement)?;
            if !with_earlier.replaced {
                let interlude = Some(with_last.judgement.level);
                return Ok(Some(Against { interlude, ..with_earlier }));
            }
        }
        Ok(Some(with_last))
    }

    /// The earlier wording that a new snapshot has again: another date of the page makes no other wording of it. One that
    /// can be read no longer is passed over: what is new must be put on record whatever became of what is old.
    pub(super) fn returns_to(&self, new: &Snapshot, held: &Against) -> Option<SnapshotId> {
        let earlier = || self.state.earlier.iter().rev().map(|(id, _)| id);
        if let Some(id) = earlier().find(|id| id.content() == new.id.content()) {
            return Some(id.clone());
        }
        // What differs from the last wording in little but looks differs so from earlier ones too.
        if held.judgement.level == Level::Silent && held.interlude.is_none() {
            return None;
        }
        let is_back = |id: &&SnapshotId| {
            self.hold(id, &new.statement).is_ok_and(|with| with.judgement.level == Level::Silent)
        };
        earlier().take(RETURNS).find(is_back).cloned()
    }

    fn hold(&self, id: &SnapshotId, statement: &Statement) -> Result<Against, StoreError> {
        let snapshot: Snapshot = self.store.snapshot(&self.target.id, id)?;
        let kept = if snapshot.recipe == *self.recipe {
            snapshot.statement.clone()
        } else {
            reread(&snapshot, self.recipe, self.memory, self.store)?
        };
        let (judgement, replaced) = difference(&kept, statement, self.target, self.lexicons);
        Ok(Against { snapshot, statement: kept, judgement, replaced, interlude: None })
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
    let content = compare::compare(&before.content, &after.content);
    let banner = compare::compare(&before.banner, &after.banner);
    let subject = Subject {
        body: &target.body,
        incidents: &target.incidents,
        relevance: target.relevance,
        watches_banner: target.watch == Watch::Banner,
        lexicons,
    };
    (judge::judge(before, after, &content, &banner, &subject), is_replaced(&content))
}

fn is_replaced(content: &Revision) -> bool {
    content.hunks.iter().any(|hunk| hunk.kind == ChangeKind::StatementRemoved)
}
