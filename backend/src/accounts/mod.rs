//! Who signs in: secrets they hold, how often they may try, and what each has been granted.

pub mod access;
pub mod api_tokens;
pub mod clearance;
pub mod directory;
pub(crate) mod grants;
pub mod idempotency;
pub mod invitations;
pub mod keep;
pub mod limits;
pub mod own_password;
pub mod passwords;
pub mod session_cookie;
pub mod sessions;
pub mod sign_in;
pub(crate) mod store;
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

    /// Forgets all who have their whole allowance again.
    pub fn forget_idle(&self) {
        self.sign_in.forget_idle();
        self.api.forget_idle();
        self.version_codes.forget_idle();
    }
}
