//! `party-named`, `party-removed`: organisations, known by their shape.
//!
//! A name counts as new only where the statement named it nowhere before, neither whole nor by its initials. The
//! target's own name and its short forms do not count. People and places are no parties.

mod instead;
mod known;

use std::collections::BTreeSet;

use super::{Finding, Place, Subject};
use crate::{
    judge::{
        place::{Page, Pages},
        words,
    },
    model::{Label, fold},
};
use known::{COMMON, ENDS, JOINS, KINDS, KNOWN, NAMERS, NOT_BEFORE, NOT_NAMES, NOUNS, PLACES, ROLLS};

/// What became of the parties.
pub(super) fn findings(place: &Place<'_>, pages: &Pages<'_>, subject: &Subject<'_>) -> Vec<Finding> {
    let (mut old, mut new) = (all(&place.old), all(&place.new));
    let (lost, come) = instead::instead(place);
    old.extend(lost);
    new.extend(come);
    let own = fold(subject.body);
    let mut found = Vec::new();
    for (label, mine, other) in
        [(Label::PartyNamed, &new, &pages.before), (Label::PartyRemoved, &old, &pages.after)]
    {
        let fresh: Vec<&str> = mine
            .iter()
            .filter(|name| !is_own(name, &own) && !named(name, other))
            .map(String::as_str)
            .collect();
        if !fresh.is_empty() {
            found.push(Finding::new(
                label,
                "party",
                fresh.iter().map(|n| format!("“{n}”")).collect::<Vec<_>>().join(", "),
            ));
        }
    }
    found
}

/// A word with its place in the sentence.
struct Word<'t> {
    text: &'t str,
    /// It ends a sentence or a clause: no name goes on after it.
    ends: bool,
    /// It begins a sentence.
    begins: bool,
}

fn cut(text: &str) -> Vec<Word<'_>> {
    let mut out = Vec::new();
    let mut begins = true;
    for raw in text.split_whitespace() {
        let word = raw.trim_matches(|c: char| !c.is_alphanumeric() && c != '&');
        let opened = raw.starts_with(['(', '"', '“', '‘', '[']);
        if opened && let Some(last) = out.last_mut() {
            let last: &mut Word<'_> = last;
            last.ends = true;
        }
        let ends = raw.ends_with([',', '.', ';', ':', ')', '!', '?', '"', '”']) && !abbreviated(raw);
        if !word.is_empty() {
            out.push(Word { text: word, ends, begins });
        }
        begins =
            raw.ends_with(['.', '!', '?', ':', '"', '“']) && !abbreviated(raw) || opened && word.is_empty();
    }
    out
}

fn abbreviated(raw: &str) -> bool {
    matches!(raw, "Cllr." | "Mr." | "Mrs." | "Dr." | "Ltd." | "St." | "No." | "Inc." | "Co.")
}

/// The organisations that a text names.
fn all(text: &str) -> BTreeSet<String> {
    let words = cut(text);
    let capital = |w: &Word<'_>| w.text.starts_with(|c: char| c.is_uppercase());
    let mut found = BTreeSet::new();
    let mut n = 0;
    while let Some(word) = words.get(n) {
        if !capital(word) {
            n += 1;
            continue;
        }
        let rolled = is_rolled(&words, n);
        let mut end = n + 1;
        while let Some(next) = words.get(end).filter(|_| !words.get(end - 1).is_some_and(|w| w.ends)) {
            // "The Safety at Work Executive".
            let at_work = next.text == "at" && words.get(end + 1).is_some_and(|w| w.text == "Work");
            let joins = (JOINS.contains(&next.text) || at_work)
                && words.get(end + 1).is_some_and(capital)
                && !next.ends
                // So are "Ellerby Council and Stanmere Council".
                && !(matches!(next.text, "and" | "&") && words.get(end - 1).is_some_and(|w| end - n > 1 && ENDS.contains(&owner(w.text).as_str())))
                // "Ellerby and Stanmere councils" are two.
                && !(matches!(next.text, "and" | "et" | "a" | "&") && !has_kind(words.get(n..end).unwrap_or_default()) && (listed(&words, end) || rolled));
            if capital(next) || joins {
                end += 1;
            } else {
                break;
            }
        }
        let run = words.get(n..end).unwrap_or_default();
        let before = n.checked_sub(1).and_then(|n| words.get(n)).map(|w| w.text.to_lowercase());
        let after = words.get(end).map(|w| w.text.to_lowercase());
        found.extend(party(run, before.as_deref(), after.as_deref(), &words, n));
        n = end;
    }
    found
}

fn has_kind(run: &[Word<'_>]) -> bool {
    run.iter().any(|w| KINDS.contains(&owner(w.text).as_str()))
}

/// Whether a list of names with one kind for all follows: "... and Stanmere councils".
fn listed(words: &[Word<'_>], from: usize) -> bool {
    words
        .iter()
        .skip(from)
        .take(6)
        .any(|w| matches!(w.text, "councils" | "trusts" | "schools" | "hospitals" | "forces"))
}

/// Whether the name before `at` in a list stands where organisations stand: "with the NCSC, the police and Civica".
fn enumerated(words: &[Word<'_>], at: usize) -> bool {
    const FAR: usize = 14;
    const BETWEEN: [&str; 12] =
        ["the", "our", "and", "a", "et", "y", "le", "la", "les", "national", "both", "local"];
    let before = |n: usize| at.checked_sub(n).and_then(|n| words.get(n));
    let linked = before(1).is_some_and(|w| matches!(w.text, "and" | "et" | "a") || w.ends);
    linked
        && (1..=FAR)
            .map_while(before)
            .map(|w| (owner(w.text), w))
            .find(|(word, w)| {
                !(BETWEEN.contains(&word.as_str())
                    || KINDS.contains(&word.as_str())
                    || w.text.starts_with(|c: char| c.is_uppercase()))
            })
            .is_some_and(|(word, w)| !w.ends && NAMERS.contains(&word.as_str()))
}

/// Whether the name before which `at` stands is one of a list that is said to be of councils, schools or firms: "the councils
/// involved are Ellerby, Stanmere and Corrindale".
fn is_rolled(words: &[Word<'_>], at: usize) -> bool {
    const FAR: usize = 10;
    let before: Vec<&Word<'_>> = words.get(..at).unwrap_or_default().iter().rev().collect();
    let of_list = |w: &&&Word<'_>| w.text.starts_with(char::is_uppercase) || matches!(w.text, "and" | "the");
    let listed = before.iter().take_while(of_list).count();
    let Some(verb) = before.get(listed) else { return false };
    let roll = |w: &&Word<'_>| ROLLS.contains(&w.text.to_lowercase().as_str());
    (verb.ends || matches!(verb.text, "are" | "were" | "include"))
        && before.iter().skip(listed).take(FAR).any(roll)
}

/// Lower case, without a possessive.
fn owner(word: &str) -> String {
    let word = fold(word);
    let ends = ["'s", "'r", "'"];
    ends.iter().find_map(|end| word.strip_suffix(end)).unwrap_or(&word).to_owned()
}

fn party(
    run: &[Word<'_>],
    before: Option<&str>,
    after: Option<&str>,
    words: &[Word<'_>],
    at: usize,
) -> Option<String> {
    let end = at + run.len();
    if before.is_some_and(|b| NOT_BEFORE.contains(&b))
        || run.first().is_some_and(|w| NOT_BEFORE.contains(&owner(w.text).as_str()))
    {
        return None;
    }
    // The first word of a sentence is in capitals anyway.
    let run = match run.split_first() {
        Some((first, rest))
            if first.begins
                && (is_common(first.text)
                    || rest.is_empty() && !is_acronym(first.text) && !is_known(first.text)) =>
        {
            rest
        }
        _ => run,
    };
    let name = run.iter().map(|w| owner(w.text)).collect::<Vec<_>>();
    let last = name.last()?;
    // The Safety Executive, and not a chief executive.
    let executive = last == "executive" && !name.iter().any(|word| word == "chief");
    let kind = (has_kind(run) || executive) && run.len() > 1;
    // "Text HELP to 60777": a word to send.
    let sent = before.is_some_and(|b| matches!(b, "text" | "word" | "code" | "keyword"));
    let acronym = run.len() == 1
        && !sent
        && run.first().is_some_and(|w| is_acronym(w.text))
        && !NOT_NAMES.contains(&last.as_str());
    let named_as = (before.is_some_and(|b| NAMERS.contains(&b)) || enumerated(words, at))
        && !is_place(&name)
        && !is_time(last);
    // "Ellerby and Stanmere councils", "Ellerby, Stanmere and Corrindale councils", and not "Kent councils".
    let one_of = matches!(before, Some("and" | "a" | "et"))
        || after == Some("and")
        || run.last().is_some_and(|w| w.ends);
    let in_list = !kind && one_of && listed(words, at) && !is_time(last);
    let follows = after.is_some_and(|a| matches!(a, "council" | "police" | "ltd"));
    let apposition = at
        .checked_sub(1)
        .and_then(|n| words.get(n))
        .is_some_and(|w| w.ends && NAMERS.contains(&owner(w.text).as_str()));
    // "Our partners at Lanyard Records".
    let at_theirs = before == Some("at")
        && at.checked_sub(2).and_then(|n| words.get(n)).is_some_and(|w| {
            matches!(
                w.text,
                "partners" | "colleagues" | "suppliers" | "contractors" | "specialists" | "experts"
            )
        })
        && !is_place(&name);
    // "Vouchers can be collected from the Bridge Centre": a house to go to.
    let house = matches!(last.as_str(), "centre" | "hall" | "library")
        && before == Some("the")
        && at
            .checked_sub(2)
            .and_then(|n| words.get(n))
            .is_some_and(|w| matches!(w.text, "from" | "at" | "in" | "to"))
        && !name.iter().any(|word| matches!(word.as_str(), "national" | "cyber" | "security" | "resilience"));
    let known = KNOWN.contains(&name.join(" ").trim_start_matches("the "));
    // "Our supplier is Lanyard".
    let is_it = matches!(before, Some("is" | "was"))
        && at
            .checked_sub(2)
            .and_then(|n| words.get(n))
            .is_some_and(|w| NOUNS.contains(&owner(w.text).as_str()))
        && !is_place(&name)
        && !is_time(last);
    let rolled = is_rolled(words, at) && !is_place(&name) && !is_time(last);
    // "Brackendale Imaging, which runs the scanners": people are not which.
    let which =
        run.len() > 1 && run.last().is_some_and(|w| w.ends) && after == Some("which") && !is_place(&name);
    // "Zellis, a payroll provider".
    let described = run.last().is_some_and(|w| w.ends)
        && matches!(after, Some("a" | "an" | "the" | "our"))
        && before != Some("in")
        && !is_place(&name)
        && is_described(words.get(end + 1..).unwrap_or_default());
    // "National Insurance numbers" are no body's.
    let counted = matches!(after, Some("number" | "numbers"));
    let is_one = is_it
        || rolled
        || which
        || described
        || known
        || (kind && !is_place(&name))
        || acronym
        || named_as
        || in_list
        || follows
        || apposition
        || at_theirs;
    (is_one && !counted && !house)
        .then(|| name.join(" ").trim_start_matches("the ").to_owned())
        .filter(|name| name.len() > 2)
}

/// Whether what is said of a name is what it is: "a payroll provider that ...", and not "a union official".
fn is_described(words: &[Word<'_>]) -> bool {
    const ON: [&str; 8] = ["that", "which", "based", "in", "for", "of", "to", "used"];
    words.iter().take(3).enumerate().any(|(n, word)| {
        NOUNS.contains(&word.text)
            && (word.ends || words.get(n + 1).is_some_and(|next| ON.contains(&next.text)))
    })
}

fn is_known(word: &str) -> bool {
    KNOWN.contains(&owner(word).as_str())
}

fn is_acronym(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    (2..=6).contains(&letters) && word.chars().all(|c| c.is_uppercase() || c == '&')
}

/// Words that only begin a sentence.
fn is_common(word: &str) -> bool {
    COMMON.contains(&owner(word).as_str())
}

fn is_place(name: &[String]) -> bool {
    name.last().is_some_and(|last| PLACES.contains(&last.as_str()))
}

fn is_time(word: &str) -> bool {
    use crate::judge::{
        language::Language,
        lexicon::{self, Class},
    };
    let lexicon = lexicon::of(Language::English);
    lexicon.has(Class::Month, word)
        || lexicon.has(Class::Weekday, word)
        || matches!(word, "christmas" | "easter")
}

fn is_own(name: &str, own: &str) -> bool {
    // "The Charity Commission" is not the charity.
    let general = |w: &str| matches!(w, "council" | "commission" | "authority");
    !own.is_empty()
        && words::words(name).all(|w| words::words(own).any(|o| o == w) || w == "council")
        && words::words(name).any(|w| words::words(own).any(|o| o == w) && !general(w) || w == "council")
}

/// Whether a side names a party anywhere: whole, by its telling first words, or by its initials.
fn named(name: &str, page: &Page<'_>) -> bool {
    let initials: String =
        words::words(name).filter(|w| !JOINS.contains(w)).filter_map(|w| w.chars().next()).collect();
    let short =
        words::words(name).filter(|w| !KINDS.contains(w) && !JOINS.contains(w)).collect::<Vec<_>>().join(" ");
    let stands = |part: &str| page.with_words(part).any(|text| around(text, part));
    stands(name)
        || short.len() > 3 && !is_general(&short) && stands(&short)
        || initials.len() > 2 && page.with_words(&initials).next().is_some()
        || (3..=6).contains(&name.len())
            && !name.contains(' ')
            && page.initials().iter().any(|heads| heads.contains(name))
}

/// Whether the words of a name could be anybody's: "national".
fn is_general(short: &str) -> bool {
    const GENERAL: [&str; 11] = [
        "charity", "national", "local", "regional", "public", "royal", "city", "county", "general",
        "central", "united",
    ];
    words::words(short).all(|word| GENERAL.contains(&word))
}

/// Whether `part` stands in `text` as whole words.
fn around(text: &str, part: &str) -> bool {
    text.match_indices(part).any(|(at, _)| {
        let open = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        open(text.get(..at).and_then(|t| t.chars().next_back()))
            && open(text.get(at + part.len()..).and_then(|t| t.chars().next()))
    })
}
