//! How a capture is read. Two snapshots are compared only when one recipe made both.

use serde::{Deserialize, Serialize};

use super::{Digest, MemoryName, Watch};

/// The version of the reading rules. Any change of what `read` makes of the same bytes raises it.
pub const NORMALISER: u32 = 13;

/// Everything, apart from the bytes, that a reading depends on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipe {
    /// The version of the reading rules, [`NORMALISER`].
    pub normaliser: u32,
    /// The kind of source.
    pub watch: Watch,
    /// CSS selectors of the statement, tried in order; empty: found by the reader.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub select: Vec<String>,
    /// CSS selectors of what is left out, after `select`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remove: Vec<String>,
    /// The terms of the incidents that the source is watched for, in order, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<String>,
    /// The digest of the names that hint at what a part of a page is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hints: Option<Digest>,
    /// The site's memory that was used, if any was.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "memory")]
    pub memory: Option<MemoryName>,
    /// The most bytes after a content coding is undone; [`MAX_DECODED`] without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_decoded: Option<u64>,
}

/// The most bytes that a body may have after its content coding is undone, where nothing else is said.
pub const MAX_DECODED: u64 = 64 << 20;

impl Recipe {
    /// The recipe's name: the SHA-256 of its JSON.
    pub fn digest(&self) -> Digest {
        Digest::of(&serde_json::to_vec(self).unwrap_or_default())
    }
}

impl Default for Recipe {
    fn default() -> Self {
        Self {
            normaliser: NORMALISER,
            watch: Watch::Page,
            select: Vec::new(),
            remove: Vec::new(),
            terms: Vec::new(),
            hints: None,
            memory: None,
            max_decoded: None,
        }
    }
}

/// Recipes of format 1 named the lack of a memory by 0.
fn memory<'de, D: serde::Deserializer<'de>>(d: D) -> Result<Option<MemoryName>, D::Error> {
    let name = Option::<MemoryName>::deserialize(d)?;
    Ok(name.filter(|name| *name != MemoryName::Number(0)))
}
