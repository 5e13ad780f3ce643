//! What is claimed: denials, doubt, harm, causes, services, promises, advice and how far they reach.
//!
//! Each rule compares the cells of the two sides; what stands elsewhere on a side counts as said. Not here: values
//! (`facts`).

mod advice;
mod answers;
mod causes;
pub(super) mod cells;
mod denials;
mod headed;
mod intruders;
mod promises;
mod scope;
mod services;
mod severity;
mod states;

use super::{Finding, Pages, Place, facts::values::Values, moved::Moved};
use crate::{
    model::{ChangeKind, Label},
    text::{Language, fold, words},
};
use cells::Cells;

/// A place as its claims.
struct Claims<'a> {
    pub before: Cells<'a>,
    pub after: Cells<'a>,
    /// The values on the two sides, for deadlines and reach.
    pub old: &'a Values,
    pub new: &'a Values,
    pub moved: Moved,
    pub place: &'a Place<'a>,
    pub pages: &'a Pages<'a>,
}

impl<'a> Claims<'a> {
    fn of(place: &'a Place<'a>, pages: &'a Pages<'a>, (old, new): (&'a Values, &'a Values)) -> Self {
        let (before, after) = (parted(&place.old), parted(&place.new));
        let language = Language::of(&before, Language::of(&after, pages.language()));
        Self {
            before: Cells::of(&before, language, pages.lexicons()),
            after: Cells::of(&after, language, pages.lexicons()),
            old,
            new,
            moved: Moved::of(&before, &after, language),
            place,
            pages,
        }
    }

    fn added(&self) -> bool {
        self.place.before.is_empty()
    }

    fn removed(&self) -> bool {
        self.place.after.is_empty()
    }

    fn paired(&self) -> bool {
        !self.added() && !self.removed()
    }
}

/// Labels that account for words that came or went.
const NAMING: [Label; 4] =
    [Label::AttributionAdded, Label::AttributionRemoved, Label::CommitmentAdded, Label::CommitmentDropped];

/// The labels that changed claims earn. `parties`: whether a party came or went.
pub(super) fn findings(
    place: &Place<'_>,
    pages: &Pages<'_>,
    values: (&Values, &Values),
    parties: bool,
) -> Vec<Finding> {
    let claims = Claims::of(place, pages, values);
    let mut found = denials::findings(&claims);
    if place.kind == ChangeKind::StatementRemoved {
        found.retain(|finding| finding.label == Label::DenialWithdrawn);
        return found;
    }
    let denial = !found.is_empty();
    let denies = !claims.before.denials.is_empty() || !claims.after.denials.is_empty();
    if !denies {
        found.extend(doubt(&claims));
    }
    if !denial {
        found.extend(severity::findings(&claims).or_else(|| intruders::findings(&claims)));
    }
    found.extend(causes::findings(&claims));
    found.extend(promises::findings(&claims));
    // A line of a thing and its state says nothing else.
    if let Some(turn) = states::turned(&claims).or_else(|| states::stated(&claims)) {
        found.push(turn);
        found.extend(scope::of_line(&claims));
        return found;
    }
    let advice = advice::findings(&claims);
    // Where both sides list names, one name more is one more that is affected.
    let listed = lists_names(&place.old) && lists_names(&place.new);
    let named = parties && !listed || advice.is_some() || found.iter().any(|f| NAMING.contains(&f.label));
    found.extend(scope::findings(&claims, denial, named));
    let turn = services::findings(&claims);
    // That people are working on it is part of telling that it does not work.
    if turn.is_some() {
        found.retain(|finding| !(finding.rule == "promise" && finding.evidence.contains("working to")));
    }
    found.extend(turn);
    found.extend(advice);
    if found.is_empty() {
        found.extend(answers::turned(&claims));
    }
    if found.is_empty() {
        found.extend(denials::turned::turned(&claims));
    }
    let service = |f: &Finding| matches!(f.label, Label::ServiceRestored | Label::ServiceDisrupted);
    if place.kind == ChangeKind::Moved && !found.iter().any(service) {
        found.extend(headed::moved(&claims));
    }
    found
}

/// The label of words that stand and moved: none, but where what stands above them says the opposite.
pub(super) fn of_move(place: &Place<'_>, pages: &Pages<'_>, values: (&Values, &Values)) -> Vec<Finding> {
    headed::moved(&Claims::of(place, pages, values)).into_iter().collect()
}

/// `hedge-added`, `hedge-removed`: the same claim, less or more surely.
fn doubt(claims: &Claims<'_>) -> Option<Finding> {
    let (old, new) = (&claims.before.certainty, &claims.after.certainty);
    if !claims.paired() || old.0 == new.0 {
        return None;
    }
    let added = new.0 < old.0;
    let word = if added { &new.1 } else { &old.1 }.as_deref().unwrap_or_default();
    let (mine, other) = if added { (&claims.after, &claims.before) } else { (&claims.before, &claims.after) };
    let moved = if added { claims.moved.come(word) } else { claims.moved.gone(word) };
    let label = if added { Label::HedgeAdded } else { Label::HedgeRemoved };
    (moved && is_of_the_same(word, mine, other)).then(|| Finding::new(label, "certainty", quoted(word)))
}

/// Whether what a word makes doubtful is said on the other side too: one of the telling words that follow it.
fn is_of_the_same(word: &str, mine: &Cells<'_>, other: &Cells<'_>) -> bool {
    const NEAR: usize = 4;
    let Some(at) = mine.positive.find(word) else { return true };
    let (head, rest) = mine.positive.split_at(at);
    let rest = rest.get(word.len()..).unwrap_or_default();
    let said = words::stems(&other.text);
    let long = |stem: &String| stem.chars().nth(1).is_some();
    let mut near = words::stems(rest).into_iter().filter(long).take(NEAR).peekable();
    // "Data was taken, apparently": then what stands before it.
    if near.peek().is_none() {
        return words::stems(head).iter().rev().take(NEAR).any(|stem| said.contains(stem));
    }
    let near: Vec<String> = near.collect();
    near.iter().filter(|stem| said.contains(stem)).count() * 2 >= near.len()
}

/// A text, folded, in which a dash between two parts still parts them.
fn parted(text: &str) -> String {
    const DASHES: [&str; 4] = [" - ", " – ", " — ", " -- "];
    let bar = DASHES.iter().fold(text.to_owned(), |text, dash| text.replace(dash, "\u{0}"));
    bar.split('\u{0}').map(fold).collect::<Vec<_>>().join(" - ")
}

/// Whether a text lists names: "Ellerby and Stanmere".
fn lists_names(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let name = |word: &str| word.starts_with(char::is_uppercase);
    words.windows(3).any(|three| matches!(three, [a, "and" | "a" | "et", b] if name(a) && name(b)))
}

/// Words as evidence.
pub(super) fn quoted(words: &str) -> String {
    format!("“{words}”")
}
