//! Rooms, when they are taken, and where and when something is free.

use super::{
    ROOT,
    body::{Asked, Body, Id, IfMatch, Keyed, PageQuery, Sent, Stretch, Versioned, instant, made_once, whole},
};
use crate::{problem::Problem, requester::Authenticated};
use axum::http::StatusCode;
use backend::{
    RequestContext,
    paging::page,
    rooms::{
        self,
        availability::room_availability,
        slots::{SlotQuery, free_slots},
    },
};
use chrono::TimeDelta;
use domain::{
    ids::{PersonId, RoomId, SiteId},
    marking::view::{RoomAvailability, SlotView},
    paging::Page,
    problems::Problems,
    rooms::{
        Layout,
        found::FoundRoomsView,
        input::{RoomInput, WantedUseInput},
        view::RoomView,
    },
    time::{agreed::AgreedTime, wall_at},
    typed::TypedNumber,
};
use serde::Deserialize;
use utoipa::IntoParams;

/// How far one looks if nobody says.
const USUAL_STRETCH: TimeDelta = TimeDelta::days(7);

/// The office's rooms, by their site's name and their own.
#[utoipa::path(get, path = "/rooms", tag = "rooms", params(PageQuery), responses((status = 200, body = Page<RoomView>)))]
pub(super) async fn list_rooms(
    Authenticated(context): Authenticated,
    Asked(query): Asked<PageQuery>,
) -> Result<Sent<Page<RoomView>>, Problem> {
    let request = query.request()?;
    Ok(Sent(page(rooms::list_rooms(&context).await?, |view| view.id.uuid(), &request)))
}

/// Makes a room.
#[utoipa::path(post, path = "/rooms", tag = "rooms", params(("Idempotency-Key" = Option<String>, Header)),
    request_body = RoomInput, responses((status = 201, body = RoomView)))]
pub(super) async fn create_room(Authenticated(context): Authenticated, keyed: Keyed<RoomInput>) -> Result<Versioned<RoomView>, Problem> {
    let (key, input) = keyed.parts();
    let make = |context: RequestContext| async move {
        let view = rooms::create_room(&context, input).await?;
        Ok((view.id.uuid(), view))
    };
    let again = |context: RequestContext, id| async move { rooms::read_room(&context, RoomId(id)).await };
    let view = made_once(&context, key, make, again).await?;
    Ok(Versioned::made(format!("{ROOT}/rooms/{}", view.id), view))
}

/// A room; also one that is retired, which what is past still names.
#[utoipa::path(get, path = "/rooms/{id}", tag = "rooms", params(("id" = RoomId, Path)), responses((status = 200, body = RoomView)))]
pub(super) async fn read_room(Authenticated(context): Authenticated, Id(id): Id<RoomId>) -> Result<Versioned<RoomView>, Problem> {
    Ok(Versioned::ok(rooms::read_room(&context, id).await?))
}

/// Changes a room; what is absent stays as it is, and what has been booked in it keeps its margins.
#[utoipa::path(patch, path = "/rooms/{id}", tag = "rooms", params(("id" = RoomId, Path), ("If-Match" = Option<String>, Header)),
    request_body = RoomInput, responses((status = 200, body = RoomView)))]
pub(super) async fn change_room(
    Authenticated(context): Authenticated,
    Id(id): Id<RoomId>,
    IfMatch(seen): IfMatch,
    Body(input): Body<RoomInput>,
) -> Result<Versioned<RoomView>, Problem> {
    Ok(Versioned::ok(rooms::change_room(&context, id, input, &seen).await?))
}

/// Retires a room that nothing uses any more: it is offered no more, and what is past still names it. While something uses it now or
/// later, it is refused (422, `still_used`).
#[utoipa::path(delete, path = "/rooms/{id}", tag = "rooms", params(("id" = RoomId, Path), ("If-Match" = Option<String>, Header)), responses((status = 204)))]
pub(super) async fn retire_room(
    Authenticated(context): Authenticated,
    Id(id): Id<RoomId>,
    IfMatch(seen): IfMatch,
) -> Result<StatusCode, Problem> {
    rooms::retire_room(&context, id, &seen).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Whose availability is asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct OfRoom {
    /// This room alone; all rooms if none is given.
    pub(super) room_id: Option<RoomId>,
}

/// When rooms are taken, for a week if no `until` is given and 62 days at most. What the requester may not read is reserved, to
/// the quarter of an hour; a time at which nobody may use the room stands with its cause as far as the requester may read that.
/// Missions have none (403).
#[utoipa::path(get, path = "/rooms/availability", tag = "rooms", params(OfRoom, Stretch, PageQuery),
    responses((status = 200, body = Page<RoomAvailability>)))]
pub(super) async fn list_availability(
    Authenticated(context): Authenticated,
    Asked(of): Asked<OfRoom>,
    Asked(stretch): Asked<Stretch>,
    Asked(query): Asked<PageQuery>,
) -> Result<Sent<Page<RoomAvailability>>, Problem> {
    let (from, until) = stretch.read(context.now(), USUAL_STRETCH)?;
    let rooms = room_availability(&context, from, until, of.room_id).await?;
    Ok(Sent(page(rooms, |availability| availability.room.id.uuid(), &query.request()?)))
}

/// What is to find a place and a time.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct Wanted {
    /// How long it lasts, in minutes, from 5 to 14 days of them.
    #[param(required = true)]
    minutes: u32,
    /// In this room.
    room_id: Option<RoomId>,
    /// In a room with this layout.
    #[param(inline)]
    layout: Option<Layout>,
    /// In a room for so many.
    people: Option<u32>,
    /// When this person is free; with neither room nor layout nor people, that alone.
    person_id: Option<PersonId>,
    /// How many slots, from 1 to 50.
    limit: Option<u32>,
}

/// The earliest times at which a room that would do, a person, or both are free, within a week if no `until` is given and 62
/// days at most. Missions have none (403).
#[utoipa::path(get, path = "/slots", tag = "rooms", params(Wanted, Stretch), responses((status = 200, body = Page<SlotView>)))]
pub(super) async fn list_slots(
    Authenticated(context): Authenticated,
    Asked(wanted): Asked<Wanted>,
    Asked(stretch): Asked<Stretch>,
) -> Result<Sent<Page<SlotView>>, Problem> {
    let (from, until) = stretch.read(context.now(), USUAL_STRETCH)?;
    let query = SlotQuery {
        room: wanted.room_id,
        layout: wanted.layout,
        people: wanted.people,
        person: wanted.person_id,
        minutes: wanted.minutes,
        from,
        until,
        most: wanted.limit,
    };
    Ok(Sent(whole(free_slots(&context, &query).await?)))
}

/// A use for which a room is looked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct Use {
    /// From this instant on, RFC 3339 with its offset.
    #[param(required = true, value_type = DateTime<Utc>)]
    starts: Option<String>,
    /// Until this instant.
    #[param(required = true, value_type = DateTime<Utc>)]
    ends: Option<String>,
    /// In this layout.
    layout: Option<String>,
    /// For so many.
    #[param(value_type = Option<u32>)]
    people: Option<String>,
    /// With all of these, separated by commas.
    #[param(example = "step_free,video_link")]
    features: Option<String>,
    /// Whether the room is swept before.
    sweep: Option<bool>,
    /// At this site alone.
    #[param(value_type = Option<SiteId>)]
    site_id: Option<String>,
    /// The marking of what is said there, TLP:GREEN if none is given.
    marking: Option<String>,
}

impl Use {
    fn read(self, context: &RequestContext) -> Result<WantedUseInput, Problem> {
        let mut problems = Problems::new();
        let on_office_clocks = |at| wall_at(context.zones(), &context.office().details.zone, at).ok().as_ref().map(AgreedTime::from);
        let input = WantedUseInput {
            starts: instant(&mut problems, "starts", self.starts.as_deref()).and_then(on_office_clocks),
            ends: instant(&mut problems, "ends", self.ends.as_deref()).and_then(on_office_clocks),
            layout: self.layout,
            people: self.people.as_deref().map(TypedNumber::from),
            features: self.features.map(|words| words.split(',').map(str::to_owned).collect()),
            sweep: self.sweep,
            site_id: self.site_id,
            marking: self.marking,
        };
        // What is no instant is said by itself, not as if it were missing.
        problems.finish(Some(()))?;
        Ok(input)
    }
}

/// The rooms that suit a use between two instants and are free for it, margins included, and those that nearly do with what they
/// lack. Missions have none (403).
#[utoipa::path(get, path = "/rooms/find", tag = "rooms", params(Use), responses((status = 200, body = FoundRoomsView)))]
pub(super) async fn find_rooms(Authenticated(context): Authenticated, Asked(asked): Asked<Use>) -> Result<Sent<FoundRoomsView>, Problem> {
    let wanted = asked.read(&context)?;
    Ok(Sent(rooms::find::find_rooms(&context, wanted).await?))
}
