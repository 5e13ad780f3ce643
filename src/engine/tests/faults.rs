//! One target's fault is that target's: it is told once, and all others are looked at and told as ever.

use std::{fs, path::Path};

use super::*;
use crate::store::Files;

const NAMES: [&str; 2] = ["ashmere", "eastway"];

fn of(name: &str, events: &[Event]) -> Vec<(EventKind, Option<Why>)> {
    let of = events.iter().filter(|event| event.target.as_str() == name);
    of.map(|event| (event.kind, event.why)).collect()
}

/// Puts a file where a folder was, or a folder where a file was or would be.
fn swap(path: &Path) {
    if path.is_dir() {
        fs::rename(path, path.with_extension("before")).unwrap();
        fs::write(path, "something else").unwrap();
    } else {
        let _ = fs::remove_file(path);
        fs::create_dir_all(path.join("something else")).unwrap();
    }
}

#[tokio::test]
async fn what_stands_in_the_way_of_one_targets_files_keeps_no_other_from_being_told() {
    for in_the_way in
        ["targets/ashmere", "targets/ashmere/events", "targets/ashmere/latest.txt", "hosts/ashmere.example"]
    {
        let folder = tempfile::tempdir().unwrap();
        let pages =
            pages(&[("ashmere", Ok("No data was taken.")), ("eastway", Ok("We know of an incident."))]);
        pass(&NAMES, &pages, &Files::open(folder.path()).unwrap(), START).await;
        swap(&folder.path().join(in_the_way));
        set(&pages, "ashmere", Ok("There is no evidence that data was taken."));
        set(&pages, "eastway", Ok("We know of a cyber incident."));
        let store = Files::open(folder.path()).unwrap();
        let (pulse, events) = pass(&NAMES, &pages, &store, "2024-01-19T10:00:00Z").await;
        assert_eq!(of("eastway", &events), [(EventKind::Revised, None)], "{in_the_way}");
        let hurt = in_the_way.starts_with("targets");
        assert_eq!(pulse.looks.damaged, usize::from(hurt), "{in_the_way}");
        let told = match in_the_way {
            // Where no event can be kept, the look is on record, and the run ends with it.
            "targets/ashmere" | "targets/ashmere/events" => Vec::new(),
            "targets/ashmere/latest.txt" => vec![(EventKind::Unreadable, Some(Why::Damaged))],
            _ => vec![(EventKind::Revised, None)],
        };
        assert_eq!(of("ashmere", &events), told, "{in_the_way}");
        if hurt {
            let state = store.state(&subject("ashmere")).await.unwrap();
            assert_eq!(state.why, Some(Why::Damaged), "{in_the_way}");
        }
        drop(store);
        let store = Files::open(folder.path()).unwrap();
        set(&pages, "eastway", Ok("We know of no incident."));
        let (_, events) = pass(&NAMES, &pages, &store, "2024-01-19T11:00:00Z").await;
        assert_eq!(of("eastway", &events), [(EventKind::Revised, None)], "{in_the_way}");
        assert_eq!(of("ashmere", &events), [], "told once: {in_the_way}");
    }
}

#[tokio::test]
async fn a_bug_that_one_page_meets_while_it_is_asked_for_is_told_once_and_of_that_page_alone() {
    let pages = pages(&[("ashmere", Ok("No data was taken.")), ("eastway", Ok("We know of an incident."))]);
    let store = InMemory::new();
    for (moment, ashmere, eastway) in [
        (START, vec![(EventKind::Unreadable, Some(Why::Bug))], vec![(EventKind::FirstSeen, None)]),
        ("2024-01-19T10:00:00Z", Vec::new(), vec![(EventKind::Revised, None)]),
    ] {
        let clock = WallClock::Given(at(moment));
        let answers = Arc::clone(&pages);
        let scripted = Scripted::new(move |request: &Request| {
            assert!(request.url.path() != "/ashmere", "a bug");
            answer(&answers, clock, request)
        });
        // Both at one host, the one that meets the bug first.
        let mut targets = watched(&NAMES);
        let url = "https://eastway.example/ashmere".parse().unwrap();
        targets[0] = Arc::new(Target { url, ..(*targets[0]).clone() });
        let plan = Plan { targets, ..Plan::default() };
        let (_orders, none) = mpsc::channel(1);
        let mut events = Vec::new();
        let seen = |seen: Progress<'_>| {
            if let Progress::Events(more) = seen {
                events.extend_from_slice(more);
            }
            ControlFlow::Continue(())
        };
        run(plan, Until::EachOnce, Arc::new(scripted), store.clone(), clock, none, seen).await.unwrap();
        assert_eq!((of("ashmere", &events), of("eastway", &events)), (ashmere, eastway));
        set(&pages, "eastway", Ok("We know of a cyber incident."));
    }
}
