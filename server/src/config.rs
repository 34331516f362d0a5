//! Settings: from a TOML file, then the environment. Each is described once, in [`SETTINGS`], and shown with its default in
//! `chancery serve --help`.

use crate::{
    proxies::{NotABlock, TrustedProxies},
    telemetry::LogFormat,
};
use backend::accounts::limits::LimitSettings;
use chrono::{DateTime, Utc};
use figment::{
    Figment,
    providers::{Env, Format, Toml},
};
use serde::Deserialize;
use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    num::NonZeroUsize,
    path::{Path, PathBuf},
};

/// One setting, as the help shows it.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// Its name in the file.
    pub name: &'static str,
    /// Its variable in the environment.
    pub variable: &'static str,
    /// Its default, in words.
    pub default: &'static str,
    /// What it is.
    pub says: &'static str,
}

macro_rules! settings {
    ($($name:literal, $variable:literal, $default:literal, $says:literal;)*) => {
        /// All settings.
        pub const SETTINGS: &[Setting] =
            &[$(Setting { name: $name, variable: $variable, default: $default, says: $says }),*];
    };
}

settings! {
    "database_url", "DATABASE_URL", "sqlite:data/chancery.db", "Database: sqlite:FILE or postgres://…";
    "addr", "CHANCERY_ADDR", "127.0.0.1:3000", "Address to listen on";
    "public_url", "CHANCERY_PUBLIC_URL", "http://ADDR on loopback", "Where pages are reached, https unless on loopback";
    "key_file", "CHANCERY_KEY_FILE", "none: it must be given", "Key file (make one by `chancery keys make PATH`)";
    "signing_key_file", "CHANCERY_SIGNING_KEY_FILE", "derived from the key file", "Key that signs checkpoints of the record";
    "demo", "CHANCERY_DEMO", "0", "1: a demonstration with invented data, on loopback only";
    "clock", "CHANCERY_CLOCK", "the machine's", "Fixed time of a demonstration (RFC 3339)";
    "tzdir", "CHANCERY_TZDIR", "the newest of the system's and the built-in", "Directory of a compiled tz database";
    "trusted_proxies", "CHANCERY_TRUSTED_PROXIES", "none", "Proxies whose X-Forwarded-For is believed: 10.0.0.0/8,::1";
    "site_root", "LEPTOS_SITE_ROOT", "target/site", "Folder of the browser's half";
    "metrics_token", "CHANCERY_METRICS_TOKEN", "none", "Bearer token of /metrics; without one, only loopback may ask, past no proxy";
    "log", "CHANCERY_LOG", "text", "Form of the log on standard error: text or json (what is logged: RUST_LOG)";
    "request_seconds", "CHANCERY_REQUEST_SECONDS", "30", "Seconds a request may take until its answer begins";
    "stop_seconds", "CHANCERY_STOP_SECONDS", "30", "Seconds that requests in flight have to end when the process is stopped";
    "body_bytes", "CHANCERY_BODY_BYTES", "2000000", "Largest body of a request";
    "import_bytes", "CHANCERY_IMPORT_BYTES", "25000000", "Largest file to import";
    "live_pages", "CHANCERY_LIVE_PAGES", "50", "Open pages of one account that are told of changes";
    "passwords_at_once", "CHANCERY_PASSWORDS_AT_ONCE", "2", "Passwords hashed at once, 19 MiB each";
    "limits.sign_in_by_network", "CHANCERY_LIMITS__SIGN_IN_BY_NETWORK__AT_ONCE, …__PER_MINUTE", "20, then 10 a minute", "Sign-ins of strangers from one network";
    "limits.sign_in_by_account", "CHANCERY_LIMITS__SIGN_IN_BY_ACCOUNT__…", "10, then 2 a minute", "Sign-ins of strangers to one account";
    "limits.sign_in_from_known_place", "CHANCERY_LIMITS__SIGN_IN_FROM_KNOWN_PLACE__…", "10, then 5 a minute", "Sign-ins from a place the account knows";
    "limits.api", "CHANCERY_LIMITS__API__…", "120, then 600 a minute", "Requests to the API by one requester";
    "limits.version_codes", "CHANCERY_LIMITS__VERSION_CODES__…", "10, then 6 a minute", "Version codes entered from one network";
}

/// The settings as given.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Database, by its URL.
    pub database_url: String,
    /// Address to listen on.
    pub addr: SocketAddr,
    /// Where pages are reached.
    pub public_url: Option<String>,
    /// The key file.
    pub key_file: Option<PathBuf>,
    /// The key that signs checkpoints.
    pub signing_key_file: Option<PathBuf>,
    /// Whether this is a demonstration.
    #[serde(deserialize_with = "figment::util::bool_from_str_or_int")]
    pub demo: bool,
    /// The fixed time of a demonstration.
    pub clock: Option<DateTime<Utc>>,
    /// A tz database.
    pub tzdir: Option<PathBuf>,
    /// The proxies in between.
    pub trusted_proxies: TrustedProxies,
    /// Folder of the browser's half.
    pub site_root: PathBuf,
    /// Bearer token of the metrics.
    pub metrics_token: Option<MetricsToken>,
    /// Form of the log.
    pub log: LogFormat,
    /// Seconds a request may take.
    pub request_seconds: u64,
    /// Seconds that requests in flight have to end.
    pub stop_seconds: u64,
    /// Largest body, in bytes.
    pub body_bytes: usize,
    /// Largest import, in bytes.
    pub import_bytes: usize,
    /// Open pages of one account that are told of changes.
    pub live_pages: NonZeroUsize,
    /// Passwords hashed at once.
    pub passwords_at_once: NonZeroUsize,
    /// How often things may be tried.
    pub limits: LimitSettings,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            database_url: "sqlite:data/chancery.db".into(),
            addr: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 3000),
            public_url: None,
            key_file: None,
            signing_key_file: None,
            demo: false,
            clock: None,
            tzdir: None,
            trusted_proxies: TrustedProxies::default(),
            site_root: PathBuf::from("target/site"),
            metrics_token: None,
            log: LogFormat::default(),
            request_seconds: 30,
            stop_seconds: 30,
            body_bytes: 2_000_000,
            import_bytes: 25_000_000,
            live_pages: NonZeroUsize::MIN.saturating_add(49),
            passwords_at_once: NonZeroUsize::MIN.saturating_add(1),
            limits: LimitSettings::default(),
        }
    }
}

/// The token that opens `/metrics`.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct MetricsToken(String);

impl fmt::Debug for MetricsToken {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("MetricsToken(hidden)")
    }
}

impl MetricsToken {
    /// Whether this is it. Every byte is looked at, so that its time tells nothing.
    pub fn is(&self, given: &str) -> bool {
        let differences = self.0.bytes().zip(given.bytes()).fold(0, |found, (ours, theirs)| found | (ours ^ theirs));
        self.0.len() == given.len() && differences == 0
    }
}

/// Why settings can't be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// Something is not of its form.
    #[error("{0}")]
    Unreadable(Box<figment::Error>),
    /// A proxy is no block of addresses.
    #[error(transparent)]
    Proxies(#[from] NotABlock),
    /// A fixed clock in a real office.
    #[error("CHANCERY_CLOCK is taken only with CHANCERY_DEMO=1")]
    ClockWithoutDemo,
    /// A demonstration for everybody to see: its passwords are known.
    #[error("a demonstration is served on loopback only, and {addr} is not")]
    DemoInTheOpen {
        /// Where it was to listen.
        addr: SocketAddr,
    },
    /// No address of its pages.
    #[error("CHANCERY_PUBLIC_URL is needed where CHANCERY_ADDR is not loopback, such as https://protocol.example")]
    NoPublicUrl,
    /// Sessions would travel in the open.
    #[error("{url} is no https address without path; plain http is taken on loopback only")]
    PublicUrl {
        /// The address given.
        url: String,
    },
}

impl From<figment::Error> for SettingsError {
    fn from(error: figment::Error) -> Self {
        Self::Unreadable(Box::new(error))
    }
}

impl Settings {
    /// Reads the file, if one is named, and the environment, which has the last word.
    ///
    /// # Errors
    /// When a setting is unknown, not of its form, or contradicts another.
    pub fn read(file: Option<&Path>) -> Result<Self, SettingsError> {
        let mut figment = Figment::new();
        if let Some(file) = file {
            figment = figment.merge(Toml::file_exact(file));
        }
        let known = |name: &str| SETTINGS.iter().any(|setting| setting.name == name) || name.starts_with("limits__");
        let own = Env::prefixed("CHANCERY_").filter(move |name| known(&name.as_str().to_lowercase())).split("__");
        let others = Env::raw().only(&["DATABASE_URL"]);
        let site = Env::prefixed("LEPTOS_").only(&["SITE_ROOT"]);
        let settings: Self = figment.merge(site).merge(others).merge(own).extract()?;
        settings.check()?;
        Ok(settings)
    }

    fn check(&self) -> Result<(), SettingsError> {
        if self.clock.is_some() && !self.demo {
            return Err(SettingsError::ClockWithoutDemo);
        }
        if self.demo && !self.addr.ip().is_loopback() {
            return Err(SettingsError::DemoInTheOpen { addr: self.addr });
        }
        self.public_url().map(drop)
    }

    /// Where pages are reached, without a slash at the end.
    ///
    /// # Errors
    /// When none is given that is needed, or it is plain HTTP elsewhere than on loopback.
    pub fn public_url(&self) -> Result<String, SettingsError> {
        let Some(given) = &self.public_url else {
            return if self.addr.ip().is_loopback() { Ok(format!("http://{}", self.addr)) } else { Err(SettingsError::NoPublicUrl) };
        };
        let url = given.trim_end_matches('/');
        let refused = || SettingsError::PublicUrl { url: given.clone() };
        let parsed: axum::http::Uri = url.parse().map_err(|_| refused())?;
        let host = parsed.host().unwrap_or_default().trim_matches(['[', ']']);
        let is_loopback = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
        let is_whole = parsed.path() == "/" && parsed.query().is_none() && !host.is_empty();
        match parsed.scheme_str() {
            Some("https") if is_whole => Ok(url.to_owned()),
            Some("http") if is_whole && is_loopback => Ok(url.to_owned()),
            _ => Err(refused()),
        }
    }

    /// The SQLite file, if that is the engine.
    pub fn database_file(&self) -> Option<PathBuf> {
        let rest = self.database_url.strip_prefix("sqlite:")?;
        let file = rest.strip_prefix("//").unwrap_or(rest).split('?').next().unwrap_or_default();
        (!file.is_empty() && file != ":memory:").then(|| PathBuf::from(file))
    }
}

/// The settings as the help shows them.
pub fn help() -> String {
    let mut text = String::from("Settings, in the file given by --config and then in the environment:\n");
    for setting in SETTINGS {
        text.push_str(&format!("\n  {} ({})\n      {}. Default: {}\n", setting.variable, setting.name, setting.says, setting.default));
    }
    text
}

#[cfg(test)]
#[expect(clippy::result_large_err, reason = "figment's own error")]
mod tests {
    use super::*;
    use figment::Jail;

    #[test]
    fn the_environment_has_the_last_word() {
        Jail::expect_with(|jail| {
            jail.create_file("chancery.toml", "addr = \"127.0.0.1:1\"\nbody_bytes = 5\n[limits.api]\nat_once = 3\nper_minute = 4")?;
            jail.set_env("CHANCERY_ADDR", "127.0.0.1:2");
            jail.set_env("CHANCERY_DEMO", "1");
            jail.set_env("CHANCERY_CLOCK", "2026-11-24T18:00:00Z");
            jail.set_env("CHANCERY_LIMITS__API__AT_ONCE", "9");
            jail.set_env("CHANCERY_TEST_POSTGRES", "postgres://elsewhere");
            jail.set_env("DATABASE_URL", "sqlite:elsewhere.db");
            let settings = Settings::read(Some(Path::new("chancery.toml"))).map_err(|error| error.to_string())?;
            assert_eq!(settings.public_url().ok().as_deref(), Some("http://127.0.0.1:2"));
            assert!(settings.demo && settings.clock.is_some());
            assert_eq!((settings.body_bytes, settings.limits.api.at_once.get(), settings.limits.api.per_minute.get()), (5, 9, 4));
            assert_eq!(settings.database_file(), Some(PathBuf::from("elsewhere.db")));
            Ok(())
        });
    }

    #[test]
    fn an_unknown_setting_is_refused() {
        Jail::expect_with(|jail| {
            jail.create_file("chancery.toml", "adr = \"127.0.0.1:1\"")?;
            assert!(Settings::read(Some(Path::new("chancery.toml"))).is_err());
            Ok(())
        });
    }

    fn given(change: impl FnOnce(&mut Settings)) -> Result<(), SettingsError> {
        let mut settings = Settings::default();
        change(&mut settings);
        settings.check()
    }

    #[test]
    fn what_would_be_unsafe_is_refused() {
        let open = SocketAddr::from(([0, 0, 0, 0], 3000));
        let at = |url: &str| Some(url.to_owned());
        assert!(matches!(given(|s| s.clock = DateTime::from_timestamp(0, 0)), Err(SettingsError::ClockWithoutDemo)));
        assert!(matches!(given(|s| (s.demo, s.addr) = (true, open)), Err(SettingsError::DemoInTheOpen { .. })));
        assert!(matches!(given(|s| s.addr = open), Err(SettingsError::NoPublicUrl)));
        assert!(matches!(given(|s| s.public_url = at("http://protocol.example")), Err(SettingsError::PublicUrl { .. })));
        assert!(matches!(given(|s| s.public_url = at("https://protocol.example/path")), Err(SettingsError::PublicUrl { .. })));
        assert!(given(|s| s.public_url = at("https://protocol.example/")).is_ok());
        assert!(given(|s| s.public_url = at("http://[::1]:3000")).is_ok());
    }

    #[test]
    fn every_setting_is_described() {
        let shown = help();
        for name in ["DATABASE_URL", "CHANCERY_KEY_FILE", "CHANCERY_TRUSTED_PROXIES", "CHANCERY_LIMITS__API"] {
            assert!(shown.contains(name), "{name}");
        }
    }
}
