//! The action's steps, run by a shell as a runner runs them, against a bare git repository; `gh` is a stand-in.

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Command, Output},
    thread,
};

use serde_json::{Value, json};

use crate::{sinks::has, site::Site};

const OPENING: &str =
    "The council is investigating a cyber incident that was found on its network on Thursday.";
const BEFORE: &str = "No customer data has been accessed.";
const AFTER: &str = "There is no evidence that customer data has been accessed.";

/// A step of action.yml: its name, what it is given, what it runs.
#[derive(Debug, Default)]
struct Step {
    id: String,
    env: Vec<(String, String)>,
    run: String,
}

/// The steps of action.yml, which keeps to a line a key.
fn steps() -> Vec<Step> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("action.yml")).unwrap();
    let (_, runs) = text.split_once("\n  steps:\n").unwrap();
    let mut steps: Vec<Step> = Vec::new();
    for line in runs.lines() {
        if let Some(id) = line.strip_prefix("    - id: ") {
            steps.push(Step { id: id.to_owned(), ..Step::default() });
        } else if let Some(run) = line.strip_prefix("      run: ") {
            run.trim_matches('\'').clone_into(&mut steps.last_mut().unwrap().run);
        } else if let Some((name, value)) =
            line.strip_prefix("        ").and_then(|line| line.split_once(": "))
        {
            steps.last_mut().unwrap().env.push((name.to_owned(), value.to_owned()));
        }
    }
    steps
}

/// A clone in which the action runs.
struct Clone {
    dir: tempfile::TempDir,
    /// What `gh` stands for, before everything else on the path.
    gh: Option<PathBuf>,
}

/// What a run of the action came to.
#[derive(Debug)]
struct Ran {
    code: Option<i32>,
    outputs: BTreeMap<String, String>,
    summary: String,
    said: String,
}

fn git(at: &Path, arguments: &[&str]) -> String {
    let ran = Command::new("git")
        .current_dir(at)
        .envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_SYSTEM", "/dev/null")])
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
    assert!(ran.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8(ran.stdout).unwrap()
}

/// A bare repository that holds a file of targets.
fn repository(targets: &Value) -> tempfile::TempDir {
    let (bare, first) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    git(bare.path(), &["init", "--quiet", "--bare"]);
    git(first.path(), &["init", "--quiet"]);
    fs::write(first.path().join("targets.json"), targets.to_string()).unwrap();
    git(first.path(), &["add", "--all"]);
    git(first.path(), &["commit", "--quiet", "--message", "What is watched"]);
    git(first.path(), &["push", "--quiet", &bare.path().display().to_string(), "HEAD:refs/heads/main"]);
    bare
}

fn targets(site: &Site, sinks: &Value) -> Value {
    json!({
        "version": 1,
        "defaults": { "allow_private": true, "delay": "0s" },
        "incidents": [{ "id": "wharf", "title": "Wharf incident", "terms": ["cyber incident", "customer data"] }],
        "targets": [{ "id": "wharf-news", "url": site.url("/notice"), "body": "Wharf Council" }],
        "sinks": sinks,
    })
}

impl Clone {
    fn of(bare: &tempfile::TempDir) -> Self {
        let dir = tempfile::tempdir().unwrap();
        git(
            dir.path(),
            &["clone", "--quiet", "--branch", "main", &bare.path().display().to_string(), "work"],
        );
        Self { dir, gh: None }
    }

    fn work(&self) -> PathBuf {
        self.dir.path().join("work")
    }

    /// Runs the steps of the action one after the other, until one fails.
    fn act(&self, now: &str) -> Ran {
        let root = env!("CARGO_MANIFEST_DIR");
        let file = |name: &str| self.dir.path().join(name);
        let binary = Path::new(env!("CARGO_BIN_EXE_onrecord")).parent().unwrap();
        let mut path = format!("{}:{}", binary.display(), std::env::var("PATH").unwrap());
        if let Some(gh) = &self.gh {
            path = format!("{}:{path}", gh.display());
        }
        let mut known: BTreeMap<String, String> = [("targets", "targets.json"), ("store", "snapshots")]
            .into_iter()
            .chain([("version", ""), ("exit-code", "true"), ("commit", "true"), ("paths", "")])
            .map(|(name, value)| (format!("inputs.{name}"), value.to_owned()))
            .collect();
        let mut ran =
            Ran { code: None, outputs: BTreeMap::new(), summary: String::new(), said: String::new() };
        fs::write(file("summary"), "").unwrap();
        for step in steps() {
            fs::write(file("output"), "").unwrap();
            fs::write(file("path"), "").unwrap();
            let given = step.env.iter().map(|(name, value)| {
                let asked = value.trim_start_matches("${{ ").trim_end_matches(" }}");
                (name, &known[asked])
            });
            let done = Command::new("bash")
                .args(["-e", "-o", "pipefail", "-c", &step.run])
                .current_dir(self.work())
                .envs(given)
                .envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_SYSTEM", "/dev/null")])
                .envs([
                    ("PATH", path.as_str()),
                    ("GITHUB_ACTION_PATH", root),
                    ("NO_PROXY", "*"),
                    ("TZ", "UTC"),
                ])
                .envs([("GITHUB_OUTPUT", file("output")), ("GITHUB_PATH", file("path"))])
                .envs([("GITHUB_STEP_SUMMARY", file("summary")), ("RUNNER_TEMP", self.dir.path().to_owned())])
                .env("ONRECORD_NOW", now)
                .output()
                .unwrap();
            ran.said += &String::from_utf8_lossy(&done.stdout);
            ran.said += &String::from_utf8_lossy(&done.stderr);
            ran.code = done.status.code();
            for line in fs::read_to_string(file("output")).unwrap().lines() {
                let (name, value) = line.split_once('=').unwrap();
                known.insert(format!("steps.{}.outputs.{name}", step.id), value.to_owned());
                ran.outputs.insert(name.to_owned(), value.to_owned());
            }
            for more in fs::read_to_string(file("path")).unwrap().lines() {
                path = format!("{more}:{path}");
            }
            if !done.status.success() {
                break;
            }
        }
        ran.summary = fs::read_to_string(file("summary")).unwrap();
        ran
    }

    fn onrecord(&self, arguments: &[&str]) -> Output {
        crate::site::onrecord(&self.work(), None, arguments)
    }
}

/// The subjects of the commits of a repository, the newest first.
fn subjects(bare: &tempfile::TempDir) -> Vec<String> {
    git(bare.path(), &["log", "--format=%s", "main"]).lines().map(str::to_owned).collect()
}

#[test]
fn each_run_commits_what_it_kept_with_its_headline_and_passes_its_code_on() {
    let site = Site::start();
    site.says("/notice", &[OPENING, BEFORE], "one");
    let bare = repository(&targets(&site, &json!([])));
    let output = |ran: &Ran, name: &str| ran.outputs.get(name).cloned().unwrap_or_default();

    let first = Clone::of(&bare).act("2024-01-19T11:00:00Z");
    assert_eq!(first.code, Some(0), "{}", first.said);
    assert_eq!(subjects(&bare).len(), 2, "{}", first.said);

    // Each run begins from a fresh clone, as a runner does.
    site.says("/notice", &[OPENING, AFTER], "two");
    let alert = Clone::of(&bare).act("2024-01-19T11:15:00Z");
    assert_eq!(alert.code, Some(1), "{}", alert.said);
    assert_eq!((output(&alert, "alerts"), output(&alert, "unreadable")), ("1".into(), "0".into()));
    let headline = output(&alert, "headline");
    assert!(headline.starts_with("Wharf Council: Denial hedged"), "{headline}");
    assert_eq!(subjects(&bare)[0], headline);
    assert!(alert.said.contains("::warning title=Wharf Council%3A Denial hedged"), "{}", alert.said);
    assert!(
        alert.summary.contains("## Wharf incident") && alert.summary.contains("1 alert"),
        "{}",
        alert.summary
    );

    site.serves("/notice", 503, "");
    let away = Clone::of(&bare).act("2024-01-19T11:30:00Z");
    assert_eq!((away.code, output(&away, "unreadable")), (Some(4), "1".into()), "{}", away.said);
    assert!(subjects(&bare)[0].starts_with("Wharf Council: Cannot be read"), "{:?}", subjects(&bare));

    // A damaged store is said too, and what was kept of the run is committed.
    let damaged = Clone::of(&bare);
    let snapshots = damaged.work().join("snapshots/targets/wharf-news");
    let named = |entry: &fs::DirEntry| entry.file_name().to_string_lossy().ends_with(".json");
    for entry in fs::read_dir(snapshots).unwrap().map(Result::unwrap).filter(named) {
        fs::write(entry.path(), "{}").unwrap();
    }
    site.says("/notice", &[OPENING, BEFORE], "three");
    let told = damaged.act("2024-01-19T12:45:00Z");
    assert_eq!((told.code, output(&told, "damaged")), (Some(3), "1".into()), "{}", told.said);
    assert_eq!(subjects(&bare).len(), 5, "{}", told.said);
}

#[test]
fn two_runs_at_once_are_both_kept() {
    let site = Site::start();
    site.says("/notice", &[OPENING, BEFORE], "one");
    let bare = repository(&targets(&site, &json!([])));
    assert_eq!(Clone::of(&bare).act("2024-01-19T11:00:00Z").code, Some(0));
    let clones: Vec<Clone> = (0..3).map(|_| Clone::of(&bare)).collect();
    site.says("/notice", &[OPENING, AFTER], "two");
    let runs: Vec<Ran> = thread::scope(|scope| {
        let begun: Vec<_> = clones
            .iter()
            .enumerate()
            .map(|(n, clone)| scope.spawn(move || clone.act(&format!("2024-01-19T11:15:0{n}Z"))))
            .collect();
        begun.into_iter().map(|run| run.join().unwrap()).collect()
    });
    for run in &runs {
        assert_eq!(run.code, Some(1), "{}", run.said);
    }
    let told = subjects(&bare).iter().filter(|subject| subject.contains("Denial hedged")).count();
    assert_eq!(told, 3, "{:?}", subjects(&bare));

    let after = Clone::of(&bare);
    let verify = after.onrecord(&["verify"]);
    assert!(verify.status.success(), "{}", String::from_utf8_lossy(&verify.stdout));
    let log = String::from_utf8(after.onrecord(&["log", "--each"]).stdout).unwrap();
    assert!(log.contains("Looked 4 times, read 4 times"), "{log}");
    let next = after.act("2024-01-19T11:30:00Z");
    assert_eq!(next.code, Some(0), "{}", next.said);
}

/// Keeps issues in a file, as `gh` would on GitHub; fails while `fail` stands beside it.
const GH: &str = r#"#!/usr/bin/env python3
import json, os, sys
here = os.path.dirname(os.path.abspath(__file__))
if os.path.exists(os.path.join(here, "fail")):
    sys.exit("HTTP 502: Bad Gateway")
file = os.path.join(here, "issues.json")
issues = json.load(open(file)) if os.path.exists(file) else []
group, verb, rest = sys.argv[1], sys.argv[2], sys.argv[3:]
option = lambda name: rest[rest.index(name) + 1]
named = lambda: next(issue for issue in issues if str(issue["number"]) == rest[0])
if group == "label":
    pass
elif verb == "list":
    print(json.dumps([{"number": i["number"], "title": i["title"]} for i in issues if i["open"] and option("--label") in i["labels"]]))
elif verb == "view":
    print(json.dumps({"body": named()["body"], "comments": [{"body": body} for body in named()["comments"]]}))
elif verb == "create":
    issues.append({"number": len(issues) + 1, "title": option("--title"), "labels": [option("--label")],
                   "body": option("--body"), "comments": [], "open": True})
elif verb == "comment":
    named()["comments"].append(option("--body"))
elif verb == "close":
    named()["open"] = False
    named()["comments"].append(option("--comment"))
else:
    sys.exit("unknown: %s" % sys.argv)
json.dump(issues, open(file, "w"))
"#;

#[test]
fn one_issue_an_incident_is_kept_and_one_for_a_page_that_cannot_be_read_while_it_cannot() {
    if !has("json") {
        return;
    }
    let site = Site::start();
    let gh = tempfile::tempdir().unwrap();
    fs::write(gh.path().join("gh"), GH).unwrap();
    fs::set_permissions(gh.path().join("gh"), fs::Permissions::from_mode(0o755)).unwrap();
    let sinks = json!([{ "kind": "command", "id": "issues", "run": ["onrecord-issue"], "level": "note", "timeout": "60s" }]);
    site.says("/notice", &[OPENING, BEFORE], "one");
    let bare = repository(&targets(&site, &sinks));
    let act = |now: &str| {
        let clone = Clone { gh: Some(gh.path().to_owned()), ..Clone::of(&bare) };
        clone.act(now)
    };
    let issues = || -> Vec<Value> {
        let text = fs::read_to_string(gh.path().join("issues.json")).unwrap_or_else(|_| "[]".to_owned());
        serde_json::from_str(&text).unwrap()
    };
    let all = || -> Vec<(String, usize, bool)> {
        let of = |issue: &Value| {
            let title = issue["title"].as_str().unwrap().to_owned();
            (title, issue["comments"].as_array().unwrap().len(), issue["open"] == true)
        };
        issues().iter().map(of).collect()
    };
    let (changed, unread) = ("Wording changed: wharf".to_owned(), "Cannot be read: wharf-news".to_owned());
    act("2024-01-19T11:00:00Z");
    assert_eq!(all(), []);

    // What `gh` could not do is done by the next run.
    fs::write(gh.path().join("fail"), "").unwrap();
    site.says("/notice", &[OPENING, AFTER, "@everyone, fixes #1: customer data is <b>safe</b>."], "two");
    let failed = act("2024-01-19T11:15:00Z");
    assert!(failed.said.contains("gh issue list: HTTP 502"), "{}", failed.said);
    fs::remove_file(gh.path().join("fail")).unwrap();
    act("2024-01-19T11:30:00Z");
    assert_eq!(all(), [(changed.clone(), 0, true)]);
    let body = issues()[0]["body"].as_str().unwrap().to_owned();
    let outside: String = body.split("```").step_by(2).collect();
    assert!(
        body.contains("no evidence") && !outside.contains("@everyone") && !outside.contains("#1"),
        "{body}"
    );

    site.says("/notice", &[OPENING, "Customer data was stolen."], "three");
    act("2024-01-19T11:45:00Z");
    assert_eq!(all(), [(changed.clone(), 1, true)]);

    site.serves("/notice", 503, "");
    act("2024-01-19T12:00:00Z");
    assert_eq!(all(), [(changed.clone(), 1, true), (unread.clone(), 0, true)]);
    site.says("/notice", &[OPENING, "Customer data was stolen."], "four");
    act("2024-01-19T13:30:00Z");
    assert_eq!(all(), [(changed, 1, true), (unread, 1, false)]);
}
