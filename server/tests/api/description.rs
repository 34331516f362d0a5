//! The API describes itself (OpenAPI), and leaves nothing out that outside programs rely on.

use super::{office::Api, support::House};
use serde_json::Value;
use std::collections::BTreeSet;

/// The contract of the ground floor, a method and an address each.
const CONTRACT: &str = "
    post /session              delete /session
    get /tokens                post /tokens                delete /tokens/{id}
    get /visits                post /visits                get /visits/{id}          patch /visits/{id}
    get /visits/{id}/items     post /visits/{id}/items     get /items/{id}           patch /items/{id}       delete /items/{id}
    post /items/{id}/actual    post /visits/{id}/rest     post /visits/{id}/rest/check
    post /visits/{id}/items/move          post /visits/{id}/items/move/check
    post /visits/{id}/items/copy          post /visits/{id}/items/copy/check
    get /visits/{id}/delegates post /visits/{id}/delegates get /delegates/{id}       patch /delegates/{id}   delete /delegates/{id}
    get /visits/{id}/tasks     post /visits/{id}/tasks     get /tasks/{id}           patch /tasks/{id}       delete /tasks/{id}
    post /visits/{id}/template
    get /visits/{id}/releases  post /visits/{id}/releases  get /visits/{id}/release
    post /visits/{id}/releases/check                      get /visits/{id}/releases/difference
    get /visits/{id}/releases/acknowledgements            post /releases/{id}/acknowledgement   get /release-code
    get /sites                 post /sites                 get /sites/{id}           patch /sites/{id}
    get /rooms                 post /rooms                 get /rooms/{id}           patch /rooms/{id}       delete /rooms/{id}
    get /bookings              post /bookings              get /bookings/{id}        patch /bookings/{id}    delete /bookings/{id}
    get /approvals             post /approvals/{id}/approve           post /approvals/{id}/decline
    post /bookings/{id}/approve post /bookings/{id}/decline           post /items/{id}/room/approve       post /items/{id}/room/decline
    get /news                  post /news/{id}/read
    get /blackouts             post /blackouts             get /blackouts/{id}       patch /blackouts/{id}   delete /blackouts/{id}
    get /door-plans            post /door-plans            delete /door-plans/{id}
    get /rooms/availability    get /slots                  get /rooms/find             post /clashes             get /search
    post /rooms/{id}/closing   post /rooms/{id}/closing/check
    post /series               post /series/check         get /series/{id}          patch /series/{id}
    delete /series/{id}
    get /missions              post /missions              get /missions/{id}        patch /missions/{id}
    get /people                post /people                get /people/{id}          patch /people/{id}       delete /people/{id}
    get /feeds                 post /feeds                 delete /feeds             delete /feeds/{id}
";

fn described() -> Value {
    serde_json::to_value(server::api::description()).unwrap()
}

fn operations(description: &Value) -> Vec<(String, &Value)> {
    let paths = description["paths"].as_object().unwrap();
    paths
        .iter()
        .flat_map(|(path, methods)| {
            let path = path.strip_prefix("/api/v1").unwrap();
            methods.as_object().unwrap().iter().map(move |(method, operation)| (format!("{method} {path}"), operation))
        })
        .collect()
}

#[test]
fn every_route_of_the_contract_is_described() {
    let description = described();
    let described: BTreeSet<String> = operations(&description).into_iter().map(|(name, _)| name).collect();
    let words: Vec<&str> = CONTRACT.split_whitespace().collect();
    let promised: BTreeSet<String> = words.chunks(2).map(|pair| pair.join(" ")).collect();
    let missing: Vec<&String> = promised.difference(&described).collect();
    assert!(missing.is_empty(), "{missing:?}");
    let unpromised: Vec<&String> = described.difference(&promised).collect();
    assert!(unpromised.is_empty(), "write it into the contract: {unpromised:?}");
}

fn headers(operation: &Value) -> Vec<&str> {
    let parameters = operation["parameters"].as_array().map_or(&[][..], Vec::as_slice);
    parameters.iter().filter(|it| it["in"] == "header").filter_map(|it| it["name"].as_str()).collect()
}

#[test]
fn a_change_takes_a_version_a_list_a_cursor_and_a_limit_says_when_to_come_again() {
    let description = described();
    for (name, operation) in operations(&description) {
        let too_many = &operation["responses"]["429"];
        assert!(too_many["headers"]["Retry-After"].is_object() && too_many["content"]["application/problem+json"].is_object(), "{name}");
        let own =
            ["/session", "/tokens/{id}", "/feeds", "/feeds/{id}", "/door-plans/{id}"].iter().any(|path| name == format!("delete {path}"));
        if name.starts_with("patch ") || (name.starts_with("delete ") && !own) {
            assert_eq!(headers(operation), ["If-Match"], "{name}");
        }
        let makes_one = operation["responses"]["201"].is_object() && !name.ends_with("/session") && !name.ends_with("/releases");
        if makes_one {
            assert_eq!(headers(operation), ["Idempotency-Key"], "{name}");
        }
        let is_list = name.starts_with("get ") && operation["responses"]["200"].to_string().contains("Page_");
        if is_list && !["get /slots", "get /search"].contains(&name.as_str()) {
            assert!(operation["parameters"].to_string().contains("\"cursor\""), "{name}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_description_is_public() {
    let api = Api::open().await;
    let answer = api.get(&House::nobody(), "/openapi.json").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json(), described());
}
