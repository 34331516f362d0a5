//! The form itself, as one sees it.

use super::{
    newer::{Meanwhile, Newer},
    notice::ClashNotice,
};
use crate::{
    errors::{AppError, Trouble},
    forms::{Outcome, Refusal, Start, Typed},
    words::{use_words, words_of_problem},
};
use domain::problems::Problem;
use leptos::{
    form::ActionForm,
    html::Div,
    prelude::*,
    server_fn::{Http, ServerFn, client::Client, codec::PostUrl, redirect::call_redirect_hook, request::ClientReq},
    tachys::reactive_graph::OwnedView,
    web_sys::FormData,
};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// The form that a field stands in: what it opened with, why it was refused last, and whether it is on its way.
#[derive(Debug, Clone, Copy)]
pub struct FormState {
    id: StoredValue<String>,
    start: StoredValue<Start>,
    labels: StoredValue<BTreeMap<String, String>>,
    choices: StoredValue<BTreeMap<(String, String), String>>,
    refusal: Signal<Option<Refusal>>,
    pending: Signal<bool>,
}

impl FormState {
    /// Of a form that a browser sends by itself: what was refused came with the page.
    fn unsent(start: Start, id: String) -> Self {
        let refusal = start.refusal().cloned();
        Self {
            id: StoredValue::new(id),
            start: StoredValue::new(start),
            labels: StoredValue::new(BTreeMap::new()),
            choices: StoredValue::new(BTreeMap::new()),
            refusal: Signal::stored(refusal),
            pending: Signal::stored(false),
        }
    }

    /// The id of the element of a field.
    pub fn field_id(self, field: &str) -> String {
        self.id.with_value(|id| format!("{id}-{field}"))
    }

    /// What a field opens with.
    pub fn value_of(self, field: &str) -> String {
        self.start.with_value(|start| start.typed().get(field).to_owned())
    }

    /// What is wrong with a field, in words.
    pub fn problem_of(self, field: &str) -> Option<String> {
        let words = use_words();
        self.refusal.with(|refusal| {
            let problem = refusal.as_ref()?.problems.iter().find(|problem| problem.field == field)?;
            Some(words_of_problem(words, &problem.problem))
        })
    }

    /// What is wrong with a field, for who asks something because of it.
    pub fn raw_problem_of(self, field: &str) -> Option<Problem> {
        self.refusal
            .with(|refusal| refusal.as_ref()?.problems.iter().find(|problem| problem.field == field).map(|found| found.problem.clone()))
    }

    /// What a field last sent, or opens with.
    pub fn typed_last(self, field: &str) -> String {
        let sent = self.refusal.with(|refusal| refusal.as_ref().map(|refusal| refusal.typed.get(field).to_owned()));
        sent.unwrap_or_else(|| self.value_of(field))
    }

    /// Whether the form is on its way.
    pub fn is_pending(self) -> bool {
        self.pending.get()
    }

    /// Keeps what a field is called, for the list of problems.
    pub(super) fn remember_label(self, field: &str, label: &str) {
        self.labels.update_value(|labels| {
            labels.insert(field.to_owned(), label.to_owned());
        });
    }

    /// Keeps what a value of a field is called, to tell of it elsewhere.
    pub(super) fn remember_choice(self, field: &str, value: &str, label: &str) {
        self.choices.update_value(|choices| {
            choices.insert((field.to_owned(), value.to_owned()), label.to_owned());
        });
    }

    fn label_of(self, field: &str) -> Option<String> {
        self.labels.with_value(|labels| labels.get(field).cloned())
    }

    /// A value of a field as one reads it.
    fn shown_value(self, field: &str, value: &str) -> String {
        let chosen = self.choices.with_value(|choices| choices.get(&(field.to_owned(), value.to_owned())).cloned());
        chosen.unwrap_or_else(|| if value.is_empty() { "–".to_owned() } else { value.to_owned() })
    }

    /// What the fields one sees hold at this moment.
    #[cfg(feature = "hydrate")]
    pub(super) fn typed_now(self) -> Typed {
        use leptos::{
            wasm_bindgen::JsCast,
            web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement},
        };
        let now = |field: &str| {
            let element = document().get_element_by_id(&self.field_id(field))?;
            if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
                let is_off = matches!(input.type_().as_str(), "checkbox" | "radio") && !input.checked();
                return Some(if is_off { String::new() } else { input.value() });
            }
            let select = element.dyn_ref::<HtmlSelectElement>().map(HtmlSelectElement::value);
            select.or_else(|| element.dyn_ref::<HtmlTextAreaElement>().map(HtmlTextAreaElement::value))
        };
        let names: Vec<String> = self.labels.with_value(|labels| labels.keys().cloned().collect());
        names.into_iter().fold(Typed::default(), |typed, name| {
            let value = now(&name).unwrap_or_else(|| self.value_of(&name));
            typed.with(&name, value)
        })
    }

    /// What the fields one sees opened with: the server sees nobody type.
    #[cfg(not(feature = "hydrate"))]
    pub(super) fn typed_now(self) -> Typed {
        self.start.with_value(|start| start.typed().clone())
    }

    /// The fields one sees of which the thing as it is now and what was typed differ: what each is called, and both.
    pub(super) fn differences(self, newer: &Typed, typed: &Typed) -> Vec<(String, String, String)> {
        let labels = self.labels.get_value();
        let differing = labels.into_iter().filter(|(field, _)| newer.get(field) != typed.get(field));
        differing
            .map(|(field, label)| (label, self.shown_value(&field, newer.get(&field)), self.shown_value(&field, typed.get(&field))))
            .collect()
    }
}

/// A form on a sheet. It posts to the action's server function with scripts and without, shows beside the fields what was
/// refused and at its top the list of it, keeps what was typed, and goes to the next page when it is done.
///
/// The fields in it ([`super::Field`], [`super::TextArea`], [`super::Select`] …) find their values and problems by their names.
#[component]
pub fn FormSheet<S, O>(
    /// The action of the form's server function, which answers [`Outcome`].
    action: ServerAction<S>,
    /// What the form opens with.
    start: Start,
    /// The form's name, which begins the ids of its elements: one of its own for each form on a page.
    #[prop(into)]
    id: String,
    /// Whether the next page is loaded anew, because who one is or how the page looks has changed.
    #[prop(optional)]
    load_anew: bool,
    /// Whether it stands in a row instead of on a sheet of its own.
    #[prop(optional)]
    bare: bool,
    /// The thing as somebody else has changed it while the form is open.
    #[prop(optional, into)]
    meanwhile: Option<Signal<Option<Typed>>>,
    /// Fields and buttons.
    children: Children,
) -> impl IntoView
where
    S: DeserializeOwned + ServerFn<Protocol = Http<PostUrl, O>, Output = Outcome, Error = AppError> + Clone + Send + Sync + 'static,
    <<S::Client as Client<AppError>>::Request as ClientReq<AppError>>::FormData: From<FormData>,
    <S as ServerFn>::Client: Client<AppError>,
    O: 'static,
{
    let value = action.value();
    let first = StoredValue::new(start.refusal().cloned());
    // The last answer of the server function counts; before it, what the page opened with.
    let refusal = Signal::derive(move || match value.get() {
        Some(Ok(Outcome::Refused(refusal))) => Some(refusal),
        Some(_) => None,
        None => first.get_value(),
    });
    let trouble = Signal::derive(move || match value.get() {
        Some(Err(error)) => Some(error),
        Some(Ok(_)) => None,
        None => first.with_value(|first| first.as_ref().and_then(|refusal| refusal.trouble.clone())),
    });
    let is_lost = start.is_lost();
    let pending = action.pending();
    let state = FormState {
        id: StoredValue::new(id),
        start: StoredValue::new(start),
        labels: StoredValue::new(BTreeMap::new()),
        choices: StoredValue::new(BTreeMap::new()),
        refusal,
        pending: Signal::derive(move || pending.get()),
    };
    // A form that is drawn anew after its action was done has led on already.
    let answered_before = action.version().get_untracked();
    Effect::new(move || {
        if let Some(Ok(Outcome::Done { to })) = value.get()
            && action.version().get_untracked() != answered_before
        {
            if load_anew {
                // A browser refuses to go to an address only when it cannot be read; this one is a path.
                let _ = window().location().set_href(&to);
            } else {
                call_redirect_hook(&to);
            }
        }
    });
    let body = sheet_body(state, trouble, is_lost, meanwhile, children);
    let class = if bare { "bare" } else { "sheet" };
    view! { <ActionForm action=action attr:class=class attr:novalidate=true>{body}</ActionForm> }.into_any()
}

/// What stands in a form: the list of what is wrong, and the fields.
fn sheet_body(
    state: FormState,
    trouble: Signal<Option<AppError>>,
    is_lost: bool,
    meanwhile: Option<Signal<Option<Typed>>>,
    children: Children,
) -> AnyView {
    let refusal = state.refusal;
    // A refusal that shows the same version has said so already.
    let untold = move || {
        let newer = meanwhile?.get()?;
        let told = refusal.with(|refusal| refusal.as_ref()?.newer.as_ref().map(|told| told.get("seen").to_owned()));
        (told.as_deref() != Some(newer.get("seen"))).then_some(newer)
    };
    // The fields come to life before the list above them, which needs their labels.
    let owner = Owner::current().unwrap_or_default().child();
    let fields = owner.with(|| {
        provide_context(state);
        children()
    });
    let head = owner.with(|| {
        let words = use_words();
        view! {
            <ProblemSummary state=state />
            {move || refusal.with(|refusal| {
                refusal.as_ref().map(|refusal| refusal.notices.iter().cloned().map(|notice| view! { <ClashNotice notice=notice /> }).collect_view())
            })}
            {move || refusal.with(|refusal| {
                let refusal = refusal.as_ref()?;
                refusal.newer.as_ref().map(|newer| view! { <Newer state=state newer=newer.clone() typed=refusal.typed.clone() /> })
            })}
            {move || trouble.get().map(|error| view! { <Trouble error=error /> })}
            {is_lost.then(|| view! { <p class="trouble" role="alert">{words.form_draft_lost()}</p> })}
        }
    });
    let foot = move || untold().map(|newer| view! { <Meanwhile state=state newer=newer /> });
    OwnedView::new_with_owner(
        view! {
            // Enter in a field presses the first button of a form: never one that takes an alternative.
            <button type="submit" class="visually-hidden" tabindex="-1" aria-hidden="true"></button>
            {head}
            {fields}
            {foot}
        },
        owner,
    )
    .into_any()
}

/// A form with a file on a sheet. A browser posts it to a route of the process by itself, with scripts and without, and what was
/// refused comes back with the page.
#[component]
pub fn UploadSheet(
    /// The route it posts to.
    #[prop(into)]
    action: String,
    /// What the form opens with.
    start: Start,
    /// The form's name, which begins the ids of its elements.
    #[prop(into)]
    id: String,
    /// Fields and buttons.
    children: Children,
) -> impl IntoView {
    let is_lost = start.is_lost();
    let trouble = Signal::stored(start.refusal().and_then(|refusal| refusal.trouble.clone()));
    let state = FormState::unsent(start, id);
    let body = sheet_body(state, trouble, is_lost, None, children);
    view! { <form method="post" action=action enctype="multipart/form-data" class="sheet" novalidate=true>{body}</form> }.into_any()
}

/// A form that asks for something, on a sheet: what was found stands on the page of the address that it makes (HTML, 4.10.21.3), so
/// that it can be sent to somebody. What was wrong with it comes back with the page.
#[component]
pub fn QuerySheet(
    /// The page it asks.
    #[prop(into)]
    action: String,
    /// What the form opens with.
    start: Start,
    /// The form's name, which begins the ids of its elements.
    #[prop(into)]
    id: String,
    /// What it is called, for who goes from landmark to landmark.
    #[prop(into)]
    label: String,
    /// Fields and buttons.
    children: Children,
) -> impl IntoView {
    let state = FormState::unsent(start, id);
    let body = sheet_body(state, Signal::stored(None), false, None, children);
    view! { <form method="get" action=action class="sheet" role="search" aria-label=label novalidate=true>{body}</form> }.into_any()
}

/// The list of what is wrong, at the top of a form: each with a link to its field. It takes the focus when it appears.
#[component]
pub fn ProblemSummary(
    /// The form it is the list of.
    state: FormState,
) -> impl IntoView {
    let words = use_words();
    let place = NodeRef::<Div>::new();
    let refusal = state.refusal;
    Effect::new(move |before: Option<()>| {
        let is_refused = refusal.with(Option::is_some);
        // The first run is the waking of a page: `autofocus` has seen to that.
        if before.is_some()
            && is_refused
            && let Some(place) = place.get()
        {
            let _ = place.focus();
        }
    });
    move || {
        let refusal = refusal.get()?;
        (!refusal.problems.is_empty() || !refusal.notices.is_empty()).then(|| {
            let items = refusal
                .problems
                .iter()
                .map(|problem| {
                    let said = words_of_problem(words, &problem.problem);
                    let text = match state.label_of(&problem.field) {
                        Some(label) => format!("{label}: {said}"),
                        None => said,
                    };
                    let to = format!("#{}", state.field_id(&problem.field));
                    view! { <li><a href=to rel="external">{text}</a></li> }
                })
                .collect_view();
            let count = refusal.problems.len().max(refusal.notices.len());
            view! {
                <div class="problems" role="alert" tabindex="-1" autofocus=true node_ref=place>
                    <h2>{words.form_problems_count(count)}</h2>
                    <ul>{items}</ul>
                    <p class="faint">{words.form_problems_kept()}</p>
                </div>
            }
        })
    }
}
