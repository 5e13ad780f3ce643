//! Secrets that stand in the file. The file is made to be committed and shared: it names an environment variable
//! or a file that holds a secret, never the secret. What is found is starred in everything that is shown.

use std::ops::Range;

use jsonc_parser::{
    ast::{ObjectProp, Value},
    common::Ranged as _,
};

use super::{excerpt::shown, notes::Notes, value::span};

/// Keys, bare of `-` and `_`, that hold a secret: those that end so, ...
const ENDINGS: [&str; 10] = [
    "password",
    "passwd",
    "passphrase",
    "secret",
    "token",
    "apikey",
    "accesskey",
    "privatekey",
    "credentials",
    "signature",
];
/// ... and those that are so.
const WHOLE: [&str; 7] = ["pwd", "pass", "auth", "authorization", "bearer", "cookie", "sig"];

/// Looks through the whole file, in keys and in addresses.
pub(super) fn scan(root: &Value<'_>, text: &str, notes: &mut Notes<'_>) {
    walk(root, "", text, false, notes);
}

/// `key`: the key that the value stands at. `sink`: within `sinks`, where an address is itself the secret.
fn walk(value: &Value<'_>, key: &str, text: &str, sink: bool, notes: &mut Notes<'_>) {
    match value {
        Value::Object(object) => {
            for property in &object.properties {
                property_of(property, text, sink, notes);
            }
        }
        Value::Array(array) => {
            for element in &array.elements {
                walk(element, key, text, sink, notes);
            }
        }
        Value::StringLit(literal) => {
            let parts = in_address(&literal.value, matches!(key, "url" | "proxy"));
            if !parts.is_empty() {
                let at = span(value);
                // The parts are known in the text as it reads; where escapes make that another text than the
                // one that stands there, the whole is starred.
                let inner = at.start + 1..at.end - 1;
                if text.get(inner.clone()) == Some(&*literal.value) {
                    for part in parts {
                        notes.hide(inner.start + part.start..inner.start + part.end);
                    }
                } else {
                    notes.hide(inner);
                }
                notes
                    .fault(at, "a secret stands in this address")
                    .label("a name and password, or a token")
                    .help(if key == "proxy" {
                        "name the proxy in the environment variable HTTPS_PROXY or HTTP_PROXY instead"
                    } else {
                        "take it out: a page that only opens with a secret is no public statement"
                    });
            }
        }
        _ => {}
    }
}

fn property_of(property: &ObjectProp<'_>, text: &str, sink: bool, notes: &mut Notes<'_>) {
    let name = property.name.as_str();
    let at = property.name.range();
    let at = at.start..at.end;
    if is_secret(name) || (sink && name == "url") {
        notes.hide(span(&property.value));
        notes
            .fault(at, format!("a secret stands in the file: `{}`", shown(name)))
            .label("this file is made to be shared")
            .help(format!(
                "put it into an environment variable and name that: \"{}_env\": \"NAME\"",
                shown(name)
            ));
    } else if name.ends_with("_env") && !names_variable(&property.value) {
        notes.hide(span(&property.value));
        notes
            .fault(at, format!("`{}` must be the name of an environment variable", shown(name)))
            .help("such as \"NEWSDESK_WEBHOOK\": the name, not what it holds");
    } else {
        walk(&property.value, name, text, sink || name == "sinks", notes);
    }
}

/// Whether a key holds a secret, by its name. `..._env` and `..._file` only say where one is.
pub(super) fn is_secret(key: &str) -> bool {
    if key.ends_with("_env") || key.ends_with("_file") || key.len() > 100 {
        return false;
    }
    let bare: String =
        key.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    WHOLE.contains(&bare.as_str()) || ENDINGS.iter().any(|ending| bare.ends_with(ending))
}

fn names_variable(value: &Value<'_>) -> bool {
    let Value::StringLit(text) = value else { return false };
    text.value.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.value.len() <= 100
        && text.value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// Where in an address secrets stand, in its order: a name and password before the host, the value of a parameter
/// that is called like a secret, in the query or behind the `#`. A text without `://` is an address when it is
/// `meant` as one.
pub(super) fn in_address(address: &str, meant: bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let host = match address.find("://") {
        Some(i) => i + 3,
        None if meant => 0,
        None => return found,
    };
    let part = |from: usize| address.get(from..).unwrap_or_default();
    let path = host + part(host).find(['/', '?', '#', '\\']).unwrap_or(part(host).len());
    if let Some(end) = address.get(host..path).and_then(|host| host.rfind('@')) {
        found.push(host..host + end);
    }
    let Some(query) = part(path).find(['?', '#']) else { return found };
    let mut start = path + query + 1;
    for pair in part(start).split(['&', ';', '#', '?']) {
        if let Some((name, value)) = pair.split_once('=')
            && !value.is_empty()
            && is_secret(name)
        {
            let from = start + name.len() + 1;
            found.push(from..from + value.len());
        }
        start += pair.len() + 1;
    }
    found
}

/// Stars what looks like a secret in a text that is no JSON, since the fault may stand on its line: what follows a
/// key that holds one, up to the end of the line, and what stands in an address.
pub(super) fn hide_raw(text: &str, notes: &mut Notes<'_>) {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let mut at = start;
        for word in line.split_inclusive(['"', '\'', ':', '=', ',', '{', ' ', '\t']) {
            at += word.len();
            if is_secret(word) {
                notes.hide(at..start + line.trim_end().len().max(at - start));
                break;
            }
        }
        let mut at = start;
        for piece in line.split_inclusive(['"', '\'', ' ', ',']) {
            for part in in_address(piece.trim_end_matches(['"', '\'', ' ', ',']), false) {
                notes.hide(at + part.start..at + part.end);
            }
            at += piece.len();
        }
        start += line.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_hold_secrets_and_keys_that_say_where_they_are() {
        for key in
            ["password", "smtp_password", "api-key", "apiKey", "Authorization", "clientSecret", "token"]
        {
            assert!(is_secret(key), "{key}");
        }
        for key in ["password_env", "token_file", "key", "tokens_of_trust", "terms", "url"] {
            assert!(!is_secret(key), "{key}");
        }
    }

    #[test]
    fn a_secret_in_an_address_is_found_to_the_letter() {
        let parts = |s: &'static str| in_address(s, false).into_iter().map(|r| &s[r]).collect::<Vec<_>>();
        assert_eq!(parts("https://ann:pa@ss@wantsum.example/a"), ["ann:pa@ss"]);
        assert_eq!(
            parts("https://ann@wantsum.example/a?page=2&api_key=abc&sig=d#token=e"),
            ["ann", "abc", "d", "e"]
        );
        assert!(parts("https://wantsum.example/@news?key=page&token=").is_empty());
        assert!(parts("ann:pass@wantsum.example").is_empty());
        assert_eq!(in_address("ann:pass@proxy.example:3128", true).first(), Some(&(0..8)));
    }
}
