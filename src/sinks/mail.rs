//! Mail by SMTP: text and HTML that say the same, a thread a target.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{Mailbox, MultiPart, header},
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, Tls, TlsParameters},
    },
};

use super::{
    Context, Delivery, Sink,
    one_by_one::{Fault, Give, message_id, one_by_one},
    rhythm::messages,
    secret,
};
use crate::{
    model::{Event, EventId, MailSink, MailTls, Rhythm},
    render::{self, Bulletin, bulletin::chat, escape},
};

/// The columns of plain text (RFC 5322 and custom).
const WIDTH: usize = 72;
/// The most characters of a subject.
const SUBJECT: usize = 160;

/// Mail to people.
#[derive(Debug, Clone)]
pub struct Mail {
    spec: MailSink,
    rhythm: Rhythm,
    folder: PathBuf,
}

impl Mail {
    /// The mail that is specified; files are relative to `folder`.
    pub fn new(spec: MailSink, rhythm: Rhythm, folder: &Path) -> Self {
        Self { spec, rhythm, folder: folder.to_owned() }
    }

    fn transport(&self) -> Result<AsyncSmtpTransport<Tokio1Executor>, String> {
        let spec = &self.spec;
        let mut tls = TlsParameters::builder(spec.host.clone());
        if let Some(ca) = &spec.ca {
            let path = self.folder.join(ca);
            let wrong = |error: &dyn std::fmt::Display| format!("{} is of no use: {error}", path.display());
            let pem = std::fs::read(&path).map_err(|error| wrong(&error))?;
            tls = tls.add_root_certificate(Certificate::from_pem(&pem).map_err(|error| wrong(&error))?);
        }
        let tls = match spec.tls {
            MailTls::None => Tls::None,
            how => {
                let built = tls.build().map_err(|error| format!("TLS cannot be set up: {error}"))?;
                if how == MailTls::Tls { Tls::Wrapper(built) } else { Tls::Required(built) }
            }
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&spec.host)
            .port(spec.port)
            .tls(tls)
            .timeout(Some(spec.timeout));
        if let Some(user) = &spec.user {
            let password = spec.password.as_ref().map(|password| secret::read(password, &self.folder));
            let password = password.transpose()?.unwrap_or_default();
            builder = builder.credentials(Credentials::new(user.clone(), password));
        }
        Ok(builder.build())
    }

    fn mail(&self, message: &[Bulletin<'_>]) -> Result<Message, String> {
        let wrong = |error: &dyn std::fmt::Display| error.to_string();
        let from: Mailbox = self.spec.from.parse().map_err(|error| wrong(&error))?;
        let domain = from.email.domain().to_owned();
        let id = message_id(message);
        let subject: String = escape::terminal(&chat::subject(message)).chars().take(SUBJECT).collect();
        let mut mail = Message::builder()
            .from(from)
            .subject(subject)
            .message_id(Some(format!("<{id}@{domain}>")))
            .header(ListId(list(message, &domain)))
            .header(AutoSubmitted);
        for to in &self.spec.to {
            mail = mail.to(to.parse().map_err(|error: lettre::address::AddressError| wrong(&error))?);
        }
        // A thread a target: all of its mails refer to one that nobody sent.
        if let [one] = message {
            let thread = format!("<{}@{domain}>", EventId::of(&["thread", one.lead.target.as_str()]));
            mail = mail.in_reply_to(thread.clone()).references(thread);
        }
        let text = message.iter().map(|bulletin| bulletin.text(WIDTH)).collect::<Vec<_>>().join("\n\n");
        let html = format!(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"></head>\n<body>\n{}</body></html>\n",
            render::bulletins_html(message, 2, render::Detail::Brief)
        );
        mail.multipart(MultiPart::alternative_plain_html(text, html)).map_err(|error| wrong(&error))
    }
}

impl Give for Mail {
    async fn give(&self, message: &[Bulletin<'_>]) -> Result<(), Fault> {
        let mail = self.mail(message).map_err(Fault::Refused)?;
        let transport = self.transport().map_err(Fault::retry)?;
        let Err(error) = transport.send(mail).await else { return Ok(()) };
        let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}"));
        let said = escape::terminal(&format!("{error}{}", cause.unwrap_or_default()));
        // What is wrong with the password (5.7.8 and its like) can be mended.
        match error.status().map(u16::from) {
            Some(550..=554) if error.is_permanent() => Err(Fault::Refused(said)),
            _ => Err(Fault::retry(said)),
        }
    }
}

/// Which list a mail belongs to (RFC 2919): its incident.
fn list(message: &[Bulletin<'_>], domain: &str) -> String {
    let incident = message.first().and_then(|bulletin| bulletin.lead.incident.as_ref());
    format!("<{}.onrecord.{domain}>", incident.map_or("all", |incident| incident.as_str()))
}

#[derive(Debug, Clone)]
struct ListId(String);

impl header::Header for ListId {
    fn name() -> header::HeaderName {
        header::HeaderName::new_from_ascii_str("List-Id")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(text.to_owned()))
    }

    fn display(&self) -> header::HeaderValue {
        header::HeaderValue::new(Self::name(), self.0.clone())
    }
}

/// No machine answers a mail that a machine sent (RFC 3834).
#[derive(Debug, Clone)]
struct AutoSubmitted;

impl header::Header for AutoSubmitted {
    fn name() -> header::HeaderName {
        header::HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> header::HeaderValue {
        header::HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

impl Sink for Mail {
    async fn deliver(&self, batch: &[Event], _: &Context<'_>) -> Delivery {
        one_by_one(self, messages(batch, self.rhythm, true)).await
    }

    fn patience(&self) -> Duration {
        self.spec.timeout
    }
}
