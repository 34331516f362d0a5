//! Zone definitions, read back from the file and compared with the rules they were made from.

use super::{
    reading::{components, lines, onsets, outline, value},
    table_rules::{TableRules, zone},
};
use crate::{
    feeds::{
        calendar::{CalendarDocument, CssColour, RefreshInterval},
        serialiser::serialise,
    },
    zones::{ZoneOptions, Zones},
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::time::{Span, ZoneName, ZoneRules};
use std::collections::BTreeSet;

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// A calendar without events, which defines its office's zone.
fn file_of(zone: &ZoneName, from: DateTime<Utc>, rules: &dyn ZoneRules) -> Vec<u8> {
    let document = CalendarDocument {
        name: "Zone".to_owned(),
        zone: zone.clone(),
        colour: CssColour::parse("navy").unwrap(),
        refresh: RefreshInterval::HOURLY,
        from,
        events: Vec::new(),
    };
    serialise(&document, rules)
}

/// Compares the offsets at both sides of every change, and now and then between, over ten years from `from` on.
fn assert_says_what_the_rules_say(zone: &ZoneName, from: DateTime<Utc>, rules: &dyn ZoneRules) {
    let until = from + TimeDelta::days(3652);
    let written = lines(&file_of(zone, from, rules));
    let definitions = components(&written, "VTIMEZONE");
    assert_eq!(definitions.len(), 1, "{zone}");
    assert_eq!(value(definitions[0], "TZID"), zone.as_str());
    let onsets = onsets(definitions[0], 2050);
    let changes = rules.transitions(zone, Span::new(from, until).unwrap()).unwrap();
    let around = changes.iter().flat_map(|change| [change.at - TimeDelta::seconds(1), change.at]);
    let between = (0..).map(|week| from + TimeDelta::days(11 * week)).take_while(|at| *at < until);
    for at in around.filter(|at| *at >= from).chain(between) {
        let said = onsets.range(..=at).next_back().unwrap_or_else(|| panic!("{zone}: nothing holds at {at}")).1;
        assert_eq!(*said, rules.offset_at(zone, at).unwrap().seconds(), "{zone} at {at}");
    }
}

#[test]
fn every_table_zone_reads_back_from_any_month() {
    let rules = TableRules::new();
    for name in rules.names() {
        for month in 0..150 {
            assert_says_what_the_rules_say(name, utc("2019-01-01T00:00:00Z") + TimeDelta::days(30 * month), &rules);
        }
    }
}

#[test]
fn every_zone_of_the_tz_database_reads_back_over_2020_to_2037() {
    let rules = Zones::newest(&ZoneOptions { directory: None, system: None }).unwrap();
    // chrono-tz knows the old names beside those in use.
    let named = chrono_tz::TZ_VARIANTS.iter().filter_map(|known| ZoneName::parse(known.name()).ok());
    let zones: BTreeSet<ZoneName> =
        rules.names().iter().cloned().chain(named).filter(|zone| rules.offset_at(zone, DateTime::UNIX_EPOCH).is_ok()).collect();
    assert!(zones.len() > 500, "{}", zones.len());
    for zone in &zones {
        // A year's end on the way, and the middle of a year with summer time on either half of the globe.
        for from in ["2020-01-01T00:00:00Z", "2026-07-15T12:00:00Z", "2028-01-01T00:00:00Z"] {
            assert_says_what_the_rules_say(zone, utc(from), &rules);
        }
    }
}

#[test]
fn a_zone_that_gave_up_its_summer_time_is_said_to_have_none() {
    let rules = Zones::newest(&ZoneOptions { directory: None, system: None }).unwrap();
    let vancouver = lines(&file_of(&zone("America/Vancouver"), utc("2026-11-24T00:00:00Z"), &rules));
    assert!(vancouver.iter().all(|line| line.name != "RRULE"), "2026 was the last change: {vancouver:?}");
    let last = vancouver.iter().rfind(|line| line.name == "TZOFFSETTO").unwrap();
    assert_eq!(last.value, "-0700");
}

fn definition_of(name: &str, from: &str) -> String {
    let text = String::from_utf8(file_of(&zone(name), utc(from), &TableRules::new())).unwrap();
    let start = text.find("BEGIN:VTIMEZONE").unwrap();
    text[start..].replace("END:VCALENDAR\r\n", "").replace("\r\n ", "").replace("\r\n", "\n")
}

#[test]
fn summer_time_by_rule_is_two_observances() {
    let expected = "BEGIN:VTIMEZONE\nTZID:America/Los_Angeles\n\
        BEGIN:DAYLIGHT\nDTSTART:20250309T020000\nTZOFFSETFROM:-0800\nTZOFFSETTO:-0700\n\
        RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU\nTZNAME:-07\nEND:DAYLIGHT\n\
        BEGIN:STANDARD\nDTSTART:20251102T020000\nTZOFFSETFROM:-0700\nTZOFFSETTO:-0800\n\
        RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU\nTZNAME:-08\nEND:STANDARD\nEND:VTIMEZONE\n";
    assert_eq!(definition_of("America/Los_Angeles", "2026-08-26T00:00:00Z"), expected);
}

#[test]
fn a_zone_without_changes_is_one_observance() {
    let expected = "BEGIN:VTIMEZONE\nTZID:Asia/Ho_Chi_Minh\nBEGIN:STANDARD\nDTSTART:19700101T070000\nTZOFFSETFROM:+0700\n\
        TZOFFSETTO:+0700\nTZNAME:+07\nEND:STANDARD\nEND:VTIMEZONE\n";
    assert_eq!(definition_of("Asia/Ho_Chi_Minh", "2026-08-26T00:00:00Z"), expected);
}

#[test]
fn a_rule_that_ends_says_when_in_utc() {
    let definition = definition_of("Test/Given_Up", "2026-08-26T00:00:00Z");
    assert!(definition.contains("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;UNTIL=20290325T010000Z\n"), "{definition}");
    assert!(definition.contains("RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;UNTIL=20291028T010000Z\n"), "{definition}");
    let last = "BEGIN:STANDARD\nDTSTART:20300602T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0300\nTZNAME:+03\n";
    assert!(definition.contains(last), "a lasting change is no summer time: {definition}");
}

#[test]
fn weeks_that_no_counting_gives_are_listed_by_date() {
    let definition = definition_of("Test/Dates", "2026-08-26T00:00:00Z");
    assert!(definition.contains("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=20,21,22,23,24,25,26;BYDAY=SU\n"), "{definition}");
    assert!(definition.contains("RRULE:FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=15\n"), "{definition}");
    assert!(definition.contains("TZNAME:+0045\n"), "{definition}");
    let santiago = definition_of("America/Santiago", "2026-08-26T00:00:00Z");
    assert!(santiago.contains("RRULE:FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=2,3,4,5,6,7,8;BYDAY=SU\n"), "{santiago}");
}

#[test]
fn a_month_that_a_rule_leaves_now_and_then_is_listed_beside_it() {
    let written = lines(&file_of(&zone("Africa/Cairo"), utc("2024-01-01T00:00:00Z"), &TableRules::new()));
    let onsets: Vec<&str> = written.iter().filter(|line| line.name == "DTSTART").map(|line| line.value.as_str()).collect();
    assert!(onsets.contains(&"20241101T000000"), "{onsets:?}");
    assert!(outline(&written).contains(&"RRULE".to_owned()));
}
