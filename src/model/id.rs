//! Names: of targets, incidents, snapshots and events, and digests. Each is checked where it is made, so
//! that no name can climb out of a folder or carry an escape code.

use std::{fmt, str::FromStr};

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use jiff::Timestamp;
use serde::{Deserialize, Serialize, de};
use sha2::{Digest as _, Sha256};

/// A name that is not one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not {wanted}")]
pub struct BadId {
    /// What was given, at most 80 characters of it.
    pub given: String,
    /// What would have been right, in words.
    pub wanted: &'static str,
}

pub(super) fn bad(given: &str, wanted: &'static str) -> BadId {
    BadId { given: given.chars().take(80).flat_map(char::escape_default).collect(), wanted }
}

macro_rules! name {
    ($(#[$doc:meta])* $name:ident, $check:expr, $wanted:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The name as it is written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = BadId;

            fn from_str(s: &str) -> Result<Self, BadId> {
                let check: fn(&str) -> bool = $check;
                if check(s) { Ok(Self(s.to_owned())) } else { Err(bad(s, $wanted)) }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: de::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                String::deserialize(d)?.parse().map_err(de::Error::custom)
            }
        }
    };
}

fn is_slug(s: &str) -> bool {
    (1..=64).contains(&s.len())
        && s.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !s.starts_with('-')
        && !s.ends_with('-')
}

fn is_hex(s: &str, len: usize) -> bool {
    s.len() == len && s.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

fn is_snapshot_id(s: &str) -> bool {
    s.split_once('-').is_some_and(|(stamp, id)| parse_compact(stamp).is_some() && is_hex(id, 8))
}

name!(
    /// The name of a target: lower-case letters, digits and `-`, at most 64. It is also a folder's name.
    TargetId,
    is_slug,
    "an id: lower-case letters, digits and `-`, 1 to 64 of them, no `-` at either end"
);
name!(
    /// The name of an incident, of the same form as a target's.
    IncidentId,
    is_slug,
    "an id: lower-case letters, digits and `-`, 1 to 64 of them, no `-` at either end"
);
name!(
    /// The name of a snapshot within its target: `<UTC stamp>-<first 8 hex digits of its digest>`.
    SnapshotId,
    is_snapshot_id,
    "a snapshot: 20240119T110004Z-0123abcd"
);
name!(
    /// The stable name of an event: SHA-256, in hex, of target, kind, from, to and interval.
    EventId,
    |s| is_hex(s, 64),
    "an event id: 64 hex digits"
);
name!(
    /// A SHA-256, as 64 lower-case hex digits.
    Digest,
    |s| is_hex(s, 64),
    "a SHA-256: 64 hex digits"
);

impl Digest {
    /// The digest of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(HEXLOWER.encode(&Sha256::digest(bytes)))
    }

    /// The first eight digits, for file names.
    pub fn short(&self) -> &str {
        &self.0[..8]
    }

    /// In base64url without padding (RFC 4648, section 5): 43 characters, for lines of the log.
    pub fn to_base64url(&self) -> String {
        // The digits were checked where it was made.
        BASE64URL_NOPAD.encode(&HEXLOWER.decode(self.0.as_bytes()).unwrap_or_default())
    }

    /// The digest that is written so, if one is.
    pub fn from_base64url(text: &str) -> Option<Self> {
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok().filter(|bytes| bytes.len() == 32)?;
        Some(Self(HEXLOWER.encode(&bytes)))
    }
}

impl SnapshotId {
    /// The name of a snapshot taken at `when` whose content has `digest`.
    pub fn new(when: Timestamp, digest: &Digest) -> Self {
        Self(format!("{}-{}", compact(when), digest.short()))
    }

    /// When the snapshot was taken, to the second, as it stands in the name.
    pub fn stamp(&self) -> &str {
        self.0.split_once('-').map_or("", |(stamp, _)| stamp)
    }

    /// When the snapshot was taken, to the second.
    pub fn moment(&self) -> Timestamp {
        // The name was checked where it was made.
        parse_compact(self.stamp()).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// The head of the digest of what it holds: two snapshots that share it have the same words, dates and recipe.
    pub fn content(&self) -> &str {
        self.0.split_once('-').map_or("", |(_, content)| content)
    }
}

impl EventId {
    /// The name of an event with these parts, each told apart by a line feed.
    pub fn of(parts: &[&str]) -> Self {
        Self(Digest::of(parts.join("\n").as_bytes()).0)
    }

    /// The first six digits: enough for a person to name it by.
    pub fn short(&self) -> &str {
        &self.0[..6]
    }
}

/// A moment as it stands in file names: `20240119T110004Z`.
pub fn compact(when: Timestamp) -> String {
    when.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// The moment that a file name holds, if it holds one.
pub fn parse_compact(stamp: &str) -> Option<Timestamp> {
    if stamp.len() != 16 || !stamp.is_ascii() {
        return None;
    }
    let s = format!(
        "{}-{}-{}T{}:{}:{}Z",
        &stamp[0..4],
        &stamp[4..6],
        &stamp[6..8],
        &stamp[9..11],
        &stamp[11..13],
        &stamp[13..15]
    );
    (stamp.as_bytes()[8] == b'T' && stamp.ends_with('Z')).then(|| s.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_cannot_climb_out_of_a_folder() {
        for s in ["", "..", "../x", "a/b", "A", "a b", "-a", "a-", "é", "a\u{1b}", &"a".repeat(65)] {
            assert!(s.parse::<TargetId>().is_err(), "{s:?}");
        }
        assert!("canterbury-news".parse::<TargetId>().is_ok());
        for s in ["2024-0123abcd", "20240119T110004Z-../../x", "20240119T110004Z-0123abcg"] {
            assert!(s.parse::<SnapshotId>().is_err(), "{s:?}");
        }
    }

    #[test]
    fn a_stamp_reads_back() {
        let when: Timestamp = "2024-01-19T11:00:04Z".parse().unwrap();
        assert_eq!(compact(when), "20240119T110004Z");
        assert_eq!(parse_compact(&compact(when)), Some(when));
        assert_eq!(parse_compact("2024é0119T110004"), None);
    }
}
