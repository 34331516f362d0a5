//! One unambiguous way to turn several values into one string of bytes, to be hashed or authenticated.
//!
//! Every part is preceded by its length, so that no two lists of parts give the same bytes: ("ab", "c") is not ("a", "bc").

use sha2::{Digest, Sha256};

/// Parts, each with its length (8 bytes, big-endian) before it. The first names the purpose and its format.
pub(crate) struct Framed(Vec<u8>);

impl Framed {
    /// Begins with the purpose, which keeps bytes made for one use from meaning anything in another.
    pub(crate) fn new(purpose: &str) -> Self {
        Self(Vec::with_capacity(256)).bytes(purpose.as_bytes())
    }

    /// Adds bytes. Nothing (`&[]`) is a part too.
    pub(crate) fn bytes(mut self, part: &[u8]) -> Self {
        self.0.extend_from_slice(&(part.len() as u64).to_be_bytes());
        self.0.extend_from_slice(part);
        self
    }

    /// Adds a text, as UTF-8.
    pub(crate) fn text(self, part: &str) -> Self {
        self.bytes(part.as_bytes())
    }

    /// Adds a number: 8 bytes, big-endian.
    pub(crate) fn number(self, part: u64) -> Self {
        self.bytes(&part.to_be_bytes())
    }

    /// Adds a number that may be missing; a missing one is a part of no bytes.
    pub(crate) fn maybe_number(self, part: Option<u64>) -> Self {
        match part {
            Some(number) => self.number(number),
            None => self.bytes(&[]),
        }
    }

    /// The bytes.
    pub(crate) fn finish(self) -> Vec<u8> {
        self.0
    }

    /// The SHA-256 (FIPS 180-4) of the bytes.
    pub(crate) fn sha256(self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn framed(parts: &[Vec<u8>]) -> Vec<u8> {
        parts.iter().fold(Framed::new("test"), |all, part| all.bytes(part)).finish()
    }

    #[test]
    fn moving_a_letter_from_one_part_to_the_next_changes_the_bytes() {
        assert_ne!(framed(&[b"ab".to_vec(), b"c".to_vec()]), framed(&[b"a".to_vec(), b"bc".to_vec()]));
    }

    #[test]
    fn a_missing_number_is_not_nought() {
        assert_ne!(Framed::new("test").maybe_number(None).finish(), Framed::new("test").maybe_number(Some(0)).finish());
    }

    proptest! {
        #[test]
        fn equal_bytes_mean_equal_parts(
            one in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..12), 0..5),
            two in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..12), 0..5),
        ) {
            prop_assert_eq!(one == two, framed(&one) == framed(&two));
        }
    }
}
