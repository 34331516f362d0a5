//! The short codes on printed programmes.
//!
//! A code is short enough to be typed, and so to be guessed from its plain hash: the database keeps its HMAC, which a
//! stolen copy without the key file can't guess from, and tries are limited.

use super::secret::SecretBytes;
use crate::framing::Framed;
use std::fmt;

/// What the database keeps of a code; codes are found by it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct CodeTag([u8; 32]);

impl CodeTag {
    /// The bytes as they are stored.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for CodeTag {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("CodeTag(hidden)")
    }
}

/// The key of an office's version codes.
#[derive(Debug)]
pub struct VersionCodeKey(SecretBytes);

impl VersionCodeKey {
    pub(super) const fn new(secret: SecretBytes) -> Self {
        Self(secret)
    }

    #[cfg(test)]
    pub(super) const fn secret(&self) -> &SecretBytes {
        &self.0
    }

    /// What is kept of a code (HMAC with SHA-256, RFC 2104). The code is taken as given: bring it to one form before.
    pub fn tag(&self, code: &str) -> CodeTag {
        CodeTag(self.0.mac(&Framed::new("version code").text(code).finish()))
    }
}

#[cfg(test)]
mod tests {
    use crate::sealing::{KeyFile, random::seeded::SeededRandom};
    use domain::ids::OfficeId;
    use uuid::Uuid;

    #[test]
    fn a_code_is_found_again_by_its_own_office_only() {
        let key_file = KeyFile::ephemeral(&SeededRandom::new(1)).unwrap();
        let [ours, theirs] = [1, 2].map(|office| key_file.version_code_key(OfficeId(Uuid::from_u128(office))));
        assert_eq!(ours.tag("K7PM-2Q"), ours.tag("K7PM-2Q"));
        assert_ne!(ours.tag("K7PM-2Q"), ours.tag("K7PM-2R"));
        assert_ne!(ours.tag("K7PM-2Q"), theirs.tag("K7PM-2Q"));
    }
}
