//! Names that are known by what they took the place of.

use crate::{
    judge::{
        context::Place,
        entities::{
            shape::{is_common, is_time},
            split::{cut, owner},
        },
    },
    model::Span,
    text::{List, words},
};

/// Names that stand where the other side has only what they are: "Barclays" for "a bank". Such a name has no shape by
/// which it could be known.
pub(in crate::judge) fn instead(place: &Place<'_>) -> (Vec<String>, Vec<String>) {
    let part = |text: &str, span: Option<Span>| -> String {
        span.map_or_else(String::new, |s| text.chars().skip(s.0).take(s.1 - s.0).collect())
    };
    let is_kind = |text: &str, name: &str| {
        words::words(text).any(|w| List::PartyNoun.has(w) || !name.contains(' ') && List::PartyAnyone.has(w))
    };
    let name = |text: &str| -> Option<String> {
        let words = cut(text);
        let capital =
            words.iter().all(|w| w.text.starts_with(char::is_uppercase) || List::PartyJoiner.has(w.text));
        let common = words.iter().any(|w| is_common(w.text) || is_time(&owner(w.text)));
        (!words.is_empty() && words.len() <= 4 && capital && !common)
            .then(|| words.iter().map(|w| owner(w.text)).collect::<Vec<_>>().join(" "))
            .filter(|name| name.len() > 2)
    };
    let (mut lost, mut come) = (Vec::new(), Vec::new());
    for span in place.hunk.spans.iter().filter(|span| span.before.is_some() && span.after.is_some()) {
        let (old, new) = (part(&place.old, span.before), part(&place.new, span.after));
        come.extend(name(&new).filter(|name| is_kind(&old, name)));
        lost.extend(name(&old).filter(|name| is_kind(&new, name)));
    }
    (lost, come)
}
