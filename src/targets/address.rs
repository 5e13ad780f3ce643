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

/// An address that may be asked: http or https, with a host, without credentials and fragment.
#[derive(Debug, Clone)]
pub(super) struct Address(pub(super) Url);

impl FromJson for Address {
    fn read(value: &Value<'_>, key: &str, notes: &mut Notes<'_>) -> Option<Self> {
        let (wanted, scheme) = match key {
            "proxy" => ("the address of a proxy, such as \"http://proxy.example:3128\"", "http"),
            _ => ("a web address such as \"https://www.example.gov.uk/news\"", "https"),
        };
        let text = text(value, key, wanted, notes)?;
        if !secrets::in_address(text, true).is_empty() {
            // Told where secrets are looked for.
            return None;
        }
        match check(text, scheme) {
            Ok(url) => Some(Self(url)),
            Err(wrong) => {
                let note = notes.fault(span(value), format!("`{key}` must be {wanted}"));
                note.label(wrong.what);
                if let Some(meant) = wrong.meant {
                    note.help(format!("did you mean `{meant}`?"));
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

/// `scheme` is the one that is offered to an address without.
fn check(text: &str, scheme: &str) -> Result<Url, Wrong> {
    let wrong = |what: &str, meant: Option<String>| Wrong { what: what.to_owned(), meant };
    if text.len() > LONGEST {
        return Err(wrong("longer than 4000 bytes", None));
    }
    if text.chars().any(char::is_control) {
        return Err(wrong("a control character is in it", None));
    }
    let mut url = match Url::parse(text) {
        Ok(url) if url.has_host() || matches!(url.scheme(), "http" | "https") => url,
        Err(ParseError::RelativeUrlWithoutBase) => {
            return Err(wrong(&format!("`{scheme}://` is missing"), with_scheme(text, scheme)));
        }
        // `localhost:3128` reads as a scheme and a path.
        Ok(url) => match with_scheme(text, scheme) {
            Some(meant) => return Err(wrong(&format!("`{scheme}://` is missing"), Some(meant))),
            None => url,
        },
        Err(error) => return Err(wrong(&error.to_string(), None)),
    };
    if !matches!(url.scheme(), "http" | "https") {
        let meant = nearest(url.scheme(), ["https", "http"]);
        return Err(wrong("only http and https are asked", meant.map(str::to_owned)));
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err(wrong("no host in it", None));
    }
    url.set_fragment(None);
    Ok(url)
}

/// The address that may be meant by a text without a scheme: a host with a dot in it, or one with a port.
fn with_scheme(text: &str, scheme: &str) -> Option<String> {
    let url = Url::parse(&format!("{scheme}://{}", text.trim().trim_start_matches('/'))).ok()?;
    let like = (url.port().is_some() || url.host_str()?.contains('.')) && url.username().is_empty();
    (like && url.as_str().len() <= 200).then(|| url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_without_its_scheme_is_offered_with_it() {
        let wrong = check("www.wantsum.example/news", "https").err().unwrap();
        assert_eq!(wrong.meant.as_deref(), Some("https://www.wantsum.example/news"));
        assert_eq!(
            check("localhost:3128", "https").err().unwrap().meant.as_deref(),
            Some("https://localhost:3128/")
        );
        for text in ["nonsense", "javascript:alert(1)", "mailto:ann@wantsum.example"] {
            assert!(check(text, "https").err().unwrap().meant.is_none(), "{text}");
        }
    }

    #[test]
    fn only_the_web_is_asked() {
        for text in
            ["file:///etc/hosts", "ftp://wantsum.example/", "javascript:alert(1)", "https://", "https://a b/"]
        {
            assert!(check(text, "https").is_err(), "{text}");
        }
        assert_eq!(
            check("HTTPS://Wantsum.Example/a#b", "https").ok().unwrap().as_str(),
            "https://wantsum.example/a"
        );
    }
}
