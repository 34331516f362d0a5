//! Tokens of the API.

use super::body::{Asked, Id, Keyed, PageQuery, Sent, made_once};
use crate::{problem::Problem, requester::Authenticated};
use axum::http::StatusCode;
use backend::{Failure, RequestContext, accounts::api_tokens, paging::page};
use domain::{accounts::TokenView, ids::TokenId, paging::Page};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A token to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MakeToken {
    /// What its owner calls it.
    label: String,
}

/// A token just made.
#[derive(Serialize, ToSchema)]
pub(super) struct MadeToken {
    /// Identifier.
    id: TokenId,
    /// The token, shown once: a retry under the same key is not shown it again.
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
}

domain::viewed_by! { MadeToken {} }

/// The requester's own tokens, the newest first.
#[utoipa::path(get, path = "/tokens", tag = "session", params(PageQuery), responses((status = 200, body = Page<TokenView>)))]
pub(super) async fn list_tokens(
    Authenticated(context): Authenticated,
    Asked(query): Asked<PageQuery>,
) -> Result<Sent<Page<TokenView>>, Problem> {
    let request = query.request()?;
    Ok(Sent(page(api_tokens::list_tokens(&context).await?, |view| view.id.uuid(), &request)))
}

/// Makes a token.
#[utoipa::path(post, path = "/tokens", tag = "session", params(("Idempotency-Key" = Option<String>, Header)),
    request_body = MakeToken, responses((status = 201, body = MadeToken)))]
pub(super) async fn make_token(
    Authenticated(context): Authenticated,
    keyed: Keyed<MakeToken>,
) -> Result<(StatusCode, Sent<MadeToken>), Problem> {
    let (key, wanted) = keyed.parts();
    let make = |context: RequestContext| async move {
        let made = api_tokens::make_token(&context, &wanted.label).await?;
        let id = made.view.id;
        Ok((id.uuid(), MadeToken { id, token: Some(made.token.expose().to_owned()) }))
    };
    let again = |context: RequestContext, id| async move {
        let own = api_tokens::list_tokens(&context).await?;
        own.iter().find(|view| view.id == TokenId(id)).map(|view| MadeToken { id: view.id, token: None }).ok_or(Failure::NotFound)
    };
    Ok((StatusCode::CREATED, Sent(made_once(&context, key, make, again).await?)))
}

/// Revokes a token.
#[utoipa::path(delete, path = "/tokens/{id}", tag = "session", params(("id" = TokenId, Path)), responses((status = 204)))]
pub(super) async fn revoke_token(Authenticated(context): Authenticated, Id(id): Id<TokenId>) -> Result<StatusCode, Problem> {
    api_tokens::revoke_token(&context, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
