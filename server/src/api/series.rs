//! Series of bookings.

use super::{
    ROOT,
    body::{Asked, Body, Id, IfMatch, Keyed, Sent, Versioned, made_once},
};
use crate::{problem::Problem, requester::Authenticated};
use axum::http::StatusCode;
use backend::{
    Failure, RequestContext,
    rooms::series::{self, Part},
};
use domain::{
    ids::SeriesId,
    problems::{Problem as Wrong, Problems},
    rooms::series::{
        Reach, SeriesDay,
        input::SeriesInput,
        view::{SeriesPreview, SeriesView},
    },
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// Which bookings of a series are meant.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct OfSeries {
    /// `this`, `following` or `all`; what has begun stays.
    #[param(value_type = Option<Reach>)]
    reach: Option<String>,
    /// The day for which the one was made, or the first of those that follow.
    #[param(value_type = Option<SeriesDay>)]
    on: Option<String>,
}

impl OfSeries {
    fn read(&self) -> Result<Part, Problem> {
        let mut problems = Problems::new();
        let reach = match self.reach.as_deref() {
            Some("this") => Some(Reach::This),
            Some("following") => Some(Reach::Following),
            Some("all") => Some(Reach::All),
            given => {
                problems.add("reach", if given.is_some() { Wrong::Unknown } else { Wrong::Missing });
                None
            }
        };
        let on = self.on.as_deref().map(|on| problems.take("on", on.parse::<SeriesDay>().map_err(|_| Wrong::NotATime)));
        let on = on.flatten();
        if on.is_none() && problems.is_empty() && reach != Some(Reach::All) {
            problems.add("on", Wrong::Missing);
        }
        Ok(problems.finish(reach.map(|reach| Part { reach, on }))?)
    }
}

/// A series as it would be saved.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SeriesCheck {
    /// The series it would change; none for a new one.
    series_id: Option<SeriesId>,
    /// How much of it: `following` or `all`.
    #[schema(value_type = Option<Reach>)]
    reach: Option<String>,
    /// The first day that would change.
    #[schema(value_type = Option<SeriesDay>)]
    on: Option<String>,
    /// The series.
    series: Box<SeriesInput>,
}

/// Looks at a series without saving it: each of its occurrences, whether it can be had, and what would work instead.
#[utoipa::path(post, path = "/series/check", tag = "rooms", request_body = SeriesCheck, responses((status = 200, body = SeriesPreview)))]
pub(super) async fn check_series(
    Authenticated(context): Authenticated,
    Body(check): Body<SeriesCheck>,
) -> Result<Sent<SeriesPreview>, Problem> {
    let changes = match check.series_id {
        None => None,
        Some(id) => Some((id, OfSeries { reach: check.reach, on: check.on }.read()?)),
    };
    Ok(Sent(series::check_series(&context, &check.series, changes).await?))
}

/// Books a series. While an occurrence cannot be had and it was not said what is to become of it, nothing is saved, and the answer is
/// 409 with all of them.
#[utoipa::path(post, path = "/series", tag = "rooms", params(("Idempotency-Key" = Option<String>, Header)),
    request_body = SeriesInput, responses((status = 201, body = SeriesView)))]
pub(super) async fn create_series(
    Authenticated(context): Authenticated,
    keyed: Keyed<SeriesInput>,
) -> Result<Versioned<SeriesView>, Problem> {
    let (key, input) = keyed.parts();
    let make = |context: RequestContext| async move {
        let view = series::create_series(&context, input).await?;
        Ok((view.id.uuid(), view))
    };
    let again = |context: RequestContext, id| async move { series::read_series(&context, SeriesId(id)).await };
    let view = made_once(&context, key, make, again).await?;
    Ok(Versioned::made(format!("{ROOT}/series/{}", view.id), view))
}

/// A series, with its bookings.
#[utoipa::path(get, path = "/series/{id}", tag = "rooms", params(("id" = SeriesId, Path)), responses((status = 200, body = SeriesView)))]
pub(super) async fn read_series(Authenticated(context): Authenticated, Id(id): Id<SeriesId>) -> Result<Versioned<SeriesView>, Problem> {
    Ok(Versioned::ok(series::read_series(&context, id).await?))
}

/// Changes a part of a series; what is absent stays as it is. From a day on it is a series of its own from then: the one changed is
/// answered. Of one occurrence only its booking is changed.
#[utoipa::path(patch, path = "/series/{id}", tag = "rooms", params(("id" = SeriesId, Path), OfSeries, ("If-Match" = Option<String>, Header)),
    request_body = SeriesInput, responses((status = 200, body = SeriesView)))]
pub(super) async fn change_series(
    Authenticated(context): Authenticated,
    Id(id): Id<SeriesId>,
    Asked(of): Asked<OfSeries>,
    IfMatch(seen): IfMatch,
    Body(input): Body<SeriesInput>,
) -> Result<Versioned<SeriesView>, Problem> {
    let part = part_of(&context, id, &of).await?;
    Ok(Versioned::ok(series::change_series(&context, id, part, input, &seen).await?))
}

/// Cancels a part of a series and gives the room back.
#[utoipa::path(delete, path = "/series/{id}", tag = "rooms", params(("id" = SeriesId, Path), OfSeries, ("If-Match" = Option<String>, Header)), responses((status = 204)))]
pub(super) async fn cancel_series(
    Authenticated(context): Authenticated,
    Id(id): Id<SeriesId>,
    Asked(of): Asked<OfSeries>,
    IfMatch(seen): IfMatch,
) -> Result<StatusCode, Problem> {
    let part = part_of(&context, id, &of).await?;
    series::cancel_series(&context, id, part, &seen).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Which part is meant; whether there is such a series for the requester is decided before what is wrong with that (access.md, 16).
async fn part_of(context: &RequestContext, id: SeriesId, of: &OfSeries) -> Result<Part, Problem> {
    match of.read() {
        Ok(part) => Ok(part),
        Err(problem) => match series::authorise_changing(context, id).await {
            Ok(()) => Err(problem),
            Err(failure) => Err(Failure::into(failure)),
        },
    }
}
