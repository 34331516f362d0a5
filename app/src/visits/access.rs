//! Who is on a visit's access list.

use super::{
    head::{VisitHeading, VisitTab},
    server_fns::{GrantAccess, RevokeAccess, load_access},
    view::{AccessView, GrantForm},
};
use crate::{
    components::{Button, Choice, Field, FormSheet, Hidden, Select, Weight},
    errors::{AppError, ErrorPage, Trouble},
    forms::{Draft, Outcome, Start, use_draft},
    words::use_words,
};
use leptos::{form::ActionForm, prelude::*};
use leptos_router::hooks::use_params_map;

/// The version of an action's last answer that changed something. A refusal leaves what was typed where it is.
pub(crate) fn done_version<S>(action: ServerAction<S>) -> Memo<usize>
where
    S: leptos::server_fn::ServerFn<Output = Outcome, Error = AppError> + Clone + Send + Sync + 'static,
{
    let (version, value) = (action.version(), action.value());
    Memo::new(move |before: Option<&usize>| match value.get() {
        Some(Ok(Outcome::Done { .. })) => version.get(),
        _ => before.copied().unwrap_or_default(),
    })
}

/// Who is on a visit's access list; who may, adds and removes.
#[component]
pub fn AccessPage() -> impl IntoView {
    let params = use_params_map();
    let (grant, revoke) = (ServerAction::<GrantAccess>::new(), ServerAction::<RevokeAccess>::new());
    let (granted, revoked) = (done_version(grant), done_version(revoke));
    let page = Resource::new_blocking(
        move || (params.read().get("id").unwrap_or_default(), granted.get(), revoked.get()),
        |(id, _, _)| load_access(id),
    );
    let draft = use_draft();
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let draft = draft.await;
                match page.await {
                    Ok(view) => view! { <AccessList view=view draft=draft grant=grant revoke=revoke /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn AccessList(
    view: AccessView,
    draft: Option<Draft>,
    grant: ServerAction<GrantAccess>,
    revoke: ServerAction<RevokeAccess>,
) -> impl IntoView {
    let words = use_words();
    let visit = view.head.visit.id.to_string();
    let may_change = view.head.rights.manage_list;
    let rows = view
        .listed
        .into_iter()
        .map(|entry| {
            let visit = visit.clone();
            let says = words.visits_access_remove_named(&entry.label);
            let remove = may_change.then(|| {
                view! {
                    <ActionForm action=revoke attr:class="inline">
                        <input type="hidden" name="id" value=visit />
                        <input type="hidden" name="account_id" value=entry.value />
                        <button type="submit" class="button" aria-label=says>{words.visits_access_remove()}</button>
                    </ActionForm>
                }
            });
            view! { <tr><th scope="row" dir="auto">{entry.label}</th><td>{remove}</td></tr> }
        })
        .collect_view();
    let trouble = move || match revoke.value().get() {
        Some(Err(error)) => Some(view! { <Trouble error=error /> }),
        _ => None,
    };
    let start = Start::of(&GrantForm { id: visit.clone(), ..GrantForm::default() }, draft.as_ref());
    view! {
        <VisitHeading head=view.head tab=VisitTab::Access />
        <section aria-labelledby="access">
            <h2 id="access">{words.visits_access_title()}</h2>
            <p class="faint">{words.visits_access_says()}</p>
            {trouble}
            <div class="table" tabindex="0" role="region" aria-label=words.visits_tab_access()>
                <table class="list">
                    <thead><tr><th scope="col">{words.visits_access_name()}</th><th scope="col">{may_change.then(|| words.visits_access_change())}</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
        {may_change.then(|| view! { <GrantSheet action=grant start=start others=view.others /> })}
    }
    .into_any()
}

#[component]
fn GrantSheet(action: ServerAction<GrantAccess>, start: Start, others: Vec<Choice>) -> impl IntoView {
    let words = use_words();
    view! {
        <section aria-labelledby="grant">
            <h2 id="grant">{words.visits_access_add_title()}</h2>
            <FormSheet action=action start=start id="grant-access">
                <Hidden name="id" />
                <Select name="account_id" label=words.visits_access_account() choices=others />
                <Field name="reason" label=words.visits_field_reason() hint=words.visits_access_reason_hint() />
                <div class="actions"><Button weight=Weight::Main>{words.visits_access_add()}</Button></div>
            </FormSheet>
        </section>
    }
    .into_any()
}
