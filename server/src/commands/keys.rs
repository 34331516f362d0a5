//! `chancery keys`: the key file, and the way back when it is lost.

use super::{CommandError, new_file, say};
use crate::{config::Settings, start::data_folder};
use backend::sealing::{
    KeyFile, OsRandom,
    recovery::{RecoveryEnvelope, RecoveryPublicKey, RecoverySecretKey},
};
use clap::Subcommand;
use std::{
    fs::{self, File},
    io::{self, IsTerminal as _, Read as _, Write as _},
    path::{Path, PathBuf},
};

#[derive(Debug, Subcommand)]
pub(super) enum KeysCommand {
    /// Draws a new key and writes it to a new file of mode 0600
    Make {
        /// The file, outside the folder of the data
        path: PathBuf,
    },
    /// Draws a recovery key: its public half is printed, its private half is to be kept offline
    MakeRecovery {
        /// A new file for the private half; without it, it is printed, once
        private: Option<PathBuf>,
    },
    /// Writes a recovery copy of a key file, which the private half of a recovery key opens
    Wrap {
        /// The key file
        key: PathBuf,
        /// A new file for the recovery copy, which may lie with the backups
        copy: PathBuf,
        /// The public half of the recovery key
        #[arg(long, value_name = "PUBLIC HALF")]
        to: RecoveryPublicKey,
    },
    /// Opens a recovery copy and writes the key that is in it to a new file of mode 0600
    Recover {
        /// The recovery copy
        copy: PathBuf,
        /// The key file to be, outside the folder of the data
        key: PathBuf,
        /// A file with the private half; without it, it is read from standard input
        #[arg(long, value_name = "FILE")]
        with: Option<PathBuf>,
    },
}

impl KeysCommand {
    pub(super) fn run(&self) -> Result<(), CommandError> {
        match self {
            Self::Make { path } => make(path),
            Self::MakeRecovery { private } => make_recovery(private.as_deref()),
            Self::Wrap { key, copy, to } => wrap(key, copy, to),
            Self::Recover { copy, key, with } => recover(copy, key, with.as_deref()),
        }
    }
}

/// Where the data lie. Settings may still be incomplete: nothing else of them is of interest.
fn data() -> Option<PathBuf> {
    Settings::read(None).ok().as_ref().and_then(data_folder)
}

fn make(path: &Path) -> Result<(), CommandError> {
    KeyFile::create(path, data().as_deref(), &OsRandom)?;
    say(format_args!("The key is in {}. Keep a copy apart from every backup: without it sealed text is lost.", path.display()))
}

fn make_recovery(private: Option<&Path>) -> Result<(), CommandError> {
    let key = RecoverySecretKey::generate(&OsRandom)?;
    let text = key.to_text();
    match private {
        Some(path) => {
            write_new(path, text.as_bytes())?;
            say(format_args!("The private half is in {}. Take it offline, and off this machine.", path.display()))?;
        }
        None => say(format_args!("The private half, which is kept offline and shown this once:\n{}", *text))?,
    }
    say(format_args!("The public half, for `chancery keys wrap --to`:\n{}", key.public()))
}

fn wrap(key: &Path, copy: &Path, to: &RecoveryPublicKey) -> Result<(), CommandError> {
    let file = KeyFile::read(key, None)?;
    let envelope = RecoveryEnvelope::make(&file, to, &OsRandom)?;
    write_new(copy, &serde_json::to_vec(&envelope).map_err(io::Error::from)?)?;
    say(format_args!("The recovery copy of key {} is in {}.", file.id(), copy.display()))
}

fn recover(copy: &Path, key: &Path, with: Option<&Path>) -> Result<(), CommandError> {
    let envelope = named(copy, fs::read(copy))?;
    let envelope: RecoveryEnvelope =
        serde_json::from_slice(&envelope).map_err(|source| CommandError::NotARecoveryCopy { path: copy.to_owned(), source })?;
    let private = RecoverySecretKey::parse(&private_half(with)?)?;
    let file = private.open(&envelope).map_err(|source| CommandError::NotOpened { path: copy.to_owned(), source })?;
    file.save(key, data().as_deref())?;
    say(format_args!("Key {} is back in {}.", file.id(), key.display()))
}

/// The private half: on no command line, where every user of the machine could read it.
fn private_half(with: Option<&Path>) -> Result<String, CommandError> {
    if let Some(path) = with {
        return named(path, fs::read_to_string(path));
    }
    let mut input = io::stdin();
    if input.is_terminal() {
        write!(io::stderr(), "Private half (it is shown while you type; end with Ctrl-D): ")?;
    }
    let mut text = String::new();
    input.read_to_string(&mut text)?;
    Ok(text)
}

/// Writes a new file that its owner alone may read, and to the disk before it returns.
fn write_new(path: &Path, bytes: &[u8]) -> Result<(), CommandError> {
    let written = new_file(path).and_then(|mut file: File| {
        file.write_all(bytes)?;
        file.write_all(b"\n")?;
        file.sync_all()
    });
    named(path, written)
}

/// What the system says of a file, with the name of the file.
fn named<T>(path: &Path, outcome: io::Result<T>) -> Result<T, CommandError> {
    outcome.map_err(|source| CommandError::File { path: path.to_owned(), source })
}
