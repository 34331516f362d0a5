//! Where a request came from, when proxies stand in between.

use axum::http::{HeaderMap, HeaderName};
use serde::{Deserialize, Deserializer, de::Error};
use std::{fmt, net::IpAddr, str::FromStr};

/// What proxies write the address of their caller to.
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Addresses in CIDR notation (RFC 4632, 3.1): `10.0.0.0/8`, `::1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    address: IpAddr,
    prefix: u32,
}

/// The text is no block of addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an address or a block of addresses such as 10.0.0.0/8")]
pub struct NotABlock;

/// An address as 128 bits and how many of them it has, IPv4 in the last 32.
fn bits(address: IpAddr) -> (u128, u32) {
    match address.to_canonical() {
        IpAddr::V4(address) => (u128::from(address.to_bits()), 32),
        IpAddr::V6(address) => (address.to_bits(), 128),
    }
}

impl Block {
    fn holds(self, address: IpAddr) -> bool {
        let ((ours, width), (theirs, their_width)) = (bits(self.address), bits(address));
        // Shifting all 128 bits away leaves nothing to differ in.
        width == their_width && (ours ^ theirs).checked_shr(width - self.prefix).unwrap_or(0) == 0
    }
}

impl FromStr for Block {
    type Err = NotABlock;

    fn from_str(text: &str) -> Result<Self, NotABlock> {
        let (address, prefix) = text.trim().split_once('/').map_or((text.trim(), None), |(address, prefix)| (address, Some(prefix)));
        let address: IpAddr = address.parse().map_err(|_| NotABlock)?;
        let width = bits(address).1;
        let prefix = prefix.map_or(Ok(width), str::parse).map_err(|_| NotABlock)?;
        if prefix > width { Err(NotABlock) } else { Ok(Self { address, prefix }) }
    }
}

impl fmt::Display for Block {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}", self.address, self.prefix)
    }
}

/// The proxies whose word on their caller's address is taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<Block>);

impl TrustedProxies {
    /// The requester's address: the last one in `X-Forwarded-For` that a trusted proxy wrote and that is none itself.
    pub fn requester(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let lines: Vec<&str> = headers.get_all(FORWARDED_FOR).iter().filter_map(|line| line.to_str().ok()).collect();
        let mut address = peer;
        for written in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
            if !self.trusts(address) {
                break;
            }
            let Ok(before) = written.trim().parse::<IpAddr>() else { break };
            address = before;
        }
        address.to_canonical()
    }

    /// Whether this is one of them.
    pub fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|block| block.holds(address))
    }
}

impl FromStr for TrustedProxies {
    type Err = NotABlock;

    /// Reads blocks with commas between them.
    fn from_str(text: &str) -> Result<Self, NotABlock> {
        text.split(',').filter(|block| !block.trim().is_empty()).map(str::parse).collect::<Result<_, _>>().map(Self)
    }
}

impl<'de> Deserialize<'de> for TrustedProxies {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn requester(trusted: &str, peer: &str, forwarded: &[&'static str]) -> String {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append(FORWARDED_FOR, HeaderValue::from_static(line));
        }
        trusted.parse::<TrustedProxies>().unwrap().requester(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn a_stranger_is_not_believed() {
        assert_eq!(requester("", "192.0.2.1", &["198.51.100.7"]), "192.0.2.1");
        assert_eq!(requester("10.0.0.0/8", "192.0.2.1", &["198.51.100.7"]), "192.0.2.1");
    }

    #[test]
    fn a_trusted_proxy_is_and_what_its_caller_claims_is_not() {
        assert_eq!(requester("10.0.0.0/8", "10.1.2.3", &["203.0.113.9, 198.51.100.7"]), "198.51.100.7");
        assert_eq!(requester("10.0.0.0/8,::1", "::1", &["203.0.113.9, 198.51.100.7, 10.9.9.9"]), "198.51.100.7");
        assert_eq!(requester("10.0.0.0/8", "10.1.2.3", &["203.0.113.9", "198.51.100.7"]), "198.51.100.7");
        assert_eq!(requester("10.0.0.0/8", "10.1.2.3", &["nonsense"]), "10.1.2.3");
        assert_eq!(requester("10.0.0.0/8", "::ffff:10.1.2.3", &["198.51.100.7"]), "198.51.100.7");
    }

    #[test]
    fn blocks_are_read_and_bounded() {
        for text in ["10.0.0.0/33", "::/129", "10.0.0/8", "host"] {
            assert_eq!(text.parse::<Block>(), Err(NotABlock), "{text}");
        }
        assert!("::/0".parse::<Block>().unwrap().holds("2001:db8::1".parse().unwrap()));
        assert!("0.0.0.0/0".parse::<Block>().unwrap().holds("203.0.113.9".parse().unwrap()));
        assert!(!"2001:db8::/32".parse::<Block>().unwrap().holds("2001:db9::1".parse().unwrap()));
    }
}
