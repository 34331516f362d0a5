//! What the pages of series show, gathered from the use cases.

use super::{SeriesForm, reading::part};
use crate::{
    bookings::gather::zone_of_room,
    errors::AppError,
    forms::{Draft, FormFields, Notice, Refusal, keep, recall_draft},
    request::may,
};
use backend::{Outcome, RequestContext, rooms::series::Part};
use domain::{
    ids::SeriesId,
    marking::view::BookingView,
    permission::Action,
    problems::{FieldProblem, Problems},
    rooms::series::{Reach, SeriesDay, input::SeriesInput, view::SeriesView},
    time::{Moment, clocks::hours_minutes},
};

/// That the requester may book rooms at all.
pub(super) fn may_book(context: &RequestContext) -> Result<(), AppError> {
    context.account()?;
    if may(context, Action::BookRoom) { Ok(()) } else { Err(AppError::NotAllowed) }
}

/// What a form asks for: with what is wrong with it as far as it could not be read.
pub(super) struct Asked {
    pub(super) input: SeriesInput,
    pub(super) unread: Problems,
    /// The series and the part of it that is changed.
    pub(super) changes: Option<(SeriesId, Part)>,
}

/// What the form of a series asks for.
pub(super) async fn asked(context: &RequestContext, form: &SeriesForm) -> Result<Asked, AppError> {
    let changes = if form.booking.id.is_empty() {
        None
    } else {
        let id = form.booking.id.parse().map_err(|_| AppError::NotFound)?;
        Some((id, part(&form.reach, &form.on).ok_or(AppError::NotFound)?))
    };
    let mut unread = Problems::new();
    let zone = zone_of_room(context, &form.booking.room_id).await?;
    let times = form.booking.times(&zone).read(&mut unread, context.today(), context.zones());
    let input = form.input(times, &mut unread, context.today());
    Ok(Asked { input, unread, changes })
}

/// Keeps the form of a series, with what is wrong with it, and gives the name it is kept under.
pub(super) async fn kept(form: &SeriesForm, problems: Vec<FieldProblem>) -> String {
    kept_with(form, problems, Vec::new()).await
}

/// The same, with what is wrong with the whole of it.
pub(super) async fn kept_with(form: &SeriesForm, problems: Vec<FieldProblem>, notices: Vec<Notice>) -> String {
    let refusal = Refusal { form: SeriesForm::NAME.to_owned(), problems, notices, typed: form.typed(), newer: None, trouble: None };
    keep(&refusal).await
}

/// The form of a series that was kept, if it still is.
pub(super) async fn recalled(draft: &str) -> Result<Option<SeriesForm>, AppError> {
    let Draft::Kept(refusal) = recall_draft(draft.to_owned()).await? else { return Ok(None) };
    let typed = serde_json::to_value(&refusal.typed).ok().filter(|_| refusal.form == SeriesForm::NAME);
    Ok(typed.and_then(|typed| serde_json::from_value(typed).ok()))
}

/// The page of a form that is kept.
pub(super) fn page_of_form(form: &SeriesForm, draft: &str) -> String {
    if form.booking.id.is_empty() {
        format!("/series/new?draft={draft}")
    } else {
        format!("/series/{}/edit?reach={}&on={}&draft={draft}", form.booking.id, form.reach, form.on)
    }
}

/// The form of a series out of that of a booking that is to come again, and the page where it is.
pub(crate) async fn repeating(context: &RequestContext, booking: crate::bookings::BookingForm) -> Result<String, AppError> {
    may_book(context)?;
    let form = SeriesForm {
        repeats: "weekly".to_owned(),
        booking: crate::bookings::BookingForm { repeat: String::new(), ..booking },
        ..SeriesForm::default()
    };
    let draft = kept(&form, Vec::new()).await;
    Ok(page_of_form(&form, &draft))
}

/// The day from which on a part of a series is changed, if there is anything to change.
pub(super) fn first_changed(context: &RequestContext, series: &SeriesView, part: Part) -> Option<SeriesDay> {
    let is_to_come = |starts: &domain::time::agreed::MomentView| Moment::from(starts.clone()).at() > context.now();
    let reached = series.occurrences.iter().filter(|it| !it.is_detached && is_to_come(&it.starts));
    reached.map(|it| it.on).filter(|on| part.reach == Reach::All || part.on.is_some_and(|from| *on >= from)).min()
}

/// Whether the requester may change and cancel a series.
pub(super) fn may_change(context: &RequestContext, series: &SeriesView) -> bool {
    crate::bookings::gather::may_change(context, &series.booking)
}

/// The form of a part of a series as the requester sees it now.
pub(super) fn form_of(context: &RequestContext, series: &SeriesView, part: Part, site_zone: &str) -> Option<SeriesForm> {
    let from = first_changed(context, series, part)?;
    let date = from.date().or(from.first_of_month())?;
    let recurrence = &series.recurrence;
    let starts = domain::time::WallTime::new(date.and_time(recurrence.starts));
    let ends = starts.plus_minutes(recurrence.minutes)?;
    let (reach, on) = match part.reach {
        Reach::This => ("this", part.on),
        Reach::Following => ("following", part.on),
        Reach::All => ("all", None),
    };
    let view: &BookingView = &series.booking;
    let booking = crate::bookings::BookingForm::of(view, &view.ends, None, site_zone, "");
    Some(SeriesForm {
        reach: reach.to_owned(),
        on: on.map(|on| on.to_string()).unwrap_or_default(),
        booking: crate::bookings::BookingForm {
            id: series.id.to_string(),
            date: date.to_string(),
            starts: hours_minutes(starts),
            ends: crate::times::typed_time(ends, date),
            starts_offset: String::new(),
            ends_offset: String::new(),
            ..booking
        },
        ..SeriesForm::default()
    })
}

/// The version of a series that its form has seen.
pub(super) fn version(series: &SeriesView) -> Outcome<String> {
    Ok(backend::version::ETag::of(series)?.as_str().to_owned())
}
