//! How often one may try.
//!
//! A sign-in is limited before its password is hashed: first by the network it comes from, then by the account it names.
//! Strangers share those limits; somebody whom the account already knows has limits of its own, which nobody elsewhere
//! can use up. Nobody can lock the chief of protocol out on the day of the visit by trying from outside.

use crate::framing::Framed;
use domain::ids::{AccountId, OfficeId, SessionId};
use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::NoOpMiddleware,
    state::keyed::DashMapStateStore,
};
use serde::Deserialize;
use std::{
    fmt,
    hash::Hash,
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    time::Duration,
};

/// How many times something may be done: some at once, then so many a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allowance {
    /// How many at once, after a pause.
    pub at_once: NonZeroU32,
    /// How many a minute in the long run.
    pub per_minute: NonZeroU32,
}

impl Allowance {
    /// So many at once, so many a minute; at least one of each.
    pub const fn new(at_once: u32, per_minute: u32) -> Self {
        const fn one_at_least(number: u32) -> NonZeroU32 {
            match NonZeroU32::new(number) {
                Some(number) => number,
                None => NonZeroU32::MIN,
            }
        }
        Self { at_once: one_at_least(at_once), per_minute: one_at_least(per_minute) }
    }

    const fn quota(self) -> Quota {
        Quota::per_minute(self.per_minute).allow_burst(self.at_once)
    }
}

/// The limits of a deployment. The defaults are generous to people and dear to guessers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LimitSettings {
    /// Sign-ins of strangers from one network, whatever accounts they name. An office behind one address shares it.
    pub sign_in_by_network: Allowance,
    /// Sign-ins of strangers to one account, from wherever.
    pub sign_in_by_account: Allowance,
    /// Sign-ins to one account from one place it knows.
    pub sign_in_from_known_place: Allowance,
    /// Requests to the API by one requester.
    pub api: Allowance,
    /// Version codes entered from one network.
    pub version_codes: Allowance,
}

impl Default for LimitSettings {
    fn default() -> Self {
        Self {
            sign_in_by_network: Allowance::new(20, 10),
            sign_in_by_account: Allowance::new(10, 2),
            sign_in_from_known_place: Allowance::new(10, 5),
            api: Allowance::new(120, 600),
            version_codes: Allowance::new(10, 6),
        }
    }
}

/// Too fast: to be tried again after a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many tries; again in {} s", .0.as_secs())]
pub struct TooFast(Duration);

impl TooFast {
    /// After how many whole seconds the next try is let through: the value of `Retry-After` (RFC 9110 section 10.2.3).
    pub const fn retry_after_seconds(self) -> u64 {
        self.0.as_secs()
    }

    fn after(wait: Duration) -> Self {
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        Self(Duration::from_secs(seconds.max(1)))
    }
}

/// The part of the internet that one household or office is likely to hold: an IPv4 address, or the first 64 bits of an
/// IPv6 address (RFC 4291 section 2.5.4).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Network(IpAddr);

impl From<IpAddr> for Network {
    fn from(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V4(address) => IpAddr::V4(address),
            IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
        })
    }
}

impl fmt::Debug for Network {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Network({})", self.0)
    }
}

/// A limit kept for each key by itself.
pub struct KeyedLimit<K: Hash + Eq + Clone, C: Clock = DefaultClock> {
    limiter: RateLimiter<K, DashMapStateStore<K>, C, NoOpMiddleware<C::Instant>>,
    clock: C,
}

impl<K: Hash + Eq + Clone, C: Clock> fmt::Debug for KeyedLimit<K, C> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "KeyedLimit({} keys)", self.limiter.len())
    }
}

impl<K: Hash + Eq + Clone, C: Clock + Clone> KeyedLimit<K, C> {
    /// A limit on this clock.
    pub fn new(allowance: Allowance, clock: C) -> Self {
        Self { limiter: RateLimiter::dashmap_with_clock(allowance.quota(), clock.clone()), clock }
    }

    /// Counts one.
    ///
    /// # Errors
    /// When it comes too fast; it is then not counted.
    pub fn check(&self, key: &K) -> Result<(), TooFast> {
        self.limiter.check_key(key).map_err(|until| TooFast::after(until.wait_time_from(self.clock.now())))
    }

    /// Forgets every key that has its whole allowance again. To be called every few minutes, so that memory does not grow
    /// with every network that ever called.
    pub fn forget_idle(&self) {
        self.limiter.retain_recent();
        self.limiter.shrink_to_fit();
    }

    /// How many keys are remembered.
    pub fn remembered(&self) -> usize {
        self.limiter.len()
    }
}

/// The account a sign-in names, whether there is such an account or not.
///
/// A hash: neither addresses nor what people type in their place stay in memory.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct NamedAccount([u8; 32]);

impl NamedAccount {
    /// The account of this office with that address, in whatever case.
    pub fn new(office: OfficeId, email: &str) -> Self {
        Self(Framed::new("named account").bytes(office.0.as_bytes()).text(&email.trim().to_lowercase()).sha256())
    }
}

impl fmt::Debug for NamedAccount {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("NamedAccount(hidden)")
    }
}

/// How the account named knows whoever is trying.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Acquaintance {
    /// Not at all.
    Stranger,
    /// By a browser that signed in to this account before and still shows its session, ended or not.
    TrustedSession(SessionId),
    /// By the network: this account signed in from it before.
    KnownNetwork,
}

/// One try to sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignInAttempt {
    /// The account it names.
    pub account: NamedAccount,
    /// Where it comes from.
    pub network: Network,
    /// How that account knows it.
    pub acquaintance: Acquaintance,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum KnownPlace {
    Session(SessionId),
    Network(Network),
}

/// The limits of signing in.
#[derive(Debug)]
pub struct SignInLimits<C: Clock = DefaultClock> {
    by_network: KeyedLimit<Network, C>,
    by_account: KeyedLimit<NamedAccount, C>,
    from_known_place: KeyedLimit<(NamedAccount, KnownPlace), C>,
}

impl<C: Clock + Clone> SignInLimits<C> {
    /// The limits on this clock.
    pub fn new(settings: &LimitSettings, clock: C) -> Self {
        Self {
            by_network: KeyedLimit::new(settings.sign_in_by_network, clock.clone()),
            by_account: KeyedLimit::new(settings.sign_in_by_account, clock.clone()),
            from_known_place: KeyedLimit::new(settings.sign_in_from_known_place, clock),
        }
    }

    /// Counts a try, before anything is hashed.
    ///
    /// A stranger is held up by its network first, so that one network does not use up an account's tries.
    ///
    /// # Errors
    /// When it comes too fast.
    pub fn check(&self, attempt: &SignInAttempt) -> Result<(), TooFast> {
        let place = match attempt.acquaintance {
            Acquaintance::TrustedSession(session) => KnownPlace::Session(session),
            Acquaintance::KnownNetwork => KnownPlace::Network(attempt.network),
            Acquaintance::Stranger => {
                self.by_network.check(&attempt.network)?;
                return self.by_account.check(&attempt.account);
            }
        };
        self.from_known_place.check(&(attempt.account, place))
    }

    /// As [`KeyedLimit::forget_idle`].
    pub fn forget_idle(&self) {
        self.by_network.forget_idle();
        self.by_account.forget_idle();
        self.from_known_place.forget_idle();
    }
}

/// Who calls the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Requester {
    /// An account, in whatever session and by whatever token: more of them give no more.
    Account(AccountId),
    /// Who is not signed in, by where they are.
    Anonymous(Network),
}

#[cfg(test)]
mod tests {
    use super::*;
    use governor::clock::FakeRelativeClock;
    use uuid::Uuid;

    fn network(text: &str) -> Network {
        Network::from(text.parse::<IpAddr>().unwrap())
    }

    fn chief() -> NamedAccount {
        NamedAccount::new(OfficeId(Uuid::from_u128(1)), "chief@demo.chancery.example")
    }

    fn stranger(from: &str) -> SignInAttempt {
        SignInAttempt { account: chief(), network: network(from), acquaintance: Acquaintance::Stranger }
    }

    fn settings() -> LimitSettings {
        LimitSettings {
            sign_in_by_network: Allowance::new(3, 6),
            sign_in_by_account: Allowance::new(5, 1),
            sign_in_from_known_place: Allowance::new(2, 2),
            ..LimitSettings::default()
        }
    }

    fn limits() -> (SignInLimits<FakeRelativeClock>, FakeRelativeClock) {
        let clock = FakeRelativeClock::default();
        (SignInLimits::new(&settings(), clock.clone()), clock)
    }

    #[test]
    fn a_network_is_slowed_down_and_told_for_how_long() {
        let (limits, clock) = limits();
        for _ in 0..3 {
            limits.check(&stranger("192.0.2.1")).unwrap();
        }
        let refused = limits.check(&stranger("192.0.2.1")).unwrap_err();
        assert_eq!(refused.retry_after_seconds(), 10);
        clock.advance(Duration::from_secs(9));
        assert_eq!(limits.check(&stranger("192.0.2.1")).unwrap_err().retry_after_seconds(), 1);
        clock.advance(Duration::from_secs(1));
        limits.check(&stranger("192.0.2.1")).unwrap();
    }

    #[test]
    fn one_network_does_not_use_up_an_accounts_tries() {
        let (limits, _clock) = limits();
        for _ in 0..100 {
            let _ = limits.check(&stranger("192.0.2.1"));
        }
        limits.check(&stranger("192.0.2.2")).unwrap();
        limits.check(&stranger("192.0.2.3")).unwrap();
    }

    #[test]
    fn many_networks_together_are_held_up_by_the_account() {
        let (limits, _clock) = limits();
        let let_through = (1..=100).filter(|last| limits.check(&stranger(&format!("192.0.2.{last}"))).is_ok()).count();
        assert_eq!(let_through, 5);
    }

    #[test]
    fn the_chief_gets_in_on_the_day_whatever_strangers_do() {
        let (limits, _clock) = limits();
        for last in 1..=200 {
            let _ = limits.check(&stranger(&format!("192.0.2.{last}")));
            let _ = limits.check(&stranger("198.51.100.7"));
        }
        let at = |from: &str, acquaintance| SignInAttempt { acquaintance, ..stranger(from) };
        limits.check(&at("198.51.100.7", Acquaintance::KnownNetwork)).unwrap();
        let session = Acquaintance::TrustedSession(SessionId(Uuid::from_u128(4)));
        limits.check(&at("203.0.113.9", session)).unwrap();
    }

    #[test]
    fn a_known_place_is_limited_too_and_by_itself() {
        let (limits, _clock) = limits();
        let known = SignInAttempt { acquaintance: Acquaintance::KnownNetwork, ..stranger("192.0.2.1") };
        limits.check(&known).unwrap();
        limits.check(&known).unwrap();
        assert_eq!(limits.check(&known).unwrap_err().retry_after_seconds(), 30);
        limits.check(&SignInAttempt { network: network("192.0.2.2"), ..known }).unwrap();
        limits.check(&stranger("192.0.2.1")).unwrap();
    }

    #[test]
    fn an_ipv6_network_is_its_first_64_bits_and_a_mapped_address_is_its_ipv4() {
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), network("2001:db8:1:2::1"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!(network("::ffff:192.0.2.1"), network("192.0.2.1"));
        assert_ne!(network("192.0.2.1"), network("192.0.2.2"));
    }

    #[test]
    fn a_name_counts_the_same_in_any_case_and_for_its_own_office_alone() {
        let named = |office, email| NamedAccount::new(OfficeId(Uuid::from_u128(office)), email);
        assert_eq!(named(1, "Chief@Demo.chancery.example "), chief());
        assert_ne!(named(2, "chief@demo.chancery.example"), chief());
        assert_eq!(format!("{:?}", chief()), "NamedAccount(hidden)");
    }

    #[test]
    fn requesters_have_a_limit_each() {
        let clock = FakeRelativeClock::default();
        let api = KeyedLimit::new(Allowance::new(2, 60), clock.clone());
        let requester = Requester::Account(AccountId(Uuid::from_u128(1)));
        api.check(&requester).unwrap();
        api.check(&requester).unwrap();
        assert_eq!(api.check(&requester).unwrap_err().retry_after_seconds(), 1);
        api.check(&Requester::Account(AccountId(Uuid::from_u128(2)))).unwrap();
        api.check(&Requester::Anonymous(network("192.0.2.1"))).unwrap();
        assert_eq!(api.remembered(), 3);
        clock.advance(Duration::from_secs(60));
        api.forget_idle();
        assert_eq!(api.remembered(), 0);
    }

    #[test]
    fn settings_are_read_with_defaults_for_what_is_not_said() {
        let read: LimitSettings = toml::from_str("api = { at_once = 5, per_minute = 50 }").unwrap();
        assert_eq!(read, LimitSettings { api: Allowance::new(5, 50), ..LimitSettings::default() });
        assert!(toml::from_str::<LimitSettings>("api = { at_once = 0, per_minute = 50 }").is_err());
        assert!(toml::from_str::<LimitSettings>("aip = { at_once = 1, per_minute = 50 }").is_err());
    }
}
