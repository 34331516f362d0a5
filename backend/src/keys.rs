//! The keys the program holds while it runs.

use crate::{
    audit::checkpoint::SigningKeyFile,
    context::RequestContext,
    database::{Connection, Database, WriteTransaction},
    error::{Failure, Outcome},
    sealing::{CheckValue, ContentKey, KeyFile, OfficeKey, OsRandom, SecretRandom, WrappedKey},
    statements, values,
};
use domain::ids::OfficeId;
use std::{
    collections::HashMap,
    str::FromStr,
    sync::{Arc, PoisonError, RwLock},
};

statements! {
    OFFICE_KEYS = "SELECT office_id, wrapped, check_value FROM office_keys";
    INSERT_OFFICE_KEY = "INSERT INTO office_keys (office_id, wrapped, check_value, made_at) VALUES ($1, $2, $3, $4)";
}

#[derive(sqlx_macros::FromRow)]
struct OfficeKeyRow {
    office_id: uuid::Uuid,
    wrapped: String,
    check_value: String,
}

/// The key file, and the offices' keys opened with it.
pub struct KeyRing {
    file: KeyFile,
    signing: SigningKeyFile,
    offices: RwLock<HashMap<OfficeId, Arc<OfficeKey>>>,
}

impl std::fmt::Debug for KeyRing {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("KeyRing")
    }
}

impl KeyRing {
    /// With no office's key opened yet.
    pub fn new(file: KeyFile, signing: SigningKeyFile) -> Self {
        Self { file, signing, offices: RwLock::new(HashMap::new()) }
    }

    /// Opens the keys of all offices in the database.
    ///
    /// # Errors
    /// When the key file is not the one they were wrapped under.
    pub async fn open_offices(&self, database: &Database) -> Outcome<()> {
        let rows: Vec<OfficeKeyRow> = database.read().await?.all(OFFICE_KEYS, values![]).await?;
        for row in rows {
            let office = OfficeId(row.office_id);
            let check = CheckValue::from_str(&row.check_value).map_err(|_| Failure::Corrupt { what: "key check value" })?;
            self.file.verify(office, &check).map_err(|_| Failure::Sealing)?;
            let wrapped: WrappedKey = serde_json::from_str(&row.wrapped).map_err(|_| Failure::Corrupt { what: "office key" })?;
            let key = OfficeKey::open(office, &self.file, &wrapped).map_err(|_| Failure::Sealing)?;
            self.keep(office, key);
        }
        Ok(())
    }

    /// Makes the key of a new office.
    ///
    /// # Errors
    /// When there is no randomness, or the database refuses.
    pub(crate) async fn make_office(&self, transaction: &mut WriteTransaction, context: &RequestContext) -> Outcome<()> {
        let office = context.office_id();
        let key = OfficeKey::generate(office, self.random()).map_err(|_| Failure::Machine { what: "randomness" })?;
        let wrapped = key.wrap(&self.file, self.random()).map_err(|_| Failure::Sealing)?;
        let text = serde_json::to_string(&wrapped).map_err(|_| Failure::Sealing)?;
        let check = self.file.check_value(office).to_string();
        transaction.execute(INSERT_OFFICE_KEY, values![office, text, check, context.now()]).await?;
        self.keep(office, key);
        Ok(())
    }

    fn keep(&self, office: OfficeId, key: OfficeKey) {
        self.offices.write().unwrap_or_else(PoisonError::into_inner).insert(office, Arc::new(key));
    }

    /// Whether an office's key is open.
    pub fn holds(&self, office: OfficeId) -> bool {
        self.offices.read().unwrap_or_else(PoisonError::into_inner).contains_key(&office)
    }

    fn office(&self, office: OfficeId) -> Outcome<Arc<OfficeKey>> {
        self.offices.read().unwrap_or_else(PoisonError::into_inner).get(&office).cloned().ok_or(Failure::Sealing)
    }

    /// The operating system's randomness.
    pub fn random(&self) -> &'static dyn SecretRandom {
        &OsRandom
    }

    /// The key file, for what is derived from it.
    pub const fn file(&self) -> &KeyFile {
        &self.file
    }

    /// The key that signs checkpoints of the record.
    pub const fn signing(&self) -> &SigningKeyFile {
        &self.signing
    }

    pub(crate) fn wrap(&self, office: OfficeId, key: &ContentKey) -> Outcome<WrappedKey> {
        key.wrap(self.office(office)?.as_ref(), self.random()).map_err(|_| Failure::Sealing)
    }

    pub(crate) fn unwrap(&self, office: OfficeId, wrapped: &WrappedKey) -> Outcome<ContentKey> {
        ContentKey::open(self.office(office)?.as_ref(), wrapped).map_err(|_| Failure::Sealing)
    }
}
