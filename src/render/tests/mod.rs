//! What a reporter sees, whole: invented events and the text they become.

pub(in crate::render) mod stories;

use jiff::tz::{Offset, TimeZone};

use super::{
    Compared, Detail, Style, changes_markdown, changes_text, compared_html, event_schema, github, html,
    html_page, markdown, ndjson, terminal,
};
use crate::model::{ChangeKind, Event, EventKind, Label, Level, Part, Why};
pub(super) use stories::change;
use stories::{event, hedged};

#[test]
fn a_hedged_denial() {
    insta::assert_snapshot!(terminal(&hedged(), &Style::default()), @r#"
    ALERT  Denial hedged: “No customer data has been accessed”  Brockwell City Council, brockwell-news
           between 11:00 and 11:15 UTC on 19 Jan 2024; the page still says “18 January 2024”
           - [-No-] customer data has been accessed.
           + {+There is no evidence that any+} customer data has been accessed {+at this stage+}.
           because  the denial lost certainty (“no evidence that”, “at this stage”); about (“customer
                    data”)
           https://www.brockwell.example/news/12
           onrecord show 80914f
    "#);
}

#[test]
fn today_in_the_readers_zone_and_narrow() {
    let style = Style {
        zone: TimeZone::fixed(Offset::constant(1)),
        now: Some("2024-01-19T15:00:00Z".parse().unwrap()),
        width: 60,
        ..Style::default()
    };
    let text = terminal(&hedged(), &style);
    assert!(text.contains("between 12:00 and 12:15 +01; the page"), "{text}");
    assert!(text.lines().all(|l| l.chars().count() <= 60 || l.contains("https://")), "{text}");
}

#[test]
fn colour_adds_to_the_signs_and_never_replaces_them() {
    let style = Style { color: true, ..Style::default() };
    let text = terminal(&hedged(), &style);
    let plain = anstream::adapter::strip_str(&text).to_string();
    assert!(plain.contains("- No customer data has been accessed."), "{plain}");
    assert!(plain.contains("+ There is no evidence that any customer data has been accessed"), "{plain}");
    assert!(text.contains("\u{1b}[1m\u{1b}[4m\u{1b}[31mNo\u{1b}[0m customer"), "{text:?}");
}

#[test]
fn what_cannot_be_read_says_why_and_what_to_do() {
    let mut e = event(EventKind::Unreadable, Level::Note);
    e.why = Some(Why::Connect);
    e.evidence = Some("connection refused".to_owned());
    e.headline = "Cannot be read (connect): connection refused".to_owned();
    insta::assert_snapshot!(terminal(&e, &Style::default()), @r#"
    note   Cannot be read (connect): connection refused         Brockwell City Council, brockwell-news
           last read at 11:00, failed at 11:15 UTC on 19 Jan 2024
           the connection was refused, or the host cannot be reached
           to do  wait; or check the address and the network
           https://www.brockwell.example/news/12
           onrecord show 80914f
    "#);
}

#[test]
fn what_is_gone_names_where_the_address_leads() {
    let mut e = event(EventKind::Removed, Level::Alert);
    e.why = Some(Why::Redirected);
    e.status = Some(200);
    e.landed = Some("https://www.brockwell.example/news/".to_owned());
    let seen = format!("{} leads to https://www.brockwell.example/news/, which says something else", e.url);
    e.headline = format!("The page is gone: {seen}");
    e.evidence = Some(seen);
    insta::assert_snapshot!(terminal(&e, &Style::default()), @r#"
    ALERT  The page is gone: https://www.brockwell.example/news/12 leads to
           https://www.brockwell.example/news/, which says something else
           Brockwell City Council, brockwell-news
           last there at 11:00, gone at 11:15 UTC on 19 Jan 2024
           the address now leads to another page that does not carry the statement
           the address now leads to https://www.brockwell.example/news/
           to do  look for the statement elsewhere on the site
           https://www.brockwell.example/news/12
           onrecord show 80914f
    "#);
}

#[test]
fn wording_that_comes_back_says_how_long_the_other_stood() {
    let mut e = hedged();
    e.kind = EventKind::Reverted;
    e.headline = format!("Goes to and fro between two wordings. {}", e.headline);
    e.last_seen = Some("2024-01-18T09:00:00Z".parse().unwrap());
    e.flapping = true;
    let text = terminal(&e, &Style::default());
    assert!(text.starts_with("  ALERT  Goes to and fro between two wordings. Denial hedged"), "{text}");
    assert!(
        text.contains("last seen at 18 Jan 2024, 09:00 UTC; the others stood for 26 hours at most"),
        "{text}"
    );
    assert!(text.contains("this is told once"), "{text}");
}

#[test]
fn several_places_each_have_their_name() {
    let mut e = hedged();
    let mut banner = change(ChangeKind::Added, "", "Phone lines are closed today.", &[]);
    banner.part = Part::Banner;
    banner.labels = vec![Label::ServiceDisrupted];
    let moved = change(ChangeKind::Moved, "We are sorry.", "We are sorry.", &[]);
    let mut split = change(ChangeKind::Split, "We closed it and we told you.", "", &[]);
    split.after = vec!["We closed it.".to_owned(), "We told you.".to_owned()];
    let mut gone = change(ChangeKind::StatementRemoved, "All is well.", "", &[]);
    gone.labels = vec![Label::DenialWithdrawn];
    let mut link = change(ChangeKind::Edited, "Read the notice.", "Read the notice.", &[]);
    link.labels = vec![Label::LinkChanged];
    e.changes = vec![gone, banner, moved, split, link];
    insta::assert_snapshot!(terminal(&e, &Style::default()), @r#"
    ALERT  Denial hedged: “No customer data has been accessed”  Brockwell City Council, brockwell-news
           between 11:00 and 11:15 UTC on 19 Jan 2024; the page still says “18 January 2024”
           denial withdrawn, the statement is gone from the page:
           - All is well.
           service disrupted, in a banner:
           + Phone lines are closed today.
           moved to another place:
           ~ We are sorry.
           one sentence became 2:
           - We closed it and we told you.
           + We closed it. We told you.
           link changed:
           = Read the notice.
           https://www.brockwell.example/news/12
           onrecord show 80914f
    "#);
}

#[test]
fn a_brief_text_counts_what_it_leaves_out() {
    let mut e = hedged();
    e.changes = vec![e.changes[0].clone(); 20];
    assert!(
        terminal(&e, &Style::default())
            .contains("and 12 quieter or further places; all of them: onrecord show")
    );
    for (text, end) in [
        (github(&e), "%0Aand 12 quieter or further places; all of them: onrecord show 80914f%0Ahttps"),
        (
            html(&e, Detail::Brief),
            "<p>and 12 quieter or further places; all of them: onrecord show 80914f</p>",
        ),
        (
            markdown(&e, Detail::Brief),
            "\nand 12 quieter or further places; all of them\\: onrecord show 80914f\n",
        ),
    ] {
        assert!(text.contains(end), "{text}");
    }
    let whole = Style { detail: Detail::Whole, ..Style::default() };
    assert_eq!(terminal(&e, &whole).matches("because").count(), 20);
}

#[test]
fn every_kind_and_every_reason_makes_a_sentence() {
    for value in [
        "first-seen",
        "appeared",
        "revised",
        "reverted",
        "touched",
        "removed",
        "moved",
        "unreadable",
        "restored",
        "listed",
        "unlisted",
        "diverged",
    ] {
        let kind: EventKind = serde_json::from_value(value.into()).unwrap();
        for why in std::iter::once(None).chain(Why::ALL.iter().copied().map(Some)) {
            let mut e = event(kind, Level::Note);
            (e.why, e.evidence) = (why, why.map(|_| "what was seen".to_owned()));
            e.between.0 = None;
            let text = terminal(&e, &Style::default());
            assert!(!text.contains("  \n"), "{text}");
            let Some(why) = why else { continue };
            let said = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
            let away = matches!(kind, EventKind::Unreadable | EventKind::Removed);
            assert!(
                said.contains(why.meaning().trim_end_matches('.').to_lowercase().as_str()),
                "{why}\n{text}"
            );
            assert!(kind == EventKind::Restored || said.contains("what was seen"), "{why}\n{text}");
            assert_eq!(said.contains(&why.advice().to_lowercase()), away, "{why}\n{text}");
        }
    }
}

#[test]
fn hostile_words_stay_words_in_every_format() {
    let mut e = hedged();
    let bad = "x\u{1b}]0;owned\u{7}\u{202e}y\n::error::z";
    e.headline = bad.to_owned();
    e.body = bad.to_owned();
    e.url = bad.to_owned();
    e.evidence = Some(bad.to_owned());
    e.why = Some(Why::Blocked);
    e.changes[0].before = vec![bad.to_owned()];
    e.changes[0].reasons[0].evidence = bad.to_owned();
    let style = Style::default();
    let (statement, none) = (crate::model::Statement::default(), crate::model::Revision::default());
    let both = Compared {
        before: &statement,
        after: &statement,
        content: &none,
        banner: &none,
        changes: &e.changes,
        headline: bad,
    };
    for text in [
        terminal(&e, &style),
        ndjson(&e),
        github(&e),
        changes_text(&e.changes, &style),
        changes_markdown(&e.changes, &style),
        compared_html(bad, &both, &style),
        markdown(&e, Detail::Brief),
        html_page(bad, std::slice::from_ref(&e), Detail::Brief),
    ] {
        let seen = text.trim_end_matches('\n').replace('\n', " ");
        assert!(!seen.chars().any(super::escape::is_unseen), "{text:?}");
        assert!(!text.contains("\n::error"), "{text:?}");
    }
    assert_eq!(github(&e).lines().count(), 1);
    assert_eq!(serde_json::from_str::<Event>(&ndjson(&e)).unwrap(), e);
}

#[test]
fn markdown_for_an_issue() {
    insta::assert_snapshot!(markdown(&hedged(), Detail::Brief), @r##"
    ### ALERT: Denial hedged\: “No customer data has been accessed”

    **Brockwell City Council**, `brockwell-news`  
    between 11\:00 and 11\:15 UTC on 19 Jan 2024; the page still says “18 January 2024”

    denial hedged:

    ```diff
    - [-No-] customer data has been accessed.
    + {+There is no evidence that any+} customer data has been accessed {+at this stage+}.
    ```

    because the denial lost certainty \(“no evidence that”, “at this stage”\); about \(“customer data”\)

    `https://www.brockwell.example/news/12`  
    `onrecord show 80914f`
    "##);
}

#[test]
fn words_of_a_page_cannot_leave_their_fence() {
    let mut e = hedged();
    e.changes[0].after = vec!["```` ![x](https://a.example/x.png) <img src=x> @all #1".to_owned()];
    e.changes[0].spans.clear();
    e.url = "https://a.example/`b`".to_owned();
    let text = markdown(&e, Detail::Brief);
    let block = text.split("`````diff\n").nth(1).unwrap().split("\n`````\n").next().unwrap();
    assert!(block.contains("+ ```` ![x]("), "{text}");
    assert!(
        text.contains("``https://a.example/`b```") || text.contains("`` https://a.example/`b` ``"),
        "{text}"
    );
}

#[test]
fn html_for_a_page() {
    insta::assert_snapshot!(html(&hedged(), Detail::Brief), @r##"
    <article class="event alert" id="e80914f0274ced542b3c64fd18666296efc1be86f90fc57f02ac5b46ed46d4489">
    <h2><span class="level">alert</span> Denial hedged: “No customer data has been accessed”</h2>
    <p>Brockwell City Council (<code>brockwell-news</code>), between 11:00 and 11:15 UTC on 19 Jan 2024; the page still says “18 January 2024”</p>
    <table>
    <thead><tr><th scope="col">Before</th><th scope="col">After</th></tr></thead>
    <tbody>
    <tr><td colspan="2" class="kind">denial hedged</td></tr>
    <tr><td><del>No</del> customer data has been accessed.</td><td><ins>There is no evidence that any</ins> customer data has been accessed <ins>at this stage</ins>.</td></tr>
    <tr><td colspan="2" class="why"><details><summary>In one line</summary><p><del>No</del><ins>There is no evidence that any</ins> customer data has been accessed<ins> at this stage</ins>.</p></details><p>because the denial lost certainty (“no evidence that”, “at this stage”); about (“customer data”)</p></td></tr>
    </tbody>
    </table>
    <p><code>https://www.brockwell.example/news/12</code></p>
    <p><code>onrecord show 80914f</code></p>
    </article>
    "##);
}

#[test]
fn a_workflow_command_is_one_line() {
    insta::assert_snapshot!(github(&hedged()), @"::warning title=Brockwell City Council%3A Denial hedged%3A “No customer data has been accessed”::between 11:00 and 11:15 UTC on 19 Jan 2024; the page still says “18 January 2024”%0A- No customer data has been accessed.%0A+ There is no evidence that any customer data has been accessed at this stage.%0Ahttps://www.brockwell.example/news/12");
}

#[test]
fn json_keys_keep_their_order_and_the_schema_knows_them() {
    let line = ndjson(&hedged());
    let at = |key: &str| line.find(&format!("\"{key}\":")).unwrap();
    let order = ["schema", "id", "kind", "level", "target", "body", "url", "between", "headline", "changes"];
    assert!(order.windows(2).all(|w| at(w[0]) < at(w[1])), "{line}");
    let schema: serde_json::Value = serde_json::from_str(&event_schema()).unwrap();
    assert!(order.iter().all(|key| schema["properties"].get(key).is_some()));
}
