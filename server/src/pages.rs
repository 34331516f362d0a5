//! Pages and the functions behind them, each with the request's context.

use crate::{AppState, files};
use app::{
    errors::AppError,
    forms::{FormDrafts, KeepsFormDrafts, Kept},
    request::provide_request,
    routes::App,
    shell::document,
};
use axum::{
    Router,
    extract::Request,
    http::{Method, header, request::Parts},
    middleware::{self, Next},
    response::{IntoResponse, Redirect, Response},
};
use backend::{Failure, RequestContext, accounts::access::SignedIn, form_drafts};
use domain::ids::{DraftId, SessionId};
use language::Locale;
use leptos::prelude::*;
use leptos_axum::{LeptosRoutes, generate_route_list};
use std::sync::Arc;

/// What the browser's half is called, compiled into the pages too.
pub const OUTPUT_NAME: &str = "chancery";

/// Pages for who is not signed in, and what lies below them.
const OPEN: [&str; 4] = ["/sign-in", "/invitation", "/code", "/public"];

/// Routes of all pages and server functions, and of the files beside them.
pub fn router(state: &AppState) -> Router<AppState> {
    let options = state.serving.leptos.clone();
    let routes = generate_route_list(App);
    Router::new()
        .leptos_routes_with_context(state, routes, provide, move || document(options.clone()))
        .merge(files::router())
        .layer(middleware::from_fn(guard))
}

/// Gives pages and server functions what the layers found out. While routes are listed there is no request.
fn provide() {
    let Some(parts) = use_context::<Parts>() else { return };
    provide_request();
    provide_context(Locale::English);
    if let Some(context) = parts.extensions.get::<RequestContext>() {
        let session = parts.extensions.get::<SignedIn>().map(|signed_in| signed_in.session);
        provide_context(FormDrafts(Arc::new(DraftsOfRequest { context: context.clone(), session })));
    }
}

/// The layer before rendering: a view's own guard can't keep its body from being sent. Server functions guard themselves.
async fn guard(request: Request, next: Next) -> Response {
    let is_page = matches!(*request.method(), Method::GET | Method::HEAD) && !request.uri().path().starts_with("/api/");
    let asks_for_page =
        request.headers().get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).is_some_and(|accept| accept.contains("text/html"));
    if is_page && asks_for_page && !is_open(request.uri().path()) && request.extensions().get::<SignedIn>().is_none() {
        return Redirect::to(&sign_in_before(request.uri().path_and_query().map_or("/", |wanted| wanted.as_str()))).into_response();
    }
    next.run(request).await
}

fn is_open(path: &str) -> bool {
    OPEN.iter().any(|open| path.strip_prefix(open).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

/// The address of the sign-in page that leads on to the page wanted.
pub(crate) fn sign_in_before(wanted: &str) -> String {
    if wanted == "/" {
        return "/sign-in".to_owned();
    }
    let escaped: String = wanted
        .bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect();
    format!("/sign-in?next={escaped}")
}

/// Refused forms of one request's session.
struct DraftsOfRequest {
    context: RequestContext,
    session: Option<SessionId>,
}

impl DraftsOfRequest {
    fn failed(context: &RequestContext, failure: &Failure) -> AppError {
        tracing::error!(error = %failure, "a form draft failed");
        AppError::Failed { reference: context.request_id().to_string() }
    }
}

impl KeepsFormDrafts for DraftsOfRequest {
    fn keep(&self, content: String) -> Kept<DraftId> {
        let (context, session) = (self.context.clone(), self.session);
        Box::pin(async move { form_drafts::keep(&context, session, &content).await.map_err(|failure| Self::failed(&context, &failure)) })
    }

    fn recall(&self, draft: DraftId) -> Kept<Option<String>> {
        let (context, session) = (self.context.clone(), self.session);
        Box::pin(async move { form_drafts::recall(&context, session, draft).await.map_err(|failure| Self::failed(&context, &failure)) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_some_pages_are_open() {
        assert!(is_open("/sign-in") && is_open("/invitation/chi_x") && is_open("/code") && is_open("/public"));
        assert!(!is_open("/") && !is_open("/sign-into") && !is_open("/visits"));
    }

    #[test]
    fn signing_in_leads_on_to_the_page_wanted() {
        assert_eq!(sign_in_before("/"), "/sign-in");
        assert_eq!(sign_in_before("/visits?day=2&x=a b"), "/sign-in?next=/visits%3Fday%3D2%26x%3Da%20b");
    }
}
