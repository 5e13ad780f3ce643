//! Resolves names, and lets only public addresses through: the check stands where the address is used.
//!
//! Not here: literals, which are never resolved; `guard` checks them before each request.

use std::net::SocketAddr;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::guard;

/// A name that resolves to private addresses alone.
#[derive(Debug, thiserror::Error)]
#[error("`{name}` resolves to {ip}, {scope}")]
pub(super) struct RefusedAddress {
    name: String,
    ip: std::net::IpAddr,
    scope: &'static str,
}

/// The system's resolver behind the guard.
pub(super) struct Guarded;

/// The system's resolver as it is: for targets that allow private addresses, and for proxies.
pub(super) struct Open;

async fn lookup(name: &Name) -> std::io::Result<Vec<SocketAddr>> {
    // Port 0 stands for the one in the address.
    Ok(tokio::net::lookup_host((name.as_str(), 0)).await?.collect())
}

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let mut addresses = lookup(&name).await?;
            let refused = addresses.iter().find_map(|a| guard::scope(a.ip()).map(|scope| (a.ip(), scope)));
            addresses.retain(|a| guard::scope(a.ip()).is_none());
            match refused {
                Some((ip, scope)) if addresses.is_empty() => {
                    Err(RefusedAddress { name: name.as_str().to_owned(), ip, scope }.into())
                }
                _ => Ok(Box::new(addresses.into_iter()) as Addrs),
            }
        })
    }
}

impl Resolve for Open {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move { Ok(Box::new(lookup(&name).await?.into_iter()) as Addrs) })
    }
}
