//! The server's half of the pages of bookings.

use super::{
    BookingForm, CancelBookingForm,
    view::{BookingFormView, BookingPageView, OwnBookingsView},
};
use crate::{errors::AppError, forms::Outcome};
use leptos::prelude::*;

/// A page of one's own bookings that are not over, by start.
///
/// # Errors
/// When one may not read rooms.
#[server]
pub async fn load_own_bookings(
    /// What asks for the page; nothing for the first.
    after: String,
) -> Result<OwnBookingsView, AppError> {
    use super::{gather::hold_until, view::BookedView};
    use crate::request::{may, request_context};
    use backend::paging::PageRequest;
    use domain::{marking::view::Named, permission::Action};
    use std::collections::HashMap;
    crate::errors::answer(async {
        let context = request_context()?;
        let request = PageRequest::new(Some(&after), None)?;
        let page = backend::rooms::bookings::list_own_bookings(&context, &request).await?;
        let rooms: HashMap<_, _> = backend::rooms::list_rooms(&context).await?.into_iter().map(|room| (room.id, room)).collect();
        let shown = page.items.into_iter().filter_map(|booking| {
            let room = rooms.get(&booking.room_id)?;
            Some(BookedView {
                room: Named { id: room.id, name: room.name.clone() },
                site: room.site.clone(),
                hold_until: hold_until(&context, &booking),
                booking,
            })
        });
        Ok(OwnBookingsView { bookings: shown.collect(), next: page.next, may_book: may(&context, Action::BookRoom) })
    })
    .await
}

/// A booking.
///
/// # Errors
/// When there is none for the requester, or one may not read rooms.
#[server]
pub async fn load_booking(
    /// The booking.
    id: String,
) -> Result<BookingPageView, AppError> {
    use super::{
        gather::{hold_until, is_in_series, may_change, standing},
        view::BookedView,
    };
    use crate::request::request_context;
    use backend::version::ETag;
    use domain::marking::view::Named;
    crate::errors::answer(async {
        let context = request_context()?;
        let booking = backend::rooms::bookings::read_booking(&context, id.parse().map_err(|_| AppError::NotFound)?).await?;
        let room = backend::rooms::read_room(&context, booking.room_id).await?;
        let may_change = may_change(&context, &booking);
        Ok(BookingPageView {
            seen: if may_change { ETag::of(&booking)?.as_str().to_owned() } else { String::new() },
            may_change,
            standing: crate::approvals::gather::standing(&context, booking.id, &booking.starts.zone).await?,
            notices: standing(&context, &booking).await?,
            is_in_series: is_in_series(&context, &booking).await?,
            booked: BookedView {
                room: Named { id: room.id, name: room.name },
                site: room.site,
                hold_until: hold_until(&context, &booking),
                booking,
            },
        })
    })
    .await
}

/// The form of a booking; of a new one without an id.
///
/// # Errors
/// When there is no such booking for the requester, or it may not be changed, or no room be booked.
#[server]
pub async fn load_booking_form(
    /// The booking, or nothing.
    id: String,
) -> Result<BookingFormView, AppError> {
    use super::gather::{form_of, may_book, may_change};
    use crate::{
        components::Choice,
        request::{may, request_context, zone_names},
    };
    use domain::{ids::BookingId, permission::Action};
    crate::errors::answer(async {
        let context = request_context()?;
        let booking = if id.is_empty() {
            None
        } else {
            Some(backend::rooms::bookings::read_booking(&context, id.parse().map_err(|_| AppError::NotFound)?).await?)
        };
        let mut rooms = backend::rooms::list_rooms(&context).await?;
        // What is past keeps its room though that is retired since.
        if let Some(booking) = booking.as_ref().filter(|booking| rooms.iter().all(|room| room.id != booking.room_id)) {
            rooms.push(backend::rooms::read_room(&context, booking.room_id).await?);
        }
        if !booking.as_ref().map_or_else(|| may(&context, Action::BookRoom), |booking| may_change(&context, booking)) {
            return Err(AppError::NotAllowed);
        }
        let own = |id| booking.as_ref().is_some_and(|booking| booking.room_id == id);
        let stored = match &booking {
            None => BookingForm::new_on(context.today(), context.new_id::<BookingId>().to_string()),
            Some(booking) => form_of(&context, booking, rooms.iter().find(|room| own(room.id)).ok_or(AppError::NotFound)?)?,
        };
        let offered = rooms.iter().filter(|room| own(room.id) || may_book(&context, room));
        Ok(BookingFormView {
            rooms: offered.map(|room| Choice::new(room.id.to_string(), format!("{}, {}", room.name, room.site.name))).collect(),
            zones: zone_names(&context),
            ceiling: context.reader().ceiling(),
            booking,
            stored,
        })
    })
    .await
}

/// Books a room, or changes a booking. What clashes refuses it, with what would work.
///
/// # Errors
/// When there is no such booking for the requester, or it may not be changed, or no room be booked.
#[server]
pub async fn save_booking(
    /// The form.
    #[server(flatten)]
    form: BookingForm,
) -> Result<Outcome, AppError> {
    use super::gather::{form_of, may_change, zone_of_room};
    use crate::{
        forms::{Answer, FormFields, Notice, NoticeLevel, answer},
        request::{ClashesInForm, made_once, may, refused, request_context, with_what_else_is_wrong},
        times::{fields_of_slot, reading::skipped},
    };
    use backend::{
        Failure,
        rooms::bookings::{change_booking, check_booking, create_booking, read_booking},
        version::Seen,
    };
    use domain::{ids::BookingId, permission::Action, problems::Problems};
    use language::{Locale, Words};
    answer(form, |form| async move {
        let context = request_context()?;
        if !form.repeat.is_empty() {
            return Ok(Answer::Done(crate::series::gather::repeating(&context, form).await?));
        }
        let words = Words::new(Locale::English);
        let id: Option<BookingId> = if form.id.is_empty() { None } else { Some(form.id.parse().map_err(|_| AppError::NotFound)?) };
        if let Some(id) = id
            && !may_change(&context, &read_booking(&context, id).await?)
        {
            return Err(AppError::NotAllowed);
        }
        let mut problems = Problems::new();
        let zone = zone_of_room(&context, &form.room_id).await?;
        let times = form.times(&zone).read(&mut problems, context.today(), context.zones());
        let zone = times.starts.as_ref().map_or_else(|| context.office().details.zone.clone(), |starts| starts.zone.clone());
        let input = form.input(times);
        let result =
            if problems.is_empty() {
                match id {
                    None => {
                        made_once(&context, &form, &form.once, |context| async move {
                            Ok(create_booking(&context, input).await?.view.id.uuid())
                        })
                        .await
                    }
                    Some(id) => change_booking(&context, id, input, &Seen::from_form(&form.seen)).await.map(|saved| saved.view.id.uuid()),
                }
            } else {
                match check_booking(&context, input, id).await {
                    Err(Failure::Forbidden) => Err(Failure::Forbidden),
                    checked => Err(with_what_else_is_wrong(problems, checked)?),
                }
            };
        match (result, id) {
            (Ok(saved), _) => Ok(Answer::Done(format!("/bookings/{saved}"))),
            // Who may book rooms is refused this one because it is kept for others.
            (Err(Failure::Forbidden), _) if may(&context, Action::BookRoom) => {
                Ok(Answer::Refused(Vec::new(), vec![Notice::new(NoticeLevel::Block, words.bookings_room_kept())]))
            }
            (Err(Failure::Stale), Some(id)) => {
                let now = read_booking(&context, id).await?;
                let room = backend::rooms::read_room(&context, now.room_id).await?;
                Ok(Answer::Newer(form_of(&context, &now, &room)?.typed()))
            }
            (Err(failure), _) => Ok(match refused(&context, failure, Some(ClashesInForm { zone, fields: fields_of_slot })).await? {
                Answer::Refused(problems, mut notices) => {
                    notices.extend(skipped(words, &problems));
                    Answer::Refused(problems, notices)
                }
                other => other,
            }),
        }
    })
    .await
}

/// Cancels a booking and gives the room back.
///
/// # Errors
/// When there is no such booking for the requester, or it may not be cancelled.
#[server]
pub async fn cancel_booking(
    /// The form.
    #[server(flatten)]
    form: CancelBookingForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, answer},
        request::{refused, request_context},
    };
    use backend::{rooms::bookings, version::Seen};
    use domain::ids::BookingId;
    answer(form, |form| async move {
        let context = request_context()?;
        let id: BookingId = form.id.parse().map_err(|_| AppError::NotFound)?;
        let booking = bookings::read_booking(&context, id).await?;
        match bookings::cancel_booking(&context, id, &Seen::from_form(&form.seen)).await {
            Ok(()) => Ok(Answer::Done(format!("/rooms?day={}", booking.starts.local.date()))),
            Err(failure) => refused(&context, failure, None).await,
        }
    })
    .await
}
