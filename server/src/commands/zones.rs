//! `chancery zones`.

use super::{CommandError, say};
use crate::{config::Settings, start};
use backend::clock::{Clock as _, MachineClock};
use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub(super) enum ZonesCommand {
    /// Says which release of the tz database is used, and from where
    Version,
    /// Compares the zones of the next two years with a second opinion
    Check,
}

impl ZonesCommand {
    pub(super) fn run(&self, settings: &Settings) -> Result<(), CommandError> {
        let zones = start::zones(settings)?;
        say(format_args!("tz database {} from {}", zones.database_version(), zones.source()))?;
        if matches!(self, Self::Version) {
            return Ok(());
        }
        for error in zones.passed_over() {
            say(format_args!("passed over: {error}"))?;
        }
        let differing = start::differing(&zones, settings.clock.unwrap_or_else(|| MachineClock.now()));
        for found in &differing {
            say(format_args!("{} from {}: {} here, {} by chrono-tz", found.zone, found.from.to_rfc3339(), found.ours, found.chrono_tz))?;
        }
        say(format_args!("{} zones looked at, {} differ", zones.names().len(), differing.len()))
    }
}
