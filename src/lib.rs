//! # onrecord
//!
//! Watches the pages on which public bodies and their suppliers say what happened, keeps what they said, and
//! tells people when the wording about an incident changes: what was said, what is said now, between which two
//! moments it changed, what kind of change it is, and the proof.
//!
//! # The way of a look
//!
//! ```text
//! targets.json -> targets -> due -> fetch -> gate -> read -> store -> compare -> judge -> event -> outbox -> sinks
//! ```
//!
//! 1. [`targets`] loads what is watched; `engine/schedule.rs` says what is due.
//! 2. [`fetch`] asks the host, politely, and gives what came of it: a capture, "not modified", or why there is none.
//! 3. [`read`] makes of the bytes a statement, or refuses them: an error page is no wording. The kind of source is
//!    chosen from the bytes first; some refusals come before the words are found, some after.
//! 4. [`store`] keeps capture and snapshot before anything is told.
//! 5. [`compare()`](compare::compare) says which sentence became which, and which words differ.
//! 6. [`judge()`](judge::judge) gives labels, relevance, a level and a headline, each with its reason.
//! 7. The engine makes an event of it, which waits in the outbox until each of the [`sinks`] has taken it.
//!
//! [`model`] is the words of all this as types; [`text`] is what reading, comparing and judging ask of words; [`render`] shows
//! an event; [`warc`] is the format that captures are kept in; [`query`] answers what is asked of a store, [`evidence`]
//! proves it whole; [`cli`] is the verbs, which only show.
//! [`fetch`], [`store`] and [`sinks`] touch the world. [`text`], [`read`], [`compare`], [`judge`], [`render`] and [`warc`]
//! are functions of values: no clock, no disk, no network, no randomness, no async. Lints and a test keep them so, and
//! another test keeps imports running one way. [`engine`] wires them: `engine/pass.rs` is the whole program on one screen.
//!
//! # Where the next thing goes
//!
//! | what | where |
//! | --- | --- |
//! | a word that the rules should know | a line in `text/lexicons/`, and the pair in `tests/words` that needs it |
//! | a word that a rule asks for as it stands | a line in `text/lexicons/lists.txt`, and the pair in `tests/pairs` that needs it |
//! | a label | `model::Label` with its name, a rule in `judge/rules`, its words in `model::Rule`, a pair in `tests/pairs`; its headline in `judge/headline.rs` |
//! | a kind of source | a file in `read/source/`, and the bytes that tell it in `read/source/kind.rs` |
//! | a name that hints at furniture | the reader's hint files, which a recipe names by their digest |
//! | a reason why a page is no content | a file in `read/gate/`, and its name in `model::Why` |
//! | a sink | a struct in `model/sink.rs`, a file in `sinks/` that implements [`sinks::Sink`], and its options in `targets/sinks/` |
//! | a verb | a file in `cli/`, whose argument struct holds the help |
//! | a key of targets.json | `targets/typed.rs`, which is the schema too, and two cases in `tests/configs` |
//!
//! # Two wordings, compared and judged
//!
//! ```
//! use onrecord::{
//!     compare::compare,
//!     judge::{Subject, judge},
//!     model::{Block, Label, Relevance, Revision, Sentence, Statement},
//!     text::{Lexicons, sentences},
//! };
//!
//! let statement = |words: &str| {
//!     let sentence = |at: std::ops::Range<usize>| Sentence { text: words[at].to_owned(), ..Sentence::default() };
//!     let block = Block { sentences: sentences::split(words).into_iter().map(sentence).collect(), ..Block::default() };
//!     Statement { content: vec![block], ..Statement::default() }
//! };
//! let before = statement("The library is open. No personal data was accessed.");
//! let after = statement("The library is open. There is no evidence that personal data was accessed.");
//!
//! let revision = compare(&before.content, &after.content);
//! let lexicons = Lexicons::default();
//! let subject = Subject {
//!     body: "Wharf Council",
//!     incidents: &[],
//!     relevance: Relevance::Page,
//!     watches_banner: false,
//!     lexicons: &lexicons,
//! };
//! let judgement = judge(&before, &after, &revision, &Revision::default(), &subject);
//! assert_eq!(judgement.changes[0].labels, [Label::DenialHedged]);
//! ```

#[expect(clippy::disallowed_methods, reason = "reads files and the environment for people")]
pub mod cli;
pub mod compare;
#[expect(clippy::disallowed_methods, reason = "owns the clock")]
pub mod engine;
#[cfg_attr(test, expect(clippy::disallowed_methods, reason = "its tests damage stores on disk"))]
pub mod evidence;
#[expect(clippy::disallowed_methods, reason = "asks hosts")]
pub mod fetch;
pub mod judge;
pub mod model;
#[cfg_attr(test, expect(clippy::disallowed_methods, reason = "its tests damage what is on disk"))]
pub mod query;
pub mod read;
pub mod render;
#[expect(clippy::disallowed_methods, reason = "writes files, and waits for readers")]
pub mod sinks;
#[expect(clippy::disallowed_methods, reason = "keeps files")]
pub mod store;
pub mod targets;
pub mod text;
pub mod warc;
