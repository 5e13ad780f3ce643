//! Words of harm that name what was used, or what is there, and say of no data what was done with it: "a stolen password",
//! "remote access software".
//!
//! Not here: what was done (`ladders`).

use crate::{
    judge::claims::split::shortly_before,
    text::{Found, words},
};

/// What intruders come in by.
const MEANS: [&str; 18] = [
    "password",
    "passwords",
    "credential",
    "credentials",
    "log-in",
    "log-ins",
    "log",
    "login",
    "logins",
    "account",
    "accounts",
    "token",
    "tokens",
    "key",
    "keys",
    "certificate",
    "identity",
    "session",
];

/// What is stolen first, and then used.
const THINGS: [&str; 6] = ["laptop", "phone", "device", "card", "tablet", "computer"];

/// What "access" is part of the name of.
const ACCESS: [&str; 9] =
    ["software", "control", "controls", "point", "points", "code", "codes", "card", "tool"];

/// Whether a word of harm is no more than part of a name.
pub(in crate::judge) fn is_a_means(text: &str, found: &Found<'_>) -> bool {
    let next = words::words(text.get(found.end()..).unwrap_or_default()).next();
    match found.as_str() {
        "stolen" | "leaked" | "exposed" | "compromised" => {
            let used = |w: &str| matches!(w, "with" | "using" | "from" | "by" | "through" | "to");
            next.is_some_and(|next| {
                MEANS.contains(&next)
                    || THINGS.contains(&next) && shortly_before(text, found.start(), 2, used)
            })
        }
        "access" => {
            next.is_some_and(|next| ACCESS.contains(&next))
                || shortly_before(text, found.start(), 1, |w| w == "remote")
        }
        _ => false,
    }
}
