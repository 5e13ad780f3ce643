//! What has been learnt of a site's furniture: numbered, append-only.

use serde::{Deserialize, Serialize};

use super::Digest;

/// How a recipe names the memory that was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum MemoryName {
    /// By its digest.
    Digest(Digest),
    /// By its number, as stores of format 1 did.
    Number(u32),
}

/// One number of a host's memory, whole: each number holds all that the ones before it held.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    /// The number, from 1; 0 is the empty memory.
    pub number: u32,
    /// Sentences whose figures move by themselves, by target: the sentence's key with each run of digits
    /// written as `0`. A figure in such a sentence is volatile.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counters: Vec<String>,
    /// Keys of blocks that come and go at the edge of the statement while it stays.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub furniture: Vec<String>,
}
