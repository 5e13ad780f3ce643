//! The values of a text, each with where it stands: numbers, dates, times, contacts.
//!
//! A value has a canonical form: "1,500" and "1500" are one, so are "5pm" and "17:00", "3 June" and "3rd June".
//! Not here: what a changed value means.

use std::sync::LazyLock;

use regex::Regex;

use super::{numerals, spelt};
use crate::judge::{
    language::Language,
    lexicon::{self, Class},
};

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::judge) enum Kind {
    Number,
    Date,
    Time,
    Phone,
    Mail,
    Address,
}

/// A value as it stands in a text.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::judge) struct Value {
    pub kind: Kind,
    /// As written, folded.
    pub text: String,
    /// One form for all ways to write it.
    pub canonical: String,
    /// The number, where it is one; 0 for others.
    pub amount: f64,
    /// Bytes in the folded text.
    pub at: std::ops::Range<usize>,
}

/// All values of a text, in order.
#[derive(Debug, Clone, Default)]
pub(in crate::judge) struct Values {
    pub all: Vec<Value>,
    /// The folded text with each value as its kind, and weekdays beside dates left out.
    pub frame: String,
    /// The folded text.
    pub text: String,
}

static MAIL: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"[a-z0-9_.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+").ok());
static WEB: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:https?://|www\.)[^ ,;)]*[^ ,;).]|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:gov\.uk|org\.uk|co\.uk|nhs\.uk|police\.uk|gov\.wales|com|org|net|example|fr|cymru|wales|test)(?:/[^ ,;)]*[^ ,;).])?").ok()
});
static PHONE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:\+[0-9]{1,3}[ -]?(?:\(0\)[ -]?)?|\(?\b0)[0-9]{1,5}\)?(?:[ -]?[0-9]{2,6}){1,4}\b").ok()
});
static SHORT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b(?:call|ring|phone|dial|text|ffoniwch|appelez le|composez le) (?:on |us on |[a-z]+ to )?[0-9]{3,6}\b")
        .ok()
});
static POST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b[a-z]{1,2}[0-9][a-z0-9]? [0-9][a-z]{2}\b|\b[0-9]{1,4}[a-z]? (?:[a-z'-]+ ){1,3}(?:street|road|lane|avenue|square|place|way|drive|row|terrace|quay|parade|hill|gardens|close)\b|\bpo box [0-9]{1,6}\b").ok()
});
static TIME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b([0-9]{1,2})(?:[:.h]([0-9]{2}))? ?(am|pm|a\.m\.|p\.m\.)|\b([0-9]{1,2})[:.]([0-9]{2})(?::[0-9]{2})?(?: ?(?:gmt|bst|utc|hrs|hours))?\b|\b([0-9]{1,2}) ?h(?: ?([0-9]{2}))?\b|\b(noon|midday|midnight|midi|minuit)\b").ok()
});
static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"[£€$]?\b[0-9]{1,3}(?:[, \u{a0}][0-9]{3})+(?:\.[0-9]+)?|[£€$]?\b[0-9]+(?:[.,][0-9]+)?").ok()
});
static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let names = |class: Class| {
        let all = Language::ALL.iter().flat_map(|l| lexicon::of(*l).entries(class));
        let mut all: Vec<_> =
            all.flat_map(|name| [name.to_owned()].into_iter().chain(mutated(name))).collect();
        all.sort_by_key(|name| std::cmp::Reverse(name.len()));
        all.dedup();
        all.join("|")
    };
    let (month, day) = (names(Class::Month), names(Class::Weekday));
    Regex::new(&format!(
        r"(?:\b(?P<wd>{day})\.?,? (?:the |le )?)?\b(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th|er|af|il|ydd|ed|fed|eg)? (?:of |o )?(?P<m>{month})\b\.?,?(?: (?P<y>(?:19|20)[0-9][0-9])\b)?|\b(?P<m2>{month})\.? (?P<d2>[0-9]{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<y2>(?:19|20)[0-9][0-9])\b)?|\b(?P<m3>{month}),? (?P<y3>(?:19|20)[0-9][0-9])\b|\b(?P<y4>20[0-9][0-9])-(?P<m4>[0-9][0-9])-(?P<d4>[0-9][0-9])\b|\b(?P<d5>[0-9]{{1,2}})[/.](?P<m5>[0-9]{{1,2}})[/.](?P<y5>(?:20)?[0-9][0-9])\b|\b(?:by|in|until|since|during|before|after|from|early|late|mid|of|next|last|this|end of|start of|en|ym|mis|erbyn|fin|début|avant|d'ici|depuis|courant) (?P<m6>{month})\b(?:,? (?P<y7>(?:19|20)[0-9][0-9])\b)?|\b(?P<wd2>{day})s?\b|\b(?P<rel>(?:this|next|last|the) (?:spring|summer|autumn|winter)|today|tomorrow|yesterday|tonight|next (?:week|month|year)|last (?:week|month|year)|this (?:week|month|morning|afternoon|evening|weekend|year)|heddiw|yfory|ddoe|aujourd'hui|demain|hier)\b|\b(?P<y6>20[0-9][0-9])\b|\b(?P<d6>[0-9]{{1,2}})(?:st|nd|rd|th)\b"
    )).ok()
});

fn mutated(name: &str) -> Vec<String> {
    lexicon::mutations(name).into_iter().skip(1).filter(|form| form.len() > 3).collect()
}

impl Values {
    /// The values of folded text.
    pub(in crate::judge) fn of(text: &str) -> Self {
        let mut found: Vec<Value> = Vec::new();
        let mut free = |value: Value| {
            if found.iter().all(|v| v.at.end <= value.at.start || value.at.end <= v.at.start) {
                found.push(value);
            }
        };
        let simple = |kind, pattern: &'static LazyLock<Option<Regex>>| {
            pattern.iter().flat_map(|p| p.find_iter(text)).map(move |m| {
                let canonical = match kind {
                    Kind::Phone => m.as_str().chars().filter(char::is_ascii_digit).collect(),
                    _ => m.as_str().to_owned(),
                };
                Value { kind, text: m.as_str().to_owned(), canonical, amount: 0.0, at: m.range() }
            })
        };
        simple(Kind::Mail, &MAIL).for_each(&mut free);
        simple(Kind::Address, &WEB).for_each(&mut free);
        dates(text).into_iter().for_each(&mut free);
        simple(Kind::Phone, &PHONE).for_each(&mut free);
        simple(Kind::Phone, &SHORT).for_each(&mut free);
        simple(Kind::Address, &POST).for_each(&mut free);
        times(text).into_iter().for_each(&mut free);
        numbers(text).into_iter().for_each(&mut free);
        found.sort_by_key(|value| value.at.start);
        let frame = frame(text, &found);
        Self { all: found, frame, text: text.to_owned() }
    }

    /// The word after a value that stands alone, with a space before it: what is counted.
    pub(in crate::judge) fn after(&self, values: &[String]) -> String {
        let [only] = values else { return String::new() };
        let value = self.all.iter().find(|value| value.text == *only);
        let rest = value.and_then(|value| self.text.get(value.at.end..)).unwrap_or_default();
        let word: String =
            rest.strip_prefix(' ').unwrap_or_default().chars().take_while(|c| c.is_alphabetic()).collect();
        if word.len() > 3 { format!(" {word}") } else { String::new() }
    }

    /// What binds a promise: dates, times and quantities of time.
    pub(in crate::judge) fn binding(&self) -> impl Iterator<Item = &str> {
        const SPANS: &[&str] =
            &["day", "week", "month", "hour", "year", "working", "jour", "semaine", "mois", "heure"];
        self.all
            .iter()
            .filter(|v| match v.kind {
                Kind::Date | Kind::Time => true,
                Kind::Number => {
                    let rest = self.text.get(v.at.end..).unwrap_or_default().trim_start();
                    SPANS.iter().any(|span| rest.starts_with(span))
                        || v.text.starts_with(['£', '€', '$'])
                        || v.text.ends_with('%')
                }
                _ => false,
            })
            .map(|v| v.text.as_str())
    }
}

/// The text with each value as its kind alone.
fn frame(text: &str, values: &[Value]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for value in values {
        out.push_str(text.get(at..value.at.start).unwrap_or_default());
        out.push_str(match value.kind {
            Kind::Number => "\u{1}",
            Kind::Date => "\u{2}",
            Kind::Time => "\u{3}",
            _ => "\u{4}",
        });
        at = value.at.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

fn dates(text: &str) -> Vec<Value> {
    let Some(pattern) = DATE.as_ref() else { return Vec::new() };
    let value = |found: regex::Captures<'_>| {
        let whole = found.get(0)?;
        let part = |names: &[&str]| names.iter().find_map(|name| found.name(name)).map(|m| m.as_str());
        let number = |names: &[&str]| part(names).and_then(|t| t.parse::<u32>().ok());
        let day = number(&["d", "d2", "d4", "d5", "d6"]);
        let month = match number(&["m4", "m5"]) {
            Some(month) => Some(month),
            None => part(&["m", "m2", "m3", "m6"]).and_then(month),
        };
        let year =
            number(&["y", "y2", "y3", "y4", "y5", "y6", "y7"]).map(|y| if y < 100 { 2000 + y } else { y });
        // "On the 12th" is a day, and "the 12th floor" none.
        let floor = found.name("d6").is_some_and(|d| !is_day(text, d.start(), whole.end()));
        let counted =
            floor || found.name("y6").is_some_and(|y| is_counted(text.get(..y.start()).unwrap_or_default()));
        if counted || day.is_some_and(|d| d > 31) || month.is_some_and(|m| m > 12 || m == 0) {
            return None;
        }
        let canonical = if let Some(relative) = part(&["rel"]) {
            format!("relative {relative}")
        } else if let Some(weekday) = part(&["wd2"]) {
            format!("weekday {}", weekday_of(weekday)?)
        } else {
            let number = |n: Option<u32>| n.map_or_else(|| "-".to_owned(), |n| n.to_string());
            // "Early June" is another time than "late June".
            let part_of = found.name("m6").and_then(|_| portion(whole.as_str())).map(str::to_owned);
            let weekday = part(&["wd"]).and_then(weekday_of);
            format!(
                "{}/{}/{}{}",
                part_of.unwrap_or_else(|| number(day)),
                number(month),
                number(year),
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
    pattern.captures_iter(text).filter_map(value).collect()
}

/// Whether an ordinal is the day of a month that is not named: "on the 12th", and not "on the 12th floor".
fn is_day(text: &str, start: usize, end: usize) -> bool {
    const BEFORE: [&str; 8] = ["on", "by", "until", "till", "from", "since", "before", "after"];
    const AFTER: [&str; 8] = ["at", "from", "to", "and", "for", "in", "by", "of"];
    let head = text.get(..start).unwrap_or_default().strip_suffix("the ");
    let before = head.and_then(|head| head.trim_end().rsplit(' ').next());
    let after =
        text.get(end..).and_then(|rest| rest.strip_prefix(' ')).and_then(|rest| rest.split(' ').next());
    before.is_some_and(|word| BEFORE.contains(&word)) && after.is_none_or(|word| AFTER.contains(&word))
}

/// Whether what follows is a number though it looks like a year: "over 2000".
fn is_counted(head: &str) -> bool {
    const BOUNDS: [&str; 13] = [
        "over",
        "than",
        "about",
        "around",
        "nearly",
        "almost",
        "some",
        "least",
        "most",
        "approximately",
        "roughly",
        "up to",
        "only",
    ];
    let head = head.trim_end();
    BOUNDS
        .iter()
        .any(|bound| head.strip_suffix(bound).is_some_and(|rest| rest.is_empty() || rest.ends_with(' ')))
}

/// Which part of a month is meant: "early June".
fn portion(text: &str) -> Option<&str> {
    text.split(' ').next().filter(|word| matches!(*word, "early" | "mid" | "late"))
}

/// Without the preposition that only helped to know a month.
fn trimmed<'t>(whole: &'t str, found: &regex::Captures<'t>) -> (usize, &'t str) {
    match (found.name("m6"), found.get(0)) {
        (Some(_), Some(all)) if portion(all.as_str()).is_some() => (0, whole),
        (Some(month), Some(all)) => {
            let start = month.start() - all.start();
            (start, whole.get(start..).unwrap_or_default())
        }
        _ => (0, whole.trim_end_matches([',', '.', ' '])),
    }
}

fn month(name: &str) -> Option<u32> {
    Language::ALL.iter().find_map(|language| {
        let names = || lexicon::of(*language).entries(Class::Month);
        let full = names().take(12).position(|n| n == name || mutated(n).iter().any(|form| form == name));
        full.or_else(|| names().take(12).position(|n| n.len() > 3 && name.len() >= 3 && n.starts_with(name)))
            .and_then(|n| u32::try_from(n + 1).ok())
    })
}

fn weekday_of(name: &str) -> Option<usize> {
    Language::ALL.iter().find_map(|language| {
        let mut names = lexicon::of(*language).entries(Class::Weekday).take(7);
        names.position(|n| {
            n == name
                || mutated(n).iter().any(|form| form == name)
                || (name.len() >= 3 && !n.contains(' ') && n.starts_with(name))
        })
    })
}

fn times(text: &str) -> Vec<Value> {
    let Some(pattern) = TIME.as_ref() else { return Vec::new() };
    let value = |found: regex::Captures<'_>| {
        let whole = found.get(0)?;
        // "£3.20" is no time.
        if text.get(..whole.start()).is_some_and(|head| head.ends_with(['£', '€', '$'])) {
            return None;
        }
        let number = |n: usize| found.get(n).and_then(|m| m.as_str().parse::<u32>().ok());
        let (mut hour, minute) = match found.get(8).map(|m| m.as_str()) {
            Some("midnight" | "minuit") => (0, 0),
            Some(_) => (12, 0),
            None => {
                (number(1).or(number(4)).or(number(6))?, number(2).or(number(5)).or(number(7)).unwrap_or(0))
            }
        };
        if let Some(half) = found.get(3) {
            hour = hour % 12 + if half.as_str().starts_with('p') { 12 } else { 0 };
        }
        (hour < 25 && minute < 60).then(|| Value {
            kind: Kind::Time,
            text: whole.as_str().to_owned(),
            canonical: format!("{hour:02}:{minute:02}"),
            amount: 0.0,
            at: whole.range(),
        })
    };
    pattern.captures_iter(text).filter_map(value).collect()
}

fn numbers(text: &str) -> Vec<Value> {
    let mut found = Vec::new();
    if let Some(pattern) = NUMBER.as_ref() {
        for m in pattern.find_iter(text) {
            let digits: String = figure(m.as_str());
            let Ok(amount) = digits.parse::<f64>() else { continue };
            let (mut amount, mut end) = (amount, m.end());
            let rest = text.get(end..).unwrap_or_default();
            let word: String =
                rest.trim_start_matches([' ', '-']).chars().take_while(|c| c.is_alphabetic()).collect();
            let gap = rest.len() - rest.trim_start_matches([' ', '-']).len();
            let sign = ["£", "€", "$"].into_iter().find(|sign| m.as_str().starts_with(sign));
            let mut unit = sign.unwrap_or("");
            if let Some(scale) = numerals::scale(&word).filter(|_| word != "cent" && word != "cents") {
                amount *= scale;
                end += gap + word.len();
            } else if rest.starts_with('%') {
                (end, unit) = (end + 1, "%");
            } else if let Some(len) = per_cent(rest) {
                (end, unit) = (end + len, "%");
            }
            found.push(number(text, m.start()..end, amount, unit));
        }
    }
    found.extend(in_words(text));
    found
}

/// How long the words for "of a hundred" at the head of a text are.
fn per_cent(rest: &str) -> Option<usize> {
    const WORDS: &[&str] = &[" %", " per cent", " percent", " pour cent", " y cant"];
    WORDS.iter().find(|words| rest.starts_with(**words)).map(|words| words.len())
}

/// A figure as Rust reads it. A comma before one or two digits at the end is a French decimal point.
fn figure(text: &str) -> String {
    let text = text.trim_start_matches(['£', '€', '$']);
    let decimal =
        text.rsplit_once(',').filter(|(head, tail)| tail.len() < 3 && !head.contains([',', ' ', '.']));
    match decimal {
        Some((head, tail)) => format!("{head}.{tail}"),
        None => text.replace([',', ' ', '\u{a0}'], ""),
    }
}

fn number(text: &str, at: std::ops::Range<usize>, amount: f64, unit: &str) -> Value {
    Value {
        kind: Kind::Number,
        text: text.get(at.clone()).unwrap_or_default().trim().to_owned(),
        canonical: format!("{amount}{unit}"),
        amount,
        at,
    }
}

/// Numbers in words: "two", "twenty-one", "three hundred and five", "two thousand".
fn in_words(text: &str) -> impl Iterator<Item = Value> {
    spelt::all(text).into_iter().map(|spelt| {
        let len = per_cent(text.get(spelt.at.end..).unwrap_or_default()).unwrap_or(0);
        let at = spelt.at.start..spelt.at.end + len;
        // Half is 50 %.
        if len == 0 && spelt.unit.is_empty() && spelt.amount > 0.0 && spelt.amount < 1.0 {
            return number(text, at, spelt.amount * 100.0, "%");
        }
        number(text, at, spelt.amount, if len > 0 { "%" } else { spelt.unit })
    })
}

/// The values that stand on one side only, in order.
pub(in crate::judge) fn differences<'v>(
    old: &'v Values,
    new: &'v Values,
) -> (Vec<&'v Value>, Vec<&'v Value>) {
    let mut come: Vec<&Value> = new.all.iter().collect();
    let mut gone = Vec::new();
    for value in &old.all {
        match come.iter().position(|other| same(value, other)) {
            Some(n) => {
                come.remove(n);
            }
            None => gone.push(value),
        }
    }
    // The same values in other places: "2 of 5" is not "5 of 2".
    if gone.is_empty() && come.is_empty() && old.frame == new.frame {
        let swapped = old.all.iter().zip(&new.all).filter(|(a, b)| !same(a, b));
        return swapped.unzip();
    }
    (gone, come)
}

/// Whether two values are one, however written. A weekday or a year that only one of them gives does not part them.
pub(in crate::judge) fn same(a: &Value, b: &Value) -> bool {
    if a.kind != b.kind {
        return false;
    }
    if a.canonical == b.canonical {
        return true;
    }
    if a.kind != Kind::Date {
        return false;
    }
    let parts = |v: &Value| -> Option<(Vec<String>, Option<String>)> {
        let (date, weekday) = v
            .canonical
            .split_once(' ')
            .map_or((v.canonical.as_str(), None), |(d, w)| (d, Some(w.to_owned())));
        let date: Vec<_> = date.split('/').map(str::to_owned).collect();
        (date.len() == 3).then_some((date, weekday))
    };
    let (Some((a, a_day)), Some((b, b_day))) = (parts(a), parts(b)) else { return false };
    let open = |x: &String, y: &String| x == y || x == "-" || y == "-";
    a.first() == b.first()
        && a.get(1) == b.get(1)
        && a.get(2).zip(b.get(2)).is_some_and(|(x, y)| open(x, y))
        && (a_day == b_day || a_day.is_none() || b_day.is_none())
}

/// The first number that another took the place of.
pub(in crate::judge) fn first_revised<'v>(
    old: &'v Values,
    new: &'v Values,
) -> Option<(&'v Value, &'v Value)> {
    let (gone, come) = differences(old, new);
    let number = |side: Vec<&'v Value>| side.into_iter().find(|v| v.kind == Kind::Number);
    Some((number(gone)?, number(come)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fold;

    fn canonical(text: &str) -> Vec<String> {
        Values::of(&fold(text)).all.into_iter().map(|v| v.canonical).collect()
    }

    #[test]
    fn one_value_has_one_form() {
        for (a, b) in [
            ("1,500 people", "1500 people"),
            ("at 5pm", "at 17:00"),
            ("at 9.30am", "at 09:30"),
            ("two thousand homes", "2,000 homes"),
            ("1.5 million records", "1,500,000 records"),
            ("4 per cent", "4%"),
            ("le 4 juin à 17 h 30", "le 4 juin à 17:30"),
            ("three hundred and five", "305"),
            ("on 3rd June 2026", "on 3 June 2026"),
        ] {
            assert_eq!(canonical(a), canonical(b), "{a} / {b}");
        }
    }

    #[test]
    fn values_are_what_they_look_like() {
        let kinds =
            |text: &str| -> Vec<Kind> { Values::of(&fold(text)).all.iter().map(|v| v.kind).collect() };
        assert_eq!(kinds("Ring 01632 960221 by Friday 3 May"), [Kind::Phone, Kind::Date]);
        assert_eq!(kinds("You may write to help@wantsum.example"), [Kind::Mail]);
        assert_eq!(kinds("Lines open from 9am to 5pm"), [Kind::Time, Kind::Time]);
        assert_eq!(kinds("4% of 12,000"), [Kind::Number, Kind::Number]);
        assert_eq!(kinds("In May 2026"), [Kind::Date]);
        assert_eq!(kinds("It may be"), []);
    }

    #[test]
    fn a_weekday_that_is_added_is_the_same_date_and_another_is_not() {
        let one = |text: &str| Values::of(&fold(text)).all.remove(0);
        assert!(same(&one("3 May"), &one("Sunday 3 May 2026")));
        assert!(!same(&one("Monday 3 May"), &one("Sunday 3 May")));
        assert!(!same(&one("3 May"), &one("4 May")));
    }
}
