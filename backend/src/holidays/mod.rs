//! The office's calendar of days on which nobody works: the bundled table of each country, and the days the office has set itself.

pub(crate) mod store;

use crate::{
    audit::{self, Entry},
    context::{RequestContext, retried},
    database::Connection,
    error::{Failure, Outcome},
    permits::{ManageOffice, ReadOffice, authorise},
};
use chrono::NaiveDate;
use domain::{
    audit::{Intent, ThingKind},
    holidays::{Calendar, DayKind, OwnDay, calendar_file::read_calendar, input::OwnDayInput},
    ids::OwnDayId,
    imports::{FileProblem, ImportReport, MOST_BYTES},
    permission::Facts,
    problems::Problem,
    text::folded,
};
use std::collections::HashSet;

/// The working days of the host: its country's weekends and holidays, the days it has set, and those on which it is closed at all
/// its sites.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn host_calendar(context: &RequestContext, connection: &mut impl Connection) -> Outcome<Calendar> {
    let own = store::of_country(context, connection, context.office().details.country.as_str()).await?;
    Ok(calendar_of_host(context, &own))
}

fn calendar_of_host(context: &RequestContext, own: &[OwnDay]) -> Calendar {
    let office = &context.office().details;
    let closed = office.holidays.iter().filter(|holiday| holiday.hours.is_none()).map(|holiday| (holiday.on, holiday.name.as_str()));
    Calendar::of(office.country.as_str()).with_own(own).closed_for(closed)
}

/// The calendars of the host and of another country, right between two days, both included: one reading for both.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn calendars_of(
    context: &RequestContext,
    connection: &mut impl Connection,
    other: Option<&str>,
    (from, to): (NaiveDate, NaiveDate),
) -> Outcome<(Calendar, Option<Calendar>)> {
    let host = context.office().details.country.as_str();
    let own = store::of_two(context, connection, (host, other.unwrap_or(host)), (from, to)).await?;
    Ok((calendar_of_host(context, &own), other.map(|country| Calendar::of(country).with_own(&own))))
}

/// The days the office has set itself, of all countries, by day.
///
/// # Errors
/// When the actor may not, or the database refuses.
pub async fn list_own_days(context: &RequestContext) -> Outcome<Vec<OwnDay>> {
    authorise::<ReadOffice>(context, Facts::NONE)?;
    store::all(context, &mut context.read().await?).await
}

/// Puts a day on the calendar.
///
/// # Errors
/// When the actor may not, something given is wrong, or the same day is there under the same name.
pub async fn add_own_day(context: &RequestContext, input: OwnDayInput) -> Outcome<OwnDay> {
    let permit = authorise::<ManageOffice>(context, Facts::NONE)?;
    retried(|| async {
        let mut transaction = context.write().await?;
        let day = input.clone().into_new(context.new_id())?;
        let there = store::of_country(context, &mut transaction, day.country.as_str()).await?;
        if there.iter().any(|other| same_by(other) == same_by(&day)) {
            return Err(Failure::field("on", Problem::AlreadyTaken));
        }
        let digest = store::insert(context, &mut transaction, &permit, &day).await?;
        let entry = Entry::done(Intent::AddHoliday).digest(digest).thing(ThingKind::Holiday, day.id.uuid(), 1);
        audit::record(context, &mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(day)
    })
    .await
}

/// By what two days of one country are the same one.
fn same_by(day: &OwnDay) -> (NaiveDate, String) {
    (day.on, folded(day.name.as_str()))
}

/// Takes a day off the calendar. What was counted back over it stays where it is.
///
/// # Errors
/// When the actor may not, or there is no such day.
pub async fn remove_own_day(context: &RequestContext, id: OwnDayId) -> Outcome<()> {
    let permit = authorise::<ManageOffice>(context, Facts::NONE)?;
    retried(|| async {
        let mut transaction = context.write().await?;
        store::one(context, &mut transaction, id).await?.ok_or(Failure::NotFound)?;
        let digest = store::remove(context, &mut transaction, &permit, id).await?;
        let entry = Entry::done(Intent::RemoveHoliday).digest(digest).thing(ThingKind::Holiday, id.uuid(), 2);
        audit::record(context, &mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(())
    })
    .await
}

/// Takes the whole-day events of an iCalendar file as holidays of the office's own country: all of them, or none and why. A day that
/// is there under the same name is left as it is.
///
/// # Errors
/// When the actor may not, the file can't be read, or any event of it is wrong.
pub async fn import_calendar(context: &RequestContext, bytes: &[u8]) -> Outcome<ImportReport> {
    let permit = authorise::<ManageOffice>(context, Facts::NONE)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(FileProblem::TooLarge { most_bytes: MOST_BYTES }.into());
    }
    let days = read_calendar(bytes)?;
    retried(|| async {
        let mut transaction = context.write().await?;
        let country = &context.office().details.country;
        let of_country = store::of_country(context, &mut transaction, country.as_str()).await?;
        let mut there: HashSet<(NaiveDate, String)> = of_country.iter().map(same_by).collect();
        let mut report = ImportReport::default();
        let mut digests = Vec::new();
        let mut entry = Entry::done(Intent::ImportHolidays);
        for day in &days {
            let day = OwnDay { id: context.new_id(), country: country.clone(), on: day.on, name: day.name.clone(), kind: DayKind::Holiday };
            if !there.insert(same_by(&day)) {
                report.unchanged += 1;
                continue;
            }
            digests.push(store::insert(context, &mut transaction, &permit, &day).await?);
            entry = entry.thing(ThingKind::Holiday, day.id.uuid(), 1);
            report.added += 1;
        }
        audit::record(context, &mut transaction, entry.digests(&digests)).await?;
        transaction.commit().await?;
        Ok(report)
    })
    .await
}
