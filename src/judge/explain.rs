//! The cells that the rules compare, as lines for a person: what a text claims, how surely, and its values.
//!
//! Not here: any rule.

use crate::{
    judge::{
        claims::{self, Cells, Denial, SEVERITY},
        values::{Kind, Values},
    },
    text::{Class, Language, Lexicons, fold},
};

/// Further cells that are one word or phrase.
const WORDS: [(&str, Class); 7] = [
    ("cause", Class::Cause),
    ("promise", Class::Promise),
    ("advice", Class::Advice),
    ("all", Class::All),
    ("most", Class::Most),
    ("some", Class::Some),
    ("few", Class::Few),
];

/// The cells of a text, one a line.
pub(in crate::judge) fn cells(text: &str, page: Language, lexicons: &Lexicons) -> Vec<String> {
    let folded = fold(text);
    let cells = Cells::of(&folded, page, lexicons);
    let mut out = vec![format!("language {}", cells.language.tag())];
    out.extend(cells.denials.iter().map(denial));
    let (sure, word) = &cells.certainty;
    let word = word.as_ref().map_or_else(String::new, |word| format!(" (“{word}”)"));
    if !cells.positive.is_empty() {
        out.push(format!("claims “{}”, certainty {sure} of 3{word}", cells.positive));
    }
    for (name, ladder) in SEVERITY.map(|(rule, ladder)| (rule.name(), ladder)) {
        if let Some((step, word)) = claims::highest(ladder, &cells.positive, cells.lexicon) {
            out.push(format!("{name} {step} of {} (“{word}”)", ladder.len()));
        }
    }
    let service = &cells.service;
    for (name, word) in
        [("works", &service.up), ("works again", &service.again), ("does not work", &service.down)]
    {
        out.extend(word.iter().map(|word| format!("{name} (“{word}”)")));
    }
    for (name, class) in WORDS {
        out.extend(cells.lexicon.first(class, &folded).map(|word| format!("{name} (“{word}”)")));
    }
    out.extend(Values::of(&folded).all.iter().map(|value| {
        let kind = match value.kind {
            Kind::Number => "number",
            Kind::Date => "date",
            Kind::Time => "time",
            Kind::Phone => "phone",
            Kind::Mail => "mail",
            Kind::Address => "address",
            Kind::Version => "version",
            Kind::Mark => "identifier",
        };
        format!("{kind} {} (“{}”)", value.canonical, value.text)
    }));
    out
}

fn denial(denial: &Denial) -> String {
    let hedges = denial.hedges.iter().map(|hedge| format!("“{hedge}”")).collect::<Vec<_>>().join(", ");
    let hedges = if hedges.is_empty() { String::new() } else { format!(", by {hedges}") };
    let special = if denial.special { ", of some data only" } else { "" };
    format!(
        "denies “{}”, certainty {} of 3, deed {} of 5{special}{hedges}",
        denial.clause, denial.certainty, denial.deed
    )
}
