//! What looks came to, counted.

use crate::model::Looked;

/// What the looks of a run came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Looks that gave the wording that was known.
    pub unchanged: usize,
    /// Looks that gave a wording not seen at the look before.
    pub read: usize,
    /// Looks that gave no statement.
    pub without: usize,
    /// Of them, those of targets of which what was kept is damaged.
    pub damaged: usize,
    /// Targets that were not asked, because their server wants a pause.
    pub cooling: usize,
}

impl Tally {
    /// Counts a look.
    pub(super) fn count(&mut self, looked: Looked) {
        match looked {
            Looked::Read => self.read += 1,
            Looked::Same | Looked::NotModified => self.unchanged += 1,
            Looked::Unreadable | Looked::Absent => self.without += 1,
            Looked::Cooling => self.cooling += 1,
        }
    }
}
