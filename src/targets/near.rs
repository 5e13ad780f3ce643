//! "Did you mean": the nearest of the names that would have been right.

/// How many names are tried, in their order: a bound on the work.
const MOST: usize = 1_000;

/// The name nearest to the given one, if it is near enough to be meant.
pub(super) fn nearest<'a>(given: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // What is far longer than any name of ours is not a slip of the keyboard.
    if given.len() > 80 {
        return None;
    }
    let plain = |s: &str| s.to_lowercase().replace(['-', '_', ' '], "");
    let given = plain(given);
    let allowed = (given.chars().count() / 3).max(1);
    names
        .into_iter()
        .take(MOST)
        .map(|name| (strsim::damerau_levenshtein(&given, &plain(name)), name))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// What to say about a name that is none of these.
pub(super) fn did_you_mean<'a>(given: &str, names: impl IntoIterator<Item = &'a str> + Clone) -> String {
    match nearest(given, names.clone()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("expected one of: {}", first_of(names)),
    }
}

/// The names, of very many the first ones.
fn first_of<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let mut names = names.into_iter();
    let mut list: Vec<&str> = names.by_ref().take(30).collect();
    if names.next().is_some() {
        list.push("...");
    }
    list.join(", ")
}

/// A sentence as it stands within another.
pub(super) fn lower_first(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map_or_else(String::new, |c| c.to_lowercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_understood_and_a_stranger_is_not() {
        let keys = ["select", "every", "max_body", "ignore_robots"];
        for (given, want) in
            [("selector", "select"), ("evry", "every"), ("maxBody", "max_body"), ("Select", "select")]
        {
            assert_eq!(nearest(given, keys), Some(want));
        }
        assert_eq!(nearest("colour", keys), None);
        assert_eq!(did_you_mean("colour", ["a", "b"]), "expected one of: a, b");
    }
}
