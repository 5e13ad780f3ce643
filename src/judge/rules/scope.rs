//! `scope-widened`, `scope-narrowed`: how much and how many are affected. Inside a denial the direction turns.

mod denied;
mod list;
mod period;
mod reach;

use reach::finding;

use crate::{
    judge::{
        claims::{AMOUNTS, Cells},
        finding::{Finding, quoted},
        rules::figures::bounds,
        sides::Sides,
        values,
    },
    model::Rule,
    text::{Class, Language, List, words},
};

/// What became of the reach. `settled`: the denials have been dealt with; `named`: a cause, a promise or a party
/// accounts for the words that came or went.
pub(in crate::judge) fn findings(claims: &Sides<'_>, settled: bool, named: bool) -> Option<Finding> {
    if claims.paired() {
        let told = figures(claims)
            .or_else(|| list::left_out(claims))
            .or_else(|| period::since(claims))
            .or_else(|| period::lasting(claims))
            .or_else(|| period::across(claims))
            .or_else(|| if settled { None } else { amount(claims) });
        // What a cause, a promise or a name added is no longer list.
        return told.or_else(|| match (settled, named) {
            (_, true) => None,
            (false, false) => list::list(claims),
            // A split or merged denial may have taken a wider claim with it.
            (true, false) => list::positive_list(claims),
        });
    }
    list::item(claims)
}

/// What became of the reach with a line of a thing and its state that came.
pub(in crate::judge) fn of_line(claims: &Sides<'_>) -> Option<Finding> {
    if claims.paired() { None } else { list::item(claims) }
}

/// More or fewer people, homes, files, days.
fn figures(claims: &Sides<'_>) -> Option<Finding> {
    let number = |pair: &(&values::Value, &values::Value)| pair.0.kind == values::Kind::Number;
    let revised = values::exchanged(claims.old, claims.new).into_iter().find(number);
    let Some((old, new)) = revised else { return ranged(claims) };
    // "It concerned 412 pupils" is said of pupils.
    let affected = |cells: &Cells<'_>, number: &values::Value| {
        // "CCE 14 will warn you": a number that nothing follows that could be counted.
        let counted = cells.text.get(number.at.end..).and_then(|rest| words::words(rest).next());
        if counted.is_some_and(|next| matches!(next, "will" | "is" | "can" | "does" | "has" | "may")) {
            return false;
        }
        let mut bare = cells.text.clone();
        let after = bare.get(number.at.end..).map_or(0, |rest| rest.len() - rest.trim_start().len());
        bare.replace_range(number.at.start..number.at.end + after, "");
        let says = |text: &str| {
            [Class::Affected, Class::Down, Class::Halted].iter().any(|c| cells.lexicon.has(*c, text))
        };
        says(&cells.text) || says(&bare)
    };
    let told =
        List::ScopeReported.iter().any(|w| claims.before.text.contains(w) && claims.after.text.contains(w));
    if !affected(&claims.before, old)
        || !affected(&claims.after, new)
        || told
        || is_of_bytes(claims, old)
        || old.canonical == new.canonical
    {
        return None;
    }
    let denies = !claims.before.denials.is_empty() && !claims.after.denials.is_empty();
    let denied =
        denies && denied::is_denied(&claims.before, &old.at) && denied::is_denied(&claims.after, &new.at);
    let restored = claims.after.service.again.is_some() && claims.before.service.again.is_some();
    // "One in five" is more than "one in ten".
    let share = |values: &values::Values, value: &values::Value| {
        let head = values.text.get(..value.at.start).unwrap_or_default();
        ["one in ", "1 in ", "un sur ", "une sur ", "un o bob "].iter().any(|words| head.ends_with(words))
    };
    let turned = denied || restored;
    let turned = turned != (share(claims.old, old) && share(claims.new, new));
    let wider = (new.amount > old.amount) != turned;
    Some(finding(wider, Rule::Figure, format!("{} → {}", old.text, new.text)))
}

/// Whether a number counts bytes of which nothing is said to have been stolen: how far a copy of our own has come.
fn is_of_bytes(claims: &Sides<'_>, number: &values::Value) -> bool {
    const STOLEN: [Class; 3] = [Class::Deed3, Class::Deed4, Class::Deed5];
    number.canonical.ends_with('b')
        && !STOLEN.iter().any(|class| claims.after.lexicon.has(*class, &claims.after.positive))
}

/// A number that became a range, or the reverse.
fn ranged(claims: &Sides<'_>) -> Option<Finding> {
    let (old, new) = (bounds::reach(claims.old)?, bounds::reach(claims.new)?);
    let affected = |cells: &Cells<'_>| cells.lexicon.has(Class::Affected, &cells.text);
    let denied = !claims.before.denials.is_empty() && !claims.after.denials.is_empty();
    let told = old.ranged != new.ranged
        && affected(&claims.before)
        && affected(&claims.after)
        && (old.most - new.most).abs() > f64::EPSILON;
    told.then(|| {
        finding((new.most > old.most) != denied, Rule::Figure, format!("{} → {}", old.text, new.text))
    })
}

/// All, most, some, few, only.
fn amount(claims: &Sides<'_>) -> Option<Finding> {
    let reach = |cells: &Cells<'_>| -> Option<(usize, String)> {
        // What is not limited to some is no few.
        let bare = cells.text.replace("not limited to", "").replace("not confined to", "");
        let said = |(n, c): (usize, &Class)| cells.lexicon.first(*c, &bare).map(|w| (n, w.to_owned()));
        match AMOUNTS.iter().enumerate().find_map(said) {
            // "L'ensemble des usagers" are all.
            Some((_, word)) if word == "des" => AMOUNTS.iter().enumerate().rev().find_map(said),
            found => found,
        }
    };
    let affected = |cells: &Cells<'_>| {
        let speaks = |class| cells.lexicon.has(class, &cells.text);
        speaks(Class::Affected) || speaks(Class::Down) || speaks(Class::HarmOwn)
    };
    let speaks = affected(&claims.before) && affected(&claims.after);
    // Fewer that are back are more that are not.
    let works = |cells: &Cells<'_>| {
        (cells.service.up.is_some() || cells.service.again.is_some())
            && cells.service.down.is_none()
            && cells.denials.is_empty()
    };
    let works = works(&claims.before) && works(&claims.after) && !(speaks && says_affected(claims));
    // Of another sentence nobody can say that it is more.
    let alike = |one: &Cells<'_>, other: &Cells<'_>| words::coverage(&one.text, &other.text) >= ALIKE;
    let english = claims.after.language == Language::English;
    if english && !(alike(&claims.before, &claims.after) && alike(&claims.after, &claims.before)) {
        return None;
    }
    if !speaks && !works && !only_how_many(claims) {
        return of_whom(claims);
    }
    let denied = works || !claims.before.denials.is_empty() && !claims.after.denials.is_empty();
    // Where one side denies and the other does not, more was said than how much it is.
    if claims.before.denials.is_empty() != claims.after.denials.is_empty() {
        return None;
    }
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
        // "Our northern region" and "all our regions".
        (None, Some((3, all))) if is_of_one_kind(&claims.after, all, &claims.before) => true,
        (Some((3, all)), None) if is_of_one_kind(&claims.before, all, &claims.after) => false,
        // "Staff who joined after 2015" and "all staff".
        (None, Some((3, all))) if is_part(&claims.after, all, &claims.before) => true,
        (Some((3, all)), None) if is_part(&claims.before, all, &claims.after) => false,
        _ if denied => return None,
        _ => return of_whom(claims),
    };
    let word =
        |reach: &Option<(usize, String)>| reach.as_ref().map_or_else(|| "-".to_owned(), |r| quoted(&r.1));
    Some(finding(wider != denied, Rule::Amount, format!("{} → {}", word(&old), word(&new))))
}

/// Two sentences say how much of the same from this share of their telling words.
const ALIKE: f64 = 0.4;

/// Whether both sides say outright what is affected.
fn says_affected(claims: &Sides<'_>) -> bool {
    let says = |cells: &Cells<'_>| {
        words::words(&cells.text).any(|w| w.starts_with("affect") || w.starts_with("impact"))
    };
    says(&claims.before) && says(&claims.after)
}

/// "Some suppliers were paid late" where it was suppliers, or "staff who ..." where it was all staff: the same are spoken
/// of, and how many of them is said on one side alone. What is open or works again reaches the other way, and is no harm.
fn of_whom(claims: &Sides<'_>) -> Option<Finding> {
    let works = |cells: &Cells<'_>| {
        cells.lexicon.has(Class::Up, &cells.text) || cells.lexicon.has(Class::Promise, &cells.text)
    };
    if works(&claims.before) || works(&claims.after) {
        return None;
    }
    let opening =
        |cells: &Cells<'_>| -> Vec<String> { words::words(&cells.text).take(3).map(str::to_owned).collect() };
    let (old, new) = (opening(&claims.before), opening(&claims.after));
    let [first, rest @ ..] = old.as_slice() else { return None };
    let [now, others @ ..] = new.as_slice() else { return None };
    let same = |longer: &[String], shorter: &[String]| longer.iter().zip(shorter).all(|(a, b)| a == b);
    let told = |wider, words: &str| Some(finding(wider, Rule::Amount, quoted(words)));
    let (some, all) = (|w: &str| List::ScopePart.has(w), |w: &str| List::ScopeWhole.has(w));
    if rest.len() == 2 && same(rest, &new) && (some(first) || all(first)) {
        return told(some(first), first);
    }
    if others.len() == 2 && same(others, &old) && (some(now) || all(now)) {
        return told(all(now), now);
    }
    None
}

fn is_one(values: &values::Values) -> bool {
    let mut numbers = values.all.iter().filter(|value| value.kind == values::Kind::Number);
    numbers.next().is_some_and(|value| value.canonical == "1") && numbers.next().is_none()
}

/// Whether one text says of all what the other says of a part of them, in the same words and some that say which part.
fn is_part(whole: &Cells<'_>, all: &str, part: &Cells<'_>) -> bool {
    let which = |text: &str| List::ScopeRelative.iter().filter(|word| text.contains(word)).count();
    let (said, all) = (words::stems(&part.text), words::stems(all));
    let kept = |w: &String| all.contains(w) || said.contains(w) || List::ScopeArea.has(w.as_str());
    // "Every clinic" and "the eye clinic".
    let one = all.len() == 1 && all.first().is_some_and(|all| matches!(all.as_str(), "ever" | "each")) && {
        let whole = words::stems(&whole.text);
        said.len() == whole.len()
    };
    (one || which(&part.text) > which(&whole.text) || is_narrower(&part.text, &whole.text))
        && words::stems(&whole.text).iter().all(kept)
}

/// Whether a text has a word or two before the noun that another has without them: "deferred members", "all members".
fn is_narrower(part: &str, whole: &str) -> bool {
    let bare = |text: &str| -> Vec<String> {
        words::words(text).filter(|w| !List::ScopeLead.has(w)).map(str::to_owned).collect()
    };
    let (part, whole) = (bare(part), bare(whole));
    let more = part.len().saturating_sub(whole.len());
    (1..=2).contains(&more) && !whole.is_empty() && part.get(more..) == Some(whole.as_slice())
}

/// Whether one text says of all of a kind what the other says of one that it calls by a word more: "our northern region",
/// "all our regions".
fn is_of_one_kind(whole: &Cells<'_>, all: &str, one: &Cells<'_>) -> bool {
    let Some(rest) = whole.text.find(all).and_then(|at| whole.text.get(at + all.len()..)) else {
        return false;
    };
    let Some(kind) = words::words(rest).find(|w| !List::ScopePossessive.has(w) && *w != "of") else {
        return false;
    };
    let said: Vec<&str> = words::words(&one.text).collect();
    let known = words::stems(&whole.text);
    said.windows(3).any(|three| match three {
        [its, which, noun] if List::ScopePossessive.has(its) && words::stem(noun) == words::stem(kind) => {
            words::stems(which).first().is_some_and(|stem| !known.contains(stem))
        }
        _ => false,
    })
}

fn counted(values: &values::Values) -> bool {
    values.all.iter().any(|value| value.kind == values::Kind::Number)
}

/// Whether nothing but how many it was differs, in a sentence that does not say that something works.
fn only_how_many(claims: &Sides<'_>) -> bool {
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
