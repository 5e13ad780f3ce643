//! `party-named`, `party-removed`: organisations, known by their shape.
//!
//! A name counts as new only where the statement named it nowhere before, neither whole nor by its initials. The
//! target's own name and its short forms do not count. People and places are no parties.
//!
//! Not here: where a name begins and ends (`runs`), by what it is an organisation's (`party`).

use crate::{
    judge::{
        Subject,
        claims::moved::Moved,
        context::{Page, Pages, Place},
        entities::{replaced, runs::all},
        finding::Finding,
    },
    model::{BlockKind, Label, Rule},
    text::{List, fold, words},
};

/// What became of the parties.
pub(in crate::judge) fn findings(
    place: &Place<'_>,
    pages: &Pages<'_>,
    subject: &Subject<'_>,
) -> Vec<Finding> {
    let (mut old, mut new) = (all(&place.old), all(&place.new));
    old.extend(rolled(&pages.before, &place.hunk.at.before));
    new.extend(rolled(&pages.after, &place.hunk.at.after));
    let (lost, come) = replaced::instead(place);
    old.extend(lost);
    new.extend(come);
    let own = fold(subject.body);
    let moved = Moved::of(&fold(&place.old), &fold(&place.new), pages.language());
    let mut found = Vec::new();
    for (label, mine, other) in
        [(Label::PartyNamed, &new, &pages.before), (Label::PartyRemoved, &old, &pages.after)]
    {
        let is_moved = |name: &str| {
            if label == Label::PartyNamed { moved.come(name) } else { moved.gone(name) }
        };
        let fresh: Vec<&str> = mine
            .iter()
            .filter(|name| is_moved(name) && !is_own(name, &own) && !named(name, other))
            .map(String::as_str)
            .collect();
        if !fresh.is_empty() {
            found.push(Finding::new(
                label,
                Rule::Party,
                fresh.iter().map(|n| format!("“{n}”")).collect::<Vec<_>>().join(", "),
            ));
        }
    }
    found
}

/// The names with which items begin that stand in a list of organisations: "Cloudflare. Cloud services provider." under
/// "Subprocessors".
fn rolled(page: &Page<'_>, at: &[usize]) -> Vec<String> {
    let lists = |text: &str| {
        let text = fold(text);
        List::PartyListTitle.within(&text).is_some()
    };
    let of = |&n: &usize| -> Option<String> {
        let (number, block) = page.block(n)?;
        let item = matches!(block.kind, BlockKind::Item | BlockKind::Row);
        let above = page
            .lead_in(number)
            .into_iter()
            .chain(page.headings(number).take(1))
            .any(|(_, b)| lists(&b.text()));
        let first = page.block(n.checked_sub(1)?).is_none_or(|(before, _)| before != number);
        let text = &page.sentences.get(n)?.text;
        let head = text.split(['.', ',', ':', '(', '[', '|']).map(str::trim).find(|part| !part.is_empty())?;
        let words: Vec<&str> = head.split_whitespace().collect();
        let name = words.len() <= 4 && words.iter().all(|word| word.starts_with(char::is_uppercase));
        (item && above && first && name).then(|| fold(head))
    };
    at.iter().filter_map(of).collect()
}

fn is_own(name: &str, own: &str) -> bool {
    // "The Charity Commission" is not the charity.
    let general = |w: &str| matches!(w, "council" | "commission" | "authority");
    !own.is_empty()
        && words::words(name).all(|w| words::words(own).any(|o| o == w) || w == "council")
        && words::words(name).any(|w| words::words(own).any(|o| o == w) && !general(w) || w == "council")
}

/// Whether a side names a party anywhere: whole, by its telling first words, or by its initials.
fn named(name: &str, page: &Page<'_>) -> bool {
    let initials: String =
        words::words(name).filter(|w| !List::PartyJoiner.has(w)).filter_map(|w| w.chars().next()).collect();
    let short = words::words(name)
        .filter(|w| !List::PartyKind.has(w) && !List::PartyJoiner.has(w))
        .collect::<Vec<_>>()
        .join(" ");
    let stands = |part: &str| {
        page.with_words(part).any(|text| around(text, part) || around(&text.replace("'s", ""), part))
    };
    stands(name)
        || short.len() > 3 && !is_general(&short) && stands(&short)
        || initials.len() > 2 && page.with_words(&initials).next().is_some()
        || (3..=6).contains(&name.len())
            && !name.contains(' ')
            && page.initials().iter().any(|heads| heads.contains(name))
}

/// Whether the words of a name could be anybody's: "national".
fn is_general(short: &str) -> bool {
    words::words(short).all(|word| List::PartyGeneral.has(word))
}

/// Whether `part` stands in `text` as whole words.
fn around(text: &str, part: &str) -> bool {
    text.match_indices(part).any(|(at, _)| {
        let open = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        open(text.get(..at).and_then(|t| t.chars().next_back()))
            && open(text.get(at + part.len()..).and_then(|t| t.chars().next()))
    })
}
