//! People.

use super::{
    ROOT,
    body::{Asked, Body, Id, IfMatch, Keyed, PageQuery, Searched, Sent, Versioned, made_once},
};
use crate::{problem::Problem, requester::Authenticated};
use axum::http::StatusCode;
use backend::{RequestContext, people};
use domain::{
    ids::PersonId,
    paging::Page,
    people::{input::PersonInput, view::PersonView},
};

/// The office's people, by name; with `q` those it finds.
#[utoipa::path(get, path = "/people", tag = "people", params(Searched, PageQuery), responses((status = 200, body = Page<PersonView>)))]
pub(super) async fn list_people(
    Authenticated(context): Authenticated,
    Asked(searched): Asked<Searched>,
    Asked(query): Asked<PageQuery>,
) -> Result<Sent<Page<PersonView>>, Problem> {
    Ok(Sent(people::list_people(&context, searched.q.as_deref(), &query.request()?).await?))
}

/// Makes a person.
#[utoipa::path(post, path = "/people", tag = "people", params(("Idempotency-Key" = Option<String>, Header)),
    request_body = PersonInput, responses((status = 201, body = PersonView)))]
pub(super) async fn create_person(
    Authenticated(context): Authenticated,
    keyed: Keyed<PersonInput>,
) -> Result<Versioned<PersonView>, Problem> {
    let (key, input) = keyed.parts();
    let make = |context: RequestContext| async move {
        let view = people::create_person(&context, input).await?;
        Ok((view.id.uuid(), view))
    };
    let again = |context: RequestContext, id| async move { people::read_person(&context, PersonId(id)).await };
    let view = made_once(&context, key, make, again).await?;
    Ok(Versioned::made(format!("{ROOT}/people/{}", view.id), view))
}

/// A person.
#[utoipa::path(get, path = "/people/{id}", tag = "people", params(("id" = PersonId, Path)), responses((status = 200, body = PersonView)))]
pub(super) async fn read_person(Authenticated(context): Authenticated, Id(id): Id<PersonId>) -> Result<Versioned<PersonView>, Problem> {
    Ok(Versioned::ok(people::read_person(&context, id).await?))
}

/// Changes a person; what is absent stays as it is.
#[utoipa::path(patch, path = "/people/{id}", tag = "people", params(("id" = PersonId, Path), ("If-Match" = Option<String>, Header)),
    request_body = PersonInput, responses((status = 200, body = PersonView)))]
pub(super) async fn change_person(
    Authenticated(context): Authenticated,
    Id(id): Id<PersonId>,
    IfMatch(seen): IfMatch,
    Body(input): Body<PersonInput>,
) -> Result<Versioned<PersonView>, Problem> {
    Ok(Versioned::ok(people::change_person(&context, id, input, &seen).await?))
}

/// Erases a person: all that is kept of them, in every revision, in delegations and in releases. What is past names nobody in their place. While
/// an account, a mission or a visit that is not over needs them, it is refused (422, `still_used`).
#[utoipa::path(delete, path = "/people/{id}", tag = "people", params(("id" = PersonId, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 204)))]
pub(super) async fn erase_person(
    Authenticated(context): Authenticated,
    Id(id): Id<PersonId>,
    IfMatch(seen): IfMatch,
) -> Result<StatusCode, Problem> {
    people::erasure::erase_person(&context, id, &seen).await?;
    Ok(StatusCode::NO_CONTENT)
}
