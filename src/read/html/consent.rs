//! How pages ask for consent to cookies: what such a request says, what it is about, and how it can be answered, in
//! lower case.
//!
//! Not here: how short a request is, what else must be so, and what follows; that differs with who asks this.

/// Where a request may stand. What gives one away in one place says nothing in another: so each phrase has the places
/// where it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum Place {
    /// A box that is called after consent.
    Named,
    /// A box beside what the page has to say, whatever it is called.
    Beside,
    /// What is a notice to all visitors otherwise.
    Notice,
    /// A page that shows nothing before it is answered.
    Wall,
}

use Place::{Beside, Named, Notice, Wall};

/// A phrase, and where it counts.
type Row = (&'static str, &'static [Place]);

/// What a request says.
const ASKS: [Row; 19] = [
    ("we use ", &[Named, Beside]),
    ("we use", &[Notice]),
    ("uses cookies", &[Named, Beside, Notice]),
    ("accept", &[Named, Beside, Notice]),
    ("agree", &[Named, Notice]),
    ("your consent", &[Notice]),
    ("preferences", &[Notice]),
    ("utilis", &[Named, Beside]),
    ("defnyddio", &[Named, Beside]),
    ("verwenden", &[Beside]),
    ("cookies", &[Wall]),
    ("cwcis", &[Wall]),
    ("consent", &[Wall]),
    ("we value your privacy", &[Wall]),
    ("your choices", &[Wall]),
    ("privacy choices", &[Wall]),
    ("before you continue", &[Wall]),
    ("nos partenaires", &[Wall]),
    ("pur-abo", &[Wall]),
];

/// What it is about.
const ABOUT: [Row; 15] = [
    ("cookie", &[Named, Beside, Wall]),
    // In a box of any name words are looked at as they are written.
    ("Cookie", &[Beside]),
    ("consent", &[Named, Beside, Wall]),
    ("privacy", &[Named, Beside, Wall]),
    ("personal data", &[Named]),
    ("cwcis", &[Wall]),
    ("tracking", &[Wall]),
    ("your choices", &[Wall]),
    ("partner", &[Wall]),
    ("advert", &[Wall]),
    ("personalis", &[Wall]),
    ("personaliz", &[Wall]),
    ("werbung", &[Wall]),
    ("datenschutz", &[Wall]),
    ("abo", &[Wall]),
];

/// What stands on a control that answers it.
const ANSWERS: [Row; 14] = [
    ("accept", &[Beside, Wall]),
    ("agree", &[Beside, Wall]),
    ("i agree", &[Wall]),
    ("reject", &[Beside, Wall]),
    ("derbyn", &[Beside, Wall]),
    ("allow", &[Beside]),
    ("ok", &[Beside]),
    ("got it", &[Beside]),
    ("manage", &[Beside]),
    ("cookie", &[Beside]),
    ("tout accepter", &[Wall]),
    ("refuser", &[Wall]),
    ("akzeptieren", &[Wall]),
    ("zustimmen", &[Wall]),
];

/// Whether a text says what a request for consent says.
pub(in crate::read) fn asks(words: &str, place: Place) -> bool {
    counting(&ASKS, place).any(|phrase| words.contains(phrase))
}

/// Whether a text is about what such a request is about.
pub(in crate::read) fn is_about(words: &str, place: Place) -> bool {
    counting(&ABOUT, place).any(|phrase| words.contains(phrase))
}

/// Whether a text names cookies.
pub(in crate::read) fn names_cookies(words: &str) -> bool {
    ["cookie", "cwcis"].iter().any(|name| words.contains(name))
}

/// What the controls that answer a request are called.
pub(in crate::read) fn answers(place: Place) -> impl Iterator<Item = &'static str> {
    counting(&ANSWERS, place)
}

fn counting(table: &'static [Row], place: Place) -> impl Iterator<Item = &'static str> {
    table.iter().filter(move |(_, places)| places.contains(&place)).map(|(phrase, _)| *phrase)
}
