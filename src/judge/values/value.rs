//! What a value is: its kind, its words, and the one form that all ways to write it have.
//!
//! Not here: how one is found in a text.

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::judge) enum Kind {
    Number,
    Date,
    Time,
    Phone,
    Mail,
    Address,
    /// Of software: "2.4.5".
    Version,
    /// An identifier or a note's mark: "CVE-2017-0902", "[1]".
    Mark,
}

/// A value as it stands in a text.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::judge) struct Value {
    pub kind: Kind,
    /// As written, folded.
    pub text: String,
    /// One form for all ways to write it.
    pub canonical: String,
    /// The number, where it is one; 0 for others.
    pub amount: f64,
    /// Bytes in the folded text.
    pub at: std::ops::Range<usize>,
}
