//! Series of bookings on both engines: looked at before they are booked, booked in one step or not at all, changed and cancelled as
//! far as one says.

use backend::{
    Failure, RequestContext,
    database::Connection,
    on_both,
    paging::PageRequest,
    rooms::{
        self,
        bookings::{cancel_booking, change_booking, create_booking, list_own_bookings, read_booking},
        series::{Part, cancel_series, change_series, check_series, create_series, read_series},
    },
    testing::{self, TestOffice},
    values,
    version::{ETag, Seen},
};
use domain::{
    accounts::Role,
    ids::RoomId,
    marking::Marking,
    problems::{FieldProblem, Problem},
    rooms::{
        input::{BookingInput, LayoutInput, RoomInput, SiteInput},
        series::{
            Reach,
            input::{SeriesAnswer, SeriesInput, TakenSlot},
            view::{PlannedView, SeriesPreview, SeriesView, Verdict},
        },
    },
    time::{WallTime, ZoneName, agreed::AgreedTime},
};

const ZONE: &str = "America/Los_Angeles";

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn agreed(local: &str) -> AgreedTime {
    AgreedTime { local: local.parse::<WallTime>().unwrap(), zone: ZoneName::parse(ZONE).unwrap(), offset: None }
}

fn at(local: &str) -> Option<AgreedTime> {
    Some(agreed(local))
}

struct House {
    office: TestOffice,
    manager: RequestContext,
    officer: RequestContext,
    room: RoomId,
    other: RoomId,
}

/// Two rooms of one site, always open; the boardroom takes 15 minutes to lay out and 10 to clear.
async fn house(engine: testing::Engine) -> House {
    let office = testing::office(engine).await;
    let manager = office.signed_in("rooms", Role::RoomsManager, Marking::Amber).await;
    let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::Red).await;
    let site = rooms::create_site(&manager, SiteInput { name: some("City Hall"), ..SiteInput::default() }).await.unwrap();
    let mut made = Vec::new();
    for name in ["Rotunda", "Bradley Room"] {
        let layout =
            LayoutInput { layout: "boardroom".into(), capacity: 24.into(), set_up_minutes: 15.into(), clearing_minutes: 10.into() };
        let room = RoomInput {
            site_id: Some(site.id.to_string()),
            name: some(name),
            layouts: Some(vec![layout]),
            clearance: some("TLP:RED"),
            ..RoomInput::default()
        };
        made.push(rooms::create_room(&manager, room).await.unwrap().id);
    }
    House { office, manager, officer, room: made[0], other: made[1] }
}

fn a_booking(room: RoomId, starts: &str, ends: &str) -> BookingInput {
    BookingInput {
        room_id: Some(room.to_string()),
        starts: at(starts),
        ends: at(ends),
        layout: some("boardroom"),
        purpose: some("Weekly briefing"),
        state: some("firm"),
        ..BookingInput::default()
    }
}

fn weekly(room: RoomId, starts: &str, ends: &str, times: u32) -> SeriesInput {
    SeriesInput { booking: a_booking(room, starts, ends), repeats: some("weekly"), times: Some(times.into()), ..SeriesInput::default() }
}

fn part(reach: Reach, on: Option<&str>) -> Part {
    Part { reach, on: on.map(|on| on.parse().unwrap()) }
}

fn tag(view: &SeriesView) -> Seen {
    Seen::Tags(vec![ETag::of(view).unwrap().as_str().to_owned()])
}

fn starts(view: &SeriesView) -> Vec<String> {
    view.occurrences.iter().map(|it| format!("{} {}", it.starts.local, it.starts.offset)).collect()
}

fn days(view: &SeriesView) -> Vec<String> {
    view.occurrences.iter().map(|it| it.on.to_string()).collect()
}

fn preview_of<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> SeriesPreview {
    match outcome {
        Err(Failure::SeriesRefused(preview)) => *preview,
        other => panic!("{other:?}"),
    }
}

fn problems<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> Vec<FieldProblem> {
    match outcome {
        Err(Failure::Invalid(problems)) => problems,
        other => panic!("{other:?}"),
    }
}

fn on<'a>(preview: &'a SeriesPreview, day: &str) -> &'a PlannedView {
    preview.occurrences.iter().find(|it| it.on.to_string() == day).unwrap()
}

fn leave(day: &str) -> SeriesAnswer {
    SeriesAnswer { on: day.parse().unwrap(), take: None }
}

fn take(day: &str, starts: &str, ends: &str, room: Option<RoomId>) -> SeriesAnswer {
    let slot = TakenSlot { starts: agreed(starts), ends: agreed(ends), room_id: room.map(|room| room.to_string()) };
    SeriesAnswer { on: day.parse().unwrap(), take: Some(slot) }
}

/// How many rows there are of each: series, bookings that are not cancelled, engagements, entries of the record.
async fn rows(context: &RequestContext) -> [i64; 4] {
    #[derive(sqlx_macros::FromRow)]
    struct Count {
        series: i64,
        bookings: i64,
        engagements: i64,
        entries: i64,
    }
    let sql = "SELECT COUNT(*) AS series, (SELECT COUNT(*) FROM bookings WHERE office_id = $1 AND removed_at IS NULL) AS bookings, \
        (SELECT COUNT(*) FROM engagements WHERE office_id = $1) AS engagements, (SELECT COUNT(*) FROM audit_entries WHERE office_id = $1) AS entries \
        FROM series WHERE office_id = $1 AND removed_at IS NULL";
    let count: Vec<Count> = context.read().await.unwrap().all(sql, values![context.office_id()]).await.unwrap();
    let Count { series, bookings, engagements, entries } = count[0];
    [series, bookings, engagements, entries]
}

on_both! {
    async fn nine_stays_nine_over_a_change_of_clocks_and_all_of_it_is_one_entry(engine) {
        let House { office, officer, room, .. } = house(engine).await;
        let before = rows(&office.operator).await;
        let input = || weekly(room, "2027-03-10T09:00", "2027-03-10T10:00", 4);
        let preview = check_series(&officer, &input(), None).await.unwrap();
        assert!(preview.refused == 0 && preview.occurrences.iter().all(|it| it.verdict == Verdict::Free && it.clashes.is_empty()));
        assert_eq!(rows(&office.operator).await, before);
        let series = create_series(&officer, input()).await.unwrap();
        let expected = ["2027-03-10T09:00 -08:00", "2027-03-17T09:00 -07:00", "2027-03-24T09:00 -07:00", "2027-03-31T09:00 -07:00"];
        assert_eq!(starts(&series), expected);
        assert_eq!(rows(&office.operator).await, [1, 4, 4, before[3] + 1]);
        assert_eq!(read_series(&officer, series.id).await.unwrap(), series);
        let booking = read_booking(&officer, series.occurrences[1].booking_id).await.unwrap();
        assert_eq!((booking.series_id, booking.series_on.map(|on| on.to_string()).as_deref()), (Some(series.id), Some("2027-03-17")));
        assert_eq!(list_own_bookings(&officer, &PageRequest::default()).await.unwrap().items.len(), 4);
        // What it takes is taken.
        let second = preview_of(create_series(&officer, input()).await);
        assert_eq!(second.refused, 4);
    }

    async fn a_series_over_midnight_and_on_chosen_dates_is_booked(engine) {
        let House { officer, room, office, .. } = house(engine).await;
        let nights = SeriesInput {
            weekdays: Some((1..=7).map(Into::into).collect()),
            ..weekly(room, "2027-03-12T23:00", "2027-03-13T01:00", 3)
        };
        // The night in which the clocks go forward is no longer for that: they do so after two.
        let series = create_series(&officer, nights).await.unwrap();
        let ends: Vec<String> = series.occurrences.iter().map(|it| format!("{} {}", it.ends.local, it.ends.offset)).collect();
        assert_eq!(ends, ["2027-03-13T01:00 -08:00", "2027-03-14T01:00 -08:00", "2027-03-15T01:00 -07:00"]);
        let dates = SeriesInput {
            repeats: some("dates"),
            times: None,
            dates: Some(vec!["2027-05-20".into(), "2027-04-06".into()]),
            ..weekly(room, "2027-04-01T09:00", "2027-04-01T10:00", 1)
        };
        assert_eq!(days(&create_series(&officer, dates).await.unwrap()), ["2027-04-01", "2027-04-06", "2027-05-20"]);
        drop(office);
    }

    async fn a_time_that_is_none_and_a_day_that_is_none_are_listed_and_answered(engine) {
        let House { office, officer, room, .. } = house(engine).await;
        let sundays = || weekly(room, "2027-03-21T02:30", "2027-03-21T03:30", 52);
        let preview = preview_of(create_series(&officer, sundays()).await);
        let gap = on(&preview, "2028-03-12");
        assert_eq!((preview.refused, gap.verdict, gap.starts.clone()), (1, Verdict::Refused, None));
        assert_eq!(gap.clashes[0].rule.as_deref(), Some("time_skipped"));
        assert_eq!(gap.nearest[0].starts.local.to_string(), "2028-03-12T03:00");
        let answered = SeriesInput { answers: vec![take("2028-03-12", "2028-03-12T03:00", "2028-03-12T04:00", None)], ..sundays() };
        let series = create_series(&officer, answered).await.unwrap();
        let moved = series.occurrences.iter().find(|it| it.is_detached).unwrap();
        assert_eq!((moved.on.to_string(), moved.starts.local.to_string()), ("2028-03-12".into(), "2028-03-12T03:00".into()));

        let monthly = || SeriesInput { repeats: some("monthly_on_day"), ..weekly(room, "2027-03-31T09:00", "2027-03-31T10:00", 4) };
        let preview = check_series(&officer, &monthly(), None).await.unwrap();
        let lacking = on(&preview, "2027-04-31");
        assert_eq!((preview.refused, lacking.clashes[0].rule.as_deref()), (2, Some("no_such_day")));
        assert_eq!(lacking.nearest[0].starts.local.to_string(), "2027-04-30T09:00");
        assert_eq!(preview_of(create_series(&officer, SeriesInput { answers: vec![leave("2027-04-31")], ..monthly() }).await).refused, 1);
        let answers = vec![leave("2027-04-31"), take("2027-06-31", "2027-06-30T09:00", "2027-06-30T10:00", None)];
        let series = create_series(&officer, SeriesInput { answers, ..monthly() }).await.unwrap();
        assert_eq!(days(&series), ["2027-03-31", "2027-05-31", "2027-06-31"]);
        assert_eq!(series.recurrence.except.iter().map(ToString::to_string).collect::<Vec<_>>(), ["2027-04-31"]);
        drop(office);
    }

    async fn an_hour_that_comes_twice_is_asked_once(engine) {
        let House { office, officer, room, .. } = house(engine).await;
        let sundays = || weekly(room, "2027-10-31T01:30", "2027-10-31T02:30", 60);
        let asked = problems(create_series(&officer, sundays()).await);
        assert!(matches!(&asked[..], [FieldProblem { field, problem: Problem::TimeAmbiguous { .. } }] if field == "twice"), "{asked:?}");
        let first = SeriesInput { twice: some("first"), answers: vec![leave("2028-03-12")], ..sundays() };
        let series = create_series(&officer, first).await.unwrap();
        // 2027-11-07 and 2028-11-05.
        assert!(starts(&series).contains(&"2027-11-07T01:30 -07:00".to_owned()) && starts(&series).contains(&"2028-11-05T01:30 -07:00".to_owned()));
        drop(office);
    }

    async fn a_series_cannot_overlap_itself(engine) {
        let House { office, officer, room, .. } = house(engine).await;
        for state in ["firm", "held"] {
            let daily = || SeriesInput {
                weekdays: Some((1..=7).map(Into::into).collect()),
                booking: BookingInput { state: some(state), ..a_booking(room, "2027-03-15T10:00", "2027-03-16T09:40") },
                ..weekly(room, "2027-03-15T10:00", "2027-03-16T09:40", 4)
            };
            // 20 minutes are left, and clearing and set-up take 25.
            let preview = preview_of(create_series(&officer, daily()).await);
            let verdicts: Vec<Verdict> = preview.occurrences.iter().map(|it| it.verdict).collect();
            assert_eq!(verdicts, [Verdict::Free, Verdict::Refused, Verdict::Free, Verdict::Refused], "{state}");
            assert!(preview.occurrences[1].clashes[0].say.contains("2027-03-15"), "{}", preview.occurrences[1].clashes[0].say);
            let onto_itself = SeriesInput {
                answers: vec![leave("2027-03-16"), take("2027-03-18", "2027-03-17T12:00", "2027-03-17T13:00", None)],
                ..daily()
            };
            let preview = preview_of(create_series(&officer, onto_itself).await);
            assert_eq!((preview.refused, on(&preview, "2027-03-18").verdict), (1, Verdict::Refused));
        }
        assert_eq!(rows(&office.operator).await[..3], [0, 0, 0]);
    }

    async fn what_is_taken_is_left_out_or_put_where_it_can_be_had(engine) {
        let House { office, officer, room, other, .. } = house(engine).await;
        create_booking(&officer, a_booking(room, "2027-03-17T09:30", "2027-03-17T10:30")).await.unwrap();
        create_booking(&officer, a_booking(room, "2027-03-24T08:00", "2027-03-24T12:00")).await.unwrap();
        let input = || weekly(room, "2027-03-10T09:00", "2027-03-10T10:00", 4);
        let before = rows(&office.operator).await;
        let preview = preview_of(create_series(&officer, input()).await);
        // Nothing is half done.
        assert_eq!(rows(&office.operator).await, before);
        assert_eq!(preview.refused, 2);
        let taken = on(&preview, "2027-03-17");
        assert_eq!((taken.clashes[0].rule.as_deref(), taken.clashes[0].with.as_deref()), (Some("room_twice"), Some("Weekly briefing")));
        assert!(taken.clashes[0].nearest.is_empty());
        let slot = taken.nearest.iter().find(|slot| slot.room.is_none()).unwrap();
        let elsewhere = taken.nearest.iter().find_map(|slot| slot.room.as_ref()).unwrap();
        assert_eq!(elsewhere.id, other);
        let answers = vec![
            take("2027-03-17", &slot.starts.local.to_string(), &slot.ends.local.to_string(), None),
            take("2027-03-24", "2027-03-24T09:00", "2027-03-24T10:00", Some(other)),
        ];
        let answered = SeriesInput { answers, ..input() };
        let preview = check_series(&officer, &answered, None).await.unwrap();
        assert_eq!((preview.refused, on(&preview, "2027-03-17").verdict), (0, Verdict::Elsewhere));
        assert_eq!(on(&preview, "2027-03-24").room.as_ref().map(|room| room.id), Some(other));
        let series = create_series(&officer, answered).await.unwrap();
        assert_eq!(series.occurrences.iter().map(|it| it.is_detached).collect::<Vec<_>>(), [false, true, true, false]);
        let again = SeriesInput { answers: vec![leave("2027-03-17"), leave("2027-03-24")], ..weekly(room, "2027-03-10T10:30", "2027-03-10T11:00", 4) };
        assert_eq!(days(&create_series(&officer, again).await.unwrap()), ["2027-03-10", "2027-03-31"]);
    }

    async fn what_one_may_not_read_is_not_available_and_no_more(engine) {
        let House { office, officer, manager, room, .. } = house(engine).await;
        let secret = BookingInput { marking: some("TLP:RED"), purpose: some("CANARY"), ..a_booking(room, "2027-03-17T09:37", "2027-03-17T10:23") };
        create_booking(&officer, secret).await.unwrap();
        let preview = check_series(&manager, &weekly(room, "2027-03-10T09:00", "2027-03-10T10:00", 3), None).await.unwrap();
        let taken = on(&preview, "2027-03-17");
        assert_eq!((preview.refused, taken.clashes.len()), (1, 1));
        assert!(taken.clashes[0].rule.is_none() && taken.clashes[0].until.is_none() && taken.clashes[0].with.is_none());
        assert!(taken.nearest.iter().all(|slot| ["00", "30"].contains(&&slot.starts.local.to_string()[14..])), "{:?}", taken.nearest);
        assert!(!serde_json::to_string(&preview).unwrap().contains("CANARY"));
        drop(office);
    }

    async fn this_and_following_is_a_series_of_its_own_and_never_in_its_own_way(engine) {
        let House { office, officer, room, .. } = house(engine).await;
        let series = create_series(&officer, weekly(room, "2027-03-10T09:00", "2027-03-10T10:00", 4)).await.unwrap();
        let before = rows(&office.operator).await;
        // Half an hour later, over what it has now.
        let later = || SeriesInput {
            booking: BookingInput { starts: at("2027-03-24T09:30"), ends: at("2027-03-24T10:30"), ..BookingInput::default() },
            ..SeriesInput::default()
        };
        let following = part(Reach::Following, Some("2027-03-24"));
        let preview = check_series(&officer, &later(), Some((series.id, following))).await.unwrap();
        assert_eq!((preview.refused, preview.occurrences.len()), (0, 2));
        assert!(matches!(change_series(&officer, series.id, following, later(), &Seen::NotSaid).await, Err(Failure::VersionNeeded)));
        let changed = change_series(&officer, series.id, following, later(), &tag(&series)).await.unwrap();
        assert_ne!(changed.id, series.id);
        assert_eq!(starts(&changed), ["2027-03-24T09:30 -07:00", "2027-03-31T09:30 -07:00"]);
        assert_eq!(changed.booking.purpose, "Weekly briefing");
        let head = read_series(&officer, series.id).await.unwrap();
        assert_eq!((days(&head), head.recurrence.times), (vec!["2027-03-10".to_owned(), "2027-03-17".to_owned()], Some(2)));
        assert_eq!(rows(&office.operator).await, [2, 4, 4, before[3] + 1]);
        // The bookings are the same as before.
        assert_eq!(changed.occurrences[0].booking_id, series.occurrences[2].booking_id);
        assert!(matches!(change_series(&officer, series.id, following, later(), &tag(&series)).await, Err(Failure::Stale)));
        assert_eq!(problems(change_series(&officer, series.id, following, later(), &tag(&head)).await)[0].field, "on");
    }

    async fn all_are_changed_but_what_is_past_and_what_was_changed_by_itself(engine) {
        let House { office, officer, room, other, .. } = house(engine).await;
        // The first lies a week before the day of the test.
        let series = create_series(&officer, weekly(room, "2027-03-03T09:00", "2027-03-03T10:00", 5)).await.unwrap();
        let moved = BookingInput { starts: at("2027-03-17T14:00"), ends: at("2027-03-17T15:00"), ..BookingInput::default() };
        change_booking(&officer, series.occurrences[2].booking_id, moved, &Seen::Any).await.unwrap();
        cancel_booking(&officer, series.occurrences[3].booking_id, &Seen::Any).await.unwrap();
        let now = read_series(&officer, series.id).await.unwrap();
        assert_eq!((days(&now).len(), now.occurrences[2].is_detached), (4, true));
        let elsewhere = SeriesInput { booking: BookingInput { room_id: Some(other.to_string()), ..BookingInput::default() }, ..SeriesInput::default() };
        let all = part(Reach::All, None);
        let preview = check_series(&officer, &elsewhere, Some((series.id, all))).await.unwrap();
        let verdicts: Vec<_> = preview.occurrences.iter().map(|it| (it.on.to_string(), it.verdict)).collect();
        let expected = [("2027-03-10", Verdict::Free), ("2027-03-17", Verdict::Stays), ("2027-03-24", Verdict::LeftOut), ("2027-03-31", Verdict::Free)];
        assert_eq!(verdicts, expected.map(|(on, verdict)| (on.to_owned(), verdict)));
        let changed = change_series(&officer, series.id, all, elsewhere, &tag(&now)).await.unwrap();
        assert_eq!(changed.id, series.id);
        let places: Vec<_> = changed.occurrences.iter().map(|it| (it.on.to_string(), it.room_id)).collect();
        let expected = [("2027-03-03", room), ("2027-03-10", other), ("2027-03-17", room), ("2027-03-31", other)];
        assert_eq!(places, expected.map(|(on, room)| (on.to_owned(), room)));
        // One of them alone: it stays in its series.
        let one = part(Reach::This, Some("2027-03-31"));
        let renamed = SeriesInput { booking: BookingInput { purpose: some("Farewell"), ..BookingInput::default() }, ..SeriesInput::default() };
        let changed = change_series(&officer, series.id, one, renamed, &tag(&changed)).await.unwrap();
        assert!(changed.occurrences[3].is_detached);
        assert_eq!(read_booking(&officer, changed.occurrences[3].booking_id).await.unwrap().purpose, "Farewell");
        // It may go on for longer, and what it no longer has is cancelled.
        let longer = SeriesInput { times: Some(6.into()), ..SeriesInput::default() };
        let changed = change_series(&officer, series.id, all, longer, &tag(&changed)).await.unwrap();
        assert_eq!(days(&changed), ["2027-03-03", "2027-03-10", "2027-03-17", "2027-03-31", "2027-04-07", "2027-04-14"]);
        let shorter = SeriesInput { times: Some(5.into()), ..SeriesInput::default() };
        let changed = change_series(&officer, series.id, all, shorter, &tag(&changed)).await.unwrap();
        assert_eq!(days(&changed), ["2027-03-03", "2027-03-10", "2027-03-17", "2027-03-31", "2027-04-07"]);
        drop(office);
    }

    async fn what_was_changed_by_itself_goes_along_with_the_margins_it_was_booked_with(engine) {
        let House { office, officer, manager, room, .. } = house(engine).await;
        let series = create_series(&officer, weekly(room, "2027-03-10T09:00", "2027-03-10T10:00", 3)).await.unwrap();
        let moved = BookingInput { starts: at("2027-03-24T14:00"), ends: at("2027-03-24T15:00"), ..BookingInput::default() };
        change_booking(&officer, series.occurrences[2].booking_id, moved, &Seen::Any).await.unwrap();
        // It ends where the other is begun to be laid out; from now on there would be no time for both.
        create_booking(&officer, a_booking(room, "2027-03-24T12:30", "2027-03-24T13:35")).await.unwrap();
        let layout = LayoutInput { layout: "boardroom".into(), capacity: 24.into(), set_up_minutes: 30.into(), clearing_minutes: 10.into() };
        let longer = RoomInput { layouts: Some(vec![layout]), ..RoomInput::default() };
        rooms::change_room(&manager, room, longer, &Seen::Any).await.unwrap();
        let later = SeriesInput {
            booking: BookingInput { starts: at("2027-03-17T09:30"), ends: at("2027-03-17T10:30"), ..BookingInput::default() },
            ..SeriesInput::default()
        };
        let changed = change_series(&officer, series.id, part(Reach::Following, Some("2027-03-17")), later, &Seen::Any).await.unwrap();
        assert_eq!(starts(&changed), ["2027-03-17T09:30 -07:00", "2027-03-24T14:00 -07:00"]);
        let sql = "SELECT source_id FROM engagements WHERE office_id = $1 AND starts_at = $2";
        let values = values![office.operator.office_id(), "2027-03-24T20:45:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap()];
        let kept: Vec<(uuid::Uuid,)> = office.operator.read().await.unwrap().all(sql, values).await.unwrap();
        assert_eq!(kept, [(changed.occurrences[1].booking_id.uuid(),)]);
    }

    async fn a_change_that_cannot_be_had_changes_nothing(engine) {
        let House { office, officer, room, .. } = house(engine).await;
        let series = create_series(&officer, weekly(room, "2027-03-10T09:00", "2027-03-10T10:00", 4)).await.unwrap();
        create_booking(&officer, a_booking(room, "2027-03-31T13:00", "2027-03-31T14:00")).await.unwrap();
        let before = rows(&office.operator).await;
        let afternoon = |answers| SeriesInput {
            booking: BookingInput { starts: at("2027-03-10T13:00"), ends: at("2027-03-10T14:00"), ..BookingInput::default() },
            answers,
            ..SeriesInput::default()
        };
        let all = part(Reach::All, None);
        let preview = preview_of(change_series(&officer, series.id, all, afternoon(Vec::new()), &tag(&series)).await);
        assert_eq!((preview.refused, on(&preview, "2027-03-31").verdict), (1, Verdict::Refused));
        assert_eq!(read_series(&officer, series.id).await.unwrap(), series);
        assert_eq!(rows(&office.operator).await, before);
        let changed = change_series(&officer, series.id, all, afternoon(vec![leave("2027-03-31")]), &tag(&series)).await.unwrap();
        assert_eq!(days(&changed), ["2027-03-10", "2027-03-17", "2027-03-24"]);
        assert_eq!(rows(&office.operator).await[..3], [1, 4, 4]);
    }

    async fn a_part_of_a_series_is_cancelled_and_the_room_is_free_again(engine) {
        let House { office, officer, room, .. } = house(engine).await;
        let series = create_series(&officer, weekly(room, "2027-03-03T09:00", "2027-03-03T10:00", 5)).await.unwrap();
        cancel_series(&officer, series.id, part(Reach::This, Some("2027-03-17")), &tag(&series)).await.unwrap();
        assert!(matches!(cancel_series(&officer, series.id, part(Reach::All, None), &tag(&series)).await, Err(Failure::Stale)));
        let now = read_series(&officer, series.id).await.unwrap();
        assert_eq!((days(&now).len(), now.recurrence.except.len()), (4, 1));
        let before = rows(&office.operator).await;
        cancel_series(&officer, series.id, part(Reach::Following, Some("2027-03-24")), &tag(&now)).await.unwrap();
        assert_eq!(rows(&office.operator).await, [1, 2, 2, before[3] + 1]);
        assert!(create_booking(&officer, a_booking(room, "2027-03-24T09:00", "2027-03-24T10:00")).await.is_ok());
        // What is past stays.
        cancel_series(&officer, series.id, part(Reach::All, None), &Seen::Any).await.unwrap();
        let now = read_series(&officer, series.id).await.unwrap();
        assert_eq!(days(&now), ["2027-03-03"]);
        assert_eq!(problems(cancel_series(&officer, series.id, part(Reach::All, None), &Seen::Any).await)[0].field, "reach");
        let gone = create_series(&officer, weekly(room, "2027-04-07T09:00", "2027-04-07T10:00", 5)).await.unwrap();
        cancel_series(&officer, gone.id, part(Reach::All, None), &Seen::Any).await.unwrap();
        assert!(matches!(read_series(&officer, gone.id).await, Err(Failure::NotFound)));
    }

    async fn a_series_is_its_makers_and_the_rooms_managers_to_change(engine) {
        let House { office, manager, officer, room, other } = house(engine).await;
        let scheduler = office.signed_in("scheduler", Role::Scheduler, Marking::Amber).await;
        let staff = office.signed_in("staff", Role::Staff, Marking::Green).await;
        let mission = office.signed_in("mission", Role::MissionMember, Marking::Green).await;
        let input = || weekly(room, "2027-03-10T09:00", "2027-03-10T10:00", 3);
        for context in [&staff, &mission] {
            assert!(matches!(check_series(context, &input(), None).await, Err(Failure::Forbidden)));
            assert!(matches!(create_series(context, input()).await, Err(Failure::Forbidden)));
        }
        let series = create_series(&officer, input()).await.unwrap();
        assert!(series.booking.is_own && !read_series(&staff, series.id).await.unwrap().booking.is_own);
        let all = part(Reach::All, None);
        let renamed = || SeriesInput { booking: BookingInput { purpose: some("Other"), ..BookingInput::default() }, ..SeriesInput::default() };
        assert!(matches!(change_series(&scheduler, series.id, all, renamed(), &Seen::Any).await, Err(Failure::Forbidden)));
        assert!(matches!(cancel_series(&scheduler, series.id, all, &Seen::Any).await, Err(Failure::Forbidden)));
        assert_eq!(change_series(&manager, series.id, all, renamed(), &Seen::Any).await.unwrap().booking.purpose, "Other");
        // A room kept for others is nobody else's way out either.
        let kept = RoomInput { booked_by: Some(vec!["chief_of_protocol".into()]), ..RoomInput::default() };
        rooms::change_room(&manager, other, kept, &Seen::Any).await.unwrap();
        let elsewhere = SeriesInput { answers: vec![take("2027-06-02", "2027-06-02T09:00", "2027-06-02T10:00", Some(other))], ..weekly(room, "2027-06-02T09:00", "2027-06-02T10:00", 2) };
        assert!(matches!(create_series(&officer, elsewhere).await, Err(Failure::Forbidden)));
        // Marked above what others may read, it is not there for them; one of it is never marked lower.
        let secret = SeriesInput { booking: BookingInput { marking: some("TLP:RED"), ..a_booking(room, "2027-03-11T09:00", "2027-03-11T10:00") }, ..input() };
        let secret = create_series(&officer, secret).await.unwrap();
        assert!(matches!(read_series(&manager, secret.id).await, Err(Failure::NotFound)));
        assert!(matches!(cancel_series(&manager, secret.id, all, &Seen::Any).await, Err(Failure::NotFound)));
        let chief = office.signed_in("chief", Role::ChiefOfProtocol, Marking::Red).await;
        let green = SeriesInput { booking: BookingInput { marking: some("TLP:AMBER"), ..a_booking(room, "2027-03-12T09:00", "2027-03-12T10:00") }, ..input() };
        let amber = create_series(&chief, green).await.unwrap();
        let lower = BookingInput { marking: some("TLP:GREEN"), reason: some("It is public"), ..BookingInput::default() };
        assert_eq!(problems(change_booking(&chief, amber.occurrences[0].booking_id, lower, &Seen::Any).await)[0].field, "marking");
    }

    async fn of_ten_who_press_at_once_one_gets_the_series(engine) {
        let House { office, officer, room, .. } = house(engine).await;
        let mut tasks = tokio::task::JoinSet::new();
        for minute in 0..10 {
            let officer = officer.clone();
            let (starts, ends) = (format!("2027-03-10T10:{minute:02}"), format!("2027-03-10T11:{minute:02}"));
            tasks.spawn(async move { create_series(&officer, weekly(room, &starts, &ends, 3)).await });
        }
        let (mut done, mut refused) = (0, 0);
        while let Some(outcome) = tasks.join_next().await {
            match outcome.unwrap() {
                Ok(_) => done += 1,
                Err(Failure::SeriesRefused(_)) => refused += 1,
                Err(other) => panic!("{other:?}"),
            }
        }
        assert_eq!((done, refused), (1, 9));
        assert_eq!(rows(&office.operator).await[..3], [1, 3, 3]);
    }

    async fn the_longest_series_is_booked_in_a_few_seconds(engine) {
        let House { office, officer, room, .. } = house(engine).await;
        let daily = SeriesInput { weekdays: Some((1..=7).map(Into::into).collect()), twice: some("first"), ..weekly(room, "2027-03-10T09:00", "2027-03-10T10:00", 400) };
        let began = std::time::Instant::now();
        let series = create_series(&officer, daily).await.unwrap();
        assert_eq!(series.occurrences.len(), 400);
        assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
        drop(office);
    }
}
