//! `chancery export`.

use super::{CommandError, new_file, say};
use backend::{RequestContext, missions::export_missions, people::export_people, programme::export::export_programme, rooms::files};
use clap::{Args, Subcommand};
use domain::ids::VisitId;
use std::{io::Write as _, path::PathBuf};

#[derive(Debug, Subcommand)]
pub(super) enum ExportCommand {
    /// The programme of a visit, as far as the account named with --as may have it in a file
    Programme(ExportProgramme),
    /// Missions and their heads
    Missions(ExportFile),
    /// People
    People(ExportFile),
    /// Rooms and their seasons
    Rooms(ExportFile),
    /// Sites, their ways and holidays
    Sites(ExportFile),
    /// Blackouts of rooms and sites that are not over
    Blackouts(ExportFile),
}

#[derive(Debug, Args)]
pub(super) struct ExportFile {
    /// The new file of comma-separated values
    file: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct ExportProgramme {
    #[command(flatten)]
    to: ExportFile,
    /// The visit's identifier
    #[arg(long, value_name = "ID")]
    visit: String,
}

impl ExportCommand {
    pub(super) async fn run(self, context: &RequestContext) -> Result<(), CommandError> {
        match self {
            Self::Programme(command) => {
                let visit: VisitId = command.visit.parse().map_err(|_| CommandError::WrongUse { what: "--visit" })?;
                command.to.write(&export_programme(context, visit).await?)
            }
            Self::Missions(to) => to.write(&export_missions(context).await?),
            Self::People(to) => to.write(&export_people(context).await?),
            Self::Rooms(to) => to.write(&files::export_rooms(context).await?),
            Self::Sites(to) => to.write(&files::export_sites(context).await?),
            Self::Blackouts(to) => to.write(&files::export_blackouts(context).await?),
        }
    }
}

impl ExportFile {
    fn write(self, bytes: &[u8]) -> Result<(), CommandError> {
        let mut file = new_file(&self.file)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        say(format_args!("{} bytes are in {}", bytes.len(), self.file.display()))
    }
}
