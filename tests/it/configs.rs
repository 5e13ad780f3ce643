//! Files of targets, right and wrong, and what is said of each: `tests/configs/<case>/targets.json` and
//! `expected.txt`. `UPDATE=1` writes what is said now, to be read before it is committed.

use std::{env, fmt::Write as _, fs, path::Path};

use onrecord::{
    model::Target,
    targets::{self, Config},
};

const WIDTH: usize = 100;

#[test]
fn every_file_is_told_whole_and_as_expected() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut wrong = Vec::new();
    let mut cases = 0;
    for entry in fs::read_dir(root.join("tests/configs")).unwrap() {
        let case = entry.unwrap().path();
        let text = fs::read_to_string(case.join("targets.json")).unwrap();
        let said = said(&text);
        let expected = case.join("expected.txt");
        if env::var_os("UPDATE").is_some() {
            fs::write(&expected, &said).unwrap();
        }
        if fs::read_to_string(&expected).unwrap_or_default() != said {
            wrong.push(format!("{}\n{said}", case.display()));
        }
        cases += 1;
    }
    assert!(cases > 20, "the cases are not where they should be");
    assert!(wrong.is_empty(), "not as expected; UPDATE=1 accepts:\n{}", wrong.join("\n"));
}

#[test]
fn the_shipped_files_load_without_a_word() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shipped = fs::read_to_string(root.join("targets.json")).unwrap();
    let loaded = targets::load("targets.json", &shipped).unwrap();
    assert!(loaded.warnings.is_empty(), "{}", targets::render(&loaded.warnings, false, WIDTH));
    assert!(loaded.config.targets.len() >= 7);
}

#[test]
fn the_shipped_schema_is_the_one_the_program_prints() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("targets.schema.json");
    if env::var_os("UPDATE").is_some() {
        fs::write(&path, targets::schema()).unwrap();
    }
    assert!(fs::read_to_string(path).unwrap() == targets::schema(), "stale; UPDATE=1 writes it");
}

fn said(text: &str) -> String {
    match targets::load("targets.json", text) {
        Ok(loaded) => targets::render(&loaded.warnings, false, WIDTH) + &watched(&loaded.config),
        Err(faults) => faults.render(false, WIDTH),
    }
}

/// What a file that loads comes to.
fn watched(config: &Config) -> String {
    let mut out = String::from("loads\n");
    if let Some(contact) = &config.contact {
        let _ = writeln!(out, "contact   {contact}");
    }
    for incident in &config.incidents {
        let _ = writeln!(out, "incident  {} \"{}\" {:?}", incident.id, incident.title, incident.terms);
    }
    for target in &config.targets {
        let _ = writeln!(out, "target    {}", one(target));
    }
    for sink in &config.sinks {
        let _ = writeln!(out, "sink      {} from {:?} {:?}", sink.name, sink.level, sink.kind);
    }
    for (language, class, entry) in config.lexicons.added() {
        let _ = writeln!(out, "word      {language} {class} {entry:?}");
    }
    if let Some(judge) = &config.judge {
        let _ = writeln!(out, "judge     {:?} within {:?}", judge.run, judge.timeout);
    }
    for (now, before) in &config.renamed {
        let _ = writeln!(out, "renamed   {before} -> {now}");
    }
    out
}

fn one(t: &Target) -> String {
    let incidents: Vec<&str> = t.incidents.iter().map(|incident| incident.id.as_str()).collect();
    let mut out = format!("{} \"{}\" {} for {incidents:?}\n", t.id, t.body, t.url);
    let _ = writeln!(
        out,
        "          {:?} by {:?}, select {:?}, remove {:?}",
        t.watch, t.relevance, t.select, t.remove
    );
    let _ = write!(
        out,
        "          every {:?}, delay {:?}, timeout {:?}, {}/{} bytes, keep {:?}, confirm {}",
        t.every, t.delay, t.timeout, t.max_body, t.max_decoded, t.keep, t.confirm
    );
    for (word, on) in [("private", t.allow_private), ("no robots", t.ignore_robots), ("paused", t.paused)] {
        if on {
            let _ = write!(out, ", {word}");
        }
    }
    if let Some(after) = t.alert_after {
        let _ = write!(out, ", alert after {after:?}");
    }
    for (word, pace) in [("quickest", t.quickest), ("slowest", t.slowest)] {
        if let Some(pace) = pace {
            let _ = write!(out, ", {word} {pace:?}");
        }
    }
    if let Some(hours) = t.between {
        let _ = write!(out, ", from {} to {}", hours.from, hours.to);
    }
    if let Some(proxy) = &t.proxy {
        let _ = write!(out, ", through {proxy}");
    }
    out
}
