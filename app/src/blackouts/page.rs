//! A blackout's page: what may not be used when and why, and ending it.

use super::{
    EndBlackoutForm,
    list::of_in_words,
    server_fns::{EndBlackout, load_blackout},
    view::BlackoutPageView,
};
use crate::{
    bookings::words::when_in_words,
    components::{Banner, Button, Fact, Facts, FormSheet, Hidden, PageHead, Weight},
    errors::ErrorPage,
    forms::{Draft, FormFields, Start, use_draft},
    words::{place_of_zone, use_words},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// A blackout.
#[component]
pub fn BlackoutPage() -> impl IntoView {
    let params = use_params_map();
    let page = Resource::new_blocking(move || params.read().get("id").unwrap_or_default(), load_blackout);
    let draft = use_draft();
    let end = ServerAction::<EndBlackout>::new();
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let draft = draft.await;
                match page.await {
                    Ok(view) => view! { <BlackoutFacts view=view draft=draft end=end /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn BlackoutFacts(view: BlackoutPageView, draft: Option<Draft>, end: ServerAction<EndBlackout>) -> impl IntoView {
    let words = use_words();
    let BlackoutPageView { blackout, seen, may_manage } = view;
    let of = of_in_words(words, &blackout);
    let (when, place) = (when_in_words(words, &blackout.starts, &blackout.ends), place_of_zone(&blackout.starts.zone));
    let day = blackout.starts.local.date();
    let thing = match &blackout.room {
        Some(room) => format!("/rooms/{}?day={day}", room.id),
        None => format!("/rooms?day={day}"),
    };
    let eyebrow = move || {
        view! {
            <a href="/rooms">{words.shell_menu_rooms()}</a>
            <a href="/rooms/blackouts">{words.blackouts_title()}</a>
        }
        .into_any()
    };
    let banner = blackout.marking.map(|marking| view! { <Banner marking=marking /> });
    let title = blackout.cause.unwrap_or_else(|| words.board_closed());
    let edit = format!("/rooms/blackouts/{}/edit", blackout.id);
    let change = may_manage.then(|| view! { <a class="button main" href=edit>{words.blackouts_edit_title()}</a> });
    let gone = EndBlackoutForm { id: blackout.id.to_string(), seen };
    let ending = may_manage.then(|| view! { <Ending start=Start::of(&gone, draft.as_ref()) action=end /> });
    view! {
        {banner}
        <PageHead title=title eyebrow=eyebrow>
            <Facts>
                <Fact term=words.blackouts_field_of()>{of}</Fact>
                <Fact term=words.bookings_column_when()>
                    {when} " " <small>{place}</small>
                </Fact>
            </Facts>
            <div class="actions">
                {change}
                <a class="button" href=thing>{words.blackouts_look()}</a>
            </div>
        </PageHead>
        {ending}
    }
    .into_any()
}

/// Ends the blackout, after asking.
#[component]
fn Ending(start: Start, action: ServerAction<EndBlackout>) -> impl IntoView {
    let words = use_words();
    let open = start.refusal().is_some();
    view! {
        <details id="end" open=open>
            <summary>{words.blackouts_end_title()}</summary>
            <FormSheet action=action start=start id=EndBlackoutForm::NAME>
                <p>{words.blackouts_end_says()}</p>
                <Hidden name="id" />
                <Hidden name="seen" />
                <div class="actions"><Button weight=Weight::Grave>{words.blackouts_end_do()}</Button></div>
            </FormSheet>
        </details>
    }
    .into_any()
}
