//! Who comes, delegation by delegation.

use super::{server_fns::load_delegation, view::DelegationView, words::role_in_words};
use crate::{
    components::{Empty, MarkingTag},
    errors::ErrorPage,
    visits::{VisitHeading, VisitTab},
    words::use_words,
};
use domain::marking::view::DelegateView;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The delegates of a visit.
#[component]
pub fn DelegationPage() -> impl IntoView {
    let params = use_params_map();
    let page = Resource::new_blocking(move || params.read().get("id").unwrap_or_default(), load_delegation);
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(view) => view! { <Delegates view=view /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Delegates(view: DelegationView) -> impl IntoView {
    let words = use_words();
    let marking = view.marking();
    let DelegationView { head, delegates } = view;
    let path = format!("/visits/{}/delegation", head.visit.id);
    let may_edit = head.rights.edit_programme;
    let add = format!("{path}/new");
    let actions = may_edit.then(|| view! { <a class="button main" href=add>{words.delegations_add()}</a> });
    let body = if delegates.is_empty() {
        view! { <Empty title=words.delegations_none_title() says=words.delegations_none_says() /> }.into_any()
    } else {
        delegates
            .chunk_by(|one, next| one.delegation_id == next.delegation_id)
            .map(|members| view! { <OneDelegation members=members.to_vec() path=path.clone() may_edit=may_edit /> })
            .collect_view()
            .into_any()
    };
    view! {
        <VisitHeading head=head tab=VisitTab::Delegation marking=marking>{actions}</VisitHeading>
        {body}
    }
    .into_any()
}

#[component]
fn OneDelegation(
    /// Its members, in their order.
    members: Vec<DelegateView>,
    /// The address of the visit's delegation.
    path: String,
    /// Whether the reader may change it.
    may_edit: bool,
) -> impl IntoView {
    let words = use_words();
    let named = members.first().map(|first| (first.delegation_id.to_string(), first.delegation.clone()));
    let (id, name) = named.unwrap_or_default();
    let id = format!("delegation-{id}");
    let (labelled, count) = (id.clone(), members.len());
    let label = format!("{name}: {}", words.delegations_count(count));
    let rows = members.into_iter().map(|delegate| view! { <Row delegate=delegate path=path.clone() may_edit=may_edit /> }).collect_view();
    view! {
        <section aria-labelledby=labelled>
            <h2 id=id dir="auto">{name}</h2>
            <p class="faint">{words.delegations_count(count)}</p>
            <div class="table" tabindex="0" role="region" aria-label=label>
                <table class="list">
                    <thead>
                        <tr>
                            <th scope="col">{words.delegations_column_name()}</th>
                            <th scope="col">{words.delegations_field_role()}</th>
                            <th scope="col">{words.delegations_field_rank()}</th>
                            <th scope="col">{words.delegations_field_languages()}</th>
                            <th scope="col">{words.delegations_field_diet()}</th>
                            <th scope="col">{words.delegations_field_marking()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Row(delegate: DelegateView, path: String, may_edit: bool) -> impl IntoView {
    let words = use_words();
    let name = match delegate.address {
        Some(address) => format!("{address} {}", delegate.name),
        None => delegate.name,
    };
    let name = if may_edit {
        let to = format!("{path}/{}", delegate.id);
        view! { <a href=to dir="auto">{name}</a> }.into_any()
    } else {
        view! { <span dir="auto">{name}</span> }.into_any()
    };
    view! {
        <tr>
            <th scope="row">
                {name}
                {delegate.own_script.map(|script| view! { <br /><bdi>{script}</bdi> })}
                {delegate.pronunciation.map(|said| view! { <br /><small class="faint">{words.delegations_said()} " " <bdi>{said}</bdi></small> })}
            </th>
            <td>{role_in_words(words, delegate.role)}</td>
            <td dir="auto">{delegate.rank}</td>
            <td>{delegate.languages.join(", ")}</td>
            <td dir="auto">{delegate.diet}</td>
            <td><MarkingTag marking=delegate.marking /></td>
        </tr>
    }
    .into_any()
}
