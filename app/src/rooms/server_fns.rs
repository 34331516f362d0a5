//! The server's half of the pages of rooms.

use super::{
    RoomForm,
    view::{RoomFormView, RoomListView, RoomPageView},
};
use crate::{errors::AppError, forms::Outcome};
use leptos::prelude::*;

/// The rooms that take so many people in a layout and have a feature; an empty filter lets all pass.
///
/// # Errors
/// When one may not read rooms.
#[server]
pub async fn load_rooms(
    /// Word of a layout.
    layout: String,
    /// Word of a feature.
    feature: String,
    /// How many people; what is no number lets all pass.
    people: String,
) -> Result<RoomListView, AppError> {
    use crate::{
        request::{may, request_context},
        visits::words::word_of,
    };
    use domain::{permission::Action, rooms::view::RoomView};
    crate::errors::answer(async {
        let context = request_context()?;
        let rooms = backend::rooms::list_rooms(&context).await?;
        let known = rooms.len();
        let people = people.trim().parse::<u32>().unwrap_or_default();
        let fits = |room: &RoomView| {
            let mut layouts = room.layouts.iter().filter(|it| layout.is_empty() || word_of(&it.layout) == layout);
            let holds = (layout.is_empty() && people == 0) || layouts.any(|it| it.capacity >= people);
            holds && (feature.is_empty() || room.features.iter().any(|it| word_of(it) == feature))
        };
        let rooms: Vec<RoomView> = rooms.into_iter().filter(fits).collect();
        Ok(RoomListView { is_filtered: rooms.len() < known, rooms, may_manage: may(&context, Action::ManageRooms) })
    })
    .await
}

/// How many of the holidays to come a room's page names.
#[cfg(feature = "ssr")]
const NEXT_HOLIDAYS: usize = 4;

/// A room, and the week in which a day lies, or a month.
///
/// # Errors
/// When there is none, or one may not read rooms.
#[server]
pub async fn load_room(
    /// The room.
    id: String,
    /// A day of the week that is shown, as `2027-03-17`; what is none is today.
    day: String,
    /// The month that is shown instead, as `2027-03`; what is none is no month.
    month: String,
) -> Result<RoomPageView, AppError> {
    use crate::request::request_context;
    crate::errors::answer(async { room_of(&request_context()?, id.parse().map_err(|_| AppError::NotFound)?, &day, &month).await }).await
}

/// A room, and the week in which a day lies, or a month.
#[cfg(feature = "ssr")]
pub(crate) async fn room_of(
    context: &backend::RequestContext,
    id: domain::ids::RoomId,
    day: &str,
    month: &str,
) -> Result<RoomPageView, AppError> {
    use crate::request::may;
    use backend::version::ETag;
    use chrono::{Datelike, Days};
    use domain::permission::Action;
    let today = context.today();
    let month = day_asked(&format!("{}-01", month.trim()));
    let first = month.or_else(|| day_asked(day)).unwrap_or(today);
    let monday = first - Days::new(u64::from(first.weekday().num_days_from_monday()));
    let weeks = month.map_or(1, |month| weeks_of(month, monday));
    let days = backend::rooms::board::room_days(context, id, monday, 7 * weeks).await?;
    let holidays = backend::rooms::holidays_of_site(context, days.room.site.id).await?;
    let next = holidays.into_iter().filter(|holiday| holiday.on >= today).take(NEXT_HOLIDAYS);
    let may_see_doors = may(context, Action::ManageRooms);
    let may_manage = !days.room.is_retired && may_see_doors;
    let seen = if may_manage { ETag::of(&days.room)?.as_str().to_owned() } else { String::new() };
    Ok(RoomPageView { holidays: next.collect(), days, month, today, may_manage, may_see_doors, seen })
}

/// The day that an address asks for, if it is one.
#[cfg(feature = "ssr")]
pub(crate) fn day_asked(text: &str) -> Option<chrono::NaiveDate> {
    domain::time::bounds::read_day(text).ok()
}

/// How many weeks a month touches, from the Monday of its first day.
#[cfg(feature = "ssr")]
fn weeks_of(month: chrono::NaiveDate, monday: chrono::NaiveDate) -> u32 {
    let after = month + chrono::Months::new(1);
    u32::try_from((after - monday).num_days()).unwrap_or_default().div_ceil(7)
}

/// The form of a room; of a new one without an id.
///
/// # Errors
/// When there is no such room, or rooms may not be changed.
#[server]
pub async fn load_room_form(
    /// The room, or nothing.
    id: String,
    /// The site of a new room, or nothing.
    site: String,
) -> Result<RoomFormView, AppError> {
    use crate::{
        components::Choice,
        request::{may, request_context},
    };
    use backend::version::ETag;
    use domain::permission::Action;
    crate::errors::answer(async {
        let context = request_context()?;
        let sites = backend::rooms::list_sites(&context).await?;
        let room = if id.is_empty() {
            None
        } else {
            Some(backend::rooms::read_room(&context, id.parse().map_err(|_| AppError::NotFound)?).await?)
        };
        if !may(&context, Action::ManageRooms) {
            return Err(AppError::NotAllowed);
        }
        if room.as_ref().is_some_and(|room| room.is_retired) {
            return Err(AppError::NotFound);
        }
        let sites: Vec<Choice> = sites.into_iter().map(|site| Choice::new(site.id.to_string(), site.name)).collect();
        let stored = match (&room, sites.as_slice()) {
            (Some(room), _) => RoomForm::of(room, ETag::of(room)?.as_str()),
            // Where there is one site, nobody need choose it.
            (None, [only]) => RoomForm::new_at(only.value.clone()),
            (None, _) => RoomForm::new_at(site),
        };
        Ok(RoomFormView { stored, sites })
    })
    .await
}

/// Makes a room, or changes one.
///
/// # Errors
/// When there is no such room, or rooms may not be changed.
#[server]
pub async fn save_room(
    /// The form.
    #[server(flatten)]
    form: RoomForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, answer},
        request::{refused, request_context},
    };
    use backend::version::Seen;
    answer(form, |form| async move {
        let context = request_context()?;
        let saved = if form.id.is_empty() {
            backend::rooms::create_room(&context, form.input()).await
        } else {
            let id = form.id.parse().map_err(|_| AppError::NotFound)?;
            backend::rooms::change_room(&context, id, form.input(), &Seen::from_form(&form.seen)).await
        };
        match saved {
            Ok(room) => Ok(Answer::Done(format!("/rooms/{}", room.id))),
            Err(failure) => Ok(match refused(&context, failure, None).await? {
                Answer::Refused(problems, notices) => Answer::Refused(form.in_fields(problems), notices),
                other => other,
            }),
        }
    })
    .await
}
