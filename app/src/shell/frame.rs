//! The rail, the bar and the place of the page.

use super::{
    clocks::Clocks,
    keys::{KEYS_ID, Keys, SEARCH_ID},
    server_fns::load_frame,
    theme::{ThemeSwitch, theme_now},
    view::FrameView,
};
use crate::{
    accounts::{own::OWN_ACCOUNT_PATH, sign_out_path},
    components::{DialogOpener, Icon, Symbol},
    errors::ErrorPage,
    words::use_words,
};
use leptos::prelude::*;
use leptos_router::{
    components::Outlet,
    hooks::{use_location, use_query_map},
};

/// The frame of every page behind the door; the page itself stands in its middle.
#[component]
pub fn FramePage() -> impl IntoView {
    let words = use_words();
    let frame = Resource::new_blocking(|| (), |()| load_frame());
    view! {
        <a class="skip" href="#main" rel="external">{words.shell_skip_link()}</a>
        <Suspense fallback=move || view! { <p class="loading">{words.shell_loading()}</p> }>
            {move || Suspend::new(async move {
                match frame.await {
                    Ok(frame) => view! { <Frame frame=frame /> }.into_any(),
                    Err(error) => view! { <main id="main" tabindex="-1"><ErrorPage error=error /></main> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Frame(
    /// What it shows.
    frame: FrameView,
) -> impl IntoView {
    let words = use_words();
    view! {
        <Rail frame=frame.clone() />
        <header class="bar">
            <Search />
            <Clocks clocks=frame.clocks />
            <details class="account">
                <summary class="who chip">{frame.account.name} <span class="role">" · " {frame.account.role}</span></summary>
                <div class="panel">
                    <ThemeSwitch theme=theme_now() page=use_location().pathname.get_untracked() />
                    <a class="button" href=OWN_ACCOUNT_PATH>{words.accounts_own_title()}</a>
                    <DialogOpener dialog=KEYS_ID>{words.shell_keys_button()}</DialogOpener>
                    <form method="post" action=sign_out_path()>
                        <button type="submit" class="button">{words.shell_sign_out()}</button>
                    </form>
                </div>
            </details>
        </header>
        <main id="main" tabindex="-1">
            {frame.is_demo.then(|| view! { <p class="demo">{words.shell_demo_note()}</p> })}
            <Outlet />
        </main>
        <Keys />
    }
    .into_any()
}

/// The menu: beside the page, or at the foot of a narrow screen.
#[component]
fn Rail(
    /// What it shows.
    frame: FrameView,
) -> impl IntoView {
    let words = use_words();
    let address = use_location().pathname;
    let door = frame.door;
    let entries = frame
        .menu
        .into_iter()
        .map(|entry| {
            let place = entry.place;
            let waiting = (entry.waiting > 0).then(|| {
                view! {
                    <span class="count" aria-hidden="true">{entry.waiting}</span>
                    <span class="visually-hidden">{words.shell_menu_waiting(entry.waiting)}</span>
                }
            });
            view! {
                <li class:more=!place.is_first()>
                    <a href=place.path() aria-current=move || place.holds(&address.read()).then_some("page")>
                        <Icon symbol=place.symbol() />
                        <span>{place.label(words, door)}</span>
                        {waiting}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <aside class="rail">
            <a class="mark" href="/">"Chancery" <small>{frame.office} {frame.office_line.map(|line| view! { <br /> {line} })}</small></a>
            <nav aria-label=words.shell_menu_label()><ul>{entries}</ul></nav>
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
