//! The loop in process: a scripted fetcher, a store in memory, a clock that tests turn.

mod faults;

use std::{
    collections::BTreeMap,
    ops::ControlFlow,
    sync::{Arc, Mutex},
    time::Duration,
};

use jiff::Timestamp;
use tokio::{sync::mpsc, time::Instant};

use super::{Order, Plan, Progress, Pulse, Until, WallClock, run};
use crate::{
    fetch::{
        Look, Request,
        scripted::{Scripted, answered, failed},
    },
    model::{Event, EventKind, Looked, Observation, Phase, Subject, Target, Why},
    store::{Cursor, Files, History as _, Looks as _, Store, memory::InMemory},
    targets,
};

const START: &str = "2024-01-19T09:00:00Z";

/// What each page answers now: its words, or a fault.
type Pages = Arc<Mutex<BTreeMap<String, Result<&'static str, Why>>>>;

fn pages(answers: &[(&str, Result<&'static str, Why>)]) -> Pages {
    Arc::new(Mutex::new(answers.iter().map(|(host, answer)| ((*host).to_owned(), *answer)).collect()))
}

fn set(pages: &Pages, host: &str, answer: Result<&'static str, Why>) {
    pages.lock().unwrap().insert(host.to_owned(), answer);
}

fn answer(pages: &Pages, clock: WallClock, request: &Request) -> Look {
    let host = request.url.host_str().unwrap_or_default().trim_end_matches(".example");
    match pages.lock().unwrap().get(host) {
        Some(Ok(words)) => {
            let body = format!(
                "<!doctype html><html lang=en><head><title>Cyber incident</title></head><body><main>\
                 <h1>Cyber incident</h1><p>{words}</p></main></body></html>"
            );
            answered(&request.url, clock.now(), 200, &[("content-type", "text/html")], body.as_bytes())
        }
        Some(Err(why)) => failed(clock.now(), *why, "as scripted"),
        None => answered(&request.url, clock.now(), 404, &[], b"Not found"),
    }
}

/// What each page answers: its whole body, and no length.
fn bodies(
    answers: &[(&'static str, String)],
    clock: WallClock,
) -> Scripted<impl Fn(&Request) -> Look + Sync + use<>> {
    let answers: BTreeMap<String, String> =
        answers.iter().map(|(host, body)| (format!("{host}.example"), body.clone())).collect();
    Scripted::new(move |request: &Request| {
        let body = answers.get(request.url.host_str().unwrap_or_default()).map_or("", String::as_str);
        answered(&request.url, clock.now(), 200, &[("content-type", "text/html")], body.as_bytes())
    })
}

/// One pass over bodies, and what it told.
async fn pass_over<S: Store>(answers: &[(&'static str, String)], store: &S, moment: &str) -> Vec<Event> {
    let clock = WallClock::Given(at(moment));
    let (_orders, none) = mpsc::channel(1);
    let mut events = Vec::new();
    let seen = |seen: Progress<'_>| {
        if let Progress::Events(more) = seen {
            events.extend_from_slice(more);
        }
        ControlFlow::Continue(())
    };
    let names: Vec<&str> = answers.iter().map(|(host, _)| *host).collect();
    let plan = Plan { targets: watched(&names), ..Plan::default() };
    let fetcher = Arc::new(bodies(answers, clock));
    run(plan, Until::EachOnce, fetcher, store.clone(), clock, none, seen).await.unwrap();
    events
}

fn watched(names: &[&str]) -> Vec<Arc<Target>> {
    let targets: Vec<String> =
        names.iter().map(|name| format!(r#"{{"id":"{name}","url":"https://{name}.example/"}}"#)).collect();
    let file = format!(
        r#"{{"version":1,"defaults":{{"every":"15m"}},"incidents":[{{"id":"kent","terms":["cyber","data"]}}],"targets":[{}]}}"#,
        targets.join(",")
    );
    let loaded = targets::load("targets.json", &file).map_err(|faults| faults.render(false, 100)).unwrap();
    loaded.config.targets.into_iter().map(Arc::new).collect()
}

fn subject(name: &str) -> Subject {
    name.parse().unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// One pass at a moment, and what it told.
async fn pass<S: Store>(names: &[&str], pages: &Pages, store: &S, moment: &str) -> (Pulse, Vec<Event>) {
    let clock = WallClock::Given(at(moment));
    let scripted = {
        let pages = Arc::clone(pages);
        Scripted::new(move |request: &Request| answer(&pages, clock, request))
    };
    let (_orders, none) = mpsc::channel(1);
    let mut events = Vec::new();
    let seen = |seen: Progress<'_>| {
        if let Progress::Events(more) = seen {
            events.extend_from_slice(more);
        }
        ControlFlow::Continue(())
    };
    let plan = Plan { targets: watched(names), ..Plan::default() };
    let pulse =
        run(plan, Until::EachOnce, Arc::new(scripted), store.clone(), clock, none, seen).await.unwrap();
    (pulse, events)
}

fn told(events: &[Event]) -> Vec<(String, EventKind)> {
    let mut told: Vec<_> = events.iter().map(|event| (event.target.to_string(), event.kind)).collect();
    told.sort();
    told
}

#[tokio::test]
async fn a_pass_looks_once_at_each_target_and_tells_what_changed() {
    let pages = pages(&[("ashmere", Ok("No data was taken.")), ("eastway", Err(Why::Connect))]);
    let store = InMemory::new();
    let (pulse, events) = pass(&["ashmere", "eastway"], &pages, &store, START).await;
    assert_eq!((pulse.looks.read, pulse.looks.without), (1, 1), "{events:?}");
    assert_eq!(
        told(&events),
        [("ashmere".to_owned(), EventKind::FirstSeen), ("eastway".to_owned(), EventKind::Unreadable)]
    );
    set(&pages, "ashmere", Ok("There is no evidence that data was taken."));
    set(&pages, "eastway", Ok("Our systems are off line after a cyber incident."));
    let (_, events) = pass(&["ashmere", "eastway"], &pages, &store, "2024-01-19T10:00:00Z").await;
    assert_eq!(
        told(&events),
        [("ashmere".to_owned(), EventKind::Revised), ("eastway".to_owned(), EventKind::Appeared)]
    );
    let (pulse, events) = pass(&["ashmere", "eastway"], &pages, &store, "2024-01-19T11:00:00Z").await;
    assert_eq!((pulse.looks.unchanged, told(&events)), (2, Vec::new()));
}

#[tokio::test]
async fn what_was_kept_of_one_target_is_damaged_and_the_others_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let pages = pages(&[("ashmere", Ok("No data was taken.")), ("eastway", Ok("We know of an incident."))]);
    let names = ["ashmere", "eastway"];
    pass(&names, &pages, &Files::open(folder.path()).unwrap(), START).await;
    let id = {
        let store = Files::read_only(folder.path()).unwrap();
        store.state(&subject("ashmere")).await.unwrap().snapshot.unwrap().id
    };
    // Somebody mends a figure by hand: a false "Number revised" must not come of it.
    let path = folder.path().join(format!("targets/ashmere/{id}.json"));
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("No data was taken", "No data of 400 people was taken")).unwrap();
    set(&pages, "ashmere", Ok("No data of residents was taken."));
    set(&pages, "eastway", Ok("We know of a cyber incident."));

    let (pulse, events) =
        pass(&names, &pages, &Files::open(folder.path()).unwrap(), "2024-01-19T10:00:00Z").await;
    assert_eq!(pulse.looks.damaged, 1);
    assert_eq!(
        told(&events),
        [("ashmere".to_owned(), EventKind::Unreadable), ("eastway".to_owned(), EventKind::Revised)]
    );
    assert_eq!(events.iter().find(|e| e.target.as_str() == "ashmere").unwrap().why, Some(Why::Damaged));

    // The next good look begins a new record.
    let (pulse, events) =
        pass(&names, &pages, &Files::open(folder.path()).unwrap(), "2024-01-19T11:00:00Z").await;
    assert_eq!(pulse.looks.damaged, 0);
    assert_eq!(told(&events), [("ashmere".to_owned(), EventKind::Restored)]);
    assert_eq!(events[0].why, Some(Why::Damaged));
    let (_, events) =
        pass(&names, &pages, &Files::open(folder.path()).unwrap(), "2024-01-19T12:00:00Z").await;
    assert_eq!(told(&events), []);
}

/// What answers requests.
type Answer = Box<dyn Fn(&Request) -> Look + Send + Sync>;

/// A watch that tests turn the clock of.
struct Watch<S> {
    orders: mpsc::Sender<Order<Scripted<Answer>>>,
    events: Arc<Mutex<Vec<Event>>>,
    ended: tokio::task::JoinHandle<Pulse>,
    store: S,
}

fn watch<S: Store>(names: &[&str], pages: &Pages, store: S) -> Watch<S> {
    let clock = WallClock::Since(at(START), Instant::now());
    let pages = Arc::clone(pages);
    let answer: Answer = Box::new(move |request| answer(&pages, clock, request));
    let (orders, receiver) = mpsc::channel(4);
    let events: Arc<Mutex<Vec<Event>>> = Arc::default();
    let (plan, of_run, kept) =
        (Plan { targets: watched(names), ..Plan::default() }, store.clone(), Arc::clone(&events));
    let ended = tokio::spawn(async move {
        let seen = move |seen: Progress<'_>| {
            if let Progress::Events(more) = seen {
                kept.lock().unwrap().extend_from_slice(more);
            }
            ControlFlow::Continue(())
        };
        run(plan, Until::Stopped, Arc::new(Scripted::new(answer)), of_run, clock, receiver, seen)
            .await
            .unwrap()
    });
    Watch { orders, events, ended, store }
}

impl<S: Store> Watch<S> {
    fn told(&self) -> Vec<(String, EventKind)> {
        told(&self.events.lock().unwrap())
    }

    async fn stop(self) -> (Pulse, S) {
        self.orders.send(Order::Stop).await.unwrap();
        (self.ended.await.unwrap(), self.store)
    }
}

async fn minutes(n: u64) {
    tokio::time::sleep(Duration::from_secs(60 * n)).await;
}

#[tokio::test(start_paused = true)]
async fn a_watch_looks_when_it_is_due_until_it_is_stopped() {
    let pages = pages(&[("ashmere", Ok("No data was taken."))]);
    let watch = watch(&["ashmere"], &pages, InMemory::new());
    minutes(60).await;
    set(&pages, "ashmere", Ok("So far there is no evidence that data was taken."));
    minutes(20).await;
    assert_eq!(
        watch.told(),
        [("ashmere".to_owned(), EventKind::FirstSeen), ("ashmere".to_owned(), EventKind::Revised)]
    );
    let (pulse, store) = watch.stop().await;
    let state = store.state(&subject("ashmere")).await.unwrap();
    assert!((5..=7).contains(&state.looks), "{} looks in 80 minutes", state.looks);
    assert_eq!((pulse.alerts, state.phase), (1, Phase::Present));
}

#[tokio::test(start_paused = true)]
async fn another_plan_is_taken_while_it_watches() {
    let pages = pages(&[("ashmere", Ok("No data was taken.")), ("cliffgate", Ok("Our site is down."))]);
    let watch = watch(&["ashmere"], &pages, InMemory::new());
    minutes(5).await;
    let renamed = vec![("ashmere-city".parse().unwrap(), "ashmere".parse().unwrap())];
    let mut targets = watched(&["ashmere-city", "cliffgate"]);
    let page = Target { url: "https://ashmere.example/".parse().unwrap(), ..(*targets[0]).clone() };
    targets[0] = Arc::new(page);
    let plan = Plan { targets, renamed, ..Plan::default() };
    watch.orders.send(Order::Plan(Box::new(plan), None)).await.unwrap();
    minutes(20).await;
    assert_eq!(
        watch.told(),
        [("ashmere".to_owned(), EventKind::FirstSeen), ("cliffgate".to_owned(), EventKind::FirstSeen)],
        "the renamed one goes on where it was"
    );
    let (_, store) = watch.stop().await;
    assert!(store.state(&subject("ashmere-city")).await.unwrap().looks >= 2);
    assert_eq!(store.state(&subject("ashmere")).await.unwrap().looks, 0);
}

#[tokio::test(start_paused = true)]
async fn a_kill_loses_at_most_a_minute_of_quiet_looks() {
    let folder = tempfile::tempdir().unwrap();
    let pages = pages(&[("ashmere", Ok("No data was taken."))]);
    let watch = watch(&["ashmere"], &pages, Files::open(folder.path()).unwrap());
    minutes(61).await;
    watch.ended.abort();
    let before = watch.store.state(&subject("ashmere")).await.unwrap();
    // What a kill leaves: the lock goes with the process, nothing is settled.
    drop(watch);
    tokio::task::yield_now().await;
    let store = Files::read_only(folder.path()).unwrap();
    let state = store.state(&subject("ashmere")).await.unwrap();
    assert!(before.looks - state.looks <= 1, "{} of {}", state.looks, before.looks);
    let page = store.history(&Cursor::default(), 100).await.unwrap();
    let quiet = page.records.iter().filter(
        |record| matches!(&record.entry, crate::model::Entry::Look(look) if look.looked == Looked::Same),
    );
    assert!(quiet.count() >= 3);
}

#[tokio::test]
async fn a_look_that_another_overtook_is_made_again() {
    let pages = pages(&[("ashmere", Ok("No data was taken."))]);
    let store = InMemory::new();
    pass(&["ashmere"], &pages, &store, START).await;
    let rival = store.clone();
    let overtaken = std::sync::atomic::AtomicBool::new(false);
    let clock = WallClock::Given(at("2024-01-19T10:00:00Z"));
    let scripted = Scripted::new(move |request: &Request| {
        // While this look is made, another worker commits one.
        if !overtaken.swap(true, std::sync::atomic::Ordering::Relaxed) {
            let look = Observation {
                looked: Looked::NotModified,
                ..Observation::new(subject("ashmere"), clock.now(), clock.now())
            };
            let version = now(rival.state(&subject("ashmere"))).unwrap().version();
            let commit = crate::store::Commit::bare(version, look);
            now(rival.commit(clock.now(), vec![commit])).unwrap();
        }
        answer(&pages, clock, request)
    });
    let (_orders, none) = mpsc::channel(1);
    let plan = Plan { targets: watched(&["ashmere"]), ..Plan::default() };
    let seen = |_: Progress<'_>| ControlFlow::Continue(());
    run(plan, Until::EachOnce, Arc::new(scripted), store.clone(), clock, none, seen).await.unwrap();
    assert_eq!(store.state(&subject("ashmere")).await.unwrap().looks, 3, "first, the other's, and one again");
}

/// The value of a future that never waits.
fn now<T>(future: impl Future<Output = T>) -> T {
    let mut future = std::pin::pin!(future);
    match future.as_mut().poll(&mut std::task::Context::from_waker(std::task::Waker::noop())) {
        std::task::Poll::Ready(value) => value,
        std::task::Poll::Pending => panic!("it waits"),
    }
}

/// A statement about an incident, in so many paragraphs, up to the byte where it is cut.
fn page(paragraphs: &[&str], cut: Option<&str>) -> String {
    let words: String = paragraphs.iter().map(|words| ["<p>", words, "</p>\n"].concat()).collect();
    let whole = format!(
        "<!doctype html><html lang=en><head><title>Cyber incident</title></head><body><div class=page><main>\
         <h1>Cyber incident</h1>\n{words}</main></div></body></html>"
    );
    match cut {
        Some(words) => {
            whole.split_inclusive(words).next().map(|head| format!("{head}</p>\n")).unwrap_or_default()
        }
        None => whole,
    }
}

#[tokio::test]
async fn a_body_cut_between_paragraphs_is_no_denial_withdrawn_until_it_stays_so() {
    const SAID: [&str; 3] =
        ["We are investigating a cyber incident.", "Our phones work.", "No data of residents was taken."];
    let store = InMemory::new();
    pass_over(&[("ashmere", page(&SAID, None))], &store, START).await;
    let cut = [("ashmere", page(&SAID, Some("Our phones work.")))];
    let events = pass_over(&cut, &store, "2024-01-19T10:00:00Z").await;
    assert_eq!(told(&events), [("ashmere".to_owned(), EventKind::Unreadable)]);
    assert_eq!(events[0].why, Some(Why::Truncated));
    assert!(events[0].evidence.as_ref().unwrap().contains("`main` open"), "{events:?}");
    // The same at the next look: so the page is written now.
    let events = pass_over(&cut, &store, "2024-01-19T11:00:00Z").await;
    let changes: Vec<&str> =
        events.iter().flat_map(|e| &e.changes).flat_map(|c| &c.before).map(String::as_str).collect();
    assert_eq!(changes, ["No data of residents was taken."], "{events:?}");
    assert!(
        events.iter().any(|e| e.evidence.as_ref().is_some_and(|seen| seen.contains("believed"))),
        "{events:?}"
    );
    // And one that was whole at the next look never said anything else.
    let store = InMemory::new();
    pass_over(&[("ashmere", page(&SAID, None))], &store, START).await;
    pass_over(&cut, &store, "2024-01-19T10:00:00Z").await;
    let events = pass_over(&[("ashmere", page(&SAID, None))], &store, "2024-01-19T11:00:00Z").await;
    assert_eq!(
        (told(&events), events[0].changes.len()),
        (vec![("ashmere".to_owned(), EventKind::Restored)], 0)
    );
}

#[tokio::test]
async fn what_one_page_makes_of_two_kilobytes_is_told_as_too_large_and_the_others_are_looked_at() {
    let store = InMemory::new();
    let quay = page(&["No data was taken in the cyber incident."], None);
    let many = "<p>The cyber incident is over. ".repeat(31_000);
    let bomb = format!("<!doctype html><html><body><main><h1>Cyber incident</h1>{many}</main></body></html>");
    let events = pass_over(&[("ashmere", bomb), ("eastway", quay)], &store, START).await;
    assert_eq!(
        told(&events),
        [("ashmere".to_owned(), EventKind::Unreadable), ("eastway".to_owned(), EventKind::FirstSeen)]
    );
    assert_eq!(events.iter().find_map(|event| event.why), Some(Why::TooLarge));
}
