//! The rules of the hour, of the day and of swept rooms: what a programme is told, and what who may not read the cause is not.

use backend::{
    Failure, RequestContext, clashes,
    database::Connection,
    holidays,
    offices::{change_office, read_office},
    on_both, people, programme,
    programme::standing::standing_clashes,
    rooms::{bookings::create_booking, create_room, create_site},
    testing::{
        self, TestOffice,
        inputs::{ZONE, a_meeting, a_visit, at, text},
    },
    values,
    version::{ETag, Seen},
    visits,
};
use domain::{
    accounts::Role,
    clash::RuleId,
    holidays::input::OwnDayInput,
    ids::{RoomId, VisitId},
    marking::{Marking, view::ClashView},
    offices::OfficeInput,
    people::input::PersonInput,
    programme::{
        ItemPart,
        input::{ItemInput, ParticipantInput},
    },
    rooms::input::{BookingInput, RoomInput, SiteInput},
    visits::input::VisitInput,
};
use std::collections::BTreeMap;

fn a_line(kind: &str, starts: &str, ends: &str) -> ItemInput {
    ItemInput { kind: text(kind), state: text("firm"), ..a_meeting(starts, ends) }
}

/// The guest arrives on a Sunday, 14 March 2027, at 15:00.
async fn arrived(officer: &RequestContext, visit: VisitId) {
    let arrival = ItemInput { title: text("Arrival"), ..a_line("arrival", "2027-03-14T14:00", "2027-03-14T15:00") };
    programme::add_programme_item(officer, visit, arrival).await.unwrap();
}

/// What is said of one line on its programme: the rule, and the words.
async fn said(reader: &RequestContext, visit: VisitId, line: domain::ids::ItemId) -> Vec<(String, String)> {
    let mut standing = standing_clashes(reader, visit).await.unwrap();
    let told = standing.remove(&line).unwrap_or_default().into_iter();
    told.map(|clash: ClashView| (clash.rule.unwrap_or_default(), clash.say)).collect()
}

fn rules_of(said: &[(String, String)]) -> Vec<&str> {
    said.iter().map(|(rule, _)| rule.as_str()).collect()
}

async fn set_levels(office: &TestOffice, levels: &[(&str, &str)]) {
    let administrator = office.signed_in("administrator", Role::Administrator, Marking::Green).await;
    let seen = Seen::Tags(vec![ETag::of(&read_office(&administrator).await.unwrap()).unwrap().as_str().to_owned()]);
    let levels = Some(levels.iter().map(|(rule, level)| ((*rule).to_owned(), (*level).to_owned())).collect());
    change_office(&administrator, OfficeInput { levels, ..OfficeInput::default() }, &seen).await.unwrap();
}

async fn a_room(office: &TestOffice) -> RoomId {
    let manager = office.signed_in("rooms", Role::RoomsManager, Marking::Red).await;
    let site = SiteInput { name: text("City Hall"), zone: text(ZONE), ..SiteInput::default() };
    let site = create_site(&manager, site).await.unwrap().id;
    let room = RoomInput { site_id: Some(site.to_string()), name: text("Rotunda"), clearance: text("TLP:RED"), ..RoomInput::default() };
    create_room(&manager, room).await.unwrap().id
}

on_both! {
    async fn a_line_is_told_of_the_night_in_the_capital_and_of_the_days_of_both_sides(engine) {
        let office = testing::office(engine).await;
        let administrator = office.signed_in("settings", Role::Administrator, Marking::Green).await;
        let day = |country: &str, name: &str, kind: &str| OwnDayInput { country: text(country), on: text("2027-03-16"), name: text(name), kind: text(kind) };
        holidays::add_own_day(&administrator, day("VN", "Day of the Kings", "holiday")).await.unwrap();
        holidays::add_own_day(&administrator, day("FR", "Another’s day", "holiday")).await.unwrap();
        let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::Red).await;
        let visit = visits::create_visit(&officer, a_visit()).await.unwrap().id;
        let officer = office.again(officer.account().unwrap()).await;
        let before = programme::add_programme_item(&officer, visit, a_line("bilateral", "2027-03-15T10:00", "2027-03-15T11:00")).await.unwrap();
        assert_eq!(before.warnings, [], "nobody has said when the guest arrives");
        arrived(&officer, visit).await;
        let line = before.view.id;
        let night = "At 10:00 it is 00:00 (+1) in Hà Nội: night for a guest who arrives less than 48 hours before. It counts until 16:00.";
        assert_eq!(said(&officer, visit, line).await, [("night_in_capital".to_owned(), night.to_owned())]);
        let told = standing_clashes(&officer, visit).await.unwrap();
        assert_eq!(told[&line][0].nearest.iter().map(|slot| slot.starts.local.to_string()).find(|at| at.ends_with("T16:00")).as_deref(), Some("2027-03-15T16:00"));
        // The same is told by the form and by the save, and is no more than a warning.
        let sunday = a_line("banquet", "2027-03-14T19:00", "2027-03-14T21:00");
        let checked = programme::check_programme_item(&officer, visit, sunday.clone(), None).await.unwrap();
        let saved = programme::add_programme_item(&officer, visit, sunday).await.unwrap();
        assert_eq!(saved.warnings.iter().map(|clash| clash.rule).collect::<Vec<_>>(), [RuleId::RestDay]);
        let in_form = clashes::in_words(&officer, &checked, &ZONE.to_owned().try_into().unwrap()).await.unwrap();
        assert_eq!(in_form[0].say, "Sun 14 March 2027 is a day of the weekend in Los Angeles (US).");
        let rest = programme::add_programme_item(&officer, visit, a_line("rest", "2027-03-15T08:30", "2027-03-15T09:30")).await.unwrap();
        assert_eq!(rest.warnings, []);
        let kings = programme::add_programme_item(&officer, visit, a_line("bilateral", "2027-03-16T17:00", "2027-03-16T18:00")).await.unwrap();
        assert_eq!(said(&officer, visit, kings.view.id).await, [("holiday".to_owned(), "Tue 16 March 2027 is a holiday in VN: Day of the Kings.".to_owned())]);
    }

    async fn who_may_not_know_the_guests_country_is_told_of_our_days_alone(engine) {
        let office = testing::office(engine).await;
        let administrator = office.signed_in("settings", Role::Administrator, Marking::Green).await;
        let day = OwnDayInput { country: text("VN"), on: text("2027-03-16"), name: text("Day of the Kings"), kind: text("national-day") };
        holidays::add_own_day(&administrator, day).await.unwrap();
        let chief = office.signed_in("chief", Role::ChiefOfProtocol, Marking::Red).await;
        let secret = VisitInput { markings: BTreeMap::from([("parties".to_owned(), "TLP:AMBER+STRICT".to_owned())]), ..a_visit() };
        let visit = visits::create_visit(&chief, secret).await.unwrap().id;
        let chief = office.again(chief.account().unwrap()).await;
        arrived(&chief, visit).await;
        let mut lines = Vec::new();
        for (starts, ends) in [("2027-03-14T19:00", "2027-03-14T20:00"), ("2027-03-15T10:00", "2027-03-15T11:00"), ("2027-03-16T17:00", "2027-03-16T18:00")] {
            lines.push(programme::add_programme_item(&chief, visit, a_line("bilateral", starts, ends)).await.unwrap().view.id);
        }
        let officer = office.account("officer", Role::ProtocolOfficer, Marking::Amber).await;
        visits::grant_access(&chief, visit, officer, "takes part").await.unwrap();
        let officer = office.again(officer).await;
        let told = async |reader: &RequestContext| {
            let mut told = Vec::new();
            for line in &lines {
                told.push(said(reader, visit, *line).await);
            }
            told
        };
        let of_chief = told(&chief).await;
        assert_eq!(of_chief.iter().map(|said| rules_of(said)).collect::<Vec<_>>(), [vec!["rest_day"], vec!["night_in_capital"], vec!["holiday"]]);
        assert_eq!(of_chief[2][0].1, "Tue 16 March 2027 is the national day of VN: Day of the Kings.");
        let of_officer = told(&officer).await;
        assert_eq!(of_officer.iter().map(|said| rules_of(said)).collect::<Vec<_>>(), [vec!["rest_day"], vec![], vec![]]);
        // What refuses holds for everybody, and says no more than that.
        set_levels(&office, &[("holiday", "block")]).await;
        let officer = office.again(officer.account().unwrap()).await;
        let refused = programme::add_programme_item(&officer, visit, a_line("bilateral", "2027-03-16T19:00", "2027-03-16T20:00")).await;
        let Err(Failure::Clash(refusal)) = refused else { panic!("{refused:?}") };
        let said = clashes::in_words(&officer, &refusal, &ZONE.to_owned().try_into().unwrap()).await.unwrap();
        assert_eq!((said.len(), &said[0].rule, &said[0].level, &said[0].until), (1, &None, &None, &None));
        assert!(!said[0].say.contains("Kings") && !said[0].say.contains("VN"), "{}", said[0].say);
    }

    async fn a_room_that_others_use_after_its_sweep_is_told_of_by_what_may_be_read(engine) {
        let office = testing::office(engine).await;
        let room = a_room(&office).await;
        let chief = office.signed_in("chief", Role::ChiefOfProtocol, Marking::Red).await;
        let visit = visits::create_visit(&chief, a_visit()).await.unwrap().id;
        let chief = office.again(chief.account().unwrap()).await;
        let there = |line: ItemInput| ItemInput { room_id: Some(room.to_string()), ..line };
        let sweep = programme::add_programme_item(&chief, visit, there(a_line("sweep", "2027-03-16T08:00", "2027-03-16T09:00"))).await.unwrap().view.id;
        let event = programme::add_programme_item(&chief, visit, there(a_line("bilateral", "2027-03-16T12:00", "2027-03-16T13:00"))).await.unwrap();
        assert_eq!(event.warnings, []);
        let officer = office.account("officer", Role::ProtocolOfficer, Marking::Amber).await;
        visits::grant_access(&chief, visit, officer, "takes part").await.unwrap();
        let officer = office.again(officer).await;
        assert!(standing_clashes(&officer, visit).await.unwrap().is_empty());
        let booking = BookingInput {
            room_id: Some(room.to_string()),
            purpose: text("Choir practice"),
            state: text("firm"),
            starts: at("2027-03-16T10:00"),
            ends: at("2027-03-16T11:00"),
            marking: text("TLP:AMBER+STRICT"),
            ..BookingInput::default()
        };
        create_booking(&chief, booking).await.unwrap();
        let told = |other: &str| vec![("unswept_use".to_owned(), format!("Rotunda, City Hall is swept until 09:00, and used for “{other}” before this starts."))];
        assert_eq!(said(&chief, visit, event.view.id).await, told("Choir practice"));
        assert_eq!(said(&officer, visit, event.view.id).await, [], "a sweep is for those cleared to know of it");
        let open = ItemPart::ALL.iter().map(|part| (part.word().to_owned(), "TLP:AMBER".to_owned())).collect();
        let open = ItemInput { markings: open, reason: text("The caterer must know"), ..ItemInput::default() };
        programme::change_programme_item(&chief, sweep, open, &Seen::Any).await.unwrap();
        assert_eq!(said(&officer, visit, event.view.id).await, told("Reserved"));
        let standing = standing_clashes(&officer, visit).await.unwrap();
        assert_eq!((standing.len(), &standing[&event.view.id][0].until), (1, &None));
        // Swept again after them, it is clean.
        programme::add_programme_item(&chief, visit, there(a_line("sweep", "2027-03-16T11:15", "2027-03-16T11:45"))).await.unwrap();
        assert!(standing_clashes(&chief, visit).await.unwrap().is_empty());
        assert_eq!(said(&officer, visit, event.view.id).await, told("Reserved"), "a sweep one may not know of changes nothing for one");
    }

    async fn what_was_allowed_of_a_swept_room_leaves_it_to_one_use(engine) {
        let office = testing::office(engine).await;
        let room = a_room(&office).await;
        set_levels(&office, &[("unswept_use", "override")]).await;
        let chief = office.signed_in("chief", Role::ChiefOfProtocol, Marking::Red).await;
        let visit = visits::create_visit(&chief, a_visit()).await.unwrap().id;
        let chief = office.again(chief.account().unwrap()).await;
        let there = |kind: &str, starts: &str, ends: &str, reason: Option<&str>| ItemInput {
            room_id: Some(room.to_string()),
            reason: reason.map(str::to_owned),
            ..a_line(kind, &format!("2027-03-16T{starts}"), &format!("2027-03-16T{ends}"))
        };
        programme::add_programme_item(&chief, visit, there("sweep", "08:00", "09:00", None)).await.unwrap();
        let booking = |starts: &str, ends: &str| BookingInput {
            room_id: Some(room.to_string()),
            purpose: text("Choir practice"),
            state: text("firm"),
            starts: at(&format!("2027-03-16T{starts}")),
            ends: at(&format!("2027-03-16T{ends}")),
            ..BookingInput::default()
        };
        create_booking(&chief, booking("10:00", "11:00")).await.unwrap();
        let clashing = |failure: Failure| {
            let Failure::Clash(refusal) = failure else { panic!("{failure:?}") };
            refusal.clashes.iter().map(|clash| clash.rule).collect::<Vec<_>>()
        };
        let event = |starts, ends, reason| programme::add_programme_item(&chief, visit, there("bilateral", starts, ends, reason));
        assert_eq!(clashing(event("12:00", "13:00", None).await.unwrap_err()), [RuleId::UnsweptUse]);
        let event = event("12:00", "13:00", Some("The choir is searched")).await.unwrap().view.id;
        let exclusive = async || {
            let sql = "SELECT exclusive FROM engagements WHERE office_id = $1 AND source_id = $2";
            let taken: Vec<(bool,)> = chief.read().await.unwrap().all(sql, values![chief.office_id(), event]).await.unwrap();
            taken == [(true,)]
        };
        assert!(exclusive().await, "the database lets nobody else have it");
        assert_eq!(clashing(create_booking(&chief, booking("12:30", "13:30")).await.unwrap_err()), [RuleId::RoomTwice]);
        // What was allowed goes on while its time stays.
        let change = |input: ItemInput| programme::change_programme_item(&chief, event, input, &Seen::Any);
        change(ItemInput { title: text("Signing"), ..ItemInput::default() }).await.unwrap();
        assert!(exclusive().await);
        let later = ItemInput { starts: at("2027-03-16T12:15"), ..ItemInput::default() };
        assert_eq!(clashing(change(later).await.unwrap_err()), [RuleId::UnsweptUse]);
    }

    async fn who_shares_no_language_is_told_of_the_interpreter_that_is_missing(engine) {
        let office = testing::office(engine).await;
        let administrator = office.signed_in("settings", Role::Administrator, Marking::Green).await;
        let seen = Seen::Tags(vec![ETag::of(&read_office(&administrator).await.unwrap()).unwrap().as_str().to_owned()]);
        change_office(&administrator, OfficeInput { languages: Some(vec!["en".into()]), ..OfficeInput::default() }, &seen).await.unwrap();
        let chief = office.signed_in("chief", Role::ChiefOfProtocol, Marking::Red).await;
        let a_person = async |family: &str, languages: &[&str]| {
            let languages = languages.iter().map(|tag| (*tag).to_owned()).collect();
            let person = PersonInput { family: text(family), languages: Some(languages), ..PersonInput::default() };
            people::create_person(&chief, person).await.unwrap().id.to_string()
        };
        let (guest, of_french, of_both) = (a_person("Pham", &["vi"]).await, a_person("Martin", &["fr", "en"]).await, a_person("Tran", &["vi", "en"]).await);
        let visit = VisitInput { guest_id: Some(guest), markings: BTreeMap::from([("parties".to_owned(), "TLP:AMBER+STRICT".to_owned())]), ..a_visit() };
        let visit = visits::create_visit(&chief, visit).await.unwrap().id;
        let officer = office.account("officer", Role::ProtocolOfficer, Marking::Amber).await;
        let chief = office.again(chief.account().unwrap()).await;
        visits::grant_access(&chief, visit, officer, "takes part").await.unwrap();
        let officer = office.again(officer).await;
        let with = |people: &[&String]| {
            let named = people.iter().map(|person| ParticipantInput { person_id: (*person).clone(), role: "interpreter".into() });
            ItemInput { people: Some(named.collect()), ..a_line("bilateral", "2027-03-16T10:00", "2027-03-16T11:00") }
        };
        let saved = programme::add_programme_item(&chief, visit, with(&[])).await.unwrap();
        assert_eq!(saved.warnings.iter().map(|clash| clash.rule).collect::<Vec<_>>(), [RuleId::InterpreterMissing]);
        let (line, told) = (saved.view.id, |rule: &str, words: &str| vec![(rule.to_owned(), words.to_owned())]);
        assert_eq!(said(&chief, visit, line).await, told("interpreter_missing", "Host and guest share no language, and nobody is named to interpret."));
        // What a guest speaks tells where they are from.
        assert_eq!(said(&officer, visit, line).await, []);
        let change = async |input: ItemInput| {
            let saved = programme::change_programme_item(&chief, line, input, &Seen::Any).await.unwrap();
            let told = said(&chief, visit, line).await;
            assert_eq!(saved.warnings.iter().map(|clash| clash.rule.word()).collect::<Vec<_>>(), rules_of(&told));
            told
        };
        assert_eq!(change(with(&[&of_french])).await, told("interpreter_missing", "Nobody who is named to interpret speaks both the host’s language and the guest’s."));
        assert_eq!(change(with(&[&of_both])).await, []);
        let room = a_room(&office).await;
        let booth = ItemInput { room_id: Some(room.to_string()), features: Some(vec!["interpretation_booths".into()]), ..with(&[&of_both]) };
        let relief = "In a booth one interpreter alone works 30 minutes at most. A second one is needed as relief.";
        assert!(change(booth.clone()).await.contains(&("relief_missing".to_owned(), relief.to_owned())));
        let relieved = ItemInput { people: with(&[&of_both, &of_french]).people, ..booth };
        assert!(!rules_of(&change(relieved).await).contains(&"relief_missing"));
    }
}
