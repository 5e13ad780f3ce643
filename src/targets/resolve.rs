//! From the file as typed to what is watched: names followed, defaults filled in, what must be unique held so.
//!
//! Not here: single values, which were judged when they were read.

use std::{ops::Range, time::Duration};

use rustc_hash::FxHashMap;

use super::{
    Config,
    excerpt::shown,
    ids,
    near::{did_you_mean, nearest},
    notes::Notes,
    selector::Css,
    typed::{self, Settings},
    value::{At, Line, OneOrMany},
};
use crate::model::{Incident, IncidentId, Relevance, Target, TargetId};

/// The most terms of all targets together, each target counted with those of its incidents: a bound on memory.
const MOST_TERMS: usize = 2_000_000;

/// Resolves a file; what is wrong is noted, and then the result is not whole.
pub(super) fn resolve(file: typed::File, notes: &mut Notes<'_>) -> Config {
    let contact = file.contact.and_then(|contact| checked_contact(contact, notes));
    let mut incidents = Incidents::resolve(file.incidents.unwrap_or_default(), notes);
    let typed = file.targets.unwrap_or_default();
    if typed.is_empty() && !file.targets_at.is_empty() {
        notes.warn(file.targets_at, "nothing is watched yet").help("`onrecord add URL` adds a page");
    }
    let ids = target_ids(&typed, notes);
    let defaults = file.defaults.unwrap_or_default();
    let mut config = Config { contact, ..Config::default() };
    let mut terms = 0;
    for (target, id) in typed.into_iter().zip(ids) {
        let named = incidents.of(&target, notes);
        terms += named.iter().map(|incident| incident.terms.len()).sum::<usize>();
        if terms > MOST_TERMS {
            notes.fault(target.at, format!("the targets have more than {MOST_TERMS} terms between them"));
            return config;
        }
        if let Some(was) = &target.was
            && let (Some(id), Some(was)) = (&id, checked_id(was, notes))
        {
            config.renamed.push((id.clone(), was));
        }
        config.targets.extend(one(target, id, named, &defaults, notes));
    }
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
        watch: setting!(watch).unwrap_or_default(),
        relevance,
        select: selectors(own.select.as_ref().or(defaults.select.as_ref())),
        remove: selectors(own.remove.as_ref().or(defaults.remove.as_ref())),
        every: setting!(every).map_or(Duration::from_secs(15 * 60), |period| period.0),
        delay: setting!(delay).map_or(Duration::from_secs(5), |period| period.0),
        timeout: setting!(timeout).map_or(Duration::from_secs(30), |period| period.0),
        max_body: setting!(max_body).map_or(10 << 20, |size| size.0),
        max_decoded: setting!(max_decoded).map_or(64 << 20, |size| size.0),
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

fn pick<T: Copy>(own: Option<&At<T>>, default: Option<&At<T>>) -> Option<T> {
    own.or(default).map(|setting| setting.value)
}

fn selectors(list: Option<&At<OneOrMany<Css>>>) -> Vec<String> {
    list.map(|list| list.value.0.iter().map(|css| css.value.0.clone()).collect()).unwrap_or_default()
}

/// A contact goes out in headers: visible ASCII, a mail address or a web page.
fn checked_contact(contact: At<Line>, notes: &mut Notes<'_>) -> Option<String> {
    let text = contact.value.0;
    let mail = text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    let page = text.starts_with("https://") || text.starts_with("http://");
    if (mail || page) && text.bytes().all(|b| b.is_ascii_graphic() && !b"()<>,;\"\\".contains(&b)) {
        return Some(text);
    }
    notes
        .fault(contact.at, "`contact` must be a mail address or a web page")
        .help("such as \"newsdesk@example.org\": sites are told whom to ask about our requests");
    None
}

/// The names of all targets: those given, then one for each that has none.
fn target_ids(targets: &[typed::Target], notes: &mut Notes<'_>) -> Vec<Option<TargetId>> {
    let mut taken: FxHashMap<String, usize> = FxHashMap::default();
    let mut ids: Vec<Option<TargetId>> = Vec::with_capacity(targets.len());
    for target in targets {
        ids.push(target.id.as_ref().and_then(|id| first_of_its_name(id, &mut taken, notes)));
    }
    for (target, id) in targets.iter().zip(&mut ids) {
        let (None, Some(url)) = (&target.id, &target.url) else { continue };
        *id = ids::unique(&url.value.0, |name| taken.contains_key(name));
        if let Some(id) = id {
            taken.insert(id.as_str().to_owned(), url.at.start);
        } else {
            let first = taken.get(&ids::made(&url.value.0)).map_or(0, |at| notes.line(*at));
            notes
                .fault(url.at.clone(), "this address is watched already")
                .label("again")
                .help(format!("see line {first}; to watch it twice, give this one an `id` of its own"));
        }
    }
    ids
}

fn first_of_its_name(
    id: &At<Line>,
    taken: &mut FxHashMap<String, usize>,
    notes: &mut Notes<'_>,
) -> Option<TargetId> {
    let name: TargetId = checked_id(id, notes)?;
    if let Some(first) = taken.get(name.as_str()) {
        let line = notes.line(*first);
        notes
            .fault(id.at.clone(), format!("two targets have the id `{name}`"))
            .label("again")
            .help(format!("it is the id of the target at line {line} already"));
        None
    } else {
        taken.insert(name.as_str().to_owned(), id.at.start);
        Some(name)
    }
}

/// A name of the right form, or a fault that offers one.
fn checked_id<T: std::str::FromStr>(id: &At<Line>, notes: &mut Notes<'_>) -> Option<T> {
    let parsed = id.value.0.parse().ok();
    if parsed.is_none() {
        let meant = ids::slug(&id.value.0).get(..64).map_or_else(|| ids::slug(&id.value.0), str::to_owned);
        let note =
            notes.fault(id.at.clone(), "an id is made of lower-case letters, digits and `-`, at most 64");
        note.label(format!("`{}` is not", shown(&id.value.0)));
        if !meant.is_empty() {
            note.help(format!("such as `{}`", meant.trim_end_matches('-')));
        }
    }
    parsed
}

/// The incidents of a file, and who named them.
struct Incidents {
    list: Vec<Incident>,
    places: Vec<Range<usize>>,
    named: Vec<bool>,
    index: FxHashMap<String, usize>,
    /// How many there are in the file, the wrong ones too.
    typed: usize,
}

impl Incidents {
    fn resolve(typed: Vec<typed::Incident>, notes: &mut Notes<'_>) -> Self {
        let mut all = Self {
            list: Vec::new(),
            places: Vec::new(),
            named: Vec::new(),
            index: FxHashMap::default(),
            typed: typed.len(),
        };
        for incident in typed {
            let Some(at) = incident.id else { continue };
            let Some(id) = checked_id::<IncidentId>(&at, notes) else { continue };
            if let Some(first) = all.index.get(id.as_str()).and_then(|i| all.places.get(*i)) {
                let line = notes.line(first.start);
                notes
                    .fault(at.at, format!("two incidents have the id `{id}`"))
                    .label("again")
                    .help(format!("it is the id of the incident at line {line} already"));
                continue;
            }
            all.index.insert(id.as_str().to_owned(), all.list.len());
            let title = incident.title.map_or_else(|| id.to_string(), |title| title.value.0);
            let terms = incident.terms.map(|terms| terms.value.0).unwrap_or_default();
            let terms = terms.into_iter().map(|term| term.value.0).collect();
            all.list.push(Incident { id, title, terms });
            all.places.push(at.at);
            all.named.push(false);
        }
        all
    }

    /// The incidents that a target is watched for.
    fn of(&mut self, target: &typed::Target, notes: &mut Notes<'_>) -> Vec<Incident> {
        let Some(named) = &target.incident else { return self.only(target, notes) };
        let mut numbers: Vec<usize> = Vec::new();
        for name in &named.value.0 {
            match self.index.get(&name.value.0) {
                Some(i) if numbers.contains(i) => {
                    notes
                        .fault(name.at.clone(), format!("`{}` is named twice", shown(&name.value.0)))
                        .label("again");
                }
                Some(i) => numbers.push(*i),
                None => self.tell_unknown(name, notes),
            }
        }
        for i in &numbers {
            self.name(*i);
        }
        numbers.into_iter().filter_map(|i| self.list.get(i).cloned()).collect()
    }

    /// What is meant when a target names none: the only one there is.
    fn only(&mut self, target: &typed::Target, notes: &mut Notes<'_>) -> Vec<Incident> {
        if self.typed > 1 {
            let ids = self.list.iter().map(|incident| incident.id.as_str());
            notes
                .fault(target.at.clone(), "a target must name its incident where there are several")
                .label("`incident` is not there")
                .help(format!("add \"incident\": one of {}", ids.take(20).collect::<Vec<_>>().join(", ")));
            return Vec::new();
        }
        self.name(0);
        self.list.clone()
    }

    fn name(&mut self, i: usize) {
        if let Some(named) = self.named.get_mut(i) {
            *named = true;
        }
    }

    /// An unknown name. The incident that was nearly named counts as named: one slip is one fault.
    fn tell_unknown(&mut self, name: &At<Line>, notes: &mut Notes<'_>) {
        let given = &name.value.0;
        let ids = self.list.iter().map(|incident| incident.id.as_str());
        let note = notes.fault(name.at.clone(), format!("there is no incident `{}`", shown(given)));
        note.label("unknown incident");
        if self.list.is_empty() {
            note.help("`incidents` has none: add it there, or take this out");
        } else {
            note.help(did_you_mean(given, ids.clone()));
        }
        if let Some(i) = nearest(given, ids).and_then(|id| self.index.get(id)).copied() {
            self.name(i);
        }
    }

    fn tell_unnamed(&self, notes: &mut Notes<'_>) {
        for ((incident, at), named) in self.list.iter().zip(&self.places).zip(&self.named) {
            if !named {
                notes
                    .warn(at.clone(), format!("no target names the incident `{}`", incident.id))
                    .label("nothing is watched for it")
                    .help(format!("add \"incident\": \"{}\" to a target", incident.id));
            }
        }
    }
}
