//! The one cipher: XChaCha20-Poly1305 (RFC 8439 with the 192-bit nonce of draft-irtf-cfrg-xchacha-03), random nonces.

use super::{
    random::{RandomnessFailed, SecretRandom},
    secret::SecretBytes,
};
use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{AeadInPlace, KeyInit},
};
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;
use zeroize::Zeroizing;

const TAG: usize = 16;

/// How a sealed thing is laid out. A later format gets a number of its own; this one stays readable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum Format {
    /// XChaCha20-Poly1305; length, text and noughts up to a bucket; associated data length-prefixed.
    One,
}

impl From<Format> for u8 {
    fn from(format: Format) -> Self {
        match format {
            Format::One => 1,
        }
    }
}

/// The number names no format known to this version of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("sealed in format {0}, which this version does not know")]
pub struct UnknownFormat(u8);

impl TryFrom<u8> for Format {
    type Error = UnknownFormat;

    fn try_from(number: u8) -> Result<Self, UnknownFormat> {
        match number {
            1 => Ok(Self::One),
            other => Err(UnknownFormat(other)),
        }
    }
}

/// Which key something is sealed or wrapped under. It tells nothing of the key.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KeyId(Uuid);

impl KeyId {
    pub(super) fn random(random: &dyn SecretRandom) -> Result<Self, RandomnessFailed> {
        let mut bytes = [0; 16];
        random.fill(&mut bytes)?;
        Ok(Self::from_bytes(bytes))
    }

    pub(super) fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(uuid::Builder::from_random_bytes(bytes).into_uuid())
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// The identifier as it is stored.
    pub const fn uuid(self) -> Uuid {
        self.0
    }
}

impl From<Uuid> for KeyId {
    fn from(id: Uuid) -> Self {
        Self(id)
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "KeyId({})", self.0)
    }
}

/// Why something was not sealed, or not opened. It says nothing of the text or the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealingError {
    /// No nonce or key could be drawn.
    #[error(transparent)]
    Randomness(#[from] RandomnessFailed),
    /// The text is longer than what is ever sealed as one.
    #[error("longer than {most} bytes")]
    TooLong {
        /// The most bytes of UTF-8 that are sealed as one.
        most: usize,
    },
    /// It was sealed under another key than the one given.
    #[error("sealed under key {sealed_under}, but key {given} was given")]
    OtherKey {
        /// The key it names.
        sealed_under: KeyId,
        /// The key that was given.
        given: KeyId,
    },
    /// The bytes, the key or the place they are said to belong to are not those that were sealed. Which of them differs
    /// cannot be told apart.
    #[error("does not open: changed, moved, marked otherwise, or under another key")]
    DoesNotOpen,
    /// It opened, but what it held is not of this format. Only a fault of the program that sealed it can do that.
    #[error("opened, but what it held is not of this format")]
    Malformed,
}

/// What the cipher gives: a nonce and the bytes sealed under it. Stored as base64 (RFC 4648 section 4).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Ciphertext {
    #[serde(with = "base64_text")]
    nonce: [u8; 24],
    #[serde(with = "base64_text")]
    ciphertext: Vec<u8>,
}

impl fmt::Debug for Ciphertext {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Ciphertext({} bytes)", self.ciphertext.len())
    }
}

impl Ciphertext {
    /// Seals `plain`; `associated` is not kept, and must be given again to open it.
    pub(super) fn seal(key: &SecretBytes, associated: &[u8], plain: &[u8], random: &dyn SecretRandom) -> Result<Self, SealingError> {
        let mut nonce = [0; 24];
        random.fill(&mut nonce)?;
        // Room for the tag from the start: growing would leave a copy of the text behind.
        let mut ciphertext = Vec::with_capacity(plain.len() + TAG);
        ciphertext.extend_from_slice(plain);
        XChaCha20Poly1305::new(key.expose().into())
            .encrypt_in_place(&XNonce::from(nonce), associated, &mut ciphertext)
            .map_err(|_| SealingError::TooLong { most: usize::MAX })?;
        Ok(Self { nonce, ciphertext })
    }

    /// Opens it, if nothing at all was changed.
    pub(super) fn open(&self, key: &SecretBytes, associated: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealingError> {
        let mut plain = Zeroizing::new(self.ciphertext.clone());
        XChaCha20Poly1305::new(key.expose().into())
            .decrypt_in_place(&XNonce::from(self.nonce), associated, &mut *plain)
            .map_err(|_| SealingError::DoesNotOpen)?;
        Ok(plain)
    }

    /// How many bytes the sealed form has, without the nonce.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.ciphertext.len()
    }

    /// The same with one bit turned over, counted through nonce and bytes.
    #[cfg(test)]
    pub(super) fn with_bit_turned(&self, bit: usize) -> Self {
        let mut other = self.clone();
        let bit = bit % ((other.nonce.len() + other.ciphertext.len()) * 8);
        match bit.checked_sub(other.nonce.len() * 8) {
            None => other.nonce[bit / 8] ^= 1 << (bit % 8),
            Some(bit) => other.ciphertext[bit / 8] ^= 1 << (bit % 8),
        }
        other
    }
}

/// Bytes as base64 text, for serde.
pub(super) mod base64_text {
    use base64::{Engine, engine::general_purpose::STANDARD};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(in super::super) fn serialize<S: Serializer>(bytes: &impl AsRef<[u8]>, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&STANDARD.encode(bytes))
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>, T: TryFrom<Vec<u8>>>(from: D) -> Result<T, D::Error> {
        let text = String::deserialize(from)?;
        let bytes = STANDARD.decode(text).map_err(|_| D::Error::custom("not base64"))?;
        T::try_from(bytes).map_err(|_| D::Error::custom("not of the right length"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sealing::random::seeded::SeededRandom;

    #[test]
    fn it_is_the_cipher_of_the_draft() {
        // draft-irtf-cfrg-xchacha-03, appendix A.3.1.
        let text = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.";
        let key: Vec<u8> = (0x80..=0x9f).collect();
        let associated = [0x50, 0x51, 0x52, 0x53, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7];
        let nonce: [u8; 24] = std::array::from_fn(|i| 0x40 + i as u8);
        let cipher = XChaCha20Poly1305::new(SecretBytes::from_slice(&key).unwrap().expose().into());
        let mut buffer = text.to_vec();
        cipher.encrypt_in_place(&XNonce::from(nonce), &associated, &mut buffer).unwrap();
        assert_eq!(buffer[..8], [0xbd, 0x6d, 0x17, 0x9d, 0x3e, 0x83, 0xd4, 0x3b]);
        assert_eq!(buffer[buffer.len() - 16..][..8], [0xc0, 0x87, 0x59, 0x24, 0xc1, 0xc7, 0x98, 0x79]);
        let sealed = Ciphertext { nonce, ciphertext: buffer };
        assert_eq!(*sealed.open(&SecretBytes::from_slice(&key).unwrap(), &associated).unwrap(), text);
    }

    #[test]
    fn an_unknown_format_is_refused() {
        assert!(serde_json::from_str::<Format>("2").is_err());
        assert_eq!(serde_json::from_str::<Format>("1").unwrap(), Format::One);
    }

    #[test]
    fn the_same_text_twice_looks_different() {
        let random = SeededRandom::new(1);
        let key = SecretBytes::random(&random).unwrap();
        let seal = || Ciphertext::seal(&key, b"", b"motorcade", &random).unwrap();
        assert_ne!(seal(), seal());
    }
}
