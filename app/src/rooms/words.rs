//! What is said of rooms.

use crate::{programme::words::layout_in_words, words::date_in_words};
use chrono::NaiveTime;
use domain::rooms::{
    Feature, LayoutCapacity,
    terms::{MonthDay, OpeningHours},
    view::{HolidayView, SeasonView},
    written::{closing_written, hours_written},
};
use language::Words;
use std::collections::BTreeMap;

/// What a feature is called.
pub fn feature_in_words(words: Words, feature: Feature) -> String {
    match feature {
        Feature::InterpretationBooths => words.directory_feature_interpretation_booths(),
        Feature::VideoLink => words.directory_feature_video_link(),
        Feature::StepFree => words.directory_feature_step_free(),
        Feature::HearingLoop => words.directory_feature_hearing_loop(),
        Feature::Secure => words.directory_feature_secure(),
        Feature::PrayerRoom => words.directory_feature_prayer_room(),
        Feature::Kitchen => words.directory_feature_kitchen(),
    }
}

/// A layout with what the room holds in it and its margins.
pub fn layout_said(words: Words, layout: &LayoutCapacity) -> String {
    let name = layout_in_words(words, layout.layout);
    words.directory_room_layout(name, layout.capacity, layout.set_up_minutes, layout.clearing_minutes)
}

/// From when until when it is open on one day, once or more often.
type Open = Vec<(NaiveTime, NaiveTime)>;

/// Opening hours, days that follow each other with the same hours together: “Mon–Fri 07:00–21:00”.
pub fn hours_said(words: Words, hours: &[OpeningHours]) -> Vec<String> {
    let mut days: BTreeMap<u8, Open> = BTreeMap::new();
    for one in hours {
        days.entry(one.weekday).or_default().push((one.opens, one.closes));
    }
    let mut runs: Vec<(u8, u8, Open)> = Vec::new();
    for (day, mut open) in days {
        open.sort_unstable();
        match runs.last_mut() {
            Some((_, last, same)) if *last + 1 == day && *same == open => *last = day,
            _ => runs.push((day, day, open)),
        }
    }
    let day = |number: u8| words.directory_room_weekday(u32::from(number));
    let clock = |time: NaiveTime| time.format("%H:%M").to_string();
    let said = runs.into_iter().map(|(first, last, open)| {
        let days = if first == last { day(first) } else { words.directory_room_weekdays(day(first), day(last)) };
        let open: Vec<String> =
            open.into_iter().map(|(opens, closes)| words.directory_room_hours_of_day(clock(opens), closing_written(closes))).collect();
        words.directory_room_hours(days, open.join(", "))
    });
    said.collect()
}

/// “1 June”.
fn day_of_year(words: Words, day: MonthDay) -> String {
    words.time_day_of_year(u32::from(day.day()), u32::from(day.month()))
}

/// A season: what it is called, from which day of the year until which, and its hours below.
pub fn season_said(words: Words, season: &SeasonView) -> Vec<String> {
    let head = words.rooms_season_said(season.name.clone(), day_of_year(words, season.from), day_of_year(words, season.until));
    let hours = hours_said(words, &season.hours);
    let hours = if hours.is_empty() { vec![words.rooms_closed()] } else { hours };
    [vec![head], hours].concat()
}

/// A holiday: “Sat 25 December 2027, Christmas Day: closed”.
pub fn holiday_said(words: Words, holiday: &HolidayView) -> String {
    let hours = holiday.hours.map_or_else(|| words.rooms_closed(), |hours| hours_written([hours]).replace('-', "–"));
    words.rooms_holiday_said(date_in_words(words, holiday.on), holiday.name.clone(), hours)
}

#[cfg(test)]
mod tests {
    use super::*;
    use language::Locale;

    fn open(weekday: u8, opens: &str, closes: &str) -> OpeningHours {
        OpeningHours { weekday, opens: opens.parse().unwrap(), closes: closes.parse().unwrap() }
    }

    #[test]
    fn days_with_the_same_hours_stand_together() {
        let week: Vec<_> = (1..=5).map(|day| open(day, "07:00:00", "21:00:00")).collect();
        let said = |hours: &[OpeningHours]| hours_said(Words::new(Locale::English), hours);
        assert_eq!(said(&week), ["Mon–Fri 07:00–21:00"]);
        let broken = [week, vec![open(7, "07:00:00", "21:00:00"), open(3, "22:00:00", "23:00:00")]].concat();
        assert_eq!(said(&broken), ["Mon–Tue 07:00–21:00", "Wed 07:00–21:00, 22:00–23:00", "Thu–Fri 07:00–21:00", "Sun 07:00–21:00"]);
        assert!(said(&[]).is_empty());
    }
}
