//! Text that a stolen copy of the database must not show, and the keys it is sealed under.
//!
//! The keys hang from each other: the [`KeyFile`], which is never in the database or a backup; a random [`OfficeKey`] for
//! each office, kept wrapped under the key file; a random [`ContentKey`] for each version of a thing, and one for each person, kept
//! wrapped under its office's key. Destroying a wrapped content key erases what it sealed, in every copy made afterwards.
//!
//! It protects a stolen copy of the database. It does not protect against somebody who can write to the database and
//! waits for the office to read, nor against the operator, who holds the key file. Ids, intervals, rooms, markings and
//! lists stay clear.

mod cipher;
pub mod codes;
pub mod drafts;
pub mod key_file;
pub mod keys;
pub mod random;
pub mod recovery;
pub(crate) mod secret;
pub mod secret_file;
pub mod text;

pub use cipher::{Format, KeyId, SealingError};
pub use key_file::{CheckValue, KeyFile, WrongKeyFile};
pub use keys::{ContentKey, OfficeKey, WrappedKey};
pub use random::{OsRandom, RandomnessFailed, SecretRandom};
pub use secret_file::SecretFileError;
pub use text::{Context, SealedText, open, seal};
