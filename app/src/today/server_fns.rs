//! The server's half of Today.

use super::view::TodayView;
use crate::errors::AppError;
use leptos::prelude::*;

/// The day at a glance.
///
/// # Errors
/// When nobody of the office is signed in.
#[server]
pub async fn load_today() -> Result<TodayView, AppError> {
    crate::errors::answer(async {
        let context = crate::request::request_context()?;
        Ok(super::gather::today_of(&context).await?)
    })
    .await
}
