//! Questions that a reporter asks of several bodies, over looks at invented councils' pages.

use super::*;
use crate::{
    model::{Between, Holds, IncidentId, SharedLine, Together},
    store::{
        Commit,
        memory::InMemory,
        tests::sample::{at, keep, read, refused, same},
    },
    targets::{Config, load},
};

const DENIED: &str = "No personal data has been accessed.";
const HEDGED: &str = "So far there is no evidence that personal data has been accessed.";
const OPENING: &str = "We are looking into a cyber incident.";

fn councils() -> Config {
    let target = |id: &str| format!(r#"{{"id":"{id}","body":"{id} council","url":"https://{id}.example/"}}"#);
    let targets = ["wharf", "quay", "mole", "pier"].map(target).join(",");
    let text = format!(
        r#"{{"version":1,"incidents":[{{"id":"kent","title":"Kent","terms":["cyber","personal data"]}}],"targets":[{targets}]}}"#
    );
    load("targets.json", &text).unwrap().config
}

/// What the councils say after these looks, each at its minute.
async fn after(looks: Vec<(i64, Commit)>, all: bool) -> Across {
    let (store, config) = (InMemory::new(), councils());
    for (minutes, commit) in looks {
        keep(&store, minutes, vec![commit]).await.unwrap();
    }
    let (incident, lexicons) = (&config.incidents[0], &config.lexicons);
    across(&store, &Scope { incident, targets: &config.targets, lexicons, all }).await.unwrap()
}

fn joint(name: &str, minutes: i64, denial: &str) -> (i64, Commit) {
    (minutes, read(name, minutes, &[OPENING, denial, "Phones work."]))
}

/// The line with a wording.
fn line<'a>(found: &'a Across, words: &str) -> &'a SharedLine {
    found.lines.iter().find(|line| line.wordings.iter().any(|wording| wording.text == words)).unwrap()
}

/// Who says a wording now, and who said it.
fn who<'a>(line: &'a SharedLine, words: &str) -> (Vec<&'a str>, Vec<&'a str>) {
    let said = &line.wordings.iter().find(|wording| wording.text == words).unwrap().said;
    let of = |standing: bool| {
        said.iter().filter(|said| said.to.is_none() == standing).map(|said| said.body.as_str()).collect()
    };
    (of(true), of(false))
}

#[tokio::test]
async fn a_joint_statement_comes_apart_line_by_line() {
    let first = joint("wharf", 0, DENIED);
    let mole = joint("mole", 0, DENIED);
    let (still, mole_still) = (same(60, &first.1), same(90, &mole.1));
    let found = after(
        vec![
            first,
            joint("quay", 0, DENIED),
            mole,
            (60, still),
            joint("quay", 60, HEDGED),
            (90, mole_still),
            joint("mole", 120, HEDGED),
            (120, refused("wharf", 120)),
        ],
        false,
    )
    .await;
    assert_eq!(found.incident, "kent".parse::<IncidentId>().unwrap());
    assert_eq!(line(&found, OPENING).state, Together::Alike);
    assert_eq!(found.lines.len(), 2, "phones are no part of the incident: {:?}", found.lines);
    let denial = line(&found, DENIED);
    assert_eq!(denial.state, Together::Apart);
    assert_eq!(who(denial, DENIED), (vec!["wharf council"], vec!["quay council", "mole council"]));
    assert_eq!(who(denial, HEDGED), (vec!["quay council", "mole council"], vec![]));
    let first = denial.first.as_ref().unwrap();
    let quarter = jiff::SignedDuration::from_millis(250);
    assert_eq!(
        (first.body.as_str(), first.between),
        ("quay council", Between(Some(at(0)), at(60) + quarter))
    );
    assert_eq!((first.gave_up, first.took), (0, Some(1)));
    assert_eq!(found.voices[0].away.unwrap().since, Between(Some(at(60)), at(120) + quarter));
    assert_eq!(found.voices[3].wordings, 0, "the pier was never looked at");

    let saying = saying(&found, "no data was taken", &councils().lexicons);
    let holds: Vec<_> = saying.bodies.iter().map(|answer| (answer.body.as_str(), answer.holds)).collect();
    let [wharf, quay, mole, pier] = ["wharf council", "quay council", "mole council", "pier council"];
    assert_eq!(holds, [(wharf, Holds::So), (quay, Holds::Less), (mole, Holds::Less), (pier, Holds::Unread)]);
    assert_eq!(saying.bodies[0].since, Some(Between(None, at(0) + quarter)));
    assert_eq!(saying.bodies[1].since, Some(Between(Some(at(0)), at(60) + quarter)));
    assert_eq!(saying.bodies[1].before.as_deref(), Some(DENIED));
}

#[tokio::test]
async fn nobody_is_first_where_two_changed_between_the_same_looks() {
    let found = after(
        vec![
            joint("wharf", 0, DENIED),
            joint("quay", 0, DENIED),
            joint("mole", 0, DENIED),
            joint("wharf", 60, HEDGED),
            joint("quay", 60, HEDGED),
        ],
        false,
    )
    .await;
    assert_eq!(line(&found, DENIED).first, None);
    let all = after(
        vec![
            joint("wharf", 0, DENIED),
            joint("quay", 0, DENIED),
            joint("wharf", 60, HEDGED),
            joint("quay", 60, HEDGED),
        ],
        false,
    )
    .await;
    assert_eq!(line(&all, DENIED).state, Together::Alike, "they moved together");
}

#[tokio::test]
async fn who_says_it_no_longer_and_what_stands_in_its_place() {
    const ADMITTED: &str = "Personal data has been accessed and copied.";
    let found = after(
        vec![
            joint("wharf", 0, DENIED),
            joint("quay", 0, DENIED),
            joint("mole", 0, "Ours is another matter."),
            joint("wharf", 60, ADMITTED),
            (60, read("quay", 60, &[OPENING, "Phones work."])),
        ],
        true,
    )
    .await;
    assert!(found.lines.iter().any(|line| line.wordings[0].text == "Phones work."), "all lines are wanted");
    let saying = saying(&found, "no data was taken", &councils().lexicons);
    let told: Vec<_> = saying.bodies.iter().map(|a| (a.holds, a.text.as_deref(), a.now.as_deref())).collect();
    assert_eq!(
        told,
        [
            (Holds::Otherwise, Some(ADMITTED), None),
            (Holds::NoLonger, Some(DENIED), None),
            (Holds::Never, None, None),
            (Holds::Unread, None, None)
        ]
    );
    assert_eq!(saying.bodies[0].before.as_deref(), Some(DENIED));
    assert_eq!(saying.bodies[1].until.unwrap().0, Some(at(0)));
}

#[tokio::test]
async fn two_bodies_that_put_it_in_their_own_words_share_a_line_and_unlike_ones_do_not() {
    let found = after(
        vec![
            (0, read("wharf", 0, &[OPENING, "No personal data held by the council was accessed.", "A."])),
            (0, read("quay", 0, &[OPENING, "No personal data held by us was accessed.", "B."])),
            (0, read("mole", 0, &["The cyber incident closed the library of the council on Monday."])),
        ],
        false,
    )
    .await;
    let denial = line(&found, "No personal data held by us was accessed.");
    assert_eq!((denial.state, denial.wordings.len()), (Together::Apart, 2));
    let library = line(&found, "The cyber incident closed the library of the council on Monday.");
    assert_eq!(library.state, Together::Alone);
}
