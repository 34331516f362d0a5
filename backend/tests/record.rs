//! What guards the record in the database itself: entries and checkpoints are added, and nothing else is done to them by any statement.

use backend::{
    audit::{
        self, Entry,
        checkpoint::SignedCheckpoint,
        verification::{Known, NotVerified, Verified, verify_record},
    },
    database::{Connection, Database, DatabaseError, WriteTransaction},
    on_both,
    testing::{self, Engine, TestOffice},
    values,
};
use domain::audit::Intent;

/// Enough for a checkpoint.
const ENTRIES: u64 = 101;

/// The tables that the migrations guard.
const GUARDED: [&str; 2] = ["audit_checkpoints", "audit_entries"];

/// What changes or removes what is there, whatever the engine.
const ON_BOTH: [&str; 8] = [
    "UPDATE audit_entries SET intent = 'other'",
    "UPDATE audit_entries SET sequence = sequence WHERE sequence = 1",
    "UPDATE audit_checkpoints SET line = 'other'",
    "DELETE FROM audit_entries",
    "DELETE FROM audit_entries WHERE sequence = 101",
    "DELETE FROM audit_checkpoints",
    "INSERT INTO audit_entries SELECT * FROM audit_entries WHERE sequence = 1 ON CONFLICT (office_id, sequence) DO UPDATE SET intent = 'other'",
    "INSERT INTO audit_checkpoints SELECT * FROM audit_checkpoints WHERE sequence = 100 ON CONFLICT (office_id, sequence) DO UPDATE SET line = 'other'",
];

/// What SQLite alone knows.
const ON_SQLITE: [&str; 6] = [
    "INSERT OR REPLACE INTO audit_entries SELECT * FROM audit_entries WHERE sequence = 1",
    "REPLACE INTO audit_entries SELECT * FROM audit_entries",
    "INSERT OR REPLACE INTO audit_checkpoints SELECT office_id, sequence, at, 'other' FROM audit_checkpoints",
    "REPLACE INTO audit_checkpoints SELECT office_id, sequence, at, 'other' FROM audit_checkpoints",
    "UPDATE OR REPLACE audit_entries SET sequence = 1 WHERE sequence = 2",
    "UPDATE OR IGNORE audit_checkpoints SET line = 'other'",
];

/// What PostgreSQL alone knows.
const ON_POSTGRES: [&str; 6] = [
    "TRUNCATE audit_entries",
    "TRUNCATE audit_checkpoints",
    "TRUNCATE audit_entries, audit_checkpoints CASCADE",
    "TRUNCATE offices CASCADE",
    "MERGE INTO audit_entries USING (SELECT 1) AS one ON TRUE WHEN MATCHED THEN DELETE",
    "WITH gone AS (DELETE FROM audit_entries RETURNING 1) SELECT COUNT(*) FROM gone",
];

/// The codes by which a trigger refuses: SQLite's of a constraint that is a trigger, PostgreSQL's of an exception that is raised.
const BY_A_TRIGGER: [&str; 2] = ["1811", "P0001"];

const fn statements_of(engine: Engine) -> [&'static [&'static str]; 2] {
    match engine {
        Engine::Sqlite => [&ON_BOTH, &ON_SQLITE],
        Engine::Postgres => [&ON_BOTH, &ON_POSTGRES],
    }
}

/// The tables that triggers guard, as the database itself says.
async fn guarded_tables(office: &TestOffice, engine: Engine) -> Vec<String> {
    let sql = match engine {
        Engine::Sqlite => {
            "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%the record is only appended to%' ORDER BY 1"
        }
        Engine::Postgres => {
            "SELECT DISTINCT c.relname::text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid \
             WHERE p.proname = 'refuse_change_of_the_record' ORDER BY 1"
        }
    };
    let tables: Vec<(String,)> = office.place.database.read().await.unwrap().all(sql, values![]).await.unwrap();
    tables.into_iter().map(|(table,)| table).collect()
}

async fn an_office_with_a_checkpoint(engine: Engine) -> TestOffice {
    let office = testing::office(engine).await;
    record_until(&office, ENTRIES).await;
    office
}

async fn record_until(office: &TestOffice, entries: u64) {
    let mut transaction = office.operator.write().await.unwrap();
    // Setting the office up was the first.
    for _ in 1..entries {
        audit::record(&office.operator, &mut transaction, Entry::done(Intent::ChangeOffice)).await.unwrap();
    }
    transaction.commit().await.unwrap();
}

async fn verified(office: &TestOffice, known: Known) -> Result<Verified, NotVerified> {
    verify_record(&office.operator, &known).await.unwrap()
}

async fn checkpoint_of(office: &TestOffice) -> String {
    let sql = "SELECT line FROM audit_checkpoints WHERE office_id = $1";
    let lines: Vec<(String,)> = office.operator.read().await.unwrap().all(sql, values![office.operator.office_id()]).await.unwrap();
    lines.into_iter().next().unwrap().0
}

/// Tries each of the statements in a transaction of its own; those that were not refused.
async fn not_refused(database: &Database, statements: &[&'static str], begin: impl AsyncFn(&Database) -> WriteTransaction) -> Vec<String> {
    let mut done = Vec::new();
    for sql in statements {
        let mut transaction = begin(database).await;
        match transaction.execute(sql, values![]).await {
            Err(DatabaseError::Refused { code }) if BY_A_TRIGGER.contains(&code.as_str()) => {}
            other => done.push(format!("{sql}: {other:?}")),
        }
    }
    done
}

on_both! {
    async fn no_statement_changes_or_removes_an_entry_or_a_checkpoint(engine) {
        let office = an_office_with_a_checkpoint(engine).await;
        assert_eq!(guarded_tables(&office, engine).await, GUARDED, "each table that triggers guard is tried here");
        let before = verified(&office, Known::default()).await.unwrap();
        assert_eq!((before.head.sequence, before.checkpoints), (ENTRIES, 1));
        for statements in statements_of(engine) {
            let done = not_refused(&office.place.database, statements, async |database| database.write().await.unwrap()).await;
            assert!(done.is_empty(), "{}", done.join("\n"));
        }
        assert_eq!(verified(&office, Known::default()).await, Ok(before));
    }

    async fn a_second_connection_is_refused_it_as_well(engine) {
        let office = an_office_with_a_checkpoint(engine).await;
        let before = verified(&office, Known::default()).await.unwrap();
        // Another process, beside the one that writes: on SQLite what guards against REPLACE is set for each connection anew.
        let second = Database::open(&office.place.url).await.unwrap();
        for statements in statements_of(engine) {
            let done = not_refused(&second, statements, async |database| database.write().await.unwrap()).await;
            assert!(done.is_empty(), "{}", done.join("\n"));
        }
        if engine == Engine::Sqlite {
            for database in [&office.place.database, &second] {
                // The connections that serve readings can write too.
                let done = not_refused(database, &ON_SQLITE, async |database| database.snapshot().await.unwrap()).await;
                assert!(done.is_empty(), "{}", done.join("\n"));
                let on: Vec<(i64,)> = database.read().await.unwrap().all("SELECT recursive_triggers FROM pragma_recursive_triggers", values![]).await.unwrap();
                assert_eq!(on, [(1,)]);
            }
        }
        second.close().await;
        assert_eq!(verified(&office, Known::default()).await, Ok(before));
    }

    async fn a_checkpoint_of_another_office_is_passed_over_and_one_that_was_changed_is_not(engine) {
        let mut office = an_office_with_a_checkpoint(engine).await;
        let own = checkpoint_of(&office).await;
        office.begin_anew().await;
        record_until(&office, ENTRIES).await;
        let read = |line: &str| line.parse::<SignedCheckpoint>().unwrap();
        let others = own;
        let own = checkpoint_of(&office).await;
        let known = |lines: &[&str]| Known { checkpoints: lines.iter().map(|line| read(line)).collect(), head: None };
        let whole = verified(&office, known(&[&others, &own])).await.unwrap();
        assert_eq!(whole.checkpoints, 2, "the one beside the record and the one given");
        let changed = own.replace("sequence=100", "sequence=99");
        assert_eq!(verified(&office, known(&[&others, &own, &changed])).await, Err(NotVerified::StrangeGiven { index: 2 }));
    }
}
