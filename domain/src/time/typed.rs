//! Reading dates and times as people type them: “14 Mar”, “tomorrow 9.30”, “+25m”, ISO 8601.
//!
//! What could be meant two ways is refused with its reason, never guessed.

mod words;

use super::WallTime;
use chrono::{Datelike, Days, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};
use words::{Word, words};

/// The years that a date may be in.
pub const YEARS: std::ops::RangeInclusive<i32> = 1970..=2100;

/// How many days before its base a date without a year may lie: what one corrects lies a little back, what one plans ahead.
const DAYS_BACK: u64 = 31;

/// What typed text counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Base {
    /// Today's date in the zone of the field.
    pub today: NaiveDate,
    /// The moment that `+25m` counts from and whose date a time alone has, such as the line's start or the end of the one before.
    pub from: Option<WallTime>,
}

impl Base {
    /// The date from which weekdays and dates without a year are looked for.
    fn date(&self) -> NaiveDate {
        self.from.map_or(self.today, WallTime::date)
    }
}

/// Why typed text is not a date or time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum NotUnderstood {
    /// Nothing was typed.
    #[error("nothing was typed")]
    Empty,
    /// The words are none of those known, or not in an order that makes sense.
    #[error("not a date or time that can be read")]
    Unreadable,
    /// Only a time was given, and there is nothing whose date it could have.
    #[error("the date is missing")]
    DateMissing,
    /// Only a date was given.
    #[error("the time of day is missing")]
    TimeMissing,
    /// All in figures with the year last: some read the day first, others the month.
    #[error("in figures alone the day and the month can be taken for each other")]
    DayOrMonthFirst,
    /// A year of two figures.
    #[error("the year needs four figures")]
    ShortYear,
    /// A year before 1970 or after 2100.
    #[error("the year is not between 1970 and 2100")]
    YearOutOfBounds,
    /// The month has no such day.
    #[error("there is no such date")]
    NoSuchDate,
    /// The date is not on the weekday given with it.
    #[error("the date is on another day of the week")]
    OtherWeekday,
    /// The day has no such time.
    #[error("there is no such time of day")]
    NoSuchTime,
    /// A span such as `+25m`, and nothing to count it from.
    #[error("nothing to count from")]
    NothingToCountFrom,
    /// An offset from UTC: the zone is chosen beside the field.
    #[error("an offset from UTC is not part of a wall time")]
    UtcOffset,
}

/// Reads a date: `14 Mar`, `March 14, 2027`, `Mon 29 Mar`, `today`, `tomorrow`, `Tue`, `next Tue`, `2027-03-14`.
///
/// Without a year it is the first such date from 31 days before the base's date on. A weekday alone is the first from the base's
/// date on, that day included; with `next` it is that of the week after, weeks beginning on Monday (ISO 8601-1, 3.1.1.23).
///
/// # Errors
/// When the text is not a date, or could be two.
pub fn read_date(text: &str, base: &Base) -> Result<NaiveDate, NotUnderstood> {
    let read = Reading::of(text, base)?;
    match (read.date, read.time, read.minutes) {
        (Some(date), None, None) => Ok(date),
        (None, _, _) => Err(NotUnderstood::DateMissing),
        (Some(_), _, _) => Err(NotUnderstood::Unreadable),
    }
}

/// Reads a time of day: `9.30`, `09:30`, `0930`, `9h30`, `9:30 am`, `9am`, `noon`.
///
/// # Errors
/// When the text is not a time of day.
pub fn read_time(text: &str) -> Result<NaiveTime, NotUnderstood> {
    let mut rest = words(text)?;
    let first = rest.next().ok_or(NotUnderstood::Empty)?;
    let time = time_of_day(first, &mut rest)?.ok_or(NotUnderstood::Unreadable)?;
    if rest.next().is_some() { Err(NotUnderstood::Unreadable) } else { Ok(time) }
}

/// Reads a date with a time: what [`read_date`] and [`read_time`] read, in either order, `2027-03-14T09:15`, a time alone (on
/// the date that the base counts from), a span alone (`+25m`, `+1h30`, `-5m`, from the base), or a span behind a time.
///
/// A span counts on the wall clock, without regard to a change of the zone's clocks in between. After a day and month four
/// figures within [`YEARS`] are a year and never a time.
///
/// # Errors
/// When the text is not a date with a time, or could be two.
pub fn read_moment(text: &str, base: &Base) -> Result<WallTime, NotUnderstood> {
    let read = Reading::of(text, base)?;
    let start = match (read.date, read.time) {
        (Some(date), Some(time)) => WallTime::new(date.and_time(time)),
        (Some(_), None) => return Err(NotUnderstood::TimeMissing),
        (None, Some(time)) => WallTime::new(base.from.ok_or(NotUnderstood::DateMissing)?.date().and_time(time)),
        (None, None) if read.minutes.is_some() => base.from.ok_or(NotUnderstood::NothingToCountFrom)?,
        (None, None) => return Err(NotUnderstood::Unreadable),
    };
    let moment = start.plus_minutes(read.minutes.unwrap_or(0)).ok_or(NotUnderstood::YearOutOfBounds)?;
    if YEARS.contains(&moment.date().year()) { Ok(moment) } else { Err(NotUnderstood::YearOutOfBounds) }
}

/// Reads how far something goes on the clock, in minutes: `+25m`, `-10m`, `1h`, `1h30`, `2 days`; without a sign it is later.
///
/// # Errors
/// When the text is no span: figures alone could be minutes or days.
pub fn read_span(text: &str) -> Result<i64, NotUnderstood> {
    let text = text.trim().to_lowercase().replace('\u{2212}', "-");
    if text.is_empty() {
        return Err(NotUnderstood::Empty);
    }
    let units = [("minutes", "m"), ("minute", "m"), ("hours", "h"), ("hour", "h"), ("days", "d"), ("day", "d")];
    let short = units.iter().fold(text, |text, (long, short)| text.replace(long, short));
    let figures: String = short.chars().filter(|letter| !letter.is_whitespace()).collect();
    let is_signed = figures.starts_with(['+', '-']);
    if figures.chars().skip(usize::from(is_signed)).all(|letter| letter.is_ascii_digit()) {
        return Err(NotUnderstood::Unreadable);
    }
    let mut found = words(&if is_signed { figures } else { format!("+{figures}") })?;
    match (found.next(), found.next()) {
        (Some(Word::Span(minutes)), None) => Ok(minutes),
        _ => Err(NotUnderstood::Unreadable),
    }
}

/// What a text says, part by part; each part at most once.
#[derive(Default)]
struct Reading {
    date: Option<NaiveDate>,
    time: Option<NaiveTime>,
    minutes: Option<i64>,
}

type Rest = std::iter::Peekable<std::vec::IntoIter<Word>>;

/// Keeps a part, unless there is one already.
fn once<T>(part: &mut Option<T>, value: T) -> Result<(), NotUnderstood> {
    match part.replace(value) {
        None => Ok(()),
        Some(_) => Err(NotUnderstood::Unreadable),
    }
}

impl Reading {
    fn of(text: &str, base: &Base) -> Result<Self, NotUnderstood> {
        let mut rest = words(text)?;
        let mut read = Self::default();
        let mut weekday = None;
        while let Some(word) = rest.next() {
            match word {
                Word::Date(year, month, day) => once(&mut read.date, exact(year, month, day)?)?,
                Word::Day(days) => once(&mut read.date, days_from(base.today, days)?)?,
                Word::Next => match rest.next() {
                    Some(Word::Weekday(day)) => {
                        let monday = days_from(base.date(), -i64::from(base.date().weekday().num_days_from_monday()))?;
                        once(&mut read.date, days_from(monday, 7 + i64::from(day.num_days_from_monday()))?)?;
                    }
                    _ => return Err(NotUnderstood::Unreadable),
                },
                Word::Weekday(day) => once(&mut weekday, day)?,
                Word::Month(month) => match rest.next() {
                    Some(Word::Number(day) | Word::Ordinal(day)) => once(&mut read.date, named(month, day, &mut rest, base)?)?,
                    _ => return Err(NotUnderstood::Unreadable),
                },
                Word::Number(day) | Word::Ordinal(day) if matches!(rest.peek(), Some(Word::Month(_))) => {
                    if let Some(Word::Month(month)) = rest.next() {
                        once(&mut read.date, named(month, day, &mut rest, base)?)?;
                    }
                }
                Word::Span(minutes) => {
                    once(&mut read.minutes, minutes)?;
                    if rest.peek().is_some() {
                        return Err(NotUnderstood::Unreadable);
                    }
                }
                other => {
                    let time = time_of_day(other, &mut rest)?.ok_or(NotUnderstood::Unreadable)?;
                    once(&mut read.time, time)?;
                }
            }
        }
        if let Some(weekday) = weekday {
            match read.date {
                Some(date) if date.weekday() == weekday => {}
                Some(_) => return Err(NotUnderstood::OtherWeekday),
                None => {
                    let ahead = base.date().weekday().days_since(weekday);
                    read.date = Some(days_from(base.date(), (7 - i64::from(ahead)) % 7)?);
                }
            }
        }
        Ok(read)
    }
}

/// The date so many days after (or before) another.
fn days_from(date: NaiveDate, days: i64) -> Result<NaiveDate, NotUnderstood> {
    let count = Days::new(days.unsigned_abs());
    let moved = if days < 0 { date.checked_sub_days(count) } else { date.checked_add_days(count) };
    moved.filter(|date| YEARS.contains(&date.year())).ok_or(NotUnderstood::YearOutOfBounds)
}

/// The date of a year, month and day.
fn exact(year: i32, month: u32, day: u32) -> Result<NaiveDate, NotUnderstood> {
    if !YEARS.contains(&year) {
        return Err(NotUnderstood::YearOutOfBounds);
    }
    NaiveDate::from_ymd_opt(year, month, day).ok_or(NotUnderstood::NoSuchDate)
}

/// The date of a named month and day, with the year that follows or else the first such date near the base.
fn named(month: u32, day: u32, rest: &mut Rest, base: &Base) -> Result<NaiveDate, NotUnderstood> {
    match rest.peek() {
        Some(Word::FourFigures(year)) if i32::try_from(*year).is_ok_and(|year| YEARS.contains(&year)) => {
            let year = i32::try_from(*year).map_err(|_| NotUnderstood::YearOutOfBounds)?;
            rest.next();
            return exact(year, month, day);
        }
        Some(Word::FourFigures(figures)) if compact_time(*figures).is_err() => return Err(NotUnderstood::YearOutOfBounds),
        Some(Word::Number(figures)) if *figures >= 10 => {
            let mut ahead = rest.clone();
            ahead.next();
            if !matches!(ahead.peek(), Some(Word::HalfDay { .. } | Word::Month(_))) {
                return Err(NotUnderstood::ShortYear);
            }
        }
        _ => {}
    }
    let earliest = base.date().checked_sub_days(Days::new(DAYS_BACK)).unwrap_or(base.date());
    // A leap day is at most eight years away.
    let years = earliest.year()..=earliest.year() + 8;
    let dates = years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
    let date = dates.into_iter().find(|date| *date >= earliest).ok_or(NotUnderstood::NoSuchDate)?;
    if YEARS.contains(&date.year()) { Ok(date) } else { Err(NotUnderstood::YearOutOfBounds) }
}

/// The time of day that begins with this word, if one does; takes the half of the day (`am`, `pm`) behind it.
fn time_of_day(word: Word, rest: &mut Rest) -> Result<Option<NaiveTime>, NotUnderstood> {
    let (hour, minute, alone) = match word {
        Word::Noon => (12, 0, false),
        Word::Clock(hour, minute) => (hour, minute, false),
        Word::Number(hour) => (hour, 0, true),
        Word::FourFigures(figures) => {
            let (hour, minute) = compact_time(figures)?;
            (hour, minute, false)
        }
        _ => return Ok(None),
    };
    let hour = match rest.peek() {
        Some(Word::HalfDay { afternoon }) if word != Word::Noon => {
            let afternoon = *afternoon;
            rest.next();
            if !(1..=12).contains(&hour) {
                return Err(NotUnderstood::NoSuchTime);
            }
            hour % 12 + if afternoon { 12 } else { 0 }
        }
        // “9” alone may be an hour or a day.
        _ if alone => return Ok(None),
        _ => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, 0).map(Some).ok_or(NotUnderstood::NoSuchTime)
}

/// The hour and minute of `0930`.
fn compact_time(figures: u32) -> Result<(u32, u32), NotUnderstood> {
    let (hour, minute) = (figures / 100, figures % 100);
    if hour < 24 && minute < 60 { Ok((hour, minute)) } else { Err(NotUnderstood::NoSuchTime) }
}

#[cfg(test)]
mod tests;
