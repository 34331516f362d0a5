//! The server's half of the pages of series.

use super::{
    CancelSeriesForm, SeriesDaysForm, SeriesForm,
    view::{SeriesDaysView, SeriesFormView, SeriesPageView},
};
use crate::{errors::AppError, forms::Outcome};
use leptos::prelude::*;

/// A series.
///
/// # Errors
/// When there is none for the requester, or one may not read rooms.
#[server]
pub async fn load_series(
    /// The series.
    id: String,
) -> Result<SeriesPageView, AppError> {
    use super::gather::{may_change, version};
    use crate::request::request_context;
    use domain::{marking::view::Named, time::Moment};
    crate::errors::answer(async {
        let context = request_context()?;
        let series = backend::rooms::series::read_series(&context, id.parse().map_err(|_| AppError::NotFound)?).await?;
        let mut rooms = backend::rooms::list_rooms(&context).await?;
        for id in std::iter::once(series.booking.room_id).chain(series.occurrences.iter().map(|it| it.room_id)) {
            // A room that is retired since is named by what was in it.
            if !rooms.iter().any(|room| room.id == id) {
                rooms.push(backend::rooms::read_room(&context, id).await?);
            }
        }
        let room = rooms.iter().find(|room| room.id == series.booking.room_id).ok_or(AppError::NotFound)?;
        let is_in = |id| id == room.id || series.occurrences.iter().any(|it| it.room_id == id);
        let named = rooms.iter().filter(|room| is_in(room.id)).map(|room| Named { id: room.id, name: room.name.clone() });
        let has_begun = |starts: &domain::time::agreed::MomentView| Moment::from(starts.clone()).at() <= context.now();
        let may_change = may_change(&context, &series);
        Ok(SeriesPageView {
            rooms: named.collect(),
            site: room.site.clone(),
            has_other_clocks: room.zone != series.recurrence.zone,
            seen: if may_change { version(&series)? } else { String::new() },
            begun: u32::try_from(series.occurrences.iter().filter(|it| has_begun(&it.starts)).count()).unwrap_or(u32::MAX),
            may_change,
            series,
        })
    })
    .await
}

/// The form of a series, or of a part of it; of a new one without an id.
///
/// # Errors
/// When there is no such series for the requester, or it may not be changed, or no room be booked.
#[server]
pub async fn load_series_form(
    /// The series, or nothing.
    id: String,
    /// How much of it is changed.
    reach: String,
    /// From which day on.
    on: String,
) -> Result<SeriesFormView, AppError> {
    use super::{
        gather::{form_of, may_change, version},
        reading::part,
    };
    use crate::{
        bookings::{BookingForm, gather::may_book},
        components::Choice,
        request::{may, request_context, zone_names},
        visits::words::word_of,
    };
    use domain::{ids::BookingId, permission::Action, rooms::series::input::Repeats};
    crate::errors::answer(async {
        let context = request_context()?;
        let series = if id.is_empty() {
            None
        } else {
            Some(backend::rooms::series::read_series(&context, id.parse().map_err(|_| AppError::NotFound)?).await?)
        };
        let rooms = backend::rooms::list_rooms(&context).await?;
        if !series.as_ref().map_or_else(|| may(&context, Action::BookRoom), |series| may_change(&context, series)) {
            return Err(AppError::NotAllowed);
        }
        let own = |id| series.as_ref().is_some_and(|series| series.booking.room_id == id);
        let stored = match &series {
            None => {
                let booking = BookingForm::new_on(context.today(), context.new_id::<BookingId>().to_string());
                SeriesForm { repeats: word_of(&Repeats::Weekly), booking, ..SeriesForm::default() }
            }
            Some(series) => {
                let room = rooms.iter().find(|room| own(room.id)).ok_or(AppError::NotFound)?;
                let part = part(&reach, &on).ok_or(AppError::NotFound)?;
                let mut form = form_of(&context, series, part, &room.zone).ok_or(AppError::NotFound)?;
                form.booking.seen = version(series)?;
                form
            }
        };
        let offered = rooms.iter().filter(|room| own(room.id) || may_book(&context, room));
        Ok(SeriesFormView {
            rooms: offered.map(|room| Choice::new(room.id.to_string(), format!("{}, {}", room.name, room.site.name))).collect(),
            zones: zone_names(&context),
            ceiling: context.reader().ceiling(),
            series,
            stored,
        })
    })
    .await
}

/// Looks at the days of a series before it is saved: keeps the form and leads to them.
///
/// # Errors
/// When there is no such series for the requester, or it may not be changed, or no room be booked.
#[server]
pub async fn look_at_series(
    /// The form.
    #[server(flatten)]
    form: SeriesForm,
) -> Result<Outcome, AppError> {
    use super::{
        gather::{asked, kept},
        reading::in_fields,
    };
    use crate::{
        forms::{Answer, Notice, NoticeLevel, answer},
        request::{may, refused, request_context, with_what_else_is_wrong},
    };
    use backend::{Failure, rooms::series::check_series};
    use domain::permission::Action;
    use language::{Locale, Words};
    answer(form, |form| async move {
        let context = request_context()?;
        let asked = asked(&context, &form).await?;
        let checked = check_series(&context, &asked.input, asked.changes).await;
        let failure = match checked {
            Err(Failure::Forbidden) if may(&context, Action::BookRoom) => {
                let kept_for_others = Notice::new(NoticeLevel::Block, Words::new(Locale::English).bookings_room_kept());
                return Ok(Answer::Refused(Vec::new(), vec![kept_for_others]));
            }
            Err(failure @ (Failure::Forbidden | Failure::NotFound)) => return Err(failure.into()),
            checked if !asked.unread.is_empty() => {
                let in_form = checked.map_err(|failure| match failure {
                    Failure::Invalid(problems) => Failure::Invalid(in_fields(problems)),
                    other => other,
                });
                with_what_else_is_wrong(asked.unread, in_form)?
            }
            Ok(_) => return Ok(Answer::Done(format!("/series/days?draft={}", kept(&form, Vec::new()).await))),
            Err(failure) => failure,
        };
        match failure {
            Failure::Invalid(problems) => Ok(Answer::Refused(in_fields(problems), Vec::new())),
            failure => refused(&context, failure, None).await,
        }
    })
    .await
}

/// The days of a series whose form is kept: each with what would become of it.
///
/// # Errors
/// When no room may be booked, or the series not be changed.
#[server]
pub async fn load_series_days(
    /// Under which the form is kept.
    draft: String,
) -> Result<SeriesDaysView, AppError> {
    use super::gather::{asked, may_book, page_of_form, recalled};
    use crate::request::request_context;
    use backend::{Failure, rooms::series::check_series};
    crate::errors::answer(async {
        let context = request_context()?;
        may_book(&context)?;
        let lost = SeriesDaysView { preview: None, room: String::new(), form: "/series/new".to_owned(), is_change: false };
        let Some(form) = recalled(&draft).await? else { return Ok(lost) };
        let asked = asked(&context, &form).await?;
        let preview = match check_series(&context, &asked.input, asked.changes).await {
            Ok(preview) => preview,
            Err(Failure::Invalid(_)) => return Ok(lost),
            Err(failure) => return Err(failure.into()),
        };
        let room = backend::rooms::read_room(&context, preview.booking.room_id).await?;
        Ok(SeriesDaysView {
            room: format!("{}, {}", room.name, room.site.name),
            form: page_of_form(&form, &draft),
            is_change: asked.changes.is_some(),
            preview: Some(preview),
        })
    })
    .await
}

/// Saves the series whose form is kept, with what was answered for the days that cannot be had; or leads back to them.
///
/// # Errors
/// When there is no such series for the requester, or it may not be changed, or no room be booked.
#[server]
pub async fn save_series(
    /// The form.
    #[server(flatten)]
    form: SeriesDaysForm,
) -> Result<Outcome, AppError> {
    use super::{
        gather::{asked, kept, kept_with, may_book, page_of_form, recalled, version},
        reading::in_fields,
    };
    use crate::{
        forms::{Answer, Notice, NoticeLevel, answer},
        request::{made_once, refused, request_context},
    };
    use backend::{
        Failure,
        rooms::series::{change_series, check_series, create_series, read_series},
        version::Seen,
    };
    use domain::rooms::series::view::Verdict;
    use language::{Locale, Words};
    answer(form, |days| async move {
        let context = request_context()?;
        may_book(&context)?;
        let Some(form) = recalled(&days.kept).await? else {
            let lost = Notice::new(NoticeLevel::Block, Words::new(Locale::English).form_draft_lost());
            return Ok(Answer::Refused(Vec::new(), vec![lost]));
        };
        let before = asked(&context, &form).await?;
        let checked = check_series(&context, &before.input, before.changes).await;
        let open = checked.iter().flat_map(|preview| &preview.occurrences).filter(|it| it.verdict == Verdict::Refused).map(|it| it.on);
        let form = days.onto(form, open.collect::<Vec<_>>());
        let asked = asked(&context, &form).await?;
        let saved = match asked.changes {
            None => {
                let input = asked.input;
                let make = |context| async move { Ok(create_series(&context, input).await?.id.uuid()) };
                made_once(&context, &form, &form.booking.once, make).await
            }
            Some((id, part)) => {
                let seen = Seen::from_form(&form.booking.seen);
                change_series(&context, id, part, asked.input, &seen).await.map(|series| series.id.uuid())
            }
        };
        match saved {
            Ok(id) => Ok(Answer::Done(format!("/series/{id}"))),
            Err(Failure::SeriesRefused(_)) => Ok(Answer::Done(format!("/series/days?again=yes&draft={}", kept(&form, Vec::new()).await))),
            Err(Failure::Invalid(problems)) => {
                let draft = kept(&form, in_fields(problems)).await;
                Ok(Answer::Done(page_of_form(&form, &draft)))
            }
            // What was typed comes back, with the version there is now: who looks at its days again sees the series as it is.
            Err(Failure::Stale) if before.changes.is_some() => {
                let (id, _) = before.changes.ok_or(AppError::NotFound)?;
                let mut form = form;
                form.booking.seen = version(&read_series(&context, id).await?)?;
                let stale = Notice::new(NoticeLevel::Block, Words::new(Locale::English).series_stale());
                let draft = kept_with(&form, Vec::new(), vec![stale]).await;
                Ok(Answer::Done(page_of_form(&form, &draft)))
            }
            Err(failure) => {
                let Answer::Refused(problems, notices) = refused(&context, failure, None).await? else { return Err(AppError::NotFound) };
                let draft = kept_with(&form, problems, notices).await;
                Ok(Answer::Done(page_of_form(&form, &draft)))
            }
        }
    })
    .await
}

/// Cancels a series, or a part of it, and gives the room back.
///
/// # Errors
/// When there is no such series for the requester, or it may not be cancelled.
#[server]
pub async fn cancel_series(
    /// The form.
    #[server(flatten)]
    form: CancelSeriesForm,
) -> Result<Outcome, AppError> {
    use super::{gather::may_change, reading::part};
    use crate::{
        forms::{Answer, answer},
        request::{refused, request_context},
    };
    use backend::{Failure, rooms::series, version::Seen};
    use domain::{
        ids::SeriesId,
        problems::{FieldProblem, Problem},
    };
    answer(form, |form| async move {
        let context = request_context()?;
        let id: SeriesId = form.id.parse().map_err(|_| AppError::NotFound)?;
        if !may_change(&context, &series::read_series(&context, id).await?) {
            return Err(AppError::NotAllowed);
        }
        let Some(part) = part(&form.reach, &form.on) else {
            let field = if form.reach.is_empty() { "reach" } else { "on" };
            return Ok(Answer::Refused(vec![FieldProblem { field: field.to_owned(), problem: Problem::Missing }], Vec::new()));
        };
        match series::cancel_series(&context, id, part, &Seen::from_form(&form.seen)).await {
            Ok(()) => match series::read_series(&context, id).await {
                Ok(_) => Ok(Answer::Done(format!("/series/{id}"))),
                Err(Failure::NotFound) => Ok(Answer::Done("/bookings".to_owned())),
                Err(failure) => Err(failure.into()),
            },
            Err(failure) => refused(&context, failure, None).await,
        }
    })
    .await
}
