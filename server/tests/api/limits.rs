//! How often one may ask.

use super::{
    office::{Api, problem},
    support::House,
};
use axum::http::header;
use backend::{
    accounts::limits::Allowance,
    testing::{Engine, office_with_api_limit},
};

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_too_often_is_told_when_to_come_again_and_nobody_else_is() {
    let api = Api::of(office_with_api_limit(Engine::Sqlite, Allowance::new(3, 1)).await).await;
    for asker in [&api.officer, &House::nobody()] {
        for _ in 0..3 {
            assert_ne!(api.get(asker, "/rooms").await.status, 429);
        }
        for path in ["/rooms", "/nothing", "/openapi.json"] {
            let refused = api.get(asker, path).await;
            assert_eq!(problem(&refused, 429)["type"], "urn:problem-type:chancery:too-many");
            let seconds: u64 = refused.headers[header::RETRY_AFTER].to_str().unwrap().parse().unwrap();
            assert!((1..=60).contains(&seconds), "{seconds}");
        }
    }
    // Others have a limit of their own, and pages have none.
    assert_eq!(api.get(&api.staff, "/rooms").await.status, 200);
    assert_eq!(api.house.get(&api.officer, "/visits").await.status, 200);
}
