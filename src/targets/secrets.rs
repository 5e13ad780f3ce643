//! Secrets that stand in the file. The file is made to be committed and shared: it names an environment variable
//! or a file that holds a secret, never the secret. What is found is starred in everything that is shown.

use std::ops::Range;

use jsonc_parser::{
    ast::{ObjectProp, Value},
    common::Ranged as _,
};

use super::{excerpt::shown, notes::Notes, value::span};

/// Keys, bare of `-` and `_`, that hold a secret: those that end so, ...
const ENDINGS: [&str; 9] = [
    "password",
    "passwd",
    "passphrase",
    "secret",
    "token",
    "apikey",
    "accesskey",
    "privatekey",
    "credentials",
];
/// ... and those that are so.
const WHOLE: [&str; 6] = ["pwd", "pass", "auth", "authorization", "bearer", "cookie"];

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
            if let Some(part) = in_address(&literal.value) {
                let at = span(value);
                // The part is known in the text as it reads; where escapes make that another text than the one
                // that stands there, the whole is starred.
                let inner = at.start + 1..at.end - 1;
                let same = text.get(inner.clone()) == Some(&*literal.value);
                notes.hide(if same { inner.start + part.start..inner.start + part.end } else { inner });
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

/// Where in an address a secret stands: a name and password before the host, or the value of a parameter that
/// is called like a secret.
pub(super) fn in_address(address: &str) -> Option<Range<usize>> {
    let host = address.find("://")? + 3;
    let rest = address.get(host..)?;
    let path = host + rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    if let Some(end) = address.get(host..path)?.rfind('@') {
        return Some(host..host + end);
    }
    let query = path + address.get(path..)?.find('?')? + 1;
    let mut start = query;
    for pair in address.get(query..)?.split(['&', ';', '#']) {
        if let Some((name, value)) = pair.split_once('=')
            && !value.is_empty()
            && is_secret(name)
        {
            let from = start + name.len() + 1;
            return Some(from..from + value.len());
        }
        start += pair.len() + 1;
    }
    None
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
        let part = |s: &'static str| in_address(s).map(|r| &s[r]);
        assert_eq!(part("https://ann:pa@ss@wantsum.example/a"), Some("ann:pa@ss"));
        assert_eq!(part("https://wantsum.example/a?page=2&api_key=abc#x"), Some("abc"));
        assert_eq!(part("https://wantsum.example/@news?key=page&token="), None);
    }
}
