//! The cookie that bears a session (RFC 6265, and the prefixes of RFC 6265bis, 4.1.3).

use super::tokens::PlainToken;
use chrono::{DateTime, Utc};

/// How the session's cookie is written and found again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionCookie {
    /// Over HTTPS: bound to the host, sent over HTTPS alone.
    Secure,
    /// Over plain HTTP on loopback, where browsers refuse `__Host-` without `Secure`.
    Loopback,
}

impl SessionCookie {
    /// The cookie of pages reached at this URL.
    pub fn at(public_url: &str) -> Self {
        if public_url.starts_with("https:") { Self::Secure } else { Self::Loopback }
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Secure => "__Host-chancery",
            Self::Loopback => "chancery",
        }
    }

    const fn attributes(self) -> &'static str {
        match self {
            Self::Secure => "Path=/; HttpOnly; SameSite=Lax; Secure",
            Self::Loopback => "Path=/; HttpOnly; SameSite=Lax",
        }
    }

    /// The `Set-Cookie` value that hands a session to the browser until it ends.
    pub fn set(self, token: &PlainToken, now: DateTime<Utc>, ends_at: DateTime<Utc>) -> String {
        let seconds = (ends_at - now).num_seconds().max(0);
        format!("{}={}; {}; Max-Age={seconds}", self.name(), token.expose(), self.attributes())
    }

    /// The `Set-Cookie` value that takes it away.
    pub fn clear(self) -> String {
        format!("{}=; {}; Max-Age=0", self.name(), self.attributes())
    }

    /// The token in a `Cookie` header's value.
    pub fn find(self, cookies: &str) -> Option<&str> {
        let mut pairs = cookies.split(';').filter_map(|pair| pair.trim().split_once('='));
        pairs.find(|(name, _)| *name == self.name()).map(|(_, value)| value).filter(|value| !value.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{accounts::tokens::TokenKind, sealing::OsRandom};
    use chrono::TimeDelta;

    #[test]
    fn a_cookie_over_https_is_bound_to_its_host() {
        let (token, _) = PlainToken::generate(TokenKind::Session, &OsRandom).unwrap();
        let now = DateTime::from_timestamp(0, 0).unwrap();
        let set = SessionCookie::at("https://protocol.example").set(&token, now, now + TimeDelta::hours(1));
        assert_eq!(set, format!("__Host-chancery={}; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=3600", token.expose()));
        assert!(!SessionCookie::at("http://127.0.0.1:3000").clear().contains("Secure"));
    }

    #[test]
    fn it_is_found_among_others_and_by_its_whole_name() {
        assert_eq!(SessionCookie::Loopback.find("a=b; chancery=chs_x; c=d"), Some("chs_x"));
        assert_eq!(SessionCookie::Loopback.find("__Host-chancery=chs_x; chancery-theme=dark; chancery="), None);
        assert_eq!(SessionCookie::Secure.find("__Host-chancery=chs_x"), Some("chs_x"));
    }
}
