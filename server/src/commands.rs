//! The commands of `chancery`. Codes: 0 done, 1 refused or failed with a message on standard error, 2 wrong use.

mod accounts;
mod backup;
mod import;
mod keys;
mod offices;
mod record;
mod serve;
mod zones;

use crate::{
    config::{self, Settings, SettingsError},
    start::{self, StartError},
    telemetry,
};
use backend::{
    Chancery, Failure, RequestContext,
    accounts::{
        access, directory,
        passwords::{PasswordError, PasswordProblem},
    },
    audit::verification::NotVerified,
    backup::BackupError,
    database::DatabaseError,
    demo::SeedError,
    sealing::SecretFileError,
};
use clap::{Args, Parser, Subcommand};
use domain::{imports::ImportRefusal, offices::Office, permission::Actor, text::EmailAddress};
use std::{
    io::{self, Write as _},
    path::PathBuf,
    sync::Arc,
};

/// Done.
const DONE: u8 = 0;
/// Refused or failed.
const FAILED: u8 = 1;
/// Wrong use.
const WRONG_USE: u8 = 2;

/// A protocol office's visits, programmes, rooms and calendars.
#[derive(Debug, Parser)]
#[command(name = "chancery", version, about, disable_help_subcommand = true)]
struct Arguments {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
struct Common {
    /// A TOML file of settings; the environment has the last word
    #[arg(long, global = true, env = "CHANCERY_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// The account in whose name it is done; without it the operator's, who reads nothing above TLP:GREEN
    #[arg(long = "as", global = true, value_name = "EMAIL")]
    acting: Option<String>,
    /// The host name of the office, where there are several
    #[arg(long, global = true, value_name = "HOST")]
    office: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves the office until it is stopped
    #[command(after_long_help = config::help(), after_help = config::help())]
    Serve,
    /// Brings the database's schema up to date
    Migrate,
    /// Offices
    #[command(subcommand)]
    Office(offices::OfficeCommand),
    /// Accounts
    #[command(subcommand)]
    Account(accounts::AccountCommand),
    /// Key files
    #[command(subcommand)]
    Keys(keys::KeysCommand),
    /// Writes a copy of all that is stored to a new file; the key file is not in it
    Backup(backup::BackupFile),
    /// Takes a copy back into an empty database: all of it, or nothing
    Restore(backup::BackupFile),
    /// Verifies the record: every entry, from the first
    VerifyAudit(record::VerifyAudit),
    /// Takes what is in files
    #[command(subcommand)]
    Import(import::ImportCommand),
    /// Writes the description of the JSON API (OpenAPI) to standard output
    Openapi,
    /// Rules of the world's zones
    #[command(subcommand)]
    Zones(zones::ZonesCommand),
}

/// Why a command was not done.
#[derive(Debug, thiserror::Error)]
enum CommandError {
    #[error(transparent)]
    Settings(#[from] SettingsError),
    #[error(transparent)]
    Start(#[from] StartError),
    #[error(transparent)]
    Seed(#[from] SeedError),
    #[error(transparent)]
    Failure(#[from] Failure),
    #[error(transparent)]
    Database(#[from] DatabaseError),
    #[error(transparent)]
    Backup(#[from] BackupError),
    #[error(transparent)]
    SecretFile(#[from] SecretFileError),
    #[error(transparent)]
    NotVerified(#[from] NotVerified),
    #[error(transparent)]
    Password(#[from] PasswordProblem),
    #[error(transparent)]
    Hashing(#[from] PasswordError),
    #[error("{0}")]
    System(#[from] io::Error),
    #[error("no office is set up: run `chancery office set-up` first")]
    NoOffice,
    #[error("there are several offices: say which with --office HOST")]
    WhichOffice,
    #[error("no account has the address given with --as")]
    NoSuchAccount,
    #[error("{what} is not of its form")]
    WrongUse {
        /// Which argument.
        what: &'static str,
    },
    #[error("an office is set up in this database already, and has no host name by which to tell a second one apart")]
    SecondOffice,
}

impl CommandError {
    const fn code(&self) -> u8 {
        match self {
            Self::WrongUse { .. } | Self::WhichOffice | Self::Settings(_) => WRONG_USE,
            _ => FAILED,
        }
    }

    /// What is said on standard error: for a form that was refused, field by field.
    fn said(&self) -> String {
        match self {
            Self::Failure(Failure::Invalid(problems)) => {
                let problems = problems.iter().map(|problem| format!("{}: {:?}", problem.field, problem.problem));
                problems.collect::<Vec<_>>().join("; ")
            }
            Self::Failure(Failure::Import(ImportRefusal::Rows { rows })) => {
                let rows = rows.iter().map(|row| {
                    let problems: Vec<String> =
                        row.problems.iter().map(|problem| format!("{}: {:?}", problem.field, problem.problem)).collect();
                    format!("line {}: {}", row.line, problems.join("; "))
                });
                format!("nothing was taken\n{}", rows.collect::<Vec<_>>().join("\n"))
            }
            other => other.to_string(),
        }
    }
}

/// Runs the command that the process was called with; gives its code.
pub fn run() -> u8 {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are no errors; what can't be printed is told by the code alone.
            let _printed = error.print();
            return if error.use_stderr() { WRONG_USE } else { DONE };
        }
    };
    match in_runtime(arguments) {
        Ok(()) => DONE,
        Err(error) => {
            let _told = writeln!(io::stderr(), "chancery: {}", error.said());
            error.code()
        }
    }
}

fn in_runtime(arguments: Arguments) -> Result<(), CommandError> {
    let settings = match &arguments.command {
        // Needs no setting, and may come before any is made.
        Command::Keys(command) => return command.run(),
        _ => Settings::read(arguments.common.config.as_deref())?,
    };
    let filter = if matches!(arguments.command, Command::Serve) { telemetry::OF_SERVING } else { telemetry::OF_COMMANDS };
    telemetry::begin(settings.log, filter);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let done = runtime.block_on(perform(arguments, settings));
    // Work that a command left on other threads is not waited for.
    runtime.shutdown_background();
    done
}

async fn perform(arguments: Arguments, settings: Settings) -> Result<(), CommandError> {
    let common = &arguments.common;
    match arguments.command {
        Command::Serve => serve::serve(settings).await,
        Command::Migrate => Ok(start::open_database(&settings).await?.migrate().await?),
        Command::Keys(command) => command.run(),
        Command::Zones(command) => command.run(&settings),
        Command::Openapi => describe(),
        Command::Import(command) => command.run(&acting(&start::start(&settings).await?, common).await?).await,
        Command::Restore(file) => file.restore(&settings).await,
        Command::Backup(file) => file.back_up(&start::start(&settings).await?).await,
        Command::Office(command) => command.run(&start::start(&settings).await?).await,
        Command::Account(command) => command.run(&acting(&start::start(&settings).await?, common).await?).await,
        Command::VerifyAudit(command) => command.run(&acting(&start::start(&settings).await?, common).await?).await,
    }
}

fn describe() -> Result<(), CommandError> {
    let text = crate::api::description().to_pretty_json().map_err(io::Error::from)?;
    say(text)
}

/// The context of a command: the account's named with `--as`, else the operator's.
async fn acting(chancery: &Chancery, common: &Common) -> Result<RequestContext, CommandError> {
    let office = office(chancery, common.office.as_deref()).await?;
    let operator = Actor::operator(office.id);
    let context = chancery.context(office, operator);
    let Some(email) = &common.acting else { return Ok(context) };
    let email = EmailAddress::parse(email).map_err(|_| CommandError::WrongUse { what: "--as" })?;
    let account = directory::by_email(&context, &email).await?.ok_or(CommandError::NoSuchAccount)?;
    let (actor, _) = access::actor_of_account(&context, account).await?.ok_or(CommandError::NoSuchAccount)?;
    Ok(context.as_actor(actor))
}

async fn office(chancery: &Chancery, host: Option<&str>) -> Result<Arc<Office>, CommandError> {
    if let Some(host) = host {
        return Ok(access::office_of(chancery, Some(host)).await?);
    }
    let mut offices = access::offices(chancery).await?;
    match (offices.pop(), offices.is_empty()) {
        (Some(office), true) => Ok(Arc::new(office)),
        (Some(_), false) => Err(CommandError::WhichOffice),
        (None, _) => Err(CommandError::NoOffice),
    }
}

/// Says something on standard output.
fn say(text: impl std::fmt::Display) -> Result<(), CommandError> {
    Ok(writeln!(io::stdout(), "{text}")?)
}
