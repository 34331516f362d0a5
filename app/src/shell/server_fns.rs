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
    crate::errors::answer(async { use_context::<FrameView>().ok_or(AppError::SignInNeeded) }).await
}
