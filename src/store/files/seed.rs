//! A new store, and whether a folder is one.

use std::{io::ErrorKind, path::Path};

use super::disk;
use crate::{
    model::Digest,
    store::{StoreError, layout},
};

/// The number of the layout that this program writes.
const NUMBER: u32 = 2;

/// The oldest layout that is still opened.
const OLDEST: u32 = 1;

/// A file on its way in.
const NEW: &str = "file.new";

/// The explanation of the folder.
const README: &str = "README.md";

/// The SHA-256 of those of older layouts.
const OLD_READMES: [&str; 1] = ["99ac2f976d46ae06164359a439c0a8d56e37254e32028949aaacf81663c1751e"];

/// What a new store holds besides its number.
const FILES: &[(&str, &str)] = &[
    (README, include_str!("seed/README.md")),
    (".gitattributes", include_str!("seed/gitattributes")),
    (".gitignore", include_str!("seed/gitignore")),
];

/// Whether a name in the store's folder is one of its own files or folders, apart from those that the log speaks of.
pub(crate) fn is_own(name: &str) -> bool {
    matches!(name, layout::FORMAT | layout::LOCK | layout::STATE | layout::TEMPORARY | layout::CACHE | NEW)
        || FILES.iter().any(|(own, _)| *own == name)
}

/// Makes the folder, or says why a store cannot be made there: it is another's, or a newer program's.
pub(super) fn prepare(root: &Path) -> Result<(), StoreError> {
    if disk::read(root, layout::FORMAT)?.is_some() {
        return check_format(root);
    }
    let others = disk::names(root, "")?;
    let foreign = others.iter().find(|name| {
        !name.starts_with('.')
            && *name != layout::LOCK
            && *name != NEW
            && !FILES.iter().any(|(own, _)| own == name)
    });
    if let Some(name) = foreign {
        let seen = format!(
            "this folder holds `{}` and no file `format`, so it is no store; name an empty folder, or restore `format` if it was one",
            name.escape_default()
        );
        return Err(StoreError::NotAStore { path: root.to_owned(), seen });
    }
    std::fs::create_dir_all(root).map_err(StoreError::io("create", root))
}

/// Fills a new store and brings an older one up, under the writer's lock. The number comes last, so that a store half
/// made is made again. Nothing that was kept in an older layout is changed.
pub(super) fn make(root: &Path) -> Result<(), StoreError> {
    let number = format!("{NUMBER}\n");
    let known = disk::read(root, layout::FORMAT)?;
    if known.as_deref() == Some(number.as_bytes()) {
        return Ok(());
    }
    for (name, text) in FILES {
        let found = disk::read(root, name)?;
        let text = match &found {
            None => (*text).to_owned(),
            // A store half made.
            Some(_) if known.is_none() => continue,
            Some(found) => brought_up(name, found, text),
        };
        if found.as_deref() != Some(text.as_bytes()) {
            replace(root, name, text.as_bytes())?;
        }
    }
    replace(root, layout::FORMAT, number.as_bytes())?;
    disk::sync_folder(root, "")
}

/// A file of an older store as it should be now: what somebody wrote into it stays, and of the lists of names the lines
/// that it lacks are added. The explanation is replaced only where it is the one that came with the store.
fn brought_up(name: &str, found: &[u8], text: &str) -> String {
    let old = String::from_utf8_lossy(found);
    if name == README {
        return if OLD_READMES.contains(&Digest::of(found).to_string().as_str()) { text } else { &old }
            .to_owned();
    }
    let mut out = old.into_owned();
    for line in text.lines() {
        if !out.lines().any(|known| known == line) {
            if !out.is_empty() && !out.ends_with('\n') {
                out.push('\n');
            }
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

fn replace(root: &Path, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
    disk::sync(&disk::write(root, NEW, bytes)?, root, NEW)?;
    disk::rename(root, NEW, name)
}

/// Whether a folder is a store that this program understands.
pub(crate) fn check_format(root: &Path) -> Result<(), StoreError> {
    let path = root.join(layout::FORMAT);
    let Some(bytes) = disk::read(root, layout::FORMAT)? else {
        let seen = match std::fs::symlink_metadata(root) {
            Err(e) if e.kind() == ErrorKind::NotFound => {
                "there is no store here yet; `onrecord check` makes one"
            }
            _ => "this folder has no file `format`, so it is no store; restore that file if it was one",
        };
        return Err(StoreError::NotAStore { path: root.to_owned(), seen: seen.to_owned() });
    };
    let said = String::from_utf8_lossy(&bytes);
    match said.strip_suffix('\n').unwrap_or_default().parse::<u32>() {
        Ok(OLDEST..=NUMBER) => Ok(()),
        Ok(newer) if newer > NUMBER => {
            let seen = format!(
                "the layout has number {newer}, and this program knows {NUMBER}; use a newer onrecord"
            );
            Err(StoreError::NotAStore { path, seen })
        }
        _ => {
            let begins: String = said.chars().take(20).flat_map(char::escape_default).collect();
            Err(StoreError::damaged(path, format!("`{begins}` is no number of a layout")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_folder_is_a_new_store() {
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots");
        for (name, text) in FILES {
            assert_eq!(std::fs::read_to_string(shipped.join(name)).unwrap(), *text, "{name}");
        }
        check_format(&shipped).unwrap();
    }

    #[test]
    fn an_older_store_is_brought_up_and_what_somebody_wrote_into_it_stays() {
        let folder = tempfile::tempdir().unwrap();
        let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stores/format-1/snapshots");
        let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
        for name in [README, ".gitattributes", ".gitignore", layout::FORMAT] {
            std::fs::copy(old.join(name), folder.path().join(name)).unwrap();
        }
        let own = folder.path().join(".gitignore");
        std::fs::write(&own, read(".gitignore") + "mine.txt").unwrap();
        make(folder.path()).unwrap();
        assert_eq!(read(README), FILES[0].1, "as it came with the store, so it is the newer one");
        assert!(read(".gitignore").contains("\nmine.txt\n") && read(".gitignore").contains("\n/cache/\n"));
        assert!(read(".gitattributes").contains("latest.txt merge=union"));

        std::fs::write(folder.path().join(layout::FORMAT), "1\n").unwrap();
        std::fs::write(folder.path().join(README), "Ours.\n").unwrap();
        make(folder.path()).unwrap();
        assert_eq!((read(README), read(layout::FORMAT)), ("Ours.\n".to_owned(), "2\n".to_owned()));
    }
}
