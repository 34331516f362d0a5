//! The log at its most talkative, as the program filters it, holds no marked text, no token and no search word.

use crate::{
    asked::{doors_of, feeds_of, of_world},
    canaries::{SENTINEL, disguises},
    support::House,
    world::{World, world},
};
use backend::testing::Engine;
use server::telemetry::without_addresses;
use std::{
    io,
    sync::{Arc, Mutex, PoisonError},
};
use tracing_subscriber::{EnvFilter, fmt::MakeWriter, layer::SubscriberExt, util::SubscriberInitExt};

/// Keeps what is written.
#[derive(Debug, Clone, Default)]
pub struct Kept(Arc<Mutex<Vec<u8>>>);

impl io::Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Kept {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

impl Kept {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
    }

    /// The lines that hold a canary, however it is written.
    pub fn lines_with_a_word(&self) -> Vec<String> {
        let mut forms = disguises();
        forms.push(SENTINEL.to_owned());
        let text = self.text();
        if !forms.iter().any(|form| text.contains(form.as_str())) {
            return Vec::new();
        }
        text.lines().filter(|line| forms.iter().any(|form| line.contains(form.as_str()))).map(str::to_owned).collect()
    }
}

/// Everything that is traced from now on in this process, spans and all.
pub fn traced() -> Kept {
    static KEPT: Mutex<Option<Kept>> = Mutex::new(None);
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(kept) = &*kept {
        return kept.clone();
    }
    let fresh = Kept::default();
    let lines = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(fresh.clone());
    tracing_subscriber::registry().with(without_addresses(EnvFilter::new("trace"))).with(lines).init();
    *kept = Some(fresh.clone());
    fresh
}

/// Everything asked by the one who may read all of it.
async fn walked_by_the_chief(world: &World) {
    for question in of_world(world) {
        question.ask(&world.house, &world.chief).await;
    }
    assert!(!feeds_of(world, &world.chief).await.is_empty());
    assert!(!doors_of(world).await.is_empty());
    for refused in ["no such @ address", &format!("{SENTINEL}@test.chancery.example")] {
        let fields = [("email".to_owned(), refused.to_owned()), ("password".to_owned(), format!("{SENTINEL} is my password"))];
        let path = crate::support::examples::functions().into_iter().find(|example| example.of == "function sign_in").unwrap().path;
        world.house.call(&House::nobody(), &path, &fields).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_at_its_most_talkative_holds_no_marked_text() {
    let kept = traced();
    let world = world(Engine::Sqlite).await;
    walked_by_the_chief(&world).await;
    assert!(kept.text().contains("sqlx::query"), "statements are traced too");
    let lines = kept.lines_with_a_word();
    assert!(lines.is_empty(), "{}", lines.join("\n"));
    let text = kept.text();
    let is_token = |line: &&str| ["chs_", "chf_", "cha_", "chp_"].iter().any(|prefix| line.contains(prefix));
    let tokens: Vec<&str> = text.lines().filter(is_token).take(5).collect();
    assert!(tokens.is_empty(), "tokens stand in the log: {}", tokens.join("\n"));
}
