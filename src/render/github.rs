//! Events for a run of GitHub Actions: annotations as workflow commands, a job summary in Markdown, a commit's subject.
//!
//! Not here: into which files they go (`cli`).

use std::fmt::Write as _;

use super::{Detail, Style, Totals, escape, markdown, prose, summary, when};
use crate::model::{Event, Incident, IncidentId, Level};

/// The most annotations of one step that GitHub shows, of warnings as of notices.
const SHOWN: usize = 10;
/// The most characters of one annotation: GitHub cuts longer ones.
const MESSAGE: usize = 3_500;
/// The most characters of a commit's subject.
const SUBJECT: usize = 160;
/// The most bytes of a job summary, below GitHub's mebibyte.
const SUMMARY: usize = 1_000_000;

/// Annotations for what happened, one an incident, at most as many as are shown; the last says how many are not.
pub fn annotations(events: &[&Event], incidents: &[Incident]) -> String {
    let groups = by_incident(events);
    let room = if groups.len() > SHOWN { SHOWN - 1 } else { SHOWN };
    let mut out: String = groups.iter().take(room).map(|group| group.annotation(incidents)).collect();
    let left = groups.len().saturating_sub(room);
    if left > 0 {
        let words = format!("{} more; the job summary has them all", when::count(left as u64, "incident"));
        let _ = writeln!(out, "::notice title=onrecord::{words}");
    }
    out
}

/// What happened under its incidents, as the summary of a job; where it is more than a summary may hold, with how many
/// events are left out.
pub fn job_summary(events: &[&Event], incidents: &[Incident], totals: &Totals) -> String {
    let mut out = format!("## {}\n", escape::markdown(summary(totals).trim()));
    let mut left = 0;
    for group in by_incident(events) {
        let mut title = format!("\n## {}\n\n", escape::markdown(group.title(incidents)));
        for event in group.events {
            let section = markdown(event, Detail::Brief);
            if left > 0 || out.len() + title.len() + section.len() > SUMMARY {
                left += 1;
                continue;
            }
            out.push_str(&std::mem::take(&mut title));
            out.push_str(&section);
            out.push('\n');
        }
    }
    if left > 0 {
        let _ = writeln!(out, "\n{} more; `onrecord log` has them all.", when::count(left, "event"));
    }
    out
}

/// What happened in one line that may stand in a commit: the loudest event, and how many more. GitHub reads mentions,
/// references and orders such as `[skip ci]` in a commit, so a zero-width space breaks those that a page may have said.
pub fn commit_subject(events: &[&Event], totals: &Totals) -> String {
    let loudest = events.iter().rev().max_by_key(|event| event.level);
    let said = match loudest {
        None => summary(totals).trim().to_owned(),
        Some(event) => format!("{}: {}", event.body, event.headline),
    };
    let more = events.len().saturating_sub(1) as u64;
    let more = if more > 0 { format!(" (and {})", when::count(more, "more event")) } else { String::new() };
    let said = escape::terminal(&said);
    let cut = if said.chars().count() > SUBJECT {
        said.chars().take(SUBJECT - 1).chain(['…']).collect()
    } else {
        said
    };
    let mut out = String::new();
    for c in cut.chars() {
        out.push(c);
        // `@name`, `#1`, `[skip ci]`, `GH-1`, `https://…/issues/1`.
        if matches!(c, '@' | '#' | '[' | '/') || out.ends_with("GH") {
            out.push('\u{200b}');
        }
    }
    out + &more
}

/// The events about one incident, the loudest first.
struct Group<'a> {
    incident: Option<&'a IncidentId>,
    events: Vec<&'a Event>,
}

/// Events by incident, the loudest incident first.
fn by_incident<'a>(events: &[&'a Event]) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for event in events.iter().filter(|event| event.level > Level::Silent) {
        match groups.iter_mut().find(|group| group.incident == event.incident.as_ref()) {
            Some(group) => group.events.push(event),
            None => groups.push(Group { incident: event.incident.as_ref(), events: vec![event] }),
        }
    }
    for group in &mut groups {
        group.events.sort_by_key(|event| std::cmp::Reverse(event.level));
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.events.first().map(|event| event.level)));
    groups
}

impl Group<'_> {
    fn title<'a>(&'a self, incidents: &'a [Incident]) -> &'a str {
        let known = incidents.iter().find(|known| Some(&known.id) == self.incident);
        let unknown = self.incident.map_or("About no incident of targets.json", |id| id.as_str());
        known.map_or(unknown, |incident| incident.title.as_str())
    }

    fn annotation(&self, incidents: &[Incident]) -> String {
        let [loudest, _, ..] = self.events.as_slice() else {
            return self.events.iter().map(|event| github(event)).collect();
        };
        let of = |level| self.events.iter().filter(|event| event.level == level).count() as u64;
        let counts = [(of(Level::Alert), "alert"), (of(Level::Note), "note")];
        let counts: Vec<String> =
            counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| when::count(*n, what)).collect();
        let title = format!("{}: {}", self.title(incidents), counts.join(", "));
        let (mut message, mut left) = (String::new(), 0);
        for event in &self.events {
            let loud = if event.level == Level::Alert { "ALERT" } else { "note" };
            let line = format!("{loud} {}: {}; {}", event.body, event.headline, prose::show_command(event));
            let line = escape::workflow_data(&escape::terminal(&line));
            if left > 0 || message.len() + line.len() > MESSAGE {
                left += 1;
            } else {
                message.push_str(&line);
                message.push_str("%0A");
            }
        }
        if left > 0 {
            let _ = write!(message, "{} more; ", when::count(left, "event"));
        }
        message.push_str("the job summary has the words");
        let command = if loudest.level == Level::Alert { "warning" } else { "notice" };
        format!("::{command} title={}::{message}\n", escape::workflow_property(&title))
    }
}

/// One line, line feed included: `::warning` for an alert, `::notice` for a note, `::debug` for the rest.
pub fn github(event: &Event) -> String {
    let style = Style::default();
    let mut lines = vec![prose::interval(event, &style)];
    lines.extend(prose::details(event, &style));
    let (shown, left) = prose::places(&event.changes, &style);
    for change in shown {
        let sides = [('-', &change.before), ('+', &change.after)];
        for (sign, side) in sides.into_iter().filter(|(_, side)| !side.is_empty()) {
            lines.push(format!("{sign} {}", side.join(" ")));
        }
    }
    lines.extend(prose::left(left, &prose::show_command(event)));
    lines.push(event.url.clone());
    let message =
        lines.iter().map(|l| escape::workflow_data(&escape::terminal(l))).collect::<Vec<_>>().join("%0A");
    let title = escape::workflow_property(&format!("{}: {}", event.body, event.headline));
    match event.level {
        Level::Alert => format!("::warning title={title}::{message}\n"),
        Level::Note => format!("::notice title={title}::{message}\n"),
        Level::Silent => {
            format!("::debug::{}%0A{message}\n", escape::workflow_data(&escape::terminal(&event.headline)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::tests::stories::hedged;

    fn events(incidents: usize, each: usize) -> Vec<Event> {
        let about = |n: usize| Event {
            incident: Some(format!("incident-{}", n / each).parse().unwrap()),
            level: if n / each == incidents - 1 { Level::Alert } else { Level::Note },
            ..hedged()
        };
        (0..incidents * each).map(about).collect()
    }

    #[test]
    fn ten_annotations_are_shown_the_loudest_first_and_the_rest_is_counted() {
        let all = events(12, 3);
        let all: Vec<&Event> = all.iter().collect();
        let said = annotations(&all, &[]);
        let lines: Vec<&str> = said.lines().collect();
        assert_eq!(lines.len(), 10, "{said}");
        assert!(lines[0].starts_with("::warning title=incident-11%3A 3 alerts::ALERT Brockwell"), "{said}");
        assert!(lines[1].starts_with("::notice title=incident-0%3A 3 notes::note Brockwell"), "{said}");
        assert_eq!(lines[9], "::notice title=onrecord::3 incidents more; the job summary has them all");
        let totals = Totals { alerts: 3, notes: 33, ..Totals::default() };
        let summary = job_summary(&all, &[], &totals);
        assert!(
            summary.starts_with("## 3 alerts, 33 notes") && summary.contains("incident\\-10"),
            "{summary}"
        );
    }

    #[test]
    fn no_annotation_and_no_summary_is_longer_than_github_shows() {
        let mut all = events(1, 2_000);
        for event in &mut all {
            event.changes[0].after = vec!["Data was taken. ".repeat(200)];
        }
        let all: Vec<&Event> = all.iter().collect();
        let said = annotations(&all, &[]);
        assert!(said.len() < 4_096 && said.contains("events more; the job summary"), "{said}");
        let summary = job_summary(&all, &[], &Totals::default());
        assert!(summary.len() < 1 << 20 && summary.contains("more; `onrecord log` has them all"));
    }

    #[test]
    fn hostile_words_are_words_in_annotations_summaries_and_commits() {
        let mut event = hedged();
        let words = "x\r\n::set-output name=a::b @everyone closes #1, GH-1 [skip ci] \u{202e}<script>alert(1)</script> \
                     https://github.com/a/b/issues/1";
        event.headline = words.to_owned();
        event.body = words.to_owned();
        event.changes[0].after = vec![words.to_owned()];
        let pair = [&event, &event];
        for said in [annotations(&pair[..1], &[]), annotations(&pair, &[])] {
            assert_eq!(said.lines().count(), 1, "{said}");
            assert!(!said.contains('\u{202e}') && !said.contains('\r'), "{said}");
        }
        let summary = job_summary(&pair, &[], &Totals::default());
        let outside: String = summary.split("```").step_by(2).collect();
        for sign in ["<script", "@everyone", "#1", "\u{202e}", "\n::set-output"] {
            assert!(!outside.contains(sign), "{sign}: {outside}");
        }
        assert!(!summary.contains('\u{202e}') && !summary.contains("\n::set-output"), "{summary}");
        let subject = commit_subject(&pair, &Totals::default());
        assert_eq!(subject.lines().count(), 1);
        for sign in ["@everyone", "#1", "GH-1", "[skip", "://g", "\u{202e}"] {
            assert!(!subject.contains(sign), "{sign}: {subject}");
        }
        assert!(subject.ends_with("(and 1 more event)"), "{subject}");
    }
}
