//! A problem as a page, for a browser that asked for one: what happened, what to do, and the reference that is in the log.

use crate::{api, problem::Cause, problem::Problem};
use app::errors::{AppError, error_document};
use axum::{
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use backend::Failure;
use domain::ids::RequestId;
use language::Locale;

/// Where feeds lie: whatever asks there is a calendar program, or is to learn no more than one.
const FEEDS: &str = "/feeds/";

/// Whether a request is a browser's that shows what it is answered.
pub(crate) fn asks_for_page(request: &Request) -> bool {
    let path = request.uri().path();
    let accepts = request.headers().get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    accepts.is_some_and(|accept| accept.contains("text/html")) && !path.starts_with(api::ROOT) && !path.starts_with(FEEDS)
}

/// What a page says of a problem; none where only an operator can help.
fn told(problem: &Problem, id: Option<RequestId>) -> Option<AppError> {
    Some(match problem.cause() {
        Cause::NoOffice => return None,
        Cause::Failure(Failure::TooMany { after_seconds }) => {
            AppError::TooMany { seconds: u32::try_from(*after_seconds).unwrap_or(u32::MAX) }
        }
        _ => match problem.status() {
            StatusCode::UNAUTHORIZED => AppError::SignInNeeded,
            StatusCode::FORBIDDEN => AppError::NotAllowed,
            StatusCode::NOT_FOUND => AppError::NotFound,
            StatusCode::CONFLICT | StatusCode::PRECONDITION_FAILED => AppError::Conflict,
            StatusCode::PAYLOAD_TOO_LARGE => AppError::TooLarge,
            StatusCode::MISDIRECTED_REQUEST => AppError::Misdirected,
            status if status.is_client_error() => AppError::Unreadable,
            _ => AppError::Failed { reference: id.map(|id| id.to_string()).unwrap_or_default() },
        },
    })
}

/// The answer to a problem with a page in place of its body; the same answer where there is nothing to say in one.
pub(crate) fn as_page(answer: Response, problem: &Problem, id: Option<RequestId>) -> Response {
    let Some(error) = told(problem, id) else { return answer };
    let (mut parts, _) = answer.into_parts();
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, error_document(&error, Locale::English).into())
}
