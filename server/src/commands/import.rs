//! `chancery import`.

use super::{CommandError, say};
use backend::{Failure, RequestContext, missions::import_missions, people::import_people, programme::import, rooms::files};
use clap::{Args, Subcommand};
use domain::{
    ids::VisitId,
    imports::{ImportRefusal, ImportReport},
    time::clocks::hours_minutes,
};
use std::{fs, path::PathBuf};

#[derive(Debug, Subcommand)]
pub(super) enum ImportCommand {
    /// Lines of a programme from a file of comma-separated values: all of them, or none
    Programme(ImportProgramme),
    /// Missions and their heads from a file of comma-separated values: all of them, or none
    Missions(ImportFile),
    /// People from a file of comma-separated values: all of them, or none
    People(ImportFile),
    /// Rooms and their seasons from a file of comma-separated values: all of them, or none
    Rooms(ImportFile),
    /// Sites, their ways and holidays from a file of comma-separated values: all of them, or none
    Sites(ImportFile),
    /// Blackouts of rooms and sites from a file of comma-separated values: all of them, or none
    Blackouts(ImportFile),
}

#[derive(Debug, Args)]
pub(super) struct ImportFile {
    /// The file
    file: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct ImportProgramme {
    /// The file
    file: PathBuf,
    /// The visit's identifier
    #[arg(long, value_name = "ID")]
    visit: String,
    /// Says what would be done, and does nothing
    #[arg(long)]
    preview: bool,
}

impl ImportCommand {
    pub(super) async fn run(self, context: &RequestContext) -> Result<(), CommandError> {
        match self {
            Self::Programme(command) => command.run(context).await,
            Self::Missions(given) => tell(&import_missions(context, &fs::read(given.file)?).await?),
            Self::People(given) => tell(&import_people(context, &fs::read(given.file)?).await?),
            Self::Rooms(given) => tell(&files::import_rooms(context, &fs::read(given.file)?).await?),
            Self::Sites(given) => tell(&files::import_sites(context, &fs::read(given.file)?).await?),
            Self::Blackouts(given) => tell(&files::import_blackouts(context, &fs::read(given.file)?).await?),
        }
    }
}

/// What an import did, and which columns it left out.
fn tell(report: &ImportReport) -> Result<(), CommandError> {
    if !report.ignored_columns.is_empty() {
        say(format_args!("left out, because they mean nothing here: {}", report.ignored_columns.join(", ")))?;
    }
    say(format_args!("{} added, {} changed, {} unchanged", report.added, report.changed, report.unchanged))
}

impl ImportProgramme {
    async fn run(self, context: &RequestContext) -> Result<(), CommandError> {
        let visit: VisitId = self.visit.parse().map_err(|_| CommandError::WrongUse { what: "--visit" })?;
        let bytes = fs::read(&self.file)?;
        let preview = import::preview_import(context, visit, &bytes).await?;
        for row in &preview.rows {
            let line = &row.view;
            let capital =
                line.capital.as_ref().map(|capital| format!(" ({} {:+})", hours_minutes(capital.moment.local), capital.day_marker));
            let title = line.title.as_deref().unwrap_or_default();
            say(format_args!("line {}: {} {}{} {title}", row.line, line.starts.local, line.starts.zone, capital.unwrap_or_default()))?;
            for warning in &row.warnings {
                say(format_args!("    {warning}"))?;
            }
        }
        if !preview.problems.is_empty() {
            return Err(Failure::from(ImportRefusal::Rows { rows: preview.problems }).into());
        }
        if self.preview {
            return Ok(());
        }
        tell(&import::import_programme(context, visit, &bytes).await?)
    }
}
