//! The keys between the key file and a text: one for each office, one for each version of a thing or for each person.

use super::{
    cipher::{Ciphertext, Format, KeyId, SealingError},
    key_file::KeyFile,
    random::{RandomnessFailed, SecretRandom},
    secret::SecretBytes,
};
use crate::framing::Framed;
use domain::ids::OfficeId;
use serde::{Deserialize, Serialize};

/// A key as the database keeps it: sealed under another. Destroying every copy of it destroys the key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrappedKey {
    format: Format,
    key: KeyId,
    under: KeyId,
    #[serde(flatten)]
    sealed: Ciphertext,
}

impl WrappedKey {
    /// Which key it holds.
    pub const fn key(&self) -> KeyId {
        self.key
    }

    /// The key it is sealed under: an office's, or the key file.
    pub const fn under(&self) -> KeyId {
        self.under
    }

    fn seal(
        kind: Kind,
        wrapping: (&SecretBytes, KeyId),
        wrapped: (&SecretBytes, KeyId),
        random: &dyn SecretRandom,
    ) -> Result<Self, SealingError> {
        let ((wrapping, under), (secret, key)) = (wrapping, wrapped);
        let sealed = Ciphertext::seal(wrapping, &kind.associated(Format::One, key, under), secret.expose(), random)?;
        Ok(Self { format: Format::One, key, under, sealed })
    }

    fn open(&self, kind: Kind, wrapping: &SecretBytes, given: KeyId) -> Result<SecretBytes, SealingError> {
        if self.under != given {
            return Err(SealingError::OtherKey { sealed_under: self.under, given });
        }
        let plain = self.sealed.open(wrapping, &kind.associated(self.format, self.key, self.under))?;
        SecretBytes::from_slice(&plain).ok_or(SealingError::Malformed)
    }
}

/// What is wrapped, and for whom: part of the associated data.
#[derive(Clone, Copy)]
enum Kind {
    Office(OfficeId),
    Content(OfficeId),
}

impl Kind {
    fn associated(self, format: Format, key: KeyId, under: KeyId) -> Vec<u8> {
        let (purpose, office) = match self {
            Self::Office(office) => ("wrapped office key", office),
            // Named as it was when versions alone had keys: what is wrapped must open again.
            Self::Content(office) => ("wrapped version key", office),
        };
        Framed::new(purpose)
            .number(u8::from(format).into())
            .bytes(key.as_bytes())
            .bytes(under.as_bytes())
            .bytes(office.0.as_bytes())
            .finish()
    }
}

/// An office's own random key. It outlives a change of the key file, under which it is wrapped anew.
#[derive(Debug)]
pub struct OfficeKey {
    office: OfficeId,
    id: KeyId,
    secret: SecretBytes,
}

impl OfficeKey {
    /// Draws one for a new office.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn generate(office: OfficeId, random: &dyn SecretRandom) -> Result<Self, RandomnessFailed> {
        Ok(Self { office, id: KeyId::random(random)?, secret: SecretBytes::random(random)? })
    }

    /// Opens the one the database keeps.
    ///
    /// # Errors
    /// When it is of another office, was changed, or is wrapped under another key file.
    pub fn open(office: OfficeId, key_file: &KeyFile, wrapped: &WrappedKey) -> Result<Self, SealingError> {
        let secret = wrapped.open(Kind::Office(office), &key_file.wrapping_key(office), key_file.id())?;
        Ok(Self { office, id: wrapped.key, secret })
    }

    /// The form in which the database keeps it.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn wrap(&self, key_file: &KeyFile, random: &dyn SecretRandom) -> Result<WrappedKey, SealingError> {
        let wrapping = key_file.wrapping_key(self.office);
        WrappedKey::seal(Kind::Office(self.office), (&wrapping, key_file.id()), (&self.secret, self.id), random)
    }

    /// Which key it is.
    pub const fn id(&self) -> KeyId {
        self.id
    }

    /// Whose it is.
    pub const fn office(&self) -> OfficeId {
        self.office
    }
}

/// The random key of one version of one thing, or of all that is kept of one person; what it sealed is erased with it.
#[derive(Debug)]
pub struct ContentKey {
    id: KeyId,
    secret: SecretBytes,
}

impl ContentKey {
    /// Draws one for a new version, or a new person.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn generate(random: &dyn SecretRandom) -> Result<Self, RandomnessFailed> {
        Ok(Self { id: KeyId::random(random)?, secret: SecretBytes::random(random)? })
    }

    /// Opens the one the database keeps.
    ///
    /// # Errors
    /// When it was changed or is wrapped under another office's key.
    pub fn open(office_key: &OfficeKey, wrapped: &WrappedKey) -> Result<Self, SealingError> {
        let secret = wrapped.open(Kind::Content(office_key.office), &office_key.secret, office_key.id)?;
        Ok(Self { id: wrapped.key, secret })
    }

    /// The form in which the database keeps it, until what it sealed is erased.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn wrap(&self, office_key: &OfficeKey, random: &dyn SecretRandom) -> Result<WrappedKey, SealingError> {
        let kind = Kind::Content(office_key.office);
        WrappedKey::seal(kind, (&office_key.secret, office_key.id), (&self.secret, self.id), random)
    }

    /// Which key it is.
    pub const fn id(&self) -> KeyId {
        self.id
    }

    pub(super) const fn secret(&self) -> &SecretBytes {
        &self.secret
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sealing::random::seeded::SeededRandom;
    use proptest::prelude::*;
    use uuid::Uuid;

    const OFFICE: OfficeId = OfficeId(Uuid::from_u128(1));
    const OTHER: OfficeId = OfficeId(Uuid::from_u128(2));

    #[test]
    fn keys_come_back_from_their_stored_form() {
        let random = SeededRandom::new(1);
        let key_file = KeyFile::ephemeral(&random).unwrap();
        let office_key = OfficeKey::generate(OFFICE, &random).unwrap();
        let content_key = ContentKey::generate(&random).unwrap();
        let stored_office = serde_json::to_string(&office_key.wrap(&key_file, &random).unwrap()).unwrap();
        let stored_content = serde_json::to_string(&content_key.wrap(&office_key, &random).unwrap()).unwrap();
        let office_key = OfficeKey::open(OFFICE, &key_file, &serde_json::from_str(&stored_office).unwrap()).unwrap();
        let reopened = ContentKey::open(&office_key, &serde_json::from_str(&stored_content).unwrap()).unwrap();
        assert_eq!(reopened.secret.expose(), content_key.secret.expose());
        assert_eq!(reopened.id(), content_key.id());
    }

    #[test]
    fn an_office_key_outlives_its_key_file() {
        let random = SeededRandom::new(1);
        let (old, new) = (KeyFile::ephemeral(&random).unwrap(), KeyFile::ephemeral(&random).unwrap());
        let office_key = OfficeKey::generate(OFFICE, &random).unwrap();
        let wrapped = office_key.wrap(&old, &random).unwrap();
        let rewrapped = OfficeKey::open(OFFICE, &old, &wrapped).unwrap().wrap(&new, &random).unwrap();
        assert_eq!(OfficeKey::open(OFFICE, &new, &rewrapped).unwrap().secret.expose(), office_key.secret.expose());
        assert_eq!(
            OfficeKey::open(OFFICE, &new, &wrapped).unwrap_err(),
            SealingError::OtherKey { sealed_under: old.id(), given: new.id() }
        );
    }

    #[test]
    fn one_offices_key_opens_nothing_of_anothers() {
        let random = SeededRandom::new(1);
        let key_file = KeyFile::ephemeral(&random).unwrap();
        let wrapped = OfficeKey::generate(OFFICE, &random).unwrap().wrap(&key_file, &random).unwrap();
        assert_eq!(OfficeKey::open(OTHER, &key_file, &wrapped).unwrap_err(), SealingError::DoesNotOpen);
    }

    #[test]
    fn a_wrapped_key_of_one_kind_is_not_taken_for_the_other() {
        let random = SeededRandom::new(1);
        let office_key = OfficeKey::generate(OFFICE, &random).unwrap();
        let key_file = KeyFile::ephemeral(&random).unwrap();
        let wrapped = office_key.wrap(&key_file, &random).unwrap();
        let forged = WrappedKey { under: office_key.id, ..wrapped };
        assert_eq!(ContentKey::open(&office_key, &forged).unwrap_err(), SealingError::DoesNotOpen);
    }

    proptest! {
        #[test]
        fn any_changed_bit_of_a_wrapped_key_is_noticed(bit in any::<usize>()) {
            let random = SeededRandom::new(1);
            let office_key = OfficeKey::generate(OFFICE, &random).unwrap();
            let wrapped = ContentKey::generate(&random).unwrap().wrap(&office_key, &random).unwrap();
            let changed = WrappedKey { sealed: wrapped.sealed.with_bit_turned(bit), ..wrapped.clone() };
            prop_assert_eq!(ContentKey::open(&office_key, &changed).unwrap_err(), SealingError::DoesNotOpen);
            let renamed = WrappedKey { key: KeyId::from(Uuid::from_u128(wrapped.key.uuid().as_u128() ^ (1 << (bit % 128)))), ..wrapped };
            prop_assert_eq!(ContentKey::open(&office_key, &renamed).unwrap_err(), SealingError::DoesNotOpen);
        }
    }
}
