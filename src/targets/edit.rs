//! A file to start from, and a target added to a file, its comments and layout kept.
//!
//! Not here: writing files.

use jsonc_parser::cst::{CstInputValue, CstRootNode};
use url::Url;

use super::{DIALECT, Faults, ids, load, without_mark};
use crate::model::{TargetId, Watch};

/// A commented file to start from. It loads, and watches nothing yet.
pub fn starter() -> String {
    include_str!("starter.jsonc").to_owned()
}

/// A target to add: only the address is needed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewTarget {
    /// The address, as given.
    pub url: String,
    /// Its name; made from the address when left out.
    pub id: Option<String>,
    /// Who speaks there; the host's name when left out.
    pub body: Option<String>,
    /// The incidents it is watched for; the only one when left out.
    pub incidents: Vec<String>,
    /// What kind of source it is; a page when left out.
    pub watch: Option<Watch>,
    /// CSS selectors of the statement.
    pub select: Vec<String>,
    /// CSS selectors of what is left out.
    pub remove: Vec<String>,
    /// Whether it may lead into a private network.
    pub allow_private: bool,
}

/// A file with a target more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// The whole file.
    pub text: String,
    /// The name of the new target.
    pub id: TargetId,
}

/// Why a target was not added.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddError {
    /// The file was wrong before.
    #[error("{0}")]
    File(Faults),
    /// The target is wrong: told in the file as it would be.
    #[error("{0}")]
    Target(Faults),
    /// The address is watched already, in the same way.
    #[error("this address is watched already, as `{0}`")]
    Watched(TargetId),
    /// Another target has this name, given or made from its address.
    #[error("another target is called `{0}`")]
    Taken(TargetId),
    /// The file has no list that takes a target.
    #[error("the file has no list `targets` that takes another")]
    NoList,
}

/// Adds a target to the text of a file, at the end of `targets`. `name` is what faults call the file.
///
/// # Errors
///
/// When the file is wrong, when it would be wrong with the target, and when its address or its name is another
/// target's already.
pub fn add(name: &str, text: &str, new: &NewTarget) -> Result<Added, AddError> {
    let before = load(name, text).map_err(AddError::File)?.config.targets;
    let url = Url::parse(&new.url).ok();
    if let Some(url) = &url {
        let same = |address: &Url| address[..url::Position::AfterQuery] == url[..url::Position::AfterQuery];
        let watch = new.watch.unwrap_or_default();
        if let Some(twin) = before.iter().find(|target| target.watch == watch && same(&target.url)) {
            return Err(AddError::Watched(twin.id.clone()));
        }
    }
    if let Some(twin) = before.iter().find(|target| new.id.as_deref() == Some(target.id.as_str())) {
        return Err(AddError::Taken(twin.id.clone()));
    }
    let taken = |name: &str| before.iter().any(|target| target.id.as_str() == name);
    let made = url.as_ref().and_then(|url| ids::unique_id(url, taken)).map(|id| id.to_string());
    let id = new.id.clone().or(made);
    let (mark, text) = without_mark(text);
    // As a browser would ask it: no sign in it that cannot be seen, no fragment.
    let address = url.map_or_else(|| new.url.clone(), |url| url[..url::Position::AfterQuery].to_owned());
    let text = mark.to_owned() + &appended(text, properties(id, address, new));
    let after = load(name, &text).map_err(AddError::Target)?.config.targets;
    let id = after.into_iter().nth(before.len()).ok_or(AddError::NoList)?.id;
    Ok(Added { text, id })
}

fn properties(id: Option<String>, address: String, new: &NewTarget) -> Vec<(String, CstInputValue)> {
    let list = |list: &[String]| match list {
        [] => None,
        [one] => Some(one.clone().into()),
        many => Some(many.to_vec().into()),
    };
    let watch = new.watch.and_then(|watch| serde_json::to_value(watch).ok());
    [
        ("id", id.map(Into::into)),
        ("body", new.body.clone().map(Into::into)),
        ("incident", list(&new.incidents)),
        ("url", Some(address.into())),
        ("watch", watch.as_ref().and_then(|watch| watch.as_str()).map(Into::into)),
        ("select", list(&new.select)),
        ("remove", list(&new.remove)),
        ("allow_private", new.allow_private.then(|| true.into())),
    ]
    .into_iter()
    .filter_map(|(key, value)| Some((key.to_owned(), value?)))
    .collect()
}

/// The text with one more element in `targets`; the text as it was when it has no such list.
fn appended(text: &str, properties: Vec<(String, CstInputValue)>) -> String {
    let root = CstRootNode::parse(text, &DIALECT).ok();
    let targets =
        root.as_ref().and_then(CstRootNode::object_value).and_then(|file| file.array_value("targets"));
    match (root, targets) {
        (Some(root), Some(targets)) => {
            targets.append(CstInputValue::Object(properties));
            root.to_string()
        }
        _ => text.to_owned(),
    }
}
