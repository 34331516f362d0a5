//! The rail, the bar and the place of the page.

use super::{
    clocks::Clocks,
    keys::{KEYS_ID, Keys, SEARCH_ID},
    server_fns::load_frame,
    theme::{ThemeSwitch, theme_now},
    view::{FrameView, MenuEntry},
};
use crate::{
    accounts::{own::OWN_ACCOUNT_PATH, sign_out_path},
    components::{DialogOpener, Icon, Symbol},
    errors::Trouble,
    live::LiveNotes,
    words::use_words,
};
use leptos::prelude::*;
use leptos_router::{
    components::Outlet,
    hooks::{use_location, use_query_map},
};

/// The id of the panel of one's own account.
const ACCOUNT_ID: &str = "own";
/// The id of the part of the menu that a narrow screen opens at a press.
const MORE_ID: &str = "more";
/// The most entries that stand side by side at the foot of a narrow screen.
const MOST_AT_THE_FOOT: usize = 5;

/// The frame of every page behind the door; the page itself stands in its middle.
///
/// Only the frame's own parts wait for what they show. The page stands outside of them: what is inside a `Suspense` is made anew
/// whenever that looks whether it is ready, and a page's resources with it (leptos#4866).
#[component]
pub fn FramePage() -> impl IntoView {
    let words = use_words();
    let query = use_query_map();
    // What waits is counted anew once something was decided.
    let decided = Memo::new(move |_| query.read().get("decided"));
    let frame = Resource::new_blocking(move || decided.get(), |_| load_frame());
    #[cfg(feature = "hydrate")]
    close_on_leaving();
    view! {
        <a class="skip" href="#main" rel="external">{words.shell_skip_link()}</a>
        <Suspense>
            {move || Suspend::new(async move { frame.await.ok().map(|frame| view! { <Rail frame=frame /> }) })}
        </Suspense>
        <header class="bar">
            <Search />
            <Suspense>
                {move || Suspend::new(async move {
                    match frame.await {
                        Ok(frame) => view! { <Own frame=frame /> }.into_any(),
                        Err(error) => view! { <Trouble error=error /> }.into_any(),
                    }
                })}
            </Suspense>
        </header>
        <main id="main" tabindex="-1">
            <Outlet />
            <LiveNotes />
            <Suspense>
                {move || Suspend::new(async move {
                    let is_demo = frame.await.is_ok_and(|frame| frame.is_demo);
                    is_demo.then(|| view! { <p class="demo">{words.shell_demo_note()}</p> })
                })}
            </Suspense>
        </main>
        <Keys />
    }
    .into_any()
}

/// The clocks, and what is one's own: the account, the keys, the look, the way out.
#[component]
fn Own(
    /// What the frame shows.
    frame: FrameView,
) -> impl IntoView {
    let words = use_words();
    view! {
        <Clocks clocks=frame.clocks />
        <button type="button" class="who chip" popovertarget=ACCOUNT_ID>
            <bdi>{frame.account.name}</bdi> <span class="role">" · " {frame.account.role}</span>
        </button>
        <div id=ACCOUNT_ID class="account" popover="auto">
            <a class="button" href=OWN_ACCOUNT_PATH>{words.accounts_own_title()}</a>
            <DialogOpener dialog=KEYS_ID>{words.shell_keys_button()}</DialogOpener>
            <ThemeSwitch theme=theme_now() page=use_location().pathname.get_untracked() />
            <form method="post" action=sign_out_path()>
                <button type="submit" class="button">{words.shell_sign_out()}</button>
            </form>
        </div>
    }
    .into_any()
}

/// Closes what is opened over the page when a press in it has led to another.
#[cfg(feature = "hydrate")]
fn close_on_leaving() {
    use leptos::{wasm_bindgen::JsCast, web_sys::HtmlElement};
    let address = use_location().pathname;
    Effect::new(move || {
        address.track();
        for id in [ACCOUNT_ID, MORE_ID] {
            if let Some(opened) = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
                // One that is closed already stays so.
                let _ = opened.hide_popover();
            }
        }
    });
}

/// The menu: beside the page, or at the foot of a narrow screen, where what has no place opens at a press (a native popover,
/// so without scripts too).
#[component]
fn Rail(
    /// What it shows.
    frame: FrameView,
) -> impl IntoView {
    let words = use_words();
    let address = use_location().pathname;
    let door = frame.door;
    let entry = move |entry: MenuEntry| {
        let place = entry.place;
        let waiting = (entry.waiting > 0).then(|| {
            view! {
                <span class="count" aria-hidden="true">{entry.waiting}</span>
                <span class="visually-hidden">{words.shell_menu_waiting(entry.waiting)}</span>
            }
        });
        view! {
            <li>
                <a href=place.path() aria-current=move || place.holds(&address.read()).then_some("page")>
                    <Icon symbol=place.symbol() />
                    <span>{place.label(words, door)}</span>
                    {waiting}
                </a>
            </li>
        }
    };
    let is_short = frame.menu.len() <= MOST_AT_THE_FOOT;
    let (first, more): (Vec<_>, Vec<_>) = frame.menu.into_iter().partition(|entry| is_short || entry.place.is_first());
    let more = (!more.is_empty()).then(|| {
        view! {
            <button type="button" class="more" popovertarget=MORE_ID>
                <Icon symbol=Symbol::More />
                <span>{words.shell_menu_more()}</span>
            </button>
            <ul id=MORE_ID popover="auto">{more.into_iter().map(entry).collect_view()}</ul>
        }
    });
    view! {
        <aside class="rail">
            <a class="mark" href="/">"Chancery" <small>{frame.office} {frame.office_line.map(|line| view! { <br /> {line} })}</small></a>
            <nav aria-label=words.shell_menu_label()>
                <ul>{first.into_iter().map(entry).collect_view()}</ul>
                {more}
            </nav>
        </aside>
    }
    .into_any()
}

/// The search form: a plain GET, whose words stay in the field on the page of results.
#[component]
fn Search() -> impl IntoView {
    let words = use_words();
    let query = use_query_map();
    let location = use_location();
    let asked = move || {
        let on_results = location.pathname.get_untracked() == "/search";
        if on_results { query.get_untracked().get("q").unwrap_or_default() } else { String::new() }
    };
    view! {
        <form role="search" method="get" action="/search">
            <Icon symbol=Symbol::Search />
            <input
                id=SEARCH_ID
                type="search"
                name="q"
                dir="auto"
                value=asked()
                aria-label=words.shell_search_label()
                placeholder=words.shell_search_placeholder()
                aria-keyshortcuts="/"
            />
        </form>
    }
}
