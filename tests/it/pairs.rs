//! Pairs of wordings and what must be said of each, as data: `tests/pairs/*.txt`.

use std::collections::{BTreeMap, BTreeSet};

use onrecord::{
    compare, judge,
    model::{Incident, Level, Relevance, Revision, Rule},
    read,
    text::Lexicons,
};

struct Case {
    place: String,
    level: Level,
    must: BTreeSet<String>,
    may: BTreeSet<String>,
    before: String,
    after: String,
    terms: Vec<String>,
    /// What both sides begin with, on a page that is wholly about the incident.
    opening: Option<String>,
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pairs");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let (mut terms, mut opening) = (Vec::new(), None);
        for (n, part) in text.split("\n\n").enumerate() {
            let lines: Vec<&str> = part.lines().filter(|line| !line.starts_with('#')).collect();
            if let Some(line) = lines.first().and_then(|line| line.strip_prefix("terms: ")) {
                terms = line.split(", ").map(str::to_owned).collect();
                continue;
            }
            if let Some(line) = lines.first().and_then(|line| line.strip_prefix("opening: ")) {
                opening = Some(line.to_owned());
                continue;
            }
            let side = |mark: &str| {
                let lines = lines.iter().filter_map(|line| line.strip_prefix(mark));
                opening
                    .as_deref()
                    .into_iter()
                    .chain(lines.map(str::trim_start))
                    .collect::<Vec<_>>()
                    .join("\n\n")
            };
            let words: Vec<&str> = lines.first().unwrap_or(&"").split_whitespace().collect();
            let level = match words.first() {
                Some(&"silent") => Level::Silent,
                Some(&"note") => Level::Note,
                _ => Level::Alert,
            };
            let labels = words.iter().filter(|word| !matches!(**word, "silent" | "note"));
            let (may, must): (Vec<&str>, Vec<&str>) = labels.partition(|label| label.starts_with('?'));
            cases.push(Case {
                place: format!("{name} {n}"),
                level,
                must: must.into_iter().map(str::to_owned).collect(),
                may: may.into_iter().map(|label| label.trim_start_matches('?').to_owned()).collect(),
                before: side("<"),
                after: side(">"),
                terms: terms.clone(),
                opening: opening.clone(),
            });
        }
    }
    cases
}

fn judged(case: &Case) -> judge::Judgement {
    let statement = |text: &str| read::plain::plain(text, false).statement;
    let (before, after) = (statement(&case.before), statement(&case.after));
    let incident =
        Incident { id: "kent".parse().unwrap(), title: "An incident".to_owned(), terms: case.terms.clone() };
    let subject = judge::Subject {
        body: "Wantsum City Council",
        incidents: &[incident],
        relevance: if case.opening.is_some() { Relevance::Page } else { Relevance::Terms },
        watches_banner: false,
        lexicons: &Lexicons::default(),
    };
    let content = compare::compare(&before.content, &after.content);
    judge::judge(&before, &after, &content, &Revision::default(), &subject)
}

fn name(label: &impl serde::Serialize) -> String {
    serde_json::to_value(label).unwrap().as_str().unwrap().to_owned()
}

#[test]
fn each_pair_is_said_to_be_what_it_is() {
    let cases = cases();
    let mut wrong = Vec::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut unnamed: BTreeSet<String> = BTreeSet::new();
    for case in &cases {
        let judgement = judged(case);
        let said: BTreeSet<String> = judgement.changes.iter().flat_map(|c| &c.labels).map(name).collect();
        let right =
            case.must.is_subset(&said) && said.iter().all(|l| case.must.contains(l) || case.may.contains(l));
        let rules = judgement.changes.iter().flat_map(|c| &c.reasons).map(|reason| &reason.rule);
        unnamed.extend(rules.filter(|rule| Rule::named(rule).is_none()).cloned());
        for label in &case.must {
            *seen.entry(label.clone()).or_default() += 1;
        }
        if !right || judgement.level != case.level {
            wrong.push(format!(
                "{}: must {:?} {:?}, said {said:?} {:?}\n  < {}\n  > {}",
                case.place, case.must, case.level, judgement.level, case.before, case.after
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of {} wrong\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    assert!(cases.len() >= 150, "{} cases", cases.len());
    assert!(cases.iter().filter(|case| case.level != Level::Alert).count() >= 40);
    assert!(unnamed.is_empty(), "rules that people see by their bare names: {unnamed:?}");
    let few: Vec<_> = seen.iter().filter(|(_, n)| **n < 5).collect();
    assert!(few.is_empty() && seen.len() >= 26, "labels with few cases: {few:?} of {}", seen.len());
}
