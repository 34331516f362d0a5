//! What changes is told to every server, with the office it is of and nothing else.

use backend::{
    database::{Connection as _, Database},
    live::Subscription,
    on_both,
    testing::{self, Engine, TestOffice},
    values,
};
use domain::{accounts::Role, ids::OfficeId, marking::Marking};
use sqlx::{Connection as _, Executor as _};
use std::time::Duration;
use tokio::time::timeout;

/// How soon every server hears of it.
const SOON: Duration = Duration::from_secs(1);

/// How long is waited for what must not come.
const NEVER: Duration = Duration::from_millis(400);

async fn is_told(changes: &mut Subscription, office: OfficeId, within: Duration) -> bool {
    timeout(within, changes.changed(office)).await.is_ok()
}

async fn change(office: &TestOffice, name: &str) {
    office.account(name, Role::Staff, Marking::Green).await;
}

on_both! {
    async fn what_is_committed_is_told_to_who_listens(engine) {
        let office = testing::office(engine).await;
        let id = office.operator.office_id();
        let database = &office.place.database;
        let (mut one, mut other) = (database.changes().await.unwrap(), database.changes().await.unwrap());
        let before = database.changes_told();
        change(&office, "first").await;
        assert!(is_told(&mut one, id, SOON).await && is_told(&mut other, id, SOON).await);
        assert!(database.changes_told() > before);
        one.forget();
        change(&office, "second").await;
        assert!(is_told(&mut one, id, SOON).await);
    }

    async fn what_is_rolled_back_or_only_read_is_told_to_nobody(engine) {
        let office = testing::office(engine).await;
        let id = office.operator.office_id();
        let mut changes = office.place.database.changes().await.unwrap();
        let mut transaction = office.operator.write().await.unwrap();
        transaction.execute("UPDATE offices SET revision = revision + 1 WHERE id = $1", values![id]).await.unwrap();
        drop(transaction);
        let mut transaction = office.operator.write().await.unwrap();
        let _rows: Vec<(String,)> = transaction.all("SELECT body FROM offices WHERE id = $1", values![id]).await.unwrap();
        transaction.commit().await.unwrap();
        assert!(!is_told(&mut changes, id, NEVER).await);
    }

    async fn another_offices_changes_are_told_to_none_but_its_own(engine) {
        let mut office = testing::office(engine).await;
        let first = office.operator.office_id();
        office.begin_anew().await;
        let second = office.operator.office_id();
        let database = &office.place.database;
        let (mut of_first, mut of_second) = (database.changes().await.unwrap(), database.changes().await.unwrap());
        change(&office, "somebody").await;
        assert!(is_told(&mut of_second, second, SOON).await);
        assert!(!is_told(&mut of_first, first, NEVER).await);
    }

    async fn a_database_that_is_listened_to_can_be_closed(engine) {
        let office = testing::office(engine).await;
        let _changes = office.place.database.changes().await.unwrap();
        timeout(Duration::from_secs(10), office.place.database.close()).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_server_commits_another_hears_of() {
    let office = testing::office(Engine::Postgres).await;
    let other = Database::open(&office.place.url).await.unwrap();
    let mut changes = other.changes().await.unwrap();
    change(&office, "somebody").await;
    assert!(is_told(&mut changes, office.operator.office_id(), SOON).await);
    other.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_was_lost_is_made_anew_and_what_it_missed_is_made_good() {
    let office = testing::office(Engine::Postgres).await;
    let id = office.operator.office_id();
    let other = Database::open(&office.place.url).await.unwrap();
    let mut changes = other.changes().await.unwrap();
    let mut keeper = sqlx::PgConnection::connect(&office.place.url).await.unwrap();
    keeper
        .execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'")
        .await
        .unwrap();
    assert!(is_told(&mut changes, id, Duration::from_secs(5)).await, "anything may have changed meanwhile");
    tokio::time::sleep(Duration::from_secs(3)).await;
    changes.forget();
    change(&office, "somebody").await;
    assert!(is_told(&mut changes, id, SOON).await);
    other.close().await;
}
