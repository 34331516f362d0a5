//! The files of the demonstration, in `backend/demo`: types that mirror them, and nothing decided.
//!
//! Things name each other by keys that live in these files alone. Days count from the day of the demonstration, 0.

#[cfg(test)]
mod tests;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use domain::{
    accounts::Role,
    delegations::DelegateRole,
    marking::Marking,
    missions::{MissionKind, PostClass},
    people::{NameOrder, Standing},
    programme::{ItemKind, ItemPart, ItemState, PersonRole, PressAccess},
    releases::Audience,
    rooms::{BookingState, Feature, HoldKind, Layout, approval::Approval, terms::MonthDay},
    text::{EmailAddress, Label, Prose, Title},
    time::{WallTime, ZoneName},
    visits::{Direction, VisitCategory, VisitState},
};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The name by which one thing of these files refers to another.
pub type Key = String;

/// A file of the demonstration cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the demonstration's file {file} cannot be read")]
pub struct DemoError {
    /// Which file.
    file: &'static str,
    /// What is wrong, and where.
    source: Box<toml::de::Error>,
}

/// All that the demonstration is made of.
#[derive(Debug, Clone)]
pub struct DemoData {
    /// The office.
    pub office: DemoOffice,
    /// Its accounts and those of two missions.
    pub accounts: Vec<DemoAccount>,
    /// Sites.
    pub sites: Vec<DemoSite>,
    /// Rooms of the sites.
    pub rooms: Vec<DemoRoom>,
    /// Missions, each with its head.
    pub missions: Vec<DemoMission>,
    /// People who are not head of a mission.
    pub people: Vec<DemoPerson>,
    /// Visits with their programmes.
    pub visits: Vec<DemoVisit>,
    /// Uses of rooms beside any programme.
    pub bookings: Vec<DemoBooking>,
    /// Times at which a room may not be used.
    pub blackouts: Vec<DemoBlackout>,
}

impl DemoData {
    /// Reads the files that are built into the program.
    ///
    /// # Errors
    /// When one of them does not have the shape of these types.
    pub fn load() -> Result<Self, DemoError> {
        let OfficeFile { office } = read("office.toml", include_str!("../../demo/office.toml"))?;
        let AccountsFile { account } = read("accounts.toml", include_str!("../../demo/accounts.toml"))?;
        let SitesFile { site, room } = read("sites.toml", include_str!("../../demo/sites.toml"))?;
        let MissionsFile { mission } = read("missions.toml", include_str!("../../demo/missions.toml"))?;
        let PeopleFile { person } = read("people.toml", include_str!("../../demo/people.toml"))?;
        let VisitsFile { visit } = read("visits.toml", include_str!("../../demo/visits.toml"))?;
        let BookingsFile { booking, blackout } = read("bookings.toml", include_str!("../../demo/bookings.toml"))?;
        Ok(Self {
            office,
            accounts: account,
            sites: site,
            rooms: room,
            missions: mission,
            people: person,
            visits: visit,
            bookings: booking,
            blackouts: blackout,
        })
    }

    /// The key by which the head of a mission is named as a person.
    pub fn head_key(mission: &str) -> Key {
        format!("{mission}.head")
    }
}

fn read<'de, T: Deserialize<'de>>(file: &'static str, text: &'de str) -> Result<T, DemoError> {
    toml::from_str(text).map_err(|source| DemoError { file, source: Box::new(source) })
}

/// The date so many days after the day of the demonstration (or before it).
pub fn day_from(today: NaiveDate, days: i32) -> NaiveDate {
    let moved = today.checked_add_signed(TimeDelta::days(i64::from(days)));
    moved.unwrap_or(if days < 0 { NaiveDate::MIN } else { NaiveDate::MAX })
}

fn wall(today: NaiveDate, days: i32, time: NaiveTime) -> WallTime {
    WallTime::new(day_from(today, days).and_time(time))
}

macro_rules! files {
    ($($(#[$doc:meta])* $name:ident { $($field:ident: $type:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct $name { $($field: $type,)* }
    )*};
}

files! {
    OfficeFile { office: DemoOffice, }
    AccountsFile { account: Vec<DemoAccount>, }
    SitesFile { site: Vec<DemoSite>, room: Vec<DemoRoom>, }
    MissionsFile { mission: Vec<DemoMission>, }
    PeopleFile { person: Vec<DemoPerson>, }
    VisitsFile { visit: Vec<DemoVisit>, }
    BookingsFile { booking: Vec<DemoBooking>, blackout: Vec<DemoBlackout>, }
}

/// The office.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoOffice {
    /// The host it serves.
    pub host: Title,
    /// Its own name.
    pub name: Title,
    /// Its clocks.
    pub zone: ZoneName,
    /// The place shown beside its time.
    pub place: Title,
    /// Country, ISO 3166-1 alpha-2.
    pub country: Label,
    /// Its mailbox.
    pub email: EmailAddress,
    /// Person whose days the office plans first.
    pub principal: Key,
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoAccount {
    /// What stands before `@` in its address, and its key.
    pub local: Key,
    /// Name shown.
    pub name: Title,
    /// Roles.
    pub roles: Vec<Role>,
    /// How high it may read; none for the account of a mission.
    pub ceiling: Option<Marking>,
    /// The mission it belongs to; none for an account of the office.
    pub mission: Option<Key>,
    /// The person who signs in, if in the directory.
    pub person: Option<Key>,
}

/// A site.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoSite {
    /// Key.
    pub key: Key,
    /// Name.
    pub name: Title,
    /// Address.
    pub address: Title,
    /// Its clocks.
    pub zone: ZoneName,
    /// Minutes by car to the other sites.
    pub travel: Vec<DemoTravel>,
    /// Days on which it is closed, or open at other hours.
    #[serde(default)]
    pub holidays: Vec<DemoHoliday>,
}

/// A day on which a site is closed, or open at other hours.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoHoliday {
    /// Day.
    pub day: i32,
    /// Name.
    pub name: Title,
    /// From when it is open all the same.
    pub opens: Option<NaiveTime>,
    /// Until when.
    pub closes: Option<NaiveTime>,
}

impl DemoHoliday {
    /// The date, for a demonstration of that day.
    pub fn on(&self, today: NaiveDate) -> NaiveDate {
        day_from(today, self.day)
    }
}

/// The way from one site to another.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoTravel {
    /// To which site.
    pub to: Key,
    /// Minutes by car.
    pub minutes: u32,
}

/// A room.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoRoom {
    /// Key.
    pub key: Key,
    /// Its site.
    pub site: Key,
    /// Name.
    pub name: Title,
    /// Floor, as it is called there.
    pub floor: Label,
    /// Layouts it can take.
    pub layouts: Vec<domain::rooms::LayoutCapacity>,
    /// What it has.
    pub features: Vec<Feature>,
    /// When it is open.
    pub hours: Vec<DemoHours>,
    /// Parts of the year in which other hours hold.
    #[serde(default)]
    pub seasons: Vec<DemoSeason>,
    /// Minutes a sweep takes.
    #[serde(default)]
    pub sweep_minutes: u32,
    /// The roles that may book it; none given means whoever may book rooms.
    #[serde(default)]
    pub booked_by: BTreeSet<Role>,
    /// Who must ask for it, and who gives it.
    #[serde(default)]
    pub approval: Approval,
    /// The highest marking that may be discussed there.
    pub clearance: Marking,
}

/// A part of every year in which other hours hold.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoSeason {
    /// Name.
    pub name: Label,
    /// Its first day.
    pub from: MonthDay,
    /// Its last day.
    pub until: MonthDay,
    /// Its hours; none given means closed.
    pub hours: Vec<DemoHours>,
}

/// Opening hours of some days of the week.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoHours {
    /// Days, Monday 1 to Sunday 7 (ISO 8601).
    pub weekdays: Vec<u8>,
    /// From.
    pub opens: NaiveTime,
    /// Until.
    pub closes: NaiveTime,
}

/// A mission.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoMission {
    /// Key.
    pub key: Key,
    /// Kind.
    pub kind: MissionKind,
    /// Name.
    pub name: Title,
    /// Country, ISO 3166-1 alpha-2.
    pub country: Label,
    /// The country's name in English.
    pub country_name: Title,
    /// The capital as it is shown beside its time.
    pub capital: Title,
    /// Zone of the capital.
    pub capital_zone: ZoneName,
    /// Address in the city.
    pub address: Prose,
    /// Where to write.
    pub email: EmailAddress,
    /// National day, month and day.
    pub national_day: Label,
    /// Its head, known as a person by [`DemoData::head_key`].
    pub head: DemoHead,
}

/// The head of a mission: the person, and what decides precedence.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoHead {
    /// Given name in Latin letters.
    pub given: Title,
    /// Family name in Latin letters.
    pub family: Title,
    /// Order of the parts.
    pub order: NameOrder,
    /// The whole name in its own script.
    pub own_script: Option<Title>,
    /// How it is said.
    pub pronunciation: Title,
    /// Form of address.
    pub address: Title,
    /// Rank in English.
    pub rank: Title,
    /// Rank in the person's own language.
    pub rank_own: Option<Title>,
    /// Languages (BCP 47).
    pub languages: Vec<Label>,
    /// Consular class; none for missions that are not consular.
    pub class: Option<PostClass>,
    /// Whether honorary.
    #[serde(default)]
    pub honorary: bool,
    /// Since when acting.
    pub acting_since: Option<NaiveDate>,
    /// Date of the exequatur.
    pub exequatur_on: Option<NaiveDate>,
    /// Date of provisional admission.
    pub provisional_on: Option<NaiveDate>,
    /// Date the commission was presented.
    pub commission_on: Option<NaiveDate>,
    /// Date and time of taking up functions, for a head of diplomatic mission.
    pub functions_at: Option<DateTime<Utc>>,
}

/// A person who is not head of a mission.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoPerson {
    /// Key.
    pub key: Key,
    /// Given name in Latin letters.
    pub given: Title,
    /// Family name in Latin letters.
    pub family: Title,
    /// Order of the parts.
    pub order: NameOrder,
    /// The whole name in its own script.
    pub own_script: Option<Title>,
    /// How it is said.
    pub pronunciation: Title,
    /// Form of address.
    pub address: Title,
    /// Rank in English.
    pub rank: Title,
    /// Rank in the person's own language.
    pub rank_own: Option<Title>,
    /// What the person is to the office.
    pub standing: Standing,
    /// The mission the person belongs to.
    pub mission: Option<Key>,
    /// Country, ISO 3166-1 alpha-2.
    pub country: Label,
    /// Languages (BCP 47).
    pub languages: Vec<Label>,
    /// What the kitchen must know.
    pub diet: Option<Prose>,
}

/// A visit.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoVisit {
    /// Key.
    pub key: Key,
    /// Inbound or outbound.
    pub direction: Direction,
    /// Category.
    pub category: VisitCategory,
    /// State.
    pub state: VisitState,
    /// Title.
    pub title: Title,
    /// Title for who may not read the true one.
    pub cover_title: Option<Title>,
    /// First day.
    pub starts_in_days: i32,
    /// Last day.
    pub ends_in_days: i32,
    /// Country, ISO 3166-1 alpha-2; none at a summit.
    pub country: Option<Label>,
    /// The principal the programme is built round; none at a summit.
    pub guest: Option<Key>,
    /// Principal of the host.
    pub host: Key,
    /// The clocks of the programme.
    pub zone: ZoneName,
    /// The place shown beside the programme's time.
    pub place: Title,
    /// The zone of the second clock.
    pub capital_zone: ZoneName,
    /// The place shown beside the second clock.
    pub capital: Title,
    /// Remarks.
    pub remarks: Option<Prose>,
    /// Markings of the visit's own parts.
    pub markings: DemoVisitMarkings,
    /// The marking that defaults of its lines start from.
    pub line_marking: Marking,
    /// Accounts on the list of what is TLP:RED in the visit itself.
    #[serde(default)]
    pub named: Vec<Key>,
    /// Accounts on the visit's access list.
    pub access: Vec<Key>,
    /// Missions attached.
    #[serde(default)]
    pub missions: Vec<Key>,
    /// Releases already made, in their order.
    #[serde(default, rename = "release")]
    pub releases: Vec<DemoRelease>,
    /// Delegations.
    #[serde(default, rename = "delegation")]
    pub delegations: Vec<DemoDelegation>,
    /// Lines of the programme.
    #[serde(rename = "line")]
    pub lines: Vec<DemoLine>,
}

/// Markings of a visit's own parts.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoVisitMarkings {
    /// That there is such a visit.
    pub existence: Marking,
    /// Title.
    pub title: Marking,
    /// Cover title.
    pub cover_title: Option<Marking>,
    /// Dates.
    pub dates: Marking,
    /// Country, guest and host.
    pub parties: Marking,
    /// Remarks.
    pub remarks: Marking,
}

/// A release already made.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoRelease {
    /// For whom.
    pub audience: Audience,
    /// Its number for that audience, from 1.
    pub version: u32,
    /// By which account.
    pub released_by: Key,
}

/// A delegation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoDelegation {
    /// Name.
    pub name: Title,
    /// The mission attached for it.
    pub mission: Option<Key>,
    /// Members, in their order.
    pub members: Vec<DemoMember>,
}

/// A member of a delegation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoMember {
    /// Who.
    pub person: Key,
    /// As what.
    pub role: DelegateRole,
}

/// A day and a time on a clock that something else names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoMoment {
    /// Day.
    pub day: i32,
    /// Time.
    pub time: NaiveTime,
}

impl DemoMoment {
    /// The wall time, for a demonstration of that day.
    pub fn local(self, today: NaiveDate) -> WallTime {
        wall(today, self.day, self.time)
    }
}

/// A line of a programme. It has a room or a place, never both.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoLine {
    /// Day on which it starts.
    pub day: i32,
    /// When it starts.
    pub start: NaiveTime,
    /// When it ends.
    pub end: NaiveTime,
    /// Day on which it ends, if another.
    pub end_day: Option<i32>,
    /// Zone, if not the visit's.
    pub zone: Option<ZoneName>,
    /// Zone of its end, if another.
    pub end_zone: Option<ZoneName>,
    /// Kind.
    pub kind: ItemKind,
    /// Title.
    pub title: Title,
    /// Title for who may not read the true one.
    pub cover_title: Option<Title>,
    /// The cover title's marking.
    pub cover_marking: Option<Marking>,
    /// Room of ours.
    pub room: Option<Key>,
    /// How the room is laid out.
    pub layout: Option<Layout>,
    /// How many people are in the room.
    pub headcount: Option<u32>,
    /// Place that is not ours.
    pub place: Option<Title>,
    /// Whether it holds what it names.
    pub state: ItemState,
    /// When a hold ends, on the clocks of the line's start.
    pub hold_until: Option<DemoMoment>,
    /// Who takes part, in order; greeters in the order in which they stand.
    #[serde(default)]
    pub people: Vec<DemoParticipant>,
    /// Press.
    pub press_access: PressAccess,
    /// Dress.
    pub dress: Option<Label>,
    /// Notes.
    pub notes: Option<Prose>,
    /// Movement.
    pub movement: Option<DemoMovement>,
    /// Markings of parts that do not take the default of the line's kind.
    #[serde(default)]
    pub markings: BTreeMap<ItemPart, Marking>,
    /// Accounts on the list of what is TLP:RED in the line.
    #[serde(default)]
    pub named: Vec<Key>,
}

impl DemoLine {
    /// When it starts, for a demonstration of that day.
    pub fn starts_local(&self, today: NaiveDate) -> WallTime {
        wall(today, self.day, self.start)
    }

    /// When it ends, for a demonstration of that day.
    pub fn ends_local(&self, today: NaiveDate) -> WallTime {
        wall(today, self.end_day.unwrap_or(self.day), self.end)
    }

    /// The zone of its start.
    pub fn start_zone<'a>(&'a self, visit: &'a DemoVisit) -> &'a ZoneName {
        self.zone.as_ref().unwrap_or(&visit.zone)
    }

    /// The zone of its end.
    pub fn end_zone<'a>(&'a self, visit: &'a DemoVisit) -> &'a ZoneName {
        self.end_zone.as_ref().unwrap_or_else(|| self.start_zone(visit))
    }
}

/// Somebody who takes part in a line.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoParticipant {
    /// Who.
    pub person: Key,
    /// As what.
    pub role: PersonRole,
}

/// How one gets there.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoMovement {
    /// The way.
    pub route: Option<Title>,
    /// Vehicles in order.
    pub vehicles: Option<Title>,
    /// Flight or train.
    pub carrier: Option<Label>,
}

/// A use of a room beside any programme, on its site's clocks.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoBooking {
    /// Key.
    pub key: Key,
    /// Room.
    pub room: Key,
    /// Day.
    pub day: i32,
    /// From.
    pub start: NaiveTime,
    /// Until, on the same day.
    pub end: NaiveTime,
    /// Layout.
    pub layout: Layout,
    /// How many people.
    pub people: u32,
    /// What for.
    pub purpose: Title,
    /// The purpose's marking.
    pub marking: Marking,
    /// Whether settled.
    pub state: BookingState,
    /// Of a hold: whether others may hold the room too.
    #[serde(default)]
    pub hold: HoldKind,
    /// Whether it waits for its room.
    #[serde(default)]
    pub waits: bool,
    /// When a hold ends.
    pub hold_until: Option<DemoMoment>,
    /// By which account.
    pub booked_by: Key,
}

impl DemoBooking {
    /// When it starts, for a demonstration of that day.
    pub fn starts_local(&self, today: NaiveDate) -> WallTime {
        wall(today, self.day, self.start)
    }

    /// When it ends, for a demonstration of that day.
    pub fn ends_local(&self, today: NaiveDate) -> WallTime {
        wall(today, self.day, self.end)
    }
}

/// A time at which a room may not be used, on its site's clocks.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoBlackout {
    /// Key.
    pub key: Key,
    /// Room.
    pub room: Key,
    /// From.
    pub starts: DemoMoment,
    /// Until.
    pub ends: DemoMoment,
    /// Why.
    pub cause: Title,
    /// The marking of why.
    pub marking: Marking,
}
