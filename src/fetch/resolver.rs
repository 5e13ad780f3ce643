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

/// The public ones of a name's addresses. Where it has none but others, what is wrong with the first of them.
fn public(name: &str, mut addresses: Vec<SocketAddr>) -> Result<Vec<SocketAddr>, RefusedAddress> {
    let refused = addresses.iter().find_map(|a| guard::scope(a.ip()).map(|scope| (a.ip(), scope)));
    addresses.retain(|a| guard::scope(a.ip()).is_none());
    match refused {
        Some((ip, scope)) if addresses.is_empty() => Err(RefusedAddress { name: name.to_owned(), ip, scope }),
        _ => Ok(addresses),
    }
}

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let addresses = lookup(&name).await?;
            Ok(Box::new(public(name.as_str(), addresses)?.into_iter()) as Addrs)
        })
    }
}

impl Resolve for Open {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move { Ok(Box::new(lookup(&name).await?.into_iter()) as Addrs) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_addresses_only_the_public_ones_are_used() {
        let all = |list: &[&str]| list.iter().map(|a| a.parse().unwrap()).collect::<Vec<SocketAddr>>();
        let mixed = all(&["10.0.0.7:0", "192.0.66.2:0", "[::ffff:127.0.0.1]:0", "[2606:4700::1]:0"]);
        assert_eq!(public("wantsum.example", mixed).unwrap(), all(&["192.0.66.2:0", "[2606:4700::1]:0"]));
        let inward = public("wantsum.example", all(&["[fd00::7]:0", "127.0.0.1:0"])).unwrap_err();
        assert_eq!(inward.to_string(), "`wantsum.example` resolves to fd00::7, a private address");
        assert!(public("wantsum.example", Vec::new()).unwrap().is_empty());
    }
}
