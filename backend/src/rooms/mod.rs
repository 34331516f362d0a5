//! Sites and rooms, their bookings, and when and where something is free.

pub mod approvals;
pub mod availability;
pub mod blackouts;
pub mod board;
pub mod bookings;
pub mod closing;
pub mod doors;
pub mod files;
pub mod find;
pub(crate) mod occupancy;
pub mod print;
mod retiring;
pub mod series;
pub mod slots;
pub(crate) mod store;
pub(crate) mod terms;

pub use retiring::retire_room;
pub(crate) use store::{find_any, find_for};

use crate::{
    audit::{self, Entry},
    context::{RequestContext, retried},
    database::Connection,
    directory::authorise_reading,
    error::{Failure, Outcome},
    permits::{ManageRooms, ReadRooms, authorise},
    version::{ETag, Seen},
};
use domain::{
    audit::{Intent, ThingKind},
    ids::{RoomId, SiteId},
    permission::Facts,
    problems::Problem,
    rooms::{
        Room, RoomDetails, Site, SiteDetails,
        input::{RoomInput, SiteInput},
        view::{HolidayView, RoomView, SiteView},
    },
};

/// The office's sites, by name.
///
/// # Errors
/// When the actor may not, or the database refuses.
pub async fn list_sites(context: &RequestContext) -> Outcome<Vec<SiteView>> {
    authorise_reading::<ReadRooms>(context)?;
    let mut connection = context.read().await?;
    Ok(store::sites(context, &mut connection).await?.iter().map(SiteView::of).collect())
}

/// A site.
///
/// # Errors
/// When the actor may not, or there is none.
pub async fn read_site(context: &RequestContext, id: SiteId) -> Outcome<SiteView> {
    authorise_reading::<ReadRooms>(context)?;
    let mut connection = context.read().await?;
    store::site(context, &mut connection, id).await?.map(|site| SiteView::of(&site)).ok_or(Failure::NotFound)
}

/// The holidays of a site, those of the office among them; by day.
///
/// # Errors
/// When the actor may not, or there is no such site.
pub async fn holidays_of_site(context: &RequestContext, id: SiteId) -> Outcome<Vec<HolidayView>> {
    authorise_reading::<ReadRooms>(context)?;
    let mut connection = context.read().await?;
    let site = store::site(context, &mut connection, id).await?.ok_or(Failure::NotFound)?;
    Ok(terms::holidays_of(context, &site).iter().map(HolidayView::of).collect())
}

/// The sites to which ways are said exist.
async fn check_ways(context: &RequestContext, connection: &mut impl Connection, details: &SiteDetails) -> Outcome<()> {
    let sites = store::sites(context, connection).await?;
    let known = details.travel.iter().all(|way| sites.iter().any(|site| site.id == way.to));
    if known { Ok(()) } else { Err(Failure::field("travel", Problem::Unknown)) }
}

/// Makes a site.
///
/// # Errors
/// When the actor may not, something given is wrong, or the name is taken.
pub async fn create_site(context: &RequestContext, input: SiteInput) -> Outcome<SiteView> {
    let permit = authorise::<ManageRooms>(context, Facts::NONE)?;
    retried(|| async {
        let mut transaction = context.write().await?;
        let id = context.new_id::<SiteId>();
        let details = input.onto(id, None, &context.office().details.zone, context.zones())?;
        check_ways(context, &mut transaction, &details).await?;
        let site = Site { id, revision: 1, details };
        let digest = store::insert_site(context, &mut transaction, &permit, &site).await?;
        let entry = Entry::done(Intent::MakeSite).digest(digest).thing(ThingKind::Site, id.uuid(), 1);
        audit::record(context, &mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(SiteView::of(&site))
    })
    .await
}

/// Changes a site, if it is still as its author saw it.
///
/// # Errors
/// When the actor may not, there is none, it changed meanwhile, something given is wrong, or the name is taken.
pub async fn change_site(context: &RequestContext, id: SiteId, input: SiteInput, seen: &Seen) -> Outcome<SiteView> {
    retried(|| async {
        let mut transaction = context.write().await?;
        let site = store::site(context, &mut transaction, id).await?;
        let permit = authorise::<ManageRooms>(context, Facts { known: Some(site.is_some()), ..Facts::NONE })?;
        let site = site.ok_or(Failure::NotFound)?;
        seen.check(&ETag::of(&SiteView::of(&site))?)?;
        let details = input.onto(id, Some(&site.details), &context.office().details.zone, context.zones())?;
        check_ways(context, &mut transaction, &details).await?;
        let changed = Site { details, ..site };
        let (revision, digest) = store::update_site(context, &mut transaction, &permit, &changed).await?;
        let entry = Entry::done(Intent::ChangeSite).digest(digest).thing(ThingKind::Site, id.uuid(), revision);
        audit::record(context, &mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(SiteView::of(&changed))
    })
    .await
}

fn view_at(room: &Room, sites: &[Site]) -> Outcome<RoomView> {
    let site = sites.iter().find(|site| site.id == room.details.site).ok_or(Failure::Corrupt { what: "room" })?;
    Ok(RoomView::of(room, site))
}

/// The office's rooms that are not retired, by their site's name and their own.
///
/// # Errors
/// When the actor may not, or the database refuses.
pub async fn list_rooms(context: &RequestContext) -> Outcome<Vec<RoomView>> {
    authorise_reading::<ReadRooms>(context)?;
    let mut connection = context.read().await?;
    let sites = store::sites(context, &mut connection).await?;
    let rooms = store::rooms(context, &mut connection).await?;
    let mut views: Vec<RoomView> = rooms.iter().map(|room| view_at(room, &sites)).collect::<Outcome<_>>()?;
    views.sort_by(|a, b| (&a.site.name, &a.name, a.id).cmp(&(&b.site.name, &b.name, b.id)));
    Ok(views)
}

/// A room; also one that is retired, which what is past still names.
///
/// # Errors
/// When the actor may not, or there is none.
pub async fn read_room(context: &RequestContext, id: RoomId) -> Outcome<RoomView> {
    authorise_reading::<ReadRooms>(context)?;
    let mut connection = context.read().await?;
    let (room, is_retired) = store::find_any(context, &mut connection, id).await?.ok_or(Failure::NotFound)?;
    Ok(RoomView { is_retired, ..view(context, &mut connection, &room).await? })
}

async fn view(context: &RequestContext, connection: &mut impl Connection, room: &Room) -> Outcome<RoomView> {
    let site = store::site(context, connection, room.details.site).await?.ok_or(Failure::Corrupt { what: "room" })?;
    Ok(RoomView::of(room, &site))
}

async fn site_of(context: &RequestContext, connection: &mut impl Connection, details: &RoomDetails) -> Outcome<Site> {
    store::site(context, connection, details.site).await?.ok_or_else(|| Failure::field("site_id", Problem::Unknown))
}

/// Makes a room.
///
/// # Errors
/// When the actor may not, something given is wrong, or the name is taken at its site.
pub async fn create_room(context: &RequestContext, input: RoomInput) -> Outcome<RoomView> {
    let permit = authorise::<ManageRooms>(context, Facts::NONE)?;
    retried(|| async {
        let mut transaction = context.write().await?;
        let details = input.onto(None)?;
        let site = site_of(context, &mut transaction, &details).await?;
        let room = Room { id: context.new_id(), revision: 1, details };
        let digest = store::insert_room(context, &mut transaction, &permit, &room).await?;
        let entry = Entry::done(Intent::MakeRoom).digest(digest).thing(ThingKind::Room, room.id.uuid(), 1);
        audit::record(context, &mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(RoomView::of(&room, &site))
    })
    .await
}

/// Changes a room, if it is still as its author saw it. What has been booked in it keeps the margins it was booked with.
///
/// # Errors
/// When the actor may not, there is none or it is retired, it changed meanwhile, something given is wrong, or the name is taken at its
/// site.
pub async fn change_room(context: &RequestContext, id: RoomId, input: RoomInput, seen: &Seen) -> Outcome<RoomView> {
    retried(|| async {
        let mut transaction = context.write().await?;
        let room = store::find(context, &mut transaction, id).await?;
        let permit = authorise::<ManageRooms>(context, Facts { known: Some(room.is_some()), ..Facts::NONE })?;
        let room = room.ok_or(Failure::NotFound)?;
        seen.check(&ETag::of(&view(context, &mut transaction, &room).await?)?)?;
        let details = input.onto(Some(&room.details))?;
        let site = site_of(context, &mut transaction, &details).await?;
        let changed = Room { details, ..room };
        let (revision, digest) = store::update_room(context, &mut transaction, &permit, &changed).await?;
        let entry = Entry::done(Intent::ChangeRoom).digest(digest).thing(ThingKind::Room, id.uuid(), revision);
        audit::record(context, &mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(RoomView::of(&changed, &site))
    })
    .await
}
