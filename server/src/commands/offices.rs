//! `chancery office`.

use super::{CommandError, Common, acting_in, named_and_all, say, which};
use backend::{
    Chancery, Failure,
    accounts::access,
    offices::{set_host_name, set_up_office},
};
use clap::{Args, Subcommand};
use domain::{
    ids::OfficeId,
    offices::{HostName, Office, OfficeInput},
    problems::FieldProblem,
};

#[derive(Debug, Subcommand)]
pub(super) enum OfficeCommand {
    /// Sets up an office with its key; the first thing in an empty database
    SetUp(SetUp),
    /// Gives an office the name in the Host header that chooses it, in place of the one it may have: the office named with --office, else
    /// the only one, else the only one that has no host name
    SetHost {
        /// The name, without scheme and port: protocol.example.org
        #[arg(value_name = "HOST")]
        name: String,
    },
}

#[derive(Debug, Args)]
pub(super) struct SetUp {
    /// The host: “City of Los Angeles”
    #[arg(long, value_name = "HOST")]
    host: String,
    /// The office: “Office of International Affairs”
    #[arg(long)]
    name: String,
    /// The zone of its clocks: America/Los_Angeles
    #[arg(long)]
    zone: String,
    /// The place shown beside a time: “Los Angeles”
    #[arg(long)]
    place: String,
    /// Country, ISO 3166-1 alpha-2
    #[arg(long)]
    country: String,
    /// The name in the Host header that chooses it, where there are several offices
    #[arg(long, value_name = "NAME")]
    host_name: Option<String>,
}

/// The argument that is not of its form, by the field that it fills in.
fn wrong_use(problems: &[FieldProblem]) -> CommandError {
    let what = match problems.first().map(|problem| problem.field.as_str()) {
        Some("name") => "--name",
        Some("zone") => "--zone",
        Some("place") => "--place",
        Some("country") => "--country",
        _ => "--host",
    };
    CommandError::WrongUse { what }
}

impl OfficeCommand {
    pub(super) async fn run(self, chancery: &Chancery, common: &Common) -> Result<(), CommandError> {
        match self {
            Self::SetUp(set_up) => set_up.run(chancery).await,
            Self::SetHost { name } => set_host(chancery, common, &name).await,
        }
    }
}

impl SetUp {
    async fn run(self, chancery: &Chancery) -> Result<(), CommandError> {
        let host_name = self.host_name.as_deref().map(HostName::parse).transpose();
        let host_name = host_name.map_err(|_| CommandError::WrongUse { what: "--host-name" })?;
        let input = OfficeInput {
            host: Some(self.host),
            name: Some(self.name),
            zone: Some(self.zone),
            place: Some(self.place),
            country: Some(self.country),
            ..OfficeInput::default()
        };
        let details = input.onto(None, &chancery.zones).map_err(|problems| wrong_use(&problems))?;
        let there = access::offices(chancery).await?;
        if !there.is_empty() && host_name.is_none() {
            return Err(CommandError::SecondOffice);
        }
        // It would answer to every host that is not the second one's.
        if there.iter().any(|office| office.host_name.is_none()) {
            return Err(CommandError::FirstWithoutHost);
        }
        let made = set_up_office(chancery, OfficeId(chancery.ids.next()), host_name.clone(), details).await;
        let context = made.map_err(|failure| taken(failure, host_name))?;
        let office = context.office();
        let chosen = office.host_name.as_ref().filter(|_| !there.is_empty()).map(|host| format!(" --office {host}")).unwrap_or_default();
        say(format_args!("{} is set up. Now make its first account: chancery account add{chosen}", office.details.host))
    }
}

/// Gives an office its host name: the one named with `--office`, or the only one, or the only one that has none.
async fn set_host(chancery: &Chancery, common: &Common, name: &str) -> Result<(), CommandError> {
    let name = HostName::parse(name).map_err(|_| CommandError::WrongHostName)?;
    let (named, mut offices) = named_and_all(chancery, common).await?;
    let office = match named {
        Some(office) => office,
        None => {
            if offices.len() > 1 {
                offices.retain(|office| office.host_name.is_none());
            }
            match (offices.pop(), offices.is_empty()) {
                (Some(office), true) => office,
                (None, _) if access::offices(chancery).await?.is_empty() => return Err(CommandError::NoOffice),
                _ => return Err(which(&access::offices(chancery).await?)),
            }
        }
    };
    let context = acting_in(chancery, common, office).await?;
    set_host_name(&context, name.clone()).await.map_err(|failure| taken(failure, Some(name.clone())))?;
    let office = Office { host_name: Some(name), ..context.office().clone() };
    say(format_args!("{} is reached at {}", office.details.host, chancery.public_address_of(&office)))
}

/// A host name that another office has, in words.
fn taken(failure: Failure, host: Option<HostName>) -> CommandError {
    match (failure, host) {
        (Failure::Invalid(problems), Some(host)) if problems.iter().any(|problem| problem.field == "host_name") => {
            CommandError::HostTaken { host }
        }
        (failure, _) => failure.into(),
    }
}
