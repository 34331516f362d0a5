//! What could not be done, as `application/problem+json` (RFC 9457), with one deliberate status each.
//!
//! A handler answers `Result<…, Problem>`; `?` turns a [`Failure`] into one. The layer [`answer_problems`] then puts
//! clashes in words for the requester, adds the reference, and logs what is our own fault, once.

use crate::{AppState, problem_page, trail::Trail};
use axum::{
    Json,
    extract::{
        Request, State,
        rejection::{BytesRejection, JsonRejection, PathRejection, QueryRejection},
    },
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use backend::{
    Failure, RequestContext, clashes,
    database::DatabaseError,
    error::{ClashRefusal, Outcome},
};
use domain::{
    ids::RequestId,
    imports::ImportRefusal,
    marking::view::{ClashView, ClosingPreview, RestView, ShiftView},
    problems::FieldProblem,
    rooms::series::view::SeriesPreview,
    time::ZoneName,
};
use language::{Locale, Words};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The media type of a problem (RFC 9457, 3).
pub const MEDIA_TYPE: &str = "application/problem+json";

/// What a problem's `type` begins with; its word follows.
const TYPE: &str = "urn:problem-type:chancery:";

/// Seconds after which a database that does not answer may be asked again.
const AGAIN_AFTER_SECONDS: u64 = 5;

/// The most characters of a detail, which may quote what was sent.
const LONGEST_DETAIL: usize = 300;

/// The body of a problem.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ProblemBody {
    /// Which kind of problem, as a URN that programs compare.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in words.
    pub title: String,
    /// The status of the answer.
    pub status: u16,
    /// What can't be read, and where (400).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The request's reference, which the log has too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
    /// What is wrong, field by field (422).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<FieldProblem>,
    /// Why nothing of a file was taken (422).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub import: Option<ImportRefusal>,
    /// What stands in the way, as far as the requester may know (409).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clashes: Vec<ClashView>,
    /// Each occurrence of a series of which some cannot be had (409).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series: Option<SeriesPreview>,
    /// What the closing of a room hurts, anew, where it was not closed (409).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closing: Option<ClosingPreview>,
    /// The rest of a day, anew, where it was not moved (409).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rest: Option<RestView>,
    /// Lines that were to be moved or copied together, anew, where they were not (409).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shift: Option<ShiftView>,
}

/// Why a request was not done.
#[derive(Debug, Clone)]
pub struct Problem {
    cause: Arc<Cause>,
    zone: Option<ZoneName>,
    detail: Option<String>,
}

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum Cause {
    /// A use case failed.
    #[error(transparent)]
    Failure(#[from] Failure),
    /// Path, query, headers or body are not of the form asked (400).
    #[error("unreadable request")]
    Unreadable,
    /// The address does not take the method (405).
    #[error("method not allowed")]
    MethodNotAllowed,
    /// The address does not take the kind of content (415).
    #[error("unsupported content")]
    MediaType,
    /// More was sent than is taken (413).
    #[error("too large")]
    TooLarge,
    /// Another site's page sent it (403).
    #[error("cross-origin")]
    CrossOrigin,
    /// It took longer than a request may (503).
    #[error("took too long")]
    TooSlow,
    /// What was to be sent was made for another reader, or does not say for whom (500).
    #[error("made for another reader")]
    OtherReader,
    /// A defect ended its work (500).
    #[error("a defect ended the work")]
    Defect,
    /// No office is reached under the name that was asked for (421).
    #[error("no office at this host")]
    Misdirected,
    /// No office is set up (503).
    #[error("no office is set up")]
    NoOffice,
}

impl Problem {
    /// The same, with clashes told on the clocks of this zone; without one, the office's are used.
    #[must_use]
    pub fn on_clocks_of(mut self, zone: ZoneName) -> Self {
        self.zone = Some(zone);
        self
    }

    /// The same, with what can't be read and where, as the reading found it: it quotes nothing but the request.
    fn detailed(mut self, detail: &str) -> Self {
        self.detail = Some(detail.chars().take(LONGEST_DETAIL).collect());
        self
    }

    /// What went wrong.
    pub fn cause(&self) -> &Cause {
        &self.cause
    }

    /// The status of the answer (RFC 9110, 15; RFC 6585 for 428 and 429).
    pub fn status(&self) -> StatusCode {
        self.face().1
    }

    /// Its word, status and title.
    fn face(&self) -> (&'static str, StatusCode, String) {
        let words = Words::new(Locale::English);
        match &*self.cause {
            Cause::Failure(failure) => face_of(failure, words),
            Cause::Unreadable => ("unreadable", StatusCode::BAD_REQUEST, words.problem_unreadable()),
            Cause::MethodNotAllowed => ("method-not-allowed", StatusCode::METHOD_NOT_ALLOWED, words.problem_method_not_allowed()),
            Cause::MediaType => ("media-type", StatusCode::UNSUPPORTED_MEDIA_TYPE, words.problem_media_type()),
            Cause::TooLarge => ("too-large", StatusCode::PAYLOAD_TOO_LARGE, words.problem_too_large()),
            Cause::CrossOrigin => ("cross-origin", StatusCode::FORBIDDEN, words.problem_cross_origin()),
            Cause::TooSlow => ("too-slow", StatusCode::SERVICE_UNAVAILABLE, words.problem_too_slow()),
            Cause::Defect | Cause::OtherReader => ("failed", StatusCode::INTERNAL_SERVER_ERROR, words.problem_failed()),
            Cause::Misdirected => ("misdirected", StatusCode::MISDIRECTED_REQUEST, words.problem_misdirected()),
            Cause::NoOffice => ("no-office", StatusCode::SERVICE_UNAVAILABLE, words.problem_no_office()),
        }
    }

    fn clash(&self) -> Option<&ClashRefusal> {
        match &*self.cause {
            Cause::Failure(Failure::Clash(refusal)) => Some(refusal),
            _ => None,
        }
    }

    fn retry_after_seconds(&self) -> Option<u64> {
        match &*self.cause {
            Cause::Failure(Failure::TooMany { after_seconds }) => Some(*after_seconds),
            Cause::Failure(Failure::Database(DatabaseError::Unreachable { .. } | DatabaseError::Contended { .. })) | Cause::TooSlow => {
                Some(AGAIN_AFTER_SECONDS)
            }
            _ => None,
        }
    }

    /// The answer.
    fn answer(&self, instance: Option<RequestId>, clashes: Vec<ClashView>) -> Response {
        let (word, status, title) = self.face();
        let problems = match &*self.cause {
            Cause::Failure(Failure::Invalid(problems)) => problems.clone(),
            _ => Vec::new(),
        };
        let import = match &*self.cause {
            Cause::Failure(Failure::Import(refusal)) => Some(refusal.clone()),
            _ => None,
        };
        let series = match &*self.cause {
            Cause::Failure(Failure::SeriesRefused(preview)) => Some((**preview).clone()),
            _ => None,
        };
        let closing = match &*self.cause {
            Cause::Failure(Failure::ClosingRefused(preview)) => Some((**preview).clone()),
            _ => None,
        };
        let rest = match &*self.cause {
            Cause::Failure(Failure::RestRefused(view)) => Some((**view).clone()),
            _ => None,
        };
        let shift = match &*self.cause {
            Cause::Failure(Failure::ShiftRefused(view)) => Some((**view).clone()),
            _ => None,
        };
        let instance = instance.map(|id| format!("urn:uuid:{id}"));
        let (kind, detail) = (format!("{TYPE}{word}"), self.detail.clone());
        let body =
            ProblemBody { kind, title, status: status.as_u16(), detail, instance, problems, import, clashes, series, closing, rest, shift };
        let mut response = (status, Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after_seconds() {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if status == StatusCode::UNAUTHORIZED {
            // A 401 names a scheme (RFC 9110, 11.6.1); browsers show no dialogue for this one (RFC 6750).
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"chancery\""));
        }
        response
    }
}

fn face_of(failure: &Failure, words: Words) -> (&'static str, StatusCode, String) {
    match failure {
        Failure::NotFound => ("not-found", StatusCode::NOT_FOUND, words.problem_not_found()),
        Failure::SignIn => ("sign-in", StatusCode::UNAUTHORIZED, words.problem_sign_in()),
        Failure::WrongCredentials => ("wrong-credentials", StatusCode::UNAUTHORIZED, words.problem_wrong_credentials()),
        Failure::Forbidden => ("forbidden", StatusCode::FORBIDDEN, words.problem_forbidden()),
        Failure::Invalid(_) => ("invalid", StatusCode::UNPROCESSABLE_ENTITY, words.problem_invalid()),
        Failure::Import(_) => ("import-refused", StatusCode::UNPROCESSABLE_ENTITY, words.problem_import_refused()),
        Failure::KeyReused => ("key-reused", StatusCode::UNPROCESSABLE_ENTITY, words.problem_key_reused()),
        Failure::Clash(_)
        | Failure::SeriesRefused(_)
        | Failure::ClosingRefused(_)
        | Failure::RestRefused(_)
        | Failure::ShiftRefused(_)
        | Failure::Database(DatabaseError::Engaged) => ("clash", StatusCode::CONFLICT, words.problem_clash()),
        Failure::Stale => ("stale", StatusCode::PRECONDITION_FAILED, words.problem_stale()),
        Failure::VersionNeeded => ("version-needed", StatusCode::PRECONDITION_REQUIRED, words.problem_version_needed()),
        Failure::TooMany { .. } => ("too-many", StatusCode::TOO_MANY_REQUESTS, words.problem_too_many()),
        Failure::Database(DatabaseError::Unreachable { .. } | DatabaseError::Contended { .. }) => {
            ("unavailable", StatusCode::SERVICE_UNAVAILABLE, words.problem_unavailable())
        }
        Failure::Database(_) | Failure::Corrupt { .. } | Failure::Sealing | Failure::Machine { .. } => {
            ("failed", StatusCode::INTERNAL_SERVER_ERROR, words.problem_failed())
        }
    }
}

impl From<Cause> for Problem {
    fn from(cause: Cause) -> Self {
        Self { cause: Arc::new(cause), zone: None, detail: None }
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        Cause::Failure(failure).into()
    }
}

impl From<DatabaseError> for Problem {
    fn from(error: DatabaseError) -> Self {
        Failure::from(error).into()
    }
}

impl From<Vec<FieldProblem>> for Problem {
    fn from(problems: Vec<FieldProblem>) -> Self {
        Failure::Invalid(problems).into()
    }
}

fn by_status(status: StatusCode) -> Problem {
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => Cause::TooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Cause::MediaType,
        status if status.is_client_error() => Cause::Unreadable,
        _ => Cause::Defect,
    }
    .into()
}

macro_rules! from_rejections {
    ($($rejection:ident),*) => {$(
        impl From<$rejection> for Problem {
            fn from(rejection: $rejection) -> Self {
                by_status(rejection.status()).detailed(&rejection.body_text())
            }
        }
    )*};
}

from_rejections!(BytesRejection, QueryRejection);

impl From<JsonRejection> for Problem {
    fn from(rejection: JsonRejection) -> Self {
        // A JSON text of the wrong shape is as unreadable as one that is none.
        let problem = match rejection.status() {
            StatusCode::UNPROCESSABLE_ENTITY => Cause::Unreadable.into(),
            status => by_status(status),
        };
        problem.detailed(&rejection.body_text())
    }
}

impl From<PathRejection> for Problem {
    /// An address with an identifier that is none leads to nothing.
    fn from(_: PathRejection) -> Self {
        Failure::NotFound.into()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.answer(None, Vec::new());
        response.extensions_mut().insert(self);
        response
    }
}

/// The layer that finishes problems: clashes in words for this requester, the reference, and the log of what is our fault. A
/// browser that asked for a page is answered one.
pub async fn answer_problems(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let trail = request.extensions().get::<Trail>().cloned();
    let asks_for_page = problem_page::asks_for_page(&request);
    let mut response = next.run(request).await;
    let Some(problem) = response.extensions_mut().remove::<Problem>() else { return response };
    if problem.status().is_server_error() {
        tracing::error!(error = %problem.cause(), engine = state.chancery.database.engine(), "request failed");
    }
    let context = trail.as_ref().and_then(Trail::context);
    let clashes = match (context, problem.clash()) {
        (Some(context), Some(refusal)) => match said(context, refusal, problem.zone.as_ref()).await {
            Ok(clashes) => clashes,
            Err(failure) => {
                tracing::error!(error = %failure, "clashes could not be put in words");
                Vec::new()
            }
        },
        _ => Vec::new(),
    };
    let mut answer = problem.answer(trail.as_ref().map(Trail::id), clashes);
    for (name, value) in response.headers() {
        if !answer.headers().contains_key(name) && name != header::CONTENT_LENGTH {
            answer.headers_mut().append(name.clone(), value.clone());
        }
    }
    if asks_for_page { problem_page::as_page(answer, &problem, trail.as_ref().map(Trail::id)) } else { answer }
}

async fn said(context: &RequestContext, refusal: &ClashRefusal, zone: Option<&ZoneName>) -> Outcome<Vec<ClashView>> {
    clashes::in_words(context, refusal, zone.unwrap_or(&context.office().details.zone)).await
}

/// What answers an address at which there is nothing.
pub async fn nothing_here() -> Problem {
    Failure::NotFound.into()
}

/// What answers a method that the address does not take.
pub async fn other_method() -> Problem {
    Cause::MethodNotAllowed.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(failure: Failure) -> u16 {
        Problem::from(failure).status().as_u16()
    }

    #[test]
    fn every_failure_has_its_status() {
        assert_eq!(status(Failure::SignIn), 401);
        assert_eq!(status(Failure::Forbidden), 403);
        assert_eq!(status(Failure::NotFound), 404);
        assert_eq!(status(Failure::Stale), 412);
        assert_eq!(status(Failure::Invalid(Vec::new())), 422);
        assert_eq!(status(Failure::VersionNeeded), 428);
        assert_eq!(status(Failure::TooMany { after_seconds: 3 }), 429);
        assert_eq!(status(DatabaseError::Engaged.into()), 409);
        assert_eq!(status(DatabaseError::Unreachable { code: "connection".into() }.into()), 503);
        assert_eq!(status(Failure::Sealing), 500);
    }

    #[test]
    fn who_tries_too_often_is_told_when_to_come_again() {
        let response = Problem::from(Failure::TooMany { after_seconds: 7 }).into_response();
        assert_eq!(response.headers()[header::RETRY_AFTER], "7");
        assert_eq!(response.headers()[header::CONTENT_TYPE], MEDIA_TYPE);
    }

    #[test]
    fn a_failure_of_the_database_says_nothing_of_it() {
        let (_, _, title) = Problem::from(Failure::from(DatabaseError::Refused { code: "23514".into() })).face();
        assert!(!title.contains("23514"));
    }
}
