//! Signed statements of where the record stood, kept where the database's writer cannot reach: a log, a file, the mail.

use super::chain::{EntryHash, KnownPoint, VerifiedHead};
use crate::{
    framing::Framed,
    sealing::{KeyFile, SecretFileError, SecretRandom, secret::SecretBytes, secret_file},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, SecondsFormat, SubsecRound, Utc};
use domain::ids::OfficeId;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use std::{fmt, path::Path, str::FromStr};

const CHECKPOINT: &str = "chancery-checkpoint-1";
const PUBLIC: &str = "chancery-audit-public-1.";

/// Where an office's record stood at some time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checkpoint {
    office: OfficeId,
    sequence: u64,
    hash: EntryHash,
    at: DateTime<Utc>,
}

impl Checkpoint {
    /// The statement that the record ended so at that time (to the microsecond).
    pub fn new(office: OfficeId, sequence: u64, hash: EntryHash, at: DateTime<Utc>) -> Self {
        Self { office, sequence, hash, at: at.trunc_subsecs(6) }
    }

    /// The same of a chain that was verified.
    pub fn of(office: OfficeId, head: &VerifiedHead, at: DateTime<Utc>) -> Self {
        Self::new(office, head.sequence, head.hash, at)
    }

    /// Whose record.
    pub const fn office(&self) -> OfficeId {
        self.office
    }

    /// When it was signed.
    pub const fn at(&self) -> DateTime<Utc> {
        self.at
    }

    /// The entry it vouches for, to verify the chain against.
    pub const fn point(&self) -> KnownPoint {
        KnownPoint { sequence: self.sequence, hash: self.hash }
    }

    /// Signs it with Ed25519 (RFC 8032).
    pub fn sign(self, key: &SigningKeyFile) -> SignedCheckpoint {
        SignedCheckpoint { signature: key.0.sign(&self.message()), claimed: self }
    }

    fn message(&self) -> Vec<u8> {
        Framed::new(CHECKPOINT)
            .bytes(self.office.0.as_bytes())
            .number(self.sequence)
            .bytes(self.hash.as_bytes())
            .bytes(&self.at.timestamp_micros().to_be_bytes())
            .finish()
    }
}

/// A checkpoint with its signature. What it claims is to be had by checking the signature only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignedCheckpoint {
    claimed: Checkpoint,
    signature: Signature,
}

/// The signature is not that of the office's signing key over this checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the checkpoint was not signed by this key, or was changed")]
pub struct NotSigned;

impl SignedCheckpoint {
    /// The checkpoint, if this key signed it (strict verification: no malleable signature, no weak key).
    ///
    /// # Errors
    /// When it did not, or when anything was changed.
    pub fn verify(&self, key: &CheckpointPublicKey) -> Result<Checkpoint, NotSigned> {
        key.0.verify_strict(&self.claimed.message(), &self.signature).map(|()| self.claimed).map_err(|_| NotSigned)
    }
}

impl fmt::Display for SignedCheckpoint {
    /// One line, for a log, a file or a letter.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Checkpoint { office, sequence, hash, at } = self.claimed;
        let at = at.to_rfc3339_opts(SecondsFormat::Micros, true);
        let signature = URL_SAFE_NO_PAD.encode(self.signature.to_bytes());
        write!(out, "{CHECKPOINT} office={office} sequence={sequence} hash={hash} at={at} signature={signature}")
    }
}

/// The line is not a checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a checkpoint of the record")]
pub struct NotACheckpoint;

impl FromStr for SignedCheckpoint {
    type Err = NotACheckpoint;

    fn from_str(line: &str) -> Result<Self, NotACheckpoint> {
        let mut words = line.split_whitespace();
        if words.next() != Some(CHECKPOINT) {
            return Err(NotACheckpoint);
        }
        let mut value =
            |name| words.next().and_then(|word| word.split_once('=')).filter(|(found, _)| *found == name).map(|(_, value)| value);
        let office = value("office").and_then(|text| text.parse().ok());
        let sequence = value("sequence").and_then(|text| text.parse().ok());
        let hash = value("hash").and_then(|text| text.parse().ok());
        let at = value("at").and_then(|text| DateTime::parse_from_rfc3339(text).ok());
        let signature = value("signature").and_then(|text| URL_SAFE_NO_PAD.decode(text).ok());
        let signature = signature.and_then(|bytes| Signature::from_slice(&bytes).ok());
        match (office, sequence, hash, at, signature, words.next()) {
            (Some(office), Some(sequence), Some(hash), Some(at), Some(signature), None) => {
                Ok(Self { claimed: Checkpoint::new(office, sequence, hash, at.to_utc()), signature })
            }
            _ => Err(NotACheckpoint),
        }
    }
}

/// The key that signs checkpoints: 32 raw bytes in a file of mode 0600, outside the database and its backups.
///
/// On a machine other than the database's it also tells that a whole database was exchanged.
pub struct SigningKeyFile(SigningKey);

impl fmt::Debug for SigningKeyFile {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "SigningKeyFile({})", self.public())
    }
}

impl SigningKeyFile {
    /// Reads it. `data` is the directory of the data, if they lie in one.
    ///
    /// # Errors
    /// When there is none, when others may read it, when it is not 32 bytes, or when it lies inside `data`.
    pub fn read(path: &Path, data: Option<&Path>) -> Result<Self, SecretFileError> {
        secret_file::read(path, data).map(|seed| Self::from_seed(&seed))
    }

    /// Draws a new key and writes it to a new file.
    ///
    /// # Errors
    /// When there is a file already, when it would lie inside `data`, or when it can't be written.
    pub fn create(path: &Path, data: Option<&Path>, random: &dyn SecretRandom) -> Result<Self, SecretFileError> {
        secret_file::create(path, data, random).map(|seed| Self::from_seed(&seed))
    }

    /// The signing key of a deployment that has no file for it: derived from its key file.
    pub fn derived_from(key_file: &KeyFile) -> Self {
        Self::from_seed(&key_file.audit_signing_seed())
    }

    /// The half that verifies, to be given to whoever audits.
    pub fn public(&self) -> CheckpointPublicKey {
        CheckpointPublicKey(self.0.verifying_key())
    }

    fn from_seed(seed: &SecretBytes) -> Self {
        Self(SigningKey::from_bytes(seed.expose()))
    }
}

/// The half of the signing key that verifies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckpointPublicKey(VerifyingKey);

impl fmt::Display for CheckpointPublicKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{PUBLIC}{}", URL_SAFE_NO_PAD.encode(self.0.as_bytes()))
    }
}

/// The text is not a key that verifies checkpoints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a key that verifies checkpoints")]
pub struct NotAPublicKey;

impl FromStr for CheckpointPublicKey {
    type Err = NotAPublicKey;

    fn from_str(text: &str) -> Result<Self, NotAPublicKey> {
        let bytes = text.trim().strip_prefix(PUBLIC).and_then(|rest| URL_SAFE_NO_PAD.decode(rest).ok());
        let bytes: Option<[u8; 32]> = bytes.and_then(|bytes| bytes.try_into().ok());
        bytes.and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok()).map(Self).ok_or(NotAPublicKey)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sealing::random::seeded::SeededRandom;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn key(seed: u64) -> SigningKeyFile {
        SigningKeyFile::derived_from(&KeyFile::ephemeral(&SeededRandom::new(seed)).unwrap())
    }

    fn checkpoint() -> Checkpoint {
        let at = DateTime::from_timestamp_nanos(1_773_000_000_123_456_789);
        Checkpoint::new(OfficeId(Uuid::from_u128(1)), 12, EntryHash::from([9; 32]), at)
    }

    #[test]
    fn a_line_read_back_verifies() {
        let line = checkpoint().sign(&key(1)).to_string();
        assert!(!line.contains('\n'));
        let public = key(1).public().to_string().parse().unwrap();
        assert_eq!(line.parse::<SignedCheckpoint>().unwrap().verify(&public), Ok(checkpoint()));
    }

    #[test]
    fn another_key_did_not_sign_it() {
        assert_eq!(checkpoint().sign(&key(1)).verify(&key(2).public()), Err(NotSigned));
    }

    #[test]
    fn a_line_with_more_or_less_than_its_words_is_no_checkpoint() {
        let line = checkpoint().sign(&key(1)).to_string();
        assert!(format!("{line} more=1").parse::<SignedCheckpoint>().is_err());
        assert!(line.rsplit_once(' ').unwrap().0.parse::<SignedCheckpoint>().is_err());
        assert!(line.replace("sequence=", "number=").parse::<SignedCheckpoint>().is_err());
        assert!("".parse::<SignedCheckpoint>().is_err());
    }

    #[test]
    fn the_signing_key_is_read_from_its_file_and_not_printed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("signing");
        let made = SigningKeyFile::create(&path, None, &SeededRandom::new(1)).unwrap();
        assert_eq!(SigningKeyFile::read(&path, None).unwrap().public(), made.public());
        assert_eq!(format!("{made:?}"), format!("SigningKeyFile({})", made.public()));
    }

    proptest! {
        #[test]
        fn no_letter_of_a_line_changes_unnoticed(place in any::<prop::sample::Index>(), letter in "[0-9a-zA-Z=.:_-]") {
            let line = checkpoint().sign(&key(1)).to_string();
            let mut letters: Vec<char> = line.chars().collect();
            letters[place.index(line.len())] = letter.chars().next().unwrap();
            let changed: String = letters.into_iter().collect();
            let read = changed.parse::<SignedCheckpoint>().map_err(|_| NotSigned).and_then(|c| c.verify(&key(1).public()));
            // An identifier may be written in capitals and a `Z` as `z`: what is read is still what was signed.
            prop_assert!(read.is_err() || read == Ok(checkpoint()));
        }
    }
}
