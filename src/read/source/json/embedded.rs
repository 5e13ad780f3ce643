//! Data that a page carries for programs: `application/ld+json`, the state of Next.js and the like.
//!
//! Not here: what the reader of pages takes from them (`html::claims`).

use serde_json::{Map, Value};

/// So many scripts of data are read.
const MOST: usize = 64;

/// The data of a page under the names of its scripts: `ld+json` is a list, another script is known by its id.
pub(in crate::read) fn found(html: &str) -> Option<Value> {
    let mut found = Map::new();
    let mut linked = Vec::new();
    let mut rest = html;
    for _ in 0..MOST {
        let Some(at) = rest.find("<script") else { break };
        rest = rest.get(at..).unwrap_or_default();
        let Some((tag, after)) = rest.split_once('>') else { break };
        let Some((body, next)) = after.split_once("</script") else { break };
        rest = next;
        let Ok(value) = serde_json::from_str::<Value>(body.trim()) else { continue };
        if tag.contains("application/ld+json") {
            linked.push(value);
        } else if tag.contains("json") {
            found.insert(id(tag).unwrap_or("data").to_owned(), value);
        }
    }
    if !linked.is_empty() {
        found.insert("ld+json".to_owned(), Value::Array(linked));
    }
    (!found.is_empty()).then_some(Value::Object(found))
}

fn id(tag: &str) -> Option<&str> {
    let (_, after) = tag.split_once(" id=")?;
    let bare = after.trim_start_matches(['"', '\'']);
    bare.split(['"', '\'', ' ', '>']).next().filter(|id| !id.is_empty())
}
