//! Imports run one way: no circle of folders, none of files, and no folder knows one that it must not.
//!
//! The files are read, not compiled: `use` and paths that begin with `crate`, `super` or a child's name. What a parent
//! only hands on counts as where it is defined. Tests within a file may know whom they like.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// Whom a folder may know.
const MAY_KNOW: [(&str, &[&str]); 15] = [
    ("model", &[]),
    ("text", &["model"]),
    ("targets", &["model", "text", "read", "render"]),
    ("fetch", &["model", "text"]),
    ("read", &["model", "text"]),
    ("compare", &["model", "text"]),
    ("judge", &["model", "text", "compare"]),
    ("render", &["model", "text", "compare"]),
    ("warc", &["model", "text"]),
    ("store", &["model", "warc"]),
    ("query", &["model", "text", "store", "read", "compare", "judge", "warc"]),
    ("evidence", &["model", "text", "store", "read", "compare", "judge", "warc"]),
    ("sinks", &["model", "store", "render", "fetch"]),
    (
        "engine",
        &[
            "model", "text", "targets", "fetch", "read", "compare", "judge", "warc", "store", "sinks",
            "query", "render",
        ],
    ),
    ("web", &["model", "engine", "query", "render"]),
];

/// Folders whose files still know each other in a circle: it may shrink, and a folder that has none goes from here.
const STANDING: [&str; 0] = [];

type Module = Vec<String>;

struct Sources {
    /// The text of each module's file, without comments and its tests.
    files: BTreeMap<Module, String>,
    /// What each hands on or knows by a name of its own.
    names: BTreeMap<Module, BTreeMap<String, Module>>,
}

impl Sources {
    fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut files = BTreeMap::new();
        collect(&root, &mut Vec::new(), &mut files);
        let mut sources = Self { files, names: BTreeMap::new() };
        let names: Vec<_> = sources
            .files
            .iter()
            .map(|(module, text)| {
                let used = uses(text)
                    .into_iter()
                    .filter_map(|(path, name)| Some((name, sources.absolute(module, &path)?)));
                (module.clone(), used.collect())
            })
            .collect();
        sources.names = names.into_iter().collect();
        sources
    }

    fn absolute(&self, module: &Module, path: &[String]) -> Option<Module> {
        let (first, rest) = path.split_first()?;
        let joined = |head: &[String], rest: &[String]| [head, rest].concat();
        match first.as_str() {
            "crate" => Some(rest.to_vec()),
            "self" => Some(joined(module, rest)),
            "super" => {
                let ups = path.iter().take_while(|part| *part == "super").count();
                Some(joined(module.get(..module.len().checked_sub(ups)?)?, path.get(ups..)?))
            }
            _ => {
                let child = joined(module, std::slice::from_ref(first));
                self.files.contains_key(&child).then(|| joined(module, path))
            }
        }
    }

    /// The file in which what a path names is defined.
    fn defined(&self, path: &[String], steps: usize) -> Option<Module> {
        let len = (1..=path.len())
            .take_while(|len| self.files.contains_key(path.get(..*len).unwrap_or_default()))
            .last()?;
        let module = path.get(..len)?.to_vec();
        let handed = path.get(len).and_then(|name| self.names.get(&module)?.get(name));
        match handed {
            Some(other) if steps > 0 && other.as_slice() != path.get(..=len).unwrap_or_default() => self
                .defined(&[other.as_slice(), path.get(len + 1..).unwrap_or_default()].concat(), steps - 1)
                .or(Some(module)),
            _ => Some(module),
        }
    }

    /// The files that each file knows.
    fn known(&self) -> BTreeMap<Module, BTreeSet<Module>> {
        let of = |(module, text): (&Module, &String)| {
            let paths = uses_of_its_own(text).into_iter().chain(paths(text));
            let known = paths.filter_map(|path| self.defined(&self.absolute(module, &path)?, 8));
            (module.clone(), known.filter(|other| other != module).collect())
        };
        self.files.iter().map(of).collect()
    }
}

fn collect(dir: &Path, module: &mut Module, files: &mut BTreeMap<Module, String>) {
    for entry in fs::read_dir(dir).unwrap().map(Result::unwrap) {
        let path = entry.path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "tests" {
            module.push(name);
            collect(&path, module, files);
            module.pop();
        } else if path.extension().is_some_and(|e| e == "rs")
            && !matches!(&*name, "tests" | "needed" | "main" | "lib")
        {
            let own = if name == "mod" { module.clone() } else { [module.as_slice(), &[name]].concat() };
            files.insert(own, bare(&fs::read_to_string(&path).unwrap()));
        }
    }
}

/// Without comments and tests.
fn bare(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The bodies of the `use` items, and whether each hands on what it names.
fn items(text: &str) -> impl Iterator<Item = (bool, &str)> {
    text.split(';').filter_map(|item| {
        let line = item.rfind("use ").map(|at| item.split_at(at))?;
        let head = line.0.rsplit('\n').next()?.trim();
        (head.is_empty() || head.starts_with("pub")).then_some((head.starts_with("pub"), line.1.get(4..)?))
    })
}

/// What is used: the path, and the name that it has here.
fn uses(text: &str) -> Vec<(Vec<String>, String)> {
    items(text).flat_map(|(_, item)| flat(item)).collect()
}

/// What is used and not only handed on.
fn uses_of_its_own(text: &str) -> Vec<Vec<String>> {
    items(text).filter(|item| !item.0).flat_map(|(_, item)| flat(item)).map(|(path, _)| path).collect()
}

/// `a::{b, c::{self, d as e}}` as its paths.
fn flat(item: &str) -> Vec<(Vec<String>, String)> {
    let (head, tree) =
        item.split_once('{').map_or((item, None), |(head, tree)| (head, tree.rsplit_once('}').map(|t| t.0)));
    let parts = || head.split("::").map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned);
    let Some(tree) = tree else {
        let (path, name) =
            head.split_once(" as ").map_or((head, None), |(path, name)| (path, Some(name.trim())));
        let path: Vec<String> = path.split("::").map(|part| part.trim().to_owned()).collect();
        let name = name.map(str::to_owned).or_else(|| path.last().cloned()).unwrap_or_default();
        return vec![(path, name)];
    };
    let (mut depth, mut from, mut out) = (0, 0, Vec::new());
    let ends = tree.char_indices().chain([(tree.len(), ',')]);
    for (at, c) in ends {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                for (path, name) in flat(&tree[from..at])
                    .into_iter()
                    .filter(|(path, _)| path.iter().any(|part| !part.is_empty()))
                {
                    let own = path == ["self"];
                    let path: Vec<String> =
                        parts().chain(path.into_iter().filter(|part| part != "self")).collect();
                    let name = if own { path.last().cloned().unwrap_or_default() } else { name };
                    out.push((path, name));
                }
                from = at + 1;
            }
            _ => {}
        }
    }
    out
}

/// Paths in the code itself.
fn paths(text: &str) -> Vec<Vec<String>> {
    // Where something may be seen is no import.
    let text: String =
        text.split("pub(in ").enumerate().map(|(n, part)| if n == 0 { part } else { after(part) }).collect();
    let code: Vec<&str> = text.split(';').filter(|item| items(item).next().is_none()).collect();
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let words = code.iter().flat_map(|item| item.split(move |c| !is_part(c)));
    words
        .map(|word| word.split("::").map(str::to_owned).collect::<Vec<_>>())
        .filter(|path| path.len() > 1 && path.iter().all(|part| !part.is_empty() && !part.contains(':')))
        .collect()
}

/// What follows the first `)`.
fn after(part: &str) -> &str {
    part.split_once(')').map_or("", |(_, after)| after)
}

/// What can be reached from each, itself where it stands in a circle.
fn reached<N: Ord + Clone>(known: &BTreeMap<N, BTreeSet<N>>, from: &N) -> BTreeSet<N> {
    let (mut seen, mut open) = (BTreeSet::new(), vec![from.clone()]);
    while let Some(next) = open.pop() {
        for other in known.get(&next).into_iter().flatten() {
            if seen.insert(other.clone()) {
                open.push(other.clone());
            }
        }
    }
    seen
}

/// Those that stand in a circle.
fn circles<N: Ord + Clone>(known: &BTreeMap<N, BTreeSet<N>>) -> Vec<N> {
    known.keys().filter(|one| reached(known, one).contains(one)).cloned().collect()
}

#[test]
fn no_file_knows_itself_by_way_of_another() {
    let known = Sources::read().known();
    let mut standing: BTreeSet<&str> = BTreeSet::new();
    let mut faults = Vec::new();
    for module in circles(&known) {
        match STANDING.iter().find(|folder| module.first().is_some_and(|first| first == *folder)) {
            Some(folder) => drop(standing.insert(folder)),
            None => faults.push(module.join("/")),
        }
    }
    assert!(faults.is_empty(), "these files stand in a circle of imports: {}", faults.join(", "));
    let gone: Vec<_> = STANDING.iter().filter(|folder| !standing.contains(*folder)).collect();
    assert!(gone.is_empty(), "no circle stands here any more, take it from the list: {gone:?}");
}

#[test]
fn folders_know_only_whom_they_may() {
    let mut folders: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (module, others) in Sources::read().known() {
        let Some(folder) = module.first() else { continue };
        let others = others.iter().filter_map(|other| other.first()).filter(|other| *other != folder);
        folders.entry(folder.clone()).or_default().extend(others.cloned());
    }
    assert!(circles(&folders).is_empty(), "a circle of folders: {:?}", circles(&folders));
    for (folder, may) in MAY_KNOW {
        let Some(known) = folders.get(folder) else { continue };
        let more: Vec<_> = known.iter().filter(|other| !may.contains(&other.as_str())).collect();
        assert!(more.is_empty(), "{folder} must not know {more:?}");
    }
    assert_eq!(folders.get("text").map(BTreeSet::len), Some(1), "text knows the model alone");
}

#[test]
fn a_use_is_read_as_the_paths_that_it_names() {
    let paths = |item| {
        flat(item).into_iter().map(|(path, name)| format!("{} {name}", path.join("::"))).collect::<Vec<_>>()
    };
    assert_eq!(paths("super::{\n a::{self, B},\n c as d,\n}"), ["super::a a", "super::a::B B", "super::c d"]);
    assert_eq!(circles(&BTreeMap::from([(1, [2].into()), (2, [3].into()), (3, [2].into())])), [2, 3]);
}
