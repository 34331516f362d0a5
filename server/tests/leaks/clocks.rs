//! What a newer tz database moved is told to each reader as far as they may read it by now, by each way that tells of it.

use crate::{
    asked::{Question, Way, readings, told},
    canaries::{Canaries, disguises},
    readers::readers,
    walk::leaks,
    world::world_in,
};
use backend::{
    clock::RandomIds,
    renewal::renew_times,
    sealing::{KeyFile, OsRandom},
    testing::{self, Engine},
    zones::{ZoneOptions, Zones},
};
use domain::marking::view::NewsKind;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// The ways that tell somebody their news.
fn ways(world: &crate::world::World) -> Vec<Question> {
    let tells = |question: &Question| {
        question.way != Way::Feed && ["/api/v1/news", "/api/load_today", "/today"].iter().any(|path| question.path.starts_with(path))
    };
    readings(&world.things).into_iter().filter(tells).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_clocks_moved_is_told_up_to_each_readers_right() {
    let folder = tempfile::TempDir::new().unwrap();
    let (key, zoneinfo) = (folder.path().join("key"), folder.path().join("zoneinfo"));
    KeyFile::create(&key, None, &OsRandom).unwrap();
    let key = || KeyFile::read(&key, None).unwrap();
    let world = world_in(testing::office_with(Engine::Sqlite, Box::new(RandomIds), key()).await).await;
    let readers = readers(&world).await;
    testing::write_zones(&zoneinfo, "2099z", &[("America/Los_Angeles", "America/Phoenix")]);
    let zones = Zones::newest(&ZoneOptions { directory: Some(zoneinfo), system: None }).unwrap();
    let office = &world.house.office;
    let later = testing::chancery_with_zones(office.place.database.clone(), testing::now(), key(), zones).await;
    let operator = later.context(Arc::new(office.operator.office().clone()), office.operator.actor().clone());
    let moved = renew_times(&operator).await.unwrap();
    assert!(moved.len() > 60, "{}", moved.len());

    let (mut leaked, mut read) = (Vec::new(), BTreeMap::new());
    for reading in &readers {
        let mut words = BTreeSet::new();
        for question in ways(&world) {
            let answer = question.ask(&world.house, &reading.asker).await;
            assert!(!answer.status.is_server_error(), "{} {}: {}", reading.asker.name, question.path, answer.text());
            let text = told(&answer);
            leaked.extend(leaks(&world, reading, question.way, &question.name(), &text, &disguises()));
            if text.contains(NewsKind::ClocksChanged.word()) {
                words.extend(Canaries::in_text(&text));
            }
        }
        read.insert(reading.asker.name, words);
    }
    assert!(leaked.is_empty(), "{}", leaked.join("\n"));
    // A test that finds nothing because nothing is told would not be one.
    for name in ["chief", "officer", "named"] {
        assert!(!read[name].is_empty(), "{name} is told of what is theirs");
    }
    for name in ["nobody", "stranger", "removed", "vietnam", "mexico"] {
        assert!(read[name].is_empty(), "nothing of it is {name}’s");
    }
}
