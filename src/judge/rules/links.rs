//! `link-changed`: the words stayed, the address they lead to changed.
//!
//! Not here: addresses that stand in the words (`contacts`).

use crate::{
    judge::{context::Place, finding::Finding, values::bare_address},
    model::{Label, Rule, Sentence},
    text::{fold, words},
};

/// `link-changed`: the words stayed, the address they lead to changed. Each link is held against the one in its own place;
/// where one was put on or off, against the one of the same words.
pub(in crate::judge) fn changed(place: &Place<'_>) -> Option<Finding> {
    let links = |side: &[&Sentence]| -> Vec<(String, String)> {
        side.iter().flat_map(|s| &s.links).map(|l| (fold(&l.words), l.address.clone())).collect()
    };
    let (old, new) = (links(&place.before), links(&place.after));
    let told =
        |was: &str, is: &str| Some(Finding::new(Label::LinkChanged, Rule::Link, format!("{was} → {is}")));
    if old.len() == new.len() {
        let other = |(a, b): &(&(String, String), &(String, String))| {
            let same = a.0 == b.0 || words::coverage(&a.0, &b.0) > 0.0;
            same && bare_address(&a.1) != bare_address(&b.1)
        };
        return old.iter().zip(&new).find(other).and_then(|(a, b)| told(&a.1, &b.1));
    }
    old.iter().find_map(|(words, address)| {
        let same = || new.iter().filter(|link| link.0 == *words);
        let stays = same().any(|link| bare_address(&link.1) == bare_address(address));
        same().next().filter(|_| !stays).and_then(|other| told(address, &other.1))
    })
}
