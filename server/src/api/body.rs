//! What comes in and goes out: JSON bodies, identifiers in addresses, and versions.

use crate::problem::{Cause, Problem};
use axum::{
    Json,
    extract::{FromRequest, FromRequestParts, Path, Request},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use backend::{
    Failure,
    version::{ETag, Seen},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::str::FromStr;
use utoipa::ToSchema;

/// A JSON body; one that can't be read is a problem like any other.
#[derive(Debug, Clone)]
pub(super) struct Body<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let Json(body) = Json::<T>::from_request(request, state).await?;
        Ok(Self(body))
    }
}

/// The identifier in an address; one that is none leads to nothing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Id<T>(pub(super) T);

impl<S: Send + Sync, T: FromStr + Send> FromRequestParts<S> for Id<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Path(text) = Path::<String>::from_request_parts(parts, state).await?;
        text.parse().map(Self).map_err(|_| Failure::NotFound.into())
    }
}

/// The version a change was made to, from `If-Match` (RFC 9110, 13.1.1).
#[derive(Debug, Clone)]
pub(super) struct IfMatch(pub(super) Seen);

impl<S: Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let mut lines = Vec::new();
        for line in parts.headers.get_all(header::IF_MATCH) {
            lines.push(line.to_str().map_err(|_| Problem::from(Cause::Unreadable))?);
        }
        let joined = lines.join(",");
        Ok(Self(Seen::from_header((!lines.is_empty()).then_some(joined.as_str()))))
    }
}

/// A list. With a cursor there is more: ask again with it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub(super) struct Listed<T> {
    /// What is listed.
    pub(super) items: Vec<T>,
    /// The cursor of the next page, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) next: Option<String>,
}

impl<T> Listed<T> {
    /// All of it.
    pub(super) const fn whole(items: Vec<T>) -> Self {
        Self { items, next: None }
    }
}

/// A view with its version.
#[derive(Debug)]
pub(super) struct Versioned<T> {
    status: StatusCode,
    location: Option<String>,
    view: T,
}

impl<T> Versioned<T> {
    /// As it is.
    pub(super) const fn ok(view: T) -> Self {
        Self { status: StatusCode::OK, location: None, view }
    }

    /// Just made, to be found there.
    pub(super) const fn made(location: String, view: T) -> Self {
        Self { status: StatusCode::CREATED, location: Some(location), view }
    }
}

impl<T: Serialize> IntoResponse for Versioned<T> {
    fn into_response(self) -> Response {
        let etag = match ETag::of(&self.view) {
            Ok(etag) => etag,
            Err(failure) => return Problem::from(failure).into_response(),
        };
        let mut response = (self.status, Json(self.view)).into_response();
        let headers = response.headers_mut();
        if let Ok(value) = HeaderValue::from_str(&etag.to_string()) {
            headers.insert(header::ETAG, value);
        }
        if let Some(value) = self.location.and_then(|location| HeaderValue::from_str(&location).ok()) {
            headers.insert(header::LOCATION, value);
        }
        response
    }
}
