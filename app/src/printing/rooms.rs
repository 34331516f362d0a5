//! What takes rooms, on paper: all of them on a day, or one on a day, in a week or a month.

use super::{
    page::{PrintButton, Running},
    room_fns::{load_board_print, load_room_print},
    room_words::{PrintSpan, print_of_room},
    view::{BoardPrintView, PrintedBy, RoomPrintView},
    words::paper_in_words,
};
use crate::{
    components::PageHead,
    errors::ErrorPage,
    programme::words::layout_in_words,
    rooms::BoardFilters,
    words::{date_in_words, moment_in_words, place_of_zone, use_words},
};
use chrono::NaiveDate;
use domain::{
    board::{BlockOf, BoardRoom, BoardSite, Hour, RoomDay, clock_at},
    marking::Marking,
    programme::print::Paper,
    rooms::BookingState,
};
use language::Words;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The columns of the table.
const COLUMNS: &str = "4";

fn paper_of(word: Option<String>, by: &PrintedBy) -> Paper {
    word.and_then(|word| Paper::from_word(&word)).unwrap_or(by.usual_paper)
}

/// All rooms on a day, as the board orders and filters them.
#[component]
pub fn BoardPrintPage() -> impl IntoView {
    let query = use_query_map();
    let filters = Memo::new(move |_| BoardFilters::of_query(&query.read()));
    let page = Resource::new_blocking(move || filters.get(), load_board_print);
    view! {
        <Suspense>
            {move || {
                let chosen = query.read().get("paper");
                Suspend::new(async move {
                    match page.await {
                        Ok(view) => {
                            let paper = paper_of(chosen, &view.by);
                            view! { <PrintedBoard view=view filters=filters.get_untracked() paper=paper /> }.into_any()
                        }
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
}

/// A room on a day, in a week or a month.
#[component]
pub fn RoomPrintPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = Memo::new(move |_| {
        let query = query.read();
        let get = |name: &str| query.get(name).unwrap_or_default();
        (params.read().get("id").unwrap_or_default(), get("day"), get("span"))
    });
    let page = Resource::new_blocking(move || asked.get(), |(id, day, span)| load_room_print(id, day, span));
    view! {
        <Suspense>
            {move || {
                let chosen = query.read().get("paper");
                Suspend::new(async move {
                    match page.await {
                        Ok(view) => {
                            let paper = paper_of(chosen, &view.by);
                            let span = PrintSpan::from_word(&asked.get_untracked().2);
                            view! { <PrintedRoom view=view span=span paper=paper /> }.into_any()
                        }
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
}

#[component]
fn PrintedBoard(view: BoardPrintView, filters: BoardFilters, paper: Paper) -> impl IntoView {
    let words = use_words();
    let BoardPrintView { board, by } = view;
    let (marking, date) = (board.marking(), board.date);
    let address = filters.query(date);
    let to = move |paper: Paper| format!("/rooms/print{address}&paper={}", paper.word());
    let back = format!("/rooms{}", filters.query(date));
    let title = words.printing_rooms_title();
    let body = board.sites.into_iter().map(|site| view! { <Site site=site /> }).collect_view().into_any();
    view! {
        <PageHead title=title.clone()>
            <div class="actions">
                <PrintButton />
                <Papers to=to paper=paper />
                <a class="button" href=back>{words.printing_back_to_board()}</a>
            </div>
            <p class="faint actions">{words.printing_rooms_says()}</p>
        </PageHead>
        <Sheet title=title dates=date_in_words(words, date) first=words.printing_room() marking=marking by=by paper=paper body=body />
    }
    .into_any()
}

#[component]
fn PrintedRoom(view: RoomPrintView, span: PrintSpan, paper: Paper) -> impl IntoView {
    let words = use_words();
    let RoomPrintView { days, by } = view;
    let marking = days.marking();
    let room = days.room.clone();
    let first = days.days.first().map_or_else(|| by.printed_at.local.date(), |day| day.date);
    let last = days.days.last().map_or(first, |day| day.date);
    let id = room.id;
    let to = move |paper: Paper| format!("{}&paper={}", print_of_room(id, first, span), paper.word());
    let link = |one: PrintSpan| {
        let to = format!("{}&paper={}", print_of_room(id, first, one), paper.word());
        view! { <a class="button" href=to aria-current=(one == span).then_some("true")>{one.in_words(words)}</a> }
    };
    let spans: Vec<_> = PrintSpan::ALL.into_iter().map(link).collect();
    let back = match span {
        PrintSpan::Month => format!("/rooms/{id}?month={}", first.format("%Y-%m")),
        PrintSpan::Day | PrintSpan::Week => format!("/rooms/{id}?day={first}"),
    };
    let title = format!("{}, {}", room.name, room.site.name);
    let dates = crate::words::dates_in_words(words, first, last);
    let dates = format!("{dates} · {}", words.board_times_in(place_of(&room.zone)));
    let body = days.days.into_iter().map(|day| view! { <OneDay day=day /> }).collect_view().into_any();
    view! {
        <PageHead title=title.clone()>
            <div class="actions">
                <PrintButton />
                <div class="choices" role="group" aria-label=words.printing_depths()>{spans}</div>
                <Papers to=to paper=paper />
                <a class="button" href=back>{words.printing_back_to_room()}</a>
            </div>
            <p class="faint actions">{words.printing_rooms_says()}</p>
        </PageHead>
        <Sheet title=title dates=dates first=words.board_filter_day() marking=marking by=by paper=paper body=body />
    }
    .into_any()
}

/// The place by which a zone is named.
fn place_of(zone: &str) -> String {
    zone.to_owned().try_into().map(|zone| place_of_zone(&zone)).unwrap_or_default()
}

/// On what it is printed; each choice is an address.
#[component]
fn Papers(to: impl Fn(Paper) -> String, paper: Paper) -> impl IntoView {
    let words = use_words();
    let link = |one: &Paper| {
        let is_chosen = *one == paper;
        view! { <a class="button" href=to(*one) aria-current=is_chosen.then_some("true")>{paper_in_words(words, *one)}</a> }
    };
    let papers: Vec<_> = Paper::ALL.iter().map(link).collect();
    view! { <div class="choices" role="group" aria-label=words.printing_papers()>{papers}</div> }
}

/// One table, whose head and foot the browser repeats on every page.
#[component]
fn Sheet(title: String, dates: String, first: String, marking: Marking, by: PrintedBy, paper: Paper, body: AnyView) -> impl IntoView {
    let words = use_words();
    let printed = words.printing_printed(moment_in_words(words, &by.printed_at));
    let class = format!("paper of-rooms {}", paper.word());
    view! {
        <div class="table desk" tabindex="0" role="region" aria-label=words.printing_preview()>
            <table class=class>
                <colgroup><col class="thing" /><col class="time" /><col /><col class="label" /></colgroup>
                <thead>
                    <tr><td colspan=COLUMNS><Running marking=marking left=by.office right=printed.clone() /></td></tr>
                    <tr>
                        <td colspan=COLUMNS>
                            <div class="letterhead"><span class="title" dir="auto">{title}</span> <span>{dates}</span></div>
                        </td>
                    </tr>
                    <tr>
                        <th scope="col">{first}</th>
                        <th scope="col">{words.programme_part_time()}</th>
                        <th scope="col">{words.programme_field_title()}</th>
                        <th scope="col">{words.bookings_field_marking()}</th>
                    </tr>
                </thead>
                <tfoot>
                    <tr><td colspan=COLUMNS><Running marking=marking left=words.printing_rooms_changes() right=printed /></td></tr>
                </tfoot>
                {body}
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Site(site: BoardSite) -> impl IntoView {
    let words = use_words();
    let BoardSite { site, zone, ruler, rooms, minutes, .. } = site;
    let head = format!("{} · {}", site.name, words.board_times_in(place_of_zone(&zone)));
    let rooms = rooms
        .into_iter()
        .map(|lane| {
            let (name, says) = (lane.room.name.clone(), said_of_room(words, &lane));
            view! { <Group name=name says=says lane=lane ruler=ruler.clone() minutes=minutes date=None /> }
        })
        .collect_view();
    view! {
        <tbody><tr class="of-day"><th scope="rowgroup" colspan=COLUMNS dir="auto">{head}</th></tr></tbody>
        {rooms}
    }
    .into_any()
}

/// What the head of a room's row says of it.
fn said_of_room(words: Words, lane: &BoardRoom) -> String {
    let holds = lane.holds.map(|holds| format!("{} {}", layout_in_words(words, holds.layout), holds.people));
    [lane.floor.clone(), holds].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

#[component]
fn OneDay(day: RoomDay) -> impl IntoView {
    let words = use_words();
    let RoomDay { date, minutes, ruler, lane, .. } = day;
    view! { <Group name=date_in_words(words, date) says="" lane=lane ruler=ruler minutes=minutes date=Some(date) /> }
}

/// What stands in a row beside its head.
struct Told {
    from: u32,
    times: String,
    /// When the room is taken, if that is longer than its use.
    around: Option<String>,
    title: String,
    hold: Option<String>,
    marking: Option<Marking>,
}

fn told(words: Words, lane: &BoardRoom, ruler: &[Hour]) -> Vec<Told> {
    let clocks = |from: u32, until: u32| words.board_from_to(clock_at(ruler, from), clock_at(ruler, until));
    let blocks = lane.blocks.iter().map(|block| {
        let is_longer = block.used.is_some_and(|used| used != block.taken);
        let around = is_longer.then(|| words.printing_taken(clocks(block.taken.from, block.taken.until)));
        let times = words.board_from_to(&block.starts, &block.ends);
        let (title, hold, marking) = match &block.what {
            BlockOf::Reserved { cover } => (cover.clone().unwrap_or_else(|| words.board_reserved()), None, None),
            BlockOf::Engaged { title, state, marking, .. } => {
                let title = if block.used.is_some() { title.clone() } else { words.board_made_ready(title) };
                (title, (*state == BookingState::Held).then(|| words.board_hold()), Some(*marking))
            }
        };
        Told { from: block.taken.from, times, around, title, hold, marking }
    });
    let blackouts = lane.blackouts.iter().map(|blackout| Told {
        from: blackout.during.from,
        times: clocks(blackout.during.from, blackout.during.until),
        around: None,
        title: blackout.cause.clone().unwrap_or_else(|| words.board_closed()),
        hold: None,
        marking: blackout.marking,
    });
    let mut rows: Vec<Told> = blocks.chain(blackouts).collect();
    rows.sort_by_key(|row| row.from);
    rows
}

/// What takes a room on a day: one group of rows, which is not split over two sheets.
#[component]
fn Group(
    name: String,
    #[prop(into)] says: String,
    lane: BoardRoom,
    ruler: Vec<Hour>,
    minutes: u32,
    date: Option<NaiveDate>,
) -> impl IntoView {
    let words = use_words();
    let is_closed = lane.closed.iter().any(|stretch| stretch.from == 0 && stretch.until == minutes);
    let rows = told(words, &lane, &ruler);
    let number = rows.len().max(1);
    // A day stands as it is written; a room's name as its language runs.
    let direction = date.is_none().then_some("auto");
    let head = view! {
        <th scope="rowgroup" rowspan=number.to_string() dir=direction>
            {name}
            {(!says.is_empty()).then(|| view! { <span class="below">{says}</span> })}
        </th>
    };
    if rows.is_empty() {
        let says = if is_closed { words.board_closed_all_day() } else { words.printing_free() };
        return view! { <tbody class="group"><tr>{head}<td></td><td class="faint">{says}</td><td></td></tr></tbody> }.into_any();
    }
    let mut head = Some(head);
    let rows = rows
        .into_iter()
        .map(|row| {
            view! {
                <tr>
                    {head.take()}
                    <td class="num">{row.times} {row.around.map(|around| view! { <span class="below">{around}</span> })}</td>
                    <td><b dir="auto">{row.title}</b> {row.hold.map(|hold| view! { " " <i>{hold}</i> })}</td>
                    <td translate="no">{row.marking.map(Marking::label)}</td>
                </tr>
            }
        })
        .collect_view();
    view! { <tbody class="group">{rows}</tbody> }.into_any()
}
