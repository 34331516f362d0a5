//! Sites, rooms and blackouts as files: taken in as a whole or not at all, and given out.
//!
//! What has a list is several rows: the first says what it is, those after it add to its lists. A column that is not there leaves
//! things as they are; an empty cell of the first row empties them.

mod blackouts;
mod room_rows;
mod rooms;
mod sites;

pub use blackouts::{COLUMNS as BLACKOUT_COLUMNS, export_blackouts, import_blackouts};
pub use room_rows::COLUMNS as ROOM_COLUMNS;
pub use rooms::{export_rooms, import_rooms};
pub use sites::{COLUMNS as SITE_COLUMNS, export_sites, import_sites};

use crate::{
    csv_file::{CsvFile, CsvRow},
    error::{Failure, Outcome},
};
use domain::{
    ids::{RoomId, SiteId},
    imports::{ImportRefusal, RowProblem},
    problems::{FieldProblem, Problem},
    rooms::{Room, Site},
    text::folded,
};
use std::{
    collections::{BTreeMap, HashMap},
    hash::Hash,
};

/// A list in one cell.
const BETWEEN: [char; 4] = [',', ';', '/', ' '];

/// The words of a cell that holds a list.
fn words(cell: &str) -> Vec<String> {
    cell.split(BETWEEN).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The rows of one thing, in their order.
struct Group<'a, K> {
    key: K,
    rows: Vec<CsvRow<'a>>,
}

/// The rows of a file by the thing they are of, each thing where it first stands.
fn grouped<'a, K: Eq + Hash + Clone>(rows: impl Iterator<Item = (K, CsvRow<'a>)>) -> Vec<Group<'a, K>> {
    let mut groups: Vec<Group<'a, K>> = Vec::new();
    let mut places: HashMap<K, usize> = HashMap::new();
    for (key, row) in rows {
        match places.get(&key).and_then(|place| groups.get_mut(*place)) {
            Some(group) => group.rows.push(row),
            None => {
                places.insert(key.clone(), groups.len());
                groups.push(Group { key, rows: vec![row] });
            }
        }
    }
    groups
}

/// Things by their names: as they are written, and as they sound, where that is one thing's alone.
struct ByName<Id> {
    written: HashMap<String, Id>,
    sounding: HashMap<String, Option<Id>>,
}

impl<Id: Copy> ByName<Id> {
    fn of<'n>(things: impl Iterator<Item = (Id, &'n str)>) -> Self {
        let (mut written, mut sounding) = (HashMap::new(), HashMap::new());
        for (id, name) in things {
            written.insert(name.to_owned(), id);
            sounding.entry(folded(name)).and_modify(|known| *known = None).or_insert(Some(id));
        }
        Self { written, sounding }
    }

    fn find(&self, name: &str) -> Option<Id> {
        self.written.get(name).copied().or_else(|| self.sounding.get(&folded(name)).copied().flatten())
    }
}

/// The sites and their rooms, by their names.
struct Places {
    sites: ByName<SiteId>,
    rooms: HashMap<SiteId, ByName<RoomId>>,
}

impl Places {
    fn of(sites: &[Site], rooms: &[Room]) -> Self {
        let at = |site: SiteId| rooms.iter().filter(move |room| room.details.site == site);
        let by_name = |site: SiteId| ByName::of(at(site).map(|room| (room.id, room.details.name.as_str())));
        Self {
            sites: ByName::of(sites.iter().map(|site| (site.id, site.details.name.as_str()))),
            rooms: sites.iter().map(|site| (site.id, by_name(site.id))).collect(),
        }
    }

    fn room(&self, site: SiteId, name: &str) -> Option<RoomId> {
        self.rooms.get(&site)?.find(name)
    }
}

/// What is wrong with a file, row by row.
#[derive(Default)]
struct Wrong(BTreeMap<u64, Vec<FieldProblem>>);

impl Wrong {
    /// Something wrong in a column of a row; said once, however many parts of the cell it is in.
    fn add(&mut self, row: &CsvRow<'_>, column: &str, problem: Problem) {
        let of_row = self.0.entry(row.line()).or_default();
        let problem = FieldProblem { field: column.to_owned(), problem };
        if !of_row.contains(&problem) {
            of_row.push(problem);
        }
    }

    /// What is wrong with the shapes of rows.
    fn add_shapes(&mut self, file: &CsvFile) {
        for row in file.rows() {
            self.0.entry(row.line()).or_default().extend(row.shape_problem());
        }
    }

    /// Nothing is, or each row that is wrong.
    fn finish(self) -> Outcome<()> {
        let rows = self.0.into_iter().filter(|(_, problems)| !problems.is_empty());
        let rows: Vec<RowProblem> = rows.map(|(line, problems)| RowProblem { line, problems }).collect();
        if rows.is_empty() { Ok(()) } else { Err(Failure::Import(ImportRefusal::Rows { rows })) }
    }
}
