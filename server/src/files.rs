//! Files of missions and people, taken in and given out: plain routes beside the pages that lead to them.
//!
//! A form with a file in it is sent by the browser itself, with scripts and without; the answer leads to the page that tells
//! what became of it.

use crate::{
    AppState,
    pages::sign_in_before,
    problem::{Cause, Problem},
    requester::{Authenticated, MaybeAuthenticated},
};
use app::{
    errors::AppError,
    imports::{ImportKind, ImportOutcome, keep_outcome},
};
use axum::{
    Extension, Router,
    extract::{
        Multipart,
        multipart::{MultipartError, MultipartRejection},
    },
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use backend::{Failure, RequestContext, accounts::access::SignedIn, missions, people};

/// The form's field with the file.
const FILE: &str = "file";

/// Routes that take in and give out files.
pub fn router() -> Router<AppState> {
    Router::new()
        .route(ImportKind::Missions.path(), post(import_missions))
        .route(ImportKind::People.path(), post(import_people))
        .route(ImportKind::Missions.file(), get(export_missions))
        .route(ImportKind::People.file(), get(export_people))
}

type Sent = Result<Multipart, MultipartRejection>;

/// Takes in a file of missions.
async fn import_missions(
    MaybeAuthenticated(context): MaybeAuthenticated,
    signed_in: Option<Extension<SignedIn>>,
    sent: Sent,
) -> Result<Response, Problem> {
    import(&context, signed_in, ImportKind::Missions, sent).await
}

/// Takes in a file of people.
async fn import_people(
    MaybeAuthenticated(context): MaybeAuthenticated,
    signed_in: Option<Extension<SignedIn>>,
    sent: Sent,
) -> Result<Response, Problem> {
    import(&context, signed_in, ImportKind::People, sent).await
}

async fn import(
    context: &RequestContext,
    signed_in: Option<Extension<SignedIn>>,
    kind: ImportKind,
    sent: Sent,
) -> Result<Response, Problem> {
    // Before the file is read: whose session has ended signs in and chooses it again.
    let Some(Extension(signed_in)) = signed_in else { return Ok(Redirect::to(&sign_in_before(kind.path())).into_response()) };
    let outcome = match file_of(sent).await {
        Err(error) => ImportOutcome::Trouble(error),
        Ok(bytes) => {
            let taken = match kind {
                ImportKind::Missions => missions::import_missions(context, &bytes).await,
                ImportKind::People => people::import_people(context, &bytes).await,
            };
            match taken {
                Ok(report) => ImportOutcome::Taken(report),
                Err(Failure::Import(refusal)) => ImportOutcome::Refused { refusal, more: 0 },
                Err(failure) => return Err(failure.into()),
            }
        }
    };
    let page = keep_outcome(context, &signed_in, kind, outcome).await?;
    Ok(Redirect::to(&page).into_response())
}

/// The bytes of the file in a form; of a form without one, none.
async fn file_of(sent: Sent) -> Result<Vec<u8>, AppError> {
    let unreadable = |error: MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => AppError::TooLarge,
        _ => AppError::Unreadable,
    };
    let mut form = sent.map_err(|_| AppError::Unreadable)?;
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        if field.name() == Some(FILE) {
            return Ok(field.bytes().await.map_err(unreadable)?.to_vec());
        }
    }
    Ok(Vec::new())
}

/// Gives out the missions.
async fn export_missions(Authenticated(context): Authenticated) -> Result<Response, Problem> {
    given_out(ImportKind::Missions, missions::export_missions(&context).await?)
}

/// Gives out the people.
async fn export_people(Authenticated(context): Authenticated) -> Result<Response, Problem> {
    given_out(ImportKind::People, people::export_people(&context).await?)
}

fn given_out(kind: ImportKind, bytes: Vec<u8>) -> Result<Response, Problem> {
    let name = kind.file().trim_start_matches('/');
    let disposition = format!("attachment; filename=\"{name}\"");
    let disposition = header::HeaderValue::from_str(&disposition).map_err(|_| Problem::from(Cause::Defect))?;
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static("text/csv; charset=utf-8; header=present"));
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    Ok(response)
}
