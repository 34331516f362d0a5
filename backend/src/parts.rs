//! Marked parts as they are stored: in the clear below TLP:AMBER+STRICT, sealed from there up.

use crate::{
    context::RequestContext,
    database::{Connection, WriteTransaction},
    error::{Failure, Outcome},
    sealing::{self, KeyId, SealedText, VersionKey, WrappedKey},
    statements, values,
};
use domain::{
    ids::{AccountId, OfficeId},
    marking::{Marked, Marking, Scope, Sealing},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::BTreeSet;
use uuid::Uuid;
use zeroize::Zeroizing;

statements! {
    INSERT_KEY = "INSERT INTO sealing_keys (office_id, id, wrapped, made_at) VALUES ($1, $2, $3, $4)";
}

/// A part of a row's body.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct StoredPart<T> {
    marking: Marking,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    named: BTreeSet<AccountId>,
    kept: Kept<T>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kept<T> {
    Clear(T),
    Sealed(SealedText),
}

impl<T> StoredPart<T> {
    /// The key it is sealed under; none of a part in the clear.
    pub(crate) const fn key(&self) -> Option<KeyId> {
        match &self.kept {
            Kept::Clear(_) => None,
            Kept::Sealed(sealed) => Some(sealed.key()),
        }
    }
}

/// Where a part belongs: sealed there, it opens there and nowhere else.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    /// The table.
    pub(crate) table: &'static str,
    /// The thing.
    pub(crate) id: Uuid,
    /// Its revision.
    pub(crate) revision: i64,
}

impl Row {
    fn place(self, office: OfficeId, field: &'static str, marking: Marking) -> sealing::Context<'static> {
        sealing::Context { office, table: self.table, row: self.id, field, version: self.revision.unsigned_abs(), marking }
    }
}

/// Seals the parts of one revision of one row under a key of its own.
pub(crate) struct Sealer<'a> {
    context: &'a RequestContext,
    row: Row,
    key: Option<VersionKey>,
}

impl<'a> Sealer<'a> {
    /// For a revision of a row.
    pub(crate) const fn new(context: &'a RequestContext, row: Row) -> Self {
        Self { context, row, key: None }
    }

    /// The stored form of a part whose text is sealed from TLP:AMBER+STRICT up. The proof is `rows.rs`'s.
    pub(crate) fn part<T: Serialize + Clone>(&mut self, field: &'static str, part: &Marked<T>, proof: &Sealing) -> Outcome<StoredPart<T>> {
        #[expect(clippy::disallowed_methods, reason = "the caller shows the proof that only rows.rs makes")]
        let value = part.expose_for_storage(proof);
        let (marking, named) = (part.marking(), part.named().clone());
        if !marking.is_sealed_at_rest() {
            return Ok(StoredPart { marking, named, kept: Kept::Clear(value.clone()) });
        }
        let text = serde_json::to_string(value).map_err(|_| Failure::Sealing)?;
        let sealed = self.text(field, marking, &text)?;
        Ok(StoredPart { marking, named, kept: Kept::Sealed(sealed) })
    }

    /// A text that is sealed whatever its marking.
    pub(crate) fn text(&mut self, field: &'static str, marking: Marking, text: &str) -> Outcome<SealedText> {
        let keys = &self.context.chancery().keys;
        let key = match self.key.take() {
            Some(key) => key,
            None => VersionKey::generate(keys.random()).map_err(|_| Failure::Machine { what: "randomness" })?,
        };
        let place = self.row.place(self.context.office_id(), field, marking);
        let sealed = sealing::seal(&key, &place, text, keys.random()).map_err(|_| Failure::Sealing)?;
        self.key = Some(key);
        Ok(sealed)
    }

    /// The stored form of a part that stays clear at every marking: an interval, an id (`docs/security.md`).
    pub(crate) fn clear_part<T: Clone>(part: &Marked<T>, proof: &Sealing) -> StoredPart<T> {
        #[expect(clippy::disallowed_methods, reason = "the caller shows the proof that only rows.rs makes")]
        let value = part.expose_for_storage(proof).clone();
        StoredPart { marking: part.marking(), named: part.named().clone(), kept: Kept::Clear(value) }
    }

    /// Stores the key, if one was needed, and gives its id for the row.
    pub(crate) async fn finish(self, transaction: &mut WriteTransaction) -> Outcome<Option<Uuid>> {
        let Some(key) = self.key else { return Ok(None) };
        let office = self.context.office_id();
        let wrapped = self.context.chancery().keys.wrap(office, &key)?;
        let text = serde_json::to_string(&wrapped).map_err(|_| Failure::Sealing)?;
        transaction.execute(INSERT_KEY, values![office, key.id().uuid(), text, self.context.now()]).await?;
        Ok(Some(key.id().uuid()))
    }
}

/// Opens the parts of one revision of one row.
pub(crate) struct Opener {
    office: OfficeId,
    row: Row,
    key: Option<VersionKey>,
}

impl Opener {
    /// For a revision of a row, with its wrapped key as it is stored.
    pub(crate) fn new(context: &RequestContext, row: Row, wrapped: Option<&str>) -> Outcome<Self> {
        let office = context.office_id();
        let key = match wrapped {
            None => None,
            Some(text) => {
                let wrapped: WrappedKey = serde_json::from_str(text).map_err(|_| Failure::Corrupt { what: "sealing key" })?;
                Some(context.chancery().keys.unwrap(office, &wrapped)?)
            }
        };
        Ok(Self { office, row, key })
    }

    /// The part, marked.
    pub(crate) fn part<T: DeserializeOwned>(&self, field: &'static str, scope: Scope, stored: StoredPart<T>) -> Outcome<Marked<T>> {
        let value = match stored.kept {
            Kept::Clear(value) => value,
            Kept::Sealed(sealed) => {
                let text = self.text(field, stored.marking, &sealed)?;
                serde_json::from_str(&text).map_err(|_| Failure::Corrupt { what: "sealed part" })?
            }
        };
        Ok(Marked::with_list(stored.marking, scope, stored.named, value))
    }

    /// A text that was sealed whatever its marking.
    pub(crate) fn text(&self, field: &'static str, marking: Marking, sealed: &SealedText) -> Outcome<Zeroizing<String>> {
        let key = self.key.as_ref().ok_or(Failure::Sealing)?;
        sealing::open(key, &self.row.place(self.office, field, marking), sealed).map_err(|_| Failure::Sealing)
    }
}
