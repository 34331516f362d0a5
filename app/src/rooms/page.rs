//! The rooms of the office, by site.

use super::{
    approval_part::ApprovalFact,
    month::RoomMonth,
    retiring::{RetireRoom, RetireRoomForm, Retiring},
    server_fns::{load_room, load_rooms},
    view::{RoomListView, RoomPageView},
    week::RoomWeek,
    words::{feature_in_words, holiday_said, hours_said, layout_said, season_said},
};
use crate::{
    accounts::words::role_in_words,
    components::{Chip, Choice, Empty, Fact, Facts, Field, MarkingTag, PageHead, Select},
    errors::ErrorPage,
    forms::{Draft, Start, use_draft},
    live::use_live,
    printing::{PrintSpan, print_of_room},
    programme::words::layout_in_words,
    visits::words::word_of,
    words::use_words,
};
use domain::rooms::{Feature, Layout, view::RoomView};
use leptos::prelude::*;
use leptos_router::{
    components::Form,
    hooks::{use_params_map, use_query_map},
};

fn lines(lines: Vec<String>) -> impl IntoView {
    lines.into_iter().map(|line| view! { <div>{line}</div> }).collect_view()
}

/// What the list is narrowed to, as the address says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Filters {
    layout: String,
    feature: String,
    people: String,
}

/// The rooms, with filters that the address keeps.
#[component]
pub fn RoomsPage() -> impl IntoView {
    let query = use_query_map();
    let filters = Memo::new(move |_| {
        let query = query.read();
        let get = |name: &str| query.get(name).unwrap_or_default();
        Filters { layout: get("layout"), feature: get("feature"), people: get("people") }
    });
    let page = Resource::new_blocking(move || filters.get(), |Filters { layout, feature, people }| load_rooms(layout, feature, people));
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(view) => view! { <RoomList view=view filters=filters.get_untracked() /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn RoomList(view: RoomListView, filters: Filters) -> impl IntoView {
    let words = use_words();
    let RoomListView { rooms, is_filtered, may_manage } = view;
    let add = move || view! { <a class="button main" href="/rooms/new">{words.rooms_add()}</a> };
    let layouts = Layout::ALL.iter().map(|layout| Choice::new(word_of(layout), layout_in_words(words, *layout))).collect();
    let features = Feature::ALL.iter().map(|feature| Choice::new(word_of(feature), feature_in_words(words, *feature))).collect();
    let list = if rooms.is_empty() && is_filtered {
        view! { <Empty title=words.directory_rooms_none() says=words.directory_rooms_none_says() /> }.into_any()
    } else if rooms.is_empty() {
        view! { <Empty title=words.rooms_none_yet() says=words.rooms_none_yet_says()>{may_manage.then(add)}</Empty> }.into_any()
    } else {
        rooms
            .chunk_by(|a, b| a.site.id == b.site.id)
            .map(|of_site| {
                let site = of_site.first().map(|room| room.site.name.clone()).unwrap_or_default();
                view! { <SiteRooms site=site rooms=of_site.to_vec() /> }
            })
            .collect_view()
            .into_any()
    };
    view! {
        <PageHead title=words.shell_menu_rooms()>
            {may_manage.then(|| {
                view! {
                    <div class="actions">
                        {add()}
                        <a class="button" href="/settings/sites">{words.rooms_sites_title()}</a>
                        <a class="button" href="/rooms/blackouts">{words.blackouts_title()}</a>
                        <a class="button" href="/rooms/import">{words.imports_take_in()}</a>
                        <a class="button" href="/rooms.csv" rel="external" download="">{words.imports_give_out()}</a>
                    </div>
                }
            })}
        </PageHead>
        <Form method="GET" action="/rooms/list" attr:class="filters" attr:role="search" attr:aria-label=words.shell_menu_rooms()>
            <Select name="layout" label=words.directory_room_layout_filter() choices=layouts optional=true value=filters.layout />
            <Select name="feature" label=words.directory_room_features() choices=features optional=true value=filters.feature />
            <Field name="people" label=words.directory_room_people() kind="number" optional=true value=filters.people />
            <button type="submit" class="button">{words.visits_filter_apply()}</button>
        </Form>
        {list}
    }
    .into_any()
}

#[component]
fn SiteRooms(site: String, rooms: Vec<RoomView>) -> impl IntoView {
    let words = use_words();
    let label = site.clone();
    let rows = rooms
        .into_iter()
        .map(|room| {
            let layouts = room.layouts.iter().map(|layout| layout_said(words, layout)).collect();
            let hours = hours_said(words, &room.hours);
            let features =
                room.features.into_iter().map(|feature| view! { <Chip>{feature_in_words(words, feature)}</Chip> }).collect_view();
            view! {
                <tr>
                    <th scope="row"><a href=format!("/rooms/{}", room.id) dir="auto">{room.name}</a></th>
                    <td>{lines(layouts)}</td>
                    <td>{features}</td>
                    <td>{lines(hours)}</td>
                    <td><MarkingTag marking=room.clearance /></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section>
            <h2 dir="auto">{site}</h2>
            <div class="table" tabindex="0" role="region" aria-label=label>
                <table class="list">
                    <thead>
                        <tr>
                            <th scope="col">{words.accounts_name()}</th>
                            <th scope="col">{words.directory_room_layouts()}</th>
                            <th scope="col">{words.directory_room_features()}</th>
                            <th scope="col">{words.directory_room_open()}</th>
                            <th scope="col">{words.directory_room_clearance()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// A room, and its week.
#[component]
pub fn RoomPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = Memo::new(move |_| {
        let query = query.read();
        let get = |name: &str| query.get(name).unwrap_or_default();
        (params.read().get("id").unwrap_or_default(), get("day"), get("month"))
    });
    let live = use_live();
    let page = Resource::new_blocking(move || (asked.get(), live.beats()), |((id, day, month), _)| load_room(id, day, month));
    let draft = use_draft();
    let retire = ServerAction::<RetireRoom>::new();
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let draft = draft.await;
                match page.await {
                    Ok(view) => {
                        live.shows(&view);
                        view! { <RoomFacts view=view draft=draft retire=retire /> }.into_any()
                    }
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn RoomFacts(view: RoomPageView, draft: Option<Draft>, retire: ServerAction<RetireRoom>) -> impl IntoView {
    let words = use_words();
    let RoomPageView { days, month, holidays, today, may_manage, may_see_doors, seen } = view;
    let room = days.room.clone();
    let retired = room.is_retired.then(|| view! { <p class="clash note">{words.rooms_retired()}</p> });
    let gone = RetireRoomForm { id: room.id.to_string(), seen };
    let retiring = may_manage.then(|| view! { <Retiring start=Start::of(&gone, draft.as_ref()) action=retire /> });
    let book = days
        .may_book
        .then(|| view! { <a class="button main" href=format!("/bookings/new?room={}", room.id)>{words.bookings_book_this_room()}</a> });
    let change = may_manage.then(|| view! { <a class="button" href=format!("/rooms/{}/edit", room.id)>{words.rooms_change()}</a> });
    let to_month = month.is_none().then(|| {
        let first = days.days.first().map_or(today, |day| day.date);
        view! { <a class="button" href=format!("/rooms/{}?month={}", room.id, first.format("%Y-%m"))>{words.board_month_title()}</a> }
    });
    let shown_from = days.days.first().map_or(today, |day| day.date);
    let (first, span) = month.map_or((shown_from, PrintSpan::Week), |first| (first, PrintSpan::Month));
    let to_print = print_of_room(room.id, first, span);
    let shown = match month {
        Some(first) => view! { <RoomMonth days=days first=first today=today /> }.into_any(),
        None => view! { <RoomWeek days=days today=today /> }.into_any(),
    };
    let close = (may_manage && !room.is_retired)
        .then(|| view! { <a class="button" href=format!("/rooms/{}/close", room.id)>{words.closing_open()}</a> });
    let blackouts = view! { <a class="button" href=format!("/rooms/blackouts?room={}", room.id)>{words.blackouts_title()}</a> };
    let print = view! { <a class="button" href=to_print>{words.printing_do()}</a> };
    let doors = may_see_doors.then(|| view! { <a class="button" href=format!("/rooms/{}/doors", room.id)>{words.doors_title()}</a> });
    let layouts = room.layouts.iter().map(|layout| layout_said(words, layout)).collect();
    let hours = hours_said(words, &room.hours);
    let features: Vec<String> = room.features.iter().map(|feature| feature_in_words(words, *feature)).collect();
    let seasons: Vec<String> = room.seasons.iter().flat_map(|season| season_said(words, season)).collect();
    let seasons = (!seasons.is_empty()).then(|| view! { <Fact term=words.rooms_seasons_title()>{lines(seasons)}</Fact> });
    let holidays: Vec<String> = holidays.iter().map(|holiday| holiday_said(words, holiday)).collect();
    let holidays = (!holidays.is_empty()).then(|| view! { <Fact term=words.rooms_holidays_next()>{lines(holidays)}</Fact> });
    let sweep = (room.sweep_minutes > 0)
        .then(|| view! { <Fact term=words.rooms_sweep_title()>{words.rooms_sweep_said(room.sweep_minutes)}</Fact> });
    let roles: Vec<String> = room.booked_by.iter().map(|role| role_in_words(words, *role)).collect();
    let booked_by = (!roles.is_empty()).then(|| view! { <Fact term=words.rooms_booked_by_title()>{roles.join(", ")}</Fact> });
    let site = room.site.name;
    let eyebrow = move || view! { <a href="/rooms">{words.shell_menu_rooms()}</a> <span dir="auto">{site}</span> }.into_any();
    view! {
        <PageHead title=room.name eyebrow=eyebrow>
            <Facts>
                {room.floor.map(|floor| view! { <Fact term=words.directory_room_floor()>{floor}</Fact> })}
                <Fact term=words.directory_room_layouts()>{lines(layouts)}</Fact>
                <Fact term=words.directory_room_features()>{features.join(", ")}</Fact>
                <Fact term=words.directory_room_open()>{lines(hours)}</Fact>
                {seasons}
                {holidays}
                <Fact term=words.directory_room_clearance()><MarkingTag marking=room.clearance /></Fact>
                {sweep}
                {booked_by}
                <ApprovalFact approval=room.approval />
            </Facts>
            <div class="actions">{book} {to_month} {change} {close} {blackouts} {print} {doors}</div>
        </PageHead>
        {retired}
        {shown}
        {retiring}
    }
    .into_any()
}
