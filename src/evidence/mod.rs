//! On top of a store: what can be proved of it, and what not.
//!
//! [`verify`] shows that the files are those that the log names, and that no line of the log was changed, taken out
//! or put in between. It does not show when anything was written, nor that nobody wrote all of it anew.
//!
//! Not here: repair. Nothing is changed, whatever is found.

mod kept;
mod verify;

pub use verify::verify;

/// Something that does not add up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file, relative to the store.
    pub file: String,
    /// What was seen, in words. May hold what the file holds: to be escaped where it is shown.
    pub seen: String,
}

/// What was checked, and what was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Everything that does not add up; empty for a whole store.
    pub faults: Vec<Fault>,
    /// How many lines of the log were read.
    pub lines: u64,
    /// How many files that they name were checked.
    pub files: u64,
}

impl Report {
    fn fault(&mut self, file: impl Into<String>, seen: impl Into<String>) {
        self.faults.push(Fault { file: file.into(), seen: seen.into() });
    }
}

#[cfg(test)]
mod tests;
