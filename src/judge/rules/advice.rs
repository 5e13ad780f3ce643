//! `advice-changed`: what the reader should, must or need not do.

use crate::{
    judge::{
        claims,
        finding::{Finding, quoted},
        sides::Sides,
        values::Values,
    },
    model::{Label, Rule},
    text::{Class, Found, Lexicon, List, words},
};

/// Under this share of the same telling words it is other advice.
const SAME: f64 = 0.7;

#[derive(Debug, PartialEq, Eq, Clone, Copy)]
enum Turn {
    Do,
    DoNot,
    NeedNot,
}

struct Advice<'t> {
    turn: Turn,
    clause: &'t str,
}

/// What became of the advice.
pub(in crate::judge) fn findings(claims: &Sides<'_>) -> Option<Finding> {
    let all = |cells: &claims::Cells<'_>| -> Vec<(Turn, String)> {
        let lexicon = cells.lexicon;
        // "Why was the boil water notice issued?"
        let asks = cells.text.ends_with('?') && claims::sentences(&cells.text).count() == 1;
        let sentences = claims::sentences(&cells.text).filter(|_| !asks);
        sentences
            .flat_map(claims::clauses)
            .filter_map(|c| advice(c, lexicon))
            .map(|a| (a.turn, a.clause.to_owned()))
            .collect()
    };
    let (old, new) = (all(&claims.before), all(&claims.after));
    let differs = |mine: &[(Turn, String)], others: &[(Turn, String)]| {
        let same = |a: &(Turn, String)| others.iter().any(|b| a.0 == b.0 && is_same(&a.1, &b.1));
        mine.iter().find(|a| !same(a)).map(|a| a.1.clone())
    };
    if claims.added() && claims.pages.before.says(&claims.after.text, &claims.place.hunk.at.before)
        || claims.removed() && claims.pages.after.says(&claims.before.text, &claims.place.hunk.at.after)
    {
        return None;
    }
    let gone = differs(&old, &new).or_else(|| more(&claims.before, &new, &claims.after));
    let come = differs(&new, &old).or_else(|| more(&claims.after, &old, &claims.before));
    let gone = gone.filter(|clause| claims.moved.gone(clause));
    let come = come.filter(|clause| claims.moved.come(clause));
    let evidence = match (gone, come.or_else(|| conditioned(claims, &old, &new))) {
        (Some(gone), Some(come)) => format!("{} → {}", quoted(&gone), quoted(&come)),
        (Some(gone), None) => format!("{} is gone", quoted(&gone)),
        (None, Some(come)) => quoted(&come),
        (None, None) => return None,
    };
    Some(Finding::new(Label::AdviceChanged, Rule::Advice, evidence))
}

/// A condition that came to advice that stands, or went: "in any release other than 2.16, remove it".
fn conditioned(claims: &Sides<'_>, old: &[(Turn, String)], new: &[(Turn, String)]) -> Option<String> {
    let of = |clause: &str| {
        List::AdviceCondition.iter().find(|words| format!(" {clause} ").contains(&format!(" {words} ")))
    };
    let (was, is) = (old.first()?, new.first()?);
    match (of(&was.1), of(&is.1)) {
        (None, Some(words)) if claims.moved.come(words) => Some(is.1.clone()),
        (Some(words), None) if claims.moved.gone(words) => Some(is.1.clone()),
        _ => None,
    }
}

/// Advice that stands beside what is advised on both sides, in the same clause: "..., and change your passwords"; or in its
/// place.
fn more(mine: &claims::Cells<'_>, others: &[(Turn, String)], other: &claims::Cells<'_>) -> Option<String> {
    let found = mine.lexicon.find(Class::Advice, &mine.text).map(|m| m.as_str());
    // "..., and to change their PIN".
    let also = |text: &str| text.match_indices(" and to ").count();
    if !others.is_empty()
        && also(&mine.text) > also(&other.text)
        && mine.lexicon.has(Class::Advice, &mine.text)
    {
        return mine.text.rfind(" and to ").and_then(|at| mine.text.get(at + 1..)).map(str::to_owned);
    }
    let new = |words: &&str| !words::stems(words).is_empty() && words::coverage(words, &other.text) <= 0.0;
    let joins =
        |text: &str| words::words(text).filter(|w| matches!(*w, "and" | "or" | "a" | "ac" | "et")).count();
    let longer = joins(&mine.text) > joins(&other.text);
    // "Change your password" for "contact your bank": each side has what the other has not.
    let theirs = other.lexicon.find(Class::Advice, &other.text).map(|m| m.as_str());
    let lost = |words: &str| words::stems(words).len() > 1 && words::coverage(words, &mine.text) <= 0.0;
    let exchanged = theirs.into_iter().any(lost);
    if others.is_empty() || !longer && !exchanged {
        return None;
    }
    // "Hang up and report it to your bank."
    let last = mine.text.rsplit_once(" and ").map(|(_, last)| last).filter(|last| {
        let commands = mine.lexicon.find(Class::Imperative, last).next().is_some_and(|m| m.start() == 0);
        longer && commands && words::coverage(last, &other.text) <= 0.0
    });
    if let Some(last) = last {
        return Some(last.to_owned());
    }
    found.into_iter().find(|words| new(words)).map(str::to_owned)
}

fn advice<'t>(clause: &'t str, lexicon: &Lexicon) -> Option<Advice<'t>> {
    let commands = lexicon.find(Class::Imperative, clause).any(|m| {
        let (head, tail) =
            (clause.get(..m.start()).unwrap_or_default(), clause.get(m.end()..).unwrap_or_default());
        // "Email, Teams and the payroll are working" names things.
        if tail.starts_with(',') && matches!(m.as_str(), "email" | "e-mail" | "phone" | "text") {
            return false;
        }
        // "Boil water notice: questions" is a name.
        let noun = words::words(tail).take(3).any(|w| matches!(w, "notice" | "order" | "advisory"));
        if m.as_str() == "boil" && noun {
            return false;
        }
        // "Email alerts do not arrive".
        let next = words::words(tail).next().unwrap_or_default();
        let noun = matches!(m.as_str(), "email" | "e-mail" | "phone" | "text" | "report" | "access");
        let named =
            |next: &str| List::AdviceFollowing.has(next) || next.contains(|c: char| c.is_ascii_digit());
        if noun && !next.is_empty() && !named(next) && !tail.trim_start().contains('@') {
            return false;
        }
        // "Email was affected", "contact details": a thing, and no command.
        let joined = m.as_str().contains(' ') && matches!(next, "and" | "or");
        if !joined && List::AdviceNoCommand.has(next) {
            return false;
        }
        words::words(head).count() == 0
            || head.ends_with(", ") && List::AdviceOpening.opening(head).is_some()
            || head == "only "
            || matches!(words::words(head).last(), Some("please" | "also" | "then" | "instead"))
                && !is_said_of_others(head)
    });
    // "It is important to stress that nobody was hurt" asks nothing of anybody.
    let said = |m: &Found<'_>| {
        let next = words::words(clause.get(m.end()..).unwrap_or_default()).next();
        (m.as_str().ends_with(" to") || m.as_str() == "please")
            && next.is_some_and(|next| List::AdviceSays.has(next))
    };
    let asked = |m: &Found<'_>| is_asked_of_the_reader(clause, m);
    let advised =
        lexicon.find(Class::Advice, clause).any(|m| !said(&m) && asked(&m)) || tells_readers(clause);
    if !commands && !advised {
        return None;
    }
    let turn = if lexicon.has(Class::NoNeed, clause) {
        Turn::NeedNot
    } else if lexicon.has(Class::Prohibit, clause) {
        Turn::DoNot
    } else {
        Turn::Do
    };
    Some(Advice { turn, clause })
}

/// Whether words that advise are said to the reader: "users should upgrade", and not "it should be done by tomorrow", "we need
/// to change our plans", "so that they don't use up your quota", "to avoid delays".
fn is_asked_of_the_reader(clause: &str, found: &Found<'_>) -> bool {
    let (head, rest) =
        (clause.get(..found.start()).unwrap_or_default(), clause.get(found.end()..).unwrap_or_default());
    let said = found.as_str();
    let who = words::words(head).rev().find(|word| !List::AdviceGap.has(word));
    let other = who.is_some_and(|who| List::AdviceOtherPeople.has(who));
    let last = said.rsplit(' ').next().unwrap_or_default();
    let be = matches!(last, "be" | "still" | "now" | "also" | "not")
        && (said.starts_with("should") || said.starts_with("must"));
    if be {
        let reader = who.is_some_and(|who| List::Reader.has(who));
        let done =
            words::words(rest).find(|word| !List::AdviceGap.has(word) && *word != "be").unwrap_or_default();
        // "Families should not call" goes on with a verb, and not with what something is.
        let active = last != "be" && !rest.trim_start().starts_with("be ");
        return reader && !List::AdviceNoDeed.has(done) || List::AdvicePassive.has(done) || active && !other;
    }
    if said.starts_with("avoid") {
        let aim = who == Some("to") && !["advised to ", "urged to "].iter().any(|to| head.ends_with(to));
        return !aim && !is_said_of_others(head);
    }
    // "We do not ask you for it".
    if said.starts_with("ask") && matches!(words::words(head).last(), Some("not" | "never" | "don't")) {
        return false;
    }
    // "Performance should return to normal" is hoped for.
    let goes_on =
        matches!(last, "return" | "stop" | "remain" | "continue" | "keep") && said.starts_with("should");
    if goes_on && !who.is_some_and(|who| List::Reader.has(who)) {
        return false;
    }
    let told = ["need to", "do not", "don't", "must", "should", "change", "reset", "ought"];
    !(told.iter().any(|told| said.starts_with(told)) && other)
}

/// Whether readers are named and told what they are to do: "Java 7 users should upgrade", "we recommend upgrading".
fn tells_readers(clause: &str) -> bool {
    List::AdviceDuty.iter().any(|told| {
        clause.match_indices(told).any(|(at, _)| {
            let head = clause.get(..at).unwrap_or_default();
            let reader = words::words(head)
                .last()
                .is_some_and(|who| List::Reader.has(who) && who != "staff" && who != "affected");
            let next = words::words(clause.get(at + told.len()..).unwrap_or_default()).next();
            reader && next.is_some_and(|next| !List::AdviceNoDeed.has(next))
        })
    }) || List::AdviceRecommends.within(clause).is_some()
}

/// Whether what stands before a verb makes it what somebody does or will do: "officers will also contact", "we avoid".
fn is_said_of_others(head: &str) -> bool {
    let told = |w: &str| matches!(w, "will" | "would" | "shall" | "could" | "we" | "they" | "who");
    let mut words: Vec<&str> = words::words(head).collect();
    while words.last().is_some_and(|last| matches!(*last, "also" | "then" | "instead")) {
        words.pop();
    }
    words.last().is_some_and(|last| told(last))
}

/// Whether two clauses say much of the same, figures aside, and by the same means.
fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (Values::of(a).frame, Values::of(b).frame);
    let plain = |frame: &str| -> String {
        let figure = |w: &&str| !w.contains(|c: char| c.is_ascii_digit());
        words::words(frame).filter(figure).collect::<Vec<_>>().join(" ")
    };
    let (old, new) = (plain(&a), plain(&b));
    words::coverage(&old, &new).min(words::coverage(&new, &old)) >= SAME && !by_other_means(&a, &b)
}

/// Whether it is to be done by other means, or with somebody else: "by card", "by cash". `a`, `b`: without values.
fn by_other_means(a: &str, b: &str) -> bool {
    let means = |text: &str, other: &str| -> Vec<String> {
        let all: Vec<&str> = words::words(text).collect();
        let others: Vec<&str> = words::words(other).collect();
        let pairs = all.windows(2).filter_map(|two| match two {
            [by, what] if List::AdviceWay.has(by) && !others.contains(what) => Some((*what).to_owned()),
            _ => None,
        });
        pairs.filter(|what| !words::stems(what).is_empty() && what.chars().all(char::is_alphabetic)).collect()
    };
    let (old, new) = (means(a, b), means(b, a));
    old.len() == 1 && new.len() == 1 && words::words(a).count().abs_diff(words::words(b).count()) <= 1
}
