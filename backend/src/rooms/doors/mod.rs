//! Door plans: what a room is used for today, for the display by its door, at a link of its own.
//!
//! A link ends with a day, and dies with its issuer's right: whether who made it may still keep rooms, and read as high as the
//! door shows, is asked at each fetch.

mod fetch;
pub(crate) mod store;

pub use fetch::fetch_door;

use super::store as of_rooms;
use crate::{
    accounts::tokens::{PlainToken, TokenKind},
    audit::{self, Entry},
    context::{RequestContext, retried},
    database::Connection,
    directory::authorise_reading,
    error::{Failure, Outcome},
    permits::{ManageRooms, ReadRooms, authorise},
    reasons,
};
use domain::{
    audit::{Intent, ThingKind},
    doors::{DoorPlanInput, DoorPlanView},
    ids::{DoorPlanId, RoomId},
    marking::view::Named,
    permission::Facts,
    problems::Problem,
    rooms::{Room, Site},
};
use std::fmt;
use store::DoorPlan;

/// A door plan whose link is shown this once.
pub struct DoorPlanMade {
    /// The plan.
    pub view: DoorPlanView,
    token: PlainToken,
    public_address: String,
}

impl fmt::Debug for DoorPlanMade {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "DoorPlanMade({}, link hidden)", self.view.id)
    }
}

impl DoorPlanMade {
    /// The link, a secret: `https://…/doors/TOKEN`.
    pub fn url(&self) -> String {
        format!("{}/doors/{}", self.public_address, self.token.expose())
    }

    /// The token alone.
    pub fn token(&self) -> &str {
        self.token.expose()
    }
}

fn view(context: &RequestContext, plan: &DoorPlan, room: &Room, sites: &[Site]) -> Outcome<DoorPlanView> {
    let site = sites.iter().find(|site| site.id == room.details.site).ok_or(Failure::Corrupt { what: "room" })?;
    Ok(DoorPlanView {
        id: plan.id,
        room: Named { id: room.id, name: format!("{}, {}", room.details.name, site.details.name) },
        ceiling: plan.ceiling,
        ends_on: plan.ends_on,
        has_ended: context.today() > plan.ends_on,
        is_own: context.actor().account() == Some(plan.made_by),
        made_at: plan.made_at,
        fetched_at: plan.fetched_at,
        fetched_by: plan.fetched_by.clone(),
    })
}

/// The door plans of a room, or of all, in the order in which they were made: those that were not revoked. For who keeps rooms.
///
/// # Errors
/// When the actor may not, or there is no such room.
pub async fn list_door_plans(context: &RequestContext, room: Option<RoomId>) -> Outcome<Vec<DoorPlanView>> {
    authorise_reading::<ReadRooms>(context)?;
    authorise::<ManageRooms>(context, Facts::NONE)?;
    let mut connection = context.read().await?;
    if let Some(id) = room {
        of_rooms::find_any(context, &mut connection, id).await?.ok_or(Failure::NotFound)?;
    }
    let sites = of_rooms::sites(context, &mut connection).await?;
    let mut views = Vec::new();
    let rooms = of_rooms::rooms(context, &mut connection).await?;
    for plan in store::list(context, &mut connection, room).await? {
        let view = match rooms.iter().find(|room| room.id == plan.room) {
            Some(room) => view(context, &plan, room, &sites)?,
            // A room that is retired is not among the others.
            None => view(context, &plan, &any_room(context, &mut connection, plan.room).await?.0, &sites)?,
        };
        views.push(view);
    }
    Ok(views)
}

async fn any_room(context: &RequestContext, connection: &mut impl Connection, id: RoomId) -> Outcome<(Room, bool)> {
    of_rooms::find_any(context, connection, id).await?.ok_or(Failure::Corrupt { what: "door plan" })
}

/// Makes a door plan of a room. Whatever is above TLP:CLEAR wants a reason, which is kept.
///
/// # Errors
/// When the actor may not keep rooms, there is no such room, or something given is wrong.
pub async fn make_door_plan(context: &RequestContext, input: &DoorPlanInput) -> Outcome<DoorPlanMade> {
    authorise_reading::<ReadRooms>(context)?;
    let permit = authorise::<ManageRooms>(context, Facts::NONE)?;
    let account = context.account()?;
    let terms = input.read(context.reader().ceiling(), context.today())?;
    retried(|| async {
        let mut transaction = context.write().await?;
        let room = of_rooms::find(context, &mut transaction, terms.room).await?;
        let room = room.ok_or_else(|| Failure::field("room_id", Problem::Unknown))?;
        let random = context.chancery().keys.random();
        let (token, hash) = PlainToken::generate(TokenKind::Door, random).map_err(|_| Failure::Machine { what: "randomness" })?;
        let plan = DoorPlan {
            id: context.new_id(),
            room: room.id,
            ceiling: terms.ceiling,
            ends_on: terms.ends_on,
            made_by: account,
            made_at: context.now(),
            fetched_at: None,
            fetched_by: None,
        };
        let digest = store::insert(context, &mut transaction, &permit, &plan, &hash).await?;
        reasons::keep(context, &mut transaction, ThingKind::DoorPlan, plan.id.uuid(), 1, input.reason.as_deref()).await?;
        let entry = Entry::done(Intent::MakeDoorPlan).digest(digest).thing(ThingKind::DoorPlan, plan.id.uuid(), 1);
        audit::record(context, &mut transaction, entry).await?;
        let sites = of_rooms::sites(context, &mut transaction).await?;
        let view = view(context, &plan, &room, &sites)?;
        transaction.commit().await?;
        Ok(DoorPlanMade { view, token, public_address: context.public_address() })
    })
    .await
}

/// Revokes a door plan, whoever made it: its link opens nothing from then on.
///
/// # Errors
/// When the actor may not keep rooms, or there is no such plan.
pub async fn revoke_door_plan(context: &RequestContext, id: DoorPlanId) -> Outcome<()> {
    retried(|| async {
        let mut transaction = context.write().await?;
        let plan = store::one(context, &mut transaction, id).await?;
        // Who keeps no rooms may look at no plan, and is not told which there are.
        authorise::<ManageRooms>(context, Facts::NONE)?;
        let permit = authorise::<ManageRooms>(context, Facts { known: Some(plan.is_some()), ..Facts::NONE })?;
        let digest = store::revoke(context, &mut transaction, &permit, id).await?;
        let entry = Entry::done(Intent::RevokeDoorPlan).digest(digest).thing(ThingKind::DoorPlan, id.uuid(), 2);
        audit::record(context, &mut transaction, entry).await?;
        transaction.commit().await?;
        Ok(())
    })
    .await
}
