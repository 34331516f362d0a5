//! Why something could not be done, in a form that is safe to show: no secret, no text of anybody's.

pub mod page;

#[cfg(feature = "ssr")]
pub use page::error_document;
pub use page::{ErrorPage, NotFoundPage, Trouble};

#[cfg(feature = "ssr")]
use domain::marking::view::Viewed;
use leptos::{
    prelude::{FromServerFnError, ServerFnErrorErr},
    server_fn::codec::JsonEncoding,
};
use serde::{Deserialize, Serialize};

/// Why a page or a form could not be answered. What is wrong with a form's fields is no error but a refusal
/// ([`crate::forms::Refusal`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AppError {
    /// Nobody is signed in, or the session has ended.
    #[error("not signed in")]
    SignInNeeded,
    /// What one may know of but not do.
    #[error("not allowed")]
    NotAllowed,
    /// What is not there, or what one may not know of: the two are told apart by nothing.
    #[error("not found")]
    NotFound,
    /// It was changed since the version one saw.
    #[error("changed by somebody else")]
    Conflict,
    /// The request cannot be read.
    #[error("not readable")]
    Unreadable,
    /// More was sent than is taken at once.
    #[error("too large")]
    TooLarge,
    /// No office is reached under the name that was asked for.
    #[error("no office at this host")]
    Misdirected,
    /// Too many attempts.
    #[error("too many attempts")]
    TooMany {
        /// Seconds until the next may be made.
        seconds: u32,
    },
    /// The server could not be reached, so that it is unknown whether the request was heard.
    #[error("the server cannot be reached")]
    Unreachable,
    /// It is the program's own fault; the cause is in the log under the reference.
    #[error("failed, reference {reference}")]
    Failed {
        /// The request's id, as the log has it.
        reference: String,
    },
}

impl AppError {
    /// The status of the answer (RFC 9110, section 15; 429 of RFC 6585).
    pub const fn status(&self) -> u16 {
        match self {
            Self::SignInNeeded => 401,
            Self::NotAllowed => 403,
            Self::NotFound => 404,
            Self::Conflict => 409,
            Self::Unreadable => 400,
            Self::TooLarge => 413,
            Self::Misdirected => 421,
            Self::TooMany { .. } => 429,
            Self::Unreachable => 503,
            Self::Failed { .. } => 500,
        }
    }

    /// Says the status to the answer under way. All statuses of pages and server functions are set here.
    #[cfg(feature = "ssr")]
    pub fn set_status(&self) {
        use leptos::prelude::use_context;
        if let (Some(answer), Ok(status)) = (use_context::<leptos_axum::ResponseOptions>(), http::StatusCode::from_u16(self.status())) {
            answer.set_status(status);
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        let error = match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => Self::Unreadable,
            // In the browser it is the answer that can't be read, on the server what was sent.
            ServerFnErrorErr::Deserialization(_) if cfg!(feature = "ssr") => Self::Unreadable,
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Deserialization(_) | ServerFnErrorErr::UnsupportedRequestMethod(_) => {
                Self::Unreachable
            }
            ServerFnErrorErr::Registration(_)
            | ServerFnErrorErr::ServerError(_)
            | ServerFnErrorErr::MiddlewareError(_)
            | ServerFnErrorErr::Serialization(_)
            | ServerFnErrorErr::Response(_) => Self::Failed { reference: String::new() },
        };
        #[cfg(feature = "ssr")]
        error.set_status();
        error
    }
}

/// Runs a server function's body and sets the status of its error. Every server function that is no form's is wrapped in
/// it; a form's, which answers words alone, is wrapped in [`crate::forms::answer`].
///
/// It is the way out: what was made for another reader than the requester is not sent.
///
/// # Errors
/// With what the body fails with, and when the body's answer is another reader's, which is our own fault.
#[cfg(feature = "ssr")]
pub async fn answer<T: Viewed>(work: impl Future<Output = Result<T, AppError>> + Send) -> Result<T, AppError> {
    // Asked for at the start: what was provided may be gone when the work is done.
    let requester = crate::request::request_context();
    let answer = work.await.and_then(|view| crate::request::sent_to_requester(requester, view));
    if let Err(error) = &answer {
        error.set_status();
    }
    answer
}
