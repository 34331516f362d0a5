//! Two versions of one thing, side by side.

use super::form_sheet::FormState;
use crate::{
    forms::{Alternative, TAKE, Typed},
    words::use_words,
};
use leptos::prelude::*;

/// Both versions of a thing that somebody else changed meanwhile, and the button that saves one's own over the other.
#[component]
pub fn Newer(
    /// The form.
    state: FormState,
    /// The thing as it is now.
    newer: Typed,
    /// What was typed.
    typed: Typed,
) -> impl IntoView {
    let words = use_words();
    let rows = state
        .differences(&newer, &typed)
        .into_iter()
        .map(
            |(label, theirs, yours)| view! { <tr><th scope="row">{label}</th><td dir="auto">{theirs}</td><td dir="auto">{yours}</td></tr> },
        )
        .collect_view();
    let over = Alternative { label: words.form_newer_save_over(), fields: Typed::default().with("seen", newer.get("seen")) };
    let value = over.as_value();
    view! {
        <div class="newer">
            <div class="table" tabindex="0" role="region" aria-label=words.form_newer_caption()>
                <table class="list">
                    <thead>
                        <tr>
                            <th scope="col">{words.form_newer_field()}</th>
                            <th scope="col">{words.form_newer_theirs()}</th>
                            <th scope="col">{words.form_newer_yours()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <div class="actions"><button type="submit" class="button" name=TAKE value=value>{over.label}</button></div>
        </div>
    }
    .into_any()
}

/// Says in a form that is open that somebody else has changed its thing, with both versions. What is typed stays, and so does the
/// focus.
#[component]
pub fn Meanwhile(
    /// The form.
    state: FormState,
    /// The thing as it is now.
    newer: Typed,
) -> impl IntoView {
    let words = use_words();
    let typed = RwSignal::new(state.typed_now());
    #[cfg(feature = "hydrate")]
    {
        let handle = window_event_listener(leptos::ev::input, move |_| typed.set(state.typed_now()));
        on_cleanup(move || handle.remove());
    }
    view! {
        <p class="visually-hidden" role="status">{words.live_line_changed()}</p>
        // At the foot of the form and of the window: nothing that one types in moves.
        <details class="meanwhile">
            <summary>{words.live_line_changed()} " " <span class="button">{words.live_both_versions()}</span></summary>
            {move || view! { <Newer state=state newer=newer.clone() typed=typed.get() /> }}
        </details>
    }
    .into_any()
}
