//! Dates in every British form, Welsh and French ones, and relative ones.
//!
//! Not here: hours of the day (`times`), and what a moved date means (`figures`, `promises`).

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    judge::values::{Kind, Value},
    text::{Class, Language, List, lexicon},
};

/// One pattern for all forms; the names of its parts say what they are, and numbers after them which form.
static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let names = |class: Class| {
        let all = Language::ALL.iter().flat_map(|l| lexicon::builtin(*l).entries(class));
        let mut all: Vec<_> =
            all.flat_map(|name| [name.to_owned()].into_iter().chain(mutated(name))).collect();
        all.sort_by_key(|name| std::cmp::Reverse(name.len()));
        all.dedup();
        all.join("|")
    };
    let (month, day) = (names(Class::Month), names(Class::Weekday));
    Regex::new(&format!(
        r"(?:\b(?P<wd>{day})\.?,? (?:the |le )?)?\b(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th|er|af|il|ydd|ed|fed|eg)? (?:of |o )?(?P<m>{month})\b\.?,?(?: (?P<y>(?:19|20)[0-9][0-9])\b)?|(?:\b(?:of|by|since|until|from|before|after|during|for|the|on|to|in) )?\b(?P<m2>{month})\.? (?P<d2>[0-9]{{1,2}})(?:st|nd|rd|th)?\b(?:-(?P<r2>[0-9]{{1,2}})(?:st|nd|rd|th)?\b)?(?:,? (?P<y2>(?:19|20)[0-9][0-9])\b)?|\b(?P<m3>{month}),? (?P<y3>(?:19|20)[0-9][0-9])\b|\b(?P<y4>20[0-9][0-9])-(?P<m4>[0-9][0-9])-(?P<d4>[0-9][0-9])(?:\b|t)|\b(?P<d5>[0-9]{{1,2}})[/.-](?P<m5>[0-9]{{1,2}})[/.-](?P<y5>(?:20)?[0-9][0-9])\b|\b(?:(?:early|late|mid)[ -]|(?:(?:end|start|beginning|middle) of|by|in|until|since|during|before|after|from|of|next|last|this|the|for|over|en|ym|mis|erbyn|fin|début|avant|d'ici|depuis|courant) )(?P<m6>{month})\b(?:,? (?P<y7>(?:19|20)[0-9][0-9])\b)?|\b(?P<m8>{month})'s\b|\b(?P<wd2>{day})s?\b|\b(?P<rel>(?:this|next|last|the) (?:spring|summer|autumn|winter)|today|tomorrow|yesterday|tonight|next (?:week|month|year)|last (?:week|month|year)|this (?:week|month|morning|afternoon|evening|weekend|year)|heddiw|yfory|ddoe|aujourd'hui|demain|hier)\b|\b(?P<feast>christmas|easter|half[- ]term|new year|bank holiday|weekend|nadolig|pasg|noël|pâques|(?:end|start|beginning|middle) of (?:the |this |next )?(?:month|week|year|term|spring|summer|autumn|winter))\b|\b(?P<y6>20[0-9][0-9])\b|\b(?P<d6>[0-9]{{1,2}})(?:st|nd|rd|th)\b"
    )).ok()
});

/// The longer forms that Welsh gives a name after some words: "Fawrth" for "Mawrth".
fn mutated(name: &str) -> Vec<String> {
    lexicon::mutations(name).into_iter().skip(1).filter(|form| form.len() > 3).collect()
}

/// The dates of folded text.
pub(in crate::judge) fn all(text: &str) -> Vec<Value> {
    let Some(pattern) = DATE.as_ref() else { return Vec::new() };
    let value = |found: regex::Captures<'_>| {
        let whole = found.get(0)?;
        let part = |names: &[&str]| names.iter().find_map(|name| found.name(name)).map(|m| m.as_str());
        let number = |names: &[&str]| part(names).and_then(|t| t.parse::<u32>().ok());
        let mut day = number(&["d", "d2", "d4", "d5", "d6"]);
        let mut month = match number(&["m4", "m5"]) {
            Some(month) => Some(month),
            None => part(&["m", "m2", "m3", "m6", "m8"]).and_then(month),
        };
        let year =
            number(&["y", "y2", "y3", "y4", "y5", "y6", "y7"]).map(|y| if y < 100 { 2000 + y } else { y });
        // "5/15/2020": the month first, as in America.
        if found.name("m5").is_some() && month.is_some_and(|m| m > 12) && day.is_some_and(|d| d <= 12) {
            std::mem::swap(&mut day, &mut month);
        }
        // "On the 12th" is a day, and "the 12th floor" none.
        let floor = found.name("d6").is_some_and(|d| !is_day(text, d.start(), whole.end()));
        let no_month =
            found.name("m6").is_some_and(|m| !is_month(whole.as_str(), m.as_str(), text.get(whole.end()..)));
        let counted = floor
            || no_month
            || found.name("y6").is_some_and(|y| is_counted(text.get(..y.start()).unwrap_or_default()));
        if counted || day.is_some_and(|d| d > 31) || month.is_some_and(|m| m > 12 || m == 0) {
            return None;
        }
        let canonical = if let Some(feast) = part(&["feast"]) {
            format!("{FEAST}{}", feast.replace('-', " "))
        } else if let Some(relative) = part(&["rel"]) {
            format!("relative {relative}")
        } else if let Some(weekday) = part(&["wd2"]) {
            format!("weekday {}", weekday_of(weekday)?)
        } else {
            let written = |n: Option<u32>| n.map_or_else(|| "-".to_owned(), |n| n.to_string());
            // "Early June" is another time than "late June".
            let part_of =
                found.name("m6").and_then(|m| portion(whole.as_str(), m.as_str())).map(str::to_owned);
            let weekday = part(&["wd"]).and_then(weekday_of);
            // "May 15-19".
            let until = number(&["r2"]).map_or_else(String::new, |last| format!("-{last}"));
            format!(
                "{}{until}/{}/{}{}",
                part_of.unwrap_or_else(|| written(day)),
                written(month),
                written(year),
                weekday.map_or_else(String::new, |w| format!(" {w}"))
            )
        };
        let (start, words) = trimmed(whole.as_str(), &found);
        Some(Value {
            kind: Kind::Date,
            text: words.to_owned(),
            canonical,
            amount: 0.0,
            at: whole.start() + start..whole.start() + start + words.len(),
        })
    };
    let mut found: Vec<Value> = pattern.captures_iter(text).filter_map(value).collect();
    let first: Vec<Value> = found.iter().filter_map(|last| first_day(text, last)).collect();
    found.extend(first);
    found
}

/// The day that stands before another of the same month: "between 1 and 2 May".
fn first_day(text: &str, last: &Value) -> Option<Value> {
    let (day, month) = last.canonical.split(' ').next()?.split_once('/')?;
    let last_day = day.parse::<u32>().ok()?;
    let head = text.get(..last.at.start)?;
    let head = ["and", "to", "-", "et", "au", "a", "i"]
        .iter()
        .find_map(|join| head.trim_end().strip_suffix(join))?
        .trim_end();
    let bare = ["st", "nd", "rd", "th"].iter().find_map(|end| head.strip_suffix(end)).unwrap_or(head);
    let digits = bare.len() - bare.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let start = bare.len() - digits;
    let first = bare.get(start..)?.parse::<u32>().ok()?;
    let apart = bare.get(..start)?.chars().next_back().is_none_or(char::is_whitespace);
    (apart && first > 0 && first < last_day).then(|| Value {
        kind: Kind::Date,
        text: head.get(start..).unwrap_or_default().to_owned(),
        canonical: format!("{first}/{month}"),
        amount: 0.0,
        at: start..head.len(),
    })
}

/// Whether an ordinal is the day of a month that is not named: "on the 12th", and not "on the 12th floor".
fn is_day(text: &str, start: usize, end: usize) -> bool {
    let head = text.get(..start).unwrap_or_default().strip_suffix("the ");
    let before = head.and_then(|head| head.trim_end().rsplit(' ').next());
    let after =
        text.get(end..).and_then(|rest| rest.strip_prefix(' ')).and_then(|rest| rest.split(' ').next());
    before.is_some_and(|word| List::DayBefore.has(word)) && after.is_none_or(|word| List::DayAfter.has(word))
}

/// Whether what follows is a number though it looks like a year: "over 2000".
fn is_counted(head: &str) -> bool {
    let head = head.trim_end();
    // The end of a number to ring: "0300 123 2040".
    let dialled =
        head.rsplit(' ').next().is_some_and(|w| w.len() > 2 && w.bytes().all(|b| b.is_ascii_digit()));
    dialled
        || List::YearCountBound
            .iter()
            .any(|bound| head.strip_suffix(bound).is_some_and(|rest| rest.is_empty() || rest.ends_with(' ')))
}

/// What a date begins with, in its one form, that is no day of the calendar: "christmas", "the end of the month".
pub(in crate::judge) const FEAST: &str = "feast ";

/// Which part of a month is meant: "early June", "the end of May".
fn portion(text: &str, month: &str) -> Option<&'static str> {
    match text.split([' ', '-']).next().filter(|first| *first != month)? {
        "early" | "start" | "beginning" | "début" => Some("early"),
        "mid" | "middle" => Some("mid"),
        "late" | "end" | "fin" => Some("late"),
        _ => None,
    }
}

/// Whether a month's name after "the" or "for" is one: "the May meeting", and not "those we care for may be".
fn is_month(whole: &str, month: &str, rest: Option<&str>) -> bool {
    let next = rest.and_then(|rest| rest.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty()));
    match (month, whole.split(' ').next()) {
        ("march", Some("the")) => false,
        ("may", Some("for" | "over")) => next.is_none_or(|next| !List::MonthVerb.has(next)),
        _ => true,
    }
}

/// Without the preposition that only helped to know a month.
fn trimmed<'t>(whole: &'t str, found: &regex::Captures<'t>) -> (usize, &'t str) {
    match (found.name("m6"), found.get(0)) {
        (Some(month), Some(all)) if portion(all.as_str(), month.as_str()).is_some() => (0, whole),
        (Some(month), Some(all)) => {
            let start = month.start() - all.start();
            (start, whole.get(start..).unwrap_or_default())
        }
        _ => {
            // Without the preposition that stands before "May 4", and the mark between an ISO day and its hour.
            let start =
                found.name("m2").zip(found.get(0)).map_or(0, |(month, all)| month.start() - all.start());
            let words = whole.get(start..).unwrap_or_default().trim_end_matches([',', '.', ' ']);
            let iso = found.name("d4").is_some();
            (start, if iso { words.trim_end_matches('t') } else { words })
        }
    }
}

/// The number of a month, by its name in any of the languages, or by three letters of it.
fn month(name: &str) -> Option<u32> {
    Language::ALL.iter().find_map(|language| {
        let names = || lexicon::builtin(*language).entries(Class::Month);
        let full = names().take(12).position(|n| n == name || mutated(n).iter().any(|form| form == name));
        full.or_else(|| names().take(12).position(|n| n.len() > 3 && name.len() >= 3 && n.starts_with(name)))
            .and_then(|n| u32::try_from(n + 1).ok())
    })
}

/// The day of the week, Monday first as the lexicons have them.
fn weekday_of(name: &str) -> Option<usize> {
    Language::ALL.iter().find_map(|language| {
        let mut names = lexicon::builtin(*language).entries(Class::Weekday).take(7);
        names.position(|n| {
            n == name
                || mutated(n).iter().any(|form| form == name)
                || (name.len() >= 3 && !n.contains(' ') && n.starts_with(name))
        })
    })
}

/// Whether two canonical dates can be one: a year that only one of them gives does not part them, nor does a weekday that
/// fits.
pub(in crate::judge) fn agree(a: &str, b: &str) -> bool {
    let (a, a_day) = a.split_once(' ').unwrap_or((a, ""));
    let (b, b_day) = b.split_once(' ').unwrap_or((b, ""));
    let [a, b] = [a, b].map(|date| date.split('/').collect::<Vec<_>>());
    let ([day, month, year], [other_day, other_month, other_year]) = (&*a, &*b) else { return false };
    let known = if *year == "-" { other_year } else { year };
    (day, month) == (other_day, other_month)
        && (year == other_year || *year == "-" || *other_year == "-")
        && match (a_day, b_day) {
            ("", weekday) | (weekday, "") => weekday.is_empty() || fits(weekday, day, month, known),
            (one, other) => one == other,
        }
}

/// Whether a day of a year is the weekday of so many days after Monday. Without a year nobody can say.
fn fits(weekday: &str, day: &str, month: &str, year: &str) -> bool {
    let (Ok(day), Ok(month), Ok(year)) = (day.parse(), month.parse(), year.parse()) else { return true };
    let date = jiff::civil::Date::new(year, month, day);
    date.is_ok_and(|date| date.weekday().to_monday_zero_offset().to_string() == weekday)
}
