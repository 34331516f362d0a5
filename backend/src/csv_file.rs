//! Files of comma-separated values (RFC 4180) as offices send and receive them.
//!
//! Read: UTF-8 with or without a byte order mark, commas or semicolons, any order of columns, names of columns in any case.
//! Written: UTF-8 with a byte order mark, without which spreadsheets take it for Latin-1.

use csv::{ReaderBuilder, StringRecord, Terminator, WriterBuilder};
use domain::{
    imports::{FileProblem, MOST_BYTES, MOST_ROWS, RowProblem},
    problems::{FieldProblem, Problem},
    text::folded,
};
use std::collections::BTreeMap;

const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// A cell that starts so is a formula to a spreadsheet (CWE-1236): it is written with an apostrophe before it, which is taken
/// off again when it is read.
const FORMULA_STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Columns of a file that mean something.
#[derive(Debug, Clone, Copy)]
pub struct Columns {
    /// Those it can't be without.
    pub needed: &'static [&'static str],
    /// Those it may have.
    pub optional: &'static [&'static str],
}

impl Columns {
    fn known(self) -> impl Iterator<Item = &'static str> {
        self.needed.iter().chain(self.optional).copied()
    }
}

/// A file that was read: its rows, by the names of its columns.
#[derive(Debug, Clone)]
pub struct CsvFile {
    columns: BTreeMap<&'static str, usize>,
    width: usize,
    ignored: Vec<String>,
    rows: Vec<(u64, StringRecord)>,
}

impl CsvFile {
    /// Reads a file. Rows that are empty throughout are left out.
    ///
    /// # Errors
    /// When it can't be read as a whole: its size, its encoding, its columns.
    pub fn read(bytes: &[u8], columns: Columns) -> Result<Self, FileProblem> {
        if u64::try_from(bytes.len()).is_ok_and(|length| length > MOST_BYTES) {
            return Err(FileProblem::TooLarge { most_bytes: MOST_BYTES });
        }
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            FileProblem::NotUtf8 { line: before.iter().map(|byte| u64::from(*byte == b'\n')).sum::<u64>() + 1 }
        })?;
        let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
        let mut reader = ReaderBuilder::new().delimiter(delimiter(text)).has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut records = reader.records();
        // A reader of valid UTF-8 that allows rows of any length has nothing to refuse.
        let header = records.next().and_then(Result::ok).filter(|header| !is_blank(header)).ok_or(FileProblem::Empty)?;
        let (columns, ignored) = match_columns(&header, columns)?;
        let mut rows = Vec::new();
        let mut lines = LineCounter { text, counted: 0, line: 1 };
        for record in records.filter_map(Result::ok).filter(|record| !is_blank(record)) {
            if rows.len() >= MOST_ROWS as usize {
                return Err(FileProblem::TooManyRows { most: MOST_ROWS });
            }
            let start = record.position().map_or(0, csv::Position::byte);
            rows.push((lines.line_at(usize::try_from(start).unwrap_or(usize::MAX)), record));
        }
        if rows.is_empty() {
            return Err(FileProblem::Empty);
        }
        Ok(Self { columns, width: header.len(), ignored, rows })
    }

    /// Its rows.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = CsvRow<'_>> {
        self.rows.iter().map(|(line, record)| CsvRow { file: self, line: *line, record })
    }

    /// The columns that mean nothing here.
    pub fn ignored_columns(&self) -> &[String] {
        &self.ignored
    }
}

/// Counts lines, from 1. A record's position is where the one before ended: line ends between the two are not yet passed.
struct LineCounter<'a> {
    text: &'a str,
    counted: usize,
    line: u64,
}

impl LineCounter<'_> {
    fn line_at(&mut self, start: usize) -> u64 {
        let bytes = self.text.as_bytes();
        let content = bytes.iter().skip(start).take_while(|byte| matches!(byte, b'\r' | b'\n')).count() + start;
        let passed = bytes.get(self.counted..content).unwrap_or_default();
        self.line += passed.iter().map(|byte| u64::from(*byte == b'\n')).sum::<u64>();
        self.counted = content.max(self.counted);
        self.line
    }
}

/// A row.
#[derive(Debug, Clone, Copy)]
pub struct CsvRow<'a> {
    file: &'a CsvFile,
    line: u64,
    record: &'a StringRecord,
}

impl<'a> CsvRow<'a> {
    /// The line of the file on which it starts; the header is line 1.
    pub const fn line(&self) -> u64 {
        self.line
    }

    /// What stands in a column, without white space around it; nothing if the file has no such column or the row ends before.
    pub fn get(&self, column: &str) -> Option<&'a str> {
        let index = *self.file.columns.get(column)?;
        Some(without_guard(self.record.get(index).unwrap_or_default().trim()))
    }

    /// The same, with an empty cell as nothing.
    pub fn filled(&self, column: &str) -> Option<&'a str> {
        self.get(column).filter(|text| !text.is_empty())
    }

    /// What is wrong with its shape: more cells than the header names means that a text with a comma stands without quotes.
    pub fn shape_problem(&self) -> Option<FieldProblem> {
        let is_wide = self.record.iter().skip(self.file.width).any(|cell| !cell.trim().is_empty());
        is_wide.then(|| FieldProblem { field: "row".to_owned(), problem: Problem::Form })
    }

    /// The row's problems, if it has any.
    pub fn refused(&self, problems: Vec<FieldProblem>) -> Option<RowProblem> {
        let problems: Vec<FieldProblem> = self.shape_problem().into_iter().chain(problems).collect();
        (!problems.is_empty()).then_some(RowProblem { line: self.line, problems })
    }
}

fn is_blank(record: &StringRecord) -> bool {
    record.iter().all(|cell| cell.trim().is_empty())
}

/// A semicolon if the first line has more of them than commas outside quotes, as spreadsheets write where the comma is the
/// decimal mark.
fn delimiter(text: &str) -> u8 {
    let (mut quoted, mut commas, mut semicolons) = (false, 0u32, 0u32);
    for letter in text.chars() {
        match letter {
            '"' => quoted = !quoted,
            '\n' if !quoted => break,
            ',' if !quoted => commas += 1,
            ';' if !quoted => semicolons += 1,
            _ => {}
        }
    }
    if semicolons > commas { b';' } else { b',' }
}

/// A column's name as it is compared: case, marks, spaces and hyphens apart.
fn column_key(name: &str) -> String {
    folded(name).replace([' ', '-'], "_")
}

type Matched = (BTreeMap<&'static str, usize>, Vec<String>);

fn match_columns(header: &StringRecord, known: Columns) -> Result<Matched, FileProblem> {
    let (mut columns, mut ignored) = (BTreeMap::new(), Vec::new());
    for (index, name) in header.iter().enumerate().filter(|(_, name)| !name.trim().is_empty()) {
        let key = column_key(name);
        match known.known().find(|column| *column == key) {
            None => ignored.push(name.trim().chars().take(80).collect()),
            Some(column) => {
                if columns.insert(column, index).is_some() {
                    return Err(FileProblem::ColumnTwice { column: column.to_owned() });
                }
            }
        }
    }
    let missing: Vec<String> =
        known.needed.iter().filter(|column| !columns.contains_key(*column)).map(|column| (*column).to_owned()).collect();
    if missing.is_empty() { Ok((columns, ignored)) } else { Err(FileProblem::MissingColumns { columns: missing }) }
}

fn is_guarded_or_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(FORMULA_STARTS)
}

fn guarded(cell: &str) -> String {
    if is_guarded_or_formula(cell) { format!("'{cell}") } else { cell.to_owned() }
}

fn without_guard(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_guarded_or_formula(rest)).unwrap_or(cell)
}

/// The word by which a value is known in files, forms and the API; nothing for what is no word.
pub fn word_of(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// A file that could not be written, which is a defect: it is written to memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the file could not be written")]
pub struct NotWritten;

/// Writes a file: a header and rows of as many cells.
///
/// # Errors
/// When a row has more or fewer cells than the header.
pub fn write(header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Result<Vec<u8>, NotWritten> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    writer.write_record(header).map_err(|_| NotWritten)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| guarded(cell))).map_err(|_| NotWritten)?;
    }
    writer.into_inner().map_err(|_| NotWritten)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const COLUMNS: Columns = Columns { needed: &["title", "date"], optional: &["notes"] };

    fn cells(bytes: &[u8]) -> Vec<(u64, String, String)> {
        let file = CsvFile::read(bytes, COLUMNS).unwrap();
        file.rows().map(|row| (row.line(), row.get("title").unwrap().to_owned(), row.get("date").unwrap().to_owned())).collect()
    }

    #[test]
    fn commas_and_semicolons_read_alike_with_and_without_a_byte_order_mark() {
        let expected = vec![(2, "Tea, then talks".to_owned(), "2027-03-14".to_owned())];
        assert_eq!(cells(b"title,date\n\"Tea, then talks\",2027-03-14\n"), expected);
        assert_eq!(cells(b"Title;DATE\r\nTea, then talks;2027-03-14\r\n"), expected);
        assert_eq!(cells("\u{FEFF}title,date\n\"Tea, then talks\",2027-03-14".as_bytes()), expected);
    }

    #[test]
    fn latin_1_is_refused_with_the_line_it_shows_on() {
        assert_eq!(CsvFile::read(b"title,date\nplain,x\ncaf\xe9,x\n", COLUMNS).unwrap_err(), FileProblem::NotUtf8 { line: 3 });
    }

    #[test]
    fn a_hundred_thousand_rows_are_refused_and_ten_thousand_are_not() {
        let file = |rows: usize| format!("title,date\n{}", "a,b\n".repeat(rows));
        assert_eq!(CsvFile::read(file(100_000).as_bytes(), COLUMNS).unwrap_err(), FileProblem::TooManyRows { most: MOST_ROWS });
        assert_eq!(CsvFile::read(file(10_000).as_bytes(), COLUMNS).unwrap().rows().len(), 10_000);
    }

    #[test]
    fn what_is_too_large_is_not_read() {
        let bytes = vec![b'a'; usize::try_from(MOST_BYTES).unwrap() + 1];
        assert_eq!(CsvFile::read(&bytes, COLUMNS).unwrap_err(), FileProblem::TooLarge { most_bytes: MOST_BYTES });
    }

    #[test]
    fn columns_may_stand_in_any_order_and_strange_ones_are_named() {
        let file = CsvFile::read(b"colour,date,title\nred,x,y\n", COLUMNS).unwrap();
        assert_eq!(file.ignored_columns(), ["colour"]);
        let row = file.rows().next().unwrap();
        assert_eq!((row.get("title"), row.get("date"), row.get("notes")), (Some("y"), Some("x"), None));
    }

    #[test]
    fn a_file_without_its_columns_is_refused() {
        let missing = FileProblem::MissingColumns { columns: vec!["date".into()] };
        assert_eq!(CsvFile::read(b"title\na\n", COLUMNS).unwrap_err(), missing);
        assert_eq!(CsvFile::read(b"title,Title,date\na,b,c\n", COLUMNS).unwrap_err(), FileProblem::ColumnTwice { column: "title".into() });
        assert_eq!(CsvFile::read(b"", COLUMNS).unwrap_err(), FileProblem::Empty);
        assert_eq!(CsvFile::read(b"title,date\n\n,\n", COLUMNS).unwrap_err(), FileProblem::Empty);
    }

    #[test]
    fn a_row_with_a_loose_comma_is_said_to_be_so() {
        let file = CsvFile::read(b"title,date\nTea, then talks,2027-03-14\nTea,2027-03-14,\n", COLUMNS).unwrap();
        let problems: Vec<bool> = file.rows().map(|row| row.shape_problem().is_some()).collect();
        assert_eq!(problems, [true, false]);
    }

    #[test]
    fn lines_are_counted_through_quoted_line_ends() {
        let lines: Vec<u64> = cells(b"title,date\n\"a\nb\",x\n\nc,y\n").into_iter().map(|(line, ..)| line).collect();
        assert_eq!(lines, [2, 5]);
    }

    #[test]
    fn a_formula_leaves_as_text() {
        let written = String::from_utf8(write(&["title"], [vec!["=1+1".to_owned()]]).unwrap()).unwrap();
        assert_eq!(written, "\u{FEFF}title\r\n'=1+1\r\n");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(rows in prop::collection::vec(("[^ \t\r\n\0\u{85}\u{a0}]{1,9}[a;,\"'=\n]{0,4}x", "['=@a-]{0,5}"), 1..8)) {
            let written = write(&["title", "date"], rows.iter().map(|(a, b)| vec![a.clone(), b.clone()])).unwrap();
            let read: Vec<(String, String)> = cells(&written).into_iter().map(|(_, a, b)| (a, b)).collect();
            prop_assume!(rows.iter().all(|(a, _)| a.trim() == a));
            prop_assert_eq!(read, rows);
        }
    }
}
