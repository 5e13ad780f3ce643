//! Which labels a place earns: each rule says what it found, with the words that were its evidence.
//!
//! `facts` knows values: numbers, dates, contacts, names, links, forms of the same. `clauses` knows what is claimed:
//! denials, doubt, harm, scope, services, promises, advice, causes. What neither names is `reworded` or `other`.

mod clauses;
mod explain;
mod facts;
mod moved;
mod opposites;

pub(super) use explain::cells;

use super::{
    Subject, certainty, level,
    place::{Pages, Place},
    swaps,
};
use crate::{
    model::{ChangeKind, Label, Reason},
    text::{Language, fold, words},
};
use clauses::cells::AMOUNTS;
use facts::values::Values;

/// What is so no longer, or not yet.
const TURNS: [&str; 4] = ["no longer", "not yet", "mwyach", "ne plus "];

/// So many telling words without a counterpart are a fact.
const FACT: usize = 3;

/// A label with the rule that gave it and its evidence.
pub(super) struct Finding {
    pub label: Label,
    pub rule: &'static str,
    pub evidence: String,
}

impl Finding {
    pub(super) fn new(label: Label, rule: &'static str, evidence: impl Into<String>) -> Self {
        Self { label, rule, evidence: evidence.into() }
    }

    pub(super) fn into_reason(self) -> Reason {
        Reason::own(self.rule, self.evidence)
    }
}

/// Every label that a place earns.
pub(super) fn find(place: &Place<'_>, pages: &Pages<'_>, subject: &Subject<'_>) -> Vec<Finding> {
    let (old, new) = (Values::of(&fold(&place.old)), Values::of(&fold(&place.new)));
    let values = (&old, &new);
    if let Some(finding) = facts::quiet(place, pages, values) {
        return vec![finding];
    }
    if place.kind == ChangeKind::Moved && (place.hunk.spans.is_empty() || place.same_key()) {
        return clauses::of_move(place, pages, values);
    }
    if place.kind == ChangeKind::StatementRemoved {
        return clauses::findings(place, pages, values, false);
    }
    let mut found = facts::findings(place, pages, subject, values);
    // Where two sentences meet is where the rules look for the end of a denial.
    let resewn = matches!(place.kind, ChangeKind::Split | ChangeKind::Merged);
    if resewn
        && found.is_empty()
        && level::same_words(&place.old, &place.new, place.before.len().max(place.after.len()))
    {
        return vec![Finding::new(Label::Reworded, "same-claims", "the same words in other sentences")];
    }
    let parties = found.iter().any(|f| matches!(f.label, Label::PartyNamed | Label::PartyRemoved));
    found.extend(clauses::findings(place, pages, values, parties));
    let (sure, doubted): (Vec<Finding>, Vec<Finding>) = found
        .into_iter()
        .partition(|finding| certainty::doubt(finding.label, finding.rule, place.kind).is_none());
    let mut found = sure;
    if found.is_empty() {
        let plain = unnamed(place, pages, values);
        // What may have been a class of its own is not the same in other words.
        let label = if doubted.is_empty() { plain.label } else { Label::Other };
        found.push(Finding { label, ..plain });
    }
    let label = found.first().map_or(Label::Other, |finding| finding.label);
    found.extend(doubted.iter().map(|finding| perhaps(finding, label, place.kind)));
    found
}

/// A label that is not given, with why, as a reason beside one that is.
fn perhaps(doubted: &Finding, label: Label, kind: ChangeKind) -> Finding {
    let share = certainty::doubt(doubted.label, doubted.rule, kind).unwrap_or_default() * 100.0;
    let (name, evidence) = (doubted.label.name(), &doubted.evidence);
    Finding::new(
        label,
        PERHAPS,
        format!("{name} by {evidence}, not said because it is right in {share:.0} % of such places"),
    )
}

/// The rule of a reason that tells what was not said.
const PERHAPS: &str = "perhaps";

/// What can be said of a place at a glance.
pub(super) fn in_brief(place: &Place<'_>) -> Vec<Finding> {
    if place.same_key() {
        return Vec::new();
    }
    vec![Finding::new(
        Label::Other,
        "fact",
        "not looked at closely: more has changed than any statement holds",
    )]
}

/// What no class covers: the same in other words, or a fact that came or went.
fn unnamed(place: &Place<'_>, pages: &Pages<'_>, (before, after): (&Values, &Values)) -> Finding {
    let (old, new) = (fold(&place.old), fold(&place.new));
    let language = Language::of(&old, Language::of(&new, pages.language()));
    let only = |mine: &str, other: &str| -> Vec<String> {
        let other = words::stems(other);
        let lacks = |w: &&str| words::stems(w).first().is_some_and(|stem| !other.contains(stem));
        words::words(mine).filter(lacks).map(str::to_owned).collect()
    };
    let (gone, come) = (only(&old, &new), only(&new, &old));
    if old.is_empty() || new.is_empty() {
        return Finding::new(
            Label::Other,
            "fact",
            if old.is_empty() { "it was not said before" } else { "it is said no longer" },
        );
    }
    // A figure or a date that stands for none on the other side.
    let (lost, added) = facts::values::differences(before, after);
    if lost.is_empty() != added.is_empty() {
        let texts: Vec<&str> = lost.iter().chain(&added).map(|value| value.text.as_str()).collect();
        let side = if lost.is_empty() { "with" } else { "without" };
        return Finding::new(Label::Other, "fact", format!("{side} “{}”", texts.join(", ")));
    }
    let turn = |text: &str| TURNS.iter().find(|turn| text.contains(**turn)).copied();
    if let (Some(turn), None) | (None, Some(turn)) = (turn(&old), turn(&new)) {
        return Finding::new(Label::Other, "fact", format!("“{turn}”, on one side alone"));
    }
    if let Some(turn) = opposites::turned(&old, &new, pages.lexicon(language)) {
        return Finding::new(Label::Other, "opposite", turn);
    }
    // "All systems are back" and "most systems are back".
    let amount = |text: &str| -> Option<String> {
        AMOUNTS.iter().find_map(|class| pages.lexicon(language).first(*class, text).map(str::to_owned))
    };
    if let (Some(old), Some(new)) = (amount(&old), amount(&new))
        && old != new
    {
        return Finding::new(Label::Other, "amount", format!("“{old}” → “{new}”"));
    }
    // Words that stand for none on the other side: a fact, and not another way to put one.
    let fact = |mine: &[String], other: &[String]| {
        mine.len() >= FACT && mine.len() >= other.len() * 3 || other.is_empty() && mine.len() + 1 >= FACT
    };
    if fact(&come, &gone) {
        return Finding::new(Label::Other, "fact", format!("with “{}”", come.join(" ")));
    }
    if fact(&gone, &come) {
        return Finding::new(Label::Other, "fact", format!("without “{}”", gone.join(" ")));
    }
    if let Some(turned) = turned_round(&old, &new) {
        return Finding::new(Label::Other, "opposite", turned);
    }
    // "Only", "still" and their like on one side alone.
    let moved = moved::Moved::of(&old, &new, language);
    let lone = LONE.into_iter().find(|word| {
        let (was, is) = (words::words(&old).any(|w| w == *word), words::words(&new).any(|w| w == *word));
        was != is && (moved.gone(word) || moved.come(word))
    });
    if let Some(word) = lone {
        return Finding::new(Label::Other, "fact", format!("“{word}”, on one side alone"));
    }
    // A slip of the pen is no other word.
    let slipped = facts::is_slip(&place.old, &place.new, language);
    if let Some((gone, come)) = instead(&old, &new).filter(|_| !slipped) {
        return Finding::new(Label::Other, "instead", format!("“{gone}” → “{come}”"));
    }
    // The claims were compared word by word where each that came says what one that went said.
    let says = |word: &String, others: &[String]| others.iter().any(|other| swaps::is_synonym(word, other));
    let same = come.iter().all(|word| says(word, &gone)) && gone.iter().all(|word| says(word, &come));
    let evidence = if same {
        "the claims are the same"
    } else {
        "in other words; no difference was found that has a name"
    };
    Finding::new(Label::Reworded, "same-claims", evidence)
}

/// Little words that make another claim of a sentence.
const LONE: [&str; 3] = ["only", "still", "always"];

/// Who did it to whom, the other way round: "our supplier told us", "we told our supplier".
fn turned_round(old: &str, new: &str) -> Option<String> {
    const FORMS: [(&str, &str); 4] = [("we", "us"), ("they", "them"), ("he", "him"), ("i", "me")];
    let (mut was, mut is) = (words::stems(old), words::stems(new));
    let same = {
        was.sort_unstable();
        is.sort_unstable();
        was == is
    };
    let has = |text: &str, word: &str| words::words(text).any(|w| w == word);
    FORMS.into_iter().filter(|_| same).find_map(|(who, whom)| {
        let turned =
            |one: &str, other: &str| has(one, who) && !has(one, whom) && has(other, whom) && !has(other, who);
        (turned(old, new) || turned(new, old)).then(|| format!("“{who}” and “{whom}”"))
    })
}

/// The words that stand for others in a sentence that is else the same, where the ones are no way to say the others:
/// "payroll files were copied", "medical files were copied".
fn instead(old: &str, new: &str) -> Option<(String, String)> {
    /// So many words are a thing, and more are another way to put it.
    const THING: usize = 2;
    let swaps = swaps::swaps(old, new);
    let [swap] = &*swaps else { return None };
    let telling = |words: &[&str]| words::stems(&words.join(" "));
    let (gone, come) = (telling(&swap.gone), telling(&swap.come));
    let one = |words: &[String]| (1..=THING).contains(&words.len());
    let same = swap.gone.iter().any(|a| swap.come.iter().any(|b| swaps::is_synonym(a, b)));
    (one(&gone) && one(&come) && !same).then(|| (swap.gone.join(" "), swap.come.join(" ")))
}
