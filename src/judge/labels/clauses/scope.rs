//! `scope-widened`, `scope-narrowed`: how much and how many are affected. Inside a denial the direction turns.

use super::{
    Claims,
    cells::{self, Cells},
    quoted,
};
use crate::{
    judge::{
        labels::{Finding, facts::values},
        language::Language,
        lexicon::Class,
        place::Page,
        words,
    },
    model::{BlockKind, Label, fold},
};

/// At most so many more words make a longer list; with more it is another sentence.
const MORE: usize = 10;

/// What became of the reach. `settled`: the denials have been dealt with; `named`: a cause, a promise or a party
/// accounts for the words that came or went.
pub(super) fn findings(claims: &Claims<'_>, settled: bool, named: bool) -> Option<Finding> {
    if claims.paired() {
        let told =
            figures(claims).or_else(|| since(claims)).or_else(|| if settled { None } else { amount(claims) });
        // What a cause, a promise or a name added is no longer list.
        return told.or_else(|| match (settled, named) {
            (_, true) => None,
            (false, false) => list(claims),
            // A split or merged denial may have taken a wider claim with it.
            (true, false) => positive_list(claims),
        });
    }
    item(claims)
}

fn finding(wider: bool, rule: &'static str, evidence: String) -> Finding {
    Finding::new(if wider { Label::ScopeWidened } else { Label::ScopeNarrowed }, rule, evidence)
}

/// More or fewer people, homes, files, days.
fn figures(claims: &Claims<'_>) -> Option<Finding> {
    const TOLD: &[&str] = &[
        "reported",
        "told",
        "contacted",
        "written",
        "calls",
        "answered",
        "notified",
        "enquiries",
        "letters",
        "staff are",
    ];
    let (old, new) = values::first_revised(claims.old, claims.new)?;
    let affected = |cells: &Cells<'_>| {
        cells.lexicon.has(Class::Affected, &cells.text) || cells.lexicon.has(Class::Down, &cells.text)
    };
    let told = TOLD.iter().any(|w| claims.before.text.contains(w) && claims.after.text.contains(w));
    if !affected(&claims.before) || !affected(&claims.after) || told || old.canonical == new.canonical {
        return None;
    }
    let denied = !claims.before.denials.is_empty() && !claims.after.denials.is_empty();
    let restored = claims.after.service.again.is_some() && claims.before.service.again.is_some();
    // "One in five" is more than "one in ten".
    let share = |values: &values::Values, value: &values::Value| {
        let head = values.text.get(..value.at.start).unwrap_or_default();
        ["one in ", "1 in ", "un sur ", "une sur ", "un o bob "].iter().any(|words| head.ends_with(words))
    };
    let turned = denied || restored;
    let turned = turned != (share(claims.old, old) && share(claims.new, new));
    let wider = (new.amount > old.amount) != turned;
    Some(finding(wider, "figure", format!("{} → {}", old.text, new.text)))
}

/// When the time begins for which people or files are affected.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Since {
    Year(u32),
    /// Month and day; 0 for a month alone.
    Day(u32, u32),
}

/// A longer or a shorter time: everybody employed since 2014, and not since 2022.
fn since(claims: &Claims<'_>) -> Option<Finding> {
    const WHOSE: [&str; 5] = [" who ", " whose ", "data", "records", "details"];
    const SINCE: [&str; 5] = ["since", "depuis", "ers", "from", "between"];
    if !claims.before.lexicon.has(Class::Affected, &claims.before.text)
        || !claims.after.lexicon.has(Class::Affected, &claims.after.text)
    {
        return None;
    }
    let from = |values: &values::Values| -> Option<(Since, String)> {
        let start = |value: &&values::Value| {
            let head = values.text.get(..value.at.start).unwrap_or_default();
            let word = words::words(head).last();
            value.kind == values::Kind::Date && word.is_some_and(|word| SINCE.contains(&word))
        };
        let value = values.all.iter().find(start)?;
        let part = |n: usize| value.canonical.split([' ', '/']).nth(n)?.parse::<u32>().ok();
        let since = match (part(2), part(1), part(0)) {
            (Some(year), ..) => Since::Year(year),
            // Without a year it may be when something is shut; of people and files it is a reach.
            (None, Some(month), day) if WHOSE.iter().any(|w| values.text.contains(w)) => {
                Since::Day(month, day.unwrap_or(0))
            }
            _ => return None,
        };
        Some((since, value.text.clone()))
    };
    let (old, new) = (from(claims.old)?, from(claims.new)?);
    // A year on one side alone may be the same as the other's.
    if std::mem::discriminant(&old.0) != std::mem::discriminant(&new.0) {
        return None;
    }
    let denied = !claims.before.denials.is_empty() && !claims.after.denials.is_empty();
    (old.0 != new.0)
        .then(|| finding((new.0 < old.0) != denied, "since", format!("since {} → since {}", old.1, new.1)))
}

/// All, most, some, few, only.
fn amount(claims: &Claims<'_>) -> Option<Finding> {
    const LADDER: [Class; 4] = [Class::Few, Class::Some, Class::Most, Class::All];
    let reach = |cells: &Cells<'_>| -> Option<(usize, String)> {
        let said = |(n, c): (usize, &Class)| cells.lexicon.first(*c, &cells.text).map(|w| (n, w.to_owned()));
        match LADDER.iter().enumerate().find_map(said) {
            // "L'ensemble des usagers" are all.
            Some((_, word)) if word == "des" => LADDER.iter().enumerate().rev().find_map(said),
            found => found,
        }
    };
    let affected = |cells: &Cells<'_>| {
        let speaks = |class| cells.lexicon.has(class, &cells.text);
        speaks(Class::Affected) || speaks(Class::Down) || speaks(Class::HarmOwn)
    };
    let speaks = affected(&claims.before) && affected(&claims.after);
    if !speaks && !only_how_many(claims) {
        return None;
    }
    let denied = !claims.before.denials.is_empty() && !claims.after.denials.is_empty();
    let (old, new) = (reach(&claims.before), reach(&claims.after));
    let wider = match (&old, &new) {
        (Some(old), Some(new)) if old.0 != new.0 => new.0 > old.0,
        (Some((0, _)), None) => true,
        (None, Some((0, _))) => false,
        // "Two routes" and "all routes".
        (None, Some((3, _))) if counted(claims.old) && !counted(claims.new) => true,
        (Some((3, _)), None) if counted(claims.new) && !counted(claims.old) => false,
        // "One school" and "several schools".
        (None, Some(_)) if is_one(claims.old) && !counted(claims.new) => true,
        (Some(_), None) if is_one(claims.new) && !counted(claims.old) => false,
        // "Staff who joined after 2015" and "all staff".
        (None, Some((3, all))) if is_part(&claims.after, all, &claims.before) => true,
        (Some((3, all)), None) if is_part(&claims.before, all, &claims.after) => false,
        _ => return None,
    };
    let word =
        |reach: &Option<(usize, String)>| reach.as_ref().map_or_else(|| "-".to_owned(), |r| quoted(&r.1));
    Some(finding(wider != denied, "amount", format!("{} → {}", word(&old), word(&new))))
}

fn is_one(values: &values::Values) -> bool {
    let mut numbers = values.all.iter().filter(|value| value.kind == values::Kind::Number);
    numbers.next().is_some_and(|value| value.canonical == "1") && numbers.next().is_none()
}

/// Whether one text says of all what the other says of a part of them, in the same words and some that say which part.
fn is_part(whole: &Cells<'_>, all: &str, part: &Cells<'_>) -> bool {
    const WHICH: [&str; 8] =
        [" who ", " made ", " from ", " in ", " between ", " after ", " before ", " under "];
    let which = |text: &str| WHICH.iter().filter(|word| text.contains(**word)).count();
    let (said, all) = (words::telling(&part.text), words::telling(all));
    let kept = |w: &String| all.contains(w) || said.contains(w);
    which(&part.text) > which(&whole.text) && words::telling(&whole.text).iter().all(kept)
}

fn counted(values: &values::Values) -> bool {
    values.all.iter().any(|value| value.kind == values::Kind::Number)
}

/// Whether nothing but how many it was differs, in a sentence that does not say that something works.
fn only_how_many(claims: &Claims<'_>) -> bool {
    const AMOUNTS: [Class; 4] = [Class::Few, Class::Some, Class::Most, Class::All];
    let works = |cells: &Cells<'_>| {
        cells.service.up.is_some()
            || cells.service.again.is_some()
            || cells.lexicon.has(Class::Can, &cells.text)
    };
    let rest = |cells: &Cells<'_>| {
        let mut text = cells.text.clone();
        for class in AMOUNTS {
            let found: Vec<_> = cells.lexicon.find(class, &text).map(|m| m.range()).collect();
            for at in found.into_iter().rev() {
                text.replace_range(at, "");
            }
        }
        words::words(&text)
            .filter(|w| !matches!(*w, "the" | "our" | "of"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    !works(&claims.before) && !works(&claims.after) && rest(&claims.before) == rest(&claims.after)
}

/// A list that grew or shrank within a sentence.
fn list(claims: &Claims<'_>) -> Option<Finding> {
    longer(&claims.before, &claims.after, &claims.before.text, &claims.after.text)
}

fn positive_list(claims: &Claims<'_>) -> Option<Finding> {
    let wider = |text: &str, cells: &Cells<'_>| cells.lexicon.has(Class::Wider, text);
    let (old, new) = (&claims.before.positive, &claims.after.positive);
    if old.is_empty() || new.is_empty() || wider(old, &claims.before) == wider(new, &claims.after) {
        return None;
    }
    let affected =
        claims.before.lexicon.has(Class::Affected, old) && claims.after.lexicon.has(Class::Affected, new);
    let grew = wider(new, &claims.after);
    affected.then(|| finding(grew, "list", if grew { quoted(new) } else { quoted(old) }))
}

fn longer(before: &Cells<'_>, after: &Cells<'_>, old: &str, new: &str) -> Option<Finding> {
    let speaks = |cells: &Cells<'_>, text: &str| {
        const SPEAKS: [Class; 4] = [Class::Affected, Class::Down, Class::HarmOwn, Class::Advice];
        SPEAKS.iter().any(|class| cells.lexicon.has(*class, text))
    };
    let works = |cells: &Cells<'_>| cells.service.up.is_some() && cells.service.down.is_none();
    // A shorter list of what works is a longer one of what does not.
    let denied = !before.denials.is_empty() && !after.denials.is_empty() || works(before) && works(after);
    if !denied && (!speaks(before, old) || !speaks(after, new)) {
        return None;
    }
    let extra = |part: &str, whole: &str| -> Option<String> {
        let (part, whole): (Vec<_>, Vec<_>) = (words::telling(part), words::telling(whole));
        let more: Vec<_> = whole.iter().filter(|w| !part.contains(w)).cloned().collect();
        let kept = part.iter().all(|w| whole.contains(w));
        (kept && !more.is_empty() && more.len() <= MORE).then(|| more.join(" "))
    };
    let joined = |text: &str| words::words(text).filter(|w| is_join(w, after.language)).count();
    // A comma parts the items of a list where something joins the last of them.
    let joins = |text: &str| match (joined(text), text.matches('•').count()) {
        (0, items) => items,
        (joined, items) => joined + items + text.matches(',').count(),
    };
    // Doubt, a cause, and what else was done to the same, are no list.
    let other = |cells: &Cells<'_>, text: &str| {
        const OTHER: [Class; 5] =
            [Class::ForNow, Class::NoEvidence, Class::Possible, Class::Probable, Class::Cause];
        OTHER.iter().map(|class| cells.lexicon.count(*class, text)).sum::<usize>()
    };
    let deeds = |part: &str, whole: &str| {
        let more: Vec<&str> = words::words(whole).filter(|w| words::words(part).all(|p| p != *w)).collect();
        cells::DEEDS.iter().any(|class| after.lexicon.has(*class, &more.join(" ")))
    };
    if other(before, old) != other(after, new) {
        return None;
    }
    let extra = |part: &str, whole: &str| extra(part, whole).filter(|_| !deeds(part, whole));
    if let Some(more) = extra(old, new).filter(|_| joins(new) > joins(old)) {
        return Some(finding(!denied, "list", format!("with {}", quoted(&more))));
    }
    if let Some(less) = extra(new, old).filter(|_| joins(old) > joins(new)) {
        return Some(finding(denied, "list", format!("without {}", quoted(&less))));
    }
    None
}

fn is_join(word: &str, language: Language) -> bool {
    let own = match language {
        Language::English => false,
        Language::Welsh => matches!(word, "a" | "ac" | "neu"),
        Language::French => matches!(word, "et" | "ou" | "ni"),
    };
    own || matches!(word, "and" | "or" | "nor" | "plus" | "including" | "also" | "former")
}

/// An item of a list of what is affected, or of what is not.
fn item(claims: &Claims<'_>) -> Option<Finding> {
    let hunk = &claims.place.hunk.at;
    let added = claims.added();
    let (page, at): (&Page<'_>, &[usize]) =
        if added { (&claims.pages.after, &hunk.after) } else { (&claims.pages.before, &hunk.before) };
    let (n, block) = page.block(*at.first()?)?;
    if !matches!(block.kind, BlockKind::Item | BlockKind::Row) {
        return None;
    }
    let lead = page.lead_in(n).map(|(_, block)| block).or_else(|| page.headings(n).next())?;
    let text = fold(&lead.text());
    let cells = Cells::of(&text, claims.after.language, page.lexicons);
    let lexicon = cells.lexicon;
    let clear = cells.service.up.is_some() || !cells.denials.is_empty();
    let hit = lexicon.has(Class::Affected, &text) || lexicon.has(Class::Down, &text);
    if !clear && !hit || cells::clauses(&text).count() == 0 {
        return None;
    }
    Some(finding(added != clear, "item", format!("under {}", quoted(&lead.text()))))
}
