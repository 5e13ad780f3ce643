//! Questions that a reporter asks, over looks at invented councils' pages.

use jiff::{Timestamp, ToSpan as _};

use super::*;
use crate::{
    model::{
        Between, Capture, EventKind, Hop, Incident, Level, Looked as What, Observation, Recipe, Snapshot,
        Subject, Target, Why,
    },
    store::{
        Commit, Files, History, Kept, Looks, Outbox as _, Store,
        memory::InMemory,
        tests::sample::{at, read, refused, same, still_refused, target},
    },
    warc,
};

/// Puts a look on record, with what it came with.
async fn keep(store: &impl Store, mut commit: Commit) -> Commit {
    commit.version = store.state(&commit.look.subject()).await.unwrap().version();
    let kept = store.commit(commit.look.ended, vec![commit.clone()]).await.unwrap();
    assert_eq!(kept, [Kept::Kept]);
    commit
}

fn hours(n: i64) -> i64 {
    n * 60
}

fn page(name: &str) -> Subject {
    Subject::page(target(name))
}

fn words(snapshot: &Snapshot) -> String {
    snapshot.statement.content.iter().map(crate::model::Block::text).collect()
}

async fn said(store: &impl History, name: &str, when: When) -> Option<Wording> {
    wording_at(store, &page(name), &when, at(hours(48))).await.unwrap()
}

/// Noon of 19 January is hour 0.
fn moment(text: &str) -> When {
    When::Moment(text.parse().unwrap())
}

#[tokio::test]
async fn what_a_page_said_on_the_evening_of_the_18th() {
    let store = InMemory::new();
    let first = keep(&store, read("wantsum", hours(-20), &["No data was taken."])).await;
    keep(&store, same(hours(-17), &first)).await;
    keep(&store, refused("wantsum", hours(-16))).await;
    keep(&store, still_refused("wantsum", hours(-12))).await;
    let second = keep(&store, read("wantsum", hours(-4), &["We are investigating."])).await;

    let evening = said(&store, "wantsum", moment("2024-01-18T23:59:59Z")).await.unwrap();
    assert_eq!(words(&evening.snapshot), "No data was taken.");
    assert_eq!((evening.since, evening.read), (at(hours(-20)), at(hours(-17))));
    assert_eq!(evening.gave_way, Some(Between(Some(at(hours(-17))), second.look.ended)));
    assert_eq!(evening.away, Some(Away { since: at(hours(-16)), why: Why::Connect }));

    let afternoon = said(&store, "wantsum", moment("2024-01-18T17:00:00Z")).await.unwrap();
    assert_eq!((afternoon.snapshot, afternoon.away), (evening.snapshot.clone(), None));
    let now = said(&store, "wantsum", When::NOW).await.unwrap();
    assert_eq!((words(&now.snapshot).as_str(), now.gave_way), ("We are investigating.", None));
    let named = said(&store, "wantsum", When::Snapshot(evening.snapshot.id.clone())).await.unwrap();
    assert_eq!((named.snapshot, named.gave_way), (evening.snapshot, evening.gave_way));
}

#[tokio::test]
async fn before_the_first_good_look_nothing_is_known() {
    let store = InMemory::new();
    keep(&store, refused("wantsum", 0)).await;
    let mut late = read("wantsum", 15, &["No data was taken."]);
    late.look.started += 400.milliseconds();
    keep(&store, late).await;
    for (name, when) in [
        ("wantsum", moment("2024-01-18T12:00:00Z")),
        ("wantsum", moment("2024-01-19T12:14:59Z")),
        ("eastmarch", When::NOW),
        ("wantsum", When::Snapshot("20240119T121500Z-00000000".parse().unwrap())),
    ] {
        assert_eq!(said(&store, name, when.clone()).await, None, "{name} {when:?}");
    }
    // A moment to the second is as people see it: the look that began in that second is not after it.
    assert!(said(&store, "wantsum", moment("2024-01-19T12:15:00Z")).await.is_some());
    let span = span_of_wordings(&store, &page("wantsum")).await.unwrap().unwrap();
    assert_eq!((span.0.stamp(), span.1.stamp()), ("20240119T121500Z", "20240119T121500Z"));
    assert_eq!(span_of_wordings(&store, &page("eastmarch")).await.unwrap(), None);
}

#[tokio::test]
async fn words_that_came_back_stand_since_they_came_back_and_the_log_says_what_is_newest() {
    let store = InMemory::new();
    keep(&store, read("wantsum", 0, &["No data was taken."])).await;
    keep(&store, read("wantsum", 15, &["Data was taken."])).await;
    keep(&store, read("wantsum", 30, &["No data was taken."])).await;
    let now = said(&store, "wantsum", When::NOW).await.unwrap();
    assert_eq!((words(&now.snapshot).as_str(), now.since), ("No data was taken.", at(30)));
    let before = said(&store, "wantsum", moment("2024-01-19T12:20:00Z")).await.unwrap();
    assert_eq!(words(&before.snapshot), "Data was taken.");
    // The machine's clock was set back.
    keep(&store, read("wantsum", 20, &["Some data was taken."])).await;
    assert_eq!(words(&said(&store, "wantsum", When::NOW).await.unwrap().snapshot), "Some data was taken.");
}

#[tokio::test]
async fn what_was_read_later_in_the_log_is_not_what_was_said_before_whatever_the_clocks_said() {
    let store = InMemory::new();
    keep(&store, read("wantsum", 0, &["One."])).await;
    keep(&store, read("wantsum", 30, &["Two."])).await;
    let said_at = async |minutes: i64| {
        words(&said(&store, "wantsum", When::Moment(at(minutes))).await.unwrap().snapshot)
    };
    // The clock was set back: what it then read is what stands now, and did not stand at noon.
    keep(&store, read("wantsum", -10, &["Three."])).await;
    assert_eq!((said_at(10).await.as_str(), said_at(40).await.as_str()), ("One.", "Two."));
    assert_eq!(words(&said(&store, "wantsum", When::NOW).await.unwrap().snapshot), "Three.");
    // It was ahead for one look, and is right again.
    keep(&store, read("wantsum", 60, &["Four."])).await;
    keep(&store, read("wantsum", hours(20), &["Five."])).await;
    keep(&store, read("wantsum", 75, &["Six."])).await;
    keep(&store, read("wantsum", 90, &["Seven."])).await;
    assert_eq!((said_at(40).await.as_str(), said_at(65).await.as_str()), ("Two.", "Four."));
    assert_eq!((said_at(80).await.as_str(), said_at(hours(21)).await.as_str()), ("Six.", "Seven."));
    // It is ahead of whoever asks: the newest by the log is what stands now.
    keep(&store, read("wantsum", hours(24 * 365), &["Eight."])).await;
    assert_eq!((said_at(100).await.as_str(), said_at(hours(48)).await.as_str()), ("Seven.", "Eight."));
    keep(&store, read("wantsum", hours(47), &["Nine."])).await;
    assert_eq!((said_at(hours(46)).await.as_str(), said_at(hours(49)).await.as_str()), ("Seven.", "Nine."));
}

#[tokio::test]
async fn another_date_of_the_page_makes_no_other_wording_of_it() {
    let store = InMemory::new();
    let mut first = read("wantsum", 0, &["No data was taken."]);
    first.events.clear();
    keep(&store, first).await;
    let mut dated = read("wantsum", 15, &["No data was taken."]);
    dated.events[0].kind = EventKind::Touched;
    let dated = keep(&store, dated).await;
    let now = said(&store, "wantsum", When::NOW).await.unwrap();
    assert_eq!((now.since, now.read, &now.snapshot.id), (at(0), at(15), &dated.snapshots[0].id));
}

#[tokio::test]
async fn history_goes_on_under_another_name_and_an_old_name_may_be_taken_by_another_page() {
    let store = InMemory::new();
    keep(&store, read("wantsum", 0, &["No data was taken."])).await;
    store.rename(at(1), &target("wantsum"), &target("wantsum-news")).await.unwrap();
    keep(&store, refused("wantsum-news", 15)).await;
    for name in ["wantsum", "wantsum-news"] {
        let found = said(&store, name, When::NOW).await.unwrap();
        assert_eq!(
            (words(&found.snapshot).as_str(), found.subject),
            ("No data was taken.", page("wantsum-news"))
        );
    }

    keep(&store, read("wantsum", 30, &["Bins are emptied on Monday."])).await;
    let found = said(&store, "wantsum", When::NOW).await.unwrap();
    assert_eq!(words(&found.snapshot), "Bins are emptied on Monday.");
    assert_eq!(words(&said(&store, "wantsum-news", When::NOW).await.unwrap().snapshot), "No data was taken.");

    let filter = LookFilter { targets: vec![target("wantsum-news")], ..LookFilter::default() };
    let found = looks(&store, &filter).await.unwrap();
    assert_eq!(found.total, Count { looked: 2, read: 1 });
    let names: Vec<String> = found.runs.iter().map(|run| run.first.target.to_string()).collect();
    assert_eq!(names, ["wantsum", "wantsum-news"], "each look has the name of its time");
    let filter = EventFilter { targets: vec![target("wantsum-news")], ..EventFilter::default() };
    let found = events(&store, &filter, Order::Oldest, None, 10).await.unwrap();
    let kinds: Vec<EventKind> = found.events.iter().map(|happened| happened.event.kind).collect();
    assert_eq!(kinds, [EventKind::Revised, EventKind::Unreadable]);
    assert!(found.events.iter().all(|happened| happened.target == target("wantsum-news")));
}

#[tokio::test]
async fn how_often_a_page_could_not_be_read() {
    let store = InMemory::new();
    let first = keep(&store, read("wantsum", 0, &["No data was taken."])).await;
    keep(&store, same(15, &first)).await;
    let mut down = refused("wantsum", 30);
    // The log holds no words of the page: the evidence stands in the event.
    down.events[0].evidence = Some("connection refused".to_owned());
    keep(&store, down).await;
    for minutes in [45, 60] {
        keep(&store, still_refused("wantsum", minutes)).await;
    }
    let mut paused = Observation::new(page("wantsum"), at(75), at(75));
    (paused.looked, paused.why, paused.not_before) = (What::Cooling, Some(Why::Cooling), Some(at(90)));
    keep(&store, Commit::bare(0, paused)).await;
    keep(&store, read("eastmarch", 80, &["Phones work."])).await;

    let found = looks(&store, &LookFilter::default()).await.unwrap();
    assert_eq!((found.total, found.total.in_vain()), (Count { looked: 6, read: 3 }, 3));
    assert_eq!(found.targets[&target("wantsum")], Count { looked: 5, read: 2 });
    let shape = |found: &Looked| -> Vec<(What, u64, Timestamp)> {
        found.runs.iter().map(|run| (run.first.looked, run.count, run.last)).collect()
    };
    assert_eq!(
        shape(&found),
        [
            (What::Read, 1, at(0)),
            (What::Same, 1, at(15)),
            (What::Unreadable, 3, at(60)),
            (What::Cooling, 1, at(75)),
            (What::Read, 1, at(80)),
        ]
    );
    assert_eq!(found.runs[2].evidence.as_deref(), Some("connection refused"));

    let filter = LookFilter { since: Some(at(45)), until: Some(at(75)), each: true, ..LookFilter::default() };
    let found = looks(&store, &filter).await.unwrap();
    assert_eq!(shape(&found), [(What::Unreadable, 1, at(45)), (What::Unreadable, 1, at(60))]);
    assert_eq!((found.total, &found.runs[0].evidence), (Count { looked: 2, read: 0 }, &None));
}

/// A look that led to an event of a level about an incident.
fn about(mut commit: Commit, level: Level, incident: &str) -> Commit {
    commit.events[0].level = level;
    commit.events[0].incident = Some(incident.parse().unwrap());
    commit
}

#[tokio::test]
async fn events_are_found_by_what_they_are_about_a_page_at_a_time() {
    let store = InMemory::new();
    keep(&store, about(read("wantsum", 0, &["No data was taken."]), Level::Silent, "kent")).await;
    keep(&store, about(read("wantsum", 15, &["Data was taken."]), Level::Alert, "kent")).await;
    keep(&store, about(read("eastmarch", 20, &["Bins are late."]), Level::Note, "bins")).await;
    keep(&store, about(refused("eastmarch", 30), Level::Note, "kent")).await;
    keep(&store, about(read("wantsum", 45, &["Some data was taken."]), Level::Alert, "kent")).await;

    let kent =
        EventFilter { incident: Some("kent".parse().unwrap()), level: Level::Note, ..EventFilter::default() };
    let ends = |page: &EventPage| -> Vec<Timestamp> {
        page.events.iter().map(|happened| happened.event.between.1 - 250.milliseconds()).collect()
    };
    let first = events(&store, &kent, Order::Newest, None, 2).await.unwrap();
    assert_eq!(ends(&first), [at(45), at(30)]);
    // What happens meanwhile does not move the pages that follow.
    keep(&store, about(refused("wantsum", 60), Level::Alert, "kent")).await;
    let second = events(&store, &kent, Order::Newest, first.next.as_ref(), 2).await.unwrap();
    assert_eq!((ends(&second), second.next), (vec![at(15)], None));
    let oldest = events(&store, &kent, Order::Oldest, None, 10).await.unwrap();
    assert_eq!(ends(&oldest), [at(15), at(30), at(45), at(60)]);

    let filter = EventFilter {
        since: Some(at(15)),
        until: Some(at(45)),
        kinds: vec![EventKind::Revised],
        ..EventFilter::default()
    };
    assert_eq!(ends(&events(&store, &filter, Order::Oldest, None, 10).await.unwrap()), [at(15), at(20)]);
    let bins = EventFilter { targets: vec![target("eastmarch")], ..filter };
    assert_eq!(ends(&events(&store, &bins, Order::Oldest, None, 10).await.unwrap()), [at(20)]);
    let unknown = "0".repeat(64).parse().unwrap();
    assert!(events(&store, &kent, Order::Newest, Some(&unknown), 2).await.is_err());
}

#[tokio::test]
async fn one_event_that_was_altered_hides_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let store = Files::open(folder.path()).unwrap();
    let first = keep(&store, read("wantsum", 0, &["No data was taken."])).await;
    keep(&store, read("eastmarch", 5, &["Phones work."])).await;
    let events_of = folder.path().join("targets/wantsum/events");
    let file = std::fs::read_dir(events_of).unwrap().next().unwrap().unwrap().path();
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("Other words", "Kind words")).unwrap();

    let page = events(&store, &EventFilter::default(), Order::Oldest, None, 10).await.unwrap();
    assert_eq!(
        page.events.iter().map(|happened| &happened.target).collect::<Vec<_>>(),
        [&target("eastmarch")]
    );
    let unread: Vec<_> = page.unread.iter().map(|unread| (&unread.target, &unread.event)).collect();
    assert_eq!(unread, [(&target("wantsum"), &first.events[0].id)]);
}

#[tokio::test]
async fn the_timeline_of_an_incident_has_every_body_and_the_spans_without_an_answer() {
    let store = InMemory::new();
    let first = keep(&store, about(read("wantsum", 0, &["No data was taken."]), Level::Silent, "kent")).await;
    let down = keep(&store, about(refused("wantsum", 15), Level::Note, "kent")).await;
    let mut blocked = still_refused("wantsum", 30);
    blocked.look.why = Some(Why::Blocked);
    keep(&store, blocked).await;
    keep(&store, about(read("eastmarch", 40, &["Data was taken."]), Level::Alert, "kent")).await;
    let again = keep(&store, same(45, &first)).await;
    keep(&store, about(refused("library", 50), Level::Note, "bins")).await;
    keep(&store, refused("supplier", 55)).await;

    let kent =
        Incident { id: "kent".parse().unwrap(), title: "Kent".to_owned(), terms: vec!["data".to_owned()] };
    let found = timeline(&store, &kent, &[target("supplier")]).await.unwrap();
    let told: Vec<_> = found.events.iter().map(|happened| happened.event.target.as_str()).collect();
    assert_eq!(told, ["wantsum", "wantsum", "eastmarch"]);
    let spans: Vec<_> = found.outages.iter().map(|outage| (outage.target.as_str(), outage.looks)).collect();
    assert_eq!(spans, [("wantsum", 2), ("supplier", 1)], "the library's is of another incident");
    let outage = &found.outages[0];
    assert_eq!(outage.began, Between(Some(at(0)), down.look.ended));
    assert_eq!(outage.ended, Some(Between(Some(at(30)), again.look.ended)));
    assert_eq!(
        (&outage.whys[..], &outage.events[..]),
        (&[Why::Connect, Why::Blocked][..], &[down.events[0].id.clone()][..])
    );
    assert_eq!(found.outages[1].ended, None);
}

fn targets(text: &str) -> crate::targets::Config {
    crate::targets::load("targets.json", text).unwrap().config
}

#[tokio::test]
async fn where_everything_stands() {
    let store = InMemory::new();
    let config = targets(
        r#"{"version":1,"targets":[
            {"id":"wantsum","url":"https://wantsum.example/incident"},
            {"id":"eastmarch","url":"https://eastmarch.example/incident","paused":true},
            {"id":"library","url":"https://wantsum.example/library"}],
            "sinks":[{"kind":"file","id":"desk","path":"events.ndjson","level":"note"},
                     {"kind":"file","id":"late","path":"late.ndjson"}]}"#,
    );
    store.begin(at(0), "desk").await.unwrap();
    let first = keep(&store, read("wantsum", 1, &["No data was taken."])).await;
    keep(&store, read("wantsum", 15, &["Data was taken."])).await;
    keep(&store, about(refused("eastmarch", 20), Level::Silent, "kent")).await;
    let mut pause = refused("library", 25);
    (pause.look.not_before, pause.look.whole_host) = (Some(at(60)), true);
    pause.look.host = Some("wantsum.example".to_owned());
    keep(&store, pause).await;
    store.acknowledge(at(26), "desk", vec![first.events[0].id.clone()], Vec::new()).await.unwrap();

    let next =
        |_: &Target, _: &crate::model::TargetState, cooling: Option<Timestamp>| cooling.unwrap_or(at(45));
    let found = standing(&store, &config.targets, &config.sinks, at(30), next).await.unwrap();
    let rows: Vec<_> =
        found.targets.iter().map(|row| (row.state.name(), row.last_change, row.next_look)).collect();
    assert_eq!(
        rows,
        [("present", Some(at(15)), Some(at(60))), ("paused", None, None), ("unreadable", None, Some(at(60))),]
    );
    let library = &found.targets[2];
    assert_eq!((library.why, library.since, library.failed), (Some(Why::Connect), Some(at(25)), 1));
    let cooling: Vec<_> = found.cooling.iter().map(|host| (host.host.as_str(), host.until)).collect();
    assert_eq!(cooling, [("wantsum.example", at(60))]);
    // Of three events that wait, one is silent and one of them was taken; nothing was ever sent to the other sink.
    let sinks: Vec<_> = found.sinks.iter().map(|sink| (sink.sink.as_str(), sink.events)).collect();
    assert_eq!(sinks, [("desk", 2), ("late", 0)]);
}

#[tokio::test]
async fn two_snapshots_are_compared_as_one_recipe_reads_them() {
    let store = InMemory::new();
    let by = |select: &str| Recipe { select: vec![select.to_owned()], ..Recipe::default() };
    let mut first = read("wantsum", 0, &["Phones work."]);
    let url: url::Url = "https://wantsum.example/incident".parse().unwrap();
    let body = "<!doctype html><html lang=en><title>Wantsum</title><main><div id=lines><p>Phones work.</p></div>\
                <div id=data><p>No personal data was taken in the incident.</p></div></main></html>";
    let header = crate::model::Header { name: "content-type".to_owned(), value: b"text/html".to_vec() };
    let capture = Capture {
        redirects: Vec::new(),
        answer: Hop {
            url,
            started: at(0),
            ended: at(0),
            request: Vec::new(),
            version: "HTTP/1.1".to_owned(),
            status: 200,
            response: vec![header],
            peer: None,
            proxied: false,
            body: body.as_bytes().to_vec(),
        },
    };
    let blob = warc::write(&capture);
    let old = &first.snapshots[0];
    let mut provenance = old.provenance.clone();
    provenance.capture = crate::model::Digest::of(&blob);
    let old = Snapshot::new(old.subject(), provenance, by("#lines"), old.statement.clone());
    first.look.snapshot = Some(old.id.clone());
    (first.blobs, first.snapshots) = (vec![blob], vec![old.clone()]);
    keep(&store, first).await;
    let second = read("wantsum", 15, &["Personal data was taken in the incident."]);
    let new = &second.snapshots[0];
    let new = Snapshot::new(new.subject(), new.provenance.clone(), by("#data"), new.statement.clone());

    let (before, after) = by_one_recipe(&store, &old, &new).await.unwrap();
    let text = |statement: &crate::model::Statement| -> String {
        statement.content.iter().map(crate::model::Block::text).collect()
    };
    assert_eq!(
        text(&before),
        "No personal data was taken in the incident.",
        "not what the older recipe left"
    );
    assert_eq!(after, new.statement);
    assert_eq!(
        by_one_recipe(&store, &old, &old).await.unwrap().0,
        old.statement,
        "one recipe: nothing is read again"
    );
}

#[test]
fn a_notice_beside_the_statement_is_judged_as_its_target_is_watched() {
    use crate::judge::{Subject, difference};
    use crate::model::{Block, Sentence, Statement};
    use crate::text::Lexicons;

    let beside = |words: &str| Statement {
        banner: vec![Block {
            sentences: vec![Sentence { text: words.to_owned(), ..Sentence::default() }],
            ..Block::default()
        }],
        ..Statement::default()
    };
    let (before, after) = (beside("Phones work."), beside("Phones are down."));
    let lexicons = Lexicons::default();
    let relevant = |watch: &str| {
        let config = targets(&format!(
            r#"{{"version":1,"incidents":[{{"id":"kent","title":"Kent","terms":["cyber"]}}],
                "targets":[{{"url":"https://wantsum.example/","watch":"{watch}","relevance":"page"}}]}}"#
        ));
        difference(&before, &after, &Subject::of(&config.targets[0], &lexicons)).judgement.relevant
    };
    assert_eq!((relevant("page"), relevant("banner")), (false, true));
}
