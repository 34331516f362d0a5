//! What a form or the API says of a series, and what is made of it.

use super::{InSeries, MOST_OCCURRENCES, Nth, Pattern, Recurrence, RecurrenceProblem, Series, SeriesDay, Settled, Twice, Until};
use crate::{
    ids::{BookingId, SeriesId},
    problems::{FieldProblem, Problem, Problems},
    rooms::{
        Booking, LONGEST_BOOKING_HOURS,
        input::{BookingAuthor, BookingInput},
    },
    time::{
        Moment, ZoneName, ZoneRules,
        agreed::AgreedTime,
        bounds::{out_of_bounds, read_day, within},
    },
    typed::TypedNumber,
    visits::input::word,
};
use chrono::{Datelike, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, str::FromStr};

/// A series comes again after so many weeks, or months, at the latest.
const MOST_WEEKS: u32 = 52;
const MOST_MONTHS: u32 = 12;

/// How a series comes again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Repeats {
    /// On weekdays.
    Weekly,
    /// On the first day's day of the month.
    MonthlyOnDay,
    /// On the first day's weekday of the month: the second Tuesday. The fifth counts as the last.
    MonthlyOnWeekday,
    /// On the last such weekday of the month.
    MonthlyOnLastWeekday,
    /// On chosen dates.
    Dates,
}

impl Repeats {
    /// All ways.
    pub const ALL: [Self; 5] = [Self::Weekly, Self::MonthlyOnDay, Self::MonthlyOnWeekday, Self::MonthlyOnLastWeekday, Self::Dates];
}

/// What was said of a series: the booking that comes again, with the time of the first, and how it comes again.
///
/// What is absent stays as it was; on a new series it takes its default, or is missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct SeriesInput {
    /// The booking. Its times are those of the first day, and each occurrence has the same on its own; both in one zone. Their offsets
    /// say nothing, `twice` does.
    pub booking: BookingInput,
    /// `weekly`, `monthly_on_day`, `monthly_on_weekday`, `monthly_on_last_weekday` or `dates`.
    pub repeats: Option<String>,
    /// Every so many weeks or months; 1 if nothing is said.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u32>))]
    pub every: Option<TypedNumber>,
    /// On which weekdays, Monday 1 to Sunday 7; the first day's if none is named.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Vec<u32>>))]
    pub weekdays: Option<Vec<TypedNumber>>,
    /// The chosen dates, `YYYY-MM-DD`; the first day is one of them.
    pub dates: Option<Vec<String>>,
    /// The last day on which it may be; or else `times`.
    pub until: Option<String>,
    /// How many occurrences it has, those left out counted.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u32>))]
    pub times: Option<TypedNumber>,
    /// Days that are left out, `YYYY-MM-DD`.
    pub except: Option<Vec<String>>,
    /// `first` or `second`: which is meant where the clocks show a time twice.
    pub twice: Option<String>,
    /// What is to become of occurrences that cannot be had.
    pub answers: Vec<SeriesAnswer>,
}

/// What is to become of an occurrence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SeriesAnswer {
    /// The day for which it is.
    pub on: SeriesDay,
    /// When and where it is instead; nothing leaves it out.
    #[serde(default)]
    pub take: Option<TakenSlot>,
}

/// When and where an occurrence is instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TakenSlot {
    /// From.
    pub starts: AgreedTime,
    /// Until.
    pub ends: AgreedTime,
    /// The room, by id; the series' own if none is named.
    #[serde(default)]
    pub room_id: Option<String>,
}

/// Problems of the booking under the names that the series' fields have.
fn of_booking(problems: Vec<FieldProblem>) -> Vec<FieldProblem> {
    problems.into_iter().map(|problem| FieldProblem { field: format!("booking.{}", problem.field), ..problem }).collect()
}

fn a_date(text: &str) -> Result<NaiveDate, Problem> {
    Ok(read_day(text)?)
}

/// What a field that may be left empty says.
fn filled(given: Option<&String>) -> Option<&str> {
    given.map(|text| text.trim()).filter(|text| !text.is_empty())
}

/// The time of day, how many minutes it lasts on the wall, and the clocks.
struct TimeOfDay {
    first: NaiveDate,
    starts: NaiveTime,
    minutes: i64,
    zone: ZoneName,
}

impl SeriesInput {
    /// What was said, put onto a series as it is, or onto nothing. The author has been shown the series, and so reads all of it.
    ///
    /// # Errors
    /// With all that is wrong, field by field.
    pub fn onto(
        &self,
        id: SeriesId,
        had: Option<&Series>,
        author: BookingAuthor,
        rules: &dyn ZoneRules,
    ) -> Result<Series, Vec<FieldProblem>> {
        let mut problems = Problems::new();
        let recurrence = self.recurrence(had.map(|series| &series.recurrence), rules, &mut problems);
        let settled = recurrence.as_ref().and_then(|recurrence| first_settled(recurrence, rules));
        if recurrence.is_some() && settled.is_none() && problems.is_empty() {
            problems.add("except", Problem::Missing);
        }
        let model = match (&settled, had.map(|series| &series.model)) {
            (Some((starts, ends)), had) => self.occurrence(had, BookingId(id.uuid()), (starts, ends), author, rules),
            // Whatever is wrong with the rest is said too.
            (None, had) => self.booking.onto(BookingId(id.uuid()), had, author, rules).map_err(of_booking),
        };
        let model = model.map_err(|more| {
            let of_time = |field: &str| settled.is_none() && ["booking.starts", "booking.ends", "booking.hold_until"].contains(&field);
            more.into_iter().filter(|it| !of_time(&it.field)).for_each(|it| problems.add(&it.field, it.problem));
        });
        let parts = recurrence.zip(model.ok());
        let revision = had.map_or(1, |series| series.revision);
        problems.finish(parts.map(|(recurrence, model)| Series {
            id,
            revision,
            recurrence,
            model: Booking { revision, series: None, ..model },
        }))
    }

    /// An occurrence, put onto a booking as it is, or onto what the series was. A hold of which the end was not said ends when its
    /// use starts.
    ///
    /// # Errors
    /// With all that is wrong, field by field.
    pub fn occurrence(
        &self,
        had: Option<&Booking>,
        id: BookingId,
        (starts, ends): (&Moment, &Moment),
        author: BookingAuthor,
        rules: &dyn ZoneRules,
    ) -> Result<Booking, Vec<FieldProblem>> {
        let ends_with_its_start = had.is_some_and(|had| had.hold_until == Some(had.starts.at()));
        let booking = BookingInput {
            starts: Some(AgreedTime::from(starts)),
            ends: Some(AgreedTime::from(ends)),
            hold_until: self.booking.hold_until.clone().or_else(|| ends_with_its_start.then(String::new)),
            ..self.booking.clone()
        };
        booking.onto(id, had, author, rules).map_err(of_booking)
    }

    /// An occurrence of a series that is put elsewhere, and so is no longer where the series is.
    ///
    /// # Errors
    /// With all that is wrong, field by field.
    pub fn taken(
        &self,
        had: Option<&Booking>,
        id: BookingId,
        slot: &TakenSlot,
        author: BookingAuthor,
        rules: &dyn ZoneRules,
    ) -> Result<Booking, Vec<FieldProblem>> {
        let booking = BookingInput {
            starts: Some(slot.starts.clone()),
            ends: Some(slot.ends.clone()),
            room_id: slot.room_id.clone().or_else(|| self.booking.room_id.clone()),
            ..self.booking.clone()
        };
        let renamed = |problem: FieldProblem| FieldProblem { field: format!("answers.{}", problem.field), ..problem };
        booking.onto(id, had, author, rules).map_err(|problems| problems.into_iter().map(renamed).collect())
    }

    fn recurrence(&self, had: Option<&Recurrence>, rules: &dyn ZoneRules, problems: &mut Problems) -> Option<Recurrence> {
        let time = self.time_of_day(had, problems);
        let twice = match filled(self.twice.as_ref()) {
            None => had.and_then(|had| had.twice),
            Some(text) => problems.take("twice", word::<Twice>(text)),
        };
        let time = time?;
        let pattern = self.pattern(had, time.first, problems);
        let until = self.until(had, pattern.as_ref(), problems);
        let except = match &self.except {
            None => Some(had.map(|had| had.except.clone()).unwrap_or_default()),
            Some(given) => {
                let days = given.iter().filter(|text| !text.trim().is_empty()).map(|text| SeriesDay::from_str(text));
                problems.take("except", days.collect::<Result<BTreeSet<_>, _>>().map_err(|_| Problem::NotATime))
            }
        };
        let TimeOfDay { first, starts, minutes, zone } = time;
        let first = match &pattern {
            Some(Pattern::Dates { days }) => days.first().copied().unwrap_or(first),
            _ => first,
        };
        let recurrence = Recurrence { pattern: pattern?, first, until: until?, except: except?, starts, minutes, zone, twice };
        self.checked(recurrence, rules, problems)
    }

    /// What is no longer than may be, leaves out only what would be there, and is in doubt nowhere.
    fn checked(&self, mut recurrence: Recurrence, rules: &dyn ZoneRules, problems: &mut Problems) -> Option<Recurrence> {
        let of_dates = matches!(recurrence.pattern, Pattern::Dates { .. });
        let field = match recurrence.until {
            _ if of_dates => "dates",
            Until::On(_) => "until",
            Until::Times(_) => "times",
        };
        problems.take(
            field,
            recurrence.check().map_err(|problem| match problem {
                RecurrenceProblem::TooMany { last } => Problem::DateOutOfBounds { earliest: recurrence.first, latest: last },
                RecurrenceProblem::TooLong { fit } => Problem::OutOfBounds { least: 1, most: i64::from(fit) },
                RecurrenceProblem::EndsElsewhere { earliest, latest } => Problem::DateOutOfBounds { earliest, latest },
            }),
        )?;
        let days: BTreeSet<SeriesDay> = recurrence.pattern_days().into_iter().collect();
        let last = days.last().and_then(|day| recurrence.wall_on(day.nearest_date()?));
        if last.is_some_and(|(_, ends)| within(ends.date()).is_err()) {
            problems.add(field, out_of_bounds());
            return None;
        }
        if self.except.is_some() && !recurrence.except.is_subset(&days) {
            problems.add("except", Problem::Unknown);
        }
        recurrence.except.retain(|day| days.contains(day));
        for answer in &self.answers {
            if !days.contains(&answer.on) {
                problems.add("answers", Problem::Unknown);
            } else if answer.take.is_none() {
                recurrence.except.insert(answer.on);
            }
        }
        for day in recurrence.days() {
            let is_put_elsewhere = self.answers.iter().any(|answer| answer.on == day);
            match recurrence.settle(day, rules) {
                Err(_) => {
                    problems.add("booking.starts", Problem::UnknownZone);
                    return None;
                }
                Ok(Settled::Twice { first, second }) if !is_put_elsewhere => {
                    problems.add("twice", Problem::TimeAmbiguous { first_offset: first, second_offset: second });
                    return None;
                }
                Ok(_) => {}
            }
        }
        Some(recurrence)
    }

    fn time_of_day(&self, had: Option<&Recurrence>, problems: &mut Problems) -> Option<TimeOfDay> {
        let (starts, ends) = (&self.booking.starts, &self.booking.ends);
        let had_first = had.and_then(|had| Some((had, had.wall_on(had.first)?)));
        let starts = match (starts, &had_first) {
            (Some(starts), _) => Some((starts.local, starts.zone.clone())),
            (None, Some((had, (from, _)))) => Some((*from, had.zone.clone())),
            (None, None) => {
                problems.add("booking.starts", Problem::Missing);
                None
            }
        };
        let ends = match (ends, &had_first) {
            (Some(ends), _) => Some((ends.local, ends.zone.clone())),
            // It lasts as long as it did.
            (None, Some((had, _))) => starts.as_ref().and_then(|(from, zone)| Some((from.plus_minutes(had.minutes)?, zone.clone()))),
            (None, None) => {
                problems.add("booking.ends", Problem::Missing);
                None
            }
        };
        let ((starts, zone), (ends, end_zone)) = starts.zip(ends)?;
        let minutes = (ends.naive() - starts.naive()).num_minutes();
        if within(starts.date()).is_err() {
            problems.add("booking.starts", out_of_bounds());
        } else if within(ends.date()).is_err() {
            problems.add("booking.ends", out_of_bounds());
        } else if zone != end_zone {
            problems.add("booking.ends", Problem::Form);
        } else if minutes <= 0 {
            problems.add("booking.ends", Problem::EndsBeforeStart);
        } else if minutes > i64::from(LONGEST_BOOKING_HOURS) * 60 {
            problems.add("booking.ends", Problem::TooLongSpan { most_hours: LONGEST_BOOKING_HOURS });
        } else {
            return Some(TimeOfDay { first: starts.date(), starts: starts.naive().time(), minutes, zone });
        }
        None
    }

    fn pattern(&self, had: Option<&Recurrence>, first: NaiveDate, problems: &mut Problems) -> Option<Pattern> {
        let repeats = match (filled(self.repeats.as_ref()), had) {
            (Some(text), _) => problems.take("repeats", word::<Repeats>(text))?,
            (None, Some(had)) => return Some(had.pattern.clone()),
            (None, None) => {
                problems.add("repeats", Problem::Missing);
                return None;
            }
        };
        let most = if repeats == Repeats::Weekly { MOST_WEEKS } else { MOST_MONTHS };
        let every = match &self.every {
            Some(typed) if !typed.is_empty() && repeats != Repeats::Dates => problems.take("every", typed.within(1, most))?,
            _ => 1,
        };
        let weekday = u8::try_from(first.weekday().number_from_monday()).unwrap_or(1);
        let nth = match u8::try_from((first.day() - 1) / 7 + 1) {
            Ok(number @ 1..=4) => Nth::From(number),
            _ => Nth::Last,
        };
        Some(match repeats {
            Repeats::Weekly => Pattern::Weekly { every, on: self.weekdays(weekday, problems)? },
            Repeats::MonthlyOnDay => Pattern::MonthlyOn { every, day: first.day() },
            Repeats::MonthlyOnWeekday => Pattern::MonthlyNth { every, nth, weekday },
            Repeats::MonthlyOnLastWeekday => Pattern::MonthlyNth { every, nth: Nth::Last, weekday },
            Repeats::Dates => Pattern::Dates { days: self.chosen(first, problems)? },
        })
    }

    fn weekdays(&self, of_first: u8, problems: &mut Problems) -> Option<BTreeSet<u8>> {
        let given = self.weekdays.iter().flatten().filter(|typed| !typed.is_empty());
        let on: Result<BTreeSet<u8>, Problem> = given.map(|typed| typed.within(1, 7).map(|day| u8::try_from(day).unwrap_or(1))).collect();
        let on = problems.take("weekdays", on)?;
        Some(if on.is_empty() { BTreeSet::from([of_first]) } else { on })
    }

    fn chosen(&self, first: NaiveDate, problems: &mut Problems) -> Option<BTreeSet<NaiveDate>> {
        let given: Vec<&String> = self.dates.iter().flatten().filter(|text| !text.trim().is_empty()).collect();
        // Before any is read: a body may name more than anybody wants to look at.
        if given.len() >= MOST_OCCURRENCES as usize {
            problems.add("dates", Problem::OutOfBounds { least: 1, most: i64::from(MOST_OCCURRENCES) });
            return None;
        }
        let days: Result<BTreeSet<NaiveDate>, Problem> = given.into_iter().map(|text| a_date(text)).collect();
        let mut days = problems.take("dates", days)?;
        days.insert(first);
        Some(days)
    }

    fn until(&self, had: Option<&Recurrence>, pattern: Option<&Pattern>, problems: &mut Problems) -> Option<Until> {
        if let Some(Pattern::Dates { days }) = pattern {
            return days.last().copied().map(Until::On);
        }
        if filled(self.repeats.as_ref()).is_some_and(|text| word(text) == Ok(Repeats::Dates)) {
            // The dates would say, if they could be read.
            return None;
        }
        let times = self.times.as_ref().filter(|typed| !typed.is_empty());
        match (filled(self.until.as_ref()), times, had) {
            (Some(_), Some(_), _) => {
                problems.add("times", Problem::Form);
                None
            }
            (Some(text), None, _) => problems.take("until", a_date(text)).map(Until::On),
            (None, Some(typed), _) => problems.take("times", typed.within(1, MOST_OCCURRENCES)).map(Until::Times),
            (None, None, Some(had)) => Some(had.until),
            (None, None, None) => {
                problems.add("until", Problem::Missing);
                None
            }
        }
    }
}

/// The time of the first occurrence that has one.
fn first_settled(recurrence: &Recurrence, rules: &dyn ZoneRules) -> Option<(Moment, Moment)> {
    recurrence.days().into_iter().find_map(|day| match recurrence.settle(day, rules) {
        Ok(Settled::At { starts, ends }) => Some((starts, ends)),
        _ => None,
    })
}

impl Booking {
    /// The same booking, changed by itself if it is one of a series.
    #[must_use]
    pub fn by_itself(self) -> Self {
        Self { series: self.series.map(|of| InSeries { is_detached: true, ..of }), ..self }
    }

    /// The same booking as one of a series.
    #[must_use]
    pub fn in_series(self, series: SeriesId, on: SeriesDay, is_detached: bool) -> Self {
        Self { series: Some(InSeries { series, on, is_detached }), ..self }
    }
}
