//! Every statement on both engines, the two schemas side by side, and the last line against double booking.

use backend::{
    clock::RandomIds,
    database::{Connection, Database, DatabaseError, statements},
    installation, on_both,
    sealing::{KeyFile, OsRandom},
    testing::{self, Engine},
    values,
    version::Seen,
    visits,
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{accounts::Role, marking::Marking, visits::input::VisitInput};
use sqlx::Executor;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use uuid::Uuid;

on_both! {
    async fn every_statement_can_be_prepared(engine) {
        let place = testing::database(engine).await;
        let mut wrong = Vec::new();
        for (store, list) in statements::all() {
            for (name, sql) in list {
                let prepared = match &place.database {
                    backend::database::Database::Sqlite { readers, .. } => {
                        readers.acquire().await.unwrap().prepare(sqlx::SqlStr::from_static(sql)).await.map(drop)
                    }
                    backend::database::Database::Postgres { pool, .. } => pool.acquire().await.unwrap().prepare(sqlx::SqlStr::from_static(sql)).await.map(drop),
                };
                if let Err(error) = prepared {
                    wrong.push(format!("{store}::{name}: {error}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    async fn a_second_exclusive_engagement_is_refused_by_the_database(engine) {
        let office = testing::office(engine).await;
        let mut transaction = office.operator.write().await.unwrap();
        let room = Uuid::new_v4();
        transaction.execute("INSERT INTO resources (office_id, id, kind) VALUES ($1, $2, 'room')", values![office.operator.office_id(), room]).await.unwrap();
        transaction.commit().await.unwrap();
        let nine = testing::now();
        let at = |minutes: i64| nine + TimeDelta::minutes(minutes);
        assert!(engage(&office, room, at(0), at(60), true).await.is_ok());
        assert!(engage(&office, room, at(59), at(90), true).await.is_err(), "overlapping");
        assert!(engage(&office, room, at(-30), at(1), true).await.is_err(), "overlapping from before");
        assert!(engage(&office, room, at(60), at(90), true).await.is_ok(), "touching");
        assert!(engage(&office, room, at(0), at(60), false).await.is_ok(), "a shared one");
    }
}

async fn engage(
    office: &testing::TestOffice,
    room: Uuid,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    exclusive: bool,
) -> Result<(), backend::database::DatabaseError> {
    let mut transaction = office.operator.write().await.unwrap();
    let sql = "INSERT INTO engagements (office_id, id, resource_id, source_kind, source_id, starts_at, ends_at, core_starts_at, core_ends_at, state, exclusive, drop_by, marking) \
        VALUES ($1, $2, $3, 'booking', $4, $5, $6, $5, $6, 'held', $7, FALSE, 'TLP:GREEN')";
    transaction.execute(sql, values![office.operator.office_id(), Uuid::new_v4(), room, Uuid::new_v4(), from, until, exclusive]).await?;
    transaction.commit().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_two_schemas_have_the_same_tables_and_columns() {
    #[derive(sqlx_macros::FromRow)]
    struct Column {
        t: String,
        c: String,
    }
    let mut schemas = Vec::new();
    for (engine, sql) in [
        (
            Engine::Sqlite,
            "SELECT m.name AS t, p.name AS c FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' AND m.name NOT LIKE '\\_%' ESCAPE '\\' AND m.name NOT LIKE 'sqlite%'",
        ),
        (
            Engine::Postgres,
            "SELECT table_name::text AS t, column_name::text AS c FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\\_%'",
        ),
    ] {
        let place = testing::database(engine).await;
        let columns: Vec<Column> = place.database.read().await.unwrap().all(sql, values![]).await.unwrap();
        let mut tables: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for column in columns {
            tables.entry(column.t).or_default().insert(column.c);
        }
        schemas.push(tables);
    }
    assert_eq!(schemas[0], schemas[1]);
    for (table, columns) in &schemas[0] {
        let without = ["offices", "installation"];
        assert!(columns.contains("office_id") || without.contains(&table.as_str()), "{table} has no office_id");
    }
}

/// A role of its own with what `docs/postgresql-roles.sql` grants, and the database as it signs in.
async fn as_the_role_that_serves(place: &testing::ThrowAway) -> (String, Database) {
    let role = format!("server_{}", Uuid::new_v4().simple());
    let script = include_str!("../../docs/postgresql-roles.sql").replace("TO chancery", &format!("TO {role}"));
    let script = script.replace("FROM chancery", &format!("FROM {role}")).replace("PUBLIC, chancery", &format!("PUBLIC, {role}"));
    let Database::Postgres { pool: owner, .. } = &place.database else { panic!("PostgreSQL") };
    let mut owner = owner.acquire().await.unwrap();
    owner.execute(sqlx::AssertSqlSafe(format!("CREATE ROLE {role}"))).await.unwrap();
    owner.execute(sqlx::AssertSqlSafe(script)).await.unwrap();
    let joint = if place.url.contains('?') { '&' } else { '?' };
    (role.clone(), Database::open(&format!("{}{joint}options[role]={role}", place.url)).await.unwrap())
}

async fn dropped(place: &testing::ThrowAway, role: &str, database: Database) {
    database.close().await;
    let Database::Postgres { pool: owner, .. } = &place.database else { panic!("PostgreSQL") };
    owner.execute(sqlx::AssertSqlSafe(format!("DROP OWNED BY {role}; DROP ROLE {role}"))).await.unwrap();
}

/// The SQLSTATE by which a statement is refused.
async fn refusal(database: &Database, sql: &'static str) -> String {
    let mut transaction = database.write().await.unwrap();
    match transaction.execute(sql, values![]).await {
        Err(DatabaseError::Refused { code }) => code,
        other => panic!("{sql}: {other:?}"),
    }
}

const INSUFFICIENT_PRIVILEGE: &str = "42501";

#[tokio::test(flavor = "multi_thread")]
async fn the_role_that_serves_may_do_every_statement_and_change_nothing_of_the_record() {
    let place = testing::database(Engine::Postgres).await;
    let (role, database) = as_the_role_that_serves(&place).await;
    let Database::Postgres { pool, .. } = &database else { panic!("PostgreSQL") };
    let mut connection = pool.acquire().await.unwrap();
    let mut refused = Vec::new();
    for (store, list) in statements::all() {
        for (name, sql) in list {
            // A plan of a statement is refused where the statement would be.
            let values = (1..100).filter(|number| sql.contains(&format!("${number}"))).count();
            let values = if values == 0 { String::new() } else { format!("({})", vec!["NULL"; values].join(", ")) };
            let explained = format!("PREPARE asked AS {sql}; EXPLAIN EXECUTE asked{values}; DEALLOCATE asked");
            if let Err(error) = connection.execute(sqlx::AssertSqlSafe(explained)).await {
                refused.push(format!("{store}::{name}: {error}"));
                connection.execute("DEALLOCATE ALL").await.unwrap();
            }
        }
    }
    assert!(refused.is_empty(), "{}", refused.join("\n"));
    drop(connection);
    for sql in [
        "UPDATE audit_entries SET intent = 'other'",
        "DELETE FROM audit_entries",
        "UPDATE audit_checkpoints SET line = ''",
        "DELETE FROM audit_checkpoints",
        "TRUNCATE audit_entries",
        "DELETE FROM deliveries",
        "UPDATE revisions SET revision = 2",
        "DELETE FROM reasons",
        "DELETE FROM _sqlx_migrations",
        "ALTER TABLE audit_entries DISABLE TRIGGER ALL",
        "DROP TRIGGER audit_entries_are_not_changed ON audit_entries",
        "CREATE TABLE mine (id INT)",
    ] {
        assert_eq!(refusal(&database, sql).await, INSUFFICIENT_PRIVILEGE, "{sql}");
    }
    dropped(&place, &role, database).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_role_that_serves_finds_nothing_to_migrate_and_writes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key");
    KeyFile::create(&path, None, &OsRandom).unwrap();
    let key = || KeyFile::read(&path, None).unwrap();
    let office = testing::office_with(Engine::Postgres, Box::new(RandomIds), key()).await;
    let chief = office.account("chief", Role::ChiefOfProtocol, Marking::Red).await;
    let (role, database) = as_the_role_that_serves(&office.place).await;
    assert_eq!(database.migrate().await, Ok(()), "nothing to do");
    {
        let chancery = testing::chancery_later(database.clone(), testing::now(), key()).await;
        installation::record_tz_version(&chancery).await.unwrap();
        let by = async || {
            let chief = office.again(chief).await;
            chancery.context(Arc::new(chief.office().clone()), chief.actor().clone())
        };
        let input = VisitInput {
            category: Some("official".into()),
            title: Some("A visit".into()),
            starts_on: Some("2027-03-13".into()),
            ends_on: Some("2027-03-18".into()),
            capital_zone: Some("Europe/Rome".into()),
            ..VisitInput::default()
        };
        let visit = visits::create_visit(&by().await, input).await.unwrap().id;
        let change = VisitInput { remarks: Some("Under seal".into()), reason: Some("Asked for".into()), ..VisitInput::default() };
        visits::change_visit(&by().await, visit, change, &Seen::Any).await.unwrap();
    }
    let read: Vec<(String,)> =
        database.read().await.unwrap().all("SELECT intent FROM audit_entries ORDER BY sequence", values![]).await.unwrap();
    assert!(read.iter().any(|(intent,)| intent == "change_visit"), "{read:?}");
    dropped(&office.place, &role, database).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_may_not_alter_tables_is_told_when_the_schema_is_not_up_to_date() {
    let place = testing::database(Engine::Postgres).await;
    let (role, database) = as_the_role_that_serves(&place).await;
    let mut transaction = place.database.write().await.unwrap();
    transaction.execute("UPDATE _sqlx_migrations SET checksum = '\\x00'", values![]).await.unwrap();
    transaction.commit().await.unwrap();
    assert!(matches!(database.migrate().await, Err(DatabaseError::Migration { .. })));
    dropped(&place, &role, database).await;
}
