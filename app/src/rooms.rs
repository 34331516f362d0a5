//! The rooms of the office, by site.

use crate::{
    components::{Chip, Choice, Empty, Fact, Facts, Field, MarkingTag, PageHead, Select},
    errors::{AppError, ErrorPage},
    programme::words::layout_in_words,
    visits::words::word_of,
    words::use_words,
};
use domain::rooms::{Feature, Layout, LayoutCapacity, OpeningHours, view::RoomView};
use language::Words;
use leptos::prelude::*;
use leptos_router::{
    components::Form,
    hooks::{use_params_map, use_query_map},
};

/// The rooms that take so many people in a layout and have a feature; an empty filter lets all pass.
///
/// # Errors
/// When one may not read rooms.
#[server]
pub async fn load_rooms(
    /// Word of a layout.
    layout: String,
    /// Word of a feature.
    feature: String,
    /// How many people; what is no number lets all pass.
    people: String,
) -> Result<Vec<RoomView>, AppError> {
    use crate::request::request_context;
    crate::errors::answer(async {
        let context = request_context()?;
        let rooms = backend::rooms::list_rooms(&context).await?;
        let people = people.trim().parse::<u32>().unwrap_or_default();
        let fits = |room: &RoomView| {
            let mut layouts = room.layouts.iter().filter(|it| layout.is_empty() || word_of(&it.layout) == layout);
            let holds = (layout.is_empty() && people == 0) || layouts.any(|it| it.capacity >= people);
            holds && (feature.is_empty() || room.features.iter().any(|it| word_of(it) == feature))
        };
        Ok(rooms.into_iter().filter(fits).collect())
    })
    .await
}

/// A room.
///
/// # Errors
/// When there is none, or one may not read rooms.
#[server]
pub async fn load_room(
    /// The room.
    id: String,
) -> Result<RoomView, AppError> {
    use crate::request::request_context;
    crate::errors::answer(async {
        let context = request_context()?;
        Ok(backend::rooms::read_room(&context, id.parse().map_err(|_| AppError::NotFound)?).await?)
    })
    .await
}

fn feature_in_words(words: Words, feature: Feature) -> String {
    match feature {
        Feature::InterpretationBooths => words.directory_feature_interpretation_booths(),
        Feature::VideoLink => words.directory_feature_video_link(),
        Feature::StepFree => words.directory_feature_step_free(),
        Feature::HearingLoop => words.directory_feature_hearing_loop(),
        Feature::Secure => words.directory_feature_secure(),
        Feature::PrayerRoom => words.directory_feature_prayer_room(),
        Feature::Kitchen => words.directory_feature_kitchen(),
    }
}

fn layout_said(words: Words, layout: &LayoutCapacity) -> String {
    let name = layout_in_words(words, layout.layout);
    words.directory_room_layout(name, layout.capacity, layout.set_up_minutes, layout.clearing_minutes)
}

fn hours_said(words: Words, hours: &OpeningHours) -> String {
    words.directory_room_hours(u32::from(hours.weekday), hours.opens.format("%H:%M").to_string(), hours.closes.format("%H:%M").to_string())
}

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
                    Ok(rooms) => view! { <RoomList rooms=rooms filters=filters.get_untracked() /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn RoomList(rooms: Vec<RoomView>, filters: Filters) -> impl IntoView {
    let words = use_words();
    let layouts = Layout::ALL.iter().map(|layout| Choice::new(word_of(layout), layout_in_words(words, *layout))).collect();
    let features = Feature::ALL.iter().map(|feature| Choice::new(word_of(feature), feature_in_words(words, *feature))).collect();
    let list = if rooms.is_empty() {
        view! { <Empty title=words.directory_rooms_none() says=words.directory_rooms_none_says() /> }.into_any()
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
        <PageHead title=words.shell_menu_rooms() />
        <Form method="GET" action="/rooms" attr:class="filters" attr:role="search" attr:aria-label=words.shell_menu_rooms()>
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
            let hours = room.hours.iter().map(|hours| hours_said(words, hours)).collect();
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

/// A room.
#[component]
pub fn RoomPage() -> impl IntoView {
    let params = use_params_map();
    let page = Resource::new_blocking(move || params.read().get("id").unwrap_or_default(), load_room);
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(room) => view! { <RoomFacts room=room /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn RoomFacts(room: RoomView) -> impl IntoView {
    let words = use_words();
    let layouts = room.layouts.iter().map(|layout| layout_said(words, layout)).collect();
    let hours = room.hours.iter().map(|hours| hours_said(words, hours)).collect();
    let features: Vec<String> = room.features.iter().map(|feature| feature_in_words(words, *feature)).collect();
    let site = room.site.name;
    let eyebrow = move || view! { <a href="/rooms">{words.shell_menu_rooms()}</a> <span dir="auto">{site}</span> }.into_any();
    view! {
        <PageHead title=room.name eyebrow=eyebrow>
            <Facts>
                {room.floor.map(|floor| view! { <Fact term=words.directory_room_floor()>{floor}</Fact> })}
                <Fact term=words.directory_room_layouts()>{lines(layouts)}</Fact>
                <Fact term=words.directory_room_features()>{features.join(", ")}</Fact>
                <Fact term=words.directory_room_open()>{lines(hours)}</Fact>
                <Fact term=words.directory_room_clearance()><MarkingTag marking=room.clearance /></Fact>
            </Facts>
        </PageHead>
    }
    .into_any()
}
