//! Tokens of the API.

use super::body::{Body, Id, Sent, whole};
use crate::{problem::Problem, requester::Authenticated};
use axum::http::StatusCode;
use backend::accounts::api_tokens;
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
    /// The token, shown once.
    token: String,
}

domain::viewed_by! { MadeToken {} }

/// The requester's own tokens.
#[utoipa::path(get, path = "/tokens", tag = "session", responses((status = 200, body = Page<TokenView>)))]
pub(super) async fn list_tokens(Authenticated(context): Authenticated) -> Result<Sent<Page<TokenView>>, Problem> {
    Ok(Sent(whole(api_tokens::list_tokens(&context).await?)))
}

/// Makes a token.
#[utoipa::path(post, path = "/tokens", tag = "session", request_body = MakeToken, responses((status = 201, body = MadeToken)))]
pub(super) async fn make_token(
    Authenticated(context): Authenticated,
    Body(make): Body<MakeToken>,
) -> Result<(StatusCode, Sent<MadeToken>), Problem> {
    let made = api_tokens::make_token(&context, &make.label).await?;
    Ok((StatusCode::CREATED, Sent(MadeToken { id: made.view.id, token: made.token.expose().to_owned() })))
}

/// Revokes a token.
#[utoipa::path(delete, path = "/tokens/{id}", tag = "session", params(("id" = TokenId, Path)), responses((status = 204)))]
pub(super) async fn revoke_token(Authenticated(context): Authenticated, Id(id): Id<TokenId>) -> Result<StatusCode, Problem> {
    api_tokens::revoke_token(&context, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
