//! What negates, and what only looks so: "no doubt", "no fewer than", "ne ... que".
//!
//! Not here: whether a clause denies harm (`denial`).

use std::borrow::Cow;

use crate::{
    judge::claims::split::shortly_before,
    text::{Class, Lexicon, words},
};

/// Phrases with a "no" in them that deny nothing.
const AFFIRMS: &[&str] = &[
    "no doubt",
    "no question that",
    "no fewer than",
    "no less than",
    "no more than",
    "not less than",
    "not more than",
    "not impossible",
    "not unlikely",
    "not inconceivable",
    "no later than",
    "denial of service",
    "denial-of-service",
    "denials of service",
    "nothing else",
    "not limited to",
    "if not all",
    "no matter",
    "sans aucun doute",
    "sans doute",
    "nul doute",
    "pas impossible",
    "pas plus de",
    "pas moins de",
    "heb os",
    "without water",
    "without power",
    "without heating",
    "without electricity",
    "without gas",
    "without internet",
    "without permission",
    "without consent",
    "without encryption",
    "without warning",
    "without notice",
];

/// A text without the phrases that only look like a denial.
pub(in crate::judge) fn affirmed(text: &str) -> Cow<'_, str> {
    let mut bare = Cow::Borrowed(text);
    for phrase in AFFIRMS {
        if bare.contains(phrase) {
            bare = Cow::Owned(bare.replace(phrase, ""));
        }
    }
    bare
}

/// Whether a denial is denied: "it is not true that no file was lost".
pub(in crate::judge) fn is_doubly_denied(clause: &str) -> bool {
    const OPENS: &[&str] =
        &["not true", "not the case", "not correct", "not accurate", "untrue", "incorrect", "wrong to say"];
    const GOES_ON: &[&str] = &[" that no ", " that none ", " that not ", " that nothing "];
    OPENS.iter().any(|open| clause.contains(open)) && GOES_ON.iter().any(|on| clause.contains(on))
}

/// "Ne" by itself denies nothing in French: "ne concerne que la paie".
pub(in crate::judge) fn is_half(word: &str) -> bool {
    word == "ne" || word.starts_with("n'")
}

/// Whether a French clause has the other half of a negation.
pub(in crate::judge) fn is_negated_in_full(clause: &str) -> bool {
    const HALVES: &[&str] =
        &["pas", "aucun", "aucune", "jamais", "ni", "nul", "nulle", "rien", "personne", "guère", "nullement"];
    let words: Vec<&str> = words::words(clause).collect();
    let more = |n: usize| matches!(words.get(n + 1), Some(&"de" | &"d" | &"que"));
    words.iter().enumerate().any(|(n, word)| HALVES.contains(word) || *word == "plus" && !more(n))
}

/// Whether something is said not to be ruled out: hardly a denial any more.
pub(in crate::judge) fn not_excluded<'t>(text: &'t str, lexicon: &'t Lexicon) -> Option<&'t str> {
    const EXCLUDES: &[&str] = &["rul", "excl", "écart", "diystyr", "ddiystyr"];
    if let Some(words) = LEAVES_OPEN.iter().find(|words| text.contains(**words)) {
        return Some(words);
    }
    let mut found = lexicon.find(Class::Deny, text);
    found
        .find(|m| {
            EXCLUDES.iter().any(|word| m.as_str().starts_with(word))
                && shortly_before(text, m.start(), 3, |w| is_negation(w, lexicon))
        })
        .map(|m| m.as_str())
}

/// What takes back what follows: "we can no longer be sure that records were safe" denies nothing.
const TAKES_BACK: [&str; 20] = [
    "plus affirmer",
    "plus garantir",
    "plus dire",
    "sicr mwyach",
    "no longer be sure",
    "no longer sure",
    "no longer be certain",
    "no longer certain",
    "no longer be confident",
    "no longer confident",
    "no longer say",
    "no longer believe",
    "no longer think",
    "no longer satisfied",
    "no longer the case that",
    "no longer able to say",
    "no longer guarantee",
    "no longer confirm",
    "no longer stand by",
    "no longer hold",
];

/// Whether a clause takes back what it goes on to say.
pub(in crate::judge) fn is_taken_back(clause: &str) -> bool {
    TAKES_BACK.iter().any(|words| clause.contains(words))
}

/// Whether what a text goes on to deny is taken back, denied in its turn, or asked.
pub(in crate::judge) fn is_open(text: &str, lexicon: &Lexicon) -> bool {
    is_doubly_denied(text)
        || is_taken_back(text)
        || not_excluded(text, lexicon).is_some()
        || words::words(text).any(|word| word == "whether")
}

/// What leaves open what follows: "we cannot be sure that records were safe".
const LEAVES_OPEN: [&str; 21] = [
    "not guarantee",
    "no guarantee",
    "no way to guarantee",
    "not be confident",
    "cannot be confident",
    "not confident",
    "not entirely confident",
    "no confidence",
    "not certain whether",
    "pas garantir",
    "pas affirmer",
    "ni allwn fod yn sicr",
    "cannot be sure",
    "cannot be certain",
    "can't be sure",
    "can't be certain",
    "cannot guarantee",
    "cannot say for certain",
    "not sure that",
    "not certain that",
    "not possible to be sure",
];

/// Words that say what cannot be done, or in Welsh what is than: they negate, and deny nothing by themselves.
const UNABLE: [&str; 6] = ["cannot", "can't", "won't", "wouldn't", "couldn't", "na"];

/// What is left of a French negation before its verb: half of one.
const HALF: [&str; 5] = ["ne", "n'a", "n'ont", "n'est", "n'avons"];

/// Whether a word negates, "cannot" among them.
pub(in crate::judge) fn is_negation(word: &str, lexicon: &Lexicon) -> bool {
    is_plain_negation(word, lexicon) || matches!(word, "cannot" | "can't" | "won't")
}

/// Words that turn what follows round. "Cannot access" is no denial, it is a service that fails.
pub(in crate::judge) fn is_plain_negation(word: &str, lexicon: &Lexicon) -> bool {
    let word = word.strip_prefix("qu'").unwrap_or(word);
    let whole = |word: &str| lexicon.first(Class::Negation, word) == Some(word);
    HALF.contains(&word) || !UNABLE.contains(&word) && (whole(word) || word == "nobody's")
}

/// Clauses whose negation is of knowledge, of time or of all, and not of harm.
pub(in crate::judge) fn hollow(clause: &str) -> bool {
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
