//! What is said of hours: of a week, of the seasons of a year, of single days.

use super::filled;
use crate::{
    problems::{Problem, Problems},
    rooms::terms::{DayHours, Holiday, MonthDay, OpeningHours, Season},
    text::{Label, Title},
    time::bounds::read_day,
    typed::TypedNumber,
};
use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

/// Opening hours of a day of the week, as they were typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HoursInput {
    /// Day of the week, Monday 1 to Sunday 7 (ISO 8601).
    #[cfg_attr(feature = "openapi", schema(value_type = u32))]
    pub weekday: TypedNumber,
    /// From, `HH:MM`.
    pub opens: String,
    /// Until, `HH:MM`; after `opens`, or `24:00` for the end of the day.
    pub closes: String,
}

/// A season of a room, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct SeasonInput {
    /// What it is called.
    pub name: String,
    /// Its first day, `MM-DD`.
    pub from: String,
    /// Its last day, `MM-DD`; before `from` if it runs over New Year.
    pub until: String,
    /// Its opening hours; none means closed.
    pub hours: Vec<HoursInput>,
}

/// A holiday of a site, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct HolidayInput {
    /// Which day, `YYYY-MM-DD`.
    pub on: String,
    /// What it is called.
    pub name: String,
    /// From when it is open all the same, `HH:MM`; empty if it is closed.
    pub opens: String,
    /// Until when, `HH:MM`; after `opens`, or `24:00` for the end of the day.
    pub closes: String,
}

fn time_of_day(text: &str) -> Result<NaiveTime, Problem> {
    NaiveTime::parse_from_str(text.trim(), "%H:%M").map_err(|_| Problem::NotATime)
}

/// The end of hours; midnight is that at the end of the day.
fn closing_time(text: &str) -> Result<NaiveTime, Problem> {
    if text.trim() == "24:00" { Ok(NaiveTime::MIN) } else { time_of_day(text) }
}

fn day_hours(problems: &mut Problems, field: &dyn Fn(&str) -> String, opens: &str, closes: &str) -> Option<DayHours> {
    let opens = problems.take(&field("opens"), time_of_day(opens));
    let closes = problems.take(&field("closes"), closing_time(closes));
    let hours = opens.zip(closes).map(|(opens, closes)| DayHours { opens, closes })?;
    if hours.is_in_order() {
        return Some(hours);
    }
    problems.add(&field("closes"), Problem::EndsBeforeStart);
    None
}

fn has_no_times(input: &HoursInput) -> bool {
    input.opens.trim().is_empty() && input.closes.trim().is_empty()
}

/// The hours of a week under a field; a row without times is left out.
pub(super) fn hours(problems: &mut Problems, list: &str, given: &[HoursInput]) -> Vec<OpeningHours> {
    let mut hours: Vec<OpeningHours> = Vec::with_capacity(given.len());
    for (index, input) in given.iter().enumerate().filter(|(_, input)| !has_no_times(input)) {
        let field = |name: &str| format!("{list}.{index}.{name}");
        let weekday = input.weekday.within(1, 7).and_then(|day| u8::try_from(day).map_err(|_| Problem::Unknown));
        let weekday = problems.take(&field("weekday"), weekday);
        let of_day = day_hours(problems, &field, &input.opens, &input.closes);
        let Some((weekday, of_day)) = weekday.zip(of_day) else { continue };
        if hours.iter().any(|other| other.weekday == weekday && other.of_day().overlaps(of_day)) {
            problems.add(&field("opens"), Problem::AlreadyTaken);
        } else {
            hours.push(OpeningHours { weekday, opens: of_day.opens, closes: of_day.closes });
        }
    }
    hours.sort_unstable_by_key(|hours| (hours.weekday, hours.opens));
    hours
}

/// The seasons of a room; one of which nothing is said is left out. Of two that share a day the later is refused.
pub(super) fn seasons(problems: &mut Problems, given: &[SeasonInput]) -> Vec<Season> {
    let mut seasons: Vec<Season> = Vec::with_capacity(given.len());
    let is_blank = |input: &SeasonInput| {
        [&input.name, &input.from, &input.until].into_iter().all(|text| text.trim().is_empty()) && input.hours.iter().all(has_no_times)
    };
    for (index, input) in given.iter().enumerate().filter(|(_, input)| !is_blank(input)) {
        let field = |name: &str| format!("seasons.{index}.{name}");
        let day = |text: &str| match text.trim() {
            "" => Err(Problem::Missing),
            text => text.parse::<MonthDay>().map_err(|_| Problem::NotATime),
        };
        let name = problems.take(&field("name"), Label::parse(&input.name));
        let from = problems.take(&field("from"), day(&input.from));
        let until = problems.take(&field("until"), day(&input.until));
        let hours = hours(problems, &field("hours"), &input.hours);
        let Some((name, (from, until))) = name.zip(from.zip(until)) else { continue };
        let season = Season { name, from, until, hours };
        if seasons.iter().any(|other| other.overlaps(&season)) {
            problems.add(&field("from"), Problem::AlreadyTaken);
        } else {
            seasons.push(season);
        }
    }
    seasons.sort_unstable_by_key(|season| season.from);
    seasons
}

/// The holidays of a site or an office; one of which nothing is said is left out. Of two on one day the later is refused.
pub(crate) fn holidays(problems: &mut Problems, given: &[HolidayInput]) -> Vec<Holiday> {
    let mut holidays: Vec<Holiday> = Vec::with_capacity(given.len());
    let is_blank =
        |input: &HolidayInput| [&input.on, &input.name, &input.opens, &input.closes].into_iter().all(|text| text.trim().is_empty());
    for (index, input) in given.iter().enumerate().filter(|(_, input)| !is_blank(input)) {
        let field = |name: &str| format!("holidays.{index}.{name}");
        let on = problems.take(&field("on"), read_day(&input.on));
        let name = problems.take(&field("name"), Title::parse(&input.name));
        let is_closed = filled(&input.opens).is_none() && filled(&input.closes).is_none();
        let hours = if is_closed { Some(None) } else { day_hours(problems, &field, &input.opens, &input.closes).map(Some) };
        let Some((on, (name, hours))) = on.zip(name.zip(hours)) else { continue };
        if holidays.iter().any(|other| other.on == on) {
            problems.add(&field("on"), Problem::AlreadyTaken);
        } else {
            holidays.push(Holiday { on, name, hours });
        }
    }
    holidays.sort_unstable_by_key(|holiday| holiday.on);
    holidays
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(problems: Problems) -> Vec<String> {
        problems.into_vec().into_iter().map(|it| it.field).collect()
    }

    fn row(day: u32, opens: &str, closes: &str) -> HoursInput {
        HoursInput { weekday: day.into(), opens: opens.into(), closes: closes.into() }
    }

    #[test]
    fn hours_that_overlap_or_end_before_they_begin_are_refused() {
        let mut problems = Problems::new();
        let given = [row(1, "08:00", "12:00"), row(1, "11:00", "13:00"), row(2, "18:00", "08:00"), row(8, "08:00", "09:00")];
        assert_eq!(hours(&mut problems, "hours", &given).len(), 1);
        assert_eq!(fields(problems), ["hours.1.opens", "hours.2.closes", "hours.3.weekday"]);
    }

    #[test]
    fn a_day_may_end_at_midnight() {
        let mut problems = Problems::new();
        let given = [row(1, "22:00", "24:00"), row(2, "00:00", "00:00"), row(1, "23:00", "23:30"), row(2, "24:00", "24:00")];
        let read: Vec<(u8, String)> =
            hours(&mut problems, "hours", &given).into_iter().map(|it| (it.weekday, format!("{}-{}", it.opens, it.closes))).collect();
        assert_eq!(read, [(1, "22:00:00-00:00:00".to_owned()), (2, "00:00:00-00:00:00".to_owned())]);
        assert_eq!(fields(problems), ["hours.2.opens", "hours.3.opens"]);
    }

    #[test]
    fn seasons_share_no_day_and_have_days_that_exist() {
        let season = |name: &str, from: &str, until: &str| SeasonInput {
            name: name.into(),
            from: from.into(),
            until: until.into(),
            hours: vec![row(1, "09:00", "08:00")],
        };
        let given = [
            SeasonInput { hours: Vec::new(), ..season("Winter", "11-01", "02-29") },
            SeasonInput { hours: Vec::new(), ..season("Lent", "02-15", "03-15") },
            season("Ramadan", "02-30", ""),
            SeasonInput::default(),
            SeasonInput { hours: vec![row(2, "08:00", "12:00")], ..SeasonInput::default() },
        ];
        let mut problems = Problems::new();
        assert_eq!(seasons(&mut problems, &given).len(), 1);
        let nameless = ["seasons.4.name", "seasons.4.from", "seasons.4.until"];
        let wrong = ["seasons.1.from", "seasons.2.from", "seasons.2.until", "seasons.2.hours.0.closes"];
        assert_eq!(fields(problems), wrong.into_iter().chain(nameless).collect::<Vec<_>>());
    }

    #[test]
    fn a_day_is_a_holiday_once_and_its_hours_have_two_ends() {
        let holiday = |on: &str, opens: &str, closes: &str| HolidayInput {
            on: on.into(),
            name: "Lunar New Year".into(),
            opens: opens.into(),
            closes: closes.into(),
        };
        let given = [
            holiday("2027-02-06", "", ""),
            holiday("2027-02-06", "08:00", "12:00"),
            holiday("2027-02-30", "08:00", "12:00"),
            holiday("2027-02-07", "08:00", ""),
            holiday("2027-02-05", "18:00", "24:00"),
            HolidayInput { name: "Somewhen".into(), ..HolidayInput::default() },
        ];
        let mut problems = Problems::new();
        let read: Vec<String> = holidays(&mut problems, &given).into_iter().map(|it| it.on.to_string()).collect();
        assert_eq!(read, ["2027-02-05", "2027-02-06"]);
        assert_eq!(fields(problems), ["holidays.1.on", "holidays.2.on", "holidays.3.closes", "holidays.5.on"]);
    }
}
