//! A copy of all that is stored, from either engine to either.

use backend::{
    backup::{BackupError, Copied, back_up, restore},
    database::Database,
    demo,
    testing::{self, Engine, ThrowAway},
};

/// A copy, and how many rows are in it.
async fn copy_of(database: &Database) -> (Vec<u8>, Copied) {
    let mut copy = Vec::new();
    let copied = back_up(database, testing::now(), &mut copy).await.unwrap();
    (copy, copied)
}

async fn restored(engine: Engine, copy: &[u8]) -> (ThrowAway, Copied) {
    let place = testing::database(engine).await;
    let copied = restore(&place.database, &mut &*copy).await.unwrap();
    (place, copied)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_demonstration_goes_from_engine_to_engine_and_back_unchanged() {
    let first = testing::database(Engine::Sqlite).await;
    demo::load(&testing::chancery(first.database.clone(), testing::now()).await).await.unwrap();
    let (copy, copied) = copy_of(&first.database).await;
    assert!(copied.rows > 1_000, "{} rows", copied.rows);
    let mut from = copy.clone();
    for engine in [Engine::Postgres, Engine::Postgres, Engine::Sqlite] {
        let (place, back) = restored(engine, &from).await;
        assert_eq!(back, copied, "{engine:?}");
        let (again, _) = copy_of(&place.database).await;
        assert!(again == copy, "{engine:?}: the copy of the copy is another");
        from = again;
    }
}

backend::on_both! {
    async fn a_damaged_copy_is_refused_and_leaves_nothing(engine) {
        let office = testing::office(engine).await;
        let (copy, _) = copy_of(&office.place.database).await;
        let cut = &copy[..copy.len() - 10];
        let shorter: Vec<u8> = copy.split_inclusive(|byte| *byte == b'\n').enumerate().filter(|(line, _)| *line != 2).flat_map(|(_, line)| line).copied().collect();
        let changed = String::from_utf8(copy.clone()).unwrap().replacen("City of Los Angeles", "City of Lost Angels", 1).into_bytes();
        for (wrong, copy) in [("cut", cut), ("without a line", &shorter), ("changed", &changed)] {
            let place = testing::database(engine).await;
            let refused = restore(&place.database, &mut &*copy).await;
            assert!(matches!(refused, Err(BackupError::Damaged { .. } | BackupError::Database(_))), "{wrong}: {refused:?}");
            // Nothing of it stayed: the whole copy is taken into the same database.
            let (whole, _) = copy_of(&office.place.database).await;
            restore(&place.database, &mut &*whole).await.unwrap();
        }
        for strange in ["", "no copy\n", "{\"format\":\"chancery-backup\",\"version\":99,\"made_at\":\"2027-03-09T17:00:00Z\"}\n"] {
            let place = testing::database(engine).await;
            assert!(matches!(restore(&place.database, &mut strange.as_bytes()).await, Err(BackupError::NotACopy)), "{strange}");
        }
        assert!(matches!(restore(&office.place.database, &mut &*copy).await, Err(BackupError::NotEmpty { .. })));
    }
}
