//! A folded text cut into sentences and clauses, and what stands shortly before a place in it.
//!
//! Not here: how a page's text is cut (`read`).

/// Sentences of folded text.
pub(in crate::judge) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    cut(text, |rest, at| {
        let ends = rest.get(at..).is_some_and(|r| r.starts_with(['.', '!', '?', ';']));
        let open = rest.get(at + 1..).is_some_and(|r| r.is_empty() || r.starts_with([' ', '"', ')']));
        (ends && open).then_some(1)
    })
}

/// Clauses of a sentence: parts that could stand by themselves.
pub(in crate::judge) fn clauses(sentence: &str) -> impl Iterator<Item = &str> {
    /// What parts two clauses, and how much of it belongs to neither.
    const JOINS: &[(&str, usize)] = &[
        (" but ", 5),
        (", although ", 2),
        (", though ", 2),
        (", however", 2),
        (", while ", 2),
        (", whereas ", 2),
        (", and we ", 6),
        (", and no ", 6),
        (", and some ", 6),
        (", and the ", 6),
        (", and it ", 6),
        (", and they ", 6),
        (", and our ", 6),
        (", and there ", 6),
        (" and we ", 5),
        (" and no ", 5),
        (" and not ", 5),
        (" and nothing ", 5),
        (" and none ", 5),
        (", nor ", 2),
        (", so ", 2),
        (", which ", 2),
        (" ond ", 5),
        (" mais ", 6),
        (", et ", 5),
        (", ac ", 5),
        (" - ", 3),
        (": ", 2),
    ];
    cut(sentence, |rest, at| {
        let join = JOINS.iter().find(|join| rest.get(at..).is_some_and(|r| r.starts_with(join.0)));
        join.map(|join| join.1)
    })
}

/// The parts of a text between the places where `join` says how many bytes to leave out.
fn cut<'t>(
    text: &'t str,
    join: impl Fn(&str, usize) -> Option<usize> + 't,
) -> impl Iterator<Item = &'t str> + 't {
    let mut start = 0;
    let mut places = text.char_indices().map(|(at, _)| at);
    let mut done = false;
    std::iter::from_fn(move || {
        if done {
            return None;
        }
        for at in places.by_ref() {
            if at < start {
                continue;
            }
            if let Some(len) = join(text, at) {
                let part = text.get(start..at);
                start = at + len;
                return part;
            }
        }
        done = true;
        text.get(start..)
    })
    .map(str::trim)
    .filter(|part| !part.is_empty())
}

/// Whether `word` stands within `most` words before byte `at`.
pub(in crate::judge) fn shortly_before(
    text: &str,
    at: usize,
    most: usize,
    is: impl Fn(&str) -> bool,
) -> bool {
    let head = text.get(..at).unwrap_or_default();
    head.rsplit(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| !w.is_empty()).take(most).any(is)
}
