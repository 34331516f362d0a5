//! The server's half of the page of holidays.

use super::{
    form::{OwnDayForm, RemoveOwnDayForm},
    view::HolidaysView,
};
use crate::{errors::AppError, forms::Outcome};
use leptos::prelude::*;

/// The days of a country in a year; of the office's own and this one, where nothing else is asked for.
///
/// # Errors
/// When the office may not be changed.
#[server]
pub async fn load_holidays(
    /// The country, ISO 3166-1 alpha-2, or nothing.
    country: String,
    /// The year, or nothing.
    year: String,
) -> Result<HolidaysView, AppError> {
    use super::gather::holidays_of;
    use crate::request::{may, request_context};
    use domain::permission::Action;
    crate::errors::answer(async {
        let context = request_context()?;
        context.account()?;
        if !may(&context, Action::ManageOffice) {
            return Err(AppError::NotAllowed);
        }
        Ok(holidays_of(&context, &country, &year).await?)
    })
    .await
}

/// Puts a day on the calendar.
///
/// # Errors
/// When the office may not be changed.
#[server]
pub async fn add_own_day(
    /// The form.
    #[server(flatten)]
    form: OwnDayForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, answer},
        request::{made_once, may, refused, request_context},
    };
    use domain::{
        permission::Action,
        problems::Problems,
        time::typed::{Base, read_date},
    };
    answer(form, |form| async move {
        let context = request_context()?;
        context.account()?;
        if !may(&context, Action::ManageOffice) {
            return Err(AppError::NotAllowed);
        }
        let mut problems = Problems::new();
        let on = problems.take("on", read_date(&form.on, &Base { today: context.today(), from: None }));
        let Some(on) = on else { return Ok(Answer::Refused(problems.into_vec(), Vec::new())) };
        let input = form.input(on.to_string());
        let country = form.country.trim().to_uppercase();
        let added = made_once(&context, &form, &form.once, |context| async move {
            Ok(backend::holidays::add_own_day(&context, input).await?.id.uuid())
        })
        .await;
        match added {
            Ok(id) => Ok(Answer::Done(format!("/settings/holidays?country={country}&year={}&added={id}", chrono::Datelike::year(&on)))),
            Err(failure) => refused(&context, failure, None).await,
        }
    })
    .await
}

/// Takes a day off the calendar.
///
/// # Errors
/// When there is no such day, or the office may not be changed.
#[server]
pub async fn remove_own_day(
    /// The form.
    #[server(flatten)]
    form: RemoveOwnDayForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, answer},
        request::{refused, request_context},
    };
    use domain::ids::OwnDayId;
    answer(form, |form| async move {
        let context = request_context()?;
        context.account()?;
        let id: OwnDayId = form.id.parse().map_err(|_| AppError::NotFound)?;
        // The page shows the country and the year it showed before, if that is what they are.
        let country: String = form.country.chars().filter(char::is_ascii_uppercase).take(2).collect();
        let year = form.year.parse::<u16>().map(|year| year.to_string()).unwrap_or_default();
        match backend::holidays::remove_own_day(&context, id).await {
            Ok(()) => Ok(Answer::Done(format!("/settings/holidays?country={country}&year={year}&removed={id}"))),
            Err(failure) => refused(&context, failure, None).await,
        }
    })
    .await
}
