//! Whole files: what a load comes to, what hostile text may not do, and targets added.

use super::*;

const FILE: &str = r#"// Ours.
{
  "version": 1,
  "incidents": [
    { "id": "marsh-2024", "terms": ["cyber"] }, // the big one
    { "id": "mail-2024", "terms": ["mail"] }
  ],
  "targets": [
    // Councils.
    { "url": "https://wantsum.example/news", "incident": ["marsh-2024", "mail-2024"] }, // slow
  ],
}
"#;

fn new(url: &str) -> NewTarget {
    NewTarget { url: url.to_owned(), incidents: vec!["mail-2024".to_owned()], ..NewTarget::default() }
}

/// The first fault of a file that has some.
fn first(text: &str) -> String {
    load("targets.json", text).unwrap_err().iter().next().unwrap().to_string()
}

#[test]
fn a_target_is_added_and_every_other_line_stays() {
    let added = add("targets.json", FILE, &new("https://eastmarch.example/status?a=1")).unwrap();
    let loaded = load("targets.json", &added.text).unwrap();
    assert_eq!(loaded.config.targets.last().map(|target| &target.id), Some(&added.id));
    for line in FILE.lines() {
        assert!(added.text.lines().any(|l| l == line), "{line}\n{}", added.text);
    }
    let again = add("targets.json", &added.text, &new("https://eastmarch.example/status?a=1#top"));
    assert_eq!(again, Err(AddError::Watched(added.id)));
}

#[test]
fn a_target_is_added_to_the_starter() {
    let new = NewTarget { url: "https://wantsum.example/".to_owned(), ..NewTarget::default() };
    let added = add("targets.json", &starter(), &new).unwrap();
    assert!(added.text.contains("// { \"id\": \"kent-2024\""), "{}", added.text);
    assert_eq!(load("targets.json", &added.text).unwrap().config.targets.len(), 1);
}

#[test]
fn a_wrong_target_is_told_and_not_added() {
    assert!(matches!(add("targets.json", FILE, &new("wantsum.example")), Err(AddError::Target(_))));
    assert!(matches!(add("targets.json", "{", &new("https://wantsum.example/")), Err(AddError::File(_))));
}

#[test]
fn a_file_too_long_or_too_deep_is_one_fault() {
    assert!(first(&" ".repeat(50 << 20)).contains("16 MiB"));
    for open in ["[", "{\"targets\":[", "{\"a\":"] {
        assert!(first(&open.repeat(200_000)).contains("not JSON"), "{open}");
    }
}

#[test]
fn a_name_is_not_taken_from_another_target() {
    let made = load("targets.json", FILE).unwrap().config.targets[0].id.clone();
    let taken = NewTarget { id: Some(made.to_string()), ..new("https://eastmarch.example/") };
    assert_eq!(add("targets.json", FILE, &taken), Err(AddError::Taken(made)));
}

#[test]
fn a_target_is_added_to_files_of_any_layout() {
    let one = r#"{ "url": "https://wantsum.example/" }"#;
    for file in [
        r#"{"version":1,"targets":[]}"#.to_owned(),
        format!("{{\"version\":1,\"targets\":[{one}]}}"),
        format!("{{\r\n\t\"version\": 1,\r\n\t\"targets\": [\r\n\t\t{one}\r\n\t]\r\n}}\r\n"),
        format!("\u{feff}{{\"version\":1,\n\"targets\":[ // none\n{one} /* last */ ] }} // end"),
    ] {
        let new = NewTarget { url: "https://eastmarch.example/".to_owned(), ..NewTarget::default() };
        let added = add("targets.json", &file, &new).unwrap().text;
        let loaded = load("targets.json", &added).unwrap();
        assert_eq!(loaded.config.targets.last().unwrap().url.as_str(), new.url, "{added}");
        for piece in ["// none", "/* last */", "// end", one] {
            assert_eq!(added.contains(piece), file.contains(piece), "{added}");
        }
        assert!(
            !file.contains("\r\n") || added.lines().count() == added.matches("\r\n").count(),
            "{added:?}"
        );
    }
}

#[test]
fn no_mutation_of_a_file_is_a_panic() {
    let whole = format!("{}{}", FILE, include_str!("../../tests/configs/valid-every-key/targets.json"));
    let bits = [
        "\"", "{", "}", "[", "]", ",", ":", "\\", "\\u12", "//", "/*", "\n", "\r", "0", "-1e999", "null",
        "é", "\u{202e}", "\0",
    ];
    let mut random = fastrand::Rng::with_seed(2024);
    for n in 0..4_000 {
        let file = if n % 2 == 0 { FILE } else { &whole[FILE.len()..] };
        let mut chars: Vec<char> = file.chars().collect();
        for _ in 0..random.usize(1..4) {
            let at = random.usize(..chars.len());
            let end = at + random.usize(..20).min(chars.len() - at);
            match random.u8(..3) {
                0 => drop(chars.drain(at..end)),
                1 => drop(chars.splice(at..at, bits[random.usize(..bits.len())].chars())),
                _ => {
                    let copied = chars[at..end].to_vec();
                    let to = random.usize(..=chars.len());
                    drop(chars.splice(to..to, copied));
                }
            }
        }
        let text: String = chars.iter().collect();
        match load("targets.json", &text) {
            Ok(_) => {
                let added = add("targets.json", &text, &new("https://eastmarch.example/added"));
                assert!(added.is_ok() || matches!(added, Err(AddError::Target(_))), "{added:?}\n{text}");
            }
            Err(faults) => {
                let told = faults.render(random.bool(), 80);
                assert!(!told.contains('\u{202e}') && !told.contains('\0'), "{told}");
                assert!(faults.iter().all(|f| f.line() <= text.split('\n').count()), "{told}");
            }
        }
    }
}
