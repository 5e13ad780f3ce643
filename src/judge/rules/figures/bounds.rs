//! `number-revised` where the number stands and what is said of it is another: "at least 200" and "up to 200", "3 days" and
//! "3 weeks".
//!
//! Not here: other numbers (`values`).

use crate::{
    judge::{
        finding::Finding,
        values::{Kind, Value, Values},
    },
    model::{Label, Rule},
    text::List,
};

/// Which way a number may be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    Exact,
    About,
    /// At least so many.
    Least,
    /// At most so many.
    Most,
}

/// What stands before a number and says which way it may be wrong.
const BEFORE: &[(&str, Bound)] = &[
    ("at least", Bound::Least),
    ("not less than", Bound::Least),
    ("no fewer than", Bound::Least),
    ("more than", Bound::Least),
    ("over", Bound::Least),
    ("upwards of", Bound::Least),
    ("at most", Bound::Most),
    ("no more than", Bound::Most),
    ("not more than", Bound::Most),
    ("up to", Bound::Most),
    ("up to and including", Bound::Most),
    ("through", Bound::Most),
    ("before", Bound::Most),
    ("<=", Bound::Most),
    (">=", Bound::Least),
    ("fewer than", Bound::Most),
    ("less than", Bound::Most),
    ("under", Bound::Most),
    ("as many as", Bound::Most),
    ("about", Bound::About),
    ("around", Bound::About),
    ("approximately", Bound::About),
    ("roughly", Bound::About),
    ("nearly", Bound::About),
    ("almost", Bound::About),
    ("some", Bound::About),
    ("an estimated", Bound::About),
    ("o leiaf", Bound::Least),
    ("mwy na", Bound::Least),
    ("hyd at", Bound::Most),
    ("tua", Bound::About),
    ("au moins", Bound::Least),
    ("plus de", Bound::Least),
    ("jusqu'à", Bound::Most),
    ("moins de", Bound::Most),
    ("environ", Bound::About),
    ("~", Bound::About),
    ("<", Bound::Most),
    (">", Bound::Least),
];

/// The number that stands, with another bound.
pub(in crate::judge) fn revised(old: &Values, new: &Values) -> Option<Finding> {
    let numbers = |side: &Values| -> Vec<Value> {
        side.all.iter().filter(|v| matches!(v.kind, Kind::Number | Kind::Version)).cloned().collect()
    };
    let (before, after) = (numbers(old), numbers(new));
    if let Some((was, is)) = share(old, new) {
        return Some(Finding::new(Label::NumberRevised, Rule::Bound, format!("{was} → {is}")));
    }
    if before.len() != after.len() {
        if let Some((was, is)) = lasting(old, new) {
            return Some(Finding::new(Label::NumberRevised, Rule::Bound, format!("{was} → {is}")));
        }
        return ranged(old, new)
            .map(|(was, is)| Finding::new(Label::NumberRevised, Rule::Bound, format!("{was} → {is}")));
    }
    let differing = before.iter().zip(&after).find_map(|(a, b)| {
        let (was, is) = (bound(old, a), bound(new, b));
        let units =
            unit(old, a).zip(unit(new, b)).filter(|(was, is)| a.canonical == b.canonical && was.1 != is.1);
        if let Some((was, is)) = units {
            return Some(format!("{} {} → {} {}", a.text, was.0, b.text, is.0));
        }
        (a.canonical == b.canonical && was.0 != is.0).then(|| {
            let said = |words: &str, value: &Value| format!("{words} {}", value.text).trim_start().to_owned();
            format!("{} → {}", said(was.1, a), said(is.1, b))
        })
    })?;
    Some(Finding::new(Label::NumberRevised, Rule::Bound, differing))
}

/// Where one side counts all of so many and the other some of them: "all fourteen", "twelve of our fourteen".
fn share<'v>(old: &'v Values, new: &'v Values) -> Option<(&'v str, &'v str)> {
    let all = |side: &'v Values| {
        let mut numbers = side.all.iter().filter(|value| value.kind == Kind::Number);
        let (only, None) = (numbers.next()?, numbers.next()) else { return None };
        side.text.get(..only.at.start)?.ends_with("all ").then_some(only)
    };
    let some = |side: &'v Values, of: &Value| {
        let numbers: Vec<&Value> = side.all.iter().filter(|value| value.kind == Kind::Number).collect();
        // "Of the 64 systems, 51 are back."
        if let [whole, _] = numbers[..]
            && whole.canonical == of.canonical
            && side.text.get(..whole.at.start).is_some_and(|head| head == "of the " || head == "of our ")
        {
            return side.text.get(whole.at.start..numbers.last()?.at.end);
        }
        let [part, whole] = numbers[..] else { return None };
        let between = side.text.get(part.at.end..whole.at.start)?;
        let shares = whole.canonical == of.canonical && between.starts_with(" of ") && between.len() <= 12;
        shares.then(|| side.text.get(part.at.start..whole.at.end)).flatten()
    };
    let side = |one: &'v Values, other: &'v Values| {
        let only = all(one)?;
        Some((one.text.get(only.at.clone())?, some(other, only)?))
    };
    side(old, new).or_else(|| side(new, old).map(|(all, some)| (some, all)))
}

/// Where one side says "two weeks" and the other "a month", as how long something is to last.
fn lasting<'v>(old: &'v Values, new: &'v Values) -> Option<(&'v str, &'v str)> {
    let counted = |side: &'v Values| {
        let mut numbers = side.all.iter().filter(|value| value.kind == Kind::Number);
        let (only, None) = (numbers.next()?, numbers.next()) else { return None };
        let (word, _) = unit(side, only)?;
        let start = only.at.start;
        let end = side.text.get(start..)?.find(word)? + start + word.len();
        side.text.get(start..end)
    };
    let one = |side: &'v Values| {
        let spans = ["by a ", "for a ", "within a ", "by an ", "for an ", "within an "];
        let none = side.all.iter().all(|value| value.kind != Kind::Number);
        let at =
            spans.iter().find_map(|span| side.text.find(span).map(|at| at + span.find(' ').unwrap_or(0) + 1));
        let said = at.filter(|_| none).and_then(|at| side.text.get(at..))?;
        let word = said.split(|c: char| !c.is_alphabetic()).nth(1)?;
        let is_unit = List::BoundUnit.has(word) || word == "fortnight";
        is_unit.then(|| said.get(..said.find(word)? + word.len())).flatten()
    };
    match (counted(old), one(new)) {
        (Some(was), Some(is)) => Some((was, is)),
        _ => one(old).zip(counted(new)),
    }
}

/// Where one side has a number and the other a range that takes its place, nothing else being counted: both as written.
fn ranged<'v>(old: &'v Values, new: &'v Values) -> Option<(&'v str, &'v str)> {
    let (was, is) = (reach(old)?, reach(new)?);
    (was.ranged != is.ranged).then_some((was.text, is.text))
}

/// How far the only number of a text goes, or its only range.
pub(in crate::judge) struct Reach<'v> {
    /// The number, or the upper end of the range.
    pub most: f64,
    pub ranged: bool,
    /// As written, folded.
    pub text: &'v str,
}

/// The only number of a text, or its only range: "between 9,000 and 12,000", "200 to 300".
pub(in crate::judge) fn reach(side: &Values) -> Option<Reach<'_>> {
    let mut numbers = side.all.iter().filter(|value| value.kind == Kind::Number);
    let (first, second) = (numbers.next()?, numbers.next());
    let Some(second) = second else {
        let text = side.text.get(first.at.clone())?;
        return Some(Reach { most: first.amount, ranged: false, text });
    };
    let between = side.text.get(first.at.end..second.at.start)?;
    let head = side.text.get(..first.at.start)?;
    let joined = match between.trim() {
        "and" => head.ends_with("between ") || head.ends_with("entre "),
        "to" | "-" | "or" | "à" | "i" => true,
        "et" => head.ends_with("entre "),
        _ => false,
    };
    let text = side.text.get(first.at.start..second.at.end)?;
    (joined && first.amount < second.amount && numbers.next().is_none()).then_some(Reach {
        most: second.amount,
        ranged: true,
        text,
    })
}

/// What a number counts: the word, and which unit it is.
fn unit<'v>(side: &'v Values, value: &Value) -> Option<(&'v str, usize)> {
    let rest = side.text.get(value.at.end..).unwrap_or_default().trim_start_matches([' ', '-']);
    let word = rest.split(|c: char| !c.is_alphabetic()).next()?;
    List::BoundUnit.iter().position(|unit| unit == word.trim_end_matches('s')).map(|n| (word, n))
}

fn bound(side: &Values, value: &Value) -> (Bound, &'static str) {
    let head = side.text.get(..value.at.start).unwrap_or_default().trim_end();
    let stands = |words: &str| {
        let rest = head.strip_suffix(words);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
    };
    // The longest first: "no more than" ends in "more than".
    let found = BEFORE.iter().filter(|(words, _)| stands(words)).max_by_key(|(words, _)| words.len());
    found.map_or((Bound::Exact, ""), |(words, bound)| (*bound, *words))
}
