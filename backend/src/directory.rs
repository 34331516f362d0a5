//! Names of people and rooms, by which views say who and where.

use crate::{context::RequestContext, database::Connection, error::Outcome, statements, values};
use domain::{
    ids::{PersonId, RoomId},
    marking::view::Directory,
};
use std::collections::HashMap;
use uuid::Uuid;

statements! {
    PERSON_NAMES = "SELECT id, name FROM people WHERE office_id = $1";
    ROOM_NAMES = "SELECT r.id AS id, r.name AS name, s.name AS site FROM rooms r JOIN sites s ON s.office_id = r.office_id AND s.id = r.site_id WHERE r.office_id = $1";
}

#[derive(sqlx::FromRow)]
struct PersonRow {
    id: Uuid,
    name: String,
}

#[derive(sqlx::FromRow)]
struct RoomRow {
    id: Uuid,
    name: String,
    site: String,
}

/// The office's names.
#[derive(Debug, Clone, Default)]
pub struct OfficeDirectory {
    people: HashMap<PersonId, String>,
    rooms: HashMap<RoomId, String>,
}

impl OfficeDirectory {
    /// Reads them.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn load(context: &RequestContext, connection: &mut impl Connection) -> Outcome<Self> {
        let people: Vec<PersonRow> = connection.all(PERSON_NAMES, values![context.office_id()]).await?;
        let rooms: Vec<RoomRow> = connection.all(ROOM_NAMES, values![context.office_id()]).await?;
        Ok(Self {
            people: people.into_iter().map(|row| (PersonId(row.id), row.name)).collect(),
            rooms: rooms.into_iter().map(|row| (RoomId(row.id), format!("{}, {}", row.name, row.site))).collect(),
        })
    }
}

impl Directory for OfficeDirectory {
    fn person(&self, id: PersonId) -> Option<String> {
        self.people.get(&id).cloned()
    }

    fn room(&self, id: RoomId) -> Option<String> {
        self.rooms.get(&id).cloned()
    }
}
