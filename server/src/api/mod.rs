//! The JSON API at `/api/v1`, described by OpenAPI where each route is written.
//!
//! Outside programs rely on it: a change that breaks one needs a new version in the path.

mod approvals;
mod blackouts;
mod body;
mod bookings;
mod clashes;
mod closing;
mod day;
mod delegates;
mod document;
mod door_plans;
mod feeds;
mod items;
mod limits;
mod missions;
mod news;
mod people;
mod releases;
mod rooms;
mod search;
mod series;
mod session;
mod shift;
mod sites;
mod tasks;
mod tokens;
mod visits;
mod way_out;

use crate::{AppState, problem};
use axum::{Router, middleware, routing::get};
use body::Sent;
use std::sync::Arc;
use utoipa::openapi::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

/// Where the API lies.
pub const ROOT: &str = "/api/v1";

fn routed() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(session::sign_in, session::sign_out))
        .routes(routes!(visits::list_visits, visits::create_visit))
        .routes(routes!(visits::read_visit, visits::change_visit))
        .routes(routes!(items::list_items, items::add_item))
        .routes(routes!(items::read_item, items::change_item, items::remove_item))
        .routes(routes!(day::record_actual))
        .routes(routes!(day::check_rest))
        .routes(routes!(day::move_rest))
        .routes(routes!(shift::check_move))
        .routes(routes!(shift::move_items))
        .routes(routes!(shift::check_copy))
        .routes(routes!(shift::copy_items))
        .routes(routes!(clashes::check_clashes))
        .routes(routes!(sites::list_sites, sites::create_site))
        .routes(routes!(sites::read_site, sites::change_site))
        .routes(routes!(rooms::list_rooms, rooms::create_room))
        .routes(routes!(rooms::read_room, rooms::change_room, rooms::retire_room))
        .routes(routes!(rooms::list_availability))
        .routes(routes!(rooms::list_slots))
        .routes(routes!(rooms::find_rooms))
        .routes(routes!(closing::check_closing))
        .routes(routes!(closing::close_room))
        .routes(routes!(bookings::list_bookings, bookings::create_booking))
        .routes(routes!(bookings::read_booking, bookings::change_booking, bookings::cancel_booking))
        .routes(routes!(series::check_series))
        .routes(routes!(series::create_series))
        .routes(routes!(series::read_series, series::change_series, series::cancel_series))
        .routes(routes!(approvals::list_approvals))
        .routes(routes!(approvals::approve))
        .routes(routes!(approvals::decline))
        .routes(routes!(approvals::approve_booking))
        .routes(routes!(approvals::decline_booking))
        .routes(routes!(approvals::approve_item))
        .routes(routes!(approvals::decline_item))
        .routes(routes!(news::list_news))
        .routes(routes!(news::read_news))
        .routes(routes!(blackouts::list_blackouts, blackouts::create_blackout))
        .routes(routes!(blackouts::read_blackout, blackouts::change_blackout, blackouts::end_blackout))
        .routes(routes!(door_plans::list_door_plans, door_plans::make_door_plan))
        .routes(routes!(door_plans::revoke_door_plan))
        .routes(routes!(missions::list_missions, missions::create_mission))
        .routes(routes!(missions::read_mission, missions::change_mission))
        .routes(routes!(people::list_people, people::create_person))
        .routes(routes!(people::read_person, people::change_person, people::erase_person))
        .routes(routes!(search::search))
        .routes(routes!(delegates::list_delegates, delegates::add_delegate))
        .routes(routes!(delegates::read_delegate, delegates::change_delegate, delegates::remove_delegate))
        .routes(routes!(tasks::list_tasks, tasks::add_task))
        .routes(routes!(tasks::read_task, tasks::change_task, tasks::remove_task))
        .routes(routes!(tasks::take_template))
        .routes(routes!(releases::list_releases, releases::release_programme))
        .routes(routes!(releases::read_release))
        .routes(routes!(releases::check_release))
        .routes(routes!(releases::read_difference))
        .routes(routes!(releases::list_acknowledgements))
        .routes(routes!(releases::acknowledge_release))
        .routes(routes!(releases::read_code))
        .routes(routes!(feeds::list_feeds, feeds::make_feed, feeds::revoke_feeds))
        .routes(routes!(feeds::revoke_feed))
        .routes(routes!(tokens::list_tokens, tokens::make_token))
        .routes(routes!(tokens::revoke_token))
}

/// The description of the API.
pub fn description() -> OpenApi {
    let (_, description) = OpenApiRouter::new().nest(ROOT, routed()).split_for_parts();
    document::finished(description)
}

/// The description as it is sent.
#[derive(serde::Serialize)]
#[serde(transparent)]
struct Described(OpenApi);

domain::viewed_by! { Described {} }

/// The routes of the API, with their description at `/api/v1/openapi.json`, each requester's limit before them.
pub fn router(state: &AppState) -> Router<AppState> {
    let (router, _) = OpenApiRouter::new().nest(ROOT, routed()).split_for_parts();
    let description = Arc::new(description());
    let described = move || {
        let description = Arc::clone(&description);
        async move { Sent(Described((*description).clone())) }
    };
    router
        .route(&format!("{ROOT}/openapi.json"), get(described))
        .route(&format!("{ROOT}/{{*rest}}"), axum::routing::any(problem::nothing_here))
        .method_not_allowed_fallback(problem::other_method)
        .layer(middleware::from_fn(way_out::compare))
        .layer(middleware::from_fn_with_state(state.clone(), limits::limit))
}
