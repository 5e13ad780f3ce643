//! What an opening of a store holds in memory: what the log comes to, and what is not in it yet.

use super::{index::Index, log, writer::Writer};
use crate::store::{
    fold::Fold,
    holds::{Claims, Hosts},
};

/// What an opening holds, behind a lock.
#[derive(Debug)]
pub(super) struct Inner {
    /// What the log comes to.
    pub(super) fold: Fold,
    /// Quiet looks that count already and are in no line yet.
    pub(super) quiet: Vec<log::Waiting>,
    /// Where files lie, as far as it was asked.
    pub(super) index: Index,
    /// What was claimed for each sink, and until when.
    pub(super) claims: Claims,
    /// Who may ask each host, and until when.
    pub(super) hosts: Hosts,
    /// `None` for a store that is only read.
    pub(super) writer: Option<Writer>,
}
