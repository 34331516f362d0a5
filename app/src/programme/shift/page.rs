//! The page on which lines are moved or copied together: which and how far, where each goes and what stays, and one press to accept it.

use super::{
    ShiftAskedForm, ShiftForm, ShiftPageView,
    chooser::ChosenBoxes,
    server_fns::{ShiftLines, load_shift},
};
use crate::{
    components::{Button, Choice, Field, FormSheet, Hidden, QuerySheet, Radios, Weight},
    errors::ErrorPage,
    forms::{Draft, FormFields, Outcome, Refusal, Start, use_draft},
    programme::going::GoingLine,
    visits::{VisitHeading, VisitTab},
    words::use_words,
};
use domain::{
    marking::{Marking, view::ShiftView},
    problems::Problem,
    programme::shift::{Shifting, Twice},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The page on which lines are moved or copied together.
#[component]
pub fn ShiftPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let action = ServerAction::<ShiftLines>::new();
    // After a refusal all of it is looked at anew.
    let refusals = move || match action.value().get() {
        Some(Ok(Outcome::Refused(_))) => action.version().get_untracked(),
        _ => 0,
    };
    let page = Resource::new_blocking(
        move || (params.read().get("id").unwrap_or_default(), ShiftAskedForm::of(&query.read()), refusals()),
        |(id, asked, _)| load_shift(id, asked),
    );
    let draft = use_draft();
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let draft = draft.await;
                match page.await {
                    Ok(view) => view! { <Sheet view=view draft=draft action=action /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Sheet(view: ShiftPageView, draft: Option<Draft>, action: ServerAction<ShiftLines>) -> impl IntoView {
    let words = use_words();
    let ShiftPageView { head, lines, how, asked, problems, found, once } = view;
    let path = format!("/visits/{}", head.visit.id);
    let marking = lines.iter().map(|line| line.marking).max().unwrap_or(Marking::Clear);
    let refusal = (!problems.is_empty()).then(|| {
        Draft::Kept(Refusal {
            form: ShiftAskedForm::NAME.to_owned(),
            problems,
            notices: Vec::new(),
            typed: asked.typed(),
            newer: None,
            trouble: None,
        })
    });
    let start = Start::of(&asked, refusal.as_ref());
    let (title, look) = match how {
        Shifting::Move => (words.shift_move_title(), words.shift_move_look()),
        Shifting::Copy => (words.shift_copy_title(), words.shift_copy_look()),
    };
    let is_ambiguous = |problem: &Problem| matches!(problem, Problem::TimeAmbiguous { .. });
    let comes_twice = found.iter().flat_map(|found| &found.lines).flat_map(|line| &line.problems).any(|it| is_ambiguous(&it.problem));
    let asks_which = comes_twice || !asked.twice.is_empty();
    let choices =
        vec![Choice::new(Twice::First.word(), words.shift_twice_first()), Choice::new(Twice::Second.word(), words.shift_twice_second())];
    let (chosen, back, capital) = (asked.items.clone(), path.clone(), head.visit.capital.clone());
    let found = found.map(|found| {
        view! { <Found found=found how=how asked=asked.clone() capital=capital once=once draft=draft action=action back=back.clone() /> }
    });
    view! {
        <VisitHeading head=head tab=VisitTab::None marking=marking />
        <section aria-labelledby="shift-title">
            <h2 id="shift-title">{title.clone()}</h2>
            <QuerySheet action=format!("{path}/shift") start=start id=ShiftAskedForm::NAME label=title>
                <Hidden name="deed" value=how.word() />
                <ChosenBoxes lines=lines chosen=chosen />
                <div class="pair">
                    <Field name="by" label=words.shift_by() hint=words.shift_by_hint() optional=true />
                    <Field name="to" label=words.shift_to() hint=words.shift_to_hint() optional=true />
                </div>
                {asks_which.then(|| view! { <Radios name="twice" label=words.shift_twice() choices=choices /> })}
                <div class="actions">
                    <Button weight=Weight::Main>{look}</Button>
                    <a class="button" href=back>{words.day_rest_back()}</a>
                </div>
            </QuerySheet>
        </section>
        {found}
    }
    .into_any()
}

#[component]
fn Found(
    found: ShiftView,
    how: Shifting,
    asked: ShiftAskedForm,
    capital: Option<String>,
    once: String,
    draft: Option<Draft>,
    action: ServerAction<ShiftLines>,
    back: String,
) -> impl IntoView {
    let words = use_words();
    let ShiftView { version, visit_id, lines, .. } = found;
    let goes = lines.iter().filter(|line| line.starts.is_some()).count();
    // What neither stays nor goes has no place to go to.
    let is_sound = lines.iter().all(|line| line.problems.is_empty() && (line.starts.is_some() || line.stays.is_some()));
    let copies = how == Shifting::Copy;
    let stored = ShiftForm {
        id: visit_id.to_string(),
        deed: how.word().to_owned(),
        items: asked.items,
        day: asked.day,
        by: asked.by,
        to: asked.to,
        twice: asked.twice,
        ..ShiftForm::default()
    };
    let start = Start::of(&stored, draft.as_ref());
    let (heading, says, accept_words) = match how {
        Shifting::Move => (words.day_rest_lines(goes), words.day_rest_released(), words.shift_move_do(goes)),
        Shifting::Copy => (words.shift_copies(goes), words.shift_copies_say(), words.shift_copy_do(goes)),
    };
    let listed =
        lines.into_iter().map(|line| view! { <li><GoingLine line=line capital=capital.clone() copies=copies /></li> }).collect_view();
    let accept = (goes > 0 && is_sound).then(|| {
        view! {
            <FormSheet action=action start=start id=ShiftForm::NAME>
                <Hidden name="id" />
                // What was looked at just now, and not what a refused press had seen.
                <Hidden name="deed" value=stored.deed />
                <Hidden name="items" value=stored.items />
                <Hidden name="day" value=stored.day />
                <Hidden name="by" value=stored.by />
                <Hidden name="to" value=stored.to />
                <Hidden name="twice" value=stored.twice />
                <Hidden name="seen" value=version />
                <Hidden name="once" value=once />
                <p class="faint">{says}</p>
                {(!copies).then(|| view! {
                    <Field name="reason" label=words.visits_field_reason() hint=words.day_rest_reason_hint() optional=true />
                })}
                <div class="actions">
                    <Button weight=Weight::Main>{accept_words}</Button>
                    <a class="button" href=back>{words.day_rest_back()}</a>
                </div>
            </FormSheet>
        }
    });
    let unsound = (!is_sound).then(|| view! { <p class="clash">{words.shift_unsound()}</p> });
    view! {
        <section aria-labelledby="shift-lines">
            <div role="status"><h2 id="shift-lines">{heading}</h2></div>
            <ol class="hurt">{listed}</ol>
            {unsound}
            {accept}
        </section>
    }
    .into_any()
}
