//! Programmes from a table: rows understood, lines found again, and what an import would do.
//!
//! A line is found again by its visit, zone, local start and title as it sounds; so importing twice doubles nothing. Lines and
//! parts that the author may not read are neither found nor touched.

use super::{
    ItemDetails, ItemPart, ProgrammeItem,
    input::{Author, ItemInput},
    kinds,
};
use crate::{
    ids::ItemId,
    imports::RowProblem,
    marking::{Marked, Marking, Reader, view::ItemView},
    problems::{FieldProblem, Problem},
    text::folded,
    time::{Offset, Span, WallTime, ZoneName, ZoneRules, agreed::AgreedTime},
    visits::{
        Visit,
        input::{date, zone},
    },
};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    str::FromStr,
};

/// The columns of a programme's table, in the order of an export.
pub const COLUMNS: [&str; 9] = ["date", "start", "end", "zone", "kind", "title", "place", "city", "notes"];

/// The columns a table cannot be without.
pub const NEEDED: [&str; 5] = ["date", "start", "end", "kind", "title"];

/// The columns it may have.
pub const OPTIONAL: [&str; 4] = ["zone", "place", "city", "notes"];

/// A row, as it was typed; a column that the table has not is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProgrammeRow {
    /// The line of the file it starts on; the header is line 1.
    pub line: u64,
    /// The cells by the names of their columns.
    pub cells: BTreeMap<String, String>,
}

impl ProgrammeRow {
    fn cell(&self, column: &str) -> &str {
        self.cells.get(column).map(String::as_str).unwrap_or_default().trim()
    }
}

kinds! {
    /// What an import does with a row.
    ImportAction {
        /// Adds a line.
        New = "new",
        /// Nothing: the line is there as the file has it.
        Unchanged = "unchanged",
        /// Changes what differs in a line that an import made.
        Changed = "changed",
        /// Nothing, although the line differs: somebody wrote or changed it by hand.
        Kept = "kept",
    }
}

/// Something to know of a row before it is imported. None of it refuses the import: imported lines are wished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowWarning {
    /// It ends when another begins at another place.
    NoTravelTime {
        /// The other's line of the file.
        line: u64,
        /// The other's place.
        place: String,
    },
    /// It overlaps with another.
    Overlaps {
        /// The other's line of the file.
        line: u64,
    },
    /// It lies outside the visit's dates.
    OutsideDates,
}

/// A row of a preview.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportRow {
    /// The line of the file, from 1.
    pub line: u64,
    /// The line as it would be, with both clocks; where a line is kept, as it is.
    pub view: ItemView,
    /// What the import would do.
    pub action: ImportAction,
    /// What there is to know of it, in words.
    pub warnings: Vec<String>,
}

/// What an import would do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportPreview {
    /// The rows that were understood, in the file's order.
    pub rows: Vec<ImportRow>,
    /// What is wrong; while there is anything, nothing is imported.
    pub problems: Vec<RowProblem>,
    /// Columns of the file that mean nothing here and are left out.
    pub ignored_columns: Vec<String>,
}

/// A line of the visit as it is.
#[derive(Debug, Clone, Copy)]
pub struct Existing<'a> {
    /// The line.
    pub item: &'a ProgrammeItem,
    /// Whether its last revision was written by an import.
    pub is_as_imported: bool,
}

/// A row that was understood.
#[derive(Debug, Clone)]
pub struct PlannedLine {
    /// The line of the file, from 1.
    pub line: u64,
    /// What the import does.
    pub action: ImportAction,
    /// The line as it would be.
    pub item: ProgrammeItem,
    /// What there is to know of it.
    pub warnings: Vec<RowWarning>,
}

/// What a table says of a visit's programme.
#[derive(Debug, Clone, Default)]
pub struct ImportPlan {
    /// The rows that were understood, in the file's order.
    pub lines: Vec<PlannedLine>,
    /// What is wrong.
    pub problems: Vec<RowProblem>,
}

/// By what a line is found again.
type Key = (ZoneName, WallTime, String);

/// Understands the rows of a table, for an author who reads as `reader`.
pub fn plan(
    rows: &[ProgrammeRow],
    visit: &Visit,
    existing: &[Existing<'_>],
    author: Author<'_>,
    reader: &Reader,
    rules: &dyn ZoneRules,
    mut new_id: impl FnMut() -> ItemId,
) -> ImportPlan {
    let known: BTreeMap<Key, Existing<'_>> = existing.iter().filter_map(|line| Some((key_of(line.item, visit, reader)?, *line))).collect();
    let mut plan = ImportPlan::default();
    let mut seen = BTreeSet::new();
    let mut places = Vec::new();
    for row in rows {
        let line = row.line;
        let planned = understood(row, visit, author, rules, new_id()).and_then(|fresh| {
            let key = key(&fresh.details);
            let known = known.get(&key).copied();
            if !seen.insert(key) {
                return Err(vec![FieldProblem { field: "title".into(), problem: Problem::AlreadyTaken }]);
            }
            against(fresh, known, visit, author, reader, rules)
        });
        match planned {
            Err(problems) => plan.problems.push(RowProblem { line, problems: problems.into_iter().map(by_column).collect() }),
            Ok((action, item)) => {
                places.push(place_of(row));
                plan.lines.push(PlannedLine { line, action, item, warnings: Vec::new() });
            }
        }
    }
    warn(&mut plan.lines, &places, visit, reader);
    plan
}

fn key(details: &ItemDetails) -> Key {
    let starts = details.time.for_rules().starts();
    (starts.zone.clone(), starts.local, folded(details.title.for_rules().as_str()))
}

/// The key of a line whose time and title the reader may know.
fn key_of(item: &ProgrammeItem, visit: &Visit, reader: &Reader) -> Option<Key> {
    let floor = item.details.existence.max(visit.details.existence);
    reveals(&item.details.time, floor, reader).then_some(())?;
    reveals(&item.details.title, floor, reader).then_some(())?;
    Some(key(&item.details))
}

fn reveals<T: Clone>(part: &Marked<T>, floor: Marking, reader: &Reader) -> bool {
    part.clone().at_least(floor).reveal_for(reader).is_some()
}

fn place_of(row: &ProgrammeRow) -> Option<String> {
    (!row.cell("place").is_empty()).then(|| joined(row.cell("place"), row.cell("city")))
}

/// A place with its city, which is left out where the place ends with it already.
fn joined(place: &str, city: &str) -> String {
    match (place, city) {
        (place, "") => place.to_owned(),
        ("", city) => city.to_owned(),
        (place, city) if folded(place).ends_with(&folded(city)) => place.to_owned(),
        (place, city) => format!("{place}, {city}"),
    }
}

fn understood(
    row: &ProgrammeRow,
    visit: &Visit,
    author: Author<'_>,
    rules: &dyn ZoneRules,
    id: ItemId,
) -> Result<ProgrammeItem, Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let mut wrong = |field: &str, problem: Problem| problems.push(FieldProblem { field: field.to_owned(), problem });
    let day = date(row.cell("date")).map_err(|problem| wrong("date", problem)).ok();
    let place = match row.cell("zone") {
        "" => Some(visit.details.zone.clone()),
        text => zone(rules, text).map_err(|problem| wrong("zone", problem)).ok(),
    };
    let mut time = |column: &str| {
        let (Some(day), Some(place)) = (day, place.clone()) else { return None };
        agreed(day, row.cell(column), place).map_err(|problem| wrong(column, problem)).ok()
    };
    let (starts, ends) = (time("start"), time("end"));
    let has_times = starts.is_some() && ends.is_some();
    let input = ItemInput {
        kind: Some(row.cell("kind").to_lowercase().replace([' ', '_'], "-")),
        title: Some(row.cell("title").to_owned()),
        starts,
        ends,
        place: Some(joined(row.cell("place"), row.cell("city"))),
        notes: Some(row.cell("notes").to_owned()),
        state: Some("wished".into()),
        ..ItemInput::default()
    };
    let details = match input.into_new(id, visit, author, rules) {
        Ok(details) => details,
        Err(more) => {
            // What is wrong with a time's cell was said above; that it is missing follows from it.
            let more = more.into_iter().filter(|problem| has_times || !matches!(problem.field.as_str(), "starts" | "ends"));
            problems.extend(more);
            return Err(problems);
        }
    };
    let mut needed = vec![ItemPart::Existence, ItemPart::Time, ItemPart::Title];
    needed.extend((!row.cell("notes").is_empty()).then_some(ItemPart::Notes));
    if needed.into_iter().any(|part| details.marking_of(part) > author.ceiling) {
        // Nobody writes what they may not read: a movement starts at TLP:AMBER+STRICT.
        problems.push(FieldProblem { field: "kind".into(), problem: Problem::AboveCeiling });
    }
    if problems.is_empty() { Ok(ProgrammeItem { id, revision: 1, visit: visit.id, details }) } else { Err(problems) }
}

/// A problem under the name of the column it is in.
fn by_column(problem: FieldProblem) -> FieldProblem {
    let field = match problem.field.as_str() {
        "starts" => "start".to_owned(),
        "ends" => "end".to_owned(),
        _ => problem.field,
    };
    FieldProblem { field, ..problem }
}

/// A time of a row: `HH:MM` on the row's day, or with a day of its own, `YYYY-MM-DDTHH:MM`; where it exists twice, with the
/// offset that says which, `01:30-07:00`.
///
/// # Errors
/// When it is missing or no such time.
pub fn agreed(day: NaiveDate, text: &str, zone: ZoneName) -> Result<AgreedTime, Problem> {
    if text.is_empty() {
        return Err(Problem::Missing);
    }
    let (day, clock) = match text.split_once(['T', ' ']) {
        None => (day, text),
        Some((own, clock)) => (date(own)?, clock.trim()),
    };
    let (clock, offset) = match clock.find(['+', '-']) {
        None => (clock, None),
        Some(at) => {
            let (clock, offset) = clock.split_at(at);
            (clock.trim(), Some(Offset::from_str(offset).map_err(|_| Problem::NotATime)?))
        }
    };
    let clock = NaiveTime::parse_from_str(clock, "%H:%M").map_err(|_| Problem::NotATime)?;
    Ok(AgreedTime { local: WallTime::new(day.and_time(clock)), zone, offset })
}

/// What comes of a row, given the line it is found again as.
fn against(
    fresh: ProgrammeItem,
    existing: Option<Existing<'_>>,
    visit: &Visit,
    author: Author<'_>,
    reader: &Reader,
    rules: &dyn ZoneRules,
) -> Result<(ImportAction, ProgrammeItem), Vec<FieldProblem>> {
    let Some(Existing { item, is_as_imported }) = existing else { return Ok((ImportAction::New, fresh)) };
    let differences = differences(&fresh.details, item, visit, reader);
    if differences == ItemInput::default() {
        return Ok((ImportAction::Unchanged, item.clone()));
    }
    if !is_as_imported {
        return Ok((ImportAction::Kept, item.clone()));
    }
    let details = differences.onto(item, visit, author, rules)?;
    Ok((ImportAction::Changed, ProgrammeItem { details, ..item.clone() }))
}

/// What a row says otherwise than the line as it is, as far as the reader may know the line. A marking is only ever raised.
fn differences(fresh: &ItemDetails, item: &ProgrammeItem, visit: &Visit, reader: &Reader) -> ItemInput {
    let had = &item.details;
    let floor = had.existence.max(visit.details.existence);
    let mut input = ItemInput::default();
    if fresh.kind != had.kind {
        input.kind = Some(fresh.kind.word().to_owned());
        let raised = ItemPart::ALL.iter().filter(|part| fresh.marking_of(**part) > had.marking_of(**part).max(visit.details.existence));
        input.markings = raised.map(|part| (part.word().to_owned(), fresh.marking_of(*part).label().to_owned())).collect();
    }
    if fresh.time.for_rules() != had.time.for_rules() {
        input.starts = Some(AgreedTime::from(fresh.time.for_rules().starts()));
        input.ends = Some(AgreedTime::from(fresh.time.for_rules().ends()));
    }
    if reveals(&had.place, floor, reader) && fresh.place.for_rules() != had.place.for_rules() {
        let place = match fresh.place.for_rules() {
            super::Whereabouts::Outside(place) => place.to_string(),
            super::Whereabouts::Unknown | super::Whereabouts::Room { .. } => String::new(),
        };
        input.room_id = Some(String::new());
        input.place = Some(place);
    }
    if reveals(&had.notes, floor, reader) && fresh.notes.for_rules() != had.notes.for_rules() {
        input.notes = Some(fresh.notes.for_rules().as_ref().map(ToString::to_string).unwrap_or_default());
    }
    input
}

/// Notes what is doubtful: no time for the way, overlaps, days outside the visit.
fn warn(lines: &mut [PlannedLine], places: &[Option<String>], visit: &Visit, reader: &Reader) {
    let spans: Vec<Option<Span>> = lines.iter().map(|line| line.item.details.span()).collect();
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by_key(|line| spans[*line].map(|span| (span.starts(), span.ends())));
    let mut starting: BTreeMap<DateTime<Utc>, Vec<usize>> = BTreeMap::new();
    for line in &order {
        if let Some(span) = spans[*line] {
            starting.entry(span.starts()).or_default().push(*line);
        }
    }
    let mut longest: Option<usize> = None;
    for line in order {
        let Some(span) = spans[line] else { continue };
        let next = starting.get(&span.ends()).into_iter().flatten().find_map(|next| {
            let (here, there) = (places[line].as_ref()?, places[*next].as_ref()?);
            (folded(here) != folded(there)).then(|| RowWarning::NoTravelTime { line: lines[*next].line, place: there.clone() })
        });
        lines[line].warnings.extend(next);
        match longest {
            Some(before) if spans[before].is_some_and(|before| before.overlaps(span)) => {
                let other = lines[before].line;
                lines[line].warnings.push(RowWarning::Overlaps { line: other });
            }
            _ => {}
        }
        if longest.is_none_or(|before| spans[before].is_none_or(|before| before.ends() < span.ends())) {
            longest = Some(line);
        }
    }
    let dates = visit.details.dates.clone().at_least(visit.details.existence);
    if let Some(dates) = dates.reveal_for(reader) {
        for line in lines {
            let time = line.item.details.time.for_rules();
            let last = time.ends().local.plus_minutes(-1).map_or(time.ends().local.date(), WallTime::date);
            if time.starts().local.date() < dates.starts_on || last > dates.ends_on {
                line.warnings.push(RowWarning::OutsideDates);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 11, 7).unwrap()
    }

    fn zone() -> ZoneName {
        ZoneName::parse("America/Los_Angeles").unwrap()
    }

    #[test]
    fn a_time_may_have_a_day_and_an_offset_of_its_own() {
        let read =
            |text: &str| agreed(day(), text, zone()).map(|time| (time.local.to_string(), time.offset.map(|offset| offset.to_string())));
        assert_eq!(read("01:30"), Ok(("2027-11-07T01:30".into(), None)));
        assert_eq!(read("01:30-07:00"), Ok(("2027-11-07T01:30".into(), Some("-07:00".into()))));
        assert_eq!(read("2027-11-08T00:15"), Ok(("2027-11-08T00:15".into(), None)));
        assert_eq!(read("2027-11-08 00:15+01:00"), Ok(("2027-11-08T00:15".into(), Some("+01:00".into()))));
        assert_eq!(read(""), Err(Problem::Missing));
        for wrong in ["half past one", "25:00", "01:60", "1", "01:30-7", "2027-13-01T01:30", "T01:30 x"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_place_says_its_city_once() {
        assert_eq!(joined("The White House", "Washington"), "The White House, Washington");
        assert_eq!(joined("City Hall, Los Angeles", "los angeles"), "City Hall, Los Angeles");
        assert_eq!(joined("", "Los Angeles"), "Los Angeles");
        assert_eq!(joined("City Hall", ""), "City Hall");
    }
}
