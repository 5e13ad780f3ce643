//! The pure folders stay pure: nothing in them names a clock, the disk, the network, the environment or a runtime.

use std::{fs, path::Path};

const PURE: [&str; 7] = ["model", "text", "read", "compare", "judge", "render", "warc"];
const FORBIDDEN: [&str; 11] = [
    "tokio",
    "reqwest",
    "rusqlite",
    "std::fs",
    "std::env",
    "std::net::Tcp",
    "SystemTime",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
    "fastrand",
];

fn sources(dir: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(dir).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
        }
    }
}

#[test]
fn pure_folders_name_no_clock_disk_network_or_runtime() {
    let mut faults = Vec::new();
    for folder in PURE {
        let mut found = Vec::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(folder), &mut found);
        assert!(!found.is_empty(), "{folder} has no source");
        for (path, text) in found {
            let code = text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
            faults.extend(code.filter_map(|(n, line)| {
                let word = FORBIDDEN.iter().find(|word| line.contains(**word))?;
                Some(format!("{path}:{}: names {word}", n + 1))
            }));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
