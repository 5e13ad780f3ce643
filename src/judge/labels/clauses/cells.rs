//! What a text claims, clause by clause: who denies what, how surely; what was done; what works and what does not.
//!
//! Not here: what it means that two texts claim different things (the rules beside this file).

mod certainty;
mod data;
mod negation;
mod service;

use crate::judge::{
    language::Language,
    lexicon::{Class, Lexicon, Lexicons},
    words,
};
use certainty::certainty;
pub(in crate::judge::labels) use negation::affirmed;
pub(super) use negation::{hollow, not_excluded};
use negation::{
    is_doubly_denied, is_half, is_negated_in_full, is_negation, is_plain_negation, is_taken_back,
};
use service::service;

/// A denial of harm.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::judge) struct Denial {
    /// Its clause.
    pub clause: String,
    /// 3 plain ("no data was taken"), 2 "no evidence that", less with "at this stage"; more with "categorically".
    pub certainty: f64,
    /// The least harm denied, 1 accessed to 5 published; 0 any other.
    pub deed: u8,
    /// Whether only some kind of data is spoken of: "no bank details".
    pub special: bool,
    /// The words that make it less certain.
    pub hedges: Vec<String>,
}

impl Denial {
    /// What is denied, without the words that make it less certain.
    pub(in crate::judge) fn core(&self) -> String {
        self.hedges.iter().fold(self.clause.clone(), |clause, hedge| clause.replace(hedge.as_str(), " "))
    }
}

/// What stands for or against a service.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::judge) struct Service {
    pub up: Option<String>,
    pub again: Option<String>,
    pub down: Option<String>,
    /// What may stand against it, where the other side says that it works: "dead", "by hand".
    pub halted: Option<String>,
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

    /// The highest of some classes, each a step of a ladder, in the clauses that deny nothing.
    pub(in crate::judge) fn highest(&self, ladder: &[Class]) -> Option<(usize, String)> {
        let step = |(n, class): (usize, &Class)| {
            let found = self
                .lexicon
                .find(*class, &self.positive)
                .find(|m| !is_a_promise(&self.positive, m) && !is_put_out(&self.positive, m));
            found.map(|found| (n + 1, found.as_str().to_owned()))
        };
        ladder.iter().enumerate().rev().find_map(step)
    }
}

/// Whether "publish" is what a body does with what it found, and nothing done to data.
fn is_a_promise(text: &str, found: &regex::Match<'_>) -> bool {
    const FINDINGS: [&str; 11] = [
        "review",
        "report",
        "reports",
        "findings",
        "update",
        "updates",
        "statement",
        "results",
        "summary",
        "account",
        "outcome",
    ];
    let rest = text.get(found.end()..).unwrap_or_default();
    found.as_str().starts_with("publish") && words::words(rest).take(4).any(|w| FINDINGS.contains(&w))
}

/// Whether "taken" goes on as "down", "off line" or the like.
fn is_put_out(text: &str, found: &regex::Match<'_>) -> bool {
    const OUT: [&str; 7] = ["down", "off", "offline", "out", "part", "place", "back"];
    let rest = text.get(found.end()..).unwrap_or_default();
    matches!(found.as_str(), "taken" | "took" | "take")
        && words::words(rest).next().is_some_and(|next| OUT.contains(&next))
}

/// Sentences of folded text.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    cut(text, |rest, at| {
        let ends = rest.get(at..).is_some_and(|r| r.starts_with(['.', '!', '?', ';']));
        let open = rest.get(at + 1..).is_some_and(|r| r.is_empty() || r.starts_with([' ', '"', ')']));
        (ends && open).then_some(1)
    })
}

/// Clauses of a sentence: parts that could stand by themselves.
pub(super) fn clauses(sentence: &str) -> impl Iterator<Item = &str> {
    /// What parts two clauses, and how much of it belongs to neither.
    const JOINS: &[(&str, usize)] = &[
        (" but ", 5),
        (", although ", 2),
        (", though ", 2),
        (", however", 2),
        (", while ", 2),
        (", whereas ", 2),
        (", and we ", 6),
        (", and no ", 6),
        (", and some ", 6),
        (", and the ", 6),
        (", and it ", 6),
        (", and they ", 6),
        (", and our ", 6),
        (", and there ", 6),
        (" and we ", 5),
        (" and no ", 5),
        (" and not ", 5),
        (" and nothing ", 5),
        (" and none ", 5),
        (", nor ", 2),
        (", so ", 2),
        (", which ", 2),
        (" ond ", 5),
        (" mais ", 6),
        (", et ", 5),
        (", ac ", 5),
        (" - ", 3),
        (": ", 2),
    ];
    cut(sentence, |rest, at| {
        let join = JOINS.iter().find(|join| rest.get(at..).is_some_and(|r| r.starts_with(join.0)));
        join.map(|join| join.1)
    })
}

/// The parts of a text between the places where `join` says how many bytes to leave out.
fn cut<'t>(
    text: &'t str,
    join: impl Fn(&str, usize) -> Option<usize> + 't,
) -> impl Iterator<Item = &'t str> + 't {
    let mut start = 0;
    let mut places = text.char_indices().map(|(at, _)| at);
    let mut done = false;
    std::iter::from_fn(move || {
        if done {
            return None;
        }
        for at in places.by_ref() {
            if at < start {
                continue;
            }
            if let Some(len) = join(text, at) {
                let part = text.get(start..at);
                start = at + len;
                return part;
            }
        }
        done = true;
        text.get(start..)
    })
    .map(str::trim)
    .filter(|part| !part.is_empty())
}

/// Whether `word` stands within `most` words before byte `at`.
fn shortly_before(text: &str, at: usize, most: usize, is: impl Fn(&str) -> bool) -> bool {
    let head = text.get(..at).unwrap_or_default();
    head.rsplit(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| !w.is_empty()).take(most).any(is)
}

fn denial(clause: &str, sentence: &str, lexicon: &Lexicon) -> Option<Denial> {
    let (whole, bare) = (clause, affirmed(clause));
    let clause = bare.as_ref();
    if is_doubly_denied(clause)
        || is_taken_back(clause)
        || not_excluded(clause, lexicon).is_some()
        || lexicon.has(Class::NoNeed, clause)
        || lexicon.has(Class::Prohibit, clause) && lexicon.has(Class::Advice, clause)
    {
        return None;
    }
    let evidence = lexicon.first(Class::NoEvidence, clause);
    let harm = harms(clause, lexicon);
    // "As soon as it is safe" is a condition.
    let if_so = |w: &str| is_negation(w) || matches!(w, "when" | "once" | "until" | "if" | "unless" | "soon");
    let own = lexicon.find(Class::HarmOwn, clause).any(|m| !shortly_before(clause, m.start(), 3, if_so));
    let denies =
        lexicon.find(Class::Deny, clause).any(|m| !shortly_before(clause, m.start(), 3, is_negation))
            && !shortly_before(clause, clause.len(), 3, |w| w == "service");
    let negates = |word: &str| is_plain_negation(word) && (!is_half(word) || is_negated_in_full(clause));
    let negated = harm.iter().any(|&at| {
        // "No attack" is denied right there; "nobody ... in the attack" is something else.
        let thing = ["attack", "cyber", "breach", "intrusion", "ransom", "attaque", "ymosod", "seiber"]
            .iter()
            .any(|name| clause.get(at..).is_some_and(|rest| rest.starts_with(name)));
        // What happened in the disruption, or because of the fault, is another matter.
        let trouble =
            ["fault", "disrupt"].iter().any(|name| clause.get(at..).is_some_and(|r| r.starts_with(name)));
        let during = |w: &str| matches!(w, "during" | "because" | "due" | "after" | "following" | "despite");
        let apart = trouble && shortly_before(clause, at, 4, during);
        // "Na chopïwyd", that it was not copied; "mwy na 400" is more than.
        let that_not = shortly_before(clause, at, 1, |w| matches!(w, "na" | "nac"));
        that_not
            || !apart && shortly_before(clause, at, if thing { 4 } else { 10 }, negates) && !hollow(clause)
    });
    let of_data = !hollow(clause)
        && (data::is_spared(clause, lexicon, negates) || data::is_absent(clause, lexicon, negates));
    let negated = negated || of_data;
    let asks = ["whether", "unclear", "establish if", "checking if"].iter().any(|word| clause.contains(word));
    if asks || !(own || denies || negated || evidence.is_some() && !harm.is_empty()) {
        return None;
    }
    let mut hedges: Vec<String> = evidence.map(str::to_owned).into_iter().collect();
    let for_now: Vec<_> = lexicon.find(Class::ForNow, sentence).map(|m| m.as_str().to_owned()).collect();
    let doubt = lexicon.first(Class::Possible, clause).or_else(|| lexicon.first(Class::Probable, clause));
    let doubt = doubt.or_else(|| certainty::conditional(clause, lexicon));
    let doubt = doubt.filter(|_| evidence.is_none()).map(str::to_owned);
    let mut certainty: f64 = 3.0;
    if evidence.is_some() || doubt.is_some() {
        certainty -= 1.0;
    }
    if !for_now.is_empty() {
        certainty -= 1.0;
    }
    if lexicon.has(Class::Absolute, clause) {
        certainty += 0.5;
    }
    hedges.extend(for_now);
    hedges.extend(doubt);
    Some(Denial {
        deed: deed(clause, lexicon),
        special: lexicon.has(Class::SpecialData, clause),
        clause: whole.to_owned(),
        certainty,
        hedges,
    })
}

/// Where a clause speaks of harm.
fn harms(clause: &str, lexicon: &Lexicon) -> Vec<usize> {
    let steps =
        ["action", "actions", "steps", "step", "measures", "bookings", "orders", "applications", "calls"];
    let taken = |found: &str| {
        found.starts_with("taken")
            && (clause.contains("being taken") || words::words(clause).any(|w| steps.contains(&w)))
    };
    // What is taken down, or off, is no data that is taken.
    let put_out = |m: &regex::Match<'_>| is_put_out(clause, m);
    // What is reaching the wards is a service; what reached the network is not.
    let arrives = |found: &str| found.starts_with("reaching");
    let found = lexicon
        .find(Class::Harm, clause)
        .filter(|m| !taken(m.as_str()) && !put_out(m) && !arrives(m.as_str()));
    found.map(|m| m.start()).collect()
}

/// What is done to data, from accessed to published.
pub(super) const DEEDS: [Class; 5] = [Class::Deed1, Class::Deed2, Class::Deed3, Class::Deed4, Class::Deed5];

fn deed(clause: &str, lexicon: &Lexicon) -> u8 {
    let at = DEEDS.iter().enumerate().find(|(_, class)| lexicon.has(**class, clause));
    at.and_then(|(n, _)| u8::try_from(n + 1).ok()).unwrap_or(0)
}
