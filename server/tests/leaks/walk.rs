//! The walk: every reader asks everything, and is sent no word above their right, nor above the ceiling of the way.

use crate::{
    asked::{Question, Way, doors_of, feeds_of, of_world, told},
    canaries::{Canaries, ELEMENT, disguises},
    readers::{Reading, Side, readers},
    support::{Answer, House},
    world::{World, world},
};
use axum::http::header;
use backend::testing::Engine;
use domain::marking::Marking;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use tokio::{sync::Semaphore, task::JoinSet};

/// How many readers walk at once: so many that no thread is idle, and so few that none is told that its answer took too long.
const AT_ONCE: usize = 3;

/// What is found in one answer that its reader should not have been sent.
pub fn leaks(world: &World, reading: &Reading, way: Way, what: &str, text: &str, disguised: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for number in Canaries::in_text(text) {
        let canary = &world.canaries.0[number];
        // A cover title passes a channel by its own marking, which is what it is for.
        let by_itself = if canary.field.starts_with("line cover") { Marking::Green } else { canary.marking };
        let may_read = reading.may_read(canary) || (what.starts_with("feed of Mine") && reading.is_own_cover(canary));
        if !may_read || by_itself > way.ceiling() {
            found.push(format!("{} was sent {} ({}) by {what}", reading.asker.name, canary.field, canary.marking));
        }
    }
    if disguised.iter().any(|form| text.contains(form.as_str())) {
        found.push(format!("{} was sent a word in disguise by {what}", reading.asker.name));
    }
    found
}

fn is_a_page(answer: &Answer) -> bool {
    answer.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

/// All that one reader is sent: what leaked, and which words were read.
async fn walked(world: &World, reading: &Reading, questions: &[Question]) -> (Vec<String>, BTreeSet<usize>) {
    let disguised = disguises();
    let (mut leaked, mut read, mut pages_with_text) = (Vec::new(), BTreeSet::new(), 0);
    for question in questions {
        let answer = question.ask(&world.house, &reading.asker).await;
        let what = format!("{} {}", question.method, question.path);
        assert!(!answer.status.is_server_error(), "{} {what}: {} {}", reading.asker.name, answer.status, answer.text());
        let text = told(&answer);
        if is_a_page(&answer) {
            assert!(!text.contains(ELEMENT.0), "{} {what}: text became markup", reading.asker.name);
            pages_with_text += usize::from(text.contains(ELEMENT.1));
        }
        leaked.extend(leaks(world, reading, question.way, &what, &text, &disguised));
        read.extend(Canaries::in_text(&text));
    }
    // A test that finds no markup because no text is shown would not be one.
    assert!(reading.asker.name != "chief" || pages_with_text > 30, "{pages_with_text}");
    for (what, text) in feeds_of(world, &reading.asker).await {
        leaked.extend(leaks(world, reading, Way::Feed, &what, &text, &disguised));
        read.extend(Canaries::in_text(&text));
    }
    (leaked, read)
}

/// What the walk would say if nothing were redacted: the answers to the chief, who may read all, held to the rights of each reader of
/// less. A walk that is silent when redaction is missing proves nothing when it is silent.
#[tokio::test(flavor = "multi_thread")]
async fn the_walk_tells_of_words_that_are_not_taken_out() {
    let world = world(Engine::Sqlite).await;
    let everyone = readers(&world).await;
    let chief = everyone.iter().find(|reading| reading.asker.name == "chief").unwrap();
    let disguised = disguises();
    let mut told_of: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for question in of_world(&world) {
        let answer = question.ask(&world.house, &chief.asker).await;
        let text = told(&answer);
        for reading in everyone.iter().filter(|reading| reading.asker.name != "chief") {
            let leaked = leaks(&world, reading, question.way, &question.name(), &text, &disguised);
            told_of.entry(reading.asker.name).or_default().extend(leaked);
        }
    }
    for (name, leaked) in &told_of {
        let names = |what: &str| leaked.iter().any(|leak| leak.contains(what));
        for way in ["by GET /visits/", "by GET /api/v1/visits", "by POST /api/load_programme"] {
            assert!(names(way), "{name} would be sent all of it {way}, and the walk is silent");
        }
        for field in ["visit title", "line title", "line place", "line route", "line notes", "delegate name", "task words"] {
            assert!(names(&format!("was sent {field}")), "{name} would be sent each {field}, and the walk is silent");
        }
    }
    assert_eq!(told_of.len(), 16);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_reader_is_sent_a_word_above_their_right() {
    let world = Arc::new(world(Engine::Sqlite).await);
    let questions: Arc<[Question]> = of_world(&world).into();
    let mut walks = JoinSet::new();
    let places = Arc::new(Semaphore::new(AT_ONCE));
    for reading in readers(&world).await {
        let (world, places, questions) = (Arc::clone(&world), Arc::clone(&places), Arc::clone(&questions));
        walks.spawn(async move {
            let _place = places.acquire().await.unwrap();
            (reading.asker.name, walked(&world, &reading, &questions).await)
        });
    }
    let (mut leaked, mut read) = (BTreeSet::new(), BTreeMap::new());
    while let Some(walk) = walks.join_next().await {
        let (name, (leaks, words)) = walk.unwrap();
        leaked.extend(leaks);
        read.insert(name, words);
    }
    // Whoever passes a door reads what is of the office at large there, and lines by their cover alone.
    for (ceiling, answer) in doors_of(&world).await {
        let passing =
            Reading { asker: House::nobody(), side: Side::Office, ceiling, listed: BTreeSet::new(), plans_meals: false, named_in: None };
        let text = told(&answer);
        leaked.extend(leaks(&world, &passing, Way::Door(ceiling), &format!("a door at {ceiling}"), &text, &disguises()));
        let words = Canaries::in_text(&text);
        let of_lines = words.iter().filter(|number| world.canaries.0[**number].visit.is_some());
        assert!(of_lines.into_iter().all(|number| world.canaries.0[*number].field.starts_with("line cover")), "{text}");
        // A test that finds nothing because nothing is shown would not be one.
        assert_eq!(words.is_empty(), ceiling == Marking::Clear, "{text}");
    }
    assert!(leaked.is_empty(), "{}", leaked.into_iter().collect::<Vec<_>>().join("\n"));
    assert_eq!(read.len(), 17);
    // A test that finds nothing because nothing is shown would not be one.
    let unseen: Vec<String> = world
        .canaries
        .0
        .iter()
        .enumerate()
        .filter(|(number, canary)| !canary.is_of_the_past && !read["chief"].contains(number))
        .map(|(number, canary)| format!("{number} {} {}", canary.field, canary.marking))
        .collect();
    assert!(unseen.is_empty(), "the chief, who may read all of it, was not shown {}", unseen.join("\n"));
    let count = |name: &str| read[name].len();
    assert!(count("vietnam") > 50, "the attached mission reads what was released to it: {}", count("vietnam"));
    assert!(count("vietnam2") < count("vietnam") && count("mexico") <= count("vietnam2"));
    assert!(count("officer2") < count("officer") && count("officer") < count("chief"));
    let of_lines = |name: &str| read[name].iter().filter(|number| world.canaries.0[**number].field.starts_with("line title")).count();
    assert!(
        of_lines("named") > of_lines("stranger"),
        "who is named on a line reads it: {} and {}",
        of_lines("named"),
        of_lines("stranger")
    );
    assert_eq!(count("nobody"), 0);
}
