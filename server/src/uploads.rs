//! Files that a page's form sends, and those a page gives away. What is wrong with one is told on the page, as with any refused form; what is right can be
//! kept for the form's next step, so that nobody chooses it twice.

use crate::problem::{Cause, Problem};
use app::forms::{Refusal, Typed};
use axum::{
    body::Bytes,
    extract::{
        FromRequest, Multipart, Request,
        multipart::{MultipartError, MultipartRejection},
    },
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use backend::{RequestContext, accounts::access::SignedIn, form_drafts};
use domain::{
    ids::DraftId,
    imports::FileProblem,
    problems::{FieldProblem, Problem as FieldTrouble},
};

/// The field of the file, in every form that has one.
pub const FILE: &str = "file";

/// A form with a file (RFC 7578), its other fields as typed.
#[derive(Debug, Clone, Default)]
pub struct Upload {
    /// The fields beside the file.
    pub typed: Typed,
    file: Bytes,
}

impl Upload {
    /// The file's bytes.
    ///
    /// # Errors
    /// When none was chosen. (An empty file and none are the same to a browser.)
    pub fn file(&self) -> Result<&[u8], Vec<FieldProblem>> {
        if self.file.is_empty() {
            return Err(vec![FieldProblem { field: FILE.to_owned(), problem: FieldTrouble::Missing }]);
        }
        Ok(&self.file)
    }
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let mut parts = Multipart::from_request(request, state).await?;
        let mut upload = Self::default();
        while let Some(part) = parts.next_field().await? {
            match part.name().map(str::to_owned) {
                Some(name) if name == FILE => upload.file = part.bytes().await?,
                Some(name) => upload.typed = upload.typed.with(&name, part.text().await?),
                None => {}
            }
        }
        Ok(upload)
    }
}

impl From<MultipartRejection> for Problem {
    fn from(_: MultipartRejection) -> Self {
        Cause::MediaType.into()
    }
}

impl From<MultipartError> for Problem {
    fn from(error: MultipartError) -> Self {
        if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE { Cause::TooLarge.into() } else { Cause::Unreadable.into() }
    }
}

/// Leads back to the page with the form, which tells what is wrong.
///
/// # Errors
/// When the refusal can't be kept.
pub async fn refused(context: &RequestContext, signed_in: &SignedIn, page: &str, refusal: &Refusal) -> Result<Redirect, Problem> {
    let content = serde_json::to_string(refusal).map_err(|_| Cause::Defect)?;
    let draft = form_drafts::keep(context, Some(signed_in.session), &content).await?;
    Ok(Redirect::to(&format!("{page}?draft={draft}")))
}

/// Keeps a file's text for the form's next step: sealed, for this session, for an hour.
///
/// # Errors
/// When it is no text in UTF-8 or longer than what can be kept, or the database refuses.
pub async fn keep(context: &RequestContext, signed_in: &SignedIn, file: &[u8]) -> Result<DraftId, Problem> {
    let text = std::str::from_utf8(file).map_err(|error| {
        let line = file.iter().take(error.valid_up_to()).map(|byte| u64::from(*byte == b'\n')).sum::<u64>() + 1;
        backend::Failure::from(FileProblem::NotUtf8 { line })
    })?;
    if file.len() > form_drafts::MOST_BYTES {
        return Err(backend::Failure::from(FileProblem::TooLarge { most_bytes: form_drafts::MOST_BYTES as u64 }).into());
    }
    Ok(form_drafts::keep(context, Some(signed_in.session), text).await?)
}

/// A table that the browser keeps under a name instead of showing it (RFC 4180, 3; RFC 6266, 4.2).
///
/// # Errors
/// When the name is of no form that a header can bear.
pub fn csv_to_keep(name: &str, bytes: Vec<u8>) -> Result<Response, Problem> {
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")).map_err(|_| Cause::Defect)?;
    let media_type = HeaderValue::from_static("text/csv; charset=utf-8; header=present");
    Ok(([(header::CONTENT_TYPE, media_type), (header::CONTENT_DISPOSITION, disposition)], bytes).into_response())
}
