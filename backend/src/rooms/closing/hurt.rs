//! What the closing of a room hurts, told apart by what its reader may read and move.

use super::movable::{Movable, Moved, in_move};
use crate::{
    audit::deliveries::Delivered,
    context::RequestContext,
    database::Connection,
    directory::OfficeDirectory,
    engagements,
    error::{Failure, Outcome},
    permits::{MoveUses, authorise},
    rooms::{blackouts, occupancy::Known, store},
    version::ETag,
};
use domain::{
    clash::Engagement,
    ids::ResourceId,
    marking::{
        Channel,
        view::{BesideView, EngagedView, Hidden},
    },
    permission::Facts,
    problems::{FieldProblem, Problem},
    rooms::{
        Room, Site,
        blackouts::{Blackout, BlackoutInput},
        closing::{ClosingInput, MOST_MOVED, MoveInput},
    },
    time::Span,
};

/// A use that is hurt, as its reader may read it.
pub(super) struct Use {
    pub(super) engagement: Engagement,
    pub(super) view: EngagedView,
    /// The line or booking, if its reader may move it.
    pub(super) movable: Option<Movable>,
}

/// The closing of a room, with all that it hurts.
pub(super) struct Closing {
    pub(super) room: Room,
    pub(super) site: Site,
    pub(super) blackout: Blackout,
    pub(super) directory: OfficeDirectory,
    /// What its reader may read, by start.
    pub(super) uses: Vec<Use>,
    pub(super) hidden: Vec<Hidden>,
    pub(super) delivered: Vec<Delivered>,
}

/// The blackout that closes a room.
fn blackout_of(context: &RequestContext, room: &Room, input: &BlackoutInput) -> Outcome<Blackout> {
    let id = room.id.to_string();
    if input.room_id.as_deref().is_some_and(|given| !given.is_empty() && given != id) {
        return Err(Failure::field("blackout.room_id", Problem::Unknown));
    }
    let said = BlackoutInput { room_id: Some(id), ..input.clone() };
    let blackout = said.onto(context.new_id(), None, blackouts::author(context), context.zones());
    let of_blackout = |it: FieldProblem| FieldProblem { field: format!("blackout.{}", it.field), ..it };
    blackout.map_err(|problems| Failure::Invalid(problems.into_iter().map(of_blackout).collect()))
}

/// What the closing of a room hurts: what takes it while it is closed, and is not over.
///
/// # Errors
/// When something given of the blackout is wrong, or the database refuses.
pub(super) async fn gather(
    context: &RequestContext,
    connection: &mut impl Connection,
    room: Room,
    input: &ClosingInput,
) -> Outcome<Closing> {
    let site = store::site(context, connection, room.details.site).await?.ok_or(Failure::Corrupt { what: "room" })?;
    let blackout = blackout_of(context, &room, &input.blackout)?;
    let directory = OfficeDirectory::load(context, connection).await?;
    let mut closing = Closing { room, site, blackout, directory, uses: Vec::new(), hidden: Vec::new(), delivered: Vec::new() };
    let Some(closed) = closing.ahead(context) else { return Ok(closing) };
    let resource = ResourceId(closing.room.id.uuid());
    let mut taken = engagements::store::of_resource(context, connection, resource, closed).await?;
    taken.retain(|it| it.is_alive(context.now()) && it.core.ends() > context.now() && it.during().overlaps(closed));
    taken.sort_by_key(|it| (it.core.starts(), it.core.ends(), it.source));
    let spans = || taken.iter().map(Engagement::during);
    let whole = spans().map(Span::starts).min().zip(spans().map(Span::ends).max()).and_then(|(from, until)| Span::new(from, until));
    let Some(whole) = whole else { return Ok(closing) };
    let may_move = authorise::<MoveUses>(context, Facts::NONE).is_ok();
    let known = Known::load(context, connection, &closing.directory, whole, Some(closing.room.id), Channel::Board).await?;
    let (mut uses, mut moved) = (Vec::new(), 0);
    for engagement in taken {
        match known.on_board(&engagement) {
            Err(hidden) => closing.hidden.push(hidden),
            Ok((view, delivered)) => {
                let is_live = delivered.is_some() && may_move && moved < MOST_MOVED;
                let movable = if is_live { Movable::of(context, connection, &closing.directory, &engagement).await? } else { None };
                moved += usize::from(movable.is_some());
                closing.delivered.extend(delivered);
                uses.push(Use { engagement, view, movable });
            }
        }
    }
    drop(known);
    closing.uses = uses;
    Ok(closing)
}

impl Closing {
    /// What is closed of the time to come; none if the closing is over.
    pub(super) fn ahead(&self, context: &RequestContext) -> Option<Span> {
        Span::new(self.blackout.starts.at().max(context.now()), self.blackout.ends.at())
    }

    /// The version of what is hurt, as its reader sees it: it does not change with what is hidden behind a stand-in.
    pub(super) fn version(&self) -> Outcome<ETag> {
        let hurt: Vec<(&EngagedView, bool)> = self.uses.iter().map(|it| (&it.view, it.movable.is_some())).collect();
        let reserved = BesideView::of(Vec::new(), self.hidden.clone(), &domain::marking::Reader::public()).reserved;
        ETag::of(&(self.blackout.starts.at(), self.blackout.ends.at(), hurt, reserved))
    }

    /// The uses that were said to go elsewhere, by start, each with its number among them and as it would be saved.
    ///
    /// # Errors
    /// When something given is wrong: of what is not hurt, or the reader may not move, that there is no such use.
    pub(super) async fn moves(
        &self,
        context: &RequestContext,
        connection: &mut impl Connection,
        said: &[MoveInput],
    ) -> Outcome<Vec<(usize, Moved)>> {
        let mut moves = Vec::new();
        for (number, it) in said.iter().enumerate() {
            let found = self.uses.iter().enumerate().find(|(_, hurt)| hurt.engagement.source == it.source);
            let movable = found.and_then(|(place, hurt)| Some((place, hurt.movable.as_ref()?)));
            let (place, movable) = movable.ok_or_else(|| Failure::field(&format!("moves.{number}.source"), Problem::Unknown))?;
            if moves.iter().any(|(other, _)| *other == place) {
                return Err(Failure::field(&format!("moves.{number}.source"), Problem::AlreadyTaken));
            }
            if !it.stays() {
                moves.push((place, movable.moved(context, connection, it).await.map_err(|failure| in_move(number, failure))?));
            }
        }
        moves.sort_by_key(|(place, _)| *place);
        Ok(moves)
    }
}
