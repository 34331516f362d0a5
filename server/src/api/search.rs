//! Search.

use super::body::{Asked, Sent, whole};
use crate::{problem::Problem, requester::Authenticated};
use backend::search::{self, MOST_HITS};
use domain::{paging::Page, search::SearchHit};
use serde::Deserialize;
use utoipa::IntoParams;

/// What is searched for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct Search {
    /// The words, 200 characters at most: each begins a word of what is found. Without words nothing is.
    q: String,
    /// How many things, from 1 to 50.
    limit: Option<u32>,
}

/// Visits, people, missions and rooms that fit, the best first: over what the requester may read, up to TLP:AMBER. Missions search
/// nothing of the office (403).
#[utoipa::path(get, path = "/search", tag = "search", params(Search), responses((status = 200, body = Page<SearchHit>)))]
pub(super) async fn search(Authenticated(context): Authenticated, Asked(search): Asked<Search>) -> Result<Sent<Page<SearchHit>>, Problem> {
    Ok(Sent(whole(search::search(&context, &search.q, search.limit.unwrap_or(MOST_HITS)).await?)))
}
