//! The statements of engagements.

use super::{
    before::{Firmness, TakenBefore},
    rows::{EngagementRow, source_of},
};
use crate::{
    context::RequestContext,
    database::{Connection, WriteTransaction},
    error::{Failure, Outcome},
    statements, values,
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    clash::{Claim, Engagement, Occupation, Place, Source},
    ids::{EngagementId, ResourceId, SiteId, VisitId},
    marking::Marking,
    time::Span,
};
use std::str::FromStr;
use uuid::Uuid;

statements! {
    OF_RESOURCE = "SELECT e.resource_id, r.kind, e.source_kind, e.source_id, e.site_id, e.starts_at, e.ends_at, e.core_starts_at, e.core_ends_at, e.state, e.hold_until, e.exclusive, e.overridden, e.drop_by, e.marking \
        FROM engagements e JOIN resources r ON r.office_id = e.office_id AND r.id = e.resource_id \
        WHERE e.office_id = $1 AND e.resource_id = $2 AND e.starts_at < $3 AND e.starts_at > $4 AND e.ends_at > $5";
    OF_ROOMS = "SELECT e.resource_id, r.kind, e.source_kind, e.source_id, e.site_id, e.starts_at, e.ends_at, e.core_starts_at, e.core_ends_at, e.state, e.hold_until, e.exclusive, e.overridden, e.drop_by, e.marking \
        FROM engagements e JOIN resources r ON r.office_id = e.office_id AND r.id = e.resource_id \
        WHERE e.office_id = $1 AND r.kind = 'room' AND e.starts_at < $2 AND e.starts_at > $3 AND e.ends_at > $4";
    IN_ROOM = "SELECT e.resource_id, r.kind, e.source_kind, e.source_id, e.site_id, e.starts_at, e.ends_at, e.core_starts_at, e.core_ends_at, e.state, e.hold_until, e.exclusive, e.overridden, e.drop_by, e.marking \
        FROM engagements e JOIN resources r ON r.office_id = e.office_id AND r.id = e.resource_id \
        WHERE e.office_id = $1 AND e.source_id = $2 AND e.source_kind = $3 AND e.resource_id = $4";
    DROP_LAPSED = "DELETE FROM engagements WHERE office_id = $1 AND resource_id = $2 AND state = 'held' AND hold_until <= $3";
    TAKEN_BY = "SELECT resource_id, starts_at, ends_at, core_starts_at, core_ends_at, state, hold_until, exclusive, drop_by, overridden, marking FROM engagements \
        WHERE office_id = $1 AND source_id = $2 AND source_kind = $3 AND (hold_until IS NULL OR hold_until > $4)";
    DELETE_OF_SOURCE = "DELETE FROM engagements WHERE office_id = $1 AND source_id = $2 AND source_kind = $3";
    DELETE_IN_ROOM = "DELETE FROM engagements WHERE office_id = $1 AND source_id = $2 AND source_kind = $3 AND resource_id = $4";
    INSERT = "INSERT INTO engagements (office_id, id, resource_id, source_kind, source_id, visit_id, site_id, starts_at, ends_at, core_starts_at, core_ends_at, state, hold_until, exclusive, drop_by, overridden, marking) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
    SET_EDGES = "UPDATE engagements SET starts_at = COALESCE($4, starts_at), ends_at = COALESCE($5, ends_at) WHERE office_id = $1 AND resource_id = $2 AND source_id = $3";
    EXCLUSIVE = "SELECT source_kind, source_id FROM engagements WHERE office_id = $1 AND resource_id = $2 AND exclusive AND starts_at < $3 AND starts_at > $4 AND ends_at > $5";
    NEXT = "SELECT starts_at FROM engagements WHERE office_id = $1 AND resource_id = $2 AND (visit_id IS NULL OR visit_id <> $3) AND starts_at >= $4 AND starts_at < $5 \
        AND (hold_until IS NULL OR hold_until > $6) ORDER BY starts_at LIMIT 1";
    PREVIOUS = "SELECT ends_at FROM engagements WHERE office_id = $1 AND resource_id = $2 AND (visit_id IS NULL OR visit_id <> $3) AND starts_at < $4 AND starts_at > $6 \
        AND ends_at <= $4 AND ends_at > $5 AND (hold_until IS NULL OR hold_until > $7) ORDER BY ends_at DESC LIMIT 1";
    ADD_RESOURCE = "INSERT INTO resources (office_id, id, kind) VALUES ($1, $2, $3)";
}

/// No engagement is longer: the index needs to be searched no further back.
const LONGEST: TimeDelta = TimeDelta::days(15);

/// The engagements of all rooms that share an instant with a window.
pub(crate) async fn of_rooms(context: &RequestContext, connection: &mut impl Connection, window: Span) -> Outcome<Vec<Engagement>> {
    let values = values![context.office_id(), window.ends(), window.starts() - LONGEST, window.starts()];
    let rows: Vec<EngagementRow> = connection.all(OF_ROOMS, values).await?;
    rows.into_iter().map(EngagementRow::into_engagement).collect()
}

/// The engagements of a resource that share an instant with a window.
pub(crate) async fn of_resource(
    context: &RequestContext,
    connection: &mut impl Connection,
    resource: ResourceId,
    window: Span,
) -> Outcome<Vec<Engagement>> {
    let earliest = window.starts() - LONGEST;
    let values = values![context.office_id(), resource, window.ends(), earliest, window.starts()];
    let rows: Vec<EngagementRow> = connection.all(OF_RESOURCE, values).await?;
    rows.into_iter().map(EngagementRow::into_engagement).collect()
}

/// Because of what the database would refuse another exclusive engagement of a resource in this time.
pub(crate) async fn exclusively_taken_by(
    context: &RequestContext,
    connection: &mut impl Connection,
    resource: ResourceId,
    during: Span,
) -> Outcome<Vec<Source>> {
    let values = values![context.office_id(), resource, during.ends(), during.starts() - LONGEST, during.starts()];
    let found: Vec<(String, Uuid)> = connection.all(EXCLUSIVE, values).await?;
    found.into_iter().map(|(kind, id)| source_of(&kind, id).ok_or(Failure::Corrupt { what: "engagement" })).collect()
}

/// What a source takes of one room.
pub(crate) async fn in_room(
    context: &RequestContext,
    connection: &mut impl Connection,
    source: Source,
    room: ResourceId,
) -> Outcome<Option<Engagement>> {
    let (kind, id) = source_parts(source);
    let row: Option<EngagementRow> = connection.optional(IN_ROOM, values![context.office_id(), id, kind, room]).await?;
    row.map(EngagementRow::into_engagement).transpose()
}

/// Holds whose time has come are dead; their rows go before anything is written over them.
pub(crate) async fn drop_lapsed(context: &RequestContext, transaction: &mut WriteTransaction, resources: &[ResourceId]) -> Outcome<()> {
    for resource in resources {
        transaction.execute(DROP_LAPSED, values![context.office_id(), *resource, context.now()]).await?;
    }
    Ok(())
}

/// The kind and the identifier by which a source is stored.
pub(crate) const fn source_parts(source: Source) -> (&'static str, Uuid) {
    match source {
        Source::Item(id) => ("item", id.uuid()),
        Source::Booking(id) => ("booking", id.uuid()),
    }
}

#[derive(sqlx_macros::FromRow)]
struct TakenRow {
    resource_id: Uuid,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    core_starts_at: DateTime<Utc>,
    core_ends_at: DateTime<Utc>,
    state: String,
    hold_until: Option<DateTime<Utc>>,
    exclusive: bool,
    drop_by: bool,
    overridden: bool,
    marking: String,
}

impl TakenRow {
    fn into_taken(self) -> Outcome<TakenBefore> {
        let broken = || Failure::Corrupt { what: "engagement" };
        Ok(TakenBefore {
            resource: ResourceId(self.resource_id),
            core: Span::new(self.core_starts_at, self.core_ends_at).ok_or_else(broken)?,
            during: Span::new(self.starts_at, self.ends_at).ok_or_else(broken)?,
            marking: Marking::from_str(&self.marking).map_err(|_| broken())?,
            overridden: self.overridden,
            firmness: match (self.state.as_str(), self.exclusive || self.overridden) {
                ("firm", _) => Firmness::Settled,
                // What shares its room is no longer exclusive.
                (_, true) => Firmness::Promised,
                (_, false) => Firmness::Pencilled,
            },
            until: self.hold_until,
            is_drop_by: self.drop_by,
            as_asked: true,
        })
    }
}

/// What a source takes; holds that are dead are left out.
pub(crate) async fn taken_by(context: &RequestContext, connection: &mut impl Connection, source: Source) -> Outcome<Vec<TakenBefore>> {
    let (kind, id) = source_parts(source);
    let rows: Vec<TakenRow> = connection.all(TAKEN_BY, values![context.office_id(), id, kind, context.now()]).await?;
    rows.into_iter().map(TakenRow::into_taken).collect()
}

pub(crate) async fn delete_of_source(context: &RequestContext, transaction: &mut WriteTransaction, source: Source) -> Outcome<()> {
    let (kind, id) = source_parts(source);
    transaction.execute(DELETE_OF_SOURCE, values![context.office_id(), id, kind]).await?;
    Ok(())
}

/// What a source takes of one room is given back; whatever else it takes stays.
pub(crate) async fn delete_in_room(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    source: Source,
    room: ResourceId,
) -> Outcome<()> {
    let (kind, id) = source_parts(source);
    transaction.execute(DELETE_IN_ROOM, values![context.office_id(), id, kind, room]).await?;
    Ok(())
}

pub(crate) async fn insert(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    visit: Option<VisitId>,
    engagement: &Engagement,
    exclusive: bool,
    overridden: bool,
) -> Outcome<()> {
    let (source_kind, source) = source_parts(engagement.source);
    let site: Option<SiteId> = match engagement.occupation {
        Occupation::Room { site, .. } => Some(site),
        Occupation::Person { from: Some(Place::Site(site)), .. } => Some(site),
        Occupation::Person { .. } | Occupation::Vehicle | Occupation::Equipment => None,
    };
    let state = match engagement.claim {
        Claim::Firm => "firm",
        Claim::Pencilled { .. } | Claim::Promised { .. } => "held",
        Claim::Wished => return Ok(()),
    };
    let during = engagement.during();
    let values = values![
        context.office_id(),
        context.new_id::<EngagementId>(),
        engagement.resource,
        source_kind,
        source,
        visit,
        site,
        during.starts(),
        during.ends(),
        engagement.core.starts(),
        engagement.core.ends(),
        state,
        engagement.lapses_at(),
        exclusive,
        engagement.is_drop_by(),
        overridden,
        engagement.marking.label(),
    ];
    transaction.execute(INSERT, values).await?;
    Ok(())
}

/// The ends of a use that now meets another use by the same visit there, or meets it no more; what is not said stays.
pub(crate) async fn set_edges(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    of: &Engagement,
    starts: Option<DateTime<Utc>>,
    ends: Option<DateTime<Utc>>,
) -> Outcome<()> {
    let (_, source) = source_parts(of.source);
    transaction.execute(SET_EDGES, values![context.office_id(), of.resource, source, starts, ends]).await?;
    Ok(())
}

/// From when on the thing that a use of a visit takes is taken by others after it, before that instant.
pub(crate) async fn next_after(
    context: &RequestContext,
    connection: &mut impl Connection,
    (of, visit): (&Engagement, VisitId),
    before: DateTime<Utc>,
) -> Outcome<Option<DateTime<Utc>>> {
    let values = values![context.office_id(), of.resource, visit, of.core.ends(), before, context.now()];
    let found: Option<(DateTime<Utc>,)> = connection.optional(NEXT, values).await?;
    Ok(found.map(|(starts,)| starts))
}

/// Until when the thing that a use of a visit takes is taken by others before it, after that instant.
pub(crate) async fn previous_before(
    context: &RequestContext,
    connection: &mut impl Connection,
    (of, visit): (&Engagement, VisitId),
    after: DateTime<Utc>,
) -> Outcome<Option<DateTime<Utc>>> {
    let starts = of.core.starts();
    let values = values![context.office_id(), of.resource, visit, starts, after, starts - LONGEST, context.now()];
    let found: Option<(DateTime<Utc>,)> = connection.optional(PREVIOUS, values).await?;
    Ok(found.map(|(ends,)| ends))
}

/// Notes that only one may have a thing at a time.
pub(crate) async fn add_resource(
    context: &RequestContext,
    transaction: &mut WriteTransaction,
    id: Uuid,
    kind: &'static str,
) -> Outcome<()> {
    transaction.execute(ADD_RESOURCE, values![context.office_id(), id, kind]).await?;
    Ok(())
}
