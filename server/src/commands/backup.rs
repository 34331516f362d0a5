//! `chancery backup` and `chancery restore`.

use super::{CommandError, say};
use crate::{config::Settings, start};
use backend::{Chancery, backup};
use clap::Args;
use std::{
    fs::{self, File, OpenOptions},
    io::{BufReader, BufWriter},
    os::unix::fs::OpenOptionsExt as _,
    path::PathBuf,
};

#[derive(Debug, Args)]
pub(super) struct BackupFile {
    /// The file of the copy
    file: PathBuf,
}

impl BackupFile {
    /// Writes a copy under another name and gives it its own when it is whole and on the disk.
    pub(super) async fn back_up(self, chancery: &Chancery) -> Result<(), CommandError> {
        if self.file.exists() {
            return Err(std::io::Error::from(std::io::ErrorKind::AlreadyExists).into());
        }
        let mut partial = self.file.clone().into_os_string();
        partial.push(".partial");
        let partial = PathBuf::from(partial);
        let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&partial)?;
        let mut out = BufWriter::new(file);
        let copied = backup::back_up(&chancery.database, chancery.clock.now(), &mut out).await?;
        out.into_inner().map_err(|error| error.into_error())?.sync_all()?;
        fs::rename(&partial, &self.file)?;
        say(format_args!("{} rows are in {}. The key file is not: keep it elsewhere.", copied.rows, self.file.display()))
    }

    /// Takes a copy back. The schema is made first; the database must hold nothing else.
    pub(super) async fn restore(self, settings: &Settings) -> Result<(), CommandError> {
        let mut from = BufReader::new(File::open(&self.file)?);
        let database = start::open_database(settings).await?;
        database.migrate().await?;
        let copied = backup::restore(&database, &mut from).await?;
        database.close().await;
        say(format_args!("{} rows are back. Serve them with the key file they were written under.", copied.rows))
    }
}
