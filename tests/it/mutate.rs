//! Bytes damaged at random, of every kind that comes from outside: read or refused, never a panic. `FUZZ_RUNS` says
//! how many of each kind are tried; what is done with the bytes stands in `tests/fuzz`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use onrecord::{
    evidence, model, read,
    read::plain::plain,
    store::{Cursor, Files, History as _, Looks as _},
    warc,
};

use crate::site::{Site, check};

#[path = "../fuzz/src/lib.rs"]
#[expect(
    unreachable_pub,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a package of its own in tests/fuzz"
)]
mod inputs;

const PAGES: &[&str] = &[
    "<!doctype html><html lang=en><head><meta charset=utf-8><title>Incident | Wharf</title></head><body><div \
     class='alert' role=alert><p>Phones are down.</p></div><nav><a href=/>Home</a></nav><main><h1>Cyber incident</h1>\
     <p>Published <time datetime=2024-01-19>19 January 2024</time></p><p>No <a href='/d.pdf'>data</a> was taken.</p>\
     <ul><li>Bins: <b>as usual</b><li>Tax: down</ul><table><tr><th>Service<th>State<tr><td>Forms<td>Off</table>\
     <details><summary>More</summary><p>Call 01227 000000.</p></details></main><footer>&copy; Wharf</footer>",
    "<html><body><form id=aspnetForm><table><tr><td><font size=2>We are aware of an incident.<br><br>4&nbsp;% of \
     files were copied&#8212;we think.</font></td><td>Menu</td></tr></table></form></body></html>",
    "<html><head><meta http-equiv=refresh content='0;url=/x'><title>Just a moment...</title></head><body><noscript>\
     Enable JavaScript</noscript><script>var a='<p>x</p>'</script></body></html>",
    "<title>Page not found</title><h1>Page not found</h1><p>The page you are looking for may have been moved.</p>",
];
const TEXTS: &[&str] = &[
    "Statement\n\nWe know of no incident. No customer data was accessed, and 1,500 people (4%) were told by 3 June \
     2024.\n\n- Council tax\n- Benefits: [how to claim](https://wharf.example/b)\n\u{c}Statement\n\nThere is no \
     evidence that customer data was accessed. Two thousand people were told. Call 01227 000000 before 5pm.",
    "Nid oes tystiolaeth bod data wedi'i gymryd. Diweddarwyd: 3 Mehefin 2024\n\u{c}Cymerwyd data. Ffoniwch ni.",
    "Aucune donnée n'a été volée.\n\nMise à jour le 3 juin\u{c}Des données ont été volées à 1 500 personnes.",
];
const CONFIG: &str = include_str!("../configs/valid-every-key/targets.json");

/// Cuts, flips, doubles and splices, as transport, bad disks and bad templates do.
fn damage(random: &mut fastrand::Rng, bytes: &mut Vec<u8>) {
    const BITS: [&[u8]; 12] = [
        b"<",
        b"</main>",
        b"<table>",
        b"<!--",
        b"&#x110000;",
        b"\0",
        b"\xff\xfe",
        b"<p hidden>",
        b"\"",
        b"{",
        b"\xe2\x80\xae",
        b"99999999999999999999",
    ];
    for _ in 0..random.usize(1..8) {
        if bytes.is_empty() {
            return;
        }
        let (at, other) = (random.usize(..bytes.len()), random.usize(..bytes.len()));
        match random.u8(..7) {
            0 => bytes.truncate(at),
            1 => bytes[at] = random.u8(..),
            2 => bytes.swap(at, other),
            3 => drop(bytes.drain(at.min(other)..at.max(other))),
            4 => {
                let piece = bytes[at.min(other)..at.max(other)].to_vec();
                bytes.splice(at..at, piece);
            }
            5 => drop(bytes.splice(at..at, random.choice(BITS).unwrap_or_default().iter().copied())),
            _ => bytes[at.min(other)..at.max(other)].reverse(),
        }
    }
}

/// How many samples of each kind are damaged and tried.
fn runs() -> usize {
    std::env::var("FUZZ_RUNS").ok().and_then(|text| text.parse().ok()).unwrap_or(400)
}

/// Gives damaged samples to a function; the first of each run are whole.
fn tried(samples: &[Vec<u8>], seed: u64, give: impl Fn(&[u8])) {
    let mut random = fastrand::Rng::with_seed(seed);
    for sample in samples {
        give(sample);
    }
    for _ in 0..runs() {
        let mut bytes = random.choice(samples).cloned().unwrap_or_default();
        damage(&mut random, &mut bytes);
        give(&bytes);
    }
}

#[test]
fn damaged_pages_are_read_or_refused() {
    let samples: Vec<Vec<u8>> = (0..8)
        .flat_map(|kind: u8| PAGES.iter().map(move |page| [&[kind], page.as_bytes()].concat()))
        .collect();
    tried(&samples, 20_240_119, inputs::page);
}

#[test]
fn damaged_codings_are_undone_within_their_cap_or_refused() {
    use std::io::Write as _;
    let gzip = |bytes: &[u8]| {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    };
    let bomb = gzip(&b"word ".repeat(2 << 20));
    let samples = [gzip(PAGES[0].as_bytes()), gzip(&gzip(PAGES[1].as_bytes())), gzip(&bomb), bomb];
    tried(&samples, 11, inputs::decode);
}

#[test]
fn damaged_texts_are_compared_and_judged() {
    let samples: Vec<Vec<u8>> = TEXTS.iter().map(|text| text.as_bytes().to_vec()).collect();
    tried(&samples, 4, inputs::texts);
}

#[test]
fn damaged_files_of_targets_are_told_of() {
    tried(&[CONFIG.as_bytes().to_vec()], 5, inputs::targets_json);
}

#[test]
fn damaged_records_are_parsed_or_refused() {
    let site = Site::start();
    let store = store(&site);
    let mut samples =
        vec![warc::write(&inputs::capture(PAGES[0].as_bytes(), &[("content-type", "text/html")]))];
    samples.extend(files(store.path()).iter().map(|path| fs::read(path).unwrap()));
    tried(&samples, 7, inputs::stored);
}

#[test]
fn a_store_damaged_anywhere_is_read_as_far_as_it_is_whole() {
    let site = Site::start();
    let whole = store(&site);
    let files = files(whole.path());
    let contents: Vec<(&PathBuf, Vec<u8>)> =
        files.iter().map(|path| (path, fs::read(path).unwrap())).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let mut random = fastrand::Rng::with_seed(9);
    for _ in 0..runs() {
        let (path, bytes) = random.choice(&contents).unwrap();
        let mut damaged = bytes.clone();
        damage(&mut random, &mut damaged);
        fs::write(path, &damaged).unwrap();
        // Each may refuse; none may panic, and what it gives back is what was asked for.
        let root = whole.path().join("snapshots");
        let report = evidence::verify(&root);
        let name = path.file_name().unwrap().to_string_lossy();
        let derived = path.parent().is_some_and(|folder| folder.ends_with("cache"));
        let of_the_record = !name.starts_with('.') && name != "lock" && name != "README.md" && !derived;
        if damaged != *bytes && of_the_record {
            let named = report.as_ref().map_or(true, |report| !report.faults.is_empty());
            let torn = path.extension().is_some_and(|kind| kind == "jsonl") && bytes.starts_with(&damaged);
            assert!(named || torn, "{} was damaged, and nobody said so", path.display());
        }
        if let Ok(store) = Files::read_only(&root) {
            runtime.block_on(async {
                for subject in store.subjects().await.unwrap_or_default() {
                    let Ok(state) = store.state(&subject).await else { continue };
                    let Some(kept) = state.snapshot else { continue };
                    if let Ok(snapshot) = store.snapshot(&subject, &kept.id).await {
                        assert_eq!(snapshot.id, kept.id);
                    }
                }
                let mut from = Some(Cursor::default());
                while let Some(cursor) = from {
                    from = store.history(&cursor, 100).await.ok().and_then(|page| page.next);
                }
            });
        }
        fs::write(path, bytes).unwrap();
    }
    assert!(evidence::verify(&whole.path().join("snapshots")).unwrap().faults.is_empty());
}

/// A store with two wordings of one page.
fn store(site: &Site) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    site.watched(dir.path(), &["/notice".to_owned()]);
    site.says("/notice", &["A cyber incident.", "It affects 15,000 customers."], "one");
    check(dir.path(), "2024-01-18T09:00:00Z");
    site.says("/notice", &["A cyber incident.", "It affects 48,000 customers."], "two");
    check(dir.path(), "2024-01-19T09:00:00Z");
    dir
}

/// Every file of the store.
fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![dir.join("snapshots")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { open.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

#[test]
fn what_fuzzing_found_stays_mended() {
    // A link whose address is nothing but a byte order mark.
    plain("[é\r](\u{feff}) -", false);
    // Many comments: it ends.
    let page = format!("<main><p>Open.</p>{}</main>", "<!-- a -->".repeat(60_000));
    let capture = inputs::capture(page.as_bytes(), &[("content-type", "text/html")]);
    read::read(&capture, &model::Recipe::default(), &model::Memory::default()).whole().unwrap();
}
