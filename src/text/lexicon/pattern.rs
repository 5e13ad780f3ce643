//! From an entry of a lexicon to a pattern over folded text: gaps, choices, open ends, and the mutations of Welsh.
//!
//! Not here: which entries there are.

use crate::text::Language;

static MUTATIONS: &str = include_str!("../lexicons/mutations.txt");

/// An entry as a regular expression over folded text.
pub(super) fn expression(entry: &str, language: Language) -> String {
    let mut out = String::new();
    for (n, word) in entry.split_whitespace().enumerate() {
        if word == ".." {
            out.push_str("(?: [^ ]+){0,4}?");
            continue;
        }
        if n > 0 {
            out.push_str(",? ");
        }
        out.push_str(&alternatives(word, language));
    }
    out
}

/// A word, or a choice in brackets, whose parts may have spaces written as they stand: `(a|b)`.
fn alternatives(word: &str, language: Language) -> String {
    let mut out = String::new();
    let mut plain = String::new();
    for c in word.chars() {
        if matches!(c, '(' | ')' | '|' | '*') {
            out.push_str(&mutated(&std::mem::take(&mut plain), language));
            out.push_str(match c {
                '(' => "(?:",
                ')' => ")",
                '|' => "|",
                _ => "[a-zà-ÿŵŷœ0-9'-]*",
            });
        } else {
            plain.push(c);
        }
    }
    out.push_str(&mutated(&plain, language));
    out
}

/// A word in each form that an initial mutation gives it.
fn mutated(word: &str, language: Language) -> String {
    let forms = if language == Language::Welsh { mutations(word) } else { Vec::new() };
    let forms: Vec<_> = forms.iter().map(|form| regex::escape(form)).collect();
    if forms.len() > 1 { format!("(?:{})", forms.join("|")) } else { regex::escape(word) }
}

/// A Welsh word with each of its initial mutations, itself first.
pub(crate) fn mutations(word: &str) -> Vec<String> {
    let mut forms = vec![word.to_owned()];
    for line in MUTATIONS.lines().filter(|line| !line.starts_with('#')) {
        let mut letters = line.split_whitespace();
        if let Some(rest) = letters.next().and_then(|head| word.strip_prefix(head)).filter(|r| r.len() > 1) {
            forms.extend(letters.map(|form| format!("{}{rest}", if form == "-" { "" } else { form })));
            break;
        }
    }
    forms.dedup();
    forms
}

/// An entry as it may stand in a text: a choice stands for its first part, a gap for nothing, an open end for none.
#[cfg(test)]
pub(crate) fn plainest(entry: &str) -> String {
    let (mut text, mut skipped) = (String::new(), false);
    for c in entry.chars() {
        match c {
            '(' | '*' => {}
            '|' => skipped = true,
            ')' => skipped = false,
            c if !skipped => text.push(c),
            _ => {}
        }
    }
    text.split_whitespace().filter(|word| *word != "..").collect::<Vec<_>>().join(" ")
}
