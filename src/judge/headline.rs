//! One line that a reporter could print: short, true, quoting the words that moved.

use crate::{
    judge::certainty,
    model::{Change, ChangeKind, Label, Level, Rule, Span, SpanPair},
    text::List,
};

/// A quotation is cut after so many letters, at the end of a word.
const QUOTED: usize = 90;

/// The headline of an event with these changes, the weightiest first; empty when there are none.
pub(super) fn write(changes: &[Change]) -> String {
    let Some(first) = changes.first() else { return String::new() };
    let told = phrase(first);
    let loud = |change: &&Change| change.level == first.level && change.level > Level::Silent;
    match changes.iter().filter(loud).count() {
        0 | 1 => told,
        more => format!("{told} (and {} more)", more - 1),
    }
}

/// One change: by the name of its class where that is certain, else by its words alone.
fn phrase(change: &Change) -> String {
    if change.kind == ChangeKind::StatementRemoved {
        return format!("Statement removed: {}", quoted(&change.before));
    }
    let Some(first) = change.labels.first() else {
        return format!("{}: {}", kind(change.kind), quoted(side(change)));
    };
    // A figure says how much more is affected.
    let figure = change.labels.iter().find(|label| **label == Label::NumberRevised);
    let label =
        *figure.filter(|_| matches!(first, Label::ScopeWidened | Label::ScopeNarrowed)).unwrap_or(first);
    if is_plain(change, label) {
        return plain(change);
    }
    // That nobody says any more that it is down does not say that it is back.
    let named = match label {
        Label::ServiceRestored if change.after.is_empty() => "No longer said to be down",
        Label::ServiceDisrupted if change.after.is_empty() => "No longer said to be back",
        label => name(label),
    };
    format!("{named}: {}", words(change, label))
}

/// Whether no class is named: none was found, or the sentence holds a concession and its opposite, of which the class names
/// the lesser half.
fn is_plain(change: &Change, label: Label) -> bool {
    let denial = matches!(label, Label::DenialAdded | Label::DenialStrengthened);
    label == Label::Other
        || !certainty::names(change, label)
        || denial && change.after.iter().any(|text| conceded(text).is_some())
}

/// What stands without the name of a class: the words that are new, that are gone, or that took the place of others.
fn plain(change: &Change) -> String {
    match (change.before.is_empty(), change.after.is_empty()) {
        (true, _) => format!("New: {}", weightier(&change.after)),
        (_, true) => format!("Gone: {}", weightier(&change.before)),
        _ => {
            let (before, after) = around_both(change);
            format!("Changed: {before} → {after}")
        }
    }
}

/// A side as quoted by itself: of a concession and its opposite the opposite; around its first figure where that would be
/// cut off.
fn weightier(sentences: &[String]) -> String {
    let text = sentences.join(" ");
    if let Some(half) = conceded(&text) {
        return format!("“… {}”", cut(half.trim_end_matches('.')));
    }
    let figure = text.char_indices().position(|(at, c)| c.is_ascii_digit() && counts(&text, at));
    around(sentences, figure.map(|at| Span(at, at + 1)))
}

/// Whether digits at a byte count something, and are no part of a name, a date or a version: "18,400 residents".
fn counts(text: &str, at: usize) -> bool {
    let (head, rest) = (text.get(..at).unwrap_or_default(), text.get(at..).unwrap_or_default());
    let digits = rest.chars().take_while(|c| c.is_ascii_digit() || *c == ',').count();
    let apart = head.is_empty() || head.ends_with(' ');
    apart
        && digits >= 3
        && rest.chars().nth(digits) == Some(' ')
        && !rest.starts_with("20")
        && !rest.starts_with("19")
}

/// The half of a sentence that a concession before it only leads up to: "while we have no direct evidence, | we assume".
fn conceded(text: &str) -> Option<&str> {
    let lower = text.to_lowercase();
    if lower.len() != text.len() || List::Concession.opening(&lower).is_none() {
        return None;
    }
    let at =
        List::ConcessionTurn.iter().filter_map(|turn| text.rfind(turn)).max().or_else(|| text.find(", "))?;
    text.get(at + 2..)
}

/// What moved, by the label.
fn words(change: &Change, label: Label) -> String {
    let values = |rules: &[Rule]| {
        let reason =
            change.reasons.iter().find(|reason| reason.rule().is_some_and(|rule| rules.contains(&rule)));
        reason.map(|reason| format!("{}, in {}", reason.evidence, quoted(&change.after)))
    };
    let valued = match label {
        Label::NumberRevised => values(&[Rule::Number, Rule::Bound, Rule::Version]),
        Label::DateRevised => values(&[Rule::Date]),
        Label::LinkChanged => {
            let reason = change.reasons.iter().find(|reason| reason.rule() == Some(Rule::Link));
            reason.map(|reason| format!("{}: {}", quoted(&change.after), reason.evidence))
        }
        _ => None,
    };
    valued.unwrap_or_else(|| match (change.before.is_empty(), change.after.is_empty()) {
        (false, true) => format!("{} is gone", quoted(&change.before)),
        (true, _) => quoted(&change.after),
        (false, false) => {
            let (before, after) = around_both(change);
            format!("{before} is now {after}")
        }
    })
}

/// Both sides, each around the first words that moved.
fn around_both(change: &Change) -> (String, String) {
    let span = |of: fn(&SpanPair) -> Option<Span>| change.spans.first().and_then(of);
    (
        around(&change.before, span(|s| s.before.or(s.after))),
        around(&change.after, span(|s| s.after.or(s.before))),
    )
}

fn side(change: &Change) -> &[String] {
    if change.after.is_empty() { &change.before } else { &change.after }
}

/// The side of a change in quotation marks, cut around the first words that differ where it is long.
fn around(sentences: &[String], span: Option<Span>) -> String {
    let text = sentences.join(" ");
    let text = text.trim_end_matches('.');
    let length = text.chars().count();
    let at = span.map_or(0, |span| span.0);
    if length <= QUOTED || at + LEFT <= QUOTED {
        return quoted(sentences);
    }
    // From a word's beginning some way before.
    let from = at.min(length.saturating_sub(QUOTED - LEFT)).saturating_sub(LEFT);
    let tail: String = text.chars().skip(from).collect();
    let tail = tail.split_once(' ').map_or(tail.as_str(), |(_, tail)| tail);
    format!("“… {}”", cut(tail))
}

/// So much of a long sentence is quoted before the words that differ.
const LEFT: usize = 30;

/// Sentences in quotation marks, without the last full stop, cut where they are long.
fn quoted(sentences: &[String]) -> String {
    let text = sentences.join(" ");
    format!("“{}”", cut(text.trim_end_matches('.')))
}

/// A text, or its first words with a sign that it goes on.
fn cut(text: &str) -> String {
    let mut end = 0;
    for (at, c) in text.char_indices().take(QUOTED + 1) {
        if c.is_whitespace() {
            end = at;
        }
    }
    if text.chars().count() <= QUOTED {
        return text.to_owned();
    }
    let cut = if end == 0 {
        text.chars().take(QUOTED).collect()
    } else {
        text.get(..end).unwrap_or_default().to_owned()
    };
    format!("{} …", cut.trim_end_matches([',', ';', ':']))
}

fn kind(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Edited => "Edited",
        ChangeKind::Added => "Added",
        ChangeKind::Removed => "Removed",
        ChangeKind::Moved => "Moved",
        ChangeKind::Split => "Split",
        ChangeKind::Merged => "Joined",
        ChangeKind::StatementRemoved => "Statement removed",
    }
}

/// As a headline begins: "Denial hedged".
fn name(label: Label) -> &'static str {
    match label {
        Label::DenialWithdrawn => "Denial withdrawn",
        Label::DenialHedged => "Denial hedged",
        Label::DenialStrengthened => "Denial strengthened",
        Label::DenialAdded => "Denial added",
        Label::SeverityRaised => "Put more gravely",
        Label::SeverityLowered => "Put less gravely",
        Label::ScopeWidened => "More is affected",
        Label::ScopeNarrowed => "Less is affected",
        Label::NumberRevised => "Number revised",
        Label::DateRevised => "Date revised",
        Label::PartyNamed => "Party named",
        Label::PartyRemoved => "Party no longer named",
        Label::CommitmentAdded => "Commitment added",
        Label::CommitmentDropped => "Commitment dropped",
        Label::AttributionAdded => "Cause named",
        Label::AttributionRemoved => "Cause no longer named",
        Label::ServiceRestored => "Service restored",
        Label::ServiceDisrupted => "Service disrupted",
        Label::HedgeAdded => "Less certain",
        Label::HedgeRemoved => "More certain",
        Label::AdviceChanged => "Advice changed",
        Label::ContactChanged => "Contact changed",
        Label::LinkChanged => "Link changed",
        Label::Other => "Changed",
        Label::Reworded => "Reworded",
        Label::Boilerplate => "Furniture changed",
        Label::DateStamp => "Date stamp changed",
        Label::Cosmetic => "Set otherwise",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Reason;

    fn change(label: Label, before: &[&str], after: &[&str]) -> Change {
        let texts = |side: &[&str]| side.iter().map(|s| (*s).to_owned()).collect();
        Change {
            labels: vec![label],
            before: texts(before),
            after: texts(after),
            level: Level::Alert,
            ..Change::default()
        }
    }

    #[test]
    fn headlines_quote_what_moved() {
        let gone = change(Label::DenialWithdrawn, &["No data was taken."], &[]);
        assert_eq!(write(std::slice::from_ref(&gone)), "Denial withdrawn: “No data was taken” is gone");
        let mut number = change(Label::NumberRevised, &["It hit 5 people."], &["It hit 9 people."]);
        number.reasons = vec![Reason::own(Rule::Number, "5 → 9")];
        assert_eq!(write(&[number, gone]), "Number revised: 5 → 9, in “It hit 9 people” (and 1 more)");
        let long = change(Label::Other, &[], &[&"word ".repeat(40)]);
        assert!(write(&[long]).ends_with("word …”"));
        let far =
            |word: &str| format!("{}{word} was taken in the end.", "We say so again and again. ".repeat(6));
        let mut far = change(Label::DenialWithdrawn, &[&far("no data")], &[&far("data")]);
        far.spans = vec![SpanPair { before: Some(Span(162, 164)), after: None }];
        let told = write(&[far]);
        assert!(told.contains("again. no data was") && told.contains("again. data was"), "{told}");
        assert_eq!(write(&[]), "");
    }
}
