//! What is pencilled at one time: each by its title, or that there is one.

use super::{
    deciding::Deciding,
    view::{PencilsShown, StandingShown},
    words::{standing_in_words, when_said},
};
use crate::{components::MarkingTag, words::use_words};
use domain::{clash::Source, marking::view::BookingView};
use leptos::prelude::*;

/// Pencilled uses, under what is said of them; nothing where there are none.
#[component]
pub(super) fn Pencils(
    /// What is said of them.
    #[prop(into)]
    title: String,
    /// The uses.
    pencils: PencilsShown,
) -> impl IntoView {
    let words = use_words();
    let PencilsShown { view, engaged, reserved } = pencils;
    if view.is_empty() {
        return ().into_any();
    }
    let read = view.engaged.into_iter().zip(engaged).map(|(it, when)| {
        let when = when_said(words, &when);
        let title = match (it.source, it.visit_id) {
            (Source::Booking(id), _) => view! { <a href=format!("/bookings/{id}") dir="auto">{it.title}</a> }.into_any(),
            (Source::Item(id), Some(visit)) => view! { <a href=format!("/visits/{visit}#line-{id}") dir="auto">{it.title}</a> }.into_any(),
            (Source::Item(_), None) => view! { <span dir="auto">{it.title}</span> }.into_any(),
        };
        view! { <li>{title} ", " {when} " " <MarkingTag marking=it.marking /></li> }.into_any()
    });
    let sealed = view.reserved.into_iter().zip(reserved).map(|(it, when)| {
        let title = it.cover.unwrap_or_else(|| words.approvals_reserved());
        view! { <li><span dir="auto">{title}</span> ", " {when_said(words, &when)}</li> }.into_any()
    });
    let rows: Vec<AnyView> = read.chain(sealed).collect();
    view! {
        <div class="clash note">
            <span>{title}</span>
            <ul>{rows}</ul>
        </div>
    }
    .into_any()
}

/// How a booking stands with its room: a sentence, what is pencilled beside it, and the decision for who makes it.
#[component]
pub fn BookingStanding(
    /// The booking.
    booking: BookingView,
    /// How it stands.
    standing: StandingShown,
    /// The refused form that the address names.
    draft: Option<crate::forms::Draft>,
) -> impl IntoView {
    let words = use_words();
    let said = standing_in_words(words, &booking, &standing).map(|says| view! { <p class="clash note" dir="auto">{says}</p> });
    let back = format!("/bookings/{}", booking.id);
    let StandingShown { waiting, beside, .. } = standing;
    // Who decides is told what the decision ends, which is the same.
    let pencils = waiting.is_none().then(|| view! { <Pencils title=words.approvals_beside_title() pencils=beside /> });
    let deciding = waiting.map(|waiting| view! { <Deciding waiting=waiting draft=draft back=back /> });
    view! {
        {said}
        {pencils}
        {deciding}
    }
    .into_any()
}
