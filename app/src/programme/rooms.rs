//! The rooms of a visit: its lines that use one, by day, and how each stands with its room.

use super::{page::by_day, view::LineView, words::layout_in_words};
use crate::{
    components::{Chip, Empty, MarkingTag, StandingNotice, Tone},
    errors::{AppError, ErrorPage},
    programme::words::{state_in_words, title_in_words},
    visits::{VisitHead, VisitHeading, VisitTab},
    words::{day_in_words, use_words},
};
use domain::{
    ids::VisitId,
    marking::Marking,
    programme::ItemState,
    time::{agreed::MomentView, clocks::hours_minutes},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};

/// A line that uses a room.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RoomLineView {
    /// The line, with what is said of its room.
    pub line: LineView,
    /// From when the room is taken, set-up included, and until when, clearing included; where they differ from the line's own times.
    pub taken: Option<(MomentView, MomentView)>,
}

/// The rooms of a visit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VisitRoomsView {
    /// The visit.
    pub head: VisitHead,
    /// Its lines that use a room, as far as the reader may read that.
    pub lines: Vec<RoomLineView>,
}

domain::viewed_by! {
    RoomLineView { line }
    VisitRoomsView { head, lines }
}

/// The rooms that a visit's lines use, as far as one may read them.
///
/// # Errors
/// When there is no such visit for the requester, or the requester does not look at rooms.
#[server]
pub async fn load_visit_rooms(
    /// The visit.
    id: String,
) -> Result<VisitRoomsView, AppError> {
    use super::gather::programme_of;
    use crate::request::request_context;
    use domain::time::{Moment, wall_at};
    crate::errors::answer(async {
        let context = request_context()?;
        let id = id.parse().map_err(|_| AppError::NotFound)?;
        let rooms = backend::rooms::list_rooms(&context).await?;
        // That it is taken, too small, closed or cleared for less: all that is of a room.
        let is_of_a_room = |rule: Option<&str>| rule.is_none_or(|rule| rule.starts_with("room_"));
        let programme = programme_of(&context, id, |clash| is_of_a_room(clash.rule.as_deref())).await?;
        let lines = programme.lines.into_iter().filter_map(|line| {
            let used = line.item.room.as_ref().filter(|_| !line.item.is_stand_in)?;
            let room = rooms.iter().find(|room| room.id == used.id);
            let layout = room.and_then(|room| room.layouts.iter().find(|it| Some(it.layout) == line.item.layout));
            let (set_up, clearing) = layout.map_or((0, 0), |it| (it.set_up_minutes, it.clearing_minutes));
            let sweep = room.filter(|_| line.item.sweep).map_or(0, |room| room.sweep_minutes);
            let at = |moment: &MomentView, minutes: i64| {
                let at = Moment::from(moment.clone()).at() + chrono::TimeDelta::minutes(minutes);
                wall_at(context.zones(), &line.item.starts.zone, at).ok().map(MomentView::from)
            };
            let taken = at(&line.item.starts, -i64::from(set_up + sweep)).zip(at(&line.item.ends, i64::from(clearing)));
            Some(RoomLineView { taken: taken.filter(|_| set_up + sweep + clearing > 0), line })
        });
        Ok(VisitRoomsView { lines: lines.collect(), head: programme.head })
    })
    .await
}

/// The rooms of a visit, by day.
#[component]
pub fn VisitRoomsPage() -> impl IntoView {
    let params = use_params_map();
    let page = Resource::new_blocking(move || params.read().get("id").unwrap_or_default(), load_visit_rooms);
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(view) => view! { <Rooms view=view /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Rooms(view: VisitRoomsView) -> impl IntoView {
    let words = use_words();
    let VisitRoomsView { head, lines } = view;
    let marking = lines.iter().map(|it| it.line.item.marking).max().unwrap_or(Marking::Clear);
    let (visit, may_edit) = (head.visit.id, head.rights.edit_programme);
    let body = if lines.is_empty() {
        view! { <Empty title=words.programme_rooms_none() says=words.programme_rooms_none_says() /> }.into_any()
    } else {
        let days = by_day(lines, |it| it.line.item.starts.local.date()).into_iter().map(|(date, lines)| {
            let id = format!("rooms-{date}");
            let day = day_in_words(words, date);
            let label = day.clone();
            let rows = lines.into_iter().map(|line| view! { <Row line=line visit=visit may_edit=may_edit /> }).collect_view();
            view! {
                // The table is the region of its day: a section of the same name would be a second.
                <div>
                    <h2 id=id><time datetime=date.to_string()>{day}</time></h2>
                    <div class="table" tabindex="0" role="region" aria-label=label>
                        <table class="list">
                            <thead>
                                <tr>
                                    <th scope="col">{words.bookings_column_when()}</th>
                                    <th scope="col">{words.programme_field_room()}</th>
                                    <th scope="col">{words.programme_rooms_line()}</th>
                                    <th scope="col">{words.programme_rooms_standing()}</th>
                                </tr>
                            </thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                </div>
            }
        });
        view! { <div class="stack">{days.collect_view()}</div> }.into_any()
    };
    view! {
        <VisitHeading head=head tab=VisitTab::Rooms marking=marking />
        {body}
    }
    .into_any()
}

#[component]
fn Row(line: RoomLineView, visit: VisitId, may_edit: bool) -> impl IntoView {
    let words = use_words();
    let RoomLineView { line: LineView { item, hold_until, notices, .. }, taken } = line;
    let clock = |moment: &MomentView| hours_minutes(moment.local);
    let when = format!("{}–{}", clock(&item.starts), clock(&item.ends));
    let taken = taken.map(|(from, until)| words.programme_rooms_taken(clock(&from), clock(&until)));
    let layout = item.layout.map(|layout| layout_in_words(words, layout));
    let people = item.people_count.map(|people| people.to_string());
    let asked = [layout, people].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let state = match (item.state, hold_until) {
        (ItemState::Held, Some(until)) => words.programme_hold_until(until.local.to_string().replace('T', " ")),
        (state, _) => state_in_words(words, state),
    };
    let tone = match item.state {
        ItemState::Firm => Tone::Firm,
        ItemState::Held => Tone::Held,
        ItemState::Wished => Tone::Plain,
    };
    let form = format!("/visits/{visit}/items/{}", item.id);
    let to = if may_edit { form.clone() } else { format!("/visits/{visit}#line-{}", item.id) };
    let notices = notices.into_iter().map(|notice| view! { <StandingNotice notice=notice form=form.clone() /> }).collect_view();
    let room = item.room.as_ref().map(|room| {
        let day = item.starts.local.date();
        view! { <a href=format!("/rooms/{}?day={day}", room.id) dir="auto">{room.name.clone()}</a> }
    });
    view! {
        <tr>
            <td>{when} {taken.map(|taken| view! { <small class="below">{taken}</small> })}</td>
            <td>{room} <small class="below">{asked}</small></td>
            <th scope="row"><a href=to dir="auto">{title_in_words(words, &item)}</a> " " <MarkingTag marking=item.marking /></th>
            <td><Chip tone=tone>{state}</Chip> {notices}</td>
        </tr>
    }
    .into_any()
}
