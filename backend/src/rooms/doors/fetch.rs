//! A fetch: from the token in an address to what the door may show at this moment.

use super::{
    super::{availability::Uses, blackouts, board, store as of_rooms, terms::open_at},
    any_room,
    store::{self, DoorPlan},
};
use crate::{
    accounts::{
        access::actor_of_account,
        tokens::{TokenHash, TokenKind},
    },
    context::{Chancery, RequestContext, retried},
    directory::{OfficeDirectory, authorise_reading},
    error::{Failure, Outcome},
    feeds::fetch::{client_name, is_to_be_noted},
    permits::{ManageRooms, ReadRooms, authorise},
};
use domain::{
    board::{DoorView, RoomDay},
    marking::{Channel, Reader},
    offices::Office,
    permission::{Actor, Facts},
    rooms::{Room, Site, filter::RoomFilter},
    time::wall_at,
};
use std::sync::Arc;

/// What the door shows whose plan a token opens; none if it opens nothing, for whatever reason: it never was, was revoked or has
/// ended, or who made it is gone, may look at rooms or keep them no more, or no longer reads as high.
///
/// Its reader is whoever passes. It counts as nobody's reading, and nothing above TLP:GREEN is in it.
///
/// # Errors
/// When the database fails, or something stored can't be read.
pub async fn fetch_door(chancery: &Chancery, office: Arc<Office>, token: &str, client: Option<&str>) -> Outcome<Option<DoorView>> {
    let Ok(hash) = TokenHash::of(TokenKind::Door, token) else { return Ok(None) };
    let client = client.map(client_name);
    let answer = retried(|| async {
        let context = chancery.context(office.clone(), Actor::anonymous(office.id));
        let mut connection = context.read().await?;
        let plan = store::by_token(&context, &mut connection, &hash).await?.ok_or(Failure::NotFound)?;
        drop(connection);
        check_right(&context, &plan).await?;
        let view = shown(&at_the_door(&context, &plan), &plan).await?;
        if is_to_be_noted(context.now(), plan.fetched_at, plan.fetched_by.as_deref(), client.as_deref()) {
            let mut transaction = chancery.database.write().await?;
            store::fetched(&context, &mut transaction, plan.id, client.as_deref()).await?;
            transaction.commit().await?;
        }
        Ok(view)
    })
    .await;
    match answer {
        Ok(view) => Ok(Some(view)),
        Err(Failure::NotFound | Failure::Forbidden | Failure::SignIn) => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// Whether the plan's day is not over, and who made it could make it still.
async fn check_right(context: &RequestContext, plan: &DoorPlan) -> Outcome<()> {
    let (issuer, _) = actor_of_account(context, plan.made_by).await?.ok_or(Failure::NotFound)?;
    let issuer = context.as_actor(issuer);
    authorise_reading::<ReadRooms>(&issuer)?;
    authorise::<ManageRooms>(&issuer, Facts::NONE)?;
    let is_in_force = context.today() <= plan.ends_on && plan.ceiling <= issuer.reader().ceiling();
    if is_in_force { Ok(()) } else { Err(Failure::NotFound) }
}

/// The request, made by whoever passes the door.
#[expect(clippy::disallowed_methods, reason = "here it is known what the door's plan may show")]
fn at_the_door(context: &RequestContext, plan: &DoorPlan) -> RequestContext {
    context.as_actor(Actor::new(context.office_id(), Default::default(), Reader::at_a_door(plan.ceiling)))
}

/// What the door shows. `context` is of who passes it.
async fn shown(context: &RequestContext, plan: &DoorPlan) -> Outcome<DoorView> {
    let mut connection = context.read().await?;
    let (room, is_retired) = any_room(context, &mut connection, plan.room).await?;
    let site = of_rooms::site(context, &mut connection, room.details.site).await?.ok_or(Failure::Corrupt { what: "room" })?;
    drop(connection);
    let day = if is_retired { None } else { Some(today(context, &room, &site).await?) };
    let floor = room.details.floor.as_ref().map(ToString::to_string);
    let (room, zone) = (room.details.name.to_string(), site.details.zone.clone());
    Ok(DoorView::of(room, floor, site.details.name.to_string(), zone, day, context.reader()))
}

/// Today in a room, on the clocks of its site.
async fn today(context: &RequestContext, room: &Room, site: &Site) -> Outcome<RoomDay> {
    let now = wall_at(context.zones(), &site.details.zone, context.now()).map_err(|_| Failure::Corrupt { what: "site" })?;
    let date = now.local.date();
    let day = board::day_at(context, site, date)?;
    let mut connection = context.read().await?;
    let (rooms, sites) = (std::slice::from_ref(room), std::slice::from_ref(site));
    let directory = OfficeDirectory::of_read_rooms(rooms, sites);
    let used = Uses::of_rooms(context, &mut connection, &directory, day.span(), Some(room.id), Channel::Door).await?.remove(&room.id);
    let blackouts = blackouts::on_board(context, &mut connection, rooms, sites, day.span(), Channel::Door).await?;
    let head = board::head(context, room, &RoomFilter::default(), &blackouts);
    // Nothing above TLP:GREEN passes a door: there is no first delivery of it to record.
    let taken = used.unwrap_or_default().shown(head.room.clone(), site, context.reader(), &mut Vec::new());
    let open = open_at(context, room, site, day.span());
    let lane = day.room(head, &taken, open.as_deref(), context.now());
    Ok(RoomDay { date, minutes: day.minutes(), ruler: day.ruler(), now: day.place(context.now()), lane })
}
