//! What takes a room is one view: the board, the room's week, the API, its feed, paper and the display by its door say the same of
//! it to each reader, as far as each of these ways may go.

use crate::{
    asked::a_door_plan,
    canaries::unfolded,
    support::{Asker, House, examples},
    world::{a_room_with, at, boardroom, text},
};
use backend::{
    feeds, programme, releases,
    rooms::{
        blackouts::create_blackout,
        bookings,
        doors::{fetch_door, make_door_plan},
    },
    testing::{self, Engine},
    version::Seen,
    visits,
};
use chrono::{DateTime, FixedOffset, NaiveDateTime, Utc};
use domain::{
    accounts::Role,
    board::BlockOf,
    feeds::{FeedDetail, FeedScope},
    ids::RoomId,
    marking::Marking,
    programme::input::ItemInput,
    releases::Audience,
    rooms::{BookingState, blackouts::BlackoutInput, input::BookingInput},
    visits::input::VisitInput,
};
use serde_json::Value;
use std::{collections::BTreeMap, sync::Arc};

/// The day on which all of it is; the clock of the tests stands at nine in its morning.
const DAY: &str = "2027-03-09";

/// A use as it is told: from and until on the site's clocks, and by which words.
type Told = (String, String, String);

struct OneRoom {
    house: House,
    room: RoomId,
    readers: Vec<Asker>,
    keeper: Asker,
}

fn reserved(cover: Option<&str>) -> String {
    cover.unwrap_or("Reserved").to_owned()
}

/// A hold says that it is one, by whatever way it is told.
fn titled(title: &str, is_hold: bool) -> String {
    if is_hold { format!("{title} (hold)") } else { title.to_owned() }
}

fn closed(cause: Option<&str>) -> String {
    cause.unwrap_or("Closed").to_owned()
}

/// What the clock shows so many minutes after midnight.
fn clock_of(minute: u64) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn clock(at: &str) -> String {
    let at: DateTime<Utc> = at.parse().unwrap();
    at.with_timezone(&FixedOffset::west_opt(8 * 3600).unwrap()).format("%H:%M").to_string()
}

async fn house() -> OneRoom {
    let house = House::over(testing::office(Engine::Sqlite).await).await;
    let chief = house.account("chief", Role::ChiefOfProtocol, Marking::Red, None).await;
    let keeper = house.account("porter", Role::RoomsManager, Marking::Green, None).await;
    let (_, room) = a_room_with(&house, "keeper", vec![boardroom()]).await;
    let by_chief = house.context(&chief).await;
    let markings = |all: &[(&str, Marking)]| -> BTreeMap<String, String> {
        all.iter().map(|(part, marking)| ((*part).to_owned(), marking.label().to_owned())).collect()
    };
    let visit = VisitInput {
        category: text("official"),
        state: text("confirmed"),
        title: text("Prime Minister"),
        starts_on: text(DAY),
        ends_on: text("2027-03-12"),
        capital_zone: text("Asia/Ho_Chi_Minh"),
        markings: markings(&[("existence", Marking::Green)]),
        ..VisitInput::default()
    };
    let visit = visits::create_visit(&by_chief, visit).await.unwrap().id;
    let by_chief = house.context(&chief).await;
    // Open to the office and released to it, closed with a cover, closed without.
    let open = markings(&["existence", "time", "title", "place"].map(|part| (part, Marking::Green)));
    let closed = markings(&[
        ("existence", Marking::Amber),
        ("time", Marking::Amber),
        ("title", Marking::Amber),
        ("place", Marking::Amber),
        ("cover", Marking::Green),
    ]);
    for (hour, title, cover, marked) in
        [(10, "Signing", None, &open), (12, "Audience", text("Reception"), &closed), (14, "Consultation", None, &closed)]
    {
        let line = ItemInput {
            kind: text("bilateral"),
            title: text(title),
            cover,
            starts: at(&format!("{DAY}T{hour}:05")),
            ends: at(&format!("{DAY}T{hour}:40")),
            room_id: text(room.to_string()),
            layout: text("boardroom"),
            state: text("firm"),
            markings: marked.clone(),
            ..ItemInput::default()
        };
        programme::add_programme_item(&by_chief, visit, line).await.unwrap();
    }
    releases::release_programme(&by_chief, visit, &[Audience::Office], &Seen::Any).await.unwrap();
    for (hour, purpose, marking, state) in [
        (16, "Choir", Marking::Green, "firm"),
        (17, "Hearing", Marking::Amber, "firm"),
        (18, "Interview", Marking::AmberStrict, "firm"),
        (20, "Interrogation", Marking::Red, "firm"),
        (21, "Rehearsal", Marking::Green, "held"),
        (22, "Vigil", Marking::Amber, "held"),
    ] {
        let booking = BookingInput {
            room_id: text(room.to_string()),
            starts: at(&format!("{DAY}T{hour}:00")),
            ends: at(&format!("{DAY}T{hour}:25")),
            layout: text("boardroom"),
            purpose: text(purpose),
            marking: text(marking.label()),
            state: text(state),
            ..BookingInput::default()
        };
        bookings::create_booking(&by_chief, booking).await.unwrap();
    }
    let caretaker = house.account("caretaker", Role::RoomsManager, Marking::Amber, None).await;
    let by_caretaker = house.context(&caretaker).await;
    for (hour, cause, marking) in [(5, "The floor is waxed", Marking::Green), (6, "The windows are changed", Marking::Amber)] {
        let blackout = BlackoutInput {
            room_id: text(room.to_string()),
            starts: at(&format!("{DAY}T{hour:02}:10")),
            ends: at(&format!("{DAY}T{hour:02}:50")),
            cause: text(cause),
            marking: text(marking.label()),
            ..BlackoutInput::default()
        };
        create_blackout(&by_caretaker, blackout).await.unwrap();
    }
    let mut readers = vec![chief];
    for (name, role, ceiling, is_listed) in [
        ("officer", Role::ProtocolOfficer, Marking::AmberStrict, true),
        ("officer2", Role::ProtocolOfficer, Marking::Amber, true),
        ("stranger", Role::ProtocolOfficer, Marking::Red, false),
        ("rooms", Role::RoomsManager, Marking::Amber, false),
        ("listed", Role::Staff, Marking::Green, true),
        ("staff", Role::Staff, Marking::Green, false),
    ] {
        let asker = house.account(name, role, ceiling, None).await;
        if is_listed {
            visits::grant_access(&by_chief, visit, asker.account.unwrap(), "takes part").await.unwrap();
        }
        readers.push(asker);
    }
    OneRoom { house, room, readers, keeper }
}

impl OneRoom {
    async fn function(&self, asker: &Asker, name: &str, arguments: &[(&str, &str)]) -> Value {
        let path = examples::functions().into_iter().find(|example| example.of == format!("function {name}")).unwrap().path;
        let arguments: Vec<(String, String)> = arguments.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let answer = self.house.call(asker, &path, &arguments).await;
        assert_eq!(answer.status, 200, "{name}: {}", answer.text());
        answer.json()
    }

    /// What a lane of the board says.
    fn lane(lane: &Value) -> Vec<Told> {
        let of = |what: &Value| match what["kind"].as_str() {
            Some("engaged") => titled(what["title"].as_str().unwrap(), what["state"] == "held"),
            _ => reserved(what["cover"].as_str()),
        };
        let blackouts = lane["blackouts"].as_array().unwrap().iter().map(|blackout| {
            let [from, until] = ["from", "until"].map(|edge| clock_of(blackout["during"][edge].as_u64().unwrap()));
            (from, until, closed(blackout["cause"].as_str()))
        });
        let said = |block: &Value, part: &str| block[part].as_str().unwrap().to_owned();
        let blocks = lane["blocks"].as_array().unwrap().iter();
        let blocks = blocks.map(|block| (said(block, "starts"), said(block, "ends"), of(&block["what"])));
        sorted(blocks.chain(blackouts).collect())
    }

    fn lane_of_board(view: &Value) -> Vec<Told> {
        let sites = view["sites"].as_array().unwrap().iter();
        let mut lanes = sites.flat_map(|site| site["rooms"].as_array().unwrap()).map(Self::lane);
        lanes.next().unwrap()
    }

    fn lane_of_days(view: &Value) -> Vec<Told> {
        let days = view["days"].as_array().unwrap();
        Self::lane(&days.iter().find(|day| day["date"] == DAY).unwrap()["lane"])
    }

    async fn board(&self, asker: &Asker) -> Vec<Told> {
        Self::lane_of_board(&self.function(asker, "load_board", &[("filters[day]", DAY)]).await["board"])
    }

    async fn week(&self, asker: &Asker) -> Vec<Told> {
        let room = self.room.to_string();
        Self::lane_of_days(&self.function(asker, "load_room", &[("id", &room), ("day", DAY), ("month", "")]).await["days"])
    }

    async fn paper_of_all(&self, asker: &Asker) -> Vec<Told> {
        Self::lane_of_board(&self.function(asker, "load_board_print", &[("filters[day]", DAY)]).await["board"])
    }

    async fn paper_of_one(&self, asker: &Asker) -> Vec<Told> {
        let room = self.room.to_string();
        let view = self.function(asker, "load_room_print", &[("id", &room), ("day", DAY), ("span", "week")]).await;
        Self::lane_of_days(&view["days"])
    }

    async fn api(&self, asker: &Asker) -> Vec<Told> {
        let stretch = "from=2027-03-09T08:00:00Z&until=2027-03-10T08:00:00Z";
        let path = format!("/api/v1/rooms/availability?room_id={}&{stretch}", self.room);
        let taken = self.house.get(asker, &path).await.json()["items"][0].clone();
        let clocks = |view: &Value, parts: [&str; 2]| parts.map(|part| clock(view[part].as_str().unwrap()));
        let engaged = taken["engaged"].as_array().unwrap().iter().map(|view| {
            let [starts, ends] = clocks(view, ["use_starts", "use_ends"]);
            (starts, ends, titled(view["title"].as_str().unwrap(), view["state"] == "held"))
        });
        let hidden = taken["reserved"].as_array().unwrap().iter().map(|view| {
            let [starts, ends] = clocks(view, ["starts", "ends"]);
            (starts, ends, reserved(view["cover"].as_str()))
        });
        let blackouts = taken["blackouts"].as_array().unwrap().iter().map(|view| {
            let [starts, ends] = clocks(view, ["starts", "ends"]);
            (starts, ends, closed(view["cause"].as_str()))
        });
        sorted(engaged.chain(hidden).chain(blackouts).collect())
    }

    async fn feed(&self, asker: &Asker) -> Vec<Told> {
        let context = self.house.context(asker).await;
        let made = feeds::make_feed(&context, FeedScope::Room(self.room), FeedDetail::Full).await.unwrap();
        let file = unfolded(&self.house.get(&House::nobody(), &format!("/feeds/{}.ics", made.token())).await.text());
        let events = file.split("BEGIN:VEVENT").skip(1).map(|event| event.split("END:VEVENT").next().unwrap());
        let told = events.map(|event| {
            let value = |name: &str| {
                let line = event.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("{name}: {event}"));
                line.split_once(':').unwrap().1.trim().to_owned()
            };
            let [starts, ends] = ["DTSTART", "DTEND"].map(|name| {
                let time = NaiveDateTime::parse_from_str(&value(name), "%Y%m%dT%H%M%S").unwrap();
                time.format("%H:%M").to_string()
            });
            (starts, ends, titled(&value("SUMMARY"), event.contains("STATUS:TENTATIVE")))
        });
        sorted(told.collect())
    }

    async fn door(&self, ceiling: Marking) -> Vec<Told> {
        let keeper = self.house.context(&self.keeper).await;
        let made = make_door_plan(&keeper, &a_door_plan(self.room, ceiling)).await.unwrap();
        let office = Arc::new(keeper.office().clone());
        let view = fetch_door(&self.house.office.chancery, office, made.token(), None).await.unwrap().unwrap();
        let lane = view.day.unwrap().lane;
        let told = lane.blocks.into_iter().map(|block| {
            let said = match block.what {
                BlockOf::Engaged { title, state, .. } => titled(&title, state == BookingState::Held),
                BlockOf::Reserved { cover } => reserved(cover.as_deref()),
            };
            (block.starts, block.ends, said)
        });
        let blackouts = lane.blackouts.into_iter().map(|blackout| {
            let [from, until] = [blackout.during.from, blackout.during.until].map(|minute| clock_of(u64::from(minute)));
            (from, until, closed(blackout.cause.as_deref()))
        });
        sorted(told.chain(blackouts).collect())
    }
}

fn sorted(mut told: Vec<Told>) -> Vec<Told> {
    told.sort();
    told
}

fn minute(clock: &str) -> i64 {
    let (hours, minutes) = clock.split_once(':').unwrap();
    hours.parse::<i64>().unwrap() * 60 + minutes.parse::<i64>().unwrap()
}

/// The minutes of the day at which something is told to be going on.
fn minutes(told: &[Told]) -> Vec<i64> {
    (0..24 * 60).filter(|at| told.iter().any(|(from, until, _)| minute(from) <= *at && *at < minute(until))).collect()
}

/// Whether a way that goes less far tells the same as one that goes farther: what it names the other names with the same times, and
/// it says of no moment that the room is free which the other says is taken.
fn is_the_same_narrowed(narrow: &[Told], wide: &[Told]) -> bool {
    let bare = |told: &&Told| !["Reserved", "Reception", "Closed"].contains(&told.2.as_str());
    let named = narrow.iter().filter(bare).all(|told| wide.contains(told));
    let taken = minutes(narrow);
    named && minutes(wide).iter().all(|at| taken.contains(at))
}

#[tokio::test(flavor = "multi_thread")]
async fn board_week_api_feed_and_paper_tell_each_reader_the_same_of_a_room() {
    let at = house().await;
    let mut told = Vec::new();
    for reader in &at.readers {
        let name = reader.name;
        let board = at.board(reader).await;
        assert_eq!(at.week(reader).await, board, "{name}: the week");
        assert_eq!(at.api(reader).await, board, "{name}: the API");
        let (paper, feed) = (at.paper_of_all(reader).await, at.feed(reader).await);
        assert_eq!(at.paper_of_one(reader).await, paper, "{name}: paper");
        let ceiling = at.house.context(reader).await.reader().ceiling();
        if ceiling <= Marking::Amber {
            assert_eq!(paper, board, "{name}: paper");
        }
        if ceiling <= Marking::Green {
            assert_eq!(feed, board, "{name}: the feed");
        }
        assert!(is_the_same_narrowed(&paper, &board), "{name}: {paper:?} and {board:?}");
        assert!(is_the_same_narrowed(&feed, &paper), "{name}: {feed:?} and {paper:?}");
        told.push((name, board));
    }
    // A test that finds nothing because nothing is shown would not be one.
    let told: BTreeMap<&str, Vec<Told>> = told.into_iter().collect();
    let words = |name: &str| told[name].iter().map(|(_, _, said)| said.as_str()).collect::<Vec<_>>();
    let (waxed, changed) = ("The floor is waxed", "The windows are changed");
    let of_chief = ["Signing", "Audience", "Consultation", "Choir", "Hearing", "Interview", "Reserved", "Rehearsal (hold)", "Vigil (hold)"];
    let of_rooms = ["Signing", "Reception", "Reserved", "Choir", "Hearing", "Reserved", "Reserved", "Rehearsal (hold)", "Vigil (hold)"];
    let of_staff = ["Signing", "Reception", "Reserved", "Choir", "Reserved", "Reserved", "Rehearsal (hold)", "Reserved"];
    assert_eq!(words("chief"), [&[waxed, changed][..], &of_chief].concat());
    assert_eq!(words("rooms"), [&[waxed, changed][..], &of_rooms].concat());
    assert_eq!(words("staff"), [&[waxed, "Closed"][..], &of_staff].concat());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_door_tells_what_a_reader_of_its_ceiling_reads_to_whom_nothing_was_released() {
    let at = house().await;
    let reader = |name: &str| at.readers.iter().find(|reader| reader.name == name).unwrap();
    // The line that was released to the office takes the room with its margins here, as what nobody is told of.
    let staff = at.board(reader("staff")).await;
    let mut expected: Vec<Told> = staff.into_iter().filter(|(_, _, said)| said != "Signing").collect();
    expected.push(("09:45".into(), "11:00".into(), "Reserved".into()));
    let green = at.door(Marking::Green).await;
    assert_eq!(green, sorted(expected));
    let clear = at.door(Marking::Clear).await;
    assert!(
        is_the_same_narrowed(&clear, &green) && clear.iter().all(|(_, _, said)| ["Reserved", "Closed"].contains(&said.as_str())),
        "{clear:?}"
    );
}
