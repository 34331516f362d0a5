//! The commands of `chancery`. Codes: 0 done, 1 refused or failed with a message on standard error, 2 wrong use.

mod accounts;
mod backup;
mod export;
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
use app::words::words_of_problem;
use backend::{
    Chancery, Failure, RequestContext,
    accounts::{
        access, directory,
        passwords::{PasswordError, PasswordProblem},
    },
    audit::verification::NotVerified,
    backup::BackupError,
    database::DatabaseError,
    demo::{self, SeedError},
    sealing::{RandomnessFailed, SealingError, SecretFileError, recovery::NotARecoveryKey},
};
use clap::{Args, Parser, Subcommand};
use domain::{
    ids::OfficeId,
    imports::ImportRefusal,
    offices::{HostName, Office},
    permission::Actor,
    problems::FieldProblem,
    text::EmailAddress,
};
use language::{Locale, Words};
use std::{
    fs::{File, OpenOptions},
    io::{self, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
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
    /// Loads the demonstration into an empty database; `serve` does so by itself (needs CHANCERY_DEMO=1)
    Demo,
    /// Takes what is in files
    #[command(subcommand)]
    Import(import::ImportCommand),
    /// Writes files that `import` takes back
    #[command(subcommand)]
    Export(export::ExportCommand),
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
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    #[error(transparent)]
    Randomness(#[from] RandomnessFailed),
    #[error("the key file could not be wrapped: {0}")]
    NotWrapped(#[from] SealingError),
    #[error("{} is no recovery copy of a key file: {source}", path.display())]
    NotARecoveryCopy {
        /// The file.
        path: PathBuf,
        /// What it is not.
        source: serde_json::Error,
    },
    #[error("that is no private half of a recovery key")]
    NotAPrivateHalf(#[from] NotARecoveryKey),
    #[error("this private half does not open {}, which was wrapped to another public half or was changed: {source}", path.display())]
    NotOpened {
        /// The recovery copy.
        path: PathBuf,
        /// Why.
        source: SealingError,
    },
    #[error("no checkpoints as the program writes them, by line of the file: {lines}")]
    BadCheckpoints {
        /// The numbers of the lines.
        lines: String,
    },
    #[error("the checkpoint in line {line} of the file was not signed by this key, or was changed")]
    StrangeCheckpoint {
        /// The number of the line.
        line: usize,
    },
    #[error("no office is set up: run `chancery office set-up` first")]
    NoOffice,
    #[error(
        "there are several offices, {offices}: say which with --office HOST, or with its identifier; one without a host name gets one by `chancery office set-host HOST`"
    )]
    WhichOffice {
        /// Those there are.
        offices: String,
    },
    #[error("no office has the host name given with --office")]
    NoSuchOffice,
    #[error("no account has the address given with --as")]
    NoSuchAccount,
    #[error("{what} is not of its form")]
    WrongUse {
        /// Which argument.
        what: &'static str,
    },
    #[error("an office is set up in this database already: a second one needs a host name of its own, by --host-name")]
    SecondOffice,
    #[error(
        "the office that is set up already has no host name by which to tell it from a second one: give it one first by `chancery office set-host HOST`"
    )]
    FirstWithoutHost,
    #[error("another office has the host name {host} already")]
    HostTaken {
        /// The name.
        host: HostName,
    },
    #[error("a demonstration is loaded with CHANCERY_DEMO=1 alone, so that it is never taken for an office")]
    NoDemonstration,
    #[error("there is an office in this database: a demonstration needs one of its own")]
    OfficeThere,
    #[error("a host name is a name alone, such as protocol.city.example: without scheme, port and path")]
    WrongHostName,
    #[error("what the tz database moves of {offices} could not be written: it is tried again at the next start, and by this command")]
    NotRenewed {
        /// Which offices.
        offices: String,
    },
    #[error("the database was written by tz database {recorded}, which is newer: nothing is moved back")]
    OlderZones {
        /// The release it was written by.
        recorded: String,
    },
}

impl CommandError {
    const fn code(&self) -> u8 {
        match self {
            Self::WrongUse { .. }
            | Self::BadCheckpoints { .. }
            | Self::NotAPrivateHalf(_)
            | Self::WrongHostName
            | Self::WhichOffice { .. }
            | Self::NoDemonstration
            | Self::Settings(_) => WRONG_USE,
            _ => FAILED,
        }
    }

    /// What is said on standard error: for a form that was refused, field by field.
    fn said(&self) -> String {
        match self {
            Self::Failure(Failure::Invalid(problems)) => fields_in_words(problems),
            Self::Failure(Failure::Import(ImportRefusal::Rows { rows })) => {
                let rows = rows.iter().map(|row| format!("line {}: {}", row.line, fields_in_words(&row.problems)));
                format!("nothing was taken\n{}", rows.collect::<Vec<_>>().join("\n"))
            }
            other => other.to_string(),
        }
    }
}

fn fields_in_words(problems: &[FieldProblem]) -> String {
    let words = Words::new(Locale::English);
    let said = problems.iter().map(|problem| format!("{}: {}", problem.field, words_of_problem(words, &problem.problem)));
    said.collect::<Vec<_>>().join("; ")
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
        Command::Zones(command) => command.run(&settings).await,
        Command::Openapi => describe(),
        Command::Demo => load_demonstration(&settings).await,
        Command::Export(command) => command.run(&acting(&start::start(&settings).await?, common).await?).await,
        Command::Import(command) => command.run(&acting(&start::start(&settings).await?, common).await?).await,
        Command::Restore(file) => file.restore(&settings).await,
        Command::Backup(file) => file.back_up(&start::start(&settings).await?).await,
        Command::Office(command) => command.run(&start::start(&settings).await?, common).await,
        Command::Account(command) => command.run(&acting(&start::start(&settings).await?, common).await?).await,
        Command::VerifyAudit(command) => command.run(&acting(&start::start(&settings).await?, common).await?).await,
    }
}

async fn load_demonstration(settings: &Settings) -> Result<(), CommandError> {
    if !settings.demo {
        return Err(CommandError::NoDemonstration);
    }
    let chancery = start::start(settings).await?;
    if !access::offices(&chancery).await?.is_empty() {
        return Err(CommandError::OfficeThere);
    }
    demo::load(&chancery).await?;
    say("The demonstration is loaded: chancery serve")
}

fn describe() -> Result<(), CommandError> {
    let text = crate::api::description().to_pretty_json().map_err(io::Error::from)?;
    say(text)
}

/// The context of a command in the office that is named with `--office`, or is the only one.
async fn acting(chancery: &Chancery, common: &Common) -> Result<RequestContext, CommandError> {
    let (named, mut offices) = named_and_all(chancery, common).await?;
    let office = match named {
        Some(office) => office,
        None if offices.len() > 1 => return Err(which(&offices)),
        None => offices.pop().ok_or(CommandError::NoOffice)?,
    };
    acting_in(chancery, common, office).await
}

/// The context of a command in an office: the account's named with `--as`, else the operator's.
async fn acting_in(chancery: &Chancery, common: &Common, office: Office) -> Result<RequestContext, CommandError> {
    let office = Arc::new(office);
    let operator = Actor::operator(office.id);
    let context = chancery.context(office, operator);
    let Some(email) = &common.acting else { return Ok(context) };
    let email = EmailAddress::parse(email).map_err(|_| CommandError::WrongUse { what: "--as" })?;
    let account = directory::by_email(&context, &email).await?.ok_or(CommandError::NoSuchAccount)?;
    let (actor, _) = access::actor_of_account(&context, account).await?.ok_or(CommandError::NoSuchAccount)?;
    Ok(context.as_actor(actor))
}

/// Asks which of several offices is meant.
fn which(offices: &[Office]) -> CommandError {
    let each = offices.iter().map(|office| match &office.host_name {
        Some(host) => format!("{host} ({})", office.id),
        None => office.id.to_string(),
    });
    CommandError::WhichOffice { offices: each.collect::<Vec<_>>().join(", ") }
}

/// The office named with `--office`, by its host or its identifier, if one is named, and all there are. A name that is mistyped chooses none, not even a single one.
async fn named_and_all(chancery: &Chancery, common: &Common) -> Result<(Option<Office>, Vec<Office>), CommandError> {
    let offices = access::offices(chancery).await?;
    let Some(host) = &common.office else { return Ok((None, offices)) };
    let by_id = host.parse::<OfficeId>().ok();
    let host = HostName::asked_for(host).filter(|_| by_id.is_none());
    if host.is_none() && by_id.is_none() {
        return Err(CommandError::WrongUse { what: "--office" });
    }
    let is_named = |office: &&Office| by_id == Some(office.id) || (host.is_some() && office.host_name == host);
    let named = offices.iter().find(is_named).cloned();
    Ok((Some(named.ok_or(CommandError::NoSuchOffice)?), offices))
}

/// A new file that its owner alone may read; one that is there is never overwritten.
fn new_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

/// Says something on standard output.
fn say(text: impl std::fmt::Display) -> Result<(), CommandError> {
    Ok(writeln!(io::stdout(), "{text}")?)
}
