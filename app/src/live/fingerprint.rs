//! Telling apart what a page shows from what it would show now.

use serde::Serialize;
use std::{fmt, io};

/// A number made of all that something shows. Who has the thing can make it; it is no secret and protects nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint(u64);

/// FNV-1a of 64 bits: small, and the same on both sides.
struct Hasher(u64);

impl io::Write for Hasher {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Fingerprint {
    /// Of a thing, as it travels.
    pub fn of(thing: &impl Serialize) -> Self {
        let mut hasher = Hasher(0xcbf2_9ce4_8422_2325);
        // What travels has a JSON form, and the hasher takes whatever it is given.
        let _written = serde_json::to_writer(&mut hasher, thing);
        Self(hasher.0)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:016x}", self.0)
    }
}

/// What a page shows that follows what others change.
pub trait LiveView: Serialize + Sized {
    /// All of it.
    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(self)
    }

    /// Its rows, each by the name under which it is marked.
    fn rows(&self) -> Vec<(String, Fingerprint)> {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_that_differ_have_other_fingerprints() {
        assert_eq!(Fingerprint::of(&("a", 1)), Fingerprint::of(&("a", 1)));
        assert_ne!(Fingerprint::of(&("a", 1)), Fingerprint::of(&("a", 2)));
        assert_eq!(Fingerprint::of(&()).to_string().len(), 16);
    }
}
