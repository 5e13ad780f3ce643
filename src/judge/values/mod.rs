//! The values of a text, each with where it stands: numbers, dates, times, contacts.
//!
//! A value has a canonical form: "1,500" and "1500" are one, so are "5pm" and "17:00", "3 June" and "3rd June".
//! Not here: what a changed value means.

use crate::text::List;

mod addresses;
mod dates;
mod differences;
mod marks;
mod numbers;
mod numerals;
mod slots;
mod spelt;
mod times;
mod value;

pub(in crate::judge) use addresses::bare_address;
pub(in crate::judge) use dates::FEAST;
pub(in crate::judge) use differences::{differences, same};
pub(in crate::judge) use slots::exchanged;
pub(in crate::judge) use value::{Kind, Value};

/// All values of a text, in order.
#[derive(Debug, Clone, Default)]
pub(in crate::judge) struct Values {
    pub all: Vec<Value>,
    /// The folded text with each value as its kind alone.
    pub frame: String,
    /// The folded text.
    pub text: String,
}

impl Values {
    /// The values of folded text. What is found first keeps its words: the date in an address is none.
    pub(in crate::judge) fn of(text: &str) -> Self {
        let mut found: Vec<Value> = Vec::new();
        let mut free = |value: Value| {
            if found.iter().all(|v| v.at.end <= value.at.start || value.at.end <= v.at.start) {
                found.push(value);
            }
        };
        addresses::links(text).for_each(&mut free);
        marks::all(text).into_iter().for_each(&mut free);
        dates::all(text).into_iter().for_each(&mut free);
        times::stamped(text).into_iter().for_each(&mut free);
        addresses::phones_and_places(text).for_each(&mut free);
        times::all(text).into_iter().for_each(&mut free);
        numbers::all(text).into_iter().for_each(&mut free);
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
        self.all
            .iter()
            .filter(|v| match v.kind {
                Kind::Date | Kind::Time => true,
                Kind::Number => {
                    let rest = self.text.get(v.at.end..).unwrap_or_default().trim_start();
                    List::PromiseSpan.opening(rest).is_some()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

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
