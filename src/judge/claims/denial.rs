//! Denials of harm: what a clause says was not done, and how surely.
//!
//! Not here: what became of a denial (`rules`), and which words negate (`negation`).

use crate::{
    judge::claims::{
        certainty, data,
        ladders::{DEEDS, is_put_out},
        negation::{
            affirmed, hollow, is_doubly_denied, is_half, is_negated_in_full, is_negation, is_plain_negation,
            is_taken_back, not_excluded,
        },
        split::shortly_before,
    },
    text::{Class, Found, Lexicon, List, words},
};

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

/// The denial in a clause of a sentence, if it is one.
pub(in crate::judge) fn denial(clause: &str, sentence: &str, lexicon: &Lexicon) -> Option<Denial> {
    let (whole, bare) = (clause, affirmed(clause));
    let clause = bare.as_ref();
    if is_doubly_denied(clause)
        || is_taken_back(clause)
        || is_aim(clause, lexicon)
        || is_of_some(clause, lexicon)
        || not_excluded(clause, lexicon).is_some()
        || lexicon
            .find(Class::Deny, clause)
            .any(|m| shortly_before(clause, m.start(), 2, |w| is_negation(w, lexicon)))
        || lexicon.has(Class::NoNeed, clause)
        || lexicon.has(Class::Prohibit, clause) && lexicon.has(Class::Advice, clause)
    {
        return None;
    }
    let evidence = lexicon.first(Class::NoEvidence, clause);
    let harm = harms(clause, lexicon);
    // "As soon as it is safe" is a condition.
    let if_so = |w: &str| {
        is_negation(w, lexicon) || matches!(w, "when" | "once" | "until" | "if" | "unless" | "soon")
    };
    // What somebody left as it was is a deed of theirs.
    let left = |w: &str| matches!(w, "left" | "leave" | "leaves" | "leaving" | "keep" | "kept" | "keeping");
    let own = lexicon
        .find(Class::HarmOwn, clause)
        .any(|m| !shortly_before(clause, m.start(), 3, if_so) && !shortly_before(clause, m.start(), 3, left));
    let denies = lexicon.find(Class::Deny, clause).any(|m| {
        !shortly_before(clause, m.start(), 3, |w| is_negation(w, lexicon)) && is_said_false(clause, &m)
    });
    let negates =
        |word: &str| is_plain_negation(word, lexicon) && (!is_half(word) || is_negated_in_full(clause));
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
        let that_not = shortly_before(clause, at, 1, |w| matches!(w, "na" | "nac")) || was_not(clause, at);
        let near = || negated_before(clause, at, if thing { 4 } else { 10 }, negates);
        that_not || !apart && near() && !hollow(clause)
    });
    let of_data = !hollow(clause)
        && (data::is_spared(clause, lexicon, negates) || data::is_absent(clause, lexicon, negates));
    let negated = negated || of_data || nothing_found(clause);
    let asks = ["whether", "unclear", "establish if", "checking if", "to confirm that", "to establish that"]
        .iter()
        .any(|word| clause.contains(word));
    // "We do not think that card details were stored."
    let of_held = || lexicon.has(Class::Data, clause) && lexicon.has(Class::Holds, clause);
    if asks || !(own || denies || negated || evidence.is_some() && (!harm.is_empty() || of_held())) {
        return None;
    }
    let mut hedges: Vec<String> = evidence.map(str::to_owned).into_iter().collect();
    let for_now: Vec<_> = lexicon.find(Class::ForNow, sentence).map(|m| m.as_str().to_owned()).collect();
    let doubt = lexicon.first(Class::Possible, clause).or_else(|| lexicon.first(Class::Probable, clause));
    let doubt = doubt.or_else(|| certainty::conditional(clause, lexicon));
    let doubt = doubt.filter(|_| evidence.is_none()).map(str::to_owned);
    let mut certainty: f64 = 3.0;
    if evidence.is_some() || doubt.is_some() {
        // Who is confident says more than who believes.
        let sure =
            doubt.as_ref().is_some_and(|d| ["confident", "certain", "sure"].iter().any(|w| d.contains(w)));
        certainty -= if sure { 0.5 } else { 1.0 };
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
        deed: deed(denied(clause, negates), lexicon),
        special: lexicon.has(Class::SpecialData, clause),
        clause: whole.to_owned(),
        certainty,
        hedges,
    })
}

/// Whether a word of `most` before a byte negates, and nothing in brackets parts the two.
fn negated_before(clause: &str, at: usize, most: usize, negates: impl Fn(&str) -> bool) -> bool {
    let head = clause.get(..at).unwrap_or_default();
    let near = head.rsplit(['(', ')', ';']).next().unwrap_or_default();
    // "No, you can copy it" answers, and negates nothing that follows.
    let near = near.strip_prefix("no, ").unwrap_or(near);
    shortly_before(near, near.len(), most, negates)
}

/// Whether a word that calls something false says so of a claim: "that is false", and not "false positives".
fn is_said_false(clause: &str, found: &Found<'_>) -> bool {
    let rest = clause.get(found.end()..).unwrap_or_default();
    let mut next = words::words(rest);
    match found.as_str() {
        "false" | "untrue" => next.next().is_none_or(|next| List::DenialClaim.opening(next).is_some()),
        "exclude" => !shortly_before(clause, found.start(), 1, |w| w == "to"),
        _ => true,
    }
}

/// Whether a clause says what is done so that no harm comes of it, or to find out: "to prevent any loss of data", "to make
/// sure that nothing is lost", "we need to rule out corruption".
fn is_aim(clause: &str, lexicon: &Lexicon) -> bool {
    let rules_out =
        clause.match_indices("to rule out").any(|(at, _)| !shortly_before(clause, at, 1, |w| w == "able"));
    let aim = List::DenialAim.iter().filter_map(|aim| clause.find(aim)).min();
    // What is denied before it stands.
    let negated = |head: &str| lexicon.has(Class::Negation, head) || lexicon.has(Class::HarmOwn, head);
    rules_out || aim.is_some_and(|at| !negated(clause.get(..at).unwrap_or_default()))
}

/// Whether what is negated only tells which of something is meant: "infecting mods that were not downloaded from there".
fn is_of_some(clause: &str, lexicon: &Lexicon) -> bool {
    let at = List::DenialRelative.iter().filter_map(|which| clause.find(which)).min();
    let head = at.and_then(|at| clause.get(..at)).unwrap_or_default();
    !head.is_empty()
        && !lexicon.has(Class::Negation, head)
        && List::DenialSays.closing(head).is_none()
        && (lexicon.has(Class::Harm, head) || head.starts_with("a list of "))
}

/// Whether a clause says that what was looked for was not there, whatever it is: "the survey found no asbestos", "tests did
/// not detect listeria".
fn nothing_found(clause: &str) -> bool {
    List::DenialFound.iter().any(|found| {
        let rest = clause.split_once(found).map(|(_, rest)| rest);
        rest.is_some_and(|rest| List::DenialSought.opening(rest).is_none())
    })
}

/// Whether a Welsh clause says, shortly before a byte, that something was not: "na chafodd cofnodion eu copïo".
fn was_not(clause: &str, at: usize) -> bool {
    const NEAR: usize = 10;
    let head: Vec<&str> = words::words(clause.get(..at).unwrap_or_default()).collect();
    let from = head.len().saturating_sub(NEAR);
    let near = head.get(from..).unwrap_or_default();
    near.windows(2).any(
        |two| matches!(two, [na, verb] if matches!(*na, "na" | "nac") && List::DenialWelshVerb.has(verb)),
    )
}

/// The part of a clause that its negation is of: "experts who viewed the logs say | no data was taken | by those who
/// accessed the server". All of it where no word of its own negates.
fn denied(clause: &str, negates: impl Fn(&str) -> bool) -> &str {
    let starts = words::words(clause).find(|word| negates(word)).and_then(|word| clause.find(word));
    let part = starts.and_then(|at| clause.get(at..)).unwrap_or(clause);
    let end = List::DenialEnd.iter().filter_map(|end| part.find(end)).min();
    end.and_then(|end| part.get(..end)).unwrap_or(part)
}

/// Where a clause speaks of harm.
fn harms(clause: &str, lexicon: &Lexicon) -> Vec<usize> {
    let steps =
        ["action", "actions", "steps", "step", "measures", "bookings", "orders", "applications", "calls"];
    let taken = |found: &str| {
        found.starts_with("taken")
            && (clause.contains("being taken") && !lexicon.has(Class::Data, clause)
                || words::words(clause).any(|w| steps.contains(&w)))
    };
    // What is taken down, or off, is no data that is taken.
    let put_out = |m: &Found<'_>| is_put_out(clause, m);
    // What is reaching the wards is a service; what reached the network is not.
    let arrives = |found: &str| found.starts_with("reaching");
    // What was not done to keep data safe is no harm that is denied: "the laptop was not encrypted", "had not been deleted as
    // it should have been".
    let kept_safe = |m: &Found<'_>| {
        let word = m.as_str();
        let adverb = shortly_before(clause, m.start(), 1, |w| matches!(w, "not" | "wasn't" | "weren't"));
        // "Scratch is not deleted" says how it always is.
        let always = ["is not ", "are not ", "also not "]
            .iter()
            .any(|is| clause.get(..m.start()).unwrap_or_default().ends_with(is));
        word.starts_with("encrypt") && adverb && List::DenialSystem.within(clause).is_none()
            || word.starts_with("delet") && always
            || ["delet", "destroy", "wiped", "erased"].iter().any(|verb| word.starts_with(verb))
                && clause.contains("should")
    };
    // "We have yet to find the cause."
    let cause = |m: &Found<'_>| {
        m.as_str() == "cause"
            && shortly_before(clause, m.start(), 1, |w| matches!(w, "the" | "a" | "its" | "root"))
    };
    // "Not accessible" is a service.
    let reached = |found: &str| found.starts_with("accessib");
    let found = lexicon
        .find(Class::Harm, clause)
        .filter(|m| !reached(m.as_str()))
        .filter(|m| !taken(m.as_str()) && !put_out(m) && !arrives(m.as_str()) && !kept_safe(m) && !cause(m));
    found.map(|m| m.start()).collect()
}

fn deed(clause: &str, lexicon: &Lexicon) -> u8 {
    let at = DEEDS.iter().enumerate().find(|(_, class)| lexicon.has(**class, clause));
    at.and_then(|(n, _)| u8::try_from(n + 1).ok()).unwrap_or(0)
}
