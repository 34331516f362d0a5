//! A place for each use that the closing of a room hurts: as was chosen, or as is proposed, all of them together.

use super::{
    hurt::{Closing, Use},
    movable::{choices, in_move},
};
use crate::{
    accounts::grants::{self, Granted},
    audit::deliveries::delivered,
    clashes::{Telling, moment, slot_view},
    context::RequestContext,
    database::{Connection, ReadConnection},
    engagements::{self, Surroundings},
    error::{Alternatives, ClashRefusal, Failure, Outcome},
    rooms::{self, terms},
};
use domain::{
    clash::{Candidate, Engagement, Plan, PlanParts},
    ids::{AccountId, ResourceId},
    marking::view::{ClosingPreview, HurtView, Named, SlotView},
    rooms::{Room, Site, closing::MoveInput},
    slots::{
        Slot,
        joint::{Chosen, Displaced, Placing, place},
    },
    time::{Span, agreed::MomentView},
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A use that may be moved, ready to be placed.
struct Ready {
    /// Its number among all that are hurt.
    number: usize,
    displaced: Displaced,
    surroundings: Surroundings,
    /// Where anything that matters to it lies.
    around: Span,
}

/// What the closing of a room would hurt, in words for its reader, with what is to become of each use.
pub(super) async fn preview(
    context: &RequestContext,
    mut connection: ReadConnection,
    closing: Closing,
    said: &[MoveInput],
) -> Outcome<ClosingPreview> {
    let rooms = rooms::store::rooms(context, &mut connection).await?;
    let sites = rooms::store::sites(context, &mut connection).await?;
    let granted = grants::of_all_accounts(context, &mut connection).await?;
    let mut ready = Vec::new();
    for (number, hurt) in closing.uses.iter().enumerate() {
        ready.extend(ready_of(context, &mut connection, &closing, (&rooms, &granted), (number, hurt), said).await?);
    }
    let mut placings: BTreeMap<usize, Placing> = BTreeMap::new();
    for stretch in stretches(ready) {
        let mut plan = plan_around(context, &mut connection, &closing, (&rooms, &sites), &stretch).await?;
        let uses: Vec<Displaced> = stretch.iter().map(|it| it.displaced.clone()).collect();
        let placed = place(&mut plan, &engagements::rules(context), &uses);
        placings.extend(stretch.iter().map(|it| it.number).zip(placed));
    }
    let zone = &closing.site.details.zone;
    let mut telling = Telling::new(context, &closing.directory);
    let mut hurt = Vec::with_capacity(closing.uses.len());
    for (number, it) in closing.uses.iter().enumerate() {
        let Placing { goes, refused, offered } = placings.remove(&number).unwrap_or_default();
        let at = |instant| moment(context, zone, instant).ok_or(Failure::Corrupt { what: "site" });
        let slot = |slot: &Slot| slot_view(context, slot, zone, &closing.directory);
        let refusal = ClashRefusal { source: it.engagement.source, clashes: refused, alternatives: Alternatives::Found(Vec::new()) };
        hurt.push(HurtView {
            engaged: it.view.clone(),
            starts: at(it.engagement.core.starts())?,
            ends: at(it.engagement.core.ends())?,
            may_move: it.movable.is_some(),
            goes: goes.as_ref().and_then(slot),
            refused: if refusal.clashes.is_empty() { Vec::new() } else { telling.say(&mut connection, &refusal, zone).await? },
            offered: offered.iter().filter_map(slot).collect::<Vec<SlotView>>(),
        });
    }
    let named = Named { id: closing.room.id, name: format!("{}, {}", closing.room.details.name, closing.site.details.name) };
    let times = (MomentView::from(&closing.blackout.starts), MomentView::from(&closing.blackout.ends));
    let version = closing.version()?;
    let mut view = ClosingPreview::of(named, times, hurt, closing.hidden, context.reader());
    version.as_str().clone_into(&mut view.version);
    delivered(context, connection, &closing.delivered).await?;
    Ok(view)
}

/// A use with where it may go and what was said of it; none if the reader may not move it.
async fn ready_of(
    context: &RequestContext,
    connection: &mut impl Connection,
    closing: &Closing,
    (rooms, granted): (&[Room], &HashMap<AccountId, Granted>),
    (number, hurt): (usize, &Use),
    said: &[MoveInput],
) -> Outcome<Option<Ready>> {
    let Some(movable) = &hurt.movable else { return Ok(None) };
    let (candidate, surroundings) = movable.as_it_is(context, connection, &closing.room).await?;
    let Some(during) = candidate.during() else { return Ok(None) };
    let chosen = match said.iter().enumerate().find(|(_, it)| it.source == hurt.engagement.source) {
        None => None,
        Some((_, it)) if it.stays() => Some(Chosen::Stays),
        Some((place, it)) => {
            let in_its_place = |failure| in_move(place, failure);
            let moved = movable.moved(context, connection, it).await.map_err(in_its_place)?;
            let there = movable.candidate(context, connection, &moved).await.map_err(in_its_place)?;
            Some(Chosen::Goes(Box::new(there)))
        }
    };
    let maker = movable.maker().and_then(|account| granted.get(&account)).map(|granted| granted.roles.iter().copied().collect());
    let choices = choices(context, rooms, ResourceId(closing.room.id.uuid()), &candidate, maker.as_ref());
    // Of what takes other rooms and times nothing is told: they lie on the half hours of the room's own clocks.
    let mut search = engagements::search(context, during, false, choices);
    search.offset = context.zones().offset_at(&closing.site.details.zone, during.starts()).unwrap_or(search.offset);
    let around = around(during, &chosen);
    Ok(Some(Ready { number, displaced: Displaced { candidate, search, chosen }, surroundings, around }))
}

/// Where anything lies that matters to a use, where it is and where it is to go.
fn around(during: Span, chosen: &Option<Chosen>) -> Span {
    let there = match chosen {
        Some(Chosen::Goes(candidate)) => candidate.during(),
        Some(Chosen::Stays) | None => None,
    };
    let whole = there.and_then(|there| Span::new(during.starts().min(there.starts()), during.ends().max(there.ends())));
    engagements::around(whole.unwrap_or(during))
}

/// The uses by stretches of time: what is in one matters to none in another.
fn stretches(mut ready: Vec<Ready>) -> Vec<Vec<Ready>> {
    ready.sort_by_key(|it| (it.around.starts(), it.number));
    let mut stretches: Vec<(Span, Vec<Ready>)> = Vec::new();
    for next in ready {
        match stretches.last_mut() {
            Some((whole, uses)) if next.around.starts() <= whole.ends() => {
                *whole = Span::new(whole.starts(), whole.ends().max(next.around.ends())).unwrap_or(*whole);
                uses.push(next);
            }
            _ => stretches.push((next.around, vec![next])),
        }
    }
    let in_order = |(_, mut uses): (Span, Vec<Ready>)| {
        uses.sort_by_key(|it| it.number);
        uses
    };
    stretches.into_iter().map(in_order).collect()
}

/// All that is taken around some uses, with the room closed as it is to be: one reading of the rooms, and one of each person.
async fn plan_around(
    context: &RequestContext,
    connection: &mut impl Connection,
    closing: &Closing,
    (rooms, sites): (&[Room], &[Site]),
    uses: &[Ready],
) -> Outcome<Plan> {
    let from = uses.iter().map(|it| it.around.starts()).min();
    let until = uses.iter().map(|it| it.around.ends()).max();
    let Some(within) = from.zip(until).and_then(|(from, until)| Span::new(from, until)) else {
        return Ok(Plan::new(context.now(), PlanParts::default()));
    };
    let candidates = || uses.iter().map(|it| &it.displaced.candidate);
    let mut engagements = engagements::store::of_rooms(context, connection, within).await?;
    let is_room = |id: &ResourceId| rooms.iter().any(|room| room.id.uuid() == id.uuid()) || id.uuid() == closing.room.id.uuid();
    let taken = candidates().flat_map(Candidate::engagements).map(|it: &Engagement| it.resource);
    for person in taken.filter(|id| !is_room(id)).collect::<BTreeSet<_>>() {
        engagements.extend(engagements::store::of_resource(context, connection, person, within).await?);
    }
    let own_lines = candidates().flat_map(Candidate::lines).copied();
    let lines = uses.iter().flat_map(|it| it.surroundings.lines.iter().copied()).chain(own_lines).collect();
    let hours = || uses.iter().map(|it| &it.surroundings.hours);
    let nights = hours().flat_map(|hours| hours.nights.iter().copied()).collect();
    let days_off = hours().flat_map(|hours| hours.days_off.iter().copied()).collect();
    let sweeps = uses.iter().flat_map(|it| it.surroundings.sweeps.iter().copied()).collect();
    let frames = uses.iter().flat_map(|it| it.surroundings.frames.iter().copied()).collect();
    let mut terms = terms::terms_of(context, connection, rooms, sites, within).await?;
    if let Some((own, closed)) = terms.iter_mut().find(|it| it.room.uuid() == closing.room.id.uuid()).zip(closing.ahead(context)) {
        own.blacked_out.push(closed);
    }
    let travel = terms::travel_between(sites);
    Ok(Plan::new(
        context.now(),
        PlanParts { engagements, lines, frames, nights, days_off, sweeps, travel, rooms: terms, ..PlanParts::default() },
    ))
}
