//! The rows of a room in a file: its own, and one for each of its seasons.

use super::{Wrong, words};
use crate::csv_file::{self, Columns, CsvRow};
use domain::{
    accounts::Role,
    ids::SiteId,
    marking::Marking,
    permission::{Action, role_allows},
    problems::Problem,
    rooms::{
        Feature, Layout, RoomDetails,
        approval::Approval,
        input::{ApprovalInput, HoursInput, LayoutInput, RoomInput, SeasonInput},
        terms::{OpeningHours, Season},
        written::{hours_typed, hours_written},
    },
    typed::TypedNumber,
};
use std::collections::BTreeSet;

/// The columns of a file of rooms. `mon` to `sun` are the hours of a day, `08:00-12:00, 14:00-18:00`; in a row whose `season` is
/// filled in, those of that season, which goes from `season_from` to `season_until`.
pub const COLUMNS: Columns = Columns {
    needed: &["site", "name"],
    optional: &[
        "floor",
        "clearance",
        "features",
        "theatre",
        "theatre_before",
        "theatre_after",
        "classroom",
        "classroom_before",
        "classroom_after",
        "boardroom",
        "boardroom_before",
        "boardroom_after",
        "banquet",
        "banquet_before",
        "banquet_after",
        "cabaret",
        "cabaret_before",
        "cabaret_after",
        "reception",
        "reception_before",
        "reception_after",
        "sweep_minutes",
        "booked_by",
        "asked_by",
        "given_by",
        "season",
        "season_from",
        "season_until",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
    ],
};

/// The columns of the hours, Monday first.
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The columns of a room's own row that mean nothing in that of a season.
const OF_THE_ROOM: [&str; 7] = ["floor", "clearance", "features", "sweep_minutes", "booked_by", "asked_by", "given_by"];

/// The columns of a layout: how many it holds, and the minutes before and after.
fn columns_of(layout: Layout) -> [String; 3] {
    let word = csv_file::word_of(&layout);
    [word.clone(), format!("{word}_before"), format!("{word}_after")]
}

/// The rows of one room, told apart.
pub(super) struct Rows<'a> {
    own: Option<CsvRow<'a>>,
    seasons: Vec<CsvRow<'a>>,
}

impl<'a> Rows<'a> {
    pub(super) fn of(rows: &[CsvRow<'a>], wrong: &mut Wrong) -> Self {
        let (seasons, own): (Vec<_>, Vec<_>) = rows.iter().copied().partition(|row| row.filled("season").is_some());
        for again in own.iter().skip(1) {
            wrong.add(again, "name", Problem::AlreadyTaken);
        }
        let layouts = Layout::ALL.iter().flat_map(|layout| columns_of(*layout));
        let of_the_room: Vec<String> = layouts.chain(OF_THE_ROOM.map(str::to_owned)).collect();
        for season in &seasons {
            for column in of_the_room.iter().filter(|column| season.filled(column).is_some()) {
                wrong.add(season, column, Problem::Form);
            }
        }
        for column in ["season_from", "season_until"] {
            for row in own.iter().filter(|row| row.filled(column).is_some()) {
                wrong.add(row, "season", Problem::Missing);
            }
        }
        Self { own: own.first().copied(), seasons }
    }

    /// The row in which a problem of the input is, and its column.
    pub(super) fn place(&self, input: &RoomInput, field: &str) -> Option<(CsvRow<'a>, String)> {
        let mut parts = field.splitn(3, '.');
        let (list, index, part) = (parts.next()?, parts.next(), parts.next().unwrap_or_default());
        let index = index.and_then(|index| index.parse::<usize>().ok());
        let weekday = |hours: &[HoursInput], index: usize| {
            let day = hours.get(index)?.weekday.within(1, 7).ok()?;
            DAYS.get(day as usize - 1).map(|day| (*day).to_owned())
        };
        match (list, index) {
            ("seasons", Some(index)) => {
                let column = match part.split_once('.') {
                    None if part == "name" => "season".to_owned(),
                    None => format!("season_{part}"),
                    Some((_, rest)) => {
                        let hours = &input.seasons.as_ref()?.get(index)?.hours;
                        weekday(hours, rest.split('.').next()?.parse().ok()?)?
                    }
                };
                Some((*self.seasons.get(index)?, column))
            }
            ("layouts", Some(index)) => {
                let word = input.layouts.as_ref()?.get(index)?.layout.clone();
                let end = match part {
                    "set_up_minutes" => "_before",
                    "clearing_minutes" => "_after",
                    _ => "",
                };
                Some((self.own?, format!("{word}{end}")))
            }
            ("hours", Some(index)) => Some((self.own?, weekday(input.hours.as_ref()?, index)?)),
            ("site_id", _) => Some((self.own?, "site".to_owned())),
            ("approval", _) if field.ends_with("given_by") => Some((self.own?, "given_by".to_owned())),
            ("approval", _) => Some((self.own?, "asked_by".to_owned())),
            (field, _) => Some((self.own?, field.to_owned())),
        }
    }
}

/// The words that a column knows, if it holds words of a list.
fn known_words(column: &str) -> Option<Vec<String>> {
    let roles = |needed: Action| Role::ALL.iter().filter(|role| role_allows(**role, needed)).map(|role| role.word().to_owned()).collect();
    match column {
        "features" => Some(Feature::ALL.iter().map(csv_file::word_of).collect()),
        "booked_by" | "asked_by" => Some(roles(Action::BookRoom)),
        "given_by" => Some(roles(Action::ApproveBooking)),
        "clearance" => Some(Marking::ALL.map(|marking| marking.label().to_owned()).to_vec()),
        _ => None,
    }
}

/// What is unknown in a cell: each word of it that its column does not know, with those it knows.
pub(super) fn unknown_words(row: &CsvRow<'_>, column: &str) -> Vec<Problem> {
    let cell = row.get(column).unwrap_or_default();
    let Some(known) = known_words(column) else { return vec![Problem::Unknown] };
    let given = if column == "clearance" { vec![cell.trim().to_owned()] } else { words(cell) };
    let unknown = given.into_iter().filter(|word| !known.contains(word));
    unknown.map(|word| Problem::UnknownWord { word, known: known.clone() }).collect()
}

/// The hours that a row says, of the days that are its columns; of the others as they were.
fn hours_of(row: &CsvRow<'_>, had: &[OpeningHours]) -> Option<Vec<HoursInput>> {
    DAYS.iter().any(|day| row.get(day).is_some()).then(|| {
        let of_day = |(weekday, day): (u32, &&str)| {
            let kept = || hours_written(had.iter().filter(|hours| u32::from(hours.weekday) == weekday).map(|hours| hours.of_day()));
            let typed = hours_typed(&row.get(day).map_or_else(kept, str::to_owned));
            typed.into_iter().map(move |(opens, closes)| HoursInput { weekday: weekday.into(), opens, closes })
        };
        (1..).zip(&DAYS).flat_map(of_day).collect()
    })
}

/// The layouts that a row says, of those of which it has a column; the others as they were.
fn layouts_of(row: &CsvRow<'_>, had: Option<&RoomDetails>) -> Option<Vec<LayoutInput>> {
    let is_there = Layout::ALL.iter().flat_map(|layout| columns_of(*layout)).any(|column| row.get(&column).is_some());
    is_there.then(|| {
        let layout = |layout: &Layout| {
            let kept = had.and_then(|had| had.layouts.iter().find(|it| it.layout == *layout));
            let kept = kept.map(|it| [it.capacity, it.set_up_minutes, it.clearing_minutes].map(|number| number.to_string()));
            let [holds, before, after] = kept.unwrap_or_default();
            let [capacity, set_up, clearing] = columns_of(*layout);
            if row.get(&capacity) == Some("") {
                // Where the room holds nobody so laid out, what its margins would be says nothing.
                return LayoutInput { layout: csv_file::word_of(layout), ..LayoutInput::default() };
            }
            let cell = |column: &str, kept: String| -> TypedNumber { row.get(column).unwrap_or(&kept).into() };
            LayoutInput {
                layout: csv_file::word_of(layout),
                capacity: cell(&capacity, holds),
                set_up_minutes: cell(&set_up, before),
                clearing_minutes: cell(&clearing, after),
            }
        };
        // In the order in which they stand, so that a file taken in again changes nothing.
        let known: Vec<Layout> = had.map(|had| had.layouts.iter().map(|it| it.layout).collect()).unwrap_or_default();
        let others = Layout::ALL.iter().filter(|layout| !known.contains(layout));
        known.iter().chain(others).map(layout).collect()
    })
}

fn season_of(row: &CsvRow<'_>) -> SeasonInput {
    let text = |column: &str| row.get(column).unwrap_or_default().to_owned();
    SeasonInput {
        name: text("season"),
        from: text("season_from"),
        until: text("season_until"),
        hours: hours_of(row, &[]).unwrap_or_default(),
    }
}

/// Who must ask for the room and who gives it, of the columns that are there; the other as it was.
fn approval_of(row: &CsvRow<'_>, had: Option<&Approval>) -> Option<ApprovalInput> {
    let had = had.cloned().unwrap_or_default();
    let cell = |column: &str, kept: &BTreeSet<Role>| row.get(column).map_or_else(|| role_words(kept), words);
    let is_said = ["asked_by", "given_by"].into_iter().any(|column| row.get(column).is_some());
    is_said.then(|| ApprovalInput { needed_from: cell("asked_by", &had.needed_from), given_by: cell("given_by", &had.given_by) })
}

fn role_words(roles: &BTreeSet<Role>) -> Vec<String> {
    roles.iter().map(|role| role.word().to_owned()).collect()
}

/// What the rows of a room say, for the use case.
pub(super) fn input_of(rows: &Rows<'_>, first: &CsvRow<'_>, site: SiteId, had: Option<&RoomDetails>) -> RoomInput {
    let text = |column: &str| rows.own.and_then(|row| row.get(column)).map(str::to_owned);
    RoomInput {
        site_id: Some(site.to_string()),
        name: first.get("name").map(str::to_owned),
        floor: text("floor"),
        layouts: rows.own.as_ref().and_then(|row| layouts_of(row, had)),
        features: text("features").map(|cell| words(&cell)),
        hours: rows.own.as_ref().and_then(|row| hours_of(row, had.map_or(&[], |had| had.hours.as_slice()))),
        seasons: first.get("season").map(|_| rows.seasons.iter().map(season_of).collect()),
        sweep_minutes: text("sweep_minutes").map(|cell| cell.as_str().into()),
        booked_by: text("booked_by").map(|cell| words(&cell)),
        approval: rows.own.as_ref().and_then(|row| approval_of(row, had.map(|had| &had.approval))),
        clearance: text("clearance"),
    }
}

fn cells_of_hours(hours: &[OpeningHours]) -> impl Iterator<Item = (String, String)> {
    (1..).zip(DAYS).map(|(weekday, day)| {
        let of_day = hours.iter().filter(|hours| hours.weekday == weekday).map(|hours| hours.of_day());
        (day.to_owned(), hours_written(of_day))
    })
}

/// The filled cells of a room's own row.
pub(super) fn own_cells(room: &RoomDetails) -> Vec<(String, String)> {
    let mut cells: Vec<(String, String)> = cells_of_hours(&room.hours).collect();
    for layout in &room.layouts {
        let numbers = [layout.capacity, layout.set_up_minutes, layout.clearing_minutes].map(|number| number.to_string());
        cells.extend(columns_of(layout.layout).into_iter().zip(numbers));
    }
    let list = |words: Vec<String>| words.join(" ");
    let sweep = if room.sweep_minutes == 0 { String::new() } else { room.sweep_minutes.to_string() };
    for (column, text) in [
        ("floor", room.floor.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("clearance", room.clearance.label().to_owned()),
        ("features", list(room.features.iter().map(csv_file::word_of).collect())),
        ("sweep_minutes", sweep),
        ("booked_by", list(role_words(&room.booked_by.roles))),
        ("asked_by", list(role_words(&room.approval.needed_from))),
        ("given_by", list(role_words(&room.approval.given_by))),
    ] {
        cells.push((column.to_owned(), text));
    }
    cells
}

/// The filled cells of a season's row.
pub(super) fn season_cells(season: &Season) -> Vec<(String, String)> {
    let head = [("season", season.name.to_string()), ("season_from", season.from.to_string()), ("season_until", season.until.to_string())];
    head.into_iter().map(|(column, text)| (column.to_owned(), text)).chain(cells_of_hours(&season.hours)).collect()
}
