//! Why a target could not be read, or is gone. One enum makes the names in events, log, schema and help.

use serde::{Deserialize, Serialize};

macro_rules! why {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal, $advice:literal;)+) => {
        /// Why a look gave no statement.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
        pub enum Why {
            $($(#[doc = $doc])+ #[serde(rename = $name)] $variant,)+
        }

        impl Why {
            /// All of them, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The name in events and log.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// What it means, in one sentence.
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$variant => concat!($($doc),+).trim_ascii(),)+ }
            }

            /// What a person may do about it.
            pub fn advice(self) -> &'static str {
                match self { $(Self::$variant => $advice,)+ }
            }
        }
    };
}

why! {
    /// The server answered with an error status.
    HttpError = "http-error", "open the page in a browser; if it works there, the server treats programs differently";
    /// The server asks for proof that a person is looking, or refuses this program.
    Blocked = "blocked", "ask the publisher to let the user agent through; onrecord never evades a challenge";
    /// Only a request for consent was served.
    ConsentWall = "consent-wall", "look for an address of the same statement that is served without asking for consent, such as its print version";
    /// The site says that it is being worked on.
    Maintenance = "maintenance", "wait; the next looks go on";
    /// The answer has no words.
    Empty = "empty", "open the page in a browser and compare";
    /// The body ended before its announced length, or within its markup.
    Truncated = "truncated", "wait; a cut body is never compared";
    /// The body's content coding or character coding could not be undone.
    Encoding = "encoding", "tell the publisher; browsers may not read it either";
    /// A template with blanks left in it.
    Draft = "draft", "wait; the publisher seems to be at work on it";
    /// The words are put in by script.
    NeedsScript = "needs-script", "look for a page with the same words that needs no script, such as its print version or the site's news list, and watch that";
    /// The target's selector matches nothing on the page.
    Selector = "selector", "run `onrecord read URL --explain`, and correct the selector: `select` or `remove` in targets.json, or the option";
    /// The body is larger than allowed.
    TooLarge = "too-large", "raise `max_body` for this target if the bytes are too many and the size is right; markup that no page needs is never read";
    /// No answer within the time allowed.
    Timeout = "timeout", "wait, or raise `timeout` for this target";
    /// The connection was refused, or the host cannot be reached.
    Connect = "connect", "wait; or check the address and the network";
    /// The connection broke before the answer was whole.
    Reset = "reset", "wait; the next looks go on";
    /// The host's name has no address.
    Dns = "dns", "check the address; the name may be gone";
    /// No safe connection could be made.
    Tls = "tls", "look at the certificate in a browser; onrecord never skips the check";
    /// Redirects lead in a circle, or too many in a row.
    RedirectLoop = "redirect-loop", "open the page in a browser and take the address where it ends";
    /// robots.txt closes the page to programs.
    Robots = "robots", "ask the publisher, or set `ignore_robots` for this target, which is put on record";
    /// The address leads into a private network.
    RefusedAddress = "refused-address", "set `allow_private` for this target if that is meant";
    /// This kind of source is not built yet.
    Unsupported = "unsupported", "watch the page that shows the same words";
    /// The answer is another kind of source than the target watches: a page in place of a feed.
    OtherKind = "other-kind", "open the address in a browser; `watch` in targets.json says which kind is expected there";
    /// The feed or the JSON breaks the rules of its format, so that nothing in it can be relied on.
    Malformed = "malformed", "tell the publisher; the next looks go on";
    /// What was kept of the page is not what was written, or is not there.
    Damaged = "damaged", "restore the store's files from a copy or from git; `onrecord verify` names them. The next good look begins anew";
    /// Reading or judging the page met a fault of onrecord itself.
    Bug = "bug", "report it, with the address of the page; the next looks go on";
    /// The server says that the page is not found.
    NotFound = "not-found", "look for the statement elsewhere on the site";
    /// The server says that the page is gone for good.
    Gone = "gone", "look for the statement elsewhere on the site";
    /// A page that says "not found" though its status says otherwise.
    Soft404 = "soft-404", "look for the statement elsewhere on the site";
    /// The address now leads to another page that does not carry the statement.
    Redirected = "redirected", "look for the statement elsewhere on the site";
    /// The address now leads to a list of pages.
    Listing = "listing", "look for the statement in that list";
    /// The entry left its list while older ones stay there.
    Withdrawn = "withdrawn", "look for the statement elsewhere on the site";
    /// The entry left its list as the oldest ones do when newer ones come.
    AgedOut = "aged-out", "nothing: its last wording stays on record";
    /// The entry stands in its list under another address.
    Relisted = "relisted", "nothing: it is followed under its new address";
    /// Not asked, because the server or its host asked for a pause.
    Cooling = "cooling", "wait; the pause is kept across runs";
}

impl Why {
    /// Whether it says that the page is not there, rather than that it cannot be read.
    pub fn is_absence(self) -> bool {
        matches!(
            self,
            Self::NotFound
                | Self::Gone
                | Self::Soft404
                | Self::Redirected
                | Self::Listing
                | Self::Withdrawn
                | Self::AgedOut
                | Self::Relisted
        )
    }
}

impl std::fmt::Display for Why {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_json_and_in_words_are_the_same() {
        for why in Why::ALL {
            assert_eq!(serde_json::to_string(why).unwrap(), format!("\"{}\"", why.name()));
            assert!(why.meaning().ends_with('.'), "{why}");
        }
    }
}
