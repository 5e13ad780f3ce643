//! What is told of a feed: each entry a statement of its own.

use serde_json::{Value, json};

use crate::site::{Site, check, onrecord};

const PATH: &str = "/news/feed.xml";

/// An entry: the page it leads to, its headline, its words, its day of January 2024.
type Entry = (&'static str, &'static str, &'static str, u8);

const CYBER: Entry = (
    "cyber",
    "Cyber incident: our forms are off",
    "<p>We are dealing with a cyber incident.</p><p>No customer data has been accessed.</p>",
    18,
);
const BINS: Entry = ("bins", "Bins at Easter", "<p>Bins are collected on Saturday.</p>", 15);
const POOL: Entry = ("pool", "The pool opens", "<p>The pool opens at nine.</p>", 10);
const ROADS: Entry = ("roads", "Roads are gritted", "<p>Gritters are out.</p>", 19);

fn rss(entries: &[Entry]) -> String {
    let item = |(page, title, words, day): &Entry| {
        format!(
            "<item><title>{title}</title><link>https://www.wharf.example/news/{page}</link>\
             <guid isPermaLink=\"false\">{page}-{day}</guid><pubDate>{day} Jan 2024 09:00:00 +0000</pubDate>\
             <description><![CDATA[{words}]]></description></item>"
        )
    };
    let items: String = entries.iter().map(item).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\"><channel><title>Wharf news</title>\
         <link>https://www.wharf.example/</link><description>News</description>{items}</channel></rss>"
    )
}

/// A feed that was looked at once, at 09:00.
fn watched(entries: &[Entry]) -> (Site, tempfile::TempDir) {
    let (site, dir) = (Site::start(), tempfile::tempdir().unwrap());
    site.watched(dir.path(), &[PATH.to_owned()]);
    let path = dir.path().join("targets.json");
    let mut file: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    file["targets"][0]["watch"] = json!("feed");
    std::fs::write(path, file.to_string()).unwrap();
    site.serves(PATH, 200, &rss(entries));
    check(dir.path(), "2024-01-19T09:00:00Z");
    (site, dir)
}

/// The JSON of a status page.
fn status(forms: &str, incidents: &Value) -> String {
    json!({
        "page": { "name": "Wharf Systems", "updated_at": "2024-01-19T10:00:00Z" },
        "components": [{ "id": "c1", "name": "Customers' forms", "status": forms }],
        "incidents": incidents,
        "status": { "description": "As shown" },
    })
    .to_string()
}

#[test]
fn a_status_page_tells_of_its_incidents_and_of_each_update() {
    let (site, dir) = watched(&[BINS]);
    let path = dir.path().join("targets.json");
    let file =
        std::fs::read_to_string(&path).unwrap().replace("\"feed\"", "\"json\"").replace("page-0", "status");
    std::fs::write(path, file).unwrap();
    let incident = |updates: Value| {
        json!([{ "id": "i1", "name": "Cyber incident", "status": "identified", "created_at": "2024-01-19T08:00:00Z",
            "incident_updates": updates }])
    };
    site.serves(PATH, 200, &status("operational", &json!([])));
    check(dir.path(), "2024-01-19T09:00:00Z");
    let first = json!({ "status": "identified", "body": "No customer data has been accessed." });
    site.serves(PATH, 200, &status("major_outage", &incident(json!([first]))));
    let told = |time: &str| -> Vec<(String, String, String)> {
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let events = check(dir.path(), &format!("2024-01-19T{time}Z"));
        let mut told: Vec<_> =
            events.iter().map(|e| (word(&e["item"]), word(&e["kind"]), word(&e["level"]))).collect();
        told.sort();
        told
    };
    let rows = told("10:00:00");
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert_eq!(rows[1].0, "incidents/i1");
    assert_eq!((rows[0].1.as_str(), rows[1].1.as_str()), ("revised", "listed"));
    let next = json!({ "status": "monitoring", "body": "We now believe that customer data was accessed." });
    site.serves(PATH, 200, &status("major_outage", &incident(json!([next, first]))));
    let rows = told("11:00:00");
    assert_eq!(rows, [("incidents/i1".to_owned(), "revised".to_owned(), "alert".to_owned())]);
    // Resolved incidents leave the summary.
    site.serves(PATH, 200, &status("operational", &json!([])));
    let rows = told("12:00:00");
    assert!(
        rows.contains(&("incidents/i1".to_owned(), "unlisted".to_owned(), "note".to_owned())),
        "{rows:?}"
    );
    site.serves(PATH, 200, "{\"error\": ");
    assert_eq!(told("13:00:00"), [(String::new(), "unreadable".to_owned(), "note".to_owned())]);
}

/// What a look tells: kind, level, and the entry.
fn told(dir: &tempfile::TempDir, time: &str) -> Vec<(String, String, String)> {
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let page = |event: &Value| word(&event["item"]).rsplit('/').next().unwrap_or_default().to_owned();
    let mut told: Vec<_> = check(dir.path(), &format!("2024-01-19T{time}Z"))
        .iter()
        .map(|event| (word(&event["kind"]), word(&event["level"]), page(event)))
        .collect();
    told.sort();
    told
}

fn one(kind: &str, level: &str, page: &str) -> Vec<(String, String, String)> {
    vec![(kind.to_owned(), level.to_owned(), page.to_owned())]
}

const NOTHING: Vec<(String, String, String)> = Vec::new();

#[test]
fn a_first_look_is_silent_and_each_entry_has_a_folder_of_its_own() {
    let (_site, dir) = watched(&[CYBER, BINS, POOL]);
    let store = dir.path().join("snapshots/targets/page-0");
    let items: Vec<_> = std::fs::read_dir(store.join("items")).unwrap().flatten().collect();
    assert_eq!(items.len(), 3);
    for item in &items {
        assert!(item.path().join("latest.txt").exists() && item.path().join("events").exists());
    }
    let list = std::fs::read_to_string(store.join("latest.txt")).unwrap();
    assert!(list.contains("Cyber incident: our forms are off") && list.contains("The pool opens"), "{list}");
    let verify = onrecord(dir.path(), None, &["verify"]);
    assert!(verify.status.success(), "{}", String::from_utf8_lossy(&verify.stdout));
}

#[test]
fn an_entry_is_listed_edited_and_withdrawn() {
    let (site, dir) = watched(&[BINS, POOL]);
    site.serves(PATH, 200, &rss(&[CYBER, BINS, POOL]));
    assert_eq!(told(&dir, "10:00:00"), one("listed", "alert", "cyber"));
    assert_eq!(told(&dir, "10:15:00"), NOTHING);

    let hedged = (
        "cyber",
        CYBER.1,
        "<p>We are dealing with a cyber incident.</p><p>There is no evidence that customer data has been accessed.</p>",
        18,
    );
    site.serves(PATH, 200, &rss(&[hedged, BINS, POOL]));
    let events = check(dir.path(), "2024-01-19T11:00:00Z");
    assert_eq!(events.len(), 1, "{events:?}");
    let event = &events[0];
    assert_eq!((&event["kind"], &event["level"]), (&json!("revised"), &json!("alert")));
    assert_eq!(event["changes"][0]["labels"][0], "denial-hedged");
    assert_eq!(event["url"], "https://www.wharf.example/news/cyber");
    assert_eq!(
        event["between"],
        json!(["2024-01-19T10:15:00Z", "2024-01-19T11:00:00Z"]),
        "the look before saw it"
    );

    site.serves(PATH, 200, &rss(&[BINS, POOL]));
    assert_eq!(told(&dir, "12:00:00"), one("unlisted", "note", "cyber"));
    let sure = check(dir.path(), "2024-01-19T13:00:00Z");
    assert_eq!((&sure[0]["kind"], &sure[0]["level"]), (&json!("unlisted"), &json!("alert")));
    assert_eq!(sure[0]["between"], json!(["2024-01-19T11:00:00Z", "2024-01-19T12:00:00Z"]));
    assert_eq!(told(&dir, "14:00:00"), NOTHING);
    site.serves(PATH, 200, &rss(&[hedged, BINS, POOL]));
    assert_eq!(told(&dir, "15:00:00"), one("listed", "note", "cyber"));
    let verify = onrecord(dir.path(), None, &["verify"]);
    assert!(verify.status.success(), "{}", String::from_utf8_lossy(&verify.stdout));
}

#[test]
fn a_headline_that_changes_is_an_edit_of_the_same_entry() {
    let (site, dir) = watched(&[CYBER, BINS, POOL]);
    site.serves(
        PATH,
        200,
        &rss(&[("cyber", "Cyber incident: customer data was taken", CYBER.2, 18), BINS, POOL]),
    );
    assert_eq!(told(&dir, "10:00:00"), one("revised", "alert", "cyber"));
}

#[test]
fn what_is_shuffled_ages_out_or_is_not_about_the_incident_tells_nobody() {
    let (site, dir) = watched(&[CYBER, BINS, POOL]);
    site.serves(PATH, 200, &rss(&[POOL, CYBER, BINS]));
    assert_eq!(told(&dir, "10:00:00"), NOTHING);
    site.serves(PATH, 200, &rss(&[ROADS, CYBER, BINS, POOL]));
    assert_eq!(told(&dir, "11:00:00"), one("listed", "silent", "roads"));
    site.serves(PATH, 200, &rss(&[("fair", "A fair", "<p>A fair comes.</p>", 20), ROADS, CYBER]));
    let told = told(&dir, "12:00:00");
    assert!(told.iter().all(|(_, level, _)| level == "silent"), "{told:?}");
    assert_eq!(told.len(), 3, "one listed, two aged out: {told:?}");
}

#[test]
fn an_entry_under_another_address_is_the_same_statement() {
    let (site, dir) = watched(&[CYBER, BINS, POOL]);
    site.serves(PATH, 200, &rss(&[("cyber-incident", CYBER.1, CYBER.2, 18), BINS, POOL]));
    let told = told(&dir, "10:00:00");
    assert!(told.iter().all(|(_, level, _)| level == "silent"), "{told:?}");
    assert_eq!(told.len(), 2);
}

#[test]
fn a_page_in_place_of_a_feed_half_a_feed_and_an_empty_one_are_no_withdrawals() {
    let (site, dir) = watched(&[CYBER, BINS, POOL]);
    site.says(PATH, &["We are dealing with a cyber incident and have more to say here."], "one");
    assert_eq!(told(&dir, "10:00:00"), one("unreadable", "note", ""));
    let whole = rss(&[CYBER, BINS, POOL]);
    site.serves(PATH, 200, &whole[..whole.len() - 40]);
    assert_eq!(told(&dir, "11:00:00"), NOTHING);
    site.serves(PATH, 200, &rss(&[]));
    assert_eq!(told(&dir, "12:00:00"), NOTHING);
    site.serves(PATH, 200, &whole);
    assert_eq!(told(&dir, "13:00:00"), one("restored", "note", ""));
}

#[test]
fn what_confirms_a_withdrawal_is_asked_for_whole() {
    let (site, dir) = watched(&[CYBER, BINS, POOL]);
    site.answers(PATH, 200, &["ETag: \"two\""], &rss(&[BINS, POOL]));
    assert_eq!(told(&dir, "10:00:00"), one("unlisted", "note", "cyber"));
    assert_eq!(told(&dir, "11:00:00"), one("unlisted", "alert", "cyber"));
    assert_eq!(told(&dir, "12:00:00"), NOTHING);
}

/// The changes of `diff` between two feeds.
fn differ(before: &[Entry], after: &[Entry]) -> Vec<Value> {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("a.xml"), rss(before)).unwrap();
    std::fs::write(dir.path().join("b.xml"), rss(after)).unwrap();
    let run =
        onrecord(dir.path(), None, &["diff", "a.xml", "b.xml", "--relevance", "page", "--format", "json"]);
    let value: Value = serde_json::from_slice(&run.stdout).unwrap();
    value["changes"].as_array().unwrap().clone()
}

#[test]
fn two_feeds_in_files_are_compared_entry_by_entry() {
    assert_eq!(differ(&[CYBER, BINS, POOL], &[POOL, BINS, CYBER]), Vec::<Value>::new(), "shuffled");
    let changes = differ(&[CYBER, BINS, POOL], &[ROADS, CYBER, BINS]);
    assert!(changes.iter().all(|change| change["kind"] == "added"), "aged out is no change: {changes:?}");
    let changes = differ(&[CYBER, BINS, POOL], &[BINS, POOL]);
    assert!(!changes.is_empty() && changes.iter().all(|change| change["kind"] == "removed"), "{changes:?}");
}

#[test]
fn what_an_index_lists_about_the_incident_is_adopted_and_watched() {
    let (site, dir) = watched(&[BINS]);
    let path = dir.path().join("targets.json");
    let file =
        std::fs::read_to_string(&path).unwrap().replace("\"feed\"", "\"index\"").replace("page-0", "news");
    std::fs::write(path, file).unwrap();
    let links = |rows: &[(&str, &str)]| {
        let row = |(page, words): &(&str, &str)| {
            format!("<article><h2><a href=\"/n/{page}\">{words}</a></h2><p>Read it.</p></article>")
        };
        let rows: String = rows.iter().map(row).collect();
        site.serves(PATH, 200, &format!("<!doctype html><html><body><nav><a href=/cyber>Cyber</a></nav><main><h1>News of the council</h1>{rows}</main></body></html>"));
    };
    site.says(
        "/n/1",
        &["We are dealing with a cyber incident.", "No customer data has been accessed."],
        "one",
    );
    let bins = ("2", "Bins are collected on another day this week");
    links(&[("1", "Cyber incident: what we know"), bins]);
    let first = check(dir.path(), "2024-01-19T09:00:00Z");
    assert!(first.iter().all(|event| event["level"] == "silent"), "{first:?}");
    assert!(
        first.iter().any(|event| event["target"] != "news" && event["kind"] == "first-seen"),
        "{first:?}"
    );
    assert!(site.asked().contains(&"/n/1".to_owned()));

    // The page behind the link is watched from now on, in a new run too.
    site.says(
        "/n/1",
        &[
            "We are dealing with a cyber incident.",
            "There is no evidence that customer data has been accessed.",
        ],
        "one",
    );
    site.says("/n/3", &["The cyber incident goes on."], "one");
    links(&[("3", "Cyber incident: an update"), ("1", "Cyber incident: what we know"), bins]);
    let events = check(dir.path(), "2024-01-19T10:00:00Z");
    let told = |events: &[Value]| {
        let mut told: Vec<String> = events
            .iter()
            .filter(|event| event["level"] != "silent")
            .map(|event| format!("{} {}", event["kind"].as_str().unwrap(), event["level"].as_str().unwrap()))
            .collect();
        told.sort();
        told
    };
    let heard = told(&events);
    assert!(heard.contains(&"revised alert".to_owned()), "{events:?}");
    assert!(heard.iter().any(|row| row.starts_with("listed")), "{heard:?}");
    assert!(site.asked().iter().all(|path| path != "/n/2" && path != "/cyber"));
    links(&[("1", "Cyber incident: what we know"), bins]);
    check(dir.path(), "2024-01-19T11:00:00Z");
    links(&[bins]);
    let events = check(dir.path(), "2024-01-19T12:00:00Z");
    assert!(events.iter().all(|event| event["kind"] != "unreadable"), "{events:?}");
    let verify = onrecord(dir.path(), None, &["verify"]);
    assert!(verify.status.success(), "{}", String::from_utf8_lossy(&verify.stdout));
}

/// What a thousand broken sources of each kind come to: a statement or a reason, soon, and never a panic.
#[test]
fn broken_sources_are_read_or_refused() {
    use onrecord::{
        model::{Capture, Header, Hop, Memory, Recipe, Watch},
        read,
    };
    let list = "<html><body><main><h1>News</h1><p><a href=/n/1>Cyber incident</a> today</p><ul><li><a href=/n/2>Bins</a></ul></main></body></html>";
    let atom = "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>N</div></title>\
        <entry><title>A &amp; b</title><id>tag:a</id><link href='/a'/><content type='xhtml'><div><p>Forms are off.</p></div></content></entry></feed>";
    let post = json!([{ "id": 1, "title": { "rendered": "A" }, "link": "/a", "content": { "rendered": "<p>Forms.</p>" } }]);
    let sources = [
        (Watch::Feed, rss(&[CYBER, BINS, POOL])),
        (Watch::Feed, atom.to_owned()),
        (
            Watch::Json,
            status(
                "operational",
                &json!([{ "id": "i", "name": "N", "incident_updates": [{ "body": "We look." }] }]),
            ),
        ),
        (Watch::Json, post.to_string()),
        (Watch::Index, list.to_owned()),
    ];
    let mut random = fastrand::Rng::with_seed(25);
    let moment = jiff::Timestamp::UNIX_EPOCH;
    let began = std::time::Instant::now();
    for n in 0..1000 {
        let (watch, source) = &sources[n % sources.len()];
        let mut body = source.clone().into_bytes();
        for _ in 0..random.usize(1..6) {
            let at = random.usize(0..body.len().max(1));
            let end = (at + random.usize(0..40)).min(body.len());
            match random.u8(0..5) {
                0 => drop(body.drain(at.min(end)..end)),
                1 => body.extend_from_within(at.min(end)..),
                2 => body.iter_mut().skip(at).take(1).for_each(|byte| *byte = random.u8(..)),
                3 => body.truncate(at),
                _ => drop(body.splice(at.min(body.len())..at.min(body.len()), *b"<item><![CDATA[")),
            }
        }
        let url = url::Url::parse("https://www.wharf.example/feed").unwrap();
        let header = Header { name: "content-type".to_owned(), value: b"text/html".to_vec() };
        let answer = Hop {
            url,
            started: moment,
            ended: moment,
            request: Vec::new(),
            version: "HTTP/1.1".to_owned(),
            status: 200,
            response: vec![header],
            peer: None,
            proxied: false,
            body,
        };
        let capture = Capture { redirects: Vec::new(), answer };
        let recipe = Recipe { watch: *watch, terms: vec!["cyber".to_owned()], ..Recipe::default() };
        let first = read::read(&capture, &recipe, &Memory::default()).items;
        assert_eq!(
            first,
            read::read(&capture, &recipe, &Memory::default()).items,
            "the same bytes read the same"
        );
    }
    assert!(began.elapsed().as_secs() < 60, "{:?}", began.elapsed());
}

#[test]
fn add_says_what_an_address_is_and_offers_the_feed_of_a_page() {
    let (site, dir) = watched(&[BINS]);
    let add = |path: &str| {
        let run = onrecord(dir.path(), None, &["add", &site.url(path), "--allow-private", "--body", "Wharf"]);
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let said = String::from_utf8_lossy(&run.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
        let file = std::fs::read_to_string(dir.path().join("targets.json")).unwrap();
        (said, file)
    };
    site.serves("/all.xml", 200, &rss(&[CYBER, BINS]));
    let (said, file) = add("/all.xml");
    assert!(said.contains("It is a feed") && said.contains("Bins at Easter"), "{said}");
    assert_eq!(file.matches("\"feed\"").count(), 2, "{file}");
    site.serves(
        "/news",
        200,
        "<!doctype html><html><head><title>News</title><link rel=alternate type=\"application/rss+xml\" href=\"/all.xml\"></head>\
         <body><main><h1>News</h1><p>The pool opens at nine on Saturday.</p></main></body></html>",
    );
    let (said, _) = add("/news");
    assert!(said.contains("offers a feed") && said.contains("/all.xml"), "{said}");
    site.serves("/api", 200, &status("operational", &json!([])));
    let (said, file) = add("/api");
    assert!(said.contains("It is JSON") && file.contains("\"json\""), "{said}");
}
