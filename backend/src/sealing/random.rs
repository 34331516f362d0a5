//! Where secrets get their randomness: the operating system, and nothing else.

use std::fmt;

mod closed {
    /// Keeps [`super::SecretRandom`] from being implemented outside this module.
    pub trait Closed {}
}

/// The operating system gave no randomness. Nothing secret may be made without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the operating system gave no randomness")]
pub struct RandomnessFailed;

/// A source of bytes nobody can foretell.
///
/// It cannot be implemented elsewhere: outside this crate's own tests [`OsRandom`] is the only source there is, so that
/// no setting, demonstration or mistake makes a key that can be made again.
pub trait SecretRandom: closed::Closed + fmt::Debug + Send + Sync {
    /// Fills the whole of `into`.
    ///
    /// # Errors
    /// When there is no randomness to be had; `into` must not be used then.
    fn fill(&self, into: &mut [u8]) -> Result<(), RandomnessFailed>;
}

/// The operating system's own generator (`getrandom(2)` on Linux).
#[derive(Debug, Clone, Copy, Default)]
pub struct OsRandom;

impl closed::Closed for OsRandom {}

impl SecretRandom for OsRandom {
    fn fill(&self, into: &mut [u8]) -> Result<(), RandomnessFailed> {
        getrandom::fill(into).map_err(|_| RandomnessFailed)
    }
}

#[cfg(test)]
pub(crate) mod seeded {
    use super::{RandomnessFailed, SecretRandom, closed};
    use crate::framing::Framed;
    use std::sync::atomic::{AtomicU64, Ordering};

    /// The same bytes for the same seed, for tests that a run must be able to repeat.
    #[derive(Debug)]
    pub(crate) struct SeededRandom {
        seed: u64,
        drawn: AtomicU64,
    }

    impl SeededRandom {
        pub(crate) fn new(seed: u64) -> Self {
            Self { seed, drawn: AtomicU64::new(0) }
        }
    }

    impl closed::Closed for SeededRandom {}

    impl SecretRandom for SeededRandom {
        fn fill(&self, into: &mut [u8]) -> Result<(), RandomnessFailed> {
            for chunk in into.chunks_mut(32) {
                let drawn = self.drawn.fetch_add(1, Ordering::Relaxed);
                let block = Framed::new("seeded").number(self.seed).number(drawn).sha256();
                chunk.copy_from_slice(&block[..chunk.len()]);
            }
            Ok(())
        }
    }

    /// No randomness at all.
    #[derive(Debug)]
    pub(crate) struct Exhausted;

    impl closed::Closed for Exhausted {}

    impl SecretRandom for Exhausted {
        fn fill(&self, _into: &mut [u8]) -> Result<(), RandomnessFailed> {
            Err(RandomnessFailed)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_draws_differ() {
        let (mut one, mut two) = ([0; 32], [0; 32]);
        OsRandom.fill(&mut one).unwrap();
        OsRandom.fill(&mut two).unwrap();
        assert_ne!(one, two);
    }
}
