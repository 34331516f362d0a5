//! Passwords: which are taken, how they are kept, and how many are worked on at once.

use crate::sealing::{RandomnessFailed, SecretRandom};
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{self, PasswordHasher, PasswordVerifier, SaltString},
};
use std::{fmt, num::NonZeroUsize, sync::Arc};
use tokio::{
    sync::{Semaphore, TryAcquireError},
    task::JoinError,
};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// The fewest characters a new password has.
pub const FEWEST: usize = 12;
/// The most characters a password has; more would be work for nothing.
pub const MOST: usize = 1_000;

/// Argon2id (RFC 9106) with 19 MiB of memory, two passes and one lane: the least that OWASP's password storage cheat
/// sheet asks for.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// The commonest passwords of twelve characters or more, in lower case. What varies one character or counts on is caught
/// by the rules beside it.
const COMMONEST: &[&str] = &[
    "1q2w3e4r5t6y",
    "1qaz2wsx3edc",
    "1qaz2wsx3edc4rfv",
    "abc123abc123",
    "adminadminadmin",
    "administrator",
    "administrator1",
    "changemechangeme",
    "changemenow1",
    "correcthorsebatterystaple",
    "iloveyou1234",
    "iloveyouiloveyou",
    "letmeinletmein",
    "p@ssw0rd1234",
    "p@ssword1234",
    "passw0rd1234",
    "password1234",
    "password12345",
    "password123456",
    "password123!",
    "passwordpassword",
    "q1w2e3r4t5y6",
    "qazwsxedcrfv",
    "qwerty123456",
    "qwerty1234567",
    "qwertyqwerty",
    "qwertyuiop12",
    "qwertyuiop123",
    "qwertyuiopasdfghjkl",
    "qwertyuiop[]",
    "trustno1trustno1",
    "welcome12345",
    "welcome123456",
    "zaq12wsxcde3",
    "zxcvbnm12345",
];

/// Why a new password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordProblem {
    /// Too few characters.
    #[error("a password has at least {fewest} characters")]
    TooShort {
        /// The fewest it may have.
        fewest: usize,
    },
    /// Too many characters.
    #[error("a password has at most {most} characters")]
    TooLong {
        /// The most it may have.
        most: usize,
    },
    /// Among the first that anybody tries.
    #[error("this password is among the first that anybody tries")]
    TooCommon,
}

/// What somebody typed to sign in, in Unicode NFC as RFC 8265 (section 4.2) has it. It need not obey today's rules, which
/// may be newer than the password.
pub struct TypedPassword(Zeroizing<String>);

impl TypedPassword {
    /// Takes what was typed.
    ///
    /// # Errors
    /// When it is longer than any password is.
    pub fn new(text: &str) -> Result<Self, PasswordProblem> {
        // A character has at most four bytes: what is longer needn't be looked at.
        if text.len() > MOST * 4 || text.chars().count() > MOST {
            return Err(PasswordProblem::TooLong { most: MOST });
        }
        // Composition never needs more than three times the bytes (UAX 15), so that no copy is left by growing.
        let mut composed = Zeroizing::new(String::with_capacity(text.len() * 3));
        composed.extend(text.nfc());
        Ok(Self(composed))
    }
}

impl fmt::Debug for TypedPassword {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("TypedPassword(hidden)")
    }
}

/// A password that the rules allow somebody to choose.
#[derive(Debug)]
pub struct NewPassword(TypedPassword);

impl NewPassword {
    /// Checks a password somebody chose. Length counts, and being none of the commonest; no kind of character is asked
    /// for (NIST SP 800-63B section 5.1.1.2).
    ///
    /// # Errors
    /// When it is too short, too long or too common.
    pub fn parse(text: &str) -> Result<Self, PasswordProblem> {
        let typed = TypedPassword::new(text)?;
        if typed.0.chars().count() < FEWEST {
            return Err(PasswordProblem::TooShort { fewest: FEWEST });
        }
        let lowered = Zeroizing::new(typed.0.to_lowercase());
        if COMMONEST.contains(&lowered.as_str()) || is_monotonous(&lowered) {
            return Err(PasswordProblem::TooCommon);
        }
        Ok(Self(typed))
    }
}

/// Whether it is made of fewer than four different characters, or counts up or down all the way.
fn is_monotonous(text: &str) -> bool {
    let letters: Zeroizing<Vec<char>> = Zeroizing::new(text.chars().collect());
    let mut different = Zeroizing::new(letters.to_vec());
    different.sort_unstable();
    different.dedup();
    let step = |pair: &[char]| i64::from(u32::from(pair[1])) - i64::from(u32::from(pair[0]));
    // "…890…" goes on counting on a keyboard.
    let counts = |by: i64| letters.windows(2).all(|pair| step(pair) == by || (pair[0].is_ascii_digit() && step(pair) == -9 * by));
    different.len() < 4 || counts(1) || counts(-1)
}

/// What is kept of a password, in the PHC string format.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// The form that was stored.
    ///
    /// # Errors
    /// When it is not in the PHC string format, or not of Argon2id.
    pub fn from_stored(text: String) -> Result<Self, PasswordError> {
        let parsed = password_hash::PasswordHash::new(&text).map_err(|_| PasswordError::Unreadable)?;
        if parsed.algorithm != Algorithm::Argon2id.ident() || parsed.hash.is_none() {
            return Err(PasswordError::Unreadable);
        }
        Ok(Self(text))
    }

    /// The form to be stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("PasswordHash(hidden)")
    }
}

/// Why no answer was reached. None of these says anything of a password.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// No salt could be drawn.
    #[error(transparent)]
    Randomness(#[from] RandomnessFailed),
    /// What is kept is no hash of this program's.
    #[error("what is kept of the password cannot be read")]
    Unreadable,
    /// The hash could not be computed.
    #[error("the password could not be hashed: {0}")]
    Hashing(password_hash::Error),
    /// Too many are waiting already; to be tried again.
    #[error("too many passwords are being worked on")]
    Busy,
    /// The work ended before its time.
    #[error("the work on a password ended before its time")]
    Interrupted(#[from] JoinError),
    /// The server is ending.
    #[error("no more passwords are worked on")]
    Closed,
}

/// Hashes a password with a salt of its own. It keeps a processor busy for tens of milliseconds: not for an async thread.
///
/// # Errors
/// When there is no randomness, or no memory to be had.
pub fn hash_password(password: &NewPassword, random: &dyn SecretRandom) -> Result<PasswordHash, PasswordError> {
    let mut salt = [0; 16];
    random.fill(&mut salt)?;
    let salt = SaltString::encode_b64(&salt).map_err(PasswordError::Hashing)?;
    let hash = hasher()?.hash_password(password.0.0.as_bytes(), &salt).map_err(PasswordError::Hashing)?;
    Ok(PasswordHash(hash.to_string()))
}

/// Whether this is the password that was hashed, with the costs it was hashed with. As slow as hashing.
///
/// # Errors
/// When the kept hash cannot be read or the work cannot be done; a wrong password is no error.
pub fn verify_password(typed: &TypedPassword, kept: &PasswordHash) -> Result<bool, PasswordError> {
    let kept = password_hash::PasswordHash::new(&kept.0).map_err(|_| PasswordError::Unreadable)?;
    match hasher()?.verify_password(typed.0.as_bytes(), &kept) {
        Ok(()) => Ok(true),
        Err(password_hash::Error::Password) => Ok(false),
        Err(error) => Err(PasswordError::Hashing(error)),
    }
}

fn hasher() -> Result<Argon2<'static>, PasswordError> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|error| PasswordError::Hashing(error.into()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// How much of the machine passwords may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkshopSize {
    /// How many are hashed at once, each on a thread and in 19 MiB of its own.
    pub at_once: NonZeroUsize,
    /// How many may wait for their turn; who comes then is told to come again.
    pub waiting: usize,
}

/// Where passwords are hashed and verified: off the async threads, so many at once and no more.
#[derive(Debug, Clone)]
pub struct PasswordWorkshop {
    admitted: Arc<Semaphore>,
    working: Arc<Semaphore>,
    random: Arc<dyn SecretRandom>,
    nobodys: PasswordHash,
}

impl PasswordWorkshop {
    /// Sets it up. Hashes once, for [`Self::verify`] to have something to compare with where there is no account.
    ///
    /// # Errors
    /// When there is no randomness, or no memory to be had.
    pub fn new(size: WorkshopSize, random: Arc<dyn SecretRandom>) -> Result<Self, PasswordError> {
        let mut unguessable = Zeroizing::new([0; 32]);
        random.fill(&mut unguessable[..])?;
        let unguessable = unguessable.iter().map(|byte| char::from(*byte)).collect::<String>();
        let unguessable = NewPassword(TypedPassword(Zeroizing::new(unguessable)));
        let nobodys = hash_password(&unguessable, &*random)?;
        let at_once = size.at_once.get().min(Semaphore::MAX_PERMITS);
        let admitted = at_once.saturating_add(size.waiting).min(Semaphore::MAX_PERMITS);
        Ok(Self { admitted: Arc::new(Semaphore::new(admitted)), working: Arc::new(Semaphore::new(at_once)), random, nobodys })
    }

    /// Hashes a new password.
    ///
    /// # Errors
    /// When too many wait already, or as [`hash_password`].
    pub async fn hash(&self, password: NewPassword) -> Result<PasswordHash, PasswordError> {
        let random = Arc::clone(&self.random);
        self.work(move || hash_password(&password, &*random)).await
    }

    /// Whether the password is that of the account; never, if there is none. An unknown name costs the same work.
    ///
    /// # Errors
    /// When too many wait already, or as [`verify_password`].
    pub async fn verify(&self, typed: TypedPassword, kept: Option<PasswordHash>) -> Result<bool, PasswordError> {
        let known = kept.is_some();
        let kept = kept.unwrap_or_else(|| self.nobodys.clone());
        self.work(move || verify_password(&typed, &kept)).await.map(|right| right && known)
    }

    async fn work<T: Send + 'static>(&self, task: impl FnOnce() -> Result<T, PasswordError> + Send + 'static) -> Result<T, PasswordError> {
        let admitted = Arc::clone(&self.admitted).try_acquire_owned().map_err(|error| match error {
            TryAcquireError::NoPermits => PasswordError::Busy,
            TryAcquireError::Closed => PasswordError::Closed,
        })?;
        let working = Arc::clone(&self.working).acquire_owned().await.map_err(|_| PasswordError::Closed)?;
        // The permits go with the work: a caller who hangs up does not make room for another while it still runs.
        tokio::task::spawn_blocking(move || {
            let _held = (admitted, working);
            task()
        })
        .await?
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sealing::{OsRandom, random::seeded::Exhausted};
    use std::{
        sync::{
            atomic::{AtomicUsize, Ordering},
            mpsc,
        },
        time::Duration,
    };

    fn typed(text: &str) -> TypedPassword {
        TypedPassword::new(text).unwrap()
    }

    fn workshop(at_once: usize, waiting: usize) -> PasswordWorkshop {
        let size = WorkshopSize { at_once: NonZeroUsize::new(at_once).unwrap(), waiting };
        PasswordWorkshop::new(size, Arc::new(OsRandom)).unwrap()
    }

    #[test]
    fn the_right_password_is_right_and_another_is_not() {
        let kept = hash_password(&NewPassword::parse("chancery-demo").unwrap(), &OsRandom).unwrap();
        assert!(verify_password(&typed("chancery-demo"), &kept).unwrap());
        assert!(!verify_password(&typed("chancery-demO"), &kept).unwrap());
        assert!(!verify_password(&typed(""), &kept).unwrap());
    }

    #[test]
    fn it_is_kept_with_the_costs_promised() {
        let kept = hash_password(&NewPassword::parse("chancery-demo").unwrap(), &OsRandom).unwrap();
        assert!(kept.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", kept.as_str());
        assert_eq!(PasswordHash::from_stored(kept.as_str().to_owned()).unwrap(), kept);
    }

    #[test]
    fn the_same_password_twice_is_kept_differently() {
        let hash = || hash_password(&NewPassword::parse("chancery-demo").unwrap(), &OsRandom).unwrap();
        assert_ne!(hash(), hash());
    }

    #[test]
    fn letters_with_their_accents_apart_are_the_same_password() {
        let kept = hash_password(&NewPassword::parse("Crème brûlée ici").unwrap(), &OsRandom).unwrap();
        assert!(verify_password(&typed("Cre\u{300}me bru\u{302}le\u{301}e ici"), &kept).unwrap());
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert_eq!(NewPassword::parse("elevenchars").unwrap_err(), PasswordProblem::TooShort { fewest: 12 });
        assert!(NewPassword::parse("Xin chào bạn").is_ok());
        assert!(NewPassword::parse(&"abc".repeat(250)).is_err(), "three different characters");
        assert!(NewPassword::parse(&"abxd ".repeat(200)).is_ok());
        assert_eq!(NewPassword::parse(&"abxd ".repeat(201)).unwrap_err(), PasswordProblem::TooLong { most: 1_000 });
    }

    #[test]
    fn the_commonest_are_refused_in_any_case() {
        for text in [
            "password1234",
            "PassWord1234",
            "Administrator",
            "123456789012",
            "aaaaaaaaaaaa",
            "ababababababab",
            "abcdefghijklm",
            "210987654321",
        ] {
            assert_eq!(NewPassword::parse(text).unwrap_err(), PasswordProblem::TooCommon, "{text}");
        }
    }

    #[test]
    fn every_common_one_is_long_enough_to_be_worth_listing_and_in_lower_case() {
        for common in COMMONEST {
            assert!(common.chars().count() >= FEWEST, "{common}");
            assert_eq!(common.to_lowercase(), **common);
        }
    }

    #[test]
    fn passwords_are_not_printed() {
        assert_eq!(format!("{:?}", NewPassword::parse("chancery-demo").unwrap()), "NewPassword(TypedPassword(hidden))");
    }

    #[test]
    fn a_hash_of_another_kind_is_unreadable() {
        for text in
            ["", "chancery-demo", "$argon2i$v=19$m=16,t=2,p=1$c29tZXNhbHQ$YWJjZGVmZ2hpamts", "$argon2id$v=19$m=16,t=2,p=1$c29tZXNhbHQ"]
        {
            assert!(matches!(PasswordHash::from_stored(text.to_owned()), Err(PasswordError::Unreadable)), "{text}");
        }
    }

    #[test]
    fn without_randomness_nothing_is_hashed() {
        let refused = hash_password(&NewPassword::parse("chancery-demo").unwrap(), &Exhausted);
        assert!(matches!(refused, Err(PasswordError::Randomness(_))));
    }

    #[tokio::test]
    async fn an_unknown_name_is_refused_after_the_same_work() {
        let workshop = workshop(2, 2);
        let kept = workshop.hash(NewPassword::parse("chancery-demo").unwrap()).await.unwrap();
        assert!(workshop.verify(typed("chancery-demo"), Some(kept.clone())).await.unwrap());
        assert!(!workshop.verify(typed("chancery-demx"), Some(kept.clone())).await.unwrap());
        assert!(!workshop.verify(typed("chancery-demo"), None).await.unwrap());
        // The same costs stand in both hashes, so the same work is done.
        let costs = |hash: &PasswordHash| hash.as_str().split('$').nth(3).map(str::to_owned);
        assert_eq!(costs(&kept), costs(&workshop.nobodys));
    }

    #[tokio::test]
    async fn who_comes_when_all_places_are_taken_is_told_to_come_again() {
        let workshop = workshop(1, 1);
        let (release, held) = mpsc::channel::<()>();
        let first = tokio::spawn({
            let workshop = workshop.clone();
            async move {
                workshop
                    .work(move || {
                        let _ = held.recv();
                        Ok(())
                    })
                    .await
            }
        });
        while workshop.working.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        let second = tokio::spawn({
            let workshop = workshop.clone();
            async move { workshop.work(|| Ok(())).await }
        });
        while workshop.admitted.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert!(matches!(workshop.work(|| Ok(())).await, Err(PasswordError::Busy)));
        release.send(()).unwrap();
        first.await.unwrap().unwrap();
        second.await.unwrap().unwrap();
        assert!(workshop.work(|| Ok(())).await.is_ok());
    }

    #[tokio::test]
    async fn never_more_at_once_than_allowed() {
        let workshop = workshop(2, 20);
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let tasks: Vec<_> = (0..10)
            .map(|_| {
                let (workshop, now, most) = (workshop.clone(), Arc::clone(&now), Arc::clone(&most));
                tokio::spawn(async move {
                    workshop
                        .work(move || {
                            most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                            std::thread::sleep(Duration::from_millis(5));
                            now.fetch_sub(1, Ordering::SeqCst);
                            Ok(())
                        })
                        .await
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap().unwrap();
        }
        assert!(most.load(Ordering::SeqCst) <= 2);
    }
}
