//! Which kept wording a new one is held against: the last good one; where another statement stood there meanwhile and
//! has gone again, the one from before it.
//!
//! Not here: what the difference means for the target (`happened`).

use super::again::reread;
use crate::{
    compare,
    judge::{self, Judgement, Lexicons, Subject},
    model::{ChangeKind, Level, Memory, Recipe, Revision, Snapshot, Statement, Target, TargetState, Watch},
    store::{Store, StoreError},
};

/// How many wordings before the last are looked at.
const BACK: usize = 3;

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

/// The wording that a new one is compared with; none where there is no earlier one.
pub(super) fn against(
    target: &Target,
    state: &TargetState,
    statement: &Statement,
    recipe: &Recipe,
    memory: &Memory,
    lexicons: &Lexicons,
    store: &impl Store,
) -> Result<Option<Against>, StoreError> {
    let Some(last) = &state.snapshot else { return Ok(None) };
    let hold = |id| -> Result<Against, StoreError> {
        let snapshot: Snapshot = store.snapshot(&target.id, id)?;
        let kept = if snapshot.recipe == *recipe {
            snapshot.statement.clone()
        } else {
            reread(&snapshot, recipe, memory, store)?
        };
        let (judgement, replaced) = difference(&kept, statement, target, lexicons);
        Ok(Against { snapshot, statement: kept, judgement, replaced, interlude: None })
    };
    let with_last = hold(last)?;
    if !with_last.replaced {
        return Ok(Some(with_last));
    }
    for (id, _) in state.earlier.iter().rev().take(BACK) {
        let with_earlier = hold(id)?;
        if !with_earlier.replaced {
            let interlude = Some(with_last.judgement.level);
            return Ok(Some(Against { interlude, ..with_earlier }));
        }
    }
    Ok(Some(with_last))
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
