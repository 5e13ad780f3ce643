//! What only looks different: `date-stamp`, `boilerplate`, and `cosmetic`.
//!
//! Not here: which words are furniture (`furniture`), which are a stamp (`stamps`), which differ in their form (`cosmetic`).

mod cosmetic;
mod furniture;
mod older;
mod stamps;

use crate::{
    judge::{
        context::{Pages, Place},
        finding::Finding,
        noise::{
            cosmetic::cosmetic,
            furniture::{answers, is_furniture},
            stamps::{is_aged, says_when, stamp},
        },
        values::Values,
    },
    model::{ChangeKind, Label, Rule, Sentence},
    text::{Class, Language, Lexicons, fold},
};

/// Whether a sentence by itself says nothing but when its page was written.
pub(in crate::judge) fn is_stamp(text: &str, lexicons: &Lexicons) -> bool {
    let text = fold(text);
    is_aged(&text) || says_when(&text, &Values::of(&text), Language::English, lexicons)
}

/// The label of a place where nothing that means anything changed, if it is one.
pub(in crate::judge) fn quiet(
    place: &Place<'_>,
    pages: &Pages<'_>,
    values: (&Values, &Values),
) -> Option<Finding> {
    let (old, new) = (fold(&place.old), fold(&place.new));
    let language = Language::of(&old, Language::of(&new, pages.language()));
    let lexicon = pages.lexicon(language);
    let sides: Vec<&str> =
        [&old, &new].into_iter().map(String::as_str).filter(|side| !side.is_empty()).collect();
    // That the statement is gone is told, whatever else went with it.
    if place.kind == ChangeKind::StatementRemoved {
        return None;
    }
    if older::has_moved_on(place, pages) {
        return Some(Finding::new(
            Label::Boilerplate,
            Rule::Boilerplate,
            "an older entry of a page of the newest",
        ));
    }
    let negations = |side: &str| lexicon.count(Class::Negation, side);
    let turned = !old.is_empty() && !new.is_empty() && negations(&old) != negations(&new);
    let quiet = |side: &Sentence| {
        let text = fold(&side.text);
        is_furniture(&text, lexicon, pages) || answers(place, pages, &text, lexicon)
    };
    if !sides.is_empty() && !turned && place.before.iter().chain(&place.after).all(|side| quiet(side)) {
        let word = sides.iter().find_map(|side| lexicon.first(Class::Boilerplate, side)).unwrap_or_default();
        return Some(Finding::new(Label::Boilerplate, Rule::Boilerplate, format!("“{word}”")));
    }
    let aged = place.before.iter().chain(&place.after).all(|side| is_aged(&fold(&side.text)));
    if aged && !sides.is_empty() || stamp(place, pages, values) {
        let shown = |side: &str| if side.is_empty() { "-".to_owned() } else { format!("“{side}”") };
        return Some(Finding::new(
            Label::DateStamp,
            Rule::DateStamp,
            format!("{} → {}", shown(&place.old), shown(&place.new)),
        ));
    }
    cosmetic(place, values, (&old, &new), language)
}
