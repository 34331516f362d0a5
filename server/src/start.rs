//! Starting: database, schema, keys, zones, limits.

use crate::config::{Settings, SettingsError};
use backend::{
    Chancery, Failure,
    accounts::{
        Limits,
        passwords::{PasswordError, PasswordWorkshop, WorkshopSize},
    },
    audit::checkpoint::SigningKeyFile,
    clock::{Clock, FixedClock, MachineClock, RandomIds},
    context::Inner,
    database::{Database, DatabaseError},
    installation::{self, TzStanding},
    kept::KeptOfOffices,
    keys::KeyRing,
    people,
    renewal::{self, OfficeRenewed},
    sealing::{KeyFile, OsRandom, SecretFileError},
    zones::{Disagreement, ZoneOptions, Zones, ZonesError},
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    marking::Marking,
    time::{Span, ZoneRules as _},
};
use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

/// How many may wait for a password to be hashed, for each that is being hashed.
const WAITING_FOR_EACH: usize = 16;

/// For how many days zones are compared with a second opinion at the start: two years, what offices plan for.
const COMPARED_DAYS: i64 = 730;

/// Up to which marking the operator reads, in the log and from commands.
pub const READ_BY_OPERATOR: Marking = Marking::Green;

/// Why it does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The settings can't be used.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The database can't be used.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// No key file is named.
    #[error("CHANCERY_KEY_FILE is needed: make a key by `chancery keys make PATH`, outside the folder of the data")]
    NoKeyFile,
    /// The key file can't be used.
    #[error(transparent)]
    KeyFile(#[from] SecretFileError),
    /// It is another key than the one the database was set up with.
    #[error("the key file is not the one this database was set up with")]
    WrongKeyFile,
    /// Zones can't be read.
    #[error(transparent)]
    Zones(#[from] ZonesError),
    /// Passwords can't be hashed.
    #[error(transparent)]
    Passwords(#[from] PasswordError),
    /// A folder can't be made.
    #[error("{}: {source}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Real data and a demonstration do not mix.
    #[error("this database holds {}: {}", if *.holds_demo { "a demonstration" } else { "a real office" }, if *.holds_demo { "serve it with CHANCERY_DEMO=1" } else { "a demonstration needs a database of its own" })]
    OtherPurpose {
        /// Whether it holds a demonstration.
        holds_demo: bool,
    },
    /// What is stored can't be read.
    #[error(transparent)]
    Stored(#[from] Failure),
}

/// Opens the database; a SQLite file's folder is made if it is missing.
///
/// # Errors
/// When it can't be opened.
pub async fn open_database(settings: &Settings) -> Result<Database, StartError> {
    if let Some(folder) = data_folder(settings) {
        fs::create_dir_all(&folder).map_err(|source| StartError::Folder { path: folder, source })?;
    }
    Ok(Database::open(&settings.database_url).await?)
}

/// The folder of the data, where no key may lie.
pub fn data_folder(settings: &Settings) -> Option<PathBuf> {
    let file = settings.database_file()?;
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).map(Path::to_owned)
}

/// Reads the zones' rules.
///
/// # Errors
/// When the directory given can't be used.
pub fn zones(settings: &Settings) -> Result<Zones, StartError> {
    Ok(Zones::newest(&ZoneOptions { directory: settings.tzdir.clone(), ..ZoneOptions::default() })?)
}

/// Reads the keys. They are refused where they lie with the data.
///
/// # Errors
/// When there is none, or it can't be used.
pub fn keys(settings: &Settings) -> Result<KeyRing, StartError> {
    let data = data_folder(settings);
    let path = settings.key_file.as_deref().ok_or(StartError::NoKeyFile)?;
    let file = KeyFile::read(path, data.as_deref())?;
    let signing = match &settings.signing_key_file {
        Some(path) => SigningKeyFile::read(path, data.as_deref())?,
        None => SigningKeyFile::derived_from(&file),
    };
    Ok(KeyRing::new(file, signing))
}

/// Starts: opens the database, brings its schema up to date, and opens the offices' keys. What a newer tz database moves is written.
///
/// # Errors
/// When any of it can't be had.
pub async fn start(settings: &Settings) -> Result<Chancery, StartError> {
    let chancery = open(settings).await?;
    let is_renewed = !installation::has_newer_rules(&chancery).await? || renew(&chancery).await;
    let standing = if is_renewed { installation::record_tz_version(&chancery).await? } else { TzStanding::Current };
    tell(&chancery, &standing);
    Ok(chancery)
}

/// Writes what a newer tz database moves; whether all of it is written. An office of which it is not goes on with what it has: it is tried
/// again at the next start, and by `chancery zones check`.
async fn renew(chancery: &Chancery) -> bool {
    let offices = match renewal::renew_times_of_all(chancery).await {
        Ok(offices) => offices,
        Err(failure) => {
            tracing::error!(%failure, "a newer tz database, and what it moves cannot be written");
            return false;
        }
    };
    for OfficeRenewed { context, outcome } in &offices {
        let office = context.office_id();
        match outcome {
            Ok(moved) => {
                let sharing = moved.iter().filter(|moved| moved.shares_for(READ_BY_OPERATOR)).count();
                tracing::warn!(%office, moved = moved.len(), sharing, "a newer tz database: what it moved is written, and told to whose it is");
            }
            Err(failure) => tracing::error!(%office, %failure, "a newer tz database, and what it moves of this office cannot be written"),
        }
    }
    offices.iter().all(|office| office.outcome.is_ok())
}

/// Opens the database, brings its schema up to date, opens the offices' keys, and seals what an earlier version kept of people in the clear.
///
/// # Errors
/// When any of it can't be had.
pub async fn open(settings: &Settings) -> Result<Chancery, StartError> {
    let keys = keys(settings)?;
    let zones = zones(settings)?;
    let database = open_database(settings).await?;
    database.migrate().await?;
    if let Some(recorded) = installation::installation(&database).await?
        && recorded.is_demo != settings.demo
    {
        return Err(StartError::OtherPurpose { holds_demo: recorded.is_demo });
    }
    keys.open_offices(&database).await.map_err(|failure| match failure {
        Failure::Sealing => StartError::WrongKeyFile,
        other => StartError::Stored(other),
    })?;
    let clock: Box<dyn Clock> = match settings.clock {
        Some(at) => Box::new(FixedClock(at)),
        None => Box::new(MachineClock),
    };
    let waiting = settings.passwords_at_once.get().saturating_mul(WAITING_FOR_EACH);
    let passwords = PasswordWorkshop::new(WorkshopSize { at_once: settings.passwords_at_once, waiting }, Arc::new(OsRandom))?;
    let chancery = Chancery::new(Inner {
        database,
        zones,
        clock,
        ids: Box::new(RandomIds),
        keys,
        passwords,
        limits: Limits::new(&settings.limits),
        rooms: KeptOfOffices::default(),
        people: KeptOfOffices::default(),
        public_url: settings.public_url()?,
        is_demo: settings.demo,
    });
    people::seal_what_is_clear(&chancery).await?;
    Ok(chancery)
}

/// One line on the zones: which release, from where, and whether a second opinion differs.
fn tell(chancery: &Chancery, standing: &TzStanding) {
    let zones = &chancery.zones;
    for error in zones.passed_over() {
        tracing::warn!(%error, "a newer tz database can't be used");
    }
    let differing = differing(zones, chancery.clock.now());
    let names: Vec<&str> = differing.iter().map(|found| found.zone.as_str()).collect();
    tracing::info!(version = zones.version(), source = %zones.source(), differing = ?names, "zones");
    if let TzStanding::Older { recorded } = standing {
        tracing::error!(ours = zones.version(), recorded, "the tz database is older than the one the database was written by: not ready");
    }
}

/// Zones for which chrono-tz has other offsets in the two years from then on.
pub fn differing(zones: &Zones, from: DateTime<Utc>) -> Vec<Disagreement> {
    Span::new(from, from + TimeDelta::days(COMPARED_DAYS)).map_or_else(Vec::new, |during| zones.disagreements_with_chrono_tz(during))
}
