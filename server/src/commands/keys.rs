//! `chancery keys`.

use super::{CommandError, say};
use crate::{config::Settings, start::data_folder};
use backend::sealing::{KeyFile, OsRandom};
use clap::Subcommand;
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(super) enum KeysCommand {
    /// Draws a new key and writes it to a new file of mode 0600
    Make {
        /// The file, outside the folder of the data
        path: PathBuf,
    },
}

impl KeysCommand {
    pub(super) fn run(&self) -> Result<(), CommandError> {
        let Self::Make { path } = self;
        // Settings may still be incomplete: only where the data lie is of interest.
        let data = Settings::read(None).ok().as_ref().and_then(data_folder);
        KeyFile::create(path, data.as_deref(), &OsRandom)?;
        say(format_args!("The key is in {}. Keep a copy apart from every backup: without it sealed text is lost.", path.display()))
    }
}
