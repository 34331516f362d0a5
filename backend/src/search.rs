//! Search over visits, people, missions and rooms: over what the reader sees, and nothing else.

use crate::{
    audit::deliveries::{Delivered, delivered},
    context::RequestContext,
    directory::{OfficeDirectory, authorise_reading},
    error::{Failure, Outcome},
    missions, people,
    permits::ReadOffice,
    rooms, visits,
};
use domain::{
    marking::{Marking, Reader, view::VisitView},
    problems::Problem,
    rooms::view::RoomView,
    search::{Fit, LONGEST_SEARCH, Query, SearchHit, SearchKind},
};
use std::collections::HashMap;

/// The most things that one search gives.
pub const MOST_HITS: u32 = 50;

struct Found {
    fit: Fit,
    hit: SearchHit,
}

fn visit(query: &Query, view: &VisitView, reader: &Reader) -> Option<Found> {
    let title = view.title.as_deref()?;
    let names = view.guest.iter().chain(&view.host).map(|person| person.name.as_str());
    let others = names.chain(view.country.as_deref()).chain(view.capital.as_deref()).chain([view.place.as_str()]);
    let fit = query.fit(title, others)?;
    Some(Found { fit, hit: SearchHit::new(reader, SearchKind::Visit, view.id.uuid(), title, view.starts_on.map(|day| day.to_string())) })
}

fn room(query: &Query, view: &RoomView, reader: &Reader) -> Option<Found> {
    let fit = query.fit(&view.name, [view.site.name.as_str()])?;
    Some(Found { fit, hit: SearchHit::new(reader, SearchKind::Room, view.id.uuid(), &view.name, Some(view.site.name.clone())) })
}

/// Searches. What fits best comes first: by title from its start, by title, by what else is seen; then by kind and title.
///
/// Of what is marked above TLP:AMBER nothing is searched, even for who may read it: such text is sealed, and no search page shows
/// it (a cover title is searched as any other).
///
/// # Errors
/// When the actor may not (missions search nothing of the office), or the text or the limit is too long.
pub async fn search(context: &RequestContext, text: &str, limit: u32) -> Outcome<Vec<SearchHit>> {
    authorise_reading::<ReadOffice>(context)?;
    if text.chars().count() > LONGEST_SEARCH as usize {
        return Err(Failure::field("q", Problem::TooLong { most: LONGEST_SEARCH }));
    }
    if !(1..=MOST_HITS).contains(&limit) {
        return Err(Failure::field("limit", Problem::OutOfBounds { least: 1, most: i64::from(MOST_HITS) }));
    }
    let Some(query) = Query::parse(text) else { return Ok(Vec::new()) };
    let mut connection = context.read().await?;
    let directory = OfficeDirectory::load(context, &mut connection).await?;
    let reader = context.reader().clone().by(Marking::Amber);
    let mut found: Vec<Found> = Vec::new();
    let mut things = HashMap::new();
    for it in visits::store::all(context, &mut connection).await? {
        let Some(view) = VisitView::of(&it, &reader, &directory) else { continue };
        found.extend(visit(&query, &view, &reader));
        things.insert(it.id.uuid(), Delivered::visit(&it, &view));
    }
    let mission_names = people::mission_names(context, &mut connection).await?;
    for person in people::store::all(context, &mut connection).await?.by_name() {
        let view = people::view(context, person, &mission_names);
        if let Some(fit) = query.fit(&view.name, people::search_texts(&view)) {
            let detail = view.rank.clone().or_else(|| view.mission.as_ref().map(|mission| mission.name.clone()));
            found.push(Found { fit, hit: SearchHit::new(&reader, SearchKind::Person, view.id.uuid(), &view.name, detail) });
        }
    }
    for mission in missions::store::all(context, &mut connection).await? {
        let view = missions::view(&mission, &directory);
        if let Some(fit) = query.fit(&view.name, missions::search_texts(&view)) {
            let detail = view.head.as_ref().map(|head| head.person.name.clone());
            found.push(Found { fit, hit: SearchHit::new(&reader, SearchKind::Mission, view.id.uuid(), &view.name, detail) });
        }
    }
    let sites = rooms::store::sites(context, &mut connection).await?;
    for it in rooms::store::rooms(context, &mut connection).await?.iter() {
        let site = sites.iter().find(|site| site.id == it.details.site).ok_or(Failure::Corrupt { what: "room" })?;
        found.extend(room(&query, &RoomView::of(it, site), &reader));
    }
    found.sort_by(|a, b| (a.fit, a.hit.kind, &a.hit.title, a.hit.id).cmp(&(b.fit, b.hit.kind, &b.hit.title, b.hit.id)));
    let hits: Vec<SearchHit> = found.into_iter().take(limit as usize).map(|it| it.hit).collect();
    let things: Vec<Delivered> = hits.iter().filter_map(|hit| things.get(&hit.id).copied()).collect();
    delivered(context, connection, &things).await?;
    Ok(hits)
}
