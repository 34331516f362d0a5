//! The key file: the one secret that is not in the database, from which or under which all others are.

use super::{
    cipher::KeyId,
    codes::VersionCodeKey,
    drafts::DraftKey,
    random::{RandomnessFailed, SecretRandom},
    secret::SecretBytes,
    secret_file::{self, SecretFileError},
};
use crate::framing::Framed;
use base64::{Engine, engine::general_purpose::STANDARD};
use domain::ids::OfficeId;
use std::{fmt, path::Path, str::FromStr};
use subtle::ConstantTimeEq;

/// The key of a deployment: 32 raw bytes in a file of mode 0600, outside the data directory and every backup.
///
/// It is used for nothing directly: each use has a sub-key of its own (HKDF with SHA-256, RFC 5869).
#[derive(Debug)]
pub struct KeyFile(SecretBytes);

impl KeyFile {
    /// Reads it. `data` is the directory of the data, if they lie in one.
    ///
    /// # Errors
    /// When there is none, when others may read it, when it is not 32 bytes, or when it lies inside `data`.
    pub fn read(path: &Path, data: Option<&Path>) -> Result<Self, SecretFileError> {
        secret_file::read(path, data).map(Self)
    }

    /// Draws a new key and writes it to a new file.
    ///
    /// # Errors
    /// When there is a file already, when it would lie inside `data`, or when it can't be written.
    pub fn create(path: &Path, data: Option<&Path>, random: &dyn SecretRandom) -> Result<Self, SecretFileError> {
        secret_file::create(path, data, random).map(Self)
    }

    /// Writes this key, recovered from its wrapped form, to a new file.
    ///
    /// # Errors
    /// As [`Self::create`].
    pub fn save(&self, path: &Path, data: Option<&Path>) -> Result<(), SecretFileError> {
        secret_file::write(path, data, &self.0)
    }

    /// Draws a key that is in no file, for a process that keeps nothing.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn ephemeral(random: &dyn SecretRandom) -> Result<Self, RandomnessFailed> {
        SecretBytes::random(random).map(Self)
    }

    /// Which key file it is. Made from the key, it tells nothing of it.
    pub fn id(&self) -> KeyId {
        let derived = self.derive(Framed::new("key file id"));
        let mut id = [0; 16];
        id.copy_from_slice(&derived.expose()[..16]);
        KeyId::from_bytes(id)
    }

    /// The value kept in the database, by which a later start tells whether it was given the right key file.
    pub fn check_value(&self, office: OfficeId) -> CheckValue {
        CheckValue(*self.derive(Framed::new("check value").bytes(office.0.as_bytes())).expose())
    }

    /// Whether this is the key file that the office's database was set up with.
    ///
    /// # Errors
    /// When it is another.
    pub fn verify(&self, office: OfficeId, kept: &CheckValue) -> Result<(), WrongKeyFile> {
        if bool::from(self.check_value(office).0.ct_eq(&kept.0)) { Ok(()) } else { Err(WrongKeyFile { given: self.id() }) }
    }

    /// The key that refused forms are kept under until they are sent again.
    pub fn draft_key(&self, office: OfficeId) -> DraftKey {
        DraftKey::new(office, self.id(), self.derive(Framed::new("form drafts").bytes(office.0.as_bytes())))
    }

    /// The key of the codes on printed programmes.
    pub fn version_code_key(&self, office: OfficeId) -> VersionCodeKey {
        VersionCodeKey::new(self.derive(Framed::new("version codes").bytes(office.0.as_bytes())))
    }

    /// The key from which stand-ins in calendars have their identities.
    pub(crate) fn stand_in_key(&self, office: OfficeId) -> SecretBytes {
        self.derive(Framed::new("stand-ins in feeds").bytes(office.0.as_bytes()))
    }

    /// The key that an office's own key is wrapped under.
    pub(super) fn wrapping_key(&self, office: OfficeId) -> SecretBytes {
        self.derive(Framed::new("office key").bytes(office.0.as_bytes()))
    }

    /// The seed of the audit's signing key, where it has no file of its own.
    pub(crate) fn audit_signing_seed(&self) -> SecretBytes {
        self.derive(Framed::new("audit signing seed"))
    }

    pub(super) const fn secret(&self) -> &SecretBytes {
        &self.0
    }

    pub(super) const fn from_secret(secret: SecretBytes) -> Self {
        Self(secret)
    }

    fn derive(&self, purpose: Framed) -> SecretBytes {
        SecretBytes::derive(b"chancery key file, format 1", self.0.expose(), &purpose.finish())
    }
}

/// A value that only one key file gives, kept in the database. It tells nothing of the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckValue([u8; 32]);

impl fmt::Display for CheckValue {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&STANDARD.encode(self.0))
    }
}

/// The text is no check value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a check value of a key file")]
pub struct NotACheckValue;

impl FromStr for CheckValue {
    type Err = NotACheckValue;

    fn from_str(text: &str) -> Result<Self, NotACheckValue> {
        STANDARD.decode(text).ok().and_then(|bytes| bytes.try_into().ok()).map(Self).ok_or(NotACheckValue)
    }
}

/// The key file is not the one the database was set up with; nothing sealed would open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("key file {given} is not the one this database was set up with")]
pub struct WrongKeyFile {
    /// The key file that was given.
    pub given: KeyId,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sealing::random::seeded::SeededRandom;
    use uuid::Uuid;

    fn office(number: u128) -> OfficeId {
        OfficeId(Uuid::from_u128(number))
    }

    #[test]
    fn the_check_value_tells_the_right_key_file_from_another() {
        let right = KeyFile::ephemeral(&SeededRandom::new(1)).unwrap();
        let wrong = KeyFile::ephemeral(&SeededRandom::new(2)).unwrap();
        let kept: CheckValue = right.check_value(office(1)).to_string().parse().unwrap();
        assert_eq!(right.verify(office(1), &kept), Ok(()));
        assert_eq!(wrong.verify(office(1), &kept), Err(WrongKeyFile { given: wrong.id() }));
        assert!(right.verify(office(2), &kept).is_err());
    }

    #[test]
    fn every_use_and_every_office_has_a_key_of_its_own() {
        let key = KeyFile::ephemeral(&SeededRandom::new(1)).unwrap();
        let mut seen = vec![*key.audit_signing_seed().expose(), *key.secret().expose()];
        for office in [office(1), office(2)] {
            seen.push(*key.wrapping_key(office).expose());
            seen.push(key.check_value(office).0);
            seen.push(*key.draft_key(office).secret().expose());
            seen.push(*key.version_code_key(office).secret().expose());
            seen.push(*key.stand_in_key(office).expose());
        }
        let all = seen.len();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), all);
    }

    #[test]
    fn a_key_file_is_not_printed() {
        let key = KeyFile::ephemeral(&SeededRandom::new(1)).unwrap();
        assert_eq!(format!("{key:?}"), "KeyFile(SecretBytes(hidden))");
    }

    #[test]
    fn a_file_made_is_the_key_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let made = KeyFile::create(&path, None, &SeededRandom::new(1)).unwrap();
        assert_eq!(KeyFile::read(&path, None).unwrap().id(), made.id());
    }
}
