//! Numbers in digits and in words, with their scale, their currency and what is of a hundred.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    judge::values::{Kind, Value, numerals, spelt},
    text::List,
};

static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"[£€$]?\b[0-9]{1,3}(?:[, \u{a0}][0-9]{3})+(?:\.[0-9]+)?|[£€$]?\b[0-9]+(?:[.,][0-9]+)?").ok()
});

/// The numbers of folded text; those in digits first.
pub(in crate::judge) fn all(text: &str) -> Vec<Value> {
    let mut found = Vec::new();
    if let Some(pattern) = NUMBER.as_ref() {
        for m in pattern.find_iter(text) {
            let digits: String = figure(m.as_str());
            let Ok(amount) = digits.parse::<f64>() else { continue };
            let (mut amount, mut end) = (amount, m.end());
            let rest = text.get(end..).unwrap_or_default();
            let word: String =
                rest.trim_start_matches([' ', '-']).chars().take_while(|c| c.is_alphabetic()).collect();
            let gap = rest.len() - rest.trim_start_matches([' ', '-']).len();
            let sign = ["£", "€", "$"].into_iter().find(|sign| m.as_str().starts_with(sign));
            let mut unit = sign.unwrap_or("");
            if let Some(scale) = numerals::scale(&word).filter(|_| word != "cent" && word != "cents") {
                amount *= scale;
                end += gap + word.len();
            } else if rest.starts_with('%') {
                (end, unit) = (end + 1, "%");
            } else if let Some(len) = per_cent(rest) {
                (end, unit) = (end + len, "%");
            } else if let Some((len, factor)) = bytes(rest) {
                (amount, end, unit) = (amount * factor, end + len, "b");
            }
            found.push(number(text, m.start()..end, amount, unit));
        }
    }
    found.extend(in_words(text));
    found
}

/// How long the words for "of a hundred" at the head of a text are.
fn per_cent(rest: &str) -> Option<usize> {
    List::PerCent.opening(rest).map(str::len)
}

/// How long the words for a quantity of data at the head of a text are, and how many bytes each stands for.
fn bytes(rest: &str) -> Option<(usize, f64)> {
    const UNITS: [(&str, &str, f64); 8] = [
        ("kb", "kilobyte", 1e3),
        ("mb", "megabyte", 1e6),
        ("gb", "gigabyte", 1e9),
        ("tb", "terabyte", 1e12),
        ("kib", "kibibyte", 1024.0),
        ("mib", "mebibyte", 1_048_576.0),
        ("gib", "gibibyte", 1_073_741_824.0),
        ("tib", "tebibyte", 1_099_511_627_776.0),
    ];
    let bare = rest.trim_start_matches([' ', '-']);
    let word = bare.split(|c: char| !c.is_alphabetic()).next()?;
    let unit = UNITS.iter().find(|unit| unit.0 == word || unit.1 == word.trim_end_matches('s'))?;
    Some((rest.len() - bare.len() + word.len(), unit.2))
}

/// A figure as Rust reads it. A comma before one or two digits at the end is a French decimal point.
fn figure(text: &str) -> String {
    let text = text.trim_start_matches(['£', '€', '$']);
    let decimal =
        text.rsplit_once(',').filter(|(head, tail)| tail.len() < 3 && !head.contains([',', ' ', '.']));
    match decimal {
        Some((head, tail)) => format!("{head}.{tail}"),
        None => text.replace([',', ' ', '\u{a0}'], ""),
    }
}

fn number(text: &str, at: std::ops::Range<usize>, amount: f64, unit: &str) -> Value {
    Value {
        kind: Kind::Number,
        text: text.get(at.clone()).unwrap_or_default().trim().to_owned(),
        canonical: format!("{amount}{unit}"),
        amount,
        at,
    }
}

/// Numbers in words: "two", "twenty-one", "three hundred and five", "two thousand".
fn in_words(text: &str) -> impl Iterator<Item = Value> {
    spelt::all(text).into_iter().map(|spelt| {
        let rest = text.get(spelt.at.end..).unwrap_or_default();
        if let Some((len, factor)) = bytes(rest) {
            return number(text, spelt.at.start..spelt.at.end + len, spelt.amount * factor, "b");
        }
        let len = per_cent(rest).unwrap_or(0);
        let at = spelt.at.start..spelt.at.end + len;
        // Half is 50 %.
        if len == 0 && spelt.unit.is_empty() && spelt.amount > 0.0 && spelt.amount < 1.0 {
            return number(text, at, spelt.amount * 100.0, "%");
        }
        number(text, at, spelt.amount, if len > 0 { "%" } else { spelt.unit })
    })
}
