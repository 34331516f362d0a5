//! The day board, and a room's week or month: what takes rooms, laid out on the clocks of their sites.

use super::{
    availability::Uses,
    blackouts::{Shown, is_of, on_board},
    store,
    terms::open_at,
};
use crate::{
    audit::deliveries::{Delivered, delivered},
    context::RequestContext,
    database::Connection,
    directory::{OfficeDirectory, authorise_reading},
    error::{Failure, Outcome},
    permits::ReadRooms,
};
use chrono::NaiveDate;
use domain::{
    board::{BoardRoom, BoardSite, BoardView, Day, RoomDay, RoomDaysView, RoomOfBoard},
    ids::RoomId,
    marking::{Channel, view::Named},
    permission::{Action, role_allows},
    problems::Problem,
    rooms::{Room, Site, filter::RoomFilter, view::RoomView},
    time::Span,
};

/// The most days of a room that are shown in one go: a month, begun and ended on whole weeks.
pub const MOST_DAYS: u32 = 42;

fn may(context: &RequestContext, action: Action) -> bool {
    context.actor().roles().iter().any(|role| role_allows(*role, action))
}

/// Whether the actor may book a room: it may be kept for some roles.
fn may_book(context: &RequestContext, room: &Room) -> bool {
    may(context, Action::BookRoom) && room.details.booked_by.admits(context.actor().roles())
}

pub(super) fn day_at<'a>(context: &'a RequestContext, site: &'a Site, date: NaiveDate) -> Outcome<Day<'a>> {
    Day::of(context.zones(), &site.details.zone, date).ok_or_else(|| Failure::field("day", Problem::Unknown))
}

pub(super) fn head(context: &RequestContext, room: &Room, filter: &RoomFilter, blackouts: &[Shown]) -> RoomOfBoard {
    let holds = filter.holds(&room.details);
    RoomOfBoard {
        set_up_minutes: room.details.margins(holds.map(|holds| holds.layout), false).before,
        room: Named { id: room.id, name: room.details.name.to_string() },
        floor: room.details.floor.as_ref().map(ToString::to_string),
        holds,
        may_book: may_book(context, room),
        blackouts: blackouts.iter().filter(|shown| is_of(shown.of, room)).map(|shown| shown.view.clone()).collect(),
    }
}

/// The board of a day: each room that is asked for, with what takes it. For accounts of the office alone.
///
/// The day is that of each site's own clocks. What is above TLP:AMBER+STRICT is “Reserved” here to everybody: a board is looked at
/// by several.
///
/// # Errors
/// When the actor may not, or no clock has such a day.
pub async fn day_board(context: &RequestContext, date: NaiveDate, filter: &RoomFilter) -> Outcome<BoardView> {
    authorise_reading::<ReadRooms>(context)?;
    let mut connection = context.read().await?;
    let (board, things) = board_of(context, &mut connection, date, filter, Channel::Board).await?;
    delivered(context, connection, &things).await?;
    Ok(board)
}

/// The board of a day as it leaves by a channel, with what is delivered by showing it.
pub(super) async fn board_of(
    context: &RequestContext,
    connection: &mut impl Connection,
    date: NaiveDate,
    filter: &RoomFilter,
    channel: Channel,
) -> Outcome<(BoardView, Vec<Delivered>)> {
    let sites = store::sites(context, connection).await?;
    let rooms = store::rooms(context, connection).await?;
    let of = u32::try_from(rooms.len()).unwrap_or(u32::MAX);
    let mut days = Vec::with_capacity(sites.len());
    for site in &sites {
        days.push((site, day_at(context, site, date)?));
    }
    let spans = || days.iter().map(|(_, day)| day.span());
    let Some(window) = spans().map(Span::starts).min().zip(spans().map(Span::ends).max()).and_then(|(from, until)| Span::new(from, until))
    else {
        return Ok((BoardView::of(date, of, may(context, Action::BookRoom), Vec::new(), context.reader()), Vec::new()));
    };
    let directory = OfficeDirectory::of_read_rooms(&rooms, &sites);
    let mut used = Uses::of_rooms(context, connection, &directory, window, None, channel).await?;
    let mut blackouts = on_board(context, connection, &rooms, &sites, window, channel).await?;
    blackouts.retain(|shown| rooms.iter().any(|room| filter.admits(&room.details) && is_of(shown.of, room)));
    let mut things: Vec<Delivered> = blackouts.iter().map(|shown| shown.delivered).collect();
    let mut shown = Vec::with_capacity(sites.len());
    for (site, day) in days {
        let of_site = rooms.iter().filter(|room| room.details.site == site.id && filter.admits(&room.details));
        let lanes = of_site.map(|room| {
            let head = head(context, room, filter, &blackouts);
            let uses = used.remove(&room.id).unwrap_or_default();
            let taken = uses.shown(head.room.clone(), site, context.reader(), &mut things);
            let open = open_at(context, room, site, day.span());
            day.room(head, &taken, open.as_deref(), context.now())
        });
        let rooms: Vec<BoardRoom> = lanes.collect();
        if !rooms.is_empty() {
            shown.push(BoardSite {
                site: Named { id: site.id, name: site.details.name.to_string() },
                zone: site.details.zone.clone(),
                minutes: day.minutes(),
                ruler: day.ruler(),
                now: day.place(context.now()),
                rooms,
            });
        }
    }
    Ok((BoardView::of(date, of, may(context, Action::BookRoom), shown, context.reader()), things))
}

/// A room on so many days from the first: its week, or its month; also of one that is retired. For accounts of the office alone.
///
/// # Errors
/// When the actor may not, there is no such room, no clock has such days, or they are more than [`MOST_DAYS`].
pub async fn room_days(context: &RequestContext, id: RoomId, first: NaiveDate, days: u32) -> Outcome<RoomDaysView> {
    authorise_reading::<ReadRooms>(context)?;
    let mut connection = context.read().await?;
    let (view, things) = days_of(context, &mut connection, id, first, days, Channel::Board).await?;
    delivered(context, connection, &things).await?;
    Ok(view)
}

/// Days of a room as they leave by a channel, with what is delivered by showing them.
pub(super) async fn days_of(
    context: &RequestContext,
    connection: &mut impl Connection,
    id: RoomId,
    first: NaiveDate,
    days: u32,
    channel: Channel,
) -> Outcome<(RoomDaysView, Vec<Delivered>)> {
    if !(1..=MOST_DAYS).contains(&days) {
        return Err(Failure::field("days", Problem::OutOfBounds { least: 1, most: i64::from(MOST_DAYS) }));
    }
    let (room, is_retired) = store::find_any(context, connection, id).await?.ok_or(Failure::NotFound)?;
    let may_book = !is_retired && may_book(context, &room);
    let site = store::site(context, connection, room.details.site).await?.ok_or(Failure::Corrupt { what: "room" })?;
    let mut dates = Vec::new();
    for date in first.iter_days().take(days as usize) {
        dates.push((date, day_at(context, &site, date)?));
    }
    let ends = dates.first().zip(dates.last()).and_then(|((_, first), (_, last))| Span::new(first.span().starts(), last.span().ends()));
    let window = ends.ok_or_else(|| Failure::field("day", Problem::Unknown))?;
    let directory = OfficeDirectory::of_read_rooms(std::slice::from_ref(&room), std::slice::from_ref(&site));
    let uses = Uses::of_rooms(context, connection, &directory, window, Some(id), channel).await?.remove(&id).unwrap_or_default();
    let blackouts = on_board(context, connection, std::slice::from_ref(&room), std::slice::from_ref(&site), window, channel).await?;
    let mut things: Vec<Delivered> = blackouts.iter().map(|shown| shown.delivered).collect();
    let head = RoomOfBoard { may_book, ..head(context, &room, &RoomFilter::default(), &blackouts) };
    let taken = uses.shown(head.room.clone(), &site, context.reader(), &mut things);
    let open = open_at(context, &room, &site, window);
    let list = dates.iter().map(|(date, day)| RoomDay {
        date: *date,
        minutes: day.minutes(),
        ruler: day.ruler(),
        now: day.place(context.now()),
        lane: day.room(head.clone(), &taken, open.as_deref(), context.now()),
    });
    let days = list.collect();
    let view = RoomView { is_retired, ..RoomView::of(&room, &site) };
    Ok((RoomDaysView::of(view, may_book, days, context.reader()), things))
}
