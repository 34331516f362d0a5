//! A way back when the key file is lost: the key wrapped to a public key whose secret half is kept offline.
//!
//! Elliptic-curve Diffie–Hellman over Curve25519 (RFC 7748) with a fresh key for each envelope, HKDF with SHA-256
//! (RFC 5869) over both public keys, then the one cipher. An envelope may lie in the database and in backups; the secret
//! half is printed or put on a card, kept in a safe, and tried out before it is needed.

use super::{
    cipher::{Ciphertext, Format, KeyId, SealingError, base64_text},
    key_file::KeyFile,
    random::{RandomnessFailed, SecretRandom},
    secret::SecretBytes,
};
use crate::framing::Framed;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

const PUBLIC: &str = "chancery-recovery-public-1.";
const SECRET: &str = "chancery-recovery-secret-1.";

/// The text is no recovery key of the kind asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a recovery key of this kind")]
pub struct NotARecoveryKey;

/// The half that the server knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecoveryPublicKey(PublicKey);

impl fmt::Display for RecoveryPublicKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{PUBLIC}{}", URL_SAFE_NO_PAD.encode(self.0.as_bytes()))
    }
}

impl FromStr for RecoveryPublicKey {
    type Err = NotARecoveryKey;

    fn from_str(text: &str) -> Result<Self, NotARecoveryKey> {
        let secret = decode(text, PUBLIC)?;
        Ok(Self(PublicKey::from(*secret.expose())))
    }
}

/// The half that is kept offline.
pub struct RecoverySecretKey(StaticSecret);

impl fmt::Debug for RecoverySecretKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("RecoverySecretKey(hidden)")
    }
}

impl RecoverySecretKey {
    /// Draws one.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn generate(random: &dyn SecretRandom) -> Result<Self, RandomnessFailed> {
        SecretBytes::random(random).map(|secret| Self(StaticSecret::from(*secret.expose())))
    }

    /// Reads it from the text it was printed as.
    ///
    /// # Errors
    /// When the text is not of that form.
    pub fn parse(text: &str) -> Result<Self, NotARecoveryKey> {
        decode(text, SECRET).map(|secret| Self(StaticSecret::from(*secret.expose())))
    }

    /// The text to be printed once and kept offline.
    pub fn to_text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(SECRET.len() + 44));
        text.push_str(SECRET);
        URL_SAFE_NO_PAD.encode_string(self.0.as_bytes(), &mut text);
        text
    }

    /// The other half.
    pub fn public(&self) -> RecoveryPublicKey {
        RecoveryPublicKey(PublicKey::from(&self.0))
    }

    /// Opens an envelope.
    ///
    /// # Errors
    /// When it was made for another key, or was changed.
    pub fn open(&self, envelope: &RecoveryEnvelope) -> Result<KeyFile, SealingError> {
        let parties = Parties { ephemeral: PublicKey::from(envelope.ephemeral), recipient: self.public().0 };
        let secret = parties.agree(&self.0)?;
        let plain = envelope.sealed.open(&secret, &parties.associated(envelope.format, envelope.key_file))?;
        let opened = KeyFile::from_secret(SecretBytes::from_slice(&plain).ok_or(SealingError::Malformed)?);
        if opened.id() == envelope.key_file { Ok(opened) } else { Err(SealingError::Malformed) }
    }
}

/// A key file wrapped to an offline key. To be made anew whenever the key file or the offline key changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveryEnvelope {
    format: Format,
    key_file: KeyId,
    #[serde(with = "base64_text")]
    ephemeral: [u8; 32],
    #[serde(flatten)]
    sealed: Ciphertext,
}

impl RecoveryEnvelope {
    /// Wraps a key file to the offline key.
    ///
    /// # Errors
    /// When there is no randomness, or when the public key is one that gives no secret (RFC 7748 section 6.1).
    pub fn make(key_file: &KeyFile, to: &RecoveryPublicKey, random: &dyn SecretRandom) -> Result<Self, SealingError> {
        let ephemeral = RecoverySecretKey::generate(random)?;
        let parties = Parties { ephemeral: ephemeral.public().0, recipient: to.0 };
        let secret = parties.agree(&ephemeral.0)?;
        let associated = parties.associated(Format::One, key_file.id());
        let sealed = Ciphertext::seal(&secret, &associated, key_file.secret().expose(), random)?;
        Ok(Self { format: Format::One, key_file: key_file.id(), ephemeral: parties.ephemeral.to_bytes(), sealed })
    }

    /// Which key file is inside.
    pub const fn key_file(&self) -> KeyId {
        self.key_file
    }
}

struct Parties {
    ephemeral: PublicKey,
    recipient: PublicKey,
}

impl Parties {
    /// The secret both sides arrive at, whichever half they hold.
    fn agree(&self, own: &StaticSecret) -> Result<SecretBytes, SealingError> {
        let other = if PublicKey::from(own) == self.recipient { &self.ephemeral } else { &self.recipient };
        let shared = own.diffie_hellman(other);
        if !shared.was_contributory() {
            return Err(SealingError::DoesNotOpen);
        }
        let info = self.framed("recovery secret").finish();
        Ok(SecretBytes::derive(b"chancery recovery, format 1", shared.as_bytes(), &info))
    }

    fn associated(&self, format: Format, key_file: KeyId) -> Vec<u8> {
        self.framed("recovery envelope").number(u8::from(format).into()).bytes(key_file.as_bytes()).finish()
    }

    fn framed(&self, purpose: &str) -> Framed {
        Framed::new(purpose).bytes(self.ephemeral.as_bytes()).bytes(self.recipient.as_bytes())
    }
}

fn decode(text: &str, prefix: &str) -> Result<SecretBytes, NotARecoveryKey> {
    let bytes = text.trim().strip_prefix(prefix).and_then(|rest| URL_SAFE_NO_PAD.decode(rest).ok()).map(Zeroizing::new);
    bytes.and_then(|bytes| SecretBytes::from_slice(&bytes)).ok_or(NotARecoveryKey)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sealing::{
        ContentKey, Context, OfficeKey, open,
        random::{OsRandom, seeded::SeededRandom},
        seal,
    };
    use domain::{ids::OfficeId, marking::Marking};
    use proptest::prelude::*;
    use std::fs;
    use uuid::Uuid;

    /// The whole way: an office at work, its key file lost, the envelope opened offline, the office at work again.
    #[test]
    fn a_lost_key_file_comes_back_and_opens_what_was_sealed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let office = OfficeId(Uuid::from_u128(1));
        let context = Context { office, table: "notes", row: Uuid::from_u128(2), field: "body", version: 1, marking: Marking::Red };

        let offline = RecoverySecretKey::generate(&OsRandom).unwrap();
        let (printed, configured) = (offline.to_text(), offline.public().to_string());
        let key_file = KeyFile::create(&path, None, &OsRandom).unwrap();
        let envelope = RecoveryEnvelope::make(&key_file, &configured.parse().unwrap(), &OsRandom).unwrap();
        let stored_envelope = serde_json::to_string(&envelope).unwrap();
        let check = key_file.check_value(office);
        let office_key = OfficeKey::generate(office, &OsRandom).unwrap();
        let version_key = ContentKey::generate(&OsRandom).unwrap();
        let text = seal(&version_key, &context, "Gate 4, not gate 2", &OsRandom).unwrap();
        let wrapped_office = office_key.wrap(&key_file, &OsRandom).unwrap();
        let wrapped_version = version_key.wrap(&office_key, &OsRandom).unwrap();
        drop((key_file, office_key, version_key, offline));
        fs::remove_file(&path).unwrap();

        let offline = RecoverySecretKey::parse(&printed).unwrap();
        let recovered = offline.open(&serde_json::from_str(&stored_envelope).unwrap()).unwrap();
        recovered.verify(office, &check).unwrap();
        recovered.save(&path, None).unwrap();
        let key_file = KeyFile::read(&path, None).unwrap();
        let office_key = OfficeKey::open(office, &key_file, &wrapped_office).unwrap();
        let version_key = ContentKey::open(&office_key, &wrapped_version).unwrap();
        assert_eq!(*open(&version_key, &context, &text).unwrap(), "Gate 4, not gate 2");
    }

    #[test]
    fn another_offline_key_opens_nothing() {
        let random = SeededRandom::new(1);
        let [right, wrong] = [(); 2].map(|()| RecoverySecretKey::generate(&random).unwrap());
        let envelope = RecoveryEnvelope::make(&KeyFile::ephemeral(&random).unwrap(), &right.public(), &random).unwrap();
        assert!(right.open(&envelope).is_ok());
        assert_eq!(wrong.open(&envelope).unwrap_err(), SealingError::DoesNotOpen);
    }

    #[test]
    fn a_public_key_that_gives_no_secret_is_refused() {
        let random = SeededRandom::new(1);
        let null = RecoveryPublicKey(PublicKey::from([0; 32]));
        assert!(RecoveryEnvelope::make(&KeyFile::ephemeral(&random).unwrap(), &null, &random).is_err());
    }

    #[test]
    fn the_two_halves_are_not_taken_for_each_other() {
        let key = RecoverySecretKey::generate(&SeededRandom::new(1)).unwrap();
        assert!(RecoverySecretKey::parse(&key.public().to_string()).is_err());
        assert!(key.to_text().parse::<RecoveryPublicKey>().is_err());
        assert_eq!(format!("{key:?}"), "RecoverySecretKey(hidden)");
    }

    proptest! {
        #[test]
        fn any_changed_bit_of_an_envelope_is_noticed(bit in any::<usize>()) {
            let random = SeededRandom::new(1);
            let key = RecoverySecretKey::generate(&random).unwrap();
            let envelope = RecoveryEnvelope::make(&KeyFile::ephemeral(&random).unwrap(), &key.public(), &random).unwrap();
            let changed = RecoveryEnvelope { sealed: envelope.sealed.with_bit_turned(bit), ..envelope.clone() };
            prop_assert!(key.open(&changed).is_err());
            let mut ephemeral = envelope.ephemeral;
            ephemeral[bit % 32] ^= 1 << (bit / 32 % 8);
            let changed = RecoveryEnvelope { ephemeral, ..envelope };
            prop_assert!(key.open(&changed).is_err());
        }
    }
}
