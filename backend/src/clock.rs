//! The only source of now, and of randomness for identifiers.

use chrono::{DateTime, SubsecRound, Utc};
use uuid::Uuid;

/// Says what time it is.
pub trait Clock: Send + Sync {
    /// Now, to the microsecond: what both databases keep.
    fn now(&self) -> DateTime<Utc>;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct MachineClock;

impl Clock for MachineClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now().trunc_subsecs(6)
    }
}

/// A clock that stands still, for a demonstration and for tests.
#[derive(Debug, Clone, Copy)]
pub struct FixedClock(pub DateTime<Utc>);

impl Clock for FixedClock {
    fn now(&self) -> DateTime<Utc> {
        self.0
    }
}

/// Makes identifiers.
pub trait Ids: Send + Sync {
    /// A new identifier (UUID version 4).
    fn next(&self) -> Uuid;
}

/// Identifiers from the operating system's randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct RandomIds;

impl Ids for RandomIds {
    #[expect(clippy::disallowed_methods, reason = "the one place that makes ids")]
    fn next(&self) -> Uuid {
        Uuid::new_v4()
    }
}
