//! Marked parts as they are stored: in the clear below TLP:AMBER+STRICT, sealed from there up; what is of a person is always sealed, under
//! that person's key.

use crate::{
    context::RequestContext,
    database::{Connection, WriteTransaction},
    error::{Failure, Outcome},
    sealing::{self, ContentKey, KeyId, SealedText, WrappedKey},
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

/// What a row's texts are sealed under.
enum SealedUnder<'a> {
    /// A key of the revision's own.
    Own(ContentKey),
    /// A key that is kept already: a person's.
    Kept(&'a ContentKey),
}

impl SealedUnder<'_> {
    const fn key(&self) -> &ContentKey {
        match self {
            Self::Own(key) => key,
            Self::Kept(key) => key,
        }
    }
}

/// Seals the parts of one revision of one row, under a key of its own or a person's.
pub(crate) struct Sealer<'a> {
    context: &'a RequestContext,
    row: Row,
    under: Option<SealedUnder<'a>>,
}

impl<'a> Sealer<'a> {
    /// For a revision of a row, which gets a key of its own if it needs one.
    pub(crate) const fn new(context: &'a RequestContext, row: Row) -> Self {
        Self { context, row, under: None }
    }

    /// For a revision of a row that is about a person, under that person's key.
    pub(crate) const fn under(context: &'a RequestContext, row: Row, key: &'a ContentKey) -> Self {
        Self { context, row, under: Some(SealedUnder::Kept(key)) }
    }

    /// The stored form of a part whose text is sealed from TLP:AMBER+STRICT up. The proof is `rows.rs`'s.
    pub(crate) fn part<T: Serialize + Clone>(&mut self, field: &'static str, part: &Marked<T>, proof: &Sealing) -> Outcome<StoredPart<T>> {
        if part.marking().is_sealed_at_rest() { self.sealed_part(field, part, proof) } else { Ok(Self::clear_part(part, proof)) }
    }

    /// The stored form of a part that is sealed at every marking: what is of a person.
    pub(crate) fn sealed_part<T: Serialize>(&mut self, field: &'static str, part: &Marked<T>, proof: &Sealing) -> Outcome<StoredPart<T>> {
        #[expect(clippy::disallowed_methods, reason = "the caller shows the proof that only rows.rs makes")]
        let value = part.expose_for_storage(proof);
        let text = serde_json::to_string(value).map_err(|_| Failure::Sealing)?;
        let sealed = self.text(field, part.marking(), &text)?;
        Ok(StoredPart { marking: part.marking(), named: part.named().clone(), kept: Kept::Sealed(sealed) })
    }

    /// A text that is sealed whatever its marking.
    pub(crate) fn text(&mut self, field: &'static str, marking: Marking, text: &str) -> Outcome<SealedText> {
        let keys = &self.context.chancery().keys;
        let under = match self.under.take() {
            Some(under) => under,
            None => SealedUnder::Own(ContentKey::generate(keys.random()).map_err(|_| Failure::Machine { what: "randomness" })?),
        };
        let place = self.row.place(self.context.office_id(), field, marking);
        let sealed = sealing::seal(under.key(), &place, text, keys.random()).map_err(|_| Failure::Sealing);
        self.under = Some(under);
        sealed
    }

    /// The stored form of a part that stays clear at every marking: an interval, an id (`docs/security.md`).
    pub(crate) fn clear_part<T: Clone>(part: &Marked<T>, proof: &Sealing) -> StoredPart<T> {
        #[expect(clippy::disallowed_methods, reason = "the caller shows the proof that only rows.rs makes")]
        let value = part.expose_for_storage(proof).clone();
        StoredPart { marking: part.marking(), named: part.named().clone(), kept: Kept::Clear(value) }
    }

    /// Stores the key, if one was needed, and gives its id for the row.
    pub(crate) async fn finish(self, transaction: &mut WriteTransaction) -> Outcome<Option<Uuid>> {
        match self.under {
            None => Ok(None),
            Some(SealedUnder::Own(key)) => keep_key(self.context, transaction, &key).await.map(Some),
            Some(SealedUnder::Kept(key)) => Ok(Some(key.id().uuid())),
        }
    }
}

/// Stores a key, and gives its id.
pub(crate) async fn keep_key(context: &RequestContext, transaction: &mut WriteTransaction, key: &ContentKey) -> Outcome<Uuid> {
    let office = context.office_id();
    let wrapped = context.chancery().keys.wrap(office, key)?;
    let text = serde_json::to_string(&wrapped).map_err(|_| Failure::Sealing)?;
    transaction.execute(INSERT_KEY, values![office, key.id().uuid(), text, context.now()]).await?;
    Ok(key.id().uuid())
}

/// Opens a key as it is stored.
pub(crate) fn open_key(context: &RequestContext, wrapped: &str) -> Outcome<ContentKey> {
    let wrapped: WrappedKey = serde_json::from_str(wrapped).map_err(|_| Failure::Corrupt { what: "sealing key" })?;
    context.chancery().keys.unwrap(context.office_id(), &wrapped)
}

/// Opens the parts of one revision of one row.
pub(crate) struct Opener {
    office: OfficeId,
    row: Row,
    key: Option<ContentKey>,
}

impl Opener {
    /// For a revision of a row, with its wrapped key as it is stored.
    pub(crate) fn new(context: &RequestContext, row: Row, wrapped: Option<&str>) -> Outcome<Self> {
        let key = wrapped.map(|text| open_key(context, text)).transpose()?;
        Ok(Self { office: context.office_id(), row, key })
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

    /// A text of the row that was sealed under a person's key.
    pub(crate) fn text_under(
        &self,
        key: &ContentKey,
        field: &'static str,
        marking: Marking,
        sealed: &SealedText,
    ) -> Outcome<Zeroizing<String>> {
        sealing::open(key, &self.row.place(self.office, field, marking), sealed).map_err(|_| Failure::Sealing)
    }
}
