//! Dates as pages write them, in words or in headers: claims, not facts.
//!
//! Not here: where on a page they are looked for (`html::claims`), and dates within a statement that say when something
//! happened.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    model::{ClaimedDate, DateSource, Hop},
    text::{begins_any, calendar},
};

/// What the server says of the file.
pub(super) fn header(answer: &Hop) -> Option<ClaimedDate> {
    let text = answer.header("last-modified")?.to_owned();
    let value = value(&text);
    Some(ClaimedDate { source: DateSource::Header, modified: true, text, value })
}

const DATE: &str = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?:[0-9]{1,2}(?:st|nd|rd|th)? (?:of )?[[:alpha:]ûéäŵ]{3,10},? [0-9]{4}|[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4}|[0-9]{4}-[0-9][0-9]-[0-9][0-9]|[[:alpha:]]{3,10} [0-9]{1,2}(?:st|nd|rd|th)?,? [0-9]{4})";
const WORDS: &str = r"(?:(?P<modified>(?:page |this page (?:was )?|content |date |article )?(?:last )?(?:updated|modified|reviewed|amended|changed|edited|diweddarwyd(?: ddiwethaf)?|mise? à jour)|last update|diweddariad diwethaf|dernière mise à jour)|(?:date )?(?:published|posted|issued|first published|created|released|cyhoeddwyd|publiée?))";

static CUE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r"(?i)(?-u:\b){WORDS}(?-u:\b)")).ok());
static VISIBLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(r"(?i)^(?:.{{0,40}}(?-u:\b))?{WORDS}(?: on| at| le| ar| by [[:alpha:] ]{{2,40}} on)?[ \xA0]*:?[ \xA0]*(?P<date>{DATE}(?:,? (?:at )?[0-9]{{1,2}}[:.][0-9][0-9] ?(?:am|pm)?)?)")).ok()
});

/// Whether a line speaks of its page's publication (`false`) or last change (`true`), whatever date follows.
pub(super) fn cue(line: &str) -> Option<bool> {
    CUE.as_ref().and_then(|cue| cue.captures(line)).map(|found| found.name("modified").is_some())
}

/// Whether a word of a text may be a cue, by how such words begin.
fn may_cue(text: &str) -> bool {
    const BEGIN: [&str; 14] = [
        "updat", "modif", "review", "amend", "chang", "edit", "diwed", "mis", "publi", "post", "issu",
        "creat", "releas", "cyhoedd",
    ];
    begins_any(text, &BEGIN)
}

/// A sentence that says when the page was published or changed.
pub(super) fn visible(text: &str) -> Option<(bool, &str)> {
    if text.len() > 160 || !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    // How a cue begins is asked first, then the cue, which costs a tenth of finding out what follows it.
    if !may_cue(text) {
        return None;
    }
    CUE.as_ref().filter(|cue| cue.is_match(text))?;
    let found = VISIBLE.as_ref()?.captures(text)?;
    Some((found.name("modified").is_some(), found.name("date")?.as_str()))
}

/// Whether a text only names what date follows it: "Last updated", "Published:".
pub(super) fn is_label(text: &str) -> bool {
    const LONGEST: usize = 40;
    let label = text.trim().trim_end_matches([':', ' ']);
    label.len() <= LONGEST
        && may_cue(label)
        && CUE.as_ref().and_then(|cue| cue.find(label)).is_some_and(|cue| cue.len() == label.len())
}

/// Whether a text says when its page was last changed, and no more: "Last reviewed: 3 May 2031".
pub(super) fn says_when_changed(text: &str) -> bool {
    let label = |date: &str| text.trim_end_matches(['.', ' ']).strip_suffix(date).is_some_and(is_label);
    visible(text).is_some_and(|(modified, date)| modified && label(date))
}

/// Whether a text is a date and no more, as titles of entries are.
pub(super) fn is_date(text: &str) -> bool {
    static WHOLE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(&format!(r"(?i)^(?:[[:alpha:]ûéô]{{2,12}} ){{0,3}}{DATE}[ :.]*$")).ok());
    WHOLE.as_ref().is_some_and(|whole| whole.is_match(text.trim()))
}

/// A written date as `YYYY-MM-DD`, or RFC 3339 as it is. Figures alone are read as day, month, year.
pub(super) fn value(text: &str) -> Option<String> {
    let text = text.trim();
    if let Ok(moment) = text.parse::<jiff::Timestamp>() {
        return Some(moment.to_string());
    }
    if let Some(date) = text.get(..10).and_then(|d| d.parse::<jiff::civil::Date>().ok()) {
        return Some(date.to_string());
    }
    if let Ok(zoned) = jiff::fmt::rfc2822::parse(text) {
        return Some(zoned.timestamp().to_string());
    }
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let number = |w: &&str| w.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<i16>().ok();
    let month = words.iter().find_map(|word| calendar::month(word));
    let figures: Vec<i16> = words.iter().filter_map(number).collect();
    let (day, month, year) = match (month, figures.as_slice()) {
        (Some(month), [day, year, ..]) => (*day, i8::try_from(month).ok()?, *year),
        (None, [day, month, year, ..]) => (*day, i8::try_from(*month).ok()?, *year),
        _ => return None,
    };
    let year = if year < 100 { year + 2000 } else { year };
    jiff::civil::Date::new(year, month, i8::try_from(day).ok()?).ok().map(|d| d.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_when_it_was_changed_in_many_ways() {
        for (text, modified, date) in [
            ("Last updated: 19 January 2024", true, "2024-01-19"),
            ("Published by Wantsum Council on Friday 5th January 2024.", false, "2024-01-05"),
            ("Date last updated 18/02/2019", true, "2019-02-18"),
            ("Diweddarwyd ddiwethaf: 3 Mawrth 2024", true, "2024-03-03"),
            ("Page last reviewed: March 3, 2024", true, "2024-03-03"),
        ] {
            let (was, written) = visible(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((was, value(written).as_deref()), (modified, Some(date)), "{text}");
        }
        assert!(visible("The closure on 3 March 2024 was changed by order.").is_none());
    }
}
