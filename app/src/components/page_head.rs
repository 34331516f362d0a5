//! The head of a page.

use leptos::prelude::*;
use leptos_meta::Title;

/// The head of a page: its title (also the window's), what stands above it, and what one does here.
#[component]
pub fn PageHead(
    /// The title.
    #[prop(into)]
    title: String,
    /// Above the title: the way here, kind, state.
    #[prop(optional, into)]
    eyebrow: Option<ViewFnOnce>,
    /// Below the title: facts, buttons, tabs.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <Title text=title.clone() />
        <header class="head">
            {eyebrow.map(|eyebrow| view! { <div class="eyebrow">{eyebrow.run()}</div> })}
            <h1 dir="auto">{title}</h1>
            {children.map(|children| children())}
        </header>
    }
    .into_any()
}
