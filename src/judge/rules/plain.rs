//! What no class covers: `reworded`, the same in other words, or `other`, a fact that came or went.
//!
//! Not here: any label that names what changed (the rules beside this file).

use crate::{
    judge::{
        claims::{AMOUNTS, moved::Moved, opposites, swaps},
        context::{Pages, Place},
        finding::Finding,
        values::{self, Values},
    },
    model::{Label, Rule},
    text::{Language, List, fold, spelling, words},
};

/// So many telling words without a counterpart are a fact.
const FACT: usize = 3;

/// What no class covers: the same in other words, or a fact that came or went.
pub(in crate::judge) fn finding(
    place: &Place<'_>,
    pages: &Pages<'_>,
    (before, after): (&Values, &Values),
) -> Finding {
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
            Rule::Fact,
            if old.is_empty() { "it was not said before" } else { "it is said no longer" },
        );
    }
    // A figure or a date that stands for none on the other side.
    let (lost, added) = values::differences(before, after);
    if lost.is_empty() != added.is_empty() {
        let texts: Vec<&str> = lost.iter().chain(&added).map(|value| value.text.as_str()).collect();
        let side = if lost.is_empty() { "with" } else { "without" };
        return Finding::new(Label::Other, Rule::Fact, format!("{side} “{}”", texts.join(", ")));
    }
    let turn = |text: &str| List::PlainTurn.within(text);
    if let (Some(turn), None) | (None, Some(turn)) = (turn(&old), turn(&new)) {
        return Finding::new(Label::Other, Rule::Fact, format!("“{turn}”, on one side alone"));
    }
    if let Some(turn) = opposites::turned(&old, &new, pages.lexicon(language)) {
        return Finding::new(Label::Other, Rule::Opposite, turn);
    }
    // "All systems are back" and "most systems are back".
    let amount = |text: &str| -> Option<String> {
        AMOUNTS.iter().find_map(|class| pages.lexicon(language).first(*class, text).map(str::to_owned))
    };
    if let (Some(old), Some(new)) = (amount(&old), amount(&new))
        && old != new
    {
        return Finding::new(Label::Other, Rule::Amount, format!("“{old}” → “{new}”"));
    }
    // Words that stand for none on the other side: a fact, and not another way to put one.
    let fact = |mine: &[String], other: &[String]| {
        mine.len() >= FACT && mine.len() >= other.len() * 3 || other.is_empty() && mine.len() + 1 >= FACT
    };
    if fact(&come, &gone) {
        return Finding::new(Label::Other, Rule::Fact, format!("with “{}”", come.join(" ")));
    }
    if fact(&gone, &come) {
        return Finding::new(Label::Other, Rule::Fact, format!("without “{}”", gone.join(" ")));
    }
    if let Some(turned) = turned_round(&old, &new) {
        return Finding::new(Label::Other, Rule::Opposite, turned);
    }
    // "Only", "still" and their like on one side alone.
    let moved = Moved::of(&old, &new, language);
    let lone = List::PlainLone.iter().find(|word| {
        let (was, is) = (words::words(&old).any(|w| w == *word), words::words(&new).any(|w| w == *word));
        was != is && (moved.gone(word) || moved.come(word))
    });
    if let Some(word) = lone {
        return Finding::new(Label::Other, Rule::Fact, format!("“{word}”, on one side alone"));
    }
    // A slip of the pen is no other word.
    let slipped = spelling::is_slip(&place.old, &place.new, language);
    if let Some((gone, come)) = instead(&old, &new).filter(|_| !slipped) {
        return Finding::new(Label::Other, Rule::Replaced, format!("“{gone}” → “{come}”"));
    }
    // The claims were compared word by word where each that came says what one that went said.
    let says = |word: &String, others: &[String]| others.iter().any(|other| swaps::is_synonym(word, other));
    let same = come.iter().all(|word| says(word, &gone)) && gone.iter().all(|word| says(word, &come));
    let evidence = if same {
        "the claims are the same"
    } else {
        "in other words; no difference was found that has a name"
    };
    Finding::new(Label::Reworded, Rule::SameClaims, evidence)
}

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
