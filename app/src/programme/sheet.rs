//! The page of one line: its form, and taking it out.

use super::{
    day::{ActualForm, TakeActual, press::Went},
    form::{ItemForm, MARKING, PERSON, ROLE, RemoveItemForm, rows_of_people},
    server_fns::{RemoveItem, SaveItem, load_item_form},
    view::ItemFormView,
    words::{kind_in_words, layout_in_words, part_in_words, press_in_words, role_in_words, state_in_words},
};
use crate::{
    components::{Button, Checkbox, Choice, Field, FormSheet, Hidden, Select, TextArea, Weight},
    errors::ErrorPage,
    forms::{Draft, FormFields, Start, Typed, use_draft},
    live::use_live,
    times::{WhichOfTwo, slot_given},
    visits::{
        VisitHeading, VisitTab,
        words::{markings_up_to, word_of},
    },
    words::use_words,
};
use domain::{
    programme::{ItemKind, ItemPart, ItemState, PersonRole, PressAccess},
    rooms::Layout,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The page that adds a line, or changes one.
#[component]
pub fn ItemPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let page = Resource::new_blocking(
        move || {
            let params = params.read();
            let get = |name: &str| params.get(name).unwrap_or_default();
            (get("id"), get("item"), query.read().get("after").unwrap_or_default())
        },
        |(visit, item, after)| load_item_form(visit, item, after),
    );
    let live = use_live();
    // The form stays as it is: what somebody else changes is shown beside it.
    let meanwhile = RwSignal::new(None::<Typed>);
    let opened = StoredValue::new(String::new());
    #[cfg(feature = "hydrate")]
    Effect::new(move |before: Option<u32>| {
        let beats = live.beats();
        if before.is_some_and(|before| before != beats) {
            let params = params.get_untracked();
            let get = |name: &str| params.get(name).unwrap_or_default();
            let (visit, item) = (get("id"), get("item"));
            leptos::task::spawn_local(async move {
                match load_item_form(visit, item, String::new()).await {
                    Ok(view) => {
                        live.shows(&view);
                        // After a connection that was lost there may be nothing new.
                        if opened.try_with_value(|opened| *opened != view.stored.seen) != Some(true) {
                            return;
                        }
                        meanwhile.try_set(Some(view.stored.typed()));
                    }
                    // It says so itself when it is asked for anew.
                    Err(_) => page.refetch(),
                }
            });
        }
        beats
    });
    let draft = use_draft();
    let actions = (ServerAction::<SaveItem>::new(), ServerAction::<RemoveItem>::new(), ServerAction::<TakeActual>::new());
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let draft = draft.await;
                match page.await {
                    Ok(mut view) => {
                        if view.item.is_some() {
                            opened.set_value(view.stored.seen.clone());
                            live.shows(&view);
                        }
                        view.stored = view.stored.with(&slot_given(|field| query.read_untracked().get(field)));
                        view! { <ItemSheet view=view draft=draft actions=actions meanwhile=meanwhile /> }.into_any()
                    }
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

/// What one does on the page: save the line, take it out, take down how it went.
type Actions = (ServerAction<SaveItem>, ServerAction<RemoveItem>, ServerAction<TakeActual>);

#[component]
fn ItemSheet(view: ItemFormView, draft: Option<Draft>, actions: Actions, meanwhile: RwSignal<Option<Typed>>) -> impl IntoView {
    let words = use_words();
    let (save, remove, take) = actions;
    let start = Start::of(&view.stored, draft.as_ref());
    let is_new = view.item.is_none();
    let gone = RemoveItemForm { id: view.stored.id.clone(), visit_id: view.stored.visit_id.clone(), seen: view.stored.seen.clone() };
    let removal = (!is_new).then(|| view! { <Removal start=Start::of(&gone, draft.as_ref()) action=remove /> });
    let went = view.went.map(|went| {
        let taken = ActualForm { id: view.stored.id.clone(), seen: view.stored.seen.clone(), ..ActualForm::default() };
        view! { <Went went=went start=Start::of(&taken, draft.as_ref()) action=take /> }
    });
    let now = view.item.as_ref().map(|item| item.markings.clone()).unwrap_or_default();
    let back = format!("/visits/{}", view.head.visit.id);
    let (place_shown, people_shown, press_shown) =
        (view.stored.shows(ItemPart::Place), view.stored.shows(ItemPart::People), view.stored.shows(ItemPart::Press));
    let rows = rows_of_people(start.typed());
    let offered = view.people;
    let rooms = view.rooms;
    let kinds = ItemKind::ALL.iter().map(|kind| Choice::new(kind.word(), kind_in_words(words, *kind))).collect();
    let states = ItemState::ALL
        .iter()
        .filter(|state| view.may_be_firm || **state != ItemState::Firm)
        .map(|state| Choice::new(state.word(), state_in_words(words, *state)))
        .collect();
    let press = PressAccess::ALL.iter().map(|access| Choice::new(access.word(), press_in_words(words, *access))).collect::<Vec<_>>();
    let layouts = Layout::ALL.iter().map(|layout| Choice::new(word_of(layout), layout_in_words(words, *layout))).collect();
    let roles: Vec<Choice> = PersonRole::ALL.iter().map(|role| Choice::new(role.word(), role_in_words(words, *role))).collect();
    let marks = markings_up_to(view.ceiling);
    let cover_marks = marks.clone();
    let markings = move || {
        ItemPart::ALL
        .iter()
        .map(|part| {
            let hint = now.get(part).map_or_else(|| words.visits_marking_usual(), |marking| words.visits_marking_now(marking.label()));
            view! {
                <Select name=format!("{MARKING}{}", part.word()) label=part_in_words(words, *part) hint=hint choices=marks.clone() optional=true />
            }
        })
        .collect_view()
    };
    let cover_marking = move || {
        view! {
            <Select name=format!("{MARKING}cover") label=words.visits_field_cover() hint=words.visits_marking_usual() choices=cover_marks optional=true />
        }
    };
    let people = move || {
        (1..=rows)
        .map(|number| {
            view! {
                <div class="pair">
                    <Select name=format!("{PERSON}{number}") label=words.programme_field_person(number) choices=offered.clone() optional=true />
                    <Select name=format!("{ROLE}{number}") label=words.programme_field_role() choices=roles.clone() optional=true />
                </div>
            }
        })
        .collect_view()
    };
    let place = move || {
        place_shown.then(|| {
            view! {
                <fieldset class="group">
                    <legend>{words.programme_part_place()}</legend>
                    <div class="pair">
                        <Select name="room_id" label=words.programme_field_room() choices=rooms optional=true />
                        <Select name="layout" label=words.programme_field_layout() choices=layouts optional=true />
                        <Field name="people_count" label=words.programme_field_people_count() kind="number" optional=true />
                    </div>
                    <Field name="place" label=words.programme_field_place() hint=words.programme_field_place_hint() optional=true />
                </fieldset>
            }
        })
    };
    let who = move || {
        people_shown.then(|| {
            view! { <fieldset class="group"><legend>{words.programme_part_people()}</legend>{people()}</fieldset> }
        })
    };
    let press =
        move || press_shown.then(|| view! { <Select name="press" label=words.programme_field_press() choices=press optional=true /> });
    let zones = view.zones;
    view! {
        <VisitHeading head=view.head tab=VisitTab::None />
        <section aria-labelledby="line-form">
            <h2 id="line-form">{if is_new { words.programme_new_title() } else { words.programme_edit_title() }}</h2>
            <FormSheet action=save start=start id=ItemForm::NAME meanwhile=meanwhile>
                <Hidden name="id" />
                <Hidden name="visit_id" />
                <Hidden name="seen" />
                <Hidden name="once" />
                <Hidden name="parts" />
                <Hidden name="after" />
                <div class="pair">
                    <Field name="title" label=words.programme_field_title() />
                    <Select name="kind" label=words.programme_field_kind() choices=kinds />
                </div>
                <fieldset class="group">
                    <legend>{words.programme_part_time()}</legend>
                    <div class="pair">
                        <Field name="date" label=words.programme_field_date() hint=words.programme_field_date_hint() />
                        <Field name="starts" label=words.programme_field_starts() hint=words.programme_field_starts_hint() />
                        <Field name="ends" label=words.programme_field_ends() hint=words.programme_field_ends_hint() />
                    </div>
                    <WhichOfTwo field="starts" />
                    <WhichOfTwo field="ends" />
                    <div class="pair">
                        <Field name="zone" label=words.programme_field_zone() suggestions=zones.clone() />
                        <Field name="end_zone" label=words.programme_field_end_zone() hint=words.programme_field_end_zone_hint() suggestions=zones optional=true />
                    </div>
                </fieldset>
                <div class="pair">
                    <Select name="state" label=words.programme_field_state() choices=states />
                    <Field name="hold_until" label=words.programme_field_hold_until() hint=words.programme_field_hold_until_hint() optional=true />
                </div>
                <WhichOfTwo field="hold_until" />
                {place()}
                {who()}
                <div class="pair">
                    {press()}
                    <Field name="dress" label=words.programme_field_dress() optional=true />
                </div>
                <div class="pair">
                    <Field name="carrier" label=words.programme_field_carrier() optional=true />
                    <Field name="route" label=words.programme_field_route() optional=true />
                    <Field name="vehicles" label=words.programme_field_vehicles() optional=true />
                </div>
                <TextArea name="notes" label=words.programme_field_notes() hint=words.programme_field_notes_hint() optional=true />
                <Checkbox name="drop_by" label=words.programme_field_drop_by() hint=words.programme_field_drop_by_hint() />
                <Checkbox name="fixed" label=words.day_field_fixed() hint=words.day_field_fixed_hint() />
                <Field name="cover" label=words.visits_field_cover() hint=words.programme_field_cover_hint() optional=true />
                <details>
                    <summary>{words.visits_markings_title()}</summary>
                    <div class="pair">{markings()}{cover_marking()}</div>
                </details>
                <Field name="reason" label=words.visits_field_reason() hint=words.programme_field_reason_hint() optional=true />
                <div class="actions">
                    <Button weight=Weight::Main>{if is_new { words.programme_new_do() } else { words.programme_edit_do() }}</Button>
                    <a class="button" href=back>{words.visits_form_cancel()}</a>
                </div>
            </FormSheet>
        </section>
        {went}
        {removal}
    }
    .into_any()
}

/// Takes a line out, after asking.
#[component]
fn Removal(start: Start, action: ServerAction<RemoveItem>) -> impl IntoView {
    let words = use_words();
    let open = start.refusal().is_some();
    view! {
        <details id="remove" open=open>
            <summary>{words.programme_remove_title()}</summary>
            <FormSheet action=action start=start id=RemoveItemForm::NAME>
                <p>{words.programme_remove_says()}</p>
                <Hidden name="id" />
                <Hidden name="visit_id" />
                <Hidden name="seen" />
                <div class="actions"><Button weight=Weight::Grave>{words.programme_remove_do()}</Button></div>
            </FormSheet>
        </details>
    }
    .into_any()
}
