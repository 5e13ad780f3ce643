//! The folder that a demo leaves behind. What a demo made is replaced by the next; nothing else is ever deleted.

use std::{fs, io, path::Path};

use crate::{cli::Failure, render::escape};

/// The file that says whose the folder is.
const MARK: &str = ".onrecord-demo";
const WORDS: &str =
    "Made by `onrecord demo`. The next demo replaces targets.json and snapshots beside this file.\n";

/// Makes the folder ready for a demo, with this `targets.json` in it. Whether an earlier demo was there.
pub(super) fn prepare(dir: &Path, targets_json: &str) -> Result<bool, Failure> {
    let again = match state(dir).map_err(|error| unwritten(dir, &error))? {
        State::Free => false,
        State::Ours => true,
        State::Foreign => {
            return Err(Failure::usage(format!(
                "{} holds something else than a demo, and nothing in it was touched. Name another folder: onrecord \
                 demo DIR",
                shown(dir)
            )));
        }
    };
    fill(dir, targets_json).map_err(|error| unwritten(dir, &error))?;
    Ok(again)
}

/// A path as it may stand in a sentence.
pub(super) fn shown(path: &Path) -> String {
    escape::terminal(&path.display().to_string())
}

fn unwritten(dir: &Path, error: &io::Error) -> Failure {
    Failure::store(format!("{} could not be made ready: {error}", shown(dir)))
}

enum State {
    /// Not there, or empty.
    Free,
    /// Left by a demo.
    Ours,
    /// Anything else.
    Foreign,
}

fn state(dir: &Path) -> io::Result<State> {
    // A link is somebody's arrangement, wherever it leads.
    match fs::symlink_metadata(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(State::Free),
        Err(error) => return Err(error),
        Ok(found) if !found.is_dir() => return Ok(State::Foreign),
        Ok(_) => {}
    }
    if fs::symlink_metadata(dir.join(MARK)).is_ok_and(|found| found.is_file()) {
        return Ok(State::Ours);
    }
    Ok(if fs::read_dir(dir)?.next().is_none() { State::Free } else { State::Foreign })
}

fn fill(dir: &Path, targets_json: &str) -> io::Result<()> {
    fs::create_dir_all(dir)?;
    // First of all, so that a demo that is cut off leaves a folder that the next one may replace.
    fs::write(dir.join(MARK), WORDS)?;
    match fs::remove_dir_all(dir.join("snapshots")) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    fs::write(dir.join("targets.json"), targets_json)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_demo_made_is_replaced() {
        let home = tempfile::tempdir().unwrap();
        let dir = home.path().join("deep/demo");
        assert!(!prepare(&dir, "1").unwrap());
        fs::create_dir_all(dir.join("snapshots/targets")).unwrap();
        fs::write(dir.join("notes.txt"), "mine").unwrap();
        assert!(prepare(&dir, "2").unwrap());
        assert!(!dir.join("snapshots").exists());
        assert_eq!(fs::read_to_string(dir.join("targets.json")).unwrap(), "2");
        assert_eq!(fs::read_to_string(dir.join("notes.txt")).unwrap(), "mine");
    }

    #[test]
    fn a_folder_of_somebody_elses_is_left_alone() {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("snapshots")).unwrap();
        fs::write(home.path().join("targets.json"), "mine").unwrap();
        assert_eq!(prepare(home.path(), "2").unwrap_err().exit, crate::cli::Exit::Usage);
        assert_eq!(fs::read_to_string(home.path().join("targets.json")).unwrap(), "mine");
        assert!(home.path().join("snapshots").exists());
        assert!(prepare(&home.path().join("targets.json"), "2").is_err());
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(home.path(), home.path().join("link")).unwrap();
            fs::write(home.path().join(MARK), WORDS).unwrap();
            assert!(prepare(&home.path().join("link"), "2").is_err());
        }
    }
}
