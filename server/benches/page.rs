//! Pages and answers as the process gives them, rights and database included: the demonstration on SQLite. Run it by
//! `cargo xtask bench page`.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot be set up fails")]

use axum::{
    Router,
    body::Body,
    http::{Request, header},
};
use backend::{
    accounts::{access, sign_in},
    demo,
    testing::{self, Engine, ThrowAway},
};
use chrono::{DateTime, Utc};
use criterion::{Criterion, criterion_group, criterion_main};
use domain::permission::Actor;
use http_body_util::BodyExt as _;
use server::{AppState, build_router, config::Settings};
use std::{hint::black_box, sync::Arc};
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

/// A morning on which the demonstration's visits are under way.
const NOW: &str = "2026-11-24T18:00:00Z";

struct Desk {
    _place: ThrowAway,
    router: Router,
    cookie: String,
}

impl Desk {
    async fn open() -> Self {
        let place = testing::database(Engine::Sqlite).await;
        let now: DateTime<Utc> = NOW.parse().unwrap();
        let chancery = testing::chancery(place.database.clone(), now).await;
        demo::load(&chancery).await.unwrap();
        let office = access::offices(&chancery).await.unwrap().remove(0);
        let nobody = Actor::anonymous(office.id);
        let context = chancery.context(Arc::new(office), nobody);
        let from = [127, 0, 0, 1].into();
        let credentials = sign_in::Credentials { email: "chief@demo.chancery.example", password: "chancery-demo", from };
        let token = sign_in::sign_in(&context, credentials).await.unwrap().token.expose().to_owned();
        let site = place.directory.path().join("site");
        std::fs::create_dir_all(site.join("pkg")).unwrap();
        let settings = Settings { site_root: site, ..Settings::default() };
        let router = build_router(AppState::new(chancery, settings, None).unwrap());
        Self { _place: place, router, cookie: format!("chancery={token}") }
    }

    async fn get(&self, path: &str) -> Vec<u8> {
        let request = Request::get(path).header(header::HOST, "127.0.0.1:3000").header(header::COOKIE, &self.cookie);
        let response = self.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert!(response.status().is_success(), "{path}: {}", response.status());
        response.into_body().collect().await.unwrap().to_bytes().to_vec()
    }

    /// The visit whose programme is the longest.
    async fn longest_programme(&self) -> String {
        let visits: serde_json::Value = serde_json::from_slice(&self.get("/api/v1/visits").await).unwrap();
        let mut longest = (0, String::new());
        for visit in visits["items"].as_array().unwrap() {
            let id = visit["id"].as_str().unwrap();
            let lines = self.get(&format!("/api/v1/visits/{id}/items")).await.len();
            longest = longest.max((lines, id.to_owned()));
        }
        longest.1
    }
}

fn page(criterion: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let desk = runtime.block_on(Desk::open());
    let visit = runtime.block_on(desk.longest_programme());
    let mut group = criterion.benchmark_group("page");
    let pages = [
        ("sign_in", "/sign-in".to_owned()),
        ("today", "/".to_owned()),
        ("visits", "/visits".to_owned()),
        ("programme", format!("/visits/{visit}")),
        ("rooms", "/rooms".to_owned()),
        ("missions", "/missions".to_owned()),
        ("api_items", format!("/api/v1/visits/{visit}/items")),
    ];
    for (name, path) in pages {
        group.bench_function(name, |bencher| bencher.iter(|| black_box(runtime.block_on(desk.get(&path)))));
    }
    group.finish();
}

criterion_group!(benches, page);
criterion_main!(benches);
