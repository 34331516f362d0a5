//! Small parts of pages.

use leptos::prelude::*;

/// What a chip means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// No more than it says.
    #[default]
    Plain,
    /// Held, until it ends.
    Held,
    /// Firm.
    Firm,
}

/// A word about a thing: its state, its kind.
#[component]
pub fn Chip(
    /// What it means.
    #[prop(optional)]
    tone: Tone,
    /// The word.
    children: Children,
) -> impl IntoView {
    let class = match tone {
        Tone::Plain => "chip",
        Tone::Held => "chip hold",
        Tone::Firm => "chip firm",
    };
    view! { <span class=class>{children()}</span> }
}

/// What stands where there is nothing yet: what belongs here, and the first step.
#[component]
pub fn Empty(
    /// What belongs here.
    #[prop(into)]
    title: String,
    /// Why it is empty, or what comes of it.
    #[prop(optional, into)]
    says: Option<String>,
    /// The first step: a link or a form.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <p class="title">{title}</p>
            {says.map(|says| view! { <p>{says}</p> })}
            {children.map(|children| view! { <div class="actions">{children()}</div> })}
        </div>
    }
    .into_any()
}

/// One of the sides of a thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tab {
    /// What it is called.
    pub label: String,
    /// Its page.
    pub to: String,
    /// Whether it is the page one is on.
    pub is_current: bool,
}

/// The sides of a thing, each a page of its own.
#[component]
pub fn Tabs(
    /// What they are the sides of, for a screen reader.
    #[prop(into)]
    label: String,
    /// The sides.
    tabs: Vec<Tab>,
) -> impl IntoView {
    let links =
        tabs.into_iter().map(|tab| view! { <a href=tab.to aria-current=tab.is_current.then_some("page")>{tab.label}</a> }).collect_view();
    view! { <nav class="tabs" aria-label=label>{links}</nav> }.into_any()
}

/// The facts of a thing, side by side: a list of [`Fact`]s.
#[component]
pub fn Facts(
    /// The facts.
    children: Children,
) -> impl IntoView {
    view! { <dl class="facts">{children()}</dl> }
}

/// One fact.
#[component]
pub fn Fact(
    /// What it is called.
    #[prop(into)]
    term: String,
    /// What it is.
    children: Children,
) -> impl IntoView {
    view! { <div><dt>{term}</dt><dd dir="auto">{children()}</dd></div> }
}
