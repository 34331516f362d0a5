//! The server's half of a form.

use super::{FormDrafts, FormFields, Notice, NoticeLevel, Outcome, Refusal, Typed, local_path};
use crate::errors::AppError;
use domain::problems::FieldProblem;
use http::{HeaderMap, HeaderValue, StatusCode, Uri, header, request::Parts};
use language::{Locale, Words};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

/// What the body of a form's server function ends with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It is done; the page to go to.
    Done(String),
    /// Nothing was changed: what is wrong with the fields and with the whole.
    Refused(Vec<FieldProblem>, Vec<Notice>),
    /// Nothing was changed, because somebody else changed the thing after the form was opened: the form of it as it is now,
    /// with the version that a form sent over it has seen.
    Newer(Typed),
}

/// Runs the body of a form's server function and brings its answer to the page, with scripts or without.
///
/// A taken alternative is put into the fields before the body sees them. A plain post, which a browser without scripts
/// sends, is answered 303 (RFC 9110, 15.4.4): to the next page, or back to the form with a draft of what was typed. The
/// page posted from is known by `Referer`, which the policy `same-origin` keeps.
///
/// # Errors
/// With what the body fails with, if the request comes from a script.
pub async fn answer<F, W>(form: F, body: impl FnOnce(F) -> W + Send) -> Result<Outcome, AppError>
where
    F: FormFields,
    W: Future<Output = Result<Answer, AppError>> + Send,
{
    let form = form.with_taken();
    let typed = form.typed();
    let refusal = |answer| {
        let form = F::NAME.to_owned();
        match answer {
            Ok(Answer::Done(to)) => Err(local_path(&to).to_owned()),
            Ok(Answer::Refused(problems, notices)) => Ok(Refusal { form, problems, notices, typed, newer: None, trouble: None }),
            Ok(Answer::Newer(now)) => {
                let notices = vec![Notice::new(NoticeLevel::Block, Words::new(Locale::English).form_newer())];
                Ok(Refusal { form, problems: Vec::new(), notices, typed, newer: Some(now), trouble: None })
            }
            Err(error) => Ok(Refusal { form, problems: Vec::new(), notices: Vec::new(), typed, newer: None, trouble: Some(error) }),
        }
    };
    let plain = use_context::<Parts>().filter(|parts| is_plain_post(&parts.headers));
    let answer = refusal(body(form).await);
    let Some(parts) = plain else {
        return match answer {
            Err(to) => Ok(Outcome::Done { to }),
            Ok(Refusal { trouble: Some(error), .. }) => {
                error.set_status();
                Err(error)
            }
            Ok(refusal) => Ok(Outcome::Refused(refusal)),
        };
    };
    match answer {
        Err(to) => {
            see_other(&to);
            Ok(Outcome::Done { to })
        }
        Ok(refusal) => {
            see_other(&with_draft(&page_posted_from(&parts.headers), &keep(&refusal).await));
            Ok(Outcome::Refused(refusal))
        }
    }
}

/// Whether a browser posted the form by itself; the script's own requests do not ask for HTML.
fn is_plain_post(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).is_some_and(|accept| accept.contains("text/html"))
}

/// The path and query of the page with the form, without the draft it may already have shown.
fn page_posted_from(headers: &HeaderMap) -> String {
    let referer = headers.get(header::REFERER).and_then(|referer| referer.to_str().ok()).and_then(|referer| referer.parse::<Uri>().ok());
    let Some(uri) = referer else { return "/".to_owned() };
    let query: Vec<&str> =
        uri.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("draft=")).collect();
    let page = if query.is_empty() { uri.path().to_owned() } else { format!("{}?{}", uri.path(), query.join("&")) };
    local_path(&page).to_owned()
}

fn with_draft(page: &str, draft: &str) -> String {
    let joint = if page.contains('?') { '&' } else { '?' };
    format!("{page}{joint}draft={draft}")
}

/// Keeps the refusal and gives the id of its draft; an answer without an id leads to a page that says it could not be kept.
pub(crate) async fn keep(refusal: &Refusal) -> String {
    let (Some(FormDrafts(drafts)), Ok(content)) = (use_context::<FormDrafts>(), serde_json::to_string(refusal)) else {
        return String::new();
    };
    match drafts.keep(content).await {
        Ok(id) => id.to_string(),
        Err(error) => {
            tracing::warn!(%error, form = refusal.form, "a refused form could not be kept");
            String::new()
        }
    }
}

fn see_other(to: &str) {
    if let (Some(answer), Ok(to)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(to)) {
        answer.set_status(StatusCode::SEE_OTHER);
        answer.insert_header(header::LOCATION, to);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(referer: &str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert(header::REFERER, HeaderValue::from_str(referer).unwrap());
        page_posted_from(&headers)
    }

    #[test]
    fn one_comes_back_to_the_page_with_the_form() {
        assert_eq!(from("http://127.0.0.1:3000/visits/new"), "/visits/new");
        assert_eq!(from("http://127.0.0.1:3000/visits?day=2&draft=old"), "/visits?day=2");
        assert_eq!(page_posted_from(&HeaderMap::new()), "/");
    }

    #[test]
    fn the_draft_joins_the_query() {
        assert_eq!(with_draft("/visits/new", "7"), "/visits/new?draft=7");
        assert_eq!(with_draft("/visits?day=2", "7"), "/visits?day=2&draft=7");
    }
}
