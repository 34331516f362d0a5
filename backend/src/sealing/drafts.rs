//! Forms that were refused, kept sealed for the session that sent them.

use super::{
    cipher::{Format, KeyId, SealingError},
    random::SecretRandom,
    secret::SecretBytes,
    text::{SealedText, open_padded, seal_padded},
};
use crate::framing::Framed;
use domain::ids::{DraftId, OfficeId, SessionId};
use zeroize::Zeroizing;

/// The key that an office's form drafts are sealed under. They live for an hour, so none has a key of its own.
#[derive(Debug)]
pub struct DraftKey {
    office: OfficeId,
    id: KeyId,
    secret: SecretBytes,
}

impl DraftKey {
    pub(super) const fn new(office: OfficeId, id: KeyId, secret: SecretBytes) -> Self {
        Self { office, id, secret }
    }

    #[cfg(test)]
    pub(super) const fn secret(&self) -> &SecretBytes {
        &self.secret
    }

    /// Seals what was typed, for one draft of one session.
    ///
    /// # Errors
    /// When it is too long, or when there is no randomness.
    pub fn seal(&self, draft: DraftId, session: SessionId, typed: &str, random: &dyn SecretRandom) -> Result<SealedText, SealingError> {
        seal_padded(&self.secret, self.id, &self.associated(Format::One, draft, session), typed, random)
    }

    /// Opens it for that session.
    ///
    /// # Errors
    /// When it is another session's or another draft, was changed, or was sealed under another key file.
    pub fn open(&self, draft: DraftId, session: SessionId, sealed: &SealedText) -> Result<Zeroizing<String>, SealingError> {
        open_padded(&self.secret, self.id, &self.associated(sealed.format(), draft, session), sealed)
    }

    fn associated(&self, format: Format, draft: DraftId, session: SessionId) -> Vec<u8> {
        Framed::new("form draft")
            .number(u8::from(format).into())
            .bytes(self.id.as_bytes())
            .bytes(self.office.0.as_bytes())
            .bytes(draft.0.as_bytes())
            .bytes(session.0.as_bytes())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sealing::{KeyFile, random::seeded::SeededRandom};
    use uuid::Uuid;

    #[test]
    fn a_draft_opens_for_its_own_session_only() {
        let random = SeededRandom::new(1);
        let key_file = KeyFile::ephemeral(&random).unwrap();
        let key = key_file.draft_key(OfficeId(Uuid::from_u128(1)));
        let (draft, session) = (DraftId(Uuid::from_u128(2)), SessionId(Uuid::from_u128(3)));
        let sealed = key.seal(draft, session, "title=Lunch", &random).unwrap();
        assert_eq!(*key.open(draft, session, &sealed).unwrap(), "title=Lunch");
        let refused = Err(SealingError::DoesNotOpen);
        assert_eq!(key.open(draft, SessionId(Uuid::from_u128(4)), &sealed), refused);
        assert_eq!(key.open(DraftId(Uuid::from_u128(4)), session, &sealed), refused);
        assert_eq!(key_file.draft_key(OfficeId(Uuid::from_u128(2))).open(draft, session, &sealed), refused);
    }
}
