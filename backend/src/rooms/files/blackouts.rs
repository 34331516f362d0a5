//! Blackouts as a file, a row each.
//!
//! A blackout is found again by what it is of, when it starts and when it ends, so that a file taken in twice doubles nothing. Why
//! it is goes into a file up to TLP:AMBER; an empty cell leaves it as it is.

use super::{Places, Wrong};
use crate::{
    audit::{
        self, Entry,
        deliveries::{Delivered, taken_away},
    },
    context::{RequestContext, retried},
    csv_file::{self, Columns, CsvFile, CsvRow},
    directory::authorise_reading,
    error::{Failure, Outcome},
    permits::{ManageRooms, ReadRooms, authorise},
    rooms::{
        blackouts::{author, store},
        store as of_rooms,
    },
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    audit::{Intent, ThingKind, Way},
    ids::BlackoutId,
    imports::ImportReport,
    marking::{Channel, view::BlackoutView},
    permission::Facts,
    problems::{FieldProblem, Problem},
    programme::import::agreed,
    rooms::{
        Site,
        blackouts::{Blackout, BlackoutInput, BlackoutOf, LONGEST_BLACKOUT_HOURS},
    },
    time::{
        Moment, Resolution, Span, ZoneName,
        agreed::{AgreedSpan, AgreedTime, settle_span},
        bounds::read_day,
    },
};
use std::collections::{HashMap, VecDeque};

/// The columns of a file of blackouts. Without a `room` all rooms of the site are meant; times are written `2027-03-17T09:30`, on the
/// site's clocks unless a `zone` is named.
pub const COLUMNS: Columns = Columns { needed: &["site", "starts", "ends"], optional: &["room", "zone", "end_zone", "cause", "marking"] };

/// By what a blackout of a file is found again.
type Key = (BlackoutOf, DateTime<Utc>, DateTime<Utc>);

/// How far ahead blackouts are given out and found again: all of them, as far as anybody plans.
const AHEAD: TimeDelta = TimeDelta::days(200 * 366);

/// What came of a row.
enum Read {
    Unchanged,
    Changed(Blackout),
    Added(Blackout),
}

/// A cell of a time; it bears its day.
fn time(cell: &str, zone: ZoneName) -> Result<AgreedTime, Problem> {
    let (day, _) = cell.split_once(['T', ' ']).ok_or(if cell.is_empty() { Problem::Missing } else { Problem::NotATime })?;
    agreed(read_day(day)?, cell, zone)
}

/// A row, understood as far as it could be.
struct Row {
    of: BlackoutOf,
    starts: AgreedTime,
    ends: AgreedTime,
}

fn understood(row: &CsvRow<'_>, sites: &[Site], places: &Places) -> Result<Row, Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let mut add = |field: &str, problem: Problem| problems.push(FieldProblem { field: field.to_owned(), problem });
    let absent = |text: &str| if text.is_empty() { Problem::Missing } else { Problem::Unknown };
    let site = row.get("site").unwrap_or_default();
    let Some(site) = places.sites.find(site).and_then(|id| sites.iter().find(|site| site.id == id)) else {
        add("site", absent(site));
        return Err(problems);
    };
    let of = match row.filled("room") {
        None => Some(BlackoutOf::Site(site.id)),
        Some(name) => {
            let room = places.room(site.id, name);
            if room.is_none() {
                add("room", Problem::Unknown);
            }
            room.map(BlackoutOf::Room)
        }
    };
    let mut zone = |column: &str, usual: &ZoneName| match row.filled(column).map(ZoneName::parse) {
        None => usual.clone(),
        Some(Ok(zone)) => zone,
        Some(Err(_)) => {
            add(column, Problem::UnknownZone);
            usual.clone()
        }
    };
    let start_zone = zone("zone", &site.details.zone);
    let end_zone = zone("end_zone", &start_zone);
    let mut at =
        |column: &str, zone: ZoneName| time(row.get(column).unwrap_or_default(), zone).map_err(|problem| add(column, problem)).ok();
    let (starts, ends) = (at("starts", start_zone), at("ends", end_zone));
    match of.zip(starts).zip(ends) {
        Some(((of, starts), ends)) if problems.is_empty() => Ok(Row { of, starts, ends }),
        _ => Err(problems),
    }
}

/// The blackouts there are, by what a row finds them by; those of one key in their order.
fn register(blackouts: Vec<Blackout>) -> HashMap<Key, VecDeque<Blackout>> {
    let mut register: HashMap<Key, VecDeque<Blackout>> = HashMap::new();
    for blackout in blackouts {
        register.entry((blackout.of, blackout.starts.at(), blackout.ends.at())).or_default().push_back(blackout);
    }
    register
}

fn is_same(context: &RequestContext, a: &Blackout, b: &Blackout) -> bool {
    let cause = |blackout: &Blackout| blackout.cause.reveal_for(context.reader()).map(ToString::to_string);
    a.starts == b.starts && a.ends == b.ends && a.cause.marking() == b.cause.marking() && cause(a) == cause(b)
}

fn read_row(
    context: &RequestContext,
    row: &CsvRow<'_>,
    Row { of, starts, ends }: Row,
    known: &mut HashMap<Key, VecDeque<Blackout>>,
) -> Result<Read, Vec<FieldProblem>> {
    let settled = settle_span(context.zones(), &AgreedSpan { starts: starts.clone(), ends: ends.clone() }, LONGEST_BLACKOUT_HOURS).ok();
    let had = settled.and_then(|(starts, ends)| known.get_mut(&(of, starts.at(), ends.at()))?.pop_front());
    let (room, site) = match of {
        BlackoutOf::Room(id) => (Some(id.to_string()), None),
        BlackoutOf::Site(id) => (None, Some(id.to_string())),
    };
    let input = BlackoutInput {
        room_id: room,
        site_id: site,
        starts: Some(starts),
        ends: Some(ends),
        cause: row.filled("cause").map(str::to_owned),
        marking: row.filled("marking").map(str::to_owned),
        reason: None,
    };
    let id = had.as_ref().map_or_else(|| context.new_id::<BlackoutId>(), |had| had.id);
    let read = input.onto(id, had.as_ref(), author(context), context.zones())?;
    Ok(match had {
        None => Read::Added(read),
        Some(had) if is_same(context, &had, &read) => Read::Unchanged,
        Some(_) => Read::Changed(read),
    })
}

/// Takes in a file of blackouts: all of it, or nothing. Needed are the columns `site`, `starts` and `ends`; of a new blackout why it
/// is too.
///
/// # Errors
/// When the actor may not, the file can't be read, or a row is wrong: then each that is, with its line.
pub async fn import_blackouts(context: &RequestContext, bytes: &[u8]) -> Outcome<ImportReport> {
    let permit = authorise::<ManageRooms>(context, Facts::NONE)?;
    let file = &CsvFile::read(bytes, COLUMNS)?;
    retried(|| async {
        let mut transaction = context.write().await?;
        let sites = of_rooms::sites(context, &mut transaction).await?;
        let rooms = of_rooms::rooms(context, &mut transaction).await?;
        let all = Span::new(DateTime::UNIX_EPOCH, context.now() + AHEAD).ok_or(Failure::Machine { what: "the clock" })?;
        let mut known = register(store::during(context, &mut transaction, all).await?);
        let places = Places::of(&sites, &rooms);
        let mut wrong = Wrong::default();
        wrong.add_shapes(file);
        let mut read = Vec::with_capacity(file.rows().len());
        for row in file.rows() {
            match understood(&row, &sites, &places).and_then(|understood| read_row(context, &row, understood, &mut known)) {
                Ok(one) => read.push(one),
                Err(problems) => problems.into_iter().for_each(|it| wrong.add(&row, &it.field, it.problem)),
            }
        }
        wrong.finish()?;
        let mut report = ImportReport { ignored_columns: file.ignored_columns().to_vec(), ..ImportReport::default() };
        let mut entry = Entry::done(Intent::ImportBlackouts);
        for one in read {
            match one {
                Read::Unchanged => report.unchanged += 1,
                Read::Changed(changed) => {
                    let (revision, _) = store::update(context, &mut transaction, &permit, &changed).await?;
                    report.changed += 1;
                    entry = entry.thing(ThingKind::Blackout, changed.id.uuid(), revision);
                }
                Read::Added(blackout) => {
                    store::insert(context, &mut transaction, &permit, &blackout).await?;
                    report.added += 1;
                    entry = entry.thing(ThingKind::Blackout, blackout.id.uuid(), 1);
                }
            }
        }
        audit::record(context, &mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(report)
    })
    .await
}

/// A moment in a cell; where its time exists twice, with the offset that says which.
fn cell(context: &RequestContext, moment: &Moment) -> String {
    match context.zones().resolve(&moment.zone, moment.local) {
        Ok(Resolution::Ambiguous { .. }) => format!("{}{}", moment.local, moment.offset),
        Ok(Resolution::Unique(_) | Resolution::Skipped { .. }) | Err(_) => moment.local.to_string(),
    }
}

/// Gives out the blackouts that are not over as a file that [`import_blackouts`] takes in again: each with why it is, as far as that
/// may leave in a file.
///
/// # Errors
/// When the actor may not, or the database refuses.
pub async fn export_blackouts(context: &RequestContext) -> Outcome<Vec<u8>> {
    authorise_reading::<ReadRooms>(context)?;
    authorise::<ManageRooms>(context, Facts::NONE)?;
    let mut transaction = context.write().await?;
    let sites = of_rooms::sites(context, &mut transaction).await?;
    let rooms = of_rooms::rooms(context, &mut transaction).await?;
    let to_come = Span::new(context.now(), context.now() + AHEAD).ok_or(Failure::Machine { what: "the clock" })?;
    let blackouts = store::during(context, &mut transaction, to_come).await?;
    let reader = context.reader().clone().by(Channel::File.ceiling());
    let site_name = |id| sites.iter().find(|site| site.id == id).map(|site| site.details.name.to_string());
    let (mut rows, mut things) = (Vec::new(), Vec::new());
    for blackout in &blackouts {
        let (site, room) = match blackout.of {
            BlackoutOf::Site(id) => (site_name(id), String::new()),
            BlackoutOf::Room(id) => {
                // What is of a room that is retired since means nothing any more.
                let Some(room) = rooms.iter().find(|room| room.id == id) else { continue };
                (site_name(room.details.site), room.details.name.to_string())
            }
        };
        let name = |id| rooms.iter().find(|room| room.id == id).map(|room| room.details.name.to_string());
        let view = BlackoutView::of(blackout, &sites, name, &reader).ok_or(Failure::Corrupt { what: "blackout" })?;
        things.push(Delivered::blackout(blackout, &view));
        let end_zone = if blackout.ends.zone == blackout.starts.zone { String::new() } else { blackout.ends.zone.to_string() };
        rows.push(vec![
            site.ok_or(Failure::Corrupt { what: "blackout" })?,
            cell(context, &blackout.starts),
            cell(context, &blackout.ends),
            room,
            blackout.starts.zone.to_string(),
            end_zone,
            view.cause.unwrap_or_default(),
            view.marking.map(|marking| marking.label().to_owned()).unwrap_or_default(),
        ]);
    }
    let header: Vec<&str> = COLUMNS.needed.iter().chain(COLUMNS.optional).copied().collect();
    let bytes = csv_file::write(&header, rows).map_err(|_| Failure::Machine { what: "a file" })?;
    let entry = taken_away(context, &mut transaction, Way::File, &things, Entry::done(Intent::ExportBlackouts)).await?;
    audit::record(context, &mut transaction, entry).await?;
    transaction.commit().await?;
    Ok(bytes)
}
