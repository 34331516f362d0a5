//! On what terms a room is used: when it is open, what a use asks of it, and who may book it.

use super::{Feature, Layout, RoomDetails};
use crate::{
    accounts::Role,
    permission::{Action, role_allows},
    text::{Label, Title},
    time::{Span, WallTime, ZoneName, ZoneRules, day_starts, instant_near, wall_at},
};
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, fmt, str::FromStr};

/// When a room is open on a day of the week, on its site's clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpeningHours {
    /// Day of the week, Monday 1 to Sunday 7 (ISO 8601).
    pub weekday: u8,
    /// From.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub opens: NaiveTime,
    /// Until; `00:00:00` is the midnight at which the day ends.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub closes: NaiveTime,
}

impl OpeningHours {
    /// From when until when on its day.
    pub const fn of_day(self) -> DayHours {
        DayHours { opens: self.opens, closes: self.closes }
    }
}

/// From when until when something is open on one day, on its site's clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DayHours {
    /// From.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub opens: NaiveTime,
    /// Until; `00:00:00` is the midnight at which the day ends.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub closes: NaiveTime,
}

impl DayHours {
    /// From midnight to midnight.
    const WHOLE_DAY: Self = Self { opens: NaiveTime::MIN, closes: NaiveTime::MIN };

    fn closes_at_midnight(self) -> bool {
        self.closes == NaiveTime::MIN
    }

    /// Whether it closes after it opens.
    pub fn is_in_order(self) -> bool {
        self.closes_at_midnight() || self.opens < self.closes
    }

    /// Whether the two share a minute of a day.
    pub fn overlaps(self, other: Self) -> bool {
        let begins_within = |a: Self, b: Self| b.closes_at_midnight() || a.opens < b.closes;
        begins_within(self, other) && begins_within(other, self)
    }

    /// The stretch of a day for which it is open; none if the clocks go forward over all of it.
    fn on(self, day: NaiveDate, zone: &ZoneName, rules: &dyn ZoneRules) -> Option<Span> {
        let opens = instant_near(rules, zone, WallTime::new(day.and_time(self.opens)))?;
        let closes = if self.closes_at_midnight() {
            day_starts(rules, zone, day.succ_opt()?)?
        } else {
            instant_near(rules, zone, WallTime::new(day.and_time(self.closes)))?
        };
        Span::new(opens, closes)
    }
}

/// A day of any year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MonthDay {
    month: u8,
    day: u8,
}

/// The text was not `MM-DD`, or no year has that day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a day of the year of the form MM-DD")]
pub struct NotADayOfTheYear;

impl MonthDay {
    /// The day of the year on which a date lies.
    pub fn of(date: NaiveDate) -> Self {
        // Months and days of a calendar fit.
        Self { month: u8::try_from(date.month()).unwrap_or(u8::MAX), day: u8::try_from(date.day()).unwrap_or(u8::MAX) }
    }

    /// The month, from 1.
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    pub const fn day(self) -> u8 {
        self.day
    }
}

impl FromStr for MonthDay {
    type Err = NotADayOfTheYear;

    /// 29 February is a day of the year; 30 February is not.
    fn from_str(text: &str) -> Result<Self, NotADayOfTheYear> {
        // 2000 was a leap year.
        let date = NaiveDate::parse_from_str(&format!("2000-{}", text.trim()), "%Y-%m-%d");
        date.map(Self::of).map_err(|_| NotADayOfTheYear)
    }
}

impl fmt::Display for MonthDay {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:02}-{:02}", self.month, self.day)
    }
}

impl TryFrom<String> for MonthDay {
    type Error = NotADayOfTheYear;
    fn try_from(text: String) -> Result<Self, NotADayOfTheYear> {
        text.parse()
    }
}

impl From<MonthDay> for String {
    fn from(day: MonthDay) -> Self {
        day.to_string()
    }
}

/// A part of every year in which other hours hold. It may run over New Year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Season {
    /// What it is called.
    pub name: Label,
    /// Its first day.
    pub from: MonthDay,
    /// Its last day.
    pub until: MonthDay,
    /// Its opening hours; none given means closed.
    #[serde(default)]
    pub hours: Vec<OpeningHours>,
}

impl Season {
    /// Whether a day of the year lies in it.
    pub fn holds(&self, day: MonthDay) -> bool {
        if self.from <= self.until { self.from <= day && day <= self.until } else { self.from <= day || day <= self.until }
    }

    /// Whether a day of the year lies in both.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.holds(other.from) || other.holds(self.from)
    }
}

/// A day on which a site is closed, or open at other hours than its rooms have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Holiday {
    /// Which day, on the site's calendar.
    pub on: NaiveDate,
    /// What it is called.
    pub name: Title,
    /// When its rooms are open all the same; none means closed.
    #[serde(default)]
    pub hours: Option<DayHours>,
}

/// Who may book a room. Named roles narrow the right to book rooms; none named means whoever has that right.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BookedBy {
    /// The roles, one of which is needed.
    pub roles: BTreeSet<Role>,
}

impl BookedBy {
    /// The roles that a room may be kept for: those that may book rooms.
    pub fn offered() -> impl Iterator<Item = Role> {
        Role::ALL.iter().copied().filter(|role| role_allows(*role, Action::BookRoom))
    }

    /// Whether somebody with these roles may book the room, if they may book rooms; who keeps everybody's bookings may.
    pub fn admits(&self, roles: &BTreeSet<Role>) -> bool {
        let keeps_all = roles.iter().any(|role| role_allows(*role, Action::ManageBookings));
        self.roles.is_empty() || keeps_all || !self.roles.is_disjoint(roles)
    }
}

/// The holidays of a site: those of its office, each day of which it says nothing itself, and its own; by day.
pub fn holidays_at(office: &[Holiday], site: &[Holiday]) -> Vec<Holiday> {
    let said = |holiday: &&Holiday| !site.iter().any(|own| own.on == holiday.on);
    let mut holidays: Vec<Holiday> = office.iter().filter(said).chain(site).cloned().collect();
    holidays.sort_by_key(|holiday| holiday.on);
    holidays
}

impl RoomNeeds {
    /// Whether another use has the room laid out and swept alike, and so takes as long to be made ready.
    pub fn is_made_ready_as(&self, other: &Self) -> bool {
        (self.layout, self.sweep) == (other.layout, other.sweep)
    }
}

/// What a use asks of its room.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RoomNeeds {
    /// How it is laid out.
    pub layout: Option<Layout>,
    /// How many people come.
    pub people: Option<u32>,
    /// What it must have.
    pub features: Vec<Feature>,
    /// Whether it is swept before it is laid out. It is said, and never follows from a marking: the length of a stand-in would
    /// tell that marking.
    pub sweep: bool,
}

/// When a room is open around a stretch of time: whole runs of hours, in order, each as far as it goes on or at least beyond
/// the stretch. None if it always is.
///
/// Hours that touch are one run, over midnight too. A holiday goes before a season, a season before the hours of the year.
/// Where the clocks go forward over an edge it moves to the first instant after the gap. Of a zone that is unknown nothing is
/// known to be open.
pub fn open_spans(room: &RoomDetails, holidays: &[Holiday], zone: &ZoneName, within: Span, rules: &dyn ZoneRules) -> Option<Vec<Span>> {
    let date = |at: DateTime<Utc>| wall_at(rules, zone, at).ok().map(|moment| moment.local.date());
    let edges = date(within.starts()).and_then(|day| day.pred_opt()).zip(date(within.ends()).and_then(|day| day.succ_opt()));
    let always = room.hours.is_empty() && room.seasons.is_empty();
    let Some((first, last)) = edges else { return (!always || !holidays.is_empty()).then(Vec::new) };
    if always && !holidays.iter().any(|holiday| (first..=last).contains(&holiday.on)) {
        return None;
    }
    let mut open: Vec<Span> = Vec::new();
    for day in first.iter_days().take_while(|day| *day <= last) {
        let mut stretches: Vec<Span> = hours_on(room, holidays, day).into_iter().filter_map(|hours| hours.on(day, zone, rules)).collect();
        stretches.sort_unstable();
        for next in stretches {
            match open.last_mut() {
                Some(run) if next.starts() <= run.ends() => {
                    *run = Span::new(run.starts(), run.ends().max(next.ends())).unwrap_or(*run);
                }
                _ => open.push(next),
            }
        }
    }
    open.retain(|run| run.overlaps(within));
    Some(open)
}

/// When a room is open on a day of its site's calendar.
fn hours_on(room: &RoomDetails, holidays: &[Holiday], day: NaiveDate) -> Vec<DayHours> {
    if let Some(holiday) = holidays.iter().find(|holiday| holiday.on == day) {
        return holiday.hours.into_iter().collect();
    }
    let season = room.seasons.iter().find(|season| season.holds(MonthDay::of(day)));
    let hours = match season {
        Some(season) => &season.hours,
        None if room.hours.is_empty() => return vec![DayHours::WHOLE_DAY],
        None => &room.hours,
    };
    let weekday = day.weekday().number_from_monday();
    hours.iter().filter(|hours| u32::from(hours.weekday) == weekday).map(|hours| hours.of_day()).collect()
}

#[cfg(test)]
mod tests;
