//! What one sees.
use leptos::prelude::*;
#[component]
pub fn A() -> impl IntoView {
    view! { <p>"a"</p> }
}
