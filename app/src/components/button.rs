//! Buttons that send a form.

use super::form_sheet::FormState;
use leptos::prelude::*;

/// How much a button stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weight {
    /// The one thing one does here.
    Main,
    /// Anything else.
    #[default]
    Plain,
    /// What takes something away.
    Grave,
}

impl Weight {
    const fn class(self) -> &'static str {
        match self {
            Self::Main => "button main",
            Self::Plain => "button",
            Self::Grave => "button grave",
        }
    }
}

/// A button that sends the form it is in. It rests while the form is on its way, so that a second press does nothing.
#[component]
pub fn Button(
    /// How much it stands out.
    #[prop(optional)]
    weight: Weight,
    /// The field it sets, if the form has several buttons.
    #[prop(optional, into)]
    name: Option<String>,
    /// The value it sets that field to.
    #[prop(optional, into)]
    value: Option<String>,
    /// What it does, in words.
    children: Children,
) -> impl IntoView {
    let state = use_context::<FormState>();
    view! {
        <button type="submit" class=weight.class() name=name value=value disabled=move || state.is_some_and(|state| state.is_pending())>
            {children()}
        </button>
    }
}
