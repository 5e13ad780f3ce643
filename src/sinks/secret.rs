//! Secrets, read when they are needed: from the environment or a file, never from targets.json.

use std::{fs::File, io::Read as _, path::Path};

use crate::model::Secret;

/// The longest secret, in bytes.
const LONGEST: u64 = 16 * 1024;

/// What a secret is; a path is relative to `folder`.
///
/// # Errors
/// In words that name where it should stand, and never what stands there.
pub(super) fn read(secret: &Secret, folder: &Path) -> Result<String, String> {
    let (text, place) = match secret {
        Secret::Env(name) => {
            let text = std::env::var(name).map_err(|_| format!("the environment has no {name}"))?;
            (text, name.clone())
        }
        Secret::File(path) => {
            let path = folder.join(path);
            let place = path.display().to_string();
            let wrong = |error: std::io::Error| format!("{place} could not be read: {error}");
            let mut text = String::new();
            File::open(&path).map_err(wrong)?.take(LONGEST).read_to_string(&mut text).map_err(wrong)?;
            (text, place)
        }
    };
    let text = text.trim_end_matches(['\r', '\n']).to_owned();
    if text.is_empty() { Err(format!("{place} is empty")) } else { Ok(text) }
}
