//! What is printed, whatever the reader does.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex, mpsc},
};

use super::*;
use crate::{
    model::Incident,
    render::{Format, Style},
    sinks::{Closed, Terminal},
};

/// What was printed, for whoever looks.
#[derive(Clone, Default)]
struct Paper(Arc<Mutex<Vec<u8>>>);

impl Paper {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A reader that stands still until it is told to read on; it says when it was first given something.
struct Stalled {
    paper: Paper,
    reached: mpsc::Sender<()>,
    go_on: mpsc::Receiver<()>,
}

impl Stalled {
    fn new() -> (Self, mpsc::Receiver<()>, mpsc::Sender<()>) {
        let ((reached, first), (release, go_on)) = (mpsc::channel(), mpsc::channel());
        (Self { paper: Paper::default(), reached, go_on }, first, release)
    }
}

impl Write for Stalled {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let _ = self.reached.send(());
        // Once nobody can tell it to read on any more, it reads freely.
        let _ = self.go_on.recv();
        self.paper.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A reader that went away, or a disk that is full.
struct Broken(io::ErrorKind);

impl Write for Broken {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn incidents(title: &str) -> Vec<Incident> {
    vec![Incident { id: "marsh-2024".parse().unwrap(), title: title.to_owned(), terms: Vec::new() }]
}

fn terminal(out: impl Write + Send + 'static, format: Format) -> Terminal {
    Terminal::over(out, format, Style::default(), incidents("Marsh councils incident"))
}

#[test]
fn events_stand_under_their_incidents_the_loudest_first() {
    let paper = Paper::default();
    let shown = terminal(paper.clone(), Format::Text);
    let about_none = Event { incident: None, ..event(3, Level::Note) };
    let events = [event(1, Level::Note), event(2, Level::Alert), event(4, Level::Silent), about_none];
    shown.tell(&events, at(5)).unwrap();
    shown.finish().unwrap();
    let text = paper.text();
    let places: Vec<_> = ["About no incident", "Said 3 ", "Marsh councils incident", "Said 2 ", "Said 1 "]
        .map(|words| text.find(words).unwrap_or_else(|| panic!("{words}: {text}")))
        .to_vec();
    assert!(places.is_sorted(), "{text}");
    assert!(!text.contains("Said 4 "), "{text}");
}

#[test]
fn programs_are_told_the_silent_ones_too_an_object_a_line() {
    let paper = Paper::default();
    let shown = terminal(paper.clone(), Format::Json);
    let events = [event(1, Level::Silent), event(2, Level::Alert)];
    shown.tell(&events, at(3)).unwrap();
    shown.finish().unwrap();
    let read: Vec<Event> = paper.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(read, events);
}

#[test]
fn a_reload_shows_the_new_title() {
    let paper = Paper::default();
    let shown = terminal(paper.clone(), Format::Text);
    shown.tell(&[event(1, Level::Alert)], at(2)).unwrap();
    shown.set_incidents(incidents("Marsh and Wantsum incident"));
    shown.tell(&[event(3, Level::Alert)], at(4)).unwrap();
    shown.finish().unwrap();
    let text = paper.text();
    let (before, after) = text.split_once("Said 1 ").unwrap();
    assert!(before.contains("Marsh councils incident"), "{text}");
    assert!(after.contains("Marsh and Wantsum incident"), "{text}");
}

/// Tells so many events, one at a time, while nobody reads, to a printer with little room; then all is read.
fn told_to_a_stalled_reader(format: Format, events: i64) -> String {
    let (out, reached, release) = Stalled::new();
    let paper = out.paper.clone();
    let one = format.event(&event(1, Level::Alert), &Style::default()).len();
    let shown = Terminal::with_room(one * 3, out, format, Style::default(), incidents("Marsh"));
    for minutes in 1..=events {
        shown.tell(&[event(minutes, Level::Alert)], at(minutes)).unwrap();
        if minutes == 1 {
            reached.recv().unwrap();
        }
    }
    assert_eq!(paper.text(), "", "nobody has read anything yet");
    drop(release);
    shown.finish().unwrap();
    paper.text()
}

#[test]
fn a_reader_that_stands_still_holds_nobody_up_and_is_told_what_it_missed() {
    let text = told_to_a_stalled_reader(Format::Text, 100);
    let shown = text.matches("Said ").count();
    assert!((1..10).contains(&shown), "{shown} of 100 had room:\n{text}");
    let word = format!("nobody read on: {} events. `onrecord log` has all that happened.", 100 - shown);
    assert!(text.trim_end().ends_with(&word), "where they would have stood: {text}");
}

#[test]
fn lines_of_json_hold_nothing_but_events_whatever_was_missed() {
    let text = told_to_a_stalled_reader(Format::Json, 100);
    let read: Vec<Event> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!((1..10).contains(&read.len()), "{text}");
}

#[test]
fn a_reader_that_went_away_is_no_fault() {
    let shown = terminal(Broken(io::ErrorKind::BrokenPipe), Format::Text);
    // The first ones may be taken before anybody knows.
    let known = (1..100_000).any(|minutes| {
        std::thread::yield_now();
        shown.tell(&[event(minutes, Level::Alert)], at(minutes)) == Err(Closed)
    });
    assert!(known);
    assert_eq!(shown.tell(&[], at(0)), Err(Closed));
    shown.finish().unwrap();
}

#[test]
fn a_full_disk_is_a_fault() {
    let shown = terminal(Broken(io::ErrorKind::StorageFull), Format::Json);
    shown.tell(&[event(1, Level::Alert)], at(2)).unwrap();
    assert_eq!(shown.finish().unwrap_err().kind(), io::ErrorKind::StorageFull);
}

#[test]
fn a_reader_that_never_reads_on_keeps_nobody_from_stopping() {
    let (out, reached, release) = Stalled::new();
    let paper = out.paper.clone();
    let shown = terminal(out, Format::Text);
    shown.tell(&[event(1, Level::Alert)], at(2)).unwrap();
    reached.recv().unwrap();
    shown.finish_within(Duration::from_millis(1)).unwrap();
    assert_eq!(paper.text(), "");
    drop(release);
}
