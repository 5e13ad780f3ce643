//! What a text claims, clause by clause: who denies what, how surely; what was done; what works and what does not.
//!
//! Not here: what it means that two texts claim different things (the rules beside this file).

mod certainty;
mod cut;
mod data;
mod denial;
mod ladders;
mod means;
mod negation;
mod service;

use crate::text::{Language, Lexicon, Lexicons};
use certainty::certainty;
pub(super) use cut::{clauses, sentences};
pub(in crate::judge) use denial::Denial;
use denial::denial;
pub(in crate::judge::labels) use ladders::{AMOUNTS, DEEDS, NAMES, SEVERITY};
pub(in crate::judge::labels) use negation::affirmed;
pub(super) use negation::{hollow, is_open, not_excluded};
use service::service;

/// What stands for or against a service.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::judge) struct Service {
    pub up: Option<String>,
    pub again: Option<String>,
    /// What will work: "as normal" of what is to run as normal.
    pub due: Option<String>,
    pub down: Option<String>,
    /// What may stand against it, where the other side says that it works: "dead", "by hand".
    pub halted: Option<String>,
    /// What is the matter with it: "slow", "failing", "an outage".
    pub trouble: Option<String>,
    /// What people can do.
    pub can: Option<String>,
    /// That nothing is down: "no service is disrupted".
    pub clear: Option<String>,
}

/// A text's claims.
#[derive(Debug, Clone)]
pub(in crate::judge) struct Cells<'l> {
    /// The text, folded.
    pub text: String,
    pub language: Language,
    /// The words of that language.
    pub lexicon: &'l Lexicon,
    pub denials: Vec<Denial>,
    /// The clauses that deny nothing.
    pub positive: String,
    /// How surely: 3 plainly, 2 probably, 1 possibly; with the word that makes it so.
    pub certainty: (u8, Option<String>),
    pub service: Service,
}

impl<'l> Cells<'l> {
    pub(in crate::judge) fn of(text: &str, language: Language, lexicons: &'l Lexicons) -> Self {
        let language = Language::of(text, language);
        let lexicon = lexicons.of(language);
        let (mut denials, mut positive) = (Vec::new(), Vec::new());
        for sentence in sentences(text) {
            for clause in clauses(sentence) {
                match denial(clause, sentence, lexicon) {
                    Some(denial) => denials.push(denial),
                    None => positive.push(clause),
                }
            }
        }
        let positive = positive.join(" | ");
        Self {
            certainty: certainty(&positive, lexicon),
            service: service(text, lexicon),
            text: text.to_owned(),
            language,
            lexicon,
            denials,
            positive,
        }
    }
}
