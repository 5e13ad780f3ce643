//! What a text claims, clause by clause: who denies what, how surely; what was done; what works and what does not.
//!
//! Not here: what it means that two texts claim different things (the rules beside this file).

use crate::judge::{
    language::Language,
    lexicon::{Class, Lexicon, Lexicons},
    words,
};

/// A denial of harm.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::judge) struct Denial {
    /// Its clause.
    pub clause: String,
    /// 3 plain ("no data was taken"), 2 "no evidence that", less with "at this stage"; more with "categorically".
    pub certainty: f64,
    /// The harm denied, 1 accessed to 5 published; 0 any other.
    pub deed: u8,
    /// Whether only some kind of data is spoken of: "no bank details".
    pub special: bool,
    /// The words that make it less certain.
    pub hedges: Vec<String>,
}

/// What stands for or against a service.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::judge) struct Service {
    pub up: Option<String>,
    pub again: Option<String>,
    pub down: Option<String>,
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
            self.lexicon.first(*class, &self.positive).map(|found| (n + 1, found.to_owned()))
        };
        ladder.iter().enumerate().rev().find_map(step)
    }
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
    if lexicon.has(Class::NoNeed, clause)
        || lexicon.has(Class::Prohibit, clause) && lexicon.has(Class::Advice, clause)
    {
        return None;
    }
    let evidence = lexicon.first(Class::NoEvidence, clause);
    let harm = harms(clause, lexicon);
    let own =
        lexicon.find(Class::HarmOwn, clause).any(|m| !shortly_before(clause, m.start(), 3, is_negation));
    let denies =
        lexicon.has(Class::Deny, clause) && !shortly_before(clause, clause.len(), 3, |w| w == "service");
    let negated = harm.iter().any(|&at| {
        // "No attack" is denied right there; "nobody ... in the attack" is something else.
        let thing = ["attack", "cyber", "breach", "intrusion", "ransom"]
            .iter()
            .any(|name| clause.get(at..).is_some_and(|rest| rest.starts_with(name)));
        shortly_before(clause, at, if thing { 4 } else { 10 }, is_plain_negation) && !hollow(clause)
    });
    let asks = ["whether", "unclear", "establish if", "checking if"].iter().any(|word| clause.contains(word));
    if asks || !(own || denies || negated || evidence.is_some() && !harm.is_empty()) {
        return None;
    }
    let mut hedges: Vec<String> = evidence.map(str::to_owned).into_iter().collect();
    let for_now: Vec<_> = lexicon.find(Class::ForNow, sentence).map(|m| m.as_str().to_owned()).collect();
    let doubt = lexicon.first(Class::Possible, clause).or_else(|| lexicon.first(Class::Probable, clause));
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
        clause: clause.to_owned(),
        certainty,
        hedges,
    })
}

/// Where a clause speaks of harm.
fn harms(clause: &str, lexicon: &Lexicon) -> Vec<usize> {
    let steps = ["action", "actions", "steps", "step", "measures"];
    let taken = |found: &str| found.starts_with("taken") && words::words(clause).any(|w| steps.contains(&w));
    lexicon.find(Class::Harm, clause).filter(|m| !taken(m.as_str())).map(|m| m.start()).collect()
}

fn is_negation(word: &str) -> bool {
    is_plain_negation(word) || matches!(word, "cannot" | "can't" | "won't")
}

/// Words that turn what follows round. "Cannot access" is no denial, it is a service that fails.
fn is_plain_negation(word: &str) -> bool {
    matches!(
        word,
        "no" | "not"
            | "none"
            | "never"
            | "neither"
            | "nor"
            | "nothing"
            | "nobody"
            | "without"
            | "don't"
            | "doesn't"
            | "didn't"
            | "isn't"
            | "aren't"
            | "wasn't"
            | "weren't"
            | "hasn't"
            | "haven't"
            | "hadn't"
            | "nid"
            | "ni"
            | "nad"
            | "dim"
            | "ddim"
            | "heb"
            | "aucun"
            | "aucune"
            | "pas"
            | "jamais"
            | "ne"
            | "sans"
            | "nul"
            | "nulle"
            | "rien"
            | "n'a"
            | "n'ont"
            | "n'est"
            | "n'avons"
    )
}

/// Clauses whose negation is of knowledge, of time or of all, and not of harm.
fn hollow(clause: &str) -> bool {
    const HOLLOW: &[&str] = &[
        "do not know",
        "don't know",
        "not known",
        "not yet known",
        "not only",
        "no longer",
        "not all",
        "not every",
        "not clear",
        "not yet clear",
        "cannot rule out",
        "not ruled out",
        "not rule out",
        "unable to say",
        "whether or not",
        "not possible to",
        "we will not",
        "not able to",
        "not be able",
        "n'est pas exclu",
        "not in a position",
        "not yet",
        "no later",
        "no further updates",
        "not working",
        "not available",
        "no access",
        "not be taken",
        "not have access",
        "not accept",
        "not been able",
        "ddim ar gael",
    ];
    HOLLOW.iter().any(|h| clause.contains(h))
}

fn deed(clause: &str, lexicon: &Lexicon) -> u8 {
    let ladder = [Class::Deed1, Class::Deed2, Class::Deed3, Class::Deed4, Class::Deed5];
    let at = ladder.iter().enumerate().rev().find(|(_, class)| lexicon.has(**class, clause));
    at.and_then(|(n, _)| u8::try_from(n + 1).ok()).unwrap_or(0)
}

/// How surely something is said: 3 plainly, 2 probably, 1 possibly.
fn certainty(text: &str, lexicon: &Lexicon) -> (u8, Option<String>) {
    if let Some(found) = lexicon.first(Class::Possible, text).or_else(|| modal_may(text)) {
        return (1, Some(found.to_owned()));
    }
    match lexicon.first(Class::Probable, text) {
        Some(found) => (2, Some(found.to_owned())),
        None => (3, None),
    }
}

/// "May" as a verb: not the month, and not what a reader may do.
fn modal_may(text: &str) -> Option<&str> {
    let all: Vec<&str> = words::words(text).collect();
    let month = |w: Option<&&str>| {
        w.is_none_or(|w| {
            w.starts_with(|c: char| c.is_ascii_digit())
                || matches!(
                    *w,
                    "in" | "until"
                        | "by"
                        | "since"
                        | "of"
                        | "early"
                        | "late"
                        | "mid"
                        | "from"
                        | "to"
                        | "on"
                        | "and"
                        | "last"
                        | "you"
                )
        })
    };
    let is = |n: usize| {
        let before = n.checked_sub(1).and_then(|n| all.get(n));
        let after = all.get(n + 1);
        !month(before)
            && after.is_some_and(|w| w.starts_with(char::is_alphabetic) && !matches!(*w, "and" | "or" | "to"))
    };
    (0..all.len()).find(|&n| all.get(n) == Some(&"may") && is(n)).and_then(|n| all.get(n).copied())
}

/// What the text says of services: only what is so, not what shall be or is not.
fn service(text: &str, lexicon: &Lexicon) -> Service {
    let unreal = |w: &str| {
        matches!(
            w,
            "will"
                | "to"
                | "until"
                | "once"
                | "when"
                | "if"
                | "not"
                | "being"
                | "should"
                | "before"
                | "yet"
                | "hope"
                | "expect"
                | "cannot"
                | "no"
                | "without"
                | "shall"
                | "aren't"
                | "isn't"
                | "nid"
                | "ddim"
                | "heb"
                | "pas"
                | "ne"
                | "n'est"
                | "sera"
                | "seront"
                | "bydd"
                | "would"
                | "can't"
                | "must"
                | "any"
        )
    };
    let real = |class: Class| {
        let found = lexicon.find(class, text).find(|m| !shortly_before(text, m.start(), 3, unreal));
        found.map(|m| m.as_str().to_owned())
    };
    let down = lexicon.find(Class::Down, text).find(|m| !shortly_before(text, m.start(), 3, is_negation));
    // What works no longer is down: "is not operating".
    let halted =
        || lexicon.find(Class::Up, text).find(|m| shortly_before(text, m.start(), 2, is_plain_negation));
    let down = down.or_else(halted);
    // "Again" by itself says it only of what people can do, or of what works.
    let once_more = || {
        let said = words::words(text).any(|w| matches!(w, "again" | "eto" | "nouveau"));
        (said
            && (lexicon.has(Class::Can, text) || lexicon.has(Class::Up, text))
            && !lexicon.has(Class::Promise, text))
        .then(|| "again".to_owned())
    };
    Service {
        up: real(Class::Up),
        again: real(Class::Again).or_else(once_more),
        down: down.map(|m| m.as_str().to_owned()),
    }
}
