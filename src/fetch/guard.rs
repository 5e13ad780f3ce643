//! The address guard: which names and addresses may be asked without `allow_private`. Pure.
//!
//! Not here: resolving. Names are checked before each request; the addresses they resolve to are checked in
//! `resolver`, where they are used, so that nothing can change between check and use.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// Suffixes of names that belong to no public host (RFC 6761, RFC 6762, RFC 8375, ICANN's `.internal`).
const PRIVATE_SUFFIXES: [&str; 5] = ["localhost", "local", "internal", "home.arpa", "localdomain"];

/// Why this address may not be asked, in words; nothing when it may be.
///
/// `url` has normalised octal, hexadecimal and decimal spellings of IPv4 literals (WHATWG URL, section 3.5).
pub(super) fn refusal(url: &Url) -> Option<String> {
    match url.host()? {
        Host::Ipv4(ip) => scope(ip.into()).map(|scope| format!("{ip} is {scope}")),
        Host::Ipv6(ip) => scope(ip.into()).map(|scope| format!("{ip} is {scope}")),
        Host::Domain(name) => private_name(name).then(|| format!("`{name}` is a name of a private network")),
    }
}

fn private_name(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    !name.contains('.')
        || PRIVATE_SUFFIXES.iter().any(|suffix| {
            name.strip_suffix(suffix).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        })
}

/// What keeps an address from being public, in words; nothing for a public one.
pub(super) fn scope(ip: IpAddr) -> Option<&'static str> {
    match ip {
        IpAddr::V4(ip) => scope_v4(ip),
        IpAddr::V6(ip) => scope_v6(ip),
    }
}

/// IANA IPv4 Special-Purpose Address Registry, with the one metadata address that is not in it.
fn scope_v4(ip: Ipv4Addr) -> Option<&'static str> {
    match ip.octets() {
        [0, ..] => Some("an unspecified address"),
        [127, ..] => Some("a loopback address"),
        [10, ..] | [172, 16..=31, ..] | [192, 168, ..] => Some("a private address"),
        [100, 64..=127, ..] => Some("a carrier's shared address"),
        [169, 254, ..] => Some("a link-local address"),
        [168, 63, 129, 16] => Some("a cloud's metadata address"),
        [192, 0, 0 | 2, _] | [198, 51, 100, _] | [203, 0, 113, _] | [192, 88, 99, _] => {
            Some("a reserved address")
        }
        [198, 18..=19, ..] => Some("a benchmarking address"),
        [224..=239, ..] => Some("a multicast address"),
        [240..=255, ..] => Some("a reserved address"),
        _ => None,
    }
}

/// Only global unicast (`2000::/3`) may be asked; what embeds an IPv4 address is as public as that address.
fn scope_v6(ip: Ipv6Addr) -> Option<&'static str> {
    let embedded =
        |high: u16, low: u16| scope_v4(Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low)));
    match ip.segments() {
        [0, 0, 0, 0, 0, 0, 0, 0] => Some("an unspecified address"),
        [0, 0, 0, 0, 0, 0, 0, 1] => Some("a loopback address"),
        // Teredo and the other protocol assignments; documentation.
        [0x2001, 0..=0x1ff | 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => {
            Some("an address of a protocol or of examples")
        }
        // IPv4-mapped; NAT64's well-known prefix (RFC 6052); 6to4 (RFC 3056); ISATAP (RFC 5214).
        [0, 0, 0, 0, 0, 0xffff, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..]
        | [0x2000..=0x3fff, _, _, _, 0 | 0x200, 0x5efe, high, low] => embedded(high, low),
        [0x2000..=0x3fff, ..] => None,
        [0xfc00..=0xfdff, ..] => Some("a private address"),
        [0xfe80..=0xfebf, ..] => Some("a link-local address"),
        [0xff00..=0xffff, ..] => Some("a multicast address"),
        _ => Some("a reserved address"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_lead_inward_are_refused() {
        for address in [
            "http://127.0.0.1/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://0177.0.0.1/",
            "http://127.1/",
            "http://0/",
            "http://10.0.0.9/",
            "http://172.31.255.1/",
            "http://192.168.1.1/",
            "http://100.64.0.1/",
            "http://169.254.169.254/latest/meta-data/",
            "http://168.63.129.16/",
            "http://192.0.0.192/",
            "http://198.19.0.1/",
            "http://224.0.0.1/",
            "http://255.255.255.255/",
            "http://[::]/",
            "http://[::1]/",
            "http://[::127.0.0.1]/",
            "http://[::ffff:10.0.0.1]/",
            "http://[64:ff9b::7f00:1]/",
            "http://[64:ff9b:1::808:808]/",
            "http://[2002:a00:1::]/",
            "http://[2001:0:1::1]/",
            "http://[2600::5efe:a00:1]/",
            "http://[fd00:ec2::254]/",
            "http://[fe80::1]/",
            "http://[fec0::1]/",
            "http://[ff02::1]/",
            "http://localhost:8080/",
            "http://LOCALHOST./",
            "http://a.localhost/",
            "http://intranet/",
            "http://intranet./",
            "http://metadata.google.internal/",
            "http://printer.local./",
            "http://localhost../",
            "http://127.0.0.1./",
            "http://[::ffff:0:127.0.0.1]/",
            "http://router.home.arpa/",
            "http://\u{ff11}27.0.0.1/",
        ] {
            let url = Url::parse(address).unwrap();
            assert!(refusal(&url).is_some(), "{address} was let through");
        }
    }

    #[test]
    fn public_addresses_pass() {
        for address in [
            "https://www.wantsum.example/news",
            "http://metro.test/",
            "http://notlocal.example/",
            "http://local.example/",
            "http://mylocalhost.example/",
            "http://8.8.8.8/",
            "http://172.32.0.1/",
            "http://100.128.0.1/",
            "http://[2606:4700::1111]/",
            "http://[64:ff9b::808:808]/",
            "http://[2002:808:808::]/",
        ] {
            let url = Url::parse(address).unwrap();
            assert_eq!(refusal(&url), None, "{address}");
        }
    }
}
