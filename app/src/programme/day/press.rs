//! Taking down that a line began or ended: one press at the line, or its own form for another time than now.

use super::{ActualForm, TakeActual, WentShown, words::went_in_words};
use crate::{
    components::{Button, Choice, Field, FormSheet, Hidden, Select, StandingNotice, Weight},
    errors::{AppError, Trouble},
    forms::{Draft, FormFields, Outcome, Refusal, Start},
    programme::words::title_in_words,
    words::use_words,
};
use domain::{ids::ItemId, marking::view::ItemView, programme::day::Deed};
use leptos::{form::ActionForm, prelude::*};

/// The presses on a page: of which line the last one was, and what came of it.
#[derive(Clone, Copy)]
pub struct Pressing {
    action: ServerAction<TakeActual>,
    line: StoredValue<Option<ItemId>>,
    is_under_way: StoredValue<bool>,
    first: StoredValue<Option<Refusal>>,
}

impl Pressing {
    /// Where nothing was pressed yet.
    pub(crate) fn new() -> Self {
        Self {
            action: ServerAction::new(),
            line: StoredValue::new(None),
            is_under_way: StoredValue::new(false),
            first: StoredValue::new(None),
        }
    }

    /// What was refused before the page opened, where a browser pressed without scripts.
    pub(crate) fn begins_with(self, draft: Option<Draft>) {
        if let Some(Draft::Kept(refusal)) = draft.filter(|draft| matches!(draft, Draft::Kept(kept) if kept.form == ActualForm::NAME)) {
            self.first.set_value(Some(refusal));
        }
    }

    /// How many answers came; the page is read again after each.
    pub(crate) fn answers(self) -> usize {
        self.action.version().get()
    }

    /// The line that was pressed last, once the page shows what came of it.
    pub(crate) fn settle(self) -> Option<ItemId> {
        if self.action.pending().get_untracked() || !self.is_under_way.get_value() {
            return None;
        }
        self.is_under_way.set_value(false);
        self.line.get_value()
    }

    /// A line is pressed.
    fn press(self, line: ItemId) {
        self.line.set_value(Some(line));
        self.is_under_way.set_value(true);
    }

    /// Why nothing was taken down of a line.
    fn refusal_of(self, line: ItemId) -> Option<Result<Refusal, AppError>> {
        let id = line.to_string();
        let of_line = |refusal: Refusal| (refusal.typed.get("id") == id).then_some(refusal);
        match self.action.value().get() {
            Some(Ok(Outcome::Refused(refusal))) => of_line(refusal).map(Ok),
            Some(Ok(Outcome::Done { .. })) => None,
            Some(Err(error)) => (self.line.get_value() == Some(line)).then_some(Err(error)),
            None => of_line(self.first.get_value()?).map(|refusal| match refusal.trouble.clone() {
                Some(error) => Err(error),
                None => Ok(refusal),
            }),
        }
    }
}

/// What one presses at a line of today, and what came of the last press.
#[component]
pub(crate) fn Press(
    /// The line.
    item: ItemView,
    /// How it went.
    went: WentShown,
    /// Its version.
    seen: String,
    /// The presses on the page.
    pressing: Pressing,
) -> impl IntoView {
    let words = use_words();
    let said = went_in_words(words, &went);
    if said.is_none() && went.next.is_none() && !went.may_move_rest {
        return ().into_any();
    }
    let (title, id) = (title_in_words(words, &item), item.id);
    let pending = pressing.action.pending();
    let button = |deed: Deed, class: &'static str, label: String, of: String| {
        view! {
            <button
                type="submit"
                class=class
                name="deed"
                value=deed.word()
                aria-label=of
                disabled=move || pending.get()
                on:click=move |_| pressing.press(id)
            >
                {label}
            </button>
        }
        .into_any()
    };
    let next = went.next.map(|deed| match deed {
        Deed::End => button(deed, "button main", words.day_end(), words.day_end_of(&title)),
        Deed::Begin | Deed::Undo => button(deed, "button main", words.day_begin(), words.day_begin_of(&title)),
    });
    let undo = went.may_undo.then(|| match &went.ended {
        Some(_) => button(Deed::Undo, "button", words.day_not_ended(), words.day_not_ended_of(&title)),
        None => button(Deed::Undo, "button", words.day_not_begun(), words.day_not_begun_of(&title)),
    });
    let may_press = next.is_some() || undo.is_some();
    let form = may_press.then(|| {
        view! {
            <ActionForm action=pressing.action attr:class="press">
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="seen" value=seen />
                <input type="hidden" name="at" value="" />
                {next}
                {undo}
            </ActionForm>
        }
    });
    let rest = went.may_move_rest.then(|| {
        let to = format!("/visits/{}/rest?item={id}", item.visit_id);
        view! { <a class="button" href=to aria-label=words.day_rest_of(&title)>{words.day_rest()}</a> }
    });
    let form_page = format!("/visits/{}/items/{id}", item.visit_id);
    let refused = move || {
        pressing.refusal_of(id).map(|refusal| match refusal {
            Ok(refusal) => {
                let form = form_page.clone();
                refusal
                    .notices
                    .into_iter()
                    .map(|notice| view! { <StandingNotice notice=notice form=form.clone() now=true /> })
                    .collect_view()
                    .into_any()
            }
            Err(error) => view! { <Trouble error=error /> }.into_any(),
        })
    };
    view! {
        <div class="went">
            {said.map(|said| view! { <span class="done">{said}</span> })}
            {form}
            {rest}
        </div>
        {refused}
    }
    .into_any()
}

/// The form that takes down how a line went, at another time than now.
#[component]
pub(crate) fn Went(
    /// How it went so far.
    went: WentShown,
    /// What the form opens with.
    start: Start,
    /// The action of the form.
    action: ServerAction<TakeActual>,
) -> impl IntoView {
    let words = use_words();
    let so_far = went_in_words(words, &went).map(|says| view! { <p>{words.day_went_now(says)}</p> });
    let deeds =
        [(Deed::Begin, words.day_went_field_begin()), (Deed::End, words.day_went_field_end()), (Deed::Undo, words.day_went_field_undo())];
    let choices = deeds.into_iter().map(|(deed, label)| Choice::new(deed.word(), label)).collect();
    let open = start.refusal().is_some();
    view! {
        <details id="went" open=open>
            <summary>{words.day_went_title()}</summary>
            <FormSheet action=action start=start id=ActualForm::NAME>
                <p>{words.day_went_says()}</p>
                {so_far}
                <Hidden name="id" />
                <Hidden name="seen" />
                <Select name="deed" label=words.day_went_field() choices=choices />
                <Field name="at" label=words.day_went_at() hint=words.day_went_at_hint() optional=true />
                <div class="actions"><Button weight=Weight::Main>{words.day_went_do()}</Button></div>
            </FormSheet>
        </details>
    }
    .into_any()
}
