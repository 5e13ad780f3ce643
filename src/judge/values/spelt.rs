//! Numbers in words where they stand in a text: "three hundred and five", "quatre-vingt-dix", "dau ar bymtheg", "a third
//! of".
//!
//! Not here: what one word means (`numerals`), and figures (`values`).

use crate::{
    judge::values::numerals::{scale, unit},
    text::List,
};

/// A number in words.
pub(in crate::judge) struct Spelt {
    /// Bytes of the text.
    pub at: std::ops::Range<usize>,
    pub amount: f64,
    /// `~` where the word says that it is round: "une quinzaine".
    pub unit: &'static str,
}

/// The words of a text with where they begin.
struct Words<'t> {
    text: &'t str,
    all: Vec<(usize, &'t str)>,
}

impl<'t> Words<'t> {
    fn of(text: &'t str) -> Self {
        let is_word = |c: char| c.is_alphabetic() || c == '-';
        let (mut all, mut start) = (Vec::new(), None);
        for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
            match (is_word(c), start) {
                (true, None) => start = Some(at),
                (false, Some(from)) => {
                    all.push((from, text.get(from..at).unwrap_or_default()));
                    start = None;
                }
                _ => {}
            }
        }
        Self { text, all }
    }

    fn get(&self, n: usize) -> Option<&'t str> {
        self.all.get(n).map(|word| word.1)
    }

    /// The word after the `n`th, where only white space parts them.
    fn next(&self, n: usize) -> Option<&'t str> {
        let (from, word) = self.all.get(n)?;
        let (at, next) = self.all.get(n + 1)?;
        self.text.get(from + word.len()..*at)?.trim().is_empty().then_some(*next)
    }

    fn before(&self, n: usize) -> Option<&'t str> {
        self.get(n.checked_sub(1)?)
    }
}

/// How many words a number takes, and what it is.
type Read = (usize, f64, &'static str);

/// The numbers in words of folded text, in order.
pub(in crate::judge) fn all(text: &str) -> Vec<Spelt> {
    let words = Words::of(text);
    let mut found = Vec::new();
    let mut n = 0;
    while n < words.all.len() {
        let read = fraction(&words, n).or_else(|| welsh(&words, n)).or_else(|| plain(&words, n));
        let Some((len, amount, unit)) = read else {
            n += 1;
            continue;
        };
        let from = words.all.get(n).map_or(0, |word| word.0);
        let last = words.all.get(n + len - 1).map_or(from, |word| word.0 + word.1.len());
        found.push(Spelt { at: from..last, amount, unit });
        n += len;
    }
    found
}

/// "Two", "twenty-one", "three hundred and five", "vingt et un", "une trentaine".
fn plain(words: &Words<'_>, start: usize) -> Option<Read> {
    let first = words.get(start)?;
    if let Some(about) = round(first) {
        return Some((1, about, "~"));
    }
    if let Some(read) = loose(words, start) {
        return Some(read);
    }
    let mut amount =
        if is_article(first) && words.next(start).is_some_and(is_scale) { 1.0 } else { unit(first)? };
    let (mut total, mut n) = (0.0, start);
    while let Some(next) = words.next(n) {
        let after = || words.next(n + 1).and_then(unit);
        if let Some(scale) = scale(next) {
            amount = amount.max(1.0) * scale;
        } else if let Some(more) = unit(next).filter(|_| amount >= 20.0) {
            total += amount;
            amount = more;
        } else if next == "and" && amount >= 100.0 && after().is_some() {
            // What follows is read at the next step.
        } else if next == "et" && amount >= 20.0 && matches!(words.next(n + 1), Some("un" | "une" | "onze")) {
            let more = if words.next(n + 1) == Some("onze") { 11.0 } else { 1.0 };
            return Some((n + 3 - start, total + amount + more, ""));
        } else {
            break;
        }
        n += 1;
    }
    let single = n == start && first == "one";
    if single && words.before(start).is_some_and(|word| List::SpeltNoFigure.has(word)) {
        return None;
    }
    Some((n + 1 - start, total + amount, ""))
}

fn is_article(word: &str) -> bool {
    matches!(word, "a" | "an")
}

/// Words that an article makes a number of: "a hundred".
fn is_scale(word: &str) -> bool {
    matches!(word, "hundred" | "thousand" | "million" | "billion" | "dozen")
}

/// "Several hundred", "a few thousand", "half a million", "a single", "a couple of".
fn loose(words: &Words<'_>, start: usize) -> Option<Read> {
    let first = words.get(start)?;
    let scaled = |n: usize| words.next(n).filter(|word| is_scale(word)).and_then(scale);
    match (first, words.next(start)?) {
        // How many is left open: no figure is the same.
        ("several" | "few", _) => scaled(start).map(|scale| (2, scale * 2.5 + 0.5, "")),
        ("half", "a") => scaled(start + 1).map(|scale| (3, scale / 2.0, "")),
        // "Not a single file" counts none.
        ("a", "single") if !matches!(words.before(start), Some("not" | "without" | "nor")) => {
            Some((2, 1.0, ""))
        }
        ("a", "couple") if words.next(start + 1) == Some("of") => Some((2, 2.0, "")),
        _ => None,
    }
}

/// French words for a round number.
fn round(word: &str) -> Option<f64> {
    const ROUND: [(&str, f64); 9] = [
        ("dizaine", 10.0),
        ("douzaine", 12.0),
        ("quinzaine", 15.0),
        ("vingtaine", 20.0),
        ("trentaine", 30.0),
        ("quarantaine", 40.0),
        ("cinquantaine", 50.0),
        ("soixantaine", 60.0),
        ("centaine", 100.0),
    ];
    ROUND.iter().find(|round| round.0 == word).map(|round| round.1)
}

/// "A third of", "three quarters of", "two-thirds of", "un quart des", "chwarter".
fn fraction(words: &Words<'_>, n: usize) -> Option<Read> {
    let share = |word: &str| match word {
        "third" | "thirds" | "tiers" | "traean" | "draean" => Some(3.0),
        "quarter" | "quarters" | "quart" | "quarts" | "chwarter" => Some(4.0),
        "fifth" | "fifths" | "cinquième" | "cinquièmes" => Some(5.0),
        "tenth" | "tenths" | "dixième" | "dixièmes" => Some(10.0),
        _ => None,
    };
    let count = |word: &str| if matches!(word, "a" | "un") { Some(1.0) } else { unit(word) };
    let of = |n: usize| matches!(words.next(n), Some("of" | "o" | "de" | "des" | "du" | "d" | "y" | "yr"));
    let first = words.get(n)?;
    if let Some((many, part)) =
        first.split_once('-').and_then(|(many, part)| Some((count(many)?, share(part)?)))
        && of(n)
    {
        return Some((1, many / part, ""));
    }
    if matches!(first, "chwarter" | "traean" | "draean") {
        return Some((1, 1.0 / share(first)?, ""));
    }
    let (many, part) = (count(first)?, share(words.next(n)?)?);
    of(n + 1).then_some((2, many / part, ""))
}

/// Welsh counts in tens, in twenties and in fifteens, and puts what is counted in between: "dau berson ar bymtheg" is 17.
fn welsh(words: &Words<'_>, n: usize) -> Option<Read> {
    // The forms that stand only here, or that mean something else by themselves.
    let one = |word: &str| match word {
        "un" => Some(1.0),
        "phedwar" | "phedair" => Some(4.0),
        "phump" | "phum" => Some(5.0),
        "deng" | "ddeng" => Some(10.0),
        _ => unit(word).filter(|ones| *ones <= 10.0),
    };
    let first = one(words.get(n)?)?;
    let next = words.next(n)?;
    let upon = |n: usize| match words.next(n) {
        Some("ddeg") => Some(10.0),
        Some("bymtheg") => Some(15.0),
        Some("hugain") => Some(20.0),
        _ => None,
    };
    if next == "ar" {
        return upon(n + 1).map(|more| (3, first + more, ""));
    }
    let times = match next {
        "deg" | "ddeg" | "neg" => 10.0,
        "ugain" => 20.0,
        "cant" | "gant" | "chant" | "ngant" => 100.0,
        "mil" | "fil" => 1000.0,
        // The thing that is counted stands between: "tri chyfrif ar ddeg".
        _ if words.next(n + 1) == Some("ar") => return upon(n + 2).map(|more| (4, first + more, "")),
        _ => return None,
    };
    // "Un deg" is ten; "un cant" and "un mil" are said too.
    let more = words.next(n + 1).and_then(one).filter(|ones| times < 20.0 && *ones < 10.0 && *ones >= 1.0);
    Some((2 + usize::from(more.is_some()), first * times + more.unwrap_or(0.0), ""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn numbers_in_three_languages() {
        for (text, numbers) in [
            ("Three hundred and five homes and no one else", &[305.0][..]),
            ("Twenty-one of two thousand", &[21.0, 2000.0]),
            ("A third of the files, and two-thirds of the rest", &[1.0 / 3.0, 2.0 / 3.0]),
            ("A third party and the quarter", &[]),
            ("A hundred and five homes, half a million files", &[105.0, 500_000.0]),
            ("Several thousand people and a couple of firms, a single school", &[2500.5, 2.0, 1.0]),
            ("Not a single file, a few people and half of them", &[0.5]),
            ("Quatre-vingts agents, quatre-vingt-dix-sept dossiers", &[80.0, 97.0]),
            ("soixante-dix, soixante et onze, vingt et un", &[70.0, 71.0, 21.0]),
            ("Une trentaine de salariés, un quart des postes", &[30.0, 0.25]),
            ("ddeg ar hugain o staff, deugain o bobl", &[30.0, 40.0]),
            ("dau ar bymtheg, dau berson ar bymtheg, un ar ddeg", &[17.0, 17.0, 11.0]),
            ("dwy fil, tri deg pump, pedwar ugain, hanner cant", &[2000.0, 35.0, 80.0, 50.0]),
            ("chwarter y gliniaduron, hanner y staff", &[0.25, 0.5]),
        ] {
            let found: Vec<f64> = all(&fold(text)).iter().map(|spelt| spelt.amount).collect();
            assert_eq!(found, numbers, "{text}");
        }
    }
}
