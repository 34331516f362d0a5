//! Who signs in: secrets they hold, how often they may try, and what each has been granted.

pub mod access;
pub mod directory;
pub(crate) mod grants;
pub mod limits;
pub mod passwords;
pub mod session_cookie;
pub mod sign_in;
pub mod tokens;

use limits::{KeyedLimit, LimitSettings, Network, Requester, SignInLimits};

/// How often things may be tried, for the whole process.
#[derive(Debug)]
pub struct Limits {
    /// Signing in.
    pub sign_in: SignInLimits,
    /// The API.
    pub api: KeyedLimit<Requester>,
    /// Version codes.
    pub version_codes: KeyedLimit<Network>,
}

impl Limits {
    /// As they are set, on the machine's clock.
    pub fn new(settings: &LimitSettings) -> Self {
        let clock = governor::clock::DefaultClock::default();
        Self {
            sign_in: SignInLimits::new(settings, clock.clone()),
            api: KeyedLimit::new(settings.api, clock.clone()),
            version_codes: KeyedLimit::new(settings.version_codes, clock),
        }
    }
}
