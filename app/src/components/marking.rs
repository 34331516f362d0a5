//! Markings on the page.

use crate::words::use_words;
use domain::marking::Marking;
use leptos::prelude::*;

/// A label of the Traffic Light Protocol 2.0, written and coloured as FIRST does, on black.
#[component]
pub fn MarkingTag(
    /// The marking.
    marking: Marking,
) -> impl IntoView {
    let class = match marking {
        Marking::Clear => "tlp clear",
        Marking::Green => "tlp green",
        Marking::Amber | Marking::AmberStrict => "tlp amber",
        Marking::Red => "tlp red",
    };
    view! { <span class=class translate="no">{marking.label()}</span> }
}

/// The highest marking on a page, at its top.
#[component]
pub fn Banner(
    /// The highest marking on the page.
    marking: Marking,
    /// What else stands there: how it is shown, a link to the preview.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let words = use_words();
    view! {
        <div class="banner">
            <MarkingTag marking=marking />
            <small>{words.shell_banner_highest()}</small>
            {children.map(|children| children())}
        </div>
    }
}
