//! A sink that sends mail.

use std::time::Duration;

use schemars::JsonSchema;

use super::options::{Options, secret};
use crate::{
    model::{MailSink, MailTls, SinkKind},
    targets::{
        fields::Fields,
        notes::Notes,
        period::Period,
        value::{At, Count, Line, OneOrMany},
        words::Word,
    },
};

/// Mail, by a server that takes it.
#[derive(Debug, JsonSchema)]
pub(super) struct Mail {
    /// The name of the server, such as "smtp.example.org".
    #[schemars(required)]
    host: Option<At<Line>>,
    /// Its port; 587 when left out, with `tls` 465, without protection 25.
    port: Option<At<Count<65_535>>>,
    /// How the connection is protected: "starttls" (the default), "tls" from the beginning, or "none", which is only
    /// taken for a server on the same machine.
    tls: Option<At<MailTls>>,
    /// A file with certificates, as PEM, to trust beside the system's.
    ca_file: Option<At<Line>>,
    /// Whom it is from.
    #[schemars(required)]
    from: Option<At<Line>>,
    /// Whom it goes to.
    #[schemars(required)]
    to: Option<At<OneOrMany<Line>>>,
    /// The name to log in with.
    user: Option<At<Line>>,
    /// The environment variable that holds the password.
    password_env: Option<At<Line>>,
    /// Or the file that holds it.
    password_file: Option<At<Line>>,
    /// The time that one mail may take, at most 5m; "30s" when left out.
    timeout: Option<At<Period<100, 300_000>>>,
}

impl Word for MailTls {
    const ALL: &'static [(&'static str, Self)] =
        &[("starttls", Self::StartTls), ("tls", Self::Tls), ("none", Self::None)];
}

impl Options for Mail {
    fn read(fields: &mut Fields<'_, '_>, notes: &mut Notes<'_>) -> Self {
        let read = Self {
            host: fields.need("host", "\"host\": \"smtp.example.org\"", notes),
            port: fields.get("port", notes),
            tls: fields.get("tls", notes),
            ca_file: fields.get("ca_file", notes),
            from: fields.need("from", "\"from\": \"onrecord@example.org\"", notes),
            to: fields.need("to", "\"to\": \"newsdesk@example.org\"", notes),
            user: fields.get("user", notes),
            password_env: fields.get("password_env", notes),
            password_file: fields.get("password_file", notes),
            timeout: fields.get("timeout", notes),
        };
        let to = read.to.iter().flat_map(|to| &to.value.0);
        for address in read.from.iter().chain(to) {
            if address.value.0.parse::<lettre::message::Mailbox>().is_err() {
                notes
                    .fault(address.at.clone(), "this is no mail address")
                    .help("such as \"newsdesk@example.org\" or \"News desk <newsdesk@example.org>\"");
            }
        }
        if let (Some(tls), Some(host)) = (&read.tls, &read.host)
            && tls.value == MailTls::None
            && !matches!(host.value.0.as_str(), "localhost" | "127.0.0.1" | "::1")
        {
            notes
                .fault(tls.at.clone(), "mail to another machine is not sent without protection")
                .help("\"tls\": \"starttls\"");
        }
        read
    }

    fn resolve(self) -> Option<SinkKind> {
        let tls = self.tls.map_or(MailTls::StartTls, |tls| tls.value);
        let usual = match tls {
            MailTls::StartTls => 587,
            MailTls::Tls => 465,
            MailTls::None => 25,
        };
        let port = self.port.and_then(|port| u16::try_from(port.value.0).ok()).unwrap_or(usual);
        Some(SinkKind::Mail(MailSink {
            host: self.host?.value.0,
            port,
            tls,
            ca: self.ca_file.map(|file| file.value.0.into()),
            from: self.from?.value.0,
            to: self.to?.value.0.into_iter().map(|to| to.value.0).collect(),
            user: self.user.map(|user| user.value.0),
            password: secret(self.password_env, self.password_file),
            timeout: self.timeout.map_or(Duration::from_secs(30), |timeout| timeout.value.0),
        }))
    }
}
