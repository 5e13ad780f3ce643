//! From an entry of a lexicon to a pattern over folded text: words, choices, open ends and gaps.
//!
//! A pattern finds what a regular expression would that tries its choices in order, takes open ends as long and gaps as
//! short as they can be (a test holds the two side by side), and is made in a hundredth of the time. Not here: which
//! entries there are, and which of several stands for a place (`finder`).

use rustc_hash::FxHashSet;
use unicode_normalization::char::is_combining_mark;

use super::mutations::mutations;
use crate::text::Language;

/// `..` stands for so many words at most.
const GAP: usize = 4;

/// An entry, ready to be looked for.
#[derive(Debug)]
pub(super) struct Pattern {
    steps: Vec<Step>,
    /// Whether several steps have a choice of lengths: then what failed is kept in mind, so that no text makes it slow.
    is_open: bool,
}

#[derive(Debug)]
enum Step {
    /// These letters.
    Text(Box<str>),
    /// The steps from one of these on: the first that leads to an end.
    Either(Vec<usize>),
    /// The steps from there on.
    Go(usize),
    /// White space between two words; a comma may stand before it.
    Space,
    /// How a word goes on.
    Rest,
    /// Up to [`GAP`] words.
    Gap,
    /// Where a word begins or ends.
    Edge,
}

impl Pattern {
    pub(super) fn new(entry: &str, language: Language) -> Self {
        // A mark stands beside words without a boundary.
        let has_edge = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || "()*".contains(c));
        let mut builder = Builder { steps: Vec::new(), language };
        if has_edge(entry.chars().next()) {
            builder.steps.push(Step::Edge);
        }
        builder.sequence(&mut pieces(entry).into_iter().peekable());
        if has_edge(entry.chars().last()) {
            builder.steps.push(Step::Edge);
        }
        let lengths = builder.steps.iter().filter(|step| matches!(step, Step::Rest | Step::Gap));
        Self { is_open: lengths.count() > 1, steps: builder.steps }
    }

    /// Where what begins at a byte of the text ends, if it is there.
    pub(super) fn end(&self, text: &str, at: usize) -> Option<usize> {
        self.run(text, 0, at, &mut FxHashSet::default())
    }

    /// Whether it is found where there is nothing.
    pub(super) fn is_nothing(&self) -> bool {
        self.may_end(0)
    }

    /// The first bytes of what it finds; none where that may be any.
    pub(super) fn heads(&self) -> Option<Vec<u8>> {
        let mut heads = Vec::new();
        self.collect_heads(0, &mut heads)?;
        heads.sort_unstable();
        heads.dedup();
        Some(heads)
    }

    fn run(
        &self,
        text: &str,
        step: usize,
        at: usize,
        failed: &mut FxHashSet<(usize, usize)>,
    ) -> Option<usize> {
        let (mut step, mut at) = (step, at);
        loop {
            let rest = text.get(at..)?;
            match self.steps.get(step) {
                None => return Some(at),
                Some(Step::Text(letters)) if rest.starts_with(&**letters) => at += letters.len(),
                Some(Step::Space) if rest.starts_with(' ') => at += 1,
                Some(Step::Space) if rest.starts_with(", ") => at += 2,
                Some(Step::Edge) if is_edge(text, at) => {}
                Some(Step::Text(_) | Step::Space | Step::Edge) => return None,
                Some(Step::Go(to)) => {
                    step = *to;
                    continue;
                }
                Some(Step::Either(ways)) => {
                    return ways.iter().find_map(|way| self.run(text, *way, at, failed));
                }
                Some(Step::Rest) => {
                    let most = rest.chars().take_while(|c| goes_on(*c)).map(char::len_utf8).sum::<usize>();
                    let ends = (0..=most).rev().filter(|len| rest.is_char_boundary(*len));
                    return self.first(text, step + 1, ends.map(|len| at + len), failed);
                }
                Some(Step::Gap) => {
                    let skip = |rest: &str| {
                        let word = rest.strip_prefix(' ')?;
                        let len = word.find(' ').unwrap_or(word.len());
                        (len > 0).then_some(1 + len)
                    };
                    let ends = std::iter::successors(Some(at), |at| Some(at + skip(text.get(*at..)?)?));
                    return self.first(text, step + 1, ends.take(1 + GAP), failed);
                }
            }
            step += 1;
        }
    }

    /// The first of several places from which the rest is found.
    fn first(
        &self,
        text: &str,
        step: usize,
        places: impl Iterator<Item = usize>,
        failed: &mut FxHashSet<(usize, usize)>,
    ) -> Option<usize> {
        for at in places {
            if self.is_open && failed.contains(&(step, at)) {
                continue;
            }
            if let Some(end) = self.run(text, step, at, failed) {
                return Some(end);
            }
            if self.is_open {
                failed.insert((step, at));
            }
        }
        None
    }

    fn may_end(&self, step: usize) -> bool {
        match self.steps.get(step) {
            None => true,
            Some(Step::Text(letters)) => letters.is_empty() && self.may_end(step + 1),
            Some(Step::Space) => false,
            Some(Step::Rest | Step::Gap | Step::Edge) => self.may_end(step + 1),
            Some(Step::Go(to)) => self.may_end(*to),
            Some(Step::Either(ways)) => ways.iter().any(|way| self.may_end(*way)),
        }
    }

    fn collect_heads(&self, step: usize, heads: &mut Vec<u8>) -> Option<()> {
        match self.steps.get(step)? {
            Step::Text(letters) => match letters.bytes().next() {
                Some(head) => heads.push(head),
                None => return self.collect_heads(step + 1, heads),
            },
            Step::Space => heads.extend(b" ,"),
            Step::Rest | Step::Gap => return None,
            Step::Edge => return self.collect_heads(step + 1, heads),
            Step::Go(to) => return self.collect_heads(*to, heads),
            Step::Either(ways) => return ways.iter().try_for_each(|way| self.collect_heads(*way, heads)),
        }
        Some(())
    }
}

/// What an entry is written in.
#[derive(Debug, PartialEq, Eq)]
enum Piece {
    Letters(String),
    Space,
    Gap,
    Rest,
    Open,
    Or,
    Close,
}

fn pieces(entry: &str) -> Vec<Piece> {
    let mut out = Vec::new();
    for (n, word) in entry.split_whitespace().enumerate() {
        if word == ".." {
            out.push(Piece::Gap);
            continue;
        }
        if n > 0 {
            out.push(Piece::Space);
        }
        let mut letters = String::new();
        for c in word.chars() {
            let piece = match c {
                '(' => Piece::Open,
                '|' => Piece::Or,
                ')' => Piece::Close,
                '*' => Piece::Rest,
                c => {
                    letters.push(c);
                    continue;
                }
            };
            if !letters.is_empty() {
                out.push(Piece::Letters(std::mem::take(&mut letters)));
            }
            out.push(piece);
        }
        if !letters.is_empty() {
            out.push(Piece::Letters(letters));
        }
    }
    out
}

struct Builder {
    steps: Vec<Step>,
    language: Language,
}

impl Builder {
    /// The steps of some pieces, up to where a choice goes on or closes.
    fn sequence(&mut self, pieces: &mut std::iter::Peekable<std::vec::IntoIter<Piece>>) {
        while let Some(piece) = pieces.next_if(|piece| !matches!(piece, Piece::Or | Piece::Close)) {
            match piece {
                Piece::Letters(word) => self.word(word),
                Piece::Space => self.steps.push(Step::Space),
                Piece::Gap => self.steps.push(Step::Gap),
                Piece::Rest => self.steps.push(Step::Rest),
                Piece::Open => {
                    let choice = self.begin();
                    loop {
                        self.way(choice, |builder| builder.sequence(pieces));
                        if pieces.next() != Some(Piece::Or) {
                            break;
                        }
                    }
                    self.close(choice);
                }
                Piece::Or | Piece::Close => {}
            }
        }
    }

    /// A word in each form that an initial mutation gives it.
    fn word(&mut self, word: String) {
        let forms = if self.language == Language::Welsh { mutations(&word) } else { Vec::new() };
        if forms.len() < 2 {
            self.steps.push(Step::Text(word.into()));
            return;
        }
        let choice = self.begin();
        for form in forms {
            self.way(choice, |builder| builder.steps.push(Step::Text(form.into())));
        }
        self.close(choice);
    }

    fn begin(&mut self) -> usize {
        self.steps.push(Step::Either(Vec::new()));
        self.steps.len() - 1
    }

    /// One way of a choice; where it goes on is not known before the choice is closed.
    fn way(&mut self, choice: usize, build: impl FnOnce(&mut Self)) {
        let from = self.steps.len();
        build(self);
        self.steps.push(Step::Go(choice));
        if let Some(Step::Either(ways)) = self.steps.get_mut(choice) {
            ways.push(from);
        }
    }

    fn close(&mut self, choice: usize) {
        let end = self.steps.len();
        for step in self.steps.iter_mut().skip(choice) {
            match step {
                Step::Go(to) if *to == choice => *to = end,
                _ => {}
            }
        }
    }
}

/// How a word may go on where its entry ends in `*`.
fn goes_on(c: char) -> bool {
    matches!(c, 'a'..='z' | 'à'..='ÿ' | 'ŵ' | 'ŷ' | 'œ' | '0'..='9' | '\'' | '-')
}

/// Whether a word begins or ends at a byte of a text.
fn is_edge(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|head| head.chars().next_back()).is_some_and(is_of_word);
    let after = text.get(at..).and_then(|tail| tail.chars().next()).is_some_and(is_of_word);
    before != after
}

/// What `\w` is in a regular expression (UTS #18): letters, marks, digits, what joins; not "²", which is a number and no digit.
pub(super) fn is_of_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    let is_other_number = || {
        matches!(c, '²' | '³' | '¹' | '¼'..='¾' | '\u{2070}'..='\u{209C}' | '\u{2150}'..='\u{215F}' | '\u{2189}'
            | '\u{2460}'..='\u{24FF}' | '\u{2776}'..='\u{2793}')
    };
    c.is_alphabetic()
        || c.is_numeric() && !is_other_number()
        || is_combining_mark(c)
        || matches!(c, '\u{200C}' | '\u{200D}' | '\u{203F}' | '\u{2040}' | '\u{2054}')
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The same entry as a regular expression.
    fn expression(entry: &str, language: Language) -> String {
        let mut out = String::new();
        for piece in pieces(entry) {
            match piece {
                Piece::Letters(word) => {
                    let forms = if language == Language::Welsh { mutations(&word) } else { vec![word] };
                    let forms: Vec<_> = forms.iter().map(|form| regex::escape(form)).collect();
                    out.extend(["(?:", &forms.join("|"), ")"]);
                }
                Piece::Space => out.push_str(",? "),
                Piece::Gap => out.push_str("(?: [^ ]+){0,4}?"),
                Piece::Rest => out.push_str("[a-zà-ÿŵŷœ0-9'-]*"),
                Piece::Open => out.push_str("(?:"),
                Piece::Or => out.push('|'),
                Piece::Close => out.push(')'),
            }
        }
        format!(r"\b(?:{out})\b")
    }

    proptest! {
        #[test]
        fn a_pattern_finds_what_a_regular_expression_does(
            // A gap stands before a word.
            entry in r"(ab?|\(a\|a b\)|\(d\|da\)c)\*?(( \.\.)? (a|b\*|\(b\|ab\)|d)){0,2}",
            text in "((a|b|ab|d|dd|c|nac|-|'|é|²)(,? | )){0,9}",
        ) {
            for language in [Language::English, Language::Welsh] {
                let regex = regex::Regex::new(&expression(&entry, language)).expect("an expression");
                let pattern = Pattern::new(&entry, language);
                for at in (0..text.len()).filter(|at| text.is_char_boundary(*at)) {
                    let wanted = regex.find_at(&text, at).filter(|m| m.start() == at).map(|m| m.end());
                    prop_assert_eq!(pattern.end(&text, at), wanted, "{} in {} from {}", entry, text, at);
                }
            }
        }

        #[test]
        fn the_letters_of_words_are_those_of_regular_expressions(c in proptest::char::range('\0', '\u{24f}')) {
            // Letters that are newer than the other's tables stand further up.
            let regex = regex::Regex::new(r"^\w$").expect("an expression");
            // Folded text has no other numbers than these.
            let folded: Vec<char> = crate::text::fold(&c.to_string()).chars().collect();
            for c in folded {
                prop_assert_eq!(is_of_word(c), regex.is_match(&c.to_string()), "{:?}", c);
            }
        }
    }
}
