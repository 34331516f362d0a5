//! The missions, in their order of precedence.

use crate::{
    components::{Chip, Empty, Fact, Facts, PageHead},
    errors::{AppError, ErrorPage},
    words::use_words,
};
use domain::{
    missions::{
        MissionKind,
        view::{MissionView, PlacedMission},
    },
    precedence::Reason,
};
use language::Words;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The missions in the order of the consular corps (Vienna Convention on Consular Relations, art. 16).
///
/// # Errors
/// When one may not read the office.
#[server]
pub async fn load_missions() -> Result<Vec<PlacedMission>, AppError> {
    use crate::request::request_context;
    use backend::paging::PageRequest;
    crate::errors::answer(async {
        let context = request_context()?;
        let mut placed = Vec::new();
        let mut next: Option<String> = None;
        loop {
            let request = PageRequest::new(next.as_deref(), Some(domain::paging::MOST_ON_A_PAGE))?;
            let page = backend::missions::list_missions(&context, None, &request).await?;
            placed.extend(page.items);
            next = page.next;
            if next.is_none() {
                return Ok(placed);
            }
        }
    })
    .await
}

/// A mission.
///
/// # Errors
/// When there is none, or one may not read the office.
#[server]
pub async fn load_mission(
    /// The mission.
    id: String,
) -> Result<MissionView, AppError> {
    use crate::request::request_context;
    crate::errors::answer(async {
        let context = request_context()?;
        Ok(backend::missions::read_mission(&context, id.parse().map_err(|_| AppError::NotFound)?).await?)
    })
    .await
}

fn kind_in_words(words: Words, kind: MissionKind) -> String {
    match kind {
        MissionKind::ConsulateGeneral => words.directory_mission_consulate_general(),
        MissionKind::Consulate => words.directory_mission_consulate(),
        MissionKind::HonoraryConsulate => words.directory_mission_honorary_consulate(),
        MissionKind::Embassy => words.directory_mission_embassy(),
        MissionKind::TradeOffice => words.directory_mission_trade_office(),
        MissionKind::CulturalInstitute => words.directory_mission_cultural_institute(),
        MissionKind::City => words.directory_mission_city(),
        MissionKind::Province => words.directory_mission_province(),
    }
}

fn reason_in_words(words: Words, reason: &Reason) -> String {
    match reason {
        Reason::First => words.directory_because_first(),
        Reason::Override { name } => words.directory_because_override(name.to_string()),
        Reason::ForeignToTheRules => words.directory_because_foreign_to_the_rules(),
        Reason::OfficeRank => words.directory_because_office_rank(),
        Reason::DateOfOffice => words.directory_because_date_of_office(),
        Reason::AdInterim => words.directory_because_ad_interim(),
        Reason::MissionClass => words.directory_because_mission_class(),
        Reason::HolySee => words.directory_because_holy_see(),
        Reason::FunctionsTakenUp => words.directory_because_functions_taken_up(),
        Reason::HeadOfPost => words.directory_because_head_of_post(),
        Reason::ActingHead => words.directory_because_acting_head(),
        Reason::ActingSince => words.directory_because_acting_since(),
        Reason::PostClass => words.directory_because_post_class(),
        Reason::Honorary => words.directory_because_honorary(),
        Reason::Admission => words.directory_because_admission(),
        Reason::Commission => words.directory_because_commission(),
        Reason::StateName => words.directory_because_state_name(),
        Reason::Equal => words.directory_because_equal(),
    }
}

/// The missions in order of precedence, each with what decided its place.
#[component]
pub fn MissionsPage() -> impl IntoView {
    let page = Resource::new_blocking(|| (), |()| load_missions());
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(missions) => view! { <MissionList missions=missions /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn MissionList(missions: Vec<PlacedMission>) -> impl IntoView {
    let words = use_words();
    if missions.is_empty() {
        return view! { <PageHead title=words.shell_menu_missions() /> <Empty title=words.directory_missions_none() /> }.into_any();
    }
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
        <PageHead title=words.shell_menu_missions()><p class="faint">{words.directory_missions_says()}</p></PageHead>
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
                    Ok(mission) => view! { <MissionFacts mission=mission /> }.into_any(),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn MissionFacts(mission: MissionView) -> impl IntoView {
    let words = use_words();
    let kind = kind_in_words(words, mission.kind);
    let eyebrow = move || view! { <a href="/missions">{words.shell_menu_missions()}</a> <Chip>{kind}</Chip> }.into_any();
    view! {
        <PageHead title=mission.name eyebrow=eyebrow>
            <Facts>
                <Fact term=words.visits_field_country()>{mission.country_name}</Fact>
                <Fact term=words.visits_fact_capital()>{mission.capital}</Fact>
                {mission.head.map(|head| {
                    view! {
                        <Fact term=words.directory_head()><a href=format!("/people/{}", head.person.id)>{head.person.name}</a></Fact>
                    }
                })}
                {mission.address.map(|address| view! { <Fact term=words.directory_address()>{address}</Fact> })}
                {mission.email.map(|email| view! { <Fact term=words.accounts_sign_in_email()>{email}</Fact> })}
                {mission.national_day.map(|day| view! { <Fact term=words.directory_national_day()>{day}</Fact> })}
            </Facts>
        </PageHead>
    }
    .into_any()
}
