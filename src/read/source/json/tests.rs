use super::*;
use crate::model::{Block, Statement};

fn base() -> Url {
    Url::parse("https://status.wharf.example/api/v2/summary.json").unwrap()
}

fn said(statement: &Statement) -> String {
    statement.content.iter().map(Block::text).collect::<Vec<_>>().join(" | ")
}

fn read(text: &str, select: &[&str], remove: &[&str]) -> Result<Vec<(String, String)>, Why> {
    let own = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
    let recipe = Recipe { select: own(select), remove: own(remove), ..Recipe::default() };
    let found = items(text, &base(), &recipe, &Memory::default()).map_err(|refusal| refusal.why)?;
    Ok(found.items.iter().map(|item| (item.key.as_str().to_owned(), said(&item.statement))).collect())
}

#[test]
fn a_status_page_is_its_incidents_components_and_how_things_are() {
    let text = r#"{"page":{"id":"a","name":"Wharf Systems","updated_at":"2024-01-19T10:00:00Z"},
        "components":[{"id":"c1","name":"Forms","status":"partial_outage","group":false},{"id":"g","name":"All","group":true,"status":"x"}],
        "incidents":[{"id":"i1","name":"Forms are off","status":"monitoring","impact":"major","created_at":"2024-01-18T09:00:00Z",
          "incident_updates":[{"status":"monitoring","body":"A fix is in place."},{"status":"investigating","body":"We are looking."}]}],
        "status":{"indicator":"major","description":"Partial System Outage"}}"#;
    let read = read(text, &[], &[]).unwrap();
    let keys: Vec<&str> = read.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(keys, ["", "incidents/i1", "components/c1", "status"]);
    assert_eq!(
        read[1].1,
        "Forms are off | Status: Monitoring | Impact: Major | Monitoring: A fix is in place. | Investigating: We are looking."
    );
    assert_eq!(read[2].1, "Forms: Partial outage");
}

#[test]
fn pointers_and_paths_choose_and_leave_out() {
    let text = r#"{"b":{"text":"No customer data has been accessed.","views":12},"a":{"text":"The forms are off until noon."},
        "generated_at":"2024-01-19T10:00:00Z","open":true}"#;
    let all = "The forms are off until noon. | No customer data has been accessed. | views: 12 | open: yes";
    assert_eq!(read(text, &[], &[]).unwrap()[0].1, all, "names in order, the answer's own moment left out");
    assert_eq!(read(text, &["/b/text"], &[]).unwrap()[0].1, "No customer data has been accessed.");
    assert_eq!(read(text, &["$..text"], &[]).unwrap()[0].1.matches('|').count(), 1);
    assert!(!read(text, &[], &["$..views"]).unwrap()[0].1.contains("views"));
    assert_eq!(read(text, &["/nothing", "/b/views"], &[]).unwrap()[0].1, "12");
    assert_eq!(read(text, &["/nothing"], &[]), Err(Why::Selector));
    assert_eq!(read("{\"a\": ", &[], &[]), Err(Why::Malformed));
    for (text, good) in
        [("$.a[?@.b == 'c']", true), ("/a/b", true), ("main", true), ("$.a[", false), ("$..a..b..c", false)]
    {
        assert_eq!(check(text).is_ok(), good, "{text}");
    }
}

#[test]
fn posts_of_an_interface_are_entries() {
    let text = r#"[{"id":7,"date_gmt":"2024-01-18T09:00:00","modified_gmt":"2024-01-19T09:00:00","link":"https://wharf.example/news/cyber",
        "title":{"rendered":"Cyber &amp; forms"},"content":{"rendered":"<p>Forms are off.</p>"}},
        {"id":6,"link":"https://wharf.example/news/bins","title":{"rendered":"Bins"},"content":{"rendered":"<p>On Friday.</p>"}}]"#;
    let posts = read(text, &[], &[]).unwrap();
    assert_eq!(
        posts[1],
        ("https://wharf.example/news/cyber".to_owned(), "Cyber & forms | Forms are off.".to_owned())
    );
    let inside = format!("{{\"total\":2,\"posts\":{text}}}");
    assert_eq!(read(&inside, &["/posts"], &[]).unwrap()[2].1, "Bins | On Friday.");
}

#[test]
fn a_page_of_gov_uk_has_its_notes_of_changes() {
    let text = r#"{"base_path":"/guidance/incident","content_id":"x","title":"Report an incident","description":"How to report.","locale":"en",
        "details":{"body":"<p>Ring us.</p>","change_history":[{"note":"Added a number.","public_timestamp":"2024-01-19T10:00:00Z"}]}}"#;
    assert_eq!(
        read(text, &[], &[]).unwrap()[0].1,
        "Report an incident | How to report. | Ring us. | 2024-01-19: Added a number."
    );
}

#[test]
fn the_data_in_a_page_is_found_by_its_kind_or_id() {
    let html = r#"<html><script>var a = 1</script><script type="application/ld+json">{"headline":"Forms off"}</script>
        <script id="__NEXT_DATA__" type="application/json">{"props":{"notice":"The forms are off until noon."}}</script>"#;
    let value = embedded(html).unwrap();
    assert_eq!(value.pointer("/ld+json/0/headline").unwrap(), "Forms off");
    assert_eq!(value.pointer("/__NEXT_DATA__/props/notice").unwrap(), "The forms are off until noon.");
}
