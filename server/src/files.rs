//! Files of missions, people, rooms, sites, blackouts and holidays, taken in and given out: plain routes beside the pages that lead to them.
//!
//! A form with a file in it is sent by the browser itself, with scripts and without; the answer leads to the page that tells
//! what became of it.

use crate::{
    AppState,
    pages::sign_in_before,
    problem::{Cause, Problem},
    requester::{Authenticated, MaybeAuthenticated},
    uploads::{Upload, csv_to_keep},
};
use app::{
    errors::AppError,
    imports::{ImportKind, ImportOutcome, keep_outcome},
};
use axum::{
    Extension, Router,
    response::{IntoResponse, Redirect, Response},
    routing::{MethodRouter, get, post},
};
use backend::{Failure, RequestContext, accounts::access::SignedIn, holidays, missions, people, rooms::files};

/// Routes that take in and give out files.
pub fn router() -> Router<AppState> {
    Router::new()
        .route(ImportKind::Missions.path(), post(import_missions))
        .route(ImportKind::People.path(), post(import_people))
        .route(ImportKind::Rooms.path(), post(import_rooms))
        .route(ImportKind::Sites.path(), post(import_sites))
        .route(ImportKind::Blackouts.path(), post(import_blackouts))
        .route(ImportKind::Holidays.path(), post(import_holidays))
        .merge(given_out(ImportKind::Missions, get(export_missions)))
        .merge(given_out(ImportKind::People, get(export_people)))
        .merge(given_out(ImportKind::Rooms, get(export_rooms)))
        .merge(given_out(ImportKind::Sites, get(export_sites)))
        .merge(given_out(ImportKind::Blackouts, get(export_blackouts)))
}

/// The route that gives a file out, where there is one.
fn given_out(kind: ImportKind, export: MethodRouter<AppState>) -> Router<AppState> {
    match kind.file() {
        Some(path) => Router::new().route(path, export),
        None => Router::new(),
    }
}

type Sent = Result<Upload, Problem>;

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

/// Takes in a file of rooms.
async fn import_rooms(
    MaybeAuthenticated(context): MaybeAuthenticated,
    signed_in: Option<Extension<SignedIn>>,
    sent: Sent,
) -> Result<Response, Problem> {
    import(&context, signed_in, ImportKind::Rooms, sent).await
}

/// Takes in a file of sites.
async fn import_sites(
    MaybeAuthenticated(context): MaybeAuthenticated,
    signed_in: Option<Extension<SignedIn>>,
    sent: Sent,
) -> Result<Response, Problem> {
    import(&context, signed_in, ImportKind::Sites, sent).await
}

/// Takes in a file of blackouts.
async fn import_blackouts(
    MaybeAuthenticated(context): MaybeAuthenticated,
    signed_in: Option<Extension<SignedIn>>,
    sent: Sent,
) -> Result<Response, Problem> {
    import(&context, signed_in, ImportKind::Blackouts, sent).await
}

/// Takes in an iCalendar file of holidays.
async fn import_holidays(
    MaybeAuthenticated(context): MaybeAuthenticated,
    signed_in: Option<Extension<SignedIn>>,
    sent: Sent,
) -> Result<Response, Problem> {
    import(&context, signed_in, ImportKind::Holidays, sent).await
}

async fn import(
    context: &RequestContext,
    signed_in: Option<Extension<SignedIn>>,
    kind: ImportKind,
    sent: Sent,
) -> Result<Response, Problem> {
    // Before the file is read: whose session has ended signs in and chooses it again.
    let Some(Extension(signed_in)) = signed_in else { return Ok(Redirect::to(&sign_in_before(kind.path())).into_response()) };
    let outcome = match sent {
        Err(problem) => ImportOutcome::Trouble(match problem.cause() {
            Cause::TooLarge => AppError::TooLarge,
            _ => AppError::Unreadable,
        }),
        Ok(upload) => {
            // A form without a file is refused as an empty one is.
            let file = upload.file().unwrap_or_default();
            let taken = match kind {
                ImportKind::Missions => missions::import_missions(context, file).await,
                ImportKind::People => people::import_people(context, file).await,
                ImportKind::Rooms => files::import_rooms(context, file).await,
                ImportKind::Sites => files::import_sites(context, file).await,
                ImportKind::Blackouts => files::import_blackouts(context, file).await,
                ImportKind::Holidays => holidays::import_calendar(context, file).await,
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

/// Gives out the missions.
async fn export_missions(Authenticated(context): Authenticated) -> Result<Response, Problem> {
    csv_to_keep("missions.csv", missions::export_missions(&context).await?)
}

/// Gives out the people.
async fn export_people(Authenticated(context): Authenticated) -> Result<Response, Problem> {
    csv_to_keep("people.csv", people::export_people(&context).await?)
}

/// Gives out the rooms.
async fn export_rooms(Authenticated(context): Authenticated) -> Result<Response, Problem> {
    csv_to_keep("rooms.csv", files::export_rooms(&context).await?)
}

/// Gives out the sites.
async fn export_sites(Authenticated(context): Authenticated) -> Result<Response, Problem> {
    csv_to_keep("sites.csv", files::export_sites(&context).await?)
}

/// Gives out the blackouts.
async fn export_blackouts(Authenticated(context): Authenticated) -> Result<Response, Problem> {
    csv_to_keep("blackouts.csv", files::export_blackouts(&context).await?)
}
