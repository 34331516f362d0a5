//! Opaque tokens: 256 random bits with their kind before them. The database keeps a hash alone.

use crate::{
    framing::Framed,
    sealing::{RandomnessFailed, SecretRandom, secret::SecretBytes},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use std::fmt;
use zeroize::Zeroizing;

/// Length of what follows the prefix: 32 bytes in base64url without padding (RFC 4648 section 5).
const LETTERS: usize = 43;

/// What a token is good for. A token of one kind is never taken for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// A signed-in session, in its cookie.
    Session,
    /// A program's access to the API, in the `Authorization` header.
    Api,
    /// A calendar feed, in its address.
    Feed,
    /// A one-time invitation to an account.
    Invitation,
    /// A kept form, in the address it is shown again at.
    Draft,
    /// A room's door plan, in its address.
    Door,
}

impl TokenKind {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Session, Self::Api, Self::Feed, Self::Invitation, Self::Draft, Self::Door];

    /// What a token of this kind begins with; a leaked one is recognised by it.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Session => "chs_",
            Self::Api => "cha_",
            Self::Feed => "chf_",
            Self::Invitation => "chi_",
            Self::Draft => "chd_",
            Self::Door => "chp_",
        }
    }
}

/// The text is no token of that kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a token of this kind")]
pub struct NotAToken;

/// A token as its holder has it: shown once, kept nowhere.
pub struct PlainToken {
    kind: TokenKind,
    text: Zeroizing<String>,
}

impl fmt::Debug for PlainToken {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "PlainToken({:?}, hidden)", self.kind)
    }
}

impl PlainToken {
    /// Draws a token and gives it with what is to be kept of it.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn generate(kind: TokenKind, random: &dyn SecretRandom) -> Result<(Self, TokenHash), RandomnessFailed> {
        let secret = SecretBytes::random(random)?;
        let mut text = Zeroizing::new(String::with_capacity(kind.prefix().len() + LETTERS));
        text.push_str(kind.prefix());
        URL_SAFE_NO_PAD.encode_string(secret.expose(), &mut text);
        Ok((Self { kind, text }, TokenHash::over(kind, &secret)))
    }

    /// Its kind.
    pub const fn kind(&self) -> TokenKind {
        self.kind
    }

    /// The text, to be given to its holder.
    pub fn expose(&self) -> &str {
        &self.text
    }
}

/// What is kept of a token, and what it is found by: SHA-256 over its kind and bytes. With 256 random bits behind it, it
/// needs neither salt nor slowness, and looking it up in an index tells nothing by its time.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TokenHash([u8; 32]);

impl fmt::Debug for TokenHash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("TokenHash(hidden)")
    }
}

impl TokenHash {
    /// The hash of a token that somebody presents as one of that kind.
    ///
    /// # Errors
    /// When prefix, length or letters are not those of such a token: there is nothing to look up then.
    pub fn of(kind: TokenKind, text: &str) -> Result<Self, NotAToken> {
        let letters = text.strip_prefix(kind.prefix()).filter(|letters| letters.len() == LETTERS).ok_or(NotAToken)?;
        let bytes = Zeroizing::new(URL_SAFE_NO_PAD.decode(letters).map_err(|_| NotAToken)?);
        SecretBytes::from_slice(&bytes).map(|secret| Self::over(kind, &secret)).ok_or(NotAToken)
    }

    /// The bytes as they are stored.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    fn over(kind: TokenKind, secret: &SecretBytes) -> Self {
        Self(Framed::new("token").text(kind.prefix()).bytes(secret.expose()).sha256())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sealing::{OsRandom, random::seeded::Exhausted};
    use proptest::prelude::*;

    #[test]
    fn a_token_is_found_by_its_hash() {
        for kind in TokenKind::ALL {
            let (token, hash) = PlainToken::generate(kind, &OsRandom).unwrap();
            assert_eq!(TokenHash::of(kind, token.expose()), Ok(hash));
        }
    }

    #[test]
    fn a_token_of_one_kind_is_no_token_of_another() {
        for kind in TokenKind::ALL {
            let (token, hash) = PlainToken::generate(kind, &OsRandom).unwrap();
            for other in TokenKind::ALL.into_iter().filter(|other| *other != kind) {
                assert_eq!(TokenHash::of(other, token.expose()), Err(NotAToken));
                // Even with its prefix exchanged it is another token.
                let dressed = token.expose().replacen(kind.prefix(), other.prefix(), 1);
                assert_ne!(TokenHash::of(other, &dressed).unwrap(), hash);
            }
        }
    }

    #[test]
    fn prefixes_differ_and_none_begins_another() {
        for (place, one) in TokenKind::ALL.iter().enumerate() {
            for two in &TokenKind::ALL[place + 1..] {
                assert!(!one.prefix().starts_with(two.prefix()) && !two.prefix().starts_with(one.prefix()));
            }
        }
    }

    #[test]
    fn a_token_goes_into_an_address_and_a_cookie_as_it_is() {
        let (token, _) = PlainToken::generate(TokenKind::Feed, &OsRandom).unwrap();
        assert!(token.expose().bytes().all(|letter| letter.is_ascii_alphanumeric() || b"-_".contains(&letter)));
    }

    #[test]
    fn neither_token_nor_hash_is_printed() {
        let (token, hash) = PlainToken::generate(TokenKind::Api, &OsRandom).unwrap();
        assert_eq!(format!("{token:?} {hash:?}"), "PlainToken(Api, hidden) TokenHash(hidden)");
    }

    #[test]
    fn without_randomness_there_is_no_token() {
        assert_eq!(PlainToken::generate(TokenKind::Api, &Exhausted).unwrap_err(), RandomnessFailed);
    }

    proptest! {
        #[test]
        fn what_is_no_token_is_refused(text in any::<String>()) {
            prop_assert_eq!(TokenHash::of(TokenKind::Session, &text), Err(NotAToken));
        }

        #[test]
        fn every_letter_counts(place in 4usize..47, letter in "[A-Za-z0-9_-]") {
            let (token, hash) = PlainToken::generate(TokenKind::Session, &OsRandom).unwrap();
            let mut changed = token.expose().to_owned();
            changed.replace_range(place..=place, &letter);
            let same = changed == token.expose();
            prop_assert_eq!(TokenHash::of(TokenKind::Session, &changed) == Ok(hash), same);
        }
    }
}
