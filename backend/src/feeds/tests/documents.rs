//! Whole documents: what stands where, and that no text can be more than text.

use super::{
    reading::{Line, components, lines, onsets, outline, value},
    table_rules::{TableRules, minutes_east, zone},
};
use crate::feeds::{
    calendar::{
        Attendee, AttendeeAnswer, AttendeeKind, AttendeeRole, CalendarAddress, CalendarDocument, CalendarEvent, Conference,
        ConferenceFeature, CssColour, EventContent, EventStatus, EventTimes, EventUid, Extent, Link, Organiser, Position, RefreshInterval,
        Revision, Transparency,
    },
    revisions::SeenEvent,
    serialiser::serialise,
};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use domain::time::Moment;
use icalendar::parser::ParseString;
use proptest::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn moment(local: &str, zone_name: &str, minutes: i32) -> Moment {
    Moment { local: local.parse().unwrap(), zone: zone(zone_name), offset: minutes_east(minutes) }
}

fn timed(starts: Moment, ends: Moment) -> EventTimes {
    EventTimes::timed(starts, ends).unwrap()
}

fn in_los_angeles() -> EventTimes {
    timed(moment("2027-03-16T07:53", "America/Los_Angeles", -420), moment("2027-03-16T08:45", "America/Los_Angeles", -420))
}

fn event(number: u128, content: EventContent) -> CalendarEvent {
    let revision = Revision { changed_at: utc("2026-11-24T09:30:15Z"), sequence: 2 };
    CalendarEvent { uid: EventUid(Uuid::from_u128(number)), revision, content }
}

fn document(name: &str, events: Vec<CalendarEvent>) -> CalendarDocument {
    CalendarDocument {
        name: name.to_owned(),
        zone: zone("America/Los_Angeles"),
        colour: CssColour::parse("navy").unwrap(),
        refresh: RefreshInterval::HOURLY,
        from: utc("2026-08-01T00:00:00Z"),
        events,
    }
}

fn written(content: EventContent) -> Vec<Line> {
    lines(&serialise(&document("Visits", vec![event(1, content)]), &TableRules::new()))
}

fn the_event(lines: &[Line]) -> &[Line] {
    components(lines, "VEVENT")[0]
}

/// An event with every property there is, each holding the text.
fn full(text: &str) -> EventContent {
    EventContent {
        location: Some(text.to_owned()),
        description: vec![text.to_owned(), text.to_owned()],
        html_description: Some(text.to_owned()),
        categories: vec![text.to_owned(), text.to_owned()],
        url: Link::parse(&format!("https://protocol.example/{text}")).ok(),
        position: Position::from_degrees(34.0537, -118.2427),
        conferences: vec![Conference {
            link: Link::parse(&format!("https://video.example/{text}")).unwrap(),
            features: BTreeSet::from([ConferenceFeature::Video, ConferenceFeature::Audio]),
            label: text.to_owned(),
        }],
        organiser: Some(Organiser { name: text.to_owned(), address: CalendarAddress::Mail(format!("{text}@protocol.example")) }),
        attendees: vec![Attendee {
            name: text.to_owned(),
            address: CalendarAddress::Opaque(Uuid::from_u128(7)),
            kind: AttendeeKind::Individual,
            role: AttendeeRole::Chair,
            answer: AttendeeAnswer::Accepted,
        }],
        alarms: BTreeSet::from([0, 15]),
        ..EventContent::new(text, in_los_angeles())
    }
}

#[test]
fn a_small_calendar_looks_like_this() {
    let call = EventContent {
        location: Some("Mayor’s Office, Room 300; City Hall, 200 N Spring St".to_owned()),
        description: vec![
            "16 March 2027, 07:53–08:45 in Los Angeles (America/Los_Angeles, UTC−07:00)".to_owned(),
            "21:53–22:45 in Hà Nội".to_owned(),
        ],
        html_description: Some("<p>16 March 2027, 07:53–08:45</p>".to_owned()),
        categories: vec!["Courtesy call".to_owned(), "Visit".to_owned()],
        url: Link::parse("https://protocol.example/visits/5").ok(),
        position: Position::from_degrees(34.0537, -118.2427),
        conferences: vec![Conference {
            link: Link::parse("https://video.example/room?id=5").unwrap(),
            features: BTreeSet::from([ConferenceFeature::Video, ConferenceFeature::Audio]),
            label: "Video link".to_owned(),
        }],
        organiser: Some(Organiser {
            name: "Office of Protocol".to_owned(),
            address: CalendarAddress::Mail("protocol@city.example".to_owned()),
        }),
        attendees: vec![Attendee {
            name: "Nguyễn Thị \"Hoa\" Lan".to_owned(),
            address: CalendarAddress::Opaque(Uuid::from_u128(7)),
            kind: AttendeeKind::Individual,
            role: AttendeeRole::Required,
            answer: AttendeeAnswer::NeedsAction,
        }],
        alarms: BTreeSet::from([15]),
        ..EventContent::new("Courtesy call on the mayor; press, pool", in_los_angeles())
    };
    let days = |from, until| {
        let day = |day| NaiveDate::from_ymd_opt(2027, 3, day).unwrap();
        EventTimes::all_day(day(from), day(until)).unwrap()
    };
    let visit = EventContent {
        status: EventStatus::Tentative,
        transparency: Transparency::Transparent,
        ..EventContent::new("Official visit", days(15, 18))
    };
    let flight = EventContent {
        status: EventStatus::Cancelled,
        alarms: BTreeSet::from([60]),
        ..EventContent::new(
            "Cancelled: departure",
            timed(moment("2027-03-17T22:05", "America/Los_Angeles", -420), moment("2027-03-19T05:40", "Asia/Ho_Chi_Minh", 420)),
        )
    };
    let calendar = document("Visits, Office of Protocol", vec![event(3, flight), event(2, call), event(1, visit)]);
    let bytes = serialise(&calendar, &TableRules::new());
    lines(&bytes);
    insta::assert_snapshot!(String::from_utf8(bytes).unwrap());
}

#[test]
fn order_of_events_changes_no_byte() {
    let events: Vec<CalendarEvent> = (0..5).map(|number| event(number, full("Call"))).collect();
    let reversed = events.iter().rev().cloned().collect();
    let rules = TableRules::new();
    assert_eq!(serialise(&document("Visits", events), &rules), serialise(&document("Visits", reversed), &rules));
}

#[test]
fn a_time_that_exists_twice_is_written_in_utc() {
    for (offset, start) in [(-420, "20271107T083000Z"), (-480, "20271107T093000Z")] {
        let starts = moment("2027-11-07T01:30", "America/Los_Angeles", offset);
        let lines = written(EventContent::new("Call", timed(starts, moment("2027-11-07T04:00", "America/Los_Angeles", -480))));
        let event = the_event(&lines);
        let start_line = event.iter().find(|line| line.name == "DTSTART").unwrap();
        assert_eq!((start_line.parameters.as_str(), start_line.value.as_str()), ("", start));
        let end_line = event.iter().find(|line| line.name == "DTEND").unwrap();
        assert_eq!((end_line.parameters.as_str(), end_line.value.as_str()), ("TZID=America/Los_Angeles", "20271107T040000"));
    }
}

#[test]
fn a_time_that_newer_rules_skip_or_move_keeps_its_instant() {
    let skipped = moment("2027-03-14T02:30", "America/Los_Angeles", -480);
    let lines = written(EventContent::new("Call", timed(skipped, moment("2027-03-14T05:00", "America/Los_Angeles", -420))));
    assert_eq!(value(the_event(&lines), "DTSTART"), "20270314T103000Z");
    let moved = moment("2027-06-01T09:00", "America/Los_Angeles", -480);
    let lines = written(EventContent::new("Call", timed(moved, moment("2027-06-01T11:00", "America/Los_Angeles", -420))));
    assert_eq!(value(the_event(&lines), "DTSTART"), "20270601T170000Z");
}

#[test]
fn utc_and_unknown_zones_are_written_in_utc_and_not_defined() {
    for name in ["Etc/UTC", "Nowhere/City"] {
        let lines = written(EventContent::new("Call", timed(moment("2027-06-01T09:00", name, 0), moment("2027-06-01T10:00", name, 0))));
        assert_eq!(value(the_event(&lines), "DTSTART"), "20270601T090000Z");
        assert!(components(&lines, "VTIMEZONE").is_empty());
    }
}

#[test]
fn each_named_zone_is_defined_once_and_right_for_its_events() {
    let rules = TableRules::new();
    let zones = [("America/Los_Angeles", -420), ("Asia/Ho_Chi_Minh", 420), ("Europe/Paris", 120), ("Australia/Lord_Howe", 630)];
    // Old and far events too: the definitions reach as far as the events do.
    let events = ["2014", "2027", "2027", "2049"].into_iter().flat_map(|year| {
        zones.map(|(name, offset)| {
            let at = |time| moment(&format!("{year}-06-01T{time}"), name, offset);
            EventContent::new("Call", timed(at("09:00"), at("10:00")))
        })
    });
    let events: Vec<CalendarEvent> = events.zip(0..).map(|(content, number)| event(number, content)).collect();
    let lines = lines(&serialise(&document("Visits", events.clone()), &rules));
    let definitions = components(&lines, "VTIMEZONE");
    assert_eq!(definitions.len(), zones.len());
    let mut instants = Vec::new();
    for event in components(&lines, "VEVENT") {
        let start = event.iter().find(|line| line.name == "DTSTART").unwrap();
        let name = start.parameters.strip_prefix("TZID=").unwrap();
        let definition = definitions.iter().find(|definition| value(definition, "TZID") == name).unwrap();
        let local = NaiveDateTime::parse_from_str(&start.value, "%Y%m%dT%H%M%S").unwrap().and_utc();
        // In June no clock is near a change: the last onset before the wall time, taken as UTC, decides.
        let offset = *onsets(definition, 2060).range(..=local).next_back().unwrap().1;
        instants.push(local - chrono::TimeDelta::seconds(i64::from(offset)));
    }
    instants.sort();
    let mut expected: Vec<DateTime<Utc>> = events.iter().map(start).collect();
    expected.sort();
    assert_eq!(instants, expected);
}

/// The start of a timed event, as it was given.
fn start(event: &CalendarEvent) -> DateTime<Utc> {
    match event.content.times.extent() {
        Extent::Timed { starts, .. } => starts.at(),
        Extent::AllDay { .. } => panic!("not a timed event"),
    }
}

#[test]
fn a_cancelled_event_is_free_and_silent() {
    let lines = written(EventContent { status: EventStatus::Cancelled, ..full("Call") });
    assert_eq!(value(the_event(&lines), "STATUS"), "CANCELLED");
    assert_eq!(value(the_event(&lines), "TRANSP"), "TRANSPARENT");
    assert!(components(&lines, "VALARM").is_empty());
}

#[test]
fn a_feed_has_no_method_and_an_empty_one_still_a_component() {
    let lines = lines(&serialise(&document("Visits", Vec::new()), &TableRules::new()));
    assert!(lines.iter().all(|line| line.name != "METHOD" && line.name != "SOURCE"));
    assert_eq!(components(&lines, "VTIMEZONE").len(), 1);
}

#[test]
fn identity_revision_and_neighbours_do_not_enter_what_is_seen() {
    let seen = SeenEvent::of(EventUid(Uuid::from_u128(1)), &full("Call"));
    assert_eq!(SeenEvent::of(EventUid(Uuid::from_u128(2)), &full("Call")).seen, seen.seen);
    let silent = EventContent { alarms: BTreeSet::new(), ..full("Call") };
    let other = SeenEvent::of(EventUid(Uuid::from_u128(1)), &silent);
    assert_ne!(other.seen, seen.seen);
    assert_eq!(other.significant, seen.significant);
}

/// Any characters, controls among them, and often those that would end something.
fn hostile_text() -> impl Strategy<Value = String> {
    let ending = prop::sample::select(vec![
        "\r",
        "\n",
        "\r\n",
        "\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:forged\r\n",
        "\n ATTENDEE:mailto:x",
        "\0",
        "\u{85}",
        "\u{2028}X:1",
        "\\",
        "\\n",
        ";",
        ",",
        ":",
        "\"",
        "^",
        "^n",
        "\";X=\"",
        "\t",
        " ",
        "\u{feff}",
        "🇻🇳",
        "Hà Nội",
        "مرحبا",
        "\u{202e}",
        "%0D%0A",
    ])
    .prop_map(str::to_owned);
    prop::collection::vec(prop_oneof![2 => ending, 1 => any::<char>().prop_map(String::from)], 0..60).prop_map(|parts| parts.concat())
}

/// What a reader of the calendar should see of a text.
fn as_shown(text: &str) -> String {
    let joined = text.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n").replace('\t', " ");
    joined.chars().filter(|character| *character == '\n' || !character.is_control()).collect()
}

/// A quoted parameter without RFC 6868's circumflexes; nothing if it is left out.
fn parameter(line: &icalendar::parser::Property<'_>, name: &str) -> String {
    let parameter = line.params.iter().find(|parameter| parameter.key == name);
    let Some(found) = parameter.and_then(|parameter| parameter.val.as_ref()) else { return String::new() };
    let mut shown = String::new();
    let mut characters = found.as_str().chars();
    while let Some(character) = characters.next() {
        shown.push(match character {
            '^' => match characters.next() {
                Some('\'') => '"',
                Some('^') => '^',
                other => panic!("^{other:?}"),
            },
            other => other,
        });
    }
    shown
}

proptest! {
    #[test]
    fn no_text_makes_a_line_and_all_of_it_is_read_back(text in hostile_text()) {
        let rules = TableRules::new();
        let bytes = serialise(&document(&text, vec![event(1, full(&text))]), &rules);
        prop_assert_eq!(&bytes, &serialise(&document(&text, vec![event(1, full(&text))]), &rules));
        let plain = lines(&serialise(&document("Name", vec![event(1, full("Text"))]), &rules));
        prop_assert_eq!(outline(&lines(&bytes)), outline(&plain));

        let unfolded = icalendar::parser::unfold(std::str::from_utf8(&bytes).unwrap());
        let calendar = icalendar::parser::read_calendar(&unfolded).unwrap();
        let names = |component: &icalendar::parser::Component<'_>| component.name.as_str().to_owned();
        prop_assert_eq!(calendar.components.iter().map(names).collect::<Vec<_>>(), ["VTIMEZONE", "VEVENT"]);
        let event = calendar.components.last().unwrap();
        let shown = as_shown(&text);
        let found = |name: &str| event.find_prop(name).unwrap().clone();
        let read = |name: &str| found(name).val.as_str().to_owned();
        prop_assert_eq!(read("SUMMARY"), shown.as_str());
        prop_assert_eq!(read("LOCATION"), shown.as_str());
        // A text that ends in a carriage return and the paragraphs' own break are one line end.
        prop_assert_eq!(read("DESCRIPTION"), as_shown(&format!("{text}\n{text}")));
        let label = if shown.trim().is_empty() { String::new() } else { shown.replace('\n', " ") };
        prop_assert_eq!(parameter(&found("ORGANIZER"), "CN"), label.as_str());
        prop_assert_eq!(parameter(&found("ATTENDEE"), "CN"), label.as_str());
        prop_assert_eq!(parameter(&found("CONFERENCE"), "LABEL"), label.as_str());
        prop_assert!(read("URL").is_ascii());
        for name in ["NAME", "X-WR-CALNAME"] {
            let written = lines(&bytes);
            let raw = ParseString::from(value(&written, name).to_owned());
            let read = raw.unescape_text();
            prop_assert_eq!(read.as_str(), shown.as_str());
        }
    }
}
