//! The form of a room: what its fields hold, and what is made of them.

use super::{
    approval_part,
    seasons::{field_of_season, put_seasons, seasons_of},
};
use crate::{
    forms::{FormFields, Typed, renamed},
    visits::words::word_of,
};
use domain::{
    accounts::Role,
    marking::Marking,
    problems::FieldProblem,
    rooms::{
        Feature, Layout,
        input::{HoursInput, LayoutInput, RoomInput},
        terms::{BookedBy, OpeningHours},
        view::RoomView,
        written::closing_written,
    },
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What begins the names of the boxes of features; the feature's word follows.
const FEATURE: &str = "feature_";
/// What begins the names of the boxes of the roles that may book; the role's word follows.
const BOOKED_BY: &str = "booked_by_";
/// What begins the names of the fields of opening hours; the row's number and the part follow.
const HOURS: &str = "hours_";
/// Empty rows after those of the week, for days that stand twice.
const SPARE_ROWS: u32 = 2;

/// The form of a room, all of it text as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RoomForm {
    /// The room; empty for a new one.
    pub id: String,
    /// The version one saw.
    pub seen: String,
    /// Site.
    pub site_id: String,
    /// Name.
    pub name: String,
    /// Floor.
    pub floor: String,
    /// The highest marking that may be discussed there.
    pub clearance: String,
    /// Minutes a sweep takes.
    pub sweep_minutes: String,
    /// Layouts (`layout_theatre_capacity` …), features (`feature_kitchen` …), opening hours by row (`hours_1_opens` …), seasons
    /// (`season_1_from` …) and the roles that may book (`booked_by_scheduler` …).
    #[serde(flatten)]
    pub more: BTreeMap<String, String>,
}

impl FormFields for RoomForm {
    const NAME: &'static str = "room";
}

/// The name of a field of a layout: `capacity`, `set_up_minutes` or `clearing_minutes`.
pub(super) fn layout_field(layout: Layout, part: &str) -> String {
    format!("layout_{}_{part}", word_of(&layout))
}

/// The name of the box of a feature.
pub(crate) fn feature_field(feature: Feature) -> String {
    format!("{FEATURE}{}", word_of(&feature))
}

/// The name of a field of a row of opening hours: `weekday`, `opens` or `closes`.
pub(super) fn hours_field(row: u32, part: &str) -> String {
    format!("{HOURS}{row}_{part}")
}

/// The name of the box of a role that may book the room.
pub(super) fn booked_by_field(role: Role) -> String {
    format!("{BOOKED_BY}{}", role.word())
}

/// The rows that there are, in their order, by what begins the names of their fields: of `hours_3_opens` after `hours_` it is 3.
pub(super) fn rows_of(more: &BTreeMap<String, String>, begins: &str) -> Vec<u32> {
    let number = |field: &String| field.strip_prefix(begins)?.split_once('_')?.0.parse().ok();
    let rows: BTreeSet<u32> = more.keys().filter_map(number).collect();
    rows.into_iter().collect()
}

/// How many rows of opening hours a form shows: those that are filled in, and two more.
pub(super) fn rows_of_hours(typed: &Typed) -> u32 {
    let parts = ["weekday", "opens", "closes"];
    let filled = (1..=100).rev().find(|row| parts.iter().any(|part| !typed.get(&hours_field(*row, part)).is_empty()));
    filled.unwrap_or(0) + SPARE_ROWS
}

/// Opening hours as rows: every day of the week, the empty ones too, so that nobody need choose it.
fn week(hours: &[OpeningHours]) -> Vec<(u8, Option<&OpeningHours>)> {
    let of_day = |day: u8| {
        let mut rows: Vec<_> = hours.iter().filter(|hours| hours.weekday == day).map(|hours| (day, Some(hours))).collect();
        if rows.is_empty() {
            rows.push((day, None));
        }
        rows
    };
    (1..=7).flat_map(of_day).collect()
}

fn put_hours(more: &mut BTreeMap<String, String>, hours: &[OpeningHours]) {
    for (row, (day, hours)) in (1..).zip(week(hours)) {
        more.insert(hours_field(row, "weekday"), day.to_string());
        if let Some(hours) = hours {
            more.insert(hours_field(row, "opens"), hours.opens.format("%H:%M").to_string());
            more.insert(hours_field(row, "closes"), closing_written(hours.closes));
        }
    }
}

impl RoomForm {
    /// The form of a new room, at a site if it is known.
    pub fn new_at(site: String) -> Self {
        let mut more = BTreeMap::new();
        put_hours(&mut more, &[]);
        Self { site_id: site, clearance: Marking::Amber.label().to_owned(), more, ..Self::default() }
    }

    /// The form of a room as it is.
    pub fn of(room: &RoomView, seen: &str) -> Self {
        let mut more: BTreeMap<String, String> = room.features.iter().map(|feature| (feature_field(*feature), "yes".to_owned())).collect();
        for layout in &room.layouts {
            more.insert(layout_field(layout.layout, "capacity"), layout.capacity.to_string());
            more.insert(layout_field(layout.layout, "set_up_minutes"), layout.set_up_minutes.to_string());
            more.insert(layout_field(layout.layout, "clearing_minutes"), layout.clearing_minutes.to_string());
        }
        put_hours(&mut more, &room.hours);
        put_seasons(&mut more, &room.seasons);
        more.extend(room.booked_by.iter().map(|role| (booked_by_field(*role), "yes".to_owned())));
        approval_part::put(&mut more, &room.approval);
        Self {
            id: room.id.to_string(),
            seen: seen.to_owned(),
            site_id: room.site.id.to_string(),
            name: room.name.clone(),
            floor: room.floor.clone().unwrap_or_default(),
            clearance: room.clearance.label().to_owned(),
            sweep_minutes: if room.sweep_minutes == 0 { String::new() } else { room.sweep_minutes.to_string() },
            more,
        }
    }

    fn text(&self, field: &str) -> &str {
        self.more.get(field).map_or("", String::as_str)
    }

    /// What was said, for the use case.
    pub fn input(&self) -> RoomInput {
        let layout = |layout: &Layout| {
            let part = |part: &str| self.text(&layout_field(*layout, part)).into();
            LayoutInput {
                layout: word_of(layout),
                capacity: part("capacity"),
                set_up_minutes: part("set_up_minutes"),
                clearing_minutes: part("clearing_minutes"),
            }
        };
        let hours = |row: u32| {
            let part = |part: &str| self.text(&hours_field(row, part));
            HoursInput { weekday: part("weekday").into(), opens: part("opens").to_owned(), closes: part("closes").to_owned() }
        };
        let ticked = Feature::ALL.iter().filter(|feature| !self.text(&feature_field(**feature)).is_empty());
        let booked_by = BookedBy::offered().filter(|role| !self.text(&booked_by_field(*role)).is_empty());
        RoomInput {
            site_id: Some(self.site_id.clone()),
            name: Some(self.name.clone()),
            floor: Some(self.floor.clone()),
            layouts: Some(Layout::ALL.iter().map(layout).collect()),
            features: Some(ticked.map(word_of).collect()),
            hours: Some(rows_of(&self.more, HOURS).into_iter().map(hours).collect()),
            seasons: Some(seasons_of(&self.more)),
            sweep_minutes: Some(self.sweep_minutes.as_str().into()),
            booked_by: Some(booked_by.map(|role| role.word().to_owned()).collect()),
            clearance: Some(self.clearance.clone()),
            approval: Some(approval_part::input(&self.more)),
        }
    }

    /// The problems by the names of the form's fields: layouts, hours and seasons are counted in the order in which [`RoomForm::input`]
    /// gives them.
    pub fn in_fields(&self, problems: Vec<FieldProblem>) -> Vec<FieldProblem> {
        let rows = rows_of(&self.more, HOURS);
        renamed(problems, |field| {
            let (list, rest) = field.split_once('.')?;
            let (index, part) = rest.split_once('.')?;
            let index: usize = index.parse().ok()?;
            match list {
                "layouts" => Layout::ALL.get(index).map(|layout| layout_field(*layout, part)),
                "hours" => rows.get(index).map(|row| hours_field(*row, part)),
                "seasons" => field_of_season(&self.more, index, part),
                _ => None,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::problems::Problem;

    fn form(fields: &[(&str, &str)]) -> RoomForm {
        let mut form = RoomForm::new_at("1".into());
        form.more.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        form
    }

    fn problem(field: &str) -> FieldProblem {
        FieldProblem { field: field.into(), problem: Problem::Missing }
    }

    #[test]
    fn a_new_room_offers_every_day_of_the_week() {
        let form = form(&[]);
        assert_eq!(rows_of(&form.more, HOURS), [1, 2, 3, 4, 5, 6, 7]);
        assert_eq!((form.text("hours_1_weekday"), form.text("hours_7_weekday")), ("1", "7"));
        assert_eq!(rows_of_hours(&form.typed()), 9);
    }

    #[test]
    fn a_day_that_stands_twice_keeps_both_its_rows() {
        let at = |text: &str| text.parse().unwrap();
        let hours = [("08:00:00", "12:00:00"), ("14:00:00", "18:00:00")].map(|(from, to)| OpeningHours {
            weekday: 2,
            opens: at(from),
            closes: at(to),
        });
        let rows: Vec<(u8, bool)> = week(&hours).into_iter().map(|(day, hours)| (day, hours.is_some())).collect();
        assert_eq!(rows, [(1, false), (2, true), (2, true), (3, false), (4, false), (5, false), (6, false), (7, false)]);
    }

    #[test]
    fn rows_keep_their_order_and_their_problems_find_them() {
        let form = form(&[("hours_10_weekday", "1"), ("hours_10_opens", "late"), ("hours_2_opens", "08:00")]);
        let hours = form.input().hours.unwrap();
        assert_eq!((hours.len(), hours[1].opens.as_str(), hours[7].opens.as_str()), (8, "08:00", "late"));
        let fields: Vec<String> = form
            .in_fields(vec![problem("hours.7.opens"), problem("layouts.1.capacity"), problem("name")])
            .into_iter()
            .map(|problem| problem.field)
            .collect();
        assert_eq!(fields, ["hours_10_opens", "layout_classroom_capacity", "name"]);
    }

    #[test]
    fn roles_seasons_and_the_sweep_are_sent() {
        let fields = [("booked_by_scheduler", "yes"), ("booked_by_staff", "yes"), ("season_1_name", "Summer"), ("season_1_day_7", "late")];
        let form = RoomForm { sweep_minutes: "20".into(), ..form(&fields) };
        let input = form.input();
        assert_eq!(input.booked_by.unwrap(), ["scheduler"]);
        assert_eq!(input.sweep_minutes, Some("20".into()));
        assert_eq!(input.seasons.unwrap()[0].hours[0].opens, "late");
        let renamed = form.in_fields(vec![problem("seasons.0.hours.0.opens"), problem("seasons.0.from"), problem("sweep_minutes")]);
        let fields: Vec<String> = renamed.into_iter().map(|problem| problem.field).collect();
        assert_eq!(fields, ["season_1_day_7", "season_1_from", "sweep_minutes"]);
    }

    #[test]
    fn ticked_features_are_sent() {
        assert_eq!(form(&[("feature_kitchen", "yes"), ("feature_nonsense", "yes")]).input().features.unwrap(), ["kitchen"]);
    }
}
