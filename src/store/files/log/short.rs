//! Digests as they stand in lines: in base64url, a third shorter than in hex.

use serde::{Deserialize as _, Deserializer, Serializer, de};

use crate::model::Digest;

pub(crate) fn serialize<S: Serializer>(digest: &Digest, s: S) -> Result<S::Ok, S::Error> {
    s.serialize_str(&digest.to_base64url())
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Digest, D::Error> {
    let text = String::deserialize(d)?;
    Digest::from_base64url(&text).ok_or_else(|| de::Error::custom("this is no SHA-256 in base64url"))
}
