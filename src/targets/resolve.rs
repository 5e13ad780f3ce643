//! From the file as typed to what is watched: names followed, defaults filled in, what must be unique held so.
//!
//! Not here: single values, which were judged when they were read.

use std::time::Duration;

use url::Url;

use super::{
    Config,
    incidents::Incidents,
    judging, names,
    notes::Notes,
    selector::Css,
    sinks,
    typed::{self, Settings},
    value::{At, Line, OneOrMany},
};
use crate::model::{self, Incident, Relevance, Target, TargetId};

/// The most bytes that the terms of all targets come to, each target counted with those of its incidents: every
/// target has its own copy.
const MOST_TERMS: usize = 128 << 20;

/// Resolves a file; what is wrong is noted, and then the result is not whole.
pub(super) fn resolve(file: typed::File, notes: &mut Notes<'_>) -> Config {
    let contact = file.contact.and_then(|contact| checked_contact(contact, notes));
    let mut incidents = Incidents::resolve(file.incidents.unwrap_or_default(), notes);
    let typed = file.targets.unwrap_or_default();
    if typed.is_empty() && !file.targets_at.is_empty() {
        notes.warn(file.targets_at, "nothing is watched yet").help("`onrecord add URL` adds a page");
    }
    let ids = names::target_ids(&typed, notes);
    let renamed = names::renamed(&typed, &ids, notes);
    let defaults = file.defaults.unwrap_or_default();
    let mut config = Config { contact, renamed, ..Config::default() };
    let mut terms = 0;
    for (target, id) in typed.into_iter().zip(ids) {
        let named = incidents.of(&target, notes);
        terms += named
            .iter()
            .flat_map(|incident| &incident.terms)
            .map(|t| t.len() + size_of::<String>())
            .sum::<usize>();
        if terms > MOST_TERMS {
            notes
                .fault(target.at, "the targets have too many terms between them")
                .help("every target counts with all terms of its incidents: name fewer, or make two files");
            return config;
        }
        config.targets.extend(one(target, id, named, &defaults, notes));
    }
    let known = incidents.list.clone();
    config.sinks = sinks::resolve(file.sinks.unwrap_or_default(), &known, &config.targets, notes);
    config.lexicons = judging::lexicons(file.lexicons, notes);
    config.judge = file.judge.and_then(judging::judge);
    incidents.tell_unnamed(notes);
    config.incidents = incidents.list;
    config
}

/// A target with its defaults; None when its address or name was wrong, which was told.
fn one(
    target: typed::Target,
    id: Option<TargetId>,
    incidents: Vec<Incident>,
    defaults: &Settings,
    notes: &mut Notes<'_>,
) -> Option<Target> {
    let own = target.settings;
    if incidents.is_empty()
        && target.url.is_some()
        && let Some(At { value: Relevance::Terms, at }) = &own.relevance
    {
        notes
            .fault(at.clone(), "`terms` needs an incident that has them")
            .help("name one in `incident`, or take this out: then every change of the page counts");
    }
    macro_rules! setting {
        ($key:ident) => {
            pick(own.$key.as_ref(), defaults.$key.as_ref())
        };
    }
    let relevance =
        if incidents.is_empty() { Relevance::Page } else { setting!(relevance).unwrap_or_default() };
    let url = target.url?.value.0;
    let body = own.body.as_ref().or(defaults.body.as_ref());
    let body =
        body.map_or_else(|| url.host_str().unwrap_or_default().to_owned(), |body| body.value.0.clone());
    Some(Target {
        id: id?,
        body,
        incidents,
        tags: target.tags.map(words).unwrap_or_default(),
        watch: setting!(watch).unwrap_or_default(),
        relevance,
        select: selectors(own.select.as_ref().or(defaults.select.as_ref())),
        remove: selectors(own.remove.as_ref().or(defaults.remove.as_ref())),
        every: setting!(every).map_or(Duration::from_mins(15), |period| period.0),
        quickest: setting!(quickest).map(|period| period.0),
        slowest: setting!(slowest).map(|period| period.0),
        between: setting!(between),
        delay: setting!(delay).map_or(Duration::from_secs(5), |period| period.0),
        timeout: setting!(timeout).map_or(Duration::from_secs(30), |period| period.0),
        max_body: setting!(max_body).map_or(model::MAX_BODY, |size| size.0),
        max_decoded: setting!(max_decoded).map_or(model::MAX_DECODED, |size| size.0),
        allow_private: setting!(allow_private).unwrap_or(false),
        ignore_robots: setting!(ignore_robots).unwrap_or(false),
        proxy: own.proxy.as_ref().or(defaults.proxy.as_ref()).map(|proxy| proxy.value.0.clone()),
        keep: setting!(keep).unwrap_or_default(),
        confirm: setting!(confirm).map_or(2, |count| count.0),
        alert_after: setting!(alert_after).map(|period| period.0),
        paused: setting!(paused).unwrap_or(false),
        url,
    })
}

/// The texts of a list.
fn words(list: At<OneOrMany<Line>>) -> Vec<String> {
    list.value.0.into_iter().map(|word| word.value.0).collect()
}

fn pick<T: Copy>(own: Option<&At<T>>, default: Option<&At<T>>) -> Option<T> {
    own.or(default).map(|setting| setting.value)
}

fn selectors(list: Option<&At<OneOrMany<Css>>>) -> Vec<String> {
    list.map(|list| list.value.0.iter().map(|css| css.value.0.clone()).collect()).unwrap_or_default()
}

/// A contact goes out in headers: at most 200 characters of visible ASCII, a mail address or a web page.
fn checked_contact(contact: At<Line>, notes: &mut Notes<'_>) -> Option<String> {
    let text = contact.value.0;
    let mail = text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && !name.contains([':', '/'])
            && host.contains('.')
            && !host.contains(['@', ':', '/'])
    });
    let page = Url::parse(&text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    let plain = text.bytes().all(|b| b.is_ascii_graphic() && !b"()<>,;\"\\".contains(&b));
    if (mail || page) && plain && text.len() <= 200 {
        return Some(text);
    }
    notes
        .fault(contact.at, "`contact` must be a mail address or a web page")
        .help("such as \"newsdesk@example.org\": sites are told whom to ask about our requests");
    None
}
