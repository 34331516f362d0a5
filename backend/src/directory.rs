//! Names of people and rooms, by which views say who and where.

use crate::{
    context::RequestContext,
    database::Connection,
    error::{Failure, Outcome},
    people::{self, kept::People},
    permits::{Permitted, ReadOffice, authorise},
    rooms, statements, values,
};
use chrono::{DateTime, Utc};
use domain::{
    ids::{MissionId, PersonId, RoomId},
    marking::{
        Marking, Scope,
        view::{Directory, Named},
    },
    missions::{Mission, MissionDetails},
    permission::Facts,
    programme::ProgrammeItem,
    rooms::{Room, Site},
    text::folded,
};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};
use uuid::Uuid;

statements! {
    MISSIONS = "SELECT id, revision, body FROM missions WHERE office_id = $1";
    ROOM_NAMES = "SELECT r.id AS id, r.name AS name, s.name AS site, r.removed_at AS removed_at FROM rooms r JOIN sites s ON s.office_id = r.office_id AND s.id = r.site_id WHERE r.office_id = $1";
    ROOM_SITES = "SELECT id, site_id FROM rooms WHERE office_id = $1";
    ROOM_NAME = "SELECT r.id AS id, r.name AS name, s.name AS site, r.removed_at AS removed_at FROM rooms r JOIN sites s ON s.office_id = r.office_id AND s.id = r.site_id WHERE r.office_id = $1 AND r.id = $2";
}

/// Rooms, missions and people are facts of the office, marked TLP:GREEN: they are read by its accounts that are cleared so high
/// and may do `A`, which looks at them.
///
/// # Errors
/// When the actor may not.
pub(crate) fn authorise_reading<A: Permitted>(context: &RequestContext) -> Outcome<()> {
    authorise::<A>(context, Facts::NONE)?;
    let cleared = context.actor().is_operator() || context.reader().may_read(Marking::Green, &Scope::Office, &Default::default());
    if cleared { Ok(()) } else { Err(Failure::Forbidden) }
}

#[derive(sqlx_macros::FromRow)]
struct RoomRow {
    id: Uuid,
    name: String,
    site: String,
    removed_at: Option<DateTime<Utc>>,
}

#[derive(sqlx_macros::FromRow)]
struct RoomSiteRow {
    id: Uuid,
    site_id: Uuid,
}

#[derive(sqlx_macros::FromRow)]
struct MissionRow {
    id: Uuid,
    revision: i64,
    body: String,
}

/// The addresses of the sites of rooms, as far as they were said: how one gets to a room from outside.
///
/// # Errors
/// When the database refuses, or a site cannot be read.
pub(crate) async fn addresses_of_rooms(context: &RequestContext, connection: &mut impl Connection) -> Outcome<HashMap<RoomId, String>> {
    let sites = rooms::store::sites(context, connection).await?;
    let of_site = |id: Uuid| sites.iter().find(|site| site.id.uuid() == id).and_then(|site| site.details.address.as_ref());
    let rows: Vec<RoomSiteRow> = connection.all(ROOM_SITES, values![context.office_id()]).await?;
    Ok(rows.into_iter().filter_map(|row| Some((RoomId(row.id), of_site(row.site_id)?.to_string()))).collect())
}

/// What a form offers to be named on a visit or a line: each list in the order of its names, whatever their marks and case.
#[derive(Debug, Clone)]
pub struct Names {
    /// People.
    pub people: Vec<Named<PersonId>>,
    /// Rooms, each with its site's name.
    pub rooms: Vec<Named<RoomId>>,
    /// Missions.
    pub missions: Vec<Mission>,
}

/// The names that forms offer.
///
/// # Errors
/// When the actor is not of the office, or the database refuses.
pub async fn read_names(context: &RequestContext) -> Outcome<Names> {
    authorise::<ReadOffice>(context, Facts::NONE)?;
    let mut connection = context.read().await?;
    let mut names = OfficeDirectory::load(context, &mut connection).await?;
    // What is past still names a room that is retired; nothing new does.
    names.rooms.retain(|room, _| !names.retired.contains(room));
    let mut missions = missions_of_office(context, &mut connection).await?;
    missions.sort_by_key(|mission| (folded(mission.details.name.as_str()), mission.id));
    let people = names.people.by_name().iter().map(|person| Named { id: person.id, name: person.details.name.in_latin() }).collect();
    Ok(Names { people, rooms: by_name(names.rooms), missions })
}

/// The office's missions, in no order.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn missions_of_office(context: &RequestContext, connection: &mut impl Connection) -> Outcome<Vec<Mission>> {
    let rows: Vec<MissionRow> = connection.all(MISSIONS, values![context.office_id()]).await?;
    let mission = |row: MissionRow| {
        let details: MissionDetails = serde_json::from_str(&row.body).map_err(|_| Failure::Corrupt { what: "mission" })?;
        Ok(Mission { id: MissionId(row.id), revision: row.revision, details })
    };
    rows.into_iter().map(mission).collect()
}

fn by_name<Id: Ord + Copy>(names: HashMap<Id, String>) -> Vec<Named<Id>> {
    let mut named: Vec<Named<Id>> = names.into_iter().map(|(id, name)| Named { id, name }).collect();
    named.sort_by_key(|named| (folded(&named.name), named.id));
    named
}

/// A room as it is named where rooms of several sites are.
fn with_site(room: &str, site: &str) -> String {
    format!("{room}, {site}")
}

/// The office's names.
#[derive(Debug, Clone, Default)]
pub struct OfficeDirectory {
    people: Arc<People>,
    rooms: HashMap<RoomId, String>,
    retired: HashSet<RoomId>,
}

impl OfficeDirectory {
    /// Reads them.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn load(context: &RequestContext, connection: &mut impl Connection) -> Outcome<Self> {
        let people = people::store::all(context, connection).await?;
        Ok(Self { people, ..Self::of_rooms(context, connection).await? })
    }

    /// Reads those of rooms alone, for views in which nobody is named.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn of_rooms(context: &RequestContext, connection: &mut impl Connection) -> Outcome<Self> {
        let rows: Vec<RoomRow> = connection.all(ROOM_NAMES, values![context.office_id()]).await?;
        Ok(Self::with_rooms(rows))
    }

    /// Reads those that one line uses: however many the office has, a line names few.
    ///
    /// # Errors
    /// When the database refuses.
    pub(crate) async fn of_line(context: &RequestContext, connection: &mut impl Connection, line: &ProgrammeItem) -> Outcome<Self> {
        let mut rows: Vec<RoomRow> = Vec::new();
        if let Some((room, _)) = line.details.room_for_rules() {
            rows = connection.all(ROOM_NAME, values![context.office_id(), room]).await?;
        }
        let mut people = Vec::new();
        for person in line.details.people_for_rules() {
            people.extend(people::find(context, connection, person).await?);
        }
        Ok(Self { people: Arc::new(People::of(people)), ..Self::with_rooms(rows) })
    }

    /// The names of rooms that were read already.
    pub(crate) fn of_read_rooms(rooms: &[Room], sites: &[Site]) -> Self {
        let named = rooms.iter().filter_map(|room| {
            let site = sites.iter().find(|site| site.id == room.details.site)?;
            Some((room.id, with_site(room.details.name.as_str(), site.details.name.as_str())))
        });
        Self { rooms: named.collect(), ..Self::default() }
    }

    fn with_rooms(rows: Vec<RoomRow>) -> Self {
        let retired = rows.iter().filter(|row| row.removed_at.is_some()).map(|row| RoomId(row.id)).collect();
        let rooms = rows.into_iter().map(|row| (RoomId(row.id), with_site(&row.name, &row.site))).collect();
        Self { people: Arc::default(), rooms, retired }
    }

    /// Whether a room is retired.
    pub(crate) fn is_retired(&self, room: RoomId) -> bool {
        self.retired.contains(&room)
    }
}

impl Directory for OfficeDirectory {
    fn person(&self, id: PersonId) -> Option<String> {
        self.people.name(id).map(str::to_owned)
    }

    fn room(&self, id: RoomId) -> Option<String> {
        self.rooms.get(&id).cloned()
    }
}
