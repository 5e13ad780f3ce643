//! What a text says was not done with data, whatever was done, and what it says was not among it: "no records were
//! opened", "the files held no bank details".
//!
//! Not here: harm that has a name of its own (`ladders`).

use crate::{
    judge::claims::split::shortly_before,
    text::{Class, Language, Lexicon, List, words},
};

/// So many words before data stands the "no" that is said of it: "none of our customers' records".
const APART: usize = 4;
/// The same before what holds it: "nid oedd y rhestr yn cynnwys".
const HOLDER_APART: usize = 6;
/// And in English: "did not contain".
const NEAR: usize = 4;

/// Whether a clause says of data that nothing was done with it.
pub(in crate::judge) fn is_spared(clause: &str, lexicon: &Lexicon, negates: impl Fn(&str) -> bool) -> bool {
    lexicon.find(Class::Data, clause).any(|m| {
        let mut after = words::words(clause.get(m.end()..).unwrap_or_default());
        shortly_before(clause, m.start(), APART, &negates)
            && after.next().is_some_and(|verb| List::DataVerb.has(verb))
            && after.next().is_some_and(|done| !List::DataWanted.has(done))
    })
}

/// Whether a clause says that data of some kind was not there.
pub(in crate::judge) fn is_absent(clause: &str, lexicon: &Lexicon, negates: impl Fn(&str) -> bool) -> bool {
    let next = |end: usize| words::words(clause.get(end..).unwrap_or_default()).next();
    let apart = if lexicon.language() == Language::English { NEAR } else { HOLDER_APART };
    lexicon.has(Class::Data, clause)
        && lexicon.find(Class::Holds, clause).any(|m| {
            // "Not including the messages" says what is meant.
            let said = m.as_str() != "including";
            said && shortly_before(clause, m.start(), apart, &negates) || next(m.end()).is_some_and(&negates)
        })
}
