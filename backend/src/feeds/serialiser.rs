//! A calendar document as the bytes of a text/calendar file (RFC 5545, 7986): the same document gives the same bytes.
//!
//! No clock is read and nothing is made up on the way; `docs/decisions/calendar-serialiser.md` says why it is our own.

use super::{
    calendar::{
        Attendee, AttendeeAnswer, AttendeeKind, AttendeeRole, CalendarDocument, CalendarEvent, ConferenceFeature, EventContent,
        EventStatus, EventTimes, Extent, Organiser, RefreshInterval, Transparency,
    },
    content_line::ContentLines,
    vtimezone::{self, Observance, ObservanceKind, OnsetDay, YearlyOnset, ZoneDefinition},
};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc, Weekday};
use domain::time::{Moment, Offset, Resolution, ZoneName, ZoneRules};
use std::collections::BTreeMap;

/// Who wrote the file (`PRODID`, RFC 5545 section 3.7.3): without a version, so that an upgrade alone changes no byte.
const PRODUCT: &str = "-//Chancery//Protocol office calendar//EN";

/// Writes a calendar as UTF-8 with CRLF line ends.
///
/// There is no way to fail. A wall time that the rules would not read as the instant it stands for (it exists twice, it
/// was skipped by a newer tz database, its zone is unknown) is written as that instant in UTC, which every program reads
/// alike. A calendar without events bears the definition of the office's zone, since the standard asks for one component
/// at least (RFC 5545 section 3.6).
pub fn serialise(document: &CalendarDocument, rules: &dyn ZoneRules) -> Vec<u8> {
    let zones = Zones::used_by(document, rules);
    let mut lines = ContentLines::default();
    lines.begin("VCALENDAR");
    lines.line("VERSION").exact("2.0");
    lines.line("PRODID").text(PRODUCT);
    lines.line("CALSCALE").exact("GREGORIAN");
    lines.line("NAME").text(&document.name);
    lines.line("X-WR-CALNAME").text(&document.name);
    lines.line("X-WR-TIMEZONE").text(document.zone.as_str());
    lines.line("COLOR").exact(document.colour.as_str());
    let refresh = duration(document.refresh);
    lines.line("REFRESH-INTERVAL").token("VALUE", "DURATION").exact(&refresh);
    lines.line("X-PUBLISHED-TTL").exact(&refresh);
    for definition in zones.defined.values() {
        write_zone(&mut lines, definition);
    }
    let mut events: Vec<&CalendarEvent> = document.events.iter().collect();
    events.sort_by_key(|event| (start_of(&event.content.times), event.uid));
    for event in events {
        write_event(&mut lines, event, &zones);
    }
    lines.end("VCALENDAR");
    lines.into_bytes()
}

/// The zones that a file defines, and so may name.
struct Zones<'a> {
    defined: BTreeMap<ZoneName, ZoneDefinition>,
    rules: &'a dyn ZoneRules,
}

impl<'a> Zones<'a> {
    fn used_by(document: &CalendarDocument, rules: &'a dyn ZoneRules) -> Self {
        let ends = || {
            document.events.iter().flat_map(|event| match event.content.times.extent() {
                Extent::Timed { starts, ends } => vec![starts, ends],
                Extent::AllDay { .. } => Vec::new(),
            })
        };
        let from = ends().map(Moment::at).fold(document.from, DateTime::min);
        let until = ends().map(Moment::at).fold(vtimezone::ten_years_after(from), DateTime::max);

        let mut defined = BTreeMap::new();
        let mut define = |zone: &ZoneName| {
            if !defined.contains_key(zone) {
                // A zone that the rules do not know is not defined, and its times are written in UTC.
                if let Ok(definition) = vtimezone::define(zone, from, until, rules) {
                    defined.insert(zone.clone(), definition);
                }
            }
        };
        ends().filter(|moment| is_read_as_meant(moment, rules)).for_each(|moment| define(&moment.zone));
        if document.events.is_empty() {
            define(&document.zone);
        }
        Self { defined, rules }
    }

    /// Whether a program that reads this wall time with the zone's definition finds the instant meant.
    fn may_name(&self, moment: &Moment) -> bool {
        self.defined.contains_key(&moment.zone) && is_read_as_meant(moment, self.rules)
    }
}

fn is_read_as_meant(moment: &Moment, rules: &dyn ZoneRules) -> bool {
    // RFC 5545 section 3.2.19: a time in UTC bears no TZID.
    let is_utc = ["UTC", "Etc/UTC"].contains(&moment.zone.as_str());
    !is_utc && rules.resolve(&moment.zone, moment.local) == Ok(Resolution::Unique(moment.offset))
}

fn start_of(times: &EventTimes) -> NaiveDateTime {
    match times.extent() {
        Extent::Timed { starts, .. } => starts.at().naive_utc(),
        Extent::AllDay { from, .. } => from.and_time(NaiveTime::MIN),
    }
}

fn write_event(lines: &mut ContentLines, event: &CalendarEvent, zones: &Zones<'_>) {
    lines.begin("VEVENT");
    lines.line("UID").exact(&event.uid.0.to_string());
    let changed_at = instant(event.revision.changed_at);
    lines.line("DTSTAMP").exact(&changed_at);
    lines.line("LAST-MODIFIED").exact(&changed_at);
    lines.line("SEQUENCE").exact(&event.revision.sequence.to_string());
    match event.content.times.extent() {
        Extent::Timed { starts, ends } => {
            write_moment(lines, "DTSTART", starts, zones);
            write_moment(lines, "DTEND", ends, zones);
        }
        Extent::AllDay { from, until_exclusive } => {
            lines.line("DTSTART").token("VALUE", "DATE").exact(&date(*from));
            lines.line("DTEND").token("VALUE", "DATE").exact(&date(*until_exclusive));
        }
    }
    write_content(lines, &event.content);
    lines.end("VEVENT");
}

fn write_moment(lines: &mut ContentLines, name: &'static str, moment: &Moment, zones: &Zones<'_>) {
    if zones.may_name(moment) {
        lines.line(name).token("TZID", moment.zone.as_str()).exact(&wall_time(moment.local.naive()));
    } else {
        lines.line(name).exact(&instant(moment.at()));
    }
}

/// What a reader sees of an event but its times and its revision, as bytes.
pub(super) fn content_bytes(content: &EventContent) -> Vec<u8> {
    let mut lines = ContentLines::default();
    write_content(&mut lines, content);
    lines.into_bytes()
}

fn write_content(lines: &mut ContentLines, content: &EventContent) {
    let is_cancelled = content.status == EventStatus::Cancelled;
    let is_free = is_cancelled || content.transparency == Transparency::Transparent;
    lines.line("SUMMARY").text(&content.summary);
    lines.line("STATUS").exact(status(content.status));
    lines.line("TRANSP").exact(if is_free { "TRANSPARENT" } else { "OPAQUE" });
    if let Some(location) = &content.location {
        lines.line("LOCATION").text(location);
    }
    if !content.description.is_empty() {
        lines.line("DESCRIPTION").text(&content.description.join("\n"));
    }
    if let Some(html) = &content.html_description {
        lines.line("X-ALT-DESC").token("FMTTYPE", "text/html").text(html);
    }
    if !content.categories.is_empty() {
        lines.line("CATEGORIES").texts(content.categories.iter().map(String::as_str));
    }
    if let Some(url) = &content.url {
        lines.line("URL").exact(url.as_str());
    }
    if let Some(position) = content.position {
        lines.line("GEO").exact(&position.geo());
    }
    for conference in &content.conferences {
        let features: Vec<&str> = conference.features.iter().copied().map(feature).collect();
        let line = lines.line("CONFERENCE").token("VALUE", "URI");
        let line = if features.is_empty() { line } else { line.token("FEATURE", &features.join(",")) };
        line.quoted("LABEL", &conference.label).exact(conference.link.as_str());
    }
    if let Some(Organiser { name, address }) = &content.organiser {
        lines.line("ORGANIZER").quoted("CN", name).exact(&address.uri());
    }
    for attendee in &content.attendees {
        write_attendee(lines, attendee);
    }
    if !is_cancelled {
        for minutes in &content.alarms {
            lines.begin("VALARM");
            lines.line("ACTION").exact("DISPLAY");
            lines.line("DESCRIPTION").text(&content.summary);
            lines.line("TRIGGER").exact(&if *minutes == 0 { "PT0S".to_owned() } else { format!("-PT{minutes}M") });
            lines.end("VALARM");
        }
    }
}

fn write_attendee(lines: &mut ContentLines, attendee: &Attendee) {
    lines
        .line("ATTENDEE")
        .quoted("CN", &attendee.name)
        .token("CUTYPE", kind(attendee.kind))
        .token("ROLE", role(attendee.role))
        .token("PARTSTAT", answer(attendee.answer))
        .exact(&attendee.address.uri());
}

fn write_zone(lines: &mut ContentLines, definition: &ZoneDefinition) {
    lines.begin("VTIMEZONE");
    lines.line("TZID").text(definition.zone.as_str());
    for observance in &definition.observances {
        write_observance(lines, observance);
    }
    lines.end("VTIMEZONE");
}

fn write_observance(lines: &mut ContentLines, observance: &Observance) {
    let component = match observance.kind {
        ObservanceKind::Standard => "STANDARD",
        ObservanceKind::Daylight => "DAYLIGHT",
    };
    let to = offset(observance.after);
    lines.begin(component);
    lines.line("DTSTART").exact(&wall_time(observance.onset_local));
    lines.line("TZOFFSETFROM").exact(&offset(observance.before));
    lines.line("TZOFFSETTO").exact(&to);
    if let Some(recurrence) = &observance.recurrence {
        lines.line("RRULE").exact(&yearly(recurrence));
    }
    // The rules know offsets, not abbreviations; the tz database itself names an offset so where people have no word for it.
    lines.line("TZNAME").text(to.strip_suffix("00").unwrap_or(&to));
    lines.end(component);
}

fn yearly(recurrence: &YearlyOnset) -> String {
    let day = match recurrence.day {
        OnsetDay::Date(date) => format!("BYMONTHDAY={date}"),
        OnsetDay::Nth(nth, day) => format!("BYDAY={nth}{}", weekday(day)),
        OnsetDay::Last(day) => format!("BYDAY=-1{}", weekday(day)),
        OnsetDay::OnOrAfter(first, day) => {
            let dates: Vec<String> = (first..first + 7).map(|date| date.to_string()).collect();
            format!("BYMONTHDAY={};BYDAY={}", dates.join(","), weekday(day))
        }
    };
    let until = recurrence.until.map(|until| format!(";UNTIL={}", instant(until))).unwrap_or_default();
    format!("FREQ=YEARLY;BYMONTH={};{day}{until}", recurrence.month)
}

/// RFC 5545 section 3.3.14: with seconds only where there are any.
fn offset(offset: Offset) -> String {
    let seconds = offset.seconds().unsigned_abs();
    let sign = if offset.seconds() < 0 { '-' } else { '+' };
    let minutes = format!("{sign}{:02}{:02}", seconds / 3600, seconds / 60 % 60);
    if seconds.is_multiple_of(60) { minutes } else { format!("{minutes}{:02}", seconds % 60) }
}

/// RFC 5545 section 3.3.6.
fn duration(refresh: RefreshInterval) -> String {
    let minutes = refresh.minutes();
    if minutes.is_multiple_of(60) { format!("PT{}H", minutes / 60) } else { format!("PT{minutes}M") }
}

fn instant(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

fn wall_time(local: NaiveDateTime) -> String {
    local.format("%Y%m%dT%H%M%S").to_string()
}

fn date(day: NaiveDate) -> String {
    day.format("%Y%m%d").to_string()
}

const fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "MO",
        Weekday::Tue => "TU",
        Weekday::Wed => "WE",
        Weekday::Thu => "TH",
        Weekday::Fri => "FR",
        Weekday::Sat => "SA",
        Weekday::Sun => "SU",
    }
}

const fn status(status: EventStatus) -> &'static str {
    match status {
        EventStatus::Confirmed => "CONFIRMED",
        EventStatus::Tentative => "TENTATIVE",
        EventStatus::Cancelled => "CANCELLED",
    }
}

const fn feature(feature: ConferenceFeature) -> &'static str {
    match feature {
        ConferenceFeature::Audio => "AUDIO",
        ConferenceFeature::Chat => "CHAT",
        ConferenceFeature::Feed => "FEED",
        ConferenceFeature::Moderator => "MODERATOR",
        ConferenceFeature::Phone => "PHONE",
        ConferenceFeature::Screen => "SCREEN",
        ConferenceFeature::Video => "VIDEO",
    }
}

const fn kind(kind: AttendeeKind) -> &'static str {
    match kind {
        AttendeeKind::Individual => "INDIVIDUAL",
        AttendeeKind::Group => "GROUP",
        AttendeeKind::Resource => "RESOURCE",
        AttendeeKind::Room => "ROOM",
    }
}

const fn role(role: AttendeeRole) -> &'static str {
    match role {
        AttendeeRole::Chair => "CHAIR",
        AttendeeRole::Required => "REQ-PARTICIPANT",
        AttendeeRole::Optional => "OPT-PARTICIPANT",
        AttendeeRole::Informed => "NON-PARTICIPANT",
    }
}

const fn answer(answer: AttendeeAnswer) -> &'static str {
    match answer {
        AttendeeAnswer::NeedsAction => "NEEDS-ACTION",
        AttendeeAnswer::Accepted => "ACCEPTED",
        AttendeeAnswer::Declined => "DECLINED",
        AttendeeAnswer::Tentative => "TENTATIVE",
    }
}
