//! Holidays in a form, a row each: of a site, or of the office at all its sites.

use super::form::rows_of;
use crate::{
    components::{Entries, Field},
    forms::Typed,
    words::use_words,
};
use chrono::NaiveDate;
use domain::rooms::{input::HolidayInput, terms::DayHours, written::closing_written};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// What begins the names of the fields of holidays; the row's number and the part follow.
const HOLIDAY: &str = "holiday_";
const PARTS: [&str; 4] = ["on", "name", "opens", "closes"];
/// Empty rows after those that are filled in.
const SPARE_ROWS: u32 = 3;

fn holiday_field(row: u32, part: &str) -> String {
    format!("{HOLIDAY}{row}_{part}")
}

/// Puts holidays into the fields of a form: the day, the name, and when it is open all the same.
pub(crate) fn put_holidays<'a>(
    more: &mut BTreeMap<String, String>,
    holidays: impl IntoIterator<Item = (NaiveDate, &'a str, Option<DayHours>)>,
) {
    for (row, (on, name, hours)) in (1..).zip(holidays) {
        more.insert(holiday_field(row, "on"), on.to_string());
        more.insert(holiday_field(row, "name"), name.to_owned());
        if let Some(hours) = hours {
            more.insert(holiday_field(row, "opens"), hours.opens.format("%H:%M").to_string());
            more.insert(holiday_field(row, "closes"), closing_written(hours.closes));
        }
    }
}

/// The holidays that a form says, for the use case.
pub(crate) fn holidays_of(more: &BTreeMap<String, String>) -> Vec<HolidayInput> {
    let holiday = |row: u32| {
        let text = |part: &str| more.get(&holiday_field(row, part)).cloned().unwrap_or_default();
        HolidayInput { on: text("on"), name: text("name"), opens: text("opens"), closes: text("closes") }
    };
    rows_of(more, HOLIDAY).into_iter().map(holiday).collect()
}

/// The field in which a problem of the use case's input stands: `holidays.2.on`.
pub(crate) fn field_of_holiday(more: &BTreeMap<String, String>, field: &str) -> Option<String> {
    let (index, part) = field.strip_prefix("holidays.")?.split_once('.')?;
    rows_of(more, HOLIDAY).get(index.parse::<usize>().ok()?).map(|row| holiday_field(*row, part))
}

/// How many rows a form shows: those that are filled in, and some more.
pub(crate) fn rows_of_holidays(typed: &Typed) -> u32 {
    let is_filled = |row: &u32| PARTS.iter().any(|part| !typed.get(&holiday_field(*row, part)).is_empty());
    (1..=1000).rev().find(is_filled).unwrap_or(0) + SPARE_ROWS
}

/// Rows of holidays.
#[component]
pub(crate) fn Holidays(
    /// How many rows.
    rows: u32,
    /// What is said of them.
    #[prop(into)]
    hint: String,
) -> impl IntoView {
    let words = use_words();
    let rows = (1..=rows)
        .map(|row| {
            let field = |part: &str| holiday_field(row, part);
            view! {
                <tr>
                    <td><Field name=field("on") label=words.rooms_holiday_on_of(row) kind="date" optional=true bare=true /></td>
                    <td><Field name=field("name") label=words.rooms_holiday_name_of(row) optional=true bare=true /></td>
                    <td><Field name=field("opens") label=words.rooms_holiday_opens_of(row) optional=true bare=true /></td>
                    <td><Field name=field("closes") label=words.rooms_holiday_closes_of(row) optional=true bare=true /></td>
                </tr>
            }
        })
        .collect_view();
    let columns = [words.rooms_holiday_on(), words.rooms_holiday_name(), words.rooms_hours_opens(), words.rooms_hours_closes()];
    view! {
        <Entries title=words.rooms_holidays_title() hint=hint columns=columns>
            {rows}
        </Entries>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_says_the_holidays_it_shows_and_finds_what_is_wrong_with_one() {
        let half = DayHours { opens: "08:00:00".parse().unwrap(), closes: "12:00:00".parse().unwrap() };
        let mut more = BTreeMap::new();
        put_holidays(&mut more, [("2027-12-25".parse().unwrap(), "Christmas", None), ("2027-12-24".parse().unwrap(), "Eve", Some(half))]);
        let said: Vec<[String; 4]> = holidays_of(&more).into_iter().map(|it| [it.on, it.name, it.opens, it.closes]).collect();
        assert_eq!(said, [["2027-12-25", "Christmas", "", ""], ["2027-12-24", "Eve", "08:00", "12:00"]]);
        more.insert("holiday_9_name".into(), "Somewhen".into());
        assert_eq!(field_of_holiday(&more, "holidays.2.on").as_deref(), Some("holiday_9_on"));
        assert_eq!(field_of_holiday(&more, "travel.2.minutes"), None);
    }
}
