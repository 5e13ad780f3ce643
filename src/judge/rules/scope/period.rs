//! A longer or a shorter time for which people or files are affected, and a wider or a narrower place.

use crate::{
    judge::{
        claims::Cells,
        finding::{Finding, quoted},
        rules::scope::reach::finding,
        sides::Sides,
        values,
    },
    model::Rule,
    text::{Class, List, words},
};

/// When the time begins for which people or files are affected.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Since {
    Year(u32),
    /// Month and day; 0 for a month alone.
    Day(u32, u32),
}

/// A longer or a shorter time: everybody employed since 2014, and not since 2022.
pub(in crate::judge) fn since(claims: &Sides<'_>) -> Option<Finding> {
    let reaches = |cells: &Cells<'_>| {
        cells.lexicon.has(Class::Affected, &cells.text) || List::ScopeBack.within(&cells.text).is_some()
    };
    if !reaches(&claims.before) || !reaches(&claims.after) {
        return None;
    }
    let from = |values: &values::Values| -> Option<(Since, String)> {
        let start = |value: &&values::Value| {
            let head = values.text.get(..value.at.start).unwrap_or_default();
            let word = words::words(head).last();
            value.kind == values::Kind::Date
                && (word.is_some_and(|word| List::ScopeSince.has(word))
                    || List::ScopeBack.closing(head).is_some())
        };
        let value = values.all.iter().find(start)?;
        let part = |n: usize| value.canonical.split([' ', '/']).nth(n)?.parse::<u32>().ok();
        let since = match (part(2), part(1), part(0)) {
            (Some(year), ..) => Since::Year(year),
            // Without a year it may be when something is shut; of people and files it is a reach.
            (None, Some(month), day) if List::ScopeWhose.within(&values.text).is_some() => {
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
    (old.0 != new.0).then(|| {
        finding((new.0 < old.0) != denied, Rule::Period, format!("since {} → since {}", old.1, new.1))
    })
}

/// "For a weekend" and "for a month".
pub(in crate::judge) fn lasting(claims: &Sides<'_>) -> Option<Finding> {
    let reaches = |cells: &Cells<'_>| {
        [Class::Affected, Class::Harm, Class::Down].iter().any(|class| cells.lexicon.has(*class, &cells.text))
    };
    if !reaches(&claims.before) || !reaches(&claims.after) {
        return None;
    }
    let span = |cells: &Cells<'_>| -> Option<(usize, String)> {
        let all: Vec<&str> = words::words(&cells.text).collect();
        let at = all.iter().position(|w| matches!(*w, "for" | "over" | "lasted"))?;
        let rest = all.get(at + 1..)?;
        let word = rest.iter().find(|w| !List::ScopeDurationLead.has(w))?;
        let step =
            List::ScopeDuration.iter().position(|span| word.strip_suffix('s').unwrap_or(word) == span)?;
        Some((step, (*word).to_owned()))
    };
    let (old, new) = (span(&claims.before)?, span(&claims.after)?);
    let denied = !claims.before.denials.is_empty() && !claims.after.denials.is_empty();
    (old.0 != new.0).then(|| {
        finding((new.0 > old.0) != denied, Rule::Duration, format!("{} → {}", quoted(&old.1), quoted(&new.1)))
    })
}

/// "Noticed in one street" and "noticed across the town".
pub(in crate::judge) fn across(claims: &Sides<'_>) -> Option<Finding> {
    let cut = |text: &'_ str, words: &[&str]| -> Option<(String, String)> {
        let at = words.iter().find_map(|word| text.find(word))?;
        Some((text.get(..at)?.to_owned(), text.get(at + 1..)?.to_owned()))
    };
    let wide = |text: &str| cut(text, &[" across ", " throughout "]);
    let near = |text: &str| cut(text, &[" in ", " within ", " at "]);
    let works = |cells: &Cells<'_>| cells.service.up.is_some() || cells.service.again.is_some();
    if works(&claims.before) || works(&claims.after) {
        return None;
    }
    let denied = !claims.before.denials.is_empty() && !claims.after.denials.is_empty();
    let (old, new) = (claims.before.text.as_str(), claims.after.text.as_str());
    match ((near(old), wide(old)), (near(new), wide(new))) {
        ((Some(a), None), (None, Some(b))) if a.0 == b.0 => Some(finding(!denied, Rule::Area, quoted(&b.1))),
        ((None, Some(a)), (Some(b), None)) if a.0 == b.0 => Some(finding(denied, Rule::Area, quoted(&b.1))),
        _ => None,
    }
}
