//! The seasons of a room in its form: a name, two days of the year, and the hours of each day of the week in one field.

use super::form::rows_of;
use crate::{components::Field, forms::Typed, words::use_words};
use domain::rooms::{
    input::{HoursInput, SeasonInput},
    view::SeasonView,
    written::{hours_typed, hours_written},
};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// What begins the names of the fields of seasons; the season's number and the part follow.
const SEASON: &str = "season_";
/// What begins the part that is a day's hours; the day of the week follows.
const DAY: &str = "day_";
/// How many seasons a form shows beside those that are filled in.
const SPARE: u32 = 1;

/// The name of a field of a season: `name`, `from`, `until`, or `day_1` to `day_7`.
fn season_field(number: u32, part: &str) -> String {
    format!("{SEASON}{number}_{part}")
}

fn day_part(weekday: u32) -> String {
    format!("{DAY}{weekday}")
}

/// Puts the seasons of a room into the fields of its form.
pub(super) fn put_seasons(more: &mut BTreeMap<String, String>, seasons: &[SeasonView]) {
    for (number, season) in (1..).zip(seasons) {
        for (part, text) in [("name", season.name.clone()), ("from", season.from.to_string()), ("until", season.until.to_string())] {
            more.insert(season_field(number, part), text);
        }
        for weekday in 1..=7 {
            let of_day = season.hours.iter().filter(|hours| u32::from(hours.weekday) == weekday);
            more.insert(season_field(number, &day_part(weekday)), hours_written(of_day.map(|hours| hours.of_day())));
        }
    }
}

/// The seasons that a form says, each with the number of its fields.
fn typed_seasons(more: &BTreeMap<String, String>) -> Vec<(u32, SeasonInput)> {
    let season = |number: u32| {
        let text = |part: &str| more.get(&season_field(number, part)).cloned().unwrap_or_default();
        let hours = (1..=7_u32).flat_map(|weekday| {
            let stretches = hours_typed(&text(&day_part(weekday))).into_iter();
            stretches.map(move |(opens, closes)| HoursInput { weekday: weekday.into(), opens, closes })
        });
        (number, SeasonInput { name: text("name"), from: text("from"), until: text("until"), hours: hours.collect() })
    };
    rows_of(more, SEASON).into_iter().map(season).collect()
}

/// The seasons that a form says, for the use case.
pub(super) fn seasons_of(more: &BTreeMap<String, String>) -> Vec<SeasonInput> {
    typed_seasons(more).into_iter().map(|(_, season)| season).collect()
}

/// The field in which a part of a season stands: `name`, or `hours.3.opens`, of the season at this place among those that
/// [`seasons_of`] gives.
pub(super) fn field_of_season(more: &BTreeMap<String, String>, index: usize, part: &str) -> Option<String> {
    let seasons = typed_seasons(more);
    let (number, season) = seasons.get(index)?;
    let Some(hours) = part.strip_prefix("hours.") else { return Some(season_field(*number, part)) };
    let (row, _) = hours.split_once('.')?;
    let weekday = season.hours.get(row.parse::<usize>().ok()?)?.weekday.within(1, 7).ok()?;
    Some(season_field(*number, &day_part(weekday)))
}

/// How many seasons a form shows: those that are filled in, and one more.
pub(super) fn number_of_seasons(typed: &Typed) -> u32 {
    let is_filled = |number: &u32| {
        let days = (1..=7).map(day_part);
        let parts = ["name", "from", "until"].into_iter().map(str::to_owned).chain(days);
        parts.into_iter().any(|part| !typed.get(&season_field(*number, &part)).is_empty())
    };
    (1..=100).rev().find(is_filled).unwrap_or(0) + SPARE
}

/// The seasons of a room.
#[component]
pub(super) fn Seasons(
    /// How many are shown.
    number: u32,
) -> impl IntoView {
    let words = use_words();
    let seasons = (1..=number)
        .map(|number| {
            let field = |part: &str| season_field(number, part);
            let days = (1..=7_u32)
                .map(|weekday| {
                    view! { <Field name=field(&day_part(weekday)) label=words.rooms_weekday(weekday) optional=true /> }
                })
                .collect_view();
            view! {
                <fieldset class="group">
                    <legend>{words.rooms_season_number(number)}</legend>
                    <div class="pair">
                        <Field name=field("name") label=words.rooms_season_name() optional=true />
                        <Field name=field("from") label=words.rooms_season_from() hint=words.rooms_season_day_hint() optional=true />
                        <Field name=field("until") label=words.rooms_season_until() optional=true />
                    </div>
                    <div class="pair">{days}</div>
                </fieldset>
            }
        })
        .collect_view();
    view! {
        <fieldset class="group">
            <legend>{words.rooms_seasons_title()}</legend>
            <p class="faint">{words.rooms_seasons_hint()}</p>
            {seasons}
        </fieldset>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::rooms::terms::OpeningHours;

    fn summer() -> SeasonView {
        let open = |weekday: u8, opens: &str, closes: &str| OpeningHours {
            weekday,
            opens: opens.parse().unwrap(),
            closes: closes.parse().unwrap(),
        };
        SeasonView {
            name: "Summer".into(),
            from: "06-01".parse().unwrap(),
            until: "08-31".parse().unwrap(),
            hours: vec![open(1, "08:00:00", "12:00:00"), open(1, "14:00:00", "00:00:00"), open(6, "09:00:00", "12:00:00")],
        }
    }

    #[test]
    fn what_a_form_shows_of_a_season_is_what_it_says() {
        let mut more = BTreeMap::new();
        put_seasons(&mut more, &[summer()]);
        assert_eq!(more["season_1_day_1"], "08:00-12:00, 14:00-24:00");
        let said = seasons_of(&more);
        assert_eq!((said.len(), said[0].from.as_str(), said[0].hours.len()), (1, "06-01", 3));
        assert_eq!(said[0].hours[1].closes, "24:00");
    }

    #[test]
    fn what_is_wrong_is_told_beside_the_day_it_is_of() {
        let mut more = BTreeMap::new();
        put_seasons(&mut more, &[summer()]);
        let more: BTreeMap<String, String> = more.into_iter().map(|(name, text)| (name.replace("season_1", "season_3"), text)).collect();
        let field = |part: &str| field_of_season(&more, 0, part);
        assert_eq!(field("hours.2.opens").as_deref(), Some("season_3_day_6"));
        assert_eq!(field("from").as_deref(), Some("season_3_from"));
        assert_eq!(field_of_season(&more, 1, "from"), None);
    }
}
