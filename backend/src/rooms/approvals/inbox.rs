//! What waits for those who give rooms, and how a use stands for those who look at it.

use super::{case::Case, decide::title_of, store};
use crate::{
    audit::deliveries::{Delivered, delivered},
    context::RequestContext,
    database::Connection,
    directory::{OfficeDirectory, authorise_reading},
    engagements,
    error::{Failure, Outcome},
    paging::{PageRequest, page},
    permits::{ApproveBooking, EditProgramme, ReadRooms, authorise},
    rooms::{self, bookings, occupancy::Known},
    visits,
};
use domain::{
    clash::{Claim, Engagement, Source},
    ids::{AccountId, BookingId, ItemId, ResourceId, RoomId, VisitId},
    marking::{
        Channel,
        view::{ApprovalView, BesideView, BookingView, Named, Viewed, ViewedBy},
    },
    paging::Page,
    permission::{Action, Facts, role_allows},
    rooms::{Room, Site, approval::Approving},
};
use std::collections::{BTreeMap, BTreeSet};

/// The most that wait for one account which are listed, the earliest first: each is looked at by itself.
const MOST_LISTED: usize = 500;

/// Whether the actor may give rooms at all: each room says by whom it is given.
fn may_give(context: &RequestContext) -> bool {
    context.actor().roles().iter().any(|role| role_allows(*role, Action::ApproveBooking))
}

fn gives(context: &RequestContext, room: &Room) -> bool {
    may_give(context) && room.details.approval.is_given_by(context.actor().roles())
}

/// How many uses wait for the actor, who may give their rooms.
///
/// # Errors
/// When the database refuses.
pub async fn count_waiting(context: &RequestContext) -> Outcome<u32> {
    if !may_give(context) || authorise_reading::<ReadRooms>(context).is_err() {
        return Ok(0);
    }
    let mut connection = context.read().await?;
    let awaited = store::awaited_by_room(context, &mut connection).await?;
    if awaited.is_empty() {
        return Ok(0);
    }
    let rooms = rooms::store::rooms(context, &mut connection).await?;
    let own = |id: RoomId| rooms.iter().any(|room| room.id == id && gives(context, room));
    Ok(awaited.iter().filter(|(room, _)| own(*room)).map(|(_, waiting)| waiting).sum())
}

/// The name of a room at its site, and the site's clocks.
fn placed(room: &Room, sites: &[Site]) -> Outcome<(Named<RoomId>, String)> {
    let site = sites.iter().find(|site| site.id == room.details.site).ok_or(Failure::Corrupt { what: "room" })?;
    let name = format!("{}, {}", room.details.name, site.details.name);
    Ok((Named { id: room.id, name }, site.details.zone.to_string()))
}

/// The uses that wait for the actor, by start. What the reader may not read is “Reserved”, as on a board.
///
/// # Errors
/// When the actor gives no rooms, or the database refuses.
pub async fn list_approvals(context: &RequestContext, request: &PageRequest) -> Outcome<Page<ApprovalView>> {
    authorise_reading::<ReadRooms>(context)?;
    authorise::<ApproveBooking>(context, Facts::NONE)?;
    let mut connection = context.read().await?;
    let sites = rooms::store::sites(context, &mut connection).await?;
    let directory = OfficeDirectory::of_rooms(context, &mut connection).await?;
    let mut all = Vec::new();
    let rooms = rooms::store::rooms(context, &mut connection).await?;
    let own: BTreeSet<RoomId> = rooms.iter().filter(|room| gives(context, room)).map(|room| room.id).collect();
    let awaited = store::awaited(context, &mut connection).await?;
    for kept in awaited.into_iter().filter(|kept| own.contains(&kept.room)).take(MOST_LISTED) {
        let Some(case) = Case::of(context, &mut connection, kept).await? else { continue };
        let known = case.known(context, &mut connection, &directory, Channel::Board).await?;
        let (room, zone) = placed(&case.room, &sites)?;
        all.extend(case.shown(context, &known, room, zone)?);
    }
    // The order is made from the view, in which edges lie on the quarter of an hour.
    all.sort_by_key(|seen| (seen.view.starts(), seen.view.id));
    let Page { items, next } = page(all, |seen| seen.view.id.uuid(), request);
    let things: Vec<Delivered> = items.iter().flat_map(|seen| seen.delivered.clone()).collect();
    delivered(context, connection, &things).await?;
    Ok(Page { items: items.into_iter().map(|seen| seen.view).collect(), next })
}

/// How a booking stands with its room.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StandingView {
    viewed_by: ViewedBy,
    /// It, to be decided by who looks at it.
    pub waiting: Option<ApprovalView>,
    /// What else is pencilled at its time, while it is pencilled itself.
    pub beside: BesideView,
    /// What its room was given to, if the reader may read that.
    pub given_to: Option<String>,
    /// Why its room was not given to it.
    pub reason: Option<String>,
}

impl Viewed for StandingView {
    fn viewed_by(&self) -> ViewedBy {
        self.viewed_by
    }
}

/// How a booking stands with its room, and what is pencilled beside it.
///
/// # Errors
/// When there is no such booking for the reader, or the actor may not look at rooms.
pub async fn standing_of_booking(context: &RequestContext, id: BookingId) -> Outcome<StandingView> {
    authorise_reading::<ReadRooms>(context)?;
    let mut connection = context.read().await?;
    let booking = bookings::find(context, &mut connection, id).await?.ok_or(Failure::NotFound)?;
    BookingView::of(&booking, context.reader()).ok_or(Failure::NotFound)?;
    let directory = OfficeDirectory::of_rooms(context, &mut connection).await?;
    let mut things = Vec::new();
    let (beside, seen) = beside(context, &mut connection, &directory, booking.room, Source::Booking(id)).await?;
    things.extend(seen);
    let mut standing = StandingView { viewed_by: ViewedBy::of(context.reader()), beside, ..StandingView::default() };
    if let Some(kept) = store::of_source(context, &mut connection, Source::Booking(id)).await? {
        if let Some(other) = kept.other {
            let (title, thing) = title_of(context, &mut connection, other, Channel::Page).await?.unzip();
            things.extend(thing);
            standing.given_to = title;
        }
        let is_theirs = |account: Option<AccountId>| account.is_some() && account == context.actor().account();
        let (asks, why) = (is_theirs(kept.asked_by) || is_theirs(booking.made_by), kept.reason.clone());
        let is_declined = kept.standing == Approving::Declined;
        let case = Case::of(context, &mut connection, kept).await?;
        // It is written to who asked, and may speak of what others of the booking's readers may not know.
        let is_told = asks || case.as_ref().is_some_and(|case| gives(context, &case.room));
        standing.reason = why.filter(|_| is_declined && is_told);
        if let Some(case) = case.filter(|case| case.is_open() && gives(context, &case.room)) {
            let sites = rooms::store::sites(context, &mut connection).await?;
            let known = case.known(context, &mut connection, &directory, Channel::Board).await?;
            let (room, zone) = placed(&case.room, &sites)?;
            if let Some(seen) = case.shown(context, &known, room, zone)? {
                things.extend(seen.delivered);
                standing.waiting = Some(seen.view);
            }
        }
    }
    delivered(context, connection, &things).await?;
    Ok(standing)
}

/// What else is pencilled in a room at the time of a use that is pencilled itself, and what is delivered by showing it.
async fn beside(
    context: &RequestContext,
    connection: &mut impl Connection,
    directory: &OfficeDirectory,
    room: RoomId,
    source: Source,
) -> Outcome<(BesideView, Vec<Delivered>)> {
    let resource = ResourceId(room.uuid());
    let nothing = || (BesideView::of(Vec::new(), Vec::new(), context.reader()), Vec::new());
    let Some(own) = engagements::store::in_room(context, connection, source, resource).await? else { return Ok(nothing()) };
    let is_pencil = |it: &Engagement| matches!(it.claim, Claim::Pencilled { .. }) && it.is_alive(context.now());
    if !is_pencil(&own) {
        return Ok(nothing());
    }
    let taken = engagements::store::of_resource(context, connection, resource, own.during()).await?;
    let known = Known::load(context, connection, directory, own.during(), Some(room), Channel::Board).await?;
    let (mut engaged, mut hidden, mut things) = (Vec::new(), Vec::new(), Vec::new());
    for other in taken.iter().filter(|it| it.source != source && is_pencil(it)) {
        match known.on_board(other) {
            Ok((view, thing)) => {
                things.extend(thing);
                engaged.push(view);
            }
            Err(it) => hidden.push(it),
        }
    }
    Ok((BesideView::of(engaged, hidden, context.reader()), things))
}

/// How the lines of a visit stand with their rooms, each with why its room was not given, for who may change the programme.
///
/// # Errors
/// When there is no such visit for this reader, or the actor may not change its programme.
pub async fn standing_of_lines(context: &RequestContext, visit: VisitId) -> Outcome<BTreeMap<ItemId, (Approving, Option<String>)>> {
    let mut connection = context.read().await?;
    let visit = visits::known(context, &mut connection, visit).await?;
    authorise::<EditProgramme>(context, visits::facts(context, &visit))?;
    let kept = store::of_visit(context, &mut connection, visit.id).await?;
    Ok(kept.into_iter().map(|(item, kept)| (item, (kept.standing, kept.reason))).collect())
}
