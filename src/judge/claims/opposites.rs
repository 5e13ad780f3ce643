//! Words that turn what is said round: a "not", a prefix, a word of the opposite meaning. Where one side has one and the
//! other has its opposite, the claims are not the same, whatever they are about.
//!
//! Not here: denials, services and the other turns that have a label of their own (`rules`).

use crate::{
    judge::claims::affirmed,
    text::{Class, Lexicon, List, words},
};

/// Stems of opposite meaning, or of two steps of one matter.
const PAIRS: [(&str, &str); 40] = [
    ("arrest", "charg"),
    ("arrest", "bail"),
    ("charg", "convict"),
    ("charg", "acquit"),
    ("weekly", "daily"),
    ("weekly", "monthly"),
    ("daily", "monthly"),
    ("assess", "access"),
    ("accept", "reject"),
    ("accept", "refus"),
    ("accept", "declin"),
    ("agree", "refus"),
    ("allow", "forb"),
    ("arrest", "releas"),
    ("approv", "reject"),
    ("always", "never"),
    ("before", "after"),
    ("commission", "abandon"),
    ("complete", "ongoing"),
    ("connect", "disconnect"),
    ("reconnect", "disconnect"),
    ("confirm", "disput"),
    ("fail", "manag"),
    ("fail", "succeed"),
    ("gain", "los"),
    ("higher", "lower"),
    ("high", "low"),
    ("hired", "dismiss"),
    ("improv", "worsen"),
    ("includ", "exclud"),
    ("includ", "omit"),
    ("increas", "decreas"),
    ("increas", "reduc"),
    ("inside", "outside"),
    ("more", "less"),
    ("more", "fewer"),
    ("possible", "impossible"),
    ("rise", "fall"),
    ("risen", "fallen"),
    ("welcom", "condemn"),
];

/// The shortest word that a prefix turns round.
const SHORTEST: usize = 4;

/// The most pairs of words, of one side alone each, that are looked at.
const MOST: usize = 10_000;

/// What turns the one text round into the other, as evidence.
pub(in crate::judge) fn turned(old: &str, new: &str, lexicon: &Lexicon) -> Option<String> {
    // "No doubt" denies nothing.
    let (old, new) = (affirmed(old), affirmed(new));
    let (mine, others): (Vec<&str>, Vec<&str>) = (words::words(&old).collect(), words::words(&new).collect());
    let only = |these: &[&str], those: &[&str]| -> Vec<String> {
        these.iter().filter(|w| !those.contains(*w)).map(|w| (*w).to_owned()).collect()
    };
    let (gone, come) = (only(&mine, &others), only(&others, &mine));
    // One "not" of two may be gone.
    let negations = |these: &[&str], those: &[&str]| -> Vec<String> {
        let mut left: Vec<&str> = those.to_vec();
        let mut more = Vec::new();
        for word in these.iter().filter(|w| lexicon.has(Class::Negation, w)) {
            match left.iter().position(|other| other == word) {
                Some(n) => drop(left.swap_remove(n)),
                None => more.push((*word).to_owned()),
            }
        }
        more
    };
    // Where so much differs, no one word turned it round.
    if gone.len().saturating_mul(come.len()) > MOST {
        return None;
    }
    let (lost, added) = (negations(&mine, &others), negations(&others, &mine));
    let prefixed = gone
        .iter()
        .flat_map(|a| come.iter().map(move |b| (a, b)))
        .find(|(a, b)| is_prefixed(a, b) || is_prefixed(b, a));
    // "Not known" is "unknown": turned twice.
    match (prefixed, lost.is_empty(), added.is_empty()) {
        (Some((a, b)), true, true) => return Some(format!("“{a}” → “{b}”")),
        (None, false, true) => return Some(format!("“{}” is gone", lost.join(" "))),
        (None, true, false) => return Some(format!("“{}”", added.join(" "))),
        _ => {}
    }
    let is = |word: &str, stem: &str| word.starts_with(stem);
    gone.iter().flat_map(|a| come.iter().map(move |b| (a, b))).find_map(|(a, b)| {
        let opposed =
            PAIRS.iter().any(|(one, other)| is(a, one) && is(b, other) || is(a, other) && is(b, one));
        opposed.then(|| format!("“{a}” → “{b}”"))
    })
}

/// Whether one word is another with a prefix that negates.
fn is_prefixed(long: &str, short: &str) -> bool {
    short.len() >= SHORTEST
        && List::OppositeWhole.opening(long).is_none()
        && List::OppositePrefix.iter().any(|prefix| {
            let rest = long.strip_prefix(prefix).map(|rest| rest.trim_start_matches('-'));
            rest.is_some_and(|rest| words::stem(rest) == words::stem(short))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Language, lexicon};

    #[test]
    fn what_turns_a_claim_round_is_seen_and_other_words_are_not() {
        let lexicon = lexicon::builtin(Language::English);
        for (old, new) in [
            ("the attack was unsuccessful", "the attack was successful"),
            ("we accept responsibility", "we do not accept responsibility"),
            ("the supplier accepted liability", "the supplier rejected liability"),
            ("the data is recoverable", "the data is irrecoverable"),
        ] {
            assert!(turned(old, new, lexicon).is_some(), "{old} / {new}");
            assert!(turned(new, old, lexicon).is_some(), "{new} / {old}");
        }
        for (old, new) in [
            ("the number is not known", "the number is unknown"),
            ("we give information", "we form a view"),
            ("no file was lost", "not a file was lost"),
        ] {
            assert_eq!(turned(old, new, lexicon), None, "{old} / {new}");
        }
    }
}
