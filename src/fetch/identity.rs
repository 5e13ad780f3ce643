//! Who asks: the user agent and the `From` header, with the contact that the user gives.

use reqwest::header::HeaderValue;

use super::ClientError;

/// The longest contact.
const LONGEST: usize = 200;

/// The headers that say who asks.
pub(super) struct Identity {
    /// `onrecord/VERSION (+contact)`.
    pub(super) user_agent: HeaderValue,
    /// The contact, where it is a mail address (RFC 9110, section 10.1.2).
    pub(super) from: Option<HeaderValue>,
}

impl Identity {
    /// The identity with this contact, which ends up inside a comment of a header.
    pub(super) fn new(contact: Option<&str>) -> Result<Self, ClientError> {
        let version = env!("CARGO_PKG_VERSION");
        let Some(contact) = contact.map(str::trim).filter(|c| !c.is_empty()) else {
            return Ok(Self { user_agent: value(&format!("onrecord/{version}"))?, from: None });
        };
        let fits = |b: u8| (b' '..=b'~').contains(&b) && !matches!(b, b'(' | b')' | b'\\' | b'"');
        if contact.len() > LONGEST || !contact.bytes().all(fits) {
            return Err(ClientError::Contact);
        }
        let mail = contact.strip_prefix("mailto:").unwrap_or(contact);
        let from = if is_mail(mail) { Some(value(mail)?) } else { None };
        Ok(Self { user_agent: value(&format!("onrecord/{version} (+{contact})"))?, from })
    }
}

fn value(text: &str) -> Result<HeaderValue, ClientError> {
    HeaderValue::from_str(text).map_err(|_| ClientError::Contact)
}

fn is_mail(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && host.contains('.')
            && !text.contains([' ', ':', '/', ',', ';', '<', '>'])
            && !host.contains('@')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_cannot_break_out_of_its_header() {
        for bad in ["a\r\nX-Evil: 1", "a\u{0}", "x) Mozilla/5.0 (", "é@wantsum.example", &"a".repeat(201)] {
            assert!(Identity::new(Some(bad)).is_err(), "{bad:?}");
        }
        let mail = Identity::new(Some("newsdesk@wantsum.example")).unwrap();
        assert!(mail.user_agent.to_str().unwrap().ends_with("(+newsdesk@wantsum.example)"));
        assert_eq!(mail.from.unwrap(), "newsdesk@wantsum.example");
        assert!(Identity::new(Some("https://wantsum.example/@desk")).unwrap().from.is_none());
        assert!(Identity::new(Some(" ")).unwrap().from.is_none());
    }
}
