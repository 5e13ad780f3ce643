//! `denial-withdrawn`, `denial-hedged`, `denial-strengthened`, `denial-added`.

pub(in crate::judge) mod answers;
mod reach;
pub(in crate::judge) mod reversal;

use crate::{
    judge::{
        claims::{self, Cells, Denial},
        context::Page,
        finding::{Finding, quoted},
        sides::Sides,
    },
    model::{Label, Rule},
    text::{Class, Lexicon, List, words},
};

/// Two denials are of the same thing from this share of their telling words.
const ALIKE: f64 = 0.5;
/// And one says all of another from this: "no passwords were taken" does not say that no names were.
const ALL: f64 = 0.6;
/// And from this, where the shorter of them says nothing else.
const PARTLY: f64 = 0.33;

/// What became of the denials.
pub(in crate::judge) fn findings(claims: &Sides<'_>) -> Vec<Finding> {
    let (old, new) = (&claims.before.denials, &claims.after.denials);
    let mut found = Vec::new();
    let (paired, gone, free) = paired(old, new);
    for (denial, other) in paired {
        match admitted(denial, other, claims) {
            Some(finding) => found.push(finding),
            None => found.extend(compared(denial, other, claims.after.lexicon)),
        }
    }
    for denial in gone {
        let unsure = claims::not_excluded(&claims.after.text, claims.after.lexicon);
        if let Some(words) = unsure.filter(|_| words::coverage(&denial.clause, &claims.after.text) >= ALIKE) {
            found.push(Finding::new(
                Label::DenialHedged,
                Rule::DenialCertainty,
                format!("not {}", quoted(words)),
            ));
            continue;
        }
        // "No evidence that they are still in" and "they are no longer in".
        let lasting =
            ["still", "ongoing", "continu", "remain", "present"].iter().any(|w| denial.clause.contains(w));
        let over = ["no longer", " over", "ended", "removed from", "is gone"];
        let over = over.iter().find(|words| claims.after.text.contains(**words));
        if let Some(words) = over.filter(|_| lasting && denial.certainty < 3.0 && claims.paired()) {
            found.push(Finding::new(Label::DenialStrengthened, Rule::DenialCertainty, quoted(words.trim())));
            continue;
        }
        let near = elsewhere(&claims.pages.after, &claims.place.hunk.at.after, denial, &claims.after);
        if near.iter().any(|d| stands(denial, d))
            || still_denied(denial, &claims.after, |word| claims.moved.gone(word))
        {
            continue;
        }
        // Put anew, and less surely, in another sentence.
        let weaker = near.iter().find(|d| is_new(&claims.pages.before, d, &claims.before));
        let told = weaker.map_or_else(Vec::new, |weaker| compared(denial, weaker, claims.after.lexicon));
        if told.is_empty() {
            let evidence = format!("{} is gone", quoted(&denial.clause));
            found.push(Finding::new(Label::DenialWithdrawn, Rule::Denial, evidence));
        }
        found.extend(told);
    }
    for denial in free {
        let unsure = claims::not_excluded(&claims.before.text, claims.before.lexicon);
        if let Some(words) = unsure.filter(|_| words::coverage(&denial.core(), &claims.before.text) >= ALIKE)
        {
            found.push(Finding::new(
                Label::DenialStrengthened,
                Rule::DenialCertainty,
                format!("{} is said no longer", quoted(words)),
            ));
            continue;
        }
        let near = elsewhere(&claims.pages.before, &claims.place.hunk.at.before, denial, &claims.before);
        if near.iter().any(|d| stands(denial, d))
            || still_denied(denial, &claims.before, |word| claims.moved.come(word))
        {
            continue;
        }
        let weaker = near.iter().find(|d| is_new(&claims.pages.after, d, &claims.after));
        let told = weaker.map_or_else(Vec::new, |weaker| compared(weaker, denial, claims.after.lexicon));
        if told.is_empty() {
            found.push(Finding::new(Label::DenialAdded, Rule::Denial, quoted(&denial.clause)));
        }
        found.extend(told);
    }
    found
}

/// The denials of the two sides, each beside the one most like it; then those that are left on the one side and on the other.
fn paired<'d>(
    old: &'d [Denial],
    new: &'d [Denial],
) -> (Vec<(&'d Denial, &'d Denial)>, Vec<&'d Denial>, Vec<&'d Denial>) {
    let (mut gone, mut free): (Vec<&Denial>, Vec<&Denial>) = (old.iter().collect(), new.iter().collect());
    let mut pairs = Vec::new();
    while !gone.is_empty() && !free.is_empty() {
        let all = (0..gone.len()).flat_map(|a| (0..free.len()).map(move |b| (a, b)));
        let like = |&(a, b): &(usize, usize)| {
            gone.get(a)
                .zip(free.get(b))
                .map_or(0.0, |(one, other)| words::coverage(&one.core(), &other.core()))
        };
        let Some((a, b)) = all.max_by(|x, y| like(x).total_cmp(&like(y)).then(y.cmp(x))) else { break };
        pairs.push((gone.remove(a), free.remove(b)));
    }
    // In the order in which they were said.
    pairs.sort_by_key(|pair| old.iter().position(|denial| std::ptr::eq(denial, pair.0)));
    (pairs, gone, free)
}

/// Whether a denial, which has none beside it on the other side, is none that came or went: the words that make it one stand
/// there too, or the other side says not of the very thing in other words.
fn still_denied(denial: &Denial, other: &Cells<'_>, moved: impl Fn(&str) -> bool) -> bool {
    let lexicon = other.lexicon;
    // "We can no longer be sure that ...", "we are checking whether ...": the words stand and deny nothing any more.
    if other.text.is_empty() || claims::is_open(&other.text, lexicon) {
        return false;
    }
    let negates = |text: &str| -> Vec<String> {
        let classes = [Class::Negation, Class::HarmOwn, Class::NoEvidence, Class::Deny];
        classes.iter().flat_map(|class| lexicon.find(*class, text).map(|m| m.as_str().to_owned())).collect()
    };
    let own = negates(&denial.clause);
    let rests = !own.is_empty() && !own.iter().any(|word| moved(word));
    let alike = words::coverage(&denial.core(), &other.text) >= ALIKE;
    // "This data would not have been included", "no addresses would have been included".
    let harm = lexicon.find(Class::Harm, &denial.clause).chain(lexicon.find(Class::Holds, &denial.clause));
    let deeds: Vec<&str> = harm.map(|m| words::stem(m.as_str())).collect();
    let same_deed = claims::sentences(&other.text).flat_map(claims::clauses).any(|clause| {
        lexicon.has(Class::Negation, &claims::affirmed(clause))
            && !claims::hollow(clause)
            && words::words(clause).any(|word| deeds.contains(&words::stem(word)))
    });
    alike && (rests || same_deed)
}

/// What a denial named and names no longer, and the same sentence now admits: "..., but names and addresses were".
fn admitted(old: &Denial, new: &Denial, claims: &Sides<'_>) -> Option<Finding> {
    let (kept, spoken) = (words::stems(&new.clause), words::stems(&claims.before.positive));
    let lost: Vec<String> = words::stems(&old.clause).into_iter().filter(|w| !kept.contains(w)).collect();
    let admits = |part: &&str| {
        let told = words::words(part).last().is_some_and(|last| List::AdmittedAuxiliary.has(last));
        told && words::stems(part).iter().any(|w| lost.contains(w) && !spoken.contains(w))
    };
    // "None of the data taken has been published" admits the taking.
    let taken = |clause: &str| -> Option<String> {
        let said: Vec<&str> = words::words(clause).collect();
        let found = said.windows(2).find(|two| {
            matches!(two, [done, verb] if List::AdmittedDeed.has(done) && ["was", "were", "has", "have"].contains(verb))
        })?;
        clause.contains("none of ").then(|| found.first().copied().unwrap_or_default().to_owned())
    };
    if let (None, Some(done)) = (taken(&old.clause), taken(&new.clause)) {
        return Some(Finding::new(
            Label::DenialWithdrawn,
            Rule::DeniedLess,
            format!("{} is admitted", quoted(&done)),
        ));
    }
    let part = claims.after.positive.split(" | ").find(admits)?;
    Some(Finding::new(Label::DenialWithdrawn, Rule::DeniedLess, quoted(part)))
}

/// The same denial before and after.
fn compared(old: &Denial, new: &Denial, lexicon: &Lexicon) -> Vec<Finding> {
    let both = || format!("{} → {}", quoted(&old.clause), quoted(&new.clause));
    let one = |label, rule, evidence| vec![Finding::new(label, rule, evidence)];
    if !old.special && new.special || old.deed > 0 && new.deed > old.deed {
        return one(Label::DenialWithdrawn, Rule::DeniedLess, both());
    }
    if new.certainty < old.certainty {
        let added: Vec<_> =
            new.hedges.iter().filter(|h| !old.hedges.contains(h)).map(|h| quoted(h)).collect();
        let evidence = if added.is_empty() { both() } else { added.join(", ") };
        return one(Label::DenialHedged, Rule::DenialCertainty, evidence);
    }
    let (of_old, of_new) = (old.core(), new.core());
    if let Some(words) = reach::narrowed(&of_old, &of_new, lexicon) {
        return one(Label::DenialWithdrawn, Rule::DeniedLess, quoted(&words));
    }
    let stronger = new.certainty > old.certainty
        || old.special
            && !new.special
            && (joins(&old.clause) <= joins(&new.clause) || reach::is_of_all(&of_old, &of_new, lexicon));
    if stronger || new.deed > 0 && new.deed < old.deed {
        let lost: Vec<_> = old.hedges.iter().filter(|h| !new.hedges.contains(h)).map(|h| quoted(h)).collect();
        let evidence = if lost.is_empty() { both() } else { format!("without {}", lost.join(", ")) };
        return one(Label::DenialStrengthened, Rule::DenialCertainty, evidence);
    }
    if let Some(words) = reach::narrowed(&of_new, &of_old, lexicon) {
        return one(Label::DenialStrengthened, Rule::DeniedMore, format!("without {}", quoted(&words)));
    }
    reach::swapped(&of_old, &of_new, lexicon).map_or_else(Vec::new, |things| {
        [Label::DenialWithdrawn, Label::DenialAdded]
            .map(|label| Finding::new(label, Rule::DeniedOther, things.clone()))
            .into()
    })
}

/// What a side denies elsewhere that is like a denial.
fn elsewhere(page: &Page<'_>, here: &[usize], denial: &Denial, like: &Cells<'_>) -> Vec<Denial> {
    let near = page.like(&denial.core(), PARTLY).into_iter().filter(|n| !here.contains(n));
    let near = near.filter_map(|n| page.folded.get(n));
    near.flat_map(|text| Cells::of(text, like.language, page.lexicons).denials)
        .filter(|d| is_alike(&denial.core(), &d.core()))
        .collect()
}

/// Whether another denial says all that one says, just as surely.
fn stands(one: &Denial, other: &Denial) -> bool {
    other.certainty >= one.certainty && words::coverage(&one.core(), &other.core()) >= ALL
}

/// Whether two clauses say much of the same, or the shorter nothing else.
fn is_alike(one: &str, other: &str) -> bool {
    let (of_one, of_other) = (words::coverage(one, other), words::coverage(other, one));
    of_one >= ALIKE || of_one >= PARTLY && of_other >= 1.0
}

/// Whether a side does not deny in these very words.
fn is_new(page: &Page<'_>, denial: &Denial, like: &Cells<'_>) -> bool {
    !elsewhere(page, &[], denial, like).iter().any(|d| d.clause == denial.clause)
}

/// What parts the things of a list: with fewer of them, less is denied.
fn joins(clause: &str) -> usize {
    clause.matches(',').count() + words::words(clause).filter(|w| matches!(*w, "and" | "or" | "nor")).count()
}
