//! A large office: many rooms, and bookings over ten years.

use super::TestOffice;
use crate::{
    database::{Connection, Database},
    rooms::{
        self,
        bookings::{cancel_booking, create_booking},
    },
    values,
    version::Seen,
};
use chrono::NaiveDate;
use domain::{
    accounts::Role,
    ids::RoomId,
    marking::Marking,
    rooms::input::{BookingInput, LayoutInput, RoomInput, SiteInput},
    time::{ZoneName, agreed::AgreedTime},
};
use uuid::Uuid;

/// The days over which bookings are spread.
#[derive(Debug, Clone, Copy)]
pub struct Spread {
    /// The first.
    pub first: NaiveDate,
    /// How many.
    pub days: u32,
}

/// The sites over which the rooms lie.
const SITES: usize = 8;

/// When the booking begins of which the others are made, and when it ends: both stand in each body in place of its own times.
const STARTS: &str = "2021-12-01T03:00";
const ENDS: &str = "2021-12-01T04:00";

fn text(value: &str) -> Option<String> {
    Some(value.to_owned())
}

fn at(local: &str) -> Option<AgreedTime> {
    let zone = ZoneName::parse("Etc/UTC").expect("a zone");
    Some(AgreedTime { local: local.parse().expect("a wall time"), zone, offset: None })
}

/// Fills an office on SQLite with so many rooms, and with so many firm bookings of an hour, spread evenly over some days: in each
/// room at most one a day, so that none is in another's way. Every fourth is one that only cleared readers may read.
///
/// # Panics
/// When a room would have more than one a day, or the database refuses.
pub async fn fill(office: &TestOffice, rooms: u32, bookings: u32, spread: Spread) -> Vec<RoomId> {
    assert!(bookings / rooms <= spread.days, "a room has at most one booking a day");
    let manager = office.signed_in("load_manager", Role::RoomsManager, Marking::Amber).await;
    let mut sites = Vec::with_capacity(SITES);
    for number in 0..SITES {
        let site = SiteInput { name: Some(format!("Site {number}")), zone: text("Etc/UTC"), ..SiteInput::default() };
        sites.push(rooms::create_site(&manager, site).await.expect("a site").id);
    }
    let mut made = Vec::with_capacity(rooms as usize);
    for (number, site) in (0..rooms).zip(sites.iter().cycle()) {
        let layout = LayoutInput {
            layout: "boardroom".into(),
            capacity: (8 + number % 60).into(),
            set_up_minutes: 15.into(),
            clearing_minutes: 10.into(),
        };
        let room = RoomInput {
            site_id: Some(site.to_string()),
            name: Some(format!("Room {number:03}")),
            layouts: Some(vec![layout]),
            features: Some(vec!["step_free".into()]),
            ..RoomInput::default()
        };
        made.push(rooms::create_room(&manager, room).await.expect("a room").id);
    }
    for marking in ["TLP:GREEN", "TLP:AMBER"] {
        let template = BookingInput {
            room_id: made.first().map(ToString::to_string),
            starts: at(STARTS),
            ends: at(ENDS),
            layout: text("boardroom"),
            people: Some(8.into()),
            purpose: text("Budget briefing"),
            marking: text(marking),
            state: text("firm"),
            ..BookingInput::default()
        };
        let booking = create_booking(&manager, template).await.expect("a booking").view.id;
        copy(office, booking.uuid(), bookings / rooms, marking == "TLP:AMBER", spread).await;
        cancel_booking(&manager, booking, &Seen::Any).await.expect("the booking cancelled");
    }
    settled(office).await;
    made
}

/// Writes to the file what one transaction put into the log, as happens by itself to what comes a booking at a time: as long as
/// hundreds of thousands of pages lie in the log, each that is read is looked for there first.
async fn settled(office: &TestOffice) {
    if let Database::Sqlite { writer, .. } = &office.place.database {
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(writer).await.expect("the log written to the file");
    }
}

/// Bookings `$1`, `$2` in every room, `$3` times from day `$5` on over `$6` days; those that are the last of four if `$4`, else the
/// others. No two rooms have theirs on the same days. They are counted out by room and number, so that booking and engagement have one id.
macro_rules! copies {
    () => {
        "WITH RECURSIVE n(k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM n WHERE k + 1 < $3), \
         r(room_id, site_id, i) AS (SELECT id, site_id, ROW_NUMBER() OVER (ORDER BY id) FROM rooms WHERE office_id = $1), \
         c(id, room_id, site_id, starts, ends) AS (SELECT unhex(printf('%08x%08x4000800000000000', r.i, n.k)), r.room_id, r.site_id, \
           datetime($5, ((n.k * 997 + r.i * 41 % 997) * $6 / ($3 * 997)) || ' days', (6 + (r.i + n.k) % 12) || ' hours'), \
           datetime($5, ((n.k * 997 + r.i * 41 % 997) * $6 / ($3 * 997)) || ' days', (7 + (r.i + n.k) % 12) || ' hours') \
           FROM r CROSS JOIN n WHERE ((r.i + n.k) % 4 = 3) = $4) "
    };
}

const BOOKINGS: &str = concat!(
    copies!(),
    "INSERT INTO bookings (office_id, id, revision, room_id, starts_at, ends_at, state, made_by, body, key_id) \
     SELECT b.office_id, c.id, 1, c.room_id, strftime('%Y-%m-%dT%H:%M:%S+00:00', c.starts), strftime('%Y-%m-%dT%H:%M:%S+00:00', c.ends), b.state, b.made_by, \
       replace(replace(b.body, '2021-12-01T03:00', strftime('%Y-%m-%dT%H:%M', c.starts)), '2021-12-01T04:00', strftime('%Y-%m-%dT%H:%M', c.ends)), b.key_id \
     FROM c CROSS JOIN bookings b WHERE b.office_id = $1 AND b.id = $2"
);

const ENGAGEMENTS: &str = concat!(
    copies!(),
    "INSERT INTO engagements (office_id, id, resource_id, source_kind, source_id, site_id, starts_at, ends_at, core_starts_at, core_ends_at, \
       state, exclusive, drop_by, overridden, marking) \
     SELECT e.office_id, c.id, c.room_id, 'booking', c.id, c.site_id, strftime('%Y-%m-%dT%H:%M:%S+00:00', c.starts, '-15 minutes'), \
       strftime('%Y-%m-%dT%H:%M:%S+00:00', c.ends, '10 minutes'), strftime('%Y-%m-%dT%H:%M:%S+00:00', c.starts), \
       strftime('%Y-%m-%dT%H:%M:%S+00:00', c.ends), e.state, e.exclusive, e.drop_by, e.overridden, e.marking \
     FROM c CROSS JOIN engagements e WHERE e.office_id = $1 AND e.source_id = $2"
);

/// Copies a booking into every room, so many times over the days; of every four, the last is the cleared readers'.
async fn copy(office: &TestOffice, booking: Uuid, of_each_room: u32, is_fourth: bool, spread: Spread) {
    let id = office.operator.office_id();
    let mut transaction = office.operator.write().await.expect("a transaction");
    for statement in [BOOKINGS, ENGAGEMENTS] {
        transaction
            .execute(statement, values![id, booking, of_each_room, is_fourth, spread.first.to_string(), spread.days])
            .await
            .expect("the copies");
    }
    transaction.commit().await.expect("the copies");
}
