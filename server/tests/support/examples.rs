//! What is asked of each operation of the API, each page, each server function and each plain route, and who is refused it.
//!
//! All that is there is found out from the program itself; what has no line here, or a line here that nothing answers to,
//! fails.

use app::routes::App;
use axum::http::Method;
use leptos::server_fn::axum::server_fn_paths;
use leptos_axum::generate_route_list;
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

/// Who is refused something besides who has not signed in, which is everybody unless it is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refuses {
    /// Nobody: it is for whoever comes, signed in or not.
    NotEvenStrangers,
    /// Strangers alone: it is about one's own account, or shows each what they may read.
    Strangers,
    /// Somebody by this name too, with 403 or 404.
    Also(&'static str),
}

use Refuses::{Also, NotEvenStrangers, Strangers};

/// An operation of the API: method, path, who is refused, a body.
type Operation = (&'static str, &'static str, Refuses, fn() -> Value);

/// What `{id}` stands for in a path of the API, by what comes before it.
const IDS: [(&str, &str); 17] = [
    ("/visits/", "visit"),
    ("/items/", "item"),
    ("/delegates/", "delegate"),
    ("/tasks/", "task"),
    ("/feeds/", "feed"),
    ("/tokens/", "token"),
    ("/rooms/", "room"),
    ("/bookings/", "booking"),
    ("/series/", "series"),
    ("/blackouts/", "blackout"),
    ("/sites/", "site"),
    ("/approvals/", "approval"),
    ("/door-plans/", "door_plan"),
    ("/news/", "news"),
    ("/releases/", "release"),
    ("/missions/", "mission"),
    ("/people/", "person"),
];

fn none() -> Value {
    Value::Null
}

/// Every operation of the API.
const OPERATIONS: &[Operation] = &[
    ("POST", "/session", NotEvenStrangers, || json!({ "email": "nobody@test.chancery.example", "password": "not the right one" })),
    ("DELETE", "/session", Strangers, none),
    ("GET", "/visits", Also("mission"), none),
    ("POST", "/visits", Also("staff"), a_visit),
    ("GET", "/visits/{id}", Also("mission"), none),
    ("PATCH", "/visits/{id}", Also("staff"), || json!({ "title": "Another" })),
    ("GET", "/visits/{id}/items", Also("mission"), none),
    ("POST", "/visits/{id}/items", Also("staff"), a_line),
    ("GET", "/items/{id}", Also("staff"), none),
    ("PATCH", "/items/{id}", Also("staff"), || json!({ "title": "Another" })),
    ("DELETE", "/items/{id}", Also("staff"), none),
    ("POST", "/items/{id}/actual", Also("staff"), || json!({ "deed": "begin" })),
    ("POST", "/visits/{id}/rest/check", Also("staff"), || json!({ "item_id": "{item}", "minutes": 20 })),
    ("POST", "/visits/{id}/rest", Also("staff"), || json!({ "item_id": "{item}", "minutes": 20, "seen": "stale" })),
    ("POST", "/visits/{id}/items/move/check", Also("staff"), || json!({ "item_ids": ["{item}"], "minutes": 20 })),
    ("POST", "/visits/{id}/items/move", Also("staff"), || json!({ "item_ids": ["{item}"], "minutes": 20, "seen": "stale" })),
    ("POST", "/visits/{id}/items/copy/check", Also("staff"), || json!({ "item_ids": ["{item}"], "days": 1 })),
    ("POST", "/visits/{id}/items/copy", Also("staff"), || json!({ "item_ids": ["{item}"], "days": 1, "seen": "stale" })),
    ("POST", "/clashes", Also("staff"), || json!({ "visit_id": "{visit}", "item": a_line() })),
    ("GET", "/visits/{id}/delegates", Also("mission"), none),
    ("POST", "/visits/{id}/delegates", Also("staff"), || json!({ "name": "Nguyen Van An", "role": "official" })),
    ("GET", "/delegates/{id}", Also("staff"), none),
    ("PATCH", "/delegates/{id}", Also("staff"), || json!({ "rank": "Attaché" })),
    ("DELETE", "/delegates/{id}", Also("staff"), none),
    ("GET", "/visits/{id}/tasks", Also("mission"), none),
    ("POST", "/visits/{id}/tasks", Also("staff"), || json!({ "words": "Order the flags", "due_on": "2027-03-01" })),
    ("GET", "/tasks/{id}", Also("staff"), none),
    ("PATCH", "/tasks/{id}", Also("staff"), || json!({ "words": "Order the flowers" })),
    ("DELETE", "/tasks/{id}", Also("staff"), none),
    ("POST", "/visits/{id}/template", Also("staff"), none),
    ("GET", "/visits/{id}/releases", Also("staff"), none),
    ("POST", "/visits/{id}/releases", Also("staff"), || json!({ "audiences": ["office"] })),
    ("GET", "/visits/{id}/release", Also("staff"), none),
    ("POST", "/visits/{id}/releases/check", Also("staff"), || json!({ "audiences": ["office", "visiting_mission", "corps", "security"] })),
    ("GET", "/visits/{id}/releases/difference", Also("staff"), none),
    ("GET", "/visits/{id}/releases/acknowledgements", Also("staff"), none),
    ("POST", "/releases/{id}/acknowledgement", Also("staff"), none),
    ("GET", "/release-code", NotEvenStrangers, none),
    ("GET", "/feeds", Also("auditor"), none),
    ("POST", "/feeds", Also("auditor"), || json!({ "scope": { "kind": "office" } })),
    ("DELETE", "/feeds", Strangers, none),
    ("DELETE", "/feeds/{id}", Also("staff"), none),
    ("GET", "/tokens", Strangers, none),
    ("POST", "/tokens", Strangers, || json!({ "label": "A script" })),
    ("DELETE", "/tokens/{id}", Also("staff"), none),
    ("GET", "/sites", Also("mission"), none),
    ("POST", "/sites", Also("staff"), || json!({ "name": "Annex" })),
    ("GET", "/sites/{id}", Also("mission"), none),
    ("PATCH", "/sites/{id}", Also("staff"), || json!({ "name": "Annex" })),
    ("GET", "/rooms", Also("mission"), none),
    ("POST", "/rooms", Also("staff"), || json!({ "name": "Annex", "site_id": "{site}" })),
    ("GET", "/rooms/{id}", Also("mission"), none),
    ("PATCH", "/rooms/{id}", Also("staff"), || json!({ "name": "Annex" })),
    ("DELETE", "/rooms/{id}", Also("staff"), none),
    ("POST", "/rooms/{id}/closing/check", Also("staff"), || json!({ "blackout": works() })),
    (
        "POST",
        "/rooms/{id}/closing",
        Also("staff"),
        || json!({ "blackout": works(), "moves": [{ "source": { "kind": "item", "id": "{item}" }, "room_id": "{room}" }], "seen": "stale" }),
    ),
    ("GET", "/rooms/availability", Also("mission"), none),
    ("GET", "/rooms/find", Also("mission"), none),
    ("GET", "/slots", Also("mission"), none),
    ("GET", "/bookings", Also("mission"), none),
    ("POST", "/bookings", Also("staff"), || json!({ "room_id": "{room}", "purpose": "Briefing" })),
    ("GET", "/bookings/{id}", Also("mission"), none),
    ("PATCH", "/bookings/{id}", Also("staff"), || json!({ "purpose": "Another" })),
    ("DELETE", "/bookings/{id}", Also("staff"), none),
    ("GET", "/approvals", Also("staff"), none),
    ("POST", "/approvals/{id}/approve", Also("staff"), none),
    ("POST", "/approvals/{id}/decline", Also("staff"), || json!({ "reason": "Closed for works" })),
    ("POST", "/bookings/{id}/approve", Also("staff"), none),
    ("POST", "/bookings/{id}/decline", Also("staff"), || json!({ "reason": "Closed for works" })),
    ("POST", "/items/{id}/room/approve", Also("staff"), none),
    ("POST", "/items/{id}/room/decline", Also("staff"), || json!({ "reason": "Closed for works" })),
    ("GET", "/news", Strangers, none),
    ("POST", "/news/{id}/read", Also("staff"), none),
    ("POST", "/series/check", Also("staff"), || json!({ "series": a_series() })),
    ("POST", "/series", Also("staff"), a_series),
    ("GET", "/series/{id}", Also("mission"), none),
    ("PATCH", "/series/{id}", Also("staff"), || json!({ "times": 3 })),
    ("DELETE", "/series/{id}", Also("staff"), none),
    ("GET", "/blackouts", Also("mission"), none),
    ("POST", "/blackouts", Also("staff"), || json!({ "room_id": "{room}", "cause": "Works" })),
    ("GET", "/blackouts/{id}", Also("mission"), none),
    ("PATCH", "/blackouts/{id}", Also("staff"), || json!({ "cause": "Other works" })),
    ("DELETE", "/blackouts/{id}", Also("staff"), none),
    ("GET", "/door-plans", Also("staff"), none),
    ("POST", "/door-plans", Also("staff"), || json!({ "room_id": "{room}" })),
    ("DELETE", "/door-plans/{id}", Also("staff"), none),
    ("GET", "/missions", Also("mission"), none),
    ("POST", "/missions", Also("staff"), || json!({ "name": "Consulate of Peru" })),
    ("GET", "/missions/{id}", Also("mission"), none),
    ("PATCH", "/missions/{id}", Also("staff"), || json!({ "name": "Another" })),
    ("GET", "/people", Also("mission"), none),
    ("POST", "/people", Also("staff"), || json!({ "family": "Le", "standing": "guest" })),
    ("GET", "/people/{id}", Also("mission"), none),
    ("PATCH", "/people/{id}", Also("staff"), || json!({ "family": "Le" })),
    ("DELETE", "/people/{id}", Also("staff"), none),
    ("GET", "/search", Also("mission"), none),
];

fn a_visit() -> Value {
    json!({ "category": "working", "title": "A call", "starts_on": "2027-03-20", "ends_on": "2027-03-21", "capital_zone": "Asia/Ho_Chi_Minh" })
}

fn a_line() -> Value {
    let at = |local: &str| json!({ "local": local, "zone": "America/Los_Angeles" });
    json!({ "kind": "rest", "title": "Rest", "starts": at("2027-03-10T05:10"), "ends": at("2027-03-10T05:20"), "state": "wished" })
}

fn works() -> Value {
    let at = |local: &str| json!({ "local": local, "zone": "America/Los_Angeles" });
    json!({ "starts": at("2027-03-10T05:00"), "ends": at("2027-03-14T05:00"), "cause": "Works" })
}

fn a_series() -> Value {
    let at = |local: &str| json!({ "local": local, "zone": "America/Los_Angeles" });
    let booking = json!({ "room_id": "{room}", "purpose": "Briefing", "state": "firm", "starts": at("2027-08-04T05:10"), "ends": at("2027-08-04T05:20") });
    json!({ "booking": booking, "repeats": "weekly", "times": 2 })
}

/// Every page: its route, who is refused.
const PAGES: &[(&str, Refuses)] = &[
    ("/sign-in", NotEvenStrangers),
    ("/invitation/{token}", NotEvenStrangers),
    ("/code", NotEvenStrangers),
    ("/", Strangers),
    ("/visits", Strangers),
    ("/visits/new", Also("staff")),
    ("/visits/{id}", Also("mission")),
    ("/visits/{id}/edit", Also("staff")),
    ("/visits/{id}/access", Also("staff")),
    ("/visits/{id}/delegation", Also("staff")),
    ("/visits/{id}/delegation/new", Also("staff")),
    ("/visits/{id}/delegation/{delegate}", Also("staff")),
    ("/visits/{id}/tasks", Also("staff")),
    ("/visits/{id}/tasks/new", Also("staff")),
    ("/visits/{id}/tasks/{task}", Also("staff")),
    ("/visits/{id}/rooms", Also("mission")),
    ("/visits/{id}/releases", Also("staff")),
    ("/clashes", Also("staff")),
    ("/calendar", Strangers),
    ("/calendars", Also("auditor")),
    ("/visits/{id}/print", Also("staff")),
    ("/visits/{id}/import", Also("staff")),
    ("/visits/{id}/rest", Also("staff")),
    ("/visits/{id}/shift", Also("staff")),
    ("/visits/{id}/items/new", Also("staff")),
    ("/visits/{id}/items/{item}", Also("staff")),
    ("/accounts", Also("staff")),
    ("/accounts/{id}", Also("staff")),
    ("/account", Strangers),
    ("/rooms", Also("mission")),
    ("/rooms/list", Also("mission")),
    ("/rooms/find", Also("mission")),
    ("/rooms/print", Also("mission")),
    ("/rooms/approvals", Also("staff")),
    ("/rooms/new", Also("staff")),
    ("/rooms/import", Also("staff")),
    ("/rooms/blackouts", Also("mission")),
    ("/rooms/blackouts/import", Also("staff")),
    ("/rooms/blackouts/new", Also("staff")),
    ("/rooms/blackouts/{id}", Also("mission")),
    ("/rooms/blackouts/{id}/edit", Also("staff")),
    ("/rooms/{id}", Also("mission")),
    ("/rooms/{id}/edit", Also("staff")),
    ("/rooms/{id}/close", Also("staff")),
    ("/rooms/{id}/closing", Also("staff")),
    ("/rooms/{id}/print", Also("mission")),
    ("/rooms/{id}/doors", Also("staff")),
    ("/bookings", Also("mission")),
    ("/bookings/new", Also("staff")),
    ("/bookings/{id}", Also("mission")),
    ("/bookings/{id}/edit", Also("staff")),
    ("/series/new", Also("staff")),
    ("/series/days", Also("staff")),
    ("/series/{id}", Also("mission")),
    ("/series/{id}/edit", Also("staff")),
    ("/missions", Also("mission")),
    ("/missions/new", Also("staff")),
    ("/missions/import", Also("staff")),
    ("/missions/{id}", Also("mission")),
    ("/missions/{id}/edit", Also("staff")),
    ("/people", Also("mission")),
    ("/people/new", Also("staff")),
    ("/people/import", Also("staff")),
    ("/people/{id}", Also("mission")),
    ("/people/{id}/edit", Also("staff")),
    ("/settings", Also("staff")),
    ("/settings/office", Also("staff")),
    ("/settings/rules", Also("staff")),
    ("/settings/templates", Also("staff")),
    ("/settings/templates/{category}", Also("staff")),
    ("/settings/holidays", Also("staff")),
    ("/settings/holidays/import", Also("staff")),
    ("/settings/sites", Also("staff")),
    ("/settings/sites/new", Also("staff")),
    ("/settings/sites/import", Also("staff")),
    ("/settings/sites/{id}", Also("staff")),
    ("/search", Also("mission")),
    ("/{*any}", Also("staff")),
];

/// What the parameters of a page's route stand for, where the word itself does not say; `id` goes by what comes before it.
const PARAMETERS: [(&str, &str); 9] = [
    ("/visits/{id}", "visit"),
    ("/rooms/blackouts/{id}", "blackout"),
    ("/accounts/{id}", "account"),
    ("/rooms/{id}", "room"),
    ("/bookings/{id}", "booking"),
    ("/series/{id}", "series"),
    ("/missions/{id}", "mission"),
    ("/people/{id}", "person"),
    ("/settings/sites/{id}", "site"),
];

/// Queries that pages and operations are asked with, beside none.
pub const QUERIES: &[(&str, &str)] = &[
    ("/search", "?q={word}"),
    ("/visits", "?text={word}"),
    ("/calendar", "?show=month&on=2027-03-10&zone=Asia/Ho_Chi_Minh"),
    ("/calendar", "?show=agenda&on=2027-03-10"),
    ("/calendar", "?show=month&on=2027-03-10&person={person}"),
    ("/people", "?text={word}"),
    ("/visits/{visit}/print", "?depth=overview"),
    ("/code", "?code=22222222"),
    ("/api/v1/release-code", "?code=22222222"),
    ("/visits/{visit}", "?depth=overview"),
    ("/api/v1/visits/{visit}/releases/difference", "?audience=visiting_mission"),
    ("/visits/{visit}/rest", "?item={item}&minutes=20"),
    ("/visits/{visit}/shift", "?deed=move&item={item}&by=20m"),
    ("/visits/{visit}/shift", "?deed=copy&day=2027-03-10&to=2027-03-11"),
    ("/visits/{visit}/print", "?audience=office"),
    ("/visits/{visit}/print", "?audience=visiting_mission"),
    ("/rooms", "?day=2027-03-10&layout=boardroom"),
    ("/rooms/{room}", "?day=2027-03-10"),
    ("/rooms/{room}", "?month=2027-03"),
    ("/rooms/find", "?date=2027-03-10&starts=10:00&ends=12:00&people=4"),
    ("/rooms", "?day=2027-06-10"),
    ("/rooms/{room}", "?day=2027-06-10"),
    ("/rooms/print", "?day=2027-03-10&layout=boardroom"),
    ("/rooms/{room}/print", "?day=2027-03-10&span=week"),
    ("/rooms/{room}/print", "?day=2027-06-10&span=month"),
    ("/settings/holidays", "?country=US&year=2027"),
    ("/api/v1/door-plans", "?room_id={room}"),
    ("/rooms/blackouts", "?room={room}"),
    ("/rooms/blackouts/new", "?room={room}&day=2027-03-10"),
    ("/series/{series}/edit", "?reach=all"),
    ("/rooms/{room}/close", "?now=yes"),
    ("/rooms/{room}/closing", "?draft={any}"),
    ("/bookings/new", "?room={room}&day=2027-03-10&starts=10:00"),
    ("/api/v1/search", "?q={word}"),
    ("/api/v1/rooms/availability", "?from=2027-03-09T08:00:00Z&until=2027-03-14T08:00:00Z"),
    ("/api/v1/rooms/availability", "?room_id={room}&from=2027-03-09T08:00:00Z&until=2027-03-14T08:00:00Z"),
    ("/api/v1/slots", "?minutes=60&room_id={room}&from=2027-03-10T08:00:00Z&until=2027-03-11T08:00:00Z"),
    ("/api/v1/slots", "?minutes=60&layout=boardroom&limit=50&from=2027-03-10T08:00:00Z&until=2027-03-11T08:00:00Z"),
    ("/api/v1/rooms/find", "?starts=2027-03-10T18:00:00Z&ends=2027-03-10T20:00:00Z&layout=boardroom"),
    ("/api/v1/bookings", "?from=2027-03-09T08:00:00Z&until=2027-03-14T08:00:00Z"),
    ("/api/v1/bookings", "?room_id={room}&limit=1"),
    ("/api/v1/blackouts", "?from=2027-03-09T08:00:00Z&until=2027-07-14T08:00:00Z"),
    ("/api/v1/blackouts", "?room_id={room}&from=2027-03-09T08:00:00Z&until=2027-07-14T08:00:00Z&limit=1"),
];

/// A server function: its name, who is refused, its arguments.
type Function = (&'static str, Refuses, &'static [(&'static str, &'static str)]);

/// Every server function.
const FUNCTIONS: &[Function] = &[
    ("load_frame", Strangers, &[]),
    ("choose_theme", NotEvenStrangers, &[("theme", "dark"), ("page", "/")]),
    ("recall_draft", NotEvenStrangers, &[("draft", "{any}")]),
    ("load_sign_in", NotEvenStrangers, &[]),
    ("sign_in", NotEvenStrangers, &[("email", "nobody@test.chancery.example"), ("password", "not the right one")]),
    ("load_invitation", NotEvenStrangers, &[("token", "chi_no")]),
    ("take_up_invitation", NotEvenStrangers, &[("token", "chi_no"), ("password", "a long enough password")]),
    ("load_today", Strangers, &[]),
    ("load_calendar", Strangers, &[("show", "month"), ("on", "2027-03-10"), ("category", ""), ("person", ""), ("zone", "Asia/Tokyo")]),
    ("load_visits", Strangers, &[("state", ""), ("category", ""), ("text", "")]),
    ("load_visit_form", Also("staff"), &[("id", "{visit}")]),
    (
        "save_visit",
        Also("staff"),
        &[
            ("id", "{visit}"),
            ("parts", "title"),
            ("category", "working"),
            ("title", "A call"),
            ("starts_on", "2027-03-10"),
            ("ends_on", "2027-03-11"),
            ("capital_zone", "Asia/Ho_Chi_Minh"),
        ],
    ),
    ("load_access", Also("staff"), &[("id", "{visit}")]),
    ("grant_access", Also("staff"), &[("id", "{visit}"), ("account_id", "{account}"), ("reason", "takes part")]),
    ("revoke_access", Also("staff"), &[("id", "{visit}"), ("account_id", "{account}")]),
    ("load_programme", Also("mission"), &[("id", "{visit}")]),
    ("load_item_form", Also("staff"), &[("visit", "{visit}"), ("item", "{item}"), ("after", "")]),
    (
        "save_item",
        Also("staff"),
        &[
            ("visit_id", "{visit}"),
            ("kind", "rest"),
            ("title", "Rest"),
            ("date", "2027-03-10"),
            ("starts", "0510"),
            ("ends", "0520"),
            ("state", "wished"),
        ],
    ),
    ("take_actual", Also("staff"), &[("id", "{item}"), ("seen", ""), ("deed", "begin"), ("at", "")]),
    ("load_rest", Also("staff"), &[("id", "{visit}"), ("item", "{item}"), ("minutes", "20")]),
    ("move_rest", Also("staff"), &[("id", "{visit}"), ("item", "{item}"), ("minutes", "20"), ("seen", ""), ("once", "")]),
    (
        "load_shift",
        Also("staff"),
        &[
            ("id", "{visit}"),
            ("asked[deed]", "move"),
            ("asked[items]", "{item}"),
            ("asked[day]", ""),
            ("asked[by]", "20m"),
            ("asked[to]", ""),
            ("asked[twice]", ""),
        ],
    ),
    ("shift_lines", Also("staff"), &[("id", "{visit}"), ("deed", "move"), ("items", "{item}"), ("by", "20m"), ("seen", ""), ("once", "")]),
    ("turn_change", Also("staff"), &[("visit", "{visit}"), ("id", "{any}"), ("turn", "undo")]),
    ("move_item", Also("staff"), &[("id", "{item}"), ("seen", ""), ("minutes", "5")]),
    ("remove_item", Also("staff"), &[("visit_id", "{visit}"), ("id", "{item}"), ("seen", "")]),
    ("load_delegation", Also("staff"), &[("id", "{visit}")]),
    ("load_delegate_form", Also("staff"), &[("visit", "{visit}"), ("delegate", "{delegate}")]),
    ("save_delegate", Also("staff"), &[("visit_id", "{visit}"), ("name", "Nguyen Van An"), ("role", "official")]),
    ("remove_delegate", Also("staff"), &[("visit_id", "{visit}"), ("id", "{delegate}"), ("seen", "")]),
    ("load_releases", Also("staff"), &[("id", "{visit}")]),
    ("acknowledge_release", Also("staff"), &[("id", "{release}"), ("visit", "{visit}")]),
    ("load_code", NotEvenStrangers, &[("code", "22222222")]),
    ("release_visit", Also("staff"), &[("id", "{visit}"), ("seen", ""), ("audience_office", "yes")]),
    ("load_feeds", Also("auditor"), &[("made", "")]),
    ("make_feed", Also("auditor"), &[("scope", "office"), ("detail", "full")]),
    ("renew_feed", Also("staff"), &[("id", "{feed}")]),
    ("revoke_feed", Also("staff"), &[("id", "{feed}")]),
    ("revoke_all_feeds", Strangers, &[("all", "yes")]),
    // Of a programme and of what is in Settings.
    ("load_import", Also("staff"), &[("visit", "{visit}"), ("file", ""), ("import", "people"), ("draft", "")]),
    ("import_lines", Also("staff"), &[("id", "{visit}"), ("file", "{any}")]),
    ("load_print", Also("staff"), &[("id", "{visit}"), ("depth", "detailed")]),
    ("load_accounts", Also("staff"), &[]),
    ("load_account", Also("staff"), &[("id", "{account}")]),
    ("invite", Also("staff"), &[("email", "new@test.chancery.example"), ("name", "New"), ("role_staff", "yes")]),
    ("do_with_account", Also("staff"), &[("id", "{account}"), ("deed", "disable")]),
    ("change_account", Also("staff"), &[("account_id", "{account}"), ("seen", ""), ("name", "Name"), ("email", "new@city.example")]),
    ("change_role", Also("staff"), &[("account_id", "{account}"), ("roles", "press")]),
    ("change_ceiling", Also("staff"), &[("account_id", "{account}"), ("ceiling", "TLP:GREEN"), ("reason", "asked for")]),
    ("end_suspension", Also("staff"), &[("account_id", "{account}"), ("reason", "asked for")]),
    ("load_own_account", Strangers, &[]),
    ("change_password", Strangers, &[("present", "not the right one"), ("password", "another long enough one")]),
    ("end_own_session", Also("staff"), &[("session", "{any}")]),
    ("change_own_tokens", Also("staff"), &[("label", ""), ("revoked", "{token}")]),
    ("load_rooms", Also("mission"), &[("layout", ""), ("feature", ""), ("people", "")]),
    ("load_room", Also("mission"), &[("id", "{room}"), ("day", "2027-03-10"), ("month", "")]),
    ("load_board", Also("mission"), &[("filters[day]", "2027-03-10")]),
    ("load_board_print", Also("mission"), &[("filters[day]", "2027-03-10")]),
    ("load_room_print", Also("mission"), &[("id", "{room}"), ("day", "2027-03-10"), ("span", "week")]),
    ("load_doors", Also("staff"), &[("room", "{room}"), ("made", "")]),
    ("make_door_plan", Also("staff"), &[("room_id", "{room}"), ("ceiling", "TLP:CLEAR")]),
    ("revoke_door_plan", Also("staff"), &[("id", "{door_plan}"), ("room_id", "{room}")]),
    ("load_finder", Also("mission"), &[("date", "2027-03-10"), ("starts", "10:00"), ("ends", "12:00"), ("marking", "TLP:GREEN")]),
    ("load_blackouts", Also("mission"), &[("room", "{room}"), ("after", "")]),
    ("load_blackout", Also("mission"), &[("id", "{blackout}")]),
    ("load_blackout_form", Also("staff"), &[("id", "{blackout}")]),
    (
        "save_blackout",
        Also("staff"),
        &[
            ("of", "room:{room}"),
            ("date", "2027-03-10"),
            ("starts", "0510"),
            ("ends", "0520"),
            ("cause", "Works"),
            ("marking", "TLP:GREEN"),
        ],
    ),
    ("end_blackout", Also("staff"), &[("id", "{blackout}"), ("seen", "")]),
    ("load_visit_rooms", Also("mission"), &[("id", "{visit}")]),
    ("load_closing_form", Also("staff"), &[("id", "{room}"), ("now", "")]),
    ("load_closing", Also("staff"), &[("id", "{room}"), ("draft", "{any}")]),
    (
        "look_at_closing",
        Also("staff"),
        &[
            ("id", "{room}"),
            ("date", "2027-03-10"),
            ("starts", "0510"),
            ("ends", "+90h"),
            ("cause", "Works"),
            ("marking", "TLP:GREEN"),
            ("move_item_6f3f8a4e-0000-4000-8000-000000000000", "stay"),
        ],
    ),
    (
        "close_room",
        Also("staff"),
        &[("id", "{room}"), ("kept", "{any}"), ("seen", ""), ("move_item_6f3f8a4e-0000-4000-8000-000000000000", "stay")],
    ),
    ("load_own_bookings", Also("mission"), &[("after", "")]),
    ("load_booking", Also("mission"), &[("id", "{booking}")]),
    ("load_booking_form", Also("staff"), &[("id", "{booking}")]),
    (
        "save_booking",
        Also("staff"),
        &[
            ("room_id", "{room}"),
            ("purpose", "Briefing"),
            ("date", "2027-03-10"),
            ("starts", "0510"),
            ("ends", "0520"),
            ("marking", "TLP:GREEN"),
            ("state", "firm"),
        ],
    ),
    ("cancel_booking", Also("staff"), &[("id", "{booking}"), ("seen", "")]),
    ("load_approvals", Also("staff"), &[("after", "")]),
    ("load_clashes", Also("staff"), &[("rule", ""), ("level", "")]),
    ("approve_room", Also("staff"), &[("id", "{approval}"), ("seen", ""), ("back", "/rooms/approvals")]),
    ("decline_room", Also("staff"), &[("id", "{approval}"), ("seen", ""), ("back", "/rooms/approvals"), ("reason", "Works")]),
    ("note_news", Also("staff"), &[("id", "{news}")]),
    ("load_series", Also("mission"), &[("id", "{series}")]),
    ("load_series_form", Also("staff"), &[("id", "{series}"), ("reach", "all"), ("on", "")]),
    ("load_series_days", Also("staff"), &[("draft", "{any}")]),
    (
        "look_at_series",
        Also("staff"),
        &[
            ("room_id", "{room}"),
            ("purpose", "Briefing"),
            ("date", "2027-08-04"),
            ("starts", "0510"),
            ("ends", "0520"),
            ("marking", "TLP:GREEN"),
            ("state", "firm"),
            ("repeats", "weekly"),
            ("times", "2"),
        ],
    ),
    ("save_series", Also("staff"), &[("kept", "{any}")]),
    ("cancel_series", Also("staff"), &[("id", "{series}"), ("seen", ""), ("reach", "all")]),
    ("load_missions", Also("mission"), &[]),
    ("load_mission", Also("mission"), &[("id", "{mission}")]),
    ("load_people", Also("mission"), &[("text", ""), ("after", "")]),
    ("load_person", Also("mission"), &[("id", "{person}")]),
    ("load_tasks", Also("staff"), &[("id", "{visit}")]),
    ("load_task_form", Also("staff"), &[("visit", "{visit}"), ("task", "{task}")]),
    ("save_task", Also("staff"), &[("visit_id", "{visit}"), ("words", "Order the flags"), ("due_on", "2027-03-01")]),
    ("tick_task", Also("staff"), &[("id", "{task}"), ("visit_id", "{visit}"), ("seen", ""), ("done", "yes")]),
    ("remove_task", Also("staff"), &[("id", "{task}"), ("visit_id", "{visit}"), ("seen", "")]),
    ("take_template", Also("staff"), &[("id", "{visit}")]),
    ("load_templates", Also("staff"), &[]),
    ("load_template_form", Also("staff"), &[("category", "working")]),
    ("save_template", Also("staff"), &[("category", "working"), ("seen", ""), ("gifts", "None")]),
    ("load_holidays", Also("staff"), &[("country", "US"), ("year", "2027")]),
    ("add_own_day", Also("staff"), &[("country", "US"), ("on", "2027-03-31"), ("name", "Cesar Chavez Day"), ("kind", "holiday")]),
    ("remove_own_day", Also("staff"), &[("id", "{own_day}"), ("country", "US"), ("year", "2027")]),
    ("load_settings", Also("staff"), &[]),
    ("load_office_form", Also("staff"), &[]),
    ("load_rules_form", Also("staff"), &[]),
    ("save_rules", Also("staff"), &[("seen", ""), ("level_person_twice", "block")]),
    (
        "save_office",
        Also("staff"),
        &[
            ("seen", ""),
            ("host", "City"),
            ("name", "Protocol office"),
            ("zone", "America/Los_Angeles"),
            ("place", "Los Angeles"),
            ("country", "US"),
        ],
    ),
    ("load_sites", Also("staff"), &[]),
    ("load_site_form", Also("staff"), &[("id", "{site}")]),
    ("save_site", Also("staff"), &[("id", "{site}"), ("seen", ""), ("name", "Annex"), ("zone", "America/Los_Angeles")]),
    ("load_room_form", Also("staff"), &[("id", "{room}"), ("site", "")]),
    ("save_room", Also("staff"), &[("id", "{room}"), ("seen", ""), ("site_id", "{site}"), ("name", "Annex"), ("clearance", "TLP:RED")]),
    ("retire_room", Also("staff"), &[("id", "{room}"), ("seen", "")]),
    ("load_mission_form", Also("staff"), &[("id", "{mission}")]),
    (
        "save_mission",
        Also("staff"),
        &[
            ("name", "Consulate General of Peru"),
            ("kind", "consulate_general"),
            ("country", "PE"),
            ("country_name", "Peru"),
            ("capital_zone", "America/Lima"),
        ],
    ),
    ("load_person_form", Also("staff"), &[("id", "{person}"), ("mission", "")]),
    ("save_person", Also("staff"), &[("family", "Le"), ("standing", "guest")]),
    ("erase_person", Also("staff"), &[("id", "{person}"), ("seen", "")]),
    ("load_found", Also("mission"), &[("asked", "{word}")]),
];

/// Every other route, with a method it takes and who is refused. What is open tells nothing of anybody.
const PLAIN: &[(&str, &str, Refuses)] = &[
    ("GET", "/healthz", NotEvenStrangers),
    ("GET", "/readyz", NotEvenStrangers),
    ("GET", "/metrics", NotEvenStrangers),
    ("GET", "/feeds/{file}", NotEvenStrangers),
    ("GET", "/doors/{token}", NotEvenStrangers),
    ("POST", "/sign-out", NotEvenStrangers),
    ("GET", "/api/v1/openapi.json", NotEvenStrangers),
    ("GET", "/api/v1/{*rest}", NotEvenStrangers),
    ("GET", "/live?page=/", Strangers),
    ("GET", "/live?page=/visits", Strangers),
    ("GET", "/live?page=/visits%3Ftext={word}", Strangers),
    ("GET", "/live?page=/visits/{visit}", Also("mission")),
    ("GET", "/live?page=/visits/{visit}/tasks", Also("staff")),
    ("GET", "/live?page=/visits/{visit}/items/{item}", Also("staff")),
    ("GET", "/live?page=/clashes", Also("staff")),
    ("GET", "/live?page=/rooms", Also("mission")),
    ("GET", "/live?page=/rooms%3Fday=2027-03-10", Also("mission")),
    ("GET", "/live?page=/rooms/{room}", Also("mission")),
    ("GET", "/live?page=/rooms/{room}%3Fmonth=2027-03", Also("mission")),
    ("GET", "/live?page=/rooms/approvals", Also("staff")),
    ("GET", "/missions.csv", Also("mission")),
    ("GET", "/people.csv", Also("mission")),
    ("GET", "/rooms.csv", Also("staff")),
    ("GET", "/sites.csv", Also("staff")),
    ("GET", "/blackouts.csv", Also("staff")),
    ("POST", "/rooms/import", Also("staff")),
    ("POST", "/settings/sites/import", Also("staff")),
    ("POST", "/settings/holidays/import", Also("staff")),
    ("POST", "/rooms/blackouts/import", Also("staff")),
    ("POST", "/missions/import", Also("staff")),
    ("POST", "/people/import", Also("staff")),
    ("GET", "/visits/{id}/programme.csv", Also("mission")),
    ("POST", "/visits/{id}/import", Also("staff")),
];

/// The things that examples name, by the word that stands for them.
#[derive(Debug, Clone, Default)]
pub struct Things(BTreeMap<&'static str, String>);

impl Things {
    pub fn with(mut self, word: &'static str, thing: impl ToString) -> Self {
        self.0.insert(word, thing.to_string());
        self
    }

    /// A text with its words in braces replaced by what they stand for.
    pub fn put_into(&self, text: &str) -> String {
        let put = self.0.iter().fold(text.to_owned(), |text, (word, thing)| text.replace(&format!("{{{word}}}"), thing));
        assert!(!put.contains('{') || put.contains("\":"), "nothing is registered for a word of {put}");
        put
    }
}

/// Something to ask, as an example of an operation, page or server function.
#[derive(Debug, Clone)]
pub struct Example {
    /// What it is an example of.
    pub of: String,
    pub refuses: Refuses,
    pub method: Method,
    /// With the words of [`Things`] in braces, as in what follows.
    pub path: String,
    pub body: Option<String>,
    pub arguments: Vec<(&'static str, &'static str)>,
}

impl Example {
    pub fn path_with(&self, things: &Things) -> String {
        things.put_into(&self.path)
    }

    pub fn body_with(&self, things: &Things) -> Option<Value> {
        self.body.as_deref().map(|body| serde_json::from_str(&things.put_into(body)).unwrap())
    }

    pub fn arguments_with(&self, things: &Things) -> Vec<(String, String)> {
        self.arguments.iter().map(|(name, value)| ((*name).to_owned(), things.put_into(value))).collect()
    }
}

fn all_are_registered(what: &str, there: &BTreeSet<String>, registered: &BTreeSet<String>) {
    let missing: Vec<&String> = there.difference(registered).collect();
    assert!(missing.is_empty(), "register an example of these {what} in server/tests/support/examples.rs: {missing:?}");
    let gone: Vec<&String> = registered.difference(there).collect();
    assert!(gone.is_empty(), "there are no such {what} any more: {gone:?}");
}

/// Every operation that the API's own description names.
pub fn operations() -> Vec<Example> {
    let description = serde_json::to_value(server::api::description()).unwrap();
    let mut there = BTreeSet::new();
    for (path, operations) in description["paths"].as_object().unwrap() {
        let methods =
            operations.as_object().unwrap().keys().filter(|key| ["get", "post", "patch", "put", "delete"].contains(&key.as_str()));
        there.extend(methods.map(|method| format!("{} {path}", method.to_uppercase())));
    }
    let full = |path: &str| format!("{}{path}", server::api::ROOT);
    let registered = OPERATIONS.iter().map(|(method, path, ..)| format!("{method} {}", full(path))).collect();
    all_are_registered("operations of the API", &there, &registered);
    let examples = OPERATIONS.iter().map(|(method, path, refuses, body)| {
        let id = IDS.iter().find(|(before, _)| path.contains(&format!("{before}{{id}}"))).map_or("", |(_, word)| word);
        let body = body();
        Example {
            of: format!("{method} {path}"),
            refuses: *refuses,
            method: Method::from_bytes(method.as_bytes()).unwrap(),
            path: full(path).replace("{id}", &format!("{{{id}}}")),
            body: (!body.is_null()).then(|| body.to_string()),
            arguments: Vec::new(),
        }
    });
    examples.collect()
}

/// A route with the words that its parameters stand for.
fn named(route: &str) -> String {
    let named = PARAMETERS.iter().fold(route.to_owned(), |path, (start, word)| {
        path.strip_prefix(start).map_or(path.clone(), |rest| format!("{}{{{word}}}{rest}", start.trim_end_matches("{id}")))
    });
    let given = [
        ("{*any}", "nothing-here"),
        ("{*rest}", "nothing/here"),
        ("{token}", "chi_no"),
        ("{category}", "working"),
        ("{file}", "chf_none.ics"),
    ];
    given.iter().fold(named, |path, (parameter, example)| path.replace(parameter, example))
}

/// The routes of the pages, listed once: while they are listed no page of this process loads what it shows, and one that is asked
/// for in that moment is never answered.
static ROUTES: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| generate_route_list(App).iter().map(|listing| listing.path().to_owned()).collect());

/// Every page that the router of pages knows.
pub fn pages() -> Vec<Example> {
    let registered = PAGES.iter().map(|(path, _)| (*path).to_owned()).collect();
    all_are_registered("pages", &ROUTES, &registered);
    let example = |path: &str, refuses| Example {
        of: format!("page {path}"),
        refuses,
        method: Method::GET,
        path: named(path),
        body: None,
        arguments: Vec::new(),
    };
    PAGES.iter().map(|(path, refuses)| example(path, *refuses)).collect()
}

/// Every route that is none of these, and is not of the files of the browser's half.
pub fn plain() -> Vec<Example> {
    let example = |method: &str, path: &str, refuses| Example {
        of: format!("route {path}"),
        refuses,
        method: Method::from_bytes(method.as_bytes()).unwrap(),
        path: named(path),
        body: None,
        arguments: Vec::new(),
    };
    PLAIN.iter().map(|(method, path, refuses)| example(method, path, *refuses)).collect()
}

/// Checks that a router has no route that is not among the examples, and the other way round.
pub fn all_routes_are_registered(router: &axum::Router) {
    let mut registered: BTreeSet<String> = OPERATIONS.iter().map(|(_, path, ..)| format!("{}{path}", server::api::ROOT)).collect();
    registered.extend(functions().into_iter().map(|example| example.path));
    registered.extend(PAGES.iter().map(|(path, _)| (*path).to_owned()));
    let route = |path: &str| path.split('?').next().unwrap_or_default().to_owned();
    registered.extend(PLAIN.iter().map(|(_, path, _)| route(path)));
    let printed = format!("{router:?}");
    let is_route = |text: &&str| text.starts_with('/') && !text.contains("__private__");
    let there: BTreeSet<String> = printed.split('"').skip(1).step_by(2).filter(is_route).map(str::to_owned).collect();
    assert!(there.len() > 80, "the router no longer prints its routes: {there:?}");
    all_are_registered("routes", &there, &registered);
}

/// Every server function that is registered. A router must have been built before. Two of one name take the same example, with
/// the arguments of both.
pub fn functions() -> Vec<Example> {
    // A path ends in a number by which two functions of one name are told apart.
    let name = |path: &str| path.trim_start_matches("/api/").trim_end_matches(|letter: char| letter.is_ascii_digit()).to_owned();
    let mut paths: BTreeMap<String, Vec<(&str, Method)>> = BTreeMap::new();
    for (path, method) in server_fn_paths() {
        paths.entry(name(path)).or_default().push((path, method));
    }
    let registered = FUNCTIONS.iter().map(|(name, ..)| (*name).to_owned()).collect();
    all_are_registered("server functions", &paths.keys().cloned().collect(), &registered);
    let examples = FUNCTIONS.iter().flat_map(|(name, refuses, arguments)| {
        paths[*name].iter().map(move |(path, method)| {
            assert_eq!(method, Method::POST, "{name}: what changes things is no GET");
            Example {
                of: format!("function {name}"),
                refuses: *refuses,
                method: method.clone(),
                path: (*path).to_owned(),
                body: None,
                arguments: arguments.to_vec(),
            }
        })
    });
    examples.collect()
}
