//! The server's half of the page of door plans.

use super::{
    form::{MakeDoorPlanForm, RevokeDoorPlanForm},
    view::DoorsView,
};
use crate::{errors::AppError, forms::Outcome};
use leptos::prelude::*;

/// The door plans of a room, and the link that was just made.
///
/// # Errors
/// When there is no such room, or one may not keep rooms.
#[server]
pub async fn load_doors(
    /// The room.
    room: String,
    /// Under what the link that was just made is kept, or nothing.
    made: String,
) -> Result<DoorsView, AppError> {
    use super::view::DoorLine;
    use crate::{forms::draft, request::request_context};
    use domain::{
        doors::last_day,
        ids::DoorPlanId,
        marking::{Channel, Marking, view::Named},
        time::{agreed::MomentView, wall_at},
    };
    crate::errors::answer(async {
        let context = request_context()?;
        let id = room.parse().map_err(|_| AppError::NotFound)?;
        let plans = backend::rooms::doors::list_door_plans(&context, Some(id)).await?;
        let room = backend::rooms::read_room(&context, id).await?;
        let link = draft::kept_for_this_page(&made).await?;
        let zone = &context.office().details.zone;
        let shown = |at| wall_at(context.zones(), zone, at).ok().map(MomentView::from);
        let plans = plans
            .into_iter()
            .filter_map(|plan| Some(DoorLine { made: shown(plan.made_at)?, fetched: plan.fetched_at.and_then(shown), plan }));
        let most = Channel::Door.ceiling().min(context.reader().ceiling());
        Ok(DoorsView {
            plans: plans.collect(),
            stored: MakeDoorPlanForm {
                room_id: id.to_string(),
                ceiling: Marking::Clear.label().to_owned(),
                ends_on: last_day(context.today()).to_string(),
                reason: String::new(),
                once: context.new_id::<DoorPlanId>().to_string(),
            },
            markings: Marking::ALL.into_iter().filter(|marking| *marking <= most).collect(),
            is_retired: room.is_retired,
            room: Named { id, name: room.name },
            link,
        })
    })
    .await
}

/// Makes a door plan, and leads to the page that shows its link.
///
/// # Errors
/// When one may not keep rooms.
#[server]
pub async fn make_door_plan(
    /// The form.
    #[server(flatten)]
    form: MakeDoorPlanForm,
) -> Result<Outcome, AppError> {
    use super::view::DoorLinkView;
    use crate::{
        components::qr::drawn,
        forms::{Answer, answer},
        request::{refused, request_context, shown_once},
    };
    use domain::ids::RoomId;
    answer(form, |form| async move {
        let context = request_context()?;
        let room: RoomId = form.room_id.parse().map_err(|_| AppError::NotFound)?;
        let input = form.input();
        let make = async move |context| {
            let url = backend::rooms::doors::make_door_plan(&context, &input).await?.url();
            Ok(DoorLinkView { code: drawn(&url), url })
        };
        match shown_once(&context, &form, &form.once, make).await {
            Ok(link) => Ok(Answer::Done(format!("/rooms/{room}/doors?made={link}"))),
            Err(failure) => refused(&context, failure, None).await,
        }
    })
    .await
}

/// Revokes a door plan.
///
/// # Errors
/// When there is none, or one may not keep rooms.
#[server]
pub async fn revoke_door_plan(
    /// The form.
    #[server(flatten)]
    form: RevokeDoorPlanForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, answer},
        request::{refused, request_context},
    };
    use domain::ids::{DoorPlanId, RoomId};
    answer(form, |form| async move {
        let context = request_context()?;
        let id: DoorPlanId = form.id.parse().map_err(|_| AppError::NotFound)?;
        let room: RoomId = form.room_id.parse().map_err(|_| AppError::NotFound)?;
        match backend::rooms::doors::revoke_door_plan(&context, id).await {
            Ok(()) => Ok(Answer::Done(format!("/rooms/{room}/doors?revoked={id}"))),
            Err(failure) => refused(&context, failure, None).await,
        }
    })
    .await
}
