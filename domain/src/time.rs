//! Time as it was agreed: a wall time in a zone; the instant is derived, by rules that are given.
//!
//! Nothing here knows "now" or the machine's zone.

pub mod agreed;
pub mod bounds;
pub mod clocks;
pub mod fixed;
pub mod renewed;
pub mod typed;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A date and time of day to the minute, as on a clock on the wall: no zone, no instant.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, example = "2027-03-14T09:15"))]
#[serde(try_from = "String", into = "String")]
pub struct WallTime(NaiveDateTime);

impl TryFrom<String> for WallTime {
    type Error = NotAWallTime;
    fn try_from(text: String) -> Result<Self, NotAWallTime> {
        text.parse()
    }
}

impl From<WallTime> for String {
    fn from(local: WallTime) -> Self {
        local.to_string()
    }
}

/// The text was not `YYYY-MM-DDTHH:MM`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a date and time of the form YYYY-MM-DDTHH:MM")]
pub struct NotAWallTime;

impl WallTime {
    /// The minute in which a moment lies.
    pub fn new(moment: NaiveDateTime) -> Self {
        use chrono::Timelike;
        let minute = moment.with_second(0).and_then(|m| m.with_nanosecond(0));
        Self(minute.unwrap_or(moment))
    }

    /// The date on the calendar.
    pub fn date(self) -> NaiveDate {
        self.0.date()
    }

    /// The moment without a zone.
    pub fn naive(self) -> NaiveDateTime {
        self.0
    }

    /// The wall time so many minutes later (or earlier), on the same clock without regard to its zone.
    pub fn plus_minutes(self, minutes: i64) -> Option<Self> {
        self.0.checked_add_signed(TimeDelta::try_minutes(minutes)?).map(Self)
    }

    /// The instant if the clock stood at this offset, in seconds east of UTC; at the ends of the calendar the last there is.
    pub fn at_offset(self, offset: Offset) -> DateTime<Utc> {
        let end = if offset.seconds() < 0 { NaiveDateTime::MAX } else { NaiveDateTime::MIN };
        self.0.checked_sub_signed(TimeDelta::seconds(i64::from(offset.seconds()))).unwrap_or(end).and_utc()
    }
}

impl fmt::Display for WallTime {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.format("%Y-%m-%dT%H:%M").fmt(out)
    }
}

impl fmt::Debug for WallTime {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl FromStr for WallTime {
    type Err = NotAWallTime;

    fn from_str(text: &str) -> Result<Self, NotAWallTime> {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").map(Self).map_err(|_| NotAWallTime)
    }
}

/// The name of a zone in the tz database, in its form only; whether it exists, the rules say.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "String", into = "String")]
pub struct ZoneName(String);

/// The text has not the form of a zone's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the name of a zone")]
pub struct NotAZoneName;

impl ZoneName {
    /// Checks the form of a name.
    ///
    /// # Errors
    /// When it is empty, over 64 characters, or holds anything but letters, digits, `/`, `_`, `-` and `+`.
    pub fn parse(text: &str) -> Result<Self, NotAZoneName> {
        let text = text.trim();
        let right = !text.is_empty() && text.len() <= 64 && text.chars().all(|c| c.is_ascii_alphanumeric() || "/_-+".contains(c));
        if right { Ok(Self(text.to_owned())) } else { Err(NotAZoneName) }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ZoneName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl fmt::Debug for ZoneName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl TryFrom<String> for ZoneName {
    type Error = NotAZoneName;
    fn try_from(text: String) -> Result<Self, NotAZoneName> {
        Self::parse(&text)
    }
}

impl From<ZoneName> for String {
    fn from(zone: ZoneName) -> Self {
        zone.0
    }
}

/// A clock's distance from UTC, in seconds, east positive (ISO 8601-1, 4.3.13).
///
/// Kept and sent between our own parts as that number; in the API and on screen as text (`±HH:MM`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "i32", into = "i32")]
pub struct Offset(i32);

/// Not an offset from UTC: neither `±HH:MM` nor a number of seconds within 26 hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an offset from UTC of the form ±HH:MM")]
pub struct NotAnOffset;

impl TryFrom<i32> for Offset {
    type Error = NotAnOffset;
    fn try_from(seconds: i32) -> Result<Self, NotAnOffset> {
        Self::from_seconds(seconds).ok_or(NotAnOffset)
    }
}

impl From<Offset> for i32 {
    fn from(offset: Offset) -> Self {
        offset.0
    }
}

impl FromStr for Offset {
    type Err = NotAnOffset;

    /// Reads `+07:00`, `-07:00`, `Z`, and the seconds of old local mean times: `+00:19:32`.
    fn from_str(text: &str) -> Result<Self, NotAnOffset> {
        if text == "Z" {
            return Ok(Self(0));
        }
        let (sign, digits) = match (text.strip_prefix('+'), text.strip_prefix(['-', '\u{2212}'])) {
            (Some(digits), _) => (1, digits),
            (_, Some(digits)) => (-1, digits),
            _ => return Err(NotAnOffset),
        };
        let mut parts = digits.split(':').map(|part| {
            let two = part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
            if two { part.parse::<i32>().map_err(|_| NotAnOffset) } else { Err(NotAnOffset) }
        });
        let hours = parts.next().ok_or(NotAnOffset)??;
        let minutes = parts.next().ok_or(NotAnOffset)??;
        let seconds = parts.next().transpose()?.unwrap_or(0);
        if parts.next().is_some() || minutes > 59 || seconds > 59 {
            return Err(NotAnOffset);
        }
        Self::try_from(sign * (hours * 3600 + minutes * 60 + seconds))
    }
}

impl Offset {
    /// Coordinated Universal Time itself.
    pub const UTC: Self = Self(0);

    /// An offset of less than a day and two hours either way.
    pub fn from_seconds(seconds: i32) -> Option<Self> {
        (seconds.abs() < 26 * 3600).then_some(Self(seconds))
    }

    /// Seconds east of UTC.
    pub const fn seconds(self) -> i32 {
        self.0
    }
}

impl fmt::Display for Offset {
    /// `+07:00`, or `+00:19:32` where the offset has seconds (only before 1972).
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, s) = if self.0 < 0 { ('-', -self.0) } else { ('+', self.0) };
        write!(out, "{sign}{:02}:{:02}", s / 3600, s / 60 % 60)?;
        if s % 60 == 0 { Ok(()) } else { write!(out, ":{:02}", s % 60) }
    }
}

/// A moment as it was agreed and as it was computed: wall time, zone, and the offset that made it an instant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Moment {
    /// The wall time agreed.
    pub local: WallTime,
    /// Whose wall.
    pub zone: ZoneName,
    /// What the rules of that zone made of it.
    pub offset: Offset,
}

impl Moment {
    /// The instant.
    pub fn at(&self) -> DateTime<Utc> {
        self.local.at_offset(self.offset)
    }
}

/// A half-open stretch of time: it holds its start and not its end, so that touching spans share nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    starts: DateTime<Utc>,
    ends: DateTime<Utc>,
}

impl Span {
    /// A span, if it ends after it starts.
    pub fn new(starts: DateTime<Utc>, ends: DateTime<Utc>) -> Option<Self> {
        (starts < ends).then_some(Self { starts, ends })
    }

    /// The first instant in it.
    pub const fn starts(self) -> DateTime<Utc> {
        self.starts
    }

    /// The first instant after it.
    pub const fn ends(self) -> DateTime<Utc> {
        self.ends
    }

    /// Its length in whole minutes.
    pub fn minutes(self) -> i64 {
        (self.ends - self.starts).num_minutes()
    }

    /// Whether the two share an instant.
    pub fn overlaps(self, other: Self) -> bool {
        self.starts < other.ends && other.starts < self.ends
    }

    /// The stretch that both share, if there is any.
    pub fn shared(self, other: Self) -> Option<Self> {
        Self::new(self.starts.max(other.starts), self.ends.min(other.ends))
    }

    /// Whether the other lies in it from end to end.
    pub fn contains(self, other: Self) -> bool {
        self.starts <= other.starts && other.ends <= self.ends
    }

    /// Whether the instant lies in it.
    pub fn holds(self, at: DateTime<Utc>) -> bool {
        self.starts <= at && at < self.ends
    }

    /// The span with so many minutes more before and after.
    pub fn widened(self, before: u32, after: u32) -> Self {
        Self { starts: self.starts - TimeDelta::minutes(i64::from(before)), ends: self.ends + TimeDelta::minutes(i64::from(after)) }
    }

    /// The span so many minutes later (or earlier).
    pub fn moved(self, minutes: i64) -> Self {
        Self { starts: self.starts + TimeDelta::minutes(minutes), ends: self.ends + TimeDelta::minutes(minutes) }
    }
}

/// What a zone's rules make of a wall time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolution {
    /// It exists once.
    Unique(Offset),
    /// It exists twice: the clocks went back over it.
    Ambiguous {
        /// The offset of the earlier instant.
        first: Offset,
        /// The offset of the later instant.
        second: Offset,
    },
    /// It does not exist: the clocks went forward over it.
    Skipped {
        /// The last minute that exists before the gap.
        before: WallTime,
        /// The first minute that exists after the gap.
        after: WallTime,
    },
}

/// A change of a zone's offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transition {
    /// The first instant at which the new offset holds.
    pub at: DateTime<Utc>,
    /// The offset that held before.
    pub before: Offset,
    /// The offset that holds from then on.
    pub after: Offset,
}

/// The zone is not in the tz database in use.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no zone named {0} in the tz database")]
pub struct UnknownZone(pub ZoneName);

/// The rules of the world's zones: one source for the whole program (`backend::zones`), given to the rules that need it.
pub trait ZoneRules: Send + Sync {
    /// What a wall time in a zone means.
    ///
    /// # Errors
    /// When the zone is unknown.
    fn resolve(&self, zone: &ZoneName, local: WallTime) -> Result<Resolution, UnknownZone>;

    /// The offset a zone has at an instant.
    ///
    /// # Errors
    /// When the zone is unknown.
    fn offset_at(&self, zone: &ZoneName, at: DateTime<Utc>) -> Result<Offset, UnknownZone>;

    /// The changes of a zone's offset whose instant lies in the span, in order.
    ///
    /// # Errors
    /// When the zone is unknown.
    fn transitions(&self, zone: &ZoneName, during: Span) -> Result<Vec<Transition>, UnknownZone>;

    /// The release of the tz database in use, such as `2026f`.
    fn version(&self) -> &str;
}

/// The wall time that a zone's clocks show at an instant.
///
/// # Errors
/// When the zone is unknown.
pub fn wall_at(rules: &dyn ZoneRules, zone: &ZoneName, at: DateTime<Utc>) -> Result<Moment, UnknownZone> {
    let offset = rules.offset_at(zone, at)?;
    let local = WallTime::new((at + TimeDelta::seconds(i64::from(offset.seconds()))).naive_utc());
    Ok(Moment { local, zone: zone.clone(), offset })
}

/// The instant of a wall time in a zone; where it does not exist, the first after the gap, and where it exists twice, the first.
///
/// For what nobody agreed minute by minute: opening hours, and the days of a calendar. None if the zone is unknown, or the time too
/// far from our days.
pub fn instant_near(rules: &dyn ZoneRules, zone: &ZoneName, local: WallTime) -> Option<DateTime<Utc>> {
    if !bounds::is_shown(local.date()) {
        return None;
    }
    match rules.resolve(zone, local).ok()? {
        Resolution::Unique(offset) | Resolution::Ambiguous { first: offset, .. } => Some(local.at_offset(offset)),
        Resolution::Skipped { after, .. } => match rules.resolve(zone, after).ok()? {
            Resolution::Unique(offset) | Resolution::Ambiguous { first: offset, .. } => Some(after.at_offset(offset)),
            Resolution::Skipped { .. } => None,
        },
    }
}

/// The first instant of a civil day in a zone; where midnight does not exist, the first that does.
pub fn day_starts(rules: &dyn ZoneRules, zone: &ZoneName, day: NaiveDate) -> Option<DateTime<Utc>> {
    instant_near(rules, zone, WallTime::new(day.and_time(NaiveTime::MIN)))
}
