//! Opening a store: what its log comes to, and what a crash left.

use std::path::Path;

use super::{lock::Lock, seed, settle, state, writer::Writer};
use crate::store::{StoreError, fold::Fold};

/// Opens a store to write.
pub(super) fn to_write(root: &Path) -> Result<(Fold, Writer), StoreError> {
    seed::prepare(root)?;
    let lock = Lock::take(root)?;
    seed::make(root)?;
    let folded = state::fold(root)?;
    let todo = settle::recover(root, &folded)?;
    let writer = Writer::new(lock, &folded, todo);
    Ok((folded.fold, writer))
}

/// Opens a store to read.
pub(super) fn to_read(root: &Path) -> Result<Fold, StoreError> {
    seed::check_format(root)?;
    state::fold_what_is_whole(root)
}
