//! Loading the frame.

use super::view::FrameView;
use crate::errors::AppError;
use leptos::prelude::*;

/// The frame of the requester's pages.
///
/// # Errors
/// When nobody is signed in.
#[server]
pub async fn load_frame() -> Result<FrameView, AppError> {
    use super::gather::frame_of;
    use crate::request::{request_context, signed_in};
    crate::errors::answer(async { Ok(frame_of(&request_context()?, &signed_in()?).await?) }).await
}
