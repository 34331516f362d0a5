//! What is hidden from who asks beside what is not there, as the process answers both, over the demonstration on SQLite: a visit, a line and
//! a booking. By as much as the two of each differ, time tells what the answer does not. Run it by `cargo xtask bench hidden`.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot be set up fails")]

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
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
use serde_json::Value;
use server::{AppState, build_router, config::Settings};
use std::{hint::black_box, sync::Arc};
use tokio::runtime::Runtime;
use tower::ServiceExt as _;
use uuid::Uuid;

/// A morning on which the demonstration's visits are under way.
const NOW: &str = "2026-11-24T18:00:00Z";

struct Desk {
    _place: ThrowAway,
    router: Router,
    /// Who may read all of it, and who is cleared to TLP:GREEN and is on no list.
    chief: String,
    staff: String,
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
        let token = async |email: &str| {
            let credentials = sign_in::Credentials { email, password: "chancery-demo", from: [127, 0, 0, 1].into() };
            format!("Bearer {}", sign_in::sign_in(&context, credentials).await.unwrap().token.expose())
        };
        let (chief, staff) = (token("chief@demo.chancery.example").await, token("staff@demo.chancery.example").await);
        let site = place.directory.path().join("site");
        std::fs::create_dir_all(site.join("pkg")).unwrap();
        let settings = Settings { site_root: site, ..Settings::default() };
        let router = build_router(AppState::new(chancery, settings, None).unwrap());
        Self { _place: place, router, chief, staff }
    }

    async fn get(&self, authorization: &str, path: &str) -> (StatusCode, Vec<u8>) {
        let request = Request::get(path).header(header::HOST, "127.0.0.1:3000").header(header::AUTHORIZATION, authorization);
        let response = self.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        (response.status(), response.into_body().collect().await.unwrap().to_bytes().to_vec())
    }

    /// The addresses of the things of a list, as the chief sees it.
    async fn listed(&self, list: &str, of_one: &str) -> Vec<String> {
        let (status, body) = self.get(&self.chief, list).await;
        assert_eq!(status, StatusCode::OK, "{list}");
        let items: Value = serde_json::from_slice(&body).unwrap();
        items["items"].as_array().unwrap().iter().filter_map(|item| Some(format!("{of_one}/{}", item["id"].as_str()?))).collect()
    }

    /// The first of them that staff may not know of.
    async fn hidden(&self, addresses: Vec<String>) -> String {
        for address in addresses {
            if self.get(&self.staff, &address).await.0 == StatusCode::NOT_FOUND {
                return address;
            }
        }
        unreachable!("the demonstration has something of each kind that staff may not know of")
    }

    async fn refused(&self, path: &str) -> Vec<u8> {
        let (status, body) = self.get(&self.staff, path).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        body
    }
}

fn hidden(criterion: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let desk = runtime.block_on(Desk::open());
    let found = runtime.block_on(async {
        let visit = desk.hidden(desk.listed("/api/v1/visits", "/api/v1/visits").await).await;
        let line = desk.hidden(desk.listed(&format!("{visit}/items"), "/api/v1/items").await).await;
        let week = "/api/v1/bookings?from=2026-11-01T00:00:00Z&until=2026-12-20T00:00:00Z";
        let booking = desk.hidden(desk.listed(week, "/api/v1/bookings").await).await;
        [("visit", visit), ("line", line), ("booking", booking)]
    });
    for (name, path) in found {
        let (kind, _) = path.rsplit_once('/').unwrap();
        let missing = format!("{kind}/{}", Uuid::new_v4());
        let mut group = criterion.benchmark_group(format!("hidden/{name}"));
        for (which, path) in [("hidden", &path), ("missing", &missing)] {
            group.bench_function(which, |bencher| bencher.iter(|| black_box(runtime.block_on(desk.refused(path)))));
        }
        group.finish();
    }
}

criterion_group!(benches, hidden);
criterion_main!(benches);
