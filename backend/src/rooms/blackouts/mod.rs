//! Blackouts of rooms and sites. What is booked already stays, and is told of what came in its way.

pub(crate) mod rows;
pub(crate) mod store;

use super::store as of_rooms;
use crate::{
    audit::{
        self, Entry,
        deliveries::{Delivered, deliver, deliver_one},
    },
    context::{RequestContext, retried},
    database::Connection,
    directory::{OfficeDirectory, authorise_reading},
    error::{Failure, Outcome},
    paging::{PageRequest, page},
    permits::{ManageRooms, ReadRooms, authorise},
    reasons,
    version::{ETag, Seen},
};
use chrono::{DateTime, Utc};
use domain::{
    audit::{Intent, ThingKind},
    ids::{BlackoutId, RoomId},
    marking::{
        Channel,
        view::{BlackoutView, Directory},
    },
    paging::Page,
    permission::{Action, Facts, role_allows},
    problems::Problem,
    rooms::{
        Room, Site,
        blackouts::{Blackout, BlackoutAuthor, BlackoutInput, BlackoutOf},
    },
    time::Span,
};

/// Which blackouts are asked for.
#[derive(Debug, Clone, Copy)]
pub struct BlackoutQuery {
    /// Of one room and its site, or of all.
    pub room: Option<RoomId>,
    /// That end after this instant.
    pub from: DateTime<Utc>,
    /// That start before this instant.
    pub until: DateTime<Utc>,
}

/// What a view of blackouts says their rooms and sites by.
struct Names {
    sites: Vec<Site>,
    directory: OfficeDirectory,
}

impl Names {
    async fn load(context: &RequestContext, connection: &mut impl Connection) -> Outcome<Self> {
        Ok(Self { sites: of_rooms::sites(context, connection).await?, directory: OfficeDirectory::of_rooms(context, connection).await? })
    }

    fn view(&self, context: &RequestContext, blackout: &Blackout) -> Outcome<BlackoutView> {
        let view = BlackoutView::of(blackout, &self.sites, |room| self.directory.room(room), context.reader());
        view.ok_or(Failure::Corrupt { what: "blackout" })
    }
}

/// A blackout as the reader sees it.
pub(super) async fn view_of(context: &RequestContext, connection: &mut impl Connection, blackout: &Blackout) -> Outcome<BlackoutView> {
    Names::load(context, connection).await?.view(context, blackout)
}

pub(super) fn author(context: &RequestContext) -> BlackoutAuthor<'_> {
    BlackoutAuthor {
        reader: context.reader(),
        may_lower: context.actor().roles().iter().any(|role| role_allows(*role, Action::LowerMarking)),
    }
}

/// The blackouts of a stretch of time, by start, each with its cause as far as the reader may know it.
///
/// # Errors
/// When the actor may not, there is no such room, or the end is not after the start.
pub async fn list_blackouts(context: &RequestContext, query: BlackoutQuery, request: &PageRequest) -> Outcome<Page<BlackoutView>> {
    authorise_reading::<ReadRooms>(context)?;
    let window = Span::new(query.from, query.until).ok_or_else(|| Failure::field("until", Problem::EndsBeforeStart))?;
    let mut connection = context.read().await?;
    let room = match query.room {
        None => None,
        Some(id) => Some(of_rooms::find(context, &mut connection, id).await?.ok_or(Failure::NotFound)?),
    };
    let names = Names::load(context, &mut connection).await?;
    let blackouts = store::during(context, &mut connection, window).await?;
    let is_retired = |of| matches!(of, BlackoutOf::Room(room) if names.directory.is_retired(room));
    let wanted = |of| !is_retired(of) && room.as_ref().is_none_or(|room| is_of(of, room));
    let wanted = blackouts.iter().filter(|blackout| wanted(blackout.of));
    let seen: Outcome<Vec<(Delivered, BlackoutView)>> = wanted
        .map(|blackout| {
            let view = names.view(context, blackout)?;
            Ok((Delivered::blackout(blackout, &view), view))
        })
        .collect();
    let Page { items, next } = page(seen?, |(_, view)| view.id.uuid(), request);
    Ok(Page { items: deliver(context, connection, items).await?, next })
}

/// Whether a room may not be used while this is blacked out.
pub(crate) fn is_of(of: BlackoutOf, room: &Room) -> bool {
    match of {
        BlackoutOf::Room(id) => id == room.id,
        BlackoutOf::Site(id) => id == room.details.site,
    }
}

/// A blackout as it is shown on a board, with what is delivered by showing it.
pub(crate) struct Shown {
    /// What is blacked out.
    pub(super) of: BlackoutOf,
    /// What of it the reader may know there.
    pub(crate) view: BlackoutView,
    /// What showing it delivers.
    pub(super) delivered: Delivered,
}

/// What blacks out these rooms at these sites within a stretch of time, as the reader may know it by a channel: a board, which
/// several may look at, paper, a feed, or a door.
pub(crate) async fn on_board(
    context: &RequestContext,
    connection: &mut impl Connection,
    rooms: &[Room],
    sites: &[Site],
    window: Span,
    channel: Channel,
) -> Outcome<Vec<Shown>> {
    let reader = context.reader().clone().by(channel.ceiling());
    let name = |id| rooms.iter().find(|room| room.id == id).map(|room| room.details.name.to_string());
    let blackouts = store::during(context, connection, window).await?;
    let shown = blackouts.iter().filter_map(|blackout| {
        let view = BlackoutView::of(blackout, sites, name, &reader)?;
        Some(Shown { of: blackout.of, delivered: Delivered::blackout(blackout, &view), view })
    });
    Ok(shown.collect())
}

/// A blackout.
///
/// # Errors
/// When there is none, or the actor may not look at rooms.
pub async fn read_blackout(context: &RequestContext, id: BlackoutId) -> Outcome<BlackoutView> {
    authorise_reading::<ReadRooms>(context)?;
    let mut connection = context.read().await?;
    let blackout = store::one(context, &mut connection, id).await?.ok_or(Failure::NotFound)?;
    let view = view_of(context, &mut connection, &blackout).await?;
    deliver_one(context, connection, Delivered::blackout(&blackout, &view), view).await
}

/// The room or site is one of the office's.
async fn check_of(context: &RequestContext, connection: &mut impl Connection, of: BlackoutOf) -> Outcome<()> {
    let (field, exists) = match of {
        BlackoutOf::Room(id) => ("room_id", of_rooms::find(context, connection, id).await?.is_some()),
        BlackoutOf::Site(id) => ("site_id", of_rooms::site(context, connection, id).await?.is_some()),
    };
    if exists { Ok(()) } else { Err(Failure::field(field, Problem::Unknown)) }
}

/// Blacks out a room or a site.
///
/// # Errors
/// When the actor may not, or something given is wrong.
pub async fn create_blackout(context: &RequestContext, input: BlackoutInput) -> Outcome<BlackoutView> {
    let permit = authorise::<ManageRooms>(context, Facts::NONE)?;
    retried(|| async {
        let mut transaction = context.write().await?;
        let blackout = input.onto(context.new_id(), None, author(context), context.zones())?;
        check_of(context, &mut transaction, blackout.of).await?;
        let digest = store::insert(context, &mut transaction, &permit, &blackout).await?;
        let entry = Entry::done(Intent::MakeBlackout).digest(digest).thing(ThingKind::Blackout, blackout.id.uuid(), 1);
        audit::record(context, &mut transaction, entry).await?;
        let view = view_of(context, &mut transaction, &blackout).await?;
        transaction.commit().await?;
        Ok(view)
    })
    .await
}

/// Changes a blackout, if it is still as its author saw it.
///
/// # Errors
/// When the actor may not, there is none, it changed meanwhile, or something given is wrong.
pub async fn change_blackout(context: &RequestContext, id: BlackoutId, input: BlackoutInput, seen: &Seen) -> Outcome<BlackoutView> {
    retried(|| async {
        let mut transaction = context.write().await?;
        let blackout = store::one(context, &mut transaction, id).await?;
        let permit = authorise::<ManageRooms>(context, Facts { known: Some(blackout.is_some()), ..Facts::NONE })?;
        let blackout = blackout.ok_or(Failure::NotFound)?;
        let names = Names::load(context, &mut transaction).await?;
        seen.check(&ETag::of(&names.view(context, &blackout)?)?)?;
        let changed = input.onto(id, Some(&blackout), author(context), context.zones())?;
        check_of(context, &mut transaction, changed.of).await?;
        let (revision, digest) = store::update(context, &mut transaction, &permit, &changed).await?;
        reasons::keep(context, &mut transaction, ThingKind::Blackout, id.uuid(), revision, input.reason.as_deref()).await?;
        let entry = Entry::done(Intent::ChangeBlackout).digest(digest).thing(ThingKind::Blackout, id.uuid(), revision);
        audit::record(context, &mut transaction, entry).await?;
        transaction.commit().await?;
        names.view(context, &changed)
    })
    .await
}

/// Takes a blackout back: the room may be used again.
///
/// # Errors
/// When the actor may not, there is none, or it changed meanwhile.
pub async fn end_blackout(context: &RequestContext, id: BlackoutId, seen: &Seen) -> Outcome<()> {
    retried(|| async {
        let mut transaction = context.write().await?;
        let blackout = store::one(context, &mut transaction, id).await?;
        let permit = authorise::<ManageRooms>(context, Facts { known: Some(blackout.is_some()), ..Facts::NONE })?;
        let blackout = blackout.ok_or(Failure::NotFound)?;
        let view = view_of(context, &mut transaction, &blackout).await?;
        seen.check(&ETag::of(&view)?)?;
        let digest = store::remove(context, &mut transaction, &permit, &blackout).await?;
        let entry = Entry::done(Intent::EndBlackout).digest(digest).thing(ThingKind::Blackout, id.uuid(), blackout.revision + 1);
        audit::record(context, &mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(())
    })
    .await
}
