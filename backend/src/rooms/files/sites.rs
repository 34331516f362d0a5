//! Sites as a file: a site a row, with a way to another and a holiday in each of its rows.
//!
//! A site is found again by its name, so that a file taken in twice doubles nothing.

use super::{ByName, Group, Wrong, grouped};
use crate::{
    audit::{self, Entry},
    context::{RequestContext, retried},
    csv_file::{self, Columns, CsvFile, CsvRow},
    directory::authorise_reading,
    error::{Failure, Outcome},
    permits::{ManageRooms, ReadRooms, authorise},
    rooms::store,
};
use domain::{
    audit::{Intent, ThingKind},
    ids::SiteId,
    imports::ImportReport,
    permission::Facts,
    problems::{FieldProblem, Problem},
    rooms::{
        Site, SiteDetails,
        input::{HolidayInput, SiteInput, TravelInput},
        written::closing_written,
    },
    text::folded,
};

/// The columns of a file of sites. A row may say a way, `travel_to` another site by its name, and a holiday, closed unless it
/// `opens`.
pub const COLUMNS: Columns = Columns {
    needed: &["name"],
    optional: &["address", "zone", "travel_to", "travel_minutes", "holiday", "holiday_name", "opens", "closes"],
};

/// The columns of a holiday.
const OF_A_HOLIDAY: [&str; 4] = ["holiday", "holiday_name", "opens", "closes"];

/// What came of the rows of a site.
struct Read {
    had: Option<Site>,
    id: SiteId,
    details: SiteDetails,
}

/// A site that rows are of, by its identifier, old or new.
struct Named {
    id: SiteId,
    had: Option<Site>,
}

fn is_filled(row: &CsvRow<'_>, columns: &[&str]) -> bool {
    columns.iter().any(|column| row.filled(column).is_some())
}

/// What the rows of a site say once: the first row in which it stands. Another word in a later row is refused.
fn said_once(rows: &[CsvRow<'_>], column: &str, wrong: &mut Wrong) -> Option<String> {
    let is_column = rows.first()?.get(column).is_some();
    let said = rows.iter().find_map(|row| row.filled(column));
    for row in rows.iter().filter(|row| row.filled(column).is_some_and(|text| Some(text) != said)) {
        wrong.add(row, column, Problem::AlreadyTaken);
    }
    said.map(str::to_owned).or_else(|| is_column.then(String::new))
}

/// The ways that rows say, each with its row.
fn ways<'a>(rows: &[CsvRow<'a>], site_of: &dyn Fn(&str) -> Option<SiteId>, wrong: &mut Wrong) -> Vec<(CsvRow<'a>, TravelInput)> {
    let mut ways = Vec::new();
    for row in rows.iter().filter(|row| is_filled(row, &["travel_to", "travel_minutes"])) {
        let Some(to) = row.filled("travel_to") else {
            wrong.add(row, "travel_to", Problem::Missing);
            continue;
        };
        match (site_of(to), row.filled("travel_minutes")) {
            (None, _) => wrong.add(row, "travel_to", Problem::Unknown),
            (Some(_), None) => wrong.add(row, "travel_minutes", Problem::Missing),
            (Some(to), Some(minutes)) => ways.push((*row, TravelInput { to: to.to_string(), minutes: minutes.into() })),
        }
    }
    ways
}

/// The holidays that rows say, each with its row.
fn holidays<'a>(rows: &[CsvRow<'a>]) -> Vec<(CsvRow<'a>, HolidayInput)> {
    let holiday = |row: &CsvRow<'a>| {
        let text = |column: &str| row.get(column).unwrap_or_default().to_owned();
        (*row, HolidayInput { on: text("holiday"), name: text("holiday_name"), opens: text("opens"), closes: text("closes") })
    };
    rows.iter().filter(|row| is_filled(row, &OF_A_HOLIDAY)).map(holiday).collect()
}

/// The row in which a problem of the input is, and its column.
fn place<'a>(
    field: &str,
    ways: &[(CsvRow<'a>, TravelInput)],
    holidays: &[(CsvRow<'a>, HolidayInput)],
) -> Option<(CsvRow<'a>, &'static str)> {
    let mut parts = field.splitn(3, '.');
    let (list, index, part) = (parts.next()?, parts.next()?.parse::<usize>().ok()?, parts.next()?);
    match (list, part) {
        ("travel", "to") => Some((ways.get(index)?.0, "travel_to")),
        ("travel", _) => Some((ways.get(index)?.0, "travel_minutes")),
        ("holidays", "on") => Some((holidays.get(index)?.0, "holiday")),
        ("holidays", "name") => Some((holidays.get(index)?.0, "holiday_name")),
        ("holidays", "opens") => Some((holidays.get(index)?.0, "opens")),
        ("holidays", _) => Some((holidays.get(index)?.0, "closes")),
        _ => None,
    }
}

/// Takes in a file of sites: all of it, or nothing. Needed is the column `name`.
///
/// # Errors
/// When the actor may not, the file can't be read, or a row is wrong: then each that is, with its line.
pub async fn import_sites(context: &RequestContext, bytes: &[u8]) -> Outcome<ImportReport> {
    let permit = authorise::<ManageRooms>(context, Facts::NONE)?;
    let file = &CsvFile::read(bytes, COLUMNS)?;
    retried(|| async {
        let mut transaction = context.write().await?;
        let sites = store::sites(context, &mut transaction).await?;
        let mut wrong = Wrong::default();
        wrong.add_shapes(file);
        let read = read(context, file, &sites, &mut wrong);
        wrong.finish()?;
        let mut report = ImportReport { ignored_columns: file.ignored_columns().to_vec(), ..ImportReport::default() };
        let mut entry = Entry::done(Intent::ImportSites);
        for Read { had, id, details } in read {
            match had {
                Some(had) if had.details == details => report.unchanged += 1,
                Some(had) => {
                    let changed = Site { details, ..had };
                    let (revision, _) = store::update_site(context, &mut transaction, &permit, &changed).await?;
                    report.changed += 1;
                    entry = entry.thing(ThingKind::Site, id.uuid(), revision);
                }
                None => {
                    store::insert_site(context, &mut transaction, &permit, &Site { id, revision: 1, details }).await?;
                    report.added += 1;
                    entry = entry.thing(ThingKind::Site, id.uuid(), 1);
                }
            }
        }
        audit::record(context, &mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(report)
    })
    .await
}

/// What a file makes of the sites it names, and what is wrong with it.
fn read(context: &RequestContext, file: &CsvFile, sites: &[Site], wrong: &mut Wrong) -> Vec<Read> {
    let known = ByName::of(sites.iter().map(|site| (site.id, site.details.name.as_str())));
    let key = |row: &CsvRow<'_>| {
        let name = row.get("name").unwrap_or_default();
        known.find(name).ok_or_else(|| folded(name))
    };
    let groups: Vec<(Named, Group<'_, Result<SiteId, String>>)> = grouped(file.rows().map(|row| (key(&row), row)))
        .into_iter()
        .map(|group| {
            let had = group.key.as_ref().ok().and_then(|id| sites.iter().find(|site| site.id == *id)).cloned();
            (Named { id: had.as_ref().map_or_else(|| context.new_id(), |site| site.id), had }, group)
        })
        .collect();
    // A way may lead to a site that the same file makes.
    let site_of = |name: &str| {
        let made = || groups.iter().find(|(_, group)| group.key.as_ref().err() == Some(&folded(name))).map(|(named, _)| named.id);
        known.find(name).or_else(made)
    };
    let mut read = Vec::new();
    for (Named { id, had }, Group { rows, .. }) in &groups {
        let Some(first) = rows.first().copied() else { continue };
        let (ways, holidays) = (ways(rows, &site_of, wrong), holidays(rows));
        let input = SiteInput {
            name: first.get("name").map(str::to_owned),
            address: said_once(rows, "address", wrong),
            zone: said_once(rows, "zone", wrong),
            travel: first.get("travel_to").map(|_| ways.iter().map(|(_, way)| way.clone()).collect()),
            holidays: first.get("holiday").map(|_| holidays.iter().map(|(_, holiday)| holiday.clone()).collect()),
        };
        match input.onto(*id, had.as_ref().map(|had| &had.details), &context.office().details.zone, context.zones()) {
            Ok(details) => read.push(Read { had: had.clone(), id: *id, details }),
            Err(problems) => {
                for FieldProblem { field, problem } in problems {
                    match place(&field, &ways, &holidays) {
                        Some((row, column)) => wrong.add(&row, column, problem),
                        None => wrong.add(&first, &field, problem),
                    }
                }
            }
        }
    }
    read
}

/// Gives out the sites as a file that [`import_sites`] takes in again.
///
/// # Errors
/// When the actor may not, or the database refuses.
pub async fn export_sites(context: &RequestContext) -> Outcome<Vec<u8>> {
    authorise_reading::<ReadRooms>(context)?;
    authorise::<ManageRooms>(context, Facts::NONE)?;
    let mut transaction = context.write().await?;
    let sites = store::sites(context, &mut transaction).await?;
    let header: Vec<&str> = COLUMNS.needed.iter().chain(COLUMNS.optional).copied().collect();
    let mut rows = Vec::new();
    for site in &sites {
        let SiteDetails { name, address, zone, travel, holidays } = &site.details;
        let address = address.as_ref().map(ToString::to_string).unwrap_or_default();
        for row in 0..travel.len().max(holidays.len()).max(1) {
            let (address, zone) = if row == 0 { (address.clone(), zone.to_string()) } else { Default::default() };
            let [to, minutes] = match travel.get(row) {
                None => Default::default(),
                Some(way) => {
                    let to = sites.iter().find(|site| site.id == way.to).ok_or(Failure::Corrupt { what: "site" })?;
                    [to.details.name.to_string(), way.minutes.to_string()]
                }
            };
            let holiday = holidays.get(row);
            let hours = holiday.and_then(|holiday| holiday.hours);
            rows.push(vec![
                name.to_string(),
                address,
                zone,
                to,
                minutes,
                holiday.map(|holiday| holiday.on.to_string()).unwrap_or_default(),
                holiday.map(|holiday| holiday.name.to_string()).unwrap_or_default(),
                hours.map(|hours| hours.opens.format("%H:%M").to_string()).unwrap_or_default(),
                hours.map(|hours| closing_written(hours.closes)).unwrap_or_default(),
            ]);
        }
    }
    let bytes = csv_file::write(&header, rows).map_err(|_| Failure::Machine { what: "a file" })?;
    audit::record(context, &mut transaction, Entry::done(Intent::ExportSites)).await?;
    transaction.commit().await?;
    Ok(bytes)
}
