//! Which tables there are, in an order in which none refers to a later one, and the statements that read and fill them.

use super::{BackupError, PAGE, cells::StoredRow};
use crate::database::Value;
use std::sync::OnceLock;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Id,
    Text,
    Number,
    Flag,
    Instant,
    Bytes,
}

/// A column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
}

/// A table.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) name: &'static str,
    /// The columns of its primary key, by which pages follow one another.
    key: &'static [&'static str],
    pub(super) columns: Vec<Column>,
    /// Its first rows; `$1` is how many.
    pub(super) first_page: &'static str,
    /// The rows after one; its key first, then how many.
    pub(super) next_page: &'static str,
    /// Inserts one row.
    pub(super) insert: &'static str,
}

macro_rules! described {
    ($($table:ident by $($key:ident),+: $($column:ident $kind:ident),+;)*) => {
        /// All tables: name, primary key, columns.
        const DESCRIBED: &[(&str, &[&str], &[Column])] = &[$((
            stringify!($table),
            &[$(stringify!($key)),+],
            &[$(Column { name: stringify!($column), kind: Kind::$kind }),+],
        )),*];
    };
}

described! {
    offices by id: id Id, host_name Text, revision Number, body Text, made_at Instant;
    installation by id: id Number, tz_version Text, is_demo Flag;
    revisions by office_id, kind, thing_id, revision: office_id Id, kind Text, thing_id Id, revision Number, body Text, changed_at Instant, changed_by Id, request_id Id, salt Bytes;
    sealing_keys by office_id, id: office_id Id, id Id, wrapped Text, made_at Instant;
    reasons by office_id, kind, thing_id, revision: office_id Id, kind Text, thing_id Id, revision Number, sealed Text, key_id Id;
    office_keys by office_id: office_id Id, wrapped Text, check_value Text, made_at Instant;
    accounts by office_id, id: office_id Id, id Id, email Text, name Text, person_id Id, mission_id Id, confirmed Flag, password_hash Text, suspended_above_green Flag, ends_on Text, disabled_at Instant, made_at Instant, revision Number;
    grants by office_id, id: office_id Id, id Id, kind Text, subject_id Id, word Text, thing_id Id, reason Text, granted_at Instant, granted_by Id, revoked_at Instant, revoked_by Id;
    sessions by office_id, id: office_id Id, id Id, token_hash Bytes, account_id Id, kind Text, label Text, client Text, made_at Instant, seen_at Instant, idle_ends_at Instant, ends_at Instant, revoked_at Instant;
    invitations by office_id, id: office_id Id, id Id, token_hash Bytes, account_id Id, invited_by Id, made_at Instant, ends_at Instant, used_at Instant, cancelled_at Instant;
    sites by office_id, id: office_id Id, id Id, revision Number, name Text, body Text;
    rooms by office_id, id: office_id Id, id Id, site_id Id, revision Number, name Text, folded Text, body Text, removed_at Instant;
    missions by office_id, id: office_id Id, id Id, revision Number, name Text, folded Text, body Text;
    people by office_id, id: office_id Id, id Id, revision Number, body Text, key_id Id;
    visits by office_id, id: office_id Id, id Id, revision Number, state Text, starts_on Text, ends_on Text, body Text, removed_at Instant, key_id Id;
    delegations by office_id, id: office_id Id, id Id, visit_id Id, name Text, mission_id Id;
    delegates by office_id, id: office_id Id, id Id, revision Number, visit_id Id, delegation_id Id, person_id Id, position Number, body Text, removed_at Instant, key_id Id;
    items by office_id, id: office_id Id, id Id, revision Number, visit_id Id, starts_at Instant, ends_at Instant, state Text, tz_version Text, imported_revision Number, body Text, removed_at Instant, key_id Id;
    item_people by office_id, item_id, person_id: office_id Id, item_id Id, person_id Id;
    own_changes by office_id, id: office_id Id, id Id, account_id Id, visit_id Id, number Number, kind Text, standing Text, made_at Instant;
    own_change_lines by office_id, change_id, item_id: office_id Id, change_id Id, item_id Id, before_revision Number, after_revision Number;
    tasks by office_id, id: office_id Id, id Id, revision Number, visit_id Id, due_on Text, done_at Instant, body Text, removed_at Instant, key_id Id;
    visit_templates by office_id, category: office_id Id, category Text, id Id, revision Number, body Text;
    own_days by office_id, id: office_id Id, id Id, country Text, on_day Text, kind Text, name Text, removed_at Instant;
    bookings by office_id, id: office_id Id, id Id, revision Number, room_id Id, starts_at Instant, ends_at Instant, state Text, made_by Id, body Text, removed_at Instant, key_id Id, series_id Id, series_on Text;
    series by office_id, id: office_id Id, id Id, revision Number, room_id Id, made_by Id, body Text, removed_at Instant, key_id Id;
    blackouts by office_id, id: office_id Id, id Id, revision Number, room_id Id, site_id Id, starts_at Instant, ends_at Instant, body Text, removed_at Instant, key_id Id;
    approvals by office_id, id: office_id Id, id Id, source_kind Text, source_id Id, visit_id Id, room_id Id, starts_at Instant, ends_at Instant, standing Text, asked_by Id, made_at Instant, decided_by Id, decided_at Instant, other_kind Text, other_id Id, sealed Text, key_id Id;
    news by office_id, id: office_id Id, id Id, account_id Id, kind Text, source_kind Text, source_id Id, made_at Instant, read_at Instant;
    door_plans by office_id, id: office_id Id, id Id, room_id Id, token_hash Bytes, ceiling Text, ends_on Text, made_by Id, made_at Instant, revoked_at Instant, fetched_at Instant, fetched_by Text;
    resources by office_id, id: office_id Id, id Id, kind Text;
    releases by office_id, id: office_id Id, id Id, visit_id Id, audience Text, number Number, released_at Instant, released_by Id, code Text, body Text, key_id Id;
    release_people by office_id, release_id, person_id: office_id Id, release_id Id, person_id Id;
    acknowledgements by office_id, release_id, account_id: office_id Id, release_id Id, account_id Id, acknowledged_at Instant;
    feeds by office_id, id: office_id Id, id Id, account_id Id, token_hash Bytes, scope_kind Text, scope_id Id, detail Text, made_at Instant, revoked_at Instant, fetched_at Instant, fetched_by Text, etag Text, modified_at Instant;
    feed_events by office_id, feed_id, uid: office_id Id, feed_id Id, uid Id, seen_hash Bytes, significant_hash Bytes, sequence Number, changed_at Instant, is_shown Flag, cancelled_at Instant;
    form_drafts by office_id, id: office_id Id, id Id, session_id Id, sealed Text, ends_at Instant;
    idempotency_keys by office_id, account_id, key, rights_revision: office_id Id, account_id Id, key Text, rights_revision Text, request_hash Bytes, began_at Instant, done Flag, status Number, thing_id Id, ends_at Instant;
    deliveries by office_id, account_id, thing_id, thing_kind, revision, way, marking: office_id Id, account_id Id, thing_kind Text, thing_id Id, revision Number, marking Text, way Text, delivered_at Instant;
    audit_entries by office_id, sequence: office_id Id, sequence Number, at Instant, actor_kind Text, actor_id Id, intent Text, outcome Text, things Text, request_id Id, digest Bytes, previous Bytes, hash Bytes;
    audit_checkpoints by office_id, sequence: office_id Id, sequence Number, at Instant, line Text;
    engagements by office_id, id: office_id Id, id Id, resource_id Id, source_kind Text, source_id Id, visit_id Id, site_id Id, starts_at Instant, ends_at Instant, core_starts_at Instant, core_ends_at Instant, state Text, hold_until Instant, exclusive Flag, drop_by Flag, overridden Flag, marking Text;
}

impl Table {
    fn new(name: &'static str, key: &'static [&'static str], columns: &[Column]) -> Self {
        let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
        let (names, keys) = (names.join(", "), key.join(", "));
        let places = |from: usize, to: usize| (from..=to).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ");
        // Made once and kept as long as the process: statements are text that lives as long as it does.
        let kept = |text: String| -> &'static str { text.leak() };
        let last = key.len();
        Self {
            name,
            key,
            columns: columns.to_vec(),
            first_page: kept(format!("SELECT {names} FROM {name} ORDER BY {keys} LIMIT $1")),
            next_page: kept(format!(
                "SELECT {names} FROM {name} WHERE ({keys}) > ({}) ORDER BY {keys} LIMIT ${}",
                places(1, last),
                last + 1
            )),
            insert: kept(format!("INSERT INTO {name} ({names}) VALUES ({})", places(1, columns.len()))),
        }
    }

    /// The values of [`Self::next_page`] after a row.
    pub(super) fn place_of(&self, row: &StoredRow) -> Result<Vec<Value>, BackupError> {
        let value = |key: &&str| {
            let index = self.columns.iter().position(|column| column.name == *key)?;
            row.0.get(index)?.to_value(self.columns.get(index)?.kind)
        };
        let mut values = self.key.iter().map(value).collect::<Option<Vec<Value>>>().ok_or(self.corrupt())?;
        values.push(PAGE.into());
        Ok(values)
    }

    /// Something in it is not of its form.
    pub(super) const fn corrupt(&self) -> BackupError {
        BackupError::Corrupt { table: self.name }
    }
}

/// All tables, with their statements.
pub(super) fn tables() -> &'static [Table] {
    static TABLES: OnceLock<Vec<Table>> = OnceLock::new();
    TABLES.get_or_init(|| DESCRIBED.iter().map(|(name, key, columns)| Table::new(name, key, columns)).collect())
}

/// All statements, by table, for the test that prepares each.
pub(crate) fn statements() -> &'static [(&'static str, &'static str)] {
    static STATEMENTS: OnceLock<Vec<(&'static str, &'static str)>> = OnceLock::new();
    STATEMENTS.get_or_init(|| {
        let of = |table: &'static Table| [table.first_page, table.next_page, table.insert].map(|sql| (table.name, sql));
        tables().iter().flat_map(of).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// All migrations, in their order.
    fn schema() -> String {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite");
        let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect()
    }

    /// Columns by table, as the schema declares them.
    fn declared(schema: &str) -> BTreeMap<&str, Vec<&str>> {
        let mut tables: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for part in schema.split("CREATE TABLE ").skip(1) {
            let (name, rest) = part.split_once(" (").unwrap();
            let body = rest.split("\n)").next().unwrap();
            let is_column = |line: &&str| line.starts_with(|letter: char| letter.is_ascii_lowercase());
            let columns = body.lines().map(str::trim).filter(is_column).filter_map(|line| line.split(' ').next()).collect();
            tables.insert(name, columns);
        }
        for part in schema.split("ALTER TABLE ").skip(1) {
            let (name, rest) = part.split_once(' ').unwrap();
            let (change, rest) = rest.split_once(" COLUMN ").unwrap();
            let column = rest.split([' ', ';']).next().unwrap();
            let columns = tables.get_mut(name).unwrap();
            match change {
                "ADD" => columns.push(column),
                "DROP" => columns.retain(|had| *had != column),
                other => panic!("{other}"),
            }
        }
        tables
    }

    #[test]
    fn a_copy_says_of_which_migration_its_tables_are() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite");
        assert_eq!(std::fs::read_dir(folder).unwrap().count(), super::super::VERSION as usize);
    }

    #[test]
    fn every_table_and_column_is_copied() {
        let copied: BTreeMap<&str, Vec<&str>> =
            tables().iter().map(|table| (table.name, table.columns.iter().map(|column| column.name).collect())).collect();
        assert_eq!(copied, declared(&schema()));
    }
}
