//! The server's half of the pages of blackouts.

use super::{
    BlackoutForm, EndBlackoutForm,
    view::{BlackoutFormView, BlackoutListView, BlackoutPageView},
};
use crate::{errors::AppError, forms::Outcome};
use leptos::prelude::*;

/// How far ahead blackouts are listed, in days: all of them, as far as anybody plans.
#[cfg(feature = "ssr")]
const AHEAD_DAYS: i64 = 100 * 366;

/// A page of the blackouts that are not over, by start.
///
/// # Errors
/// When one may not read rooms, or there is no such room.
#[server]
pub async fn load_blackouts(
    /// The room, with its site; of all rooms and sites nothing.
    room: String,
    /// What asks for the page; nothing for the first.
    after: String,
) -> Result<BlackoutListView, AppError> {
    use crate::request::{may, request_context};
    use backend::{
        paging::PageRequest,
        rooms::blackouts::{BlackoutQuery, list_blackouts},
    };
    use domain::{marking::view::Named, permission::Action};
    crate::errors::answer(async {
        let context = request_context()?;
        let request = PageRequest::new(Some(&after), None)?;
        let room = if room.is_empty() {
            None
        } else {
            let room = backend::rooms::read_room(&context, room.parse().map_err(|_| AppError::NotFound)?).await?;
            Some(Named { id: room.id, name: room.name })
        };
        let from = context.now();
        let until = from + chrono::TimeDelta::days(AHEAD_DAYS);
        let page = list_blackouts(&context, BlackoutQuery { room: room.as_ref().map(|room| room.id), from, until }, &request).await?;
        Ok(BlackoutListView { blackouts: page.items, next: page.next, room, may_manage: may(&context, Action::ManageRooms) })
    })
    .await
}

/// A blackout.
///
/// # Errors
/// When there is none, or one may not read rooms.
#[server]
pub async fn load_blackout(
    /// The blackout.
    id: String,
) -> Result<BlackoutPageView, AppError> {
    use crate::request::{may, request_context};
    use backend::{rooms::blackouts::read_blackout, version::ETag};
    use domain::permission::Action;
    crate::errors::answer(async {
        let context = request_context()?;
        let blackout = read_blackout(&context, id.parse().map_err(|_| AppError::NotFound)?).await?;
        let may_manage = may(&context, Action::ManageRooms);
        let seen = if may_manage { ETag::of(&blackout)?.as_str().to_owned() } else { String::new() };
        Ok(BlackoutPageView { blackout, seen, may_manage })
    })
    .await
}

/// The form of a blackout; of a new one without an id.
///
/// # Errors
/// When there is none, or rooms may not be changed.
#[server]
pub async fn load_blackout_form(
    /// The blackout, or nothing.
    id: String,
) -> Result<BlackoutFormView, AppError> {
    use super::form::{choice_of_room, choice_of_site};
    use crate::{
        components::Choice,
        request::{may, request_context, zone_names},
    };
    use backend::rooms::blackouts::read_blackout;
    use domain::{ids::BlackoutId, permission::Action};
    use language::{Locale, Words};
    crate::errors::answer(async {
        let context = request_context()?;
        let blackout = if id.is_empty() { None } else { Some(read_blackout(&context, id.parse().map_err(|_| AppError::NotFound)?).await?) };
        let sites = backend::rooms::list_sites(&context).await?;
        let rooms = backend::rooms::list_rooms(&context).await?;
        if !may(&context, Action::ManageRooms) {
            return Err(AppError::NotAllowed);
        }
        let words = Words::new(Locale::English);
        let stored = match &blackout {
            None => BlackoutForm::new_on(context.today(), context.new_id::<BlackoutId>().to_string()),
            Some(blackout) => gathering::form_of(&context, blackout).await?,
        };
        // A site without a room has nothing to black out yet.
        let with_rooms = sites.iter().filter(|site| rooms.iter().any(|room| room.site.id == site.id));
        let whole =
            with_rooms.map(|site| Choice::new(choice_of_site(&site.id.to_string()), words.blackouts_all_rooms_of(site.name.clone())));
        let single =
            rooms.iter().map(|room| Choice::new(choice_of_room(&room.id.to_string()), format!("{}, {}", room.name, room.site.name)));
        Ok(BlackoutFormView {
            things: whole.chain(single).collect(),
            zones: zone_names(&context),
            ceiling: context.reader().ceiling(),
            blackout,
            stored,
        })
    })
    .await
}

/// Blacks out a room or a site, or changes a blackout.
///
/// # Errors
/// When there is none, or rooms may not be changed.
#[server]
pub async fn save_blackout(
    /// The form.
    #[server(flatten)]
    form: BlackoutForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, FormFields, answer},
        request::{made_once, may, refused, request_context},
        times::reading::skipped,
    };
    use backend::{
        Failure,
        rooms::blackouts::{change_blackout, create_blackout, read_blackout},
        version::Seen,
    };
    use domain::{ids::BlackoutId, permission::Action, problems::Problems};
    use language::{Locale, Words};
    answer(form, |form| async move {
        let context = request_context()?;
        context.account()?;
        if !may(&context, Action::ManageRooms) {
            return Err(AppError::NotAllowed);
        }
        let id: Option<BlackoutId> = if form.id.is_empty() { None } else { Some(form.id.parse().map_err(|_| AppError::NotFound)?) };
        let zone = gathering::zone_of(&context, form.room(), form.site()).await?;
        let mut problems = Problems::new();
        let times = form.times(&zone).read(&mut problems, context.today(), context.zones());
        let input = form.input(times);
        let result = if !problems.is_empty() {
            Err(Failure::Invalid(problems.into_vec()))
        } else if let Some(id) = id {
            change_blackout(&context, id, input, &Seen::from_form(&form.seen)).await.map(|saved| saved.id.uuid())
        } else {
            made_once(&context, &form, &form.once, |context| async move { Ok(create_blackout(&context, input).await?.id.uuid()) }).await
        };
        match (result, id) {
            (Ok(saved), _) => Ok(Answer::Done(format!("/rooms/blackouts/{saved}"))),
            (Err(Failure::Stale), Some(id)) => {
                let now = read_blackout(&context, id).await?;
                Ok(Answer::Newer(gathering::form_of(&context, &now).await?.typed()))
            }
            (Err(failure), _) => Ok(match refused(&context, failure, None).await? {
                Answer::Refused(problems, mut notices) => {
                    notices.extend(skipped(Words::new(Locale::English), &problems));
                    Answer::Refused(form.in_fields(problems), notices)
                }
                other => other,
            }),
        }
    })
    .await
}

/// Ends a blackout: the room may be used again.
///
/// # Errors
/// When there is none, or rooms may not be changed.
#[server]
pub async fn end_blackout(
    /// The form.
    #[server(flatten)]
    form: EndBlackoutForm,
) -> Result<Outcome, AppError> {
    use crate::{
        forms::{Answer, answer},
        request::{refused, request_context},
    };
    use backend::version::Seen;
    answer(form, |form| async move {
        let context = request_context()?;
        let id = form.id.parse().map_err(|_| AppError::NotFound)?;
        match backend::rooms::blackouts::end_blackout(&context, id, &Seen::from_form(&form.seen)).await {
            Ok(()) => Ok(Answer::Done("/rooms/blackouts".to_owned())),
            Err(failure) => refused(&context, failure, None).await,
        }
    })
    .await
}

#[cfg(feature = "ssr")]
mod gathering {
    use super::BlackoutForm;
    use backend::{Failure, Outcome, RequestContext, rooms, version::ETag};
    use domain::{
        marking::view::BlackoutView,
        time::{Moment, agreed::MomentView, wall_at},
    };

    /// The zone of the site of what a form names; the office's where it names nothing that there is.
    pub(super) async fn zone_of(context: &RequestContext, room: Option<&str>, site: Option<&str>) -> Outcome<String> {
        let room = room.and_then(|id| id.parse().ok());
        let site = site.and_then(|id| id.parse().ok());
        let zone = match (room, site) {
            (Some(id), _) => rooms::read_room(context, id).await.map(|room| room.zone),
            (None, Some(id)) => rooms::read_site(context, id).await.map(|site| site.zone),
            (None, None) => Err(Failure::NotFound),
        };
        match zone {
            Err(Failure::NotFound) => Ok(context.office().details.zone.to_string()),
            zone => zone,
        }
    }

    /// The form of a blackout as the requester sees it now.
    pub(super) async fn form_of(context: &RequestContext, blackout: &BlackoutView) -> Outcome<BlackoutForm> {
        let room = blackout.room.as_ref().map(|room| room.id.to_string());
        let site = blackout.site.as_ref().map(|site| site.id.to_string());
        let zone = zone_of(context, room.as_deref(), site.as_deref()).await?;
        let at = Moment::from(blackout.ends.clone()).at();
        let ends = wall_at(context.zones(), &blackout.starts.zone, at).map_or_else(|_| blackout.ends.clone(), MomentView::from);
        Ok(BlackoutForm::of(blackout, &ends, &zone, ETag::of(blackout)?.as_str()))
    }
}
