//! The HTTP clients: one for each way out (guarded, open, a proxy), made when first needed.
//!
//! Loading the system's certificates takes longer than this program may take to start, so plain HTTP has clients
//! of its own that know of none.

use std::{
    collections::HashSet,
    sync::{Mutex, Once, PoisonError},
    time::Duration,
};

use reqwest::Client;
use url::Url;

use crate::model::Why;

use super::{
    fault::Fault,
    proxies,
    resolver::{Guarded, Open},
};

/// The longest wait for a connection; a look's own allowance may be shorter.
const CONNECT: Duration = Duration::from_secs(10);
/// How long an idle connection is kept: longer than the usual pause between two requests to a host.
const IDLE: Duration = Duration::from_secs(20);
/// A client keeps an idle connection to each host. After so many hosts a fresh client takes its place, so that a
/// pass over thousands of hosts does not run out of file descriptors.
const HOSTS: usize = 128;
/// The longest header section over HTTP/2, in bytes. Over HTTP/1.1 it is about 400 KiB, which hyper sets.
const HEADERS: u32 = 64 * 1024;
/// The most headers over HTTP/1.1.
const MANY_HEADERS: usize = 256;

/// A way out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Route<'a> {
    /// Straight, to public addresses alone.
    Guarded,
    /// Straight, to any address.
    Open,
    /// Through a proxy, which resolves the names itself.
    Proxy(&'a Url),
}

struct Slot {
    open: bool,
    proxy: Option<Url>,
    tls: bool,
    client: Client,
    hosts: HashSet<String>,
}

impl Slot {
    fn serves(&self, route: Route<'_>, tls: bool) -> bool {
        self.tls == tls
            && match route {
                Route::Guarded => !self.open && self.proxy.is_none(),
                Route::Open => self.open && self.proxy.is_none(),
                Route::Proxy(url) => self.proxy.as_ref() == Some(url),
            }
    }
}

/// All clients.
#[derive(Default)]
pub(super) struct Clients {
    slots: Mutex<Vec<Slot>>,
}

impl Clients {
    /// The client for an address by a route.
    pub(super) fn get(&self, url: &Url, route: Route<'_>) -> Result<Client, Fault> {
        let tls =
            url.scheme() == "https" || matches!(route, Route::Proxy(proxy) if proxy.scheme() == "https");
        let host = url.host_str().unwrap_or_default();
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(slot) = slots.iter_mut().find(|slot| slot.serves(route, tls)) {
            if !slot.hosts.contains(host) {
                if slot.hosts.len() >= HOSTS {
                    // Looks under way keep the old client, and its connections, until they end.
                    slot.client = build(route, tls)?;
                    slot.hosts.clear();
                }
                slot.hosts.insert(host.to_owned());
            }
            return Ok(slot.client.clone());
        }
        let client = build(route, tls)?;
        slots.push(Slot {
            open: route == Route::Open,
            proxy: if let Route::Proxy(url) = route { Some(url.clone()) } else { None },
            tls,
            client: client.clone(),
            hosts: HashSet::from([host.to_owned()]),
        });
        Ok(client)
    }
}

/// A client for addresses that the person who runs this names: the environment's proxies, no redirects, no guard.
///
/// # Errors
/// In words, when the system's certificates cannot be loaded.
pub(super) fn outgoing() -> Result<Client, String> {
    install_provider();
    Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .connect_timeout(CONNECT)
        .build()
        .map_err(|error| format!("no connection can be made from here: {error}"))
}

/// Names the cryptography that every client here uses.
fn install_provider() {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        // It fails when one is installed already, which then serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}

fn build(route: Route<'_>, tls: bool) -> Result<Client, Fault> {
    install_provider();
    let builder = Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .connect_timeout(CONNECT)
        .pool_idle_timeout(IDLE)
        .pool_max_idle_per_host(1)
        .http2_max_header_list_size(HEADERS)
        // What browsers forgive must not make a page unreadable.
        .http1_max_headers(MANY_HEADERS)
        .http1_allow_obsolete_multiline_headers_in_responses(true)
        .http1_allow_spaces_after_header_name_in_responses(true)
        .http1_ignore_invalid_headers_in_responses(true)
        // `proxies` has decided already; the environment is not asked a second time.
        .no_proxy();
    let builder = match route {
        Route::Guarded => builder.dns_resolver(Guarded),
        Route::Open => builder.dns_resolver(Open),
        Route::Proxy(url) => {
            let unusable = || Fault::new(Why::Connect, "the proxy is not an HTTP proxy");
            if !proxies::usable(url) {
                return Err(unusable());
            }
            // With every request going to the proxy, its name is the only one that is resolved.
            builder.dns_resolver(Open).proxy(reqwest::Proxy::all(url.clone()).map_err(|_| unusable())?)
        }
    };
    let builder = if tls { builder } else { builder.tls_certs_only([]) };
    builder.build().map_err(|error| {
        let cause = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
        Fault::new(Why::Tls, &format!("the system's certificates could not be loaded: {cause}"))
    })
}
