//! Whether what works, or works again, does so now: not what shall, what people are working on, what is hoped for.
//!
//! Not here: what is said of something that is no service (`subject`).

use crate::{
    judge::claims::split::shortly_before,
    text::{Found, Language, Lexicon, List, words},
};

/// Whether what was found is so.
pub(in crate::judge) fn is_real(text: &str, found: &Found<'_>, lexicon: &Lexicon) -> bool {
    let head = text.get(..found.start()).unwrap_or_default();
    let rest = text.get(found.end()..).unwrap_or_default();
    let unreal = |w: &str| List::ServiceUnreal.has(w) && !(w == "being" && found.as_str() == "on time");
    !is_work(found, rest)
        && !is_news(found, rest)
        && List::ServiceAwaited.within(head).is_none()
        && !shortly_before(text, found.start(), 3, unreal)
        && !shortly_before(text, found.start(), 1, |w| is_aim(w, lexicon.language()))
}

/// "I adfer", "à rétablir": what is being worked on.
fn is_aim(word: &str, language: Language) -> bool {
    match language {
        Language::Welsh => word == "i",
        Language::French => matches!(word, "à" | "au" | "le" | "du"),
        Language::English => false,
    }
}

/// "We are working to restore it".
fn is_work(found: &Found<'_>, rest: &str) -> bool {
    let work = found.as_str().ends_with("working") || found.as_str().ends_with("gweithio");
    work && List::ServiceWork.opening(rest).is_some()
}

/// "We can now say" is said of what is known.
fn is_news(found: &Found<'_>, rest: &str) -> bool {
    found.as_str().ends_with("can now")
        && words::words(rest).next().is_some_and(|next| List::ServiceSay.has(next))
}
