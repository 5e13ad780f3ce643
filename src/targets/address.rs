//! Addresses: http and https, and nothing in them that must stay secret.

use std::borrow::Cow;

use jsonc_parser::ast::Value;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use url::{ParseError, Url};

use super::{
    near::nearest,
    notes::Notes,
    secrets,
    value::{FromJson, span, text},
};

/// The longest address, in bytes.
const LONGEST: usize = 4_000;
const EXAMPLE: &str = "a web address such as \"https://www.example.gov.uk/news\"";

/// An address that may be asked: http or https, with a host, without credentials and fragment.
#[derive(Debug, Clone)]
pub(super) struct Address(pub(super) Url);

impl FromJson for Address {
    fn read(value: &Value<'_>, key: &str, notes: &mut Notes<'_>) -> Option<Self> {
        let text = text(value, key, EXAMPLE, notes)?;
        if secrets::in_address(text).is_some() {
            // Told where secrets are looked for.
            return None;
        }
        match check(text) {
            Ok(url) => Some(Self(url)),
            Err(wrong) => {
                let note = notes.fault(span(value), format!("`{key}` must be {EXAMPLE}"));
                note.label(wrong.what);
                if let Some(meant) = wrong.meant {
                    note.help(meant);
                }
                None
            }
        }
    }
}

impl JsonSchema for Address {
    fn schema_name() -> Cow<'static, str> {
        "Address".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "uri", "pattern": "^\\s*[Hh][Tt][Tt][Pp][Ss]?://", "maxLength": LONGEST })
    }
}

struct Wrong {
    what: String,
    meant: Option<String>,
}

fn check(text: &str) -> Result<Url, Wrong> {
    let wrong = |what: &str, meant: Option<String>| Wrong { what: what.to_owned(), meant };
    if text.len() > LONGEST {
        return Err(wrong("longer than 4000 bytes", None));
    }
    if text.chars().any(char::is_control) {
        return Err(wrong("a control character is in it", None));
    }
    let mut url = match Url::parse(text) {
        Ok(url) => url,
        Err(ParseError::RelativeUrlWithoutBase) => {
            let whole = format!("https://{}", text.trim().trim_start_matches('/'));
            let meant = Url::parse(&whole).ok().filter(|url| url.host_str().is_some_and(|h| h.contains('.')));
            return Err(wrong("`https://` is missing", meant.map(|url| format!("did you mean `{url}`?"))));
        }
        Err(error) => return Err(wrong(&error.to_string(), None)),
    };
    if !matches!(url.scheme(), "http" | "https") {
        let meant = nearest(url.scheme(), ["https", "http"]).map(|name| format!("did you mean `{name}`?"));
        return Err(wrong("only http and https are asked", meant));
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err(wrong("no host in it", None));
    }
    url.set_fragment(None);
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_without_its_scheme_is_offered_with_it() {
        let wrong = check("www.wantsum.example/news").err().unwrap();
        assert_eq!(wrong.meant.as_deref(), Some("did you mean `https://www.wantsum.example/news`?"));
        assert!(check("nonsense").err().unwrap().meant.is_none());
    }

    #[test]
    fn only_the_web_is_asked() {
        for text in
            ["file:///etc/hosts", "ftp://wantsum.example/", "javascript:alert(1)", "https://", "https://a b/"]
        {
            assert!(check(text).is_err(), "{text}");
        }
        assert_eq!(check("HTTPS://Wantsum.Example/a#b").ok().unwrap().as_str(), "https://wantsum.example/a");
    }
}
