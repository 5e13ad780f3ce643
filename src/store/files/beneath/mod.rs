//! Reaching what lies in a folder without ever being led out of it: each part of a path is opened from the one before,
//! symbolic links are not followed, and pipes and devices are not opened.
//!
//! A cloned store may be hostile. The folder itself may be reached by a link: it is the one that was named. Not here:
//! what a file means, or when it is durable (`disk`).

#[cfg(not(unix))]
mod other;
mod path;
#[cfg(unix)]
mod unix;

#[cfg(not(unix))]
pub(super) use other::{about, list, make_folder, open, open_folder, remove, rename};
pub(crate) use path::{Access, Kind, shown};
#[cfg(unix)]
pub(super) use unix::{about, list, make_folder, open, open_folder, remove, rename};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_climbs_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("store");
        std::fs::create_dir(&root).unwrap();
        std::fs::write(folder.path().join("outside"), "x").unwrap();
        for path in ["../outside", "/outside", "a/../../outside", "./a", "a//b", "a/", "a\0b", "..\\outside"]
        {
            assert!(open(&root, path, Access::Read).is_err(), "{path:?}");
            assert!(about(&root, path).is_err(), "{path:?}");
            assert!(remove(&root, path).is_err(), "{path:?}");
            assert!(rename(&root, "a", path).is_err() && rename(&root, path, "a").is_err(), "{path:?}");
        }
        assert_eq!(std::fs::read(folder.path().join("outside")).unwrap(), b"x");
    }
}
