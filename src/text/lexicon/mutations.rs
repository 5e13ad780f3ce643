//! The initial mutations of Welsh, from a table.
//!
//! Not here: which word is Welsh.

static MUTATIONS: &str = include_str!("../lexicons/mutations.txt");

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
