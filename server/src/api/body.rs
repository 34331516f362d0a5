//! What comes in and goes out: JSON bodies, identifiers in addresses, and versions.

use crate::problem::{Cause, Problem};
use axum::{
    Extension, Json,
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Query, Request},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use backend::{
    Failure, Outcome, RequestContext,
    accounts::idempotency::{self, Idempotency, RequestHash},
    paging::PageRequest,
    version::{ETag, Seen},
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{marking::view::Viewed, paging::Page, problems::Problems};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::str::FromStr;
use utoipa::IntoParams;
use uuid::Uuid;

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

/// A list that needs no pages.
pub(super) const fn whole<T>(items: Vec<T>) -> Page<T> {
    Page { items, next: None }
}

/// Which page of a list is asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct PageQuery {
    /// Where the page before ended; none for the first.
    cursor: Option<String>,
    /// How many things on a page, from 1 to 200.
    limit: Option<u32>,
}

impl PageQuery {
    /// The page asked for.
    pub(super) fn request(&self) -> Result<PageRequest, Problem> {
        Ok(PageRequest::new(self.cursor.as_deref(), self.limit)?)
    }
}

/// Between which instants something is looked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct Stretch {
    /// From this instant on, RFC 3339 with its offset; from now on if none is given.
    #[param(value_type = Option<DateTime<Utc>>)]
    from: Option<String>,
    /// Until this instant.
    #[param(value_type = Option<DateTime<Utc>>)]
    until: Option<String>,
}

impl Stretch {
    /// From when until when; where no end is given, so long.
    pub(super) fn read(&self, now: DateTime<Utc>, usual: TimeDelta) -> Result<(DateTime<Utc>, DateTime<Utc>), Problem> {
        let mut problems = Problems::new();
        let from = instant(&mut problems, "from", self.from.as_deref()).unwrap_or(now);
        let until = instant(&mut problems, "until", self.until.as_deref()).unwrap_or_else(|| from + usual);
        Ok(problems.finish(Some((from, until)))?)
    }
}

/// An instant that was given, if it is one.
pub(super) fn instant(problems: &mut Problems, field: &str, given: Option<&str>) -> Option<DateTime<Utc>> {
    given.and_then(|text| problems.take(field, domain::time::bounds::read_instant(text)))
}

/// What is searched for in a list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct Searched {
    /// Words that each begin a word of what is found, without regard to case and marks.
    pub(super) q: Option<String>,
}

/// The query of an address; one that can't be read is a problem like any other.
#[derive(Debug, Clone)]
pub(super) struct Asked<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Query(query) = Query::<T>::from_request_parts(parts, state).await?;
        Ok(Self(query))
    }
}

/// A JSON body under an `Idempotency-Key`, if one was sent: a retry then does nothing twice.
#[derive(Debug)]
pub(super) struct Keyed<T> {
    key: Option<(String, RequestHash)>,
    /// The body.
    pub(super) body: T,
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Keyed<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let key = match request.headers().get("idempotency-key").map(|value| value.to_str().map(str::to_owned)) {
            None => None,
            Some(Ok(key)) => Some(key),
            Some(Err(_)) => return Err(Cause::Unreadable.into()),
        };
        let (parts, body) = request.into_parts();
        let (method, target) = (parts.method.to_string(), parts.uri.to_string());
        let bytes = Bytes::from_request(Request::from_parts(parts.clone(), body), state).await?;
        let hash = RequestHash::of(&method, &target, &bytes);
        let Json(body) = Json::<T>::from_request(Request::from_parts(parts, bytes.into()), state).await?;
        Ok(Self { key: key.map(|key| (key, hash)), body })
    }
}

/// Makes something once for each key: a retry reads what the first request made.
pub(super) async fn made_once<V, Made, Again>(
    context: &RequestContext,
    key: Option<(String, RequestHash)>,
    make: impl FnOnce(RequestContext) -> Made,
    again: impl FnOnce(RequestContext, Uuid) -> Again,
) -> Result<V, Problem>
where
    Made: Future<Output = Outcome<(Uuid, V)>>,
    Again: Future<Output = Outcome<V>>,
{
    let Some((key, hash)) = key else { return Ok(make(context.clone()).await?.1) };
    match idempotency::begin(context, &key, hash).await? {
        Idempotency::New(begun) => Ok(begun.under_it(make).await?.1),
        Idempotency::Replay(replay) => Ok(again(context.clone(), replay.thing.ok_or(Failure::NotFound)?).await?),
        Idempotency::UnderWay => Err(Failure::TooMany { after_seconds: 1 }.into()),
    }
}

impl<T> Keyed<T> {
    /// The key, and the body.
    pub(super) fn parts(self) -> (Option<(String, RequestHash)>, T) {
        (self.key, self.body)
    }
}

/// What is sent as it is, and whose it is, which [`super::way_out::compare`] compares with who asked.
#[derive(Debug)]
pub(super) struct Sent<T>(pub(super) T);

impl<T: Serialize + Viewed> IntoResponse for Sent<T> {
    fn into_response(self) -> Response {
        (Extension(self.0.viewed_by()), Json(self.0)).into_response()
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

impl<T: Serialize + Viewed> IntoResponse for Versioned<T> {
    fn into_response(self) -> Response {
        let etag = match ETag::of(&self.view) {
            Ok(etag) => etag,
            Err(failure) => return Problem::from(failure).into_response(),
        };
        let mut response = (self.status, Sent(self.view)).into_response();
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
