//! Rooms as a file: a room a row, and after it a row for each of its seasons.
//!
//! A room is found again by its site and name, so that a file taken in twice doubles nothing.

use super::{
    Group, Places, Wrong, grouped,
    room_rows::{COLUMNS, Rows, input_of, own_cells, season_cells, unknown_words},
};
use crate::{
    audit::{self, Entry},
    context::{RequestContext, retried},
    csv_file::{self, CsvFile, CsvRow},
    directory::authorise_reading,
    error::{Failure, Outcome},
    permits::{ManageRooms, ReadRooms, authorise},
    rooms::store,
};
use domain::{
    audit::{Intent, ThingKind},
    ids::{RoomId, SiteId},
    imports::ImportReport,
    permission::Facts,
    problems::{FieldProblem, Problem},
    rooms::{Room, RoomDetails},
    text::folded,
};

/// Which room rows are of: one that there is, or a new one.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Key {
    Known(RoomId),
    New(SiteId, String),
    /// A row whose site there is not.
    Nowhere(String, String),
}

/// What came of the rows of a room.
struct Read {
    had: Option<Room>,
    details: RoomDetails,
}

/// Takes in a file of rooms: all of it, or nothing. Needed are the columns `site` and `name`; sites are named as the office names
/// them.
///
/// # Errors
/// When the actor may not, the file can't be read, or a row is wrong: then each that is, with its line.
pub async fn import_rooms(context: &RequestContext, bytes: &[u8]) -> Outcome<ImportReport> {
    let permit = authorise::<ManageRooms>(context, Facts::NONE)?;
    let file = &CsvFile::read(bytes, COLUMNS)?;
    retried(|| async {
        let mut transaction = context.write().await?;
        let sites = store::sites(context, &mut transaction).await?;
        let rooms = store::rooms(context, &mut transaction).await?;
        let mut wrong = Wrong::default();
        wrong.add_shapes(file);
        let read = read(file, &Places::of(&sites, &rooms), &rooms, &mut wrong);
        wrong.finish()?;
        let mut report = ImportReport { ignored_columns: file.ignored_columns().to_vec(), ..ImportReport::default() };
        let mut entry = Entry::done(Intent::ImportRooms);
        for Read { had, details } in read {
            match had {
                Some(had) if had.details == details => report.unchanged += 1,
                Some(had) => {
                    let changed = Room { details, ..had };
                    let (revision, _) = store::update_room(context, &mut transaction, &permit, &changed).await?;
                    report.changed += 1;
                    entry = entry.thing(ThingKind::Room, changed.id.uuid(), revision);
                }
                None => {
                    let room = Room { id: context.new_id(), revision: 1, details };
                    store::insert_room(context, &mut transaction, &permit, &room).await?;
                    report.added += 1;
                    entry = entry.thing(ThingKind::Room, room.id.uuid(), 1);
                }
            }
        }
        audit::record(context, &mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(report)
    })
    .await
}

/// What a file makes of the rooms it names, and what is wrong with it.
fn read(file: &CsvFile, places: &Places, rooms: &[Room], wrong: &mut Wrong) -> Vec<Read> {
    let key = |row: &CsvRow<'_>| {
        let (site, name) = (row.get("site").unwrap_or_default(), row.get("name").unwrap_or_default());
        match places.sites.find(site) {
            None => Key::Nowhere(site.to_owned(), folded(name)),
            Some(site) => places.room(site, name).map_or_else(|| Key::New(site, folded(name)), Key::Known),
        }
    };
    let mut read = Vec::new();
    for Group { key, rows: of_room } in grouped(file.rows().map(|row| (key(&row), row))) {
        let Some(first) = of_room.first().copied() else { continue };
        let (had, site) = match key {
            Key::Known(id) => {
                let Some(had) = rooms.iter().find(|room| room.id == id) else { continue };
                (Some(had), had.details.site)
            }
            Key::New(site, _) => (None, site),
            Key::Nowhere(site, _) => {
                let problem = if site.is_empty() { Problem::Missing } else { Problem::Unknown };
                of_room.iter().for_each(|row| wrong.add(row, "site", problem.clone()));
                continue;
            }
        };
        let rows = Rows::of(&of_room, wrong);
        let input = input_of(&rows, &first, site, had.map(|had| &had.details));
        match input.onto(had.map(|had| &had.details)) {
            Ok(details) => read.push(Read { had: had.cloned(), details }),
            Err(problems) => {
                for FieldProblem { field, problem } in problems {
                    let (row, column) = rows.place(&input, &field).unwrap_or((first, field));
                    match problem {
                        Problem::Unknown => unknown_words(&row, &column).into_iter().for_each(|told| wrong.add(&row, &column, told)),
                        problem => wrong.add(&row, &column, problem),
                    }
                }
            }
        }
    }
    read
}

/// Gives out the rooms as a file that [`import_rooms`] takes in again.
///
/// # Errors
/// When the actor may not, or the database refuses.
pub async fn export_rooms(context: &RequestContext) -> Outcome<Vec<u8>> {
    authorise_reading::<ReadRooms>(context)?;
    authorise::<ManageRooms>(context, Facts::NONE)?;
    let mut transaction = context.write().await?;
    let sites = store::sites(context, &mut transaction).await?;
    let rooms = store::rooms(context, &mut transaction).await?;
    let header: Vec<&str> = COLUMNS.needed.iter().chain(COLUMNS.optional).copied().collect();
    let mut rows = Vec::new();
    for room in rooms.iter() {
        let site = sites.iter().find(|site| site.id == room.details.site).ok_or(Failure::Corrupt { what: "room" })?;
        let named = |cells: Vec<(String, String)>| {
            let named = [("site".to_owned(), site.details.name.to_string()), ("name".to_owned(), room.details.name.to_string())];
            let cells: Vec<(String, String)> = named.into_iter().chain(cells).collect();
            let cell = |column: &&str| cells.iter().find(|(name, _)| name == column).map(|(_, text)| text.clone()).unwrap_or_default();
            header.iter().map(cell).collect::<Vec<String>>()
        };
        rows.push(named(own_cells(&room.details)));
        for season in &room.details.seasons {
            rows.push(named(season_cells(season)));
        }
    }
    let bytes = csv_file::write(&header, rows).map_err(|_| Failure::Machine { what: "a file" })?;
    audit::record(context, &mut transaction, Entry::done(Intent::ExportRooms)).await?;
    transaction.commit().await?;
    Ok(bytes)
}
