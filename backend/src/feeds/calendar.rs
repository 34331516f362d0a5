//! What a calendar file says, as types: a document, its events and their parts, after redaction.
//!
//! A value of these types can be written as valid iCalendar whatever its texts hold; what the standard forbids
//! (an event that ends before it starts, a colour without a name, a place off the globe) cannot be made.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::time::{Moment, ZoneName};
use std::{collections::BTreeSet, fmt::Write};
use uuid::Uuid;

/// One calendar for one reader: a VCALENDAR (RFC 5545 section 3.6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarDocument {
    /// What the subscriber's program calls the calendar (`NAME`, RFC 7986 section 5.1, and `X-WR-CALNAME`). It travels
    /// and is shown without redaction: never a classified title.
    pub name: String,
    /// The office's own zone (`X-WR-TIMEZONE`).
    pub zone: ZoneName,
    /// The colour that the subscriber's program may take (RFC 7986 section 5.9).
    pub colour: CssColour,
    /// How often a program should look again (RFC 7986 section 5.7).
    pub refresh: RefreshInterval,
    /// Where the feed's window begins. Zone definitions hold from here, or from the earliest event where that is
    /// earlier, until at least ten years later.
    pub from: DateTime<Utc>,
    /// The events, in any order: they are written by start and identity.
    pub events: Vec<CalendarEvent>,
}

/// An event and how often its reader has seen it change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarEvent {
    /// What stays the same while everything else changes.
    pub uid: EventUid,
    /// When and how often it changed, as this reader sees it.
    pub revision: Revision,
    /// What the reader sees.
    pub content: EventContent,
}

/// The identity of an event in a calendar (`UID`), fixed for life and the same in every feed that shows the event; a
/// stand-in has one of its own for each reader. A UUID, as RFC 7986 section 5.3 asks: it names neither host nor person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventUid(pub Uuid);

/// The state of an event's history, as one reader sees it; `revisions::reconcile` makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Revision {
    /// The last change that this reader could see, to the second: `DTSTAMP` and `LAST-MODIFIED`, which are the same where
    /// no `METHOD` is given (RFC 5545 section 3.8.7.2).
    pub changed_at: DateTime<Utc>,
    /// How many times the event was rescheduled or changed its status (RFC 5545 section 3.8.7.4).
    pub sequence: u32,
}

/// What a reader sees of an event: the properties of a VEVENT (RFC 5545 section 3.6.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventContent {
    /// Whether it will take place.
    pub status: EventStatus,
    /// Whether it makes its reader busy. A cancelled event never does, whatever stands here.
    pub transparency: Transparency,
    /// When it is.
    pub times: EventTimes,
    /// The title, or the stand-in's word.
    pub summary: String,
    /// Room, site and address.
    pub location: Option<String>,
    /// The plain description, a paragraph each. One of them says the local time, its zone and offset in words, for
    /// programs that ignore the zone definitions of a file.
    pub description: Vec<String>,
    /// The same description as HTML (`X-ALT-DESC`), whose own escaping is done.
    pub html_description: Option<String>,
    /// Words to sort by.
    pub categories: Vec<String>,
    /// The event's page.
    pub url: Option<Link>,
    /// Where on the globe it is.
    pub position: Option<Position>,
    /// Ways to take part from afar (RFC 7986 section 5.11).
    pub conferences: Vec<Conference>,
    /// Whose event it is: the office's mailbox.
    pub organiser: Option<Organiser>,
    /// Who takes part, as far as the reader may know.
    pub attendees: Vec<Attendee>,
    /// Reminders that the subscriber chose, in minutes before the start. A cancelled event has none, whatever stands here.
    pub alarms: BTreeSet<u32>,
}

impl EventContent {
    /// A confirmed event that makes its reader busy, with a title, times and nothing else.
    pub fn new(summary: impl Into<String>, times: EventTimes) -> Self {
        Self {
            status: EventStatus::Confirmed,
            transparency: Transparency::Opaque,
            times,
            summary: summary.into(),
            location: None,
            description: Vec::new(),
            html_description: None,
            categories: Vec::new(),
            url: None,
            position: None,
            conferences: Vec::new(),
            organiser: None,
            attendees: Vec::new(),
            alarms: BTreeSet::new(),
        }
    }
}

/// `STATUS` (RFC 5545 section 3.8.1.11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EventStatus {
    /// Firm.
    Confirmed,
    /// Held.
    Tentative,
    /// It will not take place. (An event that its reader may no longer see is not cancelled: it is left out.)
    Cancelled,
}

/// `TRANSP` (RFC 5545 section 3.8.2.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Transparency {
    /// Busy.
    Opaque,
    /// Free.
    Transparent,
}

/// When an event is: half-open, and never empty.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EventTimes(Extent);

/// The two kinds of an event's times.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Extent {
    /// From one moment to another, each on its own clock.
    Timed {
        /// The first moment in it.
        starts: Moment,
        /// The first moment after it.
        ends: Moment,
    },
    /// Whole days of the civil calendar, which are no instants.
    AllDay {
        /// The first day.
        from: NaiveDate,
        /// The day after the last.
        until_exclusive: NaiveDate,
    },
}

/// Why two moments or dates are not the times of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotEventTimes {
    /// RFC 5545 section 3.8.2.2 wants the end to be later.
    #[error("the event does not end after it starts")]
    EndsTooEarly,
    /// The standard's dates have four digits for the year (RFC 5545 section 3.3.4).
    #[error("the year is not one of four digits")]
    YearOutOfRange,
}

impl EventTimes {
    /// An event on clocks: each end has its own zone.
    ///
    /// # Errors
    /// When its end is not a later instant than its start, or a year has not four digits.
    pub fn timed(starts: Moment, ends: Moment) -> Result<Self, NotEventTimes> {
        if starts.at() >= ends.at() {
            return Err(NotEventTimes::EndsTooEarly);
        }
        // The instant may lie in another year than the date on the wall.
        let dates = [starts.local.date(), starts.at().date_naive(), ends.local.date(), ends.at().date_naive()];
        if dates.into_iter().all(has_four_digit_year) {
            Ok(Self(Extent::Timed { starts, ends }))
        } else {
            Err(NotEventTimes::YearOutOfRange)
        }
    }

    /// An event of whole days.
    ///
    /// # Errors
    /// When the day after its last is not later than its first, or a year has not four digits.
    pub fn all_day(from: NaiveDate, until_exclusive: NaiveDate) -> Result<Self, NotEventTimes> {
        if from >= until_exclusive {
            return Err(NotEventTimes::EndsTooEarly);
        }
        if has_four_digit_year(from) && has_four_digit_year(until_exclusive) {
            Ok(Self(Extent::AllDay { from, until_exclusive }))
        } else {
            Err(NotEventTimes::YearOutOfRange)
        }
    }

    /// The two ends.
    pub(super) const fn extent(&self) -> &Extent {
        &self.0
    }
}

fn has_four_digit_year(date: NaiveDate) -> bool {
    (1000..=9999).contains(&date.year())
}

/// The time between two looks of a subscriber's program, in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RefreshInterval(u32);

impl RefreshInterval {
    /// Every hour.
    pub const HOURLY: Self = Self(60);

    /// So many minutes, unless none.
    pub fn from_minutes(minutes: u32) -> Option<Self> {
        (minutes > 0).then_some(Self(minutes))
    }

    /// The minutes.
    pub const fn minutes(self) -> u32 {
        self.0
    }
}

/// A place on the globe, to the millionth of a degree (`GEO`, RFC 5545 section 3.8.1.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Position {
    latitude_microdegrees: i32,
    longitude_microdegrees: i32,
}

impl Position {
    /// Degrees north and east (WGS 84), unless they lie off the globe.
    pub fn from_degrees(latitude: f64, longitude: f64) -> Option<Self> {
        Some(Self { latitude_microdegrees: microdegrees(latitude, 90.0)?, longitude_microdegrees: microdegrees(longitude, 180.0)? })
    }

    /// `34.053700;-118.242700`.
    pub(super) fn geo(self) -> String {
        format!("{};{}", decimal(self.latitude_microdegrees), decimal(self.longitude_microdegrees))
    }
}

#[expect(clippy::cast_possible_truncation, reason = "at most 180 million, which an i32 holds")]
fn microdegrees(degrees: f64, limit: f64) -> Option<i32> {
    (degrees.abs() <= limit).then(|| (degrees * 1e6).round() as i32)
}

fn decimal(microdegrees: i32) -> String {
    let sign = if microdegrees < 0 { "-" } else { "" };
    let magnitude = microdegrees.unsigned_abs();
    format!("{sign}{}.{:06}", magnitude / 1_000_000, magnitude % 1_000_000)
}

/// An absolute address (RFC 3986) of a kind that a calendar program may open at a press, in ASCII.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Link(String);

/// The text is not an address that may stand in a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a link of the kinds https, http, tel, sip, sips, xmpp or mailto")]
pub struct NotALink;

impl Link {
    /// Takes an address; characters that may not stand in one are percent-encoded (RFC 3986 section 2.1), controls dropped.
    ///
    /// # Errors
    /// When there is no scheme, or one that a press should not open (`javascript`, `file`, `data` …).
    pub fn parse(text: &str) -> Result<Self, NotALink> {
        let address = percent_encoded(text.trim(), |byte| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte));
        let (scheme, rest) = address.split_once(':').ok_or(NotALink)?;
        let is_offered = ["https", "http", "tel", "sip", "sips", "xmpp", "mailto"].iter().any(|kind| scheme.eq_ignore_ascii_case(kind));
        if is_offered && !rest.is_empty() { Ok(Self(address)) } else { Err(NotALink) }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Every byte that is not kept as `%XX`; control characters are left out.
fn percent_encoded(text: &str, is_kept: impl Fn(u8) -> bool) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.chars().filter(|c| !c.is_control()).collect::<String>().bytes() {
        if is_kept(byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string has no way to fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// How to take part from afar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conference {
    /// Where it is joined.
    pub link: Link,
    /// What it offers.
    pub features: BTreeSet<ConferenceFeature>,
    /// What the link is called.
    pub label: String,
}

/// `FEATURE` (RFC 7986 section 6.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConferenceFeature {
    /// Sound.
    Audio,
    /// Written talk.
    Chat,
    /// A stream or page of news.
    Feed,
    /// The moderator's own entrance.
    Moderator,
    /// A telephone line.
    Phone,
    /// Shared screens.
    Screen,
    /// Pictures.
    Video,
}

/// The address of somebody in a calendar (`CAL-ADDRESS`, RFC 5545 section 3.3.3).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum CalendarAddress {
    /// A mailbox.
    Mail(String),
    /// Nobody writes to it; it tells two people apart.
    Opaque(Uuid),
}

impl CalendarAddress {
    /// `mailto:…` (RFC 6068 section 2) or `urn:uuid:…` (RFC 9562 section 4).
    pub(super) fn uri(&self) -> String {
        match self {
            Self::Mail(address) => {
                let encoded = percent_encoded(address.trim(), |byte| byte.is_ascii_alphanumeric() || b"-._~@!$'*+".contains(&byte));
                format!("mailto:{encoded}")
            }
            Self::Opaque(id) => format!("urn:uuid:{id}"),
        }
    }
}

/// Whose event it is (RFC 5545 section 3.8.4.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organiser {
    /// The office's name.
    pub name: String,
    /// Its mailbox.
    pub address: CalendarAddress,
}

/// Somebody, or something, that takes part (RFC 5545 section 3.8.4.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendee {
    /// The name shown.
    pub name: String,
    /// How it is told from others.
    pub address: CalendarAddress,
    /// What kind of thing it is.
    pub kind: AttendeeKind,
    /// As what it takes part.
    pub role: AttendeeRole,
    /// Whether it will come.
    pub answer: AttendeeAnswer,
}

/// `CUTYPE` (RFC 5545 section 3.2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AttendeeKind {
    /// One person.
    Individual,
    /// Several.
    Group,
    /// A vehicle or a piece of equipment.
    Resource,
    /// A room.
    Room,
}

/// `ROLE` (RFC 5545 section 3.2.16).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AttendeeRole {
    /// Who presides.
    Chair,
    /// Who must be there.
    Required,
    /// Who may be there.
    Optional,
    /// Who is only told.
    Informed,
}

/// `PARTSTAT` (RFC 5545 section 3.2.12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AttendeeAnswer {
    /// None yet.
    NeedsAction,
    /// Comes.
    Accepted,
    /// Does not come.
    Declined,
    /// Comes perhaps.
    Tentative,
}

/// A colour by its name in CSS Color Module Level 3, section 4.3: the only form that `COLOR` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CssColour(&'static str);

/// The text is not one of the 147 names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the name of a CSS colour")]
pub struct NotACssColour;

impl CssColour {
    /// The colour of a name, in capitals or not.
    ///
    /// # Errors
    /// When no colour has it.
    pub fn parse(name: &str) -> Result<Self, NotACssColour> {
        let name = name.trim().to_ascii_lowercase();
        CSS_COLOURS.binary_search(&name.as_str()).ok().and_then(|at| CSS_COLOURS.get(at)).map(|found| Self(found)).ok_or(NotACssColour)
    }

    /// The name.
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

/// In alphabetical order, for the search.
#[rustfmt::skip]
const CSS_COLOURS: [&str; 147] = [
    "aliceblue", "antiquewhite", "aqua", "aquamarine", "azure", "beige", "bisque", "black", "blanchedalmond", "blue", "blueviolet",
    "brown", "burlywood", "cadetblue", "chartreuse", "chocolate", "coral", "cornflowerblue", "cornsilk", "crimson", "cyan",
    "darkblue", "darkcyan", "darkgoldenrod", "darkgray", "darkgreen", "darkgrey", "darkkhaki", "darkmagenta", "darkolivegreen",
    "darkorange", "darkorchid", "darkred", "darksalmon", "darkseagreen", "darkslateblue", "darkslategray", "darkslategrey",
    "darkturquoise", "darkviolet", "deeppink", "deepskyblue", "dimgray", "dimgrey", "dodgerblue", "firebrick", "floralwhite",
    "forestgreen", "fuchsia", "gainsboro", "ghostwhite", "gold", "goldenrod", "gray", "green", "greenyellow", "grey", "honeydew",
    "hotpink", "indianred", "indigo", "ivory", "khaki", "lavender", "lavenderblush", "lawngreen", "lemonchiffon", "lightblue",
    "lightcoral", "lightcyan", "lightgoldenrodyellow", "lightgray", "lightgreen", "lightgrey", "lightpink", "lightsalmon",
    "lightseagreen", "lightskyblue", "lightslategray", "lightslategrey", "lightsteelblue", "lightyellow", "lime", "limegreen",
    "linen", "magenta", "maroon", "mediumaquamarine", "mediumblue", "mediumorchid", "mediumpurple", "mediumseagreen",
    "mediumslateblue", "mediumspringgreen", "mediumturquoise", "mediumvioletred", "midnightblue", "mintcream", "mistyrose",
    "moccasin", "navajowhite", "navy", "oldlace", "olive", "olivedrab", "orange", "orangered", "orchid", "palegoldenrod",
    "palegreen", "paleturquoise", "palevioletred", "papayawhip", "peachpuff", "peru", "pink", "plum", "powderblue", "purple", "red",
    "rosybrown", "royalblue", "saddlebrown", "salmon", "sandybrown", "seagreen", "seashell", "sienna", "silver", "skyblue",
    "slateblue", "slategray", "slategrey", "snow", "springgreen", "steelblue", "tan", "teal", "thistle", "tomato", "turquoise",
    "violet", "wheat", "white", "whitesmoke", "yellow", "yellowgreen",
];

#[cfg(test)]
mod tests {
    use super::*;
    use domain::time::Offset;

    fn moment(local: &str, hours: i32) -> Moment {
        Moment {
            local: local.parse().unwrap(),
            zone: ZoneName::parse("Etc/UTC").unwrap(),
            offset: Offset::from_seconds(hours * 3600).unwrap(),
        }
    }

    #[test]
    fn an_event_ends_after_it_starts_by_instant_and_not_by_clock() {
        assert_eq!(EventTimes::timed(moment("2027-01-01T09:00", 0), moment("2027-01-01T09:00", 0)), Err(NotEventTimes::EndsTooEarly));
        assert!(EventTimes::timed(moment("2027-01-01T22:00", 9), moment("2027-01-01T15:00", -8)).is_ok());
        assert!(EventTimes::timed(moment("2027-01-01T15:00", -8), moment("2027-01-01T22:00", 9)).is_err());
    }

    #[test]
    fn an_all_day_event_has_a_day() {
        let day = NaiveDate::from_ymd_opt(2027, 9, 2).unwrap();
        assert!(EventTimes::all_day(day, day).is_err());
        assert!(EventTimes::all_day(day, day.succ_opt().unwrap()).is_ok());
    }

    #[test]
    fn a_year_of_five_digits_is_refused() {
        let last = NaiveDate::from_ymd_opt(9999, 12, 31).unwrap();
        assert_eq!(EventTimes::all_day(last, last.succ_opt().unwrap()), Err(NotEventTimes::YearOutOfRange));
    }

    #[test]
    fn colours_stand_in_order_and_are_found() {
        assert!(CSS_COLOURS.is_sorted());
        for name in CSS_COLOURS {
            assert_eq!(CssColour::parse(&name.to_uppercase()).map(CssColour::as_str), Ok(name));
        }
        assert_eq!(CssColour::parse("#ff0000"), Err(NotACssColour));
    }

    #[test]
    fn a_link_is_ascii_of_an_offered_kind() {
        assert_eq!(Link::parse(" https://exa mple.test/Hà\r\nX:\"1\"").unwrap().as_str(), "https://exa%20mple.test/H%C3%A0X:%221%22");
        assert_eq!(Link::parse("https://example.test/%C3%A0").unwrap().as_str(), "https://example.test/%C3%A0");
        for refused in ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "//example.test", "https:", ""] {
            assert_eq!(Link::parse(refused), Err(NotALink), "{refused}");
        }
    }

    #[test]
    fn a_mailbox_cannot_add_headers_to_a_message() {
        let address = CalendarAddress::Mail("office@example.test?bcc=x@example.test&body=\r\nHello,%".to_owned());
        assert_eq!(address.uri(), "mailto:office@example.test%3Fbcc%3Dx@example.test%26body%3DHello%2C%25");
    }

    #[test]
    fn a_position_lies_on_the_globe() {
        assert_eq!(Position::from_degrees(34.0537, -118.2427).unwrap().geo(), "34.053700;-118.242700");
        assert_eq!(Position::from_degrees(-0.000_000_1, -0.5).unwrap().geo(), "0.000000;-0.500000");
        assert!(Position::from_degrees(90.1, 0.0).is_none());
        assert!(Position::from_degrees(f64::NAN, 0.0).is_none());
    }
}
