//! Where sentences end.
//!
//! A full stop ends one unless the word before it is an abbreviation (English, Welsh, French), an initial or the
//! number of a list, or what follows goes on in lower case. Linear: looks a bounded way back and ahead at each stop.
//! Not here: where blocks end.

use std::{ops::Range, sync::LazyLock};

use rustc_hash::FxHashSet;

use super::calendar;

/// Before a name or a number, never the end: titles, "e.g.".
static NEVER: Words = LazyLock::new(|| {
    words(
        "anrh approx c.-à-d c-à-d capt cf cllr cllrs cyng det dr drs e.e e.g eg env ex fig gen gol h.y hon \
    i.e ie insp lt mgr mlle mm mme mr mrs ms parch p.ex prof rev rt sgt st ste supt viz vs",
    )
});
/// Goes on only before a number: "No. 10", "tel. 01632".
static BEFORE_NUMBER: Words = LazyLock::new(|| {
    words(
        "apr art aug chap dec ext feb ff jan jul jun mar no nos nov oct p para pp reg rh rhif rm sec sect \
    sep sept tel tél tud vol t",
    )
});
/// Ends a sentence only before a word that opens one: "Tarnwick Ltd. The", but "Tarnwick Ltd. Services".
static BEFORE_OPENER: Words =
    LazyLock::new(|| words("al av ave bd bros co corp cyf dept est govt inc incl jr ltd plc rd sr univ"));
/// Words that open a sentence more often than they go on in a name: English, Welsh, French.
static OPENERS: Words = LazyLock::new(|| {
    words(
        "a after all also although an and any anyone as at because but by customers during each following \
    for from he her his how however if in it its many more most no none not nothing on once our people \
    please residents she since so some staff that the their there these they this those to until we \
    what when where while who why with you your ac bydd cafodd daeth dim dyma ein er fe gallwch gan \
    mae maent mi nad ni nid nododd ond oedd os pan roedd rydym rydyn yn yr ychwanegodd au aucun aucune \
    ce ces cet cette dans de depuis des elle elles en et il ils la le les leur mais notre nos nous on \
    par pour selon ses si son une un vos votre vous",
    )
});
/// What a clock time may be told in.
static ZONES: Words = LazyLock::new(|| words("bst gmt utc"));
/// No abbreviation and no opener is longer, in bytes.
const LONGEST: usize = 16;

/// The sentences of one block's text (white space already folded), as byte ranges without surrounding space.
pub fn split(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = text.len() - text.trim_start().len();
    let mut from = start;
    while let Some(stop) = text.get(from..).and_then(|rest| rest.find(is_stop)).map(|at| from + at) {
        let tail = text.get(stop..).unwrap_or_default();
        let marks = tail.len() - tail.trim_start_matches(is_stop).len();
        let end = stop + marks + closers(tail.get(marks..).unwrap_or_default());
        let rest = text.get(end..).unwrap_or_default();
        let next = rest.trim_start();
        from = end;
        if next.is_empty() || next.len() == rest.len() {
            continue;
        }
        let word = text.get(start..stop).unwrap_or_default();
        if ends(word, tail.get(..marks).unwrap_or_default(), next) {
            out.push(start..end);
            start = text.len() - next.len();
            from = start;
        }
    }
    let end = text.trim_end().len();
    if start < end {
        out.push(start..end);
    }
    out
}

/// A list, looked up by word.
type Words = LazyLock<FxHashSet<&'static str>>;

fn words(list: &'static str) -> FxHashSet<&'static str> {
    list.split(' ').collect()
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…')
}

/// Bytes of the quotes and brackets that close after the stop, « words. » included.
fn closers(rest: &str) -> usize {
    let close = |c: char| matches!(c, '"' | '”' | '’' | '\'' | '»' | ')' | ']' | '}' | '›');
    let tight = rest.len() - rest.trim_start_matches(close).len();
    let after = rest.get(tight..).unwrap_or_default();
    let spaced = after.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    match spaced.strip_prefix(['»', '›']) {
        Some(tail) => rest.len() - tail.len(),
        None => tight,
    }
}

/// Whether the sentence that runs up to `marks` ends there, `next` being what follows.
fn ends(sentence: &str, marks: &str, next: &str) -> bool {
    let opened = next.trim_start_matches(['"', '“', '‘', '\'', '«', '(', '[', '\u{a0}', ' ']);
    let Some(first) = opened.chars().next() else { return true };
    if first.is_lowercase() {
        // "iPhone users": a capital within its first two letters is a name, and names open sentences.
        return opened.chars().nth(1).is_some_and(char::is_uppercase) && !is_abbreviation(sentence);
    }
    if marks != "." {
        return true;
    }
    let word = last_word(sentence);
    let Some(lower) = short_lower(word) else { return true };
    let begins = || first_word(opened).is_some_and(|w| OPENERS.contains(&*w));
    if NEVER.contains(&*lower) {
        return false;
    }
    if BEFORE_NUMBER.contains(&*lower) {
        return !first.is_ascii_digit();
    }
    if matches!(lower.as_str(), "a.m" | "p.m") {
        // A clock time may go on: "5 p.m. Monday".
        let goes_on = |word: String| calendar::is_english(&word) || ZONES.contains(&*word);
        return !first_word(opened).is_some_and(goes_on);
    }
    if BEFORE_OPENER.contains(&*lower) || is_initial(word) {
        return begins();
    }
    // The number of a list item, "2. Ring us", stands alone before its stop.
    !(word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit()) && sentence.len() == word.len())
}

/// The word before the stop, without what opens before it.
fn last_word(sentence: &str) -> &str {
    let from = sentence.char_indices().rev().take(LONGEST + 1).take_while(|(_, c)| !c.is_whitespace()).last();
    let word = from.and_then(|(at, _)| sentence.get(at..)).unwrap_or_default();
    word.trim_start_matches(|c: char| !c.is_alphanumeric())
}

fn short_lower(word: &str) -> Option<String> {
    (word.len() <= LONGEST).then(|| word.to_lowercase())
}

/// The first word of what follows, lower case; none if it is long, or an initial or abbreviation itself ("A. Smith").
fn first_word(next: &str) -> Option<String> {
    let head: String = next.chars().take(LONGEST).take_while(|c| c.is_alphabetic()).collect();
    let more = next.get(head.len()..)?.chars().next();
    (more != Some('.') || head.chars().count() > 1).then(|| head.to_lowercase()).filter(|w| !w.is_empty())
}

/// "J", or "U.K": capitals that each had a stop.
fn is_initial(word: &str) -> bool {
    let mut parts = word.split('.');
    parts.all(|p| {
        let mut chars = p.chars();
        chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
    })
}

fn is_abbreviation(sentence: &str) -> bool {
    short_lower(last_word(sentence)).is_some_and(|w| NEVER.contains(&*w) || BEFORE_OPENER.contains(&*w))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Splits a text in which `|` marks where it must be split, and nowhere else.
    fn check(marked: &str) {
        let want: Vec<&str> = marked.split('|').map(str::trim).collect();
        let text = want.join(" ");
        let got: Vec<&str> = split(&text).into_iter().map(|r| &text[r]).collect();
        assert_eq!(got, want);
    }

    #[test]
    fn english() {
        check("Cllr. Ada Thorne spoke to Mr. J. A. Pell of Tarnwick Ltd. on Monday.|She was calm.");
        check(
            "It came from Tarnwick Ltd.|The council told St. Mary's school, e.g. its staff, at No. 10.|It opens at 9.30am.|Ring us.",
        );
        check("Is it safe? |No.|We lost 1.5 million files!|See https://www.example.org/a.b?c=1. |Thank you.");
        check(
            "\"It is over.\"|Staff cheered.|\"Really?\" she asked.|(See below.)|We wait... and wait.|Then…|Nothing.",
        );
        check(
            "Open until 5 p.m. Monday.|It closes at 5 p.m.|Residents may write to the U.K. Treasury.|We left the U.K.|They stayed.",
        );
        check("Served on 4 Sept. 2025 by the court.|In 2024.|2024 was bad.");
        check("1. Change your password.|2 people did.");
        check("Records held by Holt & Co. Services were read.|iPhone users may ring.");
    }

    #[test]
    fn welsh_and_french() {
        check(
            "Dywedodd y Cyng. Elin Pryce, h.y. yr arweinydd.|Mae'r safle ar gau.|Gweler t. 4, Rhif. 10.|Diolch.",
        );
        check(
            "Le M. Duval et Mme. Roche, c.-à-d. la mairie, art. 5.|Nous restons joignables.|« Rien n'a été pris. »|Merci.",
        );
    }

    #[test]
    fn nothing_from_nothing() {
        assert!(split("").is_empty());
        assert!(split("  ").is_empty());
        assert_eq!(split(" ... "), vec![1..4]);
    }

    proptest! {
        #[test]
        fn every_word_is_in_one_sentence(text in "[A-Za-zé .!?…\"»()0-9\u{a0}-]{0,60}") {
            let parts = split(&text);
            let mut at = 0;
            for part in &parts {
                prop_assert!(text[at..part.start].trim().is_empty());
                prop_assert_eq!(text[part.clone()].trim(), &text[part.clone()]);
                prop_assert!(!part.is_empty());
                at = part.end;
            }
            prop_assert!(text[at..].trim().is_empty());
        }
    }
}
