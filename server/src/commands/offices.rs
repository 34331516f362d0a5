//! `chancery office`.

use super::{CommandError, say};
use backend::{Chancery, accounts::access, offices::set_up_office};
use clap::Subcommand;
use domain::{ids::OfficeId, offices::OfficeInput, problems::FieldProblem};

#[derive(Debug, Subcommand)]
pub(super) enum OfficeCommand {
    /// Sets up an office with its key; the first thing in an empty database
    SetUp {
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
    },
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
    pub(super) async fn run(self, chancery: &Chancery) -> Result<(), CommandError> {
        let Self::SetUp { host, name, zone, place, country, host_name } = self;
        let input = OfficeInput {
            host: Some(host),
            name: Some(name),
            zone: Some(zone),
            place: Some(place),
            country: Some(country),
            ..OfficeInput::default()
        };
        let details = input.onto(None, &chancery.zones).map_err(|problems| wrong_use(&problems))?;
        if host_name.is_none() && !access::offices(chancery).await?.is_empty() {
            return Err(CommandError::SecondOffice);
        }
        let host_name = host_name.map(|name| name.to_lowercase());
        let context = set_up_office(chancery, OfficeId(chancery.ids.next()), host_name.as_deref(), details).await?;
        say(format_args!("{} is set up. Now make its first account: chancery account add", context.office().details.host))
    }
}
