//! A target of a file changed, or taken out of it, the comments and the layout of the rest kept.
//!
//! Not here: adding one (`edit`), writing files.

use jsonc_parser::cst::{CstInputValue, CstNode, CstRootNode};

use super::{DIALECT, Faults, load, without_mark};
use crate::model::TargetId;

/// A key of a target and what it shall say; without a value it is taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Set {
    /// The key.
    pub key: &'static str,
    /// What it shall say.
    pub value: Option<Setting>,
}

/// What a key says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Setting {
    /// A word or a line.
    Text(String),
    /// Several.
    List(Vec<String>),
    /// Yes or no.
    Flag(bool),
}

/// Why a target was not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangeError {
    /// The file was wrong before.
    #[error("{0}")]
    File(Faults),
    /// The file would be wrong: told in it as it would be.
    #[error("{0}")]
    Changed(Faults),
    /// No target has the name.
    #[error("no target is called `{0}`")]
    Unknown(String),
}

/// The text of a file with some keys of a target set. `name` is what faults call the file.
///
/// # Errors
///
/// When the file is wrong, when it would be wrong, and when it has no such target.
pub fn set(name: &str, text: &str, target: &str, keys: &[Set]) -> Result<String, ChangeError> {
    changed(name, text, target, |element| {
        let Some(object) = element.as_object() else { return };
        for Set { key, value } in keys {
            match (object.get(key), value.clone().map(CstInputValue::from)) {
                (Some(known), Some(value)) => known.set_value(value),
                (Some(known), None) => known.remove(),
                (None, Some(value)) => drop(object.append(key, value)),
                (None, None) => {}
            }
        }
    })
}

/// The text of a file without a target.
///
/// # Errors
///
/// When the file is wrong, when it would be wrong, and when it has no such target.
pub fn remove(name: &str, text: &str, target: &str) -> Result<String, ChangeError> {
    changed(name, text, target, CstNode::remove)
}

fn changed(
    name: &str,
    text: &str,
    target: &str,
    change: impl FnOnce(CstNode),
) -> Result<String, ChangeError> {
    let targets = load(name, text).map_err(ChangeError::File)?.config.targets;
    let unknown = || ChangeError::Unknown(target.to_owned());
    // A file without a fault has as many targets as its list has elements.
    let place = targets.iter().position(|known| known.id.as_str() == target).ok_or_else(unknown)?;
    let (mark, bare) = without_mark(text);
    let root = CstRootNode::parse(bare, &DIALECT).ok().ok_or_else(unknown)?;
    let list = root.object_value().and_then(|file| file.array_value("targets"));
    let element = list.and_then(|list| list.elements().into_iter().nth(place)).ok_or_else(unknown)?;
    change(element);
    let text = format!("{mark}{root}");
    load(name, &text).map_err(ChangeError::Changed)?;
    Ok(text)
}

impl From<Setting> for CstInputValue {
    fn from(setting: Setting) -> Self {
        match setting {
            Setting::Text(text) => text.into(),
            Setting::List(list) => list.into(),
            Setting::Flag(flag) => flag.into(),
        }
    }
}

impl Set {
    /// Another name, and the one of before, so that the history goes on.
    pub fn renamed(now: &TargetId, before: &str) -> [Self; 2] {
        let text = |text: &str| Some(Setting::Text(text.to_owned()));
        [Self { key: "id", value: text(now.as_str()) }, Self { key: "was", value: text(before) }]
    }

    /// A list: one word stands by itself; none, or an empty one, takes the key out.
    pub fn list(key: &'static str, words: &[String]) -> Self {
        let value = match words {
            [] => None,
            [word] if word.is_empty() => None,
            [word] => Some(Setting::Text(word.clone())),
            words => Some(Setting::List(words.to_vec())),
        };
        Self { key, value }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"{
  // Who watches what.
  "version": 1,
  "targets": [
    // The council.
    { "id": "wantsum", "url": "https://wantsum.example/", "every": "1h" },
    { "id": "hythe", "url": "https://hythe.example/" } // the supplier
  ]
}"#;

    #[test]
    fn a_key_is_set_and_taken_out_and_the_rest_stays_as_it_was_written() {
        let paused = Set { key: "paused", value: Some(Setting::Flag(true)) };
        let every = Set { key: "every", value: None };
        let text = set("targets.json", FILE, "wantsum", &[paused.clone(), every]).unwrap();
        assert!(text.contains("// The council.") && text.contains("// the supplier"), "{text}");
        let targets = load("targets.json", &text).unwrap().config.targets;
        assert!(targets[0].paused && targets[0].every.as_secs() == 900 && !targets[1].paused, "{text}");
        assert_eq!(
            set("targets.json", FILE, "folkestone", &[paused]),
            Err(ChangeError::Unknown("folkestone".to_owned()))
        );
        let wrong = Set { key: "every", value: Some(Setting::Text("often".to_owned())) };
        assert!(matches!(set("targets.json", FILE, "hythe", &[wrong]), Err(ChangeError::Changed(_))));
    }

    #[test]
    fn a_target_is_taken_out_and_one_keeps_its_history_under_another_name() {
        let text = remove("targets.json", FILE, "wantsum").unwrap();
        let targets = load("targets.json", &text).unwrap().config.targets;
        assert_eq!(targets.iter().map(|t| t.id.as_str()).collect::<Vec<_>>(), ["hythe"]);
        let renamed = Set::renamed(&"port".parse().unwrap(), "hythe");
        let config =
            load("targets.json", &set("targets.json", FILE, "hythe", &renamed).unwrap()).unwrap().config;
        assert_eq!(config.renamed, [("port".parse().unwrap(), "hythe".parse().unwrap())]);
    }
}
