//! What a file comes to.
//!
//! Not here: how it is typed (`typed`), and how one becomes the other (`resolve`).

use crate::{
    model::{Incident, JudgeSpec, SinkSpec, Target, TargetId},
    text::Lexicons,
};

/// The longest file that is read, in bytes.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;
/// The most targets of one file.
pub const MAX_TARGETS: usize = 100_000;

/// What is watched, for whom and how: every default filled in, every name followed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Config {
    /// Whom a site may ask about our requests: a mail or web address.
    pub contact: Option<String>,
    /// What happened, in the order of the file.
    pub incidents: Vec<Incident>,
    /// What is watched, in the order of the file.
    pub targets: Vec<Target>,
    /// Targets that had another name: the name now, the name before.
    pub renamed: Vec<(TargetId, TargetId)>,
    /// Where events go.
    pub sinks: Vec<SinkSpec>,
    /// The words that changes are judged by.
    pub lexicons: Lexicons,
    /// A further judge.
    pub judge: Option<JudgeSpec>,
}
