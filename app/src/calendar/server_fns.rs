//! The server's half of the calendar.

use super::{asked::CalendarAsked, view::CalendarView};
use crate::errors::AppError;
use leptos::prelude::*;

/// A stretch of days of all visits that one may know of.
///
/// # Errors
/// When nobody is signed in.
#[server]
pub async fn load_calendar(
    /// Which days, narrowed to what.
    #[server(flatten)]
    asked: CalendarAsked,
) -> Result<CalendarView, AppError> {
    crate::errors::answer(async {
        let context = crate::request::request_context()?;
        Ok(super::gather::calendar_of(&context, &asked).await?)
    })
    .await
}
