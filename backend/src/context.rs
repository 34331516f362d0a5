//! Who acts, when, and with what: the only source of now and of randomness for a use case.

use crate::{
    accounts::idempotency::Ticket,
    clock::{Clock, Ids},
    database::{Database, DatabaseError, ReadConnection, Statements, WriteTransaction, dialect},
    error::{Failure, Outcome},
    keys::KeyRing,
    offices::public_address,
    zones::Zones,
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    audit::Way,
    ids::{AccountId, OfficeId, RequestId},
    marking::Reader,
    offices::Office,
    permission::Actor,
    time::{ZoneRules, wall_at},
};
use std::{future::Future, sync::Arc};
use uuid::Uuid;

/// The program as it runs: what all requests share.
#[derive(Clone)]
pub struct Chancery {
    inner: Arc<Inner>,
}

/// What [`Chancery`] is made of.
pub struct Inner {
    /// Database.
    pub database: Database,
    /// Rules of the world's zones.
    pub zones: Zones,
    /// Clock.
    pub clock: Box<dyn Clock>,
    /// Maker of identifiers.
    pub ids: Box<dyn Ids>,
    /// Keys of what is sealed and signed.
    pub keys: KeyRing,
    /// Passwords, hashed off the threads that serve.
    pub passwords: crate::accounts::passwords::PasswordWorkshop,
    /// Limits of sign-in and of the API.
    pub limits: crate::accounts::Limits,
    /// The rooms of each office, kept at hand.
    pub rooms: crate::kept::KeptOfOffices<[domain::rooms::Room]>,
    /// The people of each office, kept at hand.
    pub people: crate::kept::KeptOfOffices<crate::people::kept::People>,
    /// Where the program is reached, without a slash at the end. What leads to an office's pages begins with
    /// [`RequestContext::public_address`].
    pub public_url: String,
    /// Whether this is a demonstration.
    pub is_demo: bool,
}

impl std::fmt::Debug for Chancery {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Chancery({})", self.inner.database.engine())
    }
}

impl std::ops::Deref for Chancery {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.inner
    }
}

impl Chancery {
    /// Puts it together.
    pub fn new(inner: Inner) -> Self {
        Self { inner: Arc::new(inner) }
    }

    /// Where the pages of an office are reached, without a slash at the end.
    pub fn public_address_of(&self, office: &Office) -> String {
        public_address(&self.public_url, office.host_name.as_ref())
    }

    /// The context of a request by this actor in this office.
    pub fn context(&self, office: Arc<Office>, actor: Actor) -> RequestContext {
        RequestContext {
            now: self.clock.now(),
            request_id: RequestId(self.ids.next()),
            chancery: self.clone(),
            office,
            actor,
            idempotency: None,
            statements: Statements::at_hand(),
            way: Way::Page,
            is_shown: true,
        }
    }
}

/// The network address a request came from, as far as the proxies in between are trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestedFrom(pub std::net::IpAddr);

/// One request: who acts, in which office, and when.
#[derive(Debug, Clone)]
pub struct RequestContext {
    chancery: Chancery,
    office: Arc<Office>,
    actor: Actor,
    now: DateTime<Utc>,
    request_id: RequestId,
    idempotency: Option<Ticket>,
    statements: Statements,
    way: Way,
    is_shown: bool,
}

impl RequestContext {
    /// The program.
    pub const fn chancery(&self) -> &Chancery {
        &self.chancery
    }

    /// The office.
    pub fn office(&self) -> &Office {
        &self.office
    }

    /// The office's identifier.
    pub fn office_id(&self) -> OfficeId {
        self.office.id
    }

    /// Where the office's pages are reached, without a slash at the end: what every link begins with that is handed out.
    pub fn public_address(&self) -> String {
        self.chancery.public_address_of(&self.office)
    }

    /// Who acts.
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }

    /// Who acts, as a reader.
    pub const fn reader(&self) -> &Reader {
        self.actor.reader()
    }

    /// The account that acts.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn account(&self) -> Outcome<AccountId> {
        self.actor.account().ok_or(Failure::SignIn)
    }

    /// When the request began; the same throughout.
    pub const fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Today, on the office's clocks.
    pub fn today(&self) -> NaiveDate {
        wall_at(&self.chancery.zones, &self.office.details.zone, self.now)
            .map_or_else(|_| self.now.date_naive(), |moment| moment.local.date())
    }

    /// The request's identifier, quoted in errors.
    pub const fn request_id(&self) -> RequestId {
        self.request_id
    }

    /// The same request under an idempotency key: what it does is noted under the key in the transaction that does it.
    #[must_use]
    pub fn under_key(&self, ticket: Ticket) -> Self {
        Self { idempotency: Some(ticket), ..self.clone() }
    }

    /// The same request, where it does what its key is not for.
    pub(crate) fn beside_key(&self) -> Self {
        Self { idempotency: None, ..self.clone() }
    }

    /// The same request, whose answers leave by another way than a page.
    #[must_use]
    pub fn by(&self, way: Way) -> Self {
        Self { way, ..self.clone() }
    }

    /// By which way its answers leave.
    pub const fn way(&self) -> Way {
        self.way
    }

    /// The same request, of which nothing is shown: what it reads is only compared with what was shown before, and is not delivered
    /// to anybody.
    #[must_use]
    pub fn only_compared(&self) -> Self {
        Self { is_shown: false, ..self.clone() }
    }

    /// Whether what it reads is shown to who asks.
    pub(crate) const fn is_shown(&self) -> bool {
        self.is_shown
    }

    pub(crate) const fn ticket(&self) -> Option<&Ticket> {
        self.idempotency.as_ref()
    }

    /// Rules of the world's zones.
    pub fn zones(&self) -> &dyn ZoneRules {
        &self.chancery.zones
    }

    /// A new identifier.
    pub fn new_id<T: From<Uuid>>(&self) -> T {
        T::from(self.chancery.ids.next())
    }

    /// The same request by another actor: after sign-in, or as one account sees it.
    #[must_use]
    pub fn as_actor(&self, actor: Actor) -> Self {
        Self { actor, ..self.clone() }
    }

    /// The same under the identifier that the process gave the request when it came in.
    #[must_use]
    pub const fn under(mut self, request_id: RequestId) -> Self {
        self.request_id = request_id;
        self
    }

    /// A connection to read with.
    ///
    /// # Errors
    /// When none can be had.
    pub async fn read(&self) -> Outcome<ReadConnection> {
        Ok(self.chancery.database.read().await?.counted_by(&self.statements))
    }

    /// A transaction to write with, under the office's lock: writes of one office follow one another. The office's open pages are
    /// told when it is committed.
    ///
    /// # Errors
    /// When none can be had.
    pub async fn write(&self) -> Outcome<WriteTransaction> {
        let mut transaction = self.chancery.database.write().await?.counted_by(&self.statements);
        dialect::lock_office(&mut transaction, self.office_id()).await?;
        Ok(transaction.told_to(self.office_id()))
    }
}

/// How often a use case is tried again when another transaction came in between.
const TRIES: u32 = 4;

/// Runs a use case again when another transaction came in between (SQLSTATE 40001 and 40P01): nothing of the first try stays.
///
/// # Errors
/// As the use case, and when every try met another transaction.
pub async fn retried<T, F, R>(mut attempt: F) -> Outcome<T>
where
    F: FnMut() -> R,
    R: Future<Output = Outcome<T>>,
{
    let mut tries = 1;
    loop {
        match attempt().await {
            Err(Failure::Database(DatabaseError::Contended { .. })) if tries < TRIES => tries += 1,
            other => return other,
        }
    }
}
