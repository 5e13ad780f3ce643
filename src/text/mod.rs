//! What reading, comparing and judging all ask of words: the form that two texts are compared in, where sentences and
//! words begin and end, what language a text is in, the calendar, and every list of words.
//!
//! Knows only the model. Pure. Not here: where blocks end (`read`), which sentence became which (`compare`), and what it
//! means that a word stands somewhere (`judge`).

pub(crate) mod calendar;
mod detect;
mod fold;
mod language;
pub(crate) mod lexicon;
pub mod sentences;
pub(crate) mod spelling;
mod stopwords;
mod terms;
mod tokens;
pub(crate) mod words;

pub use fold::{fold, key};
pub(crate) use language::Language;
pub use lexicon::{BadEntry, Lexicons};
pub(crate) use lexicon::{Class, Found, Lexicon, List};
pub(crate) use stopwords::is_stopword;
pub(crate) use terms::Term;
pub(crate) use tokens::{begins_any, is_word, tokens};
