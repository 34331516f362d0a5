//! `chancery zones`.

use super::{CommandError, say};
use crate::{
    config::Settings,
    start::{self, READ_BY_OPERATOR, StartError},
};
use backend::{
    RequestContext, accounts,
    clock::{Clock as _, MachineClock},
    installation::{self, TzStanding},
    renewal::{self, MovedThing, MovedTime, OfficeRenewed},
    zones::Zones,
};
use chrono::{DateTime, TimeDelta, Utc};
use clap::Subcommand;
use domain::{ids::AccountId, time::Span};
use std::{collections::HashMap, path::PathBuf};

/// How far ahead two databases are compared: what calendars show, and what offices plan for, and some.
const LOOKED_AT: TimeDelta = TimeDelta::days(10 * 366);

#[derive(Debug, Subcommand)]
pub(super) enum ZonesCommand {
    /// Says which release of the tz database is used, and from where
    Version,
    /// Compares the zones of the next two years with a second opinion; writes and lists what newer rules move of all offices
    Check,
    /// Lists the zones of pick lists whose clocks differ between two tz databases in the next ten years
    Diff {
        /// The folder of the older one: compiled zones (TZif) with +VERSION or tzdata.zi
        old: PathBuf,
        /// The folder of the newer one
        new: PathBuf,
    },
}

impl ZonesCommand {
    pub(super) async fn run(&self, settings: &Settings) -> Result<(), CommandError> {
        let now = settings.clock.unwrap_or_else(|| MachineClock.now());
        if let Self::Diff { old, new } = self {
            return differ(&Zones::in_directory(old).map_err(StartError::from)?, &Zones::in_directory(new).map_err(StartError::from)?, now);
        }
        let zones = start::zones(settings)?;
        say(format_args!("tz database {} from {}", zones.database_version(), zones.source()))?;
        if matches!(self, Self::Check) {
            compare(&zones, now)?;
            renew(settings).await?;
        }
        Ok(())
    }
}

/// From when on the clocks of which zones differ, and how.
fn differ(old: &Zones, new: &Zones, now: DateTime<Utc>) -> Result<(), CommandError> {
    let differing = Span::new(now, now + LOOKED_AT).map_or_else(Vec::new, |during| old.disagreements_with(new, during));
    for found in &differing {
        say(format_args!("{} from {}: {} before, {} now", found.zone, found.from.to_rfc3339(), found.ours, found.theirs))?;
    }
    let (old_version, new_version) = (old.database_version(), new.database_version());
    say(format_args!("{old_version} to {new_version}: {} zones looked at, {} differ", old.names().len(), differing.len()))
}

fn compare(zones: &Zones, now: DateTime<Utc>) -> Result<(), CommandError> {
    for error in zones.passed_over() {
        say(format_args!("passed over: {error}"))?;
    }
    let differing = start::differing(zones, now);
    for found in &differing {
        say(format_args!("{} from {}: {} here, {} by chrono-tz", found.zone, found.from.to_rfc3339(), found.ours, found.theirs))?;
    }
    say(format_args!("{} zones looked at, {} differ", zones.names().len(), differing.len()))
}

/// Works out all that has not begun anew, unless the database was written by newer rules than these. One office that cannot be written
/// keeps no other from it, nor what moved of the others from being listed.
async fn renew(settings: &Settings) -> Result<(), CommandError> {
    let chancery = start::open(settings).await?;
    if let TzStanding::Older { recorded } = installation::tz_standing(&chancery).await? {
        return Err(CommandError::OlderZones { recorded });
    }
    let mut failed: Vec<String> = Vec::new();
    for OfficeRenewed { context, outcome } in renewal::renew_times_of_all(&chancery).await? {
        match outcome {
            Ok(moved) => list(&context, &moved).await?,
            Err(failure) => {
                let office = format!("{} ({})", context.office().details.name, context.office_id());
                say(format_args!("{office}: nothing is moved: {failure}"))?;
                failed.push(office);
            }
        }
    }
    if !failed.is_empty() {
        return Err(CommandError::NotRenewed { offices: failed.join(", ") });
    }
    installation::record_tz_version(&chancery).await?;
    Ok(())
}

/// Lists what moved of an office.
async fn list(context: &RequestContext, moved: &[MovedTime]) -> Result<(), CommandError> {
    let office = &context.office().details.name;
    let sharing = moved.iter().filter(|moved| moved.shares_for(READ_BY_OPERATOR)).count();
    say(format_args!("{office}: {} moved, {sharing} of them share something", moved.len()))?;
    if moved.is_empty() {
        return Ok(());
    }
    let mut addresses: HashMap<AccountId, String> = HashMap::new();
    match accounts::keep::list_accounts(context).await {
        Ok(listed) => addresses.extend(listed.into_iter().map(|listing| (listing.account.id, listing.account.email.to_string()))),
        // It is moved and told to whose it is all the same.
        Err(failure) => say(format_args!("{office}: whose it is cannot be read: {failure}"))?,
    }
    for moved in moved {
        say(line(context, moved, &addresses))?;
    }
    Ok(())
}

/// What moved, for who may read no more than TLP:GREEN: where to look it up and whom to ask, and the instants only where those are no
/// secret. By how much a zone's rules changed is none.
fn line(context: &RequestContext, moved: &MovedTime, addresses: &HashMap<AccountId, String>) -> String {
    let office = context.public_address();
    let what = match moved.what {
        MovedThing::Line { item, visit } => format!("{office}/visits/{visit}#line-{item}"),
        MovedThing::Booking(booking) => format!("{office}/bookings/{booking}"),
        MovedThing::Blackout(blackout) => format!("{office}/rooms/blackouts/{blackout}"),
    };
    let is_open = moved.marking <= READ_BY_OPERATOR;
    let when = if is_open {
        format!("{}: from {} to {}", moved.zone, moved.was.to_rfc3339(), moved.is.to_rfc3339())
    } else {
        moved.marking.label().to_owned()
    };
    // Who is on a visit's list is told to who may know of the visit; they have news of it themselves.
    let owners: Vec<&str> = moved.owners.iter().filter(|_| is_open).filter_map(|owner| Some(addresses.get(owner)?.as_str())).collect();
    let shares = if moved.shares_for(READ_BY_OPERATOR) { ", shares what it takes" } else { "" };
    format!("  {what} ({when}{shares}) {}", owners.join(" "))
}
