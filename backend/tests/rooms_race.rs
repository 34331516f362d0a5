//! Many press at once for one room, or one person, past the rules and by every way there is: the database keeps all but one out, on both engines,
//! and on PostgreSQL with three programs before one database.

use backend::{
    Failure, RequestContext,
    clock::RandomIds,
    database::{Connection, Database, DatabaseError},
    people,
    rooms::{
        self,
        approvals::{Waiting, approve},
        bookings::create_booking,
        series::create_series,
    },
    sealing::{KeyFile, OsRandom},
    testing::{
        self, Engine, TestOffice,
        inputs::text,
        unchecked::{Scarce, take_unchecked},
    },
    values,
    version::Seen,
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    accounts::Role,
    ids::{PersonId, RoomId, SiteId},
    marking::Marking,
    people::input::PersonInput,
    rooms::{
        input::{ApprovalInput, BookingInput, LayoutInput, RoomInput, SiteInput},
        series::input::SeriesInput,
    },
    time::{Span, agreed::AgreedTime},
};
use std::{collections::BTreeMap, sync::Arc};
use tokio::{sync::Barrier, task::JoinSet};

/// How many insert, and how many one after the other.
const TASKS: usize = 50;
const EACH: usize = 10;

/// The variable that says how often many insert at once, and how often they do if nothing says.
const REPETITIONS: &str = "CHANCERY_RACE_REPETITIONS";
const USUAL_REPETITIONS: i64 = 20;

/// How often all ways are pressed at once.
const ROUNDS: usize = 8;

/// An office, and its contexts in every program that stands before its database.
struct Course {
    office: TestOffice,
    programs: Vec<Pair>,
    site: SiteId,
    room: RoomId,
    person: PersonId,
}

/// An officer who must ask for the room, and its manager who gives it.
#[derive(Clone)]
struct Pair {
    officer: RequestContext,
    manager: RequestContext,
}

async fn course(engine: Engine) -> Course {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("key");
    KeyFile::create(&path, None, &OsRandom).unwrap();
    let key = || KeyFile::read(&path, None).unwrap();
    let office = testing::office_with(engine, Box::new(RandomIds), key()).await;
    let manager = office.signed_in("rooms", Role::RoomsManager, Marking::Amber).await;
    let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::Amber).await;
    let site = rooms::create_site(&manager, SiteInput { name: text("City Hall"), ..SiteInput::default() }).await.unwrap().id;
    let layout = LayoutInput { layout: "boardroom".into(), capacity: 24.into(), set_up_minutes: 15.into(), clearing_minutes: 10.into() };
    let room = RoomInput {
        site_id: Some(site.to_string()),
        name: text("Rotunda"),
        layouts: Some(vec![layout]),
        approval: Some(ApprovalInput { needed_from: Vec::new(), given_by: vec!["rooms_manager".into()] }),
        ..RoomInput::default()
    };
    let room = rooms::create_room(&manager, room).await.unwrap().id;
    let mut programs = vec![Pair { officer, manager }];
    let more = if engine == Engine::Postgres { 2 } else { 0 };
    for _ in 0..more {
        let database = Database::open(&office.place.url).await.unwrap();
        let chancery = testing::chancery_later(database, testing::now(), key()).await;
        let here = |context: &RequestContext| chancery.context(Arc::new(context.office().clone()), context.actor().clone());
        let there = Pair { officer: here(&programs[0].officer), manager: here(&programs[0].manager) };
        programs.push(there);
    }
    let person = PersonInput { family: text("Bass"), standing: text("host_principal"), ..PersonInput::default() };
    let person = people::create_person(&programs[0].officer, person).await.unwrap().id;
    Course { office, programs, site, room, person }
}

impl Course {
    const fn room(&self) -> Scarce {
        Scarce::Room(self.room, self.site)
    }

    /// How many uses take a thing exclusively within a stretch of time, and how many pairs of all uses share an instant of one thing.
    async fn taken(&self, scarce: Scarce, from: DateTime<Utc>, until: DateTime<Utc>) -> (i64, i64) {
        let sql = "SELECT COUNT(*), (SELECT COUNT(*) FROM engagements a JOIN engagements b ON b.office_id = a.office_id \
            AND b.resource_id = a.resource_id AND b.id > a.id AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at \
            WHERE a.office_id = $1 AND a.exclusive AND b.exclusive) \
            FROM engagements WHERE office_id = $1 AND resource_id = $2 AND exclusive AND starts_at < $4 AND ends_at > $3";
        let mut connection = self.office.operator.read().await.unwrap();
        let rows: Vec<(i64, i64)> =
            connection.all(sql, values![self.office.operator.office_id(), scarce.resource(), from, until]).await.unwrap();
        rows[0]
    }

    /// Five hundred insert at once what all overlaps on one day.
    async fn is_pressed_past_the_rules(&self, scarce: Scarce, day: DateTime<Utc>) {
        let start = Arc::new(Barrier::new(TASKS));
        let mut tasks = JoinSet::new();
        for task in 0..TASKS {
            let context = self.programs[task % self.programs.len()].manager.clone();
            let start = Arc::clone(&start);
            tasks.spawn(async move {
                start.wait().await;
                let mut answers = Vec::with_capacity(EACH);
                for number in 0..EACH {
                    answers.push(take_unchecked(&context, scarce, overlapping(day, EACH * task + number)).await);
                }
                answers
            });
        }
        let mut counted: BTreeMap<String, usize> = BTreeMap::new();
        while let Some(answers) = tasks.join_next().await {
            for answer in answers.unwrap() {
                let said = match answer {
                    Ok(()) => "in".to_owned(),
                    Err(Failure::Database(DatabaseError::Engaged)) => "engaged".to_owned(),
                    other => format!("{other:?}"),
                };
                *counted.entry(said).or_default() += 1;
            }
        }
        assert_eq!(counted, BTreeMap::from([("engaged".to_owned(), TASKS * EACH - 1), ("in".to_owned(), 1)]));
        assert_eq!(self.taken(scarce, day, day + TimeDelta::days(1)).await, (1, 0));
    }
}

fn at(local: DateTime<Utc>) -> Option<AgreedTime> {
    let local = local.format("%Y-%m-%dT%H:%M").to_string();
    Some(AgreedTime { local: local.parse().unwrap(), zone: "Etc/UTC".to_owned().try_into().unwrap(), offset: None })
}

/// Times that all overlap: each starts within an hour, and lasts longer than that.
fn overlapping(day: DateTime<Utc>, number: usize) -> Span {
    let minutes = |number: usize| TimeDelta::minutes(i64::try_from(number).unwrap());
    Span::new(day + minutes(number % 60), day + TimeDelta::hours(2) + minutes(number % 50)).unwrap()
}

async fn of_five_hundred_who_pass_by_the_rules_the_database_lets_one_in(engine: Engine) {
    let course = course(engine).await;
    let repetitions = std::env::var(REPETITIONS).map_or(USUAL_REPETITIONS, |text| text.parse().unwrap());
    let first: DateTime<Utc> = "2027-04-01T10:00:00Z".parse().unwrap();
    for repetition in 0..repetitions {
        for scarce in [course.room(), Scarce::Person(course.person)] {
            course.is_pressed_past_the_rules(scarce, first + TimeDelta::days(repetition)).await;
        }
    }
}

/// One of the ways to a room.
#[derive(Debug, Clone, Copy)]
enum Way {
    Firm,
    Promised,
    Series,
    /// Asked for, and given as soon as it waits.
    Given,
}

const WAYS: [Way; 4] = [Way::Firm, Way::Promised, Way::Series, Way::Given];

/// Presses for the room by one of the ways; whether it is had.
async fn press(way: Way, pair: &Pair, room: RoomId, during: Span) -> Result<bool, Failure> {
    let state = if matches!(way, Way::Promised) { "held" } else { "firm" };
    let booking = BookingInput {
        room_id: Some(room.to_string()),
        starts: at(during.starts()),
        ends: at(during.ends()),
        layout: text("boardroom"),
        purpose: text("Briefing"),
        state: text(state),
        hold: text("promised"),
        ..BookingInput::default()
    };
    let had = match way {
        Way::Firm | Way::Promised => create_booking(&pair.manager, booking).await.map(drop),
        Way::Series => {
            let weekly = SeriesInput { booking, repeats: text("weekly"), times: Some(3.into()), ..SeriesInput::default() };
            create_series(&pair.manager, weekly).await.map(drop)
        }
        Way::Given => match create_booking(&pair.officer, booking).await {
            Ok(asked) => approve(&pair.manager, Waiting::Booking(asked.view.id), &Seen::Any).await,
            Err(failure) => Err(failure),
        },
    };
    match had {
        Ok(()) => Ok(true),
        // Another has it; or was given it, and what waited goes.
        Err(Failure::Clash(_) | Failure::SeriesRefused(_) | Failure::Stale) => Ok(false),
        Err(other) => Err(other),
    }
}

async fn by_whatever_way_it_is_pressed_for_one_gets_the_room(engine: Engine) {
    let course = course(engine).await;
    let first: DateTime<Utc> = "2027-04-01T10:00:00Z".parse().unwrap();
    for round in 0..ROUNDS {
        // A series comes again in the three weeks of a round.
        let day = first + TimeDelta::weeks(4 * i64::try_from(round).unwrap());
        let start = Arc::new(Barrier::new(5 * WAYS.len()));
        let mut tasks = JoinSet::new();
        for number in 0..5 * WAYS.len() {
            let (way, pair) = (WAYS[number % WAYS.len()], course.programs[number % course.programs.len()].clone());
            let (room, start) = (course.room, Arc::clone(&start));
            tasks.spawn(async move {
                start.wait().await;
                press(way, &pair, room, overlapping(day, 7 * number)).await
            });
        }
        let mut had = 0;
        while let Some(answer) = tasks.join_next().await {
            had += i64::from(answer.unwrap().unwrap());
        }
        assert_eq!((had, course.taken(course.room(), day, day + TimeDelta::days(1)).await), (1, (1, 0)), "round {round}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_five_hundred_who_pass_by_the_rules_the_database_lets_one_in_on_sqlite() {
    of_five_hundred_who_pass_by_the_rules_the_database_lets_one_in(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_five_hundred_who_pass_by_the_rules_the_database_lets_one_in_on_postgresql_before_three_programs() {
    of_five_hundred_who_pass_by_the_rules_the_database_lets_one_in(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn by_whatever_way_it_is_pressed_for_one_gets_the_room_on_sqlite() {
    by_whatever_way_it_is_pressed_for_one_gets_the_room(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn by_whatever_way_it_is_pressed_for_one_gets_the_room_on_postgresql_before_three_programs() {
    by_whatever_way_it_is_pressed_for_one_gets_the_room(Engine::Postgres).await;
}
