//! What is said of series.

use crate::words::date_in_words;
use domain::rooms::series::{SeriesDay, input::Repeats, view::RecurrenceView};
use language::Words;

/// A way to come again, as one chooses it.
pub fn repeats_in_words(words: Words, repeats: Repeats) -> String {
    match repeats {
        Repeats::Weekly => words.series_repeats_weekly(),
        Repeats::MonthlyOnDay => words.series_repeats_monthly_on_day(),
        Repeats::MonthlyOnWeekday => words.series_repeats_monthly_on_weekday(),
        Repeats::MonthlyOnLastWeekday => words.series_repeats_monthly_on_last_weekday(),
        Repeats::Dates => words.series_repeats_dates(),
    }
}

/// A day of a series: one that its month lacks as it is written.
pub fn day_of_series(words: Words, on: SeriesDay) -> String {
    on.date().map_or_else(|| on.to_string(), |date| date_in_words(words, date))
}

/// On which days it is: “every 2 weeks on Wednesday, from Wed 10 March 2027, 12 times”.
pub fn recurrence_in_words(words: Words, recurrence: &RecurrenceView) -> String {
    let weekdays: Vec<String> = recurrence.weekdays.iter().map(|day| words.rooms_weekday(u32::from(*day))).collect();
    let (every, weekdays) = (recurrence.every, weekdays.join(", "));
    let days = match recurrence.repeats {
        Repeats::Weekly => words.series_every_weeks(every, weekdays),
        Repeats::MonthlyOnDay => words.series_every_months_on_day(every, recurrence.day_of_month.unwrap_or(1)),
        Repeats::MonthlyOnWeekday => words.series_every_months_on_weekday(every, u32::from(recurrence.nth.unwrap_or(1)), weekdays),
        Repeats::MonthlyOnLastWeekday => words.series_every_months_on_last_weekday(every, weekdays),
        Repeats::Dates => return words.series_on_dates(u32::try_from(recurrence.dates.len()).unwrap_or(u32::MAX)),
    };
    let from = date_in_words(words, recurrence.first);
    match (recurrence.until, recurrence.times) {
        (Some(until), _) => words.series_from_until(days, from, date_in_words(words, until)),
        (None, Some(times)) => words.series_from_times(days, from, times),
        (None, None) => days,
    }
}
