//! A text's claims, as the cells that the rules compare.
//!
//! Not here: how each cell is read (`denial`, `service`, `certainty`).

use crate::{
    judge::claims::{
        certainty::certainty,
        denial::{Denial, denial},
        service::{Service, service},
        split::{clauses, sentences},
    },
    text::{Language, Lexicon, Lexicons},
};

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
