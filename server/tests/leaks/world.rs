//! A world with a canary in every marked field, at every marking.

use crate::{
    canaries::{Canaries, Canary, MARKUP},
    support::{Asker, House, examples::Things},
};
use backend::{
    RequestContext,
    accounts::clearance,
    delegations, missions, news,
    paging::PageRequest,
    people, programme, releases, rooms,
    rooms::{
        approvals::{self, Waiting},
        blackouts, bookings, series,
    },
    tasks,
    testing::{self, Engine, TestOffice},
    version::Seen,
    visits,
};
use domain::{
    accounts::Role,
    delegations::input::DelegateInput,
    ids::{ApprovalId, BlackoutId, BookingId, DelegateId, ItemId, MissionId, NewsId, PersonId, RoomId, SeriesId, SiteId, TaskId, VisitId},
    marking::{Channel, Marking},
    missions::input::MissionInput,
    people::input::PersonInput,
    programme::{
        ItemPart,
        input::{ItemInput, ParticipantInput},
    },
    releases::Audience,
    rooms::{
        blackouts::BlackoutInput,
        input::{ApprovalInput, BookingInput, LayoutInput, RoomInput, SiteInput},
        series::input::SeriesInput,
    },
    tasks::input::TaskInput,
    time::agreed::AgreedTime,
    visits::input::VisitInput,
};
use std::collections::BTreeMap;

pub struct World {
    pub house: House,
    pub chief: Asker,
    pub canaries: Canaries,
    pub visits: Vec<VisitId>,
    pub items: Vec<ItemId>,
    pub delegates: Vec<DelegateId>,
    pub tasks: Vec<TaskId>,
    pub bookings: Vec<BookingId>,
    pub series: Vec<SeriesId>,
    pub blackouts: Vec<BlackoutId>,
    pub room: RoomId,
    pub person: PersonId,
    /// Who takes part in the lines of the first visit.
    pub guest: PersonId,
    /// The mission that is attached to the first visit, and one that is attached to none.
    pub missions: (MissionId, MissionId),
    pub things: Things,
}

pub fn text(value: impl Into<String>) -> Option<String> {
    Some(value.into())
}

pub fn at(local: &str) -> Option<AgreedTime> {
    Some(AgreedTime { local: local.parse().unwrap(), zone: "America/Los_Angeles".to_owned().try_into().unwrap(), offset: None })
}

/// Makes words for the fields of one visit.
struct Words<'a> {
    canaries: &'a mut Canaries,
    by: domain::ids::AccountId,
    visit: Option<VisitId>,
    /// The marking of the visit's existence, below which nothing of it is read.
    floor: Marking,
}

impl Words<'_> {
    fn of(&mut self, field: &str, marking: Marking) -> Option<String> {
        let canary = Canary {
            field: field.to_owned(),
            marking: marking.max(self.floor),
            visit: self.visit,
            by: self.by,
            is_released: false,
            is_of_the_kitchen: false,
            is_of_the_past: false,
        };
        Some(self.canaries.word(canary))
    }
}

fn a_visit(number: usize, existence: Marking, guest: PersonId, missions: &[MissionId], words: &mut Words<'_>) -> VisitInput {
    let day = 9 + 4 * number;
    VisitInput {
        category: text("official"),
        state: text("confirmed"),
        title: words.of("visit title", Marking::AmberStrict),
        cover: words.of("visit cover", Marking::Amber),
        starts_on: text(format!("2027-03-{day:02}")),
        ends_on: text(format!("2027-03-{:02}", day + 3)),
        country: text("VN"),
        guest_id: text(guest.to_string()),
        capital_zone: text("Asia/Ho_Chi_Minh"),
        capital: words.of("visit capital", Marking::Amber),
        remarks: words.of("visit remarks", Marking::Red),
        mission_ids: Some(missions.iter().map(ToString::to_string).collect()),
        markings: [
            ("existence", existence),
            ("title", Marking::AmberStrict),
            ("cover", Marking::Amber),
            ("dates", Marking::Green),
            ("parties", Marking::Amber),
            ("remarks", Marking::Red),
        ]
        .into_iter()
        .map(|(part, marking)| (part.to_owned(), marking.label().to_owned()))
        .collect(),
        ..VisitInput::default()
    }
}

/// A line of a visit, with one part at a marking, the others at TLP:AMBER, and a canary in each text.
fn a_line(visit: usize, line: usize, part: ItemPart, marking: Marking, guest: PersonId, words: &mut Words<'_>) -> ItemInput {
    let (day, hour) = (9 + 4 * visit + line / 12, 7 + line % 12);
    let own = |p: ItemPart| if p == part { marking } else { Marking::Amber };
    let existence = own(ItemPart::Existence);
    // Who may not read when a line is, is not shown the line; who may not read its title is shown nothing that the title covers.
    let time = own(ItemPart::Time).max(existence);
    let title = own(ItemPart::Title).max(time);
    let within = |p: ItemPart| own(p).max(title);
    let mut field = |name: &str, marking: Marking| words.of(&format!("line {name}, {} {marking}", part.word()), marking);
    ItemInput {
        kind: text("cultural"),
        title: field("title", title),
        cover: field("cover", Marking::Green.max(time)),
        starts: at(&format!("2027-03-{day:02}T{hour:02}:{:02}", line % 10)),
        ends: at(&format!("2027-03-{day:02}T{hour:02}:45")),
        place: field("place", within(ItemPart::Place)),
        people: Some(vec![ParticipantInput { person_id: guest.to_string(), role: "guest".to_owned() }]),
        route: field("route", within(ItemPart::Movement)),
        vehicles: field("vehicles", within(ItemPart::Movement)),
        carrier: field("carrier", within(ItemPart::Movement)),
        dress: field("dress", title),
        notes: field("notes", within(ItemPart::Notes)),
        state: text("firm"),
        markings: ItemPart::ALL.iter().map(|p| (p.word().to_owned(), own(*p).label().to_owned())).collect(),
        ..ItemInput::default()
    }
}

fn a_delegate(person: PersonId, marking: Marking, words: &mut Words<'_>) -> DelegateInput {
    let mut field = |name: &str| words.of(&format!("delegate {name} {marking}"), marking);
    DelegateInput {
        person_id: text(person.to_string()),
        name: field("name"),
        own_script: field("own script"),
        pronunciation: field("pronunciation"),
        address: field("address"),
        rank: field("rank"),
        diet: field("diet"),
        role: text("official"),
        delegation: text("Viet Nam"),
        marking: text(marking.label()),
        ..DelegateInput::default()
    }
}

fn a_task(number: usize, marking: Marking, words: &mut Words<'_>) -> TaskInput {
    TaskInput {
        words: words.of(&format!("task words {marking}"), marking),
        // Before the day on which everything is asked, and after it.
        due_on: text(format!("2027-03-{:02}", 4 + 5 * number)),
        marking: text(marking.label()),
        ..TaskInput::default()
    }
}

async fn a_person(context: &RequestContext, family: &str, diet: Option<String>) -> PersonId {
    let person = PersonInput { family: text(format!("{family}{MARKUP}")), standing: text("guest"), diet, ..PersonInput::default() };
    people::create_person(context, person).await.unwrap().id
}

pub async fn a_mission(context: &RequestContext, name: &str, code: &str) -> MissionId {
    let mission = MissionInput {
        name: text(format!("Consulate General of {name}{MARKUP}")),
        kind: text("consulate_general"),
        country: text(code),
        country_name: text(name),
        capital_zone: text("Asia/Ho_Chi_Minh"),
        ..MissionInput::default()
    };
    missions::create_mission(context, mission).await.unwrap().id
}

/// A room of ours on a site of its own, made by who keeps rooms.
pub async fn a_room(house: &House, name: &'static str) -> RoomId {
    a_room_with(house, name, Vec::new()).await.1
}

/// The same with layouts, and its site.
pub async fn a_room_with(house: &House, name: &'static str, layouts: Vec<LayoutInput>) -> (SiteId, RoomId) {
    let manager = house.account(name, Role::RoomsManager, Marking::Red, None).await;
    let context = house.context(&manager).await;
    let site =
        rooms::create_site(&context, SiteInput { name: text(format!("Site of {name}{MARKUP}")), ..SiteInput::default() }).await.unwrap().id;
    let room = RoomInput {
        site_id: Some(site.to_string()),
        name: text(format!("{name}{MARKUP}")),
        clearance: text("TLP:RED"),
        layouts: Some(layouts),
        ..RoomInput::default()
    };
    (site, rooms::create_room(&context, room).await.unwrap().id)
}

/// A boardroom that takes 15 minutes to lay out and 10 to clear.
pub fn boardroom() -> LayoutInput {
    LayoutInput { layout: "boardroom".into(), capacity: 24.into(), set_up_minutes: 15.into(), clearing_minutes: 10.into() }
}

/// Blackouts of a room, long after all else, each for a cause of another marking; made by the chief, who stands in for the rooms
/// manager while they are.
async fn blacked_out(house: &House, chief: &Asker, room: RoomId, canaries: &mut Canaries) -> Vec<BlackoutId> {
    let by = chief.account.unwrap();
    clearance::grant_role(&house.office.operator, by, Role::RoomsManager).await.unwrap();
    let context = house.context(chief).await;
    let mut made = Vec::new();
    for (hour, marking) in (8..).zip([Marking::Green, Marking::Amber, Marking::AmberStrict, Marking::Red]) {
        let mut words = Words { canaries, by, visit: None, floor: Marking::Clear };
        let blackout = BlackoutInput {
            room_id: text(room.to_string()),
            starts: at(&format!("2027-06-10T{hour:02}:00")),
            ends: at(&format!("2027-06-10T{hour:02}:30")),
            cause: words.of("blackout cause", marking),
            marking: text(marking.label()),
            ..BlackoutInput::default()
        };
        made.push(blackouts::create_blackout(&context, blackout).await.unwrap().id);
    }
    clearance::revoke_role(&house.office.operator, by, Role::RoomsManager).await.unwrap();
    made
}

/// A room that is given by the rooms managers and the security leads, so that the chief must ask for it.
pub async fn a_room_to_ask_for(house: &House, name: &'static str) -> (Asker, RoomId) {
    let giver = house.account(name, Role::RoomsManager, Marking::Amber, None).await;
    let context = house.context(&giver).await;
    let site =
        rooms::create_site(&context, SiteInput { name: text(format!("Site of {name}{MARKUP}")), ..SiteInput::default() }).await.unwrap().id;
    let given_by = vec!["rooms_manager".to_owned(), "security_lead".to_owned()];
    let room = RoomInput {
        site_id: Some(site.to_string()),
        name: text(format!("{name}{MARKUP}")),
        clearance: text("TLP:RED"),
        layouts: Some(vec![boardroom()]),
        approval: Some(ApprovalInput { needed_from: Vec::new(), given_by }),
        ..RoomInput::default()
    };
    (giver, rooms::create_room(&context, room).await.unwrap().id)
}

/// What waits for a room and what lost it.
struct AskedFor {
    bookings: Vec<BookingId>,
    approval: ApprovalId,
    news: NewsId,
}

/// Bookings of the chief at every marking that wait for a room, with one that is pencilled beside each; and some that lost it to
/// another's.
async fn asked_for(house: &House, chief: &Asker, canaries: &mut Canaries) -> AskedFor {
    let (giver, room) = a_room_to_ask_for(house, "giver").await;
    let asker = house.account("asker", Role::Scheduler, Marking::Green, None).await;
    let by = chief.account.unwrap();
    let context = house.context(chief).await;
    let booking = |day: u32, hour: u32, state: &str, purpose: Option<String>, marking: Marking| BookingInput {
        room_id: text(room.to_string()),
        starts: at(&format!("2027-03-{day:02}T{hour:02}:00")),
        ends: at(&format!("2027-03-{day:02}T{hour:02}:30")),
        layout: text("boardroom"),
        purpose,
        marking: text(marking.label()),
        state: text(state),
        ..BookingInput::default()
    };
    let mut bookings = Vec::new();
    for (hour, marking) in (8..).step_by(2).zip([Marking::Green, Marking::Amber, Marking::AmberStrict, Marking::Red]) {
        for (day, state) in [(11, "firm"), (11, "held"), (12, "held")] {
            let mut words = Words { canaries, by, visit: None, floor: Marking::Clear };
            let purpose = words.of("purpose of a booking to be given a room", marking);
            let made = bookings::create_booking(&context, booking(day, hour, state, purpose, marking)).await.unwrap();
            bookings.push(made.view.id);
        }
        let taken = booking(12, hour, "firm", text("Choir"), Marking::Green);
        let taken = bookings::create_booking(&house.context(&asker).await, taken).await.unwrap().view.id;
        approvals::approve(&house.context(&giver).await, Waiting::Booking(taken), &Seen::Any).await.unwrap();
    }
    let waiting = approvals::list_approvals(&house.context(&giver).await, &PageRequest::default()).await.unwrap().items;
    assert_eq!(waiting.len(), 4);
    let news = news::list_news(&context, Channel::Page).await.unwrap();
    assert_eq!(news.len(), 4);
    AskedFor { bookings, approval: waiting[0].id, news: news[0].id }
}

/// Bookings of a room on the day on which everything is asked, each for a purpose of another marking.
async fn used_today(context: &RequestContext, room: RoomId, canaries: &mut Canaries) -> Vec<BookingId> {
    let mut made = Vec::new();
    for (hour, marking) in (10..).zip([Marking::Green, Marking::Amber, Marking::AmberStrict, Marking::Red]) {
        let mut words = Words { canaries, by: context.account().unwrap(), visit: None, floor: Marking::Clear };
        let booking = BookingInput {
            room_id: text(room.to_string()),
            starts: at(&format!("2027-03-09T{hour:02}:00")),
            ends: at(&format!("2027-03-09T{hour:02}:30")),
            layout: text("boardroom"),
            purpose: words.of("booking purpose, today", marking),
            marking: text(marking.label()),
            state: text("firm"),
            ..BookingInput::default()
        };
        made.push(bookings::create_booking(context, booking).await.unwrap().view.id);
    }
    made
}

/// A line of a visit that takes the room on that day, under a cover title that the whole office may read.
async fn line_of_today(context: &RequestContext, visit: VisitId, room: RoomId, canaries: &mut Canaries) -> ItemId {
    let by = context.account().unwrap();
    let first = canaries.0.len();
    let mut words = Words { canaries, by, visit: Some(visit), floor: Marking::Green };
    let line = ItemInput {
        kind: text("cultural"),
        title: words.of("line title, today", Marking::Amber),
        cover: words.of("line cover, today", Marking::Green),
        starts: at("2027-03-09T19:00"),
        ends: at("2027-03-09T19:30"),
        room_id: text(room.to_string()),
        layout: text("boardroom"),
        state: text("firm"),
        markings: ["existence", "time", "title", "place"].map(|part| (part.to_owned(), Marking::Amber.label().to_owned())).into(),
        ..ItemInput::default()
    };
    let made = programme::add_programme_item(context, visit, line).await.unwrap().view.id;
    canaries.0[first..].iter_mut().for_each(|canary| canary.is_released = true);
    made
}

/// Series of a room, long after all else, each for a purpose of another marking.
async fn in_series(context: &RequestContext, room: RoomId, canaries: &mut Canaries) -> Vec<SeriesId> {
    let mut made = Vec::new();
    for (hour, marking) in (8..).zip([Marking::Green, Marking::Amber, Marking::AmberStrict, Marking::Red]) {
        let mut words = Words { canaries, by: context.account().unwrap(), visit: None, floor: Marking::Clear };
        let booking = BookingInput {
            room_id: text(room.to_string()),
            starts: at(&format!("2027-09-08T{hour:02}:00")),
            ends: at(&format!("2027-09-08T{hour:02}:30")),
            layout: text("boardroom"),
            purpose: words.of("series purpose", marking),
            marking: text(marking.label()),
            state: text("firm"),
            ..BookingInput::default()
        };
        let input = SeriesInput { booking, repeats: text("weekly"), times: Some(2.into()), ..SeriesInput::default() };
        made.push(series::create_series(context, input).await.unwrap().id);
    }
    made
}

pub async fn world(engine: Engine) -> World {
    world_in(testing::office(engine).await).await
}

/// The same in an office that nobody is in yet.
pub async fn world_in(office: TestOffice) -> World {
    let house = House::over(office).await;
    let chief = house.account("chief", Role::ChiefOfProtocol, Marking::Red, None).await;
    let by = chief.account.unwrap();
    let context = house.context(&chief).await;
    let mut canaries = Canaries::default();
    let missions = (a_mission(&context, "Viet Nam", "VN").await, a_mission(&context, "Mexico", "MX").await);
    let (site, room) = a_room_with(&house, "keeper", vec![boardroom()]).await;
    let kitchen = Canary {
        field: "person diet".into(),
        marking: Marking::Green,
        visit: None,
        by,
        is_released: false,
        is_of_the_kitchen: true,
        is_of_the_past: false,
    };
    let person = a_person(&context, "Hoang", Some(canaries.word(kitchen))).await;
    let mut made = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut guests = Vec::new();
    for (number, floor) in [Marking::Green, Marking::Amber].into_iter().enumerate() {
        let guest = a_person(&context, &format!("Guest {number}"), None).await;
        guests.push(guest);
        let mut words = Words { canaries: &mut canaries, by, visit: None, floor };
        let attached = if number == 0 { vec![missions.0] } else { Vec::new() };
        let first = words.canaries.0.len();
        let input = a_visit(number, floor, guest, &attached, &mut words);
        let visit = visits::create_visit(&context, input).await.unwrap().id;
        let context = house.context(&chief).await;
        words.visit = Some(visit);
        let mut line = 0;
        for part in ItemPart::ALL {
            for marking in Marking::ALL {
                // Nobody at all reads what exists for a list only and has none; no part is wider than its visit.
                if (*part, marking) == (ItemPart::Existence, Marking::Red) || marking < floor {
                    continue;
                }
                let input = a_line(number, line, *part, marking, guest, &mut words);
                let saved = programme::add_programme_item(&context, visit, input).await;
                made.1.push(saved.unwrap_or_else(|failure| panic!("{part:?} {marking}: {failure:?}")).view.id);
                line += 1;
            }
        }
        for marking in [Marking::Green, Marking::Amber, Marking::AmberStrict, Marking::Red] {
            let person = a_person(&context, &format!("Member {number} {}", marking.label().len()), None).await;
            let delegate = a_delegate(person, marking, &mut words);
            made.2.push(delegations::add_delegate(&context, visit, delegate).await.unwrap().id);
        }
        // A name so marked that is in no directory yet is put into none, where the whole office could search for it.
        for marking in [Marking::AmberStrict, Marking::Red] {
            let first = words.canaries.0.len();
            let nobody = DelegateInput { person_id: None, ..a_delegate(guest, marking, &mut words) };
            assert!(delegations::add_delegate(&context, visit, nobody).await.is_err(), "{marking}");
            // Nobody at all is shown these.
            words.canaries.0[first..].iter_mut().for_each(|canary| canary.is_of_the_past = true);
        }
        for canary in &mut canaries.0[first..] {
            canary.visit = Some(visit);
            canary.is_released = number == 0;
            // A cover is for who may not read the title: one needs to know of the visit, not to be on its list.
            if canary.field == "visit cover" && floor <= Marking::Green {
                canary.visit = None;
            }
        }
        // Tasks are in no release: who is on the list reads them, and nobody else.
        let mut words = Words { canaries: &mut canaries, by, visit: Some(visit), floor };
        for (nth, marking) in [Marking::Green, Marking::Amber, Marking::AmberStrict, Marking::Red].into_iter().enumerate() {
            made.3.push(tasks::add_task(&context, visit, a_task(nth % 2, marking, &mut words)).await.unwrap().id);
        }
        made.0.push(visit);
    }
    let context = house.context(&chief).await;
    let mut booked = Vec::new();
    for (hour, marking) in (8..).zip([Marking::Green, Marking::Amber, Marking::AmberStrict, Marking::Red]) {
        let mut words = Words { canaries: &mut canaries, by, visit: None, floor: Marking::Clear };
        let booking = BookingInput {
            room_id: text(room.to_string()),
            starts: at(&format!("2027-03-10T{hour:02}:00")),
            ends: at(&format!("2027-03-10T{hour:02}:30")),
            layout: text("boardroom"),
            purpose: words.of("booking purpose", marking),
            marking: text(marking.label()),
            state: text("firm"),
            ..BookingInput::default()
        };
        booked.push(bookings::create_booking(&context, booking).await.unwrap().view.id);
    }
    booked.extend(used_today(&context, room, &mut canaries).await);
    made.1.push(line_of_today(&context, made.0[0], room, &mut canaries).await);
    let in_series = in_series(&context, room, &mut canaries).await;
    let blackouts = blacked_out(&house, &chief, room, &mut canaries).await;
    let asked = asked_for(&house, &chief, &mut canaries).await;
    booked.extend(asked.bookings);
    let (visits, items, delegates, tasks) = made;
    let things = Things::default()
        .with("visit", visits[0])
        .with("item", items[0])
        .with("delegate", delegates[0])
        .with("task", tasks[0])
        .with("own_day", "6f3f8a4e-0000-4000-8000-000000000009")
        .with("person", person)
        .with("room", room)
        .with("mission", missions.0)
        .with("account", by)
        .with("booking", booked[0])
        .with("series", in_series[0])
        .with("blackout", blackouts[0])
        .with("approval", asked.approval)
        .with("news", asked.news)
        .with("release", "6f3f8a4e-0000-4000-8000-000000000009")
        .with("door_plan", "6f3f8a4e-0000-4000-8000-000000000008")
        .with("feed", "6f3f8a4e-0000-4000-8000-000000000002")
        .with("token", "6f3f8a4e-0000-4000-8000-000000000003")
        .with("site", site)
        .with("any", "6f3f8a4e-0000-4000-8000-000000000000")
        .with("word", &crate::canaries::SENTINEL[..7]);
    let mut world = World {
        house,
        chief,
        canaries,
        visits,
        items,
        delegates,
        tasks,
        bookings: booked,
        series: in_series,
        blackouts,
        room,
        person,
        guest: guests[0],
        missions,
        things,
    };
    world.release().await;
    world
}

impl World {
    /// Releases both visits, then raises and rewrites things: what was released is shown under the stricter of then and now, and
    /// nothing of the draft.
    async fn release(&mut self) {
        let context = self.house.context(&self.chief).await;
        use Audience::{Corps, Office, Security, VisitingMission};
        releases::release_programme(&context, self.visits[0], &[Office, VisitingMission, Corps, Security], &Seen::Any).await.unwrap();
        releases::release_programme(&context, self.visits[1], &[VisitingMission, Security], &Seen::Any).await.unwrap();
        self.release_again(&context).await;
        let mut words =
            Words { canaries: &mut self.canaries, by: context.account().unwrap(), visit: Some(self.visits[0]), floor: Marking::Green };
        let rewritten = ItemInput { title: words.of("line title, rewritten", Marking::Amber), ..ItemInput::default() };
        programme::change_programme_item(&context, self.line_with_notes(Marking::Amber), rewritten, &Seen::Any).await.unwrap();
        let raised =
            ItemInput { markings: BTreeMap::from([("place".to_owned(), Marking::AmberStrict.label().to_owned())]), ..ItemInput::default() };
        programme::change_programme_item(&context, self.line_with_notes(Marking::Green), raised, &Seen::Any).await.unwrap();
        let first = self.visits[0];
        for canary in self.canaries.0.iter_mut().filter(|canary| canary.visit == Some(first)) {
            match canary.field.as_str() {
                "line place, notes TLP:GREEN" => canary.marking = Marking::AmberStrict,
                "line title, notes TLP:AMBER" => canary.is_of_the_past = true,
                _ => {}
            }
        }
    }

    /// Says otherwise what several markings protect, takes a line out and puts one in, and releases the first visit once more, so that
    /// there is a difference to be told; then raises one part of what it tells.
    async fn release_again(&mut self, context: &RequestContext) {
        use Audience::{Corps, Office, Security, VisitingMission};
        let first = self.visits[0];
        let mut words = Words { canaries: &mut self.canaries, by: context.account().unwrap(), visit: Some(first), floor: Marking::Green };
        let at_first = words.canaries.0.len();
        let later: Vec<(Marking, Option<String>)> = [Marking::Green, Marking::Amber, Marking::AmberStrict, Marking::Red]
            .map(|marking| (marking, words.of(&format!("line notes, later {marking}"), marking)))
            .into();
        let passing = ItemInput {
            kind: text("cultural"),
            title: words.of("line title, passing", Marking::Amber),
            starts: at("2027-03-12T20:00"),
            ends: at("2027-03-12T20:30"),
            state: text("firm"),
            markings: ["existence", "time", "title"].map(|part| (part.to_owned(), Marking::Amber.label().to_owned())).into(),
            ..ItemInput::default()
        };
        self.canaries.0[at_first..].iter_mut().for_each(|canary| canary.is_released = true);
        // In the release before the last, and taken out of the draft since: it is told of as taken out.
        let gone = programme::add_programme_item(context, first, passing).await.unwrap().view.id;
        releases::release_programme(context, first, &[Office, VisitingMission, Corps, Security], &Seen::Any).await.unwrap();
        programme::remove_programme_item(context, gone, &Seen::Any).await.unwrap();
        for (marking, notes) in later {
            let line = self.line_with_notes(marking);
            programme::change_programme_item(context, line, ItemInput { notes, ..ItemInput::default() }, &Seen::Any).await.unwrap();
        }
        releases::release_programme(context, first, &[Office, VisitingMission, Corps, Security], &Seen::Any).await.unwrap();
        let raised = |part: &str, marking: Marking| ItemInput {
            markings: BTreeMap::from([(part.to_owned(), marking.label().to_owned())]),
            ..ItemInput::default()
        };
        let line = self.line_with_notes(Marking::AmberStrict);
        programme::change_programme_item(context, line, raised("notes", Marking::Red), &Seen::Any).await.unwrap();
        let past = ["TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"].map(|marking| format!("line notes, notes {marking}"));
        for canary in self.canaries.0.iter_mut().filter(|canary| canary.visit == Some(first)) {
            if canary.field.ends_with("notes, later TLP:AMBER+STRICT") || canary.field == past[2] {
                canary.marking = Marking::Red;
            }
            if past.contains(&canary.field) || canary.field == "line title, passing" {
                canary.is_of_the_past = true;
            }
        }
    }

    /// The line of the first visit whose notes bear a marking.
    fn line_with_notes(&self, marking: Marking) -> ItemId {
        // Eight parts at four markings each, but for existence at TLP:RED; the notes come last.
        self.items[27 + marking as usize - Marking::Green as usize]
    }
}
