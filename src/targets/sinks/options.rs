//! What the options of every kind of sink can do, and how they name a secret.

use std::ops::Range;

use schemars::JsonSchema;

use crate::{
    model::{Secret, SinkKind},
    targets::{
        fields::Fields,
        notes::Notes,
        value::{At, Line},
    },
};

/// The options of one kind.
pub(super) trait Options: JsonSchema + Sized {
    /// Reads them; what is wrong is told.
    fn read(fields: &mut Fields<'_, '_>, notes: &mut Notes<'_>) -> Self;

    /// What they come to; None where something was wrong, which was told when it was read.
    fn resolve(self) -> Option<SinkKind>;
}

/// Where a sink begins in the file.
#[derive(Debug, Clone)]
pub(super) struct Place(pub(super) Range<usize>);

/// Where a secret stands: the variable first.
pub(super) fn secret(env: Option<At<Line>>, file: Option<At<Line>>) -> Option<Secret> {
    let env = env.map(|name| Secret::Env(name.value.0));
    env.or_else(|| file.map(|path| Secret::File(path.value.0.into())))
}
