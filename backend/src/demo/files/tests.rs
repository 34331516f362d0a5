//! The demonstration names nothing that is not there, and nothing of it that is settled clashes.

use super::*;
use chrono::{Datelike, LocalResult, TimeZone};
use domain::time::Span;
use std::collections::BTreeSet;

/// Ordinary days, and days around which the clocks of Los Angeles change.
const DAYS: [&str; 6] = ["2026-10-29", "2026-11-24", "2027-03-01", "2027-03-12", "2027-07-03", "2027-11-05"];

fn demo() -> DemoData {
    DemoData::load().expect("the files are right")
}

fn days() -> impl Iterator<Item = NaiveDate> {
    DAYS.into_iter().map(|day| day.parse().expect("a date"))
}

fn instant(local: WallTime, zone: &ZoneName) -> DateTime<Utc> {
    let zone: chrono_tz::Tz = zone.as_str().parse().expect("a zone");
    match zone.from_local_datetime(&local.naive()) {
        LocalResult::Single(at) => at.to_utc(),
        other => panic!("{local} in {zone}: {other:?}"),
    }
}

fn line_span(visit: &DemoVisit, line: &DemoLine, today: NaiveDate) -> Span {
    let starts = instant(line.starts_local(today), line.start_zone(visit));
    let ends = instant(line.ends_local(today), line.end_zone(visit));
    Span::new(starts, ends).unwrap_or_else(|| panic!("{} ends before it starts", line.title))
}

fn room<'a>(demo: &'a DemoData, key: &str) -> &'a DemoRoom {
    demo.rooms.iter().find(|r| r.key == key).unwrap_or_else(|| panic!("no room {key}"))
}

fn unique(what: &str, keys: impl Iterator<Item = Key>) -> BTreeSet<Key> {
    let mut all = BTreeSet::new();
    for key in keys {
        assert!(all.insert(key.clone()), "{what} {key} twice");
    }
    all
}

/// Whom a line takes: those named, and the guest where the kind engages the guest.
fn taken(visit: &DemoVisit, line: &DemoLine) -> BTreeSet<Key> {
    let guest = visit.guest.iter().filter(|_| line.kind.engages_the_guest()).cloned();
    guest.chain(line.people.iter().map(|p| p.person.clone())).collect()
}

/// A settled or held use of a room and of people, whatever it comes from.
struct Use<'a> {
    title: &'a str,
    firm: bool,
    span: Span,
    room: Option<(&'a DemoRoom, Layout, u32)>,
    people: BTreeSet<Key>,
}

impl Use<'_> {
    fn with_margins(&self) -> Span {
        let Some((room, layout, _)) = self.room else { return self.span };
        let laid_out = room.layouts.iter().find(|l| l.layout == layout).expect("a layout of the room");
        self.span.widened(laid_out.set_up_minutes, laid_out.clearing_minutes)
    }
}

fn uses(demo: &DemoData, today: NaiveDate) -> Vec<Use<'_>> {
    let lines = demo.visits.iter().flat_map(|visit| visit.lines.iter().map(move |line| (visit, line)));
    let lines = lines.filter(|(_, line)| line.state != ItemState::Wished).map(|(visit, line)| Use {
        title: line.title.as_str(),
        firm: line.state == ItemState::Firm,
        span: line_span(visit, line, today),
        room: line.room.as_ref().map(|key| (room(demo, key), line.layout.expect("a layout"), line.headcount.expect("a number of people"))),
        people: taken(visit, line),
    });
    let bookings = demo.bookings.iter().map(|booking| {
        let booked = room(demo, &booking.room);
        let zone = &demo.sites.iter().find(|s| s.key == booked.site).expect("a site").zone;
        Use {
            title: booking.purpose.as_str(),
            firm: (booking.state == BookingState::Firm && !booking.waits) || booking.hold == HoldKind::Promised,
            span: Span::new(instant(booking.starts_local(today), zone), instant(booking.ends_local(today), zone)).expect("a span"),
            room: Some((booked, booking.layout, booking.people)),
            people: BTreeSet::new(),
        }
    });
    lines.chain(bookings).collect()
}

#[test]
fn it_is_as_large_as_a_real_office() {
    let demo = demo();
    assert_eq!(demo.accounts.len(), 12);
    assert_eq!(demo.sites.len(), 4);
    assert!(demo.rooms.len() >= 20, "{} rooms", demo.rooms.len());
    assert!(demo.missions.len() >= 58, "{} missions", demo.missions.len());
    assert_eq!(demo.visits.len(), 8);
    assert!(demo.visits.iter().map(|v| v.lines.len()).sum::<usize>() > 80);
}

#[test]
fn everything_named_is_there() {
    let demo = demo();
    let accounts = unique("account", demo.accounts.iter().map(|a| a.local.clone()));
    let sites = unique("site", demo.sites.iter().map(|s| s.key.clone()));
    let rooms = unique("room", demo.rooms.iter().map(|r| r.key.clone()));
    let missions = unique("mission", demo.missions.iter().map(|m| m.key.clone()));
    let heads = demo.missions.iter().map(|m| DemoData::head_key(&m.key));
    let people = unique("person", demo.people.iter().map(|p| p.key.clone()).chain(heads));
    unique("visit", demo.visits.iter().map(|v| v.key.clone()));
    unique("booking", demo.bookings.iter().map(|b| b.key.clone()));
    let zones: Vec<&ZoneName> = std::iter::once(&demo.office.zone)
        .chain(demo.sites.iter().map(|s| &s.zone))
        .chain(demo.missions.iter().map(|m| &m.capital_zone))
        .chain(demo.visits.iter().flat_map(|v| [&v.zone, &v.capital_zone]))
        .collect();
    for zone in zones {
        assert!(zone.as_str().parse::<chrono_tz::Tz>().is_ok(), "no zone {zone}");
    }

    let known = |all: &BTreeSet<Key>, key: &Key| assert!(all.contains(key), "nothing is called {key}");
    known(&people, &demo.office.principal);
    for account in &demo.accounts {
        account.mission.iter().for_each(|m| known(&missions, m));
        account.person.iter().for_each(|p| known(&people, p));
        assert_eq!(account.mission.is_some(), account.roles.iter().all(|r| r.is_of_a_mission()), "{}", account.local);
        assert_eq!(account.mission.is_some(), account.ceiling.is_none(), "{} has a ceiling or a mission", account.local);
    }
    for site in &demo.sites {
        let ways = unique("way", site.travel.iter().map(|t| t.to.clone()));
        assert_eq!(ways.len() + 1, sites.len(), "{} knows the way to every other site", site.key);
        ways.iter().for_each(|to| known(&sites, to));
    }
    demo.rooms.iter().for_each(|r| known(&sites, &r.site));
    demo.people.iter().filter_map(|p| p.mission.as_ref()).for_each(|m| known(&missions, m));
    for visit in &demo.visits {
        visit.guest.iter().chain([&visit.host]).for_each(|p| known(&people, p));
        visit.access.iter().chain(&visit.named).for_each(|a| known(&accounts, a));
        visit.missions.iter().for_each(|m| known(&missions, m));
        visit.releases.iter().for_each(|r| known(&accounts, &r.released_by));
        for delegation in &visit.delegations {
            delegation.mission.iter().for_each(|m| known(&missions, m));
            delegation.members.iter().for_each(|m| known(&people, &m.person));
        }
        for line in &visit.lines {
            assert!(line.room.is_some() != line.place.is_some(), "{} has a room or a place", line.title);
            line.room.iter().for_each(|r| known(&rooms, r));
            line.people.iter().for_each(|p| known(&people, &p.person));
            line.named.iter().for_each(|a| known(&accounts, a));
        }
    }
    for booking in &demo.bookings {
        known(&rooms, &booking.room);
        known(&accounts, &booking.booked_by);
    }
}

#[test]
fn no_room_is_promised_twice_its_margins_included() {
    let demo = demo();
    for today in days() {
        let uses = uses(&demo, today);
        for (index, a) in uses.iter().enumerate() {
            for b in uses.iter().skip(index + 1).filter(|b| a.firm || b.firm) {
                let same = a.room.zip(b.room).is_some_and(|(a, b)| a.0.key == b.0.key);
                assert!(!(same && a.with_margins().overlaps(b.with_margins())), "{} and {} in one room from {today}", a.title, b.title);
            }
        }
    }
}

#[test]
fn nobody_is_in_two_places_or_too_far_from_the_next() {
    let demo = demo();
    for today in days() {
        let uses = uses(&demo, today);
        for (index, a) in uses.iter().enumerate() {
            for b in uses.iter().skip(index + 1).filter(|b| !a.people.is_disjoint(&b.people)) {
                assert!(!a.span.overlaps(b.span), "{} and {} take one person from {today}", a.title, b.title);
                let (Some(from), Some(to)) = (a.room, b.room) else { continue };
                if from.0.site != to.0.site {
                    let site = demo.sites.iter().find(|s| s.key == from.0.site).expect("a site");
                    let way = site.travel.iter().find(|t| t.to == to.0.site).expect("a way");
                    assert!(!a.span.widened(way.minutes, way.minutes).overlaps(b.span), "no way from {} to {}", a.title, b.title);
                }
            }
        }
    }
}

#[test]
fn rooms_are_open_and_large_enough_for_what_is_settled_there() {
    let demo = demo();
    for today in days() {
        for one in uses(&demo, today) {
            let Some((room, layout, people)) = one.room else { continue };
            let capacity = room.layouts.iter().find(|l| l.layout == layout).map(|l| l.capacity);
            assert!(capacity.is_some_and(|most| people <= most), "{} does not fit {}", one.title, room.name);
            let zone: chrono_tz::Tz =
                demo.sites.iter().find(|s| s.key == room.site).expect("a site").zone.as_str().parse().expect("a zone");
            let (from, until) = (one.with_margins().starts().with_timezone(&zone), one.with_margins().ends().with_timezone(&zone));
            let weekday = u8::try_from(from.weekday().number_from_monday()).expect("a weekday");
            let is_open = room.hours.iter().any(|h| {
                h.weekdays.contains(&weekday)
                    && h.opens <= from.time()
                    && until.time() <= h.closes
                    && from.date_naive() == until.date_naive()
            });
            assert!(is_open, "{} is closed for {} from {today}", room.name, one.title);
        }
    }
}

#[test]
fn lines_keep_to_their_visits_days_and_states() {
    let demo = demo();
    for visit in &demo.visits {
        assert!(visit.starts_in_days <= visit.ends_in_days);
        for line in &visit.lines {
            assert_eq!(line.state == ItemState::Held, line.hold_until.is_some(), "{}", line.title);
            if line.state == ItemState::Firm {
                let may = matches!(visit.state, VisitState::Confirmed | VisitState::UnderWay | VisitState::Completed);
                assert!(may, "{} is firm in a visit that is not", line.title);
            }
            for today in days() {
                let span = line_span(visit, line, today);
                let midnight = |day: i32| instant(WallTime::new(day_from(today, day).and_time(NaiveTime::MIN)), &visit.zone);
                let (first, after) = (midnight(visit.starts_in_days), midnight(visit.ends_in_days + 1));
                assert!(first <= span.starts() && span.ends() <= after, "{} outside {}", line.title, visit.title);
                assert!(span.minutes() <= 36 * 60, "{} is longer than a line may be", line.title);
                if let Some(until) = line.hold_until {
                    assert!(until.local(today) <= line.starts_local(today), "the hold of {} outlives its start", line.title);
                }
            }
        }
    }
}

#[test]
fn no_part_is_marked_below_its_visit_and_red_has_a_list() {
    for visit in &demo().visits {
        let own = &visit.markings;
        let parts = [own.title, own.dates, own.parties, own.remarks];
        assert!(parts.into_iter().chain(own.cover_title).chain([visit.line_marking]).all(|m| m >= own.existence), "{}", visit.title);
        assert_eq!(parts.contains(&Marking::Red), !visit.named.is_empty(), "{}", visit.title);
        assert_eq!(visit.cover_title.is_some(), own.cover_title.is_some(), "{}", visit.title);
        for line in &visit.lines {
            assert_eq!(line.cover_title.is_some(), line.cover_marking.is_some(), "{}", line.title);
            assert!(
                line.markings.values().chain(&line.cover_marking).all(|m| *m >= own.existence),
                "{} is marked below its visit",
                line.title
            );
            assert_eq!(line.markings.values().any(|m| *m == Marking::Red), !line.named.is_empty(), "{}", line.title);
        }
    }
}

#[test]
fn each_account_of_the_office_is_on_another_set_of_visits() {
    let demo = demo();
    let mut seen = BTreeSet::new();
    for account in demo.accounts.iter().filter(|account| account.mission.is_none()) {
        let lists: Vec<&Key> = demo.visits.iter().filter(|v| v.access.contains(&account.local)).map(|v| &v.key).collect();
        assert!(!lists.is_empty() || account.ceiling == Some(Marking::Green), "{} is on no list", account.local);
        assert!(seen.insert(lists), "{} sees what another sees", account.local);
    }
}

/// Who reads no higher than TLP:GREEN sees more by a list only where something was released to others than the office.
#[test]
fn a_list_shows_an_account_of_a_low_ceiling_a_release_that_others_are_not_shown() {
    let demo = demo();
    for account in demo.accounts.iter().filter(|account| account.ceiling == Some(Marking::Green)) {
        for visit in demo.visits.iter().filter(|visit| visit.access.contains(&account.local)) {
            let is_for_others = |audience: Audience| !matches!(audience, Audience::Office | Audience::Public);
            assert!(
                visit.releases.iter().any(|release| is_for_others(release.audience)),
                "{} sees no more of {}",
                account.local,
                visit.title
            );
        }
    }
}
