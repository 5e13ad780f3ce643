//! The line to the demo's hosts: the real fetcher, through the demo's own proxy.

use crate::{
    fetch::{Fetcher, Http, Look, Outcome, Request},
    model::Why,
};

/// The real fetcher. The proxy, whose port is another in each run, is no part of the scenario: where it reaches nobody,
/// what goes on record is the host that could not be reached.
pub(super) struct Proxied(pub(super) Http);

impl Fetcher for Proxied {
    async fn look(&self, request: Request) -> Look {
        let host = request.url.host_str().unwrap_or_default().to_owned();
        let mut look = self.0.look(request).await;
        if let Outcome::Failed { why: Why::Connect, evidence, .. } = &mut look.outcome {
            *evidence = format!("no connection to {host}");
        }
        look
    }
}
