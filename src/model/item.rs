//! What a history is of: a target, and where its source holds several statements, one of them.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize, de};

use super::{BadId, Digest, TargetId, id::bad};

/// The most bytes of an item's key.
const LONGEST: usize = 2048;

/// Which statement of a source: an entry's link, a listed address. Empty for a page, which is one statement.
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct ItemKey(String);

impl ItemKey {
    /// The key of what is the whole of its source.
    pub const WHOLE: Self = Self(String::new());

    /// The key as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is the whole of its source.
    pub fn is_whole(&self) -> bool {
        self.0.is_empty()
    }

    /// The name of its folder: eight hex digits, so that no key becomes a path.
    pub fn folder(&self) -> String {
        Digest::of(self.0.as_bytes()).short().to_owned()
    }
}

impl FromStr for ItemKey {
    type Err = BadId;

    fn from_str(s: &str) -> Result<Self, BadId> {
        if s.len() <= LONGEST && !s.chars().any(char::is_control) {
            Ok(Self(s.to_owned()))
        } else {
            Err(bad(s, "an item's key: at most 2048 bytes without control characters"))
        }
    }
}

impl fmt::Debug for ItemKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl<'de> Deserialize<'de> for ItemKey {
    fn deserialize<D: de::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(de::Error::custom)
    }
}

/// A target, or one item of it: what has a state, snapshots and events of its own.
///
/// Written as the target's name; for an item, `#` and its key follow.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Subject {
    /// The target.
    pub target: TargetId,
    /// The item; [`ItemKey::WHOLE`] for a page.
    pub item: ItemKey,
}

impl Subject {
    /// The whole of a target.
    pub fn page(target: TargetId) -> Self {
        Self { target, item: ItemKey::WHOLE }
    }

    #[must_use]
    /// The same item under another name of its target.
    pub fn under(&self, target: &TargetId) -> Self {
        Self { target: target.clone(), item: self.item.clone() }
    }
}

impl From<TargetId> for Subject {
    fn from(target: TargetId) -> Self {
        Self::page(target)
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.item.is_whole() {
            write!(f, "{}", self.target)
        } else {
            write!(f, "{}#{}", self.target, self.item.0)
        }
    }
}

impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Subject {
    type Err = BadId;

    fn from_str(s: &str) -> Result<Self, BadId> {
        let (target, item) = s.split_once('#').unwrap_or((s, ""));
        Ok(Self { target: target.parse()?, item: item.parse()? })
    }
}

impl Serialize for Subject {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Subject {
    fn deserialize<D: de::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_reads_back_and_no_key_becomes_a_path() {
        for text in ["canterbury-news", "canterbury-news#https://a.example/b#c", "feed#../../etc"] {
            let subject: Subject = text.parse().unwrap();
            assert_eq!(subject.to_string(), text);
            assert_eq!(subject.item.folder().len(), 8);
        }
        for text in ["", "Feed#x", "feed#a\u{1b}[2J", &format!("feed#{}", "x".repeat(3000))] {
            assert!(text.parse::<Subject>().is_err(), "{text:?}");
        }
    }
}
