//! The list by which lines of quiet looks name subjects: written out once, then meant by its digest.

use serde::{Deserialize, Serialize};

use crate::model::{Digest, Subject};

/// Whom lines of quiet looks count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Roster {
    /// The subjects; a quiet look names one by its place, from 0.
    pub(crate) subjects: Vec<Subject>,
}

impl Roster {
    /// The name of a roster.
    pub(crate) fn digest(subjects: &[Subject]) -> Digest {
        let mut text = String::new();
        for subject in subjects {
            text.push_str(&subject.to_string());
            text.push('\n');
        }
        Digest::of(text.as_bytes())
    }
}
