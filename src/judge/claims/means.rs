//! Words of harm that name what was used, or what is there, and say of no data what was done with it: "a stolen password",
//! "remote access software".
//!
//! Not here: what was done (`ladders`).

use crate::{
    judge::claims::split::shortly_before,
    text::{Found, List, words},
};

/// Whether a word of harm is no more than part of a name.
pub(in crate::judge) fn is_a_means(text: &str, found: &Found<'_>) -> bool {
    let next = words::words(text.get(found.end()..).unwrap_or_default()).next();
    match found.as_str() {
        "stolen" | "leaked" | "exposed" | "compromised" => {
            let used = |w: &str| matches!(w, "with" | "using" | "from" | "by" | "through" | "to");
            next.is_some_and(|next| {
                List::Means.has(next)
                    || List::MeansDevice.has(next) && shortly_before(text, found.start(), 2, used)
            })
        }
        "access" => {
            next.is_some_and(|next| List::MeansAccess.has(next))
                || shortly_before(text, found.start(), 1, |w| w == "remote")
        }
        _ => false,
    }
}
