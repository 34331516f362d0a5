//! What stands in the way of the lines of a programme as they are: found for all of them at once, so that a page of many lines
//! reads what is taken once.

use super::{
    hours::Hours,
    speech::Spoken,
    store,
    taking::{Among, Prepared, frame_of, line_among, prepared, standings, sweep_of},
};
use crate::{
    clashes::Telling,
    context::RequestContext,
    database::Connection,
    directory::OfficeDirectory,
    engagements::{self, AROUND, Booked},
    error::{Alternatives, ClashRefusal, Failure, Outcome},
    permits::{EditProgramme, authorise},
    rooms, visits,
};
use domain::{
    clash::{Clash, Engagement, Level, Plan, PlanParts, worst},
    ids::{ItemId, ResourceId, VisitId},
    marking::view::ClashView,
    rooms::Room,
    slots::{Slot, nearest},
    time::Span,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// What now clashes with each line of a visit, in words and with what would work instead, for who may change the programme.
/// Lines that nothing stands in the way of are left out; each is told of on the clocks of its start.
///
/// A visit that no longer holds things is in nobody's way, and nothing is in its.
///
/// # Errors
/// When there is no such visit for this reader, the actor may not change its programme, or the database refuses.
pub async fn standing_clashes(context: &RequestContext, visit: VisitId) -> Outcome<BTreeMap<ItemId, Vec<ClashView>>> {
    let mut connection = context.read().await?;
    let visit = visits::known(context, &mut connection, visit).await?;
    authorise::<EditProgramme>(context, visits::facts(context, &visit))?;
    if !visit.details.state.holds_things() {
        return Ok(BTreeMap::new());
    }
    let items = store::of_visit(context, &mut connection, visit.id).await?;
    let rooms = rooms::store::rooms(context, &mut connection).await?;
    let standings = standings(context, &mut connection, &visit).await?;
    let hours = Arc::new(Hours::around(context, &mut connection, &visit, items.iter().filter_map(|item| item.details.span())).await?);
    let spoken = Spoken::in_visit(context, &mut connection, visit.id).await?;
    let among = Among { lines: &items, standings: &standings, hours: &hours, spoken: &spoken };
    let lines: Outcome<Vec<Prepared>> = items
        .iter()
        .map(|item| {
            let room = item.details.room_for_rules().and_then(|(id, _)| rooms.iter().find(|room| room.id == id).cloned());
            prepared(context, &visit, item, room, &among)
        })
        .collect();
    let lines = lines?;
    let engagements = engagements_around(context, &mut connection, &lines).await?;
    let lines: Vec<Prepared> = lines
        .into_iter()
        .map(|line| {
            let source = line.candidate.source();
            let booked: Vec<Booked> = engagements.iter().filter(|it| it.source == source).map(Booked::from).collect();
            line.with_margins_of(&booked)
        })
        .collect();
    let sites = rooms::store::sites(context, &mut connection).await?;
    let terms = match whole(&lines) {
        Some(during) => rooms::terms::terms_of(context, &mut connection, &rooms, &sites, engagements::around(during)).await?,
        None => Vec::new(),
    };
    let plan = Plan::new(
        context.now(),
        PlanParts {
            engagements,
            lines: items.iter().filter_map(|item| line_among(context, &visit, item)).collect(),
            frames: frame_of(context, &visit).into_iter().collect(),
            nights: hours.nights.clone(),
            days_off: hours.days_off.clone(),
            sweeps: items.iter().filter_map(|item| sweep_of(context, item, &visit)).collect(),
            travel: rooms::terms::travel_between(&sites),
            rooms: terms,
            ..PlanParts::default()
        },
    );
    let directory = OfficeDirectory::load(context, &mut connection).await?;
    let mut telling = Telling::new(context, &directory);
    for item in &items {
        telling.knows(item, &visit);
    }
    telling.knows_hours(&visit, &hours);
    let mut standing = BTreeMap::new();
    for line in &lines {
        let clashes = line.clashes(context, &plan);
        if clashes.is_empty() {
            continue;
        }
        let source = line.candidate.source();
        let (judged, known) = telling.judged(&mut connection, &clashes, source).await?;
        let nearest = alternatives(context, line, &judged, known, &plan, &rooms);
        let zone = line.item.details.time_for_rules().starts().zone.clone();
        let said =
            telling.say(&mut connection, &ClashRefusal { source, clashes, alternatives: Alternatives::Found(nearest) }, &zone).await?;
        if !said.is_empty() {
            standing.insert(line.item.id, said);
        }
    }
    Ok(standing)
}

/// What would work instead; nothing where there is no more than a note.
pub(super) fn alternatives(
    context: &RequestContext,
    line: &Prepared,
    clashes: &[Clash],
    known: bool,
    plan: &Plan,
    rooms: &[Room],
) -> Vec<Slot> {
    let Some(during) = line.candidate.during().filter(|_| worst(clashes) > Some(Level::Note)) else { return Vec::new() };
    let choices = line.candidate.room().map(|(own, _)| engagements::room_choices(rooms, own, line.candidate.needs()));
    let search = engagements::search(context, during, known, choices.unwrap_or_default());
    nearest(plan, &engagements::rules(context), &line.candidate, &search)
}

/// From the first line's start to the last one's end.
pub(super) fn whole(lines: &[Prepared]) -> Option<Span> {
    let spans = || lines.iter().filter_map(|line| line.candidate.during());
    Span::new(spans().map(Span::starts).min()?, spans().map(Span::ends).max()?)
}

/// A stretch of time in which some lines lie close together, and the people they engage.
struct Stretch {
    during: Span,
    people: BTreeSet<ResourceId>,
    has_rooms: bool,
}

/// What is taken around the lines: of all rooms where a line has one, and of the people engaged. A line far from the others,
/// such as an advance party's weeks before, is read around by itself.
pub(super) async fn engagements_around(
    context: &RequestContext,
    connection: &mut impl Connection,
    lines: &[Prepared],
) -> Outcome<Vec<Engagement>> {
    let mut around: Vec<Stretch> = Vec::new();
    for line in lines {
        let Some(span) = line.candidate.during() else { continue };
        let during = Span::new(span.starts() - AROUND, span.ends() + AROUND).ok_or(Failure::Corrupt { what: "programme line" })?;
        let people = line.people.iter().map(|person| ResourceId(person.uuid())).collect();
        around.push(Stretch { during, people, has_rooms: line.room.is_some() });
    }
    around.sort_unstable_by_key(|stretch| (stretch.during.starts(), stretch.during.ends()));
    let mut stretches: Vec<Stretch> = Vec::new();
    for next in around {
        match stretches.last_mut() {
            Some(last) if next.during.starts() <= last.during.ends() => {
                last.during = Span::new(last.during.starts(), last.during.ends().max(next.during.ends())).unwrap_or(last.during);
                last.people.extend(next.people);
                last.has_rooms |= next.has_rooms;
            }
            _ => stretches.push(next),
        }
    }
    let mut engagements = Vec::new();
    for stretch in stretches {
        if stretch.has_rooms {
            engagements.extend(engagements::store::of_rooms(context, connection, stretch.during).await?);
        }
        for person in stretch.people {
            engagements.extend(engagements::store::of_resource(context, connection, person, stretch.during).await?);
        }
    }
    Ok(engagements)
}
