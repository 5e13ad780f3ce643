//! Why there can be no fetcher.
//!
//! Not here: why a look failed (`fault`).

/// Why there can be no fetcher.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClientError {
    /// The contact cannot stand in a header.
    #[error(
        "the contact must be at most 200 printable ASCII characters, without quotes, brackets and backslashes"
    )]
    Contact,
    /// A proxy variable of the environment holds something else.
    #[error(
        "HTTP_PROXY, HTTPS_PROXY and ALL_PROXY must each hold the address of an HTTP proxy, such as http://proxy.example:3128"
    )]
    Proxy,
}
