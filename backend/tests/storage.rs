//! Every statement on both engines, the two schemas side by side, and the last line against double booking.

use backend::{
    database::{Connection, statements},
    on_both,
    testing::{self, Engine},
    values,
};
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::Executor;
use std::collections::{BTreeMap, BTreeSet};
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
                    backend::database::Database::Postgres(pool) => pool.acquire().await.unwrap().prepare(sqlx::SqlStr::from_static(sql)).await.map(drop),
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

    async fn the_record_is_only_appended_to(engine) {
        let office = testing::office(engine).await;
        for sql in [
            "UPDATE audit_entries SET intent = 'other'",
            "DELETE FROM audit_entries",
            "DELETE FROM audit_checkpoints WHERE sequence = 0",
        ] {
            let mut transaction = office.operator.write().await.unwrap();
            let answer = transaction.execute(sql, values![]).await;
            assert!(answer.is_err() || sql.contains("checkpoints"), "{sql}");
        }
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
    #[derive(sqlx::FromRow)]
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
