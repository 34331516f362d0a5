//! A zone's rules as a calendar file says them (VTIMEZONE, RFC 5545 section 3.6.5), made from the rules in use.
//!
//! The rules know changes of offset, one by one. Those that come back every year on the same rule become one observance
//! with an RRULE; every other change is an observance of its own, since some programs read one RDATE of several only.

use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveDateTime, TimeDelta, Utc, Weekday};
use domain::time::{Offset, Span, Transition, UnknownZone, ZoneName, ZoneRules};
use std::collections::BTreeMap;

/// Changes that come back for fewer years than this are listed one by one.
const SHORTEST_RUN: usize = 3;

/// The longest time between two onsets of a yearly rule is 371 days; what goes on beyond this is taken to go on for good.
const LOOK_AHEAD: TimeDelta = TimeDelta::days(400);

/// A change to a higher offset that is taken back within this time is summer time.
const LONGEST_SUMMER: TimeDelta = TimeDelta::days(366);

/// What a calendar file says of a zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoneDefinition {
    /// Its name in the tz database (`TZID`).
    pub zone: ZoneName,
    /// Its offsets, by first onset; there is at least one.
    pub observances: Vec<Observance>,
}

/// An offset, and when it begins to hold: STANDARD or DAYLIGHT (RFC 5545 section 3.6.5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observance {
    /// Whether programs call it summer time.
    pub kind: ObservanceKind,
    /// The first onset, on the clock as it stood before the change (`DTSTART`).
    pub onset_local: NaiveDateTime,
    /// The offset that held before each onset (`TZOFFSETFROM`).
    pub before: Offset,
    /// The offset that holds from each onset on (`TZOFFSETTO`).
    pub after: Offset,
    /// How it comes back; none if there is one onset only.
    pub recurrence: Option<YearlyOnset>,
}

/// Whether an offset is a zone's ordinary one. It changes no time; programs show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ObservanceKind {
    /// The ordinary offset, and every change that lasts.
    Standard,
    /// An offset higher than before, taken back within the year.
    Daylight,
}

/// A change that comes every year in the same month, at the time of day of its first onset (`RRULE`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct YearlyOnset {
    /// The month, from 1.
    pub month: u32,
    /// The day in it.
    pub day: OnsetDay,
    /// The last onset, if it does not go on (`UNTIL`, which RFC 5545 section 3.3.10 wants in UTC here).
    pub until: Option<DateTime<Utc>>,
}

/// On which day of a month a yearly change falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OnsetDay {
    /// The same date every year.
    Date(u32),
    /// The first (1) to fourth (4) such day of the week.
    Nth(u32, Weekday),
    /// The last such day of the week.
    Last(Weekday),
    /// The one such day of the week among the seven dates that begin with this one.
    OnOrAfter(u32, Weekday),
}

/// Describes a zone so that every instant from `from` to `until` has its offset.
///
/// # Errors
/// When the rules do not know the zone.
pub fn define(zone: &ZoneName, from: DateTime<Utc>, until: DateTime<Utc>, rules: &dyn ZoneRules) -> Result<ZoneDefinition, UnknownZone> {
    // Starting with a year, and the one before, a zone with summer time has an onset of each kind before its first event.
    let first =
        NaiveDate::from_ymd_opt(from.year() - 1, 1, 1).and_then(|day| day.and_hms_opt(0, 0, 0)).map_or(from, |start| start.and_utc());
    let last = until.checked_add_signed(LOOK_AHEAD).unwrap_or(until);
    let changes: Vec<Transition> = match Span::new(first, last) {
        Some(span) => rules.transitions(zone, span)?.into_iter().filter(|change| change.before != change.after).collect(),
        None => Vec::new(),
    };

    let mut observances = Vec::new();
    // A clock is at most 26 hours from UTC: an onset two days before the first instant is before it on every clock.
    if changes.first().is_none_or(|change| change.at > from - TimeDelta::days(2)) {
        let offset = rules.offset_at(zone, first)?;
        observances.push(Observance {
            kind: ObservanceKind::Standard,
            onset_local: at_offset(first.min(DateTime::UNIX_EPOCH), offset),
            before: offset,
            after: offset,
            recurrence: None,
        });
    }
    for series in series_of(&changes).into_values() {
        for run in runs_of(&series) {
            describe(run, until, &mut observances);
        }
    }
    observances.sort_by_key(|observance| (observance.onset_local, observance.kind, observance.after));
    Ok(ZoneDefinition { zone: zone.clone(), observances })
}

/// A change with what its observance says.
#[derive(Debug, Clone, Copy)]
struct Onset {
    change: Transition,
    kind: ObservanceKind,
    local: NaiveDateTime,
}

/// What the onsets of one RRULE have in common at least: kind, offsets, month, and seconds from midnight.
type SeriesKey = (ObservanceKind, Offset, Offset, u32, TimeDelta);

fn series_of(changes: &[Transition]) -> BTreeMap<SeriesKey, Vec<Onset>> {
    let mut series: BTreeMap<SeriesKey, Vec<Onset>> = BTreeMap::new();
    for (index, &change) in changes.iter().enumerate() {
        let kind = kind_of(changes, index);
        let local = at_offset(change.at, change.before);
        let key = (kind, change.before, change.after, local.month(), local.time() - chrono::NaiveTime::MIN);
        series.entry(key).or_default().push(Onset { change, kind, local });
    }
    series
}

fn kind_of(changes: &[Transition], index: usize) -> ObservanceKind {
    let is_summer_by_what_follows = |index: usize| match (changes.get(index), changes.get(index + 1)) {
        (Some(change), Some(next)) => change.after > change.before && next.after < next.before && next.at - change.at < LONGEST_SUMMER,
        _ => false,
    };
    // What follows the last change was not looked at: it is what the same change was a year before.
    let year_before = index.checked_sub(2).filter(|_| index + 1 == changes.len()).filter(|&before| {
        let offsets = |index: usize| changes.get(index).map(|change| (change.before, change.after));
        offsets(before) == offsets(index)
    });
    let is_summer = is_summer_by_what_follows(index) || year_before.is_some_and(is_summer_by_what_follows);
    if is_summer { ObservanceKind::Daylight } else { ObservanceKind::Standard }
}

/// Cuts a series into stretches of consecutive years that one rule gives, each as long as it can be.
fn runs_of(series: &[Onset]) -> Vec<&[Onset]> {
    let mut runs = Vec::new();
    let mut rest = series;
    while !rest.is_empty() {
        let length = (2..=rest.len()).take_while(|&length| rest.get(..length).is_some_and(is_run)).last().unwrap_or(1);
        let (run, others) = rest.split_at(length);
        runs.push(run);
        rest = others;
    }
    runs
}

fn is_run(onsets: &[Onset]) -> bool {
    onsets.windows(2).all(|pair| matches!(pair, [one, next] if next.local.year() == one.local.year() + 1)) && day_of(onsets).is_some()
}

/// The rule on which all these dates of one month fall, one a year.
fn day_of(onsets: &[Onset]) -> Option<OnsetDay> {
    let dates = || onsets.iter().map(|onset| onset.local.date());
    let first = dates().next()?;
    if !dates().all(|date| date.weekday() == first.weekday()) {
        return dates().all(|date| date.day() == first.day()).then_some(OnsetDay::Date(first.day()));
    }
    let weekday = first.weekday();
    if dates().all(|date| (date + TimeDelta::days(7)).month() != date.month()) {
        return Some(OnsetDay::Last(weekday));
    }
    let nth = |date: NaiveDate| date.day().div_ceil(7);
    if nth(first) <= 4 && dates().all(|date| nth(date) == nth(first)) {
        return Some(OnsetDay::Nth(nth(first), weekday));
    }
    let (earliest, latest) = (dates().map(|date| date.day()).min()?, dates().map(|date| date.day()).max()?);
    // Seven dates hold each day of the week once, and must all exist in every year.
    let start = earliest.min(days_in_every(first.month()).saturating_sub(6));
    (latest <= start + 6).then_some(OnsetDay::OnOrAfter(start, weekday))
}

/// The days that a month has in every year.
const fn days_in_every(month: u32) -> u32 {
    match month {
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn describe(run: &[Onset], until: DateTime<Utc>, observances: &mut Vec<Observance>) {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return };
    let day = if run.len() >= SHORTEST_RUN { day_of(run) } else { None };
    if let Some(day) = day {
        let goes_on = last.change.at > until;
        let recurrence = YearlyOnset { month: first.local.month(), day, until: (!goes_on).then_some(last.change.at) };
        observances.push(observance(first, Some(recurrence)));
    } else {
        observances.extend(run.iter().filter(|onset| onset.change.at <= until).map(|onset| observance(onset, None)));
    }
}

fn observance(onset: &Onset, recurrence: Option<YearlyOnset>) -> Observance {
    Observance { kind: onset.kind, onset_local: onset.local, before: onset.change.before, after: onset.change.after, recurrence }
}

/// What a clock with this offset shows.
fn at_offset(at: DateTime<Utc>, offset: Offset) -> NaiveDateTime {
    at.naive_utc() + TimeDelta::seconds(i64::from(offset.seconds()))
}

/// The end of the ten years for which a calendar's zones are right (or of what time can be counted).
pub(super) fn ten_years_after(from: DateTime<Utc>) -> DateTime<Utc> {
    from.checked_add_months(Months::new(120)).unwrap_or(DateTime::<Utc>::MAX_UTC)
}
