//! Records one after the other: the outer form of the file, whatever the records hold.

use super::WarcError;

/// The most bytes of one record's header.
const HEAD: usize = 64 << 10;

/// One record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record<'a> {
    /// Where it begins in the file.
    pub at: usize,
    /// Its header fields, in order.
    pub fields: Vec<(&'a str, &'a str)>,
    /// Its block.
    pub block: &'a [u8],
}

impl<'a> Record<'a> {
    /// The first value of a field; names are compared without case.
    pub fn field(&self, name: &str) -> Option<&'a str> {
        self.fields.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
    }

    /// What kind of record it is: `response`, `metadata`.
    pub fn kind(&self) -> &'a str {
        self.field("WARC-Type").unwrap_or_default()
    }
}

/// Reads records from the bytes of a file; ends after the first error.
#[derive(Debug, Clone)]
pub struct Records<'a> {
    rest: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    /// The records of a file.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, at: 0 }
    }

    fn record(&mut self) -> Result<Record<'a>, &'static str> {
        let upto = self.rest.len().min(HEAD);
        let window = self.rest.get(..upto).unwrap_or_default();
        let end = find(window, b"\r\n\r\n").ok_or("the header of a record is cut, or longer than 64 KiB")?;
        let head = window.get(..end).unwrap_or_default();
        let head = std::str::from_utf8(head).map_err(|_| "the header of a record is not UTF-8")?;
        let mut lines = head.split("\r\n");
        if !matches!(lines.next(), Some("WARC/1.1" | "WARC/1.0")) {
            return Err("no record begins here");
        }
        let fields = lines
            .map(|line| line.split_once(':').map(|(name, value)| (name, value.trim())))
            .collect::<Option<Vec<_>>>()
            .ok_or("a line of a record's header has no colon")?;
        let record = Record { at: self.at, fields, block: &[] };
        let length: usize = record
            .field("Content-Length")
            .filter(|length| length.bytes().all(|b| b.is_ascii_digit()))
            .and_then(|length| length.parse().ok())
            .ok_or("a record does not say how long it is")?;
        let body = self.rest.get(end + 4..).unwrap_or_default();
        let (block, after) = body.split_at_checked(length).ok_or("a record is cut")?;
        let rest = after.strip_prefix(b"\r\n\r\n").ok_or("a record does not end where it says")?;
        self.at += self.rest.len() - rest.len();
        self.rest = rest;
        Ok(Record { block, ..record })
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Result<Record<'a>, WarcError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let at = self.at;
        let record = self.record().map_err(|seen| WarcError { at, seen });
        if record.is_err() {
            self.rest = &[];
        }
        Some(record)
    }
}

/// Where `needle`, which is not empty, first stands.
pub(super) fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}
