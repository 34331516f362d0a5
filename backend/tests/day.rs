//! The day itself on both engines: lines taken down as they begin and end, and the rest of a day moved all together or not at all.

use backend::{
    Failure, RequestContext,
    accounts::directory::NewAccount,
    database::Connection,
    feeds,
    news::list_news,
    offices, on_both, people,
    programme::{
        self, change_programme_item, read_item, record_actual,
        rest::{check_rest, move_rest},
    },
    releases,
    rooms::{self, availability::room_availability, bookings::create_booking},
    testing::{
        self, Hands, TestOffice,
        inputs::{a_meeting, a_visit, at, text},
    },
    values,
    version::{ETag, Seen},
    visits,
};
use chrono::{DateTime, Utc};
use domain::{
    accounts::Role,
    clash::Source,
    ids::{ItemId, PersonId, RoomId, VisitId},
    marking::{
        Channel, Marking,
        view::{ItemView, NewsKind, RestView},
    },
    people::input::PersonInput,
    problems::{FieldProblem, Problem},
    programme::{
        day::{
            ActualInput, Deed,
            rest::{RestInput, Stays},
        },
        input::{ItemInput, ParticipantInput},
    },
    releases::Audience,
    rooms::input::{BookingInput, LayoutInput, RoomInput, SiteInput},
    text::{EmailAddress, Title},
    visits::input::VisitInput,
};
use std::sync::Arc;

struct Desk {
    office: TestOffice,
    hands: Hands,
    officer: RequestContext,
    visit: VisitId,
    room: RoomId,
}

/// An instant on the sixteenth of March 2027, on the clocks of Los Angeles, which are summer's by then.
fn clock(time: &str) -> DateTime<Utc> {
    format!("2027-03-16T{time}:00-07:00").parse().unwrap()
}

/// A confirmed visit with an office whose clock is at ten in the morning of its fourth day, and a room that takes a quarter of an hour to
/// set up and ten minutes to clear.
async fn desk(engine: testing::Engine) -> Desk {
    let (office, hands) = testing::office_by_the_clock(engine).await;
    let manager = office.signed_in("rooms", Role::RoomsManager, Marking::Amber).await;
    let site = rooms::create_site(&manager, SiteInput { name: text("City Hall"), ..SiteInput::default() }).await.unwrap().id;
    let layout = LayoutInput { layout: "boardroom".into(), capacity: 24.into(), set_up_minutes: 15.into(), clearing_minutes: 10.into() };
    let room = RoomInput {
        site_id: Some(site.to_string()),
        name: text("Rotunda"),
        layouts: Some(vec![layout]),
        clearance: text("TLP:RED"),
        ..RoomInput::default()
    };
    let room = rooms::create_room(&manager, room).await.unwrap().id;
    let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::Red).await;
    let visit = visits::create_visit(&officer, a_visit()).await.unwrap().id;
    hands.set(clock("10:00"));
    let officer = office.again(officer.account().unwrap()).await;
    Desk { office, hands, officer, visit, room }
}

fn line(title: &str, starts: &str, ends: &str) -> ItemInput {
    let times = a_meeting(&format!("2027-03-16T{starts}"), &format!("2027-03-16T{ends}"));
    ItemInput { title: text(title), state: text("firm"), ..times }
}

fn fixed(line: ItemInput) -> ItemInput {
    ItemInput { fixed: Some(true), ..line }
}

fn with(person: PersonId, line: ItemInput) -> ItemInput {
    ItemInput { people: Some(vec![ParticipantInput { person_id: person.to_string(), role: "host".into() }]), ..line }
}

fn wrong<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> FieldProblem {
    match outcome {
        Err(Failure::Invalid(problems)) => problems[0].clone(),
        other => panic!("{other:?}"),
    }
}

fn refused<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> RestView {
    match outcome {
        Err(Failure::RestRefused(view)) => *view,
        other => panic!("{other:?}"),
    }
}

fn said(deed: Deed) -> ActualInput {
    ActualInput { deed, at: None }
}

impl Desk {
    fn in_room(&self, line: ItemInput) -> ItemInput {
        ItemInput { room_id: Some(self.room.to_string()), layout: text("boardroom"), ..line }
    }

    async fn add(&self, line: ItemInput) -> ItemId {
        programme::add_programme_item(&self.officer, self.visit, line).await.unwrap().view.id
    }

    async fn officer_at(&self, time: &str) -> RequestContext {
        self.hands.set(clock(time));
        self.office.again(self.officer.account().unwrap()).await
    }

    async fn read(&self, id: ItemId) -> ItemView {
        read_item(&self.officer, id).await.unwrap()
    }

    async fn press(&self, by: &RequestContext, id: ItemId, deed: Deed) -> Result<ItemView, Failure> {
        let seen = Seen::from_form(ETag::of(&self.read(id).await).unwrap().as_str());
        record_actual(by, id, &said(deed), &seen).await
    }

    fn from(&self, item: ItemId, minutes: i64) -> RestInput {
        RestInput { item_id: item.to_string(), minutes, ..RestInput::default() }
    }

    async fn look(&self, item: ItemId, minutes: i64) -> RestView {
        check_rest(&self.officer, self.visit, &self.from(item, minutes)).await.unwrap()
    }

    /// The press of the button under what was looked at.
    fn accepted(&self, view: &RestView) -> RestInput {
        RestInput { seen: Some(view.version.clone()), ..self.from(view.item_id, view.minutes) }
    }

    async fn times(&self) -> Vec<String> {
        let lines = programme::list_items(&self.officer, self.visit).await.unwrap();
        lines.iter().map(|line| format!("{} {}", line.starts.local, line.title.as_deref().unwrap_or_default())).collect()
    }

    async fn count(&self, sql: &'static str) -> i64 {
        let mut connection = self.officer.read().await.unwrap();
        let rows: Vec<(i64,)> = connection.all(sql, values![self.officer.office_id()]).await.unwrap();
        rows[0].0
    }

    /// All that a move of the rest may write.
    async fn written(&self) -> Vec<i64> {
        let mut counts = Vec::new();
        for sql in [
            "SELECT COUNT(*) FROM revisions WHERE office_id = $1",
            "SELECT COUNT(*) FROM audit_entries WHERE office_id = $1 AND intent <> 'deliver_page'",
            "SELECT COUNT(*) FROM news WHERE office_id = $1",
            "SELECT COUNT(*) FROM engagements WHERE office_id = $1",
        ] {
            counts.push(self.count(sql).await);
        }
        counts
    }

    async fn mayor(&self) -> PersonId {
        let mayor = PersonInput { family: text("Testa"), ..PersonInput::default() };
        people::create_person(&self.officer, mayor).await.unwrap().id
    }

    /// An account whose person somebody is.
    async fn account_of(&self, person: PersonId) -> RequestContext {
        let new = NewAccount {
            email: EmailAddress::parse("mayor@test.chancery.example").unwrap(),
            name: Title::parse("Mayor").unwrap(),
            person: Some(person),
            mission: None,
            confirmed: false,
            roles: vec![Role::Staff],
            ceiling: Marking::Amber,
            password_hash: None,
            ends_on: None,
        };
        let account = offices::make_account(&self.office.operator, new).await.unwrap();
        self.office.again(account).await
    }

    /// From when until when the room is taken on the day.
    async fn taken(&self) -> Vec<String> {
        let [there] = room_availability(&self.officer, clock("00:00"), clock("23:59"), Some(self.room)).await.unwrap().try_into().unwrap();
        let local = |at: DateTime<Utc>| (at - chrono::TimeDelta::hours(7)).format("%H:%M").to_string();
        there.engaged.iter().map(|it| format!("{} {}", local(it.starts), local(it.ends))).collect()
    }
}

on_both! {
    async fn a_line_is_taken_down_in_one_press_and_taken_back(engine) {
        let desk = desk(engine).await;
        let id = desk.add(desk.in_room(line("Signing", "10:00", "11:00"))).await;
        let officer = desk.officer_at("10:12").await;
        let (engagements, entries) = (desk.count("SELECT COUNT(*) FROM engagements WHERE office_id = $1").await, desk.written().await);
        let begun = desk.press(&officer, id, Deed::Begin).await.unwrap();
        assert_eq!((begun.begun_at, begun.ended_at), (Some(clock("10:12")), None));
        assert_eq!((begun.starts.local.to_string(), desk.taken().await), ("2027-03-16T10:00".to_owned(), vec!["09:45 11:10".to_owned()]));
        assert_eq!(desk.count("SELECT COUNT(*) FROM engagements WHERE office_id = $1").await, engagements);
        assert_eq!(desk.written().await[..2], [entries[0] + 1, entries[1] + 1], "one revision, one entry");
        assert_eq!(desk.read(id).await, begun, "it is stored");
        // The second of two presses saw the line before the first.
        assert!(matches!(record_actual(&officer, id, &said(Deed::Begin), &Seen::from_form("stale")).await, Err(Failure::Stale)));
        assert!(matches!(record_actual(&officer, id, &said(Deed::Begin), &Seen::NotSaid).await, Err(Failure::VersionNeeded)));
        let officer = desk.officer_at("11:05").await;
        assert_eq!(desk.press(&officer, id, Deed::End).await.unwrap().ended_at, Some(clock("11:05")));
        // A change of the line leaves how it went.
        let later = ItemInput { ends: at("2027-03-16T11:01"), title: text("Signing of the letter"), ..ItemInput::default() };
        change_programme_item(&officer, id, later, &Seen::Any).await.unwrap();
        assert_eq!((desk.read(id).await.begun_at, desk.read(id).await.ended_at), (Some(clock("10:12")), Some(clock("11:05"))));
        assert_eq!(desk.press(&officer, id, Deed::Undo).await.unwrap().ended_at, None);
        let bare = desk.press(&officer, id, Deed::Undo).await.unwrap();
        assert_eq!((bare.begun_at, bare.ended_at), (None, None));
    }

    async fn a_time_that_was_typed_is_in_order_and_not_to_come(engine) {
        let desk = desk(engine).await;
        let id = desk.add(line("Signing", "10:00", "11:00")).await;
        let ask = async |deed, time: &str| {
            let input = ActualInput { deed, at: at(&format!("2027-03-16T{time}")) };
            record_actual(&desk.officer, id, &input, &Seen::Any).await
        };
        assert_eq!(wrong(ask(Deed::Begin, "10:05").await), FieldProblem { field: "at".into(), problem: Problem::NotYet });
        assert_eq!(ask(Deed::Begin, "09:55").await.unwrap().begun_at, Some(clock("09:55")));
        assert_eq!(wrong(ask(Deed::End, "09:50").await).problem, Problem::EndsBeforeStart);
        let far = desk.add(ItemInput { starts: at("2027-03-18T10:00"), ends: at("2027-03-18T11:00"), ..line("Farewell", "10:00", "11:00") }).await;
        assert_eq!(wrong(record_actual(&desk.officer, far, &said(Deed::Begin), &Seen::Any).await).problem, Problem::NotYet);
    }

    async fn who_may_not_change_the_programme_takes_nothing_down_and_moves_nothing(engine) {
        let desk = desk(engine).await;
        let secret = ["existence", "time", "title"].map(|part| (part.to_owned(), "TLP:RED".to_owned())).into();
        let open = desk.add(line("Signing", "10:00", "11:00")).await;
        let title = [("title".to_owned(), "TLP:AMBER+STRICT".to_owned())].into();
        let stand_in = desk.add(ItemInput { markings: title, ..line("Talks", "12:00", "13:00") }).await;
        let hidden = desk.add(ItemInput { markings: secret, ..line("CANARY", "14:00", "15:00") }).await;
        let security = desk.office.signed_in("security", Role::SecurityLead, Marking::Red).await;
        let second = desk.office.signed_in("officer2", Role::ProtocolOfficer, Marking::Amber).await;
        let nowhere = record_actual(&second, open, &said(Deed::Begin), &Seen::Any).await;
        assert!(matches!(nowhere, Err(Failure::NotFound)), "who is not on the list knows of no draft");
        for account in [&security, &second] {
            visits::grant_access(&desk.officer, desk.visit, account.account().unwrap(), "takes part").await.unwrap();
        }
        let security = desk.office.again(security.account().unwrap()).await;
        let second = desk.office.again(second.account().unwrap()).await;
        assert!(matches!(record_actual(&security, open, &said(Deed::Begin), &Seen::Any).await, Err(Failure::Forbidden)));
        assert!(matches!(check_rest(&security, desk.visit, &desk.from(open, 20)).await, Err(Failure::Forbidden)));
        assert!(matches!(move_rest(&security, desk.visit, &desk.from(open, 20)).await, Err(Failure::Forbidden)));
        assert!(matches!(record_actual(&second, stand_in, &said(Deed::Begin), &Seen::Any).await, Err(Failure::Forbidden)));
        assert!(matches!(record_actual(&second, hidden, &said(Deed::Begin), &Seen::Any).await, Err(Failure::NotFound)));
        // Of a stand-in it is not told how it went.
        desk.press(&desk.officer_at("11:30").await, stand_in, Deed::Begin).await.unwrap();
        let shown = read_item(&second, stand_in).await.unwrap();
        assert_eq!((shown.is_stand_in, shown.begun_at, shown.fixed), (true, None, false));
        // What may not be read stays, and what is not known of is not told of.
        let view = check_rest(&second, desk.visit, &desk.from(open, 20)).await.unwrap();
        let fates: Vec<_> = view.lines.iter().map(|line| (line.item.id, line.stays)).collect();
        assert_eq!(fates, [(open, None), (stand_in, Some(Stays::Hidden))]);
        assert_eq!(wrong(check_rest(&second, desk.visit, &desk.from(hidden, 20)).await), wrong(check_rest(&second, desk.visit, &desk.from(second.new_id(), 20)).await));
        move_rest(&second, desk.visit, &RestInput { seen: Some(view.version), ..desk.from(open, 20) }).await.unwrap();
        assert_eq!(desk.times().await, ["2027-03-16T10:20 Signing", "2027-03-16T12:00 Talks", "2027-03-16T14:00 CANARY"]);
    }

    async fn the_rest_of_a_day_goes_in_one_step_and_what_is_fixed_or_has_begun_stays(engine) {
        let desk = desk(engine).await;
        let before = desk.add(line("Arrival", "08:00", "09:00")).await;
        let running = desk.add(line("Call on the Mayor", "09:30", "10:30")).await;
        let next = desk.add(line("Signing", "10:45", "11:15")).await;
        let live = desk.add(fixed(line("Broadcast", "12:00", "12:30"))).await;
        let last = desk.add(line("Dinner", "19:00", "21:00")).await;
        let other_day = desk.add(ItemInput { starts: at("2027-03-17T09:00"), ends: at("2027-03-17T10:00"), ..line("Farewell", "09:00", "10:00") }).await;
        desk.press(&desk.officer, running, Deed::Begin).await.unwrap();
        let view = desk.look(running, 25).await;
        let stays: Vec<_> = view.lines.iter().map(|line| (line.item.id, line.stays)).collect();
        assert_eq!(stays, [(running, Some(Stays::Begun)), (next, None), (live, Some(Stays::Fixed)), (last, None)]);
        let goes = |place: usize| view.lines[place].starts.as_ref().map(|starts| starts.local.to_string());
        assert_eq!((goes(0), goes(1), goes(2), goes(3)), (None, Some("2027-03-16T11:10".into()), None, Some("2027-03-16T19:25".into())));
        assert!(view.lines.iter().all(|line| line.clashes.is_empty()), "{view:?}");
        let counts = desk.written().await;
        let moved = move_rest(&desk.officer, desk.visit, &desk.accepted(&view)).await.unwrap();
        assert_eq!(moved.iter().map(|line| line.id).collect::<Vec<_>>(), [next, last]);
        let after = desk.written().await;
        assert_eq!((after[0], after[1], after[3]), (counts[0] + 2, counts[1] + 1, counts[3]), "two revisions, one entry");
        assert_eq!(desk.read(next).await.ends.local.to_string(), "2027-03-16T11:40");
        for (id, starts) in [(before, "2027-03-16T08:00"), (live, "2027-03-16T12:00"), (other_day, "2027-03-17T09:00")] {
            assert_eq!(desk.read(id).await.starts.local.to_string(), starts);
        }
        // The same press again finds another day than it saw.
        let anew = refused(move_rest(&desk.officer, desk.visit, &desk.accepted(&view)).await);
        assert_ne!(anew.version, view.version);
        assert_eq!(desk.written().await, after);
        // And back again.
        let back = desk.look(next, -25).await;
        move_rest(&desk.officer, desk.visit, &desk.accepted(&back)).await.unwrap();
        assert_eq!((desk.read(next).await.starts.local.to_string(), desk.read(last).await.starts.local.to_string()), ("2027-03-16T10:45".into(), "2027-03-16T19:00".into()));
    }

    async fn the_uses_of_a_room_move_together_with_their_margins(engine) {
        let desk = desk(engine).await;
        desk.add(desk.in_room(line("Welcome", "08:30", "09:30"))).await;
        let first = desk.add(desk.in_room(line("Restricted", "10:30", "11:00"))).await;
        desk.add(desk.in_room(line("Expanded", "11:00", "12:00"))).await;
        desk.add(desk.in_room(line("Press", "12:10", "12:30"))).await;
        let before = desk.taken().await;
        assert_eq!(before, ["08:15 09:40", "10:15 11:00", "11:00 12:10", "12:10 12:40"]);
        for minutes in [30, -30, -45] {
            let view = desk.look(first, minutes).await;
            assert!(view.lines.iter().all(|line| line.clashes.is_empty()), "{view:?}");
            move_rest(&desk.officer, desk.visit, &desk.accepted(&view)).await.unwrap();
            if minutes == -30 {
                assert_eq!(desk.taken().await, before, "there and back");
            }
        }
        // Fifteen minutes are left between the welcome and what follows: its clearing, and what remains.
        assert_eq!(desk.taken().await, ["08:15 09:45", "09:45 10:15", "10:15 11:25", "11:25 11:55"]);
        let late = desk.look(first, 200).await;
        move_rest(&desk.officer, desk.visit, &desk.accepted(&late)).await.unwrap();
        assert_eq!(desk.taken().await[..2], ["08:15 09:40", "12:50 13:35"], "the welcome has its own clearing again");
    }

    async fn what_stands_in_the_way_refuses_all_of_it_and_is_told(engine) {
        let desk = desk(engine).await;
        let first = desk.add(line("Call on the Mayor", "10:30", "11:00")).await;
        let second = desk.add(desk.in_room(line("Signing", "11:30", "12:00"))).await;
        let view = desk.look(first, 30).await;
        assert!(view.lines.iter().all(|line| line.clashes.is_empty()));
        let booking = BookingInput {
            room_id: Some(desk.room.to_string()),
            starts: at("2027-03-16T12:30"),
            ends: at("2027-03-16T13:00"),
            layout: text("boardroom"),
            people: Some(12.into()),
            purpose: text("Budget briefing"),
            state: text("firm"),
            ..BookingInput::default()
        };
        create_booking(&desk.officer, booking).await.unwrap();
        let counts = desk.written().await;
        let anew = refused(move_rest(&desk.officer, desk.visit, &desk.accepted(&view)).await);
        assert_eq!(desk.written().await, counts, "nothing is half done");
        assert_eq!(anew.version, view.version, "no line of the day has changed");
        let says: Vec<(ItemId, Vec<&str>)> = anew.lines.iter().map(|line| (line.item.id, line.clashes.iter().filter_map(|clash| clash.rule.as_deref()).collect())).collect();
        assert_eq!(says, [(first, vec![]), (second, vec!["room_twice"])]);
        let earlier = desk.look(first, -10).await;
        move_rest(&desk.officer, desk.visit, &desk.accepted(&earlier)).await.unwrap();
        assert_eq!(desk.times().await, ["2027-03-16T10:20 Call on the Mayor", "2027-03-16T11:20 Signing"]);
    }

    async fn a_fixed_line_that_is_run_into_is_told_and_may_be_overridden_by_who_may(engine) {
        let desk = desk(engine).await;
        let mayor = desk.mayor().await;
        let chief = desk.office.signed_in("chief", Role::ChiefOfProtocol, Marking::Red).await;
        visits::grant_access(&desk.officer, desk.visit, chief.account().unwrap(), "leads").await.unwrap();
        let chief = desk.office.again(chief.account().unwrap()).await;
        let first = desk.add(with(mayor, ItemInput { drop_by: Some(true), ..line("Drop-by", "10:30", "11:00") })).await;
        let live = desk.add(with(mayor, fixed(line("Broadcast", "11:15", "11:45")))).await;
        let view = desk.look(first, 30).await;
        let met: Vec<_> = view.lines[0].meets.iter().map(|met| (met.item_id, met.title.as_str(), met.minutes)).collect();
        assert_eq!(met, [(live, "Broadcast", 15)]);
        assert_eq!(view.lines[0].clashes[0].rule.as_deref(), Some("person_drop_by"));
        assert_eq!(view.people.iter().map(|person| person.id).collect::<Vec<_>>(), [mayor]);
        refused(move_rest(&desk.officer, desk.visit, &RestInput { reason: text("The plane is late"), ..desk.accepted(&view) }).await);
        let seen = check_rest(&chief, desk.visit, &desk.from(first, 30)).await.unwrap();
        let reasoned = RestInput { reason: text("The plane is late"), seen: Some(seen.version), ..desk.from(first, 30) };
        move_rest(&chief, desk.visit, &reasoned).await.unwrap();
        assert_eq!(desk.read(first).await.starts.local.to_string(), "2027-03-16T11:00");
        assert_eq!(desk.count("SELECT COUNT(*) FROM reasons WHERE office_id = $1").await, 1);
    }

    async fn whom_it_touches_is_told_once_each_with_their_own_rights(engine) {
        let desk = desk(engine).await;
        let mayor = desk.mayor().await;
        let account = desk.account_of(mayor).await;
        let second = desk.office.signed_in("officer2", Role::ProtocolOfficer, Marking::Amber).await;
        visits::grant_access(&desk.officer, desk.visit, second.account().unwrap(), "takes part").await.unwrap();
        let first = desk.add(line("Signing", "10:30", "11:00")).await;
        let named = desk.add(with(mayor, line("Call on the Mayor", "11:30", "12:00"))).await;
        desk.add(with(mayor, line("Lunch", "12:30", "13:30"))).await;
        let view = desk.look(first, 15).await;
        move_rest(&desk.officer, desk.visit, &desk.accepted(&view)).await.unwrap();
        let told = async |context: &RequestContext| {
            let again = desk.office.again(context.account().unwrap()).await;
            let news = list_news(&again, Channel::Page).await.unwrap();
            news.iter().map(|news| (news.kind, news.source, news.starts.local.to_string())).collect::<Vec<_>>()
        };
        assert_eq!(told(&account).await, [(NewsKind::Shifted, Source::Item(named), "2027-03-16T11:45".to_owned())]);
        assert_eq!(told(&second).await, [(NewsKind::Shifted, Source::Item(first), "2027-03-16T10:45".to_owned())]);
        assert!(told(&desk.officer).await.is_empty(), "who moved it knows");
        // Who is taken off the list is told nothing of it any more.
        visits::revoke_access(&desk.officer, desk.visit, second.account().unwrap()).await.unwrap();
        assert!(told(&second).await.is_empty());
    }

    async fn a_hold_goes_with_its_line_and_one_that_has_ended_stays(engine) {
        let desk = desk(engine).await;
        let held = ItemInput { state: text("held"), ..line("Signing", "10:30", "11:00") };
        let first = desk.add(held.clone()).await;
        let until = ItemInput { hold_until: text("2027-03-16T10:10:00-07:00"), ..line("Talks", "11:30", "12:00") };
        let lapsing = desk.add(ItemInput { state: text("held"), ..until }).await;
        let officer = desk.officer_at("10:20").await;
        let view = check_rest(&officer, desk.visit, &desk.from(first, 20)).await.unwrap();
        let stays: Vec<_> = view.lines.iter().map(|line| (line.item.id, line.stays)).collect();
        assert_eq!(stays, [(first, None), (lapsing, Some(Stays::Lapsed))]);
        move_rest(&officer, desk.visit, &RestInput { seen: Some(view.version), ..desk.from(first, 20) }).await.unwrap();
        assert_eq!(desk.read(first).await.hold_until, Some(clock("10:50")));
    }

    async fn a_move_over_the_change_of_clocks_is_by_time_that_passes(engine) {
        let (office, hands) = testing::office_by_the_clock(engine).await;
        let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::Red).await;
        let visit = visits::create_visit(&officer, a_visit()).await.unwrap().id;
        hands.set("2027-03-14T09:00:00Z".parse().unwrap());
        let officer = office.again(officer.account().unwrap()).await;
        let night = ItemInput { starts: at("2027-03-14T01:30"), ends: at("2027-03-14T03:30"), ..line("Refuelling", "01:30", "03:30") };
        let item = programme::add_programme_item(&officer, visit, night).await.unwrap().view.id;
        let input = RestInput { item_id: item.to_string(), minutes: 40, ..RestInput::default() };
        let view = check_rest(&officer, visit, &input).await.unwrap();
        move_rest(&officer, visit, &RestInput { seen: Some(view.version), ..input }).await.unwrap();
        let moved = read_item(&officer, item).await.unwrap();
        assert_eq!((moved.starts.local.to_string(), moved.ends.local.to_string()), ("2027-03-14T03:10".into(), "2027-03-14T04:10".into()));
    }

    async fn what_is_wrong_is_said(engine) {
        let desk = desk(engine).await;
        let first = desk.add(line("Signing", "10:30", "11:00")).await;
        let ask = async |item: &str, minutes| wrong(check_rest(&desk.officer, desk.visit, &RestInput { item_id: item.into(), minutes, ..RestInput::default() }).await);
        assert_eq!(ask("nonsense", 10).await, FieldProblem { field: "item_id".into(), problem: Problem::Unknown });
        for minutes in [0, 721, -721, i64::MIN, i64::MAX] {
            assert_eq!(ask(&first.to_string(), minutes).await, FieldProblem { field: "minutes".into(), problem: Problem::OutOfBounds { least: -720, most: 720 } });
        }
        let unseen = move_rest(&desk.officer, desk.visit, &desk.from(first, 10)).await;
        assert!(matches!(unseen, Err(Failure::VersionNeeded)), "{unseen:?}");
        desk.press(&desk.officer, first, Deed::Begin).await.unwrap();
        let view = desk.look(first, 10).await;
        assert_eq!(wrong(move_rest(&desk.officer, desk.visit, &desk.accepted(&view)).await).problem, Problem::StateRefused);
        let nowhere: VisitId = desk.officer.new_id();
        assert!(matches!(check_rest(&desk.officer, nowhere, &desk.from(first, 10)).await, Err(Failure::NotFound)));
    }

    async fn releases_and_feeds_know_nothing_of_how_a_line_went(engine) {
        let desk = desk(engine).await;
        let green = ["existence", "title", "dates", "parties"].map(|part| (part.to_owned(), "TLP:GREEN".to_owned())).into();
        let visit = visits::create_visit(&desk.officer, VisitInput { markings: green, ..a_visit() }).await.unwrap().id;
        let officer = desk.office.again(desk.officer.account().unwrap()).await;
        let open = fixed(line("Signing", "10:30", "11:00"));
        let item = programme::add_programme_item(&officer, visit, open).await.unwrap().view.id;
        let seen = releases::draft_version(&officer, visit).await.unwrap();
        let token = feeds::make_feed(&officer, domain::feeds::FeedScope::Visit(visit), domain::feeds::FeedDetail::Full).await.unwrap().token().to_owned();
        let host = Arc::new(officer.office().clone());
        let fetched = async || feeds::fetch_feed(&desk.office.chancery, host.clone(), &token, None, Default::default()).await.unwrap();
        let before = fetched().await;
        record_actual(&officer, item, &said(Deed::Begin), &Seen::Any).await.unwrap();
        assert_eq!(fetched().await, before, "byte for byte");
        // What is to be released has not changed by that, and does not hold it.
        releases::release_programme(&officer, visit, &[Audience::Office], &Seen::from_form(seen.as_str())).await.unwrap();
        let release = releases::read_release(&officer, visit, Some(Audience::Office)).await.unwrap();
        assert_eq!((release.items[0].begun_at, release.items[0].fixed), (None, false));
        record_actual(&officer, item, &said(Deed::End), &Seen::Any).await.unwrap();
        let again = releases::release_programme(&officer, visit, &[Audience::Office], &Seen::Any).await.unwrap();
        assert_eq!(again[0].number, 1, "nothing changed for the audience");
    }
}
