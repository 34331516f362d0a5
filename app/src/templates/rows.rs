//! Lists in a form, a row for each thing: `line_3_title` is the title in the third row of lines.

use crate::forms::Typed;
use std::collections::{BTreeMap, BTreeSet};

/// Empty rows after those that are filled in.
const SPARE_ROWS: u32 = 4;

/// A list of a form.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rows {
    /// What the use case calls the list.
    pub(super) list: &'static str,
    /// What begins the names of its fields; the row's number and the part follow.
    pub(super) begins: &'static str,
    /// The parts of which one at least is filled in where there is a thing.
    pub(super) filled: &'static [&'static str],
}

impl Rows {
    /// The name of a part's field.
    pub(super) fn field(self, row: u32, part: &str) -> String {
        format!("{}{row}_{part}", self.begins)
    }

    /// The field in which a problem of the use case's input stands: `lines.2.day`.
    pub(super) fn renamed(self, more: &BTreeMap<String, String>, field: &str) -> Option<String> {
        let (index, part) = field.strip_prefix(self.list)?.strip_prefix('.')?.split_once('.')?;
        rows_of(more, self).get(index.parse::<usize>().ok()?).map(|row| self.field(*row, part))
    }

    /// How many rows a form shows: those that are filled in, and some more.
    pub(super) fn shown(self, typed: &Typed) -> u32 {
        let is_filled = |row: &u32| self.filled.iter().any(|part| !typed.get(&self.field(*row, part)).is_empty());
        (1..=200).rev().find(is_filled).unwrap_or(0) + SPARE_ROWS
    }
}

/// The rows that were sent, in their order.
pub(super) fn rows_of(more: &BTreeMap<String, String>, rows: Rows) -> Vec<u32> {
    let number = |field: &String| field.strip_prefix(rows.begins)?.split_once('_')?.0.parse().ok();
    let numbers: BTreeSet<u32> = more.keys().filter_map(number).collect();
    numbers.into_iter().collect()
}
