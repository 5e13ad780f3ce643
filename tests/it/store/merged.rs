//! Clones of a git repository that each had a run: `git merge` puts them together.

use std::process::Command;

use super::*;

fn git(at: &Path, arguments: &[&str]) {
    let ran = Command::new("git")
        .current_dir(at)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .args([
            "-c",
            "user.name=A desk",
            "-c",
            "user.email=desk@example.org",
            "-c",
            "init.defaultBranch=main",
        ])
        .args(arguments)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stdout).into_owned() + &String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "git {arguments:?}: {said}");
}

fn commit(clone: &Path) {
    git(clone, &["add", "--all"]);
    git(clone, &["commit", "--quiet", "--message", "A run"]);
}

/// The minutes after noon as a moment.
fn at(minutes: i64) -> Timestamp {
    moment(NOON) + minutes.minutes()
}

/// One run of a clone: a look at each of some pages, quiet where no words are given.
fn run(clone: &Path, minutes: i64, looks: &[(&str, &str)]) {
    let store = Files::open(&clone.join("snapshots")).unwrap();
    looks_of(&store, minutes, looks);
    settle(&store, at(minutes + 1));
}

fn looks_of(store: &Files, minutes: i64, looks: &[(&str, &str)]) {
    for (name, words) in looks {
        let commit =
            if words.is_empty() { same(store, name, at(minutes)) } else { read(name, at(minutes), words) };
        keep(store, at(minutes), commit).unwrap();
    }
}

/// A repository that had a run, and clones of it.
fn clones<const N: usize>(folder: &Path) -> [std::path::PathBuf; N] {
    let origin = folder.join("origin");
    fs::create_dir(&origin).unwrap();
    git(&origin, &["init", "--quiet"]);
    run(
        &origin,
        0,
        &[("wantsum", "We know of no incident."), ("eastmarch", "All is well."), ("thanet", "Open.")],
    );
    run(&origin, 15, &[("wantsum", ""), ("eastmarch", ""), ("thanet", "")]);
    commit(&origin);
    std::array::from_fn(|n| {
        let clone = folder.join(n.to_string());
        git(folder, &["clone", "--quiet", "origin", &n.to_string()]);
        clone
    })
}

/// Merges what another clone has.
fn merge(into: &Path, other: &Path) {
    git(into, &["fetch", "--quiet", other.to_str().unwrap(), "HEAD"]);
    git(into, &["merge", "--quiet", "--no-edit", "FETCH_HEAD"]);
}

fn faults(clone: &Path) -> Vec<evidence::Fault> {
    evidence::verify(&clone.join("snapshots")).unwrap().faults
}

/// What the newest segment of a store says it follows.
fn followed(clone: &Path, hour: &str) -> usize {
    let log = clone.join("snapshots/log/2024-01-19");
    let mut names = fs::read_dir(log).unwrap().map(|entry| entry.unwrap().path());
    let newest = names.find(|path| path.file_name().unwrap().to_str().unwrap().starts_with(hour)).unwrap();
    let text = fs::read_to_string(newest).unwrap();
    let first: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    first["follows"].as_array().unwrap().len()
}

fn latest(clone: &Path, name: &str) -> String {
    fs::read_to_string(clone.join(format!("snapshots/targets/{name}/latest.txt"))).unwrap()
}

fn looks(clone: &Path, name: &str) -> u64 {
    let store = Files::read_only(&clone.join("snapshots")).unwrap();
    now(store.state(&subject(name))).unwrap().looks
}

#[test]
fn two_clones_that_each_had_a_run_are_one_after_a_merge() {
    let folder = tempfile::tempdir().unwrap();
    let [a, b] = clones(folder.path());
    run(&a, 30, &[("wantsum", "We are investigating."), ("eastmarch", ""), ("thanet", "Open, but slow.")]);
    run(&b, 35, &[("wantsum", "We are looking into it."), ("eastmarch", "All is not well."), ("thanet", "")]);
    commit(&a);
    commit(&b);
    merge(&a, &b);
    assert_eq!(faults(&a), []);
    assert_eq!([looks(&a, "wantsum"), looks(&a, "eastmarch"), looks(&a, "thanet")], [4, 4, 4]);
    // The next run follows both heads, and what is derived is made anew.
    run(&a, 300, &[("wantsum", ""), ("eastmarch", ""), ("thanet", "")]);
    assert_eq!(followed(&a, "17"), 2);
    assert_eq!(faults(&a), []);
    assert_eq!(latest(&a, "wantsum"), "We are looking into it.\n");
    assert_eq!(latest(&a, "eastmarch"), "All is not well.\n");
    assert_eq!(latest(&a, "thanet"), "Open, but slow.\n");
    let state = fs::read_to_string(a.join("snapshots/state.json")).unwrap();
    assert_eq!(state.lines().count(), 1);
    // The other gets it all by a merge that is none, and goes on.
    commit(&a);
    merge(&b, &a);
    run(&b, 360, &[("wantsum", "")]);
    assert_eq!(faults(&b), []);
    assert_eq!(followed(&b, "18"), 1);
    assert_eq!([looks(&b, "wantsum"), looks(&b, "eastmarch")], [6, 5]);
}

#[test]
fn a_third_clone_is_merged_too() {
    let folder = tempfile::tempdir().unwrap();
    let [a, b, c] = clones(folder.path());
    run(&a, 30, &[("wantsum", "We are investigating."), ("eastmarch", "")]);
    run(&b, 31, &[("wantsum", ""), ("eastmarch", "All is not well.")]);
    run(&c, 32, &[("thanet", "Shut."), ("wantsum", "")]);
    run(&c, 100, &[("thanet", ""), ("folkstone", "We are here too.")]);
    for clone in [&a, &b, &c] {
        commit(clone);
    }
    merge(&a, &b);
    merge(&a, &c);
    assert_eq!(faults(&a), []);
    run(&a, 300, &[("wantsum", ""), ("thanet", ""), ("folkstone", "")]);
    assert_eq!(followed(&a, "17"), 3);
    assert_eq!(faults(&a), []);
    let all = ["wantsum", "eastmarch", "thanet", "folkstone"].map(|name| looks(&a, name));
    assert_eq!(all, [6, 4, 5, 2]);
    assert_eq!(latest(&a, "thanet"), "Shut.\n");
}

#[test]
fn a_clone_that_had_seen_half_a_segment_is_merged_with_the_whole_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let [a] = clones(folder.path());
    let store = Files::open(&a.join("snapshots")).unwrap();
    looks_of(&store, 30, &[("wantsum", "We are investigating."), ("eastmarch", "")]);
    settle(&store, at(31));
    commit(&a);
    git(folder.path(), &["clone", "--quiet", "0", "b"]);
    let b = folder.path().join("b");
    // The run of the first goes on in its segment; the other follows what it has seen of it.
    looks_of(&store, 40, &[("wantsum", "We are still investigating."), ("eastmarch", ""), ("thanet", "")]);
    settle(&store, at(41));
    drop(store);
    run(&b, 42, &[("eastmarch", "All is not well."), ("wantsum", "")]);
    commit(&a);
    commit(&b);
    merge(&b, &a);
    assert_eq!(faults(&b), []);
    run(&b, 300, &[("thanet", "")]);
    assert_eq!(followed(&b, "17"), 2);
    assert_eq!(faults(&b), []);
    assert_eq!(["wantsum", "eastmarch", "thanet"].map(|name| looks(&b, name)), [5, 5, 4]);
}

#[test]
fn a_run_that_was_killed_before_it_settled_is_merged_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let [a, b] = clones(folder.path());
    run(&a, 30, &[("wantsum", "We are investigating."), ("eastmarch", "")]);
    let store = Files::open(&b.join("snapshots")).unwrap();
    looks_of(&store, 35, &[("eastmarch", "All is not well.")]);
    drop(store);
    commit(&a);
    commit(&b);
    merge(&a, &b);
    assert_eq!(faults(&a), []);
    run(&a, 300, &[("eastmarch", "")]);
    assert_eq!((faults(&a), followed(&a, "17")), (vec![], 2));
    assert_eq!(["wantsum", "eastmarch"].map(|name| looks(&a, name)), [3, 5]);
}

#[test]
fn two_clones_of_an_older_store_are_brought_up_each_and_merged() {
    let folder = tempfile::tempdir().unwrap();
    let origin = folder.path().join("origin");
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stores/format-1/snapshots");
    copy_as_git_does(&shipped, &origin.join("snapshots"));
    git(&origin, &["init", "--quiet"]);
    commit(&origin);
    for name in ["a", "b"] {
        git(folder.path(), &["clone", "--quiet", "origin", name]);
    }
    let (a, b) = (folder.path().join("a"), folder.path().join("b"));
    let later = 24 * 60 * 30;
    run(&a, later, &[("saltholm-statement", "We are back.")]);
    run(&b, later + 5, &[("ashmere-home", "We are open.")]);
    commit(&a);
    commit(&b);
    merge(&a, &b);
    assert_eq!(faults(&a), []);
    run(&a, later + 300, &[("saltholm-statement", ""), ("ashmere-home", "")]);
    assert_eq!(faults(&a), []);
    assert_eq!(latest(&a, "ashmere-home"), "We are open.\n");
}
