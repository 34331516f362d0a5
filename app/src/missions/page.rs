//! The missions, in their order of precedence.

use super::{
    server_fns::{load_mission, load_missions},
    view::{MissionListView, MissionPageView},
    words::{class_in_words, kind_in_words, reason_in_words},
};
use crate::{
    components::{Chip, Empty, Fact, Facts, PageHead},
    errors::ErrorPage,
    words::use_words,
};
use domain::missions::view::HeadOfPostView;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The missions in order of precedence, each with what decided its place.
#[component]
pub fn MissionsPage() -> impl IntoView {
    let page = Resource::new_blocking(|| (), |()| load_missions());
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(view) => view! { <MissionList view=view /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn MissionList(view: MissionListView) -> impl IntoView {
    let words = use_words();
    let MissionListView { missions, may_manage } = view;
    let add = move || {
        may_manage.then(|| {
            view! {
                <a class="button main" href="/missions/new">{words.missions_add()}</a>
                <a class="button" href="/missions/import">{words.imports_take_in()}</a>
            }
        })
    };
    if missions.is_empty() {
        let says = may_manage.then(|| words.missions_none_says());
        return view! {
            <PageHead title=words.shell_menu_missions() />
            <Empty title=words.directory_missions_none() says=says.unwrap_or_default()>{add()}</Empty>
        }
        .into_any();
    }
    let out =
        may_manage.then(|| view! { <a class="button" href="/missions.csv" rel="external" download="">{words.imports_give_out()}</a> });
    let rows = missions
        .into_iter()
        .map(|placed| {
            let because = reason_in_words(words, &placed.because);
            let mission = placed.mission;
            view! {
                <tr>
                    <td class="num">{placed.place}</td>
                    <th scope="row"><a href=format!("/missions/{}", mission.id) dir="auto">{mission.name}</a></th>
                    <td><Chip>{kind_in_words(words, mission.kind)}</Chip></td>
                    <td dir="auto">{mission.country_name}</td>
                    <td dir="auto">{mission.head.map(|head| head.person.name)}</td>
                    <td>{because}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <PageHead title=words.shell_menu_missions()>
            <p class="faint">{words.directory_missions_says()}</p>
            <div class="actions">{add()}{out}</div>
        </PageHead>
        <div class="table" tabindex="0" role="region" aria-label=words.shell_menu_missions()>
            <table class="list">
                <thead>
                    <tr>
                        <th scope="col">{words.directory_place()}</th>
                        <th scope="col">{words.accounts_name()}</th>
                        <th scope="col">{words.directory_kind()}</th>
                        <th scope="col">{words.visits_field_country()}</th>
                        <th scope="col">{words.directory_head()}</th>
                        <th scope="col">{words.directory_because()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// A mission.
#[component]
pub fn MissionPage() -> impl IntoView {
    let params = use_params_map();
    let page = Resource::new_blocking(move || params.read().get("id").unwrap_or_default(), load_mission);
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(view) => view! { <MissionFacts view=view /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn MissionFacts(view: MissionPageView) -> impl IntoView {
    let words = use_words();
    let MissionPageView { mission, functions_at, may_manage } = view;
    let change = may_manage.then(|| {
        view! { <div class="actions"><a class="button" href=format!("/missions/{}/edit", mission.id)>{words.missions_change()}</a></div> }
    });
    let kind = kind_in_words(words, mission.kind);
    let eyebrow = move || view! { <a href="/missions">{words.shell_menu_missions()}</a> <Chip>{kind}</Chip> }.into_any();
    view! {
        <PageHead title=mission.name eyebrow=eyebrow>
            <Facts>
                <Fact term=words.visits_field_country()>{mission.country_name}</Fact>
                <Fact term=words.visits_fact_capital()>{mission.capital}</Fact>
                {mission.head.map(|head| view! { <HeadFacts head=head functions_at=functions_at /> })}
                {mission.address.map(|address| view! { <Fact term=words.directory_address()>{address}</Fact> })}
                {mission.email.map(|email| view! { <Fact term=words.accounts_sign_in_email()>{email}</Fact> })}
                {mission.national_day.map(|day| view! { <Fact term=words.directory_national_day()>{day}</Fact> })}
            </Facts>
            {change}
        </PageHead>
    }
    .into_any()
}

/// The head of post, with what decides precedence.
#[component]
fn HeadFacts(head: HeadOfPostView, functions_at: Option<String>) -> impl IntoView {
    let words = use_words();
    let day = |term: String, day: Option<chrono::NaiveDate>| day.map(|day| view! { <Fact term=term>{day.to_string()}</Fact> });
    view! {
        <Fact term=words.directory_head()><a href=format!("/people/{}", head.person.id)>{head.person.name}</a></Fact>
        {head.class.map(|class| view! { <Fact term=words.missions_field_class()>{class_in_words(words, class)}</Fact> })}
        {head.honorary.then(|| view! { <Fact term=words.directory_standing()>{words.missions_field_honorary()}</Fact> })}
        {day(words.missions_field_acting_since(), head.acting_since)}
        {day(words.missions_field_provisional_on(), head.provisional_on)}
        {day(words.missions_field_exequatur_on(), head.exequatur_on)}
        {day(words.missions_field_commission_on(), head.commission_on)}
        {functions_at.map(|at| view! { <Fact term=words.missions_field_functions_at()>{at}</Fact> })}
    }
    .into_any()
}
