//! Thirty-two bytes that must not be seen, printed or left behind in memory.

use super::random::{RandomnessFailed, SecretRandom};
use hkdf::Hkdf;
use hmac::{Hmac, Mac, digest::KeyInit};
use sha2::Sha256;
use std::fmt;
use zeroize::Zeroizing;

/// A secret of 256 bits. It lives on the heap, so that moving it leaves no copy, and is overwritten when dropped.
pub(crate) struct SecretBytes(Box<Zeroizing<[u8; 32]>>);

impl fmt::Debug for SecretBytes {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("SecretBytes(hidden)")
    }
}

impl SecretBytes {
    /// Draws a new one.
    pub(crate) fn random(random: &dyn SecretRandom) -> Result<Self, RandomnessFailed> {
        let mut secret = Self(Box::default());
        random.fill(&mut secret.0[..])?;
        Ok(secret)
    }

    /// The secret in these bytes; none if there are not exactly thirty-two.
    pub(crate) fn from_slice(bytes: &[u8]) -> Option<Self> {
        let mut secret = Self(Box::default());
        (bytes.len() == secret.0.len()).then(|| secret.0.copy_from_slice(bytes))?;
        Some(secret)
    }

    /// Derives a secret from another by HKDF with SHA-256 (RFC 5869).
    ///
    /// `salt` names the kind of the secret it is derived from, `info` what the new one is for.
    #[expect(clippy::expect_used, reason = "RFC 5869 section 2.3 refuses only more than 8160 bytes, and 32 are asked for")]
    pub(crate) fn derive(salt: &[u8], from: &[u8], info: &[u8]) -> Self {
        let mut secret = Self(Box::default());
        Hkdf::<Sha256>::new(Some(salt), from).expand(info, &mut secret.0[..]).expect("32 bytes are within HKDF's reach");
        secret
    }

    /// A message authentication code: HMAC with SHA-256 (RFC 2104).
    pub(crate) fn mac(&self, message: &[u8]) -> [u8; 32] {
        // RFC 2104 section 2 fills a short key up with noughts to the hash's block of 64 bytes.
        let mut block = Zeroizing::new([0; 64]);
        block[..32].copy_from_slice(self.expose());
        let mut mac = <Hmac<Sha256> as KeyInit>::new((&*block).into());
        mac.update(message);
        mac.finalize().into_bytes().into()
    }

    /// The bytes. Every caller is a reason to look twice.
    pub(crate) fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sealing::random::{OsRandom, seeded::Exhausted};

    #[test]
    fn a_secret_is_not_printed() {
        let secret = SecretBytes::from_slice(&[7; 32]).unwrap();
        assert_eq!(format!("{secret:?}"), "SecretBytes(hidden)");
    }

    #[test]
    fn only_thirty_two_bytes_are_a_secret() {
        assert!(SecretBytes::from_slice(&[0; 31]).is_none());
        assert!(SecretBytes::from_slice(&[0; 33]).is_none());
    }

    #[test]
    fn without_randomness_there_is_no_secret() {
        assert_eq!(SecretBytes::random(&Exhausted).unwrap_err(), RandomnessFailed);
        assert!(SecretBytes::random(&OsRandom).is_ok());
    }

    #[test]
    fn the_first_example_of_rfc_5869_comes_out() {
        // Appendix A.1, of whose 42 bytes these are the first 32.
        let salt: Vec<u8> = (0x00..=0x0c).collect();
        let info: Vec<u8> = (0xf0..=0xf9).collect();
        let derived = SecretBytes::derive(&salt, &[0x0b; 22], &info);
        let expected = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf";
        assert_eq!(derived.expose().iter().map(|b| format!("{b:02x}")).collect::<String>(), expected);
    }

    #[test]
    fn the_code_is_that_of_any_other_hmac() {
        let secret = SecretBytes::from_slice(&[0x0b; 32]).unwrap();
        let mut other = <Hmac<Sha256> as Mac>::new_from_slice(&[0x0b; 32]).unwrap();
        other.update(b"Hi There");
        assert_eq!(secret.mac(b"Hi There"), <[u8; 32]>::from(other.finalize().into_bytes()));
    }
}
