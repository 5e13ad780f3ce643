//! Which proxy a request goes through, decided here and nowhere else, so that a look knows whether it was proxied.
//!
//! Not here: talking to a proxy.

use std::net::IpAddr;

use url::{Host, Url};

use super::ClientError;

/// The proxies that the environment names: `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`.
#[derive(Debug, Clone, Default)]
pub struct Proxies {
    http: Option<Url>,
    https: Option<Url>,
    except: Vec<Except>,
}

/// What `NO_PROXY` exempts.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Except {
    All,
    /// A name and all below it.
    Domain(String),
    /// Addresses that share this many leading bits.
    Net(IpAddr, u8),
}

impl Proxies {
    /// No proxy at all.
    pub fn none() -> Self {
        Self::default()
    }

    /// Those of the process's environment.
    ///
    /// # Errors
    /// When a variable holds no address of an HTTP proxy.
    pub fn from_env() -> Result<Self, ClientError> {
        Self::from_vars(|name| std::env::var(name).ok())
    }

    /// Those of an environment. Lower-case names win; `HTTP_PROXY` is passed over in a CGI program, where a client
    /// could set it.
    ///
    /// # Errors
    /// When a variable holds no address of an HTTP proxy.
    pub fn from_vars(var: impl Fn(&str) -> Option<String>) -> Result<Self, ClientError> {
        let var = |name: &str| var(name).filter(|v| !v.trim().is_empty());
        let find = |lower: &str, upper: &str| match var(lower).or_else(|| var(upper)) {
            Some(value) => proxy_url(&value).map(Some),
            None => Ok(None),
        };
        let all = find("all_proxy", "ALL_PROXY")?;
        let upper = if var("REQUEST_METHOD").is_some() { "" } else { "HTTP_PROXY" };
        Ok(Self {
            http: find("http_proxy", upper)?.or_else(|| all.clone()),
            https: find("https_proxy", "HTTPS_PROXY")?.or(all),
            except: var("no_proxy").or_else(|| var("NO_PROXY")).map_or_else(Vec::new, |v| exceptions(&v)),
        })
    }

    /// The proxy for an address.
    pub(super) fn of(&self, url: &Url) -> Option<&Url> {
        let proxy = if url.scheme() == "https" { &self.https } else { &self.http }.as_ref()?;
        let host = url.host()?;
        (!self.except.iter().any(|except| except.covers(&host))).then_some(proxy)
    }
}

/// Reads a proxy's address; without a scheme it is an HTTP proxy.
fn proxy_url(value: &str) -> Result<Url, ClientError> {
    let value = value.trim();
    let url = if value.contains("://") { Url::parse(value) } else { Url::parse(&format!("http://{value}")) };
    url.ok().filter(usable).ok_or(ClientError::Proxy)
}

/// Whether this program can speak to a proxy at that address.
pub(super) fn usable(proxy: &Url) -> bool {
    matches!(proxy.scheme(), "http" | "https") && proxy.has_host()
}

fn exceptions(list: &str) -> Vec<Except> {
    list.split(',').map(str::trim).filter(|e| !e.is_empty()).map(exception).collect()
}

fn exception(entry: &str) -> Except {
    if entry == "*" {
        return Except::All;
    }
    let bare = entry.trim_start_matches('[').trim_end_matches(']');
    if let Ok(ip) = bare.parse::<IpAddr>() {
        return Except::Net(ip, if ip.is_ipv4() { 32 } else { 128 });
    }
    if let Some((ip, bits)) = entry.split_once('/')
        && let (Ok(ip), Ok(bits)) = (ip.parse::<IpAddr>(), bits.parse())
    {
        return Except::Net(ip, bits);
    }
    Except::Domain(entry.trim_start_matches("*.").trim_matches('.').to_ascii_lowercase())
}

impl Except {
    fn covers(&self, host: &Host<&str>) -> bool {
        let ip = match host {
            Host::Domain(name) => {
                let name = name.strip_suffix('.').unwrap_or(name);
                return match self {
                    Self::All => true,
                    Self::Domain(domain) => {
                        name.strip_suffix(domain.as_str()).is_some_and(|r| r.is_empty() || r.ends_with('.'))
                    }
                    Self::Net(..) => false,
                };
            }
            Host::Ipv4(ip) => IpAddr::V4(*ip),
            Host::Ipv6(ip) => IpAddr::V6(*ip),
        };
        match self {
            Self::All => true,
            Self::Domain(_) => false,
            Self::Net(net, bits) => within(ip, *net, *bits),
        }
    }
}

fn within(ip: IpAddr, net: IpAddr, bits: u8) -> bool {
    let differ = match (ip, net) {
        (IpAddr::V4(ip), IpAddr::V4(net)) => (ip.to_bits() ^ net.to_bits()).leading_zeros(),
        (IpAddr::V6(ip), IpAddr::V6(net)) => (ip.to_bits() ^ net.to_bits()).leading_zeros(),
        _ => return false,
    };
    differ >= u32::from(bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxies(vars: &[(&str, &str)]) -> Result<Proxies, ClientError> {
        Proxies::from_vars(|name| vars.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
    }

    fn of(proxies: &Proxies, url: &str) -> Option<String> {
        proxies.of(&Url::parse(url).unwrap()).map(Url::to_string)
    }

    #[test]
    fn the_environment_names_proxies_and_exceptions() {
        let p = proxies(&[
            ("HTTP_PROXY", "127.0.0.1:3128"),
            ("NO_PROXY", "intra.example, .wantsum.example,10.0.0.0/8,192.0.2.7,[2001:db8::1]"),
        ])
        .unwrap();
        assert_eq!(of(&p, "http://metro.test/").as_deref(), Some("http://127.0.0.1:3128/"));
        assert_eq!(of(&p, "https://metro.test/"), None);
        for direct in [
            "intra.example",
            "a.wantsum.example",
            "wantsum.example",
            "10.9.9.9",
            "192.0.2.7",
            "[2001:db8::1]",
        ] {
            assert_eq!(of(&p, &format!("http://{direct}/")), None, "{direct}");
        }
        for proxied in ["notintra.example", "11.0.0.1", "192.0.2.8", "[2001:db8::2]"] {
            assert!(of(&p, &format!("http://{proxied}/")).is_some(), "{proxied}");
        }
    }

    #[test]
    fn lower_case_wins_all_proxy_fills_in_and_cgi_is_not_trusted() {
        let p =
            proxies(&[("http_proxy", "http://a.example:1"), ("HTTP_PROXY", "http://b.example:1")]).unwrap();
        assert_eq!(of(&p, "http://metro.test/").as_deref(), Some("http://a.example:1/"));
        let p = proxies(&[("ALL_PROXY", "http://c.example:1"), ("no_proxy", "*")]).unwrap();
        assert_eq!(of(&p, "https://metro.test/"), None);
        let p = proxies(&[("HTTP_PROXY", "http://b.example:1"), ("REQUEST_METHOD", "GET")]).unwrap();
        assert_eq!(of(&p, "http://metro.test/"), None);
        assert!(proxies(&[("HTTP_PROXY", "socks5://d.example:1")]).is_err());
        assert!(proxies(&[("HTTP_PROXY", " ")]).is_ok());
    }
}
